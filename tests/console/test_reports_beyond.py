"""Reports beyond the page: files that recompute, links without names, the ledger, all businesses, a month on paper."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import pytest
from django.test import Client

from answerback.console.reports import paper
from answerback.console.reports.parquet import Column, parquet
from answerback.store import models
from answerback.store.queries.rollup import SUMS
from answerback.workflow import clock, measuring, revenue, sharing
from answerback.workflow.actors import Actor, NotAllowed


@pytest.fixture
def leads(shop: Any, now: Any) -> None:
    """Two leads of yesterday: Ann was texted and paid 420 dollars, Ben was not; and a seller."""
    at = now - timedelta(days=1)
    ann = shop.conversation(1, name="Ann Lopez", at=at, status="won", service="=cmd()", missed_reason="busy")
    miss = {"call": "c", "at": at.isoformat(), "line": shop.line.number, "reason": "busy"}
    models.Conversation.objects.filter(id=ann.id).update(state={"misses": [miss]})
    text = shop.text(ann, "t1", "machine", "Sorry we missed you", "delivered", at=at)
    models.Message.objects.filter(id=text.id).update(sent_at=at, delivered_at=at + timedelta(seconds=9))
    lead = models.Lead.objects.get(conversation=ann)
    models.RevenueEntry.objects.create(
        business=shop.business, lead=lead, cents=42_000, at=at + timedelta(hours=2), job="J-1"
    )
    shop.conversation(2, name="Ben", at=at)
    seller = shop.conversation(3, name="Seller", at=at)
    said = shop.text(seller, "in:1", "customer", "SEO?", "received", at=at)
    models.Message.objects.filter(id=said.id).update(reading={"intent": "vendor"})
    measuring.refresh(shop.business.id)


def test_leads_as_csv_and_parquet_add_up_to_the_report(leads: None, alice: Client, tmp_path: Path) -> None:
    totals = alice.get("/reports/?days=7").context["totals"]
    rows = list(csv.DictReader(StringIO(alice.get("/reports/leads.csv?days=7").content.decode())))
    counted = [row for row in rows if not row["excluded"]]
    assert (len(rows), len(counted)) == (3, 2)
    assert counted[0]["service"] == "'=cmd()"
    file = tmp_path / "leads.parquet"
    file.write_bytes(alice.get("/reports/leads.parquet?days=7").content)
    flags = ("texted", "replied", "qualified", "booked", "sold", "sold_by_label")
    sums = ", ".join(f"sum({name}::int)" for name in flags)
    found = duckdb.sql(
        f"SELECT count(*), sum(calls), {sums}, sum(recovered_cents), quantile_disc(response_seconds, 0.5) "
        f"FROM '{file}' WHERE excluded = ''"
    ).fetchall()[0]
    wanted = (totals.leads, totals.calls, *(getattr(totals, name) for name in flags))
    assert found == (*wanted, totals.recovered, totals.median_seconds)
    assert found[-2:] == (42_000, 9)
    assert [sum(row[name] == "True" for row in counted) for name in flags] == list(wanted[2:])
    assert {"leads", "silent", "taken_back"} <= SUMS.keys()


def test_parquet_of_nothing_and_of_no_values(tmp_path: Path) -> None:
    file = tmp_path / "t.parquet"
    file.write_bytes(parquet([Column("a", "int", []), Column("b", "text", [])]))
    assert duckdb.sql(f"SELECT * FROM '{file}'").fetchall() == []
    file.write_bytes(parquet([Column("a", "int", [None, 3]), Column("b", "bool", [True, None])]))
    assert duckdb.sql(f"SELECT * FROM '{file}'").fetchall() == [(None, True), (3, None)]


def link_of(shop: Any, days: int = 7) -> sharing.Link:
    owner = shop.business.members.get(name="Alice")
    sharing.share(shop.business.id, Actor(member=owner.id, name="Alice"), days=28, lives=timedelta(days=days))
    return sharing.standing(shop.business.id)[0]


def test_link_shows_numbers_and_no_names_to_anybody_until_it_expires(leads: None, shop: Any, now: Any) -> None:
    path = "/" + link_of(shop).address.split("/", maxsplit=3)[3]
    page = Client().get(path)
    said = page.content.decode()
    assert (page.status_code, "$420" in said, "Rivera Plumbing" in said) == (200, True, True)
    assert [word for word in ("Ann", "Lopez", "555", "/reports/", "/c/") if word in said] == []
    assert (page["Cache-Control"], page["X-Robots-Tag"], page["Referrer-Policy"]) == (
        "no-store, private", "noindex, nofollow", "no-referrer",
    )  # fmt: skip
    assert Client().post(path).status_code == 405
    for wrong in (path[:-1], path + "x", "/r/abc"):
        assert Client().get(wrong).status_code == 404
    with clock.using(lambda: now + timedelta(days=8)):
        assert Client().get(path).status_code == 404
    assert models.ReportLink.objects.get().opened == 1


def test_link_that_was_ended_opens_nothing(leads: None, shop: Any, alice: Client) -> None:
    alice.post("/reports/links/new", {"days": "91", "lives": "90"})
    (link,) = sharing.standing(shop.business.id)
    assert (link.days, link.expires_at.date().isoformat()) == (91, "2026-06-09")
    path = "/" + link.address.split("/", maxsplit=3)[3]
    assert Client().get(path).status_code == 200
    alice.post(f"/reports/links/{link.id}/end")
    assert Client().get(path).status_code == 404


def test_ledger_shows_what_led_to_the_money(leads: None, alice: Client) -> None:
    (amount,) = alice.get("/reports/money?days=7").context["amounts"]
    assert (amount.who, amount.amount, amount.chip.words) == ("Ann Lopez", "$420", "Recovered")
    assert amount.rests_on == "Invoice, receipt or job J-1."
    assert [step.words for step in amount.steps if step.at] == ["Called", "Texted"]


def test_part_of_the_money_is_given_back(leads: None, shop: Any, alice: Client, now: Any) -> None:
    entry = models.RevenueEntry.objects.get()
    alice.post(f"/reports/money/{entry.id}/refund", {"amount": "120.50", "why": "Wrong part"})
    rows = [(row.cents, row.job, row.round, row.evidence) for row in models.RevenueEntry.objects.order_by("id")]
    assert rows == [
        (42_000, "J-1", 0, ""),
        (-42_000, "J-1", 0, "Refunded $120.50. Wrong part"),
        (29_950, "J-1", 1, "Refunded $120.50. Wrong part"),
    ]
    measuring.refresh(shop.business.id)
    row = models.LeadMeasure.objects.get(recovered__gt=0)
    assert (row.recovered, row.taken_back) == (29_950, 12_050), "together what was paid"
    chips = [amount.chip.words for amount in alice.get("/reports/money?days=7").context["amounts"]]
    assert chips == ["Recovered", "Takes an entry back", "Taken back"]
    assert measuring.verify(shop.business.id).holds


@pytest.mark.parametrize("cents", [0, -5, 42_000, 50_000])
def test_what_is_no_part_is_refused(leads: None, shop: Any, cents: int) -> None:
    owner = shop.business.members.get(name="Alice")
    with pytest.raises(NotAllowed, match="less than the whole"):
        revenue.refund(models.RevenueEntry.objects.get().id, Actor(member=owner.id, name="Alice"), cents)
    assert models.RevenueEntry.objects.count() == 1


def test_all_businesses_on_one_page_with_as_many_queries_for_many(
    leads: None, shop: Any, alice: Client, django_assert_num_queries: Any
) -> None:
    from tests.console.conftest import open_shop

    user = models.User.objects.get(email="alice@example.com")
    for number in range(3):
        other = open_shop(f"Shop {number}", f"+1512555020{number}")
        models.Member.objects.create(business=other.business, user=user, name="Alice", role="owner")
    page = alice.get("/reports/everywhere?days=7")
    found = [(row.name, row.cells[0].words, row.cells[-1].words) for row in page.context["rows"]]
    assert found == [("Rivera Plumbing", "1", "$420")]
    assert page.context["quiet"] == ["Shop 0", "Shop 1", "Shop 2"]
    assert page.context["all"].cells[-1].words == "$420"
    alice.post(f"/reports/everywhere/{other.business.id}")
    assert alice.get("/reports/").context["seat"].business == other.business.id


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("€420 – Peña’s", "€420 – Peña’s"),
        ("₹1,250 and ₪3", "INR 1,250 and ILS 3"),
        ("Łódź Ōtani", "Lódz Otani"),
        ("水漏れ", "???"),
    ],
)
def test_paper_has_letters_for_money_and_names(said: str, drawn: str) -> None:
    assert paper._said(said) == drawn


def test_month_on_paper(leads: None, shop: Any, alice: Client) -> None:
    page = alice.get(f"/reports/months/2026-03/{shop.business.id}.pdf")
    assert (page["Content-Type"], page.content[:5]) == ("application/pdf", b"%PDF-")
    archive = ZipFile(BytesIO(alice.get("/reports/months/2026-03.zip").content))
    assert archive.namelist() == [f"rivera-plumbing-{shop.business.id}-2026-03.pdf"]
    for wrong in ("2026-13", "26-3", "2026-3x"):
        assert alice.get(f"/reports/months/{wrong}.zip").status_code == 404
