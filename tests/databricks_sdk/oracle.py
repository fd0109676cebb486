"""Calls every method of databricks-sdk on a client that sends nothing, and prints what would have been sent.

    python3 oracle.py WHEEL

A wheel of pure Python is installed by unpacking it, here into a temporary folder. What the package needs from elsewhere
is replaced by stand-ins: nothing is fetched, and nothing leaves the machine. The result is JSON on stdout:

    {"version": …,
     "requests": {"module.Class.method": {"verb", "path", "query", "body", "whole", "data", "raw", "names"}},
     "helpers": ["module.Class.method", …],
     "records": {"module.Class": {"keys": […], "required": […]}},
     "enums": {"module.Class": […]},
     "texts": {"module.Class" or "module.Class.method": {key on the wire or parameter, or "" for the whole: text}},
     "levels": {"workspace": {"module.Class": attribute}, "account": {…}}}
"""

import ast
import dataclasses
import enum
import importlib
import inspect
import json
import pathlib
import re
import sys
import tempfile
import types
import urllib.parse
import zipfile

THIRD_PARTY = ("google", "requests", "urllib3", "IPython", "ipywidgets", "grpc", "httpx", "openai", "langchain_openai")


class Thing(Exception):
    """Whatever it is asked for, usable as a base, decorator, exception or type."""

    def __init__(self, *args, **keywords):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Thing()

    def __call__(self, *args, **keywords):
        return Thing()


class StandIn(types.ModuleType):
    """A module of which every attribute is a class."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (Thing,), {})
        setattr(self, name, made)
        return made


class StandInFinder:
    """Finds a stand-in for every module of a third party."""

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in THIRD_PARTY:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module):
        pass


class Sent(Exception):
    """Ends a method at its first request."""

    def __init__(self, request, caller):
        super().__init__()
        self.request, self.caller = request, caller


class Whole(dict):
    """The JSON object that a marked argument turns into."""

    def __init__(self, name):
        super().__init__({"…": True})
        self.name = name


class Marker(str):
    """An argument that knows its name. Its text is a path variable, and it can stand for any type."""

    def __new__(cls, name):
        self = super().__new__(cls, "{" + name + "}")
        self.name = name
        return self

    @property
    def value(self):
        return self

    def as_dict(self):
        return Whole(self.name)

    def ToJsonString(self):
        return self

    def __iter__(self):
        return iter([Marker(self.name)])


class Client:
    """Stands in for the client that sends requests."""

    account_id = "{account_id}"
    _cfg = types.SimpleNamespace(workspace_id=None, host_type=None)

    def __init__(self, *args, **keywords):
        pass

    def do(self, verb, path=None, url=None, query=None, headers=None, body=None, raw=False, data=None, **others):
        request = {
            "verb": verb,
            "path": urllib.parse.unquote(path) if path is not None else None,
            "url": url is not None,
            "query": sorted(query or {}),
            "raw": raw,
            "data": data.name if isinstance(data, Marker) else None,
            "whole": None,
            "body": None,
            # Which parameter is under a key, where the client itself did not put it there.
            "names": {
                key: name_in(value)
                for values in (query, body)
                if type(values) is dict
                for key, value in values.items()
                if not isinstance(value, int) and value is not values
            },
        }
        if isinstance(body, (Whole, Marker)):
            request["whole"] = body.name
        elif body is not None:
            request["body"] = sorted(body)
        raise Sent(request, sys._getframe(1).f_code.co_name)


def api_classes(module):
    for name, member in sorted(vars(module).items()):
        if inspect.isclass(member) and member.__module__ == module.__name__ and name.endswith("API"):
            yield name, member


def request_of(instance, name, method):
    """What a method sends, or None when it leaves that to others."""
    parameters = list(inspect.signature(method).parameters)
    try:
        answer = method(**{parameter: Marker(parameter) for parameter in parameters})
        if inspect.isgenerator(answer):
            next(answer)
    except Sent as sent:
        return sent.request if sent.caller == name and not sent.request["url"] else None
    except (AttributeError, TypeError, NotImplementedError):
        # Waiting asks the marker for a duration.
        return None
    return None


def name_in(value):
    """The name of the marker that a value was made from."""
    while isinstance(value, list):
        value = value[0]
    return value.name


def read_service(name, module, out):
    wires = {}
    for class_name, cls in api_classes(module):
        instance = cls.__new__(cls)
        instance._api = Client()
        for method_name, member in vars(cls).items():
            if method_name.startswith("_") or not inspect.isfunction(member):
                continue
            key = f"{name}.{class_name}.{method_name}"
            request = request_of(instance, method_name, getattr(instance, method_name))
            if request is None:
                out["helpers"].append(key)
            else:
                del request["url"]
                out["requests"][key] = request
    for class_name, member in sorted(vars(module).items()):
        if not inspect.isclass(member) or member.__module__ != module.__name__:
            continue
        key = f"{name}.{class_name}"
        if dataclasses.is_dataclass(member):
            fields = dataclasses.fields(member)
            filled = member(**{field.name: Marker(field.name) for field in fields})
            missing = dataclasses.MISSING
            required = {
                field.name for field in fields if field.default is missing and field.default_factory is missing
            }
            # A field with an empty value is left out, which tells the key of each required field.
            empty = member(**{field.name: None if field.name in required else Marker(field.name) for field in fields})
            keys = filled.as_dict()
            out["records"][key] = {"keys": sorted(keys), "required": sorted(set(keys) - set(empty.as_dict()))}
            wires[key] = {name_in(value): wire for wire, value in keys.items()}
        elif issubclass(member, enum.Enum):
            out["enums"][key] = [value.value for value in member]
    read_texts(name, inspect.getsource(module), wires, out["texts"])


def text_of(statement):
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return inspect.cleandoc(statement.value.value)
    return None


def read_texts(name, source, wires, out):
    for cls in ast.parse(source).body:
        if not isinstance(cls, ast.ClassDef):
            continue
        key = f"{name}.{cls.name}"
        texts = out.setdefault(key, {})
        owner = ""
        for statement in cls.body:
            if isinstance(statement, ast.FunctionDef):
                if cls.name.endswith("API"):
                    out[f"{key}.{statement.name}"] = parts_of(text_of(statement.body[0]) or "")
            elif isinstance(statement, ast.AnnAssign):
                owner = wires[key][statement.target.id]
            elif text_of(statement):
                texts[owner] = text_of(statement)


def parts_of(docstring):
    """The text of a method and those of its parameters."""
    parts = re.split(r"(?m)^:(?=param |returns:)", docstring)
    texts = {"": parts[0]}
    for part in parts[1:]:
        head, _, text = part.partition("\n")
        if parameter := re.match(r"param (\w+):", head):
            texts[parameter[1]] = text
    return texts


def offered(client, prefix=""):
    """Class and attribute of each API below a client, those of the client itself first."""
    found = []
    for attribute, api in sorted(vars(client).items()):
        base = next((base for base in type(api).__mro__ if base.__module__.startswith("databricks.sdk.service.")), None)
        if base is not None and base.__name__.endswith("API"):
            found.append((f"{base.__module__.rsplit('.', 1)[1]}.{base.__name__}", prefix + attribute.lstrip("_"), api))
    yield from ((name, path) for name, path, _ in found)
    for _, path, api in found:
        yield from offered(api, path + ".")


class AnyConfig:
    """A configuration that has every setting and copies itself."""

    def copy(self):
        return self

    deep_copy = copy

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return None


def levels(sdk):
    core = importlib.import_module("databricks.sdk.core")
    core.ApiClient = Client
    sdk._make_dbutils = lambda config: None
    clients = {"workspace": sdk.WorkspaceClient, "account": sdk.AccountClient}
    out = {}
    for level, make in clients.items():
        found = out.setdefault(level, {})
        # A hand-written class can hold the generated one once more; what the client itself offers comes first.
        for api, attribute in offered(make(config=AnyConfig())):
            found.setdefault(api, attribute)
    return out


def main(wheel):
    sys.dont_write_bytecode = True
    sys.meta_path.insert(0, StandInFinder())
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(wheel).extractall(folder)
        sys.path.insert(0, folder)
        json.dump(read(pathlib.Path(folder)), sys.stdout, indent=1)


def read(folder):
    out = {"version": None, "requests": {}, "helpers": [], "records": {}, "enums": {}, "texts": {}}
    sdk = importlib.import_module("databricks.sdk")
    out["version"] = importlib.import_module("databricks.sdk.version").__version__
    for path in sorted((folder / "databricks/sdk/service").glob("[!_]*.py")):
        read_service(path.stem, importlib.import_module("databricks.sdk.service." + path.stem), out)
    out["levels"] = levels(sdk)
    return out


if __name__ == "__main__":
    main(sys.argv[1])
