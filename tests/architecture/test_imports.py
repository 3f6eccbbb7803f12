"""Who may import whom: the contracts of pyproject.toml, and the engine's short list of the standard library."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import answerback
from answerback.ports.registry import phones

SOURCE = Path(answerback.__file__).parent
PURE_MODULES = {
    "answerback",
    "bisect",
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "itertools",
    "math",
    "re",
    "string",
    "typing",
    "unicodedata",
    "zlib",
    "zoneinfo",
}


def test_import_contracts_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=SOURCE.parent.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (
        "An import goes against the layers (ARCHITECTURE.md). Move the code to the layer it belongs to, or hand in what"
        f" it needs from above; do not add an exception.\n{done.stdout}{done.stderr}"
    )


def test_engine_imports_only_pure_modules() -> None:
    found = [complaint for path in sorted((SOURCE / "engine").rglob("*.py")) for complaint in _impure(path)]
    assert found == [], (
        "The engine decides from what it is handed. Hand the value in as an argument, or do it in workflow.\n"
        + "\n".join(found)
    )


def test_adapters_never_import_each_other() -> None:
    """What several providers need stands beside them, so that one can be taken out, or made by others."""
    found = [complaint for name in _providers() for complaint in _of_neighbours(name, _providers())]
    assert found == [], "Put what both need beside the adapters (src/answerback/adapters).\n" + "\n".join(found)
    assert len(_providers()) > 3


def test_impure_import_in_an_engine_is_found(tmp_path: Path) -> None:
    path = tmp_path / "sample.py"
    path.write_text("import re\nfrom os import path\nimport answerback.engine.events\nimport time as clock\n")
    assert list(_impure(path)) == [f"{path}:2 imports os", f"{path}:4 imports time"]


def test_playbooks_hold_data_and_no_code() -> None:
    files = [path for path in (SOURCE / "playbooks").rglob("*.py") if len(ast.parse(path.read_text()).body) > 1]
    assert files == [], "playbooks/ is data (YAML); the code that reads it belongs into engine, store or workflow."


def _providers() -> list[str]:
    """The packages of providers: those that an entry point names."""
    points = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text())["project"]["entry-points"]
    return sorted({target.split(":")[0].split(".")[2] for target in points["answerback.phone"].values()})


def _of_neighbours(name: str, every: list[str]) -> Iterator[str]:
    others = {f"answerback.adapters.{other}" for other in every if other != name}
    for path in sorted((SOURCE / "adapters" / name).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if ".".join(module.split(".")[:3]) in others:
                yield f"{path}:{node.lineno} imports {module}"  # type: ignore[attr-defined]  # an import has a line


def _impure(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "."]
        else:
            continue
        for name in names:
            if name.split(".")[0] not in PURE_MODULES:
                yield f"{path}:{node.lineno} imports {name}"


def test_nothing_outside_the_adapters_asks_which_phone_system_it_is() -> None:
    """The next provider touches no other file: what one can do is asked of it, never known by its name."""
    names = {*phones()} - {"simulator", "webhook"}
    outside = [path for path in SOURCE.rglob("*.py") if not {"adapters", "testing"} & {*path.relative_to(SOURCE).parts}]
    asked = [f"{path.relative_to(SOURCE)}:{line}" for path in outside for line in _compared_with(path, names)]
    assert asked == []


def _compared_with(path: Path, names: set[str]) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Compare | ast.MatchValue | ast.Dict):
            parts = node.keys if isinstance(node, ast.Dict) else list(ast.walk(node))
            if any(isinstance(part, ast.Constant) and part.value in names for part in parts):
                yield node.lineno
