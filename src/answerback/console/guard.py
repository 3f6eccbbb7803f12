"""Lets people in: who is signed in, which business they look at, and what their role may do there.

Every view of the console is wrapped in `seated` or `seated_for`, so that none can forget to ask. What is not theirs is
a plain 404.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from answerback.console import navigation, trail
from answerback.console.accounts import borrowed, second_step
from answerback.console.accounts.names import ROLE_NAMES
from answerback.console.brand import AGENCY, BUSINESS, Brand, brand_of
from answerback.console.installable import kept
from answerback.console.moments import month_and_day
from answerback.console.refused import Refused
from answerback.console.trail import Trace
from answerback.ports.errors import PortError, Unclear
from answerback.ports.registry import NotInstalled
from answerback.store import ids, models
from answerback.store.models import User
from answerback.store.queries import access, inbox, news
from answerback.store.queries.access import NotYours, Seat
from answerback.store.roles import Act, may
from answerback.store.secrets import WrongSecret
from answerback.workflow import clock, once, set_up
from answerback.workflow.desk import Actor

WAITED = "Waited-For"
"""The header of an act that waited on a phone for a network: the number of the user whose act it is."""

SAFE = {"GET", "HEAD"}
REFUSED = 409
PLAIN = "text/plain; charset=utf-8"

Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request of somebody who is signed in and has a seat somewhere.

    `sees_as` is whose eyes they borrowed; `step` the second step they still have to set up.
    """

    request: HttpRequest
    user: int
    seats: tuple[Seat, ...]
    seat: Seat
    now: datetime
    sees_as: str = ""
    step: second_step.Missing | None = None
    trace: Trace = field(default_factory=lambda: Trace(0))

    @property
    def actor(self) -> Actor:
        """The member who acts."""
        return Actor(member=self.seat.member, name=self.seat.name)

    @property
    def brand(self) -> Brand:
        """Whose name the product has for these people."""
        setattr(self.request, AGENCY, self.seat.agency)
        return brand_of(self.request)

    def at(self, business: int) -> "Visit":
        """The same visit, in this business. Raises `NotYours`."""
        seat = self.seat if self.seat.business == business else access.seat_in(self.seats, business)
        self.trace.business = business
        return replace(self, seat=seat)

    def may(self, act: Act) -> bool:
        """May this person do this here?"""
        return may(self.seat.role, act)

    def page(
        self, template: str, context: dict[str, Any], status: int = 200, *, refused: Refused | None = None
    ) -> HttpResponse:
        """A page of the console with what every page shows; with `refused` that form stands in it as it was sent."""
        if refused is not None:
            context, status = {"refused": refused, **context}, max(status, REFUSED)
        setattr(self.request, AGENCY, self.seat.agency)
        counts = self._counts(context)
        sections = navigation.links(self.seat, counts, self.request.path)
        shared = self._everywhere() | {
            "seats": self.seats,
            "nearby": navigation.nearby(
                self.seats, self.seat.business, self.request.session.get(navigation.RECENT, ())
            ),
            "in_menu": navigation.IN_MENU + 1,
            "counts": counts,
            "sections": sections,
            "thumbs": navigation.thumbs(sections),
            "sees_as": self.sees_as,
            "may_people": self.may("people"),
            "role_name": ROLE_NAMES[self.seat.role],
            "second_step": self.step,
            "step_due": month_and_day(due.astimezone(self.seat.zone)) if self.step and (due := self.step.due) else "",
        }
        answer = render(self.request, template, shared | context, status=status)
        kept.told(self.request, answer, self.user, self.seats, own_eyes=not self.sees_as)
        if self.request.method == "POST":
            # The address of an act is none to come back to: reloading it, and "back", would be a 405.
            answer["HX-Push-Url"] = "false"
        return answer

    def news(self, part: str, context: Callable[["Visit"], dict[str, Any]]) -> HttpResponse:
        """A part of a page again, with the counts of the sections; 204 while the page's version (`v`) still holds."""
        if self.request.GET.get("v") == news.version(self.seat.business, self.seat.member, self.now):
            return HttpResponse(status=204)
        setattr(self.request, AGENCY, self.seat.agency)
        shown = context(self)
        shared = {"part": part, "counts": self._counts(shown), "live": True}
        return render(self.request, "console/news.html", self._everywhere() | shared | shown)

    def _counts(self, context: dict[str, Any]) -> inbox.Counts:
        """The numbers beside the sections; a page that has counted them already brings them."""
        held = context.get("counts")
        return held if isinstance(held, inbox.Counts) else inbox.counts(self.seat.business, self.now)

    def _everywhere(self) -> dict[str, Any]:
        """What whole pages and their parts show; `nobody_yet` is asked only by a page that has nothing to show."""
        return {"seat": self.seat, "phone_page": settings.PHONE_PAGE, "nobody_yet": self._nobody_yet}

    def _nobody_yet(self) -> bool:
        """Has no missed call, form or text ever made a lead here? Confirming phones of staff makes conversations."""
        return not models.Lead.objects.filter(business=self.seat.business).exists()


Guarded = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def seated(view: Callable[Concatenate[Visit, Rest], HttpResponse]) -> Guarded[Rest]:
    """The view for everybody who belongs to a business; others are sent to the door."""
    return _guarded(view, "work")


def seated_for(act: Act) -> Callable[[Callable[Concatenate[Visit, Rest], HttpResponse]], Guarded[Rest]]:
    """The view for those whose role may do this (`store.roles`); for other members there is no such page."""
    return lambda view: _guarded(view, act)


def _guarded(view: Callable[Concatenate[Visit, Rest], HttpResponse], act: Act) -> Guarded[Rest]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if request.user.pk is None:
            return to_the_door(request)
        seats = access.seats(request.user.pk)
        step = second_step.missing(request.user, seats)
        if step is not None and step.is_over(clock.now()):
            return to_the_second_step(request)
        if not seats:
            return _without_business(request)
        if borrowed.is_over(request) and (answer := _with_own_eyes(request, seats)) is not None:
            return answer
        visit = _visit(request, seats, step)
        setattr(request, AGENCY, visit.seat.agency)
        request.reads_as = visit.seat.language  # type: ignore[attr-defined]
        if not visit.may(act):
            raise Http404("There is nothing here that you may see.")
        with translation.override(visit.seat.language), timezone.override(visit.seat.zone):
            return _once(visit, lambda: _told(visit, view, args, kwargs))

    guarded.act = act  # type: ignore[attr-defined]
    return guarded


def _with_own_eyes(request: HttpRequest, seats: tuple[Seat, ...]) -> HttpResponse | None:
    """The hour is over in which the console was seen as another: say so. A page that polls, or acts, begins anew."""
    borrowed.end(request)
    with translation.override(seats[0].language):
        messages.info(request, _("The hour is over: you see the console with your own eyes again."))
    polls = request.headers.get("HX-Request") == "true"
    if request.method in SAFE and not polls:
        return None
    address = _page_before(request) or reverse("console:today")
    return HttpResponseClientRedirect(address) if polls else HttpResponseRedirect(address)


def _without_business(request: HttpRequest) -> HttpResponse:
    """Somebody signed in who has no seat: on to setting a business up, if that is what they came for.

    A page that polls was theirs until just now, and is moved as a whole.
    """
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(reverse("console:today"))
    user = User.objects.get(id=request.user.pk or 0)
    if set_up.may_begin(user):
        return redirect("console:set_up_new")
    with translation.override(user.language or translation.get_language()):
        return kept.nobodys(render(request, "console/no_business.html", status=403))


def _told(visit: Visit, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> HttpResponse:
    """The view's answer, with an entry in the audit log where it is one to be written down."""
    if visit.sees_as and visit.request.method not in SAFE and not trail.ends_seeing_as(visit.request):
        return visit.page("console/seeing_as.html", {}, status=403)
    trail.look(visit.request, visit.trace, visit.seats)
    try:
        answer = view(visit, *args, **kwargs)
    except NotYours:
        raise Http404("There is nothing here that you may see.") from None
    except NotInstalled as problem:
        return visit.page("console/not_installed.html", {"gone": problem.name}, status=409)
    except WrongSecret:
        return visit.page("console/wrong_secret.html", {}, status=409)
    except PortError as problem:
        return _failed_elsewhere(visit, problem)
    trail.write(visit.request, answer, visit.trace, visit.seats, visit.sees_as)
    return answer


def _failed_elsewhere(visit: Visit, problem: PortError) -> HttpResponse:
    """What a provider that is away, or refuses, did not do: in its words, with the way back to the page of the act."""
    shown = {"says": problem.detail, "is_unclear": isinstance(problem, Unclear), "back": came_from(visit.request)}
    return visit.page("console/elsewhere.html", shown, status=409)


def _once(visit: Visit, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Do what is asked, unless it bears the key of an act that was done already: then go where that one led."""
    key = visit.request.POST.get("once", "")[:64] if visit.request.method == "POST" else ""
    if not key:
        return act()
    waited_for = visit.request.headers.get(WAITED)
    if waited_for not in {None, str(visit.user)}:
        return HttpResponse(_("This is somebody else's."), status=423, content_type=PLAIN)
    answers: list[HttpResponse] = []

    def do() -> tuple[str, bool]:
        answers.append(act() if waited_for is None else _plainly(visit.request, act))
        return answers[0].headers.get("Location", ""), answers[0].status_code < 400

    try:
        led_to = once.done(visit.user, key, do)[0]
    except once.BeingDone:
        return HttpResponse(_("This is being done already."), status=425, content_type=PLAIN)
    if waited_for is not None and not answers:
        return HttpResponse(status=204)
    return answers[0] if answers else HttpResponseRedirect(led_to)


def _plainly(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to an act that waited on a phone; what is said of success stays for the next page.

    Nobody sees the page that it leads to, so a refusal is a 422 that says why.
    """
    before = len(messages.get_messages(request))
    answer = act()
    if not 300 <= answer.status_code < 400:
        return answer
    said = list(messages.get_messages(request))
    wrong = [str(each) for each in said[before:] if each.level >= messages.ERROR]
    for at, each in enumerate(said):
        if at < before or each.level < messages.ERROR:
            messages.add_message(request, each.level, each.message, each.extra_tags)
    if wrong:
        return HttpResponse(" ".join(wrong), status=422, content_type=PLAIN)
    return HttpResponse(status=204)


def _visit(request: HttpRequest, seats: tuple[Seat, ...], step: second_step.Missing | None) -> Visit:
    seat, sees_as = _chosen(request, seats), ""
    wanted = request.session.get(borrowed.SEES_AS)
    if wanted and may(seat.role, "see_as"):
        other = access.seat_of(seat.business, wanted)
        if other is not None:
            seat, sees_as = replace(other, language=seat.language), other.name
    return Visit(
        request=request,
        user=request.user.pk or 0,
        seats=seats,
        seat=seat,
        now=clock.now(),
        sees_as=sees_as,
        trace=Trace(seat.business),
        step=step,
    )


AT_BUSINESS = "At-Business"
"""The header in which a page says whose it is; a form without a script's help has it in a field."""


def to_the_door(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back here afterwards; a page that polls is moved as a whole."""
    says = _("You were signed out meanwhile, so nothing was kept. Sign in to go on where you were.")
    return _kept_from(request, settings.LOGIN_URL, says)


def _kept_from(request: HttpRequest, address: str, says: str) -> HttpResponse:
    """On to this address and back here afterwards; of an act `says` that it was not done."""
    polls, acts = request.headers.get("HX-Request") == "true", request.method not in SAFE
    # Neither an act nor a part of a page is a place to come back to: the page is that it came from.
    back = _page_before(request) if polls or acts else request.get_full_path()
    if acts and WAITED not in request.headers:  # what waits on a phone is kept there, and asks again and again
        _tell_once(request, says)
    address += f"?{urlencode({'next': back})}" if back not in {"", "/"} else ""
    return HttpResponseClientRedirect(address) if polls else HttpResponseRedirect(address)


def owes_the_step(request: HttpRequest) -> bool:
    """Must whoever asks set a second step up before anything opens? For pages that are not guarded by their seat."""
    if request.user.pk is None:
        return False
    step = second_step.missing(request.user, access.seats(request.user.pk))
    return step is not None and step.is_over(clock.now())


def to_the_second_step(request: HttpRequest) -> HttpResponse:
    """To the page where it is set up, which says why, and back here; a page that polls is moved as a whole."""
    spoken = User.objects.filter(id=request.user.pk or 0).values_list("language", flat=True).first()
    with translation.override(spoken or translation.get_language()):
        return _kept_from(request, reverse("mfa_index"), _("That was not done: your second step comes first."))


def _tell_once(request: HttpRequest, says: str) -> None:
    """On the next page, unless that says it already: what is typed is sent while one types."""
    told = messages.get_messages(request)
    if says not in [each.message for each in told]:
        messages.info(request, says)
    setattr(told, "used", False)  # noqa: B010  a list has none; looked at here, they are shown by the page


def came_from(request: HttpRequest) -> str:
    """The address of the page of ours that somebody sees, which the browser names; empty where it is not told."""
    before = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    return before if url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()}) else ""


def _page_before(request: HttpRequest) -> str:
    """The same without the host."""
    parts = urlsplit(came_from(request))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _chosen(request: HttpRequest, seats: tuple[Seat, ...]) -> Seat:
    """The business that the page names which asks or acts, else the one chosen last: two tabs may show two of them."""
    told = request.headers.get(AT_BUSINESS) or (request.POST.get("at_business") if request.method == "POST" else "")
    named = ids.read(told)
    for chosen in (named, request.session.get(BUSINESS)):
        if (seat := next((seat for seat in seats if seat.business == chosen), None)) is not None:
            if request.method == "POST" and request.session.get(BUSINESS) not in {None, seat.business}:
                request.session[BUSINESS] = seat.business  # what follows the act is shown of the same business
            return seat
    return seats[0]
