"""How long reports take over a year of 100,000 missed calls, and over an agency's 200 businesses:
`python -m answerback.testing.bench.reports`.

Fills a scratch database with measured leads, adds them up by the product's own statement, and asks for the pages
through Django as a signed-in owner of all of them does. The least of several runs is shown beside the median, and the
processor time it took us and PostgreSQL, as a busy machine disturbs the others.
"""

import sys
import time as stopwatch
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import psutil

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
    from answerback.workflow import clock  # noqa: PLC0415

    said = _arguments()
    first = _open("A large one")
    _fill(first, said.leads)
    others = [_alike(first, f"Business {number}") for number in range(1, said.businesses)]
    for business in others:
        _fill(business, said.each)
    _add_up([first, *others])
    client = Client(SERVER_NAME="localhost")
    client.force_login(models.User.objects.get(email="owner@example.com"))
    sys.stdout.write("                                              least  median  processor (ms)\n")
    for name, page in _PAGES.items():
        address = page.format(month=f"{clock.now():%Y-%m}", business=first)
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}.")
        _show(name, lambda address=address: client.get(address).content)  # type: ignore[misc]


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m answerback.testing.bench.reports", description=__doc__)
    parser.add_argument("--leads", type=int, default=LEADS, help="leads of the large business in a year")
    parser.add_argument("--businesses", type=int, default=BUSINESSES, help="businesses in all")
    parser.add_argument("--each", type=int, default=LEADS_EACH, help="leads of each of the others")
    return parser.parse_args()


_PAGES = {
    "the report, a year, by source": "/reports/?days=365&by=line",
    "the report, a year, by service": "/reports/?days=365&by=service",
    "the report, a year, by member": "/reports/?days=365&by=member",
    "the report, a year, by month": "/reports/?days=365&by=month",
    "the list behind a number": "/reports/leads?days=365&count=booked",
    "the breakdown as CSV": "/reports/table.csv?days=365&by=service",
    "all businesses, four weeks": "/reports/everywhere?days=28",
    "all businesses, a year": "/reports/everywhere?days=365",
    "the list behind a number of all, a year": "/reports/everywhere/leads?days=365&count=booked",
    "one business's month on paper": "/reports/months/{month}/{business}.pdf",
}


def _show(name: str, ask: Callable[[], object]) -> None:
    took, worked = [], []
    for _ in range(RUNS):
        began, busy = stopwatch.perf_counter(), _processor()
        ask()
        took.append((stopwatch.perf_counter() - began) * 1000)
        worked.append((_processor() - busy) * 1000)
    sys.stdout.write(f"{name:44} {min(took):7.0f} {median(took):7.0f} {median(worked):10.0f}\n")
    sys.stdout.flush()


def _processor() -> float:
    """Seconds of a processor that this process and its database connection have used, to the hundredth."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0]).cpu_times()
    return stopwatch.process_time() + server.user + server.system


def _open(name: str) -> int:
    from answerback.store.playbook_file import pack_text  # noqa: PLC0415
    from answerback.workflow import setup  # noqa: PLC0415

    business = setup.open_business(
        setup.NewBusiness(name=name, zone="America/Chicago", phone="+15125550100", playbook=pack_text("plumbing"))
    )
    account = setup.connect(business.id, "simulator", "Pretend", {})
    for number, source in enumerate(("Website", "Google listing", "Trucks")):
        setup.add_line(business.id, account.id, f"+1512555010{number}", source)
    setup.add_member(business.id, "Owner", "owner", email="owner@example.com", password=PASSWORD)
    return int(business.id)


def _alike(first: int, name: str) -> int:
    """Another business with the same playbook, owner and sources; opened without the checks that take a second each."""
    from answerback.store import models  # noqa: PLC0415

    row = models.Business.objects.get(id=first)
    owner = models.Member.objects.get(business=first).user
    line = models.Line.objects.filter(business=first)
    row.pk, row.name = None, name
    row.save(force_insert=True)
    models.Member.objects.create(business=row, user=owner, name="Owner", role="owner")
    for each in line:
        models.Line.objects.create(
            business=row, connection=each.connection, number=f"+1{row.pk:07}{each.id:03}", source=each.source
        )
    return int(row.pk)


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
