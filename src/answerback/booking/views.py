"""The booking page: GET shows what is free, POST books it. Nothing in the address is trusted or personal.

There is no session and no cookie here: whoever has the link may book with it, so there is nothing that another site
could borrow, and no CSRF token to check. (With `Referrer-Policy: no-referrer` browsers send `Origin: null`, which
that check refuses.)
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerback.booking import invitation
from answerback.booking.screen import Typed, choosing, confirmed, sorry
from answerback.store.queries import agencies
from answerback.workflow import bookings, clock, outside_bookings, reach, tries
from answerback.workflow.bookings import NotOffered, Taken, Unfinished

TRIES = 20
WINDOW = timedelta(hours=1)
"""How often one link may be posted to. People need one or two; a program that tries every time needs more."""

STATUS = {"bad": 404, "with_a_person": 409, "nobody_to_book": 409}
"""What a dead link is answered with; all others are gone (410)."""

View = Callable[[HttpRequest, str], HttpResponse]


def private(view: View) -> View:
    """The view with a link's privacy: the address goes nowhere, no robot keeps it, and a dead link says what to do."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        try:
            wear(request, token)
            answer = view(request, token)
        except NotOffered as problem:
            language = problem.language or _accepted(request)
            shown = sorry(problem.why, problem.business, problem.phone, language)
            answer = render(request, "booking/sorry.html", shown, status=STATUS.get(problem.why, 410))
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return guarded


def wear(request: HttpRequest, token: str) -> None:
    """Let the page wear the looks of the agency whose business this link is of, if there is one."""
    conversation = bookings.conversation_of(token, clock.now())
    setattr(request, agencies.SHOWN, agencies.of_conversation(conversation))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """GET: what is free, or what is booked; with `?move=1` other times than the booked one. POST: book `start`."""
    if request.method == "POST":
        return _move(request, token) if request.POST.get("move") else _book(request, token)
    moving = bool(request.GET.get("move"))
    offer = bookings.offered(token, moving=moving)
    if elsewhere := outside_bookings.address(offer):
        return redirect(elsewhere)
    if offer.booked is not None and not moving:
        return render(request, "booking/confirmed.html", confirmed(token, offer, offer.booked, clock.now()))
    # What the address says is not believed: only who had an appointment and gave it up reads so.
    shown = choosing(token, offer, clock.now())
    news = shown["say"]["cancelled"] if offer.gave_up and request.GET.get("cancelled") else ""
    return render(request, "booking/choose.html", shown | {"news": news})


@csrf_exempt
@require_POST
@private
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Give the appointment up."""
    if not _may_post(token):
        return _too_many(request, token)
    bookings.cancel(token)
    return redirect(f"/b/{token}?cancelled=1")


@require_safe
@private
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001  a view is handed its request
    """The booked appointment for the customer's own calendar."""
    offer = bookings.offered(token)
    if offer.booked is None:
        raise NotOffered("over", offer.business, offer.phone)
    answer = HttpResponse(
        invitation.as_file(offer, offer.booked, clock.now()),
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer


def _book(request: HttpRequest, token: str) -> HttpResponse:
    if not _may_post(token):
        return _too_many(request, token)
    typed = _typed(request)
    start = _start(request.POST.get("start", ""))
    if start is None:
        return _again(request, token, "choose_first", typed)
    if typed.email and not _is_email(typed.email):
        return _again(request, token, "bad_email", typed)
    if not typed.accepted and bookings.offered(token).deposit:
        return _again(request, token, "accept_first", typed)
    try:
        bookings.book(token, start, typed.name, typed.address, typed.email)
    except Taken as problem:
        shown = choosing(token, problem.offer, clock.now(), "just_taken", typed)
        return render(request, "booking/choose.html", shown, status=409)
    except Unfinished as problem:
        shown = choosing(token, problem.offer, clock.now(), "kept", typed)
        return render(request, "booking/choose.html", shown, status=400)
    # The page is fetched anew, so that reloading it never posts again.
    return redirect("booking:choose", token=token)


def _move(request: HttpRequest, token: str) -> HttpResponse:
    if not _may_post(token):
        return _too_many(request, token)
    start = _start(request.POST.get("start", ""))
    if start is None:
        return _again(request, token, "choose_first", Typed(), moving=True)
    try:
        bookings.move(token, start)
    except Taken as problem:
        shown = choosing(token, problem.offer, clock.now(), "just_taken")
        return render(request, "booking/choose.html", shown, status=409)
    return redirect("booking:choose", token=token)


def _again(request: HttpRequest, token: str, problem: str, typed: Typed, *, moving: bool = False) -> HttpResponse:
    """The page once more, with what was typed and what is wrong with it."""
    offer = bookings.offered(token, moving=moving)
    if offer.booked is not None and not moving:
        return redirect("booking:choose", token=token)
    return render(request, "booking/choose.html", choosing(token, offer, clock.now(), problem, typed), status=400)


def _too_many(request: HttpRequest, token: str) -> HttpResponse:
    offer = bookings.offered(token)
    return render(
        request, "booking/sorry.html", sorry("too_many", offer.business, offer.phone, offer.language), status=429
    )


def _may_post(token: str) -> bool:
    """Counted by conversation: one link can be written in more than one way."""
    conversation = bookings.conversation_of(token, clock.now())
    return tries.spend("booking", str(conversation), limit=TRIES, window=WINDOW)


def _typed(request: HttpRequest) -> Typed:
    posted = {name: " ".join(request.POST.get(name, "").split()) for name in ("name", "address", "email")}
    return Typed(
        name=posted["name"][:120],
        address=posted["address"][:200],
        email=posted["email"][:254],
        accepted=bool(request.POST.get("deposit")),
    )


def _is_email(written: str) -> bool:
    try:
        validate_email(written)
    except ValidationError:
        return False
    return True


def _start(written: str) -> datetime | None:
    try:
        start = reach.moment(written)
    except ValueError:
        return None
    return start if start.tzinfo is not None else None


def _accepted(request: HttpRequest) -> str:
    """The language of a page that knows no customer: Spanish for a browser that asks for it first."""
    return "es" if request.headers.get("Accept-Language", "").lower().startswith("es") else "en"
