from databricks.sdk.service import shop as pkg_shop


class WorkspaceClient:
    def __init__(self, config=None):
        self._api_client = ApiClient(config)
        self._books = pkg_shop.BooksAPI(self._api_client)


class AccountClient:
    def __init__(self, config=None):
        self._api_client = ApiClient(config)
