"""Asks a provider what kind of number somebody has before they are texted for the first time; off by default, for it
costs money.

A look-up runs while the first text waits out its hold. What it says is told to the conversation as an event, so the
engine takes the text back where the number cannot get it. It holds no text up: an answer that comes too late, or never,
spares the next one. An answer is kept for 90 days.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from answerback.engine.events import LineTypeLearned
from answerback.ports.errors import PortError, Refused, Unavailable
from answerback.ports.phone import LooksUpNumbers, NumberFacts
from answerback.ports.registry import phone
from answerback.store.queries import ledger, look_ups
from answerback.store.queries.look_ups import Asked, Wanted
from answerback.store.queries.rows import Cursor
from answerback.store.secrets import WrongSecret
from answerback.workflow import bell, clock, directory, one_by_one, places, queue, transaction
from answerback.workflow.effects import Draft

log = logging.getLogger("answerback.look_ups")

KEPT = timedelta(days=90)
REFUSED_FOR = timedelta(days=1)
"""A number whose look-up was refused is tried again no sooner: the account may have been changed."""

PATIENCE = timedelta(minutes=10)
BATCH = 5


def want(cursor: Cursor, drafts: Sequence[Draft]) -> None:
    """Have the numbers looked up that a turn plans to text for the first time, where their business wants that."""
    wanted = [_wanted(draft) for draft in drafts if _is_worth_it(draft)]
    now = clock.now()
    if wanted and look_ups.want(cursor, wanted, now, older_than=now - KEPT, refused_before=now - REFUSED_FOR):
        queue.defer_look_ups()


def run() -> int:
    """Make the look-ups that wait, a few at a time, one process at a time; returns how many were settled."""
    now = clock.now()
    asked = transaction.run(lambda cursor: look_ups.waiting(cursor, now, BATCH))
    return sum(one_by_one.each(partial(_settle, now=now), asked, "look_up.broken of=%s", lambda one: one.id))


def _is_worth_it(draft: Draft) -> bool:
    settings = draft.known.rules.settings
    return (
        settings.look_up_numbers == "yes"
        and draft.woken.line_type is None
        and any(text.purpose == "first_text" for text in draft.texts.values())
        and places.of_number(draft.woken.number).line_type == "unknown"
    )


def _wanted(draft: Draft) -> Wanted:
    return Wanted(
        business=draft.woken.business,
        conversation=draft.woken.id,
        line=draft.known.lines.get(draft.state.line or "", draft.woken.line),
        number=draft.woken.number,
        price=draft.known.rules.settings.look_up_price,
    )


def _settle(asked: Asked, now: datetime) -> bool:
    """Ask and write down what came of it; False where the provider is away and is asked again in a minute."""
    try:
        facts = _ask(asked)
    except Unavailable as away:
        if now - asked.since < PATIENCE:
            return False
        return _write(asked, None, str(away))
    except (PortError, WrongSecret) as problem:
        return _write(asked, None, str(problem))
    return _write(asked, facts, "")


def _write(asked: Asked, facts: NumberFacts | None, problem: str) -> bool:
    transaction.run(lambda cursor: _write_down(cursor, asked, facts, problem))
    return True


def _write_down(cursor: Cursor, asked: Asked, facts: NumberFacts | None, problem: str) -> None:
    now = clock.now()
    if facts is None:
        look_ups.settle(cursor, asked.id, now, problem=problem)
        log.warning("look_up.failed id=%s", asked.id)
        return
    look_ups.settle(cursor, asked.id, now, line_type=facts.line_type, carrier=facts.carrier)
    if facts.line_type != "unknown":
        look_ups.learn(cursor, asked, facts.line_type)
        event = LineTypeLearned(at=now, line_type=facts.line_type, carrier=facts.carrier, looked_up=True)
        ledger.record(cursor, [ledger.Own(business=asked.business, conversation=asked.conversation, event=event)], now)
        bell.ring(cursor, bell.TURN)


def _ask(asked: Asked) -> NumberFacts:
    ours = directory.account(asked.connection)
    adapter: object = phone(ours.connection.provider) if ours else None
    if ours is None or not isinstance(adapter, LooksUpNumbers):
        raise Refused("The provider of this line looks no numbers up.")
    return adapter.look_up(ours.connection, asked.number)
