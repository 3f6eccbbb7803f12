"""The inbox with the week's numbers, and the to-dos."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from answerback.console import words
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, moment
from answerback.console.words import Chip
from answerback.engine.events import TodoOutcome
from answerback.store.queries import access, inbox
from answerback.workflow import desk, directory

NUMBERS = {
    "captured": "Captured",
    "replied": "Replied",
    "qualified": "Qualified",
    "booked": "Booked",
    "sold": "Sold",
}

OUTCOMES: dict[str, TodoOutcome] = {
    "reached": "reached",
    "left_voicemail": "left_voicemail",
    "no_answer": "no_answer",
    "wrong_number": "wrong_number",
    "done": "done",
    "dismissed": "dismissed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One conversation as the inbox shows it."""

    id: int
    who: str
    words: str
    ours: bool
    at: Moment
    chips: tuple[Chip, ...]
    urgent: bool
    todos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One to-do or page as it is shown, with the ways to close it."""

    id: int
    conversation: int
    title: str
    who: str
    tel: str
    due: Moment
    late: bool
    urgent: bool
    outcomes: tuple[tuple[str, str], ...]


@require_safe
@seated
def show_inbox(visit: Visit) -> HttpResponse:
    """The inbox."""
    return visit.page("console/inbox.html", _inbox(visit))


@require_safe
@seated
def inbox_live(visit: Visit) -> HttpResponse:
    """The inbox's lists again; 204 while the version the page has (`v`) is still right."""
    if visit.request.GET.get("v") == inbox.version(visit.seat.business, visit.now):
        return HttpResponse(status=204)
    counts = inbox.counts(visit.seat.business)
    return render(visit.request, "console/inbox_live.html", _inbox(visit) | {"counts": counts, "live": True})


@require_safe
@seated
def show_todos(visit: Visit) -> HttpResponse:
    """What people are asked to do."""
    return visit.page("console/todos.html", _todos(visit))


@require_safe
@seated
def todos_live(visit: Visit) -> HttpResponse:
    """The to-dos again; 204 while the version the page has (`v`) is still right."""
    if visit.request.GET.get("v") == inbox.version(visit.seat.business, visit.now):
        return HttpResponse(status=204)
    counts = inbox.counts(visit.seat.business)
    return render(visit.request, "console/todos_live.html", _todos(visit) | {"counts": counts, "live": True})


@require_POST
@seated
def close_todo(visit: Visit, id: int) -> HttpResponse:
    """Close a to-do with its outcome."""
    todo = access.todo_for(visit.user, id)
    outcome = OUTCOMES.get(visit.request.POST.get("outcome", ""))
    if outcome is None:
        messages.error(visit.request, "Say what came of it: choose one of the buttons.")
    else:
        desk.close_todo(todo.id, visit.at(todo.business_id).actor, outcome)
        messages.success(visit.request, "To-do closed.")
    return _back(visit, todo.conversation_id)


@require_POST
@seated
def take_page(visit: Visit, id: int) -> HttpResponse:
    """Take the case somebody was woken for."""
    page = access.page_for(visit.user, id)
    if desk.take_page(page.id, visit.at(page.business_id).actor):
        messages.success(visit.request, "It is yours. Nobody else is woken for it.")
    else:
        messages.error(visit.request, "Somebody else has it already.")
    return redirect("console:conversation", id=page.conversation_id)


def line(row: inbox.Conversation, service: str, visit: Visit) -> Line:
    """A conversation as a line of the inbox."""
    ours = row.author in {"machine", "staff"}
    prefix = {"machine": "answerback: ", "staff": "You: "}.get(row.author, "")
    return Line(
        id=row.id,
        who=row.name or words.number(row.number),
        words=prefix + row.words if row.words else "No texts yet",
        ours=ours,
        at=moment(row.last_at, visit.now, visit.seat.zone),
        chips=_chips(row, service),
        urgent=row.urgent or row.pages > 0 or row.urgency == "emergency",
        todos=row.todos + row.pages,
    )


def tasks(todos: list[inbox.Todo], visit: Visit) -> list[Task]:
    """To-dos as they are shown."""
    return [
        Task(
            id=row.id,
            conversation=row.conversation,
            title=row.title,
            who=row.name or words.number(row.number),
            tel=row.number if row.number.startswith("+") else "",
            due=moment(row.due_at, visit.now, visit.seat.zone),
            late=row.due_at < visit.now,
            urgent=row.urgent,
            outcomes=words.outcomes(row.kind),
        )
        for row in todos
    ]


def woken(pages: list[inbox.Page], visit: Visit) -> list[Task]:
    """Pages as they are shown."""
    return [
        Task(
            id=row.id,
            conversation=row.conversation,
            title=row.summary,
            who=row.name or words.number(row.number),
            tel=row.number if row.number.startswith("+") else "",
            due=moment(row.opened_at, visit.now, visit.seat.zone),
            late=True,
            urgent=True,
            outcomes=(),
        )
        for row in pages
    ]


def week_start(visit: Visit) -> datetime:
    """Monday, midnight, in the business's own clock."""
    today = visit.now.astimezone(visit.seat.zone).date()
    return datetime.combine(today - timedelta(days=today.weekday()), time(), visit.seat.zone)


def _inbox(visit: Visit) -> dict[str, Any]:
    asked = visit.request.GET
    number = asked.get("number", "") if asked.get("number", "") in NUMBERS else ""
    needs_you = not number and asked.get("tab") != "all"
    since, before = week_start(visit), _moment_of(asked.get("before", ""))
    # The version is read first: whatever changes while the rows are read makes the next poll fetch them again.
    version = inbox.version(visit.seat.business, visit.now)
    rows = inbox.conversations(visit.seat.business, needs_you=needs_you, number=number, since=since, before=before)
    shown = rows[: inbox.ROWS]
    names = service_names(visit)
    tab = {"number": number} if number else {"tab": "needs" if needs_you else "all"}
    older = urlencode(tab | {"before": shown[-1].last_at.isoformat()}) if len(rows) > inbox.ROWS else ""
    return {
        "lines": [line(row, names.get(row.service, words.tidy(row.service)), visit) for row in shown],
        "numbers": _numbers(inbox.week(visit.seat.business, since)),
        "number": number,
        "number_name": NUMBERS.get(number, ""),
        "needs_you": needs_you,
        "query": urlencode(tab),
        "older": older,
        "polls": before is None,
        "version": version,
    }


def _numbers(week: inbox.Week) -> list[dict[str, Any]]:
    address = reverse("console:inbox")
    return [
        {
            "key": key,
            "name": name,
            "count": week.leads[key],
            "note": words.money(week.cents) if key == "sold" and week.cents else "",
            "href": f"{address}?number={key}",
        }
        for key, name in NUMBERS.items()
    ]


def service_names(visit: Visit) -> dict[str, str]:
    """The services of the business by id, in words."""
    if visit.seat.playbook is None:
        return {}
    playbook = directory.known(visit.seat.business, visit.seat.revision, visit.seat.playbook).rules.playbook
    return {
        service.id: service.name.get("en") or next(iter(service.name.values()), "") for service in playbook.services
    }


def _chips(row: inbox.Conversation, service: str) -> tuple[Chip, ...]:
    found = [words.STATUSES.get(row.status), words.PHASES.get(row.phase) if row.phase != row.status else None]
    if row.phase == "human" and row.held_by:
        found[1] = Chip(words=f"With {row.held_by}", tone="warn")
    if row.missed_reason:
        found.append(Chip(words=words.MISSED.get(row.missed_reason, row.missed_reason), icon="phone-missed"))
    if row.service:
        found.append(Chip(words=service, icon="wrench"))
    return tuple(chip for chip in found if chip is not None)


def _todos(visit: Visit) -> dict[str, Any]:
    version = inbox.version(visit.seat.business, visit.now)
    return {
        "tasks": tasks(inbox.todos(visit.seat.business), visit),
        "woken": woken(inbox.pages(visit.seat.business), visit),
        "version": version,
    }


def _back(visit: Visit, conversation: int) -> HttpResponse:
    if visit.request.POST.get("back") == "todos":
        return redirect("console:todos")
    return redirect("console:conversation", id=conversation)


def _moment_of(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else None
