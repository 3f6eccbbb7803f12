"""Counts tries of what can be guessed or hammered, over all processes, and says when somebody must wait.

Who tries is kept as a keyed digest only: no e-mail address and no network address can be read from the table.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from django.conf import settings

from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction

KEPT = timedelta(days=1)


def spend(kind: str, who: str, *, limit: int, window: timedelta) -> bool:
    """Count one try of `who`; False when there were more than `limit` in this window and it must not be acted on."""
    return transaction.run(lambda cursor: _spend(cursor, kind, who, window)) <= limit


def forgive(kind: str, who: str) -> None:
    """Forget the tries of `who`: the last one was right."""
    transaction.run(
        lambda cursor: cursor.execute("DELETE FROM attempt WHERE kind = %s AND who = %s", [kind, _digest(kind, who)])
    )


def _spend(cursor: Cursor, kind: str, who: str, window: timedelta) -> int:
    now = clock.now()
    cursor.execute(
        """
        INSERT INTO attempt (kind, who, since, count) VALUES (%s, %s, %s, 1)
        ON CONFLICT (kind, who, since) DO UPDATE SET count = attempt.count + 1 RETURNING count
        """,
        [kind, _digest(kind, who), _window_start(now, window)],
    )
    ((count,),) = cursor.fetchall()
    if count == 1:
        cursor.execute("DELETE FROM attempt WHERE since < %s", [now - KEPT])
    return int(count)


def _window_start(now: datetime, window: timedelta) -> datetime:
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    return begin + (now - begin) // window * window


def _digest(kind: str, who: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{kind}\0{who}".encode(), hashlib.sha256).hexdigest()
