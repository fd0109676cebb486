class BooksAPI:
    def get(self:
        pass
