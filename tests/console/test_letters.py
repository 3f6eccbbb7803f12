"""Mails to people who sign in: whom they come from, what they say, and how they look."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from answerback.store import models

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"


@pytest.fixture(autouse=True)
def _with_a_mail_server(settings: Any) -> None:
    settings.MAIL = {"sender": "hello@example.com"}
    settings.DEFAULT_FROM_EMAIL = "hello@example.com"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True


def html(letter: Any) -> str:
    ((content, kind),) = letter.alternatives
    assert kind == "text/html"
    return str(content)


def test_an_invitation_says_who_asks_from_whom_it_comes_and_how_long_it_holds(shop: Any, alice: Client) -> None:
    alice.post("/people/invite", {"name": "Luis", "email": "luis@example.com", "role": "desk", "phone": ""})
    (sent,) = mail.outbox
    address = re.findall(r"http\S+/join/\S+", sent.body)
    assert len(address) == 1
    assert (sent.from_email, sent.extra_headers) == (
        '"answerback" <hello@example.com>',
        {"Auto-Submitted": "auto-generated"},
    )
    assert sent.subject == f"Alice asks you to join {shop.business.name}"
    assert "The link works once, for seven days." in sent.body
    assert [f'href="{address[0]}"' in html(sent), "Open the link" in html(sent)] == [True, True]


def test_an_agencys_people_are_written_to_in_its_name(shop: Any, alice: Client) -> None:
    agency = models.Agency.objects.create(name="Bright", brand="Bright “Answer” <Ltd>", colour="#123456")
    models.Business.objects.filter(id=shop.business.id).update(agency=agency)
    alice.post("/people/invite", {"name": "Luis", "email": "luis@example.com", "role": "desk", "phone": ""})
    (sent,) = mail.outbox
    assert sent.from_email == '"Bright “Answer” <Ltd>" <hello@example.com>'
    assert sent.message()["From"].endswith("<hello@example.com>")
    assert "Bright “Answer” &lt;Ltd&gt;" in html(sent)


def test_a_name_before_the_installations_address_gives_way_to_the_brand(
    shop: Any, alice: Client, settings: Any
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Our shop <hello@example.com>"
    alice.post("/people/invite", {"name": "Luis", "email": "luis@example.com", "role": "desk", "phone": ""})
    assert mail.outbox[0].from_email == '"answerback" <hello@example.com>'


@pytest.mark.parametrize(
    ("language", "subjects", "words"),
    [
        ("en", ["Choose a new password", "Your password was changed"], "The password you sign in with was changed."),
        ("es", ["Elija una contraseña nueva", "Su contraseña cambió"], "Se cambió la contraseña"),
    ],
)
def test_a_new_password_is_told_in_our_words(shop: Any, language: str, subjects: list[str], words: str) -> None:
    client = Client(headers={"Accept-Language": language, "User-Agent": AGENT})
    client.post("/account/password/forgotten", {"email": "alice@example.com"})
    link = re.findall(r"https?://[^/]+(/account/password/new/\S+)", mail.outbox[0].body)[0]
    page = client.get(link, follow=True)
    told = {"password1": "plenty of green pipes", "password2": "plenty of green pipes"}
    client.post(page.redirect_chain[-1][0], told)
    assert [each.subject for each in mail.outbox] == subjects
    body = mail.outbox[1].body
    assert words in body
    assert ["Mozilla" in body, "Chrome" in body, " UTC\n" in body] == [False, True, True]
    assert [html(each).count("<h1") for each in mail.outbox] == [1, 1]


def test_a_name_of_two_lines_adds_no_head_to_a_mail_and_stops_none(shop: Any, alice: Client) -> None:
    agency = models.Agency.objects.create(name="Bright", brand="Bright\r\nBcc: x@example.com")
    models.Business.objects.filter(id=shop.business.id).update(agency=agency, name="Rivera\nPlumbing")
    told = {"name": "Luis", "email": "luis@example.com", "role": "desk", "phone": ""}
    assert alice.post("/people/invite", told).status_code == 200
    (sent,) = mail.outbox
    made = sent.message()
    assert (made["Bcc"], made["Subject"]) == (None, "Alice asks you to join Rivera Plumbing")
    assert sent.from_email == '"Bright Bcc: x@example.com" <hello@example.com>'
