"""Nobody sees or touches another business's things: every address there is, every role, whatever it is about.

Mechanical on purpose. Every table gets a row of Alice's business with one and the same id, so an address that takes an
id hits a stranger's row, whichever table it means; every text in it holds a word that must never be read elsewhere.
New tables and new addresses come in by themselves. Public addresses stand on a short list, each with its reason.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import answerback
from answerback.store.roles import MATRIX, ROLES
from answerback.testing import each_table

NOW = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)
ALICES, CHARLIES, LATER = 70_001, 10_001, 90_001
MARK = "Zanzibar"
"""Stands in every text of Alice's business and nowhere else."""

PUBLIC = {
    "alive": "says that the process lives",
    "here": "proves that a host name leads to this installation, about nobody",
    "ready": "says that the database answers",
    "metrics": "the operator's: this machine, or whoever has its token",
    "hooks": "providers call it; the signature is verified",
    "booking": "customers open it; the link holds a secret",
    "shared_report": "whoever was given it opens it; the link holds a secret, and the page no names",
    "watch": "customers watch it; the link holds a secret",
    "api": "programs come with a token (tests/api); what it can do is told to everybody",
    "console:feed": "calendar programs read it; the address holds a secret",
    "console:join": "the way in; the link holds a secret",
    "console:sign_in": "the door",
    "console:manifest": "says what the app is called",
    "console:icon": "the app's icon",
    "console:favicon": "the app's icon",
    "console:worker": "a program without data",
    "console:offline": "a page without data",
    "console:brand_css": "an agency's colour, for its sign-in page",
    "console:brand_logo": "an agency's logo, for its sign-in page",
    "account_login": "the door",
    "account_logout": "the door",
    "account_signup": "says that nobody signs up",
    "account_email": "says that nobody signs up",
    "account_inactive": "says that the account is closed",
    "account_reset_password": "who forgot their password is not signed in; answers the same to everybody",
    "account_reset_password_done": "the same",
    "account_reset_password_from_key": "the link in the mail holds a secret",
    "account_reset_password_from_key_done": "the same",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
    "openid_connect_login": "signing in elsewhere",
    "openid_connect_callback": "coming back from there; the state holds a secret",
    "socialaccount_login_cancelled": "coming back from there",
    "socialaccount_login_error": "coming back from there",
    "socialaccount_signup": "says that nobody signs up",
    "console:sign_out": "the door",
}
"""Addresses for everybody, by their name or the part of the product, each with the reason why."""

LEFT_OUT_OF_OWN = {
    "console:sign_out",
    "console:see_as",
    "console:end_sign_in",
    "console:end_others",
    "console:sign_person_out",
}
"""Not sent in passing: the visitor would be somebody else afterwards."""

LOG_OF_LOOKS = {"audit_entry", "django_session", "act_once", "attempt", "counted"}
"""What a look may write: that it was looked, and what the frame around us keeps."""


@dataclass(frozen=True)
class Address:
    """One address of the product: its name and pattern, and the view behind it."""

    name: str
    pattern: str
    view: Any

    @property
    def takes_id(self) -> bool:
        return re.search(r"<int:(?!number>)", self.pattern) is not None  # a number of the pretend phones is no id

    def about(self, id: int) -> str:
        filled = re.sub(r"<int:\w+>", str(id), self.pattern)
        return "/" + re.sub(r"<(?:\w+:)?\w+>", "simulator", filled)

    @property
    def is_public(self) -> bool:
        part = self.name.partition(":")[0]
        return self.name in PUBLIC or part in PUBLIC or self.pattern.startswith("hooks/")


def addresses() -> list[Address]:
    return sorted(_walk(get_resolver().url_patterns, "", ""), key=lambda each: each.pattern)


def _walk(patterns: list[Any], before: str, space: str) -> Iterator[Address]:
    for each in patterns:
        here = before + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLPattern):
            yield Address(f"{space}{each.name}", here, each.callback)
        elif isinstance(each, URLResolver):
            inner = f"{each.namespace}:" if each.namespace else ""
            yield from _walk(each.url_patterns, here, space + inner)


ALL = addresses()
GUARDED = [each for each in ALL if not each.is_public]


@pytest.fixture
def strangers(now: Any, transactional_db: None, opened: Any) -> Any:
    """Charlie's business and Alice's, each with a row in every table, and a member of Charlie's for each role."""
    _count_from(CHARLIES)
    theirs = opened("Other Plumbing", "+12125550100")
    for role in ROLES:
        theirs.member(role.title(), role)
    _fill(theirs, CHARLIES, "Ordinary")
    _count_from(ALICES)
    hers = opened(f"{MARK} Plumbing", "+15125550100")
    hers.member(f"{MARK} Alice", "owner")
    _fill(hers, ALICES, MARK)
    _count_from(LATER)
    return theirs


@pytest.fixture
def visitor(as_person: Any) -> Any:
    """A browser of Charlie's member with this role."""

    def visitor(role: str) -> Client:
        client: Client = as_person(f"{role}@example.com")
        client.raise_request_exception = False
        return client

    return visitor


def test_every_address_is_found() -> None:
    assert len(GUARDED) >= 60
    assert {each.name for each in ALL} >= {"console:conversation", "console:people", "phone:call", "booking:choose"}


def test_public_addresses_are_few_and_exist() -> None:
    named = {part for each in ALL for part in (each.name, each.name.partition(":")[0])}
    assert PUBLIC.keys() - named == {"hooks"}


@pytest.mark.parametrize("role", ROLES)
def test_a_stranger_gets_nothing(strangers: Any, visitor: Any, role: Any) -> None:
    """With Alice's ids: 404 or 403 (405: the address does not take this method). Without: not a word of hers.

    Whatever the matrix denies the role is a 404 for it in its own business too, and no look changes a row.
    """
    client, everything = visitor(role), _rows(0)
    denied = {each.name for each in GUARDED if role not in MATRIX[getattr(each.view, "act", "work")]}
    wrong = [found for each in GUARDED for found in _got(client.get, each, {}, each.name in denied)]
    assert (wrong, _changed(everything, _rows(0))) == ([], [])
    hers = _rows(ALICES)
    wrong = [found for each in GUARDED for found in _got(client.post, each, _body(), each.name in denied)]
    assert (wrong, _changed(hers, _rows(ALICES)), _crossings()) == ([], [], [])


def _got(ask: Any, address: Address, body: dict[str, str], denied: bool) -> Iterator[tuple[str, str, Any]]:
    """What this address should not have answered to a stranger, and to somebody whose role may not."""
    answer = ask(address.about(ALICES), body)
    asked_who = answer.headers.get("Location", "").startswith("/account/confirm")  # the password first, whatever it is
    if address.takes_id and answer.status_code not in {401, 403, 404, 405} and not asked_who:
        yield address.name, ask.__name__, answer.status_code
    if not answer.streaming and MARK.encode() in answer.content:
        yield address.name, ask.__name__, MARK
    own = ask(address.about(CHARLIES)) if denied or ask.__name__ == "get" else answer
    if denied and own.status_code not in {404, 405}:
        yield address.name, f"own {ask.__name__}", own.status_code


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [table for table in before if before[table] != after[table]]


def test_nothing_of_ours_is_ever_tied_to_something_of_theirs(strangers: Any, visitor: Any) -> None:
    """The owner changes each of their own things and names a stranger's in every field of the form."""
    client, before = visitor("owner"), _rows(ALICES)
    for each in GUARDED:
        if each.name not in LEFT_OUT_OF_OWN:
            answer = client.post(each.about(CHARLIES), _body())
            assert MARK.encode() not in answer.content, each.name
    assert (_changed(before, _rows(ALICES)), _crossings()) == ([], [])


def test_nobody_is_sent_to_the_door(transactional_db: None) -> None:
    wrong = []
    for each in GUARDED:
        for ask in (Client().get, Client().post):
            answer = ask(each.about(ALICES))
            to = answer.headers.get("Location", "").partition("?")[0]
            if (answer.status_code, to) != (302, "/sign-in") and answer.status_code not in {401, 403, 404, 405}:
                wrong.append((each.name, answer.status_code, to))
    assert wrong == []


def test_every_guarded_view_of_the_console_says_what_it_is_for() -> None:
    """Each is wrapped in the guard, which gives it its act; the pretend phones have a door of their own."""
    ours = [each for each in GUARDED if each.name.startswith("console:") and each.name != "console:set_up_new"]
    assert [each.name for each in ours if not hasattr(each.view, "act")] == []


def _body() -> dict[str, str]:
    """Every field that any form of ours has, holding the id of something of Alice's."""
    pages = (Path(answerback.__file__).parent / "console" / "templates").rglob("*.html")
    names = {name for page in pages for name in re.findall(r'\bname="([a-z_]+)"', page.read_text())}
    return dict.fromkeys(names - {"once", "csrfmiddlewaretoken"}, str(ALICES))


def _count_from(number: int) -> None:
    with connection.cursor() as cursor:
        for each in each_table.tables():
            key = each._meta.pk
            if key is not None and isinstance(key, models.AutoField | models.BigAutoField):
                cursor.execute(f'ALTER TABLE "{each._meta.db_table}" ALTER COLUMN id RESTART WITH {number}')


def _fill(shop: Any, id: int, word: str) -> None:
    """A row with this id in every table; those that tests know how to make are made so, the rest from their columns."""
    talk = shop.conversation(131, phase="human", name=word)
    shop.missed_call(talk)
    shop.text(talk, "t1", "machine", f"{word} missed you", "queued")
    shop.todo(talk)
    shop.page(talk)
    hour = (NOW, NOW + timedelta(hours=1))
    apps.get_model("store", "Appointment").objects.create(
        business=shop.business, member=shop.business.members.first(), conversation=talk, contact=talk.contact,
        during=hour, blocked=hour, status="booked", created_at=NOW, updated_at=NOW, name=word,
    )  # fmt: skip
    waiting = each_table.fill(each_table.tables(), id, word, NOW)
    assert len(waiting) <= 1, f"No row could be made in {[each.__name__ for each in waiting]}"


def _rows(first: int) -> dict[str, Any]:
    """A digest a table of the rows from this id on, before the later ones; 0 for all rows of all tables."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            ours = any(each._meta.db_table == table for each in each_table.tables() if hasattr(each, "id"))
            if table in LOG_OF_LOOKS or (first and not ours):
                continue
            where = f"WHERE id BETWEEN {first} AND {first + 9999}" if first else ""
            cursor.execute(
                f'SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t {where}'
            )
            found[table] = cursor.fetchone()
    return found


def _crossings() -> list[str]:
    """Rows that belong to one business and point at a row of another."""
    found = []
    with connection.cursor() as cursor:
        for each in each_table.tables():
            if not _has_business(each):
                continue
            for field in each._meta.concrete_fields:
                other = field.related_model if field.is_relation else None
                if other is None or not _has_business(other):
                    continue
                cursor.execute(
                    f'SELECT count(*) FROM "{each._meta.db_table}" a JOIN "{other._meta.db_table}" b '
                    f'ON b."{field.target_field.column}" = a."{field.column}" WHERE a.business_id <> b.business_id'
                )
                if cursor.fetchone()[0]:
                    found.append(f"{each.__name__}.{field.name}")
    return found


def _has_business(table: Any) -> bool:
    return any(each.column == "business_id" for each in table._meta.concrete_fields)
