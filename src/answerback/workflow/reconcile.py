"""Finds out what became of texts whose hand-over was never written down: a crash, a lost answer.

The provider is asked. It has the text: written as sent. It says no twice, some seconds apart: the text goes back to the queue.
It cannot say: the text is `unclear` and a person looks at it. It is never sent again blindly.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from answerback.ports.errors import PortError, Unavailable
from answerback.ports.registry import phone
from answerback.store import models
from answerback.store.queries import outbox
from answerback.store.queries.outbox import Claimed, Handed
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, delivery, transaction
from answerback.workflow.directory import account

log = logging.getLogger("answerback.reconcile")

LEASE = timedelta(seconds=30)
"""No hand-over takes this long (adapters give up after 20 s), so after it nobody is still holding the text."""

SLACK = timedelta(seconds=15)
"""How far a provider's clock may be from ours when we ask for texts since an attempt."""


def run() -> int:
    """Settle what can be settled now; returns how many texts were asked about."""
    lost = transaction.run(lambda cursor: _take(cursor, clock.now()))
    settled = [outcome for text in lost if (outcome := _settle(text)) is not None]
    delivery.write(settled)
    return len(lost)


def _take(cursor: Cursor, now: datetime) -> Sequence[Claimed]:
    lost = outbox.sending_since(cursor, now - LEASE)
    outbox.asked_about(cursor, [text.id for text in lost], now)
    return lost


def _settle(text: Claimed) -> Handed | None:
    """What became of this text; None when it must be asked once more."""
    asked_before = text.taken_back == "asked"
    try:
        found = _find(text)
    except Unavailable as problem:
        log.warning("reconcile.unavailable message=%s detail=%s", text.id, problem.detail)
        return None
    except PortError as problem:
        return _handed(text, "unclear", detail=problem.detail)
    if found is not None:
        return _handed(text, "sent", message=found)
    if not asked_before:
        return None
    if text.stale_at <= clock.now():
        return _handed(text, "refused", failure="too_late", detail="It never left, and is too old to send now.")
    return _handed(text, "queued", due_at=clock.now())


def _find(text: Claimed) -> str | None:
    ours = account(text.connection)
    if ours is None:
        return None
    found = phone(ours.connection.provider).find(ours.connection, delivery.outgoing(text), text.claimed_at - SLACK)
    if found is None or _is_anothers(text, found.message):
        return None
    return found.message


def _is_anothers(text: Claimed, message: str) -> bool:
    """Is what the provider found an earlier text of ours with the same words?"""
    others = models.Message.objects.filter(connection_id=text.connection, provider_message=message)
    return others.exclude(id=text.id).exists()


def _handed(
    text: Claimed,
    status: str,
    *,
    message: str | None = None,
    failure: str = "",
    detail: str = "",
    due_at: datetime | None = None,
) -> Handed:
    return Handed(
        id=text.id,
        attempt=text.attempt,
        status=status,
        at=clock.now(),
        connection=text.connection,
        message=message,
        failure=failure,
        detail=detail[:300],
        due_at=due_at,
    )
