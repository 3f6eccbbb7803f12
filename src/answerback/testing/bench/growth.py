"""Does it stay flat? The same small storm with a thousand to a million leads already there."""

from django.db import connection

from answerback.store import models
from answerback.store.queries import measures, rollup
from answerback.store.queries.rows import Cursor
from answerback.testing.bench.product import Product
from answerback.testing.bench.seed import MEASURED
from answerback.workflow import clock, measuring, transaction


def fill(product: Product, leads: int) -> None:
    """Bring the business to this many closed leads, each with a contact, a conversation, events, texts and a reason.

    They called over the years, a thousand a day, none of them today. What the product and PostgreSQL do after so many
    rows at once, measuring every lead and tidying up, is done here, so that it is not counted as what a call costs.
    """
    have = models.Lead.objects.filter(business_id=product.business).count()
    if leads <= have:
        return
    line = models.Line.objects.get(business_id=product.business)
    playbook = models.Business.objects.get(id=product.business).playbook_id
    measuring.refresh(product.business)  # from here on the worker looks at what happens now, not at what is filled in
    with connection.cursor() as cursor:
        for start in range(have, leads, 100_000):
            end = min(start + 100_000, leads)
            cursor.execute(
                _FILL,
                {
                    "b": product.business,
                    "l": line.id,
                    "p": playbook,
                    "now": clock.now(),
                    "start": start,
                    "end": end - 1,
                },
            )
    transaction.run(lambda cursor: _measure(cursor, product.business))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


def _measure(cursor: Cursor, business: int) -> None:
    """Give the leads that were filled in their measures, and add their days up by the product's own statement."""
    measures.lock(cursor, business)
    cursor.execute(_MEASURES, {"b": business})
    cursor.execute("SELECT DISTINCT business_id, day FROM lead_measure WHERE business_id = %s", [business])
    rollup.make(cursor, [(row[0], row[1]) for row in cursor.fetchall()])
    measures.move_on(cursor, business, clock.now())


_FILL = """
WITH k AS (
    INSERT INTO contact (business_id, number, name, created_at)
    SELECT %(b)s, '+1915' || lpad(i::text, 7, '0'), '', %(now)s - (i + 1000) * interval '1 day' / 1000
    FROM generate_series(%(start)s, %(end)s) i RETURNING id, created_at AS at),
c AS (
    INSERT INTO conversation (business_id, contact_id, line_id, playbook_id, phase, epoch, opened_at, last_at,
        ended_at, stuck)
    SELECT %(b)s, id, %(l)s, %(p)s, 'closed', 0, at, at, at, 0 FROM k RETURNING id, contact_id, opened_at AS at),
e AS (
    INSERT INTO event (business_id, conversation_id, kind, at, due_at, handled_at, body)
    SELECT %(b)s, id, 'CallEnded', at, at, at, '{}' FROM c, generate_series(1, 2)),
d AS (
    INSERT INTO decision_receipt (business_id, conversation_id, at, rule, verdict, why, guards, would_change, text)
    SELECT %(b)s, id, at, 'first_text', 'sent', 'Missed.', '[]', '', 'first_text:1' FROM c),
m AS (
    INSERT INTO message (business_id, conversation_id, contact_id, line_id, author, "to", key, purpose, text_class,
        body, status, epoch, priority, attempt, failure, detail, created_at)
    SELECT %(b)s, id, contact_id, %(l)s, 'machine', '+19150000000', 'question:' || g, 'question', 'reply', 'text',
        'delivered', 0, 1, 1, '', '', at FROM c, generate_series(1, 2) g)
INSERT INTO lead (business_id, contact_id, conversation_id, line_id, status, service, urgency, missed_reason,
    priority, answers, next_step, next_step_at, created_at, updated_at)
SELECT %(b)s, contact_id, id, %(l)s, 'lost', '', 'unknown', 'no_answer', 0, '{}', '', at, at, at FROM c
"""

_MEASURES = f"""
WITH l AS (
    SELECT l.id, l.line_id, l.created_at, hashint8(l.id) & 1023 AS h FROM lead l JOIN contact k ON k.id = l.contact_id
    WHERE l.business_id = %(b)s AND k.number LIKE '+1915%%'
      AND NOT EXISTS (SELECT 1 FROM lead_measure m WHERE m.lead_id = l.id))
{MEASURED}
"""  # noqa: S608  constants of the benchmark
