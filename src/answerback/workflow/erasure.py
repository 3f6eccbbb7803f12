"""Forgets a contact: their number, name, words and recordings go, and what was written about them; that they said stop,
why we texted, and amounts with what shows them (the books) stay. What was open for them is closed.

What stays holds the number's keyed digest instead of the number: enough to keep a stop when the same person calls again
(`queries.arrivals`), too little to call anybody. Source: GDPR 17(3) and 21; decisions hold no words and no number.

A backup made before still knows them. So each erasure is logged by digest, in the database and, because a database can
be lost, in a file beside it (`erasures.jsonl` in the var folder); `answerback restore` forgets again who stands in
either. Never here: the provider's own copies.
"""

import logging
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from django.conf import settings

from answerback.store.queries import erasures
from answerback.store.queries.erasures import Forgotten
from answerback.store.queries.leads import OPEN
from answerback.store.queries.rows import Cursor
from answerback.store.secrets import digest
from answerback.workflow import clock, transaction

log = logging.getLogger("answerback.erasure")

FILE = "erasures.jsonl"


class Unknown(Exception):
    """This business knows nobody by this number."""


def erase(business: int, number: str) -> None:
    """Forget everything about this number that is not proof of consent or of a stop. Raises `Unknown`."""
    done = Forgotten(business, digest(number), clock.now())
    transaction.run(lambda cursor: _erase_and_log(cursor, number, done))
    _keep_outside(done)


def again(cursor: Cursor, outside: Sequence[Forgotten]) -> int:
    """Forget whoever stands in the log, here or `outside`, and is known all the same; returns how many."""
    erasures.write(cursor, outside)
    known = erasures.known_again(cursor, erasures.log(cursor))
    for business, number in known:
        _erase(cursor, business, number)
    return len(known)


def kept_outside(path: Path) -> Iterable[Forgotten]:
    """What this file says; a last line that was cut off by a crash is passed over."""
    lines = path.read_bytes().splitlines()
    for at, line in enumerate(lines, start=1):
        try:
            yield msgspec.json.decode(line, type=Forgotten)
        except msgspec.DecodeError as problem:
            if at < len(lines):
                raise ValueError(f"{path}, line {at} is no erasure of ours: {problem}.") from problem


def _keep_outside(done: Forgotten) -> None:
    """Write it beside the database too; that it could not be is told, and undoes nothing."""
    try:
        descriptor = os.open(settings.VAR / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(msgspec.json.encode(done) + b"\n")
            file.flush()
            os.fsync(descriptor)
    except OSError as problem:
        log.error("erasure.not_kept_outside errno=%s", problem.errno)  # noqa: TRY400  the file's name says enough


def _erase_and_log(cursor: Cursor, number: str, done: Forgotten) -> None:
    _erase(cursor, done.business, number)
    erasures.write(cursor, [done])


def _erase(cursor: Cursor, business: int, number: str) -> None:
    cursor.execute("SELECT id FROM contact WHERE business_id = %s AND number = %s FOR UPDATE", [business, number])
    row = cursor.fetchone()
    if row is None or not number.startswith("+"):
        raise Unknown("This business knows nobody by this number. Write it like +15125550131.")
    contact, kept = row[0], digest(number)
    cursor.execute("SELECT id FROM conversation WHERE contact_id = %s FOR NO KEY UPDATE", [contact])
    talks = [each[0] for each in cursor.fetchall()]
    for statement in _KEPT:
        cursor.execute(statement, [kept, business, number])
    cursor.execute("DELETE FROM known_number WHERE business_id = %s AND number = %s", [business, number])
    values = {"talks": talks, "contact": contact, "now": clock.now(), "open": list(OPEN)}
    for statement in (*_SETTLED, *_STATEMENTS):
        cursor.execute(statement, values)
    log.info("contact.erased contact=%s", contact)


_KEPT = (
    """
    DELETE FROM notice USING suppression s
    WHERE %s <> '' AND s.business_id = %s AND s.number = %s AND notice.subject = s.id AND notice.kind LIKE 'opt_out.%%'
    """,
    # A restore has kept their stop by its digest, and the backup knows it by the number: one stop stands.
    """
    DELETE FROM suppression s USING suppression kept
    WHERE kept.number = %s AND kept.lifted_at IS NULL AND kept.business_id = %s
      AND s.business_id = kept.business_id AND s.number = %s AND s.lifted_at IS NULL
    """,
    "UPDATE suppression SET number = %s WHERE business_id = %s AND number = %s",
    "UPDATE consent SET number = %s WHERE business_id = %s AND number = %s",
)

# Nothing can be done for somebody who cannot be called: whoever was woken for them would be woken for ever.
_SETTLED = (
    """
    UPDATE page SET taken_at = %(now)s, ended = 'closed'
    WHERE conversation_id = ANY(%(talks)s) AND taken_at IS NULL
    """,
    """
    UPDATE todo SET closed_at = %(now)s, outcome = 'dismissed'
    WHERE conversation_id = ANY(%(talks)s) AND closed_at IS NULL
    """,
    """
    UPDATE appointment SET status = 'cancelled', hold_until = NULL, version = version + 1, updated_at = %(now)s
    WHERE conversation_id = ANY(%(talks)s) AND status IN ('held', 'booked') AND lower(during) > %(now)s
    """,
    """
    UPDATE lead SET status = 'lost', updated_at = %(now)s
    WHERE conversation_id = ANY(%(talks)s) AND status = ANY(%(open)s)
    """,
)

# Of an event only its kind and times are kept, and of a call its key, so that a redelivery is still known again.
_STATEMENTS = (
    """
    UPDATE event SET raw = NULL, body = jsonb_strip_nulls(jsonb_build_object(
        'at', body -> 'at', 'call', body -> 'call', 'line', body -> 'line', 'text',
        CASE WHEN kind IN ('TextReceived', 'VoicemailTranscribed') THEN '"(erased)"'::jsonb ELSE body -> 'text' END,
        'outcome', body -> 'outcome', 'by', CASE WHEN kind = 'CallAnswered' THEN body -> 'by' END,
        'talked', body -> 'talked', 'leg', body -> 'leg', 'target', CASE WHEN kind = 'LegEnded' THEN '""'::jsonb END,
        'result', body -> 'result', 'seconds', body -> 'seconds', 'purpose', body -> 'purpose',
        'failure', body -> 'failure', 'member', body -> 'member', 'appointment', body -> 'appointment',
        'starts_at', body -> 'starts_at', 'service', body -> 'service', 'todo', body -> 'todo', 'kind', body -> 'kind',
        'status', body -> 'status', 'timer', body -> 'timer', 'ref', body -> 'ref', 'came', body -> 'came',
        'called_at', body -> 'called_at', 'number_is', body -> 'number_is', 'line_type', body -> 'line_type'))
    WHERE conversation_id = ANY(%(talks)s)
    """,
    """
    UPDATE message SET body = '(erased)', media = NULL, reading = NULL, "to" = '',
        status = CASE WHEN status = 'queued' THEN 'withdrawn' ELSE status END, detail = ''
    WHERE conversation_id = ANY(%(talks)s)
    """,
    # What a text meant teaches nothing without its words.
    "DELETE FROM correction WHERE message_id IN (SELECT id FROM message WHERE conversation_id = ANY(%(talks)s))",
    "DELETE FROM look_up WHERE conversation_id = ANY(%(talks)s)",
    "DELETE FROM attachment WHERE conversation_id = ANY(%(talks)s)",
    "DELETE FROM notice WHERE thread = ANY(%(talks)s)",
    "DELETE FROM notice WHERE kind LIKE 'contact.%%' AND subject = %(contact)s",
    "UPDATE advice SET proposal = NULL, question = '{}' WHERE conversation_id = ANY(%(talks)s)",
    "UPDATE lead SET answers = '{}', own_step = '' WHERE conversation_id = ANY(%(talks)s)",
    "UPDATE page SET summary = '(erased)' WHERE conversation_id = ANY(%(talks)s)",
    "UPDATE todo SET title = '(erased)' WHERE conversation_id = ANY(%(talks)s)",
    "UPDATE note SET body = '(erased)' WHERE conversation_id = ANY(%(talks)s) AND kind IN ('note', 'planned')",
    "UPDATE looking SET draft = '', drafts = '[]', typed_at = NULL WHERE conversation_id = ANY(%(talks)s)",
    "UPDATE our_call SET customer = '' WHERE conversation_id = ANY(%(talks)s)",
    "UPDATE appointment SET name = '', address = '', notes = '' WHERE conversation_id = ANY(%(talks)s)",
    """
    UPDATE conversation SET state = state - 'answers' - 'facts', ended_at = COALESCE(ended_at, last_at), wake_at = NULL
    WHERE id = ANY(%(talks)s)
    """,
    "DELETE FROM contact_person WHERE contact_id = %(contact)s",
    "DELETE FROM contact_apart WHERE first_id = %(contact)s OR second_id = %(contact)s",
    "UPDATE contact_merge SET stopped = '[]', gone_name = '' WHERE kept_id = %(contact)s OR gone_id = %(contact)s",
    "UPDATE contact SET number = 'erased ' || id, name = '', email = '', consent = 'none' WHERE id = %(contact)s",
    # The last one: what was changed above is to be copied, and what is known of the copies goes.
    "DELETE FROM crm_copy WHERE contact_id = %(contact)s",
)
