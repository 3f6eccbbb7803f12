"""Whose it is: every address of the console, for its people, for a stranger with another business, for nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver

from answerback.console.urls import urlpatterns
from answerback.store import models
from answerback.workflow import tokens

OPEN_TO_ALL = {"sign-in", "sign-out"}

READS = {
    "businesses",
    "c/<int:id>/openings",
    "counted",
    "calls",
    "calls/live",
    "leads",
    "leads/live",
    "",
    "api-tokens",
    "c/<int:id>",
    "c/<int:id>/live",
    "c/<int:id>/why",
    "diary",
    "diary/<int:id>/taken",
    "diary/taken",
    "diary/types",
    "find",
    "find/rows",
    "health",
    "health/<int:id>",
    "inbox",
    "inbox/everybody",
    "inbox/live",
    "lines",
    "lines/<int:id>",
    "live",
    "reports/",
    "reports/hidden",
    "reports/leads",
    "reports/table.csv",
    "snippets",
    "todos",
    "todos/live",
}
"""Addresses that only show something: GET and HEAD, one a line."""


def _addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        here = before + str(pattern.pattern)
        found += [here] if isinstance(pattern, URLPattern) else _addresses(pattern.url_patterns, here)
    return found


# Some take both GET and POST, or need no sign-in: their own tests and test_isolation.py hold them to the same.
ELSEWHERE = (
    "calendars/", "settings", "people", "history", "join/", "see-as", "account", "playbooks", "set-up", "agency",
    "brand/", "manifest", "icon-", "favicon", "worker", "offline", "reports/", "webhooks/", "videos",
    "contacts", "crm", "on-call", "media", "plans", "diary/off", "diary/ways", "diary/people",
    "diary/things", "diary/own", "c/<int:id>/hold", "c/<int:id>/let-go",
)  # fmt: skip
ADDRESSES = [address for address in _addresses(urlpatterns) if not address.startswith(ELSEWHERE)]
WITH_ID = sorted(address for address in ADDRESSES if "<int:id>" in address)
GUARDED = sorted(address for address in ADDRESSES if address not in OPEN_TO_ALL)


@pytest.fixture
def ids(shop: Any) -> dict[str, int]:
    """One of everything in Alice's business, by the first part of its address."""
    conversation = shop.conversation(131, phase="human")
    shop.missed_call(conversation)
    text = shop.text(conversation, "t1", "machine", "Sorry we missed you", "queued")
    kept = {"business": shop.business, "body": "On my way."}
    note = models.Note.objects.create(conversation=conversation, at=conversation.opened_at, **kept)
    view = models.SavedView.objects.create(
        business=shop.business, name="Drains", query="service=drain", created_at=conversation.opened_at
    )
    snippet = models.Snippet.objects.create(name="way", created_at=conversation.opened_at, **kept)
    money = models.RevenueEntry.objects.create(
        business=shop.business, lead=conversation.leads.get(), cents=100, at=conversation.opened_at
    )
    hour = (conversation.opened_at, conversation.opened_at + timedelta(hours=1))
    visit = models.Appointment.objects.create(
        business=shop.business, member=shop.business.members.first(), conversation=conversation,
        contact=conversation.contact, during=hour, blocked=hour, status="booked", created_at=hour[0],
        updated_at=hour[0],
    )  # fmt: skip
    owner = shop.business.members.get(role="owner")
    token, _ = tokens.make(shop.business.id, owner.id, "n8n", ["leads:read"])
    finding = models.LineFinding.objects.create(
        business=shop.business, line=shop.line, name="calls", level="green", says="Calls: 1.", since=hour[0],
        checked_at=hour[0],
    )  # fmt: skip
    return {
        "health": finding.id,
        "api-tokens": token.id,
        "diary": visit.id,
        "c": conversation.id,
        "todos": shop.todo(conversation).id,
        "pages": shop.page(conversation).id,
        "money": money.id,
        "texts": text.id,
        "notes": note.id,
        "snippets": snippet.id,
        "leads": view.id,
        "lines": shop.line.id,
        "connections": shop.line.connection_id,
    }


def _address(pattern: str, ids: dict[str, int]) -> str:
    return "/" + pattern.replace("<int:id>", str(ids.get(pattern.split("/", maxsplit=1)[0], 0)))


def _is_read(pattern: str) -> bool:
    return pattern in READS


def _is_for_managers(pattern: str) -> bool:
    return pattern.split("/", maxsplit=1)[0] in {"lines", "connections", "api-tokens"}


def _expected(pattern: str, status: int) -> tuple[int, int]:
    return (status, 405) if _is_read(pattern) else (405, status)


def _statuses(client: Client, address: str) -> tuple[int, int]:
    got, posted = _ask(client, address)
    return got.status_code, posted.status_code


def _ask(client: Client, address: str) -> tuple[HttpResponse, HttpResponse]:
    return client.get(address), client.post(address, {"body": "hello", "outcome": "done", "status": "lost"})  # type: ignore[return-value]


def test_there_are_addresses_to_try() -> None:
    assert len(WITH_ID) >= 12
    assert len(GUARDED) >= 20


def test_stranger_gets_404(ids: dict[str, int], charlie: Client, tables: Callable[[], Any]) -> None:
    before = tables()
    found = {pattern: _statuses(charlie, _address(pattern, ids)) for pattern in WITH_ID}
    # 405 is the answer to a method the address does not take, whoever asks and whatever it is about.
    assert found == {pattern: _expected(pattern, 404) for pattern in WITH_ID}
    assert tables() == before


def test_member_is_let_in(ids: dict[str, int], bob: Client) -> None:
    found = {pattern: _statuses(bob, _address(pattern, ids)) for pattern in WITH_ID}
    assert found == {pattern: _expected(pattern, _let_in(pattern, "desk")) for pattern in WITH_ID}


def test_owner_is_let_in_everywhere(ids: dict[str, int], alice: Client) -> None:
    found = {pattern: _statuses(alice, _address(pattern, ids)) for pattern in WITH_ID if _is_for_managers(pattern)}
    assert found == {pattern: _expected(pattern, _let_in(pattern, "owner")) for pattern in found}
    assert len(found) == 8


def _let_in(pattern: str, role: str) -> int:
    if _is_for_managers(pattern) and role != "owner":
        return 404
    if pattern in {"money/<int:id>/correct", "c/<int:id>/book"}:
        return 409  # nothing is written into them: the form says which field is empty
    return 200 if _is_read(pattern) or pattern.endswith(("/plain", "/here")) else 302


def test_nobody_is_sent_to_the_door(ids: dict[str, int], tables: Callable[[], Any]) -> None:
    before = tables()
    for pattern in GUARDED:
        for answer in _ask(Client(), _address(pattern, ids)):
            sent = (answer.status_code, answer.headers.get("Location", "").split("?")[0])
            assert sent in {(302, "/sign-in"), (405, "")}, pattern
    assert tables() == before


def test_get_changes_nothing(ids: dict[str, int], alice: Client, tables: Callable[[], Any]) -> None:
    before = tables()
    for pattern in GUARDED:
        expected = 302 if pattern == "find" else 200 if _is_read(pattern) else 405  # without words it is the inbox
        got = alice.get(_address(pattern, ids)).status_code, alice.head(_address(pattern, ids)).status_code
        assert (pattern, *got) == (pattern, expected, expected)
    assert tables() == before


def test_stranger_sees_nothing_in_the_lists(ids: dict[str, int], charlie: Client) -> None:
    lists = (
        "/", "/inbox", "/inbox?tab=all", "/inbox?tab=done", "/inbox?number=captured", "/todos", "/live", "/inbox/live",
        "/inbox/everybody", "/inbox/everybody?tab=all", "/todos/live", "/counted", "/reports/", "/reports/leads",
    )  # fmt: skip
    for address in lists:
        page = charlie.get(address).content.decode()
        assert "(512) 555" not in page
        assert "Call them back" not in page


def test_stranger_cannot_choose_the_business(shop: Any, charlie: Client) -> None:
    assert charlie.post("/business", {"business": shop.business.id}).status_code == 404


def test_a_form_writes_into_the_business_its_page_shows(shop: Any, alice: Client) -> None:
    """In two tabs two businesses: the form of one was saved into the other, which the other tab had chosen since."""
    other = models.Business.objects.get(name="Other Plumbing")
    user = models.User.objects.get(email="alice@example.com")
    models.Member.objects.create(business=other, user=user, name="Alice", role="owner")
    alice.post("/business", {"business": other.id})
    alice.post("/snippets/save", {"name": "way", "body": "Past the mill", "at_business": shop.business.id})
    alice.post("/business", {"business": other.id})
    alice.post("/snippets/save", {"name": "hi", "body": "Hello"}, headers={"At-Business": str(shop.business.id)})
    alice.post("/business", {"business": other.id})
    alice.post("/snippets/save", {"name": "bye", "body": "Bye", "at_business": "999999"})
    kept = set(models.Snippet.objects.values_list("business_id", "name"))
    assert kept == {(shop.business.id, "way"), (shop.business.id, "hi"), (other.id, "bye")}


def test_member_of_two_businesses_switches(shop: Any, alice: Client) -> None:
    other = models.Business.objects.get(name="Other Plumbing")
    user = models.User.objects.get(email="alice@example.com")
    models.Member.objects.create(business=other, user=user, name="Alice", role="manager")
    assert "Other Plumbing" in alice.get("/").context["seat"].business_name
    alice.post("/business", {"business": shop.business.id})
    assert alice.get("/").context["seat"].business_name == "Rivera Plumbing"


def test_account_without_a_business_is_told_what_to_do(shop: Any) -> None:
    client = Client()
    client.force_login(models.User.objects.create_user("dora@example.com", "a long password"))
    page = client.get("/")
    assert page.status_code == 403
    assert "Ask the owner" in page.content.decode()


def test_expired_session_moves_a_polling_page_to_the_door(ids: dict[str, int]) -> None:
    answer = Client().get("/live", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/sign-in")


def test_who_was_signed_out_meanwhile_is_told_so_and_comes_back_to_their_page(shop: Any) -> None:
    client = Client()
    answer = client.post("/snippets/save", {"name": "way"}, headers={"Referer": "http://testserver/snippets?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in?next=%2Fsnippets%3Fa%3D1")
    assert "You were signed out meanwhile, so nothing was kept." in client.get(answer["Location"]).content.decode()
    seen = {"HX-Request": "true", "HX-Current-URL": "http://testserver/c/7"}
    assert Client().get("/live", headers=seen)["HX-Redirect"] == "/sign-in?next=%2Fc%2F7"
    elsewhere = Client().post("/snippets/save", headers={"Referer": "https://evil.example/snippets"})
    assert elsewhere["Location"] == "/sign-in"


def test_who_is_signed_out_is_told_once_and_never_of_what_waits_on_their_phone(shop: Any) -> None:
    """A phone asks every half minute whether what waits on it may come now, and a draft is sent as one types."""
    client, says = Client(), "You were signed out meanwhile"
    client.post("/c/7/note", {"body": "Back at 5"}, headers={"Waited-For": "1"})
    assert client.get("/sign-in").content.decode().count(says) == 0
    for _time in range(3):
        client.post("/c/7/here", {"body": "Back at 5"})
    assert [client.get("/sign-in").content.decode().count(says) for _time in range(2)] == [1, 0]


def test_forged_post_is_refused(ids: dict[str, int], shop: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(models.User.objects.get(email="alice@example.com"))
    assert client.post(f"/c/{ids['c']}/take-over").status_code == 403
