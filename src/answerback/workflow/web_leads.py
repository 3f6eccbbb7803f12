"""Leads that do not begin with a call: somebody filled in a form on the website, or a program knows of them.

It is an event like a call: the lead stands at once, and what follows (a call to make, a first text to who agreed in
writing) the engine decides. Once they call or text, everything goes on as for any other lead. Never here: who may say
so.
"""

from dataclasses import dataclass, field
from datetime import datetime

from answerback.engine.desk_events import FormSent
from answerback.engine.state import State
from answerback.store import codec, models
from answerback.store.queries import ledger
from answerback.store.queries.ledger import Own
from answerback.store.queries.rows import Cursor
from answerback.workflow import bell, clock, contacts, desk, transaction
from answerback.workflow.actors import Actor, NotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What is known of somebody who asked. `number` is E.164; `answers` whatever else the form held.

    `agreed` is what they agreed to in writing about texts; `sent_at` when they did, None for now.
    """

    number: str
    name: str = ""
    email: str = ""
    message: str = ""
    source: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    agreed: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a new conversation belongs."""

    business: int
    line: int
    number: str
    playbook: int


def take_in(business: int, inquiry: Inquiry) -> int:
    """Keep this as a lead; returns the conversation. Raises `NotAllowed`.

    Somebody who has an open conversation keeps it, and a second form in a row asks for one call only.
    """
    place = _place(business)
    return transaction.run(lambda cursor: _take_in(cursor, place, inquiry, clock.now()))


def pause(business: int, number: str, actor: Actor) -> int:
    """The machine is silent towards this number until the conversation is handed back; returns the conversation."""
    place = _place(business)

    def open_one(cursor: Cursor) -> int:
        contact = _contact(cursor, business, Inquiry(number=number), clock.now())
        return _conversation(cursor, place, contact, State(line=place.number), clock.now())[0]

    conversation = transaction.run(open_one)
    desk.take_over(conversation, actor)
    return conversation


def _place(business: int) -> _Place:
    line = models.Line.objects.select_related("business").filter(business=business).order_by("id").first()
    if line is None or line.business.playbook_id is None:
        raise NotAllowed("This business has no line or no playbook yet. Set both up first.")
    return _Place(business=business, line=line.id, number=line.number, playbook=line.business.playbook_id)


def _take_in(cursor: Cursor, place: _Place, inquiry: Inquiry, now: datetime) -> int:
    contact = _contact(cursor, place.business, inquiry, now)
    contacts.introduce(cursor, contact, name=inquiry.name, email=inquiry.email)
    said = {"name": inquiry.name, "message": inquiry.message, "source": inquiry.source}
    answers = {**inquiry.answers, **{slot: value for slot, value in said.items() if value}}
    state = State(line=place.number, source_line=place.number)
    conversation, _ = _conversation(cursor, place, contact, state, now)
    values = {
        "business": place.business,
        "contact": contact,
        "conversation": conversation,
        "line": place.line,
        "answers": codec.encode(answers),
        "now": now,
    }
    cursor.execute(_LEAD, values)
    event = FormSent(
        at=min(inquiry.sent_at or now, now),
        line=place.number,
        title=_title(inquiry)[:200],
        answers=answers,
        agreed=inquiry.agreed,
    )
    ledger.record(cursor, [Own(business=place.business, conversation=conversation, event=event)], now)
    bell.ring(cursor, bell.TURN)
    return conversation


def _title(inquiry: Inquiry) -> str:
    began = f"Asked through {inquiry.source}" if inquiry.source else "Asked through a form"
    return f"{began}: {inquiry.message}" if inquiry.message else f"{began}: call them"


def _contact(cursor: Cursor, business: int, inquiry: Inquiry, now: datetime) -> int:
    values = [business, inquiry.number, now]
    cursor.execute(
        """
        INSERT INTO contact (business_id, number, name, created_at) VALUES (%s, %s, '', %s)
        ON CONFLICT (business_id, number) DO NOTHING
        """,
        values,
    )
    cursor.execute("SELECT id FROM contact WHERE business_id = %s AND number = %s", values[:2])
    ((id,),) = cursor.fetchall()
    return int(id)


def _conversation(cursor: Cursor, place: _Place, contact: int, state: State, now: datetime) -> tuple[int, bool]:
    """The open conversation of this contact, and whether it was made just now."""
    values = {
        "business": place.business,
        "contact": contact,
        "line": place.line,
        "playbook": place.playbook,
        "state": codec.encode_state(state),
        "now": now,
    }
    cursor.execute(_OPEN, values)
    made = cursor.fetchone()
    if made is not None:
        return made[0], True
    cursor.execute(
        "SELECT id FROM conversation WHERE business_id = %s AND contact_id = %s AND ended_at IS NULL FOR NO KEY UPDATE",
        [place.business, contact],
    )
    ((id,),) = cursor.fetchall()
    return int(id), False


_OPEN = """
INSERT INTO conversation (business_id, contact_id, line_id, playbook_id, state, phase, epoch, opened_at, last_at, stuck)
VALUES (%(business)s, %(contact)s, %(line)s, %(playbook)s, %(state)s::jsonb, 'quiet', 0, %(now)s, %(now)s, 0)
ON CONFLICT (business_id, contact_id) WHERE ended_at IS NULL DO NOTHING RETURNING id
"""

_LEAD = """
INSERT INTO lead (business_id, contact_id, conversation_id, line_id, status, service, urgency, missed_reason, priority,
                  answers, next_step, next_step_at, created_at, updated_at)
VALUES (%(business)s, %(contact)s, %(conversation)s, %(line)s, 'new', '', 'unknown', '', 0, %(answers)s::jsonb,
        'Call them back', %(now)s, %(now)s, %(now)s)
ON CONFLICT (conversation_id) DO UPDATE SET answers = excluded.answers || lead.answers, updated_at = excluded.updated_at
"""
