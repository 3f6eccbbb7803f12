"""What people are asked to do: to-dos, and pages that wake the person on call."""

from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Bound, Id, Moment, RowId
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.engine.events import TodoOutcome
from answerback.store.queries.told.talk import CONVERSATIONS
from answerback.store.queries.told.work import PAGES, TODOS, Page, Todo
from answerback.workflow import desk, handling
from answerback.workflow.actors import NotAllowed

router = Router(tags=["To-dos"])

Title = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]


class WhichTodos(Paged):
    """Which to-dos."""

    open: bool | None = None
    conversation: RowId | None = None
    since: Bound | None = None


class NewTodo(Asked):
    """What somebody shall do about a conversation, and until when."""

    conversation_id: RowId
    title: Title
    due_at: Moment
    urgent: bool = False


class WhichPages(Paged):
    """Which pages."""

    open: bool | None = None
    conversation: RowId | None = None


class Closed(Asked):
    """What came of a to-do."""

    outcome: TodoOutcome


@reads(router, "/todos", "conversations:read", page_of(Todo), said=True)
def list_todos(request: ApiRequest, which: Query[WhichTodos]) -> dict[str, object]:
    """What people are asked to do, the newest first."""
    only = {"open": which.open, "conversation": which.conversation, "since": which.since}
    return page(TODOS, request.auth.business, which, **only)


@reads(router, "/todos/{int:id}", "conversations:read", Todo, said=True)
def get_todo(request: ApiRequest, id: Id) -> Todo:
    """One to-do."""
    return TODOS.one(request.auth.business, id)


@acts(router, "/todos", "conversations:write", Todo, status=201)
def open_todo(request: ApiRequest, new: NewTodo) -> Todo:
    """Ask a person to do something about a conversation."""
    there = CONVERSATIONS.one(request.auth.business, new.conversation_id)
    made = handling.open_todo(there.id, new.title, new.due_at, urgent=new.urgent)
    return TODOS.one(request.auth.business, made)


@acts(router, "/todos/{int:id}/close", "conversations:write", Todo)
def close_todo(request: ApiRequest, id: Id, closed: Closed) -> Todo:
    """Close a to-do with what came of it; one that is closed already stays as it is."""
    todo = TODOS.one(request.auth.business, id)
    desk.close_todo(todo.id, request.auth.actor, closed.outcome)
    return TODOS.one(request.auth.business, id)


@reads(router, "/pages", "conversations:read", page_of(Page), said=True)
def list_pages(request: ApiRequest, which: Query[WhichPages]) -> dict[str, object]:
    """Who was woken for what, the newest first."""
    return page(PAGES, request.auth.business, which, open=which.open, conversation=which.conversation)


@acts(router, "/pages/{int:id}/take", "conversations:write", Page)
def take_page(request: ApiRequest, id: Id) -> Page:
    """Take the case somebody is woken for: nobody else is. Refused when somebody has it already."""
    there = PAGES.one(request.auth.business, id)
    if not desk.take_page(there.id, request.auth.actor):
        raise NotAllowed("Somebody else has it already.")
    return PAGES.one(request.auth.business, id)
