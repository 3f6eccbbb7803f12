"""Events find their conversation whatever another transaction does to it at the same moment."""

import threading
from collections.abc import Callable

import psycopg
from django.db import connection

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import clock, turn

ANN = "+15125550131"


def beside(world: World, statement: str, act: Callable[[], object]) -> None:
    """Run `act` in a thread while `statement` holds its locks uncommitted; commit once `act` waits for them."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    known = connection.settings_dict
    address = psycopg.conninfo.make_conninfo(
        dbname=known["NAME"], user=known["USER"], password=known["PASSWORD"], host=known["HOST"], port=known["PORT"]
    )
    with psycopg.connect(address) as other, psycopg.connect(address, autocommit=True) as watch:
        other.execute(statement, {"now": clock.now()})
        thread = threading.Thread(target=run)
        thread.start()
        while (
            thread.is_alive()
            and not watch.execute(
                "SELECT 1 FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", [other.info.backend_pid]
            ).fetchone()
        ):
            thread.join(0.01)
        other.commit()
        thread.join(60)


def conversations() -> list[tuple[bool, int]]:
    """Whether it is over, and how many events a customer or provider caused in it, of every conversation."""
    return [
        (each.ended_at is not None, each.events.exclude(connection=None).count())
        for each in models.Conversation.objects.order_by("id")
    ]


def test_text_that_comes_while_its_conversation_is_ended_opens_the_next(world: World) -> None:
    world.text(ANN, "hello")
    before = conversations()[0][1]
    beside(world, "UPDATE conversation SET ended_at = %(now)s", lambda: world.text(ANN, "are you there"))
    assert conversations() == [(True, before), (False, 1)]
    world.run(minutes=1)
    assert models.Event.objects.filter(handled_at=None, kind="TextReceived").count() == 0


def test_text_that_comes_during_a_turn_is_handled_after_it(world: World) -> None:
    """The turn sets the time of the next one without knowing of the text."""
    world.text(ANN, "hello")
    beside(world, "UPDATE conversation SET wake_at = NULL", lambda: world.text(ANN, "are you there"))
    world.run(minutes=1)
    assert models.Event.objects.filter(handled_at=None, kind="TextReceived").count() == 0
    assert [over for over, _ in conversations()] == [False]


def test_turn_passes_over_a_conversation_that_is_being_written_to(world: World) -> None:
    world.call(ANN)
    models.Conversation.objects.update(wake_at=world.now)
    done: list[int] = []
    beside(world, "SELECT 1 FROM conversation FOR UPDATE", lambda: done.append(turn.run()))
    assert done == [0]


def test_contact_is_made_once_when_two_transactions_meet_it_first(world: World) -> None:
    insert = (
        f"INSERT INTO contact (business_id, number, name, created_at) SELECT id, '{ANN}', '', %(now)s FROM business"
    )
    beside(world, insert, lambda: world.text(ANN, "hello"))
    assert models.Contact.objects.filter(number=ANN).count() == 1
    assert [over for over, _ in conversations()] == [False]
