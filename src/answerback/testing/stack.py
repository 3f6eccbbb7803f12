"""The product inside one thread: web process, worker and telephone network take turns on a virtual clock.

Every step is the product's own function, called as its processes call it; nothing is decided or sent here. Needs Django
set up (`testing.databases.ready`).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import psycopg
from django.apps import apps
from django.db import connection
from django.test import Client

from answerback.adapters.simulator import PhoneWorld
from answerback.adapters.simulator.webhooks import Webhook
from answerback.store.queries import agencies, outbox, outside
from answerback.store.queries.outbox import Claimed, Handed
from answerback.testing.crashes import Crashed, Crashes
from answerback.workflow import (
    alerts,
    clock,
    delivery,
    directory,
    look_ups,
    pages,
    reconcile,
    reminders,
    ringing,
    tasks,
    transaction,
    turn,
)

HOST = "localhost"
MOST_ROUNDS = 1_000
SHORTEST_STEP = timedelta(milliseconds=20)
REMEMBERED_WEBHOOKS = 400

Dues = tuple[datetime | None, ...]


class VirtualClock:
    """The time of a World; it stands still until it is moved, and never goes back."""

    def __init__(self, start: datetime) -> None:
        self.moment = start

    def __call__(self) -> datetime:
        """The moment."""
        return self.moment

    def move_to(self, moment: datetime) -> None:
        """Let it be this moment; one that has passed already changes nothing."""
        self.moment = max(self.moment, moment)


class Stack:
    """Does what is due. `watch` is asked before each hand-over, `posted` are the last webhooks."""

    def __init__(self, phones: PhoneWorld, crashes: Crashes) -> None:
        self.slowness = timedelta(0)
        self.watch: Callable[[Claimed], None] | None = None
        self.posted: list[Webhook] = []
        self.answer = b""
        self.client = Client(SERVER_NAME=HOST)
        self._phones = phones
        self._crashes = crashes
        self._in_hand: list[tuple[datetime, Handed]] = []
        self._dues: Dues = (None,) * 6

    def settle(self) -> datetime | None:
        """Do everything that is due at this moment; returns the next moment at which something happens by itself.

        A process that dies on the way is followed by a new one.
        """
        for _ in range(MOST_ROUNDS):
            try:
                if not self._round():
                    return self._next_due()
            except Crashed:
                self.restart()
        raise RuntimeError("The product does not come to rest: something is due again and again at the same moment.")

    def restart(self) -> None:
        """A new process: what was only in memory is gone."""
        self._in_hand.clear()
        forget()
        connection.close()

    def post(self, webhook: Webhook) -> int:
        """Hand one webhook to our side over HTTP; 0 when it died before it could answer."""
        self.posted = [*self.posted[-REMEMBERED_WEBHOOKS:], webhook]
        path = urlsplit(webhook.url).path
        headers = {name: value for name, value in webhook.headers.items() if name != "content-type"}
        try:
            answer = self._crashes.step(
                "intake",
                self.client.post,
                path,
                data=webhook.body,
                content_type="application/json",
                headers=headers,
            )
        except Crashed:
            self.restart()
            return 0
        self.answer = answer.content
        return answer.status_code

    def hand_over(self, texts: list[Claimed]) -> list[Handed]:
        """Hand claimed texts to the provider, one after the other."""
        return [self._crashes.step("hand-over", self._hand_over, text) for text in texts]

    def write(self, handed: list[Handed]) -> None:
        """Write down what became of texts that were handed over."""
        if handed:
            self._crashes.step("write", delivery.write, handed)

    def _round(self) -> bool:
        """One look at everything; whether anything was done."""
        did = self._network() | self._write_back()
        now = clock.now()
        wake_at, text_at, lost_at, page_at, look_up_at, calendar_at = self._dues = self._look()
        if wake_at is not None and wake_at <= now:
            did |= self._crashes.step("turn", turn.run) > 0
        if page_at is not None and page_at <= now:
            did |= sum(self._crashes.step("page", work) for work in _STAFF) > 0
        if text_at is not None and text_at <= now:
            did |= self._deliver()
        if calendar_at is not None and calendar_at <= now:
            did |= _bring_calendars_up_to_date()
        if lost_at is not None and lost_at <= now:
            did |= self._crashes.step("reconcile", reconcile.run) > 0
        if look_up_at is not None and look_up_at <= now:
            did |= look_ups.run() > 0
        return did

    def _next_due(self) -> datetime | None:
        """The soonest of what the last look saw, what is in hand, and what the provider will report."""
        in_hand = min((moment for moment, _ in self._in_hand), default=None)
        dues = [due for due in (*self._dues, in_hand, self._phones.next_due()) if due is not None]
        return max(min(dues), clock.now() + SHORTEST_STEP) if dues else None

    def _network(self) -> bool:
        """The provider posts what it has to report."""
        claimed = self._phones.due(clock.now())
        for webhook in claimed:
            status = self.post(webhook)
            if 200 <= status < 300:
                self._phones.delivered(webhook.id, status)
                self._phones.answered(webhook, self.answer, clock.now())
            else:
                self._phones.failed(webhook.id, clock.now(), status)
        return bool(claimed)

    def _deliver(self) -> bool:
        claimed = self._crashes.step("claim", delivery.claim)
        handed = self.hand_over(claimed)
        if self.slowness:
            self._in_hand += [(clock.now() + self.slowness, each) for each in handed]
        else:
            self.write(handed)
        return bool(claimed)

    def _write_back(self) -> bool:
        """Write down what a slow provider has answered by now."""
        back = [each for moment, each in self._in_hand if moment <= clock.now()]
        if back:
            self._in_hand = [pair for pair in self._in_hand if pair[0] > clock.now()]
            self.write(back)
        return bool(back)

    def _hand_over(self, text: Claimed) -> Handed:
        if self.watch is not None:
            self.watch(text)
        return delivery.hand_over(text)

    def _look(self) -> Dues:
        """When the next conversation, the next text and the next lost text are due."""
        connection.ensure_connection()
        with psycopg.Cursor(connection.connection) as cursor:
            text_at = outbox.next_due(cursor, clock.now())
            found = cursor.execute(_WAKE_AND_LOST).fetchone() or (None,) * 5
        wake_at, lost, page_at, look_up_at, calendar_at = found
        lost_at = None if lost is None else lost + reconcile.LEASE + SHORTEST_STEP
        return wake_at, text_at, lost_at, page_at, look_up_at, calendar_at


def _bring_calendars_up_to_date() -> bool:
    """What a worker's tasks do for outside calendars, one after the other."""
    due = transaction.run(lambda cursor: outside.due(cursor, clock.now()))
    for calendar in due:
        tasks.calendar(calendar)
    return bool(due)


def empty() -> None:
    """Empty the tables of the product and of what it stands on; count from 1 again, as after the first migration."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM event LIMIT %s) AS few", [FEW_EVENTS + 1])
        cursor.execute(_deletes() if cursor.fetchone()[0] <= FEW_EVENTS else _truncate())
    forget()


def forget() -> None:
    """What this process remembers of rows: ids are given again, and what has them then is something else."""
    directory.forget()
    agencies.forget()


FEW_EVENTS = 5_000
"""Up to so many, deleting rows (10 ms) is quicker than TRUNCATE, which makes a hundred files anew (100 ms)."""


KEPT = ("contenttypes", "auth")
"""Apps whose rows are written by the migrations and say what there is, never what happened."""


def _tables(*, counted: bool = False) -> list[str]:
    """Every table whose rows happen, those that point before those pointed at; with `counted` those with numbers."""
    apart = [app for app in apps.get_app_configs() if app.label not in KEPT]
    models = (model for app in apart for model in app.get_models(include_auto_created=True))
    found = [model._meta for model in models]  # noqa: SLF001  Django's own name
    return [connection.ops.quote_name(meta.db_table) for meta in reversed(found) if meta.auto_field or not counted]


def _deletes() -> str:
    deletes = [f"DELETE FROM {table};" for table in _tables()]  # noqa: S608  our own tables
    counts = [f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 1, false);" for table in _tables(counted=True)]
    return "".join(["BEGIN;", *deletes, *counts, "COMMIT;"])


def _truncate() -> str:
    return f"TRUNCATE {', '.join(_tables())} RESTART IDENTITY CASCADE"


_STAFF = (pages.run, reminders.run, ringing.run, alerts.run)
"""What wakes, reminds, rings and alerts people of the business."""

_WAKE_AND_LOST = """
SELECT (SELECT min(wake_at) FROM conversation WHERE wake_at IS NOT NULL),
       (SELECT min(GREATEST(claimed_at, COALESCE(asked_at, claimed_at))) FROM message WHERE status = 'sending'),
       LEAST((SELECT min(next_at) FROM page WHERE taken_at IS NULL),
             (SELECT min(at) FROM wake WHERE state = 'queued' AND by = 'list'),
             (SELECT min(next_at) FROM todo WHERE closed_at IS NULL),
             (SELECT min(due_at) FROM alert WHERE status = 'waiting'),
             (SELECT min(q.at) FROM our_call q WHERE q.status = 'queued' AND NOT EXISTS (
                 SELECT 1 FROM our_call b WHERE b.member_id = q.member_id AND b.status IN ('placing', 'ringing')))),
       (SELECT min(asked_at) FROM look_up WHERE settled_at IS NULL),
       LEAST((SELECT min(due_at) FROM calendar_entry),
             (SELECT min(read_due_at) FROM outside_calendar WHERE NOT sign_in_needed))
"""
