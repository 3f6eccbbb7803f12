"""The sections of the console, each one line: its address, its words, its icon, and who sees it.

A section shows where its address exists, so that there is no dead link, and only to the roles that may open it, which
it asks of the view itself. It never decides what somebody may do: `guard` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import NoReverseMatch, get_urlconf, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from answerback.store.queries.access import Seat
from answerback.store.queries.inbox import Counts
from answerback.store.roles import Act, may


@dataclass(frozen=True, slots=True)
class Section:
    """One way into the console.

    `count` is a field of `Counts` shown beside it. `also` are beginnings of addresses that belong to it as well.
    `thumb` puts it into the bar at the bottom of a phone, where four have room, by its `short` words if it has some.
    """

    url: str
    words: Promise
    icon: str
    count: str = ""
    also: tuple[str, ...] = ()
    thumb: bool = False
    short: Promise | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A section as it is shown. `current` is set on the one the page belongs to."""

    words: Promise
    short: Promise
    icon: str
    href: str
    count_of: str
    count: int
    thumb: bool
    current: bool = False


GROUPS: tuple[tuple[Section, ...], ...] = (
    (
        Section("console:today", _("Today"), "sun", thumb=True),
        Section("console:inbox", _("Inbox"), "inbox", count="needs", also=("/c/", "/find"), thumb=True),
        Section("console:todos", _("To-dos"), "list-todo", count="todos", thumb=True),
        Section("console:leads", _("Leads"), "target", thumb=True, short=pgettext_lazy("at the thumb", "Leads")),
        Section("console:calls", _("Calls"), "phone-missed"),
        Section("console:contacts", _("Contacts"), "users"),
        Section("console:diary", _("Calendar"), "calendar-days", thumb=True),
    ),
    (
        Section("console:videos", _("Videos"), "clapperboard"),
        Section("console:reports:show", _("Reports"), "chart-column"),
        Section("console:playbooks", _("Playbooks"), "book-open"),
        Section("console:on_call", _("On call"), "siren"),
        Section("console:health", _("Health"), "radio-tower"),
    ),
    (
        Section("console:agency", _("Agency"), "building-2"),
        Section("console:lines", _("Lines"), "phone-call"),
        Section("console:calendars", _("Connected calendars"), "calendar-sync"),
        Section("console:crm", _("CRM"), "contact"),
        Section("console:webhooks", _("Webhooks"), "webhook"),
        Section("console:tokens", _("API"), "key-round"),
        Section("console:settings", _("Settings"), "settings", also=("/people", "/history", "/account")),
        Section("phone:people", _("Phone"), "smartphone"),
    ),
)
"""The whole navigation, in the order it is read: the day, the business, how it is set up."""

IN_MENU = 8
"""How many other businesses the menu shows: it stands twice on each page, and somebody may have two hundred."""

RECENT = "businesses"
"""The session's key for the businesses a person chose last, the latest first."""

THUMBS = 4
"""How many sections have room beside `More` at the bottom of a phone."""


def links(seat: Seat, counts: Counts, address: str) -> tuple[tuple[Link, ...], ...]:
    """The groups of sections this person sees, with the one that holds `address` marked; empty groups are left out."""
    urls = get_urlconf() or settings.ROOT_URLCONF
    shown = [
        [
            (section, place.href)
            for section in group
            if (place := _place(section.url, urls)) and may(seat.role, place.act)
        ]
        for group in GROUPS
    ]
    held = {section: _held(section, href, address) for group in shown for section, href in group}
    most = max(held.values(), default=0)
    return tuple(
        tuple(_link(section, href, counts, current=0 < held[section] == most) for section, href in group)
        for group in shown
        if group
    )


def thumbs(groups: tuple[tuple[Link, ...], ...]) -> tuple[Link, ...]:
    """The sections at the bottom of a phone."""
    return tuple(link for group in groups for link in group if link.thumb)[:THUMBS]


def nearby(seats: Sequence[Seat], current: int, recent: Sequence[int]) -> list[Seat]:
    """The other businesses the menu shows: those chosen last, then by name."""
    place = {business: at for at, business in enumerate(recent)}
    others = [seat for seat in seats if seat.business != current]
    return sorted(others, key=lambda seat: place.get(seat.business, len(place)))[:IN_MENU]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a section leads, and what the view there does, which the view itself says (`guard.seated_for`)."""

    href: str
    act: Act


@cache
def _place(url: str, urls: str) -> _Place | None:  # noqa: ARG001  these addresses are the cache's key
    """The place of this section among the addresses `urls`; None where it is not there. Asked for once: to find
    twenty addresses takes as long as to draw twenty lines.
    """
    try:
        href = reverse(url)
    except NoReverseMatch:
        return None
    return _Place(href, getattr(resolve(href).func, "act", "work"))


def _held(section: Section, href: str, address: str) -> int:
    """How much of `address` belongs to the section; the one that holds most of it is the current one."""
    if href == "/":
        return int(address == "/") or max((len(also) for also in section.also if address.startswith(also)), default=0)
    return max((len(start) for start in (href, *section.also) if address.startswith(start)), default=0)


def _link(section: Section, href: str, counts: Counts, *, current: bool) -> Link:
    return Link(
        words=section.words,
        short=section.short or section.words,
        icon=section.icon,
        href=href,
        count_of=section.count,
        count=getattr(counts, section.count) if section.count else 0,
        thumb=section.thumb,
        current=current,
    )
