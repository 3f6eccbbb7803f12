"""A business's CRM: how it is doing, test, pause, earlier leads, try again, choose a record, compare, take away."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said
from answerback.console.connecting import tell
from answerback.console.crm import screen
from answerback.console.crm.screen import mine
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import moment
from answerback.ports import registry
from answerback.store import models
from answerback.store.queries import access
from answerback.workflow import crm_report, crms, saved

PERIODS = {"7": 7, "30": 30, "90": 90, "365": 365}


@require_safe
@seated_for("settings")
def show(visit: Visit) -> HttpResponse:
    """The CRM, or what could be one."""
    return visit.page("console/crm/show.html", screen.context(visit))


@require_POST
@seated_for("settings")
def test(visit: Visit) -> HttpResponse:
    """Try it without leaving a trace."""
    tell(visit.request, crms.check(mine(visit).id))
    return redirect("console:crm")


@require_POST
@seated_for("settings")
def try_now(visit: Visit) -> HttpResponse:
    """Read it, and copy what waits for it, now; also out of a pause."""
    waiting = crms.try_now(mine(visit).id)
    messages.success(
        visit.request,
        ngettext("%(count)s copy is on its way.", "%(count)s copies are on their way.", waiting) % {"count": waiting},
    )
    return redirect("console:crm")


@require_POST
@seated_for("settings")
def pause(visit: Visit) -> HttpResponse:
    """Copy nothing for now."""
    row = mine(visit)
    undo = saved.saving(row, lambda _: crms.set_paused(row.id))
    said.done(visit.request, _("Paused. What happens meanwhile is copied when you go on."), undo)
    return redirect("console:crm")


@require_POST
@seated_for("settings")
def fill_back(visit: Visit) -> HttpResponse:
    """Copy earlier leads."""
    days = PERIODS.get(visit.request.POST.get("days", ""), 30)
    leads = crms.fill_back(mine(visit).id, visit.now - timedelta(days=days))
    says = ngettext("%(count)s earlier lead is being copied.", "%(count)s earlier leads are being copied.", leads)
    messages.success(visit.request, says % {"count": leads})
    return redirect("console:crm")


@require_POST
@seated_for("settings")
def try_dead(visit: Visit) -> HttpResponse:
    """Try everything again that was refused."""
    crms.try_dead_again(mine(visit).id)
    messages.success(visit.request, _("What was refused is tried again."))
    return redirect("console:crm")


@require_POST
@seated_for("settings")
def try_one(visit: Visit, id: int) -> HttpResponse:
    """Try one thing again that was refused."""
    row = access.crm_copy_for(visit.user, id)
    crms.try_dead_again(row.crm_id, row.id)
    messages.success(visit.request, _("It is tried again."))
    return redirect("console:crm")


@require_POST
@seated_for("settings")
def choose(visit: Visit, id: int) -> HttpResponse:
    """Say which of several records a contact is, or that none of them is."""
    row = access.crm_copy_for(visit.user, id)
    remote = visit.request.POST.get("record", "")
    known = {str(each["id"]) for each in row.choices or ()}
    if remote and remote not in known:
        messages.error(visit.request, _("This record is not among them any more. Look at the page again."))
    elif crms.choose(row.crm_id, row.id, remote):
        messages.success(visit.request, _("Thank you. What waited is copied now."))
    else:
        messages.info(visit.request, _("Somebody has said so already."))
    return redirect("console:crm")


@require_POST
@seated_for("settings")
def compare(visit: Visit) -> HttpResponse:
    """Let a comparison be made."""
    crm_report.ask_for(mine(visit).id)
    return redirect("console:crm_report")


@require_safe
@seated_for("settings")
def report(visit: Visit) -> HttpResponse:
    """What differs, and why."""
    row = mine(visit)
    made = models.CrmReport.objects.filter(crm=row).first()
    lines = [
        each
        | {
            "because": screen.WHY.get(each["why"], each["why"]),
            "kind": screen.KINDS.get(each["kind"], each["kind"]),
            "bad": each["why"] in {"refused", "gone", "which", "changed_there", "unknown_value"},
        }
        for each in (made.lines if made else [])
    ]
    shown = {
        "title": registry.crm(row.provider).title,
        "report": made,
        "made": moment(made.made_at, visit.now, visit.seat.zone) if made and made.made_at else None,
        "lines": lines,
    }
    return visit.page("console/crm/report.html", shown)


@require_POST
@seated_for("settings")
def disconnect(visit: Visit) -> HttpResponse:
    """Take it away."""
    row = mine(visit)
    kind = registry.crm_if_installed(row.provider)
    title = kind.title if kind else row.provider
    crms.disconnect(row.id)
    messages.success(visit.request, _("%(crm)s is disconnected. What was copied stays there.") % {"crm": title})
    return redirect("console:crm")
