"""The default phone provider: hands texts to a pretend phone world and understands its webhooks.

It satisfies `ports.phone.Phone` exactly as a real provider's adapter does and decides nothing. It never reads the
clock: the composition root hands it one with `use_clock` before the first text.
"""

import sqlite3
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from answerback.adapters import facts_json, signed_json
from answerback.adapters.simulator import keepsakes, our_calls
from answerback.adapters.simulator.hooks import SimulatorHooks
from answerback.adapters.simulator.webhooks import ATTEMPTS
from answerback.adapters.simulator.world import PhoneWorld, open_world
from answerback.ports.calls import Next, OurCall, OutgoingCall, Placed
from answerback.ports.connection import Connection, Finding, Request, Setting
from answerback.ports.errors import Forged, Unavailable
from answerback.ports.phone import Answer, HandedOver, Heard, Media, NumberFacts, OutgoingText

Clock = Callable[[], datetime]


SHOP_RINGS = timedelta(seconds=15)
"""How long the pretend phone of a shop rings before it forwards a call."""


class Simulator:
    """The pretend phone system. `clock` says what time it is in the world of this process."""

    name = "simulator"
    title = "Pretend phones (simulator)"
    settings = (
        Setting(
            name="world",
            label="World",
            help="The file in which the pretend phone world lives, or memory:<name> for one of this process only.",
        ),
        Setting(
            name="secret",
            label="Signing secret",
            help="Any long random text; the pretend phone system signs its webhooks with it.",
            secret=True,
        ),
    )
    can_find = True

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock

    def use_clock(self, clock: Clock) -> None:
        """Take the time from here on; called once by the wiring, and by tests with a virtual clock."""
        self._clock = clock

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:
        """Pass if the pretend phone system signed this request within the last 300 s, else raise `Forged`."""
        if request.form:
            raise Forged("The pretend phone system sends JSON, never a form.")
        signed_json.check_signature(
            secret=connection.settings.get("secret", ""),
            url=request.url,
            body=request.body,
            headers=request.headers,
            now=now,
        )

    def hear(self, connection: Connection, request: Request, now: datetime) -> Heard:  # noqa: ARG002 - the port's shape
        """The one fact in the request's JSON; raises `Malformed` naming the field that is wrong."""
        if request.what == "our-call":
            return Heard(facts=(), our_call=our_calls.heard(request.body))
        return facts_json.hear_payload(request.body)

    def send(self, connection: Connection, text: OutgoingText) -> HandedOver:
        """Hand one text to the pretend world; raises what its ordered faults say."""
        now = self._now()
        try:
            world = _world(connection)
            slow = world.faults.take_slowness()
            if slow:
                time.sleep(slow)
            secret = connection.settings.get("secret", "")
            return world.hand_over(text, connection=connection.id, secret=secret, now=now)
        except (sqlite3.Error, OSError) as error:
            raise Unavailable(f"The pretend phone world cannot be written: {error}.") from error

    def place(self, connection: Connection, call: OutgoingCall) -> Placed:
        """Ring a phone in the pretend world; raises what its state says."""
        try:
            return _world(connection).place(call, connection=connection.id, now=self._now())
        except (sqlite3.Error, OSError) as error:
            raise Unavailable(f"The pretend phone world cannot be written: {error}.") from error

    def go_on(self, connection: Connection, call: OurCall, then: Next, hooks_url: str) -> Answer:  # noqa: ARG002
        """What the pretend provider is told to do next."""
        return our_calls.go_on(then)

    def find(
        self, connection: Connection, text: OutgoingText, since: datetime, known: frozenset[str] = frozenset()
    ) -> HandedOver | None:
        """What became of a text in the pretend world; None when it never got there."""
        now = self._now()
        try:
            return _world(connection).find(text, since=since, now=now, known=known)
        except (sqlite3.Error, OSError) as error:
            raise Unavailable(f"The pretend phone world cannot be read: {error}.") from error

    def look_up(self, connection: Connection, number: str) -> NumberFacts:
        """What kind of pretend phone this is; for nothing."""
        return NumberFacts(number=number, line_type=_world(connection).line_type(number), carrier="Pretend Mobile")

    def place_test_call(self, connection: Connection, line: str, to: str, hooks_url: str) -> str:  # noqa: ARG002
        """The shop's pretend phone rings in vain and forwards to the line, unless it is one that cannot be reached."""
        world, now = _world(connection), self._now()
        if all(each.number != to or each.failure is None for each in world.handsets()):
            world.call(line, line, now + SHOP_RINGS, ring=20, outcome="no-answer")
        return f"test-{now:%Y%m%d%H%M%S}"

    def fetch(self, connection: Connection, link: str, most_bytes: int) -> Media:  # noqa: ARG002 - the port's shape
        """What a pretend picture or recording looks and sounds like, or the picture that a pretend phone took."""
        taken = _world(connection).taken_picture(link)
        return keepsakes.fetch(link) if taken is None else Media(content_type="image/jpeg", content=taken)

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Is there a secret, can the world be opened, do its webhooks arrive?"""
        try:
            world = _world(connection)
            known, counts = world.secret_of(connection.id), world.webhook_counts()
        except (sqlite3.Error, OSError, Unavailable) as error:
            fix = "Give the connection a file path in a folder that answerback may write to."
            return (Finding(name="world", ok=False, says=f"The pretend world cannot be opened: {error}.", fix=fix),)
        secret = connection.settings.get("secret", "")
        if not secret or known not in {None, secret}:
            says = "The signing secret is not the pretend phone system's." if secret else "There is no signing secret."
            return (Finding(name="secret", ok=False, says=says, fix="Set the same one at both ends: any long text."),)
        return (Finding(name="world", ok=True, says="The pretend phone world is open."), _check_webhooks(counts))

    def hooks(self, connection: Connection, address: str) -> SimulatorHooks:
        """Webhooks as the pretend phone system would send them to a product under `address`, which it need not know."""
        return SimulatorHooks(connection=connection, address=address, clock=self._now)

    def _now(self) -> datetime:
        if self._clock is None:
            raise RuntimeError(
                "The simulator was never handed a clock: call answerback.adapters.simulator.adapter.use_clock(...) "
                "at start-up, with the product's clock or a virtual one."
            )
        return self._clock()


def _world(connection: Connection) -> PhoneWorld:
    where = connection.settings.get("world", "")
    if not where:
        raise Unavailable("The connection does not say where its pretend world is: set `world` in its settings.")
    return open_world(where)


def _check_webhooks(counts: Mapping[str, int]) -> Finding:
    if counts["refused"] and not counts["lost"]:
        return Finding(
            name="webhooks",
            ok=False,
            says=f"Webhooks that were not taken and are sent again: {counts['refused']}.",
            fix="See that the web process runs and that its database has room; /readyz says what is missing.",
        )
    if not counts["lost"]:
        return Finding(name="webhooks", ok=True, says=f"Webhooks delivered: {counts['delivered']}, none lost.")
    return Finding(
        name="webhooks",
        ok=False,
        says=f"Webhooks given up after {ATTEMPTS} attempts: {counts['lost']}.",
        fix="See that the web process runs, and that the public address in the settings leads to it.",
    )
