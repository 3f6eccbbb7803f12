"""What a phone system must offer: verify and understand its requests, send a text, say what became of one.

An adapter is one directory with one entry point in the group `answerback.phone`. It turns requests into plain events
and texts into requests; it decides nothing. It raises only the errors of `ports.errors`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

from answerback.engine.events import (
    CallFact,
    CallOutcome,
    Failure,
    LineType,
    LineTypeLearned,
    SenderState,
    StaffTexted,
    TextReceived,
)
from answerback.ports.connection import Connection, Finding, Request, Setting

if TYPE_CHECKING:
    from answerback.ports.calls import OurCall

WITHHELD = "withheld"
"""The caller of a call without a number: hidden, blocked, payphone, or spelled on the keypad by the provider."""

ReceiptStatus = Literal["queued", "sent", "delivered", "undelivered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A call fact, an incoming text, a text staff wrote on the office phone, or what kind of number the caller's is.

    `key` is the same for every delivery of the same fact on a connection. A text of ours that an office phone reports
    back as one of its own may be told as `StaffTexted` too: intake knows our texts and leaves them out.

    `caller` is E.164 or `WITHHELD`, `line` our number in E.164. `raw` is the whole payload, kept as it came.
    """

    key: str
    caller: str
    line: str
    event: CallFact | TextReceived | StaffTexted | LineTypeLearned
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptCame:
    """The provider's word on a text of ours; `message` is the provider's id of it.

    `line_type` is set where the provider says with the receipt what kind of number it went to.
    """

    key: str
    message: str
    status: ReceiptStatus
    at: datetime
    failure: Failure | None = None
    detail: str = ""
    line_type: LineType | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """A request of a kind we know nothing to do with: recorded with the reason, nothing else."""

    key: str
    kind: str
    why: str
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the provider expects to hear back once everything is stored."""

    status: int = 204
    content_type: str = "text/plain"
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A request understood: the facts in it and the answer to give; for a step of a call of ours the answer follows."""

    facts: tuple[Happened | ReceiptCame | Ignored, ...]
    answer: Answer = Answer()
    our_call: "OurCall | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingText:
    """One text to hand over. `receipts_url` is where the provider reports; empty when we have no public address.

    `media` are public https links to pictures that go with it (MMS): an adapter whose provider or sender cannot send
    them raises `Refused` with the failure `media_refused`, and never drops them in silence.
    """

    key: str
    sender: str
    to: str
    body: str
    receipts_url: str = ""
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """The provider has the text, under its own id."""

    message: str
    status: ReceiptStatus = "queued"
    segments: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRequest:
    """A webhook ready to be POSTed: signed for exactly this `url`, these headers and this body."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What a provider says about one of our numbers: what it can do, and how its registration stands."""

    number: str
    texts: bool = True
    media: bool = False
    calls: bool = True
    state: SenderState = "unknown"
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFacts:
    """What a look-up says about a customer's number. Empty where it does not say."""

    number: str
    line_type: LineType = "unknown"
    carrier: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """One picture or recording fetched from a provider: what it says it is, and its bytes."""

    content_type: str
    content: bytes


@runtime_checkable
class LooksUpNumbers(Protocol):
    """An adapter whose provider can say what kind of number somebody has; ask with `isinstance`."""

    def look_up(self, connection: Connection, number: str) -> NumberFacts:
        """Ask about one number (E.164). Costs money at most providers: `workflow` asks once in 90 days.

        Raises `Refused` where the account may not look up, `Unavailable` when it cannot be asked now.
        """


@runtime_checkable
class ListsPast(Protocol):
    """An adapter whose provider can be asked what happened lately: for the sweep every night and after an outage."""

    def past(
        self, connection: Connection, lines: Iterable[str], since: datetime, now: datetime
    ) -> Iterable[Happened | ReceiptCame]:
        """Every fact about calls and messages on these lines since then, oldest first.

        Keys are those its webhooks have wherever the list tells enough to make them, so that what came already is kept
        once; a fact under another key does no harm, as the verdict on a call does not depend on repeats. A call still
        going on is left out. Raises `Refused` or `Unavailable`.
        """


@runtime_checkable
class KnowsSenders(Protocol):
    """An adapter whose provider can be asked what our own numbers can and may do."""

    def senders(self, connection: Connection, lines: Iterable[str]) -> tuple[Sender, ...]:
        """One for each of these lines that the account has. Raises `Refused` or `Unavailable`."""


@runtime_checkable
class MaySendNone(Protocol):
    """An adapter that sends no texts, or none on a connection without what it needs for them."""

    def sends(self, connection: Connection) -> bool:
        """Could a text leave by this connection at all? Nobody is asked."""


@runtime_checkable
class FetchesMedia(Protocol):
    """An adapter that fetches pictures and recordings which need the connection's credentials."""

    def fetch(self, connection: Connection, link: str, most_bytes: int) -> Media:
        """Fetch one link of a fact of this connection. It asks only hosts of its provider, whatever the link says.

        Raises `Refused` for a link that is not the provider's, too large or gone, `Unavailable` when it cannot be
        asked now.
        """


class HookMaker(Protocol):
    """Makes webhooks as one provider would send and sign them, for one connection of a product under one address.

    `call` and `message` are the provider's ids; left empty, new ones are made. Further fields of the provider's own may
    be given by name. Used by `answerback hook`, the benchmark and tests; nothing here sends.
    """

    def missed(
        self,
        *,
        caller: str,
        line: str,
        now: datetime,
        call: str = "",
        outcome: CallOutcome = "no_answer",
        **more: str,
    ) -> SignedRequest:
        """A call ended and nobody took it."""

    def answered(
        self, *, caller: str, line: str, now: datetime, call: str = "", talked_seconds: int = 60, **more: str
    ) -> SignedRequest:
        """A person took the call and hung up."""

    def voicemail(
        self, *, caller: str, line: str, now: datetime, call: str = "", seconds: int = 12, **more: str
    ) -> SignedRequest:
        """The caller left a message."""

    def text(self, *, caller: str, line: str, body: str, message: str = "", **more: str) -> SignedRequest:
        """A text came in."""

    def receipt(
        self, *, message: str, status: str, to: str = "", line: str = "", code: str = "", **more: str
    ) -> SignedRequest:
        """The provider reports on a text of ours; `status` and `code` are in its own words."""


@runtime_checkable
class TakesClock(Protocol):
    """An adapter that dates what it signs; it never reads a clock itself."""

    def use_clock(self, clock: Callable[[], datetime]) -> None:
        """Take the time from here on; called once at start-up."""


@runtime_checkable
class MakesHooks(Protocol):
    """An adapter that can play its provider; ask with `isinstance`."""

    def hooks(self, connection: Connection, address: str) -> HookMaker:
        """The webhooks of this connection at a product under `address` (scheme, host and port, no path)."""


class Phone(Protocol):
    """One kind of phone system."""

    name: str
    title: str
    settings: tuple[Setting, ...]
    can_find: bool
    """Can this provider be asked whether a text went out?"""

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:
        """Pass if the provider signed this request, else raise `Forged`. Refuses when no secret is configured.

        It computes and waits for nobody, as `hear` does: other reports wait behind it (`hooks.at_once`).
        """

    def hear(self, connection: Connection, request: Request, now: datetime) -> Heard:
        """Turn a verified request into facts; raises `Malformed`. Unknown fields are kept in `raw`."""

    def send(self, connection: Connection, text: OutgoingText) -> HandedOver:
        """Hand one text to the provider; raises `Refused`, `Unavailable` or `Unclear`. Called from many threads."""

    def find(
        self, connection: Connection, text: OutgoingText, since: datetime, known: frozenset[str] = frozenset()
    ) -> HandedOver | None:
        """Look a text up at the provider by recipient, words and time; None when it never went out.

        `known` are the provider's ids of other texts of ours, which may say the same to the same person: not those.
        Raises `Unavailable` when it cannot be asked now, `Unclear` when it cannot say (or `can_find` is False).
        """

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Try the connection without texting anybody: for `answerback doctor` and the console's test button."""
