from dataclasses import dataclass
from typing import Any, BinaryIO, List, Optional


@dataclass
class Order:
    id: Optional[int] = None

    def as_dict(self) -> dict:
        body = {}
        if self.id is not None:
            body["id"] = self.id
        return body

    @classmethod
    def from_dict(cls, d):
        return cls(id=_int64(d, "id"))


@dataclass
class GetOrderResponse:
    order: Optional[Order] = None


@dataclass
class Receipt:
    contents: Optional[BinaryIO] = None

    length: Optional[int] = None
    """How many bytes."""

    @classmethod
    def from_dict(cls, d):
        return cls(contents=d.get("contents", None), length=int(d.get("content-length", None)))


@dataclass
class Operation:
    done: Optional[bool] = None


class BooksAPI:
    def wait_get_order_done(self, id: int, timeout=timedelta(minutes=20)) -> Order:
        deadline = time.time() + timeout.total_seconds()
        while time.time() < deadline:
            poll = self.get(id=id)
            time.sleep(1)
        raise TimeoutError("timed out")

    def order(self, id: int) -> Wait[Order]:
        op_response = self._api.do("POST", "/api/2.0/orders", headers=headers)
        return Wait(self.wait_get_order_done, response=Order.from_dict(op_response), id=op_response["id"])

    def order_and_wait(self, id: int, timeout=timedelta(minutes=20)) -> Order:
        return self.order(id=id).result(timeout=timeout)

    def cancel(self, id: int) -> Wait[Order]:
        self._api.do("POST", f"/api/2.0/orders/{id}/cancel", headers=headers)
        return Wait(self.wait_get_order_done, id=id)

    def ship(self, id: int) -> ShipOperation:
        res = self._api.do("POST", f"/api/2.0/orders/{id}/ship", headers=headers)
        operation = Operation.from_dict(res)
        return ShipOperation(self, operation)

    def get(self, id: int) -> GetOrderResponse:
        res = self._api.do("GET", f"/api/2.0/orders/{id}", headers=headers)
        return GetOrderResponse.from_dict(res)

    def list(self) -> List[Order]:
        res = self._api.do("GET", "/api/2.0/orders", headers=headers)
        return [Order.from_dict(v) for v in res]

    def status(self) -> Any:
        res = self._api.do("GET", "/api/2.0/status", headers=headers)
        return res

    def receipt(self, id: int) -> Receipt:
        headers = {
            "Accept": "application/pdf",
        }
        response_headers = [
            "content-length",
        ]
        res = self._api.do(
            "GET",
            f"/api/2.0/orders/{id}/receipt",
            headers=headers,
            response_headers=response_headers,
            raw=True,
        )
        return Receipt.from_dict(res)

    def log(self):
        headers = {
            "Accept": "text/plain",
        }
        res = self._api.do("GET", "/api/2.0/log", headers=headers, raw=True)
        return Receipt.from_dict(res)

    def exists(self, id: int):
        self._api.do("HEAD", f"/api/2.0/orders/{id}", headers=headers)


class ShipOperation:
    """Waits for `ship`."""

    def __init__(self, impl: BooksAPI, operation: Operation):
        self._impl = impl

    def wait(self):
        return poll(self._impl)
