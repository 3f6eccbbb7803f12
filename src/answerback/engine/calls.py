"""Collects the facts about each call, has them judged when they have settled, and corrects a verdict proved wrong.

Facts may come twice, late and in any order: what comes after a verdict is judged with all that was known before, and a
proof that a person spoke with the caller wins whenever it comes. What a person said of a call stands. Never here: what
became of a call (`missed`), or what follows from a missed one (`triggers`).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from answerback.engine.answered import did_talk
from answerback.engine.draft import Draft, close_todos, todo, withdraw
from answerback.engine.effects import SetTimer
from answerback.engine.events import (
    CalledBack,
    CallFact,
    LegEnded,
    TimerDue,
    VerdictCorrected,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.engine.guards import WITHHELD
from answerback.engine.handoff import CALLS_ASKED_FOR, spoke, stood, took_by_talking
from answerback.engine.missed import Verdict, verdict
from answerback.engine.state import Known, Miss, State, changed
from answerback.engine.triggers import (
    call_back_by,
    hidden_voicemail_came,
    missed,
    spoken_since,
    voicemail_heard_late,
)

MOST_FACTS = 60
MOST_CALLS = 60
"""How many facts and judged calls a conversation remembers; the oldest call is judged early rather than forgotten."""

MOST_TOLD = 30
"""How many facts of judged calls are remembered: those of the last few calls, which are the ones still told of."""

END_UNREPORTED = timedelta(minutes=5)
"""How long we wait for the end of a call when all we know is that nobody was reached: a voicemail may be under way."""


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
            draft.about = draft.state.facts[0].call
            _judge(draft, draft.about, gave_up=True)


def verdict_due(draft: Draft, event: TimerDue) -> None:
    """The facts of a call have settled, unless newer ones came."""
    mine = _facts_of(draft, event.ref)
    if mine:
        unreported = draft.now >= max(fact.at for fact in mine) + END_UNREPORTED
        _judge(draft, event.ref, gave_up=unreported and _nobody_reached(mine))


def corrected(draft: Draft, event: VerdictCorrected) -> None:
    """A person knows better what became of a call: their word counts, now and for whatever still comes of it."""
    before = draft.state
    _correct(draft, event)
    taken = replace(stood(before, draft.state, event.at), known=_known(before, event.call))
    draft.state = changed(draft.state, taken=taken)


def _known(before: State, call: str) -> Known:
    return Known(
        call=call,
        was_judged=call in before.judged,
        was_aside=call in before.aside,
        misses=before.misses,
        line=before.line,
        source_line=before.source_line,
        priority=before.priority,
        followed_up=before.followed_up,
        nudges=before.nudges,
        urgency=before.urgency,
    )


def _correct(draft: Draft, event: VerdictCorrected) -> None:
    miss = next((miss for miss in draft.state.misses if miss.call == event.call), None)
    draft.state = changed(draft.state, corrected=(*draft.state.corrected, event.call)[-MOST_CALLS:])
    if event.came == "served":
        _settle(draft, event.call)
        if miss is not None:
            _served_after_all(draft, event.called_at, miss, "A person says that this call was taken")
        draft.note("call.corrected", "A person says that somebody took this call; it counts as no missed call.")
        return
    if miss is not None:
        draft.note("call.corrected", "A person says that nobody took this call, which is what we thought.")
        return
    _settle(draft, event.call)
    state, came = draft.state, _missed_as_told(draft, event)
    if state.served_by == event.call:
        # That the call was thought to be served kept everything back: it does no longer.
        draft.state = changed(draft.state, served_at=None, served_by=None)
    draft.note("call.corrected", "A person says that nobody took this call; it counts as a missed call.")
    missed(draft, came)


def _missed_as_told(draft: Draft, event: VerdictCorrected) -> Verdict:
    """The call as missed: as the phone system told of it, if it told of a missed one; else nobody picked up.

    A text waits from now on, as after a call: whoever said it by mistake can take it back before it leaves.
    """
    known = [] if event.by_voicemail else [fact for fact in draft.state.told if fact.call == event.call]
    came = verdict(known, draft.rules, gave_up=True) if known else None
    if came is not None and came.missed:
        return replace(came, last_at=event.at)
    return Verdict(
        call=event.call,
        came="missed",
        line=event.line,
        at=event.called_at,
        last_at=event.at,
        reason="carrier_voicemail" if event.by_voicemail else "no_answer",
        why="A person says that nobody took this call.",
    )


def _judge(draft: Draft, call: str, *, gave_up: bool = False) -> None:
    mine = _facts_of(draft, call)
    came = verdict(mine, draft.rules, gave_up=gave_up)
    if came.came == "waiting":
        if _nobody_reached(mine):
            draft.do(SetTimer(timer="verdict", ref=call, due_at=came.last_at + END_UNREPORTED))
        return
    ready_at = came.last_at + _wait(draft)
    if came.came == "served" and (came.sure or ready_at <= draft.now or gave_up):
        _settle(draft, call)
        _served(draft, came)
        return
    if came.came == "served":
        withdraw(draft, "Somebody took their call")
    if ready_at > draft.now and not gave_up:
        draft.do(SetTimer(timer="verdict", ref=call, due_at=ready_at))
        return
    _settle(draft, call, noise=came.came == "noise")
    if came.missed:
        missed(draft, came)
    else:
        draft.note(
            "call.noise",
            f"Not counted as a missed call. {came.why}",
            guards=came.seen,
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
    """A call is judged: its facts wait for nothing more, and are remembered only for what comes late."""
    state = draft.state
    facts = tuple(fact for fact in state.facts if fact.call != call)
    told = _remembered(state.told, [fact for fact in state.facts if fact.call == call])
    aside, judged = (tuple(each for each in calls if each != call) for calls in (state.aside, state.judged))
    if noise:
        draft.state = changed(state, facts=facts, told=told, aside=aside, noise=(*state.noise, call)[-MOST_CALLS:])
    else:
        draft.state = changed(state, facts=facts, told=told, aside=aside, judged=(*judged, call)[-MOST_CALLS:])


def _served(draft: Draft, came: Verdict) -> None:
    spoke(draft, came.at, "A person took the call", call=came.call)
    draft.note("call.served", "A person took the call; there is nothing to do.", guards=came.seen)
    took_by_talking(draft, None)


def _called_back(draft: Draft, event: CalledBack) -> None:
    if did_talk(event, draft.rules):
        before = draft.state
        spoke(draft, event.at, "A person called them back")
        draft.note("called_back", "A person called back and spoke with them; what was waiting is not sent.")
        took_by_talking(draft, event.by)
        draft.state = changed(draft.state, taken=stood(before, draft.state, event.at))
    else:
        draft.note("called_back", "A person called back and did not reach them.")


def _late(draft: Draft, event: CallFact) -> None:
    """A fact about a call that was judged already: the verdict is that on everything, however late a part came."""
    known = [fact for fact in draft.state.told if fact.call == event.call]
    if _without_words(event) in known:
        return
    draft.state = changed(draft.state, told=_remembered(draft.state.told, [event]))
    miss = next((miss for miss in draft.state.misses if miss.call == event.call), None)
    if event.call in draft.state.corrected:
        if miss is not None and isinstance(event, VoicemailTranscribed):
            voicemail_heard_late(draft, event, miss)
        return
    came = verdict([*known, event], draft.rules, gave_up=True)
    if came.came == "served":
        _person_after_all(draft, came, event, miss)
    elif event.call in draft.state.noise:
        _noise_after_all(draft, came)
    elif draft.case.contact.number == WITHHELD and (
        event.call in draft.state.aside or isinstance(event, VoicemailTranscribed)
    ):
        had_one = bool(known) and verdict(known, draft.rules, gave_up=True).voicemail
        hidden_voicemail_came(draft, event, first=came.voicemail and not had_one)
    elif miss is not None and isinstance(event, VoicemailTranscribed):
        voicemail_heard_late(draft, event, miss)
    elif miss is not None:
        _more_of_it(draft, known, came, miss)
    elif came.missed and known and verdict(known, draft.rules, gave_up=True).came == "served":
        _missed_after_all(draft, came)


def _remembered(told: tuple[CallFact, ...], more: list[CallFact]) -> tuple[CallFact, ...]:
    return (*told, *(_without_words(fact) for fact in more))[-MOST_TOLD:]


def _without_words(fact: CallFact) -> CallFact:
    """A fact as it is remembered after its call was judged: of a voicemail's words only that there were some."""
    if not isinstance(fact, VoicemailTranscribed):
        return fact
    return VoicemailLeft(at=fact.at, call=fact.call, line=fact.line, seconds=SOME_WORDS if fact.text.strip() else 0)


SOME_WORDS = 3600
"""Seconds of a voicemail of which words came: it counts whatever length a business asks for."""


def _person_after_all(draft: Draft, came: Verdict, event: CallFact, miss: Miss | None) -> None:
    if miss is not None:
        _served_after_all(draft, max(event.at, miss.at), miss, "A person took the call after all")
        draft.note(
            "call.served_after_all", "Word came late that a person took this call; what had not left is not sent."
        )
    elif event.call in draft.state.noise:
        draft.state = changed(draft.state, noise=tuple(call for call in draft.state.noise if call != event.call))
        _settle(draft, event.call)
        _served(draft, came)
    elif event.call in draft.state.aside:
        _settle(draft, event.call)


def _served_after_all(draft: Draft, at: datetime, miss: Miss, how: str) -> None:
    draft.state = changed(draft.state, misses=tuple(each for each in draft.state.misses if each != miss))
    spoke(draft, at, how, call=miss.call)
    close_todos(draft, CALLS_ASKED_FOR, "reached")
    took_by_talking(draft, None)


def _noise_after_all(draft: Draft, came: Verdict) -> None:
    if came.missed:
        draft.state = changed(draft.state, noise=tuple(call for call in draft.state.noise if call != came.call))
        _settle(draft, came.call)
        missed(draft, came)


def _missed_after_all(draft: Draft, came: Verdict) -> None:
    """Two legs were joined, and word came late that it was a machine: that the call was served held everything back."""
    if draft.state.served_by == came.call:
        draft.state = changed(draft.state, served_at=None, served_by=None)
    draft.note("call.missed_after_all", "Word came late that no person took this call.", guards=came.seen)
    missed(draft, came)


def _more_of_it(draft: Draft, known: list[CallFact], came: Verdict, miss: Miss) -> None:
    """More is known of a missed call: why nobody served it, or that a voicemail was left."""
    if came.reason != miss.reason:
        now = replace(miss, reason=came.reason)
        draft.state = changed(draft.state, misses=tuple(now if each == miss else each for each in draft.state.misses))
    had_one = verdict(known, draft.rules, gave_up=True).voicemail if known else miss.reason == "voicemail"
    if came.voicemail and not had_one and not spoken_since(draft, miss.at):
        todo(draft, "callback", "They left a voicemail: call back", due_at=call_back_by(draft, since=miss.at))
        draft.note("voicemail", "A voicemail of theirs came in later; a person is asked to call back.")
    elif came.reason != miss.reason:
        draft.note("call.settled", f"More became known of this call. {came.why}", guards=came.seen)
