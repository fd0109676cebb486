from dataclasses import dataclass
from typing import Optional


@dataclass
class Shelf:
    name: Optional[str] = None
    """The name of the shelf, in the form ``shops/{shop}/shelves/{shelf_id}``."""


@dataclass
class Sign:
    """The sign above the door. Format: front-sign"""

    name: Optional[str] = None


@dataclass
class Operation:
    name: Optional[str] = None
    """Ends with operations/{unique_id}."""


class ShopsAPI:
    def get_shop(self, name: str):
        """Gets a shop.

        :param name: str
          Which shop. Format: shops/{shop_id}
        """
        self._api.do("GET", f"/api/2.0/town/{name}", headers=headers)

    def get_shelf(self, name: str) -> Shelf:
        """Named by the class that it answers."""
        res = self._api.do("GET", f"/api/2.0/town/{name}", headers=headers)
        return Shelf.from_dict(res)

    def delete_shelf(self, name: str):
        """Named by `get_shelf`."""
        self._api.do("DELETE", f"/api/2.0/town/{name}", headers=headers)

    def list_shelves(self, parent: str):
        """Named by what is in the collection."""
        self._api.do("GET", f"/api/2.0/town/{parent}/shelves", headers=headers)

    def create_door(self, parent: str):
        """Creates a door.

        :param parent: str
          The shop, as "shops/{shop_id}".
        """
        self._api.do("POST", f"/api/2.0/town/{parent}/doors", headers=headers)

    def get_door(self, name: str):
        """Named by where `create_door` puts it."""
        self._api.do("GET", f"/api/2.0/town/{name}", headers=headers)

    def get_sign(self, name: str) -> Sign:
        """A name without variables."""
        res = self._api.do("GET", f"/api/2.0/town/{name}", headers=headers)
        return Sign.from_dict(res)

    def get_table(self, name: str):
        """A dotted name is one segment.

        :param name: str
          Format: `tables/{hall}.{row}.{seat}`
        """
        self._api.do("GET", f"/api/2.0/town/{name}", headers=headers)

    def get_operation(self, name: str) -> Operation:
        """Documented nowhere."""
        res = self._api.do("GET", f"/api/2.0/town/{name}", headers=headers)
        return Operation.from_dict(res)

    def get_owner(self, name: str):
        """A plain name: its collection is in the path.

        :param name: str
          The name of the owner.
        """
        self._api.do("GET", f"/api/2.0/owners/{name}", headers=headers)

    def get_copy(self, name: str):
        """Gets a copy.

        :param name: str
          Format: shops/{shop_id}/preview/copies/{copy_id}
        """
        self._api.do("GET", f"/api/2.0/town/{name}", headers=headers)

    def list_copies(self, parent: str):
        """A collection of two segments."""
        self._api.do("GET", f"/api/2.0/town/{parent}/preview/copies", headers=headers)

    def wipe(self, parent: str):
        """Of a path that is only ever documented with one name.

        :param parent: str
          In the form `boards/{board_id}`.
        """
        self._api.do("POST", f"/api/2.0/chalk/{parent}/wipe", headers=headers)

    def draw(self, parent: str):
        """Has the name of its neighbour."""
        self._api.do("POST", f"/api/2.0/chalk/{parent}/draw", headers=headers)


class GuestsAPI:
    def update_guest(self, name: str):
        """Has two forms.

        :param name: str
          - Account-scoped: accounts/{account_id}/guests/{guest_id} - Workspace-scoped: guests/{guest_id}
        """
        self._api.do("PATCH", f"/api/2.0/inn/{name}", headers=headers)


class AccountGuestsAPI:
    def update_guest(self, name: str):
        """Has two forms.

        :param name: str
          - Account-scoped: accounts/{account_id}/guests/{guest_id} - Workspace-scoped: guests/{guest_id}
        """
        self._api.do("PATCH", f"/api/2.0/inn/{name}", headers=headers)
