"""Cal.com's webhooks, as its documentation shows them: signed, read, and never believed when they are not."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerback.adapters.calcom import adapter
from answerback.adapters.pages_elsewhere import signature
from answerback.ports.booking_page import BookedThere, CancelledThere, Guest, Passing
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged, Malformed, Refused

SECRET = "a-webhook-secret-of-a-test"
NOW = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)
CONNECTION = Connection(
    id=3, provider="calcom", settings={"page": "https://cal.com/hill/visit?duration=60", "secret": SECRET}
)
PAYLOAD: dict[str, Any] = {
    "bookerUrl": "https://app.cal.com",
    "type": "visit",
    "title": "Visit between Luis and Maria",
    "startTime": "2026-03-13T14:00:00Z",
    "endTime": "2026-03-13T15:00:00Z",
    "organizer": {"id": 9, "name": "Luis", "email": "luis@example.com", "timeZone": "America/Chicago"},
    "responses": {
        "name": {"label": "your_name", "value": "Maria", "isHidden": False},
        "attendeePhoneNumber": {"label": "phone_number", "value": "(512) 555-0131", "isHidden": False},
    },
    "attendees": [
        {"email": "maria@example.com", "name": "Maria", "firstName": "", "timeZone": "America/Chicago"},
    ],
    "uid": "bFJeNb2uX8ANpT3JL5EfXw",
    "bookingId": 91,
    "metadata": {"answerback": "ref-of-the-lead"},
    "status": "ACCEPTED",
    "eventTypeId": 7,
    "length": 60,
}


def _request(kind: str, payload: object = PAYLOAD, *, at: datetime = NOW) -> Request:
    body = json.dumps({"triggerEvent": kind, "createdAt": at.isoformat(), "payload": payload}).encode()
    return _signed(body)


def _signed(body: bytes) -> Request:
    headers = {"content-type": "application/json", "x-cal-signature-256": signature(SECRET, body)}
    return Request(method="POST", url="https://shop.example.com/hooks/bookings/3", what="3", headers=headers, body=body)


BOOKED = BookedThere(
    uid="bFJeNb2uX8ANpT3JL5EfXw",
    at=NOW,
    starts_at=datetime(2026, 3, 13, 14, 0, tzinfo=UTC),
    ends_at=datetime(2026, 3, 13, 15, 0, tzinfo=UTC),
    reference="ref-of-the-lead",
    number="+15125550131",
    email="maria@example.com",
    name="Maria",
    host_email="luis@example.com",
)


def test_booking_is_read() -> None:
    request = _request("BOOKING_CREATED")
    adapter.verify(CONNECTION, request, NOW)
    assert adapter.hear(CONNECTION, request) == BOOKED


def test_moved_booking_names_the_one_before() -> None:
    moved = PAYLOAD | {"uid": "new", "rescheduleUid": "bFJeNb2uX8ANpT3JL5EfXw"}
    said = adapter.hear(CONNECTION, _request("BOOKING_RESCHEDULED", moved))
    assert said == replace(BOOKED, uid="new", instead_of="bFJeNb2uX8ANpT3JL5EfXw")


@pytest.mark.parametrize("kind", ["BOOKING_CANCELLED", "BOOKING_REJECTED"])
def test_cancelled_booking_is_read(kind: str) -> None:
    assert adapter.hear(CONNECTION, _request(kind)) == CancelledThere(uid=BOOKED.uid, at=NOW)


@pytest.mark.parametrize("kind", ["PING", "BOOKING_REQUESTED", "MEETING_ENDED", "KIND_OF_TOMORROW"])
def test_other_kinds_change_nothing(kind: str) -> None:
    assert isinstance(adapter.hear(CONNECTION, _request(kind)), Passing)
    pending = _request("BOOKING_CREATED", PAYLOAD | {"status": "PENDING"})
    assert isinstance(adapter.hear(CONNECTION, pending), Passing)


def test_only_what_cal_signed_is_believed() -> None:
    request = _request("BOOKING_CREATED")
    wrong = [
        replace(request, body=request.body.replace(b"Maria", b"Mario")),
        replace(request, headers={}),
        replace(request, headers={"x-cal-signature-256": "é"}),
        replace(request, headers={"x-cal-signature-256": request.headers["x-cal-signature-256"].upper() + "0"}),
        _request("BOOKING_CREATED", at=NOW - timedelta(days=4)),
        _request("BOOKING_CREATED", at=NOW + timedelta(hours=1)),
    ]
    for each in wrong:
        with pytest.raises(Forged):
            adapter.verify(CONNECTION, each, NOW)
    with pytest.raises(Forged):
        adapter.verify(replace(CONNECTION, settings={"secret": ""}), request, NOW)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"1", b"{}", b'{"triggerEvent": "BOOKING_CREATED"}', b"\xff", b"[" * 5000]
)
def test_bodies_that_say_nothing_are_malformed_or_pass(body: bytes) -> None:
    with suppress(Malformed):
        assert isinstance(adapter.hear(CONNECTION, _signed(body)), Passing)


@settings(max_examples=100)
@given(
    name=st.sampled_from(sorted(PAYLOAD)),
    junk=st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just([]) | st.just([1]) | st.just({}),
)
def test_no_field_breaks_it(name: str, junk: object) -> None:
    try:
        said = adapter.hear(CONNECTION, _request("BOOKING_CREATED", PAYLOAD | {name: junk}))
    except Malformed:
        return
    assert isinstance(said, BookedThere | Passing)
    assert "\0" not in repr(said)


def test_link_carries_the_lead_and_keeps_the_page() -> None:
    guest = Guest(reference="ref", name="Maria & Co", number="+15125550131", service="Water heater")
    link = urlsplit(adapter.link(CONNECTION, guest))
    assert (link.scheme, link.netloc, link.path) == ("https", "cal.com", "/hill/visit")
    assert parse_qs(link.query) == {
        "duration": ["60"],
        "name": ["Maria & Co"],
        "attendeePhoneNumber": ["+15125550131"],
        "notes": ["Water heater"],
        "metadata[answerback]": ["ref"],
    }
    for page in ("", "http://cal.com/x", "javascript:alert(1)", "cal.com/x"):
        with pytest.raises(Refused):
            adapter.link(replace(CONNECTION, settings={"page": page}), guest)


def test_check_says_what_is_missing() -> None:
    assert [finding.ok for finding in adapter.check(CONNECTION)] == [True]
    for settings_ in ({}, {"page": "https://cal.com/x"}, {"page": "https://cal.com/x", "secret": "short"}):
        (finding,) = adapter.check(replace(CONNECTION, settings=settings_))
        assert (finding.ok, bool(finding.fix)) == (False, True)
