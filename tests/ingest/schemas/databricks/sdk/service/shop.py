from dataclasses import dataclass
from enum import Enum
from typing import Any, Dict, List, Optional

from databricks.sdk.service import office

Labels = Dict[str, str]


class Binding(Enum):
    """How a book is bound."""

    PAPER_BACK = "paper-back"
    CLOTH = "CLOTH"


class Bare(Enum):
    ONE = "ONE"


@dataclass
class Desk:
    """Our own desk."""

    legs: Optional[int] = None


@dataclass
class Unused:
    never: Optional[str] = None


@dataclass
class Book:
    title: str
    """What is on the cover."""

    binding: Binding
    """Of what it is made."""

    bare: Bare

    pages: Optional[int] = None

    sales: Optional[List[int]] = None

    weight: Optional[float] = None

    lent: Optional[bool] = None

    labels: Optional[Labels] = None
    """Stuck on it."""

    anything: Optional[Any] = None

    free: Optional[dict] = None

    printed: Optional[Timestamp] = None

    takes: Optional[Duration] = None

    mask: Optional[FieldMask] = None

    sequel: Optional[Book] = None

    by_shop: Optional[Dict[str, Desk]] = None

    desk: Optional[office.Desk] = None

    chair: Optional[office.Chair] = None

    ghost: Optional[Ghost] = None

    def as_dict(self) -> dict:
        """Serializes."""
        body = {}
        if self.title is not None:
            body["Title"] = self.title
        if self.sales:
            body["sales"] = [v for v in self.sales]
        return body

    def as_shallow_dict(self) -> dict:
        return anything(at.all)

    @classmethod
    def from_dict(cls, d: Dict[str, Any]) -> Book:
        """Deserializes."""
        return cls(
            pages=_int64(d, "pages"),
            sales=_repeated_int64(d, "sales"),
            title=d.get("Title", None),
        )


class BooksAPI:
    """Books, and what is
    done with them."""

    def get(self, title: str) -> Book:
        res = self._api.do("GET", f"/api/2.0/books/{title}", headers=headers)
        return Book.from_dict(res)
