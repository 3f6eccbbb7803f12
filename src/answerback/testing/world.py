"""A World: the whole product on a virtual clock, with a pretend business, pretend phones and a provider that can fail.

Customers call and text, staff act, time passes; what the product did is read back. Everything between is the product's
own: signed webhooks over HTTP, intake, turns, delivery, reconciliation, booking pages, PostgreSQL. Nothing is mocked.
Never here: decisions, or a World beside another one in the same process (the clock is one).
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from answerback.adapters.simulator import PhoneWorld, close_world, open_world
from answerback.ports.phone import WITHHELD, ReceiptStatus
from answerback.testing import databases

if TYPE_CHECKING:
    from answerback.store import models
    from answerback.testing.crashes import When
    from answerback.testing.records import Report
    from answerback.testing.shop import Person, Staff

LONGEST_WAIT = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One text as the handset's owner sees it: `at` is when the provider got it, in UTC."""

    body: str
    at: datetime
    status: ReceiptStatus
    sender: str

    def __str__(self) -> str:
        return self.body


class World:
    """One pretend business and its customers. Use it in a `with` block, or call `close`.

    `now` is local to `timezone`. `hours` are (weekday from Monday = 0, from, to); `settings` are what differs from the
    defaults; `playbook` is YAML instead of the pack's; `staff` says who works there. Making one empties the database.
    """

    def __init__(
        self,
        pack: str = "plumbing",
        now: str | datetime = "2026-03-10 10:00",
        timezone: str = "America/Chicago",
        *,
        name: str = "",
        playbook: str = "",
        hours: Sequence[tuple[int, str, str]] | None = None,
        closed_days: Sequence[str] = (),
        settings: dict[str, object] | None = None,
        staff: "Sequence[Person] | None" = None,
        lines: Sequence[str] = (),
        texts_per_second: float = 1.0,
    ) -> None:
        databases.ready()
        # Only now: these modules need Django set up, which is what `ready` does where nobody else did.
        from answerback.testing import records, shop, stack  # noqa: PLC0415
        from answerback.testing.crashes import Crashes  # noqa: PLC0415
        from answerback.testing.provider import Provider  # noqa: PLC0415

        self.zone = ZoneInfo(timezone)
        self.clock = stack.VirtualClock(self.moment(now))
        self._open = ExitStack()
        self._enter()
        stack.empty()
        where = f"memory:world{next(_NUMBERS)}"
        self.phones: PhoneWorld = open_world(where)
        self._open.callback(close_world, where)
        self.callers: set[str] = set()
        self.crashes = Crashes()
        self._open.enter_context(self.crashes.installed())
        self.stack = stack.Stack(self.phones, self.crashes)
        self._later: list[tuple[datetime, Callable[[], None]]] = []
        self.provider = Provider(self.phones, self.stack, self._do_later)
        self._records = records
        given = shop.Plan(
            pack=pack,
            zone=timezone,
            name=name,
            playbook=playbook,
            closed_days=closed_days,
            settings=settings or {},
            texts_per_second=texts_per_second,
            **_given(hours=hours, staff=staff, lines=tuple(lines) or None),
        )
        self.shop = shop.open_shop(given, self.phones, where)

    def close(self) -> None:
        """Give the clock back and forget the pretend phones; the tables keep what they hold until the next World."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Time

    @property
    def now(self) -> datetime:
        """The moment, in UTC."""
        return self.clock.moment

    @property
    def local(self) -> datetime:
        """The moment on the business's wall clock."""
        return self.now.astimezone(self.zone)

    def moment(self, said: str | datetime) -> datetime:
        """A moment in UTC: a datetime with a zone, `2026-03-10 10:00` local, or `14:30`, the next time it is that."""
        if isinstance(said, datetime):
            return (said if said.tzinfo else said.replace(tzinfo=self.zone)).astimezone(UTC)
        if len(said) <= len("10:00:00"):
            today = datetime.combine(self.local.date(), time.fromisoformat(said), self.zone)
            return (today if today >= self.local else today + timedelta(days=1)).astimezone(UTC)
        return self.moment(datetime.fromisoformat(said))

    def run(
        self,
        *,
        seconds: float = 0,
        minutes: float = 0,
        hours: float = 0,
        days: float = 0,
        until: str | datetime | Callable[[], bool] | None = None,
    ) -> bool:
        """Let time pass: so long, or until a moment, or until something is so (at most so long, else 60 days).

        Goes from one due thing to the next. Returns whether what was waited for came about.
        """
        span = timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days)
        if callable(until):
            return self._run_to(self.now + (span or LONGEST_WAIT), until)
        return self._run_to(self.moment(until) if until is not None else self.now + span)

    def settle(self) -> None:
        """Let happen what is due at this very moment."""
        self._run_to(self.now)

    # Customers

    def call(
        self,
        number: str,
        ring: int | None = None,
        outcome: str = "no-answer",
        *,
        line: str | None = None,
        at: str | datetime | None = None,
        voicemail: str | None = None,
        talk: int = 60,
        menu: str = "",
    ) -> str:
        """A customer (or `withheld`) calls; returns the call's key. With `voicemail` they leave these words.

        `at` in the past is a call the provider reports late; in the future one that is still to come.
        """
        self.callers.add(number)
        called = self.phones.call(
            number,
            line or self.shop.lines[0],
            self.moment(at) if at is not None else self.now,
            ring=ring,
            outcome="voicemail" if voicemail is not None else outcome,
            talk=talk,
            voicemail_text=voicemail or "",
            menu_choice=menu,
        )
        self.settle()
        return called.key

    def tell(self, number: str, kind: str, *, line: str | None = None, after: float = 0, **fields: object) -> None:
        """The phone system reports one fact about this customer, of any kind that docs/simulator.md lists."""
        self.callers.add(number)
        moment = self.now + timedelta(seconds=after)
        self.phones.report(number, line or self.shop.lines[0], moment, kind, **fields)
        self.settle()

    def answered_call(self, number: str, *, ring: int = 6, talk: int = 60, line: str | None = None) -> str:
        """A customer calls and a person picks up."""
        return self.call(number, ring, "answered", talk=talk, line=line)

    def call_back(self, number: str, *, talked: bool = True) -> None:
        """A person of the business phones this customer from a line of ours."""
        self.phones.call_back(self.shop.lines[0], number, self.now, talked=talked)
        self.settle()

    def text(
        self,
        number: str,
        words: str,
        *,
        at: str | datetime | None = None,
        line: str | None = None,
        media: Sequence[str] = (),
    ) -> None:
        """A customer texts, perhaps with pictures (links)."""
        moment = self.moment(at) if at is not None else self.now
        self.phones.text(number, line or self.shop.lines[0], words, moment, tuple(media))
        self.settle()

    def book(self, number: str, which: int = 0, name: str = "") -> "models.Appointment":
        """The customer opens the link in our last text and takes the `which`-th opening of the page, by this name."""
        from answerback.testing.browser import take_opening  # noqa: PLC0415  needs Django

        take_opening(self.stack, self.crashes, self.link(number), which, name)
        self.settle()
        return self._records.appointments(number)[-1]

    # The business

    def staff(self, name: str) -> "Staff":
        """A person at the desk, who can take over, reply, hand back, close to-dos."""
        from answerback.testing.shop import Staff  # noqa: PLC0415  needs Django

        return Staff(name, self.shop, self.stack, self.crashes, self._records.conversation)

    def hire(self, name: str, phone: str, role: str = "technician") -> None:
        """Somebody more works here from now on."""
        from answerback.testing import shop  # noqa: PLC0415  needs Django

        self.shop = shop.hire(self.shop, name, phone, role)

    def put_on_call(self, name: str, days: Sequence[int], start: str, end: str, *, rung: int = 1) -> None:
        """They are on call on these days (0 is Monday, 7 a holiday) from `start` to `end`, perhaps the next day's."""
        from answerback.testing import shop  # noqa: PLC0415  needs Django

        shop.put_on_call(self.shop, name, days, start, end, rung=rung)

    def set_member(self, name: str, **changes: object) -> None:
        """Change what is known of somebody who works here: `phone`, `rings`, `relays`."""
        self._records.set_member(self.shop.members[name], changes)

    def woken(self) -> tuple[str, ...]:
        """Who was woken about anything, in order, once for each time."""
        return self._records.woken()

    def set_line(self, line: str | None = None, **changes: object) -> None:
        """Change what is known of a line, the first unless named: `voicemail_after`, `sender_state`, `hours`, ..."""
        self._records.set_line(line or self.shop.lines[0], changes)

    def staff_phones(self) -> dict[str, str]:
        """Where pages to each person of the business arrive, by name."""
        return self._records.phones()

    # Trouble

    def redeliver(self, times: int = 1, *, last: int = 1) -> tuple[int, ...]:
        """The provider posts its last webhooks again, as many times; returns the HTTP statuses of our answers."""
        statuses = tuple(self.stack.post(webhook) for webhook in self.stack.posted[-last:] * times)
        self.settle()
        return statuses

    def crash(self, *, before: str = "", within: str = "", after: str = "") -> None:
        """Let the process die once: before a step, right before its commit (`within`), or right after it.

        Steps: intake, turn, page, claim, hand-over, write, reconcile, desk, booking. A new process goes on at once.
        """
        points: tuple[tuple[When, str], ...] = (("before", before), ("before commit", within), ("after", after))
        for when, step in points:
            if step:
                self.crashes.arm(when, step)  # type: ignore[arg-type]  # checked there, in words

    # What came of it

    def texts_to(self, number: str) -> tuple[Seen, ...]:
        """Every text the provider got for this number, arrived or not, in order."""
        return tuple(
            Seen(body=text.body, at=text.at, status=text.status(self.now), sender=text.sender)
            for text in self.phones.texts_to(number)
        )

    def lead(self, number: str) -> "models.Lead | None":
        """The newest lead of this number: `.status`, `.service`, `.urgency`, `.answers`, `.next_step`."""
        return self._records.lead(number)

    def leads(self, number: str | None = None) -> "tuple[models.Lead, ...]":
        """All leads, oldest first, or those of one number."""
        return self._records.leads(number)

    def conversation(self, number: str) -> "models.Conversation | None":
        """The newest conversation with this number: `.phase`, `.held_by`, `.epoch`, `.ended_at`."""
        return self._records.conversation(number)

    def messages(self, number: str) -> "tuple[models.Message, ...]":
        """Every text to and from this number as the product wrote it: `.author`, `.purpose`, `.status`, `.body`."""
        return self._records.messages(number)

    def receipts(self, number: str) -> "tuple[models.Decision, ...]":
        """Why everything was done or not done for this number: `.rule`, `.verdict`, `.why`, `.guards`."""
        return self._records.receipts(number)

    def pages(self, number: str | None = None) -> "tuple[models.Page, ...]":
        """Every time the person on call was woken: `.reason`, `.summary`, `.taken_by`."""
        return self._records.pages(number)

    def todos(self, number: str | None = None, *, closed: bool = False) -> "tuple[models.Todo, ...]":
        """To-dos that are open (or closed): `.kind`, `.title`, `.urgent`, `.due_at`."""
        return self._records.todos(number, closed=closed)

    def appointments(self, number: str) -> "tuple[models.Appointment, ...]":
        """Every appointment of this number: `.status`, `.during`, `.service`."""
        return self._records.appointments(number)

    def consent(self, number: str) -> str:
        """Why this number may be texted: a state of `engine.consent`."""
        return self._records.consent(number)

    def is_stopped(self, number: str) -> bool:
        """Did this number say stop, and not start since?"""
        return self._records.is_suppressed(number)

    def report(self, since: str | datetime | None = None, until: str | datetime | None = None) -> "Report":
        """The owner's numbers, of all time or of leads that came in a stretch of it."""
        return self._records.report(*(None if said is None else self.moment(said) for said in (since, until)))

    def measure(self, number: str) -> "models.LeadMeasure":
        """What the newest lead of this number adds to the reports, measured now."""
        return self._records.measure(self.shop.business, number)

    def broken_promises(self) -> tuple[str, ...]:
        """Every promise of the product that does not hold for what happened in this World, in words; empty is well."""
        from answerback.testing import promises  # noqa: PLC0415  needs Django

        return promises.broken(self.phones, self.callers, self.now)

    def _enter(self) -> None:
        """Put our clock in the place of the real one, in every part that reads it."""
        global _current  # noqa: PLW0603  the product's clock is one for the whole process, so is the World
        from answerback.server import wiring  # noqa: PLC0415  needs Django
        from answerback.workflow import clock  # noqa: PLC0415  its users need Django

        if _current is not None:
            raise RuntimeError(
                "Another World is open in this process: close it first (they share the product's clock)."
            )
        _current = self
        self._open.callback(_leave)
        wiring.wire()
        self._open.enter_context(clock.using(self.clock))

    def _run_to(self, end: datetime, until: Callable[[], bool] | None = None) -> bool:
        while True:
            due = self._sooner(self.stack.settle())
            if until is not None and until():
                return True
            if due is None or due > end:
                break
            self.clock.move_to(due)
            self._do_own()
        self.clock.move_to(end)
        return until is None

    def _sooner(self, due: datetime | None) -> datetime | None:
        """This moment, or a sooner one at which the World itself does something."""
        own = min((moment for moment, _ in self._later), default=None)
        return min((each for each in (own, due) if each is not None), default=None)

    def _do_later(self, span: timedelta, act: Callable[[], None]) -> None:
        self._later.append((self.now + span, act))

    def _do_own(self) -> None:
        """Do what the World itself has planned for now, such as a provider that comes back."""
        for pair in [pair for pair in self._later if pair[0] <= self.now]:
            self._later.remove(pair)
            pair[1]()

    def link(self, number: str) -> str:
        """The booking link in our last text to this number that holds one."""
        for text in reversed(self.texts_to(number)):
            found = next((word for word in text.body.split() if "/b/" in word), None)
            if found:
                return found
        raise LookupError(f"No text to {number} holds a booking link yet.")


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _leave() -> None:
    global _current  # noqa: PLW0603  see `_enter`
    _current = None


_NUMBERS = count(1)
_current: World | None = None

__all__ = ["WITHHELD", "Seen", "World"]
