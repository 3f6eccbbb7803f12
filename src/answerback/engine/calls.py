"""Collects the facts about each call, has them judged when they have settled, and acts on a missed call.

A missed call always becomes a lead before anything else. Facts may come twice, late and in any order; a proof that a
person spoke with the caller wins whenever it comes. Never here: what became of a call (`missed`).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from answerback.engine.draft import Draft, close_todos, lead, page, todo
from answerback.engine.effects import SetTimer, Suppress
from answerback.engine.events import CalledBack, CallFact, LegEnded, TimerDue, VoicemailTranscribed
from answerback.engine.greeting import greet
from answerback.engine.guards import WITHHELD, first_text_stands, not_a_customer
from answerback.engine.handoff import CALLS_ASKED_FOR, has_appointment, spoke
from answerback.engine.hours import add_business_minutes
from answerback.engine.learning import learned
from answerback.engine.missed import Verdict, is_over, is_person, verdict
from answerback.engine.playbook import MissedReason, TriggerAction
from answerback.engine.reading import Reading
from answerback.engine.state import Miss, changed

MOST_FACTS = 60
MOST_CALLS = 60
"""How many facts and judged calls a conversation remembers; the oldest call is judged early rather than forgotten."""

END_UNREPORTED = timedelta(minutes=5)
"""How long we wait for the end of a call when all we know is that nobody was reached: a voicemail may be under way."""

CALL_NOW_AT = 2
PAGE_AT = 3
"""Repeated calls: the second asks a person to call now, the third wakes one."""


def happened(draft: Draft, event: CallFact) -> None:
    """Take in one fact about a call."""
    state = draft.state
    if isinstance(event, CalledBack):
        _called_back(draft, event)
    elif event.call in state.judged or event.call in state.noise:
        _late(draft, event)
    elif event not in state.facts:
        draft.state = changed(state, facts=(*state.facts, event))
        _judge(draft, event.call)
        if len(draft.state.facts) > MOST_FACTS:
            _judge(draft, draft.state.facts[0].call, gave_up=True)


def verdict_due(draft: Draft, event: TimerDue) -> None:
    """The facts of a call have settled, unless newer ones came."""
    mine = _facts_of(draft, event.ref)
    if mine:
        unreported = draft.now >= max(fact.at for fact in mine) + END_UNREPORTED
        _judge(draft, event.ref, gave_up=unreported and _nobody_reached(mine))


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
    call = Verdict(
        call=miss.call,
        came="missed",
        line=miss.line,
        at=miss.at,
        last_at=draft.now - timedelta(seconds=draft.rules.playbook.triggers.hold_seconds),
        reason=miss.reason,
        voicemail=True,
    )
    greet(draft, call, repeats=0, text_class="first_reply" if fresh else "follow_up")


def _judge(draft: Draft, call: str, *, gave_up: bool = False) -> None:
    rules = draft.rules
    mine = _facts_of(draft, call)
    came = verdict(mine, rules.business.hours, rules.settings, gave_up=gave_up)
    if came.came == "waiting":
        if _nobody_reached(mine):
            draft.do(SetTimer(timer="verdict", ref=call, due_at=came.last_at + END_UNREPORTED))
        return
    if came.came == "served":
        _settle(draft, call)
        _served(draft, came)
        return
    ready_at = came.last_at + _wait(draft)
    if ready_at > draft.now and not gave_up:
        draft.do(SetTimer(timer="verdict", ref=call, due_at=ready_at))
        return
    _settle(draft, call, noise=came.came == "noise")
    if came.missed:
        _missed(draft, came)
    else:
        draft.note(
            "call.noise",
            f"Not counted as a missed call. {came.why}",
            would_change="A caller who stays on the line longer.",
        )


def _facts_of(draft: Draft, call: str) -> list[CallFact]:
    return [fact for fact in draft.state.facts if fact.call == call]


def _nobody_reached(facts: list[CallFact]) -> bool:
    """Is every attempt to reach somebody known to have failed?"""
    legs = [fact.result for fact in facts if isinstance(fact, LegEnded)]
    return bool(legs) and "answered" not in legs


def _wait(draft: Draft) -> timedelta:
    return min(draft.rules.settings.settle, timedelta(seconds=draft.rules.playbook.triggers.hold_seconds))


def _settle(draft: Draft, call: str, *, noise: bool = False) -> None:
    """Forget the facts of a call that is judged for good, and remember that it was."""
    state = draft.state
    facts = tuple(fact for fact in state.facts if fact.call != call)
    if noise:
        draft.state = changed(state, facts=facts, noise=(*state.noise, call)[-MOST_CALLS:])
    else:
        draft.state = changed(state, facts=facts, judged=(*state.judged, call)[-MOST_CALLS:])


def _served(draft: Draft, came: Verdict) -> None:
    spoke(draft, came.at, "A person took the call")
    draft.note("call.served", "A person took the call; there is nothing to do.")


def _called_back(draft: Draft, event: CalledBack) -> None:
    if event.talked:
        spoke(draft, event.at, "A person called them back")
        draft.note("called_back", "A person called back and spoke with them; what was waiting is not sent.")
    else:
        draft.note("called_back", "A person called back and did not reach them.")


def _missed(draft: Draft, came: Verdict) -> None:
    """A missed call: a lead first, then whatever else is allowed."""
    if draft.case.contact.number == WITHHELD:
        _withheld(draft, came)
        return
    inside = not_a_customer(draft.rules, draft.case.contact)
    if inside is not None:
        why = f"No lead and no text. {inside.evidence}"
        draft.note(f"call.{inside.name}", why, verdict="not_sent", guards=(inside,))
        return
    repeats = _repeats(draft, came)
    _remember_miss(draft, came, repeats)
    if has_appointment(draft):
        todo(draft, "call_now", "A customer with an appointment called: call them", key="appointment_call")
        _no_text(draft, came, "They have an appointment, so a person calls them.", "Having no open appointment.")
        return
    _keep_lead(draft)
    if _spoken_since(draft, came.at):
        lead(draft, "contacted")
        _no_text(draft, came, "A person has spoken with them since.", "Nobody having reached them yet.")
        return
    _insist(draft, repeats)
    if not _hear_voicemail(draft, came, repeats):
        _react(draft, came, repeats)


def _withheld(draft: Draft, came: Verdict) -> None:
    if came.voicemail:
        todo(draft, "review", "Voicemail from a hidden number: listen to it", key=f"voicemail:{came.call}")
    _no_text(draft, came, "The caller hides their number, so nobody can be texted.", "A caller who shows their number.")


def _repeats(draft: Draft, came: Verdict) -> int:
    """How many calls of theirs were missed before this one, lately and without anybody reaching them since."""
    since = came.at - draft.rules.settings.first_text_cooldown
    served_at = draft.state.served_at
    return sum(miss.at > since and (served_at is None or miss.at > served_at) for miss in draft.state.misses)


def _remember_miss(draft: Draft, came: Verdict, repeats: int) -> None:
    state = draft.state
    miss = Miss(call=came.call, at=came.at, line=came.line, reason=came.reason)
    draft.state = changed(
        state,
        misses=(*state.misses, miss)[-MOST_CALLS:],
        line=came.line,
        source_line=state.source_line or came.line,
        priority=repeats,
    )


def _keep_lead(draft: Draft) -> None:
    """One lead a conversation; somebody who comes back after a no is a new chance."""
    if draft.state.lead in (None, "lost", "not_served"):
        lead(draft, "new")


def _spoken_since(draft: Draft, at: datetime) -> bool:
    return draft.state.served_at is not None and draft.state.served_at >= at


def _insist(draft: Draft, repeats: int) -> None:
    if repeats == CALL_NOW_AT:
        todo(draft, "call_now", "Called three times without reaching anybody: call now", key="repeat_call")
    elif repeats >= PAGE_AT:
        todo(draft, "call_now", "Keeps calling without reaching anybody: call now", key="repeat_call", urgent=True)
        page(draft, "repeat_caller", "Somebody keeps calling and reaches nobody: call now")


def _hear_voicemail(draft: Draft, came: Verdict, repeats: int) -> bool:
    """Act on the words of a voicemail; returns whether nothing else is to be done."""
    urgent = False
    for reading in came.readings:
        urgent |= _heard(draft, reading, came.call)
    if urgent:
        greet(draft, came, repeats=repeats)
    return urgent


def _heard(draft: Draft, reading: Reading, call: str) -> bool:
    """Take in one voicemail's words; returns whether a person was woken for it."""
    if reading.opt_out and not draft.suppressed:
        draft.do(Suppress(evidence="A voicemail said stop."))
        draft.suppressed = True
        draft.note("opted_out", "They said stop in a voicemail.", verdict="opted_out")
    draft.state = learned(draft.rules.playbook, draft.state, reading, "")
    if reading.urgency != "emergency" and not reading.life_safety:
        return False
    page(draft, "voicemail", "Urgent voicemail: listen and call now")
    todo(draft, "urgent", "Urgent voicemail: listen and call now", key=f"voicemail:{call}", urgent=True)
    return True


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
            todo(draft, "callback", f"Missed call: call back. {came.why}", due_at=_call_back_by(draft))
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
    return add_business_minutes(draft.rules.business.hours, at, draft.rules.playbook.triggers.voicemail.minutes)


def _call_back_by(draft: Draft) -> datetime:
    return add_business_minutes(draft.rules.business.hours, draft.now, draft.rules.playbook.people.callback_minutes)


def _heard_since(draft: Draft, miss: Miss) -> bool:
    """Has a person or the customer said anything since this voicemail, or was a text sent already?"""
    state = draft.state
    wrote = state.last_text_at is not None and state.last_text_at > miss.at
    planned = state.first_text_at is not None and state.first_text_at >= miss.at
    texted = planned and first_text_stands(state, draft.case.unsent, draft.now)
    return wrote or has_appointment(draft) or texted or _spoken_since(draft, miss.at)


def _no_text(draft: Draft, came: Verdict, why: str, would_change: str) -> None:
    draft.note("first_text", f"{came.why} {why}", verdict="not_sent", would_change=would_change)


def _late(draft: Draft, event: CallFact) -> None:
    """A fact about a call that was judged already: only what proves the verdict wrong or adds to it matters."""
    miss = next((miss for miss in draft.state.misses if miss.call == event.call), None)
    if is_person(event):
        _served_after_all(draft, event, miss)
    elif event.call in draft.state.noise:
        _noise_after_all(draft, event)
    elif miss is not None and isinstance(event, VoicemailTranscribed):
        if event.reading is not None and not _spoken_since(draft, miss.at):
            _heard(draft, event.reading, event.call)
    elif miss is not None and is_over(event):
        _voicemail_after_all(draft, event, miss)


def _served_after_all(draft: Draft, event: CallFact, miss: Miss | None) -> None:
    if miss is None:
        return
    draft.state = changed(draft.state, misses=tuple(each for each in draft.state.misses if each != miss))
    spoke(draft, max(event.at, miss.at), "A person took the call after all")
    close_todos(draft, CALLS_ASKED_FOR, "reached")
    draft.note("call.served_after_all", "Word came late that a person took this call; what had not left is not sent.")


def _noise_after_all(draft: Draft, event: CallFact) -> None:
    came = verdict([event], draft.rules.business.hours, draft.rules.settings)
    if came.missed and came.voicemail:
        draft.state = changed(draft.state, noise=tuple(call for call in draft.state.noise if call != event.call))
        _settle(draft, event.call)
        _missed(draft, came)


def _voicemail_after_all(draft: Draft, event: CallFact, miss: Miss) -> None:
    came = verdict([event], draft.rules.business.hours, draft.rules.settings)
    if not came.voicemail or miss.reason == "voicemail" or _spoken_since(draft, miss.at):
        return
    heard = replace(miss, reason="voicemail")
    draft.state = changed(draft.state, misses=tuple(heard if each == miss else each for each in draft.state.misses))
    todo(draft, "callback", "They left a voicemail: call back", due_at=_clock_end(draft, miss.at))
    draft.note("voicemail", "A voicemail of theirs came in later; a person is asked to call back.")
