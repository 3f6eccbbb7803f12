"""Leads are measured from what happened; measuring what changed gives the same as measuring everything."""

from datetime import timedelta
from typing import Any

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import measuring

ANN, BEN, CAT, DAN = "+15125550131", "+15125550132", "+15125550133", "+15125550134"


def measure(world: World, number: str) -> dict[str, Any]:
    """What is stored of this person's lead, without what says where it belongs."""
    lead = world.lead(number)
    assert lead is not None
    row = models.LeadMeasure.objects.filter(lead=lead).values().get()
    where = ("lead_id", "business_id", "version", "line_id", "began_at", "day")
    return {name: value for name, value in row.items() if name not in where}


def business() -> int:
    return models.Business.objects.get().id


NOTHING = {
    "hour": 34, "service": "", "reason": "no_answer", "language": "en", "excluded": "", "calls": 1, "texted": True,
    "response_seconds": 36, "replied": False, "qualified": False, "qualified_by_label": False, "booked": False,
    "booked_by_label": False, "stands": False, "attended": False, "callbacks_owed": 0, "callbacks_made": 0,
    "sold": False, "recovered": 0, "not_ours": 0, "taken_back": 0,
}  # fmt: skip


def test_a_fortnight_computed_by_hand(world: World) -> None:
    # Ann's whole way: called, texted, answered three questions, booked, won for 420 dollars.
    world.call(ANN, ring=20)
    world.run(minutes=2)
    for words in ("water heater leaking slowly", "it can wait until tomorrow", "78704"):
        world.text(ANN, words)
        world.run(minutes=1)
    world.book(ANN)
    world.staff("Dana").mark(ANN, "won", cents=42_000)
    # Ben says that he sells something: he counts in nothing.
    world.call(BEN, ring=20)
    world.run(minutes=2)
    world.text(BEN, "Hi, I'm with Leads4U, we sell exclusive plumbing leads, want to partner up?")
    # Cat calls twice and never answers; Dana labels her booked.
    world.call(CAT, ring=20)
    world.run(minutes=5)
    world.call(CAT, ring=20)
    world.run(minutes=5)
    world.staff("Dana").mark(CAT, "booked")
    world.run(minutes=1)
    assert measuring.refresh(business()) == 3
    first = measure(world, ANN)["response_seconds"]
    assert 20 <= first <= 60
    assert measure(world, ANN) == NOTHING | {
        "service": "water_heater", "response_seconds": first, "replied": True, "qualified": True, "booked": True,
        "stands": True, "sold": True, "recovered": 42_000,
    }  # fmt: skip
    assert measure(world, BEN)["excluded"] == "vendor"
    cat = measure(world, CAT)
    assert (cat["calls"], cat["booked"], cat["booked_by_label"], cat["qualified_by_label"]) == (2, True, True, True)
    assert measuring.verify(business()) == measuring.Proof(leads=3, differing=())


def test_what_is_stored_wrongly_is_found_and_mended(world: World) -> None:
    world.call(ANN)
    world.run(minutes=2)
    measuring.refresh(business())
    world.run(hours=1)
    measuring.refresh(business())
    lead = models.LeadMeasure.objects.get().lead_id
    models.LeadMeasure.objects.update(recovered=1_000_000)
    assert measuring.verify(business()) == measuring.Proof(leads=1, differing=(lead,))
    assert measuring.recount(business()) == 1
    assert measuring.verify(business()) == measuring.Proof(leads=1, differing=())


def test_only_what_changed_is_measured_again(world: World) -> None:
    world.call(ANN)
    world.call(BEN)
    world.run(minutes=2)
    assert measuring.refresh(business()) == 2
    world.run(minutes=20)
    measuring.refresh(business())
    world.run(minutes=20)
    assert measuring.refresh(business()) == 0
    world.text(BEN, "my sink is clogged")
    assert measuring.refresh(business()) == 1


def test_a_receipt_that_comes_late_is_seen(world: World) -> None:
    world.call(ANN)
    world.run(minutes=2)
    message = models.Message.objects.get(purpose="first_text")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE message SET status = 'sent', delivered_at = NULL WHERE id = %s", [message.id])
    measuring.refresh(business())
    assert (measure(world, ANN)["texted"], measure(world, ANN)["response_seconds"]) == (False, None)
    world.run(hours=5)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE message SET status = 'delivered', delivered_at = sent_at + interval '4 s' WHERE id = %s",
            [message.id],
        )
    measuring.refresh(business())
    assert measure(world, ANN)["texted"] is True


ACTS = st.lists(
    st.tuples(
        st.sampled_from([ANN, BEN, CAT]),
        st.sampled_from(
            ["call", "leak", "78704", "no rush", "stop", "wait", "refresh", "won", "lost", "talk", "close"]
        ),
    ),
    max_size=14,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_measuring_what_changed_equals_measuring_everything(
    transactional_db: None, acts: list[tuple[str, str]]
) -> None:
    with World() as world:
        for number, act in acts:
            play(world, number, act)
            world.run(minutes=1)
        world.run(hours=2)
        assert measuring.verify(business()).differing == ()
        stored = list(models.LeadMeasure.objects.order_by("lead_id").values())
        measuring.recount(business())
        assert list(models.LeadMeasure.objects.order_by("lead_id").values()) == stored


def play(world: World, number: str, act: str) -> None:
    match act:
        case "call":
            world.call(number)
        case "wait":
            world.run(until=world.now + timedelta(hours=3))
        case "refresh":
            measuring.refresh(business())
        case "won" | "lost":
            if world.lead(number):
                world.staff("Dana").mark(number, act, cents=10_000 if act == "won" else None)
        case "talk":
            world.call_back(number)
        case "close":
            while world.todos(number):  # Reaching somebody settles the other to-dos about them too.
                world.staff("Dana").close_todo(number, "reached")
        case words:
            world.text(number, {"leak": "my toilet is leaking"}.get(words, words))
