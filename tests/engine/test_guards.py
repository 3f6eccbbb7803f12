"""Each guard refuses what it is there for, and every text is made in one place."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

import answerback.engine
from answerback.engine.effects import TextClass
from answerback.engine.guards import GUARDS, WOULD_CHANGE, Ask, check, refused_by
from answerback.engine.state import Contact, State
from answerback.testing.factories import CALLER, LINE, MORNING, NIGHT, STAFF, rules

DAY = timedelta(days=1)

FINE = Ask(
    rules=rules(),
    state=State(),
    contact=Contact(number=CALLER),
    suppressed=False,
    untextable=None,
    unsent=frozenset(),
    now=MORNING,
    text_class="reply",
    body="Hello",
    not_before=MORNING,
    stale_at=MORNING + DAY,
)


def asked(**changes) -> str | None:
    refused = refused_by(check(replace(FINE, **changes)))
    return refused.name if refused else None


@pytest.mark.parametrize("text_class", get_args(TextClass))
def test_text_that_is_fine_passes_every_guard_of_its_class(text_class):
    assert asked(text_class=text_class) is None


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"contact": Contact(number="withheld")}, "withheld"),
        ({"contact": Contact(number=LINE)}, "own_number"),
        ({"contact": Contact(number=STAFF)}, "staff_number"),
        ({"rules": rules(business={"blocked": frozenset({CALLER})})}, "blocked"),
        ({"contact": Contact(number="+4930123456")}, "country"),
        ({"contact": Contact(number="nonsense")}, "country"),
        ({"untextable": "landline"}, "textable"),
        ({"suppressed": True}, "suppressed"),
        ({"state": State(phase="human")}, "human"),
        ({"state": State(phase="closed")}, "closed"),
        ({"stale_at": MORNING}, "fresh"),
        ({"not_before": MORNING + DAY}, "fresh"),
        ({"state": State(sent_at=(MORNING,) * 8)}, "texts_per_day"),
        ({"state": State(sent_at=(MORNING,) * 3, unanswered=3)}, "unanswered"),
        (
            {
                "rules": rules(unanswered_per_week=5),
                "state": State(sent_at=tuple(MORNING - n * DAY for n in range(5, 0, -1)), unanswered=5),
            },
            "unanswered",
        ),
        ({"state": State(replied_at=(MORNING,) * 10)}, "replies_per_hour"),
        ({"body": ""}, "wording"),
        ({"body": "{link}"}, "required_answers"),
        ({"text_class": "follow_up", "now": NIGHT, "not_before": NIGHT}, "hours"),
        (
            {
                "text_class": "first_reply",
                "now": NIGHT,
                "not_before": NIGHT,
                "rules": rules(overnight_first_text="off"),
            },
            "overnight",
        ),
        ({"text_class": "first_reply", "contact": Contact(number=CALLER, first_text_at=MORNING)}, "cooldown"),
        ({"text_class": "first_reply", "state": State(first_text="f", first_text_at=MORNING)}, "cooldown"),
        (
            {"text_class": "follow_up", "greets": True, "state": State(first_text="f", first_text_at=MORNING)},
            "cooldown",
        ),
    ],
)
def test_guard_refuses(changes, guard):
    assert asked(**changes) == guard
    assert guard in WOULD_CHANGE


def test_first_text_taken_back_leaves_room_for_another():
    taken = State(first_text="f", first_text_at=MORNING)
    assert asked(text_class="first_reply", state=taken, unsent=frozenset({"f"})) is None
    waiting = replace(taken, first_text_until=MORNING + DAY)
    assert asked(text_class="first_reply", state=waiting, unsent=frozenset({"f"})) == "cooldown"


def test_text_that_may_save_a_life_is_never_counted():
    full = State(sent_at=(MORNING,) * 20, unanswered=20, replied_at=(MORNING,) * 20)
    assert asked(state=full, safety=True) is None
    assert asked(state=full, safety=True, suppressed=True) == "suppressed"


def test_every_class_of_text_asks_who_it_goes_to():
    assert [name for name, guards in GUARDS.items() if len(guards) < 8] == []


def test_texts_phases_and_leads_are_made_in_one_place_each():
    made = {
        path.name: sorted(
            set(re.findall(r"SendText\(\s*key=|changed\([^)]*phase=|changed\([^)]*lead=", path.read_text()))
        )
        for path in Path(answerback.engine.__file__).parent.glob("*.py")
    }
    found = {name: each for name, each in made.items() if each}
    assert found == {
        "draft.py": ["changed(draft.state, lead=", "changed(draft.state, phase="],
        "handoff.py": ["changed(draft.state, lead="],
        "sending.py": ["SendText(\n            key="],
    }
