"""What people of the business do: take a conversation, hand it back, speak with the customer, say what became of it.

Once a person has the conversation the machine is silent until it is handed back. After somebody *spoke* with the
customer nothing more is sent by itself; whoever called and is known has the conversation too, and where nobody knows
who it was the customer's next text is answered. Never here: texts to the customer.
"""

from datetime import datetime, timedelta
from typing import get_args

from answerback.engine.desk_events import AgreedInWriting, OutcomeMarked
from answerback.engine.draft import (
    Draft,
    close_page,
    close_todos,
    consent_ended,
    lead,
    lead_as_before,
    move,
    phase_as_before,
    said_stop,
    todo,
    withdraw,
)
from answerback.engine.draft import agreed_in_writing as written
from answerback.engine.effects import OVER, STAYS, MarkUntextable, SendAfterAll, TodoKind
from answerback.engine.events import (
    HandedBack,
    NumberMarked,
    StaffTexted,
    TimerName,
    TodoClosed,
    ToldToStop,
    TookOver,
)
from answerback.engine.hours import add_business_minutes
from answerback.engine.nudges import NUDGED_PHASES, close, end, forget_timers, set_timer, stay_with_a_person
from answerback.engine.state import Phase, State, Taken, changed

CALLS_ASKED_FOR: tuple[TodoKind, ...] = ("call_now", "callback")

MOST_CALL_TRIES = 3
URGENT_CALL_AGAIN = timedelta(minutes=10)
CALL_AGAIN_MINUTES: dict[str, int] = {"no_answer": 30, "left_voicemail": 120}
"""Business minutes until the next try; who left a message leaves time to return the call."""

_SPOKEN_PHASES: frozenset[Phase] = frozenset({"learning", "offered", "callback"})


def took_over(draft: Draft, event: TookOver | StaffTexted) -> None:
    """A person has the conversation from now on."""
    before = draft.state
    if isinstance(event, StaffTexted):
        asks = event.asks or "?" in event.text
        draft.state = changed(draft.state, person_asked=asks)
        if asks:  # What comes next answers them, and no earlier question of ours.
            draft.state = changed(draft.state, asked=None, asked_about="open")
    state = draft.state
    if state.phase == "human" and state.held_by == event.member:
        return
    withdraw(draft, "A person took the conversation")
    hold(draft, event.member)
    if state.lead in OVER:
        stay_with_a_person(draft)
    if isinstance(event, StaffTexted):
        lead(draft, "contacted")
    draft.state = changed(draft.state, taken=stood(before, draft.state))
    draft.note(
        "took_over",
        "A person took the conversation; the machine is silent.",
        verdict="handed_over",
        would_change="Handing it back.",
    )


def hold(draft: Draft, member: str | None) -> None:
    """Give the conversation to a person: this one, or whoever takes the to-do."""
    forget_timers(draft)
    if move(draft, "human"):
        draft.state = changed(draft.state, held_by=member, asked=None, asked_about="open")


def stood(state: State, after: State, at: datetime | None = None) -> Taken:
    """How it stood, for whoever takes back what a person did to it then."""
    return Taken(
        timers=after.timers,
        at=at,
        served_at=state.served_at,
        served_by=state.served_by,
        call_tries=state.call_tries,
        lead_after=after.lead,
        settled=tuple(kind for kind in state.todos if kind not in after.todos),
        opened=tuple(kind for kind in after.todos if kind not in state.todos),
        ended=state.ended,
        phase=state.phase,
        held_by=state.held_by,
        lead=state.lead,
        asked=state.asked,
        asked_about=state.asked_about,
        person_asked=state.person_asked,
        timer_at=state.timer_at,
        first_text=state.first_text,
        first_text_at=state.first_text_at,
        first_text_until=state.first_text_until,
        sent_at=state.sent_at,
        unanswered=state.unanswered,
        callback_due=state.callback_due,
        offers=state.offers,
        chosen=state.chosen,
        wish=state.wish,
    )


def handed_back(draft: Draft, event: HandedBack) -> None:
    """The machine has the conversation again; it says nothing by itself and answers the next text.

    Where it had been taken by mistake, and nothing has happened since, it goes on as planned.
    """
    if draft.state.phase != "human":
        draft.note("handed_back", "Nobody had the conversation, so nothing changed.")
        return
    if event.undone and _never_taken(draft, event):
        return
    if draft.state.locked:
        draft.note("locked", "Somebody may have been in danger: this conversation stays with people.")
        return
    withdraw(draft, "The conversation was handed back")
    state = draft.state
    if has_appointment(draft):
        move(draft, "booked")
    elif state.lead in OVER:
        move(draft, "closed")
        draft.state = changed(draft.state, ended=state.lead)
        end(draft, "The matter is over, and no person has the conversation any more.")
    else:
        move(draft, "learning" if state.last_text_at is not None else "quiet")
    draft.state = changed(draft.state, held_by=None)
    draft.note("handed_back", "The machine has the conversation again and waits for the customer.")


def _never_taken(draft: Draft, event: HandedBack) -> bool:
    """The conversation stands as before a person took it, with what was planned; False where things have moved on."""
    before = draft.state.taken
    if before is None or before.held_by is not None or (draft.state.locked and before.phase != "human"):
        return False
    if not as_before(draft, event.texts):
        return False
    draft.note("handed_back", "A person had taken it by mistake: it goes on as it was planned.")
    return True


def as_before(draft: Draft, texts: tuple[str, ...]) -> bool:
    """Where it stood before a person took it or ended it, with what was planned; False where things have moved on."""
    state, before = draft.state, draft.state.taken
    if before is None or before.timers != state.timers:
        return False
    if texts:
        draft.do(SendAfterAll(keys=texts))
    phase_as_before(draft, before.phase)
    draft.state = changed(
        draft.state,
        held_by=before.held_by,
        ended=before.ended,
        taken=None,
        asked=before.asked,
        asked_about=before.asked_about,
        person_asked=before.person_asked,
        callback_due=before.callback_due,
        offers=before.offers,
        chosen=before.chosen,
        wish=before.wish,
        todos=_todos_before(state, before),
    )
    if state.lead == before.lead_after:
        lead_as_before(draft, before.lead)
    if state.first_text in draft.case.unsent:  # What was to introduce us has not left, so it did not.
        draft.state = changed(draft.state, first_text=before.first_text, first_text_at=before.first_text_at)
    if before.first_text in texts:
        first_text_waits_as_before(draft, before)
    if before.timer_at is None:
        forget_timers(draft)
    else:
        left = draft.state.nudges < len(draft.rules.playbook.nudges)
        timer: TimerName = "nudge" if left and before.phase in NUDGED_PHASES else "rest"
        set_timer(draft, timer, max(before.timer_at, draft.now))
    return True


def first_text_waits_as_before(draft: Draft, before: Taken) -> None:
    """What was to introduce us is awaited, and counted as sent, as it was before."""
    draft.state = changed(
        draft.state, first_text_until=before.first_text_until, sent_at=before.sent_at, unanswered=before.unanswered
    )


def _todos_before(state: State, before: Taken) -> tuple[TodoKind, ...]:
    left = tuple(kind for kind in state.todos if kind not in before.opened)
    return (*left, *(kind for kind in before.settled if kind not in left))


def has_appointment(draft: Draft) -> bool:
    """Does an appointment stand that is not over yet?"""
    state = draft.state
    ours = state.appointment is not None and (state.appointment_at is None or state.appointment_at > draft.now)
    return ours or draft.case.contact.has_open_appointment


def spoke(draft: Draft, at: datetime, how: str, *, call: str | None = None) -> None:
    """A person spoke with the customer: nothing waiting may leave, and no call is owed any more.

    `call` is the key of the customer's call in which they spoke, None where a person reached them by other means.
    """
    waiting = draft.state.first_text in draft.case.unsent
    withdraw(draft, how)
    state = draft.state
    if state.served_at is None or at >= state.served_at:
        state = changed(state, served_at=at, served_by=call)
    draft.state = changed(state, callback_due=None, call_tries=0)
    if draft.state.lead is not None:
        lead(draft, "contacted")
    close_todos(draft, CALLS_ASKED_FOR, "reached")
    if state.paged_at is None or at >= state.paged_at:
        close_todos(draft, ("urgent",), "reached")
        close_page(draft, "reached")
    phase = draft.state.phase
    if phase == "greeting" and waiting:
        forget_timers(draft)
        move(draft, "quiet")
    elif phase in _SPOKEN_PHASES or phase == "greeting":
        forget_timers(draft)
        move(draft, "resting")
        draft.state = changed(draft.state, asked=None, asked_about="open")


def took_by_talking(draft: Draft, by: str | None) -> None:
    """What they agreed on is known to whoever spoke with them: they have the conversation as if they had texted.

    Where nothing of ours had left there is nothing to have. Who has booked is reminded all the same, and what they
    write then is for a person anyway.
    """
    if draft.state.phase == "resting":
        hold(draft, by)


def todo_closed(draft: Draft, event: TodoClosed) -> None:
    """A person closed a to-do; what they found may change everything."""
    state = before = draft.state
    draft.state = changed(state, todos=tuple(kind for kind in state.todos if kind != event.kind))
    about_a_call = event.kind in {"call_now", "callback", "urgent", "sensitive", "failed_text", "opted_out_caller"}
    if event.outcome == "wrong_number":
        withdraw(draft, "A person found that it is the wrong number")
        draft.do(MarkUntextable(reason="wrong number"))
        consent_ended(draft, "wrong_party", "staff", "A person found that it is the wrong number.")
        draft.untextable = "wrong number"
        close_page(draft, "closed")
        _lose(draft, "wrong number")
        draft.state = changed(draft.state, taken=stood(before, draft.state))
    elif event.outcome == "reached" or (event.outcome == "done" and about_a_call):
        spoke(draft, event.at, "A person reached the customer")
        if event.outcome == "reached":
            took_by_talking(draft, event.by)
        draft.state = changed(draft.state, taken=stood(before, draft.state, event.at))
        draft.note("todo.reached", "A person reached the customer; what was waiting is not sent.")
    elif event.kind == "conflict":
        draft.state = changed(draft.state, cleared=event.outcome == "done")
        draft.note("conflict", "The conflict check is done." if event.outcome == "done" else "There is a conflict.")
    else:
        if event.kind == "urgent" and event.outcome in {"done", "dismissed"}:
            close_page(draft, "closed")
        draft.note("todo.closed", f"A person closed a to-do: {event.outcome.replace('_', ' ')}.")
        if about_a_call and event.outcome in {"left_voicemail", "no_answer"}:
            _try_again(draft, event)
            draft.state = changed(draft.state, taken=stood(before, draft.state, event.at))


def is_another_try(key: str) -> bool:
    """Does this to-do ask for another call because nobody picked up?"""
    return key.startswith("again:") or key == "not_reached"


def _try_again(draft: Draft, event: TodoClosed) -> None:
    """Nobody picked up: the call is owed still, a little later, and after some tries a person decides."""
    tries = draft.state.call_tries + 1
    draft.state = changed(draft.state, call_tries=tries)
    if event.kind == "urgent":
        title = "Urgent and not reached yet: call again"
        todo(draft, "urgent", title, key=f"again:{tries}", urgent=True, due_at=draft.now + URGENT_CALL_AGAIN)
    elif tries >= MOST_CALL_TRIES:
        todo(draft, "review", f"Not reached in {tries} calls: decide what to do", key="not_reached")
    else:
        due_at = add_business_minutes(draft.hours, draft.now, CALL_AGAIN_MINUTES[event.outcome])
        todo(draft, "callback", "Nobody picked up: call again", key=f"again:{tries}", due_at=due_at)


def outcome_marked(draft: Draft, event: OutcomeMarked) -> None:
    """A person says what became of the lead; their word counts over any move we would make ourselves."""
    before = draft.state
    draft.state = changed(draft.state, lead=event.status)
    if event.status in {"new", "contacted", "qualified"}:
        _open_lead(draft, event.status)
        draft.state = changed(draft.state, taken=stood(before, draft.state, event.at))
        return
    withdraw(draft, "A person marked the outcome")
    forget_timers(draft)
    close_page(draft, "closed")
    draft.note("outcome", f"A person marked the lead {event.status.replace('_', ' ')}.")
    if event.status != "booked":
        close_todos(draft, get_args(TodoKind), "done", but=STAYS.get(event.status, ""))
        if draft.state.phase == "human":
            stay_with_a_person(draft)
        elif move(draft, "closed"):
            draft.state = changed(draft.state, ended=event.status, held_by=None)
            end(draft, f"The lead is {event.status.replace('_', ' ')}.")
    elif draft.state.phase != "human":
        move(draft, "booked")
    draft.state = changed(draft.state, taken=stood(before, draft.state, event.at))


def _open_lead(draft: Draft, status: str) -> None:
    """The lead is open; one that was over is a person's now, so that nothing is sent by itself."""
    if draft.state.phase == "closed" and not draft.suppressed:
        hold(draft, None)
        draft.state = changed(draft.state, ended=None)
    elif draft.state.phase == "human":
        forget_timers(draft)
    draft.note("outcome", f"A person marked the lead {status}.")


def told_to_stop(draft: Draft, event: ToldToStop) -> None:
    """They told a person to stop: remembered for the whole business, without another text."""
    before = draft.state
    withdraw(draft, "The customer told a person to stop")
    if not draft.suppressed and not event.written:
        said_stop(draft, "staff")
    else:
        consent_ended(draft, "revoked_all", "staff", "The customer told a person to stop.")
    draft.note(
        "opted_out",
        "They told a person to stop; no text of ours will reach them again.",
        verdict="opted_out",
        would_change="The customer texting START.",
    )
    close(draft, "They said stop.")
    draft.state = changed(draft.state, taken=stood(before, draft.state))


def agreed_in_writing(draft: Draft, event: AgreedInWriting) -> None:
    """They agreed in writing to be texted: kept with the words they had before them."""
    if written(draft, event.at, event.evidence, event.words):
        draft.note("consent", event.evidence)
    else:
        draft.note(
            "consent",
            "They said stop, so an agreement in writing changes nothing.",
            would_change="The customer texting START.",
        )


_NOT_A_CUSTOMER = {
    "staff": "It is a member of staff's number.",
    "supplier": "It is a supplier's number.",
    "spam": "It is spam.",
}


def number_marked(draft: Draft, event: NumberMarked) -> None:
    """A person says whose number this is: one that is no customer's is no lead and gets no text, now or later."""
    if event.number_is == "customer":
        draft.note("number", "A person says that this is a customer's number.")
        return
    before = draft.state
    withdraw(draft, "A person says that it is no customer's number")
    why = _NOT_A_CUSTOMER[event.number_is]
    if draft.state.lead is not None:
        lead(draft, "lost")
    close_page(draft, "closed")
    close_todos(draft, (*CALLS_ASKED_FOR, "review", "failed_text"), "dismissed")
    draft.note("number", f"{why} A person said so; it is remembered for every call to come.", verdict="ended")
    close(draft, why)
    draft.state = changed(draft.state, taken=stood(before, draft.state, event.at))


def give_to_person(draft: Draft, title: str, *, kind: str = "review", urgent: bool = False) -> None:
    """Hand the conversation to whoever takes the to-do."""
    match kind:
        case "sensitive":
            todo(draft, "sensitive", title, urgent=urgent)
        case "urgent":
            todo(draft, "urgent", title, urgent=True)
        case _:
            todo(draft, "review", title, urgent=urgent)
    hold(draft, None)


def _lose(draft: Draft, reason: str) -> None:
    if draft.state.lead is not None:
        lead(draft, "lost")
    close_todos(draft, CALLS_ASKED_FOR, "wrong_number")
    draft.note("wrong_number", "It is the wrong number; nothing is sent there any more.", verdict="ended")
    close(draft, reason)
