"""Turns Quo's reports about texts into facts: a customer's, one that staff wrote in Quo, and the fate of ours."""

from collections.abc import Mapping

from answerback.adapters.keywords import QUO, answered
from answerback.adapters.numbers import e164
from answerback.adapters.objects import Object
from answerback.adapters.quo.events import Told
from answerback.adapters.quo.failures import fix, from_carrier
from answerback.engine.events import StaffTexted, TextReceived
from answerback.ports.errors import Malformed
from answerback.ports.phone import Happened, Ignored, ReceiptCame, ReceiptStatus

Facts = tuple[Happened | ReceiptCame | Ignored, ...]

STATUSES: Mapping[str, ReceiptStatus] = {
    "queued": "queued",
    "sent": "sent",
    "delivered": "delivered",
    "undelivered": "undelivered",
    "failed": "undelivered",
}

STAFF = "the office phone"


def text(told: Told) -> Facts:
    """The facts in one event about a text."""
    if told.kind == "message.received" or (told.it.text("status") == "received" and told.is_incoming):
        return _received(told)
    status = STATUSES.get(told.kind.rpartition(".")[2]) or STATUSES.get(told.it.text("status"))
    if status is None:
        return (told.ignored("This says nothing that is known of a text."),)
    return (*_written(told), _receipt(told, status))


def _received(told: Told) -> Facts:
    customer = e164(told.context.text("senderIdentifier") or told.it.text("from"))
    if customer is None:
        return (told.ignored("The sender is a short code or a name: nobody of whom a lead could be made."),)
    line = _line(told, told.context.words("recipientIdentifiers") or told.it.words("to"))
    event = TextReceived(
        at=told.at("createdAt"),
        line=line,
        text=_words(told),
        keyword=answered(_words(told), line, QUO),
        media=tuple(link for link in map(_link, told.it.items("media")) if link),
    )
    id = told.it.need("id")
    return (Happened(key=f"{id}:received", caller=customer, line=line, event=event, raw=told.envelope.raw),)


def _written(told: Told) -> tuple[Happened, ...]:
    """A text that left from Quo: ours, or one that a person wrote there. Intake knows ours."""
    to = told.context.words("recipientIdentifiers") or told.it.words("to")
    customer = e164(to[0]) if len(to) == 1 else None
    if customer is None or not _words(told):
        return ()
    event = StaffTexted(
        at=told.at("createdAt"),
        member=STAFF,
        line=_line(told, (told.context.text("senderIdentifier") or told.it.text("from"),)),
        text=_words(told),
        message=told.it.need("id"),
    )
    key = f"{event.message}:written"
    return (Happened(key=key, caller=customer, line=event.line or "", event=event, raw=told.envelope.raw),)


def _receipt(told: Told, status: ReceiptStatus) -> ReceiptCame:
    id, code = told.it.need("id"), told.it.text("errorCode")
    failed = status == "undelivered"
    return ReceiptCame(
        key=f"{id}:{status}",
        message=id,
        status=status,
        at=told.at("updatedAt", "createdAt"),
        failure=from_carrier(code) if failed else None,
        detail=f"Quo reports error {code[:40]}. {fix(code)}".strip() if failed and code else "",
        raw=told.envelope.raw,
    )


def _words(told: Told) -> str:
    return told.it.text("text") or told.it.text("body")


def _line(told: Told, numbers: tuple[str, ...]) -> str:
    line = next((number for word in numbers if (number := e164(word))), None) or told.line
    if line is None:
        raise Malformed("It does not say which of our numbers the text is for.")
    return line


def _link(media: object) -> str:
    link = media.get("url") if isinstance(media, Mapping) else media
    return link[:2000] if isinstance(link, str) and link.startswith("https://") else ""


def words_of(message: Object) -> str:
    """The words of a text in Quo's list."""
    return message.text("text") or message.text("body")
