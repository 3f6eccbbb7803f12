"""What takes back what a form of settings saved: every column of the row it changed holds again what it held before.

Only where nobody has changed one of them since: then all stay, and a person looks at the page. Never here: what may be
saved (`premises`, `preferences`, `setup`, `people`), and who may take it back (`undoing.RIGHTS`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import msgspec

from answerback.store import models
from answerback.store.queries.rows import Cursor
from answerback.workflow import people, revenue, setup, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Act, Undo

Row = models.Business | models.Location | models.Line | models.Member | models.AppointmentType

_COLUMNS: Final[Mapping[type[Row], tuple[str, ...]]] = {
    models.Business: (
        "name", "phone", "zone", "language", "currency", "hours", "closed_days", "holiday_country", "holiday_region",
        "open_holidays", "settings",
    ),
    models.Location: ("name", "address", "zone", "hours", "closed_days", "settings"),
    models.Line: ("source", "hours", "location_id", "texts_by_id"),
    models.Member: ("role", "phone", "on_call"),
    models.AppointmentType: (
        "minutes", "before", "after", "step", "lead_minutes", "horizon_days", "members", "needs", "deposit", "active",
    ),
}  # fmt: skip
"""What forms save of a row. A setting has a name of its own: `settings.NAME`."""

ACTS: Final = frozenset({"settings", "source", "member"})
"""What a form of settings saved: taken back in one transaction, however many rows it was."""

_KINDS_IN_LOG: Final = {"Business": "business", "Location": "location", "Line": "line", "Member": "member"}
"""What the audit log calls them; an appointment type has no name there."""

_KINDS: Final = {each.__name__: each for each in _COLUMNS}

Columns = dict[str, list[Any]]
"""What a row holds by column: nothing, or the one value."""


class Told(msgspec.Struct, frozen=True):
    """What an `Undo` carries of a row: which kind, was it made, and what each changed column held and was saved as."""

    kind: str
    is_new: bool
    was: Columns
    saved: Columns


def undo_of(before: Row, act: Act = "settings") -> Undo | None:
    """What takes back what was saved of this row since it was read; None where nothing was."""
    kind = type(before)
    return _undo(_held(before), kind.objects.get(id=before.id), act)


def undo_of_new(made: Row) -> Undo | None:
    """What takes back that this row was made."""
    return _undo(None, made, "settings")


def together(undos: Sequence[Undo | None]) -> Undo | None:
    """One undo for what one form saved of several rows."""
    found = [each for each in undos if each is not None]
    return replace(found[0], others=tuple(found[1:])) if found else None


def about(asked: Undo) -> tuple[str, str]:
    """What kind of thing an undo of a form is about, in the words of the audit log, and the roles it moves between
    (`from>to`); both empty where there is none.
    """
    told = msgspec.json.decode(asked.words, type=Told)
    roles = (told.saved.get("role"), told.was.get("role"))
    return _KINDS_IN_LOG.get(told.kind, ""), f"{roles[0][0]}>{roles[1][0]}" if roles[0] and roles[1] else ""


def put_back(asked: Undo, _actor: Actor) -> None:
    """Every row of the form holds again what it held. Raises `NotAllowed` where somebody has changed one of them since,
    or it may not be, and `people.NotPossible` of a member; then none of them does.
    """
    told = [(each.id, msgspec.json.decode(each.words, type=Told)) for each in asked.steps()]

    def work(cursor: Cursor) -> None:
        for id, row in told:
            _put_back(cursor, id, row)

    transaction.run(work)


def _undo(before: Columns | None, row: Row, act: Act) -> Undo | None:
    was, saved = before or {}, _held(row)
    changed = [name for name in was | saved if was.get(name, []) != saved.get(name, [])]
    if not changed:
        return None
    told = Told(
        kind=type(row).__name__,
        is_new=before is None,
        was={name: was.get(name, []) for name in changed},
        saved={name: saved.get(name, []) for name in changed},
    )
    business = row.id if isinstance(row, models.Business) else row.business_id
    return Undo(act=act, business=business, id=row.id, words=msgspec.json.encode(told).decode())


def _held(row: Row) -> Columns:
    held: Columns = {name: [getattr(row, name)] for name in _COLUMNS[type(row)]}
    settings = held.pop("settings", [{}])[0]
    return held | {f"settings.{name}": [value] for name, value in settings.items()}


def _put_back(cursor: Cursor, id: int, told: Told) -> None:
    kind = _KINDS[told.kind]
    row = kind.objects.select_for_update().filter(id=id).first()
    held = {} if row is None else _held(row)
    if row is None or _has_left(row) or any(held.get(name, []) != value for name, value in told.saved.items()):
        raise NotAllowed("Somebody has changed this since, so it stays as it is. Look at the page again.")
    if told.is_new:
        row.delete()
        return
    if "currency" in told.was and not revenue.kept_in(cursor, id, told.was["currency"][0]):
        raise NotAllowed("There is money in the ledger in the other currency already, so it stays.")
    if isinstance(row, models.Member):
        _member_may(cursor, row, told.was)
    if "texts_by_id" in told.was:
        setup.choose_sender(id, told.was["texts_by_id"][0])
    kind.objects.filter(id=id).update(**_columns(row, told.was))


def _has_left(row: Row) -> bool:
    return isinstance(row, models.Member) and row.left_at is not None


def _member_may(cursor: Cursor, member: models.Member, was: Columns) -> None:
    """Their role is as before. Raises `NotPossible` where that may not be, or their phone is a line by now."""
    if "phone" in was:
        people.check_phone(member.business_id, was["phone"][0])
    if "role" in was:
        people.change_role(cursor, member, was["role"][0])


def _columns(row: Row, was: Columns) -> dict[str, Any]:
    """What to write: nothing of what has rules of its own."""
    ruled = {name for name in was if name in {"role", "texts_by_id"} or name.startswith("settings.")}
    plain = {name: value[0] for name, value in was.items() if name not in ruled}
    named = {name.removeprefix("settings."): value for name, value in was.items() if name.startswith("settings.")}
    if not named:
        return plain
    kept = {name: value for name, value in row.settings.items() if name not in named}  # type: ignore[union-attr]
    return plain | {"settings": kept | {name: value[0] for name, value in named.items() if value}}
