"""Heavy packages that a library imports at its head and hardly ever uses: imported when something of them is first asked for.

Python's own importlib.util.LazyLoader does not serve: until Python 3.12, importing a lazy module a second time loads it.
"""
from __future__ import annotations

import importlib
import sys
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
    """Let modules that are not imported yet wait until they are used; names that are not installed are passed over."""
    for name in names:
        if name in sys.modules or (spec := find_spec(name)) is None:
            continue
        module = Postponed(name)
        module.__spec__ = spec
        module.__path__ = list(spec.submodule_search_locations or [])
        sys.modules[name] = module
