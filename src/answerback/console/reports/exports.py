"""A report as files: the breakdown as CSV, every measured lead as CSV or Parquet. They add up to the same figures."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from answerback.console.guard import Visit, seated_for
from answerback.console.reports.asked import BREAKDOWNS, Asked, asked
from answerback.console.reports.listing import COUNTS
from answerback.console.reports.naming import row_name, services
from answerback.console.reports.parquet import Column, parquet
from answerback.store.queries import reports
from answerback.store.queries.measured_leads import FIELDS, measured_leads
from answerback.store.queries.reports import Totals
from answerback.store.queries.rollup import SUMS
from answerback.workflow.csv_cells import guarded

SUMMED = (*SUMS, "median_seconds", "p90_seconds")
HEADS: dict[str, Promise] = {
    **{str(count): words for count, words in COUNTS.items()},
    "calls": gettext_lazy("Missed calls"),
    "callbacks_owed": gettext_lazy("Promised calls"),
    "callbacks_made": gettext_lazy("Promised calls made"),
    "median_seconds": gettext_lazy("Seconds to a response, median"),
    "p90_seconds": gettext_lazy("Seconds to a response, 9 in 10"),
}
MONEY = ("recovered", "not_ours", "taken_back")


@require_safe
@seated_for("export")
def table(visit: Visit) -> HttpResponse:
    """The breakdown as CSV, with every number a report shows, so that rates can be recomputed."""
    report, named = asked(visit), services(visit.seat.business)
    rows = [
        [row_name(report.by, part, named), *(_cell(part.totals, field) for field in SUMMED), report.currency]
        for part in reports.breakdown(report.span, report.by)
    ]
    heads = [str(BREAKDOWNS[report.by]), *(str(HEADS[field]) for field in SUMMED), _("Currency")]
    lines = "".join(_lines(heads, rows))
    return _file(HttpResponse(lines, content_type="text/csv; charset=utf-8"), report, str(report.by), "csv")


@require_safe
@seated_for("export")
def leads_csv(visit: Visit) -> HttpResponse:
    """Every measured lead of the report as CSV, those that count nowhere with the reason."""
    report = asked(visit)
    lines = _lines(list(FIELDS), measured_leads(report.span))
    return _file(HttpResponse(lines, content_type="text/csv; charset=utf-8"), report, "leads", "csv")


@require_safe
@seated_for("export")
def leads_parquet(visit: Visit) -> HttpResponse:
    """The same as Parquet."""
    report = asked(visit)
    rows = list(measured_leads(report.span))
    columns = [Column(name, kind, [row[at] for row in rows]) for at, (name, kind) in enumerate(FIELDS.items())]
    return _file(
        HttpResponse(parquet(columns), content_type="application/vnd.apache.parquet"), report, "leads", "parquet"
    )


def neutral(cell: Any) -> Any:
    """A cell no spreadsheet takes for a formula, wide letters of East Asia and blanks in front included (OWASP)."""
    return guarded(cell) if isinstance(cell, str) else cell


class _Line:
    """Takes what a CSV writer writes and gives it back."""

    def __init__(self) -> None:
        self._out = StringIO()

    def write(self, text: str) -> int:
        return self._out.write(text)

    def taken(self) -> str:
        text = self._out.getvalue()
        self._out = StringIO()
        return text


def _cell(totals: Totals, field: str) -> object:
    """A number as a spreadsheet takes it; money in whole units with its hundredths."""
    found = getattr(totals, field)
    return f"{found / 100:.2f}" if field in MONEY else found


def _lines(head: Sequence[str], rows: Any) -> Iterator[str]:
    line = _Line()
    writer = csv.writer(line)
    writer.writerow(head)
    for row in rows:
        yield line.taken()
        writer.writerow([neutral(cell) for cell in row])
    yield line.taken()


def _file(answer: HttpResponse, report: Asked, of: str, ending: str) -> HttpResponse:
    name = f"{of}-{report.since}-{report.until}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
