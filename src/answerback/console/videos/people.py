"""Whom a video was sent to, and who of them watched how far: the lists behind its numbers."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from answerback.console import paging, words
from answerback.console.guard import Visit, seated
from answerback.console.moments import moment
from answerback.console.reports.listing import PAGE, Head, LeadLine
from answerback.store.queries import access, watched

SENT = "sent"
GOT: dict[str, Promise] = {
    SENT: _("Sent"),
    "opened": _("Opened"),
    "played": _("Played"),
    "quarter": _("A quarter"),
    "half": _("Half"),
    "finished": _("Finished"),
}
"""What is counted of a video, by what an address asks for (`got`)."""


@require_safe
@seated
def show(visit: Visit, id: int) -> HttpResponse:
    """The people behind one number of a video, who was sent it last first."""
    row, got = access.shown_video_for(visit.user, id), visit.request.GET.get("got", SENT)
    if got not in GOT:
        raise Http404
    mark = "" if got == SENT else got
    rows = watched.people(row.id, mark, before=paging.asked(visit.request.GET), rows=PAGE)
    found, further = rows[:PAGE], len(rows) > PAGE
    count = watched.of_videos(row.business_id, row.id).get(row.id, watched.Figures()).of(mark)
    back = reverse("console:video", args=[row.id]) if visit.seat.manages else reverse("console:videos")
    context = {
        "head": Head(title=row.title, note=str(GOT[got]), back=back, query={}),
        "sum": ngettext("%(found)s person", "%(found)s people", count) % {"found": count},
        "lines": [_line(each, visit) for each in found],
        "older": urlencode({"got": got} | paging.behind(found[-1].at, found[-1].showing)) if further else "",
        "videos": True,
    }
    return visit.page("console/videos/people.html", context)


def _line(person: watched.Person, visit: Visit) -> LeadLine:
    return LeadLine(
        conversation=person.conversation,
        who=words.who(person.name, person.number),
        at=moment(person.at, visit.now, visit.seat.zone),
        chips=(),
        money="",
    )
