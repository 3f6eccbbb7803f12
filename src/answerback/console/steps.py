"""What comes next for a lead, and when: a person's own step first, then the engine's. Never empty for an open lead."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from answerback.store import models

OVER = frozenset({"won", "lost", "not_served"})
LOOK_AGAIN = timedelta(days=1)
"""When nothing else is set: an open lead is looked at again a day after something last happened."""


def next_step(lead: models.Lead) -> str:
    """What comes next, in words; for a lead that is over, that nothing does."""
    if lead.own_step:
        return lead.own_step
    if lead.status in OVER:
        return _("Nothing: it is over")
    return lead.next_step if lead.next_step not in {"", "Nothing"} else _("Look at it again")


def step_due(lead: models.Lead, conversation: models.Conversation) -> datetime:
    """When it comes next: when a person or the engine said, else when the machine looks again, else a day later."""
    said = lead.own_step_at if lead.own_step else lead.next_step_at
    return said or conversation.wake_at or conversation.last_at + LOOK_AGAIN
