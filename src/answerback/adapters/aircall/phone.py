"""The Aircall adapter: one object that verifies, understands, sends, lists and checks.

It holds no state, decides nothing, and raises only the errors of `ports.errors`. It may be used from many threads.
"""

import hmac
from collections.abc import Iterable
from datetime import datetime

from answerback.adapters import keywords, media
from answerback.adapters.aircall import calls, rest, texts
from answerback.adapters.aircall.events import Told, told
from answerback.adapters.aircall.hooks import AircallHooks
from answerback.adapters.objects import Object, read
from answerback.ports.connection import Connection, Finding, Request, Setting
from answerback.ports.errors import Forged, Malformed, PortError, Refused, Unclear
from answerback.ports.phone import HandedOver, Happened, Heard, Ignored, Media, OutgoingText, ReceiptCame

UNSIGNED = Finding(
    name="webhook",
    ok=False,
    says="No call of Aircall's is taken yet: the token of its webhook is missing.",
    fix="Make the webhook in Aircall, then enter the token it shows.",
)


class AircallPhone:
    """Aircall as `ports.phone.Phone` wants it."""

    name = "aircall"
    title = "Aircall"
    can_find = False
    hook = "event"
    hook_says = "In Aircall under Integrations, Webhook: make one with all events of calls and messages."
    hook_secret = "webhook_token"  # noqa: S105  the name of a setting
    settings: tuple[Setting, ...] = (
        Setting(name="api_id", label="API ID", help="In Aircall under Integrations and API, API keys."),
        Setting(name="api_token", label="API token", help="Shown once beside the API ID.", secret=True),
        Setting(
            name="webhook_token",
            label="Webhook token",
            help="Of the webhook that points here; Aircall puts it into everything it sends. Several by spaces. Empty "
            "until it is made.",
            secret=True,
            required=False,
        ),
        keywords.SETTING,
        Setting(
            name="api_base",
            label="API address",
            help="Leave as it is, unless you test against a pretend Aircall.",
            required=False,
            default=rest.API,
        ),
    )

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:  # noqa: ARG002  no time is signed
        """Pass if the body holds a webhook token of this connection, else raise `Forged`. Aircall signs nothing.

        What is sent again is known by the call's or message's id.
        """
        tokens = connection.settings.get("webhook_token", "").replace(",", " ").split()
        if not tokens:
            raise Forged("This connection has no webhook token, so no request can be checked. Add it in the settings.")
        try:
            given = read(request.body).text("token").encode("utf-8", "replace")
        except Malformed as wrong:
            raise Forged("The request is not JSON, so it holds no token of Aircall's.") from wrong
        if not any([hmac.compare_digest(token.encode("utf-8", "replace"), given) for token in tokens]):  # noqa: C419
            raise Forged("The token in the request is none of this connection's webhook tokens.")

    def hear(self, connection: Connection, request: Request, now: datetime) -> Heard:
        """The facts in a verified webhook; raises `Malformed`."""
        event = told(read(request.body), now)
        if request.what != "event":
            why = "Nothing is known to do at this address; give Aircall the one that ends in /event."
            return Heard(facts=(event.ignored(why),))
        if connection.lines and event.line not in connection.lines:  # its webhooks are for the whole account
            return Heard(facts=(event.ignored("This is about a number that is no line here."),))
        return Heard(facts=_facts(event, keywords.owned(connection, keywords.USUAL)))

    def send(self, connection: Connection, text: OutgoingText) -> HandedOver:
        """Hand one text to Aircall; raises `Refused`, `Unavailable` or `Unclear`."""
        if text.media:
            raise Refused("Texts through Aircall carry words only.", failure="media_refused")
        at = rest.api(connection)
        try:
            number = rest.numbers(at).get(text.sender, "0")
        except Unclear as lost:  # the text itself was not handed over yet
            raise Refused(lost.detail) from lost
        message = rest.send(at, number, text.to, text.body)
        return HandedOver(message=message.text("id"), status=texts.STATUSES.get(message.text("status"), "queued"))

    def find(
        self,
        connection: Connection,  # noqa: ARG002  the port's shape
        text: OutgoingText,  # noqa: ARG002
        since: datetime,  # noqa: ARG002
        known: frozenset[str] = frozenset(),  # noqa: ARG002
    ) -> HandedOver | None:
        """Aircall has no list of messages: nobody can say."""
        raise Unclear("Aircall has no list of messages, so it cannot say whether a text went out.")

    def past(
        self, connection: Connection, lines: Iterable[str], since: datetime, now: datetime
    ) -> Iterable[Happened | ReceiptCame]:
        """Every call on these lines since then that is over. Texts cannot be listed."""
        wanted = set(lines)
        for listed in rest.calls(rest.api(connection), since, now):
            event = Told(kind="call.ended", it=listed, envelope=Object({"data": listed.raw}), now=now)
            if event.it.moment("ended_at") is not None and event.line in wanted:
                yield from (fact for fact in calls.call(event) if not isinstance(fact, Ignored))

    def fetch(self, connection: Connection, link: str, most_bytes: int) -> Media:  # noqa: ARG002  the port's shape
        """A picture or a voicemail: Aircall signs the links themselves, for an hour."""
        return media.fetch_open(self.title, link, most_bytes)

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Sign in and read the numbers; texts nobody."""
        try:
            numbers = rest.numbers(rest.api(connection))
        except Refused as refused:
            says = "Aircall does not let us in."
            return (Finding(name="sign-in", ok=False, says=says, fix=refused.detail, setting="api_token"),)
        except PortError as away:
            fix = "Check that this machine reaches api.aircall.io over HTTPS, then try again."
            return (Finding(name="sign-in", ok=False, says=away.detail, fix=fix, reached=False),)
        says = f"The API keys are right. Numbers: {', '.join(sorted(numbers)[:20]) or 'none'}."
        signed_in = Finding(name="sign-in", ok=bool(numbers), says=says, fix="Add a number to this Aircall account.")
        if connection.settings.get("webhook_token"):
            return (signed_in,)
        return (signed_in, UNSIGNED)

    def hooks(self, connection: Connection, address: str) -> AircallHooks:
        """Makes webhooks of this connection, with its token, for a product that answers under `address`."""
        return AircallHooks(connection=connection, address=address)


def _facts(event: Told, answered: keywords.Words) -> tuple[Happened | ReceiptCame | Ignored, ...]:
    if event.kind.startswith("call."):
        return calls.call(event)
    if event.kind.startswith("message."):
        return texts.text(event, answered)
    return (event.ignored("Nothing follows from events of this kind."),)
