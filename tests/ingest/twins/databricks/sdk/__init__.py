from databricks.sdk.service import shop as pkg_shop


class WorkspaceClient:
    def __init__(self):
        self._guests_v2 = pkg_shop.GuestsV2API(self._api_client)
        self._guests = pkg_shop.GuestsAPI(self._api_client)
        self._owners = pkg_shop.OwnersAPI(self._api_client)
        self._owners_v2 = pkg_shop.OwnersV2API(self._api_client)
