"""Money is entered once a job, taken back by a second entry, and never edited."""

import threading

import pytest
from django.db import connection

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import address_book, calendar_desk, measuring, revenue
from answerback.workflow.actors import Actor, NotAllowed

ANN, BEN = "+15125550131", "+15125550132"


def missed(world: World, *numbers: str) -> None:
    for number in numbers:
        world.call(number)
    world.run(minutes=2)


def entries() -> list[tuple[int, str, int, bool]]:
    rows = models.RevenueEntry.objects.order_by("id")
    return [(row.cents, row.job, row.round, row.reverses_id is not None) for row in rows]


def dana() -> Actor:
    member = models.Member.objects.get(name="Dana")
    return Actor(member=member.id, name=member.name)


def recovered() -> list[tuple[int, int]]:
    measuring.refresh(models.Business.objects.get().id)
    return list(models.LeadMeasure.objects.order_by("lead_id").values_list("recovered", "taken_back"))


def test_one_job_counts_once_under_two_numbers(world: World) -> None:
    missed(world, ANN, BEN)
    world.staff("Dana").mark(ANN, "won", cents=42_000, job="J-7")
    with pytest.raises(NotAllowed) as refused:
        world.staff("Dana").mark(BEN, "won", cents=42_000, job="J-7")
    known = "Job J-7 is in the ledger already: $420 of +15125550131. Take that entry back first."
    assert str(refused.value) == known
    assert entries() == [(42_000, "J-7", 0, False)]
    assert recovered() == [(42_000, 0), (0, 0)]


def test_what_was_refused_changed_nothing_else(world: World) -> None:
    missed(world, ANN, BEN)
    world.staff("Dana").mark(ANN, "won", cents=42_000, job="J-7")
    world.run(minutes=1)
    before = [lead.status for lead in world.leads()]
    with pytest.raises(NotAllowed):
        world.staff("Dana").mark(BEN, "won", cents=1, job="J-7")
    world.run(minutes=1)
    assert [lead.status for lead in world.leads()] == before
    assert models.Event.objects.filter(kind="OutcomeMarked").count() == 1


def test_entry_taken_back_counts_no_more_and_the_job_may_come_again(world: World) -> None:
    missed(world, ANN, BEN)
    world.staff("Dana").mark(ANN, "won", cents=42_000, job="J-7")
    wrong = models.RevenueEntry.objects.get()
    world.run(minutes=30)
    assert recovered() == [(42_000, 0), (0, 0)]
    world.run(minutes=30)
    revenue.take_back(wrong.id, dana(), "Entered for the wrong customer")
    assert recovered() == [(0, 42_000), (0, 0)]
    world.staff("Dana").mark(BEN, "won", cents=42_000, job="J-7")
    assert entries() == [(42_000, "J-7", 0, False), (-42_000, "J-7", 0, True), (42_000, "J-7", 1, False)]
    assert recovered() == [(0, 42_000), (42_000, 0)]


def test_entry_is_taken_back_once_and_what_takes_back_is_not(world: World) -> None:
    missed(world, ANN)
    world.staff("Dana").mark(ANN, "won", cents=42_000)
    entry = models.RevenueEntry.objects.get()
    revenue.take_back(entry.id, dana())
    back = models.RevenueEntry.objects.get(reverses=entry)
    for each in (entry.id, back.id):
        with pytest.raises(NotAllowed, match="taken back already"):
            revenue.take_back(each, dana())
    assert [cents for cents, *_ in entries()] == [42_000, -42_000]


def test_jobs_of_two_people_without_a_number_are_not_held_against_each_other(world: World) -> None:
    missed(world, ANN, BEN)
    for number in (ANN, BEN):
        world.staff("Dana").mark(number, "won", cents=100)
    assert entries() == [(100, "", 0, False), (100, "", 0, False)]


def test_one_job_without_a_number_counts_once_under_both_numbers_of_a_person(world: World) -> None:
    missed(world, ANN, BEN)
    ann, ben = (models.Contact.objects.get(number=number).id for number in (ANN, BEN))
    address_book.merge(ann, ben, dana())
    world.staff("Dana").mark(ANN, "won", cents=42_000)
    for job in ("", "J-7"):
        with pytest.raises(NotAllowed) as refused:
            world.staff("Dana").mark(BEN, "won", cents=42_000, job=job)
    assert str(refused.value) == (
        "This seems to be in the ledger already: $420 of +15125550131, entered for 2026-03-10. Is it another job? "
        "Take that entry back, and enter both with their job numbers."
    )
    assert recovered() == [(42_000, 0), (0, 0)]
    world.staff("Dana").mark(BEN, "won", cents=10_000)
    world.run(days=7)
    world.staff("Dana").mark(BEN, "won", cents=42_000)
    assert recovered() == [(42_000, 0), (52_000, 0)]


def test_two_jobs_of_one_amount_have_numbers(world: World) -> None:
    missed(world, ANN)
    world.staff("Dana").mark(ANN, "won", cents=42_000, job="J-7")
    with pytest.raises(NotAllowed, match=r"job J-7\. Is it another job\? Number it"):
        world.staff("Dana").mark(ANN, "won", cents=42_000)
    world.staff("Dana").mark(ANN, "won", cents=42_000, job="J-8")
    assert [cents for cents, *_ in entries()] == [42_000, 42_000]


def test_what_the_technician_entered_is_not_entered_again(world: World) -> None:
    missed(world, ANN)
    for words in ("water heater leaking slowly", "it can wait until tomorrow", "78704"):
        world.text(ANN, words)
        world.run(minutes=1)
    visit = world.book(ANN)
    world.run(days=3)
    calendar_desk.end(visit.id, kept=True, cents=42_000, by=dana())
    with pytest.raises(NotAllowed, match="in the ledger already"):
        world.staff("Dana").mark(ANN, "won", cents=42_000)
    assert recovered() == [(42_000, 0)]


@pytest.mark.parametrize("job", ["J-9", ""])
def test_two_people_enter_one_job_at_the_same_moment(world: World, job: str) -> None:
    missed(world, ANN, BEN)
    if not job:
        ann, ben = (models.Contact.objects.get(number=number).id for number in (ANN, BEN))
        address_book.merge(ann, ben, dana())
    talks = list(models.Conversation.objects.order_by("id").values_list("id", flat=True))
    begin, came = threading.Barrier(2), []

    def enter(conversation: int) -> None:
        begin.wait()
        try:
            money = revenue.Money(cents=100, job=job)
            revenue.transaction.run(lambda cursor: revenue.enter(cursor, conversation, actor, money, world.now))
            came.append("entered")
        except NotAllowed:
            came.append("refused")
        finally:
            connection.close()

    actor = dana()
    threads = [threading.Thread(target=enter, args=(talk,)) for talk in talks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["entered", "refused"]
    assert entries() == [(100, job, 0, False)]
