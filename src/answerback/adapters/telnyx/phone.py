"""The Telnyx adapter: calls as its family has them (TeXML), texts as Telnyx has them (messaging v2).

It holds no state of a connection beyond caches that can be lost, decides nothing, and raises only the errors of
`ports.errors`. It may be used from many threads at once.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from answerback.adapters import media
from answerback.adapters.telnyx import api, numbers, our_calls, past, signature, texts
from answerback.adapters.telnyx.failures import FAILURES, FIXES
from answerback.adapters.twiml_family import hearing, line_settings, verbs
from answerback.adapters.twiml_family import our_calls as spoken
from answerback.adapters.twiml_family.dialect import Dialect
from answerback.adapters.twiml_family.document import NOTHING, written
from answerback.ports.calls import Next, OurCall, OutgoingCall, Placed
from answerback.ports.connection import Connection, Finding, Request, Setting
from answerback.ports.errors import Refused, Unavailable, Unclear
from answerback.ports.lines import OurLine
from answerback.ports.phone import (
    Answer,
    HandedOver,
    Happened,
    Heard,
    Ignored,
    Media,
    NumberFacts,
    OutgoingText,
    ReceiptCame,
    Sender,
)
from answerback.ports.setup import Change

TELNYX = Dialect(
    provider="telnyx",
    title="Telnyx",
    failures=FAILURES,
    fixes=FIXES,
    transcribe=("transcription", "transcriptionCallback"),
)

SETTINGS = (
    Setting(
        name="api_key",
        label="API key",
        help="At portal.telnyx.com under API keys; it begins with KEY. It lets us send texts.",
        secret=True,
    ),
    Setting(
        name="public_key",
        label="Public key",
        help="At portal.telnyx.com under Keys & credentials, Public key. It checks what Telnyx sends to us.",
    ),
    Setting(
        name="account_id",
        label="Account ID",
        help="The AccountSid of your TeXML calls (your user id); with it people are rung, and no missed call is lost.",
        required=False,
    ),
    Setting(
        name="greeting",
        label="Spoken greeting",
        help="What callers hear on a line that has no settings of its own, such as: Sorry we missed you.",
        kind="words",
        required=False,
    ),
    Setting(
        name="api_base",
        label="API address",
        help="Leave as it is, unless you test against a pretend Telnyx.",
        required=False,
        default=api.API,
    ),
)


class TelnyxPhone:
    """Telnyx as `ports.phone.Phone` wants it."""

    name = "telnyx"
    title = "Telnyx"
    settings = SETTINGS
    line_settings = line_settings.SETTINGS
    can_find = False
    """Its list of messages lags and holds no words: what it does not show may have gone out all the same."""

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:
        """Pass if Telnyx signed this body within the last five minutes, else raise `Forged`."""
        signature.check(connection.settings.get("public_key", ""), request, now)

    def hear(self, connection: Connection, request: Request, now: datetime) -> Heard:
        """The facts in a verified request and the answer Telnyx expects; raises `Malformed`."""
        if request.what in ("text", "receipt"):
            return Heard(facts=texts.heard(request, now), answer=NOTHING)
        if request.what in (*hearing.STEPS, *spoken.STEPS, "transcription"):
            return hearing.hear(TELNYX, connection, request, now)
        known = ", ".join((*hearing.STEPS, *hearing.OTHERS))
        why = f"Nothing is known to do at this address; known are {known}."
        key = f"ignored:{sha256(request.body).hexdigest()[:40]}"
        return Heard(facts=(Ignored(key=key, kind=request.what[:80], why=why),), answer=NOTHING)

    def send(self, connection: Connection, text: OutgoingText) -> HandedOver:
        """Hand one text to Telnyx; raises `Refused`, `Unavailable` or `Unclear`."""
        fields: dict[str, object] = {"from": text.sender, "to": text.to, "text": text.body}
        if text.receipts_url:
            fields |= {"webhook_url": text.receipts_url, "use_profile_webhooks": False}
        if text.media:
            fields["media_urls"] = list(text.media)
        message = api.create(api.key(connection), "/v2/messages", fields)
        if not isinstance(message.get("id"), str):
            raise Unclear("Telnyx took the text but its answer could not be read.")
        parts, to = message.get("parts"), message.get("to")
        word = str(to[0].get("status")) if isinstance(to, list) and to and isinstance(to[0], dict) else ""
        segments = parts if isinstance(parts, int) and parts > 0 else None
        return HandedOver(message=message["id"], status=texts.STATUSES.get(word, "queued"), segments=segments)

    def place(self, connection: Connection, call: OutgoingCall) -> Placed:
        """Place a call to a person of the business; raises `Refused`, `Unavailable` or `Unclear`."""
        return our_calls.place(connection, call)

    def place_test_call(self, connection: Connection, line: str, to: str, hooks_url: str) -> str:
        """Call the shop from the line, to see whether its forwarding brings the call to us."""
        return our_calls.test(connection, line, to, hooks_url)

    def go_on(self, connection: Connection, call: OurCall, then: Next, hooks_url: str) -> Answer:  # noqa: ARG002
        """The document that lets a call of ours go on like that."""
        return spoken.go_on(call, then, hooks_url)

    def find(
        self,
        connection: Connection,  # noqa: ARG002  it cannot say, whatever the connection
        text: OutgoingText,  # noqa: ARG002
        since: datetime,  # noqa: ARG002
        known: frozenset[str] = frozenset(),  # noqa: ARG002
    ) -> HandedOver | None:
        """Raises `Unclear`: see `can_find`."""
        raise Unclear("Telnyx cannot say whether a text went out: its list of messages lags and holds no words.")

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Use the key, look at the balance and at each line's number; texts nobody and changes nothing."""
        try:
            at = api.key(connection)
            said = api.get(at, "/v2/balance").get("data")
            lines = [found for line in connection.lines.values() for found in numbers.findings(at, connection, line)]
        except Refused as refused:
            says = "Telnyx does not let us in."
            return (Finding(name="sign-in", ok=False, says=says, fix=refused.detail, setting="api_key"),)
        except Unavailable as away:
            fix = "Check that this machine reaches api.telnyx.com over HTTPS, then try again."
            return (Finding(name="sign-in", ok=False, says=away.detail, fix=fix, reached=False),)
        balance = said if isinstance(said, dict) else {}
        signed_in = Finding(name="sign-in", ok=True, says="The API key is right.")
        return (signed_in, _credit(balance), *lines)

    def past(
        self, connection: Connection, lines: Iterable[str], since: datetime, now: datetime
    ) -> Iterable[Happened | ReceiptCame]:
        """Every fact about calls and messages on these lines since then, oldest first."""
        account = connection.settings.get("account_id", "").strip()
        return past.facts(api.key(connection), account, frozenset(lines), since, now)

    def senders(self, connection: Connection, lines: Iterable[str]) -> tuple[Sender, ...]:
        """What Telnyx says about each of these lines that the account has."""
        return numbers.senders(api.key(connection), lines)

    def look_up(self, connection: Connection, number: str) -> NumberFacts:
        """What kind of number this is (Telnyx charges for it; with a message it says so for nothing)."""
        return numbers.look_up(api.key(connection), number)

    def fetch(self, connection: Connection, link: str, most_bytes: int) -> Media:
        """A picture or recording behind one of Telnyx's links. Links to recordings end ten minutes after the call."""
        at = api.key(connection)
        domains = ("telnyx.com", "amazonaws.com")
        host = media.MediaHost(title="Telnyx", base=at.base, authorization=at.authorization, domains=domains)
        return media.fetch(host, link, most_bytes)

    def line_problems(self, line: OurLine) -> Mapping[str, str]:
        """What is wrong with this line's settings."""
        return line_settings.line_problems(line)

    def disclosure(self, line: OurLine) -> str:
        """What callers of this line are told about texts."""
        return line_settings.disclosure(line)

    def planned(self, connection: Connection, line: OurLine, hooks_url: str) -> tuple[Change, ...]:
        """What would change at Telnyx for this line."""
        return numbers.planned(api.key(connection), line, hooks_url)

    def set_up(self, connection: Connection, line: OurLine, hooks_url: str) -> tuple[Change, ...]:
        """Point this line's application and messaging profile at us."""
        return numbers.set_up(api.key(connection), line, hooks_url)

    def fallback(self, connection: Connection, line: OurLine) -> str:  # noqa: ARG002  other providers may need it
        """The document to keep in a TeXML Bin: it rings the shop while we are down."""
        script = line_settings.script(line)
        return written(verbs.fallback(script)) if script else ""


def _credit(balance: Mapping[str, object]) -> Finding:
    """Telnyx stops texts and calls when the credit is used up."""
    credit = str(balance.get("available_credit") or balance.get("balance") or "")
    try:
        spent = bool(credit) and float(credit) <= 0
    except ValueError:
        spent = False
    says = "The Telnyx account has no credit left." if spent else "The Telnyx account has credit."
    return Finding(name="account", ok=not spent, says=says, fix="Top it up at portal.telnyx.com.")
