"""No page about a failure names us at an agency's host name, nor at one that nobody here goes by."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from answerback.console import conversation
from answerback.server import failures
from answerback.server.hosts import Hosts
from answerback.store import models
from answerback.store.queries import agencies

HOST, OURS = "calls.north.example", "testserver"


@pytest.fixture(autouse=True)
def northline(shop: Any, settings: Any) -> Iterator[models.Agency]:
    """An agency with a host name of its own looks after Alice's business."""
    settings.OWN_HOSTS, settings.ALLOWED_HOSTS = [OURS], Hosts([OURS])
    agency = models.Agency.objects.create(name="North Star", brand="Northline", domain=HOST)
    models.Business.objects.filter(id=shop.business.id).update(agency=agency)
    agencies.forget()
    yield agency
    agencies.forget()


def _client(host: str = HOST, email: str = "") -> Client:
    client = Client(SERVER_NAME=host, raise_request_exception=False)
    if email:
        client.force_login(models.User.objects.get(email=email))
    return client


def _brands(answer: Any) -> tuple[bool, bool]:
    """Whether the page names the agency, and whether it names us."""
    said = re.sub(r'(href|src|action)="[^"]*"', "", answer.content.decode())
    return "Northline" in said, "answerback" in said.lower()


@pytest.fixture
def breaks(shop: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the page of a conversation fail by this: its address."""

    def fail(problem: Exception) -> str:
        def broken(*_: Any) -> None:
            raise problem

        monkeypatch.setattr(conversation, "_context", broken)
        return f"/c/{shop.conversation(131).id}"

    return fail


def _too_large(client: Client) -> Any:
    return client.post("/sign-in", {"email": "x" * 4_000_000, "password": "y"})


def _unreadable(client: Client) -> Any:
    return client.post("/sign-in", {f"f{each}": "" for each in range(5000)})


@pytest.mark.parametrize(("ask", "status"), [(_too_large, 400), (_unreadable, 400)])
def test_what_cannot_be_read_is_told_under_the_agencys_name(ask: Any, status: int) -> None:
    answer = ask(_client())
    assert (answer.status_code, _brands(answer)) == (status, (True, False))
    assert _brands(ask(_client(OURS))) == (False, True)


@pytest.mark.parametrize(
    ("problem", "status"),
    [(ZeroDivisionError(), 500), (OperationalError("server closed the connection unexpectedly"), 503)],
)
def test_a_fault_is_told_under_the_agencys_name(breaks: Any, problem: Exception, status: int) -> None:
    """Whoever looked at an agency's business read our name, at its own host name and at ours."""
    address = breaks(problem)
    _client().get("/sign-in")
    for host in (HOST, OURS):
        answer = _client(host, "alice@example.com").get(address)
        assert (host, answer.status_code, _brands(answer)) == (host, status, (True, False))


def _away() -> None:
    raise OperationalError("connection refused")


def test_a_database_that_is_away_is_told_under_the_agencys_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some seconds later its host name was none that is known here."""
    _client().get("/sign-in")
    monkeypatch.setattr(agencies, "_all", _away)
    answer = _client().get("/sign-in")
    assert (answer.status_code, _brands(answer)) == (503, (True, False))


def test_where_the_looks_are_not_known_the_page_has_no_name(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The database is away, and nothing was asked before it went."""
    settings.ALLOWED_HOSTS = [OURS, HOST]
    agencies.forget()
    monkeypatch.setattr(agencies, "_all", _away)
    answer = _client().get("/sign-in")
    assert (answer.status_code, _brands(answer)) == (503, (False, False))
    assert re.search(r"<title>[^·<]+</title>", answer.content.decode())
    assert '<p class="brand">' not in answer.content.decode()


@pytest.mark.parametrize("host", ["gone.north.example", "203.0.113.7", "bad host"])
def test_a_host_name_nobody_goes_by_names_nobody(host: str) -> None:
    """Of an agency that has left, or has taken another: the page there was ours."""
    answer = Client(SERVER_NAME=host, raise_request_exception=False).get("/sign-in")
    assert (answer.status_code, _brands(answer)) == (400, (False, False))


def test_a_program_at_such_a_host_reads_no_name_of_ours(settings: Any) -> None:
    answer = Client(SERVER_NAME="gone.north.example", raise_request_exception=False).get("/api/v1/leads")
    assert (answer.status_code, "answerback" in answer.json()["detail"].lower()) == (400, False)


def test_no_words_about_a_failure_name_us() -> None:
    """Also of those that nobody asked for here."""
    pairs = {name: words for name, words in vars(failures).items() if name.isupper() and isinstance(words, tuple)}
    said = {name: " ".join(map(str, words)).lower() for name, words in pairs.items()}
    assert len(said) > 8
    assert [name for name, words in said.items() if "answerback" in words] == []


@pytest.mark.parametrize("path", ["/no-such-page", "/sign-out", "/b/none", "/join/none"])
def test_a_page_that_is_not_there_has_the_agencys_name(path: str) -> None:
    assert not _brands(_client().get(path))[1]
