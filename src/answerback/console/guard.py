"""Lets people in: who is signed in, which business they look at, and a plain 404 for everything that is not theirs.

Every view of the console is wrapped in `seated`, so that none can forget to ask.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from answerback.console import navigation
from answerback.store.queries import access, inbox
from answerback.store.queries.access import NotYours, Seat
from answerback.workflow import clock
from answerback.workflow.desk import Actor

BUSINESS = "business"
"""The session's key for the business a person with several looks at."""

Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request of somebody who is signed in and has a seat somewhere."""

    request: HttpRequest
    user: int
    seats: tuple[Seat, ...]
    seat: Seat
    now: datetime

    @property
    def actor(self) -> Actor:
        """The member who acts."""
        return Actor(member=self.seat.member, name=self.seat.name)

    def at(self, business: int) -> "Visit":
        """The same visit, in this business. Raises `NotYours`."""
        seat = access.seat_in(self.seats, business)
        return Visit(request=self.request, user=self.user, seats=self.seats, seat=seat, now=self.now)

    def page(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """A page of the console with what every page shows."""
        counts = inbox.counts(self.seat.business)
        sections = navigation.links(self.seat, counts, self.request.path)
        shared = {
            "seat": self.seat,
            "seats": self.seats,
            "counts": counts,
            "sections": sections,
            "thumbs": navigation.thumbs(sections),
            "phone_page": settings.PHONE_PAGE,
        }
        return render(self.request, template, shared | context, status=status)


def seated(
    view: Callable[Concatenate[Visit, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """The view for people who are signed in and belong to a business; others are sent to the door."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if request.user.pk is None:
            return _to_the_door(request)
        seats = access.seats(request.user.pk)
        if not seats:
            return render(request, "console/no_business.html", status=403)
        visit = Visit(request=request, user=request.user.pk, seats=seats, seat=_chosen(request, seats), now=clock.now())
        try:
            return view(visit, *args, **kwargs)
        except NotYours:
            raise Http404("There is nothing here that you may see.") from None

    return guarded


def _to_the_door(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back here afterwards; a page that polls is moved as a whole."""
    polls = request.headers.get("HX-Request") == "true"
    back = request.get_full_path() if request.method == "GET" and not polls else ""
    address = settings.LOGIN_URL + (f"?{urlencode({'next': back})}" if back not in {"", "/"} else "")
    return HttpResponseClientRedirect(address) if polls else HttpResponseRedirect(address)


def _chosen(request: HttpRequest, seats: tuple[Seat, ...]) -> Seat:
    chosen = request.session.get(BUSINESS)
    return next((seat for seat in seats if seat.business == chosen), seats[0])
