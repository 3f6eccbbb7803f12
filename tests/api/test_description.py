"""Whatever fits the description is answered as it says, whatever does not is refused as it says: schemathesis."""

from __future__ import annotations

import os
import warnings
from collections import Counter
from dataclasses import dataclass, field, is_dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import pytest
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from ninja import Schema
from tests.api.existing import Existing

if TYPE_CHECKING:
    from tests.api.conftest import Program, Shop

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of libraries of schemathesis, about their own future
    import schemathesis
    from schemathesis.core.failures import FailureGroup
    from schemathesis.generation import GenerationMode
    from schemathesis.specs.openapi.checks import ignored_auth

EXAMPLES = 2
"""A look at every operation; `sh scripts/fuzz_api.sh` looks longer."""

MORE = 20
"""A longer look where no misfit was refused: what was drawn may differ from what fits in a header alone, and what is
drawn hangs on which modules are loaded, for Hypothesis draws their constants too.
"""

REFUSED = {400, 415, 422}
"""How a request is answered that does not fit."""


@pytest.mark.parametrize("part", [0, 1])  # for two processes
def test_every_operation_keeps_the_description(
    shop: Shop, program: Program, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    from answerback.api import door

    monkeypatch.setattr(door, "REQUESTS", 1_000_000)
    asked = Asked(Existing(shop, program), int(os.environ.get("EXAMPLES", EXAMPLES)))
    for operation in operations()[part::2]:
        if os.environ.get("ONLY", "/") in operation.label:
            asked.whether_it_keeps(operation)
    assert asked.problems == []
    assert [label for label, statuses in asked.fitting.items() if statuses == {404}] == []
    assert {label: statuses for label, statuses in asked.misfits.items() if statuses.isdisjoint(REFUSED)} == {}


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


@dataclass
class Asked:
    """What was asked of each operation with things that exist: what fits its description, and what does not."""

    existing: Existing
    many: int
    problems: list[str] = field(default_factory=list)
    fitting: dict[str, set[int]] = field(default_factory=dict)
    misfits: dict[str, set[int]] = field(default_factory=dict)

    def whether_it_keeps(self, operation: Any) -> None:
        seen = self.fitting.setdefault(operation.label, set())
        self._ask(operation.as_strategy(GenerationMode.POSITIVE), operation.path, seen)
        seen = self.misfits.setdefault(operation.label, set()) if operation.body else set()
        there = self.existing.of(operation.path)
        try:
            self._ask(operation.as_strategy(GenerationMode.NEGATIVE, path_parameters=there or None), None, seen)
            if operation.body and seen.isdisjoint(REFUSED):
                self._look_longer(operation.as_strategy(GenerationMode.NEGATIVE, path_parameters=there or None), seen)
        except Unsatisfiable:
            self.misfits.pop(operation.label, None)  # whatever is sent fits

    def _ask(self, cases: Any, path: str | None, seen: set[int]) -> None:
        """Ask what was drawn; where a path is given, about things that exist."""

        @settings(
            max_examples=self.many,
            database=None,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases)
        def ask(case: Any) -> None:
            if path is not None:
                case.path_parameters = self.existing.of(path)
                case.body = self.existing.fits(case.body)
            secret = self.existing.program.secret
            answer = case.call(headers={"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"})
            seen.add(answer.status_code)
            try:
                # Whether a token is asked for is tested by hand: here it is always the right one, over what was drawn.
                case.validate_response(answer, excluded_checks=[ignored_auth])
            except FailureGroup as problems:
                self.problems.extend(f"{case.method} {case.path}: {each}"[:800] for each in problems.exceptions)

        ask()

    def _look_longer(self, cases: Any, seen: set[int]) -> None:
        """How more of them are answered, until one is refused."""

        @settings(
            max_examples=MORE,
            database=None,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases)
        def look(case: Any) -> None:
            if seen.isdisjoint(REFUSED):
                secret = self.existing.program.secret
                seen.add(case.call(headers={"Authorization": f"Bearer {secret}"}).status_code)

        look()
