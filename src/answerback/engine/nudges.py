"""Sets the timers that follow an open question, and decides what happens when one of them is due.

One number (`State.timers`) names the newest timer; one that carries another number changes nothing, so no timer is
ever cancelled. Nothing is ever nudged three days after the customer's last word. Never here: any other text.
"""

from datetime import datetime, timedelta

from answerback.engine.draft import Draft, move, todo
from answerback.engine.effects import OVER, EndConversation, SetTimer
from answerback.engine.events import TimerDue, TimerName
from answerback.engine.hours import next_business_morning
from answerback.engine.playbook import Nudge
from answerback.engine.quiet import closes, may_text, next_time
from answerback.engine.sending import say, send
from answerback.engine.state import Phase, changed

NUDGED_PHASES: frozenset[Phase] = frozenset({"greeting", "learning", "offered"})

CLOSED_STAYS_OPEN = timedelta(days=1)
"""A thank-you after the end still belongs to the old conversation."""

RESTING_STAYS_OPEN = timedelta(days=30)
BOOKED_STAYS_OPEN = timedelta(days=7)

HELD_STAYS_OPEN = timedelta(days=7)
"""What customers write to a person after the end of the matter is for that person still, for so long after their last
word; then a text or a call begins anew."""


def forget_timers(draft: Draft) -> None:
    """Whatever nudge or rest timer is running no longer means anything."""
    draft.state = changed(draft.state, timers=draft.state.timers + 1, timer_at=None)


def await_reply(draft: Draft, base: datetime) -> None:
    """An open question was planned for `base`: set the next nudge, or the rest when all were sent."""
    nudges = draft.rules.playbook.nudges
    done = draft.state.nudges
    if done < len(nudges):
        due_at = _nudge_time(draft, nudges[done], base)
        if due_at is not None and due_at < _last_word(draft) + _nudge_days(draft):
            set_timer(draft, "nudge", due_at)
            return
    rest_at = next_business_morning(draft.hours, base)
    set_timer(draft, "rest", rest_at)


def set_timer(draft: Draft, timer: TimerName, due_at: datetime) -> None:
    """Set this timer and make every older nudge or rest timer meaningless."""
    number = draft.state.timers + 1
    draft.do(SetTimer(timer=timer, ref=str(number), due_at=due_at))
    draft.state = changed(draft.state, timers=number, timer_at=due_at)


def stay_with_a_person(draft: Draft) -> None:
    """The matter is over and a person has the conversation: it stays theirs until nothing was heard for a while."""
    set_timer(draft, "rest", draft.now + HELD_STAYS_OPEN)


def nudge_due(draft: Draft, event: TimerDue) -> None:
    """Remind the customer of the open question, if it is still open and the hours allow it."""
    if not _is_current(draft, event) or draft.state.phase not in NUDGED_PHASES:
        return
    if _is_early(draft, event):
        return
    if draft.now >= _last_word(draft) + _nudge_days(draft):
        _rest(draft)
        return
    if not may_text(draft.rules.sending, draft.where, draft.now):
        later = next_time(draft.rules.sending, draft.where, draft.now)
        set_timer(draft, "nudge", later or draft.now + timedelta(days=1))
        return
    _nudge(draft)


def rest_due(draft: Draft, event: TimerDue) -> None:
    """Let a silent lead rest with a to-do, or close a conversation that is over."""
    if not _is_current(draft, event) or _is_early(draft, event):
        return
    phase = draft.state.phase
    if phase in NUDGED_PHASES:
        _rest(draft)
    elif phase == "human" and draft.state.lead in OVER:
        _end_held(draft)
    elif phase == "closed":
        end(draft, draft.state.ended or "It is over.")
    elif phase == "resting":
        end(draft, "Nothing was heard for a long time.")
    elif phase == "booked" and (draft.state.appointment_at is None or draft.state.appointment_at <= draft.now):
        end(draft, "The appointment is over.")


def _end_held(draft: Draft) -> None:
    if draft.state.todos or draft.now < _last_word(draft) + HELD_STAYS_OPEN:
        set_timer(draft, "rest", max(draft.now + timedelta(days=1), _last_word(draft) + HELD_STAYS_OPEN))
    elif move(draft, "closed"):
        draft.state = changed(draft.state, held_by=None)
        end(draft, "The matter was over, and nothing was heard since.")


def close(draft: Draft, reason: str) -> None:
    """Nothing more is sent; the conversation is ended a day later."""
    if move(draft, "closed"):
        draft.state = changed(draft.state, ended=reason, asked=None, asked_about="open")
        set_timer(draft, "rest", draft.now + CLOSED_STAYS_OPEN)


def end(draft: Draft, reason: str) -> None:
    """End the conversation now; a later call or text opens a new one."""
    draft.note("conversation.ended", reason, verdict="ended", would_change="Hearing from them in the meantime.")
    draft.do(EndConversation(reason=reason))


def _nudge(draft: Draft) -> None:
    nudges = draft.rules.playbook.nudges
    done = draft.state.nudges
    stale_at = min(draft.now + timedelta(hours=2), closes(draft.rules.sending, draft.where, draft.now))
    said = say(draft, nudges[done].say) if done < len(nudges) else ""
    refused = send(draft, "nudge", said, text_class="follow_up", stale_at=stale_at)
    if refused is not None and refused.name in _FOR_GOOD:
        _rest(draft)
        return
    if refused is not None and refused.name in _UNTIL_TOMORROW:
        again = next_business_morning(draft.hours, draft.now)
        if again < _last_word(draft) + _nudge_days(draft):
            set_timer(draft, "nudge", again)
            return
    draft.state = changed(draft.state, nudges=done + 1)
    await_reply(draft, draft.now)


_UNTIL_TOMORROW = frozenset({"texts_per_day", "unanswered"})
"""Guards that count: the nudge waits for the next business morning, when they may let it through."""

_FOR_GOOD = frozenset(
    {
        "withheld",
        "own_number",
        "staff_number",
        "supplier",
        "blocked",
        "spam",
        "country",
        "textable",
        "suppressed",
        "wording",
        "follow_ups",
    }
)
"""Guards that will refuse the next nudge as well."""


def _rest(draft: Draft) -> None:
    if not move(draft, "resting"):
        return
    draft.state = changed(draft.state, asked=None, asked_about="open")
    says = "No reply came. Nothing more is sent; a person decides whether to call."
    asks = "No reply to our texts: call, or let it rest"
    if draft.suppressed:  # here they have not, or it were closed: the call that was missed still waits for a person
        says = "They said stop at another of their numbers. Nothing more is sent; a person decides whether to call."
        asks = "Said stop at another of their numbers: call, or let it rest"
    draft.note("rest", says, verdict="handed_over", would_change="A reply from the customer.")
    todo(draft, "callback", asks, key="rest")
    set_timer(draft, "rest", draft.now + RESTING_STAYS_OPEN)


def _is_current(draft: Draft, event: TimerDue) -> bool:
    return event.ref == str(draft.state.timers)


def _is_early(draft: Draft, event: TimerDue) -> bool:
    """A timer that fires before its time is set once more."""
    due_at = draft.state.timer_at
    if due_at is None or draft.now >= due_at:
        return False
    draft.do(SetTimer(timer=event.timer, ref=event.ref, due_at=due_at))
    return True


def _nudge_time(draft: Draft, nudge: Nudge, base: datetime) -> datetime | None:
    hours = draft.hours
    if nudge.after == "next_business_morning":
        wanted = next_business_morning(hours, base)
    else:
        wanted = base + duration(nudge.after)
    return next_time(draft.rules.sending, draft.where, wanted)


def duration(after: str) -> timedelta:
    """`2h`, `90m` or `1d` as a duration; two hours for anything else, which a checked playbook never holds."""
    number, unit = after[:-1], after[-1:]
    units = {"h": timedelta(hours=1), "m": timedelta(minutes=1), "d": timedelta(days=1)}
    return units[unit] * int(number) if number.isdecimal() and unit in units else timedelta(hours=2)


def _nudge_days(draft: Draft) -> timedelta:
    return timedelta(days=draft.rules.settings.nudge_days)


def _last_word(draft: Draft) -> datetime:
    """When the customer was last heard, by text or by a missed call."""
    state = draft.state
    heard = [state.last_text_at] if state.last_text_at else []
    heard += [state.misses[-1].at] if state.misses else []
    return max(heard, default=draft.now)
