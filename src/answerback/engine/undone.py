"""What people take back that they did by mistake: it goes on as it was, where nothing has happened since.

Never here: a conversation that was taken by mistake (`handoff.handed_back`), nor an appointment (`appointments`).
"""

from datetime import datetime
from typing import TypeVar, cast, get_args

from answerback.engine import unsaid
from answerback.engine.booking_events import AppointmentTakenBack
from answerback.engine.desk_events import OutcomeMarked, SaidByMistake, TodoReopened
from answerback.engine.draft import Draft, consent_as_before
from answerback.engine.effects import (
    ClosePages,
    CloseTodos,
    ConsentState,
    Effect,
    EndConversation,
    MarkUntextable,
    OpenTodo,
    TodoKind,
)
from answerback.engine.events import Event, HandedBack
from answerback.engine.handoff import as_before, handed_back, hold, is_another_try, outcome_marked
from answerback.engine.state import Taken, changed

Wished = TypeVar("Wished", bound=Effect)


def takes_back(event: Event) -> bool:
    """Does this take back an act that may have been decided on a moment ago?"""
    match event:
        case TodoReopened():
            return event.closed_at is not None
        case OutcomeMarked():
            return event.undoes is not None
        case AppointmentTakenBack():
            return True
        case _:
            return isinstance(event, SaidByMistake)


def kept(effects: list[Wished], event: Event) -> list[Wished]:
    """These without what ends a page or a to-do: who takes back an act rather has somebody woken once too often.

    Whoever takes back that nobody picked up is not asked to try again either.
    """
    left: list[Wished] = [each for each in effects if not isinstance(each, ClosePages | CloseTodos)]
    if not isinstance(event, TodoReopened):
        return left
    return [each for each in left if not (isinstance(each, OpenTodo) and is_another_try(each.key))]


def todo_reopened(draft: Draft, event: TodoReopened) -> None:
    """A to-do that was closed by mistake stands again, and with it what its closing ended."""
    kind = cast("TodoKind", event.kind)
    if event.kind in get_args(TodoKind) and kind not in draft.state.todos:
        draft.state = changed(draft.state, todos=(*draft.state.todos, kind))
    if event.instead:
        left = tuple(each for each in draft.state.todos if each != event.instead or each == kind)
        draft.state = changed(draft.state, todos=left, call_tries=max(0, draft.state.call_tries - 1))
    draft.note("todo.reopened", "A person opened a to-do again that had been closed.")
    _not_spoken(draft, event, event.closed_at)


def outcome_undone(draft: Draft, event: OutcomeMarked) -> None:
    """What somebody said of the lead was a mistake; where things have moved on since, the lead is only open again."""
    if _before(draft, event.undoes, event.texts) is None:
        outcome_marked(draft, event)
        return
    draft.state = changed(draft.state, look_at=event.look_at)
    if draft.state.phase == "closed":  # What was over and opened by mistake is over again.
        draft.do(EndConversation(reason="It was over before."))
    draft.note("outcome", "A person had marked the lead by mistake: it goes on as it was.")


def _not_spoken(draft: Draft, event: TodoReopened | SaidByMistake, said_at: datetime | None) -> None:
    """Nobody reached the customer then; where things have moved on since, whoever had it by that has it no more."""
    before = _before(draft, said_at, event.texts)
    if before is not None:
        draft.state = changed(draft.state, call_tries=before.call_tries)
        if draft.state.served_at == said_at:  # Else somebody has spoken with them since.
            draft.state = changed(draft.state, served_at=before.served_at, served_by=before.served_by)
    elif event.let_go and draft.state.held_by == event.let_go:
        handed_back(draft, HandedBack(at=event.at, member=event.let_go))


def _before(draft: Draft, at: datetime | None, texts: tuple[str, ...]) -> Taken | None:
    """How it stood before what was done then, which it does again; None where that cannot be."""
    before = draft.state.taken
    known = before is not None and at is not None and before.at == at
    return before if known and as_before(draft, texts) else None


def said_by_mistake(draft: Draft, event: SaidByMistake) -> None:
    """A person had entered it by mistake; a stop that the customer sent meanwhile stands.

    Where things have moved on since, a person has the conversation, so that nothing is sent by itself.
    """
    if draft.suppressed and event.what != "call":
        draft.note("opted_out", "They said stop themselves, so what a person takes back changes nothing.")
        return
    if event.what == "called":
        _not_spoken(draft, event, event.said_at)
        draft.note("mistake", "Nobody had called them: it goes on as it was.")
        return
    if event.what == "call":
        unsaid.call_as_before(draft, event)
        return
    if event.what == "wrong_number":
        draft.do(MarkUntextable(reason=""))
        draft.untextable = None
    if event.what != "number":
        consent_as_before(
            draft, cast("ConsentState", event.consent), event.consent_at, "What a person had entered was a mistake."
        )
    if not as_before(draft, event.texts) and draft.state.phase == "closed":
        hold(draft, None)
        draft.state = changed(draft.state, ended=None)
    draft.note("mistake", "A person had entered it by mistake: it goes on as it was.")
