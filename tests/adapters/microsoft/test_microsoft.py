"""What is Microsoft's own: tokens that change with each renewal, subscriptions, links that must not lead astray."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from answerback.adapters.microsoft import adapter
from answerback.ports.calendar import TellsOfChanges, Told
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged, Malformed, SignInNeeded, Unavailable
from answerback.ports.sign_in import SignInAsked, SignsIn
from answerback.testing.calendar_conformance import ENTRY, WINDOW
from answerback.testing.pretend_api import CLIENT_ID, CLIENT_SECRET, as_json
from answerback.testing.pretend_microsoft import NOW, PretendMicrosoft

ASKED = SignInAsked(returns_to="https://shop.example.com/calendars/signed-in", state="s" * 43, verifier="v" * 64)
HOOK = "https://shop.example.com/hooks/calendars/7"


@pytest.fixture
def microsoft() -> Iterator[PretendMicrosoft]:
    with PretendMicrosoft() as server:
        yield server


@pytest.fixture
def connection(microsoft: PretendMicrosoft) -> Connection:
    return Connection(id=7, provider="microsoft", settings=microsoft.settings())


def test_it_offers_what_a_calendar_with_a_sign_in_does() -> None:
    assert isinstance(adapter, SignsIn)
    assert isinstance(adapter, TellsOfChanges)


def test_sign_in_and_each_renewal_give_a_new_lasting_token(microsoft: PretendMicrosoft) -> None:
    settings = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "api_base": microsoft.url, "tenant": "acme"}
    new = Connection(id=7, provider="microsoft", settings=settings)
    address = adapter.sign_in_address(new, ASKED)
    assert address.startswith(f"{microsoft.url}/acme/oauth2/v2.0/authorize?")
    kept = adapter.signed_in(new, ASKED, microsoft.consent(address)["code"], NOW)
    signed_in = replace(new, settings={**settings, **kept})
    later = adapter.renewed(signed_in, NOW + timedelta(hours=2))
    assert later is not None
    assert later["refresh_token"] != kept["refresh_token"]
    microsoft.end_permission()
    with pytest.raises(SignInNeeded):
        adapter.renewed(signed_in, NOW + timedelta(hours=2))


def test_too_many_requests_say_when_to_come_back(microsoft: PretendMicrosoft, connection: Connection) -> None:
    microsoft.failures = ["rate_limit"]
    with pytest.raises(Unavailable) as raised:
        adapter.changes(connection, "", WINDOW)
    assert raised.value.retry_after == 7.0


def test_link_to_another_host_is_not_followed(
    microsoft: PretendMicrosoft, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our token goes to Graph and nowhere else."""
    page: dict[str, Any] = {"value": [], "@odata.nextLink": "http://127.0.0.1:9/v1.0/me/calendarView/delta"}
    monkeypatch.setattr(microsoft, "respond", lambda _: as_json(200, page))
    with pytest.raises(Unavailable, match="does not lead back"):
        adapter.changes(connection, "", WINDOW)


def test_occurrence_of_a_series_that_blocks_nothing(microsoft: PretendMicrosoft, connection: Connection) -> None:
    edges = {
        "start": {"dateTime": "2026-03-06T15:00:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": "2026-03-06T16:00:00.0000000", "timeZone": "UTC"},
    }
    microsoft.keep("lunch", type="seriesMaster", showAs="free", **edges)
    microsoft.keep("lunch.1", type="occurrence", seriesMasterId="lunch", **edges)
    microsoft.keep("off", isCancelled=True, **edges)
    microsoft.keep("maybe", showAs="tentative", **edges)
    found = {each.id: len(each.spans) for each in adapter.changes(connection, "", WINDOW).changed}
    assert found == {"lunch.1": 0, "off": 0, "maybe": 1}


def test_entry_whose_first_answer_was_lost_is_found(microsoft: PretendMicrosoft, connection: Connection) -> None:
    """Also where the look-up is behind and the second create is the one that meets it."""
    first = adapter.write(connection, ENTRY)
    assert adapter.write(connection, ENTRY).id == first.id
    assert microsoft.counters["POST /v1.0/me/calendar/events"] == 1


def test_subscription_is_made_prolonged_and_ended(microsoft: PretendMicrosoft, connection: Connection) -> None:
    first = adapter.subscribe(connection, HOOK, "hush", NOW)
    assert NOW < first.until <= NOW + timedelta(minutes=4230)
    assert microsoft.subscriptions[first.id]["clientState"] == "hush"
    assert microsoft.subscriptions[first.id]["lifecycleNotificationUrl"] == HOOK
    later = adapter.prolong(connection, first, HOOK, "hush", NOW + timedelta(minutes=4))
    assert (later.id, later.until) == (first.id, first.until + timedelta(minutes=4))
    microsoft.subscriptions.clear()
    again = adapter.prolong(connection, later, HOOK, "hush", NOW)
    assert list(microsoft.subscriptions) == [again.id]
    adapter.unsubscribe(connection, again)
    adapter.unsubscribe(connection, again)
    assert microsoft.subscriptions == {}


def test_validation_is_answered_with_its_token() -> None:
    request = Request(
        method="POST", url=HOOK, what="7", headers={}, body=b"", query=(("validationToken", "Validation: <b>1</b>"),)
    )
    assert adapter.told(request, "", "hush") == Told(answer="Validation: <b>1</b>")


def test_push_is_believed_only_with_our_secret() -> None:
    told = adapter.told(_push({"changeType": "updated", "clientState": "hush"}), "sub-1", "hush")
    assert told == Told(changed=True)
    dropped = {"lifecycleEvent": "subscriptionRemoved", "clientState": "hush"}
    assert adapter.told(_push(dropped), "sub-1", "hush") == Told(again=True)
    assert adapter.told(_push({"lifecycleEvent": "missed", "clientState": "hush"}), "s", "hush") == Told(changed=True)
    for wrong in ({"clientState": "other"}, {}, {"clientState": None}):
        with pytest.raises(Forged):
            adapter.told(_push({"clientState": "hush"}, wrong), "sub-1", "hush")
    for body in (b"", b"[]", b'{"value": []}', b'{"value": [1]}', b'{"value": {}}', b"\xff"):
        with pytest.raises(Malformed):
            adapter.told(Request(method="POST", url=HOOK, what="7", headers={}, body=body), "sub-1", "hush")


def _push(*notifications: dict[str, Any]) -> Request:
    body = json.dumps({"value": [{"subscriptionId": "sub-1", **each} for each in notifications]}).encode()
    return Request(method="POST", url=HOOK, what="7", headers={}, body=body)
