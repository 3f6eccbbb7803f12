"""All businesses a person looks after on one page, and each one's month on paper."""

import io
import zipfile
from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import words
from answerback.console.guard import BUSINESS, Visit, seated, seated_for
from answerback.console.reports import figures
from answerback.console.reports.asked import SPANS, asked
from answerback.console.reports.monthly import Month, month_pdf
from answerback.store.queries import reports
from answerback.store.queries.access import Seat
from answerback.store.queries.reports import Part, Span, Totals
from answerback.store.roles import may


@require_safe
@seated_for("reports")
def show(visit: Visit) -> HttpResponse:
    """What the missed calls of every business came to, the most calls first, and all together."""
    report = asked(visit)
    seats = _managed(visit)
    span = Span(businesses=tuple(seats), since=report.since, until=report.until)
    parts = reports.breakdown(span, "business") if seats else []
    quiet = [
        seat.business_name for business, seat in seats.items() if str(business) not in {part.key for part in parts}
    ]
    context = {
        "report": report,
        "spans": SPANS,
        "rows": [_row(part) for part in parts],
        "all": _row(Part("", _("All together"), reports.totals(span) if seats else Totals())),
        "quiet": sorted(quiet),
        "months": _months(report.until),
    }
    return visit.page("console/reports/everywhere.html", context)


@require_POST
@seated
def enter(visit: Visit, business: int) -> HttpResponse:
    """Look at one of them: its report."""
    seat = visit.at(business).seat
    visit.request.session[BUSINESS] = seat.business
    return redirect("console:reports:show")


@require_safe
@seated_for("export")
def month(visit: Visit, business: int, month: str) -> HttpResponse:
    """One business's month as PDF."""
    seat, first = _managed(visit).get(business), _first(month)
    if seat is None or first is None:
        raise Http404
    return _file(month_pdf(_month(seat, first)), "application/pdf", f"{_plain(seat.business_name)}-{month}.pdf")


@require_safe
@seated_for("export")
def months(visit: Visit, month: str) -> HttpResponse:
    """The month of every business, as PDFs in one archive."""
    first = _first(month)
    if first is None:
        raise Http404
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for business, seat in _managed(visit).items():
            archive.writestr(f"{_plain(seat.business_name)}-{business}-{month}.pdf", month_pdf(_month(seat, first)))
    return _file(out.getvalue(), "application/zip", f"answerback-{month}.zip")


def _managed(visit: Visit) -> dict[int, Seat]:
    return {seat.business: seat for seat in visit.seats if may(seat.role, "export")}


def _row(part: Part) -> dict[str, object]:
    now = part.totals
    return {
        "business": part.key,
        "name": part.name,
        "now": now,
        "reply": figures.share(now.replied, now.texted),
        "response": figures.length(now.median_seconds),
        "money": words.money(now.recovered) if now.recovered else "–",
    }


def _month(seat: Seat, first: date) -> Month:
    return Month(business=seat.business, name=seat.business_name, first=first)


def _months(until: date) -> list[tuple[str, str]]:
    """The last three whole months and this one, as an address and in words."""
    found, at = [], until.replace(day=1)
    for _each in range(4):
        found.append((f"{at:%Y-%m}", f"{at:%B %Y}"))
        at = (at - timedelta(days=1)).replace(day=1)
    return found


def _first(month: str) -> date | None:
    try:
        return date.fromisoformat(f"{month}-01") if len(month) == 7 else None
    except ValueError:
        return None


def _plain(name: str) -> str:
    """The name of a business as a file's name."""
    kept = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower())
    return "-".join(part for part in kept.split("-") if part) or "business"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
