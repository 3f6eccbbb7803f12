"""The adapter for any phone system: it hears our documented JSON, asks a list, and hands texts to a program.

Which of the three a connection uses is up to its settings. It decides nothing and raises only the errors of
`ports.errors`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from answerback.adapters import facts_json, media, signed_json
from answerback.adapters.webhook import lists, outgoing
from answerback.adapters.webhook.hooks import WebhookHooks
from answerback.ports.connection import Connection, Finding, Request, Setting
from answerback.ports.errors import Forged, Malformed, PortError, Refused, Unclear
from answerback.ports.phone import HandedOver, Happened, Heard, Ignored, Media, OutgoingText, ReceiptCame

KNOWN = frozenset({"call", "text", "receipt"})
QUICKEST, USUAL = 10, 60
"""Seconds between two looks at a list."""

NO_TEXTS = "This connection has no address for texts. Set it, or let the line's texts leave by another line."


class WebhookPhone:
    """Anything that can send or list JSON, as `ports.phone.Phone` wants it."""

    name = "webhook"
    title = "Any phone system (webhook or list)"
    can_find = True
    hook = "call"
    hook_says = "Your phone system, or a program beside it, posts its calls and texts there: docs/connect/webhook.md."
    hook_secret = ""
    settings: tuple[Setting, ...] = (
        Setting(
            name="secret", label="Signing secret", help="Any long random text, the same at both ends.", secret=True
        ),
        Setting(
            name="send_url",
            label="Address for texts",
            help="Where a program of yours takes texts to send. Empty: the line's texts leave by another line.",
            required=False,
        ),
        Setting(
            name="list_url",
            label="Address of a list of calls",
            help="JSON or CSV, asked again and again; {since} in it becomes the moment to begin from.",
            required=False,
        ),
        Setting(
            name="list_token",
            label="Token for the list",
            help="Sent as Authorization: Bearer.",
            secret=True,
            required=False,
        ),
        Setting(name="list_seconds", label="Seconds between looks", help="10 or more.", required=False, default="60"),
        Setting(
            name="list_columns",
            label="Columns",
            help="Our field=its column, with commas: id=uniqueid, caller=src, line=did, at=calldate, outcome=result.",
            required=False,
        ),
        Setting(
            name="list_words",
            label="Words for outcomes",
            help="Its word=ours, with commas: NO ANSWER=no_answer, ANSWERED=unknown, BUSY=busy.",
            required=False,
        ),
        Setting(name="list_zone", label="Zone of the list's clock", help="America/Chicago; else UTC.", required=False),
        Setting(name="region", label="Country", help="For numbers without +.", required=False, default="US"),
    )

    def __init__(self) -> None:
        self._clock: Callable[[], datetime] | None = None

    def use_clock(self, clock: Callable[[], datetime]) -> None:
        """Take the time of what we sign from here on; called once by the wiring."""
        self._clock = clock

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:
        """Pass if a holder of the secret signed this request within the last 300 s, else raise `Forged`."""
        if request.form:
            raise Forged("This webhook is JSON, never a form.")
        secret = connection.settings.get("secret", "")
        signed_json.check_signature(secret=secret, url=request.url, body=request.body, headers=request.headers, now=now)

    def hear(self, connection: Connection, request: Request, now: datetime) -> Heard:
        """The one fact in the request's JSON; raises `Malformed` naming the field that is wrong."""
        del connection, now
        heard = facts_json.hear_payload(request.body)
        if request.what in KNOWN:
            return heard
        why = "Nothing is known to do at this address; known are call, text and receipt."
        (fact,) = heard.facts
        return Heard(facts=(Ignored(key=fact.key, kind=request.what[:80], why=why, raw=fact.raw),))

    def sends(self, connection: Connection) -> bool:
        """Has it an address for texts?"""
        return bool(connection.settings.get("send_url") and connection.settings.get("secret"))

    def send(self, connection: Connection, text: OutgoingText) -> HandedOver:
        """Hand one text to the business's program; raises `Refused`, `Unavailable` or `Unclear`."""
        url, secret = _where(connection)
        said = {"kind": "send", "id": text.key, "from": text.sender, "to": text.to, "text": text.body}
        more = {"media": list(text.media), "receipts_url": text.receipts_url}
        message = outgoing.post(url, secret, {**said, **more}, self._now()).text("message")
        if not 0 < len(message) <= 80:
            raise Unclear("The program took the text, but gave no message id of 1 to 80 characters for it.")
        return HandedOver(message=message)

    def find(
        self, connection: Connection, text: OutgoingText, since: datetime, known: frozenset[str] = frozenset()
    ) -> HandedOver | None:
        """Ask the program by our id whether it has the text."""
        del since
        url, secret = _where(connection)
        try:
            said = outgoing.ask(url, secret, {"id": text.key, "to": text.to}, self._now())
        except Refused as refused:
            raise Unclear(f"The program cannot say whether it has the text: {refused.detail}") from refused
        message = said.text("message") if said else ""
        return HandedOver(message=message) if message and message not in known else None

    def poll_every(self, connection: Connection) -> timedelta | None:
        """How often to look at the list; None where there is none."""
        if not connection.settings.get("list_url"):
            return None
        word = connection.settings.get("list_seconds", "")
        seconds = int(word) if word.isdecimal() and len(word) < 6 else USUAL
        return timedelta(seconds=max(seconds, QUICKEST))

    def past(
        self, connection: Connection, lines: Iterable[str], since: datetime, now: datetime
    ) -> Iterable[Happened | ReceiptCame]:
        """What the list says of these lines since then; rows that cannot be read are left out here, told in `check`."""
        del now
        if not connection.settings.get("list_url"):
            return
        wanted = set(lines)
        for fact in self._listed(connection, since):
            if isinstance(fact, ReceiptCame) or (isinstance(fact, Happened) and _is_in(fact, wanted, since)):
                yield fact

    def fetch(self, connection: Connection, link: str, most_bytes: int) -> Media:  # noqa: ARG002  the port's shape
        """A picture or a recording, from wherever the link says it can be had by anybody."""
        return media.fetch_open(self.title, link, most_bytes)

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Is there a secret, does the list answer, can its rows be read? Texts nobody."""
        if not connection.settings.get("secret"):
            fix = "Set the same one at both ends: any long random text."
            return (Finding(name="secret", ok=False, says="There is no signing secret.", fix=fix),)
        asked = (*self._check_texts(connection), *self._check_list(connection))
        return asked or (Finding(name="secret", ok=True, says="The signing secret is set; we wait to be called."),)

    def hooks(self, connection: Connection, address: str) -> WebhookHooks:
        """Webhooks as any program would send them to a product under `address`."""
        return WebhookHooks(connection=connection, address=address, clock=self._now)

    def _check_texts(self, connection: Connection) -> tuple[Finding, ...]:
        if not connection.settings.get("send_url"):
            return ()
        url, secret = connection.settings["send_url"], connection.settings.get("secret", "")
        try:
            outgoing.ask(url, secret, {"id": "check", "to": ""}, self._now())
        except PortError as problem:
            fix = "See that the program runs there, checks our signature with the same secret, and answers GET."
            return (Finding(name="texts", ok=False, says=problem.detail, fix=fix),)
        return (Finding(name="texts", ok=True, says="The program that sends texts answers."),)

    def _check_list(self, connection: Connection) -> tuple[Finding, ...]:
        if not connection.settings.get("list_url"):
            return ()
        try:
            told = list(self._listed(connection, self._now() - timedelta(days=1)))
        except (PortError, Malformed) as problem:
            return (Finding(name="list", ok=False, says=problem.detail, fix="Open the address and see what it says."),)
        wrong = [row.detail for row in told if isinstance(row, Malformed)]
        says = f"{len(told) - len(wrong)} rows of the last day are understood, {len(wrong)} are not."
        fix = f"Name the columns in the settings. {wrong[0] if wrong else ''}".strip()
        return (Finding(name="list", ok=not wrong, says=says, fix=fix),)

    def _listed(self, connection: Connection, since: datetime) -> Iterable[Happened | ReceiptCame | Malformed]:
        url = connection.settings.get("list_url", "").replace("{since}", since.strftime("%Y-%m-%dT%H:%M:%SZ"))
        token = connection.settings.get("list_token", "")
        response = outgoing.fetch(url, {"Authorization": f"Bearer {token}"} if token else {})
        try:
            yield from lists.facts(response, lists.reading(connection.settings))
        except Malformed as wrong:
            raise Refused(f"The list cannot be read. {wrong.detail}") from wrong

    def _now(self) -> datetime:
        if self._clock is None:
            raise RuntimeError("The webhook adapter was never handed a clock: call use_clock(...) at start-up.")
        return self._clock()


def _where(connection: Connection) -> tuple[str, str]:
    settings: Mapping[str, str] = connection.settings
    url, secret = settings.get("send_url", ""), settings.get("secret", "")
    if not url or not secret:
        raise Refused(NO_TEXTS, failure="sender_unregistered", code="no_texts")
    return url, secret


def _is_in(fact: Happened, lines: set[str], since: datetime) -> bool:
    return fact.line in lines and fact.event.at >= since
