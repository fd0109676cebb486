from dataclasses import dataclass
from typing import Optional


@dataclass
class Book:
    title: str

    shelf: Optional[str] = None
    """Where it stands. The field before it has no text, and this is not its."""


class BooksAPI:
    def list(self, *, limit: Optional[int] = None, shelf: Optional[str] = None, order: Optional[str] = None) -> Book:
        """List books.

        Lists all books that are
        on a shelf. See :method:books/get and the `manual <https://manual.test/books>`__ for more. A :class:`Book`
        that is lent is `not` listed, nor are those with ``hidden``. The [rules] apply.

        Values are:

        - ``a``: the first
          of all
        - ``b``

        [rules]: https://manual.test/rules

        :param limit: int (optional)
        :param shelf: str (optional)
          Only this shelf:

          1. the upper
          2. the lower

        :param order: str (optional)
          By what.

        :returns: :class:`Book`
        """

        query = {}
        if limit is not None:
            query["limit"] = limit
        if shelf is not None:
            query["shelf"] = shelf
        if order is not None:
            query["order"] = order
        res = self._api.do("GET", "/api/2.0/books", query=query, headers=headers)
        return Book.from_dict(res)

    def mute(self):
        self._api.do("POST", "/api/2.0/mute", headers=headers)
