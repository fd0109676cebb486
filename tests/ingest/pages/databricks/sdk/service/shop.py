from dataclasses import dataclass
from typing import Iterator, List, Optional

_LOG = logging.getLogger("databricks.sdk")


@dataclass
class Book:
    title: Optional[str] = None

    @classmethod
    def from_dict(cls, d):
        return cls(title=d.get("title", None))


@dataclass
class ListBooksResponse:
    books: Optional[List[Book]] = None

    next_page_token: Optional[str] = None


@dataclass
class ListOldBooksResponse:
    books: Optional[List[Book]] = None

    next_page_token: Optional[str] = None

    shelf: Optional[str] = None


@dataclass
class ScimBooks:
    Resources: Optional[List[Book]] = None


@dataclass
class ListTitlesResponse:
    titles: Optional[List[str]] = None

    @classmethod
    def from_dict(cls, d):
        return cls(titles=d.get("all_titles", None))


class BooksAPI:
    def __init__(self, api_client):
        self._api = api_client

    def list(self, *, page_token: Optional[str] = None) -> Iterator[Book]:
        query = {}
        if page_token is not None:
            query["page_token"] = page_token
        headers = {
            "Accept": "application/json",
        }

        cfg = self._api._cfg
        if cfg.host_type == HostType.UNIFIED and cfg.workspace_id:
            headers["X-Databricks-Org-Id"] = cfg.workspace_id

        while True:
            json = self._api.do("GET", "/api/2.0/books", query=query, headers=headers)
            if "books" in json:
                for v in json["books"]:
                    yield Book.from_dict(v)
            if "next_page_token" not in json or not json["next_page_token"]:
                return
            query["page_token"] = json["next_page_token"]

    def list_scim(self, *, start_index: Optional[int] = None, count: Optional[int] = None) -> Iterator[Book]:
        query = {}
        if count is not None:
            query["count"] = count
        if start_index is not None:
            query["startIndex"] = start_index
        headers = {}

        # deduplicate items that may have been added during iteration
        seen = set()
        query["startIndex"] = 1
        if "count" not in query:
            query["count"] = 10000
        while True:
            json = self._api.do("GET", "/api/2.0/scim/books", query=query, headers=headers)
            if "Resources" in json:
                for v in json["Resources"]:
                    i = v["id"]
                    if i in seen:
                        continue
                    seen.add(i)
                    yield Book.from_dict(v)
            if "Resources" not in json or not json["Resources"]:
                return
            query["startIndex"] += len(json["Resources"])

    def list_numbered(self, *, page: Optional[int] = None) -> Iterator[Book]:
        query = {}
        if page is not None:
            query["page"] = page
        query["page"] = 1
        while True:
            json = self._api.do("GET", "/api/2.0/numbered-books", query=query, headers=headers)
            if "results" in json:
                for v in json["results"]:
                    yield Book.from_dict(v)
            if "results" not in json or not json["results"]:
                return
            query["page"] += 1

    def search(self, *, shelf: Optional[str] = None) -> Iterator[Book]:
        body = {}
        if shelf is not None:
            body["shelf"] = shelf
        while True:
            json = self._api.do("POST", "/api/2.0/books/search", body=body, headers=headers)
            if "books" in json:
                for v in json["books"]:
                    yield Book.from_dict(v)
            if "next_page" not in json or not json["next_page"]:
                return
            body = json["next_page"]

    def list_titles(self) -> Iterator[str]:
        json = self._api.do("GET", "/api/2.0/titles", headers=headers)
        parsed = ListTitlesResponse.from_dict(json).titles
        return parsed if parsed is not None else []

    def list_page(self, *, page_token: Optional[str] = None) -> ListBooksResponse:
        query = {}
        if page_token is not None:
            query["page_token"] = page_token
        res = self._api.do("GET", "/api/2.0/books/page", query=query, headers=headers)
        return ListBooksResponse.from_dict(res)
