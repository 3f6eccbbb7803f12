"""How long every page of the console takes with 100,000 leads and 2 million texts there:
`python -m answerback.testing.bench.pages`.

Fills an embedded database of its own (`--folder` keeps it for the next run), asks for each page as a signed-in owner
through the very WSGI application that is served, and prints for each: least, median and 95th percentile of the time at
the server in ms, processor time of ours, statements, kB, the slowest statement in ms, and big tables whose rows a plan
reads one after the other. A page comes in by itself: whatever address of the console answers 200 to a GET. Exits with
1 where a promise is broken.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time as stopwatch
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from answerback.server import embedded

EMAIL = "owner@example.com"
MOST_MS, MOST_INBOX_MS, MOST_KB = 100, 50, 150
BIG = 10_000
"""So many rows make a table big: reading them one after the other is told."""

DOWNLOADS = {
    "console:export_everything": "every row, streamed",
    "console:export_table": "every row, streamed",
    "console:leads_csv": "every lead of the days, streamed",
    "console:leads_parquet": "every lead of the days",
    "console:labelled": "every correction",
    "console:table": "a table as a file",
    "console:months": "a year of letters",
    "console:month": "a letter as a file",
}
"""Files, not pages."""


@dataclass(slots=True)
class Statements:
    """What one request asks of PostgreSQL: each statement with its values and how long it took in ms."""

    asked: list[tuple[str, Any, float]] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Django's hook around a statement."""
        began = stopwatch.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.asked.append((sql, params, (stopwatch.perf_counter() - began) * 1000))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One page: times in ms of each request, of which `cpu` on average was our process's own; statements and size of
    one, and what its plans read in a row.
    """

    name: str
    took: tuple[float, ...]
    cpu: float
    statements: int
    kb: float
    slowest: float
    scans: tuple[str, ...]

    @property
    def middle(self) -> float:
        """The median in ms."""
        return median(self.took)

    @property
    def late(self) -> float:
        """The 95th percentile in ms."""
        return quantiles(self.took, n=20)[-1]

    @property
    def keeps(self) -> bool:
        """Is what we promise of a page true of this one? The least time counts: the machine may be anybody's."""
        most = MOST_INBOX_MS if self.name.startswith("inbox") else MOST_MS
        return min(self.took) < most and self.kb < MOST_KB


def main() -> int:
    """Fill, measure, print."""
    wanted = _arguments()
    folder = Path(wanted.folder or tempfile.mkdtemp(prefix="answerback-pages-"))
    running = _database(folder)
    try:
        _fill(wanted)
        if wanted.acts:
            return _acts(wanted)
        found = list(_measured(wanted))
    finally:
        running.stop()
        if not wanted.folder:
            shutil.rmtree(folder, ignore_errors=True)
    broken = [page.name for page in found if not page.keeps]
    sys.stdout.write(f"\n{len(found)} pages; over the limit: {', '.join(broken) or 'none'}\n")
    return 1 if broken else 0


def _acts(wanted: argparse.Namespace) -> int:
    """Print what each act took, the first run apart, which fills caches; 1 where one keeps nobody's promise."""
    from answerback.testing.bench.acts import timed  # noqa: PLC0415  Django is set up by now
    from answerback.testing.bench.browse import Browser  # noqa: PLC0415

    sys.stdout.write(f"{'':24}{'least':>7}{'median':>8}{'most':>8}  ms  answered\n")
    slow = []
    for name, status, took in timed(Browser(EMAIL), wanted.runs + 1):
        later = took[1:]
        slow += [name] if min(later) >= MOST_MS or status >= 400 else []
        sys.stdout.write(f"{name:24}{min(later):7.0f}{median(later):8.0f}{max(later):8.0f}      {status}\n")
    sys.stdout.write(f"over the limit, or not done: {', '.join(slow) or 'none'}\n")
    return 1 if slow else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Times every page of the console on a large database.")
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--texts-each", type=int, default=20, help="texts of a lead, on average")
    parser.add_argument("--runs", type=int, default=15, help="requests of each page")
    parser.add_argument("--folder", help="keep the database here, and use it again when it is there")
    parser.add_argument("--only", default="", help="only pages whose name holds this")
    parser.add_argument("--acts", action="store_true", help="time what people do instead; it changes the database")
    parser.add_argument("--slow", type=float, default=0, help="print statements that took longer than so many ms")
    return parser.parse_args()


def _database(folder: Path) -> embedded.Running:
    from answerback.server import setting_up  # noqa: PLC0415  it reads the environment

    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    os.environ["ANSWERBACK_VAR"] = str(folder)
    os.environ.setdefault("ANSWERBACK_LOG", "ERROR")
    running = embedded.start(folder / "postgres", durable=False)
    os.environ["DATABASE_URL"] = embedded.prepare_database(running.url, "answerback_pages")
    setting_up.prepare(start_database=False)
    setting_up.migrate()
    return running


def _fill(wanted: argparse.Namespace) -> None:
    from answerback.store import models  # noqa: PLC0415  Django is set up by now
    from answerback.testing.bench import seed  # noqa: PLC0415
    from answerback.workflow import clock  # noqa: PLC0415

    if not models.Lead.objects.exists():
        _businesses(wanted)
    if not models.Agency.objects.exists():
        seed.one_each(models.Business.objects.order_by("id")[0].id, Path(os.environ["ANSWERBACK_VAR"]), clock.now())
        seed.settle()


def _businesses(wanted: argparse.Namespace) -> None:
    from answerback.testing.bench import seed  # noqa: PLC0415
    from answerback.workflow import clock  # noqa: PLC0415

    first = seed.open_business("Rivera Plumbing", "+15125550100", EMAIL)
    seed.fill(first.id, seed.Size(leads=wanted.leads, texts_each=wanted.texts_each), clock.now())
    for number in range(1, 4):
        other = seed.open_business(f"Business {number}", f"+151255503{number}0", EMAIL)
        seed.fill(other.id, seed.Size(leads=wanted.leads // 50, texts_each=4), clock.now(), quiet=True)


def _measured(wanted: argparse.Namespace) -> Iterator[Measured]:
    """Each page as it is measured, printed at once."""
    from answerback.testing.bench.browse import Browser, addresses  # noqa: PLC0415  Django is set up by now
    from answerback.testing.bench.seed import ADMIN, TECHNICIAN  # noqa: PLC0415

    sys.stdout.write(
        f"{'':34}{'least':>7}{'median':>8}{'p95':>8}{'cpu':>6}  ms "
        f"{'stmts':>6}{'kB':>7}{'slowest':>9} ms  reads in a row\n"
    )
    for email, role in ((EMAIL, ""), (TECHNICIAN, ", technician"), (ADMIN, ", agency")):
        browser = Browser(email)
        for name, address in addresses(browser.business):
            if wanted.only not in name + role or name in DOWNLOADS:
                continue
            page = _page(browser, name.removeprefix("console:") + role, address, wanted)
            if page is not None:
                sys.stdout.write(_line(page))
                sys.stdout.flush()
                yield page


def _page(browser: Any, name: str, address: str, wanted: argparse.Namespace) -> Measured | None:
    """None where the address is no page: it does not answer 200 to a GET."""
    answer = browser.get(address)
    if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return None
    took, worked = [], stopwatch.process_time()
    for _ in range(wanted.runs):
        began = stopwatch.perf_counter()
        answer = browser.get(address)
        took.append((stopwatch.perf_counter() - began) * 1000)
    worked = stopwatch.process_time() - worked
    statements = Statements()
    with browser.watched(statements):
        browser.get(address)
    for sql, params, ms in statements.asked:
        if wanted.slow and ms > wanted.slow:
            sys.stdout.write(f"  {ms:.0f} ms: {' '.join(sql.split())[:1500]}\n  {str(params)[:300]}\n")
    return Measured(
        name=name,
        took=tuple(took),
        cpu=worked / wanted.runs * 1000,
        statements=len(statements.asked),
        kb=len(answer.content) / 1024,
        slowest=max((ms for _, _, ms in statements.asked), default=0),
        scans=tuple(sorted(browser.scans(statements.asked, BIG))),
    )


def _line(page: Measured) -> str:
    mark = " " if page.keeps else "!"
    return (
        f"{mark}{page.name:33}{min(page.took):7.0f}{page.middle:8.0f}{page.late:8.0f}{page.cpu:6.0f}     "
        f"{page.statements:6}{page.kb:7.0f}{page.slowest:9.1f}     {' '.join(page.scans)}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
