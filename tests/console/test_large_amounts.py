"""An amount that can only be a slip of the finger is refused at every door; what stands from before is summed."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from answerback.engine.currency import MOST
from answerback.store import models
from answerback.workflow import csv_cells, desk, measuring
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.csv_cells import Ground, Unreadable
from answerback.workflow.desk import Money

GROUND = Ground("US", ZoneInfo("America/Chicago"))
REFUSED = "One amount is at most $10,000,000. Is there a digit too many? More than that takes several."


@pytest.mark.parametrize(("amount", "entered"), [("10,000,000", [MOST]), ("10,000,000.01", []), ("1" * 40, [])])
def test_sold_for(shop: Any, alice: Client, amount: str, entered: list[int]) -> None:
    talk = shop.conversation(1)
    page = alice.post(f"/c/{talk.id}/mark", {"status": "won", "amount": amount}, follow=True).content.decode()
    assert list(models.RevenueEntry.objects.values_list("cents", flat=True)) == entered
    assert (REFUSED in page) == (not entered)


def test_what_a_lead_may_bring(shop: Any, alice: Client) -> None:
    talk = shop.conversation(1)
    page = alice.post(f"/c/{talk.id}/plan", {"step": "", "value": "10000001"}, follow=True).content.decode()
    assert (REFUSED in page, models.Lead.objects.get().value_cents) == (True, None)


def test_ledger_itself_holds_no_more(shop: Any, alice: Client) -> None:
    talk = shop.conversation(1)
    with pytest.raises(NotAllowed) as refused:
        desk.mark_outcome(talk.id, Actor(member=None, name="Zapier"), "won", money=Money(cents=MOST + 1))
    assert (str(refused.value), models.Lead.objects.get().status) == (REFUSED, "contacted")


@pytest.mark.parametrize(("cell", "cents"), [("$10,000,000", MOST), ("(10000000)", -MOST)])
def test_largest_cell_of_a_file_is_read(cell: str, cents: int) -> None:
    assert csv_cells.money(cell, GROUND) == cents


@pytest.mark.parametrize("cell", ["$10,000,000.01", "(99999999)", "9" * 30])
def test_larger_cell_of_a_file_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable) as refused:
        csv_cells.money(cell, GROUND)
    assert str(refused.value) == REFUSED


@pytest.mark.parametrize("cents", [10**9, 10**10, 10**11])
def test_totals_that_stand_from_before_are_summed_and_fit(shop: Any, alice: Client, now: Any, cents: int) -> None:
    at = now - timedelta(days=2)
    for last in range(3):
        talk = shop.conversation(last, name=f"Caller {last}", at=at, status="won")
        shop.text(talk, "in:1", "customer", "hi", "received", at=at)
        lead = models.Lead.objects.get(conversation=talk)
        models.RevenueEntry.objects.create(business=shop.business, lead=lead, cents=cents, at=now)
    measuring.refresh(shop.business.id)
    total = f"${3 * cents // 100:,}"
    assert alice.get("/").context["money"][1][1][4].note == total
    for address in ("/reports/?days=7", "/reports/everywhere?days=7", "/reports/leads?days=7&count=money", "/leads"):
        assert alice.get(address).status_code == 200
    assert models.LeadMeasure.objects.filter(business=shop.business).count() == 3
    assert sum(models.LeadMeasure.objects.values_list("not_ours", flat=True)) == 3 * cents


def test_price_of_an_appointment_has_room_for_the_largest_amount() -> None:
    """Its column has four bytes; a larger price broke the page."""
    assert MOST < 2**31
