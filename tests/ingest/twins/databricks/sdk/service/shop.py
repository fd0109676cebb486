class GuestsAPI:
    def get(self, id: str):
        self._api.do("GET", f"/api/2.0/guests/{id}", headers=headers)


class GuestsV2API:
    def get(self, guest_id: str):
        self._api.do("GET", f"/api/2.0/guests/{guest_id}", headers=headers)


class OwnersV2API:
    def get(self, id: str):
        self._api.do("GET", f"/api/2.0/owners/{id}", headers=headers)


class OwnersAPI:
    def get(self, id: str):
        self._api.do("GET", f"/api/2.0/owners/{id}", headers=headers)
