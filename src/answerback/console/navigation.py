"""The sections of the console, each one line: its address, its words, its icon, and who sees it.

A section shows where its address exists, so that there is no dead link, and only to the roles that may open it, which
it asks of the view itself. It never decides what somebody may do: `guard` does.
"""

from dataclasses import dataclass

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerback.store.queries.access import Seat
from answerback.store.queries.inbox import Counts
from answerback.store.roles import may


@dataclass(frozen=True, slots=True)
class Section:
    """One way into the console.

    `count` is a field of `Counts` shown beside it. `also` are beginnings of addresses that belong to it as well.
    `thumb` puts it into the bar at the bottom of a phone, where four have room.
    """

    url: str
    words: Promise
    icon: str
    count: str = ""
    also: tuple[str, ...] = ()
    thumb: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A section as it is shown. `current` is set on the one the page belongs to."""

    words: Promise
    icon: str
    href: str
    count_of: str
    count: int
    thumb: bool
    current: bool = False


GROUPS: tuple[tuple[Section, ...], ...] = (
    (
        Section("console:today", _("Today"), "sun", thumb=True),
        Section("console:inbox", _("Inbox"), "inbox", count="needs", also=("/c/",), thumb=True),
        Section("console:todos", _("To-dos"), "list-todo", count="todos", thumb=True),
        Section("console:leads", _("Leads"), "target", thumb=True),
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

THUMBS = 4
"""How many sections have room beside `More` at the bottom of a phone."""


def links(seat: Seat, counts: Counts, address: str) -> tuple[tuple[Link, ...], ...]:
    """The groups of sections this person sees, with the one that holds `address` marked; empty groups are left out."""
    shown = [
        [(section, href) for section in group if (href := _address(section.url)) and _opens(seat.role, href)]
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


def _address(url: str) -> str:
    try:
        return reverse(url)
    except NoReverseMatch:
        return ""


def _opens(role: str, href: str) -> bool:
    """May this role open what the section leads to? A view says which act it is (`guard.seated_for`)."""
    return may(role, getattr(resolve(href).func, "act", "work"))


def _held(section: Section, href: str, address: str) -> int:
    """How much of `address` belongs to the section; the one that holds most of it is the current one."""
    if href == "/":
        return int(address == "/") or max((len(also) for also in section.also if address.startswith(also)), default=0)
    return max((len(start) for start in (href, *section.also) if address.startswith(start)), default=0)


def _link(section: Section, href: str, counts: Counts, *, current: bool) -> Link:
    return Link(
        words=section.words,
        icon=section.icon,
        href=href,
        count_of=section.count,
        count=getattr(counts, section.count) if section.count else 0,
        thumb=section.thumb,
        current=current,
    )
