"""The Quo adapter: one object that verifies, understands, sends, looks up, lists and checks.

It holds no state of a connection beyond caches that can be lost, decides nothing, and raises only the errors of
`ports.errors`. It may be used from many threads at once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.adapters import media
from answerback.adapters.json_api import Api
from answerback.adapters.numbers import e164
from answerback.adapters.objects import Object, read
from answerback.adapters.quo import calls, rest, signature, texts
from answerback.adapters.quo.events import Told, told
from answerback.adapters.quo.hooks import QuoHooks
from answerback.ports.connection import Connection, Finding, Request, Setting
from answerback.ports.errors import PortError, Refused, Unclear
from answerback.ports.phone import HandedOver, Happened, Heard, Ignored, Media, OutgoingText, ReceiptCame, Sender

CLOCKS_DIFFER = timedelta(seconds=60)
"""How far our clock may be ahead of Quo's when a text is looked for: finding an older one is the lesser evil."""

UNSIGNED = Finding(
    name="webhook",
    ok=False,
    says="No call of Quo's is taken yet: the signing secret of its webhook is missing.",
    fix="Make the webhook in Quo, then enter the secret it shows.",
)


class QuoPhone:
    """Quo as `ports.phone.Phone` wants it."""

    name = "quo"
    title = "Quo (OpenPhone)"
    can_find = True
    hook = "event"
    hook_says = "In Quo under Settings, Webhooks: make one with all events of calls and messages."
    hook_secret = "webhook_secret"  # noqa: S105  the name of a setting
    settings: tuple[Setting, ...] = (
        Setting(name="api_key", label="API key", help="In Quo under Settings, API. It sends our texts.", secret=True),
        Setting(
            name="webhook_secret",
            label="Signing secrets",
            help="Of every webhook that points here (whsec_... or legacy); several by spaces. Empty until it is made.",
            secret=True,
            required=False,
        ),
        Setting(
            name="user_id",
            label="Texts are from this user",
            help="A Quo user id (US...). Empty: the owner of the number.",
            required=False,
        ),
        Setting(
            name="numbers",
            label="Numbers by id",
            help="Only for legacy webhooks made by the API, which name ids: PN123abc=+15125550100, several by spaces.",
            required=False,
        ),
        Setting(
            name="api_base",
            label="API address",
            help="Leave as it is, unless you test against a pretend Quo.",
            required=False,
            default=rest.API,
        ),
    )

    def __init__(self) -> None:
        self._clock: Callable[[], datetime] | None = None

    def use_clock(self, clock: Callable[[], datetime]) -> None:
        """Date the webhooks we make from here on; called once by the wiring."""
        self._clock = clock

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:
        """Pass if Quo signed this body within the last 300 s, in its new way or its legacy one; else raise `Forged`."""
        signature.check(connection, request, now)

    def hear(self, connection: Connection, request: Request, now: datetime) -> Heard:
        """The facts in a verified webhook; raises `Malformed`."""
        envelope = read(request.body)
        event = told(envelope, now, _numbers(connection))
        if request.what != "event":
            why = "Nothing is known to do at this address; give Quo the one that ends in /event."
            return Heard(facts=(event.ignored(why),))
        facts = _facts(event)
        if connection.lines:  # a webhook may be for every number of the workspace
            facts = tuple(fact if _is_ours(fact, connection) else _not_ours(event, fact) for fact in facts)
        return Heard(facts=facts)

    def send(self, connection: Connection, text: OutgoingText) -> HandedOver:
        """Hand one text to Quo; raises `Refused`, `Unavailable` or `Unclear`. Its API sends no pictures."""
        if text.media:
            raise Refused("Quo's API sends words only, no pictures.", failure="media_refused")
        user = connection.settings.get("user_id", "")
        return _handed_over(rest.send(rest.api(connection), text.sender, text.to, text.body, user))

    def find(
        self, connection: Connection, text: OutgoingText, since: datetime, known: frozenset[str] = frozenset()
    ) -> HandedOver | None:
        """The text as Quo has it, if it took one to this person with these words since then."""
        at = rest.api(connection)
        number = _number_id(rest.numbers(at), text.sender)
        try:
            for message in rest.messages(at, number, text.to, since - CLOCKS_DIFFER):
                if _is_it(message, text) and message.text("id") not in known:
                    return _handed_over(message)
        except Refused as refused:
            raise Unclear(f"Quo cannot say whether it went out: {refused.detail}") from refused
        return None

    def past(
        self, connection: Connection, lines: Iterable[str], since: datetime, now: datetime
    ) -> Iterable[Happened | ReceiptCame]:
        """What happened on these lines since then: call by call and text by text, one conversation after the other."""
        at = rest.api(connection)
        ids = {number.text("number"): number.text("id") for number in rest.numbers(at)}
        for line in lines:
            if line in ids:
                yield from _past(at, _Line(id=ids[line], number=line), since, now)

    def senders(self, connection: Connection, lines: Iterable[str]) -> tuple[Sender, ...]:
        """What Quo says of these numbers: it lists whether each may text in the US."""
        wanted = set(lines)
        every = rest.numbers(rest.api(connection))
        return tuple(_sender(number) for number in every if number.text("number") in wanted)

    def fetch(self, connection: Connection, link: str, most_bytes: int) -> Media:  # noqa: ARG002  the port's shape
        """A picture or a voicemail: Quo keeps them on hosts of others, where the link itself opens them."""
        return media.fetch_open(self.title, link, most_bytes)

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Sign in and read the numbers; texts nobody."""
        try:
            numbers = rest.numbers(rest.api(connection))
        except Refused as refused:
            says = "Quo does not let us in."
            return (Finding(name="sign-in", ok=False, says=says, fix=refused.detail, setting="api_key"),)
        except PortError as away:
            fix = "Check that this machine reaches api.quo.com over HTTPS, then try again."
            return (Finding(name="sign-in", ok=False, says=away.detail, fix=fix, reached=False),)
        listed = ", ".join(f"{number.text('number')} ({number.text('id')})" for number in numbers[:20]) or "none"
        says = f"The API key is right. Numbers it may use: {listed}."
        signed_in = Finding(name="sign-in", ok=bool(numbers), says=says, fix="Give the key's owner a number in Quo.")
        if connection.settings.get("webhook_secret"):
            return (signed_in,)
        return (signed_in, UNSIGNED)

    def hooks(self, connection: Connection, address: str) -> QuoHooks:
        """Makes signed webhooks of this connection for a product that answers under `address`."""
        return QuoHooks(connection=connection, address=address, clock=self._clock)


def _facts(event: Told) -> tuple[Happened | ReceiptCame | Ignored, ...]:
    if event.kind.startswith("call."):
        return calls.call(event)
    if event.kind.startswith("message."):
        return texts.text(event)
    return (event.ignored("Nothing follows from events of this kind."),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One of our numbers, with its id at Quo."""

    id: str
    number: str


def _is_ours(fact: Happened | ReceiptCame | Ignored, connection: Connection) -> bool:
    return not isinstance(fact, Happened) or fact.line in connection.lines


def _not_ours(event: Told, fact: Happened | ReceiptCame | Ignored) -> Ignored:
    kind, why = event.kind[:80], "This is about a number that is no line here."
    return Ignored(key=f"ignored:{fact.key}"[:200], kind=kind, why=why, raw=fact.raw)


def _past(at: Api, line: _Line, since: datetime, now: datetime) -> Iterator[Happened | ReceiptCame]:
    numbers = {line.id: line.number}
    for person in rest.conversations(at, line.id, since):
        for call in rest.calls(at, line.id, person, since):
            if call.moment("completedAt") is not None or call.text("status") in {"missed", "no-answer", "abandoned"}:
                yield from _kept(_listed("call.completed", call, now, numbers))
        for message in rest.messages(at, line.id, person, since):
            kind = "message.received" if message.text("direction") == "incoming" else "message.listed"
            yield from _kept(_listed(kind, message, now, numbers))


def _listed(kind: str, it: Object, now: datetime, numbers: Mapping[str, str]) -> Told:
    return Told(kind=kind, it=it, context=Object({}), envelope=it, now=now, numbers=numbers)


def _kept(event: Told) -> Iterator[Happened | ReceiptCame]:
    """The facts of something listed; what Quo lists without saying who is passed over."""
    for fact in _facts(event):
        if not isinstance(fact, Ignored):
            yield fact


def _numbers(connection: Connection) -> dict[str, str]:
    pairs = (word.partition("=") for word in connection.settings.get("numbers", "").replace(",", " ").split())
    return {id: number for id, _, number in pairs if e164(number)}


def _number_id(numbers: tuple[Object, ...], sender: str) -> str:
    for number in numbers:
        if number.text("number") == sender:
            return number.text("id")
    raise Unclear("The sending number is not in this Quo workspace, so nobody can say whether the text went out.")


def _handed_over(message: Object) -> HandedOver:
    return HandedOver(message=message.text("id"), status=texts.STATUSES.get(message.text("status"), "queued"))


def _is_it(message: Object, text: OutgoingText) -> bool:
    outgoing = message.text("direction") == "outgoing"
    return outgoing and text.to in message.words("to") and texts.words_of(message).strip() == text.body.strip()


def _sender(number: Object) -> Sender:
    allowed = number.inside("restrictions", "messaging").text("US")
    return Sender(
        number=number.text("number"),
        state={"unrestricted": "registered", "restricted": "unregistered"}.get(allowed, "unknown"),  # type: ignore[arg-type]
        says=f"Quo lists texting in the US as {allowed}." if allowed else "Quo does not say whether it may text.",
    )
