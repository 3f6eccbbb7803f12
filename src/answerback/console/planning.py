"""What people say of a lead beside its conversation: whose it is, what comes next, how it ended, what it brought."""

from dataclasses import replace
from typing import get_args

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerback.console import acts, amounts, conversation, said, steps, words
from answerback.console.guard import Visit, seated, seated_for
from answerback.console.refused import Refused
from answerback.console.written import cents, local_moment
from answerback.engine.effects import LeadStatus
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.workflow import desk, handling, revenue
from answerback.workflow.actors import MarkedMeanwhile, NotAllowed
from answerback.workflow.handling import Plan, Undo
from answerback.workflow.refusals import Refusal

FIELDS = {"owner": "owner", "step": "step", "step_at": "step_at", "value": "cents"}
"""What of a plan each input of the form is."""

_STATUSES: dict[str, LeadStatus] = {status: status for status in get_args(LeadStatus)}


@require_POST
@seated
def plan(visit: Visit, id: int) -> HttpResponse:
    """Keep what this person changed of it. What was refused stays in the form, with why."""
    row = access.conversation_for(visit.user, id)
    there, given = visit.at(row.business_id), visit.request.POST
    try:
        said.done_or_so_already(visit, _("Saved."), _keep(there, row, given), _("It says so already."))
    except Refusal as problem:
        return _again(there, row, Refused.of(problem, given, "plan"))
    return said.back(visit, said.talk(visit.request, id))


@require_POST
@seated
def mark(visit: Visit, id: int) -> HttpResponse:
    """Say what became of the lead: won, with the amount and what shows it, or lost, with the reason.

    What was refused stays typed.
    """
    row = access.conversation_for(visit.user, id)
    there, given = visit.at(row.business_id), visit.request.POST
    form = "lost" if given.get("status") == "lost" else "won"
    try:
        status, undo = _mark(there, row, given)
        named = {"status": words.STATUSES[status].words}
        already = _("It is marked “%(status)s” already.") % named
        said.done_or_so_already(visit, _("Marked: %(status)s.") % named, undo, already)
    except MarkedMeanwhile as problem:
        return _again(there, row, Refused(problem=meanwhile(problem), given=given, form=form))
    except Refusal as problem:
        return _again(there, row, Refused.of(problem, given, form))
    return said.back(visit, said.talk(visit.request, id))


@require_POST
@seated_for("money")
def take_back_money(visit: Visit, id: int) -> HttpResponse:
    """An amount was wrong: it counts no more, and both entries stay."""
    entry = access.revenue_for(visit.user, id)
    try:
        undo = revenue.take_back(entry.id, visit.at(entry.business_id).actor)
        said.done(visit.request, _("Taken back. Enter the right amount, if there is one."), undo)
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    return redirect(said.talk(visit.request, entry.lead.conversation_id))


@require_POST
@seated_for("money")
def correct_money(visit: Visit, id: int) -> HttpResponse:
    """The amount, its number or what shows it was written wrongly: this stands in its place.

    What was refused stays typed.
    """
    entry = access.revenue_for(visit.user, id)
    asked = visit.request.POST
    try:
        right = amounts.given(asked, entry.currency)
        if right is None:
            raise NotAllowed(_("Write the right amount. To remove it, take it back."), "amount")
        why = asked.get("why", "").strip()[:200]
        undo = revenue.correct(entry.id, visit.at(entry.business_id).actor, right, why)
        said.done(visit.request, _("Corrected. The first entry stays in the ledger and counts no more."), undo)
    except Refusal as problem:
        if problem.field:
            return _again(visit, entry.lead.conversation, Refused.of(problem, asked, "money", entry.id))
        said.refused(visit.request, problem)
    return redirect(said.talk(visit.request, entry.lead.conversation_id))


def _mark(visit: Visit, row: models.Conversation, given: QueryDict) -> tuple[LeadStatus, Undo | None]:
    status = _STATUSES.get(given.get("status", ""))
    reason = given.get("reason", "").strip()[:300]
    if status is None:
        raise NotAllowed(_("Say what became of the lead. Nothing was changed."))
    money = amounts.given(given, visit.seat.currency) if status == "won" else None
    return status, desk.mark_outcome(row.id, visit.actor, status, reason, money, seen=given.get("seen", ""))


def meanwhile(problem: MarkedMeanwhile) -> str:
    """What is said to whoever marks a lead that somebody has opened or closed since they looked at it."""
    chip = words.STATUSES.get(problem.status)
    values = {"name": problem.by, "status": chip.words if chip else problem.status}
    if not problem.by:
        return _("This lead is “%(status)s” by now, so nothing was changed. Look at it again.") % values
    return _("%(name)s has marked this lead “%(status)s” meanwhile. Nothing was changed: look at it again.") % values


def _keep(visit: Visit, row: models.Conversation, given: QueryDict) -> Undo | None:
    lead = models.Lead.objects.filter(conversation=row).first()
    if lead is None:
        raise NotAllowed("There is no lead in this conversation. A missed call makes one.")
    form = steps.plan_form(lead, visit.seat.zone, acts.people(visit))
    told = form.told(given)
    intended = Plan(
        owner=ids.read(str(told.get("owner", ""))),
        step=told.get("step", "").strip(),
        step_at=local_moment(told.get("step_at", ""), visit.seat.zone, "step_at"),
        cents=cents(told.get("value", ""), visit.seat.currency, "value"),
    )
    fields = [FIELDS[each] for each in form.changed(told)]
    return handling.plan_lead(row.id, visit.actor, intended, fields)


def _again(visit: Visit, row: models.Conversation, refused: Refused) -> HttpResponse:
    """The page with that form as it was typed; what belongs to no field is said in a toast, as nothing leads there."""
    if not refused.field:
        messages.error(visit.request, refused.problem)
        refused = replace(refused, problem="")
    return conversation.page(visit, row, refused=refused)
