"""How fast the pure core is by itself, and how the size of a turn's batch matters."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db import connection

from answerback.engine.decide import decide
from answerback.engine.decision import Case
from answerback.engine.events import CallEnded
from answerback.engine.playbook import Playbook
from answerback.engine.reading import Asked
from answerback.engine.rules import Business, Hours, Rules, vocabulary
from answerback.engine.state import Contact, State
from answerback.store import codec, models
from answerback.store.playbook_file import pack
from answerback.testing.bench.product import Product
from answerback.understanding import read
from answerback.workflow import clock, turn

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/Chicago")


def decisions_per_second(count: int = 5_000) -> float:
    """Decisions a second for the commonest event: a missed call of a new caller."""
    rules = _rules()
    case = Case(key="1", state=State(), contact=Contact(number="+15125550131"))
    event = CallEnded(at=NOW, call="c", line="+15125550199", outcome="no_answer", rang_seconds=20)
    return _per_second(lambda: decide(rules, case, event, NOW), count)


def readings_per_second(count: int = 2_000) -> float:
    """Texts read a second."""
    words = vocabulary(pack("plumbing"))
    text = "my water heater is leaking slowly, can somebody come tomorrow after 3?"
    return _per_second(lambda: read(text, asked=Asked(), vocabulary=words, now=NOW, zone=ZONE), count)


def turns_per_second(product: Product, batch: int, count: int) -> float:
    """Turns a second, one batch after the other, with no other worker running: `count` new missed calls."""
    _wake(product, batch, count)
    began = time.monotonic()
    done = 0
    while ran := turn.run(batch):
        done += ran
    return done / (time.monotonic() - began)


def _wake(product: Product, batch: int, count: int) -> None:
    now = clock.now()
    event = CallEnded(at=now, call="c", line="+15125550199", outcome="no_answer", rang_seconds=20)
    line = models.Line.objects.get(business_id=product.business)
    playbook = models.Business.objects.get(id=product.business).playbook_id
    with connection.cursor() as cursor:
        cursor.execute(
            _SEED, [f"+1830{batch:03d}", count, product.business, now, line.id, playbook, codec.encode_event(event)]
        )


_SEED = """
WITH p AS (SELECT %s::text AS prefix, %s::int AS n, %s::bigint AS business, %s::timestamptz AS now, %s::bigint AS line,
                  %s::bigint AS playbook, %s::jsonb AS body),
k AS (INSERT INTO contact (business_id, number, name, created_at)
      SELECT business, prefix || lpad(i::text, 5, '0'), '', now FROM p, generate_series(1, n) i RETURNING id),
c AS (INSERT INTO conversation (business_id, contact_id, line_id, playbook_id, phase, epoch, wake_at, opened_at,
    last_at, stuck)
      SELECT business, k.id, line, playbook, 'quiet', 0, now, now, now, 0 FROM p, k RETURNING id)
INSERT INTO event (business_id, conversation_id, kind, at, due_at, body)
SELECT business, c.id, 'CallEnded', now, now, body FROM p, c
"""


def _rules() -> Rules:
    playbook: Playbook = pack("plumbing")
    now_hold = replace(playbook, triggers=replace(playbook.triggers, hold_seconds=0))
    hours = Hours(zone=ZONE, spans=())
    return Rules(business=Business(name="Rivera Plumbing", hours=hours, phone="+15125550100"), playbook=now_hold)


def _per_second(work: object, count: int) -> float:
    began = time.perf_counter()
    for _ in range(count):
        work()  # type: ignore[operator]
    return count / (time.perf_counter() - began)
