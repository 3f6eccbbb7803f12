"""A person holds back what the machine planned for later (a nudge, a reminder, a video), or lets it go after all.

A nudge that is held back counts as done: the next one follows, or the lead rests. Never here: texts that wait already.
"""

from answerback.engine.appointments import reminder_of
from answerback.engine.desk_events import TimerHeldBack
from answerback.engine.draft import Draft
from answerback.engine.nudges import NUDGED_PHASES, await_reply, set_timer
from answerback.engine.playbook import Playbook
from answerback.engine.state import State, changed
from answerback.engine.videos import PHASES, rule_of

REMEMBERED = 20

_DECIDED = "Nothing: a person decided it."


def held_back(draft: Draft, event: TimerHeldBack) -> None:
    """Do not do it, or (`after_all`) do it."""
    if event.after_all:
        _let_go(draft, event)
        return
    state = draft.state
    if event.timer != "nudge":
        held = (*state.held_timers, event.ref)[-REMEMBERED:]
        draft.state = changed(state, held_timers=held)
    elif is_planned(draft.rules.playbook, state, event.timer, event.ref):
        draft.state = changed(state, nudges=state.nudges + 1)
        await_reply(draft, event.due_at)
    else:
        draft.note(event.timer, "It was not planned any more when a person held it back.", verdict="recorded")
        return
    draft.note(event.timer, f"{event.member} held it back.", verdict="not_sent", would_change=_DECIDED)


def is_planned(playbook: Playbook, state: State, timer: str, ref: str) -> bool:
    """Will this timer do something, as things stand? Most that were set mean nothing any more once they are due."""
    if ref in state.held_timers:
        return False
    match timer:
        case "nudge":
            return ref == str(state.timers) and state.phase in NUDGED_PHASES
        case "reminder":
            at, appointment = state.appointment_at, state.appointment
            is_ours = appointment is not None and at is not None and ref.startswith(reminder_of(appointment, at))
            return is_ours and state.phase == "booked"
        case "video":
            rule = rule_of(playbook.send, state, ref)
            return rule is not None and state.phase in PHASES[rule.when]
        case _:
            return False


def would_be(playbook: Playbook, state: State, timer: str, ref: str) -> bool:
    """Would this timer, which a person held back, do something otherwise? Later nothing needs to be said of it."""
    if timer == "nudge":
        return is_followed(state, ref) or is_planned(playbook, state, timer, ref)
    return is_planned(playbook, changed(state, held_timers=()), timer, ref)


def _let_go(draft: Draft, event: TimerHeldBack) -> None:
    state = draft.state
    if event.ref in state.held_timers:
        held = tuple(each for each in state.held_timers if each != event.ref)
        draft.state = changed(state, held_timers=held)
    elif event.timer == "nudge" and is_followed(state, event.ref) and event.due_at > draft.now:
        draft.state = changed(state, nudges=state.nudges - 1)
        set_timer(draft, "nudge", event.due_at)
    else:
        draft.note(event.timer, "Things have moved on, so it is not done after all.", verdict="recorded")
        return
    draft.note(event.timer, f"{event.member} let it go after all.", verdict="recorded", would_change=_DECIDED)


def is_followed(state: State, ref: str) -> bool:
    """Is the timer that came in the place of this one still the newest?"""
    return ref.isdecimal() and int(ref) + 1 == state.timers and state.nudges > 0 and state.phase in NUDGED_PHASES
