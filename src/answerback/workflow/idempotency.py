"""Remembers what a program was answered to a request with an idempotency key, so that nothing is done twice.

The key is taken before anything is done, in a transaction of its own, and the answer is kept with it afterwards. When
the answer was lost in between (a crash), nobody can say whether the request was done: it is never done again under the
same key. Never here: doing it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction

KEPT = timedelta(days=2)
LONGEST_KEY = 200

Found = Literal["new", "again", "other", "running", "lost"]
"""`again`: it was answered before. `other`: the key belongs to another request. `running`: it is being done.
`lost`: it was begun, and its answer never came.
"""

LOST_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What is known of a key; `status` and `body` are the answer where there was one."""

    found: Found
    status: int = 0
    body: str = ""


def take(token: int, key: str, request: bytes) -> Taken:
    """Take this key for this request, or say what became of it before."""
    return transaction.run(lambda cursor: _take(cursor, token, key, hashlib.sha256(request).digest(), clock.now()))


def keep(token: int, key: str, status: int, body: str) -> None:
    """Keep the answer that was given."""
    transaction.run(
        lambda cursor: cursor.execute(
            "UPDATE api_answer SET status = %s, body = %s WHERE token_id = %s AND key = %s", [status, body, token, key]
        )
    )


def give_back(token: int, key: str) -> None:
    """Forget the key: nothing was done under it."""
    transaction.run(
        lambda cursor: cursor.execute(
            "DELETE FROM api_answer WHERE token_id = %s AND key = %s AND status IS NULL", [token, key]
        )
    )


def forget(cursor: Cursor, now: datetime) -> None:
    """Forget the answers nobody will ask for again."""
    cursor.execute("DELETE FROM api_answer WHERE at < %s", [now - KEPT])


def _take(cursor: Cursor, token: int, key: str, asked: bytes, now: datetime) -> Taken:
    cursor.execute(
        """
        INSERT INTO api_answer (token_id, key, asked, at, body) VALUES (%s, %s, %s, %s, '')
        ON CONFLICT (token_id, key) DO NOTHING
        """,
        [token, key, asked, now],
    )
    if cursor.rowcount == 1:
        return Taken(found="new")
    cursor.execute("SELECT asked, status, body, at FROM api_answer WHERE token_id = %s AND key = %s", [token, key])
    row = cursor.fetchone()
    if row is None:
        return Taken(found="running")
    before, status, body, at = row
    if bytes(before) != asked:
        return Taken(found="other")
    if status is None:
        return Taken(found="lost" if now - at > LOST_AFTER else "running")
    return Taken(found="again", status=status, body=body)
