"""What people do at the desk without speaking to the customer: notes, whose it is, when it rests, what is planned.

Each act can be taken back by its opposite: whose it was before, awake instead of asleep, open instead of done.
"""

from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Body, Bound, Id, Moment, RowId
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.api.problems import Problem
from answerback.engine.currency import MOST
from answerback.store.queries.told.bookable import PLANNED_TEXTS, PlannedText
from answerback.store.queries.told.desk import NOTES, SNIPPETS, Note, Snippet
from answerback.store.queries.told.leads import LEADS, Lead
from answerback.store.queries.told.talk import CONVERSATIONS, MESSAGES, Conversation, Message
from answerback.store.queries.told.work import TODOS, Todo
from answerback.workflow import desk, handling, plans, snippets, undoing
from answerback.workflow.handling import LONGEST_NOTE, Plan, Undo

router = Router(tags=["Desk"])

Words = Annotated[str, Field(min_length=1, max_length=LONGEST_NOTE, pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
Short = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
Step = Annotated[str, Field(max_length=120, pattern=r"^[^\u0000]*$")]


class WhichNotes(Paged):
    """Which notes."""

    conversation: RowId | None = None
    since: Bound | None = None


class WhichPlans(Paged):
    """Of which conversation."""

    conversation: RowId | None = None


class NewNote(Asked):
    """Words for the business's own people."""

    body: Words


class Assignee(Asked):
    """The member it shall be, or null for nobody."""

    member_id: RowId | None


class Rest(Asked):
    """Until when it rests, or null to wake it now."""

    until: Moment | None


class Intended(Asked):
    """Whose the lead is, what comes next and when, and what it may bring. What is null is nobody's, or not known."""

    owner_id: RowId | None = None
    step: Step = ""
    step_at: Moment | None = None
    value_cents: Annotated[int, Field(ge=0, le=MOST)] | None = None


class NewSnippet(Asked):
    """Words under a short name; the same name again changes them."""

    name: Short
    body: Body


@reads(router, "/notes", "conversations:read", page_of(Note))
def list_notes(request: ApiRequest, which: Query[WhichNotes]) -> dict[str, object]:
    """What people wrote down about conversations, the newest first."""
    return page(NOTES, request.auth.business, which, conversation=which.conversation, since=which.since)


@acts(router, "/conversations/{int:id}/notes", "conversations:write", Note, status=201)
def write_note(request: ApiRequest, id: Id, new: NewNote) -> Note:
    """Write something down for one's own people. A customer never sees it."""
    there = CONVERSATIONS.one(request.auth.business, id)
    return NOTES.one(request.auth.business, handling.write_note(there.id, request.auth.actor, new.body).id)


@acts(router, "/notes/{int:id}", "conversations:write", None, method="DELETE", status=204)
def remove_note(request: ApiRequest, id: Id) -> None:
    """Take a note out of the timeline."""
    handling.remove_note(NOTES.one(request.auth.business, id).id, request.auth.actor)


@acts(router, "/conversations/{int:id}/assign", "conversations:write", Conversation)
def assign_conversation(request: ApiRequest, id: Id, whose: Assignee) -> Conversation:
    """Say whose it is at the desk. This alone silences nothing: see `take_over`."""
    there = CONVERSATIONS.one(request.auth.business, id)
    handling.assign(there.id, request.auth.actor, whose.member_id)
    return CONVERSATIONS.one(request.auth.business, id)


@acts(router, "/conversations/{int:id}/snooze", "conversations:write", Conversation)
def snooze_conversation(request: ApiRequest, id: Id, rest: Rest) -> Conversation:
    """Put a conversation out of the way until later; it is back at once when the customer calls or texts."""
    there = CONVERSATIONS.one(request.auth.business, id)
    handling.snooze(there.id, request.auth.actor, rest.until)
    return CONVERSATIONS.one(request.auth.business, id)


@acts(router, "/conversations/{int:id}/done", "conversations:write", Conversation)
def finish_conversation(request: ApiRequest, id: Id) -> Conversation:
    """Say that nothing is left to do; its open to-dos are dismissed. Refused while somebody is being woken for it."""
    there = CONVERSATIONS.one(request.auth.business, id)
    handling.done(there.id, request.auth.actor)
    return CONVERSATIONS.one(request.auth.business, id)


@acts(router, "/conversations/{int:id}/open-again", "conversations:write", Conversation)
def open_conversation_again(request: ApiRequest, id: Id) -> Conversation:
    """Say that it is not done after all."""
    there = CONVERSATIONS.one(request.auth.business, id)
    handling.open_again(there.id, request.auth.actor)
    return CONVERSATIONS.one(request.auth.business, id)


@acts(router, "/messages/{int:id}/hold-back", "conversations:write", Message)
def hold_back_message(request: ApiRequest, id: Id) -> Message:
    """Do not send a text that waits, the machine's or one of your own people. Refused when it has left."""
    text = MESSAGES.one(request.auth.business, id)
    if text.author == "staff":
        desk.take_back_text(text.id, request.auth.actor)
    else:
        handling.hold_back(text.id, request.auth.actor)
    return MESSAGES.one(request.auth.business, id)


@acts(router, "/messages/{int:id}/let-go", "conversations:write", Message)
def let_message_go(request: ApiRequest, id: Id) -> Message:
    """Send a text of the machine that was held back after all. Refused where things have moved on."""
    handling.let_go(MESSAGES.one(request.auth.business, id).id, request.auth.actor)
    return MESSAGES.one(request.auth.business, id)


@reads(router, "/planned-texts", "conversations:read", page_of(PlannedText))
def list_planned_texts(request: ApiRequest, which: Query[WhichPlans]) -> dict[str, object]:
    """Nudges, reminders and videos that go out if nothing happens before."""
    return page(PLANNED_TEXTS, request.auth.business, which, conversation=which.conversation)


@acts(router, "/planned-texts/{int:id}/hold-back", "conversations:write", None, status=204)
def hold_back_planned(request: ApiRequest, id: Id) -> None:
    """Do not send what is planned. Refused where it is too late."""
    plans.hold_back(PLANNED_TEXTS.one(request.auth.business, id).id, request.auth.actor)


@acts(router, "/planned-texts/{int:id}/let-go", "conversations:write", None, status=204)
def let_planned_go(request: ApiRequest, id: Id) -> None:
    """Send what was held back after all. Refused where it is too late."""
    plans.let_go(PLANNED_TEXTS.one(request.auth.business, id).id, request.auth.actor)


@acts(router, "/leads/{int:id}/plan", "leads:write", Lead)
def plan_lead(request: ApiRequest, id: Id, intended: Intended) -> Lead:
    """Say what people intend with a lead, instead of what was intended before."""
    lead = LEADS.one(request.auth.business, id)
    plan = Plan(
        owner=intended.owner_id, step=intended.step.strip(), step_at=intended.step_at, cents=intended.value_cents
    )
    handling.plan_lead(lead.conversation_id, request.auth.actor, plan)
    return LEADS.one(request.auth.business, id)


@acts(router, "/todos/{int:id}/open-again", "conversations:write", Todo)
def open_todo_again(request: ApiRequest, id: Id) -> Todo:
    """Say that a to-do is not done after all; one that is open stays as it is."""
    todo = TODOS.one(request.auth.business, id)
    if todo.closed_at is not None:
        undoing.undo(Undo(act="todo", business=request.auth.business, id=todo.id), request.auth.actor)
    return TODOS.one(request.auth.business, id)


@reads(router, "/snippets", "conversations:read", page_of(Snippet))
def list_snippets(request: ApiRequest, paged: Query[Paged]) -> dict[str, object]:
    """Words that are sent often."""
    return page(SNIPPETS, request.auth.business, paged)


@acts(router, "/snippets", "conversations:write", Snippet, method="PUT")
def keep_snippet(request: ApiRequest, new: NewSnippet) -> Snippet:
    """Keep words under a short name, instead of those that were there."""
    snippets.keep(request.auth.business, request.auth.actor, new.name, new.body)
    kept = SNIPPETS.page(request.auth.business, {"name": new.name.strip()}, rows=1)
    if not kept:  # somebody has removed it this very moment
        raise Problem(409, "not_allowed", "It was removed again. Send it once more.")
    return kept[0]


@acts(router, "/snippets/{int:id}", "conversations:write", None, method="DELETE", status=204)
def remove_snippet(request: ApiRequest, id: Id) -> None:
    """Take words out of the list."""
    snippets.remove(SNIPPETS.one(request.auth.business, id).id)
