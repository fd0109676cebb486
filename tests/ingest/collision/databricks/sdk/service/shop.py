class BooksAPI:
    def get_shelf(self, name: str):
        self._api.do("GET", f"/api/2.0/town/{name}", headers=headers)

    def get_street(self, name: str):
        self._api.do("GET", f"/api/2.0/town/{name}", headers=headers)
