"""What every act of a person begins with: the conversation locked, its waiting texts taken back, the event recorded,
the engine woken. All of it in the transaction of the act.

Never here: which acts there are (`desk`, `answers`, `relay`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.engine.effects import OVER, PRIORITY
from answerback.engine.events import Event, HandedBack, StaffTexted, TookOver
from answerback.store import codec
from answerback.store.queries import ledger, todos, turns
from answerback.store.queries.rows import Cursor, raw
from answerback.store.queries.turns import TextRow
from answerback.workflow import bell, clock, pages, sendable
from answerback.workflow.actors import Actor, HeldByAnother, MarkedMeanwhile, NotAllowed

STAFF_TEXT_STALE_AFTER = timedelta(hours=1)

CALLS_WITHIN = timedelta(minutes=10)
"""Who takes a case has so long to reach the customer before they are asked about it."""

TEXTS_WITHIN = timedelta(hours=2)
"""Who writes with the customer is with them: the call is owed so much later."""


@dataclass(frozen=True, slots=True)
class Place:
    """A locked conversation and where texts of it go."""

    id: int
    business: int
    contact: int
    line: int
    epoch: int
    number: str
    suppressed: bool
    ended: bool
    done_at: datetime | None


def lock(cursor: Cursor, conversation: int) -> Place:
    """Lock a conversation; raises `NotAllowed` where there is none."""
    place = lock_all(cursor, [conversation]).get(conversation)
    if place is None:
        raise NotAllowed("This conversation does not exist.")
    return place


def lock_all(cursor: Cursor, conversations: list[int]) -> dict[int, Place]:
    """Lock these conversations, those that there are; in the order of ids, so that two writers never wait for each
    other.
    """
    cursor.execute(_LOCK, [conversations])
    return {row[0]: Place(*row) for row in cursor.fetchall()}


def act(cursor: Cursor, conversation: int, actor: Actor, event: Event, *, holds: bool | None = True) -> Place:
    """Record what a person did: the machine's waiting texts are taken back, the epoch rises, the engine is woken.

    With `holds` the person has the conversation from now on, and with it whatever page and urgent to-do of it is open;
    without, nobody has; None leaves that as it is.
    """
    place = lock(cursor, conversation)
    now = clock.now()
    turns.withdraw(cursor, {place.id: f"{actor.name} took the conversation."})
    ledger.record(cursor, [ledger.Own(business=place.business, conversation=place.id, event=event, bump=1)], now)
    if holds and place.ended:
        open_again(cursor, place)
    if holds is not None:
        cursor.execute(
            """
            UPDATE conversation SET held_by_id = %s, phase = CASE WHEN %s THEN 'human' ELSE phase END,
                relayed = relayed AND %s WHERE id = %s
            """,
            [actor.member if holds else None, holds, holds, place.id],
        )
    if holds:
        pages.end_of(cursor, place.id, actor.member, "taken", now)
        within = TEXTS_WITHIN if isinstance(event, StaffTexted) else CALLS_WITHIN
        todos.give(cursor, place.id, actor.member, now + within)
    bell.ring(cursor, bell.TURN)
    return place


def holder(cursor: Cursor, conversation: int) -> int | None:
    """The member who has the conversation, which is locked with it."""
    cursor.execute("SELECT held_by_id FROM conversation WHERE id = %s FOR NO KEY UPDATE", [conversation])
    row = cursor.fetchone()
    return None if row is None or row[0] is None else int(row[0])


def last_move(cursor: Cursor, conversation: int) -> int:
    """The newest event of the ledger by which this conversation went to a person or back, 0 before the first."""
    cursor.execute(_LAST_MOVE, [conversation, _MOVES])
    return int((cursor.fetchone() or (0,))[0])


def moved_by_another(cursor: Cursor, conversation: int, since: int | None, actor: Actor) -> bool:
    """Has somebody but this one taken it or handed it back since that event, whoever has it by now? Never where nobody
    knows the event: the undo is one of before an upgrade.
    """
    cursor.execute(_MOVED, [conversation, since, _MOVES, actor.name])
    return cursor.fetchone() is not None


def is_with_people(cursor: Cursor, conversation: int) -> bool:
    """Is the conversation a person's, so that the machine is silent, and not over?"""
    cursor.execute("SELECT 1 FROM conversation WHERE id = %s AND phase = 'human' AND ended_at IS NULL", [conversation])
    return cursor.fetchone() is not None


def named(cursor: Cursor, member: int) -> Actor:
    """A member by their name, for what is done in their place: a conversation given back to who had it."""
    cursor.execute("SELECT name FROM member WHERE id = %s", [member])
    return Actor(member=member, name=(cursor.fetchone() or ("",))[0])


def talked(cursor: Cursor, conversation: int, actor: Actor) -> bool:
    """Who called the customer and spoke with them has the conversation, unless somebody has; True where that is new.

    The turn has the last word: before any text of ours there is nothing to have (`engine.calls`).
    """
    cursor.execute(
        """
        UPDATE conversation SET held_by_id = %s, phase = 'human'
        WHERE id = %s AND held_by_id IS NULL AND ended_at IS NULL
          AND phase IN ('greeting', 'learning', 'offered', 'callback', 'resting', 'human')
        """,
        [actor.member, conversation],
    )
    return cursor.rowcount > 0


def held_by_another(cursor: Cursor, conversation: int, actor: Actor, known: int | None = None) -> None:
    """Lock the conversation; raises `HeldByAnother` where another member has it than the one it is `known` of."""
    lock(cursor, conversation)
    cursor.execute(
        """
        SELECT m.id, m.name FROM conversation c JOIN member m ON m.id = c.held_by_id
        WHERE c.id = %s AND c.held_by_id IS DISTINCT FROM %s AND c.held_by_id IS DISTINCT FROM %s
        """,
        [conversation, actor.member, known],
    )
    if (row := cursor.fetchone()) is not None:
        raise HeldByAnother(*row)


def hand_back(cursor: Cursor, conversation: int, actor: Actor) -> Place:
    """The machine may speak again; returns the place. Raises `NotAllowed` where somebody may have been in danger."""
    cursor.execute("SELECT COALESCE((state ->> 'locked')::bool, false) FROM conversation WHERE id = %s", [conversation])
    if (cursor.fetchone() or (False,))[0]:
        raise NotAllowed("Somebody may have been in danger here, so this conversation stays with people.")
    return act(cursor, conversation, actor, HandedBack(at=clock.now(), member=actor.name), holds=False)


def write(
    cursor: Cursor,
    place: Place,
    actor: Actor,
    body: str,
    media: tuple[str, ...] = (),
    *,
    wait: timedelta = timedelta(),
) -> int:
    """Queue a text of this member to the customer; returns its id. It waits so long that it can be taken back.

    Raises `NotAllowed` where none may go.
    """
    if place.suppressed:
        raise NotAllowed("This person said stop. Call them instead; they can text START to hear from you again.")
    if not place.number.startswith("+"):
        raise NotAllowed("This caller withheld their number, so there is nowhere to text.")
    sendable.check(cursor, place.id, place.number, body)
    cursor.execute("SELECT count(*) FROM message WHERE conversation_id = %s AND author = 'staff'", [place.id])
    key = f"staff:{(cursor.fetchone() or (0,))[0] + 1}"
    turns.write_texts(cursor, [_text(place, key, body, media, clock.now() + wait)])
    cursor.execute(
        "UPDATE message SET member_id = %s WHERE conversation_id = %s AND key = %s RETURNING id",
        [actor.member, place.id, key],
    )
    message: int = (cursor.fetchone() or (0,))[0]
    bell.ring(cursor, bell.TEXT)
    return message


def lead(cursor: Cursor, conversation: int) -> str:
    """Where the lead stands, which is locked with it; empty where there is none."""
    cursor.execute("SELECT status FROM lead WHERE conversation_id = %s FOR NO KEY UPDATE", [conversation])
    row = cursor.fetchone()
    return row[0] if row else ""


def lead_as_before(  # noqa: PLR0917  whose, from what to what
    cursor: Cursor, conversation: int, status: str, made: str, since: datetime | None, now: datetime
) -> None:
    """The lead stands where it stood before it was `made` what it is, unless somebody has said what became of it since.

    The turn writes the same, except that it never makes an old lead a new one.
    """
    values = {"id": conversation, "status": status, "made": made, "since": since, "now": now}
    cursor.execute(_LEAD_AS_BEFORE, values)


def stands(cursor: Cursor, conversation: int, now: str, wanted: str, seen: str) -> None:
    """May a lead whose status somebody saw be marked? Raises `MarkedMeanwhile` where it was opened or closed since, or
    says already what is wanted, or a person moved it. What the machine moves between keeps nobody from it.
    """
    if now == seen:
        return
    cursor.execute(
        """
        SELECT body ->> 'status', body ->> 'member' FROM event WHERE conversation_id = %s AND kind = 'OutcomeMarked'
        ORDER BY id DESC LIMIT 1
        """,
        [conversation],
    )
    marked, by = cursor.fetchone() or ("", "")
    if now in (marked, wanted) or (now in OVER) != (seen in OVER):
        raise MarkedMeanwhile(now, by)


def marked_since(cursor: Cursor, conversation: int, at: datetime) -> None:
    """Raises `MarkedMeanwhile` where somebody has said after that moment what became of the lead."""
    cursor.execute(
        """
        SELECT body ->> 'status', body ->> 'member' FROM event
        WHERE conversation_id = %s AND kind = 'OutcomeMarked' AND (body ->> 'at')::timestamptz > %s
        ORDER BY id DESC LIMIT 1
        """,
        [conversation, at],
    )
    if (row := cursor.fetchone()) is not None:
        raise MarkedMeanwhile(*row)


def open_again(cursor: Cursor, place: Place) -> None:
    """Who takes a conversation that is over has the customer's next text too, and not the machine in a new
    conversation.
    """
    if not open_all_again(cursor, [place.id]):
        raise goes_on_elsewhere()


def goes_on_elsewhere() -> NotAllowed:
    """Why a conversation that is over is not opened again."""
    return NotAllowed("This conversation is over and the customer has begun a new one. Go on in the newer one.")


def open_all_again(cursor: Cursor, conversations: list[int]) -> set[int]:
    """The same for many that are over; those that are open then. Not those whose customer has begun another, and of
    two of one customer only the newer.
    """
    cursor.execute(_OPEN_AGAIN, [conversations])
    return {row[0] for row in cursor.fetchall()}


def _text(place: Place, key: str, body: str, media: tuple[str, ...], due_at: datetime) -> TextRow:
    return TextRow(
        business=place.business,
        conversation=place.id,
        contact=place.contact,
        line=place.line,
        author="staff",
        to=place.number,
        key=key,
        purpose="staff",
        text_class="reply",
        body=body,
        status="queued",
        epoch=place.epoch,
        priority=PRIORITY["reply"],
        due_at=due_at,
        stale_at=due_at + STAFF_TEXT_STALE_AFTER,
        cooldown_until=None,
        detail="",
        media=raw(codec.encode(media)) if media else None,
        created_at=clock.now(),
    )


_LEAD_AS_BEFORE = """
UPDATE lead SET status = %(status)s, updated_at = %(now)s
WHERE conversation_id = %(id)s AND status = %(made)s AND %(status)s NOT IN ('', %(made)s) AND NOT EXISTS (
    SELECT 1 FROM event e WHERE e.conversation_id = %(id)s AND e.kind = 'OutcomeMarked'
        AND (e.body ->> 'at')::timestamptz > %(since)s)
"""


_LOCK = """
SELECT c.id, c.business_id, c.contact_id, c.line_id, c.epoch, k.number, EXISTS (
    SELECT 1 FROM suppression s
    WHERE s.business_id = c.business_id AND s.number = k.number AND s.lifted_at IS NULL),
    c.ended_at IS NOT NULL, c.done_at
FROM conversation c JOIN contact k ON k.id = c.contact_id WHERE c.id = ANY(%s) ORDER BY c.id FOR NO KEY UPDATE OF c
"""

_OPEN_AGAIN = """
UPDATE conversation SET ended_at = NULL WHERE id IN (
    SELECT DISTINCT ON (c.business_id, c.contact_id) c.id FROM conversation c
    WHERE c.id = ANY(%s) AND NOT EXISTS (
        SELECT 1 FROM conversation o
        WHERE o.business_id = c.business_id AND o.contact_id = c.contact_id AND o.ended_at IS NULL)
    ORDER BY c.business_id, c.contact_id, c.id DESC)
RETURNING id
"""

_MOVES = [TookOver.__name__, StaffTexted.__name__, HandedBack.__name__]
_LAST_MOVE = "SELECT COALESCE(max(id), 0) FROM event WHERE conversation_id = %s AND kind = ANY(%s)"
_MOVED = """
SELECT 1 FROM event WHERE conversation_id = %s AND id > %s AND kind = ANY(%s) AND body ->> 'member' <> %s LIMIT 1
"""
