"""The hooks that are no phone's, under fire: booking pages and calendars elsewhere, and the address of a picture."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from answerback.adapters.pages_elsewhere import signature
from answerback.ports.registry import booking_pages, calendars
from answerback.store import models
from answerback.store.secrets import seal
from answerback.testing.world import World
from answerback.workflow import clock

SECRET = "a-secret-of-sixteen-or-more"
FUZZ = settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=timedelta(seconds=30))
ANSWERS = {200, 202, 204, 400, 403, 404, 405, 410, 413}

TIMES = ("2026-03-13T14:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-13-45T99:00Z", "")
words = st.text(max_size=20) | st.sampled_from([*TIMES, "BOOKING_CREATED", "BOOKING_CANCELLED", "\0", "é" * 300])
values = st.recursive(
    words | st.none() | st.integers() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=8), inner, max_size=2),
    max_leaves=5,
)
calcoms = st.fixed_dictionaries(
    {
        "triggerEvent": st.sampled_from(["BOOKING_CREATED", "BOOKING_RESCHEDULED", "BOOKING_CANCELLED"]) | values,
        "createdAt": st.sampled_from(TIMES) | values,
        "payload": st.fixed_dictionaries(
            {},
            optional=dict.fromkeys(
                ("uid", "startTime", "endTime", "attendees", "responses", "metadata", "status", "organizer"),
                words | values,
            ),
        )
        | values,
    }
)
EARLY = {
    "triggerEvent": "BOOKING_CREATED",
    "createdAt": TIMES[0],
    "payload": {"uid": "one", "startTime": TIMES[1], "endTime": TIMES[2]},
}


def sound(answer: Any) -> None:
    assert answer.status_code in ANSWERS, (answer.status_code, answer.content[:300])
    assert b"Traceback" not in answer.content
    assert b'File "' not in answer.content


@pytest.fixture
def page(world: World, request: pytest.FixtureRequest) -> int:
    given = {"page": "https://book.example/visit", "secret": SECRET, "signing_key": SECRET}
    provider: str = request.getfixturevalue("provider")
    made = models.BookingPage.objects.create(
        business_id=world.shop.business, provider=provider, sealed=seal(given), created_at=world.now
    )
    return made.id


@pytest.mark.parametrize("provider", booking_pages())
@FUZZ
@given(said=calcoms, signed=st.booleans(), raw=st.none() | st.binary(max_size=60))
@example(said=EARLY, signed=True, raw=None)
def test_booking_page_that_sends_anything(page: int, provider: str, said: Any, signed: bool, raw: bytes | None) -> None:
    body = json.dumps(said).encode() if raw is None else raw
    at = str(int(clock.now().timestamp()))
    headers = {"x-cal-signature-256": signature(SECRET, body)}
    if provider == "calendly":
        headers = {"calendly-webhook-signature": f"t={at},v1={signature(SECRET, f'{at}.'.encode() + body)}"}
    sent = headers if signed else {name: value[::-1] for name, value in headers.items()}
    sound(Client().post(f"/hooks/bookings/{page}", body, content_type="application/json", headers=sent))


@pytest.mark.parametrize("provider", calendars())
@FUZZ
@given(data=st.data())
def test_calendar_that_pushes_anything(world: World, provider: str, data: st.DataObject) -> None:
    row, _ = models.OutsideCalendar.objects.get_or_create(
        provider=provider,
        defaults={
            "business_id": world.shop.business,
            "member_id": world.shop.members["Dana"],
            "sealed": seal({"push_secret": SECRET}),
            "subscription": "s-1",
            "created_at": world.now,
        },
    )
    client_state = data.draw(st.sampled_from([SECRET, "wrong"]))
    note = {"subscriptionId": "s-1", "clientState": client_state, "lifecycleEvent": data.draw(words)}
    body = data.draw(st.binary(max_size=60) | values.map(lambda v: json.dumps(v).encode()) | st.just(
        json.dumps({"value": [note, data.draw(values)]}).encode()
    ))  # fmt: skip
    headers = {
        "x-goog-channel-token": client_state,
        "x-goog-channel-id": data.draw(st.sampled_from(["s-1", ""])),
        "x-goog-resource-state": data.draw(words).encode("ascii", "ignore").decode().replace("\0", ""),
    }
    query = data.draw(st.sampled_from(["", "?validationToken=%00<b>", "?validationToken=ok"]))
    sound(Client().post(f"/hooks/calendars/{row.id}{query}", body, content_type="application/json", headers=headers))


@FUZZ
@given(token=st.text(alphabet="abcXYZ019:-_.%", min_size=1, max_size=60))
def test_picture_at_any_address(world: World, token: str) -> None:
    sound(Client().get(f"/hooks/pictures/{token}.jpg"))
