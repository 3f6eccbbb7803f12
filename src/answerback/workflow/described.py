"""How an appointment is called where staff see it outside answerback: in their calendars and feeds.

Where the playbook asks for privacy (clinics, lawyers) neither the service nor anything the customer said leaves the
house.
"""

from dataclasses import dataclass

from answerback.store import models
from answerback.workflow import directory

BOOKED = "Booked by way of the missed call"
"""Says where the entry comes from, whatever name the product has there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A title, and notes below it."""

    title: str
    notes: str


def appointment(*, service: str, name: str, number: str, notes: str, private: bool) -> Words:
    """What to call an appointment."""
    who = name or number
    if private:
        return Words(title=f"Appointment: {who.split()[0]}", notes=BOOKED)
    what = service.replace("_", " ").capitalize()
    said = "\n".join(filter(None, (number, notes, BOOKED)))
    return Words(title=f"{what}: {who}" if what else who, notes=said)


def is_private(business: models.Business) -> bool:
    """Does this business's playbook ask for more than the usual privacy?"""
    if business.playbook_id is None:
        return False
    known = directory.known(business.id, business.revision, business.playbook_id)
    return known.rules.playbook.privacy != "standard"
