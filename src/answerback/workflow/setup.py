"""Sets up a business: itself, its connection and lines, its people, its first playbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from answerback.ports.lines import OurLine
from answerback.ports.registry import phone
from answerback.ports.setup import HasLineSettings
from answerback.store import models
from answerback.store.secrets import seal
from answerback.workflow import clock, publishing
from answerback.workflow.actors import NotAllowed

WEEKDAYS_8_TO_17: tuple[tuple[int, str, str], ...] = tuple((day, "08:00", "17:00") for day in range(5))


SLOWEST, FASTEST = 0.001, 100_000.0
LONGEST_SOURCE = 120
"""Texts a second a line may be set to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBusiness:
    """What must be known of a business. `phone` is E.164; `hours` are (weekday from Monday = 0, from, to)."""

    name: str
    zone: str
    phone: str
    playbook: str
    hours: Sequence[tuple[int, str, str]] = WEEKDAYS_8_TO_17
    closed_days: Sequence[str] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    agency: int | None = None


def open_business(new: NewBusiness) -> models.Business:
    """Create a business with its first playbook version; raises `ValueError` for an unknown zone or bad hours."""
    ZoneInfo(new.zone)
    for weekday, start, end in new.hours:
        if not 0 <= weekday <= 6 or time.fromisoformat(start) >= time.fromisoformat(end):
            raise ValueError(
                f"Hours {start} to {end} on weekday {weekday}: write an earlier start than end, day 0 to 6."
            )
    business = models.Business.objects.create(
        name=new.name,
        zone=new.zone,
        phone=new.phone,
        hours=[list(span) for span in new.hours],
        closed_days=list(new.closed_days),
        settings=dict(new.settings),
        agency_id=new.agency,
        created_at=clock.now(),
    )
    publishing.publish(business.id, new.playbook)
    business.refresh_from_db()
    return business


def connect(business: int, provider: str, name: str, settings: Mapping[str, str]) -> models.Connection:
    """Add an account at a provider; its settings are sealed before they are written."""
    return models.Connection.objects.create(
        business_id=business, provider=provider, name=name, sealed=seal(settings), created_at=clock.now()
    )


def add_line(
    business: int,
    connection: int,
    number: str,
    source: str,
    *,
    per_second: float = 1.0,
    per_day: int = 2000,
    texts_by: int | None = None,
    media: bool = False,
) -> models.Line:
    """Add a phone number of the business, with where callers find it and its sender's limits.

    `texts_by` is another line of the business that sends its texts; raises `ValueError` for one that cannot. `media`:
    pictures can be sent by it, where its provider is not asked.
    """
    if not SLOWEST <= per_second <= FASTEST or per_day < 0:
        raise ValueError(
            f"{per_second} texts a second, {per_day} a day: write {SLOWEST} to {FASTEST:.0f}, and 0 or more."
        )
    if texts_by is not None:
        _check_texts_by(business, texts_by)
    return models.Line.objects.create(
        business_id=business,
        connection_id=connection,
        texts_by_id=texts_by,
        number=number,
        source=source,
        per_second=per_second,
        per_day=per_day,
        media=media,
    )


class WrongSettings(ValueError):
    """Settings of a line that cannot be stored; `wrong` says why, by name, in words for the owner."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(" ".join(wrong.values()))
        self.wrong = wrong


def set_line(line: int, changed: Mapping[str, str]) -> models.Line:
    """Change settings of a line, leaving the others; raises `WrongSettings` and then changes nothing.

    An empty value goes back to its default. What callers are told about texts is kept with the line, as evidence.
    """
    row = models.Line.objects.select_related("connection", "business").get(id=line)
    adapter = _adapter(row)
    optional = {setting.name for setting in adapter.line_settings if not setting.required}
    merged = {**row.settings, **changed}
    settings = {name: value for name, value in merged.items() if value.strip() or name in optional}
    _check_settings(row, adapter, settings)
    return _set(row, adapter, settings)


def set_line_as_before(row: models.Line, was: Mapping[str, Sequence[str]]) -> None:
    """These settings of a line hold again what they held, by name: nothing, or the one value. Raises `NotAllowed`.

    A line that had none at all only listens again.
    """
    kept = {name: value for name, value in row.settings.items() if name not in was}
    settings = kept | {name: held[0] for name, held in was.items() if held}
    try:
        adapter = _adapter(row)
        if settings:
            _check_settings(row, adapter, settings)
        _set(row, adapter, settings)
    except WrongSettings as problem:
        raise NotAllowed(str(problem)) from problem


def _adapter(row: models.Line) -> HasLineSettings:
    adapter = phone(row.connection.provider)
    if not isinstance(adapter, HasLineSettings):
        raise WrongSettings({"": f"Lines at {row.connection.provider} have no settings of their own."})
    return adapter


def _check_settings(row: models.Line, adapter: HasLineSettings, settings: Mapping[str, str]) -> None:
    if wrong := adapter.line_problems(OurLine(number=row.number, business=row.business.name, settings=settings)):
        raise WrongSettings(wrong)


def _set(row: models.Line, adapter: HasLineSettings, settings: Mapping[str, str]) -> models.Line:
    told = adapter.disclosure(OurLine(number=row.number, business=row.business.name, settings=settings))
    since = row.disclosed_at if told == row.disclosure else clock.now()
    models.Line.objects.filter(id=row.id).update(settings=settings, disclosure=told, disclosed_at=since)
    row.settings, row.disclosure, row.disclosed_at = dict(settings), told, since
    return row


def name_source(line: int, source: str) -> None:
    """Say anew where callers find this number; what came by it before is counted under the new name too.

    Raises `NotAllowed` for nothing.
    """
    plain = " ".join(source.split())[:LONGEST_SOURCE]
    if not plain:
        raise NotAllowed("Write where callers find this number.", "source")
    models.Line.objects.filter(id=line).update(source=plain)


def change_source(line: models.Line, source: str, texts_by: int | None) -> None:
    """Say anew where callers find this line, and (None: none) which line sends its texts; both, or nothing.

    Raises `NotAllowed` of either; for callers in a transaction of theirs.
    """
    name_source(line.id, source)
    if texts_by != line.texts_by_id:
        choose_sender(line.id, texts_by)


def choose_sender(line: int, other: int | None) -> None:
    """As `let_texts_leave_by`, for a person who chose it; raises `NotAllowed` for a line that cannot."""
    try:
        let_texts_leave_by(line, other)
    except ValueError as problem:
        raise NotAllowed(str(problem), "texts_by") from problem


def let_texts_leave_by(line: int, other: int | None) -> None:
    """Let this line's texts leave by another line of its business, or (None) by itself; raises `ValueError`.

    What was found of its own texts is forgotten: it would stay red for ever.
    """
    row = models.Line.objects.get(id=line)
    if other is not None:
        if models.Line.objects.filter(texts_by=line).exists() or other == line:
            raise ValueError(f"{row.number} sends the texts of another line, so it must send its own.")
        _check_texts_by(row.business_id, other)
    models.Line.objects.filter(id=line).update(texts_by=other)
    models.LineFinding.objects.filter(line=line, name__in=("texting", "filtering", "receipts")).delete()


def _check_texts_by(business: int, other: int) -> None:
    row = models.Line.objects.filter(id=other, business=business).first()
    if row is None:
        raise ValueError("Texts can leave only by a line of the same business.")
    if row.texts_by_id is not None:
        raise ValueError(f"{row.number} does not send texts itself. Name the line that does.")


def add_member(
    business: int,
    name: str,
    role: str,
    *,
    phone: str = "",
    email: str = "",
    password: str | None = None,
    on_call: bool = False,
    confirmed: bool = False,
) -> models.Member:
    """Add a person of the business; with a password they can sign in. Their phone is asked for a yes by a text, unless
    it is `confirmed` already.
    """
    user = None
    if password is not None:
        user = models.User.objects.filter(email=email).first() or models.User.objects.create_user(
            email, password, name=name
        )
    return models.Member.objects.create(
        business_id=business,
        user=user,
        name=name,
        role=role,
        phone=phone,
        email=email,
        on_call=on_call,
        confirmed=phone if confirmed else "",
    )
