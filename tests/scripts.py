"""Scripts that stand beside the package, as modules."""

import importlib.util
from functools import cache
from types import ModuleType

from conftest import ROOT


@cache
def script(path: str) -> ModuleType:
    """Load a script of the repository by its path, without running its `main`."""
    spec = importlib.util.spec_from_file_location(path.replace("/", "_").removesuffix(".py"), ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
