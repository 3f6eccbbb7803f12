"""A report behind a link: read-only, without names, for whoever the owner gave it to; and the page that makes links."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said
from answerback.console.guard import Visit, seated_for
from answerback.console.reports import charts, figures
from answerback.console.reports.asked import BREAKDOWNS, SPANS, Asked
from answerback.console.reports.drawn import drawn
from answerback.console.reports.naming import row_name, services
from answerback.console.shown import Form, Outdated
from answerback.engine.currency import amount
from answerback.store import models
from answerback.store.queries import reports
from answerback.store.queries.access import NotYours
from answerback.store.queries.reports import Dimension, Totals
from answerback.workflow import clock, saved, sharing
from answerback.workflow import weekly as letters
from answerback.workflow.handling import Undo

WISHES = {
    "both": _lazy("By e-mail and text"),
    "email": _lazy("By e-mail"),
    "text": _lazy("By text"),
    "off": _lazy("Not at all"),
}

TABLES: tuple[Dimension, ...] = ("line", "service", "reason")


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The report behind a link; the same plain page for a link that is over as for one that never was."""
    try:
        shared = sharing.opened(token)
    except sharing.NotShared:
        return _private(render(request, "console/reports/shared_over.html", status=404))
    zone = ZoneInfo(shared.zone)
    until = clock.now().astimezone(zone).date()
    since = until - timedelta(days=shared.days - 1)
    report = Asked(
        business=shared.business,
        currency=shared.currency,
        since=since,
        until=until,
        days=str(shared.days),
        by="line",
    )
    with translation.override(shared.language):
        context = {"business": shared.name, "expires": shared.expires_at.astimezone(zone).date()} | _numbers(report)
        return _private(render(request, "console/reports/shared.html", context))


def _numbers(report: Asked) -> dict[str, Any]:
    now, before = reports.totals(report.span), reports.totals(report.before.span)
    seen = figures.Figures(now=now, before=before, hidden=0, currency=report.currency)
    named = services(report.business)
    return {
        "report": report,
        "cards": figures.cards(seen, figures.NOWHERE),
        "funnel": charts.funnel(now),
        "tables": [
            (BREAKDOWNS[by], [_row(row_name(by, part, named), part.totals, report.currency) for part in parts])
            for by in TABLES
            if (parts := reports.breakdown(report.span, by, waits=False))
        ],
    } | drawn(report, lambda *_rest: "")


def _row(name: str, totals: Totals, currency: str) -> tuple[str, Totals, str]:
    return name, totals, amount(totals.recovered, currency)


@require_safe
@seated_for("export")
def links(visit: Visit) -> HttpResponse:
    """The links that are good still, and a form for a new one."""
    return _links(visit)


def _links(visit: Visit, wish: str = "", status: int = 200) -> HttpResponse:
    form = _wish(visit)
    context = {
        "form": form,
        "links": sharing.standing(visit.seat.business),
        "spans": SPANS,
        "lives": sharing.LIVES,
        "wish": wish or form.values["wish"],
        "wishes": WISHES,
    }
    return visit.page("console/reports/links.html", context, status=status)


def _wish(visit: Visit) -> Form:
    name = _("Monday's letter to the owners: three numbers and the one thing to fix")
    return Form({"wish": letters.wish(visit.seat.business)}, {"wish": name}, {"wish": WISHES})


@require_POST
@seated_for("export")
def share(visit: Visit) -> HttpResponse:
    """Make a link."""
    given = visit.request.POST
    days = int(given["days"]) if given.get("days") in SPANS else 28
    lives = next(
        (lives for each, lives in sharing.LIVES.items() if str(each) == given.get("lives")), timedelta(days=30)
    )
    link = sharing.share(visit.seat.business, visit.actor, days=days, lives=lives)
    words = _("Made. Whoever has the link sees the numbers, and no names, until it expires.")
    said.done(visit.request, words, Undo(act="no_link", business=visit.seat.business, id=link))
    return redirect("console:reports:links")


@require_POST
@seated_for("export")
def end(visit: Visit, id: int) -> HttpResponse:
    """End a link."""
    if id not in {link.id for link in sharing.standing(visit.seat.business)}:
        raise NotYours
    undo = sharing.end(visit.seat.business, id)
    said.done(visit.request, _("The link opens nothing any more."), undo)
    return redirect(reverse("console:reports:links"))


@require_POST
@seated_for("settings")
def weekly(visit: Visit) -> HttpResponse:
    """How the owners hear about their week."""
    try:
        wish = str(_wish(visit).told(visit.request.POST).get("wish", ""))
    except Outdated as problem:
        messages.error(visit.request, str(problem))
        return _links(visit, str(problem.given.get("wish", "")), status=409)
    if wish in letters.WISHES:
        business = models.Business.objects.get(id=visit.seat.business)
        undo = saved.saving(business, lambda cursor: letters.chosen(cursor, business.id, wish))
        said.done(visit.request, _("Noted."), undo)
    else:
        visit.trace.is_idle = True
    return redirect("console:reports:links")


def _private(page: HttpResponse) -> HttpResponse:
    """No copy on the way, none in a search engine, and the address is told to nobody."""
    page["Cache-Control"] = "no-store, private"
    page["X-Robots-Tag"] = "noindex, nofollow"
    page["Referrer-Policy"] = "no-referrer"
    return page
