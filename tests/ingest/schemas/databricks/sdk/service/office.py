from dataclasses import dataclass
from typing import Optional


@dataclass
class Desk:
    """The desk of the office."""

    lamp: Optional[Lamp] = None


@dataclass
class Lamp:
    watts: Optional[int] = None


@dataclass
class Chair:
    wheels: Optional[int] = None
