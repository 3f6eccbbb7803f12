"""One business that is broken keeps no other waiting, whatever the minutely work is."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection

from answerback.store import models
from answerback.testing.shop import Person
from answerback.testing.world import World
from answerback.workflow import clock, line_health, line_tests, phones, setup, tasks, weekly

DANA, ODD = "+15125550190", "+15125550188"
BREAKS = {"line_finding": "INSERT OR UPDATE", "member": "UPDATE", "lead_measure": "INSERT OR UPDATE"}


@pytest.fixture
def world(database: None) -> Iterator[World]:
    """A business with a phone that is not confirmed yet, and beside it one that is broken and comes first."""
    with World(staff=(Person(name="Dana", role="owner", phone=DANA, on_call=True, confirmed=False),)) as made:
        yield made


@pytest.fixture
def broken(world: World) -> Iterator[models.Business]:
    """A business of which nothing can be written down any more; its zone is none, and its rows stand first."""
    other = models.Business.objects.create(name="Other", zone="America/Chicago", phone=ODD, created_at=world.now)
    account = setup.connect(other.id, "simulator", "Pretend", {"world": "/nowhere/phones", "secret": "x"})
    line = setup.add_line(other.id, account.id, ODD, "Office")
    owner = setup.add_member(other.id, "Odd", "owner", email="odd@example.com", phone=ODD)
    first = models.Business.objects.exclude(id=other.id).get()
    for row in (line, owner):  # looked at in the order of their ids
        type(row).objects.filter(id=row.id).update(id=-row.id)
    models.Business.objects.filter(id=other.id).update(playbook_id=first.playbook_id, zone="No/Where")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NEW.business_id = {other.id} THEN RAISE EXCEPTION 'broken'; END IF; RETURN NEW; END $$"
        )
        for table, when in BREAKS.items():
            cursor.execute(f"CREATE TRIGGER broken BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION broken()")
    yield other
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION broken CASCADE")


def _findings() -> int:
    return models.LineFinding.objects.count()


def _asked() -> int:
    return models.Member.objects.filter(asked=DANA).count()


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    ("work", "came_of_it"),
    [(line_health.check_all, _findings), (phones.ask_due, _asked)],
    ids=["line_health", "phones"],
)
def test_a_step_is_done_for_everybody_else(
    world: World, caplog: pytest.LogCaptureFixture, work: Callable[[], int], came_of_it: Callable[[], int]
) -> None:
    before = came_of_it()
    with clock.using(lambda: world.now):
        work()
    assert came_of_it() > before
    assert "broken" in caplog.text


def test_a_broken_zone_stops_neither_test_calls_nor_letters(
    world: World, broken: models.Business, caplog: pytest.LogCaptureFixture
) -> None:
    line = models.Line.objects.exclude(business=broken).get()
    for each in models.Line.objects.all():
        line_tests.watch(each, "+15125550177", 7)
    models.Member.objects.exclude(business=broken).update(email="someone@example.com")
    with clock.using(lambda: world.now + timedelta(hours=1)):
        line_tests.run()
        weekly.write_due(world.now + timedelta(days=7 - world.now.weekday(), hours=9))
    assert f"line_test.broken line={-1 * abs(models.Line.objects.get(business=broken).id)}" in caplog.text
    assert [each.line_id for each in models.LineTest.objects.filter(line=line)] == [line.id]


@pytest.mark.usefixtures("broken")
def test_the_minutely_look_goes_through_all_its_steps(world: World) -> None:
    with clock.using(lambda: world.now):
        tasks.look_after.func(0)
    assert (_asked(), _findings() > 0) == (1, True)
