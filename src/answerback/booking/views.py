"""The booking page: GET shows what is free, POST books it. Nothing in the address is trusted or personal.

There is no session and no cookie here: whoever has the link may book with it, so there is nothing that another site
could borrow, and no CSRF token to check. (With `Referrer-Policy: no-referrer` browsers send `Origin: null`, which
that check refuses.)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

import phonenumbers
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from answerback.workflow import bookings, clock, outside_bookings, tries
from answerback.workflow.bookings import Booked, NotOffered, Offer, Taken, Unfinished

TRIES = 20
WINDOW = timedelta(hours=1)
"""How often one link may be posted to. People need one or two; a program that tries every time needs more."""

DAYS_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One time on the page: what the form sends, and what is read."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """One day on the page."""

    name: str
    note: str
    choices: tuple[Choice, ...]
    open: bool


View = Callable[[HttpRequest, str], HttpResponse]


def private(view: View) -> View:
    """The view with a link's privacy: the address goes nowhere, no robot keeps it, and a dead link says what to do."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        try:
            answer = view(request, token)
        except NotOffered as problem:
            answer = _sorry(request, problem)
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return guarded


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """GET: what is free, or what is booked. POST: book `start`."""
    if request.method == "POST":
        return _book(request, token)
    offer = bookings.offered(token)
    if elsewhere := outside_bookings.address(offer):
        return redirect(elsewhere)
    return _confirmed(request, token, offer, offer.booked) if offer.booked else _page(request, offer)


@csrf_exempt
@require_POST
@private
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Give the appointment up."""
    if not _may_post(token):
        return _too_many(request, token)
    bookings.cancel(token)
    return redirect("booking:choose", token=token)


def _book(request: HttpRequest, token: str) -> HttpResponse:
    if not _may_post(token):
        return _too_many(request, token)
    name, address = request.POST.get("name", ""), request.POST.get("address", "")
    start = _start(request.POST.get("start", ""))
    if start is None:
        return _page(request, bookings.offered(token), "Choose a time first.", name=name, address=address, status=400)
    try:
        bookings.book(token, start, name, address)
    except Taken as problem:
        words = "Somebody just took that time. These are still free:"
        return _page(request, problem.offer, words, name=name, address=address, status=409)
    except Unfinished as problem:
        words = "We are keeping this time for you for 10 minutes. Please fill in the rest."
        return _page(request, problem.offer, words, name=name, address=address, status=400)
    # The page is fetched anew, so that reloading it never posts again.
    return redirect("booking:choose", token=token)


def _page(
    request: HttpRequest, offer: Offer, problem: str = "", *, name: str = "", address: str = "", status: int = 200
) -> HttpResponse:
    now = clock.now()
    shown: dict[str, Any] = {
        "offer": offer,
        "days": _days(offer, now),
        "problem": problem,
        "name": name,
        "address": address,
        "length": _length(offer.minutes),
        "phone": _phone(offer.phone),
        "zone": f"{now.astimezone(offer.zone):%Z}",
    }
    return render(request, "booking/choose.html", shown, status=status)


def _confirmed(request: HttpRequest, token: str, offer: Offer, booked: Booked) -> HttpResponse:
    day = f"{booked.starts_at:%A, %B} {booked.starts_at.day}, {booked.starts_at.year}"
    shown = {
        "token": token,
        "offer": offer,
        "booked": booked,
        "day": day,
        "start": _clock(booked.starts_at),
        "end": _clock(booked.ends_at),
        "zone": f"{booked.starts_at:%Z}",
        "phone": _phone(offer.phone),
    }
    return render(request, "booking/confirmed.html", shown)


_SORRY = {
    "bad": (404, "This link does not work", "It may have been cut off. Open it again from the text we sent you."),
    "expired": (
        410,
        "This link has expired",
        "Booking links work for a week. Reply to our text or call us for a new one.",
    ),
    "used": (410, "This link has been used", "Your appointment is over. Call us or text us to make another one."),
    "with_a_person": (
        409,
        "We are already looking after this",
        "Please call us or reply to our text to choose a time.",
    ),
    "over": (410, "There is nothing to book with this link", "Call us or reply to our text and we will find a time."),
    "nobody_to_book": (409, "No times can be booked online", "Please call us and we will find a time."),
}


def _sorry(request: HttpRequest, problem: NotOffered) -> HttpResponse:
    status, title, words = _SORRY[problem.why]
    shown = {"title": title, "words": words, "business": problem.business, "tel": problem.phone}
    return render(request, "booking/sorry.html", shown | {"phone": _phone(problem.phone)}, status=status)


def _too_many(request: HttpRequest, token: str) -> HttpResponse:
    offer = bookings.offered(token)
    words = "This link was used very often in the last hour. Wait a while, or call us."
    shown = {"title": "Too many tries", "words": words, "business": offer.business, "tel": offer.phone}
    return render(request, "booking/sorry.html", shown | {"phone": _phone(offer.phone)}, status=429)


def _may_post(token: str) -> bool:
    """Counted by conversation: one link can be written in more than one way."""
    conversation = bookings.conversation_of(token, clock.now())
    return tries.spend("booking", str(conversation), limit=TRIES, window=WINDOW)


def _days(offer: Offer, now: datetime) -> list[DayShown]:
    today = now.astimezone(offer.zone).date()
    shown = []
    for place, day in enumerate(offer.days[:DAYS_SHOWN]):
        choices = tuple(
            Choice(value=start.isoformat(), words=_clock(start), chosen=start == offer.held) for start in day.starts
        )
        named = {0: "Today", 1: "Tomorrow"}.get((day.day - today).days, "")
        name = f"{day.day:%a, %b} {day.day.day}" if named else f"{day.day:%A, %B} {day.day.day}"
        chosen = any(choice.chosen for choice in choices)
        is_open = chosen if offer.held else place < 2
        shown.append(DayShown(name=name, note=named, choices=choices, open=is_open))
    return shown


def _start(written: str) -> datetime | None:
    try:
        start = datetime.fromisoformat(written)
    except ValueError:
        return None
    return start if start.tzinfo is not None else None


def _clock(local: datetime) -> str:
    return f"{local.hour % 12 or 12}:{local:%M} {local:%p}"


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    return " ".join([*parts, f"{rest} minutes"] if rest else parts)


def _phone(number: str) -> str:
    """A number as people write it."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code == 1
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)
