"""Leads are measured from what happened; measuring what changed gives the same as measuring everything."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations_with_replacement
from math import ceil
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerback.store import models
from answerback.store.queries import reports, rollup
from answerback.store.queries.reports import Span
from answerback.testing.world import World
from answerback.workflow import desk, measuring, revenue, transaction

ANN, BEN, CAT, DAN = "+15125550131", "+15125550132", "+15125550133", "+15125550134"


def measure(world: World, number: str) -> dict[str, Any]:
    """What is stored of this person's lead, without what says where it belongs."""
    lead = world.lead(number)
    assert lead is not None
    row = models.LeadMeasure.objects.filter(lead=lead).values().get()
    where = ("lead_id", "business_id", "version", "line_id", "began_at", "day", "wording")
    return {name: value for name, value in row.items() if name not in where}


def business() -> int:
    return models.Business.objects.get().id


def dana() -> int:
    return models.Member.objects.get(name="Dana").id


NOTHING = {
    "hour": 34, "service": "", "reason": "no_answer", "language": "en", "excluded": "", "calls": 1, "texted": True,
    "response_seconds": 36, "replied": False, "qualified": False, "qualified_by_label": False, "booked": False,
    "booked_by_label": False, "stands": False, "attended": False, "callbacks_owed": 0, "callbacks_made": 0,
    "sold": False, "sold_by_label": False, "relabelled": False, "lost_reason": "", "recovered": 0, "not_ours": 0,
    "taken_back": 0, "member_id": None, "labelled_by_id": None, "arm": "",
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
        "stands": True, "sold": True, "recovered": 42_000, "member_id": dana(),
    }  # fmt: skip
    assert measure(world, BEN)["excluded"] == "vendor"
    cat = measure(world, CAT)
    assert (cat["calls"], cat["booked"], cat["booked_by_label"], cat["qualified_by_label"]) == (2, True, True, True)
    assert measuring.verify(business()) == measuring.Proof(leads=3, differing=())


def test_every_edge_computed_by_hand(world: World) -> None:
    """Six callers on Tuesday 10 March 2026; what each adds is written down here, not computed."""
    everybody = [f"+151255501{last}" for last in range(51, 57)]
    spam, supplier, staff, repeat, lost, sold = everybody
    for number in everybody:
        world.call(number, ring=20)
    world.run(minutes=2)
    dana = world.staff("Dana")
    for number, whose in ((spam, "spam"), (supplier, "supplier"), (staff, "staff")):
        dana.mark_number(number, whose)
    # One books, and calls twice more while the appointment stands: a customer, no missed call of a lead.
    for words in ("water heater leaking slowly", "it can wait until tomorrow", "78704"):
        world.text(repeat, words)
        world.run(minutes=1)
    world.book(repeat)
    world.run(minutes=5)
    world.call(repeat, ring=20)
    world.run(minutes=5)
    # One is lost for its price; one is won, its money refunded, and won again by a mark without any.
    dana.mark(lost, "lost", reason="price")
    dana.mark(sold, "won", cents=30_000)
    world.run(minutes=10)
    revenue.take_back(
        models.RevenueEntry.objects.get().id,
        desk.Actor(member=models.Member.objects.get(name="Dana").id, name="Dana"),
        "Refunded",
    )
    dana.mark(sold, "lost", reason="wanted gold taps")
    world.run(minutes=10)
    dana.mark(sold, "won")
    world.run(minutes=10)
    measuring.refresh(business())
    assert [measure(world, number)["excluded"] for number in everybody] == ["spam", "vendor", "staff", "", "", ""]
    booked = measure(world, repeat)
    assert (booked["calls"], booked["booked"], booked["stands"], booked["attended"]) == (1, True, True, False)
    assert [measure(world, lost)[name] for name in ("sold", "lost_reason", "relabelled")] == [False, "price", False]
    again = measure(world, sold)
    assert {name: again[name] for name in ("sold", "sold_by_label", "relabelled", "recovered", "taken_back")} == {
        "sold": True, "sold_by_label": True, "relabelled": True, "recovered": 0, "taken_back": 30_000,
    }  # fmt: skip
    assert again["labelled_by_id"] == again["member_id"] == models.Member.objects.get(name="Dana").id
    assert measuring.verify(business()) == measuring.Proof(leads=6, differing=())


def test_number_that_turns_out_to_be_spam_leaves_every_earlier_lead(world: World) -> None:
    world.call(ANN)
    world.run(minutes=2)
    world.staff("Dana").mark(ANN, "lost", reason="price")
    world.run(until="2026-03-20 10:00")
    measuring.refresh(business())
    world.call(ANN)
    world.run(minutes=2)
    world.staff("Dana").mark_number(ANN, "spam")
    measuring.refresh(business())
    assert list(models.LeadMeasure.objects.values_list("excluded", flat=True)) == ["spam", "spam"]
    assert measuring.verify(business()).holds


@pytest.mark.parametrize(
    ("called", "day", "hour"),
    [
        ("2026-03-08T07:59:00+00:00", "2026-03-08", 145),  # 1:59 on the Sunday the clocks go forward in Chicago
        ("2026-03-08T08:01:00+00:00", "2026-03-08", 147),  # 3:01: there is no hour from 2 to 3
        ("2026-11-01T06:30:00+00:00", "2026-11-01", 145),  # 1:30 the first time, clocks go back
        ("2026-11-01T07:30:00+00:00", "2026-11-01", 145),  # 1:30 the second time
        ("2026-03-11T04:30:00+00:00", "2026-03-10", 47),  # 23:30 the day before, by the business's own clock
    ],
)
def test_days_and_hours_are_the_business_own(world: World, called: str, day: str, hour: int) -> None:
    world.call(ANN)
    world.run(minutes=2)
    models.Conversation.objects.update(
        state={"misses": [{"call": "c", "at": called, "line": "+15125550100", "reason": "no_answer"}]}
    )
    measuring.recount(business())
    row = models.LeadMeasure.objects.get()
    assert (row.day.isoformat(), row.hour) == (day, hour)


def test_days_that_add_up_wrongly_are_found(world: World) -> None:
    world.call(ANN)
    world.run(minutes=2)
    measuring.refresh(business())
    world.run(hours=1)
    measuring.refresh(business())
    month, day = "2026-03-01", "2026-03-10"
    for table, wrong in ((models.DayMeasure, [month, day]), (models.MonthMeasure, [month])):
        table.objects.filter(dimension="line").update(booked=7)
        proof = measuring.verify(business())
        assert (proof.differing, [each.isoformat() for each in proof.days], proof.holds) == ((), wrong, False)
        measuring.recount(business())
        assert measuring.verify(business()).holds


DAYS = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1)]
WAITED = [40, 5, 5, 9]
"""Days on the edges of months, and how long the one lead of each waited."""


def test_any_days_read_from_months_are_what_their_leads_add_up_to(world: World) -> None:
    for number in (ANN, BEN, CAT, DAN):
        world.call(number)
    world.run(minutes=2)
    measuring.refresh(business())
    for row, day, waited in zip(models.LeadMeasure.objects.order_by("lead_id"), DAYS, WAITED, strict=True):
        models.LeadMeasure.objects.filter(lead=row.lead_id).update(day=day, response_seconds=waited)
    added = [(business(), day) for day in [*DAYS, date(2026, 3, 10)]]
    transaction.run(lambda cursor: rollup.make(cursor, added))
    edges = [day + timedelta(days=more) for day in DAYS for more in (-1, 0, 1)]
    wrong = [
        (since, until)
        for since, until in combinations_with_replacement(sorted(set(edges)), 2)
        if not _is_read_right(since, until)
    ]
    assert wrong == []


def _is_read_right(since: date, until: date) -> bool:
    span = Span(businesses=(business(),), since=since, until=until)
    within = [(day, waited) for day, waited in zip(DAYS, WAITED, strict=True) if since <= day <= until]
    total = reports.totals(span)
    ordered = sorted(waited for _day, waited in within)
    median, nine = (ordered[ceil(len(ordered) * share) - 1] if ordered else None for share in (0.5, 0.9))
    months = Counter(str(day.replace(day=1)) for day, _waited in within)
    by_month = {part.key: part.totals.leads for part in reports.breakdown(span, "month")}
    by_day = {part.key: part.totals.median_seconds for part in reports.breakdown(span, "day")}
    return (total.leads, total.median_seconds, total.p90_seconds, by_month, by_day) == (
        len(within), median, nine, dict(months), {str(day): waited for day, waited in within},
    )  # fmt: skip


def test_what_is_stored_wrongly_is_found_and_mended(world: World) -> None:
    world.call(ANN)
    world.run(minutes=2)
    measuring.refresh(business())
    world.run(hours=1)
    measuring.refresh(business())
    lead = models.LeadMeasure.objects.get().lead_id
    models.LeadMeasure.objects.update(recovered=1_000_000)
    assert measuring.verify(business()).differing == (lead,)
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
            [
                "call",
                "leak",
                "78704",
                "no rush",
                "stop",
                "wait",
                "refresh",
                "won",
                "lost",
                "talk",
                "close",
                "spam",
                "back",
            ]
        ),
    ),
    max_size=14,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_measuring_what_changed_equals_measuring_everything(
    transactional_db: None, acts: list[tuple[str, str]]
) -> None:
    with World() as world:
        for number, act in acts:
            play(world, number, act)
            world.run(minutes=1)
        world.run(hours=2)
        assert measuring.verify(business()).holds
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
        case "won" | "lost" | "spam" | "back" | "close":
            dana_acts(world, number, act)
        case "talk":
            world.call_back(number)
        case words:
            world.text(number, {"leak": "my toilet is leaking"}.get(words, words))


def dana_acts(world: World, number: str, act: str) -> None:
    if act in {"won", "lost"} and models.Lead.objects.filter(conversation=world.conversation(number)).exists():
        # Never the same amount twice: that would be the same job.
        cents = 10_000 + models.RevenueEntry.objects.count()
        world.staff("Dana").mark(number, act, cents=cents if act == "won" else None)
    elif act == "spam" and world.conversation(number):
        world.staff("Dana").mark_number(number, "spam")
    elif act == "back" and (entry := models.RevenueEntry.objects.filter(reverses=None, revenueentry=None).first()):
        revenue.take_back(entry.id, desk.Actor(member=dana(), name="Dana"))
    elif act == "close":
        while world.todos(number):  # Reaching somebody settles the other to-dos about them too.
            world.staff("Dana").close_todo(number, "reached")
