"""What the charts of a report are drawn from, for its page, the page of a link, and paper."""

from collections.abc import Callable
from typing import Any

from answerback.console.reports import charts
from answerback.console.reports.asked import Asked
from answerback.console.reports.naming import part_name
from answerback.store.queries import reports
from answerback.store.queries.reports import Count, Dimension

Link = Callable[[Asked, Count, Dimension | None, str], str]
"""Where the leads behind a number are listed."""


def drawn(report: Asked, link: Link) -> dict[str, Any]:
    """Bars over time, the week's heat, the waiting times, and who was left out."""
    by_time = charts.step(report.since, report.until)
    heat = charts.heat(reports.breakdown(report.span, "hour", waits=False))
    over_time = reports.breakdown(report.span, by_time, waits=False)
    return {
        "bars": charts.over_time(over_time, report.since, report.until, by_time),
        "time_by": by_time,
        "heat": heat,
        "heat_table": charts.heat_table(heat),
        "heat_hours": charts.heat_hours(),
        "waits": charts.waits(reports.breakdown(report.span, "wait", waits=False)),
        "left_out": [
            (
                part_name("left_out", part.key, {}) or part.key,
                part.totals.leads,
                link(report, "leads", "left_out", part.key),
            )
            for part in reports.breakdown(report.span, "left_out", waits=False)
        ],
    }
