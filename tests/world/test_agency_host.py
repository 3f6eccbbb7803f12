"""A whole conversation under an agency's own host name: the link in a text leads there, over real HTTP, and books."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from answerback.testing import browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answerback.testing.world import World

MARIA = "+15125550131"
OURS, THEIRS = "localhost", "127.0.0.1"


class Phone:
    """A browser on a phone, over real HTTP: what `testing.browser` drives where the product has no host name."""

    def __init__(self) -> None:
        self.client = self
        self.asked: list[str] = []
        self._http = httpx.Client(trust_env=False, timeout=60)
        self._at = ""

    def get(self, address: str) -> Any:
        return self._told("GET", address)

    def post(self, address: str, values: dict[str, str]) -> Any:
        return self._told("POST", address, data=values)

    def close(self) -> None:
        self._http.close()

    def _told(self, method: str, address: str, **more: Any) -> Any:
        self._at = urljoin(self._at, address)
        self.asked.append(urlsplit(self._at).netloc)
        answer = self._http.request(method, self._at, **more)
        return SimpleNamespace(
            status_code=answer.status_code, content=answer.content, url=answer.headers.get("Location", "")
        )


@pytest.fixture
def phone() -> Iterator[Phone]:
    made = Phone()
    yield made
    made.close()


@pytest.fixture
def public(live_server: Any, settings: Any) -> str:
    """The installation's own address; known before the World opens, whose provider signs for it."""
    from answerback.server.hosts import Hosts

    settings.PUBLIC_URL = f"http://{OURS}:{urlsplit(live_server.url).port}"
    settings.OWN_HOSTS, settings.ALLOWED_HOSTS = [OURS, "testserver"], Hosts([OURS, "testserver"])
    return str(settings.PUBLIC_URL)


@pytest.fixture
def hosted(public: str, world: World) -> Iterator[World]:
    """The World of a business whose agency's people come in at a host name of its own."""
    from answerback.store import models
    from answerback.store.queries import agencies
    from answerback.workflow import clock

    agency = models.Agency.objects.create(
        name="North", brand="Northline", colour="#b4145a", domain=THEIRS, domain_reached_at=clock.now()
    )
    models.Business.objects.filter(id=world.shop.business).update(agency=agency)
    agencies.forget()
    yield world
    agencies.forget()


def test_the_link_in_a_text_leads_to_the_agencys_host_and_books_there(public: str, hosted: World, phone: Phone) -> None:
    hosted.call(MARIA)
    hosted.run(minutes=1)
    for words in ("my drain is clogged", "it can wait", "Austin, send me a link"):
        hosted.text(MARIA, words)
        hosted.run(seconds=20)
    link, theirs = hosted.link(MARIA), public.replace(OURS, THEIRS)
    assert link.startswith(f"{theirs}/b/")
    page = browser.open_page(phone, link)  # type: ignore[arg-type]
    assert (page.status, "Rivera Plumbing" in page.words) == (200, True)
    booked = browser.send(phone, page, 0)  # type: ignore[arg-type]
    assert (booked.status, "You are booked" in booked.words) == (200, True)
    assert set(phone.asked) == {urlsplit(theirs).netloc}
    hosted.run(minutes=1)
    said = hosted.texts_to(MARIA)[-1].body
    assert "you are booked for" in said
    assert hosted.lead(MARIA).status == "booked"
    given_up = browser.press(phone, booked, "/cancel")  # type: ignore[arg-type]
    assert "Your appointment was cancelled" in given_up.words
    assert set(phone.asked) == {urlsplit(theirs).netloc}
    assert hosted.broken_promises() == ()
