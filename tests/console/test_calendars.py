"""The pages of connected calendars: forms drawn from adapters, the sign-in, feeds, who may see whose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar

from answerback.adapters import guard
from answerback.adapters.google_calendar.calendar import GoogleCalendar
from answerback.testing.calendar_server import CalendarServer
from answerback.testing.pretend_api import CLIENT_ID, CLIENT_SECRET
from answerback.testing.pretend_google import PretendGoogle

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

APP = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with guard.allowing("127.0.0.1"), CalendarServer() as running:
        yield running


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[PretendGoogle]:
    from answerback.adapters.google_calendar import api

    with PretendGoogle() as running:
        monkeypatch.setattr(api, "API", f"{running.url}/calendar/v3")
        monkeypatch.setattr(api, "ACCOUNTS", running.url)
        monkeypatch.setattr(api, "TOKENS", running.url)
        yield running


def test_owner_connects_a_calendar_from_a_form_its_adapter_declares(
    shop: Any, alice: Client, server: CalendarServer
) -> None:
    from answerback.store import models

    bob = models.Member.objects.get(name="Bob")
    page = alice.get(f"/calendars/new?member={bob.id}&provider=caldav").content.decode()
    assert re.findall(r'<input id="f-(\w+)" name="\1" value="" type="(\w+)"', page) == [
        ("url", "text"),
        ("username", "text"),
        ("password", "password"),
        ("calendar", "text"),
    ]
    asked = {"member": bob.id, "provider": "caldav", **server.settings()}
    refused = alice.post("/calendars/new", asked | {"username": ""})
    assert (refused.status_code, "Fill in: User name." in refused.content.decode()) == (409, True)
    assert server.settings()["password"] not in refused.content.decode()
    kept = alice.post("/calendars/new", asked, follow=True).content.decode()
    assert "Signed in to 127.0.0.1" in kept
    row = models.OutsideCalendar.objects.get()
    assert (row.member_id, row.provider, row.writes) == (bob.id, "caldav", True)
    form = alice.get(f"/calendars/{row.id}").content.decode()
    assert server.settings()["url"] in form
    assert server.settings()["password"] not in form
    changed = alice.post(f"/calendars/{row.id}", server.settings() | {"password": ""}, follow=True)
    assert "Signed in to 127.0.0.1" in changed.content.decode(), "an empty secret keeps the one that stands"
    wrong = alice.post(f"/calendars/{row.id}", server.settings(password="wrong"), follow=True).content.decode()
    assert "does not accept this user name and password" in wrong


def test_what_is_not_in_the_calendar_yet_is_shown(shop: Any, alice: Client, server: CalendarServer) -> None:
    from answerback.store import models
    from answerback.workflow import calendars, entries, tasks

    member = models.Member.objects.get(name="Alice")
    connected = calendars.connect(member.id, "caldav", server.settings())
    tasks.calendar(connected)
    _appointment(shop, member)
    server.away = True
    entries.write_due()
    page = alice.get("/calendars/").content.decode()
    assert "1 appointment is not yet in CalDAV" in page
    server.away = False
    said = alice.post(f"/calendars/{connected}/again", follow=True).content.decode()
    assert "1 appointment and the busy times are being brought up to date." in said
    tasks.calendar(connected)
    assert "not yet in" not in alice.get("/calendars/").content.decode()
    alice.post(f"/calendars/{connected}/disconnect")
    assert models.OutsideCalendar.objects.count() == 0


def test_sign_in_to_google_and_back(shop: Any, alice: Client, google: PretendGoogle) -> None:
    from answerback.store import models
    from answerback.workflow import tasks

    member = models.Member.objects.get(name="Alice")
    asked = {"member": member.id, "provider": "google_calendar"}
    first = alice.get("/calendars/new", asked)
    assert first["Location"] == "/calendars/apps/google_calendar"
    assert "http://testserver/calendars/signed-in" in alice.get(first["Location"]).content.decode()
    alice.post(first["Location"], APP)
    assert CLIENT_SECRET not in alice.get(first["Location"]).content.decode()
    begun = alice.post("/calendars/new", asked)
    row = models.OutsideCalendar.objects.get()
    assert begun["Location"] == f"/calendars/{row.id}/sign-in"
    assert "accounts" not in alice.get(begun["Location"]).content.decode()
    address = _link(alice.post(begun["Location"]).content.decode(), google.url)
    back = google.consent(address)
    shown = alice.get("/calendars/signed-in", back).content.decode()
    row.refresh_from_db()
    assert row.sign_in_needed, "coming back is a GET and changes nothing"
    assert back["code"] in shown
    done = alice.post("/calendars/signed-in", back, follow=True).content.decode()
    assert "is connected and being read" in done
    tasks.calendar(row.id)
    row.refresh_from_db()
    assert (row.sign_in_needed, row.problem, row.read_at is not None) == (False, "", True)
    assert b"refresh" not in bytes(row.sealed)
    again = alice.post("/calendars/signed-in", back, follow=True).content.decode()
    assert "was not begun here, or is over" in again


def test_state_is_bound_to_the_session_that_began(shop: Any, alice: Client, bob: Client, google: PretendGoogle) -> None:
    from answerback.store import models
    from answerback.workflow import calendars, connecting

    member = models.Member.objects.get(name="Bob")
    connecting.set_app(member.business_id, "google_calendar", GoogleCalendar.app_settings, APP)
    connected = calendars.connect(member.id, "google_calendar", {})
    address = _link(bob.post(f"/calendars/{connected}/sign-in").content.decode(), google.url)
    back = google.consent(address)
    for client, given in ((alice, back), (bob, back | {"state": "x"}), (bob, {"code": back["code"]})):
        said = client.post("/calendars/signed-in", given, follow=True).content.decode()
        assert "was not begun here, or is over" in said
    said = bob.get("/calendars/signed-in", {"state": back["state"], "error": "access_denied"}, follow=True)
    assert "was not connected: access_denied" in said.content.decode()
    assert models.OutsideCalendar.objects.get().sign_in_needed


def test_push_lets_the_calendar_be_read_once(
    shop: Any, client: Client, google: PretendGoogle, settings: SettingsWrapper
) -> None:
    from answerback.store import models
    from answerback.store.secrets import unseal
    from answerback.workflow import busy_times, calendars, connecting

    settings.PUBLIC_URL = "https://shop.example.com"
    member = models.Member.objects.get(name="Alice")
    connecting.set_app(member.business_id, "google_calendar", GoogleCalendar.app_settings, APP)
    connected = calendars.connect(member.id, "google_calendar", {})
    tokens = google.settings()
    with_tokens = {name: tokens[name] for name in ("access_token", "refresh_token", "access_until")}
    row = models.OutsideCalendar.objects.get()
    from answerback.store.secrets import seal

    models.OutsideCalendar.objects.update(sealed=seal(unseal(row.sealed) | with_tokens), sign_in_needed=False)
    assert busy_times.read(connected)
    row.refresh_from_db()
    channel = google.channels[row.subscription]
    assert channel["address"] == f"https://shop.example.com/hooks/calendars/{connected}"
    before = _tasks()
    headers = {
        "X-Goog-Channel-ID": row.subscription,
        "X-Goog-Channel-Token": channel["token"],
        "X-Goog-Resource-State": "exists",
    }
    path = f"/hooks/calendars/{connected}"
    for _ in range(3):
        assert client.post(path, headers=headers).status_code == 202
    assert _tasks() == before + 1, "a crowd of pushes is one reading"
    assert client.post(path, headers=headers | {"X-Goog-Channel-Token": "guessed"}).status_code == 403
    assert client.post(path, headers=headers | {"X-Goog-Resource-State": "?"}).status_code == 400
    assert client.get(path).status_code == 405
    assert client.post("/hooks/calendars/999", headers=headers).status_code == 410
    assert list(models.SecurityEvent.objects.order_by("id").values_list("kind", flat=True)) == ["forged", "malformed"]


def test_ended_access_token_is_renewed_by_itself(shop: Any, google: PretendGoogle) -> None:
    from answerback.store import models
    from answerback.store.secrets import seal, unseal
    from answerback.workflow import busy_times, calendars, connecting

    member = models.Member.objects.get(name="Alice")
    connecting.set_app(member.business_id, "google_calendar", GoogleCalendar.app_settings, APP)
    connected = calendars.connect(member.id, "google_calendar", {})
    tokens = google.settings()
    kept = {name: tokens[name] for name in ("access_token", "refresh_token", "access_until")}
    row = models.OutsideCalendar.objects.get()
    models.OutsideCalendar.objects.update(sealed=seal(unseal(row.sealed) | kept), sign_in_needed=False)
    google.access.clear()
    assert busy_times.read(connected)
    google.end_permission()
    assert not busy_times.read(connected)
    assert models.OutsideCalendar.objects.get().sign_in_needed


def test_feed_holds_a_members_appointments_until_it_is_revoked(shop: Any, alice: Client, client: Client) -> None:
    from answerback.store import models

    member = models.Member.objects.get(name="Alice")
    _appointment(shop, member)
    _appointment(shop, models.Member.objects.get(name="Bob"), number=132)
    page = alice.post(f"/calendars/members/{member.id}/feed").content.decode()
    address = re.search(r">(http[^<]+\.ics)</textarea>", page)
    assert address is not None
    path = urlsplit(address[1]).path
    assert path not in alice.get("/calendars/").content.decode(), "it is shown once"
    answer = client.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [(str(event["summary"]), str(event["location"])) for event in events] == [("Toilet: Maria", "12 Elm St")]
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    models.Appointment.objects.filter(member=member).update(status="cancelled")
    assert Calendar.from_ical(client.get(path).content).walk("VEVENT") == []
    alice.post(f"/calendars/members/{member.id}/feed")
    assert client.get(path).status_code == 404, "a new address ends the old one"
    alice.post(f"/calendars/members/{member.id}/feed/revoke")
    assert models.Feed.objects.filter(revoked_at=None).count() == 0
    assert client.get("/calendars/feeds/guessed.ics").status_code == 404


def test_strangers_and_colleagues_see_nothing_of_others(  # noqa: PLR0917  everybody is in it
    shop: Any, alice: Client, bob: Client, charlie: Client, server: CalendarServer, tables: Callable[[], Any]
) -> None:
    from answerback.store import models
    from answerback.workflow import calendars

    member = models.Member.objects.get(name="Alice")
    connected = calendars.connect(member.id, "caldav", server.settings())
    reads = [
        f"/calendars/{connected}",
        f"/calendars/{connected}/sign-in",
        f"/calendars/new?member={member.id}&provider=caldav",
    ]
    acts = [*(f"/calendars/{connected}{act}" for act in ("", "/test", "/again", "/disconnect", "/sign-in"))]
    acts += [f"/calendars/members/{member.id}/feed", f"/calendars/members/{member.id}/feed/revoke"]
    before = tables()
    for client in (bob, charlie):
        assert [client.get(address).status_code for address in reads] == [404] * len(reads)
        assert [client.post(address, server.settings()).status_code for address in acts] == [404] * len(acts)
        asked = {"member": member.id, "provider": "caldav", **server.settings()}
        assert client.post("/calendars/new", asked).status_code == 404
        assert "CalDAV</strong>" not in client.get("/calendars/").content.decode()
    assert bob.get("/calendars/apps/google_calendar").status_code == 404
    assert alice.get("/calendars/new?provider=tomorrow").status_code == 404
    for address in ["/calendars/", *reads, "/calendars/signed-in?state=x&code=y", "/calendars/apps/google_calendar"]:
        alice.get(address)
    assert tables() == before, "a GET changes nothing"


def test_nobody_is_sent_to_the_door(shop: Any, client: Client, tables: Callable[[], Any]) -> None:
    from answerback.console.calendar_urls import urlpatterns

    before = tables()
    for pattern in urlpatterns:
        path = str(pattern.pattern)
        for old, new in {"<int:id>": "1", "<int:member>": "1", "<slug:provider>": "caldav"}.items():
            path = path.replace(old, new)
        for answer in (client.get(f"/calendars/{path}"), client.post(f"/calendars/{path}")):
            sent = (answer.status_code, answer.headers.get("Location", "").split("?")[0])
            is_feed = path.startswith("feeds/")
            assert sent in ({(404, ""), (405, "")} if is_feed else {(302, "/sign-in"), (405, "")}), path
    assert tables() == before


def test_list_takes_the_same_number_of_questions(
    shop: Any, alice: Client, server: CalendarServer, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from answerback.store import models
    from answerback.workflow import calendars

    alice.get("/calendars/")  # what a process asks once and keeps, such as the looks of the agency
    counts = []
    for name in ("Alice", "Bob"):
        calendars.connect(models.Member.objects.get(name=name).id, "caldav", server.settings())
        with CaptureQueriesContext(
            connection,
        ) as asked:
            alice.get("/calendars/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def _link(page: str, host: str) -> str:
    import html

    found = re.search(rf'href="({re.escape(host)}[^"]+)"', page)
    assert found is not None, page
    return html.unescape(found[1])


def _appointment(shop: Any, member: Any, number: int = 131) -> None:
    from answerback.store import models
    from answerback.workflow import clock

    conversation = shop.conversation(number, name="Maria")
    start = clock.now() + timedelta(days=2)
    models.Appointment.objects.create(
        business=shop.business,
        member=member,
        conversation=conversation,
        contact=conversation.contact,
        during=(start, start + timedelta(hours=1)),
        blocked=(start, start + timedelta(hours=1)),
        service="toilet",
        status="booked",
        name="Maria",
        address="12 Elm St",
        created_at=clock.now(),
        updated_at=clock.now(),
    )


def _tasks() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'answerback.calendar'")
        return int(cursor.fetchone()[0])
