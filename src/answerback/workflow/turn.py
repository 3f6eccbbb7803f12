"""Lets woken conversations take their turn: load a batch, read, decide, write everything down, commit.

One transaction per batch, no network inside it. What is decided here leaves the building only after the commit. A
conversation that cannot take its turn is set aside and raises a to-do; it never holds up the others.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from answerback.engine import wording
from answerback.engine.decide import decide
from answerback.engine.desk_events import SaidByMistake
from answerback.engine.draft import spoken_to
from answerback.engine.due import URGENT_AGAIN
from answerback.engine.effects import OpenTodo
from answerback.engine.events import Event, TextReceived, VerdictCorrected, VoicemailTranscribed
from answerback.engine.reading import Asked, Reading
from answerback.engine.state import State
from answerback.engine.thought import ONE_THOUGHT, together
from answerback.store import codec
from answerback.store.queries import showings, todos, turns
from answerback.store.queries.advice import Kept
from answerback.store.queries.advice import of as kept_advice
from answerback.store.queries.rows import Cursor
from answerback.store.queries.turns import Pending, TodoRow, Woken
from answerback.understanding import read
from answerback.understanding.evidence import NOT_READ
from answerback.workflow import advice, asking, bell, clock, copying, effects, look_ups, meters, traces, transaction
from answerback.workflow.cases import case_of
from answerback.workflow.directory import Known, known
from answerback.workflow.effects import Draft

log = logging.getLogger("answerback.turn")

BATCH = 200

REPLIES = 48
"""Of a batch, those that had a turn before, most of whom wrote: reading takes longer than all else, and whoever called
just now must not wait until hundreds of replies are read. As many are taken however many call."""

PROMISES_COUNT = timedelta(days=1)
"""A promised call nobody made by then holds up no other."""


def run(limit: int = BATCH) -> int:
    """Let up to `limit` due conversations take their turn; returns how many did. Raises the database's errors."""
    try:
        return transaction.run(lambda cursor: _turn(cursor, limit))
    except Exception as problem:
        if transaction.is_passing(problem):
            raise
        log.exception("turn.batch_refused")
        return _one_by_one(limit)


def next_due() -> datetime | None:
    """When the next conversation must be woken, None when all sleep."""
    return transaction.run(turns.next_wake)


def _turn(cursor: Cursor, limit: int, tried: list[Woken] | None = None) -> int:
    now = clock.now()
    woken = _claim(cursor, now, limit)
    if tried is not None:
        tried.extend(woken)
    if not woken:
        return 0
    waiting = _by_conversation(turns.pending(cursor, [each.id for each in woken], now))
    states = _states(cursor, woken, now)
    unsent = turns.unsent(cursor, [each.id for each, state in states if state.texts])
    lately = _said_lately(cursor, states, now)
    advised = _advice(cursor, waiting)
    shown = _shown(cursor, woken)
    ahead = _ahead(cursor, woken, waiting, now)
    drafts: list[Draft] = []
    for each, state in states:
        try:
            draft = _draft(each, state, unsent.get(each.id, set()), lately.get(each.id, ""))
            draft.span = _span(each, waiting.get(each.id, []))
            draft.advice = advised
            draft.shown = shown.get(each.contact, frozenset())
            draft.ahead = ahead.get(each.business, 0)
            drafts.append(_decide_all(draft, waiting.get(each.id, []), now))
            ahead[each.business] = draft.ahead + _promised(draft)
        except Exception:
            log.exception("turn.failed conversation=%s", each.id)
            _set_aside(cursor, each, now)
    asking.settle(cursor, drafts, now)
    effects.write(cursor, drafts, now)
    look_ups.want(cursor, drafts)
    advice.ask(cursor, [question for draft in drafts for question in draft.questions], now)
    copying.follow(cursor, [draft.woken.business for draft in drafts], now)
    if any(draft.due_now for draft in drafts):
        bell.ring(cursor, bell.TEXT)
    for draft in drafts:
        draft.span.note(texts=len(draft.texts), phase=draft.state.phase, batch=len(woken))
        draft.span.end()
    return len(woken)


def _claim(cursor: Cursor, now: datetime, limit: int) -> list[Woken]:
    """Those who wait for their first text, and a share of the others: neither crowd holds up the other."""
    new = turns.claim(cursor, now, limit - min(REPLIES, limit // 4), new=True)
    return new + turns.claim(cursor, now, min(REPLIES, limit - len(new)), new=False) if len(new) < limit else new


def _span(woken: Woken, waiting: Sequence[Pending]) -> traces.Span:
    """The step this turn is for whoever traces: it goes on with the event that came last."""
    ready = [each for each in waiting if each.ready]
    parent = next((each.trace for each in reversed(ready) if each.trace), None)
    kinds = ",".join(dict.fromkeys(each.kind for each in ready))
    return traces.begin("turn", "consumer", parent, conversation=woken.id, business=woken.business, events=kinds)


def _states(cursor: Cursor, woken: Sequence[Woken], now: datetime) -> list[tuple[Woken, State]]:
    """Where each conversation stands; one whose state cannot be read is set aside."""
    found: list[tuple[Woken, State]] = []
    for each in woken:
        try:
            found.append((each, codec.decode_state(each.state)))
        except Exception:
            log.exception("turn.unreadable_state conversation=%s", each.id)
            _set_aside(cursor, each, now)
    return found


def _advice(cursor: Cursor, waiting: dict[int, list[Pending]]) -> dict[int, Kept]:
    """What a language model was asked about the texts that wait; nothing is looked up where there is no model."""
    if advice.configured() is None:
        return {}
    return kept_advice(
        cursor, [each.id for events in waiting.values() for each in events if each.kind == "TextReceived"]
    )


def _shown(cursor: Cursor, woken: Sequence[Woken]) -> dict[int, frozenset[int]]:
    """The videos these contacts were ever sent; nothing is looked up for businesses that send none."""
    sending = [each.contact for each in woken if known(each.business, each.revision, each.playbook).rules.videos]
    return showings.of_contacts(cursor, sending) if sending else {}


def _ahead(cursor: Cursor, woken: Sequence[Woken], waiting: dict[int, list[Pending]], now: datetime) -> dict[int, int]:
    """How many callers of each business wait for a promised call; only who writes may be promised one."""
    wrote = {each.business for each in woken if any(e.kind == "TextReceived" for e in waiting.get(each.id, []))}
    return todos.promised(cursor, sorted(wrote), now - PROMISES_COUNT) if wrote else {}


def _promised(draft: Draft) -> int:
    """How many calls a turn has promised."""
    return sum(isinstance(each, OpenTodo) and each.kind == "callback" for each in draft.todos)


def _said_lately(cursor: Cursor, states: Sequence[tuple[Woken, State]], now: datetime) -> dict[int, str]:
    """What those customers wrote who wrote a moment ago: their next text may finish the sentence."""
    since = now - ONE_THOUGHT
    lately = [each.id for each, state in states if state.last_text_at is not None and state.last_text_at > since]
    return turns.last_said(cursor, lately, since) if lately else {}


def _draft(woken: Woken, state: State, unsent: set[str], lately: str) -> Draft:
    ours = known(woken.business, woken.revision, woken.playbook).on(woken.line)
    state = spoken_to(ours.rules.playbook.languages, woken.language, state)  # what they write first is read in it, too
    return Draft(woken=woken, known=ours, state=state, unsent=unsent, lately=lately)


def _decide_all(draft: Draft, events: Sequence[Pending], now: datetime) -> Draft:
    """Decide every ready event in order; what one decision planned, the next one knows of."""
    last = next((each for each in reversed(events) if each.ready), None)
    never_said = _never_said(events)
    for pending in events:
        if not pending.ready:
            draft.later(pending.due_at)
            continue
        if pending.id in never_said:
            draft.handled.append(pending.id)
            continue
        meters.EVENT_WAIT.observe(max(0.0, (now - pending.due_at).total_seconds()))
        event = _read(codec.decode_event(pending.kind, pending.body), draft, now)
        if isinstance(event, TextReceived) and pending is last and advice.is_on(draft.known):
            weighed = _with_advice(event, pending, draft, now)
            if weighed is None:
                continue
            event = weighed
        draft.take(pending.id, event, decide(draft.known.rules, case_of(draft), event, now), now)
    return draft


def _never_said(events: Sequence[Pending]) -> set[int]:
    """Corrections of calls that are taken back before anything came of them: nothing does."""
    said = [each for each in events if each.ready and each.kind in {"VerdictCorrected", "SaidByMistake"}]
    if len(said) < 2:
        return set()
    told = [(each.id, codec.decode_event(each.kind, each.body)) for each in said]
    back = {(event.call, event.said_at) for _, event in told if isinstance(event, SaidByMistake)}
    return {id for id, event in told if isinstance(event, VerdictCorrected) and (event.call, event.at) in back}


def _with_advice(event: TextReceived, pending: Pending, draft: Draft, now: datetime) -> TextReceived | None:
    """The text with a language model's proposal weighed in; None while one is waited for, which is seconds at most."""
    kept = draft.advice.get(pending.id)
    if kept is not None and kept.outcome:
        return advice.with_advice(event, kept, draft.known)
    if event.reading is None or not advice.doubtful(event.reading, draft.known):
        return event
    if kept is None:
        asked = asked_now(draft.state, draft.known)
        draft.questions.append(
            advice.Question(business=draft.woken.business, conversation=draft.woken.id, event=pending.id, asked=asked)
        )
    deadline = (kept.asked_at if kept else now) + advice.DEADLINE
    if now >= deadline:
        return event
    draft.later(deadline)
    return None


def _read(event: Event, draft: Draft, now: datetime) -> Event:
    """The event with its words read; a reader that fails has read nothing, which sends the text to a person.

    What the customer wrote a moment before is read with it: the two are one thought.
    """
    state, ours, lately = draft.state, draft.known, draft.lately
    if not isinstance(event, TextReceived | VoicemailTranscribed):
        return event
    asked = asked_now(state, ours) if isinstance(event, TextReceived) else Asked()
    ask = partial(read, vocabulary=ours.vocabulary, now=now, zone=ours.rules.business.hours.zone)
    try:
        reading = ask(event.text, asked=asked)
        if lately and isinstance(event, TextReceived) and event.text.strip() and _followed(event, state):
            reading = together(reading, ask(f"{lately} {event.text}", asked=Asked()), ask(lately, asked=Asked()))
    except Exception:
        log.exception("turn.unreadable")
        reading = Reading(evidence=(NOT_READ,))
    return replace(event, reading=reading)


def _followed(event: TextReceived, state: State) -> bool:
    """Did it come within a moment of the customer's text before it?"""
    return state.last_text_at is not None and abs(event.at - state.last_text_at) < ONE_THOUGHT


def asked_now(state: State, ours: Known) -> Asked:
    """What the customer's next text answers, by where the conversation stands."""
    standing = state.phase == "booked" and state.appointment is not None
    return replace(_asked(state, ours), appointment=standing, language=state.language)


def _asked(state: State, ours: Known) -> Asked:
    learn = ours.rules.playbook.slot(state.asked)
    if state.asked_about == "time" and state.offers:
        zone = ours.rules.business.hours.zone
        choices = tuple(wording.moment(start, zone, state.language) for start in state.offers)
        return Asked(about="time", question="Which time?", choices=choices, openings=state.offers)
    if learn is None:
        return Asked(about=state.asked_about)
    choices = learn.choices.get(state.language) or next(iter(learn.choices.values()), ())
    question = next(iter(learn.ask.get(state.language, ())), "")
    return Asked(about=state.asked_about, question=question, choices=choices)


def _by_conversation(events: Sequence[Pending]) -> dict[int, list[Pending]]:
    found: dict[int, list[Pending]] = {}
    for event in events:
        found.setdefault(event.conversation, []).append(event)
    return found


def _set_aside(cursor: Cursor, woken: Woken, now: datetime) -> None:
    """Try again later, less and less often; a person hears of it the first time."""
    turns.set_back(cursor, woken.id, now + min(timedelta(seconds=15) * 2**woken.stuck, timedelta(hours=1)))
    todo = TodoRow(
        business=woken.business,
        conversation=woken.id,
        key="stuck",
        kind="review",
        title="The machine could not work on this conversation. Please look at it and answer by hand.",
        urgent=True,
        due_at=now,
        opened_at=now,
        next_at=now + URGENT_AGAIN,
    )
    turns.write_todos(cursor, [todo])


def _one_by_one(limit: int) -> int:
    """The same conversations each in a transaction of its own; the one that cannot be written down is set aside."""
    done = 0
    for _ in range(limit):
        tried: list[Woken] = []
        try:
            ran = transaction.run(partial(_turn, limit=1, tried=tried))
        except Exception as problem:
            if not tried or transaction.is_passing(problem):
                raise
            log.exception("turn.refused conversation=%s", tried[-1].id)
            transaction.run(partial(_set_aside, woken=tried[-1], now=clock.now()))
            ran = 1
        if not ran:
            break
        done += ran
    return done
