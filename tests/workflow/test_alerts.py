"""Members hear of what happens by ways of their own, never at hours they want quiet; and an alert is never a page."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from answerback.adapters import guard
from answerback.engine import page_words
from answerback.engine.page_words import Facts
from answerback.ports.push import Device
from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import alert_ways, alert_words, alerts, line_health
from answerback.workflow.alert_ways import KINDS, Said, Wanted

ANN, DANA = "+15125550131", "+15125550190"
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture
def receiver(http_receiver: Any) -> Iterator[Any]:
    """A service on this machine that the operator allows."""
    with guard.allowing("127.0.0.1"):
        yield http_receiver


def way(
    name: str, *, by: str = "", address: str = "", quiet: tuple[time, time] | None = None, device: Device | None = None
) -> models.AlertWay:
    member = models.Member.objects.get(name=name)
    start, end = quiet or (None, None)
    by = by or ("apprise" if address else "text")
    wanted = Wanted(by=by, address=address, hears=KINDS, quiet_from=start, quiet_to=end, device=device, name="Chrome")
    return alert_ways.add(member.business_id, member.id, wanted)


def talk() -> models.Conversation:
    return models.Conversation.objects.get(contact__number=ANN)


def written() -> list[tuple[str, str, int]]:
    return list(models.Alert.objects.order_by("id").values_list("kind", "status", "tries"))


def test_a_lead_is_told_at_once_by_the_service(world: World, receiver: Any) -> None:
    told = way("Dana", address=f"json://127.0.0.1:{receiver.port}/hook")
    world.call(ANN)
    world.run(minutes=1)
    assert [(each["title"], each["message"].splitlines()[0]) for each in receiver.bodies] == [
        ("Rivera Plumbing", "New lead: (512) 555-0131.")
    ]
    assert written() == [("lead", "sent", 1)]
    told.refresh_from_db()
    assert (told.worked, told.said) == (True, "JSON took it.")


def test_what_a_service_refuses_is_tried_again_and_given_up(world: World, receiver: Any) -> None:
    receiver.status = 403
    told = way("Dana", address=f"json://127.0.0.1:{receiver.port}/hook")
    world.call(ANN)
    world.run(minutes=60)
    assert (len(receiver.bodies), written()) == (5, [("lead", "failed", 5)])
    told.refresh_from_db()
    assert (told.worked, "403" in told.said) == (False, True)


def test_quiet_hours_hold_an_alert_and_never_a_page(world: World) -> None:
    """10:00 in Chicago lies in the quiet hours: the page leaves at once, the alert at noon."""
    way("Dana", quiet=(time(9), time(12)))
    world.call(ANN)
    world.run(minutes=1)
    world.text(ANN, "My basement is flooding, water everywhere")
    world.run(minutes=1)
    assert len(world.pages(ANN)) == 1
    assert models.Wake.objects.count() >= 1
    assert set(models.Alert.objects.values_list("kind", "status", "due_at")) == {
        ("lead", "waiting", datetime(2026, 3, 10, 17, tzinfo=UTC))
    }
    world.run(until="2026-03-10 12:01")
    assert written() == [("lead", "sent", 1)]
    assert models.Message.objects.filter(purpose="alert", author="page").count() == 1


def test_a_browser_is_told_what_only_it_can_read_until_it_is_gone(world: World, push_service: Any) -> None:
    with guard.allowing("127.0.0.1"):
        told = way("Dana", by="push", device=push_service.device())
        world.call(ANN)
        world.run(minutes=1)
        shown = json.loads(push_service.read(push_service.requests[0][1]))
        assert (shown["title"], shown["body"]) == ("Rivera Plumbing", "New lead: (512) 555-0131.")
        assert (urlsplit(shown["link"]).path, shown["tag"][:6]) == (f"/c/{talk().id}", "alert-")
        told.refresh_from_db()
        assert (told.name, alert_ways.answer(told).says) == ("This device: Chrome", "127.0.0.1 took it (201).")
        kept = models.PushKeys.objects.get()
        assert b"PRIVATE" not in bytes(kept.sealed)
        push_service.status = 410
        answer = alerts.test(told)
        told.refresh_from_db()
        assert (answer.gone, told.removed_at, models.PushKeys.objects.get().public) == (True, world.now, kept.public)


def test_one_browser_alerts_one_person(world: World, push_service: Any) -> None:
    """Whoever signs in on the desk's computer after somebody else does not read what is meant for them."""
    with guard.allowing("127.0.0.1"):
        way("Dana", by="push", device=push_service.device())
        way("Luis", by="push", device=push_service.device())
        way("Luis", by="push", device=push_service.device())
        standing = models.AlertWay.objects.filter(removed_at=None).values_list("member__name", flat=True)
        assert list(standing) == ["Luis"]


def test_an_alert_is_spoken_by_a_call_which_connects(world: World) -> None:
    told = way("Dana", by="call")
    world.phones.picks_up(DANA, "1")
    world.phones.picks_up(ANN)
    world.call(ANN)
    world.run(until=models.OurCall.objects.exists, minutes=1)
    call = models.OurCall.objects.get()
    with transaction.atomic():
        assert (call.stage, alert_words.spoken(connection.cursor(), call.alert or 0)) == (
            "alert",
            "Rivera Plumbing. New lead: (512) 555-0131.",
        )
    told.refresh_from_db()
    assert alert_ways.answer(told).waits
    world.run(minutes=3)
    call.refresh_from_db()
    assert (call.status, call.stage, call.seconds) == ("over", "joined", 90)
    assert alert_ways.answer(told) == Said(worked=True, says="The call was answered.")
    assert models.Wake.objects.count() == 0


def test_a_call_nobody_takes_says_so_and_a_page_is_rung_first(world: World) -> None:
    told = way("Dana", by="call")
    assert alerts.test(told).arrived
    world.set_member("Dana", rings=True)
    world.text(ANN, "My basement is flooding, water everywhere")
    world.run(seconds=5)
    assert models.OurCall.objects.filter(status="ringing").get().stage == "page"
    world.run(minutes=2)
    told.refresh_from_db()
    assert alert_ways.answer(told) == Said(worked=False, says="Nobody picked up.")


def test_the_test_of_a_text_says_what_the_provider_said(world: World) -> None:
    told = way("Dana")
    alerts.test(told)
    told.refresh_from_db()
    first = alert_ways.answer(told)
    assert (first.worked, first.waits, "on its way" in first.says) == (None, True, True)
    world.run(minutes=1)
    assert alert_ways.answer(told) == Said(worked=True, says="The provider says that it arrived.")
    world.phones.add_handset(DANA, "Dana", "unreachable")
    world.run(minutes=1)
    alerts.test(told)
    world.run(minutes=1)
    told.refresh_from_db()
    last = alert_ways.answer(told)
    assert (last.worked, last.says.startswith("It did not arrive.")) == (False, True)


def test_way_of_somebody_who_left_is_used_no_more(world: World, receiver: Any) -> None:
    told = way("Dana", address=f"json://127.0.0.1:{receiver.port}/hook", quiet=(time(9), time(12)))
    world.call(ANN)
    world.run(minutes=1)
    alert_ways.remove(told.member_id, told.id)
    world.run(until="2026-03-10 12:01")
    assert (written(), receiver.bodies) == ([], [])


def test_each_kind_reaches_whom_it_concerns(world: World) -> None:
    """Luis has the conversation and drives there; Dana owns the shop, the to-do and the line."""
    dana, luis = way("Dana").member, way("Luis").member
    world.call(ANN)
    world.run(minutes=1)
    talk = world.conversation(ANN)
    assert talk is not None
    models.Alert.objects.all().delete()
    models.Conversation.objects.filter(id=talk.id).update(phase="human", held_by=luis)
    of = {"business_id": talk.business_id, "conversation": talk}
    about = {**of, "contact": talk.contact, "created_at": world.now}
    models.Message.objects.create(**about, line=talk.line, author="customer", body="Hello?", status="received", key="a")
    todo = {**of, "kind": "callback", "title": "Call", "due_at": world.now, "opened_at": world.now, "owner": dana}
    models.Todo.objects.create(**todo, key="calm")
    models.Todo.objects.create(**todo, key="urgent", urgent=True)
    hour = (world.now, world.now + timedelta(hours=1))
    visit = {**about, "during": hour, "blocked": hour, "status": "held", "updated_at": world.now, "member": luis}
    held = models.Appointment.objects.create(**visit, hold_until=hour[1])
    held.status = "booked"
    held.save()
    line = {"business_id": talk.business_id, "line": talk.line, "since": world.now, "checked_at": world.now}
    red = models.LineFinding.objects.create(**line, name="texts", level="red", says="No text leaves.")
    models.LineFinding.objects.filter(id=red.id).update(alarmed_at=world.now)
    assert sorted(models.Alert.objects.values_list("kind", "way__member__name")) == [
        ("appointment", "Dana"),
        ("appointment", "Luis"),
        ("line_red", "Dana"),
        ("reply", "Luis"),
        ("todo", "Dana"),
    ]
    assert alerts.run() == 5


def test_a_line_that_turns_red_a_second_time_is_told_of_again(world: World, receiver: Any) -> None:
    """Red, red still, well again, red again: told twice, with what is so each time."""
    way("Dana", address=f"json://127.0.0.1:{receiver.port}/hook")
    well = models.Line.objects.get().sender_state
    for state, says in (("blocked", "First."), ("blocked", "First."), (well, ""), ("unregistered", "Second.")):
        world.set_line(sender_state=state, sender_says=says)
        line_health.check_all()
        world.run(minutes=5)
    said = [each["message"] for each in receiver.bodies]
    assert [("First." in each, "Second." in each) for each in said] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("now", "start", "end", "until"),
    [
        ("2026-03-10T23:00", time(21), time(7), "2026-03-11T07:00"),
        ("2026-03-11T06:59", time(21), time(7), "2026-03-11T07:00"),
        ("2026-03-11T07:00", time(21), time(7), None),
        ("2026-03-11T12:30", time(12), time(13), "2026-03-11T13:00"),
        ("2026-03-11T12:30", None, None, None),
        ("2026-03-08T01:30", time(21), time(7), "2026-03-08T07:00"),  # the clock jumps at 2
    ],
)
def test_quiet_hours_end_in_local_time(now: str, start: Any, end: Any, until: str | None) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=CHICAGO)
    expected = datetime.fromisoformat(until).replace(tzinfo=CHICAGO) if until else None
    assert alerts.quiet_until(at.astimezone(UTC), CHICAGO, start, end) == expected


@pytest.mark.parametrize("kind", ["lead", "reply", "todo", "appointment"])
def test_alert_of_a_clinic_reveals_no_patient(kind: str) -> None:
    facts = Facts(case=7, summary="root canal", opened_at=datetime(2026, 3, 10, tzinfo=UTC), name="Ann Lee", number=ANN)
    said = page_words.alert(kind, facts, "clinic", when="Tue Mar 10, 9:00 AM")
    assert ("Case 7" in said, "Ann" in said, "555" in said, "root" in said) == (True, False, False, False)
