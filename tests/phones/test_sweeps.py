"""What no webhook told us is found in the provider's lists: nightly, after an outage, and each thing once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from answerback.store import models
from answerback.testing.pretend_quo import NUMBER_ID, PretendQuo
from answerback.testing.world import World
from answerback.workflow import setup, sweeps

ANN, OFFICE = "+15125550131", "+15125550100"


@pytest.fixture
def quo() -> Iterator[PretendQuo]:
    with PretendQuo() as made:
        yield made


def iso(moment: Any) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def missed(world: World, id: str = "AC-1", person: str = ANN, ago: timedelta = timedelta(minutes=3)) -> dict[str, Any]:
    """A call as Quo lists it."""
    began = world.now - ago
    times = {"createdAt": iso(began), "completedAt": iso(began + timedelta(seconds=20)), "answeredAt": None}
    call = {"id": id, "direction": "incoming", "status": "missed", "duration": 0, "phoneNumberId": NUMBER_ID}
    return {**call, **times, "participants": [person]}


def test_call_without_a_webhook_is_found_once_and_texted(
    world: World, beside: Callable[..., Any], quo: PretendQuo
) -> None:
    office = beside("quo", OFFICE, texts=True, **quo.settings())
    sweeps.look_after(office.connection.id)
    quo.calls.append(missed(world))
    assert sweeps.look_after(office.connection.id) == 0, "swept just now, and nobody was away"
    assert [sweeps.look_after(office.connection.id, anyway=True) for _ in range(3)] == [1, 1, 1]
    world.run(minutes=2)
    assert len(world.texts_to(ANN)) == 1
    assert models.Event.objects.filter(kind="CallEnded").count() == 1


def test_after_an_outage_the_lists_are_read_from_before_it(
    world: World, beside: Callable[..., Any], quo: PretendQuo
) -> None:
    office = beside("quo", OFFICE, **quo.settings())
    sweeps.look_after(office.connection.id)
    world.run(hours=2)
    quo.calls += [missed(world, "AC-1", ago=timedelta(minutes=100)), missed(world, "AC-2", "+15125550132")]
    assert sweeps.look_after_all() == 2
    world.run(minutes=2)
    assert world.lead(ANN) is not None
    assert world.texts_to(ANN) == (), "100 minutes later nobody is told that we just missed them"
    assert len(world.todos(ANN)) == 1
    assert len(world.texts_to("+15125550132")) == 1


def test_webhook_and_list_together_make_one_call(world: World, beside: Callable[..., Any], quo: PretendQuo) -> None:
    office = beside("quo", OFFICE, **quo.settings())
    made = office.hooks().missed(caller=ANN, line=OFFICE, now=world.now, call="AC-7")
    assert office.posts(made) == 204
    call = missed(world, "AC-7", ago=timedelta(seconds=20))
    quo.calls.append(call)
    sweeps.look_after(office.connection.id, anyway=True)
    assert models.Event.objects.filter(kind="CallEnded").count() == 1


def test_a_provider_that_is_away_is_noted_and_asked_again(
    world: World, beside: Callable[..., Any], quo: PretendQuo
) -> None:
    office = beside("quo", OFFICE, **quo.settings())
    quo.stop()
    assert sweeps.look_after(office.connection.id, anyway=True) == 0
    watch = models.Watch.objects.get(connection=office.connection.id)
    assert (watch.swept_until, "could not be reached" in watch.trouble) == (None, True)


def test_what_an_unknown_line_got_is_passed_over(world: World, beside: Callable[..., Any], quo: PretendQuo) -> None:
    office = beside("quo", "+15125550188", **quo.settings())
    quo.calls.append(missed(world))
    assert sweeps.look_after(office.connection.id, anyway=True) == 0
    assert models.Event.objects.count() == 0


def test_one_connection_that_breaks_leaves_the_others_looked_after(
    world: World, beside: Callable[..., Any], quo: PretendQuo, caplog: pytest.LogCaptureFixture
) -> None:
    other = models.Business.objects.create(name="Other", zone="No/Where", phone=ANN, created_at=world.now)
    broken = setup.connect(other.id, "quo", "quo", quo.settings())
    setup.add_line(other.id, broken.id, "+15125550188", "Office")
    office = beside("quo", OFFICE, **quo.settings())
    quo.calls.append(missed(world))
    assert sweeps.look_after_all(all_of_them=True) == 1
    assert f"sweep.broken connection={broken.id}" in caplog.text
    assert models.Watch.objects.get(connection=office.connection.id).swept_until is not None


def test_a_state_that_is_none_costs_no_lead(world: World) -> None:
    models.Business.objects.filter(id=world.shop.business).update(holiday_region="TEXAS")
    sweeps.look_after_all()
    world.call(ANN)
    world.run(minutes=3)
    assert (world.lead(ANN) is not None, len(world.texts_to(ANN))) == (True, 1)
