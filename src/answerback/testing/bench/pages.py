"""How long every page takes with 100,000 leads and 2 million texts there: `python -m answerback.testing.bench.pages`.

Fills an embedded database of its own (`--folder` keeps it for the next run), asks for each page of the console as its
owner, a technician and an agency's admin, for what people see who were given a link, and for each list of the API by
each of its filters, through the very WSGI application that is served. Prints for each: least, median and 95th
percentile of the time at the server in ms, processor time of ours, statements, kB, what PostgreSQL read for it (rows of
tables, blocks of 8 kB) and big tables of which a plan reads row after row. An address comes in by itself: whatever
answers 200 to a GET. Exits with 1 where a promise is broken.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time as stopwatch
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from answerback.server import embedded

if TYPE_CHECKING:
    from answerback.testing.bench.browse import Visitor
    from answerback.testing.bench.plans import Plan

EMAIL = "owner@example.com"
MOST_MS, MOST_INBOX_MS, MOST_KB = 100, 50, 150
PROGRAM = ", program"

LEFT_OUT = {
    "alive": "no page: says that the process lives",
    "console:favicon": "no page: leads to the icon",
    "second_step_language": "no page: the language of whoever owes the second step",
    "here": "no page: proves that a host name leads here",
    "ready": "no page: says that the database answers",
    "metrics": "no page: the operator's numbers",
    "api:docs": "drawn by a library from the description of the whole API",
    "api:openapi": "that description",
    "api:None": "says that nothing is there",
    "api:export_contact": "a file: everything of a person",
    "api:export_everything": "a file: every row, streamed",
    "api:export_rows": "a file: every row of a table, streamed",
    "api:get_attachment_file": "a file",
    "api:get_upload": "how far the upload of a film is",
    "booking:cancel": "a form",
    "console:alert_way_answer": "asks somebody else's server",
    "console:brand_logo": "a file",
    "console:calendar_sign_in": "leads to somebody else's page",
    "console:calendar_signed_in": "comes back from there",
    "console:crm_sign_in": "leads to somebody else's page",
    "console:crm_signed_in": "comes back from there",
    "console:export_contact": "a file: everything of a person",
    "console:export_everything": "a file: every row, streamed",
    "console:export_table": "a file: every row of a table, streamed",
    "console:icon": "a file",
    "console:media": "a file",
    "console:media_small": "a file",
    "console:search": "without words it leads to the inbox; with words it is asked by name",
    "console:new_crm": "leads to the CRM that is there",
    "console:reports:labelled": "a file: every correction",
    "console:reports:leads_csv": "a file: every lead of the days, streamed",
    "console:reports:leads_parquet": "a file: every lead of the days",
    "console:reports:month": "a file: a letter",
    "console:reports:months": "a file: a month's letters",
    "console:set_up": "leads to the step that is next",
    "console:set_up_save": "a form: leads back to its step",
    "watch:file": "a file",
    "watch:seen": "a form",
}
"""What answers a GET and is not measured, by its name, with the reason. Another address is, or takes no GET."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One page: times in ms of each request, of which `cpu` on average was our process's own; size of one, and the
    plans of its statements.
    """

    name: str
    took: tuple[float, ...]
    cpu: float
    kb: float
    plans: "tuple[Plan, ...]"

    @property
    def middle(self) -> float:
        """The median in ms."""
        return median(self.took)

    @property
    def late(self) -> float:
        """The 95th percentile in ms."""
        return quantiles(self.took, n=20)[-1]

    @property
    def scans(self) -> set[str]:
        """Big tables that are read row after row."""
        return {table for plan in self.plans for table in plan.scans}

    @property
    def keeps(self) -> bool:
        """Is what we promise of a page true of this one? The least time counts: the machine may be anybody's. A program
        may ask for what no index holds, such as a phase that nobody is in.
        """
        most = MOST_INBOX_MS if self.name.startswith(("inbox", "search")) else MOST_MS
        in_a_row = self.scans and not self.name.endswith(PROGRAM)
        return min(self.took) < most and self.kb < MOST_KB and not in_a_row


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
    parser.add_argument("--runs", type=int, default=15, help="requests of each page, two or more")
    parser.add_argument("--folder", help="keep the database here, and use it again when it is there")
    parser.add_argument("--only", default="", help="only pages whose name holds this")
    parser.add_argument("--acts", action="store_true", help="time what people do instead; it changes the database")
    parser.add_argument("--plans", help="add to this file what each statement reads by which index")
    parser.add_argument("--slow", type=float, default=0, help="print statements that took longer than so many ms")
    wanted = parser.parse_args()
    if wanted.runs < 2:
        parser.error("--runs takes two or more: of one time there is no median.")
    return wanted


def _database(folder: Path) -> embedded.Running:
    from answerback.server import setting_up  # noqa: PLC0415  it reads the environment

    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    os.environ["ANSWERBACK_VAR"] = str(folder)
    os.environ.setdefault("ANSWERBACK_LOG", "ERROR")
    os.environ.setdefault("ANSWERBACK_SECOND_STEP_DAYS", "7")  # it reads pages as an owner who has none
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
    sys.stdout.write(
        f"{'':44}{'least':>7}{'median':>8}{'p95':>8}{'cpu':>6}  ms "
        f"{'stmts':>6}{'kB':>7}{'slowest':>9} ms{'rows':>9}{'blocks':>8}  row after row\n"
    )
    for visitor, role, asked in visitors():
        for name, address in asked:
            if wanted.only not in name + role or name.partition(" ")[0] in LEFT_OUT:
                continue
            page = _page(visitor, name.removeprefix("console:") + role, address, wanted)
            if page is not None:
                sys.stdout.write(_line(page))
                sys.stdout.flush()
                yield page


def visitors() -> "list[tuple[Visitor, str, list[tuple[str, str]]]]":
    """Who asks for what: each with a word for who they are, and the names and addresses of what they ask for."""
    from answerback.testing.bench import browse  # noqa: PLC0415  Django is set up by now
    from answerback.testing.bench.seed import ADMIN, TECHNICIAN  # noqa: PLC0415

    owner = browse.Browser(EMAIL)
    of, seen = owner.business, browse.addresses(owner.business)
    return [
        (owner, "", [*seen, *browse.others(of)]),
        (browse.Browser(TECHNICIAN), ", technician", seen),
        (browse.Browser(ADMIN), ", agency", seen),
        (browse.Visitor(), ", with a link", browse.links(of)),
        (browse.Program(of), PROGRAM, browse.operations(of)),
    ]


def _page(visitor: Any, name: str, address: str, wanted: argparse.Namespace) -> Measured | None:
    """None where the address does not answer 200 to a GET."""
    from answerback.testing.bench.plans import Statements, plans  # noqa: PLC0415  Django is set up by now

    answer = visitor.get(address)
    if answer.status_code != 200:
        return None
    took, worked = [], stopwatch.process_time()
    for _ in range(wanted.runs):
        began = stopwatch.perf_counter()
        answer = visitor.get(address)
        took.append((stopwatch.perf_counter() - began) * 1000)
    worked = stopwatch.process_time() - worked
    statements = Statements()
    with statements.watched():
        visitor.get(address)
    page = Measured(
        name=name,
        took=tuple(took),
        cpu=worked / wanted.runs * 1000,
        kb=len(answer.content) / 1024,
        plans=tuple(plans(statements.asked)),
    )
    _tell(page, address, wanted)
    return page


def _tell(page: Measured, address: str, wanted: argparse.Namespace) -> None:
    """Print slow statements, and write the plans down where they are asked for."""
    for plan in page.plans:
        if wanted.slow and plan.ms > wanted.slow:
            sys.stdout.write(f"  {plan.ms:.0f} ms, {plan.rows} rows: {plan.sql[:1500]}\n")
    if not wanted.plans:
        return
    with Path(wanted.plans).open("a", encoding="utf-8") as file:
        file.write(f"{page.name}: {address}\n")
        for plan in page.plans:
            by = ", ".join(plan.indexes) or "no index"
            file.write(f"  {plan.ms:.1f} ms, {plan.rows} rows, {plan.blocks} blocks by {by}: {plan.sql[:160]}\n")


def _line(page: Measured) -> str:
    mark = " " if page.keeps else "!"
    rows, blocks = sum(each.rows for each in page.plans), sum(each.blocks for each in page.plans)
    slowest = max((each.ms for each in page.plans), default=0)
    return (
        f"{mark}{page.name:43}{min(page.took):7.0f}{page.middle:8.0f}{page.late:8.0f}{page.cpu:6.0f}     "
        f"{len(page.plans):6}{page.kb:7.0f}{slowest:9.1f}   {rows:9}{blocks:8}  {' '.join(sorted(page.scans))}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
