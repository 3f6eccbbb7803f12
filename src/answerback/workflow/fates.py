"""Tells the engine about texts that did not arrive: as events, in the order of conversations, waking each."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from answerback.engine.events import Event, Failure, TextFailed, TextUnclear
from answerback.store.queries import ledger
from answerback.store.queries.receipts import Fate
from answerback.store.queries.rows import Cursor
from answerback.workflow import pages


def tell(cursor: Cursor, fates: Sequence[Fate], now: datetime) -> int:
    """Record each fate as an event of its conversation; returns how many. A page goes to somebody else instead."""
    told = [fate for fate in fates if fate.author != "page"]
    pages.pass_on(cursor, [fate for fate in fates if fate.author == "page"], now)
    ledger.record(
        cursor,
        [ledger.Own(business=fate.business, conversation=fate.conversation, event=_event(fate, now)) for fate in told],
        now,
    )
    return len(told)


def _event(fate: Fate, now: datetime) -> Event:
    if fate.failure == "unclear":
        return TextUnclear(at=now, text=fate.key, purpose=fate.purpose)
    return TextFailed(
        at=now,
        text=fate.key,
        purpose=fate.purpose,
        failure=cast("Failure", fate.failure or "unknown"),
        detail=fate.detail,
    )
