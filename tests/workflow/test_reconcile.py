"""Reconciliation: what became of a hand-over nobody wrote down; one bad case holds up no other."""

from datetime import timedelta

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import delivery, directory, reconcile, turn

ANN = "+15125550131"
BEN = "+15125550132"


def lost(world: World, *numbers: str, sent: bool) -> None:
    """A first text to each is claimed (and handed over where `sent`), then the worker dies."""
    models.Line.objects.update(per_second=1000)
    for number in numbers:
        world.phones.call(number, world.shop.lines[0], world.now, ring=20, outcome="no-answer")
    world.run(seconds=20)
    world.clock.move_to(world.now + timedelta(seconds=9))
    while turn.run():
        pass
    world.clock.move_to(world.now + timedelta(seconds=15))
    for text in delivery.claim():
        if sent:
            delivery.hand_over(text)


def status(number: str) -> str:
    return models.Message.objects.exclude(author="page").get(contact__number=number).status


def test_text_that_left_is_found_and_not_sent_again(world: World) -> None:
    lost(world, ANN, sent=True)
    world.run(minutes=30)
    assert (len(world.texts_to(ANN)), status(ANN)) == (1, "delivered")
    assert world.todos(ANN) == ()


def test_text_that_never_left_is_sent_once(world: World) -> None:
    lost(world, ANN, sent=False)
    world.run(minutes=30)
    assert (len(world.texts_to(ANN)), status(ANN)) == (1, "delivered")


def test_connection_that_cannot_be_read_holds_up_no_other(world: World) -> None:
    lost(world, ANN, BEN, sent=True)
    broken = models.Connection.objects.create(
        business_id=world.shop.business, provider="gone", name="Gone", sealed=b"?", created_at=world.now
    )
    models.Message.objects.filter(contact__number=ANN).update(connection=broken)
    directory.forget()
    world.run(minutes=5)
    assert (status(ANN), status(BEN)) == ("sending", "delivered")
    world.run(minutes=20)
    assert status(ANN) == "unclear"
    assert [todo.kind for todo in world.todos(ANN)] == ["review"]


def test_provider_that_cannot_be_asked_for_long_ends_at_a_person(world: World) -> None:
    lost(world, ANN, sent=True)
    world.provider.down(minutes=600)
    world.run(hours=1)
    assert status(ANN) == "unclear"
    assert [todo.kind for todo in world.todos(ANN)] == ["review"]
    assert len(world.texts_to(ANN)) == 1


def test_provider_that_cannot_say_ends_at_a_person_at_once(world: World) -> None:
    lost(world, ANN, sent=True)
    world.provider.cannot_say()
    world.run(minutes=1)
    assert status(ANN) == "unclear"
    assert [todo.kind for todo in world.todos(ANN)] == ["review"]


def test_two_workers_that_ask_do_not_send_twice(world: World) -> None:
    lost(world, ANN, sent=False)
    for _ in range(3):
        world.clock.move_to(world.now + reconcile.LEASE + timedelta(seconds=1))
        reconcile.run()
        reconcile.run()
    world.run(minutes=30)
    assert len(world.texts_to(ANN)) == 1
