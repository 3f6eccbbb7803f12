"""How people sort their work: whose it is, put aside until when, done, notes, the plan for a lead, a text held back.

None of it speaks to the customer or tells the engine anything, except that a to-do is closed. Each act hands out what
takes it back (`workflow.undoing`); one that changes nothing writes nothing, and hands out None.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from answerback.engine.events import TodoClosed
from answerback.store.queries import ledger, turns
from answerback.store.queries.rows import Cursor, raw
from answerback.store.queries.turns import ReasonRow
from answerback.workflow import bell, clock, looking, transaction
from answerback.workflow.actors import Actor, NotAllowed

Act = Literal[
    "take_over", "hand_back", "page", "told", "assign", "snooze", "open_again", "todo", "text", "queue", "note",
    "keep_note", "outcome", "plan", "timer", "done", "call", "called", "number", "shift", "no_shift", "override",
    "no_override", "off", "no_off", "person", "no_person", "reopen", "own", "no_own", "webhook", "alert_way",
    "draft", "draft_change", "merge", "apart", "money", "again", "refund", "stop", "held", "let_go",
    "wrong_number", "booked", "entered", "introduced", "given", "learned", "settings", "source", "member",
    "let_go_of", "mine", "link", "no_link", "video",
]  # fmt: skip

Left = Literal["told_of_a_call", "told_of_the_time", "texted"]
"""What a customer has read of an act that was taken back, which cannot be unread."""

NOBODY = "nobody"
LONGEST_NOTE = 4000
LONGEST_TITLE = 200
LONGEST_STEP = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What takes an act back: which act, about what, what was there, the `fields` it changed, what they `became`.

    `others` go first, `then` after it; `note` is its line of the timeline, or its event of a conversation taken. Of an
    outcome `due` is when the lead was to be looked at again, `done_at` since when it was done, `done_then` what came.
    """

    act: Act
    business: int
    id: int
    member: int | None = None
    at: datetime | None = None
    due: datetime | None = None
    done_at: datetime | None = None
    done_then: datetime | None = None
    note: int | None = None
    words: str = ""
    cents: int | None = None
    ids: tuple[int, ...] = ()
    fields: tuple[str, ...] = ()
    became: tuple[str, ...] = ()
    others: tuple["Undo", ...] = ()
    then: tuple["Undo", ...] = ()

    def things(self) -> tuple[int, ...]:
        """The ids of what it is about: one, or all leads that were given together."""
        return self.ids if self.act == "given" else (self.id,)

    def steps(self) -> Iterator["Undo"]:
        """All that is taken back with it, in order."""
        for each in self.others:
            yield from each.steps()
        yield self
        for each in self.then:
            yield from each.steps()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What people intend with a lead: whose it is, the next step and when, and what it may bring, in cents."""

    owner: int | None = None
    step: str = ""
    step_at: datetime | None = None
    cents: int | None = None

    def told(self, fields: Collection[str]) -> tuple[str, ...]:
        """These fields as an `Undo` carries them."""
        held = [getattr(self, each) for each in fields]
        return tuple(str(each.timestamp() if isinstance(each, datetime) else each) for each in held)


PLANNED = ("owner", "step", "step_at", "cents")
"""What a plan consists of."""


def assign(conversation: int, actor: Actor, member: int | None) -> Undo | None:
    """It is this member's at the desk, or nobody's. Raises `NotAllowed` for somebody of another business."""
    return transaction.run(lambda cursor: assigned(cursor, conversation, actor, member))


def snooze(conversation: int, actor: Actor, until: datetime | None) -> Undo | None:
    """Out of the way until then, or until the customer calls or texts; None wakes it now."""
    return transaction.run(lambda cursor: snoozed(cursor, conversation, actor, until))


def done(conversation: int, actor: Actor) -> Undo | None:
    """Nothing is left to do until the customer calls or texts again; open to-dos are dismissed with it.

    Raises `NotAllowed` while somebody is being woken for it.
    """
    return transaction.run(lambda cursor: ended(cursor, conversation, actor))


def open_again(conversation: int, actor: Actor) -> Undo | None:
    """It is not done after all."""
    return transaction.run(lambda cursor: opened_again(cursor, conversation, actor))


def write_note(conversation: int, actor: Actor, body: str, writing: str = "") -> Undo:
    """Write something down for one's own people, and this `writing` is over. Raises `NotAllowed` for nothing, or for
    too much.
    """
    plain = body.strip()
    if not plain:
        raise NotAllowed("The note is empty. Write something first.")
    if len(plain) > LONGEST_NOTE:
        raise NotAllowed(f"The note has {len(plain)} characters; {LONGEST_NOTE} have room. Make two of it.")
    return transaction.run(lambda cursor: _write_note(cursor, conversation, actor, plain, writing))


def remove_note(note: int, actor: Actor) -> Undo:
    """Take a note out of the timeline. Raises `NotAllowed` for one that is not there."""
    return transaction.run(lambda cursor: _show_note(cursor, note, actor, removed_at=clock.now()))


def keep_note(note: int, actor: Actor) -> Undo:
    """A note that was taken out stands again. Raises `NotAllowed` for one that is not there."""
    return transaction.run(lambda cursor: _show_note(cursor, note, actor, removed_at=None))


def plan_lead(conversation: int, actor: Actor, plan: Plan, fields: Collection[str] = PLANNED) -> Undo | None:
    """Say whose the lead is, what comes next and when, and what it may bring: only these `fields` are written.

    Raises `NotAllowed` without a lead.
    """
    return transaction.run(lambda cursor: planned(cursor, conversation, actor, plan, fields))


def open_todo(conversation: int, title: str, due_at: datetime, *, urgent: bool = False) -> int:
    """Ask a person to do something about a conversation; the to-do's id. Raises `NotAllowed` without words."""
    words = " ".join(title.split())[:LONGEST_TITLE]
    if not words:
        raise NotAllowed("Say what is to be done.")
    return transaction.run(lambda cursor: _open_todo(cursor, conversation, words, due_at, urgent=urgent))


def hold_back(message: int, actor: Actor) -> Undo:
    """A text of the machine that waits is not sent. Raises `NotAllowed` for one that does not wait any more."""
    return transaction.run(lambda cursor: _hold_back(cursor, message, actor))


def let_go(message: int, actor: Actor) -> None:
    """A text that was held back may leave after all. Raises `NotAllowed` where things have moved on."""
    transaction.run(lambda cursor: _let_go(cursor, message, actor))


def log(  # noqa: PLR0917  where, who, what
    cursor: Cursor, business: int, conversation: int, actor: Actor, kind: str, body: str = ""
) -> int:
    """Write into the timeline what a person did at the desk; the note's id."""
    cursor.execute(
        """
        INSERT INTO note (business_id, conversation_id, member_id, kind, body, at) VALUES (%s, %s, %s, %s, %s, %s)
        RETURNING id
        """,
        [business, conversation, actor.member, kind, body, clock.now()],
    )
    return _one(cursor)[0]


def person(cursor: Cursor, business: int, member: int | None) -> str:
    """The name of who works in this business. Raises `NotAllowed` for somebody of another, or who has left."""
    if member is None:
        return NOBODY
    cursor.execute("SELECT name FROM member WHERE id = %s AND business_id = %s AND left_at IS NULL", [member, business])
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("There is no such person in this business. Choose one of the list.")
    return str(row[0])


def assigned(cursor: Cursor, conversation: int, actor: Actor, member: int | None) -> Undo | None:
    """As `assign`, for callers in a transaction of theirs."""
    business, before = _locked(cursor, conversation, "assigned_to_id")
    if member == before:
        return None
    name = person(cursor, business, member)
    cursor.execute("UPDATE conversation SET assigned_to_id = %s WHERE id = %s", [member, conversation])
    note = log(cursor, business, conversation, actor, "assigned", name)
    return Undo(act="assign", business=business, id=conversation, member=before, note=note)


def snoozed(cursor: Cursor, conversation: int, actor: Actor, until: datetime | None) -> Undo | None:
    """As `snooze`, for callers in a transaction of theirs."""
    now = clock.now()
    if until is not None and until <= now:
        raise NotAllowed("That time is over already. Choose a later one.")
    business, before = _locked(cursor, conversation, "snoozed_until")
    if until == (before if before and before > now else None):
        return None
    cursor.execute("UPDATE conversation SET snoozed_until = %s WHERE id = %s", [until, conversation])
    says = until.isoformat() if until else ""
    note = log(cursor, business, conversation, actor, "snoozed" if until else "woken", says)
    return Undo(act="snooze", business=business, id=conversation, at=before, note=note)


def ended(cursor: Cursor, conversation: int, actor: Actor) -> Undo | None:
    """As `done`, for callers in a transaction of theirs."""
    business, before = _locked(cursor, conversation, "done_at")
    now = clock.now()
    cursor.execute("SELECT 1 FROM page WHERE conversation_id = %s AND taken_at IS NULL", [conversation])
    if cursor.fetchone():
        raise NotAllowed("Somebody is being woken for this. Take it first, then it can be done.")
    cursor.execute(
        """
        UPDATE todo SET closed_at = %s, closed_by_id = %s, outcome = 'dismissed'
        WHERE conversation_id = %s AND closed_at IS NULL RETURNING id, kind, key
        """,
        [now, actor.member, conversation],
    )
    closed = cursor.fetchall()
    if before is not None and not closed:
        return None
    events = [TodoClosed(at=now, todo=key, kind=kind, outcome="dismissed") for _, kind, key in closed]
    ledger.record(
        cursor, [ledger.Own(business=business, conversation=conversation, event=each) for each in events], now
    )
    cursor.execute("UPDATE conversation SET done_at = %s, snoozed_until = NULL WHERE id = %s", [now, conversation])
    note = log(cursor, business, conversation, actor, "done")
    bell.ring(cursor, bell.TURN)
    return Undo(act="open_again", business=business, id=conversation, ids=tuple(row[0] for row in closed), note=note)


def opened_again(cursor: Cursor, conversation: int, actor: Actor) -> Undo | None:
    """As `open_again`, for callers in a transaction of theirs."""
    business, before = _locked(cursor, conversation, "done_at")
    if before is None:
        return None
    cursor.execute("UPDATE conversation SET done_at = NULL WHERE id = %s", [conversation])
    note = log(cursor, business, conversation, actor, "reopened")
    return Undo(act="done", business=business, id=conversation, note=note)


def _write_note(cursor: Cursor, conversation: int, actor: Actor, body: str, writing: str) -> Undo:
    business, _ = _locked(cursor, conversation, "id")
    note = log(cursor, business, conversation, actor, "note", body)
    if writing:  # by a program of theirs it says nothing of what they type
        looking.forget_draft(cursor, conversation, actor.member, writing, clock.now())
    return Undo(act="note", business=business, id=note)


def _show_note(cursor: Cursor, note: int, actor: Actor, *, removed_at: datetime | None) -> Undo:
    cursor.execute(
        """
        UPDATE note SET removed_at = %s WHERE id = %s AND kind = 'note' AND (removed_at IS NULL) = %s
        RETURNING business_id, conversation_id
        """,
        [removed_at, note, removed_at is not None],
    )
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("This note is not there any more. Look at the page again.")
    log(cursor, row[0], row[1], actor, "unnoted" if removed_at else "renoted")
    return Undo(act="keep_note" if removed_at else "note", business=row[0], id=note)


def planned(cursor: Cursor, conversation: int, actor: Actor, plan: Plan, fields: Collection[str]) -> Undo | None:
    """As `plan_lead`, for callers in a transaction of theirs."""
    cursor.execute(
        """
        SELECT business_id, owner_id, own_step, own_step_at, value_cents FROM lead
        WHERE conversation_id = %s FOR NO KEY UPDATE
        """,
        [conversation],
    )
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("There is no lead in this conversation. A missed call makes one.")
    before = Plan(owner=row[1], step=row[2], step_at=row[3], cents=row[4])
    new = replace(before, **{each: getattr(plan, each) for each in fields})
    new = replace(new, step=new.step[:LONGEST_STEP])
    if new == before:
        return None
    owner = person(cursor, row[0], new.owner) if new.owner != before.owner else ""
    cursor.execute(
        """
        UPDATE lead SET owner_id = %s, own_step = %s, own_step_at = %s, value_cents = %s, updated_at = %s
        WHERE conversation_id = %s
        """,
        [new.owner, new.step, new.step_at, new.cents, clock.now(), conversation],
    )
    if owner:
        log(cursor, row[0], conversation, actor, "given", owner)
    if replace(new, owner=before.owner) != before:
        is_step = (new.step, new.step_at) != (before.step, before.step_at)
        log(cursor, row[0], conversation, actor, "planned", new.step if is_step else "")
    return Undo(
        act="plan",
        became=new.told(fields),
        business=row[0],
        id=conversation,
        member=before.owner,
        words=before.step,
        at=before.step_at,
        cents=before.cents,
        fields=tuple(fields),
    )


def _open_todo(cursor: Cursor, conversation: int, title: str, due_at: datetime, *, urgent: bool) -> int:
    business, _ = _locked(cursor, conversation, "id")
    cursor.execute(
        """
        INSERT INTO todo (business_id, conversation_id, key, kind, title, urgent, due_at, opened_at, outcome)
        VALUES (%(business)s, %(conversation)s, 'own:' || gen_random_uuid(), 'review', %(title)s, %(urgent)s,
                %(due_at)s, %(now)s, '')
        RETURNING id
        """,
        {
            "business": business,
            "conversation": conversation,
            "title": title,
            "urgent": urgent,
            "due_at": due_at,
            "now": clock.now(),
        },
    )
    return _one(cursor)[0]


def _hold_back(cursor: Cursor, message: int, actor: Actor) -> Undo:
    cursor.execute(
        """
        UPDATE message SET status = 'withdrawn', detail = %s WHERE id = %s AND status = 'queued' AND author = 'machine'
        RETURNING business_id, conversation_id, key, purpose
        """,
        [f"{actor.name} held it back."[:300], message],
    )
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("This text does not wait any more: it has left, or was taken back already.")
    reason = ReasonRow(
        business=row[0],
        conversation=row[1],
        at=clock.now(),
        rule="held_back",
        verdict="withdrawn",
        why=f"{actor.name} held this text back."[:400],
        guards=raw("[]"),
        would_change="Nothing: a person decided it.",
        text=row[2],
    )
    turns.write_reasons(cursor, [reason])
    log(cursor, row[0], row[1], actor, "held_back")
    return Undo(act="queue", business=row[0], id=message)


def _let_go(cursor: Cursor, message: int, actor: Actor) -> None:
    cursor.execute(
        """
        UPDATE message m SET status = 'queued', detail = '', due_at = GREATEST(m.due_at, %(now)s)
        FROM conversation c
        WHERE m.id = %(id)s AND c.id = m.conversation_id AND m.status = 'withdrawn' AND m.author = 'machine'
          AND m.epoch = c.epoch AND (m.stale_at IS NULL OR m.stale_at > %(now)s)
        RETURNING m.business_id, m.conversation_id
        """,
        {"now": clock.now(), "id": message},
    )
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("Things have moved on, so this text is not sent any more. Write one yourself.")
    log(cursor, row[0], row[1], actor, "let_go")
    bell.ring(cursor, bell.TEXT)


def _locked(cursor: Cursor, conversation: int, column: str) -> tuple[int, Any]:
    """The conversation's business and what stands in this column, locked. Columns are written in this module only."""
    cursor.execute(
        f"SELECT business_id, {column} FROM conversation WHERE id = %s FOR NO KEY UPDATE",  # noqa: S608
        [conversation],
    )
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("This conversation does not exist.")
    return row[0], row[1]


def _one(cursor: Cursor) -> tuple[int, ...]:
    row = cursor.fetchone()
    if row is None:
        raise AssertionError("a statement that always returns a row returned none")
    return row
