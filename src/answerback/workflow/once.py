"""Acts that may arrive twice are done once: queued offline and sent again, or a button pressed twice.

The key is made by the browser, one per act, and is the person's own: nobody can take up another's.
"""

import time
from collections.abc import Callable
from datetime import timedelta

from answerback.store import models
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction

KEPT = timedelta(days=14)
"""Longer than any phone waits for a network with the console open."""

UNFINISHED = timedelta(minutes=2)
"""An act that was begun and left nothing behind is taken for lost after this; then the next one may try."""


LOOKS_EVERY = 0.05
"""Seconds between two looks whether the act of another request is done."""


class BeingDone(Exception):
    """The same act is being done right now by another request."""


def done(
    user: int, key: str, act: Callable[[], tuple[str, bool]], *, patience: timedelta = timedelta()
) -> tuple[str, bool]:
    """Do `act` unless this person's act of this key was done before; returns where it led and whether it is new.

    `act` returns where it led and whether it came to something; one that did not may be tried again. While another
    request does it that one is waited for as long as `patience`; then raises `BeingDone`.
    """
    until = time.monotonic() + patience.total_seconds()
    while not transaction.run(lambda cursor: _begin(cursor, user, key)):
        before = models.ActOnce.objects.filter(user=user, key=key).values_list("led_to", flat=True).first()
        if before:
            return before, False
        if time.monotonic() >= until:
            raise BeingDone
        time.sleep(LOOKS_EVERY)
    kept = False
    try:
        led_to, kept = act()
    finally:
        if not kept:
            models.ActOnce.objects.filter(user=user, key=key).delete()
    if kept:
        models.ActOnce.objects.filter(user=user, key=key).update(led_to=led_to[:500] or "/")
    return led_to, True


def _begin(cursor: Cursor, user: int, key: str) -> bool:
    now = clock.now()
    cursor.execute(
        """
        INSERT INTO act_once (user_id, key, at, led_to) VALUES (%(user)s, %(key)s, %(now)s, '')
        ON CONFLICT (user_id, key) DO UPDATE SET at = EXCLUDED.at
        WHERE act_once.led_to = '' AND act_once.at < %(lost)s
        """,
        {"user": user, "key": key, "now": now, "lost": now - UNFINISHED},
    )
    begun = cursor.rowcount == 1
    if begun:
        cursor.execute("DELETE FROM act_once WHERE user_id = %s AND at < %s", [user, now - KEPT])
    return begun
