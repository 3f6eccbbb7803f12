"""Mails that the product sends by itself: a page of HTML beside the plain text, in the brand's name and colour, and in
the reader's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from answerback.store import models
from answerback.store.queries import agencies
from answerback.store.queries.line_health import Alarm
from answerback.store.queries.recipients import Recipient
from answerback.testing.world import World
from answerback.workflow import line_alarms, mail_page, mailing, monthly, people, targets

if TYPE_CHECKING:
    from tests.services import Mailbox

ANN = "+15125550131"


@pytest.fixture
def northline(world: World, mailbox: Mailbox) -> World:
    """The business wears an agency's name and colour; Kim is its admin."""
    agency = models.Agency.objects.create(name="North Star", brand="Northline", colour="#ffee00")
    models.Business.objects.update(agency=agency)
    kim = models.User.objects.create_user("kim@example.com", "a long password", name="Kim")
    people.add_agency_admin(agency.id, kim.id, "Kim")
    agencies.forget()
    yield world
    agencies.forget()


def page(letter: Any) -> str:
    """The part of a letter that is HTML."""
    return str(letter.get_body(("html",)).get_content())


def test_news_comes_as_a_page_with_a_button(northline: World, mailbox: Mailbox) -> None:
    """Alarms were plain text alone, with a bare address at the end."""
    business = models.Business.objects.get()
    words = ("A line needs you", "It is <red>.\n\nhttps://answers.example.com/health\n")
    assert mailing.tell([Recipient("dana@example.com", "Dana", "es")], "line-1", lambda: words, business=business.id)
    (letter,) = mailbox.letters
    said = page(letter)
    assert ('<html lang="es">' in said, "It is &lt;red&gt;." in said, "Northline" in said) == (True, True, True)
    (button,) = re.findall(r'<a href="([^"]+)"[^>]*background:(#[0-9a-f]{6})[^>]*>([^<]+)</a>', said)
    assert (button[0], button[2]) == ("https://answers.example.com/health", "Abrir el enlace")
    assert button[1] != "#ffee00"  # white cannot be read on it
    assert letter.get_body(("plain",)).get_content().split() == words[1].split()


def test_an_address_amid_words_is_a_link(world: World) -> None:
    """Under its words it is a button."""
    said = mail_page.drawn(
        mail_page.Sheet(
            language="en", brand="Northline", colour="", subject="Urgent",
            body="Call now:\nhttps://a.example/c/7?x=1&y=2\n\nThen see whose phone is missing: https://a.example/on-call\n",
        )
    )  # fmt: skip
    assert re.findall(r'href="([^"]+)"', said) == ["https://a.example/c/7?x=1&amp;y=2", "https://a.example/on-call"]
    assert said.count("Open the link") == 1
    assert "Call now:" in said


def test_a_number_inside_an_address_stays_an_address() -> None:
    """A number of elsewhere is written as it is, and may stand in an address: a link was put into the link."""
    body = "Call +442071234567 or see https://a.example/n?to=+442071234567 now."
    sheet = mail_page.Sheet(language="en", brand="R", colour="", subject="S", body=body, call="+442071234567")
    said = mail_page.drawn(sheet)
    assert re.findall(r'href="([^"]+)"', said) == ["tel:+442071234567", "https://a.example/n?to=+442071234567"]
    assert re.findall(r">([^<>]*442071234567)</a>", said) == ["+442071234567", "https://a.example/n?to=+442071234567"]


def test_a_number_is_not_broken_and_a_bracket_is_no_part_of_an_address() -> None:
    body = "n8n (https://a.example/hook) is off.\n\nCall (512) 555-0199."
    sheet = mail_page.Sheet(language="en", brand="R", colour="", subject="S", body=body, call="+15125550199")
    said = mail_page.drawn(sheet)
    assert re.findall(r'href="([^"]+)"', said) == ["https://a.example/hook", "tel:+15125550199"]
    (style,) = re.findall(r'href="tel:[^"]*" style="([^"]*)"', said)
    assert "white-space:nowrap" in style


def test_an_alarm_says_the_number_as_people_write_it(world: World) -> None:
    alarm = Alarm(
        finding=1, alarmed_at=world.now, business_id=1, business="Rivera", number="+15125550199", says="Red.", fix="",
        to=(),
    )  # fmt: skip
    assert line_alarms._words(alarm)[0] == "Rivera: line (512) 555-0199 needs you"


def test_the_months_come_as_a_page(northline: World, mailbox: Mailbox) -> None:
    northline.run(until="2026-04-02 09:00")
    assert monthly.run() == 1
    (letter,) = mailbox.letters
    said = page(letter)
    assert ("Northline" in said, "/reports/everywhere" in said) == (True, True)
    assert [part.get_content_type() for part in letter.iter_attachments()] == ["application/pdf"]


def test_a_webhook_that_was_switched_off_is_told_in_spanish(northline: World, mailbox: Mailbox) -> None:
    """It was told in English to everybody."""
    business = models.Business.objects.get()
    user = models.User.objects.create_user("ana@example.com", "a long password", name="Ana", language="es")
    models.Member.objects.create(business=business, user=user, name="Ana", role="owner", email="ana@example.com")
    row, _secret = targets.add(business.id, targets.Wanted(name="n8n", url="https://example.com/hook?key=1"))
    targets.give_up(row.id, "It answered 410 Gone: it wants to be told nothing more.")
    letter = next(each for each in mailbox.letters if each["To"].endswith("<ana@example.com>"))
    assert letter["Subject"] == f"{business.name}: se apagó el webhook n8n"
    said = letter.get_body(("plain",)).get_content()
    assert "n8n (https://example.com/hook) ya no recibe noticias" in said
    assert "key=1" not in said
    assert "Respondió 410 Gone" in said
    assert f"/webhooks/{row.id}" in page(letter)
