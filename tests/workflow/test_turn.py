"""Turns: an ended conversation stays ended, one that cannot take its turn holds up nobody, none takes it twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import turn

ANN = "+15125550131"
BEN = "+15125550132"
CEM = "+15125550133"


def stands(world: World) -> list[tuple[str, str, bool, int]]:
    """Number, phase, whether it is over and how often it failed, of every conversation in order."""
    return [
        (each.contact.number, each.phase, each.ended_at is not None, each.stuck)
        for each in models.Conversation.objects.order_by("id").select_related("contact")
    ]


def test_ended_conversation_stays_ended_when_an_old_timer_fires(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    world.staff("Dana").mark(ANN, "won")
    world.run(days=4)
    assert stands(world) == [(ANN, "closed", True, 0)]


def test_ended_conversation_stays_ended_when_a_receipt_or_a_closed_todo_comes_late(world: World) -> None:
    world.provider.late_receipts(90)
    world.provider.cannot_reach(ANN)
    world.call(ANN)
    world.run(minutes=1)
    world.staff("Dana").mark(ANN, "won")
    world.run(minutes=5)
    world.staff("Dana").close_todo(ANN, "dismissed")
    world.run(days=1)
    assert stands(world) == [(ANN, "closed", True, 0)]
    assert [todo.kind for todo in world.todos(ANN, closed=True)] == ["failed_text"]


def test_customer_who_comes_back_gets_a_new_conversation_that_old_timers_do_not_disturb(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    world.staff("Dana").mark(ANN, "won")
    world.text(ANN, "my water heater is leaking slowly")
    world.run(days=4)
    assert [(over, stuck) for _, _, over, stuck in stands(world)] == [(True, 0), (False, 0)]
    assert [todo.key for todo in world.todos(ANN) if todo.key == "stuck"] == []


def test_unreadable_state_holds_up_nobody(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    with connection.cursor() as cursor:
        cursor.execute("""UPDATE conversation SET state = '{"phase": 7}'""")
    world.text(ANN, "hello")
    world.call(BEN)
    world.run(minutes=1)
    assert [len(world.texts_to(number)) for number in (ANN, BEN)] == [1, 1]
    assert [(todo.key, todo.urgent) for todo in world.todos(ANN)] == [("stuck", True)]
    assert stands(world)[1][3] == 0


def test_unknown_event_holds_up_nobody(world: World) -> None:
    """A newer version wrote it, then somebody went back to this one."""
    for number in (ANN, BEN):
        world.call(number)
        world.run(minutes=1)
    models.Event.objects.filter(conversation__contact__number=ANN).update(handled_at=None, kind="FromTheFuture")
    models.Conversation.objects.filter(contact__number=ANN).update(wake_at=world.now)
    world.text(BEN, "water heater is leaking slowly")
    world.run(minutes=1)
    assert len(world.texts_to(BEN)) == 2
    assert [todo.key for todo in world.todos(ANN)] == ["stuck"]


def test_first_text_the_database_refuses_sets_aside_its_conversation_only(world: World) -> None:
    """The owner shortens the cooldown, but the texts of yesterday still stand in the way for 24 hours."""
    world.call(ANN)
    world.run(minutes=1)
    world.staff("Dana").mark(ANN, "won")
    world.run(hours=2)
    models.Business.objects.update(settings={"first_text_cooldown": 3600})
    numbers = (BEN, ANN, CEM)
    for number in numbers:
        world.call(number)
    world.run(minutes=1)
    assert [len(world.texts_to(number)) for number in numbers] == [1, 1, 1]
    assert [todo.key for todo in world.todos(ANN)] == ["stuck"]
    assert [each[3] > 0 for each in stands(world)] == [False, False, True, False]


def test_stop_is_heard_by_a_conversation_that_was_stuck(world: World) -> None:
    test_first_text_the_database_refuses_sets_aside_its_conversation_only(world)
    world.text(ANN, "STOP")
    world.run(hours=3)
    assert world.is_stopped(ANN)
    assert [each[3] for each in stands(world)] == [0, 0, 0, 0]


def test_one_conversation_is_only_ever_in_one_turn(world: World) -> None:
    for each in range(40):
        world.phones.call(f"+1512555{each:04d}", world.shop.lines[0], world.now, ring=20, outcome="no-answer")
    world.run(seconds=25)
    with ThreadPoolExecutor(4) as pool:
        for _ in range(12):
            world.clock.move_to(world.now + timedelta(seconds=5))
            for done in [pool.submit(_turns) for _ in range(4)]:
                done.result()
    world.run(minutes=1)
    assert [len(world.texts_to(f"+1512555{each:04d}")) for each in range(40)] == [1] * 40
    assert models.Conversation.objects.filter(stuck__gt=0).count() == 0


def test_a_crowd_that_wrote_does_not_hold_up_who_just_called_nor_the_other_way_round(world: World) -> None:
    numbers = [f"+1512555{each:04d}" for each in range(7)]
    for number in numbers:
        world.call(number)
    world.run(minutes=1)
    _wake(world, wrote=numbers[:5], called=numbers[5:])
    assert turn.run(limit=4) == 4
    assert _waiting(world) == numbers[2:5]
    _wake(world, wrote=numbers[:2], called=numbers[2:])
    assert turn.run(limit=4) == 4
    assert _waiting(world) == [numbers[1], *numbers[5:]]


def _wake(world: World, *, wrote: list[str], called: list[str]) -> None:
    """All are due, who wrote before who called for the first time."""
    for place, number in enumerate([*wrote, *called]):
        row = models.Conversation.objects.filter(contact__number=number)
        row.update(wake_at=world.now - timedelta(minutes=9 - place))
        if number in called:
            row.update(state=None)


def _waiting(world: World) -> list[str]:
    due = models.Conversation.objects.filter(wake_at__lte=world.now).order_by("id")
    return list(due.values_list("contact__number", flat=True))


def _turns() -> None:
    try:
        for _ in range(5):
            turn.run(limit=7)
    finally:
        connection.close()


@pytest.mark.parametrize("held", ["take_over", "reply"])
def test_person_who_takes_an_ended_conversation_has_the_next_reply_too(world: World, held: str) -> None:
    world.call(ANN)
    world.run(minutes=1)
    dana = world.staff("Dana")
    dana.mark(ANN, "won")
    world.run(hours=1)
    dana.take_over(ANN) if held == "take_over" else dana.reply(ANN, "One more thing about the job.")
    world.run(minutes=1)
    before = len(world.texts_to(ANN))
    world.text(ANN, "my water heater is leaking slowly")
    world.run(minutes=5)
    assert len(world.texts_to(ANN)) == before
    assert stands(world) == [(ANN, "human", False, 0)]


def test_an_idle_timer_is_nothing_that_happened(world: World) -> None:
    """Five minutes after a call a leftover timer looks once more: the inbox must not lift the conversation for it."""
    world.call(ANN)
    world.run(minutes=3)
    heard = models.Conversation.objects.get().last_at
    world.run(minutes=10)
    assert models.Conversation.objects.get().last_at == heard
    world.text(ANN, "my water heater is leaking slowly")
    world.run(minutes=1)
    assert models.Conversation.objects.get().last_at > heard


def test_a_todo_counts_every_call_that_nobody_took(world: World) -> None:
    for _ in range(3):
        world.call(ANN)
        world.run(minutes=2)
    titles = [todo.title for todo in world.todos(ANN) if todo.key == "repeat_call"]
    assert titles == ["Called 3 times without reaching anybody: call now"]
