"""Tells programs what happened: claims notices that are due, hands each over, writes down what came of it.

By Standard Webhooks: signed, tried again for three days on the specification's schedule, in order for each
conversation. At least once: a notice keeps its name at every try, so that a program can tell a second copy. The network
is never inside a transaction.
"""

import logging
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from answerback.ports import registry
from answerback.ports.program import Answered, Post
from answerback.store import codec
from answerback.store.queries import notices
from answerback.store.queries.access import NotYours
from answerback.store.queries.notices import Claimed
from answerback.store.secrets import WrongSecret, unseal
from answerback.workflow import clock, targets, transaction
from answerback.workflow.kinds import TEST, shape_of

log = logging.getLogger("answerback.notices")

PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Before the second try, the third, ...: the example schedule of the specification, 75 and a half hours in all."""

JITTER = 0.1

SPARED = {429: timedelta(minutes=1), 502: timedelta(seconds=30), 503: timedelta(seconds=30), 504: timedelta(seconds=30)}
"""Answers that ask for fewer requests: the whole target is left alone for this long, or as long as it asks."""

GIVEN_UP_AFTER = timedelta(days=3)
"""A target that has taken nothing for this long, through all tries of a notice, is switched off."""


def run(limit: int = 50) -> int:
    """Hand over what is due, one after the other; returns how many."""
    taken = claim(limit)
    for notice in taken:
        tell(notice)
    return len(taken)


def claim(limit: int) -> Sequence[Claimed]:
    """Take notices that are due; each must be handed to `tell`."""
    return transaction.run(lambda cursor: notices.claim(cursor, limit, clock.now()))


def tell(notice: Claimed) -> bool:
    """Hand one over and write down what came of it; True when it arrived."""
    try:
        body = notice.body or _write_body(notice)
        answered = _post(notice, body)
    except NotYours:
        answered = Answered(status=410, says="What it was about is no longer there.")
        _write(notice, answered, gone=True)
        return False
    except WrongSecret as wrong:
        answered = Answered(status=0, says=str(wrong))
    _write(notice, answered)
    return answered.arrived


def next_due() -> datetime | None:
    """When the next notice is due."""
    return transaction.run(notices.next_due)


def _post(notice: Claimed, body: str) -> Answered:
    now = clock.now()
    secrets = targets.secrets_of(unseal(notice.sealed), notice.old_until, now)
    post = Post(url=notice.url, key=f"msg_{notice.key.hex}", body=body, secrets=secrets, at=now)
    return registry.programs("webhook").post(post)


def _write_body(notice: Claimed) -> str:
    """What it says, written once: every try carries the same."""
    body = codec.encode(_said(notice))
    transaction.run(lambda cursor: notices.write_body(cursor, notice.id, body))
    return body


def _said(notice: Claimed) -> dict[str, object]:
    said: dict[str, object] = {"type": notice.kind, "timestamp": notice.at, "business_id": notice.business}
    if notice.kind == TEST:
        return said | {"data": {"says": "This is a test. It reached you, so what happens will reach you too."}}
    assert notice.subject is not None
    said["data"] = shape_of(notice.kind).one(notice.business, notice.subject)
    if notice.was:
        said["previous"] = msgspec.Raw(notice.was.encode())
    return said


def _write(notice: Claimed, answered: Answered, *, gone: bool = False) -> None:
    now = clock.now()
    attempt = {
        "at": now,
        "status": answered.status,
        "says": answered.says,
        "milliseconds": round(answered.seconds * 1000),
    }
    if answered.arrived:
        transaction.run(lambda cursor: notices.arrived(cursor, notice, attempt, now))
        return
    again_at = None if gone else _again_at(notice, answered, now)
    wait_until = now + _wait(answered) if answered.status in SPARED else None
    transaction.run(
        lambda cursor: notices.failed(cursor, notice, attempt, now, again_at=again_at, wait_until=wait_until)
    )
    log.info("notice.failed notice=%s try=%s status=%s", notice.id, notice.tries, answered.status)
    if gone:
        return
    if answered.status == 410:
        targets.give_up(notice.target, "It answered 410 Gone: it wants to be told nothing more.")
    elif again_at is None and notice.failing_since and now - notice.failing_since >= GIVEN_UP_AFTER:
        targets.give_up(notice.target, f"It has taken nothing since {notice.failing_since:%Y-%m-%d %H:%M} UTC.")


def _again_at(notice: Claimed, answered: Answered, now: datetime) -> datetime | None:
    if notice.tries > len(PAUSES) or answered.status == 410:
        return None
    pause = PAUSES[notice.tries - 1] * (1 + random.uniform(0, JITTER))
    return now + max(pause, timedelta(seconds=answered.retry_after or 0))


def _wait(answered: Answered) -> timedelta:
    asked = answered.retry_after
    return SPARED[answered.status] if asked is None else timedelta(seconds=asked)
