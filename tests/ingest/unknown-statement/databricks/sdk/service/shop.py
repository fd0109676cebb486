from dataclasses import dataclass
from typing import Optional


@dataclass
class Lamp:
    watts: Optional[int] = None

    def dim(self):
        return self.watts / 2


class BooksAPI:
    def get(self, title: str):
        self._api.do("GET", f"/api/2.0/books/{title}", headers=headers)

    def guess(self, title: str):
        query = {}
        query["title"] = title.upper()
        self._api.do("GET", "/api/2.0/guess", query=query, headers=headers)

    def idle(self):
        body = {}

    def forget(self, title: str):
        body = {}
        if title is not None:
            body["title"] = title
        self._api.do("POST", "/api/2.0/forget", headers=headers)

    def open_ended(self, **anything):
        self._api.do("GET", "/api/2.0/open", headers=headers)
