"""What is Google's own: its sign-in, its channels, and the ways in which it says "later"."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from answerback.adapters.google_calendar import adapter
from answerback.ports.calendar import TellsOfChanges, Told
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged, Malformed, Refused, SignInNeeded, Unavailable
from answerback.ports.sign_in import SignInAsked, SignsIn
from answerback.testing.calendar_conformance import ENTRY, WINDOW
from answerback.testing.pretend_api import CLIENT_ID, CLIENT_SECRET
from answerback.testing.pretend_google import NOW, PretendGoogle

ASKED = SignInAsked(returns_to="https://shop.example.com/calendars/signed-in", state="s" * 43, verifier="v" * 64)
HOOK = "https://shop.example.com/hooks/calendars/7"


@pytest.fixture
def google() -> Iterator[PretendGoogle]:
    with PretendGoogle() as server:
        yield server


@pytest.fixture
def connection(google: PretendGoogle) -> Connection:
    return Connection(id=7, provider="google_calendar", settings=google.settings())


def _new(google: PretendGoogle) -> Connection:
    settings = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "api_base": google.url}
    return Connection(id=7, provider="google_calendar", settings=settings)


def test_it_offers_what_a_calendar_with_a_sign_in_does() -> None:
    assert isinstance(adapter, SignsIn)
    assert isinstance(adapter, TellsOfChanges)


def test_sign_in_gives_tokens_that_work(google: PretendGoogle) -> None:
    new = _new(google)
    back = google.consent(adapter.sign_in_address(new, ASKED))
    assert back["state"] == ASKED.state
    kept = adapter.signed_in(new, ASKED, back["code"], NOW)
    assert set(kept) == {"access_token", "access_until", "refresh_token"}
    signed_in = replace(new, settings={**new.settings, **kept})
    assert [finding.ok for finding in adapter.check(signed_in)] == [True]
    assert adapter.renewed(signed_in, NOW) is None
    later = adapter.renewed(signed_in, NOW + timedelta(minutes=58))
    assert later is not None
    assert later["refresh_token"] == kept["refresh_token"]
    assert later["access_token"] != kept["access_token"]


def test_code_works_once_and_for_its_verifier_only(google: PretendGoogle) -> None:
    new = _new(google)
    address = adapter.sign_in_address(new, ASKED)
    assert ASKED.verifier not in address
    for wrong in (replace(ASKED, verifier="w" * 64), replace(ASKED, returns_to="https://evil.example.com/")):
        with pytest.raises(Refused):
            adapter.signed_in(new, wrong, google.consent(address)["code"], NOW)
    code = google.consent(address)["code"]
    adapter.signed_in(new, ASKED, code, NOW)
    with pytest.raises(Refused):
        adapter.signed_in(new, ASKED, code, NOW)


def test_unticked_box_is_named(google: PretendGoogle) -> None:
    google.grants = "https://www.googleapis.com/auth/calendar.freebusy"
    new = _new(google)
    with pytest.raises(Refused, match=r"calendar\.events"):
        adapter.signed_in(new, ASKED, google.consent(adapter.sign_in_address(new, ASKED))["code"], NOW)


def test_ended_permission_and_wrong_client_are_told_apart(google: PretendGoogle, connection: Connection) -> None:
    google.end_permission()
    over = replace(connection, settings={**connection.settings, "access_until": NOW.isoformat()})
    with pytest.raises(SignInNeeded):
        adapter.renewed(over, NOW)
    with pytest.raises(Refused) as raised:
        adapter.renewed(replace(over, settings={**over.settings, "client_secret": "x"}), NOW)
    assert not isinstance(raised.value, SignInNeeded)


def test_too_many_requests_say_when_to_come_back(google: PretendGoogle, connection: Connection) -> None:
    google.failures = ["rate_limit", "not_now", "error"]
    waits = []
    for _ in range(3):
        with pytest.raises(Unavailable) as raised:
            adapter.write(connection, ENTRY)
        waits.append(raised.value.retry_after)
    assert waits == [7.0, 7.0, None]
    assert adapter.write(connection, ENTRY).id == ENTRY.key


def test_quota_comes_as_403_too(google: PretendGoogle, connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    real = google.failed
    monkeypatch.setattr(google, "failed", lambda status: replace(real(status), status=403))
    google.failures = ["rate_limit"]
    with pytest.raises(Unavailable):
        adapter.changes(connection, "", WINDOW)


def test_deleted_entry_is_revived_under_its_id(google: PretendGoogle, connection: Connection) -> None:
    adapter.write(connection, ENTRY)
    google.drop(ENTRY.key)
    assert adapter.write(connection, ENTRY).id == ENTRY.key
    assert google.events[ENTRY.key]["status"] == "confirmed"


def test_declined_invitation_blocks_nothing(google: PretendGoogle, connection: Connection) -> None:
    day = {"start": {"date": "2026-03-06"}, "end": {"date": "2026-03-07"}}
    google.keep("party", attendees=[{"self": True, "responseStatus": "declined"}], **day)
    google.keep("home", eventType="workingLocation", **day)
    assert [each.spans for each in adapter.changes(connection, "", WINDOW).changed] == [(), ()]


def test_channel_is_opened_replaced_and_closed(google: PretendGoogle, connection: Connection) -> None:
    first = adapter.subscribe(connection, HOOK, "hush", NOW)
    assert first.until == NOW + timedelta(days=7)
    assert google.channels[first.id]["token"] == "hush"
    second = adapter.prolong(connection, first, HOOK, "hush", NOW)
    assert list(google.channels) == [second.id]
    adapter.unsubscribe(connection, second)
    adapter.unsubscribe(connection, second)
    assert google.channels == {}


def test_push_is_believed_only_with_the_channels_token() -> None:
    assert adapter.told(_push(), "chan", "hush") == Told(changed=True)
    assert adapter.told(_push(state="sync"), "chan", "hush") == Told(changed=False)
    for wrong in ("", "other", "é"):
        with pytest.raises(Forged):
            adapter.told(_push(token=wrong), "chan", "hush")
    with pytest.raises(Forged):
        adapter.told(_push(token=""), "chan", "")
    with pytest.raises(Malformed):
        adapter.told(_push(state="tomorrow's"), "chan", "hush")


def _push(*, token: str = "hush", state: str = "exists") -> Request:
    headers = {
        "x-goog-channel-id": "chan",
        "x-goog-channel-token": token,
        "x-goog-resource-id": "the-events",
        "x-goog-resource-state": state,
        "x-goog-message-number": "10",
        "x-goog-channel-expiration": "Tue, 17 Mar 2026 15:00:00 GMT",
    }
    return Request(method="POST", url=HOOK, what="7", headers=headers, body=b"")
