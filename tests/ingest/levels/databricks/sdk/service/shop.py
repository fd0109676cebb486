class BooksAPI:
    def list(self):
        self._api.do("GET", "/api/2.0/books", headers=headers)


class FilesAPI:
    def list(self):
        self._api.do("GET", "/api/2.0/files", headers=headers)


class SettingsAPI:
    """What can be set."""

    def __init__(self, api_client):
        self._api = api_client
        self._door = DoorAPI(self._api)

    @property
    def door(self) -> DoorAPI:
        """The door."""
        return self._door


class DoorAPI:
    def get(self):
        self._api.do("GET", "/api/2.0/door", headers=headers)


class KeysAPI:
    def get(self):
        self._api.do("GET", "/api/2.0/keys", headers=headers)


class CellarAPI:
    def get(self):
        self._api.do("GET", "/api/2.0/cellar", headers=headers)
