from databricks.sdk.service import shop as pkg_shop


class WorkspaceClient:
    def __init__(self):
        self._shops = pkg_shop.ShopsAPI(self._api_client)
        self._guests = pkg_shop.GuestsAPI(self._api_client)


class AccountClient:
    def __init__(self):
        self._account_guests = pkg_shop.AccountGuestsAPI(self._api_client)
