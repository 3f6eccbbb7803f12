"""The database stands under another secret than it was written under: every page and every act says so, none fails."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from scripts.pages import reachable
from tests.console.test_second_step import _sign_in

from answerback.server import doctor
from answerback.store import models
from answerback.store.secrets import seal
from answerback.workflow import clock, directory, tokens

SAYS = "They were saved under another secret."


@pytest.fixture
def moved(shop: Any, settings: Any) -> Client:
    """Alice's browser, once everything that can be sealed was, and the secret is another one."""
    now, business = clock.now(), shop.business
    alice = models.Member.objects.get(name="Alice")
    common = {"business": business, "created_at": now}
    models.OutsideCalendar.objects.create(
        id=701, member=alice, provider="google_calendar", sealed=seal({"access_token": "x"}), **common
    )
    models.OutsideCalendar.objects.create(
        id=702, member=alice, provider="caldav", sealed=seal({"url": "x"}), writes=False, **common
    )
    models.OutsideCrm.objects.create(id=703, provider="hubspot", sealed=seal({"token": "x"}), **common)
    models.BookingPage.objects.create(id=704, provider="calendly", sealed=seal({"signing_key": "x"}), **common)
    models.SignInApp.objects.create(
        id=705, business=business, provider="google_calendar", sealed=seal({"client_id": "x"}), changed_at=now
    )
    models.AlertWay.objects.create(
        id=706, member=alice, kind="push", sealed=seal({"endpoint": "x"}), hears=["lead"], **common
    )
    models.AlertWay.objects.create(
        id=707, member=alice, kind="apprise", sealed=seal({"address": "x"}), hears=["lead"], **common
    )
    models.PushKeys.objects.create(public="x", sealed=seal({"private": "x"}), created_at=now)
    models.Target.objects.create(id=708, url="https://example.com/", sealed=seal({"secret": "x"}), **common)
    talk = shop.conversation(131)
    shop.missed_call(talk)
    settings.SECRET_KEY = "b" * 40
    directory.forget()
    client = Client(raise_request_exception=False)
    _sign_in(client)
    assert client.get("/").status_code == 200
    return client


def test_no_page_fails(moved: Client) -> None:
    said = {}

    def read(address: str) -> str:
        answer = moved.get(address)
        said[address] = answer.status_code
        return answer.content.decode() if "html" in answer.get("Content-Type", "") and not answer.streaming else ""

    assert len(reachable(read, ["/", "/leads?as=list"])) > 50
    assert {address: code for address, code in said.items() if code >= 500} == {}


def _addresses(patterns: Any, root: str = "", space: str = "") -> Any:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _addresses(each.url_patterns, root + str(each.pattern), space or each.namespace or "")
        elif isinstance(each, URLPattern):
            yield root + str(each.pattern)


def test_no_act_fails(moved: Client) -> None:
    """Every address there is, with the number of each sealed thing, and of the line and the conversation."""
    line = models.Line.objects.get(business__name="Rivera Plumbing")
    numbers = [*range(701, 709), line.id, line.connection_id, models.Conversation.objects.get().id]
    failed = set()
    for pattern in sorted(set(_addresses(get_resolver().url_patterns))):
        takes_more = "<" in pattern and "<int:" not in pattern
        if takes_more or pattern.startswith(("^", "static", "sign-out", "account/second")):
            continue
        for number in numbers if "<int:" in pattern else numbers[:1]:
            address = "/" + "".join(
                str(number) if part.startswith("int:") else "" if ">" in part else part
                for part in pattern.replace(">", "<").split("<")
            )
            if (code := moved.post(address).status_code) >= 500:
                failed.add((address, code))
    # What a provider reports is to come once more, when it can be read.
    assert failed == {("/hooks/bookings/704", 503), ("/hooks/calendars/701", 503)}


def test_programs_are_told(moved: Client) -> None:
    """In the shape of every failure, whichever operation it is."""
    business, member = models.Business.objects.get(name="Rivera Plumbing"), models.Member.objects.get(name="Alice")
    line = models.Line.objects.get(business=business)
    _row, secret = tokens.make(business.id, member.id, "all", list(tokens.SCOPES))
    failed, told = set(), set()
    for pattern in sorted({each for each in _addresses(get_resolver().url_patterns) if each.startswith("api/v1/")}):
        for number in (701, 702, 703, 704, 708, line.id, line.connection_id):
            address = "/" + re.sub(r"<[^>]+>", str(number), pattern)
            for ask in (moved.get, moved.post):
                answer = ask(address, content_type="application/json", headers={"Authorization": f"Bearer {secret}"})
                failed |= {(address, answer.status_code)} if answer.status_code >= 500 else set()
                told |= {address} if b'"wrong_secret"' in answer.getvalue() else set()
    where = ("booking-page", "calendars/701/test", "calendars/702/test", "crm/test", f"lines/{line.id}/connect")
    assert (failed, told) == (
        set(),
        {f"/api/v1/{each}" for each in (*where, f"connections/{line.connection_id}/test")},
    )


def test_pages_without_a_page_of_their_own_for_it_say_it_too(moved: Client) -> None:
    page = moved.get("/phone/")
    assert (page.status_code, SAYS in page.content.decode()) == (409, True)


def test_what_can_be_connected_again_is_let_go(moved: Client) -> None:
    """The secret may be gone for good."""
    acts = ("/calendars/701/disconnect", "/calendars/702/disconnect", "/crm/disconnect", "/calendars/booking-page/stop")
    assert {act: moved.post(act).status_code for act in acts} == dict.fromkeys(acts, 302)


def test_doctor_says_all_of_it(moved: Client) -> None:
    found = {each.name: each for each in doctor.findings()}
    assert found["secret"].says == (
        "Under a secret that is not known: 2 ways of alerts, 1 booking pages elsewhere, 2 phone connections, "
        "2 calendars, 1 CRMs, 1 keys of notifications, 1 registrations at providers, 1 webhooks."
    )
    assert html.unescape(SAYS) in moved.get("/crm/settings").content.decode()
