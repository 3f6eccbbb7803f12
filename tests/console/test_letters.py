"""Mails to people who sign in: whom they come from, what they say, and how they look."""

import re
from pathlib import Path
from typing import Any

import pytest
from allauth.core import context
from django.core import mail
from django.test import Client
from django.utils import translation
from tests.console.conftest import NOW
from tests.marked import OPENS, bracketed, outside

import answerback
from answerback.console.accounts.door import Door
from answerback.store import models
from answerback.workflow import people

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
@pytest.mark.parametrize("browser", ["en", "es"])
def test_a_new_password_is_told_in_our_words(
    shop: Any, language: str, browser: str, subjects: list[str], words: str
) -> None:
    """In the language of whose password it is: whoever asks for a new one may sit at anybody's browser."""
    models.User.objects.update(language=language)
    client = Client(headers={"Accept-Language": browser, "User-Agent": AGENT})
    client.post("/account/password/forgotten", {"email": "alice@example.com"})
    link = re.findall(r"https?://[^/]+(/account/password/new/\S+)", mail.outbox[0].body)[0]
    page = client.get(link, follow=True)
    told = {"password1": "plenty of green pipes", "password2": "plenty of green pipes"}
    client.post(page.redirect_chain[-1][0], told)
    assert [each.subject for each in mail.outbox] == subjects
    body = mail.outbox[1].body
    assert words in body
    assert ["Mozilla" in body, "Chrome" in body, "UTC" in body] == [False, True, False]
    assert [html(each).count("<h1") for each in mail.outbox] == [1, 1]


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "When: Wednesday, March 11, 2026, 10:00 AM, by the clock of Rivera Plumbing"),
        ("es", "Cuándo: miércoles, 11 de marzo de 2026, 10:00 AM, según el reloj de Rivera Plumbing"),
    ],
)
def test_when_something_happened_is_told_by_the_readers_clock(shop: Any, language: str, says: str) -> None:
    """ "When: March 11, 2026, 3 p.m. UTC" was nobody's time; who is not signed in has a shop, too."""
    models.User.objects.update(language=language)
    said = _rendered("account/email/password_changed", models.User.objects.get(email="alice@example.com"))
    assert [re.sub(r"\s+", " ", each).count(says) for each in (said.body, html(said))] == [1, 1]


def test_who_works_nowhere_any_more_is_told_the_worlds_time(shop: Any) -> None:
    models.Member.objects.filter(name="Alice").update(user=None, left_at=NOW)
    said = _rendered("account/email/password_changed", models.User.objects.get(email="alice@example.com"))
    assert "When: Wednesday, March 11, 2026, 3:00 PM UTC\n" in said.body


OURS = Path(answerback.__file__).parent / "console" / "templates"
ABOUT_ACCOUNTS = sorted(
    each.relative_to(OURS).as_posix().removesuffix("_message.txt")
    for each in OURS.glob("*/email/*_message.txt")
    if not each.name.startswith("base_")
)


@pytest.mark.parametrize("kind", ABOUT_ACCOUNTS)
def test_every_mail_about_an_account_is_spanish_to_its_last_word(shop: Any, kind: str) -> None:
    models.User.objects.update(language="es")
    with bracketed():
        said = _rendered(kind, models.User.objects.get(email="alice@example.com"))
    page = re.sub(r"<style.*?</style>|<[^>]+>", " ", html(said), flags=re.DOTALL)
    for part in (said.subject, said.body, page):
        data = re.compile(r"https?://\S+|\S+@\S+|203\.0\.113\.7|Firefox|answerback|&\w+;")
        assert re.findall(r"[^\W\d_]+", data.sub(" ", outside(part))) == []
        assert OPENS in part


def _rendered(kind: str, user: models.User) -> Any:
    """As allauth asks for it, by a browser that speaks English, of somebody who is not signed in."""
    request = Client().get("/sign-in", headers={"Accept-Language": "en"}).wsgi_request
    told = {
        "user": user, "ip": "203.0.113.7", "user_agent": "Firefox", "timestamp": NOW, "email": user.email,
        "password_reset_url": "https://answers.example.com/account/password/new/1-x",
    }  # fmt: skip
    is_nobody = kind == "account/email/unknown_account"
    with context.request_context(request), translation.override("es" if is_nobody else "en"):
        told |= {"user": None} if is_nobody else {}
        return Door(request).render_mail(kind, user.email, told)


def test_a_name_of_two_lines_adds_no_head_to_a_mail_and_stops_none(shop: Any, alice: Client) -> None:
    agency = models.Agency.objects.create(name="Bright", brand="Bright\r\nBcc: x@example.com")
    models.Business.objects.filter(id=shop.business.id).update(agency=agency, name="Rivera\nPlumbing")
    told = {"name": "Luis", "email": "luis@example.com", "role": "desk", "phone": ""}
    assert alice.post("/people/invite", told).status_code == 200
    (sent,) = mail.outbox
    made = sent.message()
    assert (made["Bcc"], made["Subject"]) == (None, "Alice asks you to join Rivera Plumbing")
    assert sent.from_email == '"Bright Bcc: x@example.com" <hello@example.com>'


INVITES = {"en": "asks you to join", "es": "le invita a unirse a"}
TONGUES = (
    ("es", "", "", "es"),
    ("en", "", "es", "es"),
    ("en", "es", "", "es"),
    ("es", "", "fr", "es"),
    ("es", "es", "en", "en"),
)
"""The business's, that of the account they have already, the one that was chosen, and which the mail speaks."""


@pytest.mark.parametrize("tongues", TONGUES)
@pytest.mark.parametrize("invited_to", ["/people/invite", "/agency/invite"])
def test_an_invitation_speaks_the_language_of_the_business_unless_another_was_chosen(
    shop: Any, invited_to: str, tongues: tuple[str, str, str, str]
) -> None:
    """It spoke the language of whoever asked."""
    theirs, account, asked, spoken = tongues
    agency = models.Agency.objects.create(name="North")
    models.Business.objects.filter(id=shop.business.id).update(agency=agency, language=theirs)
    kim = models.User.objects.create_user("kim@example.com", "a long password", name="Kim", language="en")
    people.add_agency_admin(agency.id, kim.id, "Kim")
    if account:
        models.User.objects.create_user("luis@example.com", "a long password", name="Luis", language=account)
    client = Client()
    client.force_login(kim)
    told = {"name": "Luis", "email": "luis@example.com", "role": "desk", "phone": "", "language": asked}
    answer = client.post(invited_to, told)
    assert answer.status_code == 200
    (sent,) = mail.outbox
    assert [name for name, says in INVITES.items() if says in sent.subject] == [spoken]
    assert f'lang="{spoken}"' in html(sent)
    assert "Sent to luis@example.com." in answer.content.decode()  # said to who invites, in their own
