"""Keeps an adapter under its provider's limit of requests: who would go over it is told how long to wait.

It never sleeps: the row that waits is tried again when it is due. Each process counts for itself; what several of them
together do too much is caught by the provider's own 429.
"""

from collections import deque
from threading import Lock
from time import monotonic

from answerback.ports.crm import Limit
from answerback.ports.errors import Unavailable

SHARE = 0.9
"""How much of the limit is ours: the owner's other programs use the same one."""


class Pace:
    """The requests of the last seconds, by account."""

    def __init__(self, provider: str, limit: Limit) -> None:
        self._provider = provider
        self._most = max(1, int(limit.requests * SHARE))
        self._seconds = limit.seconds
        self._lately: dict[str, deque[float]] = {}
        self._lock = Lock()

    def take(self, account: str) -> None:
        """Count one request of this account; raises `Unavailable` with the seconds to wait where it would be one too
        many.
        """
        now = monotonic()
        with self._lock:
            lately = self._lately.setdefault(account, deque())
            while lately and now - lately[0] >= self._seconds:
                lately.popleft()
            if len(lately) >= self._most:
                wait = self._seconds - (now - lately[0])
                raise Unavailable(f"Keeping under {self._provider}'s limit of requests.", retry_after=wait)
            lately.append(now)
