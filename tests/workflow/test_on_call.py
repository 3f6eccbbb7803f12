"""Many cases at once, a provider that is down, workers that die: nobody is alone, nobody is rung forty times."""

import json
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from answerback.store.queries.outbox import Claimed
from answerback.testing import World
from answerback.testing.shop import Person

DANA, LUIS, ANN = "+15125550190", "+15125550191", "+15125550192"
STAFF = (
    Person(name="Dana", role="owner", phone=DANA),
    Person(name="Luis", role="desk", phone=LUIS),
    Person(name="Ann", role="technician", phone=ANN, on_call=True),
)


def alone() -> int:
    """Urgent cases that have neither an open page that goes on nor a person."""
    from answerback.store import models

    cases = models.Conversation.objects.filter(state__urgency="emergency", held_by=None)
    return cases.exclude(pages__in=models.Page.objects.filter(taken_at=None, next_at__isnull=False)).count()


def test_a_storm_is_a_list_and_every_case_has_a_number_of_its_own(database):
    from answerback.store import models

    with World(staff=STAFF, now="2026-03-10 02:00", texts_per_second=50) as world:
        for number in range(12):
            world.text(f"+1512555{1000 + number}", "pipe burst water everywhere")
        world.run(seconds=90)
        texts = [text.body for text in world.texts_to(ANN)]
        assert [text.split(".")[0] for text in texts[:3]] == ["Urgent: call now"] * 3
        assert [text.partition(" urgent")[0] for text in texts[3:]] == ["9"]
        numbers = list(models.Wake.objects.filter(member__name="Ann").order_by("id").values_list("number", flat=True))
        assert numbers == [1, 4, 7, 10, 11, 12, 13, 14, 15, 16, 17, 18]
        world.text(ANN, "13")
        world.run(seconds=5)
        taken = world.pages("+15125551006")
        assert [page.taken_by.name for page in taken if page.taken_by] == ["Ann"]
        assert sum(page.taken_at is None for page in world.pages()) == 11


def test_danger_is_never_put_into_a_list(database):
    """Five bursts wait for Ann already; the smell of gas reaches her in a text of its own, and her phone rings."""
    from answerback.store import models

    with World(staff=STAFF, now="2026-03-10 02:00", texts_per_second=50) as world:
        for number in range(5):
            world.text(f"+1512555{1000 + number}", "pipe burst water everywhere")
        world.run(seconds=30)
        before = len(world.texts_to(ANN))
        world.text("+15125551900", "I smell gas in the kitchen")
        world.run(seconds=5)
        case = world.conversation("+15125551900").id
        said = (
            'Someone may be in danger: call now. (512) 555-1900. "I smell gas in the kitchen" Gas line work. Just now.'
        )
        reply = f"Reply 12 = mine. http://localhost:8707/c/{case}"
        assert [text.body for text in world.texts_to(ANN)[before:]] == [f"{said} {reply}"]
        assert [call.member.name for call in models.OurCall.objects.all()] == ["Ann"]
        world.text(ANN, "12")
        world.run(seconds=5)
        assert world.conversation("+15125551900").held_by.name == "Ann"


def test_who_leaves_leaves_nobody_alone(database):
    """Ann had an urgent case and a quiet one: the first is paged anew at once, the second is anybody's."""
    from answerback.store import models
    from answerback.workflow import directory, people

    with World(staff=STAFF, now="2026-03-10 10:00", texts_per_second=50) as world:
        world.text("+15125550131", "pipe burst water everywhere")
        world.text("+15125550132", "do you fix heaters?")
        world.run(seconds=20)
        world.text(ANN, "1")
        world.staff("Ann").take_over("+15125550132")
        world.run(seconds=20)
        people.let_go(models.Member.objects.get(name="Ann"))
        directory.forget()
        assert alone() == 0
        world.run(seconds=130)
        assert world.texts_to(DANA)[-1].body.startswith(
            "Ann has left, and the customer was not reached: call now. (512) 555-0131."
        )
        assert [world.conversation(f"+1512555013{each}").held_by for each in (1, 2)] == [None, None]
        assert [todo.owner for todo in world.todos()] == [None] * len(world.todos())
        assert world.todos("+15125550132")[-1].title == "Ann has left: go on with this customer"


def test_two_workers_never_ring_somebody_twice(database):
    """The second worker looks while the first has claimed and not yet committed."""
    import threading

    from django.db import connection, transaction

    from answerback.store import models
    from answerback.store.queries import our_calls
    from answerback.workflow import clock

    with World(staff=STAFF, now="2026-03-10 02:00", texts_per_second=50) as world:
        world.text("+15125550131", "pipe burst water everywhere")
        world.run(seconds=20)
        conversation = world.conversation("+15125550131").id
        seconds: list[int] = []
        begun = threading.Event()

        def claim() -> list[int]:
            with transaction.atomic(), connection.cursor() as cursor:
                now = clock.now()
                begun.set()
                return [call.id for call in our_calls.claim(cursor, now, now, 8)]

        def second() -> None:
            seconds.extend(claim())
            connection.close()

        with transaction.atomic(), connection.cursor() as cursor:
            our_calls.queue_bridge(cursor, conversation, world.shop.members["Ann"], clock.now())
        other = threading.Thread(target=second)
        with transaction.atomic(), connection.cursor() as cursor:
            first = [call.id for call in our_calls.claim(cursor, clock.now(), clock.now(), 8)]
            other.start()
            assert begun.wait(5)
            other.join(1)
        other.join(10)
        assert (first, seconds) == ([models.OurCall.objects.get().id], [])


def test_a_fire_drill_says_who_answered_how_fast_and_tells_no_customer(database):
    from answerback.workflow import drills
    from answerback.workflow.actors import NotAllowed

    with World(staff=STAFF, now="2026-03-10 02:00") as world:
        code = drills.start(world.shop.business)
        with pytest.raises(NotAllowed):
            drills.start(world.shop.business)
        world.run(seconds=150)
        assert world.texts_to(ANN)[0].body.startswith(
            f"FIRE DRILL: Please answer as for a real case. Test code {code}."
        )
        world.text(DANA, "1")
        world.run(seconds=5)
        (drill,) = drills.report(world.shop.business)
        assert (drill.taken_by, drill.took) == ("Dana", timedelta(seconds=150))
        assert [(each.name, each.took) for each in drill.answers] == [
            ("Ann", None),
            ("Dana", timedelta(seconds=30)),
            ("Luis", None),
        ]
        assert "has arrived" in world.texts_to(DANA)[-1].body
        assert world.leads() == ()


def test_two_people_see_who_has_it_and_the_second_is_not_believed(database):
    with World(staff=STAFF, now="2026-03-10 02:00") as world:
        world.text("+15125550131", "pipe burst water everywhere")
        world.staff("Dana").take_page("+15125550131")
        world.run(seconds=5)
        assert [page.ended for page in world.pages()] == ["taken"]
        world.text(ANN, "1")
        world.run(seconds=5)
        assert world.texts_to(ANN)[-1].body == "Case 1: Dana has it. Nothing is needed from you."


MANY = pytest.param(
    200,
    marks=[
        pytest.mark.slow,
        pytest.mark.skipif("not config.getoption('-m')", reason="takes a minute: ask for it with -m slow"),
    ],
)


@pytest.mark.parametrize("cases", [12, MANY])
def test_nobody_is_alone_while_everything_fails(database, cases):
    """Urgent cases, the provider down, half of the pages undeliverable, processes that die at random."""
    chance = random.Random(7)
    people = {person.phone: person.name for person in STAFF}
    lots: list[bool] = []

    def draw(text: Claimed) -> None:
        """Toss a coin for every page: does it arrive?"""
        if text.to in people:
            lots.append(chance.random() < 0.5)
            world.phones.add_handset(text.to, people[text.to], None if lots[-1] else "unreachable")

    with World(staff=STAFF, now="2026-03-10 02:00", texts_per_second=50) as world:
        world.stack.watch = draw
        world.provider.down(minutes=3)
        for number in range(cases):
            if chance.random() < 0.2:
                step = chance.choice(("turn", "page", "claim", "hand-over", "write", "intake"))
                world.crash(**{chance.choice(("before", "within", "after")): step})
            world.text(f"+1512555{2000 + number}", "pipe burst water everywhere")
            if number % 5 == 0:
                world.run(seconds=chance.choice((1, 20)))
                assert alone() == 0
        world.crashes.disarm()
        for _ in range(10 if cases > 12 else 5):
            world.run(minutes=1)
            assert alone() == 0
        assert len(world.pages()) == cases
        assert world.broken_promises() == ()
        assert world.crashes.count > 0
        assert 0.3 < sum(lots) / len(lots) < 0.7
        assert any(text.status == "delivered" for phone in people for text in world.texts_to(phone))


@pytest.mark.slow
@pytest.mark.skipif("not config.getoption('-m')", reason="takes minutes: ask for it with -m slow")
def test_nobody_is_alone_while_the_worker_is_killed(own_environment):
    """Real processes and a real kill: SIGKILL for the worker, a provider that is away, half of the pages refused."""
    script = Path(__file__).with_name("urgent_with_kills.py")
    command = [sys.executable, str(script), "200", "1"]
    told = subprocess.run(command, env=own_environment, capture_output=True, text=True, timeout=3600, check=False)
    assert told.returncode == 0, told.stderr[-4000:]
    found = json.loads(told.stdout.splitlines()[-1])
    assert (found["cases"], found["pages"], found["told"], found["alone"]) == (200, 200, 200, 0)
    # Not `away`: whether a text falls into the seconds without a provider depends on how fast this machine is.
    assert min(found["kills"], found["refused"], found["looks"]) > 0


def test_a_reminder_speaks_the_language_of_who_reads_it(database):
    """Luis reads Spanish, as his business does; the date shows it whatever the catalogue holds."""
    from answerback.store import models

    with World(staff=STAFF, now="2026-03-10 10:00") as world:
        models.Business.objects.update(language="es")
        world.text("+15125550131", "please call me")
        world.run(minutes=21)
        assert "mar 10 mar, 10:30 AM" in world.texts_to(LUIS)[-1].body
