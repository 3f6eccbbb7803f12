"""Connects members' calendars: set up, signed in to, tried, taken away; and opens one for whoever reads or writes it.

Tokens and passwords are sealed before they are written. No network inside a transaction. What has been booked is never
in danger here: taking a calendar away forgets what it said, and nothing else.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings

from answerback.ports import registry
from answerback.ports.calendar import Calendar, Subscription, TellsOfChanges
from answerback.ports.connection import Connection, Finding, Request
from answerback.ports.errors import PortError, SignInNeeded
from answerback.ports.registry import NotInstalled
from answerback.ports.sign_in import SignInAsked, SignsIn
from answerback.store import models
from answerback.store.queries import busy, outside
from answerback.store.queries.outside import BUILT_IN
from answerback.store.queries.rows import Cursor
from answerback.store.secrets import seal, unseal
from answerback.workflow import clock, connecting, queue, transaction

Result = TypeVar("Result")


class NotThere(Exception):
    """There is no such calendar (any more)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A calendar ready to be asked: its adapter, the connection with fresh tokens, whose it is."""

    id: int
    business: int
    member: int
    member_name: str
    calendar: Calendar
    connection: Connection
    row: models.OutsideCalendar


def source(calendar: int) -> str:
    """Under which name a calendar's busy times are kept."""
    return f"calendar:{calendar}"


def kinds() -> tuple[Calendar, ...]:
    """Every kind of calendar that can be connected: those elsewhere, for the built-in one is there already."""
    return tuple(registry.calendar(name) for name in registry.calendars() if name != BUILT_IN)


def built_in(member: models.Member) -> int:
    """The built-in calendar of this member, which begins to be read once there is something in it."""
    row, _ = models.OutsideCalendar.objects.get_or_create(
        member=member,
        provider=BUILT_IN,
        defaults={
            "business_id": member.business_id,
            "sealed": seal({}),
            "writes": False,  # appointments stand in the same database: there is nothing to copy
            "read_due_at": clock.now(),
            "created_at": clock.now(),
        },
    )
    return row.id


def connect(member: int, provider: str, given: Mapping[str, str]) -> int:
    """Add a calendar of this member; it is written to where none of theirs is yet. Returns its id."""
    calendar = registry.calendar(provider)
    kept = connecting.entered(calendar.settings, given)
    now = clock.now()
    row = models.Member.objects.get(id=member)

    def write(cursor: Cursor) -> int:
        created = models.OutsideCalendar.objects.create(
            business_id=row.business_id,
            member=row,
            provider=provider,
            sealed=seal(kept | {"push_secret": secrets.token_urlsafe(32)}),
            writes=not models.OutsideCalendar.objects.filter(member=row, writes=True).exists(),
            sign_in_needed=isinstance(calendar, SignsIn),
            created_at=now,
        )
        if not created.sign_in_needed:
            _begin(cursor, created.id, now)
        return created.id

    return transaction.run(write)


def change(calendar: int, given: Mapping[str, str]) -> None:
    """New settings; those left out, and a secret left empty, stay as they were. Everything is read anew."""
    transaction.run(lambda cursor: changed(cursor, calendar, given))


def changed(cursor: Cursor, calendar: int, given: Mapping[str, str]) -> None:
    """As `change`, for callers in a transaction of theirs."""
    row = _row(calendar)
    _keep(cursor, row, connecting.changed(registry.calendar(row.provider).settings, unseal(row.sealed), given))


def as_before(cursor: Cursor, calendar: int, was: Mapping[str, Sequence[str]]) -> None:
    """These settings hold again what they held, by name: nothing, or the one value. Everything is read anew."""
    row = _row(calendar)
    _keep(cursor, row, connecting.as_before(unseal(row.sealed), was))


def _keep(cursor: Cursor, row: models.OutsideCalendar, kept: Mapping[str, str]) -> None:
    models.OutsideCalendar.objects.filter(id=row.id).update(
        sealed=seal(kept), cursor="", problem="", sign_in_needed=row.sign_in_needed and _signs_in(row)
    )
    _begin(cursor, row.id, clock.now())


def ask_to_sign_in(calendar: int, returns_to: str) -> tuple[str, SignInAsked]:
    """Where to send the person, and what must be kept in their session until they are back."""
    row = _row(calendar)
    adapter = registry.calendar(row.provider)
    assert isinstance(adapter, SignsIn)
    asked = connecting.new_sign_in(returns_to)
    return adapter.sign_in_address(_connection(row), asked), asked


def signed_in(calendar: int, asked: SignInAsked, code: str) -> None:
    """The person is back with a code: trade it for tokens and begin. Raises what the port raises."""
    row, now = _row(calendar), clock.now()
    adapter = registry.calendar(row.provider)
    assert isinstance(adapter, SignsIn)
    tokens = adapter.signed_in(_connection(row), asked, code, now)

    def write(cursor: Cursor) -> None:
        models.OutsideCalendar.objects.filter(id=calendar).update(
            sealed=seal({**unseal(row.sealed), **tokens}), cursor="", sign_in_needed=False, problem=""
        )
        _begin(cursor, calendar, now)

    transaction.run(write)


def check(calendar: int) -> tuple[Finding, ...]:
    """Try it without leaving a trace."""
    try:
        opened = ready(calendar)
    except NotInstalled:  # signing in again does not help: a page says what does
        raise
    except PortError as problem:
        return (Finding(name="calendar", ok=False, says=problem.detail, fix="Sign in again."),)
    return opened.calendar.check(opened.connection)


def told(calendar: int, request: Request) -> str:
    """Its provider calls: let it be read if something changed; returns the answer. Raises `Forged`, `Malformed`."""
    row = _row(calendar)
    adapter = registry.calendar(row.provider)
    if not isinstance(adapter, TellsOfChanges):
        raise NotThere(f"The calendar {calendar} is of a kind that calls nobody.")
    said = adapter.told(request, row.subscription, unseal(row.sealed).get("push_secret", ""))
    now = clock.now()

    def write(cursor: Cursor) -> None:
        if said.again:
            models.OutsideCalendar.objects.filter(id=calendar).update(subscription="", subscribed_until=None)
        # A crowd of pushes is one reading: the first lets it be due, the others find it so.
        if outside.read_soon(cursor, [calendar], now):
            queue.defer_calendar(calendar)

    if said.changed or said.again:
        transaction.run(write)
    return said.answer


def try_now(calendar: int) -> int:
    """Read it, and write what waits for it, now; returns how many entries wait."""
    now = clock.now()

    def write(cursor: Cursor) -> int:
        waiting = outside.ask_again(cursor, calendar, now)
        queue.defer_calendar(calendar)
        return waiting

    return transaction.run(write)


def disconnect(calendar: int) -> None:
    """Take a calendar away, with the busy times it told of; our entries stay in it for its owner to keep or delete."""
    row = _row(calendar)
    adapter: object = registry.calendar_if_installed(row.provider)
    if row.subscription and isinstance(adapter, TellsOfChanges):
        try:
            opened = ready(calendar)
            adapter.unsubscribe(opened.connection, standing(row))
        except PortError:  # it runs out by itself, and its pushes find no calendar here
            pass

    def write(cursor: Cursor) -> None:
        busy.forget_source(cursor, row.business_id, source(calendar))
        models.OutsideCalendar.objects.filter(id=calendar).delete()

    transaction.run(write)


def ask(calendar: int, work: Callable[[Opened], Result]) -> Result:
    """Ask this calendar; a token that was ended before its time is renewed once. Raises what the port raises."""
    opened = ready(calendar)
    try:
        return work(opened)
    except SignInNeeded:
        if not isinstance(opened.calendar, SignsIn):
            raise
    return work(ready(calendar, anew=True))


def ready(calendar: int, *, anew: bool = False) -> Opened:
    """This calendar with tokens that last: renewed, and kept, where they run out or `anew`. Raises what the port
    raises.
    """
    row, now = _row(calendar), clock.now()
    adapter = registry.calendar(row.provider)
    settings = _settings(row) | ({"access_until": ""} if anew else {})
    if isinstance(adapter, SignsIn):
        tokens = adapter.renewed(Connection(id=row.id, provider=row.provider, settings=settings), now)
        if tokens is not None:
            models.OutsideCalendar.objects.filter(id=calendar).update(sealed=seal({**unseal(row.sealed), **tokens}))
            settings = {**settings, **tokens}
    return Opened(
        id=row.id,
        business=row.business_id,
        member=row.member_id,
        member_name=row.member.name,
        calendar=adapter,
        connection=Connection(id=row.id, provider=row.provider, settings=settings),
        row=row,
    )


def failed(calendar: int, problem: PortError, now: datetime, tries: int) -> datetime:
    """Write down what keeps a calendar from working, and when to try again; a lost permission waits for a person."""
    needs_person = isinstance(problem, SignInNeeded)
    again = now + pause(tries, getattr(problem, "retry_after", None))
    models.OutsideCalendar.objects.filter(id=calendar).update(
        problem=problem.detail[:300], sign_in_needed=needs_person, tries=min(tries + 1, 1000), read_due_at=again
    )
    return again


def pause(tries: int, asked: float | None) -> timedelta:
    """How long to wait after so many failures: half a minute, doubled up to an hour, never less than asked."""
    doubled = timedelta(seconds=30 * (1 << min(tries, 10)))
    return max(min(doubled, timedelta(hours=1)), timedelta(seconds=asked or 0))


def standing(row: models.OutsideCalendar) -> Subscription:
    """The subscription of this calendar."""
    return Subscription(
        id=row.subscription, resource=row.subscription_resource, until=row.subscribed_until or row.created_at
    )


def push_address(calendar: int) -> str:
    """Where its provider calls us; empty where nobody outside could reach us."""
    return f"{settings.PUBLIC_URL}/hooks/calendars/{calendar}" if settings.PUBLIC_URL.startswith("https://") else ""


def shown(row: models.OutsideCalendar) -> dict[str, str]:
    """Settings as a form may show them: no secret and no token."""
    return connecting.shown(registry.calendar(row.provider).settings, unseal(row.sealed))


def marks(row: models.OutsideCalendar) -> dict[str, str]:
    """By which a form knows the secrets of this calendar that stand."""
    return connecting.marks(registry.calendar(row.provider).settings, unseal(row.sealed), f"calendar {row.id}")


def _begin(cursor: Cursor, calendar: int, now: datetime) -> None:
    """Read it, and write what is still to come into it, from this commit on."""
    outside.write_standing(cursor, calendar, now)
    outside.ask_again(cursor, calendar, now)
    queue.defer_calendar(calendar)


def _row(calendar: int) -> models.OutsideCalendar:
    row = models.OutsideCalendar.objects.select_related("business", "member").filter(id=calendar).first()
    if row is None:
        raise NotThere(f"There is no calendar {calendar}.")
    return row


def _connection(row: models.OutsideCalendar) -> Connection:
    return Connection(id=row.id, provider=row.provider, settings=_settings(row))


def _settings(row: models.OutsideCalendar) -> dict[str, str]:
    return {
        **connecting.app(row.business_id, row.provider),
        **unseal(row.sealed),
        "zone": row.business.zone,
        "member": str(row.member_id),
    }


def _signs_in(row: models.OutsideCalendar) -> bool:
    return isinstance(registry.calendar(row.provider), SignsIn)
