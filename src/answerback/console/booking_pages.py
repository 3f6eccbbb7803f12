"""The booking page elsewhere (Cal.com, Calendly) that customers are led to in the place of ours; for owners and
managers.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from answerback.console.connecting import PREFIX, fields, form_of, given, tell
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.console.shown import Outdated
from answerback.ports import registry
from answerback.ports.booking_page import BookingPage
from answerback.workflow import connecting, outside_bookings


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("settings")
def change(visit: Visit, provider: str) -> HttpResponse:
    """Its settings, with the address its webhooks go to."""
    page = _page(provider)
    standing = outside_bookings.of_business(visit.seat.business)
    ours = standing if standing and standing.page.name == provider else None
    kept: Mapping[str, Any] = ours.connection.settings if ours else {}
    marks = connecting.marks(page.settings, kept, f"booking page {visit.seat.business} {provider}")
    form, refused = form_of(page.settings, kept, marks), None
    if visit.request.method == "POST":
        try:
            entered = given(page.settings, form.told(visit.request.POST))
        except Outdated as outdated:
            kept, refused = outdated.given.dict(), Refused.of(outdated, visit.request.POST, prefix=PREFIX)
        else:
            tell(visit.request, outside_bookings.use(visit.seat.business, provider, entered))
            return redirect("console:booking_page", provider=provider)
    shown = {
        "form": form,
        "title": _("Customers book on %(page)s") % {"page": page.title},
        # A secret that is left empty is made up.
        "fields": fields(page.settings, kept, keeps=True),
        "keeps": bool(ours),
        "hook": outside_bookings.hook_address(ours.id) if ours else "",
        "stop": reverse("console:stop_booking_page") if ours else "",
        "action": reverse("console:booking_page", args=[provider]),
        "page": "calendars",
    }
    return visit.page("console/calendar_form.html", shown, refused=refused)


@require_POST
@seated_for("settings")
def stop(visit: Visit) -> HttpResponse:
    """Back to our own page."""
    outside_bookings.stop_using(visit.seat.business)
    messages.success(visit.request, _("Customers book on the page of %(brand)s again.") % {"brand": visit.brand})
    return redirect("console:calendars")


def _page(provider: str) -> BookingPage:
    try:
        return registry.booking_page(provider)
    except LookupError:
        raise Http404("There is no such kind of booking page.") from None
