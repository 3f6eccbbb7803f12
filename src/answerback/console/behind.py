"""The lists behind numbers that count what no other page lists: of a line's findings, a calendar, a CRM."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerback.console import calendars, words
from answerback.console.crm import screen
from answerback.console.guard import Visit, seated, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.retold import retold
from answerback.ports import registry
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.store.queries.line_behind import ROWS
from answerback.workflow import line_behind

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One of what a number counts; `href` is empty where nothing more can be seen of it."""

    id: int
    who: str
    href: str
    at: Moment | None
    note: str = ""


@require_safe
@seated
def finding(visit: Visit, id: int) -> HttpResponse:
    """The texts or calls that the sentence of a finding counts."""
    row = access.finding_for(visit.user, id)
    visit = visit.at(row.business_id)
    found = [
        Counted(
            id=each.id,
            who=each.name or (words.number(each.number) if each.number else _("A call")),
            href=_talk(each.conversation),
            at=moment(each.at, visit.now, visit.seat.zone),
        )
        for each in line_behind.listed(row, _before(visit))
    ]
    return page(visit, retold(row.says).removesuffix("."), reverse("console:health"), found)


@require_safe
@seated
def calendar(visit: Visit, id: int) -> HttpResponse:
    """The appointments that do not stand in this calendar yet."""
    row = calendars.mine(visit, id)
    entries = models.Entry.objects.filter(calendar=row, due_at__isnull=False).select_related("appointment__contact")
    found = [
        Counted(
            id=each.id,
            who=each.appointment.name or str(each.appointment.contact),
            href=_talk(each.appointment.conversation_id),
            at=_moment(visit, each.appointment.during.lower),
            note=each.problem,
        )
        for each in older(entries, visit)
    ]
    kind = registry.calendar_if_installed(row.provider)
    title = _("Not yet in %(calendar)s") % {"calendar": kind.title if kind else row.provider}
    return page(visit.at(row.business_id), title, reverse("console:calendars"), found)


@require_safe
@seated_for("settings")
def copies(visit: Visit) -> HttpResponse:
    """What stands in the CRM; with `?waits=1` what is on its way there."""
    waits = visit.request.GET.get("waits") == "1"
    held = screen.waiting if waits else screen.there
    rows = list(older(held(models.CrmCopy.objects.filter(crm=screen.mine(visit))).select_related("contact"), visit))
    talks = screen.talks(rows)
    found = [
        Counted(
            id=each.id,
            who=f"{screen.KINDS.get(each.kind, each.kind)}: {each.contact}",
            href=_talk(talks.get(each.contact_id)),
            at=_moment(visit, None if waits else each.copied_at),
            note=each.problem,
        )
        for each in rows
    ]
    title = _("Copies on their way") if waits else _("Copies that stand there")
    return page(visit, title, reverse("console:crm"), found)


def page(visit: Visit, title: str, back: str, found: Sequence[Counted]) -> HttpResponse:
    """The list, a portion of it."""
    asked = visit.request.GET.copy()
    if len(found) > ROWS:
        asked["before"] = str(found[ROWS - 1].id)
    further = asked.urlencode() if len(found) > ROWS else ""
    return visit.page("console/behind.html", {"title": title, "back": back, "found": found[:ROWS], "older": further})


def _before(visit: Visit) -> int | None:
    return ids.read(visit.request.GET.get("before"))


def older(rows: QuerySet[Row], visit: Visit) -> QuerySet[Row]:
    """These rows, the newest first, from where the address says: one more than a page holds."""
    before = _before(visit)
    return (rows if before is None else rows.filter(id__lt=before)).order_by("-id")[: ROWS + 1]


def _talk(conversation: int | None) -> str:
    return reverse("console:conversation", args=[conversation]) if conversation else ""


def _moment(visit: Visit, at: datetime | None) -> Moment | None:
    return moment(at, visit.now, visit.seat.zone) if at else None
