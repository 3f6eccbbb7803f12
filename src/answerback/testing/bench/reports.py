"""How long reports take over a year of 100,000 missed calls, and over an agency's 200 businesses:
`python -m answerback.testing.bench.reports`.

Fills a scratch database with measured leads, adds them up by the product's own statement, and asks for the pages
through Django as a signed-in owner does. The least of several runs is shown beside the median, as a busy machine
disturbs them.
"""

import sys
import time as stopwatch
from collections.abc import Callable
from datetime import timedelta
from statistics import median

from answerback.testing.databases import ready

RUNS = 9
LEADS = 100_000
BUSINESSES = 200
LEADS_EACH = 2_000
PASSWORD = "a long password"  # noqa: S105  of a database that goes away with this process


def main() -> None:
    """Fill, then print a table."""
    ready("simulation")
    from django.test import Client  # noqa: PLC0415  Django is set up by now

    from answerback.store import models  # noqa: PLC0415

    first = _open("The large one")
    _fill(first, LEADS)
    others = [_open(f"Business {number}") for number in range(1, BUSINESSES)]
    for business in others:
        _fill(business, LEADS_EACH)
    _add_up([first, *others])
    client = Client(SERVER_NAME="localhost")
    client.force_login(models.User.objects.get(email="owner@example.com"))
    sys.stdout.write("                                              least  median (ms)\n")
    for name, address in _PAGES.items():
        _show(name, lambda address=address: client.get(address).content)  # type: ignore[misc]


_PAGES = {
    "the report, a year, by source": "/reports/?days=365&by=line",
    "the report, a year, by service": "/reports/?days=365&by=service",
    "the report, a year, by member": "/reports/?days=365&by=member",
    "the report, a year, by month": "/reports/?days=365&by=month",
    "the list behind a number": "/reports/leads?days=365&count=booked",
    "the breakdown as CSV": "/reports/table.csv?days=365&by=service",
}


def _show(name: str, ask: Callable[[], object]) -> None:
    took = []
    for _ in range(RUNS):
        began = stopwatch.perf_counter()
        ask()
        took.append((stopwatch.perf_counter() - began) * 1000)
    sys.stdout.write(f"{name:44} {min(took):7.0f} {median(took):7.0f}\n")
    sys.stdout.flush()


def _open(name: str) -> int:
    from answerback.store import models  # noqa: PLC0415
    from answerback.store.playbook_file import pack_text  # noqa: PLC0415
    from answerback.workflow import setup  # noqa: PLC0415

    business = setup.open_business(
        setup.NewBusiness(name=name, zone="America/Chicago", phone="+15125550100", playbook=pack_text("plumbing"))
    )
    account = setup.connect(business.id, "simulator", "Pretend", {})
    for number, source in enumerate(("Website", "Google listing", "Trucks")):
        setup.add_line(business.id, account.id, f"+1512555010{number}", source)
    owner = models.User.objects.filter(email="owner@example.com").first()
    if owner is None:
        setup.add_member(business.id, "Owner", "owner", email="owner@example.com", password=PASSWORD)
    else:
        models.Member.objects.create(business=business, user=owner, name="Owner", role="owner")
    return int(business.id)


def _fill(business: int, leads: int) -> None:
    from django.db import connection  # noqa: PLC0415

    from answerback.testing.bench.seed import MEASURED  # noqa: PLC0415
    from answerback.workflow import clock  # noqa: PLC0415

    with connection.cursor() as cursor:
        now = clock.now()
        cursor.execute(
            _FILL + MEASURED, {"b": business, "leads": leads, "since": now - timedelta(days=365), "now": now}
        )


def _add_up(businesses: list[int]) -> None:
    from answerback.testing.bench import seed  # noqa: PLC0415

    began = stopwatch.perf_counter()
    seed.add_up(businesses)
    sys.stdout.write(f"all days added up in {stopwatch.perf_counter() - began:.1f} s\n")
    seed.settle()


_FILL = """
WITH n AS (
    SELECT i, %(since)s::timestamptz + i * (%(now)s::timestamptz - %(since)s::timestamptz) / %(leads)s AS at,
           (hashint8(i) & 1023) AS h FROM generate_series(0, %(leads)s - 1) i),
k AS (
    INSERT INTO contact (business_id, number, name, created_at)
    SELECT %(b)s, '+1915' || lpad(i::text, 7, '0'), '', at FROM n RETURNING id, number, created_at),
c AS (
    INSERT INTO conversation (business_id, contact_id, line_id, playbook_id, phase, epoch, opened_at, last_at, ended_at,
                              stuck)
    SELECT %(b)s, k.id, (SELECT id FROM line WHERE business_id = %(b)s ORDER BY id OFFSET k.id %% 3 LIMIT 1),
           (SELECT playbook_id FROM business WHERE id = %(b)s), 'closed', 0, k.created_at, k.created_at, k.created_at, 0
    FROM k RETURNING id, contact_id, line_id, opened_at),
l AS (
    INSERT INTO lead (business_id, contact_id, conversation_id, line_id, status, service, urgency, missed_reason,
                      priority, answers, next_step, created_at, updated_at)
    SELECT %(b)s, contact_id, id, line_id, 'contacted', '', 'unknown', 'no_answer', 0, '{}', '', opened_at, opened_at
    FROM c RETURNING id, line_id, created_at, (hashint8(id) & 1023) AS h)
"""

if __name__ == "__main__":
    main()
