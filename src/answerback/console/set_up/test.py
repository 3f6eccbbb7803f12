"""The last step: a call to the line that nobody takes, and the text it leads to. Only then is the set-up over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console.guard import Visit, seated_for
from answerback.store import models
from answerback.workflow import set_up
from answerback.workflow.set_up import NotYet


@require_POST
@seated_for("settings")
def call(visit: Visit) -> HttpResponse:
    """Wait for a call from now on; on the pretend phones it is made here."""
    try:
        set_up.begin_test(visit.seat.business)
    except NotYet as problem:
        messages.error(visit.request, str(problem))
    return redirect("console:set_up_step", step="test")


@require_safe
@seated_for("settings")
def live(visit: Visit) -> HttpResponse:
    """What became of the call so far."""
    row = models.Business.objects.get(id=visit.seat.business)
    return render(visit.request, "console/set_up/test_live.html", {"test": set_up.test_of(row), "seat": visit.seat})


@require_POST
@seated_for("settings")
def finish(visit: Visit) -> HttpResponse:
    """Over; refused before a test text has left."""
    try:
        set_up.finish(visit.seat.business)
    except NotYet as problem:
        messages.error(visit.request, str(problem))
        return redirect("console:set_up_step", step="test")
    messages.success(visit.request, _("answerback is on. From now on a missed call is a lead."))
    return redirect("console:inbox")
