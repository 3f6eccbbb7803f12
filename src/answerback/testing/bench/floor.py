"""The floor: the same minimal rows per call written straight to the same PostgreSQL, without a product around them.

Per call a contact, a conversation, an event, a lead and a text, committed; then the text marked as sent, committed.
What the product reaches is worth comparing with this and with nothing else on another day.
"""

import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg

WRITE = """
WITH i AS (SELECT * FROM unnest(%(numbers)s::text[]) AS t (number)),
k AS (INSERT INTO contact (business_id, number, name, created_at)
      SELECT %(business)s, number, '', %(now)s FROM i RETURNING id, number),
c AS (INSERT INTO conversation (business_id, contact_id, line_id, playbook_id, phase, epoch, opened_at, last_at, stuck)
      SELECT %(business)s, id, %(line)s, %(playbook)s, 'greeting', 0, %(now)s, %(now)s, 0 FROM k RETURNING id,
          contact_id),
e AS (INSERT INTO event (business_id, connection_id, provider_key, conversation_id, kind, at, due_at, body)
      SELECT %(business)s, %(connection)s, 'floor:' || c.id, c.id, 'CallEnded', %(now)s, %(now)s, '{}' FROM c),
l AS (INSERT INTO lead (business_id, contact_id, conversation_id, line_id, status, service, urgency, missed_reason,
    priority,
                        answers, next_step, created_at, updated_at)
      SELECT %(business)s, contact_id, id, %(line)s, 'new', '', 'unknown', '', 0, '{}', '', %(now)s, %(now)s FROM c)
INSERT INTO message (business_id, conversation_id, contact_id, line_id, author, "to", key, purpose, text_class, body,
    status,
                     epoch, priority, attempt, failure, detail, created_at)
SELECT %(business)s, c.id, c.contact_id, %(line)s, 'machine', k.number, 'floor', 'floor', '', 'text', 'sending', 0,
    0, 0, '', '',
       %(now)s FROM c JOIN k ON k.id = c.contact_id RETURNING id
"""
MARK = "UPDATE message SET status = 'sent', sent_at = %s WHERE id = ANY(%s)"


def calls_per_second(url: str, shop: dict[str, int], count: int, *, batch: int, connections: int) -> float:
    """How many calls' rows a second PostgreSQL takes, `batch` calls a commit over `connections` connections."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_run, (url, shop, count, batch, connections))


def _run(url: str, shop: dict[str, int], count: int, batch: int, connections: int) -> float:
    numbers = [f"+1737{2_000_000 + each}" for each in range(count)]
    shares: list[Sequence[str]] = [numbers[each::connections] for each in range(connections)]
    began = time.monotonic()
    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(lambda share: _write(url, shop, share, batch), shares))
    return count / (time.monotonic() - began)


def _write(url: str, shop: dict[str, int], numbers: Sequence[str], batch: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with psycopg.connect(url, prepare_threshold=1, autocommit=True) as connection:
        for start in range(0, len(numbers), batch):
            rows = connection.execute(WRITE, {**shop, "numbers": list(numbers[start : start + batch]), "now": now})
            ids = [row[0] for row in rows.fetchall()]
            connection.execute(MARK, [now, ids])
