"""Turns Telnyx's messaging events into facts: a customer's text, Telnyx's word on a text of ours, and with either what
kind of number the customer has (Telnyx tells it with every message, without a charge).

It never judges what a text means. Values come from outside even when the signature is right: everything is checked for
shape. Raises `Malformed`, naming the field, and nothing else.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from answerback.adapters.keywords import TELNYX, answered
from answerback.adapters.numbers import e164
from answerback.adapters.telnyx.failures import failure, says
from answerback.engine.events import LineType, LineTypeLearned, ProviderKeyword, TextReceived
from answerback.ports.connection import Request
from answerback.ports.errors import Malformed
from answerback.ports.phone import Happened, Ignored, ReceiptCame, ReceiptStatus

STATUSES: Mapping[str, ReceiptStatus] = {
    "queued": "queued",
    "sending": "queued",
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "expired": "undelivered",
    "sending_failed": "undelivered",
    "delivery_failed": "undelivered",
}
"""`delivery_unconfirmed` is not here: no receipt is not a failure, and changes nothing."""

LINE_TYPES: Mapping[str, LineType] = {
    "Wireline": "landline",
    "Wireless": "mobile",
    "VoWiFi": "mobile",
    "VoIP": "voip",
    "Pre-Paid Wireless": "mobile",
}

KEYWORDS: Mapping[str, ProviderKeyword] = {"STOP": "stop", "START": "start", "HELP": "help"}
"""What `autoresponse_type` says Telnyx has answered by itself, by its own words or those of the owner."""

MOST_MEDIA = 10

Facts = tuple[Happened | ReceiptCame | Ignored, ...]


def heard(request: Request, now: datetime) -> Facts:
    """The facts in one messaging event."""
    said = _read(request)
    event = said.get("data")
    if not isinstance(event, dict):
        raise Malformed("There is no object `data`: this address takes Telnyx's messaging webhooks (API v2).")
    kind, payload = str(event.get("event_type") or "")[:60], event.get("payload")
    if not isinstance(payload, dict):
        raise Malformed("data.payload is missing: this address takes Telnyx's messaging webhooks (API v2).")
    if kind == "message.received":
        return _text(said, payload, now)
    if kind in ("message.sent", "message.finalized"):
        return _receipt(said, payload, now)
    return (ignored(said, kind or "unsaid", "Nothing is known to do with this kind of event."),)


def ignored(said: Mapping[str, Any], kind: str, why: str) -> Ignored:
    """This event, put aside with a reason; its key is the same for each delivery of the same words."""
    digest = sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:40]
    return Ignored(key=f"ignored:{digest}", kind=f"text.{kind}"[:80], why=why, raw=said)


def receipt_of(message: str, item: Mapping[str, Any], to: Mapping[str, Any], at: datetime) -> ReceiptCame | None:
    """Telnyx's word on a text of ours, by how it stands with its one recipient."""
    word = str(to.get("status") or "")
    status = STATUSES.get(word)
    if status is None:
        return None
    failed = status == "undelivered"
    code = _error(item) if failed else ""
    return ReceiptCame(
        key=f"{message}:{word}",
        message=message,
        status=status,
        at=at,
        failure=("too_late" if word == "expired" and not code else failure(code)) if failed else None,
        detail=says(code),
        line_type=LINE_TYPES.get(str(to.get("line_type"))),
        raw=item,
    )


def text_of(item: Mapping[str, Any], at: datetime) -> tuple[str, str, TextReceived] | None:
    """Who wrote to which of our numbers, and what; None where either is no number."""
    line, sender = e164(_number(_first(item.get("to")))), e164(_number(item.get("from")))
    if line is None or sender is None:
        return None
    words = str(item.get("text") or "")
    keyword = KEYWORDS.get(str(item.get("autoresponse_type")).upper()) or answered(words, line, TELNYX)
    return sender, line, TextReceived(at=at, line=line, text=words, media=_media(item), keyword=keyword)


def moment(written: Any, now: datetime) -> datetime:
    """When it happened by Telnyx's clock, by ours where it does not say or claims the future."""
    try:
        said = datetime.fromisoformat(str(written))
        return min(said.replace(tzinfo=said.tzinfo or UTC).astimezone(UTC), now)
    except (ValueError, OverflowError):
        return now


def _text(raw: Mapping[str, Any], payload: Mapping[str, Any], now: datetime) -> Facts:
    message = _need(payload)
    at = moment(payload.get("received_at") or raw["data"].get("occurred_at"), now)
    said = text_of(payload, at)
    if said is None:
        why = "The sender is a short code or a name, or the line is no number: nobody of whom a lead could be made."
        return (ignored(raw, "no-number", why),)
    sender, line, text = said
    facts: Facts = (Happened(key=message, caller=sender, line=line, event=text, raw=raw),)
    told = payload.get("from")
    kind = LINE_TYPES.get(str(told.get("line_type"))) if isinstance(told, dict) else None
    if kind is None or not isinstance(told, dict):
        return facts
    learned = LineTypeLearned(at=at, line_type=kind, carrier=str(told.get("carrier") or "")[:80])
    return (*facts, Happened(key=f"{message}:line-type", caller=sender, line=line, event=learned, raw=raw))


def _receipt(raw: Mapping[str, Any], payload: Mapping[str, Any], now: datetime) -> Facts:
    message, to = _need(payload), _first(payload.get("to"))
    came = receipt_of(message, payload, to, moment(raw["data"].get("occurred_at"), now))
    if came is None:
        why = "This status says nothing that is known of a text of ours."
        return (ignored(raw, str(to.get("status") or "unsaid")[:40], why),)
    return (replace(came, raw=raw),)


def _read(request: Request) -> dict[str, Any]:
    """The whole body, without what no database keeps: NUL characters, half characters, numbers that are none."""
    try:
        said = _kept(json.loads(request.body.decode("utf-8"), parse_constant=lambda _: None))
    except (UnicodeDecodeError, ValueError, RecursionError) as wrong:
        raise Malformed("The body is not JSON in UTF-8.") from wrong
    if not isinstance(said, dict):
        raise Malformed("The body is not a JSON object.")
    return said


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_kept(name): _kept(each) for name, each in value.items()}
    return [_kept(each) for each in value] if isinstance(value, list) else value


def _need(payload: Mapping[str, Any]) -> str:
    message = _id(payload.get("id"))
    if not message:
        raise Malformed("data.payload.id is missing or is no id.")
    return message


def _id(value: Any) -> str:
    written = value if isinstance(value, str) else ""
    return written if 2 <= len(written) <= 80 and written.replace("-", "").isalnum() and written.isascii() else ""


def _first(items: Any) -> dict[str, Any]:
    first = items[0] if isinstance(items, list) and items else {}
    return first if isinstance(first, dict) else {}


def _number(party: Any) -> str:
    return str(party.get("phone_number") or "") if isinstance(party, dict) else str(party or "")


def _error(item: Mapping[str, Any]) -> str:
    error = _first(item.get("errors"))
    return str(error.get("code") or "")[:10]


def _media(item: Mapping[str, Any]) -> tuple[str, ...]:
    listed = item.get("media")
    every = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    links = (str(each.get("url") or "") for each in every)
    return tuple(link[:2000] for link in links if link.startswith(("https://", "http://")))[:MOST_MEDIA]
