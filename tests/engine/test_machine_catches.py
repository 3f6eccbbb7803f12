"""The state machine is worth something: with a promise broken on purpose it fails, in what it draws in CI."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from answerback.engine import decide as deciding
from answerback.engine import guards, route, sending
from answerback.engine.decision import Case, Decision
from answerback.engine.draft import Draft, begin, finish
from answerback.engine.effects import KeepLead, PageStaff
from answerback.engine.guards import check
from answerback.engine.rules import Rules
from answerback.testing.machine import EngineMachine

Break = Callable[[pytest.MonkeyPatch], None]
SEARCH = settings(
    max_examples=1500,
    stateful_step_count=30,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
)


def _passing(guard: str) -> Break:
    """This guard lets everything through."""

    def apply(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(
            sending,
            "check",
            lambda ask: tuple(replace(each, passed=True) if each.name == guard else each for each in check(ask)),
        )

    return apply


def _finishing(change: Callable[[Decision], Decision]) -> Break:
    """What is decided is changed at the last moment."""
    return lambda patch: patch.setattr(deciding, "finish", lambda draft: change(finish(draft)))


def _beginning(change: Callable[[Draft], None]) -> Break:
    """Something that was known is forgotten before anything is decided."""

    def forgetful(rules: Rules, case: Case, now: datetime) -> Draft:
        draft = begin(rules, case, now)
        change(draft)
        return draft

    return lambda patch: patch.setattr(deciding, "begin", forgetful)


def _first_text_forgotten(draft: Draft) -> None:
    settings = replace(draft.rules.settings, first_text_cooldown=timedelta(0))
    draft.rules = replace(draft.rules, settings=settings)
    draft.state = replace(draft.state, first_text=None, first_text_at=None)


def _stop_forgotten(draft: Draft) -> None:
    draft.suppressed, draft.consent = False, "express_informational"


def _nothing_missing(patch: pytest.MonkeyPatch) -> None:
    for place in (guards, route):
        patch.setattr(place, "missing", lambda _playbook, _state: None)


def _without(kind: type) -> Callable[[Decision], Decision]:
    return lambda made: replace(made, effects=tuple(each for each in made.effects if not isinstance(each, kind)))


def _unexplained(made: Decision) -> Decision:
    return replace(made, receipts=tuple(each for each in made.receipts if each.verdict != "sent"))


BROKEN = {
    "1: a text without its lead": _finishing(_without(KeepLead)),
    "2: a second first text in a cooldown": _beginning(_first_text_forgotten),
    "3: a text after stop": _beginning(_stop_forgotten),
    "4: the machine speaks over a person": _passing("human"),
    "5: a text without a reason": _finishing(_unexplained),
    "a link before the required answers": _nothing_missing,
    "an urgent case that pages nobody": _finishing(_without(PageStaff)),
    "more texts in a day than allowed": _passing("texts_per_day"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_the_machine_finds_a_broken_promise(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    BROKEN[broken](monkeypatch)
    with pytest.raises((AssertionError, BaseExceptionGroup)):
        run_state_machine_as_test(EngineMachine, settings=SEARCH)
