"""Reads what a business has as tables with the columns that an import takes, some rows at a time."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

STEP = 2000

KINDS = {
    "contacts": (
        ("Name", "Phone number", "E-mail"),
        (
            "SELECT k.id, n.name, k.number, n.email FROM (SELECT * FROM contact k WHERE k.business_id = %s"
            " AND k.number LIKE '+%%' AND k.id > %s ORDER BY k.id LIMIT %s) k CROSS JOIN LATERAL ("
            "SELECT 0 AS at, k.name, k.email UNION ALL SELECT p.id, p.name, '' FROM contact_person p"
            " WHERE p.contact_id = k.id) n ORDER BY k.id, n.at"  # who shares a phone stands in a row of their own
        ),
    ),
    "leads": (
        ("Name", "Phone number", "E-mail", "Service", "Status", "Since"),
        (
            "SELECT l.id, k.name, k.number, k.email, l.service, l.status, l.created_at FROM lead l"
            " JOIN contact k ON k.id = l.contact_id WHERE l.business_id = %s AND k.number LIKE '+%%' AND l.id > %s"
            " ORDER BY l.id LIMIT %s"
        ),
    ),
    "stops": (
        ("Phone number", "Since", "How we know"),
        (
            "SELECT id, number, at, evidence FROM suppression WHERE business_id = %s AND lifted_at IS NULL"
            " AND number LIKE '+%%' AND id > %s ORDER BY id LIMIT %s"
        ),
    ),
    "appointments": (
        ("Name", "Phone number", "Begins", "Ends", "Who does it", "Service", "Address"),
        (
            "SELECT a.id, a.name, k.number, lower(a.during), upper(a.during), m.name, a.service, a.address"
            " FROM appointment a JOIN contact k ON k.id = a.contact_id JOIN member m ON m.id = a.member_id"
            " WHERE a.business_id = %s AND a.status IN ('booked', 'done') AND a.id > %s ORDER BY a.id LIMIT %s"
        ),
    ),
    "revenue": (
        ("Phone number", "Amount", "Date", "Job number", "Evidence"),
        (
            "SELECT r.id, k.number, (r.cents / 100.0)::numeric(14, 2), r.at, r.job, r.evidence FROM revenue_entry r"
            " JOIN lead l ON l.id = r.lead_id JOIN contact k ON k.id = l.contact_id"
            " WHERE r.business_id = %s AND r.id > %s ORDER BY r.id LIMIT %s"
        ),
    ),
}


def read(business: int, kind: str, zone: ZoneInfo) -> tuple[tuple[str, ...], Iterator[tuple[object, ...]]]:
    """The heads and the rows; times are in the business's own zone."""
    heads, query = KINDS[kind]
    return heads, _rows(query, business, zone)


def _rows(query: str, business: int, zone: ZoneInfo) -> Iterator[tuple[object, ...]]:
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [business, last, STEP])
            found = cursor.fetchall()
        for id, *cells in found:
            last = id
            yield tuple(_cell(cell, zone) for cell in cells)
        if len(found) < STEP:
            return


def _cell(cell: object, zone: ZoneInfo) -> object:
    return cell.astimezone(zone).isoformat(" ", "seconds") if isinstance(cell, datetime) else cell
