"""The shape of the source: small modules, small functions, honest names, a docstring that opens every module."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import answerback

SOURCE = Path(answerback.__file__).parent
TESTS = Path(__file__).parents[1]
MODULE_LINES = 400
FUNCTION_LINES = 50
EMPTY_WORDS = {"util", "helper", "common", "base", "manager", "service", "handler", "misc"}


def test_modules_are_short() -> None:
    found = list(_long_modules(SOURCE))
    assert found == [], f"A module has one subject and at most {MODULE_LINES} lines; split these:\n" + "\n".join(found)


def test_functions_are_short() -> None:
    found = list(_long_functions(SOURCE))
    assert found == [], (
        f"A function fits on a screen ({FUNCTION_LINES} lines at the very most, most under 10); name its parts:\n"
        + "\n".join(found)
    )


def test_module_names_say_what_they_hold() -> None:
    found = list(_empty_names(SOURCE))
    assert found == [], "These names say nothing; take a word of docs/glossary.md:\n" + "\n".join(found)


def test_every_module_opens_with_a_docstring() -> None:
    found = list(_without_docstring(SOURCE))
    assert found == [], "Open each with what it decides or does, and what it must never do:\n" + "\n".join(found)


def test_the_database_is_opened_only_where_its_tables_are_emptied_afterwards() -> None:
    """A fixture of its own left its rows to whichever test came next."""
    opens = "django_db" + "_blocker"
    found = [path.relative_to(TESTS).as_posix() for path in TESTS.rglob("*.py") if opens in path.read_text("utf-8")]
    assert found == ["conftest.py"], "Take the fixture `database`."


@pytest.fixture
def bad_source(tmp_path: Path) -> Path:
    (tmp_path / "error_handlers.py").write_text("x = 1\n")
    (tmp_path / "long.py").write_text('"""Long."""\n' + "x = 1\n" * MODULE_LINES)
    (tmp_path / "deep.py").write_text(
        '"""Deep."""\n\nclass A:\n    def f(self):\n' + "        x = 1\n" * FUNCTION_LINES
    )
    return tmp_path


def test_each_fault_is_found(bad_source: Path) -> None:
    assert list(_long_modules(bad_source)) == ["long.py: 401 lines"]
    assert list(_long_functions(bad_source)) == ["deep.py:4 f: 51 lines"]
    assert list(_empty_names(bad_source)) == ["error_handlers.py"]
    assert list(_without_docstring(bad_source)) == ["error_handlers.py"]


def _modules(source: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(source.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(source), path.read_text(encoding="utf-8")


def _long_modules(source: Path) -> Iterator[str]:
    for path, text in _modules(source):
        lines = len(text.splitlines())
        if lines > MODULE_LINES:
            yield f"{path}: {lines} lines"


def _long_functions(source: Path) -> Iterator[str]:
    for path, text in _modules(source):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    yield f"{path}:{node.lineno} {node.name}: {lines} lines"


def _empty_names(source: Path) -> Iterator[str]:
    for path, _ in _modules(source):
        words = {word.removesuffix("s") for part in path.with_suffix("").parts for word in part.split("_")}
        if words & EMPTY_WORDS:
            yield str(path)


def _without_docstring(source: Path) -> Iterator[str]:
    for path, text in _modules(source):
        if not ast.get_docstring(ast.parse(text)):
            yield str(path)
