"""The report: eight measures, and behind every number exactly the leads that are counted."""

import csv
import re
from datetime import datetime, timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from answerback.console.reports import charts
from answerback.console.reports.exports import HEADS, neutral
from answerback.engine.desk_events import OutcomeMarked
from answerback.store import models
from answerback.store.queries.reports import Part, Totals
from answerback.workflow import measuring


@pytest.fixture
def leads(shop: Any, now: datetime) -> None:
    """Five leads of this week: silent, replied, won by a mark with money, a seller, and one of last month."""
    at = now - timedelta(days=1)
    _texted(shop, shop.conversation(1, name="Silent", at=at, service="drain", missed_reason="no_answer"), 9)
    replied = shop.conversation(2, name="Replied", at=at, service="drain", missed_reason="busy")
    _texted(shop, replied, 40)
    shop.text(replied, "in:1", "customer", "yes please", "received", at=at + timedelta(minutes=2))
    won = shop.conversation(3, name="Won", at=at, status="won", service="=cmd()", missed_reason="busy")
    _texted(shop, won, 12)
    shop.event(won, OutcomeMarked(at=at, member="Alice", status="won"))
    money = {"business": shop.business, "lead": models.Lead.objects.get(conversation=won)}
    models.RevenueEntry.objects.create(cents=42_000, at=at + timedelta(hours=2), **money)
    seller = shop.conversation(4, name="Seller", at=at)
    message = shop.text(seller, "in:1", "customer", "SEO?", "received", at=at)
    models.Message.objects.filter(id=message.id).update(reading={"intent": "vendor"})
    shop.conversation(5, name="Long ago", at=now - timedelta(days=40))
    _count(shop)


def _texted(shop: Any, conversation: models.Conversation, seconds: int) -> None:
    at = conversation.opened_at
    miss = {"call": f"c{conversation.id}", "at": at.isoformat(), "line": shop.line.number, "reason": "no_answer"}
    conversation.state = {"misses": [miss]}
    conversation.save(update_fields=["state"])
    message = shop.text(conversation, "t1", "machine", "Sorry we missed you", "delivered", at=at)
    delivered = at + timedelta(seconds=seconds)
    models.Message.objects.filter(id=message.id).update(sent_at=at, delivered_at=delivered)


def _count(shop: Any) -> None:
    measuring.refresh(shop.business.id)


def _values(client: Client, address: str = "/reports/?days=7") -> dict[str, str]:
    return {card.name: card.value for card in client.get(address).context["cards"]}


def test_what_was_nothing_before_is_not_compared_with(leads: None, alice: Client) -> None:
    """Three cards said "before: –"."""
    page = alice.get("/reports/?days=7")
    before = {card.name: card.before.words if card.before else None for card in page.context["cards"]}
    assert before == {
        "captured": "0", "replied": None, "qualified": None, "booked": "0", "callbacks": "0", "sold": "0",
        "response": None, "revenue": "$0",
    }  # fmt: skip
    assert "–</a>" not in page.content.decode()


def test_the_eight_measures(leads: None, alice: Client) -> None:
    assert _values(alice) == {
        "captured": "3", "replied": "33%", "qualified": "0%", "booked": "0", "callbacks": "0", "sold": "1",
        "response": "12 s", "revenue": "$420",
    }  # fmt: skip
    page = alice.get("/reports/?days=7")
    assert [(name, leads) for name, leads, _ in page.context["left_out"]] == [("Sellers and suppliers", 1)]
    said = {card.name: [each.words for each in card.made_of] for card in page.context["cards"]}
    assert said["replied"] == ["1 of 3 texted", "33% of all 3 leads"]
    # Won was marked and never wrote: no part of those who replied.
    assert said["qualified"] == [
        "0 of 1 who replied", "1 in all, 33% of 3 leads", "1 only because somebody marked it",
    ]  # fmt: skip
    assert said["response"] == ["9 of 10 within 40 s", "0 got none yet"]


def test_every_number_of_the_breakdown_opens_as_many_leads(leads: None, alice: Client) -> None:
    seen = 0
    for by in ("line", "service", "reason", "language", "location", "member", "wait", "lost", "week", "month"):
        page = alice.get(f"/reports/?days=7&by={by}").content.decode()
        for href, number in re.findall(r'<td class="num"><a href="([^"]+)">(\d+)</a>', page):
            lines = alice.get(unescape(href)).context["lines"]
            assert (href, len(lines)) == (href, int(number))
            seen += 1
    assert seen > 20


def test_every_number_of_a_card_opens_its_leads(leads: None, alice: Client) -> None:
    cards = alice.get("/reports/?days=7").context["cards"]
    opened = {
        (card.name, each.words): [line.who for line in alice.get(each.href).context["lines"]]
        for card in cards
        for each in card.made_of
    }
    assert opened["replied", "1 of 3 texted"] == ["Won", "Replied", "Silent"]
    assert opened["qualified", "1 only because somebody marked it"] == ["Won"]
    assert opened["qualified", "1 in all, 33% of 3 leads"] == ["Won"]
    assert opened["response", "0 got none yet"] == []
    (sold,) = [card for card in cards if card.name == "sold"]
    assert [line.who for line in alice.get(sold.href).context["lines"]] == ["Won"]


def test_stranger_and_nobody_see_none_of_it(leads: None, charlie: Client) -> None:
    page = charlie.get("/reports/?days=365")
    assert page.context["totals"].leads == 0
    assert charlie.get("/reports/leads?days=365").context["lines"] == []
    assert charlie.get("/reports/table.csv?days=365").content.decode().count("\n") == 1


def test_table_recomputes_to_the_same_figures(leads: None, alice: Client) -> None:
    rows = list(csv.DictReader(StringIO(alice.get("/reports/table.csv?days=7&by=service").content.decode())))
    totals = alice.get("/reports/?days=7").context["totals"]
    for field in (
        "leads",
        "calls",
        "texted",
        "replied",
        "qualified",
        "replied_qualified",
        "booked",
        "sold",
        "recovered",
    ):
        summed = sum(float(row[str(HEADS[field])]) for row in rows)
        assert (field, summed * (100 if field == "recovered" else 1)) == (field, getattr(totals, field))


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-2", "'-2"), (" =1", "' =1"), ("＝1", "'＝1"), ("Drain", "Drain")],
)
def test_no_cell_is_a_formula(cell: str, safe: str) -> None:
    assert neutral(cell) == safe


@pytest.mark.parametrize(
    "asked", ["days=no", "from=2026-13-01&to=x", "from=2026-03-02&to=2026-03-01", "by=; DROP&count=x&in=hour&part=z"]
)
def test_what_makes_no_sense_is_taken_as_not_said(leads: None, alice: Client, asked: str) -> None:
    page = alice.get(f"/reports/?{asked}")
    assert (page.status_code, page.context["report"].days, page.context["report"].by) == (200, "28", "line")
    assert alice.get(f"/reports/leads?{asked}").status_code == 200


def test_as_many_queries_for_many_leads_as_for_one(leads: None, shop: Any, alice: Client, now: datetime) -> None:
    def queries() -> int:
        alice.get("/reports/")
        with CaptureQueriesContext(connection) as seen:
            alice.get("/reports/")
        return len(seen)

    few = queries()
    for each in range(10, 40):
        shop.conversation(each, at=now - timedelta(hours=each), service=f"s{each}")
    _count(shop)
    assert queries() == few


def test_hours_of_the_week_are_the_business_own(leads: None, alice: Client) -> None:
    context = alice.get("/reports/?days=7").context
    cells = [cell for day in context["heat"] for cell in day.cells]
    assert [(cell.title, cell.heat) for cell in cells if cell.heat] == [("Tuesday 10 AM: 3 missed", 9)]
    assert [(hour, [cell.calls for cell in row]) for hour, row in context["heat_table"]] == [
        ("10 AM", [0, 3, 0, 0, 0, 0, 0])
    ]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", (1, 30, 42_000, 12_600)),
        ("&share=50&value=1,000", (1, 50, 100_000, 50_000)),
        ("&share=-5&value=free", (1, 30, 42_000, 12_600)),
        ("&share=101&value=99999999999", (1, 30, 42_000, 12_600)),
    ],
)
def test_estimate_says_what_it_assumes(leads: None, alice: Client, said: str, found: tuple[int, ...]) -> None:
    guess = alice.get(f"/reports/?days=7{said}").context["estimate"]
    assert (guess.people, guess.share, guess.value, guess.cents) == found


def test_time_without_leads_is_drawn_too() -> None:
    bars = charts.over_time([], datetime(2026, 3, 1).date(), datetime(2026, 3, 7).date(), "day")  # noqa: DTZ001
    assert [bar.title for bar in bars] == [f"Mar {day}: 0 leads, 0 booked" for day in range(1, 8)]


def test_a_day_with_one_lead_says_one_lead() -> None:
    """Whoever pointed at it, or heard it read, was told of "1 leads"."""
    day = datetime(2026, 3, 1).date()  # noqa: DTZ001
    part = Part(key="2026-03-01", name="", totals=Totals(leads=1, booked=1))
    (bar,) = charts.over_time([part], day, day, "day")
    assert bar.title == "Mar 1: 1 lead, 1 booked"


def test_charts_are_drawn_in_numbers_svg_reads_in_every_language(leads: None, shop: Any, alice: Client) -> None:
    """A comma, as Spain writes 12,5, is no number to a drawing."""
    models.Business.objects.filter(id=shop.business.id).update(language="es")
    page = alice.get("/reports/?days=28").content.decode()
    assert "<h1>What" not in page
    drawn = re.findall(
        r' (?:x|y|width|height)="([^"]*)"', "".join(re.findall(r"<svg class=.*?</svg>", page, re.DOTALL))
    )
    assert len(drawn) > 100
    assert [said for said in drawn if not re.fullmatch(r"\d+(?:\.\d+)?", said)] == []
