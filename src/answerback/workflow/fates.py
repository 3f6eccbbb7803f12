"""What becomes of texts that did not arrive: the engine hears of them, in the order of conversations.

Only what the carriers' cap held back is tried again, once it may be through, however late the provider says so.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from answerback.engine.events import Event, Failure, TextFailed, TextUnclear
from answerback.store.queries import ledger, outbox, receipts, turns
from answerback.store.queries.receipts import Fate
from answerback.store.queries.rows import Cursor, raw
from answerback.store.queries.turns import ReasonRow
from answerback.workflow import pacing, pages


def heard(cursor: Cursor, messages: Sequence[tuple[int, str]], now: datetime) -> int:
    """Bring the texts with these (connection, provider's id) up to date; returns how many conversations hear of it."""
    failed = receipts.apply(cursor, messages, now)
    capped = [fate for fate in failed if fate.failure == "volume_cap" and fate.author != "page"]
    if not capped:
        return tell(cursor, failed, now)
    again = outbox.queue_again(cursor, {fate.message: now + pacing.after_cap(fate.attempt) for fate in capped})
    hold_back(cursor, [fate for fate in capped if fate.message in again], now)
    return tell(cursor, [fate for fate in failed if fate.message not in again], now)


def hold_back(cursor: Cursor, held: Sequence[Fate], now: datetime) -> None:
    """A reason for each text that waits because of the carriers' cap."""
    turns.write_reasons(cursor, [_held_back(fate, now) for fate in held])


def tell(cursor: Cursor, fates: Sequence[Fate], now: datetime) -> int:
    """Record each fate as an event of its conversation; returns how many. A page goes to somebody else instead."""
    if not fates:
        return 0
    told = [fate for fate in fates if fate.author != "page"]
    pages.pass_on(cursor, [fate for fate in fates if fate.author == "page"], now)
    ledger.record(
        cursor,
        [ledger.Own(business=fate.business, conversation=fate.conversation, event=_event(fate, now)) for fate in told],
        now,
    )
    return len(told)


def _held_back(fate: Fate, now: datetime) -> ReasonRow:
    return ReasonRow(
        business=fate.business,
        conversation=fate.conversation,
        at=now,
        rule="delivery.volume_cap",
        verdict="deferred",
        why=f"The carriers' cap is reached, so the text is tried again in a while. {fate.detail}"[:300],
        guards=raw("[]"),
        would_change="A higher cap of the number's registration.",
        text=fate.key,
    )


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
