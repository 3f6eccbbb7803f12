"""Whose a lead is, what comes next and when, and what it may bring, as people write it down beside a conversation."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerback.console import acts, conversation, said, steps
from answerback.console.guard import Visit, seated
from answerback.console.shown import Outdated
from answerback.console.written import Unreadable, cents, local_moment
from answerback.store import models
from answerback.store.queries import access
from answerback.workflow import handling
from answerback.workflow.actors import NotAllowed
from answerback.workflow.handling import Plan, Undo

FIELDS = {"owner": "owner", "step": "step", "step_at": "step_at", "value": "cents"}
"""What of a plan each input of the form is."""


@require_POST
@seated
def plan(visit: Visit, id: int) -> HttpResponse:
    """Keep what this person changed of it. What was refused stays in the form, with why."""
    row = access.conversation_for(visit.user, id)
    there, given = visit.at(row.business_id), visit.request.POST
    try:
        said.done(visit.request, _("Kept."), _keep(there, row, given))
    except Outdated as problem:
        return _again(there, row, problem.given, problem)
    except (NotAllowed, Unreadable) as problem:
        return _again(there, row, given, problem)
    return said.back(visit, reverse("console:conversation", args=[id]))


def _keep(visit: Visit, row: models.Conversation, given: QueryDict) -> Undo:
    lead = models.Lead.objects.filter(conversation=row).first()
    if lead is None:
        raise NotAllowed("There is no lead in this conversation. A missed call makes one.")
    form = steps.plan_form(lead, visit.seat.zone, acts.people(visit))
    told = form.told(given)
    owner = str(told.get("owner", ""))
    intended = Plan(
        owner=int(owner) if owner.isdecimal() else None,
        step=told.get("step", "").strip(),
        step_at=local_moment(told.get("step_at", ""), visit.seat.zone),
        cents=cents(told.get("value", ""), visit.seat.currency),
    )
    fields = [FIELDS[each] for each in form.changed(told)]
    return handling.plan_lead(row.id, visit.actor, intended, fields)


def _again(visit: Visit, row: models.Conversation, given: QueryDict, problem: Exception) -> HttpResponse:
    told: dict[str, Any] = {each: given.get(each, "") for each in FIELDS}
    return conversation.page(visit, row, more={"plan": told, "plan_problem": str(problem)}, status=409)
