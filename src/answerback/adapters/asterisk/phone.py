"""The Asterisk adapter: hears a switchboard, over its manager interface or by the hangup handler's POST.

It sends no texts: a line of a switchboard names another line that does. It decides nothing and raises only the errors
of `ports.errors`.
"""

import hmac
from dataclasses import dataclass, field
from datetime import datetime

from answerback.adapters.asterisk import listening, record
from answerback.adapters.asterisk.hooks import AsteriskHooks
from answerback.adapters.asterisk.numbers import TRUNKS, plan
from answerback.adapters.asterisk.tracker import Tracker
from answerback.adapters.objects import storable
from answerback.ports.connection import Connection, Finding, Request, Setting
from answerback.ports.errors import Forged, Malformed, PortError, Refused, Unclear
from answerback.ports.listening import Ear
from answerback.ports.phone import HandedOver, Heard, Ignored, OutgoingText

NO_TEXTS = "A switchboard sends no texts. Let this line's texts leave by another line: see docs/connect/asterisk.md."


@dataclass(slots=True)
class AsteriskPhone:
    """Asterisk and FreePBX as `ports.phone.Phone` wants them."""

    trackers: dict[int, Tracker] = field(default_factory=dict)
    """The calls each connection follows, kept while a line is broken."""

    name = "asterisk"
    title = "Asterisk, FreePBX"
    can_find = False
    hook = "hangup"
    hook_says = "Only for a hangup handler that posts: docs/connect/asterisk.md. Where we listen, it needs no address."
    hook_secret = ""
    can_text = False
    settings = (
        Setting(name="lines", label="Numbers", help="The numbers callers dial, E.164, parted by spaces: +15125550100."),
        Setting(
            name="host",
            label="Host of the manager interface",
            help="Where Asterisk runs, to be listened to. Empty where only the hangup handler's POST is used.",
            required=False,
        ),
        Setting(name="port", label="Port", help="Empty: 5038, or 5039 with TLS.", required=False),
        Setting(name="tls", label="TLS", help="yes or no; yes unless both run on one machine.", required=False),
        Setting(name="user", label="Manager user", help="As in manager.conf.", required=False),
        Setting(name="secret", label="Manager secret", help="As in manager.conf.", secret=True, required=False),
        Setting(
            name="post_token",
            label="Token of the POST",
            help="Any long random text, for the hangup handler that posts instead of being listened to.",
            secret=True,
            required=False,
        ),
        Setting(
            name="region", label="Country", help="Two letters, for numbers without +.", required=False, default="US"
        ),
        Setting(
            name="trunk_contexts",
            label="Contexts of calls from outside",
            help="Where your trunks' calls arrive in the dialplan.",
            required=False,
            default=TRUNKS,
        ),
    )

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:
        """Pass if the form holds this connection's token, else raise `Forged`. What comes twice is known."""
        del now
        token = connection.settings.get("post_token", "")
        if not token:
            raise Forged("This connection has no token for the hangup handler's POST. Add it in the settings.")
        given = next((value for name, value in request.form if name == "token"), "")
        if not hmac.compare_digest(token.encode("utf-8", "replace"), given.encode("utf-8", "replace")):
            raise Forged("The token in the form is not this connection's.")

    def hear(self, connection: Connection, request: Request, now: datetime) -> Heard:
        """The facts in a hangup handler's form; raises `Malformed`."""
        said = storable({name: value for name, value in reversed(request.form) if name != "token"})
        if request.what != "hangup":
            why = "Nothing is known to do at this address; post to the one that ends in /hangup."
            key = f"ignored:{said.get('call', '')[:120] or request.what[:40]}"
            return Heard(facts=(Ignored(key=key, kind=request.what[:80], why=why, raw=said),))
        if not said:
            raise Malformed("The form is empty. Post what the hangup handler in docs/connect/asterisk.md posts.")
        return Heard(facts=record.facts(said, plan(connection), now))

    def listen(self, connection: Connection, ear: Ear) -> None:
        """Hear the manager interface until it breaks or the ear is stopping."""
        numbers = plan(connection)
        tracker = self.trackers.setdefault(connection.id, Tracker(numbers))
        tracker.plan = numbers
        listening.listen(connection, tracker, ear)

    def listens(self, connection: Connection) -> bool:
        """Is there a manager interface to hear?"""
        return bool(connection.settings.get("host", "").strip())

    def sends(self, connection: Connection) -> bool:
        """A switchboard sends no texts."""
        del connection
        return False

    def send(self, connection: Connection, text: OutgoingText) -> HandedOver:
        """Refuse: a switchboard sends no texts."""
        del connection, text
        raise Refused(NO_TEXTS, failure="sender_unregistered", code="no_texts")

    def find(
        self, connection: Connection, text: OutgoingText, since: datetime, known: frozenset[str] = frozenset()
    ) -> HandedOver | None:
        """Nobody can say: no text was ever handed over."""
        del connection, text, since, known
        raise Unclear(NO_TEXTS)

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Sign in at the manager interface and see what its user may; changes nothing."""
        lines = plan(connection).lines
        numbers = Finding(
            name="numbers",
            ok=bool(lines),
            says=f"Calls to {', '.join(sorted(lines)) or 'no number'} are followed.",
            fix="Write the numbers callers dial into this connection's settings.",
        )
        if not self.listens(connection):
            posted = bool(connection.settings.get("post_token"))
            says = "The hangup handler posts its calls." if posted else "Neither a host nor a token is set."
            fix = "Set host, user and secret, or the token of the POST: docs/connect/asterisk.md."
            return (numbers, Finding(name="way in", ok=posted, says=says, fix=fix))
        try:
            with listening.signed_in(connection.settings) as ami:
                may = ami.ask("DBGetTree", Family=listening.FAMILY).get("Message", "")
        except PortError as problem:
            wrong = _keeps_out(problem)  # and then the problem names the mend
            fix = "Check host and port: docs/connect/asterisk.md."
            if wrong:
                fix = "The page docs/connect/asterisk.md says how."
            away = Finding(name="sign-in", ok=False, says=problem.detail, fix=fix, setting=wrong, reached=bool(wrong))
            return (away,)
        fix = "Add read = call,user,agent,dialplan,system and write = system,reporting to the user in manager.conf."
        denied = "denied" in may.lower()
        says = "The manager user may not read Asterisk's database." if denied else "The manager user signs in."
        return (numbers, Finding(name="sign-in", ok=not denied, says=says, fix=fix))

    def hooks(self, connection: Connection, address: str) -> AsteriskHooks:
        """Makes the hangup handler's POST for a product that answers under `address`."""
        return AsteriskHooks(connection=connection, address=address)


def _keeps_out(problem: PortError) -> str:
    """The setting by which we did not get in; empty where nobody answered."""
    if not isinstance(problem, Refused):
        return ""
    return "host" if problem.code == "blocked" else "secret"
