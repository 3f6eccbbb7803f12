"""The weekly review as a page, with the people behind each of its numbers."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerback.console.guard import Visit, seated_for
from answerback.console.reports import listing
from answerback.console.reports.listing import Head
from answerback.console.reports.places import place_name
from answerback.store.queries.reports import Part, leads_of
from answerback.workflow import reach, reviewing
from answerback.workflow.week import hour_name


@require_safe
@seated_for("reports")
def show(visit: Visit) -> HttpResponse:
    """One week's review, last week's unless another Monday is named."""
    last = _last(visit)
    monday = _monday(visit)
    found = reviewing.review(visit.seat.business, monday)
    context = {
        "review": found,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7) if monday <= last else None,
        "proposal_about": place_name(found.proposal.about) if found.proposal else "",
        "proposal_list": _lists(found.proposal.about, monday)["left"] if found.proposal else "",
        "hours": [_hour(part, monday) for part in found.hours],
        "stops": [
            (stop, place_name(stop.place), _lists(stop.place, monday), examples) for stop, examples in found.stops
        ],
    }
    return visit.page("console/reports/review.html", context)


@require_safe
@seated_for("reports")
def leads(visit: Visit) -> HttpResponse:
    """Who came to a place of the playbook in a week, or who of them never wrote again."""
    said = visit.request.GET
    monday = _monday(visit)
    stop = reviewing.stopped(visit.seat.business, monday, said.get("place", "")[:200])
    left = said.get("did") == "left"
    head = Head(
        title=_("Never wrote again") if left else _("Came there"),
        note=place_name(stop.place),
        back=f"{reverse('console:reports:review')}?week={monday}",
        query={"week": monday.isoformat(), "place": stop.place, "did": "left" if left else "came"},
    )
    return listing.page(visit, leads_of(stop.left if left else stop.came), "leads", head)


def _hour(part: Part, monday: date) -> dict[str, object]:
    """An hour of the week with how many callers were lost in it, of how many, and where both are listed."""
    said = {"from": monday, "to": monday + timedelta(days=6), "in": "hour", "part": part.key}
    address = reverse("console:reports:leads")
    return {
        "name": hour_name(int(part.key)),
        "lost": part.totals.silent,
        "lost_list": f"{address}?{urlencode(said | {'count': 'silent'})}",
        "called": part.totals.called,
        "called_list": f"{address}?{urlencode(said | {'count': 'called'})}",
    }


def _lists(place: str, monday: date) -> dict[str, str]:
    """Where those are listed who came to a place, and those who left there."""
    address = reverse("console:reports:review_leads")
    return {did: f"{address}?{urlencode({'week': monday, 'place': place, 'did': did})}" for did in ("came", "left")}


def _last(visit: Visit) -> date:
    """The Monday of last week."""
    today = visit.now.astimezone(visit.seat.zone).date()
    return today - timedelta(days=today.weekday() + 7)


def _monday(visit: Visit) -> date:
    """The week that is asked for, this week at the latest; last week where none is."""
    last = _last(visit)
    try:
        day = reach.day(visit.request.GET.get("week", ""))
    except ValueError:
        return last
    return min(day - timedelta(days=day.weekday()), last + timedelta(days=7))
