"""Who and what a business is, kept in memory: connections, lines and rules, by revision.

The database raises a business's revision with every change that matters here (migration 0002), so that what is
remembered under an old revision is simply never asked for again. Connections are re-read after a few seconds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, time, timedelta
from functools import lru_cache
from threading import Lock
from time import monotonic
from types import MappingProxyType
from typing import Any, cast
from zoneinfo import ZoneInfo

import msgspec
from django.db import connection as database

from answerback.engine.events import SenderState
from answerback.engine.playbook import Playbook
from answerback.engine.quiet import SendingHours
from answerback.engine.reading import Vocabulary
from answerback.engine.rules import Business, Hours, Line, OnHand, Rules, Settings, Span, vocabulary, within
from answerback.engine.storyboard import VideoKind
from answerback.ports import registry
from answerback.ports.calls import PlacesCalls
from answerback.ports.connection import Connection
from answerback.ports.lines import OurLine
from answerback.store import codec, models
from answerback.store.models.tenancy import WORKS_HERE
from answerback.store.secrets import unseal
from answerback.workflow import places, premises, transaction
from answerback.workflow.rota_rows import rota_of

REMEMBER_SECONDS = 2.0
LOOKING_SECONDS = 1.0

MMS_BYTES = 600_000
"""What every phone company of the United States carries in one message (Twilio's guide names 600 kB as safe)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLine:
    """A line as intake and delivery need it."""

    id: int
    number: str
    business: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A connection with its lines, the playbook its business has published now, and the phones of its people."""

    business: int
    playbook: int | None
    connection: Connection
    lines: MappingProxyType[str, KnownLine]
    staff: MappingProxyType[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The rules of a business, the words its reader needs, its lines by number and where each line belongs.

    `own` are the rules on those lines whose location has settings of its own.
    """

    rules: Rules
    vocabulary: Vocabulary
    lines: MappingProxyType[str, int]
    locations: MappingProxyType[int, int | None]
    own: MappingProxyType[int, Rules]

    def on(self, line: int) -> "Known":
        """The same on this line, whose location may have settings of its own."""
        rules = self.own.get(line)
        return self if rules is None else replace(self, rules=rules)


def account(connection: int) -> Account | None:
    """The account behind a connection's id, None when there is none. At most some seconds old."""
    found = _accounts.get(connection)
    if found is not None and monotonic() < found[0]:
        return found[1]
    if found is not None:  # in a crowd one looks, and the others go on with what was known
        with _lock:
            if _accounts.get(connection) is not found:
                return found[1]
            _accounts[connection] = (monotonic() + LOOKING_SECONDS, found[1])
    fresh = transaction.run(lambda _: _load_account(connection))
    with _lock:
        if fresh is None:
            _accounts.pop(connection, None)
        else:
            _accounts[connection] = (monotonic() + REMEMBER_SECONDS, fresh)
    return fresh


def at_hand(connection: int) -> Account | None:
    """What `account` says where it need not look into the database; None where it must, or there is none."""
    found = _accounts.get(connection)
    return found[1] if found is not None and monotonic() < found[0] else None


def remembered(connection: int) -> Account | None:
    """The account as it was last seen, without a look into the database where it was ever seen by this process.

    For the moment of a hand-over: `delivery.claim` has just looked.
    """
    found = _accounts.get(connection)
    return found[1] if found is not None else account(connection)


def known(business: int, revision: int, playbook: int) -> Known:
    """The rules a conversation runs by: the business as it is at `revision`, the playbook version it is pinned to."""
    return _known(business, revision, playbook)


@lru_cache(maxsize=2048)
def sending_hours(playbook: int) -> SendingHours:
    """When what nobody asked for may leave by this version of a playbook: the table, cut by its own hours."""
    return within(places.sending_hours(), _playbook(playbook).nudge_hours)


def forget() -> None:
    """Forget everything; for tests that replace the database under us."""
    with _lock:
        _accounts.clear()
    _known.cache_clear()
    _hours_of.cache_clear()
    _playbook.cache_clear()
    sending_hours.cache_clear()
    for clear in _also:
        clear()


def also_forget(clear: Callable[[], None]) -> None:
    """Whoever remembers something else by a business's revision forgets it when this module does."""
    _also.append(clear)


_also: list[Callable[[], None]] = []
_accounts: dict[int, tuple[float, Account]] = {}
_lock = Lock()


def _load_account(id: int) -> Account | None:
    row = models.Connection.objects.select_related("business").filter(id=id).first()
    if row is None:
        return None
    lines = tuple(models.Line.objects.filter(connection=row))
    return Account(
        business=row.business_id,
        playbook=row.business.playbook_id,
        connection=_connection(row, lines),
        lines=MappingProxyType(
            {line.number: KnownLine(id=line.id, number=line.number, business=line.business_id) for line in lines}
        ),
        staff=MappingProxyType(
            dict(models.Member.objects.filter(business=row.business).exclude(phone="").values_list("phone", "id"))
        ),
    )


def _connection(row: models.Connection, lines: Sequence[models.Line]) -> Connection:
    """The connection as its adapter sees it: its settings unsealed, its lines with their settings and hours."""
    hours = _hours_of(row.business_id, row.business.revision)
    ours = {
        line.number: OurLine(
            number=line.number,
            business=row.business.name,
            settings=MappingProxyType(line.settings),
            hours=hours.get(line.number),
        )
        for line in lines
    }
    settings = MappingProxyType(unseal(row.sealed))
    return Connection(id=row.id, provider=row.provider, settings=settings, lines=MappingProxyType(ours))


@lru_cache(maxsize=2048)
def _hours_of(business: int, revision: int) -> dict[str, Hours]:  # noqa: ARG001  the revision is the cache's key
    """The hours that hold on each line of a business."""
    row = models.Business.objects.get(id=business)
    lines = models.Line.objects.filter(business=row).select_related("location")
    return {line.number: _hours_of_line(row, line) or _hours(row) for line in lines}


@lru_cache(maxsize=2048)
def _known(business: int, revision: int, playbook: int) -> Known:  # noqa: ARG001  the revision is the cache's key
    row = models.Business.objects.select_related("agency").get(id=business)
    inherited = _inherited(row)
    rules = Rules(
        business=_business(row),
        playbook=_playbook(playbook),
        settings=_settings(inherited),
        sending=places.sending_hours(),
        videos=_videos(business),
        rota=rota_of(row, holidays_of(row)),
    )
    rows = list(models.Line.objects.filter(business=business).select_related("location"))
    return Known(
        rules=rules,
        vocabulary=vocabulary(rules.playbook),
        lines=MappingProxyType({line.number: line.id for line in rows}),
        locations=MappingProxyType({line.id: line.location_id for line in rows}),
        own=MappingProxyType(
            {
                line.id: replace(rules, settings=_settings({**inherited, **line.location.settings}))
                for line in rows
                if line.location is not None and line.location.settings
            }
        ),
    )


@lru_cache(maxsize=2048)
def _playbook(id: int) -> Playbook:
    # Read as text: the row is immutable and the codec wants JSON, not Django's dictionaries.
    with database.cursor() as cursor:
        cursor.execute("SELECT body::text FROM playbook_version WHERE id = %s", [id])
        return codec.decode_playbook(cursor.fetchone()[0])


def _business(row: models.Business) -> Business:
    lines = models.Line.objects.filter(business=row).values_list("number", flat=True)
    staff = models.Member.objects.filter(business=row).exclude(phone="").values_list("phone", flat=True)
    own_people = frozenset(staff) if row.set_up is None else frozenset()  # they make the set-up's test call
    return Business(
        name=row.name,
        hours=_hours(row),
        phone=row.phone,
        own=frozenset({row.phone, *lines}),
        staff=own_people | _numbers(row, "staff"),
        blocked=frozenset((*row.blocked, *_numbers(row, "spam"))),
        suppliers=_numbers(row, "supplier"),
        customers=_numbers(row, "customer"),
        lines=_lines(row),
        currency=row.currency,
        takes_bookings=models.Member.objects.filter(WORKS_HERE, business=row).exists(),
    )


def _videos(business: int) -> tuple[OnHand, ...]:
    """What the business may send now, each with the lines of its location."""
    rows = models.Video.objects.filter(business=business, published_at__isnull=False, removed_at=None).order_by("id")
    films = models.VideoFile.objects.filter(video__in=rows, role__in=("vertical", "as_shot"), bytes__lte=MMS_BYTES)
    small = set(films.values_list("video_id", flat=True))
    lines: dict[int | None, set[str]] = {}
    for place, number in models.Line.objects.filter(business=business).values_list("location", "number"):
        lines.setdefault(place, set()).add(number)
    return tuple(
        OnHand(
            id=row.id,
            kind=cast("VideoKind", row.kind),
            language=row.language,
            service=row.service,
            small=row.id in small,
            lines=None if row.location_id is None else frozenset(lines.get(row.location_id, ())),
        )
        for row in rows
    )


def _numbers(row: models.Business, number_is: str) -> frozenset[str]:
    """The numbers that a person has said are this."""
    return frozenset(
        models.KnownNumber.objects.filter(business=row, number_is=number_is).values_list("number", flat=True)
    )


def _lines(row: models.Business) -> dict[str, Line]:
    return {
        line.number: _line(row, line)
        for line in models.Line.objects.filter(business=row).select_related("location", "connection", "texts_by")
    }


def _line(row: models.Business, line: models.Line) -> Line:
    sends = line.texts_by or line
    return Line(
        number=line.number,
        hours=_hours_of_line(row, line),
        voicemail_after=line.voicemail_after,
        sender=cast("SenderState", sends.sender_state),
        paused_until=sends.paused_until,
        disclosure=line.disclosure,
        media=sends.media,
        calls=isinstance(registry.phone_if_installed(line.connection.provider), PlacesCalls),
        location=line.location_id,
    )


def _hours_of_line(row: models.Business, line: models.Line) -> Hours | None:
    """The line's own hours, else its location's; None where the business's hold."""
    place = line.location
    spans = line.hours if line.hours is not None else place.hours if place is not None else None
    special = place is not None and (place.zone or place.closed_days)
    if spans is None and not special:
        return None
    shop = _hours(row)
    return Hours(
        zone=ZoneInfo(place.zone) if place is not None and place.zone else shop.zone,
        spans=shop.spans if spans is None else _spans(spans),
        closed=shop.closed | (_dates(place.closed_days) if place is not None else frozenset()),
        holidays=shop.holidays,
    )


def _spans(told: list[Any]) -> tuple[Span, ...]:
    return tuple(
        Span(weekday=weekday, start=time.fromisoformat(start), end=time.fromisoformat(end))
        for weekday, start, end in told
    )


def _dates(told: list[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in told)


def holidays_of(row: models.Business) -> frozenset[date]:
    """The holidays of the business's country and region, less those it works on."""
    if not row.holiday_country:
        return frozenset()
    worked = {name.casefold() for name in row.open_holidays}
    named = _holidays(row.holiday_country, row.holiday_region, row.created_at.year)
    return frozenset(day for day, name in named.items() if name.casefold() not in worked)


@lru_cache(maxsize=512)
def _holidays(country: str, region: str, year: int) -> MappingProxyType[date, str]:
    """The holidays around this year, by day; counting them out takes 30 ms."""
    years = range(year - 1, year + 10)
    return MappingProxyType(premises.kept(country, region, *years))


def _hours(row: models.Business) -> Hours:
    return Hours(
        zone=ZoneInfo(row.zone), spans=_spans(row.hours), closed=_dates(row.closed_days), holidays=holidays_of(row)
    )


def settings_of(row: models.Business) -> Settings:
    """What holds in the whole of this business: the product's default, its agency's, its own."""
    return _settings(_inherited(row))


def _inherited(row: models.Business) -> dict[str, Any]:
    return {**(row.agency.settings if row.agency else {}), **row.settings}


def _settings(changed: dict[str, Any]) -> Settings:
    known_names = {each.name for each in fields(Settings)}
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
