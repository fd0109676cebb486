from dataclasses import dataclass
from enum import Enum
from typing import Any, BinaryIO, Dict, List, Optional


class Binding(Enum):
    PAPER = "paper"
    CLOTH = "cloth"


@dataclass
class Author:
    name: str


@dataclass
class Range:
    first: Optional[int] = None
    """Where it begins."""

    last: Optional[int] = None


@dataclass
class Filter:
    author_ids: Optional[List[int]] = None
    """Only these authors."""

    years: Optional[Range] = None


@dataclass
class Nothing:
    def as_dict(self) -> dict:
        body = {}
        return body


class BooksAPI:
    def add(
        self,
        title: str,
        binding: Binding,
        *,
        authors: Optional[List[Author]] = None,
        editor: Optional[Author] = None,
        languages: Optional[List[str]] = None,
        bindings: Optional[List[Binding]] = None,
        printed: Optional[Timestamp] = None,
        request_id: Optional[str] = None,
    ):
        """Adds a book.

        :param title: str
          What is on the cover.
        :param binding: :class:`Binding`
        :param authors: List[:class:`Author`] (optional)
          Who wrote it.
        """

        if request_id is None or request_id == "":
            request_id = str(uuid.uuid4())
        body = {}
        query = {}
        if title is not None:
            body["Title"] = title
        if binding is not None:
            body["binding"] = binding.value
        if authors is not None:
            body["authors"] = [v.as_dict() for v in authors]
        if editor is not None:
            body["editor"] = editor.as_dict()
        if languages is not None:
            body["languages"] = [v for v in languages]
        if bindings is not None:
            body["bindings"] = [v.value for v in bindings]
        if printed is not None:
            body["printed"] = printed.ToJsonString()
        if request_id is not None:
            query["requestId"] = request_id
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        self._api.do("POST", "/api/2.0/books", query=query, body=body, headers=headers)

    def replace(self, id: int, author: Author):
        """Replaces the author.

        :param id: int
          Which book.
        :param author: :class:`Author`
          The new author.
        """

        body = author.as_dict()
        self._api.do("PUT", f"/api/2.0/books/{id}/author", body=body, headers=headers)

    def touch(self, id: int):
        body = {}
        self._api.do("POST", f"/api/2.0/books/{id}/touch", body=body, headers=headers)

    def set_status(self, contents: Dict[str, str]):
        self._api.do("PATCH", "/api/2.0/status", body=contents, headers=headers)

    def upload(self, path: str, contents: BinaryIO, *, overwrite: Optional[bool] = None):
        query = {}
        if overwrite is not None:
            query["overwrite"] = overwrite
        headers = {
            "Content-Type": "application/octet-stream",
        }
        self._api.do(
            "PUT",
            f"/api/2.0/files{_escape_multi_segment_path_parameter(path)}",
            query=query,
            headers=headers,
            data=contents,
        )

    def shadow(self, query: str, body: Any, headers: Optional[str] = None):
        body = {}
        if body is not None:
            body["body"] = body
        if headers is not None:
            body["headers"] = headers
        if query is not None:
            body["query"] = query
        headers = {
            "Accept": "application/json",
        }
        self._api.do("POST", "/api/2.0/shadow", body=body, headers=headers)

    def find(self, filter_by: Filter, *, limits: Optional[Nothing] = None, binding: Optional[Binding] = None):
        """Finds books.

        :param filter_by: :class:`Filter`
          What to look for.
        """

        query = {}
        if filter_by is not None:
            query["filter_by"] = filter_by.as_dict()
        if limits is not None:
            query["limits"] = limits.as_dict()
        if binding is not None:
            query["binding"] = binding.value
        self._api.do("GET", f"/api/2.0/books/of/{binding.value}", query=query, headers=headers)

    def update_author(self, name: str, author: Author, update_mask: FieldMask):
        """The mask names what is sent, so nothing is required; the name is in the path already."""

        body = author.as_dict()
        query = {}
        if update_mask is not None:
            query["update_mask"] = update_mask.ToJsonString()
        self._api.do("PATCH", f"/api/2.0/authors/{name}", query=query, body=body, headers=headers)
