"""The pretend phone world: handsets, texts, calls and a phone provider that reports them, all in one SQLite file.

This page is the index of what can be done there; each subject has its own module. The world never reads the clock:
every act is handed its moment, so that stories run it on a virtual one. It decides nothing about the product.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from answerback.adapters.simulator.calls import Call, Calls
from answerback.adapters.simulator.faults import Faults
from answerback.adapters.simulator.our_calls import OurCalls
from answerback.adapters.simulator.scripts import DEFAULT_TALK_SECONDS
from answerback.adapters.simulator.tables import Tables
from answerback.adapters.simulator.texts import Text, Texts
from answerback.adapters.simulator.webhooks import BATCH, Webhook, Webhooks
from answerback.engine.events import Failure, LineType
from answerback.ports.calls import OutgoingCall, Placed
from answerback.ports.phone import HandedOver, OutgoingText


@dataclass(frozen=True, slots=True, kw_only=True)
class Handset:
    """Somebody's phone. `failure` says why texts never arrive there: a landline, switched off, ..."""

    number: str
    name: str
    failure: Failure | None = None


class PhoneWorld:
    """One pretend phone world, open; threads may share it, and other processes may have the same file open.

    `where` is a file path, or `memory:<name>` for a world of this process only. `faults` makes the provider misbehave.
    """

    def __init__(self, where: str) -> None:
        self._tables = Tables(where)
        self._calls = Calls(self._tables)
        self._texts = Texts(self._tables)
        self._webhooks = Webhooks(self._tables)
        self._our_calls = OurCalls(self._tables)
        self.faults = Faults(self._tables)

    def close(self) -> None:
        """Let go of the file; the world goes on existing, unless it was one in memory."""
        self._tables.close()

    # The provider's side: who gets told, and of what.

    def connect(self, line: str, *, connection: int, secret: str, hooks_url: str, title: str = "") -> None:
        """Report what happens on `line` to `hooks_url` + `/call`, `/text` or `/receipt`, signed with `secret`."""
        with self._tables.write() as db:
            db.execute("INSERT OR REPLACE INTO account (connection, secret) VALUES (?, ?)", (connection, secret))
            db.execute(
                "INSERT OR REPLACE INTO line (number, connection, hooks_url, title) VALUES (?, ?, ?, ?)",
                (line, connection, hooks_url.rstrip("/"), title),
            )

    def secret_of(self, connection: int) -> str | None:
        """What the provider signs this connection's webhooks with; None if it has never heard of it."""
        with self._tables.read() as db:
            row = db.execute("SELECT secret FROM account WHERE connection = ?", (connection,)).fetchone()
        return None if row is None else str(row["secret"])

    def due(self, now: datetime, limit: int = BATCH) -> tuple[Webhook, ...]:
        """Claim the webhooks whose time has come, signed as of `now`; report each as delivered or failed."""
        return self._webhooks.due(now, limit)

    def place(self, call: OutgoingCall, *, connection: int, now: datetime) -> Placed:
        """The shop's software rings a phone; raises `Refused` for one that cannot be reached."""
        return self._our_calls.place(call, connection, now)

    def picks_up(self, number: str, *keys: str) -> None:
        """Whoever has this phone picks up the next call of the shop's software, and presses these keys in turn."""
        self._our_calls.picks_up(number, keys)

    def answered(self, webhook: Webhook, body: bytes, now: datetime) -> None:
        """What our side answered to this webhook: a call it placed goes on like that."""
        if webhook.what == "our-call":
            self._our_calls.answered(webhook, body, now)

    def delivered(self, webhook: int, status: int = 204) -> None:
        """Our side took this webhook."""
        self._webhooks.delivered(webhook, status)

    def failed(self, webhook: int, now: datetime, status: int = 0) -> None:
        """Our side did not take this webhook: it is tried again after 1, 2, 4, ... seconds, 8 times in all."""
        self._webhooks.failed(webhook, now, status)

    def next_due(self) -> datetime | None:
        """When the next webhook wants to be delivered, None when none waits."""
        return self._webhooks.next_due()

    def webhook_counts(self) -> Mapping[str, int]:
        """How many webhooks are `waiting`, `delivered` and `lost`."""
        return self._webhooks.counts()

    def hand_over(self, text: OutgoingText, *, connection: int, secret: str, now: datetime) -> HandedOver:
        """Take a text of the shop; raises what the ordered faults or a carrier's block say."""
        return self._texts.hand_over(text, connection=connection, secret=secret, now=now)

    def find(
        self, text: OutgoingText, *, since: datetime, now: datetime, known: frozenset[str] = frozenset()
    ) -> HandedOver | None:
        """What became of a text that may have been handed over since then; None if it was not."""
        return self._texts.find(text, since=since, now=now, known=known)

    def answer_keywords(self, on: bool) -> None:
        """Let the pretend carrier act on STOP, START and HELP by itself, as US carriers do; off at first."""
        self._texts.answer_keywords(on)

    # The customers' side: what a person with a phone does and sees.

    def add_handset(self, number: str, name: str, failure: Failure | None = None) -> Handset:
        """Put a named phone into the world, or change it; a number without one works too."""
        with self._tables.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO handset (number, name, failure) VALUES (?, ?, ?)", (number, name, failure)
            )
        return Handset(number=number, name=name, failure=failure)

    def line_type(self, number: str) -> LineType:
        """What a look-up says of this number: a handset that gets no texts because it is a landline is one."""
        found = next((each for each in self.handsets() if each.number == number), None)
        return "landline" if found is not None and found.failure == "landline" else "mobile"

    def handsets(self) -> tuple[Handset, ...]:
        """Every named phone, the oldest first."""
        with self._tables.read() as db:
            rows = db.execute("SELECT * FROM handset ORDER BY rowid").fetchall()
        return tuple(Handset(number=row["number"], name=row["name"], failure=row["failure"]) for row in rows)

    def texts(self, number: str) -> tuple[Text, ...]:
        """Every text to or from this number, arrived or not, in the order they were sent."""
        return self._texts.of(number)

    def pictures(self, message: str) -> tuple[str, ...]:
        """The links to the pictures that came with this text."""
        return self._texts.pictures(message)

    def pictures_of(self, number: str) -> dict[str, tuple[str, ...]]:
        """The links to the pictures that came with the texts from and to this number, by text."""
        return self._texts.pictures_of(number)

    def take_picture(self, content: bytes) -> str:
        """A customer's phone has this JPEG from now on; returns the link to send it by (`text`, its `media`)."""
        return self._texts.take_picture(content)

    def taken_picture(self, link: str) -> bytes | None:
        """The JPEG at such a link; None where there is none."""
        return self._texts.taken_picture(link)

    def texts_to(self, number: str) -> tuple[Text, ...]:
        """Every text to this number, arrived or not, in the order they were sent."""
        return self._texts.to(number)

    def text(self, sender: str, to: str, body: str, at: datetime, media: tuple[str, ...] = ()) -> Text:
        """A customer texts a line; raises LookupError if the line is not connected."""
        return self._texts.type(sender, to, body, at, media)

    def calls(self, number: str) -> tuple[Call, ...]:
        """Every call this number made or was called back by, oldest first."""
        return self._calls.of(number)

    def call(
        self,
        caller: str,
        line: str,
        at: datetime,
        *,
        ring: int | None = None,
        outcome: str = "no-answer",
        talk: int = DEFAULT_TALK_SECONDS,
        voicemail_text: str = "",
        menu_choice: str = "",
    ) -> Call:
        """A customer (or `withheld`) calls a line; the facts follow by themselves as their time comes.

        `ring` in seconds (20, shorter where it is busy or closed); `outcome` one of `CallOutcome`, hyphens allowed,
        or `answered`; `talk` in seconds. Raises ValueError for an unknown outcome, LookupError for an unknown line.
        """
        return self._calls.start(
            caller, line, at, ring=ring, outcome=outcome, talk=talk, words=voicemail_text, menu=menu_choice
        )

    def report(self, caller: str, line: str, at: datetime, kind: str, **fields: object) -> None:
        """Let the phone system report one fact of its own, of any kind docs/simulator.md lists, at that moment."""
        self._calls.report(caller, line, at, kind, fields)

    def current_call(self, number: str, now: datetime) -> Call | None:
        """The call this number is in, if any."""
        return self._calls.current(number, now)

    def hang_up(self, number: str, at: datetime) -> bool:
        """End the call this number is in, whoever hangs up; False if there is none."""
        return self._calls.hang_up(number, at)

    def leave_voicemail(self, number: str, words: str, at: datetime) -> bool:
        """Say these words after the beep and hang up; False if no recording is running."""
        return self._calls.leave_voicemail(number, words, at)

    # The shop's side: the phone on the counter.

    def calls_on(self, line: str, now: datetime) -> tuple[Call, ...]:
        """The calls going on at this line, oldest first."""
        return self._calls.on(line, now)

    def answer(self, number: str, at: datetime, phone: str = "") -> bool:
        """Pick up the call from this number, on this phone of the shop; False if it does not ring any more."""
        return self._calls.answer(number, at, phone)

    def ring_out(self, number: str, at: datetime) -> bool:
        """Skip to the moment at which nobody picked up; False if it does not ring any more."""
        return self._calls.ring_out(number, at)

    def to_voicemail(self, number: str, at: datetime) -> bool:
        """Skip to the beep of the voicemail; False if it does not ring any more."""
        return self._calls.to_voicemail(number, at)

    def call_back(self, line: str, number: str, at: datetime, *, talked: bool = True) -> None:
        """A person of the shop phones this number; `talked` if the two spoke."""
        self._calls.call_back(line, number, at, talked=talked)


_open: dict[str, PhoneWorld] = {}
_opening = threading.Lock()


def open_world(where: str) -> PhoneWorld:
    """The world at this place, opened once in this process and shared by everybody in it."""
    with _opening:
        if where not in _open:
            _open[where] = PhoneWorld(where)
        return _open[where]


def close_world(where: str) -> None:
    """Let go of a world opened here; one in memory is forgotten."""
    with _opening:
        world = _open.pop(where, None)
    if world is not None:
        world.close()
