"""What comes next for a lead, and when: a person's own step first, then the engine's. Never empty for an open lead."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from answerback.console.shown import Form
from answerback.engine.effects import OVER
from answerback.store import models
from answerback.store.queries.steps import INSTEAD, WAITS

LOOK_AGAIN = timedelta(days=1)
"""When nothing else is set: an open lead is looked at again a day after something last happened."""


def next_step(lead: models.Lead, *, stopped: bool = False) -> str:
    """What comes next, in words; for a lead that is over, that nothing does. `stopped`: they said stop."""
    if lead.status in OVER:
        return _("Nothing: it is over")
    if lead.own_step:
        return lead.own_step
    if stopped and lead.next_step in WAITS:
        return INSTEAD
    return lead.next_step if lead.next_step not in {"", "Nothing"} else _("Look at it again")


def step_due(lead: models.Lead, conversation: models.Conversation) -> datetime:
    """When it comes next: when a person or the engine said, else a day after something last happened."""
    said = lead.own_step_at if lead.own_step else lead.next_step_at
    return said or conversation.last_at + LOOK_AGAIN


def plan_form(lead: models.Lead, zone: ZoneInfo, people: Sequence[models.Member]) -> Form:
    """What people intend with a lead as the form shows it; an owner whom it cannot offer counts as none chosen."""
    owners = {str(each.id): each.name for each in people}
    values = {
        "step": lead.own_step,
        "step_at": lead.own_step_at.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if lead.own_step_at else "",
        "owner": str(lead.owner_id) if str(lead.owner_id) in owners else "",
        "value": f"{lead.value_cents / 100:.2f}".removesuffix(".00") if lead.value_cents is not None else "",
    }
    names = {"step": _("Next step"), "step_at": _("When"), "owner": _("Owner"), "value": _("May bring")}
    return Form(values, names, {"owner": owners})
