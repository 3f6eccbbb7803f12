"""What happens in a busy business is told in Spanish to whoever reads Spanish, to the last reason within a reason.

Other pages are read by `test_spanish_pages`; here the engine, the delivery and the providers have really spoken.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from django.test import Client
from django.utils import translation
from scripts.pages import reachable
from tests.console.test_spanish_pages import _read, _Reader
from tests.in_spanish import english_in

from answerback.console.retold import retold
from answerback.engine.desk_events import TimerHeldBack
from answerback.engine.events import Failure, NumberIs, NumberMarked, VerdictCorrected
from answerback.engine.failures import _WHY
from answerback.engine.forwarding import CARRIERS, steps
from answerback.store import models
from answerback.store.playbook_file import pack, packs
from answerback.store.queries.timeline_events import of_event
from answerback.testing.shop import Person
from answerback.testing.world import World

ENGLISH = re.compile(
    r"\b(the|could|not|was|were|they|their|this|that|with|would|have|has|been|because|until|there|which|when|from"
    r"|and|but|its|our|your|you|who|what|nobody|somebody|will|does|did|must|only|after|before)\b"
)
"""Words that every English sentence has some of and no Spanish one."""

DANA = "+15125550190"


@pytest.fixture
def busy(database: None) -> Iterator[World]:
    """A day on which much goes wrong, of a business whose owner reads Spanish."""
    with World(staff=(Person(name="Dana", role="owner", phone=DANA, on_call=True),), now="2026-03-10 10:00") as world:
        for number in range(6):
            world.call(f"+1512555013{number}", ring=20, outcome="no-answer")
        world.run(minutes=2)
        world.text("+15125550130", "pipe burst water everywhere")
        world.text("+15125550131", "STOP")
        world.text("+15125550132", "water heater leaking slowly")
        world.text("+15125550133", "asdf qwerty ???")
        world.text("+15125550134", "can someone call me please")
        world.run(minutes=30)
        world.call("+15125550131", ring=20, outcome="no-answer")
        world.call("+15125550132", ring=2, outcome="no-answer")
        world.run(hours=20)
        yield world


def _english(page: str) -> list[str]:
    reader = _Reader()
    reader.feed(page)
    return [said[:200] for said in dict.fromkeys(reader.said) if ENGLISH.search(re.sub(r"\{\w+\}", "", said))]


def test_a_busy_day_is_told_in_spanish(busy: World) -> None:
    user = models.User.objects.create_user("dana@example.com", "a long password", language="es")
    models.Member.objects.filter(name="Dana").update(user=user)
    models.Business.objects.update(language="es")
    client = Client()
    client.force_login(user)
    talks = [f"/c/{id}" for id in models.Conversation.objects.values_list("id", flat=True)]
    begin = ["/", "/inbox?tab=all", "/leads?as=list", "/calls", "/todos", "/health", "/on-call", *talks]
    pages = {*reachable(lambda address: _read(client, address), begin), *talks} - {"/api/docs"}
    found: dict[str, list[str]] = {}
    for address in sorted(pages):
        for said in _english(_read(client, address)):
            found.setdefault(said, []).append(address)
    texts = [*models.Message.objects.values_list("body", flat=True)]
    assert {said: where for said, where in found.items() if not any(said in text for text in texts)} == {}
    assert len(busy.receipts("+15125550130")) > 0


@pytest.mark.parametrize("failure", get_args(Failure))
def test_why_a_text_did_not_arrive_is_said_in_spanish(failure: Any) -> None:
    why = _WHY[failure]
    with translation.override("es"):
        for sentence in (
            f"Our text did not arrive ({why}): call them",
            f"A text did not arrive: {why}. A person is asked to call.",
            f"Texts do not arrive: {why}",
        ):
            assert ENGLISH.findall(retold(sentence)) == []


@pytest.mark.parametrize("name", packs())
def test_what_a_pack_asks_people_to_do_is_said_in_spanish(name: str) -> None:
    asked = {route.todo for route in pack(name).routes if route.todo}
    assert len(asked) > 3
    assert english_in(*sorted(asked), *sorted(f"To-do: {each}" for each in asked)) == []


def test_what_a_business_asks_itself_stays_as_it_wrote_it() -> None:
    with translation.override("es"):
        assert retold("Call Bob at the yard, the red truck") == "Call Bob at the yard, the red truck"


def test_what_staff_said_of_a_call_a_plan_or_a_number_is_told_in_spanish() -> None:
    """ "Bob dijo that nobody took this call"."""
    at = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
    said: list[str] = []
    for came in ("served", "missed"):
        said += _told(VerdictCorrected(at=at, member="Bob", call="c1", called_at=at, line="+15125550100", came=came))
    for timer in ("nudge", "reminder", "video"):
        for after_all in (False, True):
            said += _told(
                TimerHeldBack(at=at, member="Bob", timer=timer, ref="r", due_at=at, after_all=after_all)  # type: ignore[arg-type]
            )
    for whose in get_args(NumberIs):
        said += _told(NumberMarked(at=at, member="Bob", number_is=whose))
    assert len(said) > 12
    assert english_in(*said) == []


def _told(event: Any) -> list[str]:
    kind, title, detail = of_event(event, set()) or ("", "", "")
    assert kind == "staff"
    return [each for each in (title, detail) if each]


def test_how_calls_are_forwarded_is_said_in_spanish() -> None:
    said = [each.says for each in CARRIERS if each.says]
    said += [step.does for each in CARRIERS for step in steps(each, "+15125550100", 20)]
    assert english_in(*dict.fromkeys(said)) == []
