"""Who and what a business is, kept in memory: connections, lines and rules, by revision.

The database raises a business's revision with every change that matters here (migration 0002), so that what is
remembered under an old revision is simply never asked for again. Connections are re-read after a few seconds.
"""

from dataclasses import dataclass, fields
from datetime import date, time, timedelta
from functools import lru_cache
from threading import Lock
from time import monotonic
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import msgspec
from django.db import connection as database

from answerback.engine.playbook import Playbook
from answerback.engine.reading import Vocabulary
from answerback.engine.rules import Business, Hours, Rules, Settings, Span, vocabulary
from answerback.ports.phone import Connection
from answerback.store import codec, models
from answerback.store.secrets import unseal

REMEMBER_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLine:
    """A line as intake and delivery need it."""

    id: int
    number: str
    business: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A connection with its lines and the playbook its business has published now."""

    business: int
    playbook: int | None
    connection: Connection
    lines: MappingProxyType[str, KnownLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The rules of a business and the words its reader needs."""

    rules: Rules
    vocabulary: Vocabulary
    lines: MappingProxyType[str, int]


def account(connection: int) -> Account | None:
    """The account behind a connection's id, None when there is none. At most some seconds old."""
    found = _accounts.get(connection)
    if found is not None and monotonic() < found[0]:
        return found[1]
    fresh = _load_account(connection)
    with _lock:
        if fresh is None:
            _accounts.pop(connection, None)
        else:
            _accounts[connection] = (monotonic() + REMEMBER_SECONDS, fresh)
    return fresh


def remembered(connection: int) -> Account | None:
    """The account as it was last seen, without a look into the database where it was ever seen by this process.

    For the moment of a hand-over: `delivery.claim` has just looked.
    """
    found = _accounts.get(connection)
    return found[1] if found is not None else account(connection)


def known(business: int, revision: int, playbook: int) -> Known:
    """The rules a conversation runs by: the business as it is at `revision`, the playbook version it is pinned to."""
    return _known(business, revision, playbook)


def forget() -> None:
    """Forget everything; for tests that replace the database under us."""
    with _lock:
        _accounts.clear()
    _known.cache_clear()
    _playbook.cache_clear()


_accounts: dict[int, tuple[float, Account]] = {}
_lock = Lock()


def _load_account(id: int) -> Account | None:
    row = models.Connection.objects.select_related("business").filter(id=id).first()
    if row is None:
        return None
    lines = {
        line.number: KnownLine(id=line.id, number=line.number, business=line.business_id)
        for line in models.Line.objects.filter(connection=row)
    }
    return Account(
        business=row.business_id,
        playbook=row.business.playbook_id,
        connection=Connection(id=row.id, provider=row.provider, settings=MappingProxyType(unseal(row.sealed))),
        lines=MappingProxyType(lines),
    )


@lru_cache(maxsize=2048)
def _known(business: int, revision: int, playbook: int) -> Known:  # noqa: ARG001  the revision is the cache's key
    rules = Rules(
        business=_business(models.Business.objects.get(id=business)),
        playbook=_playbook(playbook),
        settings=_settings(models.Business.objects.values_list("settings", flat=True).get(id=business)),
    )
    lines = {line.number: line.id for line in models.Line.objects.filter(business=business)}
    return Known(rules=rules, vocabulary=vocabulary(rules.playbook), lines=MappingProxyType(lines))


@lru_cache(maxsize=2048)
def _playbook(id: int) -> Playbook:
    # Read as text: the row is immutable and the codec wants JSON, not Django's dictionaries.
    with database.cursor() as cursor:
        cursor.execute("SELECT body::text FROM playbook_version WHERE id = %s", [id])
        return codec.decode_playbook(cursor.fetchone()[0])


def _business(row: models.Business) -> Business:
    lines = models.Line.objects.filter(business=row).values_list("number", flat=True)
    staff = models.Member.objects.filter(business=row).exclude(phone="").values_list("phone", flat=True)
    return Business(
        name=row.name,
        hours=_hours(row),
        phone=row.phone,
        own=frozenset({row.phone, *lines}),
        staff=frozenset(staff),
        blocked=frozenset(row.blocked),
        takes_bookings=models.Member.objects.filter(business=row).exists(),
    )


def _hours(row: models.Business) -> Hours:
    years = range(row.created_at.year, row.created_at.year + 10)
    return Hours(
        zone=ZoneInfo(row.zone),
        spans=tuple(
            Span(weekday=weekday, start=time.fromisoformat(start), end=time.fromisoformat(end))
            for weekday, start, end in row.hours
        ),
        closed=frozenset(date.fromisoformat(day) for day in row.closed_days),
        holidays=frozenset(holidays.country_holidays(row.holiday_country, years=years))
        if row.holiday_country
        else frozenset(),
    )


def _settings(changed: dict[str, Any]) -> Settings:
    known_names = {field.name for field in fields(Settings)}
    values: dict[str, Any] = {}
    for name, value in changed.items():
        if name in known_names:
            values[name] = _setting(name, value)
    return Settings(**values)


def _setting(name: str, value: Any) -> Any:
    default = getattr(Settings(), name)
    if isinstance(default, timedelta):
        return timedelta(seconds=float(value))
    return msgspec.convert(value, type(default), strict=False) if not isinstance(default, tuple) else tuple(value)
