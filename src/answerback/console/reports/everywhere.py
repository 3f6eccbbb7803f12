"""All businesses a person looks after on one page, and each one's month on paper."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from answerback.console.brand import BUSINESS
from answerback.console.guard import Visit, seated, seated_for
from answerback.console.moments import month as month_in_words
from answerback.console.reports import figures, listing
from answerback.console.reports.asked import SPANS, Asked, asked, begin_of, count_of, span_in_words
from answerback.console.reports.figures import Link
from answerback.console.reports.listing import COUNTS, Head
from answerback.console.reports.paper import month_pdf
from answerback.engine.currency import amount
from answerback.store import ids, models
from answerback.store.queries import reports
from answerback.store.queries.access import Seat
from answerback.store.queries.reports import Count, Part, Span, Totals
from answerback.store.roles import may
from answerback.workflow import monthly, reach
from answerback.workflow.monthly import Month

COLUMNS: tuple[tuple[Promise, Count, Callable[[Totals], str]], ...] = (
    (gettext_lazy("Missed calls"), "calls", lambda of: str(of.calls)),
    (gettext_lazy("Reply rate"), "replied", lambda of: figures.share(of.replied, of.texted)),
    (gettext_lazy("Booked"), "booked", lambda of: str(of.booked)),
    (gettext_lazy("Sold"), "sold", lambda of: str(of.sold)),
    (gettext_lazy("Answered in"), "responded", lambda of: figures.length(of.median_seconds)),
    (gettext_lazy("Lost silently"), "silent", lambda of: str(of.silent)),
)
"""The numbers of a business, which leads each opens, and how it is said; money stands behind them."""


PAGE = 75
"""Businesses on one page; all of them stand together under each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One business, or all together, with its numbers."""

    business: str
    name: str
    cells: tuple[Link, ...]

    @property
    def named(self) -> list[tuple[str, Link]]:
        """Each number with what it is called."""
        return list(zip(_heads(), self.cells, strict=True))


@require_safe
@seated_for("reports")
def show(visit: Visit) -> HttpResponse:
    """What the missed calls of every business came to, the most calls first, and all together."""
    report = asked(visit)
    seats = _managed(visit)
    span = Span(businesses=tuple(seats), since=report.since, until=report.until)
    parts, totals = reports.beside(span) if seats else ([], Totals())
    begin = begin_of(visit)
    found = {int(part.key) for part in parts}
    admin = models.AgencyAdmin.objects.filter(agency=visit.seat.agency, user=visit.user).first()
    together = Part("", _("All together"), totals)
    context = {
        "report": report,
        "spans": SPANS,
        "heads": _heads(),
        "rows": [
            _row(part, report, {seats[int(part.key)].currency: part.totals.recovered})
            for part in parts[begin : begin + PAGE]
        ],
        "earlier": f"?{report.query(begin=max(0, begin - PAGE))}" if begin else "",
        "later": f"?{report.query(begin=begin + PAGE)}" if begin + PAGE < len(parts) else "",
        "all": _row(together, report, _by_currency(parts, seats)),
        "quiet": sorted(seat.business_name for business, seat in seats.items() if business not in found),
        "months": _months(report.until),
        "letter": None if admin is None else admin.monthly_letter,
    }
    return visit.page("console/reports/everywhere.html", context)


@require_safe
@seated_for("reports")
def leads(visit: Visit) -> HttpResponse:
    """The leads behind a number of one of them, or of all together."""
    report = asked(visit)
    seats = _managed(visit)
    one = seats.get(ids.read(visit.request.GET.get("business")) or 0)
    count = count_of(visit)
    span = Span(businesses=(one.business,) if one else tuple(seats), since=report.since, until=report.until)
    whose = one.business_name if one else _("All businesses")
    head = Head(
        title=f"{COUNTS[count]}: {whose}",
        note=span_in_words(report),
        back=f"{reverse('console:reports:everywhere')}?{report.query()}",
        query=report.said | {"count": count} | ({"business": one.business} if one else {}),
        names_business=one is None,
    )
    return listing.page(visit, span, count, head)


@require_POST
@seated_for("agency")
def letter(visit: Visit) -> HttpResponse:
    """Whether an agency admin gets the months by e-mail."""
    monthly.choose(visit.user, visit.seat.agency, wants=visit.request.POST.get("wants") == "yes")
    messages.success(visit.request, _("Noted."))
    return redirect("console:reports:everywhere")


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
    return _file(month_pdf(_month(seat, first)), "application/pdf", monthly.file_name(_month(seat, first)))


@require_safe
@seated_for("export")
def months(visit: Visit, month: str) -> HttpResponse:
    """The month of every business, as PDFs in one archive."""
    first = _first(month)
    if first is None:
        raise Http404
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for seat in _managed(visit).values():
            paper = _month(seat, first)
            archive.writestr(monthly.file_name(paper), month_pdf(paper))
    return _file(out.getvalue(), "application/zip", f"{month}.zip")


def _managed(visit: Visit) -> dict[int, Seat]:
    return {seat.business: seat for seat in visit.seats if may(seat.role, "export")}


def _row(part: Part, report: Asked, recovered: dict[str, int]) -> Row:
    """A row; amounts of two currencies stand side by side, as nobody can add them up."""
    address = f"{reverse('console:reports:everywhere_leads')}?from={report.since}&to={report.until}"
    address += f"&business={part.key}&count=" if part.key else "&count="
    cells = [Link(words=said(part.totals), href=address + count) for _name, count, said in COLUMNS]
    money = " + ".join(amount(cents, currency) for currency, cents in sorted(recovered.items()) if cents)
    cells.append(Link(words=money or "–", href=f"{address}recovered"))
    return Row(business=part.key, name=part.name, cells=tuple(cells))


def _heads() -> list[str]:
    return [*(str(name) for name, _count, _said in COLUMNS), _("Recovered")]


def _by_currency(parts: Sequence[Part], seats: dict[int, Seat]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for part in parts:
        sums[seats[int(part.key)].currency] += part.totals.recovered
    return dict(sums)


def _month(seat: Seat, first: date) -> Month:
    return Month(business=seat.business, name=seat.business_name, currency=seat.currency, first=first)


def _months(until: date) -> list[tuple[str, str]]:
    """The last three whole months and this one, as an address and in words."""
    found, at = [], until.replace(day=1)
    for _each in range(4):
        found.append((f"{at:%Y-%m}", month_in_words(at)))
        at = (at - timedelta(days=1)).replace(day=1)
    return found


def _first(month: str) -> date | None:
    try:
        return reach.day(f"{month}-01") if len(month) == 7 else None
    except ValueError:
        return None


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
