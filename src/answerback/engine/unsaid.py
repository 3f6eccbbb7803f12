"""What a person said of a call and takes back: the call counts as before, and all goes on as it was.

Where the customer was texted because of it, or things have moved on since, only the call counts as before. Never here:
what follows from such a word (`calls`).
"""

from answerback.engine.desk_events import SaidByMistake
from answerback.engine.draft import Draft, withdraw
from answerback.engine.effects import SendAfterAll
from answerback.engine.handoff import as_before, first_text_waits_as_before, spoke, took_by_talking
from answerback.engine.state import Known, Miss, Taken, changed

MISTAKEN = "A person had said by mistake that nobody took their call"
"""Why a text that was planned because of it does not leave."""


def call_as_before(draft: Draft, event: SaidByMistake) -> None:
    """Nobody meant what was said of this call at `event.said_at`."""
    if event.call not in draft.state.corrected:  # It was taken back before anything came of it.
        if event.texts:
            draft.do(SendAfterAll(keys=event.texts))
        draft.note("mistake", _WHY)
        return
    before = draft.state.taken
    known = before.known if before is not None and before.at == event.said_at else None
    if known is not None and known.call != event.call:
        known = None
    _counts_as_before(draft, event, known)
    if event.texted:
        _was_texted(draft, event, known)
    elif before is not None and known is not None and before.timers == draft.state.timers and not event.moved_on:
        _all_as_before(draft, event, before, known)
    elif draft.state.served_by == event.call and event.reason:
        draft.state = changed(draft.state, served_at=None, served_by=None)
    draft.note("mistake", _WHY)


_WHY = "What a person had said of a call was a mistake: it counts as before."


def _counts_as_before(draft: Draft, event: SaidByMistake, known: Known | None) -> None:
    """The call is missed, or not, as it was; the others stay where they are."""
    state = draft.state
    said = list(state.corrected)
    del said[len(said) - 1 - said[::-1].index(event.call)]  # A word before it stands.
    others = tuple(miss for miss in state.misses if miss.call != event.call)
    before = known.misses if known else _missed_before(event, others)
    if tuple(miss for miss in before if miss.call != event.call) != others:  # More calls were judged since.
        mine = [miss for miss in before if miss.call == event.call]
        before = tuple(sorted((*others, *mine), key=lambda miss: miss.at))
    aside = tuple(call for call in state.aside if call != event.call)
    if known is not None and known.was_aside:
        aside += (event.call,)
    draft.state = changed(state, corrected=tuple(said), misses=before, aside=aside)
    if known is not None and not known.was_judged:
        draft.state = changed(draft.state, judged=tuple(each for each in state.judged if each != event.call))


def _missed_before(event: SaidByMistake, others: tuple[Miss, ...]) -> tuple[Miss, ...]:
    if not event.reason or event.called_at is None:
        return others
    mine = Miss(call=event.call, at=event.called_at, line=event.line, reason=event.reason)
    return tuple(sorted((*others, mine), key=lambda miss: miss.at))


def _was_texted(draft: Draft, event: SaidByMistake, known: Known | None) -> None:
    """They have read that they were missed: whoever took their call answers what they write."""
    if (known is None or known.was_judged) and event.called_at is not None:
        spoke(draft, event.called_at, "A person took the call", call=event.call)
        took_by_talking(draft, None)


def _all_as_before(draft: Draft, event: SaidByMistake, before: Taken, known: Known) -> None:
    """The conversation stands as it stood, with what was planned."""
    if not event.reason:
        withdraw(draft, MISTAKEN)
    if not as_before(draft, event.texts):
        return
    draft.state = changed(
        draft.state,
        served_at=before.served_at,
        served_by=before.served_by,
        call_tries=before.call_tries,
        line=known.line,
        source_line=known.source_line,
        priority=known.priority,
        followed_up=known.followed_up,
        nudges=known.nudges,
        urgency=known.urgency,
    )
    if before.first_text not in draft.case.unsent or before.first_text in event.texts:  # else it came to nothing since
        first_text_waits_as_before(draft, before)
    if before.lead is None:
        draft.state = changed(draft.state, lead="lost" if event.lead_stays else None)
