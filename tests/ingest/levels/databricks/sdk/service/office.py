class KeysAPI:
    def get(self, key_id: str):
        self._api.do("GET", f"/api/2.0/accounts/{self._api.account_id}/keys/{key_id}", headers=headers)
