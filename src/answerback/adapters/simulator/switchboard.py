"""Delivers the pretend provider's webhooks: once by hand (`pump`), or for ever in a thread (`Switchboard`).

Any number may run over the same world, in any number of processes: each webhook is claimed by one of them. Never
here: what is in a webhook, or what our side makes of it.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime

import httpx

from answerback.adapters.simulator.webhooks import Webhook
from answerback.adapters.simulator.world import PhoneWorld, open_world

TIMEOUT_SECONDS = 10.0
LOOK_EVERY_SECONDS = 0.2

Post = Callable[[Webhook], int]
"""Posts one webhook and says the HTTP status of the answer, 0 if there was none."""

log = logging.getLogger(__name__)


def pump(world: PhoneWorld, post: Post, now: datetime) -> int:
    """Post everything that is due, oldest first, until nothing is; returns how many our side took."""
    taken = 0
    while claimed := world.due(now):
        for webhook in claimed:
            taken += _deliver(world, post, webhook, now)
    return taken


def http_post(client: httpx.Client, *, origin: str = "") -> Post:
    """Posts over real HTTP: to the webhook's own address, or to the same path at `origin` (the signature still holds
    for the public address, as behind a proxy)."""

    def post(webhook: Webhook) -> int:
        address = httpx.URL(webhook.url)
        if origin:
            at = httpx.URL(origin)
            address = address.copy_with(scheme=at.scheme, host=at.host, port=at.port)
        try:
            return client.post(address, content=webhook.body, headers=dict(webhook.headers)).status_code
        except httpx.HTTPError as error:
            log.info("simulator.no_answer", extra={"webhook": webhook.id, "error": type(error).__name__})
            return 0

    return post


class Switchboard:
    """Pumps one world in a thread of its own until stopped.

    `where` names the world as the connection's setting does; `clock` says what time it is; `origin`, where given, is
    the address our own web server listens at.
    """

    def __init__(self, where: str, clock: Callable[[], datetime], *, origin: str = "") -> None:
        self._where = where
        self._clock = clock
        self._origin = origin
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="switchboard", daemon=True)

    def start(self) -> None:
        """Begin to deliver."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the webhook in hand, then end."""
        self._stopping.set()
        self._thread.join(TIMEOUT_SECONDS)

    def _run(self) -> None:
        with httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False, trust_env=False) as client:
            post = http_post(client, origin=self._origin)
            while not self._stopping.wait(LOOK_EVERY_SECONDS):
                self._look(post)

    def _look(self, post: Post) -> None:
        """One round; a world that cannot be read now (disk full, locked) is looked at again in the next."""
        try:
            world = open_world(self._where)
            while not self._stopping.is_set() and (claimed := world.due(self._clock())):
                for webhook in claimed:
                    _deliver(world, post, webhook, self._clock())
        except sqlite3.Error as error:
            log.warning("simulator.world_unreadable", extra={"error": str(error)})


def _deliver(world: PhoneWorld, post: Post, webhook: Webhook, now: datetime) -> bool:
    status = post(webhook)
    if 200 <= status < 300:
        world.delivered(webhook.id, status)
        return True
    world.failed(webhook.id, now, status)
    log.info("simulator.webhook_failed", extra={"webhook": webhook.id, "status": status, "attempt": webhook.attempt})
    return False
