"""Which days of the calendar somebody looks at, and whose: as an address asks, and as the page's forms carry it along.

Never here: what stands on those days (`diary_page`).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from answerback.console.guard import Visit
from answerback.workflow import reach

WEEK = 7
LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which days are asked for, of whom (empty: everybody)."""

    first: date
    week: bool = False
    person: str = ""

    @property
    def count(self) -> int:
        """How many days."""
        return WEEK if self.week else 1

    @property
    def view(self) -> str:
        """What a form of the page carries along; empty where everybody's day is looked at."""
        who = {"person": self.person} if self.person else {}
        return urlencode({**who, **({"span": "week", "day": self.first.isoformat()} if self.week else {})})


def of_address(visit: Visit) -> Asked:
    """What the page's address asks for; today where it names no day."""
    asked = visit.request.GET
    first = read_day(asked.get("day", "")) or visit.now.astimezone(visit.seat.zone).date()
    return Asked(first=first, week=asked.get("span") == "week", person=_whose(visit, asked))


def around(visit: Visit, day: date) -> Asked:
    """What was looked at where a form was sent, turned to this day where that is not in the week that was shown."""
    view = QueryDict(visit.request.POST.get("view", "")[:LONGEST])
    week, first = view.get("span") == "week", read_day(view.get("day", ""))
    is_shown = week and first is not None and first <= day and (day - first).days < WEEK
    return Asked(first=first if is_shown and first else day, week=week, person=_whose(visit, view))


def back(visit: Visit, at: datetime, member: int, more: dict[str, Any] | None = None) -> HttpResponse:
    """To the page that was looked at, at this moment's day; to everybody's where it would not show this member."""
    asked = around(visit, at.astimezone(visit.seat.zone).date())
    if asked.person not in {"", str(member)}:
        asked = replace(asked, person="all")
    view = QueryDict(asked.view)
    kept = {name: view[name] for name in ("span", "person") if name in view and "view" in visit.request.POST}
    return redirect(f"{reverse('console:diary')}?{urlencode({'day': asked.first.isoformat(), **kept, **(more or {})})}")


def read_day(said: str) -> date | None:
    """A day as an address or a form holds it; None for what is none."""
    try:
        return reach.day(said)
    except ValueError:
        return None


def _whose(visit: Visit, asked: QueryDict) -> str:
    """Whose days are asked for; a technician who asked for nobody's means their own."""
    own = str(visit.seat.member) if visit.seat.role == "technician" else ""
    return str(asked.get("person", own))
