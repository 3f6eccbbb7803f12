"""Finds out what became of texts whose hand-over was never written down: a crash, a lost answer.

The provider is asked. It has the text: written as sent. It says no twice, some seconds apart: the text goes back to
the queue. It cannot say: the text is `unclear` and a person looks at it. It is never sent again blindly.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError

from answerback.ports.errors import PortError, Unavailable, Unclear
from answerback.ports.registry import phone
from answerback.store import models
from answerback.store.queries import outbox, receipts
from answerback.store.queries.outbox import Claimed, Handed
from answerback.store.queries.rows import Cursor
from answerback.workflow import bell, clock, delivery, fates, transaction
from answerback.workflow.directory import account

log = logging.getLogger("answerback.reconcile")

LEASE = timedelta(seconds=30)
"""No hand-over takes this long (adapters give up after 20 s), so after it nobody is still holding the text."""

ASK_AGAIN = timedelta(seconds=12)
"""How long after a first "no" the provider is asked once more: its list may lag behind, and a caller waits for the
text."""

SLACK = timedelta(seconds=15)
"""How far a provider's clock may be from ours when we ask for texts since an attempt."""

GIVE_UP_ASKING = timedelta(minutes=15)
"""After so long without an answer a person hears of the text; what the provider reports later still counts."""


def run() -> int:
    """Settle what can be settled now; returns how many texts were asked about."""
    transaction.run(_apply_overlooked)
    delivery.take_back_stale()
    lost = transaction.run(lambda cursor: _take(cursor, clock.now()))
    away: set[int] = set()
    for text in lost:
        outcome = _settle(text, away)
        if outcome is not None:
            delivery.write([outcome])
    return len(lost)


def _apply_overlooked(cursor: Cursor) -> None:
    now = clock.now()
    if waiting := receipts.overlooked(cursor):
        fates.heard(cursor, waiting, now)
        bell.ring(cursor, bell.TURN)


def _take(cursor: Cursor, now: datetime) -> Sequence[Claimed]:
    lost = outbox.sending_since(cursor, now - LEASE, now - ASK_AGAIN)
    outbox.asked_about(cursor, [text.id for text in lost], now)
    return lost


def _settle(text: Claimed, away: set[int]) -> Handed | None:
    """What became of this text; None when it must be asked once more. `away` are connections that cannot be asked
    now.
    """
    asked_before = text.taken_back == "asked"
    if text.connection in away:
        return _cannot_ask(text)
    try:
        found = _find(text)
    except DatabaseError:
        raise
    except Unavailable as problem:
        log.warning("reconcile.unavailable message=%s detail=%s", text.id, problem.detail)
        away.add(text.connection)
        return _cannot_ask(text)
    except PortError as problem:
        return delivery.outcome(text, "unclear", detail=problem.detail)
    except Exception:
        log.exception("reconcile.failed message=%s", text.id)
        return _cannot_ask(text)
    if found is not None:
        return delivery.outcome(text, "sent", message=found)
    if not asked_before:
        return None
    if text.stale_at <= clock.now():
        return delivery.outcome(
            text, "refused", failure="too_late", detail="It never left, and is too old to send now."
        )
    return delivery.outcome(text, "queued", due_at=clock.now())


def _cannot_ask(text: Claimed) -> Handed | None:
    """Ask again later; a text that nobody could be asked about for long is for a person."""
    if clock.now() < max(text.stale_at, text.claimed_at + GIVE_UP_ASKING):
        return None
    return delivery.outcome(text, "unclear", detail="The provider could not be asked whether it went out.")


def _find(text: Claimed) -> str | None:
    """The provider's id of this text, None when it never went out; what it has of our other texts does not count."""
    ours = account(text.connection)
    if ours is None:
        return None
    adapter, since = phone(ours.connection.provider), text.claimed_at - SLACK
    known: frozenset[str] = frozenset()
    while found := adapter.find(ours.connection, delivery.outgoing(text), since, known):
        if not _is_anothers(text, found.message):
            return found.message
        if found.message in known:
            raise Unclear("The provider cannot tell this text from another one with the same words.")
        known |= {found.message}
    return None


def _is_anothers(text: Claimed, message: str) -> bool:
    """Is this the provider's id of another text of ours, with the same words to the same number?"""
    others = models.Message.objects.filter(connection_id=text.connection, provider_message=message)
    return others.exclude(id=text.id).exists()
