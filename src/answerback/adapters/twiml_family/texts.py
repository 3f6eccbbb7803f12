"""Turns requests about texts into facts: a customer's text, and the provider's word on a text of ours.

It never judges what a text means; that the provider has answered a keyword already is only passed on.
"""

from collections.abc import Mapping
from datetime import datetime

from answerback.adapters.keywords import Words, answered
from answerback.adapters.numbers import e164
from answerback.adapters.twiml_family.dialect import Dialect
from answerback.adapters.twiml_family.fields import Fields
from answerback.engine.events import ProviderKeyword, TextReceived
from answerback.ports.errors import Malformed
from answerback.ports.phone import Happened, Ignored, ReceiptCame, ReceiptStatus

STATUSES: Mapping[str, ReceiptStatus] = {
    "accepted": "queued",
    "scheduled": "queued",
    "queued": "queued",
    "sending": "queued",
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "undelivered",
    "failed": "undelivered",
    "canceled": "undelivered",
}
"""The family's message statuses in our words; what is not here is recorded and changes nothing."""

KEYWORDS: Mapping[str, ProviderKeyword] = {"STOP": "stop", "START": "start", "HELP": "help"}

MOST_MEDIA = 10
"""A text carries at most ten pictures."""


def text(
    dialect: Dialect, fields: Fields, now: datetime, keywords: Words
) -> tuple[Happened | ReceiptCame | Ignored, ...]:
    """A text came in. A receipt that was sent to this address by mistake is taken as what it is.

    `keywords` are the texts that the provider answers by itself also where no OptOutType says so.
    """
    if fields.get("MessageStatus") not in ("", "received", "receiving"):
        return receipt(dialect, fields, now)
    sid = fields.sid("MessageSid", "SmsMessageSid", "SmsSid")
    line = e164(fields.need("To"))
    sender = e164(fields.need("From"))
    if sender is None:
        why = "The sender is a short code, a name or a chat address: nobody of whom a lead could be made."
        return (fields.ignored("no-number", why),)
    if line is None:
        raise Malformed("To is not a phone number in E.164 (+15125550100); this address takes texts to numbers only.")
    event = TextReceived(
        at=fields.at(now),
        line=line,
        text=fields.get("Body"),
        media=_media(fields),
        keyword=KEYWORDS.get(fields.get("OptOutType").upper()) or answered(fields.get("Body"), line, keywords),
    )
    return (Happened(key=sid, caller=sender, line=line, event=event, raw=fields.raw),)


def receipt(dialect: Dialect, fields: Fields, now: datetime) -> tuple[ReceiptCame | Ignored, ...]:
    """The provider says what became of a text of ours."""
    sid = fields.sid("MessageSid", "SmsSid")
    word = fields.get("MessageStatus") or fields.need("SmsStatus")
    status = STATUSES.get(word)
    if status is None:
        return (fields.ignored(word, "This status says nothing that is known of a text of ours."),)
    code = fields.get("ErrorCode")
    failed = status == "undelivered"
    return (
        ReceiptCame(
            key=f"{sid}:{word}",
            message=sid,
            status=status,
            at=fields.at(now),
            failure=dialect.failure(code) if failed else None,
            detail=dialect.says(code) if failed else "",
            raw=fields.raw,
        ),
    )


def _media(fields: Fields) -> tuple[str, ...]:
    number = min(fields.seconds("NumMedia") or 0, MOST_MEDIA)
    links = (fields.get(f"MediaUrl{index}") for index in range(number))
    return tuple(link for link in links if link.startswith(("https://", "http://")))
