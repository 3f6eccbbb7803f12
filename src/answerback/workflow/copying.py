"""Copies to a CRM what waits to be copied, after the fact and never in a turn: one contact at a time, in order.

The rows say what is due (triggers write them with the change itself), so whatever dies here is done by the next one. A
CRM that is away delays copies and nothing else. Whoever copies a contact has its turn, by a claim that runs out: two
who searched at once would both find nobody and make two. What is made there is remembered before the next request.
"""

import logging
import math
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from answerback.ports.crm import Conflict, LeadCard, Person, PersonCard
from answerback.ports.errors import PortError, Refused, SignInNeeded, Unavailable, Unclear
from answerback.store import models
from answerback.store.queries import crm as rows
from answerback.store.queries import outside
from answerback.store.queries import traces as carried
from answerback.store.queries.crm import CopyRow
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, crm_cards, crm_mapping, crms, described, queue, traces, transaction
from answerback.workflow.calendars import pause
from answerback.workflow.crm_cards import Place
from answerback.workflow.crms import Opened

log = logging.getLogger("answerback.copying")

AT_ONCE = 200
"""Contacts in one go."""

CLAIM = timedelta(minutes=2)
"""A turn with a contact; it is prolonged before each request, and a request takes 45 seconds at most."""

MOST_TRIES = 12
"""So often is one thing tried where the CRM is well otherwise: some six hours."""


class Elsewhere(Exception):
    """Somebody else has this contact's turn."""


def follow(cursor: Cursor, businesses: Sequence[int], now: datetime) -> None:
    """Something happened to these businesses in this transaction: what is due is copied after the commit."""
    for crm in rows.ask_for(cursor, sorted(set(businesses)), now):
        queue.defer_crm(crm)


def copy_due(crm: int) -> int:
    """Copy what is due to this CRM; returns how many things were settled. It stops where the CRM cannot be asked."""
    now = clock.now()
    due = transaction.run(lambda cursor: rows.due_contacts(cursor, crm, now, AT_ONCE))
    settled = 0
    try:
        for contact in due:
            settled += crms.ask(crm, partial(copy_contact, contact=contact))
            crms.works(crm)
    except crms.NotThere:
        pass
    except PortError as problem:
        crms.failed(crm, problem, now)
        log.warning("crm.away crm=%s problem=%s", crm, type(problem).__name__)
        if settled and (asked := getattr(problem, "retry_after", None)):  # too fast for it: go on when it may be asked
            queue.defer_crm(crm, seconds=math.ceil(asked))
    return settled


def copy_contact(opened: Opened, contact: int) -> int:
    """Copy what is due of one contact, in order; returns how many things were settled.

    Raises `Unavailable` and `SignInNeeded` where the whole CRM cannot be asked; what it refuses is written down.
    """
    turn = Turn(opened=opened, contact=contact, mark=secrets.token_hex(8))
    try:
        turn.prolong()
    except Elsewhere:
        return 0
    try:
        return _copy_all(turn)
    except Elsewhere:
        return 0
    finally:
        transaction.run(lambda cursor: rows.release(cursor, opened.id, contact, turn.mark))


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One contact's turn at a CRM."""

    opened: Opened
    contact: int
    mark: str

    def prolong(self) -> None:
        """Before each request: is it still our turn? Raises `Elsewhere`."""
        now = clock.now()
        work = partial(rows.claim, crm=self.opened.id, contact=self.contact, mark=self.mark, now=now, until=now + CLAIM)
        if not transaction.run(work):
            raise Elsewhere

    def settle(self, row: CopyRow, written: Mapping[str, str]) -> None:
        """It stands there as it was wanted."""
        now = clock.now()
        transaction.run(lambda cursor: rows.is_copied(cursor, row, written, now))
        log.info("crm.copied crm=%s copy=%s", self.opened.id, row.id)

    def remember(self, row: CopyRow, remote: str, url: str = "") -> None:
        """Its id there."""
        transaction.run(lambda cursor: rows.remember(cursor, row.id, remote, url))


def _copy_all(turn: Turn) -> int:
    opened, settled = turn.opened, 0
    crms.prepare(opened)
    now = clock.now()
    for row in transaction.run(lambda cursor: rows.due_rows(cursor, opened.id, turn.contact, now)):
        if not _copied(turn, row, now):
            break
        settled += 1
    return settled


def _copied(turn: Turn, row: CopyRow, now: datetime) -> bool:
    """Copy one thing; False where what follows has to wait for it."""
    try:
        with _step(turn, row):
            return _COPIES.get(row.kind, _copy_activity)(turn, row)
    except SignInNeeded:
        raise
    except Unavailable as problem:
        _wait(turn, row, problem, now)
        raise
    except Unclear as problem:
        lag = turn.opened.crm.abilities.search_lag
        again = now + max(pause(row.tries, None), timedelta(seconds=lag))
        transaction.run(partial(rows.wait, row=row.id, problem=problem.detail, again_at=again, unsure=True))
        return False
    except Refused as problem:
        _give_up(turn, row, problem, now)
        return row.kind not in {"contact", "lead"}


def _step(turn: Turn, row: CopyRow) -> traces.step:
    """This copy for whoever traces: it goes on with the trace of what is copied."""
    ours = turn.opened
    trace = None
    if traces.told():
        work = partial(carried.of_copy, kind=row.kind, local=row.local, contact=turn.contact)
        trace = transaction.run(work)
    return traces.step("copy", "client", trace, provider=ours.row.provider, crm=ours.id, kind=row.kind, copy=row.id)


def _wait(turn: Turn, row: CopyRow, problem: Unavailable, now: datetime) -> None:
    """Try it again later; what alone keeps failing while the CRM is well otherwise is given up."""
    if row.tries >= MOST_TRIES and turn.opened.row.tries == 0 and problem.retry_after is None:
        _give_up(turn, row, problem, now)
        return
    again = now + pause(row.tries, problem.retry_after)
    transaction.run(lambda cursor: rows.wait(cursor, row.id, problem.detail, again))


def _give_up(turn: Turn, row: CopyRow, problem: PortError, now: datetime) -> None:
    transaction.run(lambda cursor: rows.give_up(cursor, row.id, problem.detail, now))
    log.warning("crm.refused crm=%s copy=%s kind=%s", turn.opened.id, row.id, row.kind)


def _copy_person(turn: Turn, row: CopyRow) -> bool:
    """Find or make the contact's record, then bring it up to date; False where a person has to say which it is."""
    contact = models.Contact.objects.filter(id=row.local).first()
    if contact is None or not contact.number.startswith("+"):
        turn.settle(row, row.written)
        return False
    newest = models.Lead.objects.filter(contact=contact).order_by("-id").first()
    out, fill = crm_mapping.theirs(turn.opened.table, "person", crm_cards.person(contact, newest))
    card = PersonCard(key=f"answerback-contact-{contact.id}", number=contact.number, fields=out | fill)
    if row.remote:
        return _update_person(turn, row, card, fill)
    people = () if row.alone else _asked(turn).crm.find(turn.opened.connection, contact.number)
    if len(people) > 1:
        return _ask_which(turn, row, contact, people, "several records there have this number")
    if people:
        turn.remember(row, people[0].id, people[0].url)
        linked = _again(turn, row)
        return _update_person(turn, linked, card, fill)
    return _make_person(turn, row, card, contact)


def _make_person(turn: Turn, row: CopyRow, card: PersonCard, contact: models.Contact) -> bool:
    try:
        id = _asked(turn).crm.create(turn.opened.connection, card)
    except Conflict as problem:
        if problem.code != "exists":
            raise
        if not row.alone:
            there = (Person(id=problem.id, numbers=(), name=""),) if problem.id else ()
            return _ask_which(turn, row, contact, there, "a record there has this e-mail address and another number")
        # A person said that it is somebody else: the address stays theirs.
        taken = _remote(turn, "email")
        card = PersonCard(key=card.key, number=card.number, fields={n: v for n, v in card.fields.items() if n != taken})
        id = _asked(turn).crm.create(turn.opened.connection, card)
    turn.remember(row, id)
    turn.settle(row, card.fields)
    return True


def _update_person(turn: Turn, row: CopyRow, card: PersonCard, fill: Mapping[str, str]) -> bool:
    """Write what differs from what we wrote last; of what only fills, what is empty there or still ours."""
    changed = {name: value for name, value in card.fields.items() if row.written.get(name) != value}
    if not changed:
        turn.settle(row, row.written)
        return True
    found = _asked(turn).crm.look(turn.opened.connection, "person", [row.remote]) if changed.keys() & fill else None
    if found is not None:
        if not found:
            return _find_anew(turn, row)
        if found[0].id != row.remote:  # merged into another there: that one is the contact now
            turn.remember(row, found[0].id, found[0].url)
            row = _again(turn, row)
        stand = found[0].fields
        changed = {
            name: value
            for name, value in changed.items()
            if name not in fill or stand.get(name, "") in {"", row.written.get(name)}
        }
    return _write_person(turn, row, PersonCard(key=card.key, number=card.number, fields=changed))


def _write_person(turn: Turn, row: CopyRow, card: PersonCard) -> bool:
    try:
        _asked(turn).crm.update(turn.opened.connection, row.remote, card)
    except Conflict as problem:
        if problem.code == "gone":
            return _find_anew(turn, row)
        if problem.code == "exists" and problem.id:
            contact = models.Contact.objects.get(id=row.local)
            there = (Person(id=row.remote, numbers=()), Person(id=problem.id, numbers=()))
            return _ask_which(turn, row, contact, there, "two records there claim to be this contact")
        raise
    turn.settle(row, {**row.written, **card.fields})
    return True


def _find_anew(turn: Turn, row: CopyRow) -> bool:
    """Their record was deleted: what we knew of it is forgotten, and they are looked for again."""
    if row.unsure:  # it has happened just now: not around in circles
        raise Conflict("The record was deleted there, and the one made in its place is gone too.", code="gone")
    transaction.run(lambda cursor: rows.forget(cursor, row.id))
    return _copy_person(turn, _again(turn, row, unsure=True))


def _copy_lead(turn: Turn, row: CopyRow) -> bool:
    lead = models.Lead.objects.select_related("contact", "line", "business").filter(id=row.local).first()
    place = _place(turn, lead.id if lead else None)
    if lead is None or not place.person:
        return False
    out, fill = crm_mapping.theirs(turn.opened.table, "lead", crm_cards.lead(lead, private=place.private))
    wanted = fill | out if not row.remote else out
    changed = {name: value for name, value in wanted.items() if row.written.get(name, "") != value}
    if row.remote and not changed:
        turn.settle(row, row.written)
        return True
    card = LeadCard(
        key=f"answerback-lead-{lead.id}",
        person=place.person,
        title=crm_cards.title(lead, private=place.private),
        opened_at=lead.created_at,
        fields=changed,
    )
    crm = _asked(turn).crm
    try:
        id = crm.write_lead(turn.opened.connection, card, row.remote, unsure=row.unsure)
    except Conflict as problem:
        if problem.code != "gone" or not row.remote:
            raise
        raise Refused(f"Somebody deleted this lead's record in {crm.title}. It is not made again.") from problem
    turn.remember(row, id)
    turn.settle(row, {**row.written, **changed})
    return True


def _copy_activity(turn: Turn, row: CopyRow) -> bool:
    """What happened is written once and never changed."""
    if row.remote:
        turn.settle(row, row.written)
        return True
    place = _place(turn, _lead_of(row))
    if not place.person:
        return False
    told = crm_cards.activity(row.kind, row.local, place)
    if told is None or told.kind not in turn.opened.crm.abilities.activities:
        turn.settle(row, row.written)
        return True
    id = _asked(turn).crm.append(turn.opened.connection, told, unsure=row.unsure)
    turn.remember(row, id)
    turn.settle(row, row.written)
    return True


def _copy_todo(turn: Turn, row: CopyRow) -> bool:
    todo = models.Todo.objects.filter(id=row.local).first()
    if todo is None or not turn.opened.crm.abilities.todos:
        turn.settle(row, row.written)
        return True
    place = _place(turn, _lead_of(row))
    if not place.person:
        return False
    card = crm_cards.todo(todo, place)
    id = _asked(turn).crm.write_todo(turn.opened.connection, card, row.remote, unsure=row.unsure)
    turn.remember(row, id)
    turn.settle(row, row.written)
    return True


def _copy_appointment(turn: Turn, row: CopyRow) -> bool:
    made = models.Appointment.objects.select_related("contact", "business").filter(id=row.local).first()
    if made is None or not turn.opened.crm.abilities.appointments:
        turn.settle(row, row.written)
        return True
    place = _place(turn, _lead_of(row))
    if not place.person:
        return False
    card = crm_cards.appointment(made, place)
    id = _asked(turn).crm.write_appointment(turn.opened.connection, card, row.remote, unsure=row.unsure)
    turn.remember(row, id)
    turn.settle(row, row.written)
    return True


_COPIES = {"contact": _copy_person, "lead": _copy_lead, "todo": _copy_todo, "appointment": _copy_appointment}


def _asked(turn: Turn) -> Opened:
    """The CRM, about to be asked: it must still be our turn."""
    turn.prolong()
    return turn.opened


def _again(turn: Turn, row: CopyRow, *, unsure: bool = False) -> CopyRow:
    """The row as it stands now; with `wanted` as it was when we began, so that a change since stays due."""
    now = transaction.run(lambda cursor: rows.stands(cursor, turn.opened.id, row.kind, row.local))
    assert now is not None
    return CopyRow(now.id, now.kind, now.local, now.remote, now.written, row.wanted, now.tries, unsure, now.alone)


def _remote(turn: Turn, name: str) -> str:
    field = turn.opened.table.field(name)
    return field.remote if field else ""


def _place(turn: Turn, lead: int | None) -> Place:
    """Where things of this contact and lead stand there."""
    opened = turn.opened
    person = transaction.run(lambda cursor: rows.stands(cursor, opened.id, "contact", turn.contact))
    deal = transaction.run(lambda cursor: rows.stands(cursor, opened.id, "lead", lead)) if lead else None
    return Place(
        person=person.remote if person else "",
        lead=deal.remote if deal else "",
        private=described.is_private(opened.row.business),
    )


def _lead_of(row: CopyRow) -> int | None:
    """The lead that what happened belongs to, by its conversation."""
    match row.kind:
        case "text":
            talk = models.Message.objects.filter(id=row.local).values_list("conversation_id", flat=True).first()
        case "call":
            talk = models.Event.objects.filter(id=row.local).values_list("conversation_id", flat=True).first()
        case "todo":
            talk = models.Todo.objects.filter(id=row.local).values_list("conversation_id", flat=True).first()
        case "appointment":
            talk = models.Appointment.objects.filter(id=row.local).values_list("conversation_id", flat=True).first()
        case _:
            return None
    if talk is None:
        return None
    return models.Lead.objects.filter(conversation_id=talk).values_list("id", flat=True).first()


def _ask_which(turn: Turn, row: CopyRow, contact: models.Contact, people: Sequence[Person], why: str) -> bool:
    """A person has to say which record it is; until then everything of this contact waits."""
    opened, now = turn.opened, clock.now()
    shown = [{"id": each.id, "name": each.name, "url": crms.safe(each.url)} for each in people]
    who = contact.name or contact.number
    title = f"Which record in {opened.crm.title} is {who}? {why[0].upper()}{why[1:]}."
    talk = models.Conversation.objects.filter(contact=contact).order_by("-id").values_list("id", flat=True).first()

    def write(cursor: Cursor) -> None:
        rows.ask_a_person(cursor, row.id, shown, f"{why[0].upper()}{why[1:]}.")
        if talk is not None:
            ask = outside.Ask(conversation=talk, key=f"crm-{row.id}", title=title)
            outside.open_todos(cursor, opened.business, [ask], now)

    transaction.run(write)
    return False
