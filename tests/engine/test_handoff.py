"""What people do with a conversation: tries in vain, a conflict check, danger that stays with people."""

from datetime import timedelta
from typing import Any

import pytest

from answerback.engine.due import Look, first_look, look
from answerback.engine.effects import ClosePages, OpenTodo
from answerback.engine.events import CalledBack, HandedBack, TodoClosed
from answerback.engine.reading import Slots
from answerback.engine.rules import Settings
from answerback.testing.factories import LINE, MORNING, hours, playbook, rules


def close(talk: Any, kind: str, outcome: Any) -> None:
    talk.happen(TodoClosed(at=talk.now, todo="1", kind=kind, outcome=outcome))


def test_a_call_in_vain_is_owed_still_and_after_three_a_person_decides(talk: Any) -> None:
    talk = talk()
    talk.says(intent="callback")
    asked = []
    for outcome in ("no_answer", "left_voicemail", "no_answer"):
        close(talk, "callback", outcome)
        (todo,) = talk.of(OpenTodo)
        asked.append((todo.kind, todo.due_at - talk.now))
    assert asked == [
        ("callback", timedelta(minutes=30)),
        ("callback", timedelta(hours=2)),
        ("review", timedelta(0)),
    ]


def test_a_law_firm_offers_no_time_before_the_conflict_check(talk: Any) -> None:
    talk = talk(rules(book=playbook(privacy="law")))
    known = {"service": "drain", "urgency": "can_wait"}
    talk.says(intent="book", **known, slots=Slots(city="Austin", contact_pref="link"))
    assert sorted(talk.todos) == ["callback", "conflict"]
    assert "link" not in talk.said
    close(talk, "conflict", "done")
    assert talk.case.state.cleared


def test_danger_stays_with_people(talk: Any) -> None:
    talk = talk()
    talk.says(hazards=("gas",))
    talk.happen(HandedBack(at=talk.now, member="ann"))
    assert talk.case.state.phase == "human"
    talk.says(intent="book")
    assert talk.texts == []


@pytest.mark.parametrize(("minutes", "closes"), [(-5, False), (5, True)])
def test_only_a_talk_since_the_page_ends_it(talk: Any, minutes: int, closes: bool) -> None:
    talk = talk()
    talk.says(urgency="emergency")
    spoke_at = talk.now + timedelta(minutes=minutes)
    talk.happen(CalledBack(at=spoke_at, call="back", line=LINE, talked=True))
    assert bool(talk.of(ClosePages)) is closes


def test_a_todo_is_recalled_before_it_is_due_and_goes_up_in_business_hours() -> None:
    settings, open_hours = Settings(), hours()
    due_at = MORNING + timedelta(minutes=30)
    assert first_look(due_at, MORNING, settings) == MORNING + timedelta(minutes=20)
    early = look(
        open_hours, settings, due_at=due_at, urgent=False, owned=False, reminded=0, now=MORNING + timedelta(minutes=20)
    )
    assert early == Look(step="remind", next_at=due_at + timedelta(minutes=15))
    late = look(open_hours, settings, due_at=due_at, urgent=False, owned=False, reminded=1, now=early.next_at)
    assert (late.step, late.next_at > early.next_at + timedelta(hours=12)) == ("escalate", True)


def test_an_urgent_todo_asks_who_has_it_before_it_wakes_others() -> None:
    settings, due_at = Settings(), MORNING
    soon = due_at + timedelta(minutes=10)
    assert first_look(due_at, due_at, settings, urgent=True) == soon

    def step(*, owned: bool, reminded: int) -> Look:
        return look(hours(), settings, due_at=due_at, urgent=True, owned=owned, reminded=reminded, now=due_at)

    assert [step(owned=True, reminded=told).step for told in range(4)] == ["remind", "remind", "escalate", "escalate"]
    assert step(owned=False, reminded=0) == Look(step="escalate", next_at=soon)
