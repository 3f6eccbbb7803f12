"""The last step: a call to the line that nobody takes, and the text it leads to. Only then is the set-up over."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.adapters.simulator import open_world
from answerback.console import words
from answerback.console.guard import Visit, seated_for
from answerback.console.set_up.outcome import outcome
from answerback.console.set_up.steps import TITLES
from answerback.store import ids, models
from answerback.store.secrets import unseal
from answerback.workflow import set_up
from answerback.workflow.set_up import NotYet

RING_SECONDS = 20


@require_POST
@seated_for("settings")
def call(visit: Visit) -> HttpResponse:
    """Wait for a call from now on; on the pretend phones it is made here."""
    try:
        wanted = ids.read(visit.request.POST.get("line"))
        line, caller = set_up.begin_test(visit.seat.business, visit.now, wanted)
        if caller:
            _ring(line, caller, visit.now)
    except NotYet as problem:
        messages.error(visit.request, str(problem))
    return redirect("console:set_up_step", step="test")


@require_safe
@seated_for("settings")
def live(visit: Visit) -> HttpResponse:
    """What became of the call so far."""
    row = models.Business.objects.get(id=visit.seat.business)
    line = set_up.line_to_test(row)
    context = outcome(row) | {
        "seat": visit.seat,
        "line": words.number(line.number) if line is not None else "",
        "alone": True,
        "pretend": line is not None and line.connection.provider == "simulator",
    }
    return render(visit.request, "console/set_up/test_live.html", context)


@require_POST
@seated_for("settings")
def finish(visit: Visit) -> HttpResponse:
    """Over; refused before every step is done and a test text has left, and then led to what is missing."""
    try:
        set_up.finish(visit.seat.business)
    except NotYet as problem:
        if not problem.steps:
            messages.error(visit.request, str(problem))
            return redirect("console:set_up_step", step="test")
        names = ", ".join(str(TITLES[step]) for step in problem.steps)
        messages.error(
            visit.request, _("Before the set-up is over, these steps need you: %(steps)s.") % {"steps": names}
        )
        return redirect("console:set_up_step", step=problem.steps[0])
    messages.success(visit.request, _("%(brand)s is on. From now on a missed call is a lead.") % {"brand": visit.brand})
    return redirect("console:today")


def _ring(line: models.Line, caller: str, now: datetime) -> None:
    """Call the line on the pretend phones and let it ring out, as a customer would."""
    known = unseal(line.connection.sealed)
    world = open_world(known["world"])
    hooks = f"{settings.PUBLIC_URL or settings.LOCAL_URL}/hooks/simulator/{line.connection_id}"
    world.connect(line.number, connection=line.connection_id, secret=known["secret"], hooks_url=hooks)
    world.add_handset(caller, "Test call")
    world.call(caller, line.number, now, ring=RING_SECONDS)
    world.ring_out(caller, now)
