"""Every amount in the ledger says what it rests on, who entered it and when; a wrong one is corrected, both stay."""

from datetime import timedelta

import pytest

from answerback.engine import evidence
from answerback.store import models
from answerback.store.queries import money, timeline
from answerback.testing.world import World
from answerback.workflow import desk, measuring, revenue
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.revenue import Money

ANN, BEN = "+15125550131", "+15125550132"


@pytest.mark.parametrize(
    ("job", "shown", "author", "at_the_desk", "says"),
    [
        ("R-7", "", "Maria", True, "Invoice, receipt or job R-7. Entered by Maria."),
        ("R-7", "Card", "Maria", True, "Invoice, receipt or job R-7. Card. Entered by Maria."),
        ("", "Paid in cash.", "", False, "Paid in cash."),
        ("", "", "Maria", True, "Said by Maria at the desk, no document."),
        ("", "", "Zapier", False, "Said by Zapier, no document."),
        ("", "", "", False, "No document, and nobody wrote down who said so."),
    ],
)
def test_amount_says_what_it_rests_on(job: str, shown: str, author: str, at_the_desk: bool, says: str) -> None:
    assert evidence.rests_on(job, shown, author, at_the_desk=at_the_desk) == says


def dana() -> Actor:
    member = models.Member.objects.get(name="Dana")
    return Actor(member=member.id, name=member.name)


def sold(world: World, entered: Money, by: Actor) -> models.RevenueEntry:
    world.call(ANN)
    world.run(minutes=2)
    desk.mark_outcome(models.Conversation.objects.get().id, by, "won", money=entered)
    return models.RevenueEntry.objects.get()


def shown() -> list[tuple[int, str, int | None, bool]]:
    found = money.of_conversations([models.Conversation.objects.get().id])
    return [(entry.cents, entry.rests_on, entry.instead_of, entry.taken_back) for entry in found]


def test_who_said_an_amount_and_when_is_kept_of_members_and_of_programs(world: World) -> None:
    entry = sold(world, Money(cents=48_000), dana())
    assert (entry.author, entry.entered_at) == ("Dana", world.now)
    assert shown() == [(48_000, "Said by Dana at the desk, no document.", None, False)]
    models.Member.objects.filter(name="Dana").update(name="Dana Fox")
    assert shown() == [(48_000, "Said by Dana at the desk, no document.", None, False)]
    revenue.take_back(entry.id, Actor(member=None, name="Zapier"), "Never paid")
    back = models.RevenueEntry.objects.get(reverses=entry)
    assert (back.author, back.entered_at, back.evidence) == ("Zapier", world.now, "Never paid")


def test_entry_made_before_authors_were_kept_names_its_member(world: World) -> None:
    sold(world, Money(cents=48_000), dana())
    old = models.RevenueEntry.objects.get()
    models.RevenueEntry.objects.create(
        business=old.business, lead=old.lead, cents=100, at=old.at, member=old.member, job="J-1"
    )
    assert [row[1] for row in shown()] == [
        "Invoice, receipt or job J-1. Entered by Dana.", "Said by Dana at the desk, no document.",
    ]  # fmt: skip


def test_wrong_amount_is_corrected_and_both_stay(world: World) -> None:
    wrong = sold(world, Money(cents=48_000), dana())
    world.run(days=2)
    revenue.correct(wrong.id, dana(), Money(cents=45_000, job="R-7", evidence="Card"), "Typed wrongly")
    right = models.RevenueEntry.objects.get(instead_of=wrong)
    assert (right.at, right.entered_at) == (wrong.at, world.now)
    assert shown() == [
        (45_000, "Invoice, receipt or job R-7. Card. Entered by Dana.", wrong.id, False),
        (-48_000, "Corrected: $480 is $450. Typed wrongly. Entered by Dana.", None, False),
        (48_000, "Said by Dana at the desk, no document.", None, True),
    ]
    measuring.refresh(models.Business.objects.get().id)
    assert list(models.LeadMeasure.objects.values_list("recovered", "taken_back")) == [(45_000, 3_000)]


def test_number_is_given_later_and_nothing_is_taken_back_in_the_report(world: World) -> None:
    entry = sold(world, Money(cents=48_000), dana())
    world.run(minutes=30)
    revenue.correct(entry.id, dana(), Money(cents=48_000, job="R-7"))
    measuring.refresh(models.Business.objects.get().id)
    assert list(models.LeadMeasure.objects.values_list("recovered", "taken_back")) == [(48_000, 0)]


def test_correction_that_changes_nothing_or_counts_a_job_twice_is_refused(world: World) -> None:
    entry = sold(world, Money(cents=48_000, job="R-7"), dana())
    with pytest.raises(NotAllowed, match="Nothing differs from what stands"):
        revenue.correct(entry.id, dana(), Money(cents=48_000, job="R-7"))
    world.call(BEN)
    world.run(minutes=2)
    world.staff("Dana").mark(BEN, "won", cents=100, job="R-8")
    with pytest.raises(NotAllowed, match="Job R-8 is in the ledger already"):
        revenue.correct(entry.id, dana(), Money(cents=48_000, job="R-8"))
    assert models.RevenueEntry.objects.filter(reverses=None).count() == models.RevenueEntry.objects.count() == 2
    revenue.take_back(entry.id, dana())
    with pytest.raises(NotAllowed, match="taken back already"):
        revenue.correct(entry.id, dana(), Money(cents=1))


def test_what_is_left_of_a_refund_still_rests_on_the_first_document(world: World) -> None:
    entry = sold(world, Money(cents=48_000, evidence="Card slip 991"), dana())
    world.run(days=1)
    revenue.refund(entry.id, dana(), 8_000, "Broken tap.")
    left = models.RevenueEntry.objects.get(instead_of=entry)
    assert (left.cents, left.evidence) == (40_000, "Refunded $80. Broken tap. Card slip 991")


def test_money_of_a_lead_that_is_not_won_is_refused(world: World) -> None:
    world.call(ANN)
    world.run(minutes=2)
    with pytest.raises(NotAllowed, match="Money belongs to a lead that is won"):
        desk.mark_outcome(models.Conversation.objects.get().id, dana(), "lost", money=Money(cents=100))
    assert models.RevenueEntry.objects.count() == 0


def test_timeline_says_what_an_amount_rests_on(world: World) -> None:
    entry = sold(world, Money(cents=48_000), dana())
    world.run(minutes=1)
    revenue.take_back(entry.id, dana(), "Never paid")
    rows = timeline.of_conversation(models.Conversation.objects.get().id)
    assert [(row.title, row.detail) for row in rows if row.kind == "money"] == [
        ("Sold: $480", "Said by Dana at the desk, no document."), ("Taken back: $480", "Never paid"),
    ]  # fmt: skip
    assert next(row for row in rows if row.kind == "money").at == world.now - timedelta(minutes=1)
