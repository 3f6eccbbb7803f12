"""Loads one module out of a vendor's SDK, without the trees above and below it: an independent signer for tests."""

import importlib.util
from pathlib import Path
from types import ModuleType


def module_alone(package: str, file: str) -> ModuleType:
    """The module in this file of an installed package, as if it stood alone; raises `LookupError` where it is not."""
    found = importlib.util.find_spec(package)
    folders = (found.submodule_search_locations if found else None) or []
    path = next((Path(folder) / file for folder in folders if (Path(folder) / file).exists()), None)
    spec = importlib.util.spec_from_file_location(f"{package}_{Path(file).stem}", path) if path else None
    if spec is None or spec.loader is None:
        raise LookupError(f"The package {package} has no {file}. Run: make setup")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
