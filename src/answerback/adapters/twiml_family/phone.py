"""An adapter of the family as `ports.phone.Phone` wants it; a provider adds its settings and its account.

It holds no state of a connection beyond caches that can be lost, decides nothing, and raises only the errors of
`ports.errors`. It may be used from many threads at once.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from answerback.adapters import media
from answerback.adapters.keywords import owned
from answerback.adapters.twiml_family import (
    hearing,
    line_settings,
    numbers,
    our_calls,
    past,
    rest,
    senders,
    sending,
    verbs,
)
from answerback.adapters.twiml_family.dialect import Dialect
from answerback.adapters.twiml_family.document import written
from answerback.ports.calls import Next, OurCall, OutgoingCall, Placed
from answerback.ports.connection import Connection, Finding, Request, Setting
from answerback.ports.errors import Refused, Unavailable
from answerback.ports.lines import OurLine
from answerback.ports.phone import Answer, HandedOver, Happened, Heard, Media, OutgoingText, ReceiptCame, Sender
from answerback.ports.setup import Change


class TwimlPhone:
    """What all adapters of the family do alike."""

    name: str
    title: str
    opened_by: str
    """The setting that lets us in, beside the account's name."""
    settings: tuple[Setting, ...]
    dialect: Dialect
    can_find = True
    line_settings = line_settings.SETTINGS

    def account(self, connection: Connection) -> rest.Account:
        """The account of this connection; raises `Refused` when its settings cannot lead anywhere."""
        raise NotImplementedError

    def service(self, connection: Connection) -> str:
        """The messaging service that chooses the sender, empty where the line itself sends."""
        return connection.settings.get("messaging_service_sid", "")

    def hear(self, connection: Connection, request: Request, now: datetime) -> Heard:
        """The facts in a verified request and the answer the provider expects; raises `Malformed`."""
        return hearing.hear(self.dialect, connection, request, now)

    def send(self, connection: Connection, text: OutgoingText) -> HandedOver:
        """Hand one text over; raises `Refused`, `Unavailable` or `Unclear`."""
        return sending.send(self.account(connection), text, self.service(connection))

    def find(
        self, connection: Connection, text: OutgoingText, since: datetime, known: frozenset[str] = frozenset()
    ) -> HandedOver | None:
        """The text as the provider has it; None when it never went out."""
        return sending.find(self.account(connection), text, since, known, self.service(connection))

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Sign in, look at the account and at each line's number; texts nobody and changes nothing."""
        try:
            at = self.account(connection)
            account = rest.get(at, f"{at.path}.json")
            lines = [found for line in connection.lines.values() for found in numbers.findings(at, connection, line)]
        except Refused as refused:
            says = f"{self.title} does not let us in."
            return (Finding(name="sign-in", ok=False, says=says, fix=refused.detail, setting=self.opened_by),)
        except Unavailable as away:
            fix = f"Check that this machine reaches {self.title}'s API over HTTPS, then try again."
            return (Finding(name="sign-in", ok=False, says=away.detail, fix=fix, reached=False),)
        signed_in = Finding(name="sign-in", ok=True, says=f"{self.title} lets us in.")
        return (signed_in, senders.account_finding(self.dialect, account), *lines)

    def past(
        self, connection: Connection, lines: Iterable[str], since: datetime, now: datetime
    ) -> Iterable[Happened | ReceiptCame]:
        """Every fact about calls and messages on these lines since then, oldest first."""
        keywords = owned(connection, self.dialect.keywords)
        return past.facts(self.account(connection), frozenset(lines), since, now, keywords)

    def senders(self, connection: Connection, lines: Iterable[str]) -> tuple[Sender, ...]:
        """What the provider says about each of these lines that the account has."""
        return senders.senders(self.account(connection), lines)

    def fetch(self, connection: Connection, link: str, most_bytes: int) -> Media:
        """A picture or recording behind one of the provider's links."""
        at = self.account(connection)
        host = media.MediaHost(
            title=self.title, base=at.base, authorization=at.authorization, domains=self.dialect.media_hosts
        )
        return media.fetch(host, link, most_bytes)

    def place_test_call(self, connection: Connection, line: str, to: str, hooks_url: str) -> str:
        """Call the shop from the line; what is to be said when it is picked up is asked of us, and is nothing."""
        at = self.account(connection)
        fields = {
            "From": line,
            "To": to,
            "Url": f"{hooks_url}/test",
            "Method": "POST",
            "Timeout": str(our_calls.TEST_RINGS),
        }
        return str(rest.update(at, f"{at.path}/Calls.json", fields).get("sid", ""))

    def line_problems(self, line: OurLine) -> Mapping[str, str]:
        """What is wrong with this line's settings."""
        return line_settings.line_problems(line)

    def disclosure(self, line: OurLine) -> str:
        """What callers of this line are told about texts."""
        return line_settings.disclosure(line)

    def planned(self, connection: Connection, line: OurLine, hooks_url: str) -> tuple[Change, ...]:
        """What would change at the provider for this line."""
        return numbers.planned(self.account(connection), line, hooks_url)

    def set_up(self, connection: Connection, line: OurLine, hooks_url: str) -> tuple[Change, ...]:
        """Point this line's number at us."""
        return numbers.set_up(self.account(connection), line, hooks_url)

    def fallback(self, connection: Connection, line: OurLine) -> str:  # noqa: ARG002  other providers may need it
        """The document to keep at the provider: it rings the shop while we are down."""
        script = line_settings.script(line)
        return written(verbs.fallback(script)) if script else ""


class CallingPhone(TwimlPhone):
    """One of the family that also places calls of ours, by the Calls resource below its account."""

    def place(self, connection: Connection, call: OutgoingCall) -> Placed:
        """Place a call to a person of the business; raises `Refused`, `Unavailable` or `Unclear`."""
        return our_calls.place(self.account(connection), call)

    def go_on(self, connection: Connection, call: OurCall, then: Next, hooks_url: str) -> Answer:  # noqa: ARG002
        """The document that lets a call of ours go on like that."""
        return our_calls.go_on(call, then, hooks_url)
