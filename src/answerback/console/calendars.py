"""The page of members' calendars elsewhere: what is connected, how it is doing, what is not in it yet.

Owners and managers see everybody's, the others their own. Changing settings is `calendar_forms`, signing in
`calendar_sign_in`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from answerback.console import paging
from answerback.console.accounts.names import ROLE_NAMES
from answerback.console.connecting import tell
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.words import Chip
from answerback.ports import registry
from answerback.ports.sign_in import SignsIn
from answerback.store import models
from answerback.store.models.tenancy import WORKS_HERE
from answerback.store.queries import access
from answerback.store.queries.access import NotYours
from answerback.store.queries.outside import BUILT_IN
from answerback.store.roles import may
from answerback.workflow import calendars

ROWS = 16
"""People of one page; with a calendar or two and a feed of each it stays under 150 kB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """One connected calendar as the page shows it."""

    id: int
    title: str
    short: str
    installed: bool
    chip: Chip
    read: Moment | None
    again: Moment | None
    problem: str
    waiting: int
    writes: bool
    signs_in: bool
    sign_in_needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member with their calendars and whether somebody subscribes to their appointments."""

    id: int
    name: str
    role: str
    calendars: tuple[Connected, ...]
    feed: Moment | None
    feed_read: Moment | None


@require_safe
@seated_for("book")
def show(visit: Visit) -> HttpResponse:
    """Everybody's calendars, or one's own."""
    return visit.page("console/calendars.html", context(visit))


@require_POST
@seated_for("book")
def test(visit: Visit, id: int) -> HttpResponse:
    """Try a calendar without leaving a trace."""
    row = mine(visit, id)
    tell(visit.request, calendars.check(row.id))
    return redirect("console:calendars")


@require_POST
@seated_for("book")
def try_now(visit: Visit, id: int) -> HttpResponse:
    """Read it, and write what waits for it, now."""
    waiting = calendars.try_now(mine(visit, id).id)
    some = ngettext(
        "%(count)s appointment and the busy times are being brought up to date.",
        "%(count)s appointments and the busy times are being brought up to date.",
        waiting,
    )
    what = some % {"count": waiting} if waiting else _("The busy times are being brought up to date.")
    messages.success(visit.request, what)
    return redirect("console:calendars")


@require_POST
@seated_for("book")
def disconnect(visit: Visit, id: int) -> HttpResponse:
    """Take a calendar away."""
    row = mine(visit, id)
    kind = registry.calendar_if_installed(row.provider)
    title = kind.title if kind else row.provider
    calendars.disconnect(row.id)
    messages.success(
        visit.request,
        _("%(name)s: %(title)s is disconnected. What we wrote into it stays there.")
        % {"name": row.member.name, "title": title},
    )
    return redirect("console:calendars")


def mine(visit: Visit, id: int) -> models.OutsideCalendar:
    """The calendar, if this person may change it; raises `NotYours`."""
    row = access.calendar_for(visit.user, id)
    of(visit, row.member_id)
    return row


def of(visit: Visit, member: int) -> models.Member:
    """The member, if this person may change their calendars; raises `NotYours`."""
    row = access.member_for(visit.user, member)
    seat = visit.at(row.business_id).seat
    if not may(seat.role, "settings") and seat.member != row.id:
        raise NotYours
    return row


def context(visit: Visit) -> dict[str, Any]:
    """What the page shows."""
    everybody = visit.may("settings")
    connected = models.OutsideCalendar.objects.exclude(provider=BUILT_IN).values("member")
    here = models.Member.objects.filter(business=visit.seat.business, left_at=None).order_by("name", "id")
    members = here.filter(WORKS_HERE | Q(id__in=connected))
    if not everybody:
        members = members.filter(id=visit.seat.member)
    shown, more = paging.part(list(members), visit.request.GET, ROWS)
    kinds = calendars.kinds()
    elsewhere = _elsewhere(visit.seat.business) if everybody else ""
    return {
        "people": _people(visit, shown),
        "more": more,
        "kinds": [{"name": kind.name, "title": kind.title} for kind in kinds],
        "apps": [{"name": k.name, "title": k.title} for k in kinds if isinstance(k, SignsIn)] if everybody else [],
        "pages": [registry.booking_page(name) for name in registry.booking_pages()],
        "elsewhere": elsewhere,
        "page_gone": bool(elsewhere) and elsewhere not in registry.booking_pages(),
        "page": "calendars",
    }


def _elsewhere(business: int) -> str:
    return models.BookingPage.objects.filter(business=business).values_list("provider", flat=True).first() or ""


def _people(visit: Visit, members: list[models.Member]) -> list[Person]:
    rows = models.OutsideCalendar.objects.filter(member__in=members).exclude(provider=BUILT_IN).order_by("id")
    by_member: dict[int, list[Connected]] = {}
    for row in rows.annotate(waiting=Count("entries", filter=Q(entries__due_at__isnull=False))):
        by_member.setdefault(row.member_id, []).append(_connected(visit, row, row.waiting))
    feeds = {feed.member_id: feed for feed in models.Feed.objects.filter(member__in=members, revoked_at=None)}
    return [
        Person(
            id=member.id,
            name=member.name,
            role=str(ROLE_NAMES[member.role]),
            calendars=tuple(by_member.get(member.id, ())),
            feed=_moment(visit, feeds[member.id].created_at) if member.id in feeds else None,
            feed_read=_moment(visit, feeds[member.id].read_at) if member.id in feeds else None,
        )
        for member in members
    ]


def _connected(visit: Visit, row: models.OutsideCalendar, waiting: int) -> Connected:
    kind = registry.calendar_if_installed(row.provider)
    title = kind.title if kind else row.provider
    return Connected(
        id=row.id,
        title=title,
        short=title.partition(" (")[0],
        installed=kind is not None,
        chip=_chip(row) if kind else Chip(words=_("Not installed"), tone="bad"),
        read=_moment(visit, row.read_at),
        again=_next_try(visit, row),
        problem=row.problem,
        waiting=waiting,
        writes=row.writes,
        signs_in=isinstance(kind, SignsIn),
        sign_in_needed=row.sign_in_needed,
    )


def _chip(row: models.OutsideCalendar) -> Chip:
    if row.sign_in_needed:
        return Chip(words=_("Sign in"), tone="bad")
    if row.problem:
        return Chip(words=_("Trying again"), tone="warn")
    return Chip(words=_("Connected"), tone="good") if row.read_at else Chip(words=_("Being read"), tone="accent")


def _next_try(visit: Visit, row: models.OutsideCalendar) -> Moment | None:
    """When it is tried again, while that lies ahead."""
    ahead = row.read_due_at is not None and row.read_due_at > visit.now
    return _moment(visit, row.read_due_at) if ahead and row.problem and not row.sign_in_needed else None


def _moment(visit: Visit, at: datetime | None) -> Moment | None:
    return moment(at, visit.now, visit.seat.zone) if at else None
