"""Turns Aircall's reports about texts into facts: a customer's, one staff wrote in Aircall, and the fate of ours."""

from collections.abc import Iterator, Mapping

from answerback.adapters.aircall.events import Told
from answerback.adapters.keywords import Words, answered
from answerback.engine.events import StaffTexted, TextReceived
from answerback.ports.phone import WITHHELD, Happened, Ignored, ReceiptCame, ReceiptStatus

Facts = tuple[Happened | ReceiptCame | Ignored, ...]

STATUSES: Mapping[str, ReceiptStatus] = {
    "pending": "queued",
    "queued": "queued",
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "undelivered",
    "failed": "undelivered",
}


def text(told: Told, keywords: Words) -> Facts:
    """The facts in one event about a text; `keywords` are those that Aircall answers by itself."""
    if told.it.text("channel") not in {"", "sms", "mms"}:
        return (told.ignored("This is a chat message, not a text."),)
    if told.customer == WITHHELD:
        return (told.ignored("The other side is a short code or a name: nobody of whom a lead could be made."),)
    if told.kind == "message.received" and told.is_incoming:
        return _received(told, keywords)
    if told.kind == "message.sent":
        return (*_written(told), *_receipt(told, "sent"))
    return _receipt(told, told.it.text("status")) or (told.ignored("This says nothing that is known of a text."),)


def _received(told: Told, keywords: Words) -> Facts:
    if told.line is None:
        return (told.ignored("It does not say which of our numbers was texted."),)
    words, line = _words(told), told.line
    keyword = answered(words, line, keywords)
    event = TextReceived(at=told.at("created_at"), line=line, text=words, media=tuple(_media(told)), keyword=keyword)
    return (Happened(key=f"{told.id}:received", caller=told.customer, line=line, event=event, raw=told.kept),)


def _written(told: Told) -> tuple[Happened, ...]:
    """A text that left from Aircall: ours, or one that a person wrote there. Intake knows ours."""
    if told.line is None or not _words(told):
        return ()
    event = StaffTexted(
        at=told.at("sent_at"),
        member=told.it.inside("user").text("name")[:80] or "the office phone",
        line=told.line,
        text=_words(told),
        message=told.id,
    )
    return (Happened(key=f"{told.id}:written", caller=told.customer, line=told.line, event=event, raw=told.kept),)


def _receipt(told: Told, word: str) -> tuple[ReceiptCame, ...]:
    status = STATUSES.get(word)
    if status is None or told.is_incoming:
        return ()
    failed = status == "undelivered"
    return (
        ReceiptCame(
            key=f"{told.id}:{status}",
            message=told.id,
            status=status,
            at=told.at("updated_at"),
            failure="unknown" if failed else None,
            detail="Aircall does not say why." if failed else "",
            raw=told.kept,
        ),
    )


def _words(told: Told) -> str:
    return told.it.text("body") or told.it.text("content")


def _media(told: Told) -> Iterator[str]:
    links = [*told.it.words("media_url"), *(each.text("presigned_url") for each in told.it.each("media_details"))]
    yield from (link[:2000] for link in links if link.startswith("https://"))
