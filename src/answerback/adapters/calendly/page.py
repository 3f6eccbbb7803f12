"""Calendly: links carry our reference as `utm_content`, which its webhooks give back as tracking
(developer.calendly.com).

A booking that is moved comes as a new one that names the old, and as a cancelled one that says it was moved; only the
first of the two counts, whichever comes first.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
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
from answerback.ports.errors import Forged

TOLERANCE = timedelta(minutes=3)
"""How old a signature may be, after Calendly's own sample; each delivery is signed anew."""


class Calendly:
    """The adapter."""

    name = "calendly"
    title = "Calendly"
    settings = (
        PAGE,
        Setting(
            name="signing_key",
            label="Signing key",
            help="Make up a long one; give it as signing_key when you make the webhook subscription.",
            secret=True,
        ),
    )

    def link(self, connection: Connection, guest: Guest) -> str:
        """The page with name and e-mail filled in; `a1` is the answer to its first question."""
        fields = {
            "name": guest.name,
            "email": guest.email,
            "a1": guest.number,
            "utm_source": "answerback",
            "utm_content": guest.reference,
        }
        return filled(connection, fields)

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:
        """`Calendly-Webhook-Signature: t=...,v1=...`, HMAC-SHA256 of the time, a dot and the body."""
        given = dict(
            pair.strip().partition("=")[::2]
            for pair in request.headers.get("calendly-webhook-signature", "").split(",")
        )
        at = given.get("t", "")
        if not at.isdecimal() or len(at) > 12 or not at.isascii():
            raise Forged("The webhook is not signed.")
        believe(connection.settings.get("signing_key", ""), given.get("v1", ""), at.encode() + b"." + request.body)
        if abs(now - datetime.fromtimestamp(int(at), UTC)) > TOLERANCE:
            raise Forged("The signature is older than three minutes: somebody sends an old webhook again.")

    def hear(self, connection: Connection, request: Request) -> Said:  # noqa: ARG002
        """`invitee.created` and `invitee.canceled`."""
        whole = opened(request.body)
        kind = words(whole, "event")
        if kind not in {"invitee.created", "invitee.canceled"}:
            return Passing(why=f"{kind or 'It'} changes no booking.")
        payload = opened(request.body, "payload")
        uid = named(payload, "uri")
        if kind == "invitee.canceled":
            if payload.get("rescheduled") is True:
                return Passing(why="It was moved; the new booking says where to.")
            return CancelledThere(uid=uid, at=moment(whole, "created_at"))
        event = part(payload, "scheduled_event")
        return BookedThere(
            uid=uid,
            at=moment(whole, "created_at"),
            starts_at=moment(event, "start_time"),
            ends_at=moment(event, "end_time"),
            reference=words(part(payload, "tracking"), "utm_content"),
            number=_number(payload),
            email=words(payload, "email"),
            name=words(payload, "name", longest=120),
            host_email=words(first(event, "event_memberships"), "user_email"),
            instead_of=words(payload, "old_invitee"),
        )

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Look over the settings."""
        return looked_over(connection, "signing_key")


def _number(payload: Mapping[str, Any]) -> str:
    """The number for reminders, else the first answer that is a phone number."""
    answers = payload.get("questions_and_answers")
    said = [words(each, "answer") for each in answers if isinstance(each, dict)] if isinstance(answers, list) else []
    return first_number(words(payload, "text_reminder_number"), *said)
