"""What takes back what a form of settings saved: every column of the row it changed holds again what it held before.

Only where nobody has changed one of them since: then all stay, and a person looks at the page. Never here: what may be
saved (`premises`, `preferences`, `setup`, `people`), and who may take it back (`undoing.RIGHTS`).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any, Final

import msgspec
from django.db import IntegrityError
from django.db.models import ProtectedError

from answerback.store import models
from answerback.store.queries import agencies, audited
from answerback.store.queries.access import NotYours
from answerback.store.queries.rows import Cursor
from answerback.store.roles import may
from answerback.workflow import clock, crms, directory, people, revenue, saved_apart, setup, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Act, Undo

Row = (
    models.Agency
    | models.AlertWay
    | models.AppointmentType
    | models.AreaWay
    | models.Business
    | models.Contact
    | models.Correction
    | models.Line
    | models.Location
    | models.Member
    | models.OutsideCalendar
    | models.OutsideCrm
    | models.Resource
    | models.SavedView
    | models.Snippet
    | models.Target
    | models.User
)

_COLUMNS: Final[Mapping[type[Row], tuple[str, ...]]] = {
    models.Business: (
        "name", "phone", "zone", "language", "currency", "hours", "closed_days", "holiday_country", "holiday_region",
        "open_holidays", "settings",
    ),
    models.Location: ("name", "address", "zone", "hours", "closed_days", "settings"),
    models.Line: ("source", "hours", "location_id", "texts_by_id", "forwards_from", "test_every_days", "settings"),
    models.Member: ("role", "phone", "on_call", "bookable", "hours", "location_id", "rings", "relays"),
    models.Agency: ("name", "brand", "colour", "settings"),
    models.AlertWay: ("hears", "quiet_from", "quiet_to", "removed_at"),
    models.AreaWay: ("one", "other", "minutes"),
    models.Contact: ("name", "email"),
    models.Correction: ("about", "said"),
    models.OutsideCalendar: (),
    models.OutsideCrm: ("mapping", "paused"),
    models.Resource: ("kind", "name", "active", "location_id"),
    models.SavedView: ("name", "query", "member_id", "created_at"),
    models.Snippet: ("name", "body", "member_id", "removed_at"),
    models.Target: ("name", "url", "kinds", "removed_at"),
    models.User: ("language",),
    models.AppointmentType: (
        "minutes", "before", "after", "step", "lead_minutes", "horizon_days", "members", "needs", "deposit", "active",
    ),
}  # fmt: skip
"""What forms save of a row. A setting has a name of its own: `settings.NAME`."""

ACTS: Final = frozenset({"settings", "source", "member", "mine"})
"""What a form of settings saved: taken back in one transaction, however many rows it was."""

_KINDS_IN_LOG: Final = {
    "Agency": "agency", "AlertWay": "alert way", "AreaWay": "way", "Business": "business", "Contact": "contact",
    "Line": "line", "Location": "location", "Member": "member", "Resource": "resource", "SavedView": "view",
    "Snippet": "snippet", "Target": "webhook",
}  # fmt: skip
"""What the audit log calls them; the others have no name there."""

_KINDS: Final = {each.__name__: each for each in _COLUMNS}

Columns = dict[str, list[Any]]
"""What a row holds by column: nothing, or the one value."""


class Told(msgspec.Struct, frozen=True):
    """What an `Undo` carries of a row: which kind, was it made or taken out, and what each changed column held and was
    saved as. `beside` is a digest of its other columns as they were then.
    """

    kind: str
    is_new: bool
    was: Columns
    saved: Columns
    is_gone: bool = False
    beside: str = ""


def saving(
    rows: Row | Sequence[Row], work: Callable[[Cursor], object], act: Act = "settings", *, at: int | None = None
) -> Undo | None:
    """Do what a form asks for, in one transaction, and hand out what takes back what it saved of these rows.

    They are locked and read anew before: what a colleague saved meanwhile is what they held, and never counts as saved
    by this form. `at` is the business it was done in, where the row itself belongs to none. None where nothing was
    changed; raises what `work` raises, and `NotYours` where one of them is gone.
    """
    several = list(rows) if isinstance(rows, Sequence) else [rows]

    def within(cursor: Cursor) -> Undo | None:
        before = [_locked(row) for row in several]
        work(cursor)
        return together([_undo(was, row, act, at) for was, row in zip(before, several, strict=True)])

    return transaction.run(within)


def putting(
    kind: type[Row],
    like: Mapping[str, Any],
    wanted: Mapping[str, Any],
    *,
    made: Mapping[str, Any] | None = None,
    act: Act = "settings",
) -> Undo | None:
    """Set what is `wanted` of the one row that is `like` this, or make it with what it is `made` of besides, and hand
    out what takes that back.
    """

    def within(_cursor: Cursor) -> Undo | None:
        anew = {**like, **wanted, **(made or {})}
        row, is_new = kind.objects.select_for_update(no_key=True).get_or_create(**like, defaults=anew)
        if is_new:
            return _undo(None, row, act)
        was = _held(row)
        kind.objects.filter(id=row.id).update(**wanted)
        return _undo(was, row, act)

    return transaction.run(within)


def making(work: Callable[[Cursor], Sequence[Row]], act: Act = "settings") -> Undo | None:
    """Let `work` make rows, in one transaction, and hand out what takes back that they were made."""
    return transaction.run(lambda cursor: together([_undo(None, row, act) for row in work(cursor)]))


def removing(row: Row, act: Act = "settings") -> Undo:
    """Take this row out, and hand out what puts it back as it was. Raises `NotYours` where somebody was faster."""

    def within(_cursor: Cursor) -> Undo:
        was = _locked(row)
        kept = replace(_undo_of_gone(row, was), act=act)
        row.delete()
        return kept

    return transaction.run(within)


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


def made(asked: Undo) -> str:
    """What kind of thing this undo takes out again, in the words of the audit log; empty where it stays."""
    told = msgspec.json.decode(asked.words, type=Told)
    return _KINDS_IN_LOG.get(told.kind, "") if told.is_new else ""


def put_back(asked: Undo, actor: Actor) -> None:
    """Every row of the form holds again what it held. Raises `NotAllowed` where somebody has changed one of them since,
    or it may not be, and `people.NotPossible` of a member; then none of them does. `NotYours` for another's own.
    """
    told = [(each, msgspec.json.decode(each.words, type=Told)) for each in asked.steps()]

    def work(cursor: Cursor) -> None:
        for step, row in told:
            _put_back(cursor, step, row, actor, saved_by=asked)

    try:
        transaction.run(work)
    except (ProtectedError, IntegrityError) as problem:
        raise NotAllowed(
            "Something else stands on it, or in its place, by now. It stays as it is: look at the page again."
        ) from problem
    directory.forget()
    agencies.forget()


def _locked(row: Row) -> Columns:
    """What this row holds, which nobody else changes until the transaction ends. Raises `NotYours` where it is gone."""
    # Rows that lead to this one may be written meanwhile: nothing of its key is changed.
    found = type(row).objects.select_for_update(no_key=True).filter(id=row.id).first()
    if found is None:
        raise NotYours
    row.refresh_from_db()
    return _held(row)


def _undo(before: Columns | None, row: Row, act: Act, at: int | None = None) -> Undo | None:
    kind = type(row)
    now = kind.objects.get(id=row.id)
    was, saved = before or {}, _held(now)
    changed = [name for name in was | saved if was.get(name, []) != saved.get(name, [])]
    if not changed or any(name.startswith(saved_apart.MARK) for name in changed):
        return None
    told = Told(
        kind=kind.__name__,
        is_new=before is None,
        was={name: was.get(name, []) for name in changed},
        saved={name: saved.get(name, []) for name in changed},
        beside=_beside(saved, changed),
    )
    words, business = msgspec.json.encode(told).decode(), at or _business_of(now)
    return Undo(act=act, business=business, id=row.id, at=clock.now(), words=words)


def _undo_of_gone(row: Row, was: Columns) -> Undo:
    told = Told(kind=type(row).__name__, is_new=False, was=was, saved={}, is_gone=True)
    return Undo(act="settings", business=_business_of(row), id=row.id, words=msgspec.json.encode(told).decode())


def _business_of(row: Row) -> int:
    if isinstance(row, models.Business):
        return row.id
    if isinstance(row, models.User | models.Agency):
        raise TypeError("It belongs to no business: say in which one it was saved.")
    return row.business_id


def _held(row: Row) -> Columns:
    held: Columns = {name: [msgspec.to_builtins(getattr(row, name))] for name in _COLUMNS[type(row)]}
    settings = held.pop("settings", [{}])[0]
    if isinstance(row, models.OutsideCrm | models.OutsideCalendar):
        return held | saved_apart.held(row)
    return held | {f"settings.{name}": [value] for name, value in settings.items()}


def _put_back(cursor: Cursor, asked: Undo, told: Told, actor: Actor, *, saved_by: Undo) -> None:
    kind = _KINDS[told.kind]
    row = kind.objects.select_for_update().filter(id=asked.id).first()
    if told.is_gone and row is None:
        kind.objects.create(  # type: ignore[misc]
            id=asked.id, business_id=asked.business, **{name: each[0] for name, each in told.was.items()}
        )
        return
    if row is None or told.is_gone or _is_out(row, told) or _is_changed(_held(row), told.saved):
        raise NotAllowed("Somebody has changed this since, so it stays as it is. Look at the page again.")
    _look_whose(row, actor)
    _look_whether_said_again(saved_by, row, told, actor)
    if told.is_new:
        _not_made(row)
    else:
        _write(cursor, row, told.was)


def _beside(held: Columns, changed: Collection[str]) -> str:
    others = sorted((name, value) for name, value in held.items() if name not in changed)
    return blake2b(msgspec.json.encode(others), digest_size=8).hexdigest()


def _look_whether_said_again(asked: Undo, row: Row, told: Told, actor: Actor) -> None:
    """Raises `NotAllowed` where a colleague has saved the same form since, and nothing but the same can be what they
    meant: the row's other columns are as they were. `fields` names the form, which the console knows.
    """
    if not asked.fields or asked.at is None or _beside(_held(row), told.saved) != told.beside:
        return
    about, is_named = _KINDS_IN_LOG.get(told.kind, ""), not isinstance(row, models.Business)
    same = audited.Form(what=asked.fields[0], about=about, subject=row.id, is_named=is_named)
    if audited.is_saved_by_another(asked.business, same, asked.at, actor.member):
        raise NotAllowed("Somebody has changed this since, so it stays as it is. Look at the page again.")


def _is_out(row: Row, told: Told) -> bool:
    """Was it taken out since? A member has left then; a contact was erased, or is shown as another."""
    match row:
        case models.Member():
            return row.left_at is not None
        case models.Contact():
            return row.merged_into_id is not None or row.number.startswith("erased ")  # as `workflow.erasure` writes it
        case models.AlertWay() | models.Snippet() | models.Target():
            return row.removed_at is not None and "removed_at" not in told.saved
        case _:
            return False


def _is_changed(held: Columns, saved: Columns) -> bool:
    return any(held.get(name, []) != value for name, value in saved.items())


def _look_whose(row: Row, actor: Actor) -> None:
    """Raises `NotYours` for what only one person may change, or an agency's admins, and somebody else asks."""
    member = models.Member.objects.filter(id=actor.member or 0).first() or models.Member()
    match row:
        case models.User():
            ours = row.id == member.user_id
        case models.AlertWay() | models.Correction():
            ours = row.member_id == member.id
        case models.OutsideCalendar():
            ours = row.member_id == member.id or may(member.role, "settings")
        case models.Agency():
            ours = models.AgencyAdmin.objects.filter(agency=row, user=member.user_id or 0).exists()
        case _:
            ours = True
    if not ours:
        raise NotYours


def _not_made(row: Row) -> None:
    if isinstance(row, models.AlertWay):  # its address is forgotten within the hour
        models.AlertWay.objects.filter(id=row.id).update(removed_at=clock.now())
        return
    if isinstance(row, models.Snippet):
        models.Snippet.objects.filter(id=row.id).update(removed_at=clock.now())
        return
    row.delete()


def _write(cursor: Cursor, row: Row, was: Columns) -> None:
    if "currency" in was and not revenue.kept_in(cursor, row.id, was["currency"][0]):
        raise NotAllowed("There is money in the ledger in the other currency already, so it stays.")
    if isinstance(row, models.Member):
        _member_may(cursor, row, was)
    if "texts_by_id" in was:
        setup.choose_sender(row.id, was["texts_by_id"][0])
    if isinstance(row, models.Line) and (named := _settings(was)):
        setup.set_line_as_before(row, named)
    if isinstance(row, models.OutsideCrm | models.OutsideCalendar):
        saved_apart.put_back(cursor, row, was)
    if was.get("paused") == [False]:
        crms.go_on(cursor, row.id)
    if isinstance(row, models.Contact) and "name" in was:  # whoever was merged into them is called the same
        models.Contact.objects.filter(merged_into=row.id).update(name=was["name"][0])
    if columns := _columns(row, was):
        type(row).objects.filter(id=row.id).update(**columns)


def _member_may(cursor: Cursor, member: models.Member, was: Columns) -> None:
    """Their role is as before. Raises `NotPossible` where that may not be, or their phone is a line by now."""
    if "phone" in was:
        people.check_phone(member.business_id, was["phone"][0])
    if "role" in was:
        people.change_role(cursor, member, was["role"][0])


def _settings(was: Columns) -> Columns:
    return {name.removeprefix("settings."): value for name, value in was.items() if name.startswith("settings.")}


def _columns(row: Row, was: Columns) -> dict[str, Any]:
    """What to write: nothing of what has rules of its own."""
    ruled = {"role", "texts_by_id"} | {name for name in was if name.startswith("settings.")}
    plain = {name: value[0] for name, value in was.items() if name not in ruled and not saved_apart.is_setting(name)}
    named = _settings(was)
    if not named or isinstance(row, models.Line):
        return plain
    kept = {name: value for name, value in row.settings.items() if name not in named}  # type: ignore[union-attr]
    return plain | {"settings": kept | {name: value[0] for name, value in named.items() if value}}
