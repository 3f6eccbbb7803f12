"""Every measured lead of a span, one row each, for files that recompute to the figures of the reports.

No names, numbers or words of customers: the number of the lead says which one it is.
"""

from collections.abc import Iterator
from typing import Any, Literal

from django.db import connection

from answerback.store.queries.reports import Span

FIELDS: dict[str, Literal["bool", "int", "text", "date", "moment"]] = {
    "lead_id": "int", "conversation": "int", "business": "text", "began_at": "moment", "day": "date",
    "hour_of_week": "int", "line": "text", "source": "text", "location": "text", "service": "text", "reason": "text",
    "language": "text", "member": "text", "excluded": "text", "calls": "int", "texted": "bool",
    "response_seconds": "int", "replied": "bool", "qualified": "bool", "qualified_by_label": "bool", "booked": "bool",
    "booked_by_label": "bool", "stands": "bool", "attended": "bool", "callbacks_owed": "int", "callbacks_made": "int",
    "sold": "bool", "sold_by_label": "bool", "relabelled": "bool", "lost_reason": "text", "recovered_cents": "int",
    "not_ours_cents": "int", "taken_back_cents": "int", "currency": "text", "definitions": "int",
}  # fmt: skip
"""The columns with their types, in the order of `_SELECT`."""

BATCH = 2_000


def measured_leads(span: Span) -> Iterator[tuple[Any, ...]]:
    """The leads in the order they began, those that count nowhere too."""
    values: dict[str, Any] = {"businesses": list(span.businesses), "since": span.since, "until": span.until}
    with connection.cursor() as cursor:
        cursor.execute(_SELECT, values)
        while rows := cursor.fetchmany(BATCH):
            yield from rows


_SELECT = """
SELECT m.lead_id, l.conversation_id, b.name, m.began_at, m.day, m.hour, n.number, n.source, COALESCE(o.name, ''),
       m.service, m.reason, m.language, COALESCE(w.name, ''), m.excluded, m.calls, m.texted, m.response_seconds,
       m.replied, m.qualified, m.qualified_by_label, m.booked, m.booked_by_label, m.stands, m.attended,
       m.callbacks_owed, m.callbacks_made, m.sold, m.sold_by_label, m.relabelled, m.lost_reason, m.recovered,
       m.not_ours, m.taken_back, b.currency, m.version
FROM lead_measure m JOIN lead l ON l.id = m.lead_id JOIN business b ON b.id = m.business_id
JOIN line n ON n.id = m.line_id LEFT JOIN location o ON o.id = n.location_id LEFT JOIN member w ON w.id = m.member_id
WHERE m.business_id = ANY(%(businesses)s) AND m.day BETWEEN %(since)s AND %(until)s
ORDER BY m.began_at, m.lead_id
"""
