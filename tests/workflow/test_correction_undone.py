"""A correction of a call that is taken back is as if nothing had been pressed: every word of the menu, both ways."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from tests.workflow.members import member

from answerback.engine.state import State
from answerback.store import codec, models
from answerback.store.queries import calls, calls_list, inbox, timeline
from answerback.testing.world import World
from answerback.workflow import desk, measuring, undoing, verdicts
from answerback.workflow.handling import Undo

MARIA = "+15125550131"
FLOOD = "water is flooding my basement, burst pipe, emergency"
GREASE = "Hi, this is Maria, I need somebody to look at my garbage disposal"

HISTORY = ("Dana said that ", "Dana took back what they had said of a call")
"""What was pressed and taken back stays written down, and so does why something was done or not."""

COUNTERS = ("timers", "texts", "taken", "paged", "judged", "todos_due")
"""What names the next timer, text or page: never used twice. Of calls judged only which are is asked for, and a to-do's
date is its own."""


def talk(number: str = MARIA) -> models.Conversation:
    return models.Conversation.objects.filter(contact__number=number).latest("id")


def remembered(row: models.Conversation) -> dict[str, Any]:
    state: State = codec.decode_state(codec.encode(row.state)) if row.state else State()
    return {name: value for name, value in vars(state).items() if name not in COUNTERS} | {"is judged": {*state.judged}}


def shown(id: int) -> list[timeline.Row]:
    rows = [row for row in timeline.of_conversation(id) if row.kind != "reason"]
    return [row for row in rows if not row.title.startswith(HISTORY) and row.status != "withdrawn"]


def figures(world: World) -> dict[str, Any]:
    """Every number of the day, and what each lead adds to the reports."""
    business = models.Business.objects.get().id
    day = world.now.replace(hour=0, minute=0)
    [today] = inbox.numbers(business, (day, day + timedelta(days=1)))
    assert measuring.verify(business).holds
    sums = models.DayMeasure.objects.order_by("day", "dimension", "part")
    days = [{**row, "id": 0} for row in sums.values()]
    return {"today": today, "measured": list(models.LeadMeasure.objects.order_by("lead").values()), "days": days}


def stands(world: World) -> dict[str, Any]:
    """All that anybody sees of Maria."""
    row = talk()
    with connection.cursor() as cursor:
        known = calls.of_conversation(cursor, row.id)
    listed = [replace(each, decisions=[]) for each in calls_list.listed(row.business_id)]
    plain = ("status", "service", "urgency", "missed_reason", "priority", "answers", "next_step", "next_step_at")
    return {
        "phase": row.phase,
        "over": row.ended_at,
        "holder": row.held_by_id,
        "state": remembered(row),
        "leads": list(models.Lead.objects.order_by("id").values("id", "line", "created_at", *plain)),
        "to-dos": list(
            models.Todo.objects.filter(closed_at=None).order_by("id").values("key", "title", "due_at", "urgent")
        ),
        "pages": [(page.ended, page.taken_at) for page in world.pages(MARIA)],
        "waits": [(each.key, each.body, each.due_at) for each in world.messages(MARIA) if each.status == "queued"],
        "sent": world.texts_to(MARIA),
        "known": known,
        "calls": listed,
        "timeline": shown(row.id),
        "learned": list(models.Line.objects.order_by("id").values()),
        "figures": figures(world),
    }


def differs(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What is not as it was; of what is made of parts, which parts."""
    found: dict[str, Any] = {}
    for name, is_now in after.items():
        was = before.get(name)
        if isinstance(was, dict) and isinstance(is_now, dict):
            found |= {f"{name}, {part}": value for part, value in differs(was, is_now).items()}
        elif was != is_now:
            found[name] = (was, is_now)
    return found


def missed(world: World) -> None:
    """Her first text waits still."""
    world.call(MARIA)
    world.run(seconds=29)


def texted(world: World) -> None:
    missed(world)
    world.run(minutes=1)


def replied(world: World, words: str = "my sink is clogged") -> None:
    texted(world)
    world.text(MARIA, words)
    world.run(minutes=1)


def held(world: World) -> None:
    replied(world)
    desk.take_over(talk().id, member("Luis"))
    world.run(minutes=1)


def again(world: World) -> None:
    replied(world)
    missed(world)


def voicemail(world: World) -> None:
    world.call(MARIA, voicemail=GREASE)
    world.run(minutes=2)


def urgent_voicemail(world: World) -> None:
    world.call(MARIA, voicemail=FLOOD)
    world.run(minutes=2)


def at_night(world: World) -> None:
    world.run(until="22:00")
    texted(world)


def booked(world: World) -> None:
    replied(world, "kitchen sink is clogged, it can wait, Austin 78704")
    world.book(MARIA)
    world.run(minutes=1)
    missed(world)


MISSED: dict[str, Callable[[World], None]] = {
    "waits": missed,
    "texted": texted,
    "replied": replied,
    "urgent": lambda world: replied(world, FLOOD),
    "please call": lambda world: replied(world, "please call me"),
    "held": held,
    "again": again,
    "voicemail": voicemail,
    "urgent voicemail": urgent_voicemail,
    "at night": at_night,
    "booked": booked,
}


def answered(world: World) -> None:
    world.call(MARIA, 24, "answered")
    world.run(minutes=2)


def noise(world: World) -> None:
    world.call(MARIA, 1, "abandoned")
    world.run(minutes=2)


def night(world: World) -> None:
    world.run(until="22:00")


def lost(world: World) -> None:
    replied(world)
    desk.mark_outcome(talk().id, member("Luis"), "lost", "price")
    world.run(minutes=1)


ANSWERED: dict[str, tuple[Callable[[World], None], ...]] = {
    "alone": (answered,),
    "noise": (noise,),
    "after a text": (texted, answered),
    "after a reply": (replied, answered),
    "held": (held, answered),
    "after a voicemail": (voicemail, answered),
    "noise after a reply": (replied, noise),
    "lost": (lost, noise),
    "at night": (night, answered),
}


def says(came: str, call: str = "") -> Undo:
    row = talk()
    with connection.cursor() as cursor:
        known = call or calls.of_conversation(cursor, row.id)[0].call
    told: Any = "served" if came == "served" else "missed"
    return verdicts.correct_call(row.id, member("Dana"), known, told, by_voicemail=came == "voicemail")


@pytest.mark.parametrize("turn", [True, False], ids=["later", "at once"])
@pytest.mark.parametrize("stood", MISSED)
def test_somebody_took_it_taken_back_is_as_if_never_pressed(world: World, stood: str, turn: bool) -> None:
    MISSED[stood](world)
    _taken_back(world, "served", turn=turn)


@pytest.mark.parametrize("turn", [True, False], ids=["later", "at once"])
@pytest.mark.parametrize("came", ["missed", "voicemail"])
@pytest.mark.parametrize("stood", ANSWERED)
def test_nobody_took_it_taken_back_is_as_if_never_pressed(world: World, stood: str, came: str, turn: bool) -> None:
    for happens in ANSWERED[stood]:
        happens(world)
    _taken_back(world, came, turn=turn)


def _taken_back(world: World, came: str, *, turn: bool) -> None:
    before = stands(world)
    undo = says(came)
    if turn:
        world.run(seconds=1)
        assert differs(before, stands(world)) != {}
    undoing.undo(undo, member("Dana"))
    world.run(seconds=1)
    assert differs(before, stands(world)) == {}
    world.run(hours=3)
    assert world.broken_promises() == ()


def test_who_was_woken_by_it_is_left_alone(world: World) -> None:
    """They cannot be unwoken, and nobody else is."""
    booked(world)
    answered(world)
    before = stands(world)
    undo = says("missed")
    world.run(seconds=1)
    assert [page.taken_at for page in world.pages(MARIA)] == [None]
    undoing.undo(undo, member("Dana"))
    world.run(seconds=1)
    woken = world.woken()
    world.run(hours=1)
    assert ([page.ended for page in world.pages(MARIA)], world.woken()) == (["closed"], woken)
    changed = differs(before, stands(world))
    assert set(changed) == {"pages", "state, paged_at", "timeline", "learned"}
    assert [row.kind for row in changed["timeline"][1] if row not in changed["timeline"][0]] == ["page", "wake", "wake"]


def test_what_a_customer_has_read_stays(world: World) -> None:
    """The text because of it has left: the call counts as answered, the lead stays, and nothing more is sent."""
    answered(world)
    undo = says("voicemail")
    world.run(minutes=1)
    texts = world.texts_to(MARIA)
    assert len(texts) == 1
    assert undoing.undo(undo, member("Dana")) == ("texted",)
    world.run(days=3)
    with connection.cursor() as cursor:
        [call] = calls.of_conversation(cursor, talk().id)
    lead = world.lead(MARIA)
    assert lead is not None
    assert (call.missed, talk().phase, lead.status, world.texts_to(MARIA)) == (False, "human", "contacted", texts)
    assert models.Line.objects.get().voicemail_after is None
    assert world.broken_promises() == ()


def test_what_the_customer_wrote_meanwhile_stays_answered(world: World) -> None:
    """Only the call counts as before: who has the conversation has it still."""
    replied(world)
    undo = says("served")
    world.run(seconds=1)
    world.text(MARIA, "are you coming today?")
    world.run(minutes=1)
    before = stands(world)
    undoing.undo(undo, member("Dana"))
    world.run(seconds=1)
    changed = differs(before, stands(world))
    assert changed["calls"][1][0].missed
    assert before["phase"] == talk().phase == "human"
    assert set(changed) == {"calls", "known", "state, misses", "state, corrected", "state, served_at",
        "state, served_by", "figures, measured", "figures, days"}  # fmt: skip


def test_what_another_call_asks_for_too_is_asked_for_still(world: World) -> None:
    world.set_line(sender_state="pending")
    answered(world)
    says_missed = says("missed")
    world.run(seconds=1)
    assert [todo.kind for todo in world.todos(MARIA)] == ["call_now"]
    missed(world)
    world.run(minutes=1)
    undoing.undo(says_missed, member("Dana"))
    world.run(seconds=1)
    assert (remembered(talk())["todos"], len(remembered(talk())["misses"])) == (("call_now",), 1)
    assert "call_now" in {todo.key for todo in world.todos(MARIA)}


def test_of_two_words_the_last_is_taken_back_and_the_first_stands(world: World) -> None:
    texted(world)
    says("served")
    world.run(minutes=1)
    before = stands(world)
    undo = says("missed")
    world.run(seconds=1)
    undoing.undo(undo, member("Dana"))
    world.run(seconds=1)
    assert differs(before, stands(world)) == {}


@pytest.mark.parametrize("knows", ["a person", "a program", "a CRM"])
def test_a_lead_that_somebody_knows_of_is_lost_instead_of_gone(world: World, knows: str) -> None:
    answered(world)
    undo = says("missed")
    world.run(seconds=1)
    lead = world.lead(MARIA)
    assert lead is not None
    match knows:
        case "a person":
            models.Lead.objects.update(owner=member().member)
        case "a program":
            target = models.Target.objects.create(business=lead.business, url="https://x.example", created_at=world.now)
            models.Notice.objects.create(
                business=lead.business, target=target, key=uuid4(), kind="lead.created", subject=lead.id, at=world.now,
                due_at=world.now, sent_at=world.now, status="arrived",
            )  # fmt: skip
        case _:
            crm = models.OutsideCrm.objects.create(business=lead.business, created_at=world.now)
            models.CrmCopy.objects.create(
                crm=crm, business=lead.business, contact=lead.contact, kind="lead", local=lead.id, remote="77"
            )
    undoing.undo(undo, member("Dana"))
    world.run(seconds=1)
    assert [each.status for each in models.Lead.objects.all()] == ["lost"]
    assert world.todos(MARIA) == ()


def test_what_older_releases_wrote_is_read() -> None:
    """A log in which a correction was taken back by a second one, and a mistake that knew of no calls."""
    mistake = codec.decode_event("SaidByMistake", '{"at": "2026-03-10T10:00:00Z", "member": "Ann", "what": "number"}')
    assert (mistake.call, mistake.moved_on) == ("", False)  # type: ignore[union-attr]
    state = codec.decode_state('{"taken": {"timers": 3, "phase": "greeting", "at": "2026-03-10T10:00:00Z"}}')
    assert state.taken is not None
    assert state.taken.known is None


def test_an_undo_of_before_an_upgrade_is_offered_no_more() -> None:
    fields = ("nothing", "0", "null", "null")
    assert undoing.is_outdated(Undo(act="call", business=1, id=1, words="a missed", fields=fields))
    assert undoing.is_outdated(Undo(act="outcome", business=1, id=1, words="won ", fields=("done",)))
    assert not undoing.is_outdated(Undo(act="outcome", business=1, id=1, words="won "))


@pytest.mark.parametrize("turn", [True, False], ids=["later", "at once"])
def test_a_hidden_call_that_somebody_took_counts_so_until_that_is_taken_back(world: World, turn: bool) -> None:
    world.call("withheld", 20, "no_answer")
    world.run(minutes=2)
    before, row = remembered(talk("withheld")), talk("withheld")
    with connection.cursor() as cursor:
        [known] = calls.of_conversation(cursor, row.id)
    undo = verdicts.correct_call(row.id, member("Dana"), known.call, "served")
    if turn:
        world.run(seconds=1)
        assert [call.missed for call in calls_list.listed(row.business_id)] == [False]
    undoing.undo(undo, member("Dana"))
    world.run(minutes=1)
    assert [call.missed for call in calls_list.listed(row.business_id)] == [True]
    assert remembered(talk("withheld")) == before
