"""The box "why is this time not offered?" on every page of booking: the rule in the way, and where it is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from answerback.console import moments, words
from answerback.console.guard import Visit
from answerback.engine.obstacle_words import Speech, told
from answerback.engine.obstacles import Obstacle
from answerback.store import models
from answerback.workflow import appointment_types, bookable, directory, reach

PAGES = {
    "holiday": "console:hours",
    "closed": "console:hours",
    "nobody": "console:bookable",
    "skill": "console:appointment_types",
    "notice": "console:appointment_types",
    "horizon": "console:appointment_types",
    "grid": "console:appointment_types",
    "buffer": "console:appointment_types",
    "resource": "console:things",
    "travel": "console:ways",
}
"""Where the owner changes each rule; what stands for a person is changed on theirs."""

OF_A_PERSON = frozenset({"hours", "time_off"})
IN_THE_CALENDAR = frozenset({"appointment", "hold", "outside"})
SHOWN_DAYS = 6
SHOWN_CLOCKS = 8


class Spoken(Speech):
    """The language of who asks."""

    def gettext(self, words: str) -> str:
        """By the catalogue."""
        return gettext(words)

    def ngettext(self, one: str, more: str, number: int) -> str:
        """By the catalogue."""
        return ngettext(one, more, number)

    def day(self, local: datetime) -> str:
        """`martes, 10 de marzo`."""
        return moments.date(local)

    def clock(self, local: datetime) -> str:
        """As on every page."""
        return moments.time_of_day(local)


SPOKEN = Spoken()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One rule that is in the way; `href` is where it can be changed, empty where nobody can."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfOpenings:
    """One day with the first of its openings, as clocks; `more` is how many follow."""

    name: str
    clocks: tuple[str, ...]
    more: int


def asked(visit: Visit, member: models.Member | None = None) -> dict[str, Any]:
    """What the box shows: what was asked (`?service=`, `&at=`) and the answer, of one member where one is given."""
    services = services_of(visit)
    service = (visit.request.POST or visit.request.GET).get("service", "")
    service = service if service in services else ""
    at = moment_of(visit, visit.request.GET.get("at", ""))
    found: Sequence[Obstacle] = ()
    if at is not None and visit.seat.playbook is not None:
        found = (
            bookable.why_not(member, service, at)
            if member is not None
            else appointment_types.why_not(visit.seat.business, service, at)
        )
    return {
        "services": services,
        "service": service,
        "at": at,
        "written": f"{at:%Y-%m-%dT%H:%M}" if at else "",
        "answers": [
            Answer(words=told(each.said, SPOKEN), href=_where(visit, each, service, at)) for each in found if at
        ],
    }


def services_of(visit: Visit) -> dict[str, str]:
    """The services of the playbook by id, in the reader's language where they have it."""
    if visit.seat.playbook is None:
        return {}
    playbook = directory.known(visit.seat.business, visit.seat.revision, visit.seat.playbook).rules.playbook
    return {each.id: words.named(each.name, each.id) for each in playbook.services}


def openings(visit: Visit, starts: Sequence[datetime], address: str) -> dict[str, Any]:
    """What the page at this address shows of these openings: the first of each day, or with `openings=all` every one.

    An act may draw the page, and then says of which service.
    """
    asked = visit.request.GET.copy()
    most = len(starts) if asked.get("openings") == "all" else SHOWN_CLOCKS
    if "service" in visit.request.POST:
        asked["service"] = visit.request.POST["service"]
    asked["openings"] = "all"
    return {"openings": by_day(starts, most), "all_openings": f"{address}?{asked.urlencode()}"}


def by_day(starts: Sequence[datetime], most: int) -> list[DayOfOpenings]:
    """Openings as people read them: a line for each day."""
    days = [
        DayOfOpenings(name=moments.short_date(day), clocks=tuple(clocks[:most]), more=max(0, len(clocks) - most))
        for day, group in groupby(starts, key=datetime.date)
        if (clocks := [f"{each.hour % 12 or 12}:{each:%M} {each:%p}" for each in group])
    ]
    return days[:SHOWN_DAYS]


def moment_of(visit: Visit, written: str) -> datetime | None:
    """A moment as a form holds it, on the business's clock."""
    try:
        return reach.moment(written).replace(tzinfo=visit.seat.zone)
    except ValueError:
        return None


def _where(visit: Visit, obstacle: Obstacle, service: str, at: datetime) -> str:
    if obstacle.rule in IN_THE_CALENDAR:
        return f"{reverse('console:diary')}?day={at:%Y-%m-%d}"
    if obstacle.person and (obstacle.rule in OF_A_PERSON or obstacle.rule == "too_long"):
        return reverse("console:bookable_person", args=[obstacle.person])
    page = PAGES.get("closed" if obstacle.rule == "too_long" else obstacle.rule, "")
    if not page or (page == "console:hours" and not visit.may("settings")):
        return ""
    return f"{reverse(page)}?service={service}" if page == "console:appointment_types" else reverse(page)
