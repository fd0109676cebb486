from databricks.sdk.service import office as pkg_office
from databricks.sdk.service import shop as pkg_shop
from databricks.sdk.mixins.books import BooksExt
from databricks.sdk.mixins.files import FilesExt
from databricks.sdk.service.shop import BooksAPI


def _make_files(client):
    return FilesExt(client)


class WorkspaceClient:
    def __init__(self):
        self._dbutils = make_dbutils(self._config)
        books = BooksExt(self._api_client)
        self._books = books
        self._files = _make_files(self._api_client)
        self._settings = pkg_shop.SettingsAPI(self._api_client)
        self._keys = pkg_shop.KeysAPI(self._api_client)


class AccountClient:
    def __init__(self):
        self._keys = pkg_office.KeysAPI(self._api_client)
