"""What staff do with contacts: put names right, say who else calls from a number, and which numbers are one person's.

A merge moves nothing: each number keeps its conversations, its consent and its stop, and the one is shown as the other,
by its name. So undoing it gives back exactly what was. A stop goes both ways: who said stop under one number is texted
under none.
"""

from datetime import datetime
from typing import Any

from answerback.ports.mail import is_address
from answerback.store import codec, models
from answerback.store.models.people import OF_ANOTHER_NUMBER
from answerback.store.queries.rows import Cursor, as_json
from answerback.workflow import clock, contacts, saved, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo


def set_name(contact: int, name: str, email: str) -> Undo | None:
    """This is how they are called and written to; empty takes it away. None where it says so already. Raises
    `NotAllowed` for what is no address, but not for what stood there before.
    """
    row, values = models.Contact.objects.get(id=contact), [name.strip()[:120], email.strip()[:254], contact]
    return saved.saving(row, lambda cursor: _set_name(cursor, row, values), "mine")


def add_person(contact: int, name: str, note: str) -> Undo:
    """Somebody else calls from this number too. Raises `NotAllowed` without a name."""
    if not name.strip():
        raise NotAllowed("Write the name of the person who calls from this number too.", "name")
    values = [contact, name.strip()[:120], note.strip()[:200], clock.now()]
    return transaction.run(lambda cursor: _add_person(cursor, [*values[1:], values[0]]))


def put_back_person(contact: int, person: int, name: str, note: str) -> None:
    """They call from this number after all, as it stood there. Raises `NotAllowed` where that stands already, or the
    contact was erased.
    """
    values = [person, name, note, clock.now(), contact]
    if not transaction.run(lambda cursor: cursor.execute(_PUT_BACK_PERSON, values).rowcount):
        raise NotAllowed("Somebody has changed this since, so it stays as it is. Look at the page again.")


def remove_person(contact: int, person: int) -> Undo | None:
    """They do not call from this number after all; None where they are out of it already."""
    return transaction.run(lambda cursor: _remove_person(cursor, contact, person))


def merge(kept: int, gone: int, actor: Actor) -> int:
    """`gone` is the same person as `kept`; returns the merge, to undo it. Whoever holds several numbers stays,
    whichever of the two that is. Raises `NotAllowed`.
    """
    return transaction.run(lambda cursor: _merge(cursor, kept, gone, actor, clock.now()))


def undo(merge: int) -> None:
    """They are two after all. Raises `NotAllowed` where that was said already."""
    transaction.run(lambda cursor: _undo(cursor, merge, clock.now()))


def keep_apart(first: int, second: int) -> None:
    """These two are two people, and are not asked about again."""
    low, high = sorted((first, second))
    transaction.run(lambda cursor: cursor.execute(_APART, [high, low]))


def ask_again(business: int, first: int, second: int) -> None:
    """Whether these two are one person is open again."""
    low, high = sorted((first, second))
    transaction.run(lambda cursor: cursor.execute(_NOT_APART, [business, low, high]))


def _set_name(cursor: Cursor, row: models.Contact, values: list[Any]) -> None:
    address = values[1]
    if address not in {"", row.email} and not is_address(address):
        raise NotAllowed(
            f"Nothing was saved: {address!r} is no e-mail address. Write one like ann@example.com.", "email"
        )
    cursor.execute("UPDATE contact SET name = %s, email = %s WHERE id = %s", values)
    cursor.execute("UPDATE contact SET name = %s WHERE merged_into_id = %s", [values[0], row.id])


def _add_person(cursor: Cursor, values: list[Any]) -> Undo:
    cursor.execute(_ADD_PERSON, values)
    business, contact, id = _found(cursor)
    return Undo(act="no_person", business=business, id=contact, ids=(id,))


def _remove_person(cursor: Cursor, contact: int, person: int) -> Undo | None:
    cursor.execute(_REMOVE_PERSON, [person, contact])
    row = cursor.fetchone()
    return (
        None
        if row is None
        else Undo(act="person", business=row[0], id=contact, ids=(person,), words=f"{row[1]}\n{row[2]}")
    )


def _found(cursor: Cursor) -> tuple[Any, ...]:
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("This contact is not there any more. Look at the page again.")
    return row


def _merge(cursor: Cursor, kept: int, gone: int, actor: Actor, now: datetime) -> int:
    cursor.execute(_BOTH, [[kept, gone]])
    rows = {row[0]: row for row in cursor.fetchall()}
    if len(rows) != 2 or rows[kept][1] != rows[gone][1]:
        raise NotAllowed("Choose two contacts of this business.")
    if any(not row[2].startswith("+") for row in rows.values()):
        raise NotAllowed("Callers who hide their number share one contact. It cannot be one person's.")
    if rows[kept][3] or rows[gone][3]:
        raise NotAllowed("One of the two has been merged already. Open the person it belongs to.")
    kept, gone = _who_stays(cursor, kept, gone)
    filled = _fill(cursor, kept, gone)
    stopped = _stop_both(cursor, kept, gone, now)
    cursor.execute(_SHOWN_AS, [kept, gone])
    cursor.execute(
        _MERGED, [rows[kept][1], kept, gone, actor.member, now, as_json(filled), as_json(stopped), rows[gone][4]]
    )
    (merged,) = cursor.fetchone() or (0,)
    return int(merged)


def _who_stays(cursor: Cursor, kept: int, gone: int) -> tuple[int, int]:
    """Who is shown from now on, and who as them: all other numbers of a person are shown as one contact."""
    cursor.execute("SELECT DISTINCT merged_into_id FROM contact WHERE merged_into_id = ANY(%s)", [[kept, gone]])
    several = {row[0] for row in cursor.fetchall()}
    if several == {kept, gone}:
        raise NotAllowed(
            "Each of the two holds several numbers. Open one of them, press “Not the same person” beside its other "
            "numbers, and then merge each of them with the other contact."
        )
    return (gone, kept) if gone in several else (kept, gone)


def _fill(cursor: Cursor, kept: int, gone: int) -> list[str]:
    """Fill in what is empty; what is there stays. Returns the fields."""
    filled = []
    for column in ("name", "email"):
        cursor.execute(
            f"UPDATE contact k SET {column} = g.{column} FROM contact g WHERE k.id = %s AND g.id = %s "  # noqa: S608
            f"AND k.{column} = '' AND g.{column} <> ''",
            [kept, gone],
        )
        filled += [column] * cursor.rowcount
    return filled


def _stop_both(cursor: Cursor, kept: int, gone: int, now: datetime) -> list[str]:
    """Stop the number that said nothing where the other one said stop; returns the numbers."""
    cursor.execute(_STOPS, [[kept, gone]])
    rows = cursor.fetchall()
    if not any(row[2] for row in rows):
        return []
    silent = [row for row in rows if not row[2]]
    for business, number, _ in silent:
        contacts.suppress(cursor, business, number, OF_ANOTHER_NUMBER, now)
    return [row[1] for row in silent]


def _undo(cursor: Cursor, merge: int, now: datetime) -> None:
    cursor.execute(_UNDONE, [now, merge])
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("This merge was undone already.")
    kept, gone, filled, gone_name = row[0], row[1], codec.plain(row[2]), row[3]
    cursor.execute("SELECT 1 FROM contact WHERE id IN (%s, %s) AND number LIKE 'erased %%'", [kept, gone])
    if cursor.fetchone():
        raise NotAllowed("They were erased; there is nothing to take apart.")
    cursor.execute("UPDATE contact SET merged_into_id = NULL, name = %s WHERE id = %s", [gone_name, gone])
    for column in set(filled) & {"name", "email"}:
        cursor.execute(
            f"UPDATE contact k SET {column} = '' FROM contact g WHERE k.id = %s AND g.id = %s "  # noqa: S608
            f"AND k.{column} = g.{column}",
            [kept, gone],
        )
    contacts.lift_concluded(cursor, [kept, gone], "The merge of the two contacts was undone.", now)


_ADD_PERSON = """
INSERT INTO contact_person (business_id, contact_id, name, note, added_at)
SELECT business_id, id, %s, %s, %s FROM contact WHERE id = %s
RETURNING business_id, contact_id, id
"""

_PUT_BACK_PERSON = """
INSERT INTO contact_person (id, business_id, contact_id, name, note, added_at)
SELECT %s, business_id, id, %s, %s, %s FROM contact WHERE id = %s AND number NOT LIKE 'erased %%'
ON CONFLICT (id) DO NOTHING
"""

_REMOVE_PERSON = """
DELETE FROM contact_person WHERE id = %s AND contact_id = %s RETURNING business_id, name, note
"""

_APART = """
INSERT INTO contact_apart (business_id, first_id, second_id)
SELECT a.business_id, a.id, b.id FROM contact a JOIN contact b ON b.id = %s AND b.business_id = a.business_id
WHERE a.id = %s ON CONFLICT DO NOTHING
"""

_NOT_APART = "DELETE FROM contact_apart WHERE business_id = %s AND first_id = %s AND second_id = %s"

_BOTH = (
    "SELECT id, business_id, number, merged_into_id, name FROM contact WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
)

_STOPS = """
SELECT k.business_id, k.number, EXISTS (
    SELECT 1 FROM suppression s WHERE s.business_id = k.business_id AND s.number = k.number AND s.lifted_at IS NULL)
FROM contact k WHERE k.id = ANY(%s) ORDER BY k.id
"""

_SHOWN_AS = """
UPDATE contact g SET merged_into_id = k.id, name = k.name FROM contact k WHERE k.id = %s AND g.id = %s
"""

_MERGED = """
INSERT INTO contact_merge (business_id, kept_id, gone_id, member_id, at, filled, stopped, gone_name)
VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s) RETURNING id
"""

_UNDONE = """
UPDATE contact_merge SET undone_at = %s WHERE id = %s AND undone_at IS NULL
RETURNING kept_id, gone_id, filled::text, gone_name
"""
