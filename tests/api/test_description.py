"""Whatever fits the description is answered as it says, whatever does not is refused as it says: schemathesis."""

from __future__ import annotations

import os
import warnings
from collections import Counter
from dataclasses import is_dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import pytest
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from ninja import Schema

if TYPE_CHECKING:
    from tests.api.conftest import Program, Shop

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of libraries of schemathesis, about their own future
    import schemathesis
    from schemathesis.core.failures import FailureGroup
    from schemathesis.specs.openapi.checks import ignored_auth

EXAMPLES = 2
"""A look at every operation; `sh scripts/fuzz_api.sh` looks longer."""


def test_every_operation_keeps_the_description(shop: Shop, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from answerback.api import door

    monkeypatch.setattr(door, "REQUESTS", 1_000_000)
    conversation = shop.conversation(131)
    shop.todo(conversation)
    many = int(os.environ.get("EXAMPLES", EXAMPLES))
    found = [
        f"{operation.label}: {problem}"
        for operation in operations()
        if os.environ.get("ONLY", "/") in operation.label
        for problem in problems(operation, program.secret, many)
    ]
    assert found == []


def test_no_two_shapes_have_one_name() -> None:
    """The description knows a shape by its name alone; of two with one name it shows the wrong one."""
    from answerback import api
    from answerback.store.queries import told

    modules = [
        import_module(f"{package.__name__}.{each.name}")
        for package in (api, told)
        for each in iter_modules(package.__path__)
    ]
    shapes = {
        found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type) and found.__module__.startswith((api.__name__, told.__name__))
        if issubclass(found, Schema) or is_dataclass(found)
    }
    names = Counter(found.__name__ for found in shapes if found.__module__ != "answerback.api.reports")
    assert [name for name, many in names.items() if many > 1] == []


def test_no_time_of_the_day_promises_an_offset() -> None:
    """The format `time` means RFC 3339's, with an offset; a shift stands by the clock of its place."""
    from answerback.api import described

    said = described.FILE.read_text(encoding="utf-8")
    assert ('"format": "time"' in said, said.count(r'"^\\d\\d:\\d\\d:\\d\\d$"')) == (False, 2)


def operations() -> list[Any]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    return [each.ok() for each in schema.get_all_operations()]


def problems(operation: Any, secret: str, many: int) -> list[str]:
    found: list[str] = []

    @settings(
        max_examples=many,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"})
        try:
            # Whether a token is asked for is tested by hand: here it is always the right one, over whatever was drawn.
            case.validate_response(answer, excluded_checks=[ignored_auth])
        except FailureGroup as problems:
            found.extend(str(problem)[:800] for problem in problems.exceptions)

    ask()
    return found
