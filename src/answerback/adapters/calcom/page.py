"""Cal.com: links carry our reference as `metadata[answerback]`, which its webhooks give back (cal.com/docs, Webhooks).

Its signature covers the body and no time of sending, so a request is judged by the time in it: whoever keeps it never
goes back to an older word of the same booking.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from answerback.adapters.pages_elsewhere import (
    PAGE,
    believe,
    filled,
    first,
    first_number,
    looked_over,
    moment,
    named,
    opened,
    part,
    words,
)
from answerback.ports.booking_page import BookedThere, CancelledThere, Guest, Passing, Said
from answerback.ports.connection import Connection, Finding, Request, Setting
from answerback.ports.errors import Forged, Malformed

OLDEST = timedelta(days=3)
"""A request older than this is a replay: nobody tries that long to deliver one."""
AHEAD = timedelta(minutes=10)


class CalCom:
    """The adapter."""

    name = "calcom"
    title = "Cal.com"
    settings = (
        PAGE,
        Setting(
            name="secret",
            label="Webhook secret",
            help="Make up a long one; enter it at Cal.com under Settings, Developer, Webhooks too.",
            secret=True,
        ),
    )

    def link(self, connection: Connection, guest: Guest) -> str:
        """The page with name, e-mail and phone filled in; fields that an event type does not have are passed over."""
        fields = {
            "name": guest.name,
            "email": guest.email,
            "attendeePhoneNumber": guest.number,
            "notes": guest.service,
            "metadata[answerback]": guest.reference,
        }
        return filled(connection, fields)

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:
        """`X-Cal-Signature-256` is HMAC-SHA256 of the body under the webhook's secret."""
        believe(connection.settings.get("secret", ""), request.headers.get("x-cal-signature-256", ""), request.body)
        try:
            said_at = moment(opened(request.body), "createdAt")
        except Malformed:
            return  # `hear` says so
        if not now - OLDEST < said_at < now + AHEAD:
            raise Forged("The webhook is from another time: somebody sends an old one again.")

    def hear(self, connection: Connection, request: Request) -> Said:  # noqa: ARG002
        """Bookings made, moved, cancelled and turned down; those that wait for a person's yes are none yet."""
        whole = opened(request.body)
        kind = words(whole, "triggerEvent")
        if kind in {"BOOKING_CANCELLED", "BOOKING_REJECTED"}:
            return CancelledThere(uid=named(opened(request.body, "payload"), "uid"), at=moment(whole, "createdAt"))
        if kind not in {"BOOKING_CREATED", "BOOKING_RESCHEDULED"}:
            return Passing(why=f"{kind or 'It'} changes no booking.")
        payload = opened(request.body, "payload")
        if words(payload, "status") == "PENDING":
            return Passing(why="The booking waits for a yes at Cal.com.")
        guest = first(payload, "attendees")
        return BookedThere(
            uid=named(payload, "uid"),
            at=moment(whole, "createdAt"),
            starts_at=moment(payload, "startTime"),
            ends_at=moment(payload, "endTime"),
            reference=words(part(payload, "metadata"), "answerback"),
            number=_number(payload, guest),
            email=words(guest, "email"),
            name=words(guest, "name", longest=120),
            host_email=words(part(payload, "organizer"), "email"),
            instead_of=words(payload, "rescheduleUid"),
        )

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Look over the settings."""
        return looked_over(connection, "secret")


def _number(payload: Mapping[str, Any], guest: Mapping[str, Any]) -> str:
    """The phone number, wherever this event type asks for it."""
    responses = part(payload, "responses")
    asked = [words(part(responses, name), "value") for name in ("attendeePhoneNumber", "smsReminderNumber", "phone")]
    return first_number(words(guest, "phoneNumber"), *asked, words(payload, "smsReminderNumber"))
