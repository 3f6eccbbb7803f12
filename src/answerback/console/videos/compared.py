"""What videos did: leads that got one beside those that did not, by the definitions of every other report."""

from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from answerback.console.guard import Visit, seated_for
from answerback.console.reports import listing
from answerback.console.reports.listing import Head
from answerback.store.queries import watched
from answerback.store.queries.reports import Count, Leads
from answerback.store.queries.watched import Group
from answerback.workflow import transaction

LOOKS_BACK = timedelta(days=90)

FEW = 30
"""With fewer leads in a group a difference says nothing yet."""

GROUPS: dict[str, Promise] = {
    "watched": _("Watched a video"),
    "sent": _("Were sent one and did not play it"),
    "held_back": _("Held back for comparison"),
    "none": _("Got none"),
}


COUNTED: dict[str, Promise] = {
    "leads": _("Leads"),
    "after": _("Replied after it"),
    "booked": _("Booked"),
    "sold": _("Sold"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One group of leads as the page shows it; shares in hundredths, None without leads."""

    words: Promise
    group: Group
    booked: int | None
    sold: int | None
    few: bool


@require_safe
@seated_for("reports")
def show(visit: Visit) -> HttpResponse:
    """The comparison of the last ninety days."""
    since = visit.now - LOOKS_BACK
    found = transaction.run(lambda cursor: watched.compared(cursor, visit.seat.business, since))
    rows = [_row(name, found.get(name) or Group(name, 0, 0, 0, 0)) for name in GROUPS]
    context = {"rows": rows, "since": since, "held_back": "held_back" in found, "videos": True}
    return visit.page("console/videos/compared.html", context)


@require_safe
@seated_for("reports")
def leads(visit: Visit) -> HttpResponse:
    """The leads behind one of the numbers."""
    got, count = visit.request.GET.get("got", ""), visit.request.GET.get("count", "leads")
    if got not in GROUPS or count not in COUNTED:
        raise Http404
    since = visit.now - LOOKS_BACK
    found = transaction.run(
        lambda cursor: watched.behind(cursor, visit.seat.business, since, got, replied_after=count == "after")
    )
    head = Head(
        title=str(COUNTED[count]),
        note=str(GROUPS[got]),
        back=reverse("console:videos_compared"),
        query={"got": got, "count": count},
    )
    return listing.page(visit, Leads(found), cast("Count", "leads" if count == "after" else count), head)


def _row(name: str, group: Group) -> Row:
    return Row(
        words=GROUPS[name],
        group=group,
        booked=round(100 * group.booked / group.leads) if group.leads else None,
        sold=round(100 * group.sold / group.leads) if group.leads else None,
        few=group.leads < FEW,
    )
