"""The digest of a stage's code: of every module that its entry imports, the lexicons and templates that those name, and the libraries'
versions.

Prefect's own TASK_SOURCE policy sees only the lines of the task, not the functions that it calls, and would serve stale results after a
change in one of those. This follows the imports instead, so that a change re-does exactly the stages that depend on it.

    python -m flows.code

writes down what each module imports, beside the installed packages: reading it off the modules takes a second of each run.
"""
from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LEXICONS = ROOT / "schemas" / "lexicons"
KINDS = (".toml", ".tsv", ".txt")
OURS = ("flows", "schemas")
ENTRY = re.compile(r"((?:flows|schemas)(?:\.\w+)+):\w+")   # how a job names its function
# The name under which a package is installed, where it differs from the name under which it is imported.
DISTRIBUTIONS = {"opencc": "opencc-python-reimplemented", "vl_convert": "vl-convert-python"}
# Functions by which a module reads the data of a package without importing it: dictionaries change results as code does.
FINDERS = frozenset(("find_spec", "files", "folder_of_package"))


@cache
def code_digest(module: str) -> str:
    """Hex digest of all that the result of functions of `module` depends on, but for its inputs.

    Raises ModuleNotFoundError where `module` is not one of this project's.
    """
    digest = hashlib.sha256()
    modules, lexicons, libraries = dependencies(module)
    for name in modules:
        digest.update(name.encode() + b"\0" + _path(name).read_bytes() + b"\0")
    for path in lexicons:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for library in libraries:
        digest.update(f"{library}={_version(library)}\0".encode())
    digest.update(f"python={sys.version_info.major}.{sys.version_info.minor}".encode())
    return digest.hexdigest()


def dependencies(module: str) -> tuple[list[str], list[Path], list[str]]:
    """The project's modules that `module` imports, directly or not, the lexicons and templates that they name, and the libraries: each
    sorted."""
    waiting = [module]
    modules: set[str] = set()
    lexicons: set[Path] = set()
    libraries: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in modules:
            continue
        modules.add(name)
        imported, named, outside = _reads(name)
        waiting += imported
        lexicons |= set(named)
        libraries |= set(outside)
    return sorted(modules), sorted(lexicons), sorted(libraries)


Reads = tuple[tuple[str, ...], tuple[Path, ...], tuple[str, ...]]


@cache
def _reads(module: str) -> Reads:
    """What one module imports of the project's own, which lexicons and templates its strings name, and which libraries it imports."""
    content = _path(module).read_bytes()
    kept = _kept().get(module)
    if kept and kept[0] == _seal(content):
        return tuple(kept[1]), tuple(ROOT / name for name in kept[2]), tuple(kept[3])
    return _read(module, content)


def _seal(content: bytes) -> str:
    """A digest of all that `_read` depends on: the module, which modules, lexicons and templates there are, and this one."""
    return hashlib.sha256(_there() + content).hexdigest()


@cache
def _there() -> bytes:
    found = [os.path.relpath(os.path.join(folder, name), ROOT) for top in OURS for folder, _, names in os.walk(ROOT / top)
             for name in names if not name.endswith(".pyc")]
    return "\n".join(sorted(found)).encode() + Path(__file__).read_bytes()      # and how it is read


def _place() -> Path:
    return Path(sys.prefix) / "share" / "jianghua" / "imports.json"


@cache
def _kept() -> dict[str, list[Any]]:
    try:
        found = json.loads(_place().read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def keep_imports() -> None:
    """Write down what every module imports, for the runs to come. Raises OSError."""
    kept = {}
    for module in dependencies("flows.cli")[0]:
        content = _path(module).read_bytes()
        imported, named, outside = _read(module, content)
        kept[module] = [_seal(content), imported, [os.path.relpath(path, ROOT) for path in named], outside]
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{os.getpid()}.{place.name}.part")
    beside.write_text(json.dumps(kept, sort_keys=True), encoding="utf-8")
    beside.replace(place)


def _read(module: str, content: bytes) -> Reads:
    tree = ast.parse(content)
    ours, named, outside = [], [], set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets: list[tuple[str, tuple[str, ...]]] = [(alias.name, ()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            targets = [(node.module, tuple(alias.name for alias in node.names))]
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str) \
                and (node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")) in FINDERS:
            targets = [(node.args[0].value, ())] if node.args[0].value not in OURS else []
        else:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value and len(node.value) < 80:
                entry = ENTRY.fullmatch(node.value)
                if entry and _exists(entry[1]):
                    ours.append(entry[1])
                path = LEXICONS / node.value.rpartition("/")[2]
                if path.suffix in KINDS and path.is_file():
                    named.append(path)
                templates = _path(module).parent / "templates"
                if (templates / node.value).is_file():    # with what it includes
                    named += sorted(each for each in templates.iterdir() if each.is_file())
            continue
        for target, names in targets:
            top = target.partition(".")[0]
            if top in OURS:
                ours += [each for each in (target, *(f"{target}.{name}" for name in names)) if _exists(each)]
            elif top not in sys.stdlib_module_names:
                outside.add(top)
    return tuple(ours), tuple(named), tuple(sorted(outside))


def _path(module: str) -> Path:
    base = ROOT.joinpath(*module.split("."))
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    raise ModuleNotFoundError(f"no module {module} in this project")


def _exists(module: str) -> bool:
    base = ROOT.joinpath(*module.split("."))
    return base.with_suffix(".py").is_file() or (base / "__init__.py").is_file()


@cache
def _version(library: str) -> str:
    try:
        return version(DISTRIBUTIONS.get(library, library))
    except PackageNotFoundError:
        return "-"


if __name__ == "__main__":
    keep_imports()
