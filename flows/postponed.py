"""Heavy packages that a library imports at its head and hardly ever uses: imported when something of them is first asked for.

Python's own importlib.util.LazyLoader does not serve: until Python 3.12, importing a lazy module a second time loads it.
"""
from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from importlib.util import find_spec
from types import ModuleType
from typing import Any


class Postponed(ModuleType):
    """A module that becomes the real one when something of it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):   # what the import system itself asks
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        real = importlib.import_module(self.__name__)
        vars(self).update(vars(real))
        return getattr(real, name)


def postpone(*names: str) -> None:
    """Let modules that are not imported yet wait until they are used; packages that are not installed are passed over."""
    for name in names:
        if name in sys.modules:
            continue
        module = Postponed(name)
        if "." not in name:     # to look for a part of a package would import the package
            if (spec := find_spec(name)) is None:
                continue
            module.__spec__ = spec
            module.__path__ = list(spec.submodule_search_locations or [])
        sys.modules[name] = module


def postpone_all_but(attribute: str, made: Callable[[], Any], *names: str) -> None:
    """Let modules wait of which something is asked for at once: `attribute`, which is `made()` until anything else of them is."""
    for name in names:
        if name not in sys.modules:
            sys.modules[name] = module = Postponed(name)
            setattr(module, attribute, made())


class Idle(ModuleType):
    """A module of decorators that leave everything as it is, and of what they are given."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()


class Nothing:
    """Whatever is made of it is nothing again; called with a function or a class alone, it gives that back."""

    def __getattr__(self, name: str) -> Any:
        return Nothing()

    def __call__(self, *given: Any, **named: Any) -> Any:
        return given[0] if len(given) == 1 and callable(given[0]) and not named else Nothing()


def idle(*names: str) -> None:
    """Let modules that are not imported yet do nothing: such as only watch over how others are called."""
    for name in names:
        sys.modules.setdefault(name, Idle(name))


class Hollow(ModuleType):
    """A module of classes that have nothing in them: whatever is asked of it is one."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        setattr(self, name, made := type(name, (), {}))
        return made


def hollow(*names: str) -> None:
    """Let modules that are not imported yet hold classes that nothing is an instance of: such as only name what else there might be."""
    for name in names:
        sys.modules.setdefault(name, Hollow(name))


def absent(*names: str) -> None:
    """Let modules not be there, that are not imported yet and that whoever imports them can do without."""
    for name in names:
        sys.modules.setdefault(name, None)   # type: ignore[arg-type]   # the import system's own sign for it
