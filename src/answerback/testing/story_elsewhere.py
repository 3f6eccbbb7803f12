"""Sentences about a booking page elsewhere: customers are led to Cal.com, book, move and cancel there.

Cal.com is played by its own webhooks, signed as it signs them and posted to the product's own hook.
"""

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from answerback.adapters.pages_elsewhere import signature
from answerback.testing.story_sentences import Failed, Teller, Unclear, clock_of, says

_SIGNED_WITH = "the webhook secret of a story"
_DAY = "%d %B %Y"


@says("customers choose their time on Cal.com")
def leads_there(teller: Teller) -> None:
    from answerback.workflow import outside_bookings  # noqa: PLC0415  Django is set up by the World

    given = {"page": "https://cal.com/shop/visit", "secret": _SIGNED_WITH}
    outside_bookings.use(teller.world.shop.business, "calcom", given)


@says("the link leads {who} to Cal.com")
def is_led(teller: Teller, who: str) -> None:
    answer = _link(teller, who)
    if urlsplit(answer.headers.get("Location", "")).hostname != "cal.com":
        raise Failed(f"The link answers {answer.status_code} {answer.headers.get('Location', '')}.")


@says("{who} books on Cal.com for {day:any} at {clock}")
def books(teller: Teller, who: str, day: str, clock: str) -> None:
    led = parse_qs(urlsplit(_link(teller, who).headers.get("Location", "")).query)
    reference = led.get("metadata[answerback]", [""])[0]
    try:
        date = datetime.strptime(day, _DAY).date()  # noqa: DTZ007  only its date is used
    except ValueError:
        raise Unclear(f"{day!r} is not a date. Write it like this: 11 March 2026") from None
    start = teller.world.moment(f"{date} {clock_of(clock)}")
    _says(teller, "BOOKING_CREATED", who, {
        "startTime": start.isoformat(),
        "endTime": (start + timedelta(hours=1)).isoformat(),
        "metadata": {"answerback": reference},
        "attendees": [{"name": who, "email": "customer@example.com"}],
        "status": "ACCEPTED",
    })  # fmt: skip


@says("{who} cancels on Cal.com")
def cancels(teller: Teller, who: str) -> None:
    teller.world.run(seconds=1)  # a word as old as the one before changes nothing
    _says(teller, "BOOKING_CANCELLED", who, {})


def _link(teller: Teller, who: str) -> Any:
    return teller.world.stack.client.get(urlsplit(teller.world.link(teller.number(who))).path)


def _says(teller: Teller, kind: str, who: str, more: dict[str, Any]) -> None:
    from answerback.store import models  # noqa: PLC0415

    payload = {"uid": f"booking of {who}", **more}
    said = {"triggerEvent": kind, "createdAt": teller.world.now.isoformat(), "payload": payload}
    body = json.dumps(said).encode()
    page = models.BookingPage.objects.get(business=teller.world.shop.business)
    answer = teller.world.stack.client.post(
        f"/hooks/bookings/{page.id}",
        body,
        content_type="application/json",
        headers={"X-Cal-Signature-256": signature(_SIGNED_WITH, body)},
    )
    if answer.status_code != 200:
        raise Failed(f"The webhook was answered {answer.status_code}: {answer.content.decode()[:200]}")
    teller.world.settle()
