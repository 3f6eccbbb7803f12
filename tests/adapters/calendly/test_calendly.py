"""Calendly's webhooks, as its documentation shows them: signed with the time of sending, read, and not read twice."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerback.adapters.calendly import adapter
from answerback.adapters.pages_elsewhere import signature
from answerback.ports.booking_page import BookedThere, CancelledThere, Guest, Passing
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged, Malformed

KEY = "a-signing-key-of-a-test"
NOW = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)
CONNECTION = Connection(
    id=3, provider="calendly", settings={"page": "https://calendly.com/hill/visit", "signing_key": KEY}
)
INVITEE = "https://api.calendly.com/scheduled_events/AAAA/invitees/BBBB"
PAYLOAD: dict[str, Any] = {
    "cancel_url": "https://calendly.com/cancellations/BBBB",
    "created_at": "2026-03-11T14:59:58.123456Z",
    "email": "maria@example.com",
    "event": "https://api.calendly.com/scheduled_events/AAAA",
    "name": "Maria",
    "new_invitee": None,
    "old_invitee": None,
    "questions_and_answers": [{"question": "Phone number", "answer": "512-555-0131", "position": 0}],
    "rescheduled": False,
    "status": "active",
    "text_reminder_number": None,
    "timezone": "America/Chicago",
    "tracking": {"utm_campaign": None, "utm_source": "answerback", "utm_content": "ref-of-the-lead"},
    "uri": INVITEE,
    "scheduled_event": {
        "uri": "https://api.calendly.com/scheduled_events/AAAA",
        "name": "Visit",
        "status": "active",
        "start_time": "2026-03-13T14:00:00.000000Z",
        "end_time": "2026-03-13T15:00:00.000000Z",
        "event_memberships": [{"user": "https://api.calendly.com/users/U", "user_email": "luis@example.com"}],
    },
}


def _request(kind: str, payload: object = PAYLOAD, *, at: datetime = NOW, sent: datetime = NOW) -> Request:
    said = {"event": kind, "created_at": at.isoformat(), "created_by": "https://api.calendly.com/users/U"}
    return _signed(json.dumps(said | {"payload": payload}).encode(), sent)


def _signed(body: bytes, sent: datetime = NOW) -> Request:
    t = str(int(sent.timestamp()))
    headers = {"calendly-webhook-signature": f"t={t},v1={signature(KEY, t.encode() + b'.' + body)}"}
    return Request(method="POST", url="https://shop.example.com/hooks/bookings/3", what="3", headers=headers, body=body)


BOOKED = BookedThere(
    uid=INVITEE,
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
    request = _request("invitee.created")
    adapter.verify(CONNECTION, request, NOW)
    assert adapter.hear(CONNECTION, request) == BOOKED


def test_move_is_one_booking_that_names_the_one_before() -> None:
    moved = PAYLOAD | {"uri": "https://new", "old_invitee": INVITEE}
    assert adapter.hear(CONNECTION, _request("invitee.created", moved)) == replace(
        BOOKED, uid="https://new", instead_of=INVITEE
    )
    gone = PAYLOAD | {"status": "canceled", "rescheduled": True}
    assert isinstance(adapter.hear(CONNECTION, _request("invitee.canceled", gone)), Passing)


def test_cancelled_booking_is_read() -> None:
    gone = PAYLOAD | {"status": "canceled", "cancellation": {"canceled_by": "Maria", "reason": ""}}
    assert adapter.hear(CONNECTION, _request("invitee.canceled", gone)) == CancelledThere(uid=INVITEE, at=NOW)
    assert isinstance(adapter.hear(CONNECTION, _request("routing_form_submission.created")), Passing)


def test_only_what_calendly_signed_lately_is_believed() -> None:
    request = _request("invitee.created")
    header = request.headers["calendly-webhook-signature"]
    wrong = [
        replace(request, body=request.body + b" "),
        replace(request, headers={}),
        *(
            replace(request, headers={"calendly-webhook-signature": value})
            for value in (
                "",
                "t=,v1=",
                header.replace("t=1", "t=2"),
                header.replace("v1=", "v0="),
                "t=é,v1=é",
                "t=²,v1=a",
            )
        ),
        _request("invitee.created", sent=NOW - timedelta(minutes=4)),
        _request("invitee.created", sent=NOW + timedelta(minutes=4)),
    ]
    for each in wrong:
        with pytest.raises(Forged):
            adapter.verify(CONNECTION, each, NOW)
    with pytest.raises(Forged):
        adapter.verify(replace(CONNECTION, settings={}), request, NOW)


@settings(max_examples=100)
@given(
    name=st.sampled_from(sorted(PAYLOAD)),
    junk=st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just([]) | st.just([1]) | st.just({}),
)
def test_no_field_breaks_it(name: str, junk: object) -> None:
    try:
        said = adapter.hear(CONNECTION, _request("invitee.created", PAYLOAD | {name: junk}))
    except Malformed:
        return
    assert isinstance(said, BookedThere)
    assert "\0" not in repr(said)


def test_link_carries_the_lead() -> None:
    link = urlsplit(adapter.link(CONNECTION, Guest(reference="ref", name="Maria", number="+15125550131")))
    assert parse_qs(link.query) == {
        "name": ["Maria"],
        "a1": ["+15125550131"],
        "utm_source": ["answerback"],
        "utm_content": ["ref"],
    }
