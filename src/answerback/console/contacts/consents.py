"""Why a contact may be texted: the records as they were kept."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from answerback.console import words
from answerback.console.guard import Visit
from answerback.console.moments import Moment, moment
from answerback.store import models

SHOWN = 12

WAYS: dict[str, Promise] = {
    "paper": gettext_lazy("On paper"),
    "web": gettext_lazy("In a web form"),
    "email": gettext_lazy("By e-mail"),
    "text": gettext_lazy("By text message"),
}

STATES: dict[str, Promise] = {
    "inquiry": gettext_lazy("They called or wrote"),
    "inquiry_disclosed": gettext_lazy("They called, and knew of texts"),
    "express_informational": gettext_lazy("They asked for texts or booked"),
    "marketing_written": gettext_lazy("Agreed in writing"),
    "revoked_marketing": gettext_lazy("Ended for advertising"),
    "revoked_all": gettext_lazy("Ended"),
    "wrong_party": gettext_lazy("Not their number"),
}
"""What a contact agreed to, in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One record as the page shows it."""

    at: Moment
    state: str
    evidence: str
    disclosure: str


def shown(visit: Visit, contact: models.Contact) -> dict[str, Any]:
    """What the page of a contact shows: the newest records first, and whether this person may add one."""
    rows = models.Consent.objects.filter(business_id=contact.business_id, number=contact.number).order_by("-id")
    return {
        "consents": [
            Kept(
                at=moment(row.at, visit.now, visit.seat.zone),
                state=str(STATES.get(row.state, words.tidy(row.state))),
                evidence=row.evidence,
                disclosure=row.disclosure,
            )
            for row in rows[:SHOWN]
        ],
        "may_consent": visit.may("settings"),
        "ways": WAYS.items(),
        "today": visit.now.astimezone(visit.seat.zone).date(),
    }
