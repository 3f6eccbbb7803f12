"""Delivery: every text is handed over once or not at all, and what cannot leave reaches a person."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from answerback.engine.playbook import NudgeHours
from answerback.store import models
from answerback.store.playbook_file import dump, pack
from answerback.store.queries.outbox import Claimed
from answerback.testing.world import World
from answerback.workflow import clock, delivery, directory, reconcile, setup, turn

Away = Callable[[], AbstractContextManager[None]]

ANN = "+15125550131"
BEN = "+15125550132"


def planned(world: World, *numbers: str) -> None:
    """Everybody called and a first text is planned and due; nothing is handed over yet."""
    line = world.shop.lines[0]
    for number in numbers:
        world.phones.call(number, line, world.now, ring=20, outcome="no-answer")
    world.run(seconds=20)
    for number in numbers:
        assert world.texts_to(number) == ()
    world.clock.move_to(world.now + timedelta(seconds=9))
    while turn.run():
        pass
    world.clock.move_to(world.now + timedelta(seconds=15))


def statuses(*numbers: str) -> list[str]:
    return [
        models.Message.objects.filter(contact__number=number).exclude(author="customer").latest("id").status
        for number in numbers
    ]


def test_the_playbooks_own_hours_hold_when_a_text_waited_for_its_line(database: None) -> None:
    """Planned in time, held up by its line until after 17:30: it left, though the playbook says 10 to 17:30."""
    narrow = NudgeHours(weekdays="10-17:30")
    with World(playbook=dump(replace(pack("plumbing"), nudge_hours=narrow)), now="2026-03-10 17:00") as world:
        planned(world, ANN)
        for minute, kind in enumerate(("follow_up", "reminder", "reply")):
            models.Message.objects.update(text_class=kind, stale_at=world.now + timedelta(days=2))
            world.clock.move_to(local(f"2026-03-10 18:0{minute}"))
            left = len(delivery.claim())
            text = models.Message.objects.get()
            due = local("2026-03-11 10:00") if kind == "follow_up" else text.due_at
            assert (kind, left, text.due_at) == (kind, int(kind != "follow_up"), due)
            models.Message.objects.update(status="queued", due_at=world.now)


def local(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=ZoneInfo("America/Chicago"))


def numbered(count: int) -> list[str]:
    return [f"+1512555{each:04d}" for each in range(count)]


def test_many_workers_claim_each_text_once(world: World) -> None:
    models.Line.objects.update(per_second=1000)
    numbers = numbered(30)
    planned(world, *numbers)

    def work(_: int) -> list[int]:
        try:
            return [text.id for _ in range(6) for text in delivery.claim(4)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        claimed = [id for ids in pool.map(work, range(4)) for id in ids]
    claimed += [text.id for text in delivery.claim()]
    assert sorted(claimed) == sorted(models.Message.objects.values_list("id", flat=True))
    assert set(models.Message.objects.values_list("status", "attempt")) == {("sending", 1)}


def test_secret_that_was_changed_keeps_the_text_until_it_is_put_back(world: World) -> None:
    planned(world, ANN)
    row = models.Connection.objects.get()
    models.Connection.objects.update(sealed=b"sealed under another secret")
    directory.forget()
    (text,) = delivery.claim()
    delivery.write([delivery.hand_over(text)])
    assert statuses(ANN) == ["queued"]
    models.Connection.objects.update(sealed=row.sealed)
    directory.forget()
    world.run(minutes=1)
    assert len(world.texts_to(ANN)) == 1


def test_hand_over_with_the_database_away_gives_the_text_back(world: World, away: Away) -> None:
    planned(world, ANN)
    (text,) = delivery.claim()
    directory.forget()
    with away():
        handed = delivery.hand_over(text)
    delivery.write([handed])
    assert statuses(ANN) == ["queued"]
    world.run(minutes=1)
    assert len(world.texts_to(ANN)) == 1


def test_late_answer_of_a_paused_worker_is_believed_and_nothing_is_sent_again(world: World) -> None:
    """Its hand-over took longer than the lease, and the provider knew nothing yet when it was asked."""
    planned(world, ANN)
    (text,) = delivery.claim()
    for _ in range(2):
        world.clock.move_to(world.now + reconcile.LEASE + timedelta(seconds=1))
        reconcile.run()
    assert statuses(ANN) == ["queued"]
    late = delivery.hand_over(_fresh(text))
    assert late.status == "sent"
    delivery.write([late])
    world.run(minutes=30)
    assert len(world.texts_to(ANN)) == 1
    assert world.broken_promises() == ()


def _fresh(text: Claimed) -> Claimed:
    """The same text as if the worker had looked at the clock just before it was paused."""
    values = {name: getattr(text, name) for name in Claimed.__slots__}
    return Claimed(**{**values, "claimed_at": clock.now()})


def test_outcome_the_database_refuses_holds_up_no_other(world: World) -> None:
    models.Line.objects.update(per_second=1000)
    planned(world, ANN, BEN)
    handed = [delivery.hand_over(text) for text in delivery.claim()]
    too_long = [_with_message(handed[0], "M" * 200), handed[1]]
    delivery.write(too_long)
    assert sorted(statuses(ANN, BEN)) == ["sending", "sent"]


def _with_message(handed: object, message: str) -> delivery.Handed:
    values = {name: getattr(handed, name) for name in delivery.Handed.__slots__}
    return delivery.Handed(**{**values, "message": message})


def test_text_of_a_line_that_may_send_nothing_reaches_a_person_at_once(world: World) -> None:
    models.Line.objects.update(per_day=0)
    world.call(ANN)
    world.run(minutes=1)
    assert statuses(ANN) == ["withdrawn"]
    assert [todo.kind for todo in world.todos(ANN)] == ["failed_text"]
    assert [each.rule for each in world.receipts(ANN)][-2:] == ["delivery.volume_cap", "text.failed"]


def test_day_that_is_spent_defers_what_is_right_tomorrow_and_drops_nothing(world: World) -> None:
    """The nudge waits for midnight UTC; the first text of the second caller would be wrong then, so a person calls."""
    models.Line.objects.update(per_day=1)
    world.run(until="2026-03-10 16:00")
    world.call(ANN)
    world.run(minutes=1)
    world.call(BEN)
    world.run(minutes=1)
    assert (len(world.texts_to(ANN)), statuses(BEN)) == (1, ["withdrawn"])
    assert [todo.kind for todo in world.todos(BEN)] == ["failed_text"]
    world.run(until="2026-03-10 18:45")
    deferred = [each for each in world.receipts(ANN) if each.rule == "delivery.volume_cap"]
    assert [(each.verdict, each.why) for each in deferred] == [
        ("deferred", "The line has sent what it may in a day; the text waits until it may again.")
    ]
    assert len(world.texts_to(ANN)) == 1
    world.run(until="2026-03-10 19:05")
    assert len(world.texts_to(ANN)) == 2
    assert world.broken_promises() == ()


def test_day_that_is_spent_still_wakes_people(world: World) -> None:
    models.Line.objects.update(per_day=1)
    world.call(ANN)
    world.run(seconds=50)
    world.text(ANN, "pipe burst water everywhere")
    world.run(minutes=1)
    assert [page.status for page in models.Message.objects.filter(author="page")][:1] == ["delivered"]
    assert len(world.texts_to(ANN)) == 1
    assert world.broken_promises() == ()


def test_carriers_cap_holds_a_text_back_until_there_is_room(world: World) -> None:
    world.provider.refuse(failure="volume_cap")
    world.call(ANN)
    world.run(minutes=1)
    assert (statuses(ANN), world.texts_to(ANN)) == (["queued"], ())
    world.run(minutes=1)
    assert len(world.texts_to(ANN)) == 1
    deferred = [each for each in world.receipts(ANN) if each.rule == "delivery.volume_cap"]
    assert [each.verdict for each in deferred] == ["deferred"]


def test_carriers_cap_that_is_reported_late_holds_a_text_back_as_well(world: World) -> None:
    world.provider.cannot_reach(ANN, "volume_cap")
    world.call(ANN)
    world.run(seconds=45)
    (text,) = models.Message.objects.filter(to=ANN)
    assert (text.status, text.provider_message, text.contact.first_text_at) == ("queued", None, None)
    world.phones.add_handset(ANN, "Ann")
    world.run(minutes=2)
    assert (statuses(ANN), [each.status for each in world.texts_to(ANN)]) == (
        ["delivered"],
        ["undelivered", "delivered"],
    )
    assert world.todos() == ()
    rules = [each.rule for each in world.receipts(ANN)]
    assert (rules.count("delivery.volume_cap"), rules.count("text.failed")) == (1, 0)
    assert world.broken_promises() == ()


def test_carriers_cap_that_lasts_until_a_text_is_stale_asks_a_person(world: World) -> None:
    world.provider.cannot_reach(ANN, "volume_cap")
    world.call(ANN)
    world.run(minutes=30)
    assert [each.status for each in world.texts_to(ANN)] == ["undelivered"] * 3
    assert models.Message.objects.get(to=ANN).status == "undelivered"
    assert [todo.kind for todo in world.todos()] == ["failed_text"]
    assert world.broken_promises() == ()


def test_more_lines_than_hands_are_not_claimed_beyond_them(world: World) -> None:
    shop = world.shop
    for each in range(12):
        number = f"+1512555{9000 + each}"
        setup.add_line(shop.business, shop.connection, number, "Ad")
        world.phones.connect(
            number, connection=shop.connection, secret=shop.secret, hooks_url=_hooks(world), title=shop.name
        )
    directory.forget()
    for each, number in enumerate(numbered(12)):
        world.phones.call(number, f"+1512555{9000 + each}", world.now, ring=20, outcome="no-answer")
    world.run(seconds=20)
    world.clock.move_to(world.now + timedelta(seconds=9))
    while turn.run():
        pass
    world.clock.move_to(world.now + timedelta(seconds=15))
    assert len(delivery.claim(5)) == 5
    assert len(delivery.claim(64)) == 7


def _hooks(world: World) -> str:
    return f"http://localhost/hooks/simulator/{world.shop.connection}"


@pytest.mark.parametrize("per_second", [0.0, -1.0, 1e-12, 1e12])
def test_line_with_a_senseless_rate_holds_up_no_other(world: World, per_second: float) -> None:
    shop = world.shop
    other = setup.add_line(shop.business, shop.connection, "+15125559000", "Ad")
    world.phones.connect(
        other.number, connection=shop.connection, secret=shop.secret, hooks_url=_hooks(world), title=shop.name
    )
    directory.forget()
    world.call(ANN)
    world.call(BEN, line=other.number)
    models.Line.objects.exclude(id=other.id).update(per_second=per_second)
    world.run(minutes=1)
    assert len(world.texts_to(BEN)) == 1


def test_line_goes_on_when_the_clock_was_set_back(world: World) -> None:
    world.call(BEN)
    world.run(minutes=1)
    models.Line.objects.update(free_at=world.now + timedelta(hours=5))
    world.call(ANN)
    world.run(minutes=3)
    assert len(world.texts_to(ANN)) == 1


def test_first_text_that_never_left_does_not_count_as_greeting(world: World) -> None:
    """The provider was down for the whole quarter of an hour; a call two hours later is texted as any other."""
    world.provider.down(minutes=60)
    world.call(ANN)
    world.run(hours=2)
    assert world.texts_to(ANN) == ()
    assert models.Contact.objects.get(number=ANN).first_text_at is None


def test_receipt_that_commits_beside_the_outcome_is_applied(world: World) -> None:
    """Neither transaction sees the other's row: whoever looks afterwards puts them together."""
    world.provider.late_receipts(600)
    planned(world, ANN)
    (text,) = delivery.claim()
    handed = delivery.hand_over(text)
    delivery.write([handed])
    models.Receipt.objects.create(
        connection_id=text.connection,
        key="raced",
        provider_message=handed.message,
        status="undelivered",
        failure="landline",
        at=world.now,
        raw={},
    )
    reconcile.run()
    world.run(seconds=1)
    assert models.Message.objects.get(to=ANN).status == "undelivered"
    assert [todo.kind for todo in world.todos(ANN)] == ["failed_text"]
    assert models.Receipt.objects.filter(applied_at=None).count() == 0


@pytest.mark.parametrize("status", ["delivered", "undelivered"])
def test_receipt_before_the_outcome_waits_for_it(world: World, status: str) -> None:
    planned(world, ANN)
    (text,) = delivery.claim()
    handed = delivery.hand_over(text)
    models.Receipt.objects.create(
        connection_id=text.connection,
        key="early",
        provider_message=handed.message,
        status=status,
        failure="landline" if status == "undelivered" else "",
        at=world.now,
        raw={},
    )
    delivery.write([handed])
    assert statuses(ANN) == [status]


def test_delivered_is_never_taken_back_by_a_late_word(world: World) -> None:
    planned(world, ANN)
    (text,) = delivery.claim()
    handed = delivery.hand_over(text)
    delivery.write([handed])
    for key, status in (("a", "delivered"), ("b", "sent"), ("c", "undelivered"), ("d", "queued")):
        models.Receipt.objects.create(
            connection_id=text.connection, key=key, provider_message=handed.message, status=status, at=world.now, raw={}
        )
        reconcile.run()
        world.run(seconds=10)
    assert statuses(ANN) == ["delivered"]
    assert world.todos(ANN) == ()
