"""Reads what changed in a CRM, and takes over what its owner lets the CRM decide; our own echoes are passed over.

A value we wrote ourselves comes back with the record: it changes nothing. A value of theirs that we have no word for is
kept as it is and shown, never dropped. Never here: writing to a CRM.
"""

import logging
from datetime import timedelta
from functools import partial

from answerback.ports.crm import Changes, Field, Stands
from answerback.ports.errors import PortError
from answerback.store import models
from answerback.store.queries import crm as rows
from answerback.store.queries.crm import Linked
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, crm_mapping, crm_sales, crms, desk, transaction
from answerback.workflow.crms import Opened

log = logging.getLogger("answerback.crm_changes")

READ_EVERY = timedelta(minutes=5)
MOST_PAGES = 50
MARKABLE = frozenset({"qualified", "booked", "won", "lost", "not_served"})
"""What a person may say of a lead; the others follow from what happens here."""


def read_due(crm: int) -> bool:
    """Read what changed and what was sold, if it is this CRM's turn; False where it could not be asked."""
    now = clock.now()
    row = models.OutsideCrm.objects.filter(id=crm, paused=False, sign_in_needed=False).first()
    if row is None or row.read_due_at is None or row.read_due_at > now:
        return True
    if not (read(crm) and crm_sales.read(crm)):
        return False
    models.OutsideCrm.objects.filter(id=crm).update(read_at=now, read_due_at=now + READ_EVERY)
    return True


def read(crm: int) -> bool:
    """Read what changed since the last time, page by page; False where the CRM could not be asked."""
    now = clock.now()
    try:
        for _ in range(MOST_PAGES):
            opened, told = crms.ask(crm, _next_page)
            transaction.run(partial(_write, opened=opened, told=told))
            if not told.more:
                break
        crms.works(crm)
    except crms.NotThere:
        return False
    except PortError as problem:
        crms.failed(crm, problem, now)
        log.warning("crm.unread crm=%s problem=%s", crm, type(problem).__name__)
        return False
    return True


def _next_page(opened: Opened) -> tuple[Opened, Changes]:
    if not opened.crm.abilities.changes:
        return opened, Changes(changed=(), cursor="")
    crms.prepare(opened)
    return opened, opened.crm.changes(opened.connection, opened.row.cursor, opened.row.created_at)


def _write(cursor: Cursor, opened: Opened, told: Changes) -> None:
    """One page: what is theirs to say is taken over, and how far we have read goes with it."""
    for stands in told.changed:
        kind = "contact" if stands.record == "person" else "lead"
        for linked in rows.linked(cursor, opened.id, kind, [stands.id, *stands.was]):
            if linked.remote != stands.id:
                rows.move(cursor, linked.id, stands.id)
            _take_over(cursor, opened, linked, stands)
    models.OutsideCrm.objects.filter(id=opened.id).update(cursor=told.cursor)


def _take_over(cursor: Cursor, opened: Opened, linked: Linked, stands: Stands) -> None:
    """Every field whose word is theirs, where it says something new that is no echo of ours."""
    new: dict[str, str] = {}
    for field in opened.table.of(stands.record):
        value = stands.fields.get(field.remote, "")
        is_echo = linked.written.get(field.remote) == value
        if field.way == "in" and not is_echo and linked.theirs.get(field.remote, "") != value:
            new[field.remote] = value
            _apply(cursor, opened, linked, field, value)
    if new:
        rows.they_say(cursor, linked.id, new)
        log.info("crm.took_over crm=%s copy=%s fields=%s", opened.id, linked.id, len(new))


def _apply(cursor: Cursor, opened: Opened, linked: Linked, field: Field, value: str) -> None:
    if field.record == "person" and value and field.name == "name":
        cursor.execute("UPDATE contact SET name = %s WHERE id = %s", [value[:120], linked.local])
    if field.record == "person" and value and field.name == "email":
        cursor.execute("UPDATE contact SET email = %s WHERE id = %s", [value[:254], linked.local])
    if field.record == "lead" and field.name == "status":
        _mark(cursor, opened, linked, field, value)


def _mark(cursor: Cursor, opened: Opened, linked: Linked, field: Field, value: str) -> None:
    """Their stage says what became of the lead; one that means nothing to us is only kept."""
    cursor.execute("SELECT conversation_id, status FROM lead WHERE id = %s", [linked.local])
    row = cursor.fetchone()
    meant = crm_mapping.ours(field, value, now=row[1] if row else "")
    if row is not None and meant is not None and meant != row[1] and meant in MARKABLE:
        desk.marked_elsewhere(cursor, row[0], opened.crm.title, meant)
