from ..service import shop


class FilesExt(shop.FilesAPI):
    pass
