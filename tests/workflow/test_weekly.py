"""An owner hears about their week once: on Monday morning of their own clock, whatever dies in the middle."""

import re
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from answerback.adapters.smtp import mail
from answerback.engine.weekly import Finding, Week, worst
from answerback.ports.mail import Letter
from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import measuring, weekly
from answerback.workflow.letter_page import Number, Page, drawn

ANN, BEN = "+15125550131", "+15125550132"
QUIET = Week(calls=0, called=0, texted=0, replied=0, qualified=0, booked=0, responded=0, owed=0, kept=0)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, Finding(fix="none")),
        ({"owed": 7, "kept": 3, "called": 9, "responded": 6}, Finding(fix="calls_owed", lost=4)),
        ({"called": 9, "responded": 2}, Finding(fix="no_response", lost=7)),
        ({"qualified": 5, "booked": 1}, Finding(fix="not_booked", lost=4)),
        ({"texted": 20, "replied": 3}, Finding(fix="few_replies", lost=5)),
        ({"in_hour": 3}, Finding(fix="none")),
        ({"in_hour": 6, "hour": 36}, Finding(fix="hour", lost=6)),
        ({"owed": 2, "called": 2, "responded": 0}, Finding(fix="calls_owed", lost=2)),
    ],
)
def test_the_one_thing_to_fix(changes, found) -> None:
    from dataclasses import replace

    assert worst(replace(QUIET, **changes)) == found


@pytest.mark.parametrize(
    ("finding", "said", "spanish"),
    [
        (
            Finding(fix="calls_owed", lost=1),
            "1 promised call was never made. Make it today.",
            "1 llamada prometida nunca se hizo. Hágala hoy.",
        ),
        (
            Finding(fix="calls_owed", lost=2),
            "2 promised calls were never made. Call them today, oldest first.",
            "2 llamadas prometidas nunca se hicieron. Llame hoy, primero a las más antiguas.",
        ),
        (
            Finding(fix="no_response", lost=1),
            "1 caller got no text and no call. Look at the reason: a line may not be allowed to text.",
            "1 llamante no recibió mensaje ni llamada. Mire el motivo: tal vez una línea no puede enviar mensajes.",
        ),
        (
            Finding(fix="not_booked", lost=1),
            "1 person told you all you need and has no appointment. Call them, or open more times.",
            "1 persona le dijo todo lo necesario y no tiene cita. Llámela, o abra más horarios.",
        ),
    ],
)
def test_of_one_it_speaks_as_of_one(finding: Finding, said: str, spanish: str) -> None:
    """Owners read "1 promised calls were never made"."""
    assert weekly.fix_in_words(finding, QUIET) == said
    with translation.override("es"):
        assert weekly.fix_in_words(finding, QUIET) == spanish


def test_the_head_of_a_letter_counts_one_call_as_one(week: World, settings) -> None:
    settings.MAIL = {"host": "127.0.0.1", "sender": "answers@example.com"}
    assert weekly.missed(1) == "1 missed call"
    with translation.override("es"):
        assert [weekly.missed(many) for many in (1, 2)] == ["1 llamada perdida", "2 llamadas perdidas"]


def local(said: str, zone: str = "America/Chicago") -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=ZoneInfo(zone))


@pytest.fixture
def week(world: World) -> World:
    """Ann and Ben called on Tuesday; Ann paid 420 dollars."""
    world.call(ANN)
    world.call(BEN)
    world.run(minutes=2)
    world.staff("Dana").mark(ANN, "won", cents=42_000)
    world.run(minutes=1)
    measuring.refresh(models.Business.objects.get().id)
    return world


def letters() -> list[tuple[str, str, str]]:
    return list(models.WeeklyLetter.objects.order_by("id").values_list("by", "status", "body"))


@pytest.mark.parametrize(
    ("said", "many"),
    [
        ("2026-03-16T07:59", 0),
        ("2026-03-16T08:00", 1),
        ("2026-03-16T11:59", 1),
        ("2026-03-16T12:00", 0),
        ("2026-03-17T09:00", 0),
    ],
)
def test_monday_morning_on_the_owners_clock(week: World, said: str, many: int) -> None:
    assert weekly.write_due(local(said)) == many


def test_owner_who_lives_elsewhere_is_told_in_their_morning(week: World) -> None:
    business = models.Business.objects.get()
    place = models.Location.objects.create(business=business, name="Honolulu", zone="Pacific/Honolulu")
    models.Member.objects.filter(role="owner").update(location=place)
    assert weekly.write_due(local("2026-03-16T09:00")) == 0
    assert weekly.write_due(local("2026-03-16T09:00", "Pacific/Honolulu")) == 1


def test_week_is_told_once_however_often_it_runs(week: World) -> None:
    week.run(until="2026-03-16 08:05")
    for _each in range(3):
        weekly.run()
    week.run(minutes=1)
    (text,) = [seen for seen in week.texts_to("+15125550190") if "last week" in seen.body]
    assert text.body.startswith("Rivera Plumbing last week: 2 missed calls caught, 0 booked, $420 recovered.")
    assert text.body.endswith("/reports/?from=2026-03-09&to=2026-03-15")
    assert [(by, status) for by, status, _body in letters()] == [("text", "sent")]


def test_text_whose_sender_died_is_never_sent_again(week: World) -> None:
    week.run(until="2026-03-16 08:05")
    weekly.write_due(week.now)
    models.WeeklyLetter.objects.update(status="sending", due_at=week.now - timedelta(hours=2))
    weekly.run()
    assert [status for _by, status, _body in letters()] == ["unclear"]
    assert [seen for seen in week.texts_to("+15125550190") if "last week" in seen.body] == []


def test_provider_that_is_away_is_tried_again(week: World) -> None:
    week.run(until="2026-03-16 08:05")
    week.provider.unavailable(1)
    weekly.run()
    assert [status for _by, status, _body in letters()] == ["waiting"]
    week.run(until="2026-03-16 09:00")
    weekly.run()
    assert [status for _by, status, _body in letters()] == ["sent"]


@pytest.mark.parametrize(
    ("wish", "ways"), [("off", []), ("email", ["email"]), ("text", ["text"]), ("both", ["email", "text"])]
)
def test_owner_chooses_how(week: World, settings, wish: str, ways: list[str]) -> None:
    settings.MAIL = {"host": "127.0.0.1", "sender": "answers@example.com"}
    models.Member.objects.filter(role="owner").update(email="dana@example.com")
    weekly.choose(models.Business.objects.get().id, wish)
    weekly.write_due(local("2026-03-16T08:30"))
    assert [by for by, _status, _body in letters()] == ways


def test_letter_has_three_numbers_and_one_thing(week: World, settings) -> None:
    settings.MAIL = {"host": "127.0.0.1", "sender": "answers@example.com"}
    models.Member.objects.filter(role="owner").update(email="dana@example.com")
    weekly.write_due(local("2026-03-16T08:30"))
    letter = models.WeeklyLetter.objects.get(by="email")
    assert letter.subject == "Rivera Plumbing: 2 missed calls, 0 booked, $420"
    assert "Missed calls caught: 2 (the week before: 0)" in letter.body
    assert "The one thing to fix:" in letter.body
    links = dict(re.findall(r'<a[^>]* href="([^"]+)"[^>]*>([^<]+)</a>', letter.html))
    days = "from=2026-03-09&amp;to=2026-03-15"
    assert {href.partition("/reports/")[2]: words for href, words in links.items()} == {
        f"leads?{days}&amp;count=calls": "2",
        f"leads?{days}&amp;count=booked": "0",
        f"leads?{days}&amp;count=recovered": "$420",
        f"?{days}": "Every number, and who is behind it",
    }


def test_letter_says_the_same_in_plain_text_and_as_a_page() -> None:
    page = Page(
        language="en",
        business="<b>Sons & Co",
        days="March 9 to March 15",
        numbers=[Number(name="Missed calls caught", now="2", before="(the week before: 0)", href="https://e.com/?a=1")],
        fix_title="The one thing to fix",
        fix="Call them.",
        report="Every number",
        report_href="https://e.com/reports/",
        why="Mondays.",
    )
    letter = Letter(
        key="week-1",
        sender="answers@example.com",
        sender_name="answerback",
        to="dana@example.com",
        to_name="Dana",
        subject="Your week",
        body=weekly.plain(page),
        html=drawn(page),
    )
    plain, html = mail.message(letter).iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "<b>" not in html.get_content()
    seen = " ".join(
        re.sub(r"<style>.*?</style>|<title>.*?</title>|<[^>]+>", " ", html.get_content(), flags=re.DOTALL).split()
    )
    assert unescape(seen) == (
        "<b>Sons & Co March 9 to March 15 2 Missed calls caught (the week before: 0) The one thing to fix Call them. "
        "Every number Mondays."
    )
    assert "  Missed calls caught: 2 (the week before: 0)" in plain.get_content()
