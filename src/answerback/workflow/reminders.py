"""Reminds people of to-dos before they are due, and lets what nobody has done go up: to the owner, or to a page.

Who took an urgent case and has not reached the customer in time is asked about it, then woken again, and after them
everybody else: a case is never handled by silence. Never here: what closing a to-do changes (the engine).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from answerback.engine import page_words, wording
from answerback.engine.due import look
from answerback.engine.effects import PRIORITY
from answerback.engine.page_words import Facts
from answerback.engine.rota import Responder, Rota, Scope, last_resort, on_duty
from answerback.store.queries import paging, todos, turns
from answerback.store.queries.rows import Cursor
from answerback.store.queries.staff_texts import to_staff
from answerback.store.queries.todos import Due
from answerback.workflow import bell, clock, pages, rotas, tongues, transaction, ways_in
from answerback.workflow.directory import Known, known
from answerback.workflow.retelling import retold

BATCH = 200
MOST_NAMED = 3
TEXT_STALE_AFTER = timedelta(hours=1)


def run(limit: int = BATCH) -> int:
    """Tell people of the to-dos whose time has come; returns how many were looked at."""
    return transaction.run(lambda cursor: _run(cursor, clock.now(), limit))


def next_due() -> datetime | None:
    """When the next to-do is to be looked at, None when none is open."""
    return transaction.run(todos.next_due)


def _run(cursor: Cursor, now: datetime, limit: int) -> int:
    due = todos.due(cursor, now, limit)
    told: dict[tuple[int, int], list[tuple[Due, str]]] = {}
    phones: dict[int, str] = {}
    looked: list[tuple[int, datetime, bool]] = []
    for todo in due:
        ours = known(todo.business, todo.revision, todo.playbook)
        step = look(
            ours.rules.hours_on(todo.line_number),
            ours.rules.settings,
            due_at=todo.due_at,
            urgent=todo.urgent,
            owned=todo.owner is not None,
            reminded=todo.reminded,
            now=now,
        )
        looked.append((todo.id, step.next_at, step.step is not None))
        if step.step == "escalate" and todo.urgent:
            _page_again(cursor, todo, now)
        elif step.step is not None:
            for person in _people(todo, rotas.rota(todo.business, todo.revision), now, up=step.step == "escalate"):
                with tongues.speaking_to(cursor, person.id):
                    told.setdefault((todo.business, person.id), []).append((todo, _says(todo, ours, now)))
                phones[person.id] = person.phone
    todos.looked_at(cursor, looked)
    for (_business, member), said in told.items():
        with tongues.speaking_to(cursor, member):
            _tell(cursor, phones[member], said, now)
    return len(due)


def _page_again(cursor: Cursor, todo: Due, now: datetime) -> None:
    """Whoever took it has not reached them, or nobody took it: a page, unless one is open."""
    if todo.ended or paging.open_page_of(cursor, todo.conversation) is not None:
        return
    by = f"Taken by {todo.owner_name}, and not reached yet" if todo.owner_name else "Urgent, and nobody has called yet"
    key = f"overdue:{_turn(todo)}"
    pages.open_again(cursor, todo.business, todo.conversation, key=key, summary=f"{by}: call now", now=now)


def _people(todo: Due, plan: Rota, now: datetime, *, up: bool) -> Iterable[Responder]:
    """Who hears of it: its owner, else its team, else whoever is left; once overdue, owners and managers."""
    if up:
        found = [each for each in last_resort(plan) if each.role in {"owner", "manager"}]
    elif todo.owner is not None and (owner := plan.person(todo.owner)) is not None:
        found = [owner]
    elif todo.team == "on_call":
        scope = Scope(location=todo.location)
        found = [person for rung in on_duty(plan, now, scope)[:1] for person in rung]
    else:
        found = [each for each in plan.people if each.role == (todo.team or "desk")]
    sure = [each for each in found if each.phone and each.confirmed]
    return sure or [each for each in last_resort(plan) if each.confirmed][:1]


def _says(todo: Due, ours: Known, now: datetime) -> str:
    facts = Facts(case=todo.conversation, summary=todo.title, opened_at=todo.due_at, name=todo.name, number=todo.number)
    when = wording.moment(todo.due_at, ours.rules.business.hours.zone, get_language() or "en")
    due = (_("due %(when)s") if todo.due_at > now else _("overdue since %(when)s")) % {"when": when}
    return page_words.todo(facts, ours.rules.playbook.privacy, urgent=todo.urgent, due=due, gettext=retold)


def _tell(cursor: Cursor, phone: str, said: Sequence[tuple[Due, str]], now: datetime) -> None:
    """One text to one phone, however many to-dos it is about; it hangs on the conversation of the first."""
    first = said[0][0]
    shown = "; ".join(words for _, words in said[:MOST_NAMED])
    calls = [todo.conversation for todo, _ in said if todo.kind == "callback" and not todo.urgent]
    dial = " " + _("Reply CALL %(case)d to be connected.") % {"case": calls[0]} if calls else ""
    more = " " + _("and %(number)d more") % {"number": len(said) - MOST_NAMED} if len(said) > MOST_NAMED else ""
    link = f"{ways_in.root(business=first.business)}/todos"
    kind = "" if first.urgent else _("To-do: ")
    row = to_staff(
        business=first.business,
        conversation=first.conversation,
        contact=first.contact,
        line=first.line,
        to=phone,
        key=f"todo:{_turn(first)}:{phone}",
        purpose="todo",
        body=f"{wording.stopped(kind + shown + more)}{dial} {link}",
        epoch=first.epoch,
        priority=PRIORITY["reply" if first.urgent else "nudge"],
        now=now,
        stale_after=TEXT_STALE_AFTER,
    )
    turns.write_texts(cursor, [row])
    bell.ring(cursor, bell.TEXT)


def _turn(todo: Due) -> str:
    """Which look at this to-do it is: one that is recalled to another time is counted from nothing again."""
    return f"{todo.id}:{todo.due_at:%Y%m%d%H%M}:{todo.reminded}"
