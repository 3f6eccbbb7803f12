"""The to-dos: what people are asked to do, and how it is closed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said, words
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, due, moment
from answerback.engine.events import TodoOutcome
from answerback.store import ids, models
from answerback.store.queries import access, inbox, news, offered
from answerback.workflow import desk, directory

ROWS = 40
"""To-dos of one page; with the ways to settle each it stays under 150 kB, in Spanish too."""

MOST_WOKEN = 12
"""Cases somebody is being woken for that a page shows; the others stand in the inbox."""

OUTCOMES: dict[str, TodoOutcome] = {
    "reached": "reached",
    "left_voicemail": "left_voicemail",
    "no_answer": "no_answer",
    "wrong_number": "wrong_number",
    "done": "done",
    "dismissed": "dismissed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One to-do or page as it is shown, with the ways to close it.

    `said` is what the customer said last. It `calls` for a phone call, or for a look or an answer.
    """

    id: int
    conversation: int
    title: str
    who: str
    tel: str
    due: Moment
    late: bool
    urgent: bool
    outcomes: tuple[tuple[str, str], ...]
    said: str
    calls: bool = True
    connects: bool = False


@require_safe
@seated
def show_todos(visit: Visit) -> HttpResponse:
    """What people are asked to do."""
    return visit.page("console/todos.html", _todos(visit))


@require_safe
@seated
def todos_live(visit: Visit) -> HttpResponse:
    """The to-dos again; 204 while the version the page has (`v`) is still right."""
    return visit.news("console/todo_lists.html", _todos)


@require_POST
@seated
def close_todo(visit: Visit, id: int) -> HttpResponse:
    """Close a to-do with its outcome."""
    todo = access.todo_for(visit.user, id)
    outcome = OUTCOMES.get(visit.request.POST.get("outcome", ""))
    if outcome is None:
        messages.error(visit.request, _("Say what came of it: choose one of the buttons."))
    else:
        undo = desk.close_todo(todo.id, visit.at(todo.business_id).actor, outcome)
        problem = "" if undo else _closed_before(visit.at(todo.business_id), todo.id, outcome)
        if problem:
            messages.error(visit.request, problem)
        else:
            said.done(visit.request, _("To-do closed."), undo)
    return _back(visit, todo.conversation_id)


@require_POST
@seated
def take_page(visit: Visit, id: int) -> HttpResponse:
    """Take the case somebody was woken for."""
    page = access.page_for(visit.user, id)
    undo = desk.take_page(page.id, visit.at(page.business_id).actor, wait=desk.UNSENT)
    if undo is not None:
        said.done(visit.request, _("It is yours. Nobody else is woken for it."), undo)
    else:
        messages.error(visit.request, _("Somebody else has it already."))
    return redirect(said.talk(visit.request, page.conversation_id))


def shown(rows: list[inbox.Todo], visit: Visit, *, connects: bool = False) -> list[Todo]:
    """To-dos as they are shown; with `connects` one may be dialled through the business's number."""
    return [
        Todo(
            id=row.id,
            conversation=row.conversation,
            title=row.title,
            who=words.who(row.name, row.number),
            tel=words.tel(row.number),
            due=due(row.due_at, visit.now, visit.seat.zone),
            late=row.due_at < visit.now,
            urgent=row.urgent,
            outcomes=words.outcomes(row.kind),
            said=row.said,
            calls=row.kind in words.CALLED,
            connects=connects and row.number.startswith("+"),
        )
        for row in rows
    ]


def beside(todos: list[inbox.Todo], pages: list[inbox.Page]) -> list[inbox.Todo]:
    """Those to-dos that stand beside these pages: who is woken for a case is asked once to call, not twice."""
    woken_for = {page.conversation for page in pages}
    return [
        todo for todo in todos if todo.conversation not in woken_for or not (todo.urgent or todo.kind == "call_now")
    ]


def woken(pages: list[inbox.Page], visit: Visit) -> list[Todo]:
    """Pages as they are shown."""
    return [
        Todo(
            id=row.id,
            conversation=row.conversation,
            title=row.summary,
            who=words.who(row.name, row.number),
            tel=words.tel(row.number),
            due=moment(row.opened_at, visit.now, visit.seat.zone),
            late=True,
            urgent=True,
            outcomes=(),
            said=row.said,
        )
        for row in pages
    ]


def woken_first(pages: list[inbox.Page], visit: Visit) -> dict[str, Any]:
    """The pages that have waited longest, as a list shows them, and how many more there are."""
    return {"woken": woken(pages[:MOST_WOKEN], visit), "more_woken": len(pages[MOST_WOKEN:])}


def service_names(visit: Visit) -> dict[str, str]:
    """The services of the business by id, in words."""
    if visit.seat.playbook is None:
        return {}
    playbook = directory.known(visit.seat.business, visit.seat.revision, visit.seat.playbook).rules.playbook
    return {service.id: words.named(service.name) for service in playbook.services}


def every_service(visit: Visit) -> dict[str, str]:
    """The services of the business by id, in words, and behind them those it offers no more."""
    if visit.seat.playbook is None:
        return {}
    gone = offered.retired(visit.seat.business, visit.seat.playbook)
    return service_names(visit) | {id: words.named(names, id) for id, names in gone.items()}


def service_name(id: str, visit: Visit) -> str:
    """A service of the business in words, also one that it offers no more."""
    return every_service(visit).get(id, words.tidy(id)) if id else ""


def _closed_before(visit: Visit, id: int, outcome: TodoOutcome) -> str:
    """Who closed it before this person, and how; empty where it was them, with the same."""
    todo = models.Todo.objects.select_related("closed_by").get(id=id)
    if (todo.closed_by_id, todo.outcome) == (visit.seat.member, outcome):
        return ""
    values = {
        "name": todo.closed_by.name if todo.closed_by else visit.brand,
        "outcome": words.outcome(todo.outcome),
        "yours": words.outcome(outcome),
    }
    if todo.outcome == outcome:
        return _("%(name)s has closed this to-do already, as you would: %(outcome)s.") % values
    return (
        _("%(name)s has closed this to-do already: %(outcome)s. Yours was not kept (%(yours)s); write a note of it.")
        % values
    )


def _todos(visit: Visit) -> dict[str, Any]:
    version = news.version(visit.seat.business, visit.seat.member, visit.now)
    after = ids.read(visit.request.GET.get("after"))
    is_late = visit.request.GET.get("late") == "1"
    due_before = visit.now if is_late else None
    found = inbox.todos(visit.seat.business, after=after, due_before=due_before, rows=ROWS + 1)
    first = found[:ROWS]
    return {
        "todos": shown(first, visit, connects=bool(first) and desk.may_be_rung(visit.at(visit.seat.business).actor)),
        **woken_first(inbox.pages(visit.seat.business) if after is None and not is_late else [], visit),
        "is_late": is_late,
        "later": first[-1].id if len(found) > ROWS else None,
        "polls": after is None,
        "version": version,
    }


def _back(visit: Visit, conversation: int) -> HttpResponse:
    if visit.request.POST.get("back") == "todos":
        return redirect("console:todos")
    return said.back(visit, said.talk(visit.request, conversation))


directory.also_forget(offered.retired.cache_clear)
