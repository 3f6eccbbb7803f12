"""What follows from a missed call: a lead before anything else, then what the playbook's five rules say.

Nobody answered in business hours; the business was closed; the caller gave up; a voicemail and nobody called back;
somebody who calls again and again. Each is set in the playbook and leaves a receipt of its own. Never here: whether a
call was missed (`missed`), or whether a text may be sent (`guards`).
"""

from datetime import datetime, timedelta

from answerback.engine.draft import Draft, consented, lead, page, said_stop, todo
from answerback.engine.effects import SetTimer
from answerback.engine.events import CallFact, TimerDue, VoicemailTranscribed
from answerback.engine.greeting import alerted, greet
from answerback.engine.guards import WITHHELD, WOULD_CHANGE, doubts, first_text_stands, not_a_customer
from answerback.engine.handoff import has_appointment
from answerback.engine.hours import add_business_minutes
from answerback.engine.learning import learned
from answerback.engine.missed import Verdict
from answerback.engine.playbook import MissedReason, TriggerAction
from answerback.engine.reading import Reading
from answerback.engine.route import emergency
from answerback.engine.state import Miss, changed

MOST_MISSES = 60

SAME_CALL_TOLD_TWICE = timedelta(seconds=60)
SAME_LINE_TOLD_TWICE = timedelta(seconds=10)
"""Two phone systems may report one call, each under a key of its own: a missed call so soon after another, on another
line or on the same, is no second try. A caller who redials has to let it ring first.
"""


def missed(draft: Draft, came: Verdict) -> None:
    """A missed call: a lead first, then whatever else is allowed."""
    if draft.case.contact.number == WITHHELD:
        _withheld(draft, came)
        return
    inside = not_a_customer(draft.rules, draft.case.contact, came.forwarded_from)
    if inside is not None:
        _put_aside(draft, came)
        why = f"No lead and no text. {inside.evidence}"
        draft.note(
            f"call.{inside.name}", why, verdict="not_sent", guards=(inside,), would_change=WOULD_CHANGE[inside.name]
        )
        return
    repeats = _repeats(draft, came)
    _remember_miss(draft, came, repeats)
    draft.note(f"missed.{came.reason}", came.why, guards=came.seen, would_change=_WOULD_CHANGE[came.reason])
    if has_appointment(draft):
        _customer(draft, came, repeats)
        return
    _keep_lead(draft)
    _inquired(draft, came)
    if spoken_since(draft, came.at):
        lead(draft, "contacted")
        _no_text(draft, came, "A person has spoken with them since.", "Nobody having reached them yet.")
        return
    _insist(draft, repeats)
    told = _with_people(draft)
    pressed = _urgent_key(draft, came)
    urgent = _hear_voicemail(draft, came)
    if urgent or pressed:
        if not told and draft.state.phase != "human":
            alerted(draft, came, "voicemail" if urgent else "urgent_key")
    else:
        _react(draft, came, repeats)


def voicemail_clock_due(draft: Draft, event: TimerDue) -> None:
    """Nobody called back in time: text them, unless anything has happened since."""
    miss = next((miss for miss in draft.state.misses if miss.call == event.ref), None)
    if miss is None or _heard_since(draft, miss):
        return
    due_at = _clock_end(draft, miss.at)
    if draft.now < due_at:
        draft.do(SetTimer(timer="voicemail_clock", ref=event.ref, due_at=due_at))
        return
    fresh = draft.now < miss.at + draft.rules.settings.first_text_fresh
    greet(draft, _again(draft, miss), repeats=0, text_class="first_reply" if fresh else "follow_up")


def voicemail_heard_late(draft: Draft, event: VoicemailTranscribed, miss: Miss) -> None:
    """The words of a voicemail came after its call was judged: an urgent one waits for no clock."""
    if event.reading is None or spoken_since(draft, miss.at):
        return
    told = _with_people(draft) or has_appointment(draft)
    if _heard(draft, event.reading, event.call) and not told and draft.state.phase != "human":
        alerted(draft, _again(draft, miss), "voicemail")


def hidden_voicemail_came(draft: Draft, event: CallFact, *, first: bool) -> None:
    """A voicemail of a caller who hides their number, or its words, came after the call was judged; the `first` word of
    it asks a person to listen.
    """
    words = event.reading if isinstance(event, VoicemailTranscribed) else None
    if words is not None and _is_urgent(words):
        _wake_for_hidden(draft, event.call)
    elif first:
        _listen_to_hidden(draft, event.call)
        draft.note("voicemail", "A voicemail of a hidden number came in later; a person is asked to listen.")


def spoken_since(draft: Draft, at: datetime) -> bool:
    """Has a person spoken with the customer since then?"""
    return draft.state.served_at is not None and draft.state.served_at >= at


def call_back_by(draft: Draft, since: datetime | None = None) -> datetime:
    """When a person should have called back: a voicemail's clock from `since`, else the playbook's usual time."""
    if since is not None:
        return _clock_end(draft, since)
    return add_business_minutes(draft.hours, draft.now, draft.rules.playbook.people.callback_minutes)


_WOULD_CHANGE: dict[MissedReason, str] = {
    "no_answer": "Somebody picking up in time.",
    "busy": "A free line.",
    "abandoned": "Somebody picking up before the caller gives up.",
    "short_abandon": "A caller who stays on the line longer.",
    "after_hours": "Business hours at this time, on this line.",
    "voicemail": "Somebody picking up in time.",
    "carrier_voicemail": "Ringing shorter than the phone's own voicemail waits, or pressing a key to take the call.",
    "answered_by_ai": "A person taking the call.",
    "failed": "A call that gets through.",
    "unknown": "A phone system that says who took the call.",
}


def _withheld(draft: Draft, came: Verdict) -> None:
    """Nobody can be texted or called back; whoever needs help at once can still be found by their words."""
    _put_aside(draft, came)
    if any(_is_urgent(reading) for reading in came.readings) or _pressed_urgent(draft, came):
        _wake_for_hidden(draft, came.call)
    elif came.voicemail:
        _listen_to_hidden(draft, came.call)
    _no_text(draft, came, "The caller hides their number, so nobody can be texted.", "A caller who shows their number.")


def _put_aside(draft: Draft, came: Verdict) -> None:
    """It was missed, whatever is made of it: nobody is told that somebody answered."""
    draft.state = changed(draft.state, aside=(*draft.state.aside, came.call)[-MOST_MISSES:])


def _listen_to_hidden(draft: Draft, call: str) -> None:
    todo(draft, "review", "Voicemail from a hidden number: listen to it", key=f"voicemail:{call}")


def _wake_for_hidden(draft: Draft, call: str) -> None:
    page(draft, "voicemail", "Urgent call from a hidden number: listen to it now")
    todo(draft, "urgent", "Urgent call from a hidden number: listen to it", key=f"voicemail:{call}", urgent=True)


def _customer(draft: Draft, came: Verdict, repeats: int) -> None:
    """Somebody with an appointment is a customer and no new lead: a person calls them about their visit."""
    urgent = any(_is_urgent(reading) for reading in came.readings) or _pressed_urgent(draft, came)
    todo(draft, "call_now", "A customer with an appointment called: call them", key="appointment_call", urgent=urgent)
    if urgent or 0 < draft.rules.playbook.triggers.repeat.page <= repeats + 1:
        page(draft, "appointment_call", "A customer with an appointment cannot reach anybody: call now")
    _no_text(draft, came, "They have an appointment, so a person calls them.", "Having no open appointment.")


def _repeats(draft: Draft, came: Verdict) -> int:
    """How many calls of theirs were missed before this one, lately and without anybody reaching them since."""
    since = came.at - draft.rules.settings.first_text_cooldown
    served_at = draft.state.served_at
    before = [m for m in draft.state.misses if m.at > since and (served_at is None or m.at > served_at)]
    return sum(not _same_call(miss, came) for miss in before)


def _same_call(miss: Miss, came: Verdict) -> bool:
    apart = abs(miss.at - came.at)
    return apart <= (SAME_LINE_TOLD_TWICE if miss.line == came.line else SAME_CALL_TOLD_TWICE)


def _remember_miss(draft: Draft, came: Verdict, repeats: int) -> None:
    state = draft.state
    doubt = doubts(draft.rules, draft.case.contact, came)
    miss = Miss(call=came.call, at=came.at, line=came.line, reason=came.reason, doubt=doubt)
    draft.state = changed(
        state,
        misses=(*state.misses, miss)[-MOST_MISSES:],
        line=came.line,
        source_line=state.source_line or came.line,
        priority=repeats,
        followed_up=0,
    )


def _keep_lead(draft: Draft) -> None:
    """One lead a conversation; somebody who comes back after a no is a new chance."""
    if draft.state.lead in (None, "lost", "not_served"):
        lead(draft, "new")


def _inquired(draft: Draft, came: Verdict) -> None:
    """Somebody who calls asks for an answer; more so who heard before, or pressed a key, that it may be a text."""
    if came.menu_choice is not None and came.menu_choice in draft.rules.settings.consent_keys:
        consented(draft, "inquiry_disclosed", "call", came.at, "They called and pressed the key for a text.")
    elif draft.rules.line(came.line).disclosure:
        consented(draft, "inquiry_disclosed", "call", came.at, "They called and were told that a text may follow.")
    else:
        consented(draft, "inquiry", "call", came.at, "They called.")


def _insist(draft: Draft, repeats: int) -> None:
    """A caller who tries again is never texted the same again: a person hears of it, at last the one on call."""
    repeat, calls = draft.rules.playbook.triggers.repeat, repeats + 1
    if not repeats:
        return
    pages = 0 < repeat.page <= calls
    if pages:
        page(draft, "repeat_caller", "Somebody keeps calling and reaches nobody: call now")
    if pages or 0 < repeat.call_now <= calls:
        title = f"Called {calls} times without reaching anybody: call now"
        todo(draft, "call_now", title, key="repeat_call", urgent=pages)
    draft.note(
        "missed.repeat",
        f"This is call {calls} of theirs in a day that nobody took.",
        would_change="Somebody reaching them, or the playbook's rule for repeated calls.",
    )


def _urgent_key(draft: Draft, came: Verdict) -> bool:
    """Have they pressed the key for an emergency and reached nobody? A person is woken then."""
    if not _pressed_urgent(draft, came):
        return False
    page(draft, "urgent_key", "Pressed the key for an emergency and reached nobody: call now")
    todo(draft, "urgent", "Pressed the key for an emergency: call now", urgent=True)
    draft.state = changed(draft.state, urgency="emergency")
    return True


def _pressed_urgent(draft: Draft, came: Verdict) -> bool:
    return came.menu_choice is not None and came.menu_choice in draft.rules.settings.urgent_keys


def _hear_voicemail(draft: Draft, came: Verdict) -> bool:
    """Act on the words of a voicemail; returns whether a person is woken for it."""
    urgent = False
    for reading in came.readings:
        urgent |= _heard(draft, reading, came.call)
    return urgent


def _heard(draft: Draft, reading: Reading, call: str) -> bool:
    """Take in one voicemail's words; returns whether a person was woken for it."""
    if reading.opt_out:
        said_stop(draft, "call")
        draft.note("opted_out", "They said stop in a voicemail.", verdict="opted_out")
    draft.state = learned(draft.rules.playbook, draft.state, reading, "")
    if reading.language in draft.rules.playbook.languages:
        draft.state = changed(draft.state, language=reading.language)
    if not _is_urgent(reading):
        return False
    if reading.danger:
        emergency(draft, "life_safety")
        return True
    page(draft, "voicemail", "Urgent voicemail: listen and call now")
    todo(draft, "urgent", "Urgent voicemail: listen and call now", key=f"voicemail:{call}", urgent=True)
    return True


def _with_people(draft: Draft) -> bool:
    """Has a person the conversation, or an urgent call to make, so that the customer was told or is told by them?"""
    state = draft.state
    return state.phase == "human" or (state.phase == "callback" and "urgent" in state.todos)


def _is_urgent(reading: Reading) -> bool:
    return reading.urgency == "emergency" or reading.danger


def _react(draft: Draft, came: Verdict, repeats: int) -> None:
    """What the playbook wants for this kind of missed call."""
    triggers = draft.rules.playbook.triggers
    if came.reason == "voicemail":
        _start_clock(draft, came) if triggers.voicemail.action == "call_back" else greet(draft, came, repeats=repeats)
        return
    match _action(draft, came.reason):
        case "text":
            greet(draft, came, repeats=repeats)
        case "todo":
            todo(draft, "callback", f"Missed call: call back. {came.why}", due_at=call_back_by(draft))
            _no_text(draft, came, "The playbook asks a person to call instead.", _TRIGGER)
        case "ignore":
            _no_text(draft, came, "The playbook leaves this kind of call alone.", _TRIGGER)


_TRIGGER = "The playbook's trigger for this kind of call."


def _action(draft: Draft, reason: MissedReason) -> TriggerAction:
    triggers = draft.rules.playbook.triggers
    actions: dict[MissedReason, TriggerAction] = {
        "no_answer": triggers.no_answer,
        "busy": triggers.busy,
        "after_hours": triggers.after_hours,
        "abandoned": triggers.abandoned,
        "short_abandon": triggers.short_abandon,
        "carrier_voicemail": triggers.carrier_voicemail,
        "answered_by_ai": triggers.answered_by_ai,
        "failed": triggers.failed,
    }
    return actions.get(reason, triggers.unknown)


def _start_clock(draft: Draft, came: Verdict) -> None:
    """A voicemail is owed a call: a person has some minutes of business before a text is sent instead."""
    due_at = _clock_end(draft, came.at)
    todo(draft, "callback", "They left a voicemail: call back", due_at=due_at)
    if first_text_stands(draft.state, draft.case.unsent, draft.now):
        _no_text(draft, came, "They were texted already, and a person is asked to call.", "Not having been texted.")
        return
    draft.do(SetTimer(timer="voicemail_clock", ref=came.call, due_at=due_at))
    _no_text(draft, came, "They left a voicemail, so a person calls first.", "Nobody calling back in time.")


def _clock_end(draft: Draft, at: datetime) -> datetime:
    return add_business_minutes(draft.hours, at, draft.rules.playbook.triggers.voicemail.minutes)


def _heard_since(draft: Draft, miss: Miss) -> bool:
    """Has a person or the customer said anything since this voicemail, or was a text sent already?"""
    state = draft.state
    wrote = state.last_text_at is not None and state.last_text_at > miss.at
    planned = state.first_text_at is not None and state.first_text_at >= miss.at
    texted = planned and first_text_stands(state, draft.case.unsent, draft.now)
    return wrote or has_appointment(draft) or texted or spoken_since(draft, miss.at)


def _again(draft: Draft, miss: Miss) -> Verdict:
    """The verdict on a voicemail judged before, for a text that leaves now: its hold is long over."""
    return Verdict(
        call=miss.call,
        came="missed",
        line=miss.line,
        at=miss.at,
        last_at=draft.now - timedelta(seconds=draft.rules.playbook.triggers.hold_seconds),
        reason=miss.reason,
        voicemail=True,
    )


def _no_text(draft: Draft, came: Verdict, why: str, would_change: str) -> None:
    draft.note("first_text", f"{came.why} {why}", verdict="not_sent", would_change=would_change)
