"""All businesses of a person, found by their name; the menu of each page shows but a few (`navigation.nearby`)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from answerback.console import paging
from answerback.console.guard import Visit, seated
from answerback.store.queries import names

ROWS = 60
LONGEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """One of a person's businesses as a list shows it."""

    id: int
    name: str
    is_current: bool


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """All businesses of this person, or those whose name holds what is asked for."""
    asked = visit.request.GET.get("q", "").strip()[:LONGEST]
    shops = [
        Shop(id=seat.business, name=seat.business_name, is_current=seat.business == visit.seat.business)
        for seat in visit.seats
        if names.plain(asked) in names.plain(seat.business_name)
    ]
    shown, behind = paging.part(shops, visit.request.GET, ROWS)
    more = f"{behind}&{urlencode({'q': asked})}" if behind else ""
    return visit.page("console/businesses.html", {"shops": shown, "asked": asked, "more": more})
