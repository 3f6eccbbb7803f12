"""Writes down who looked at, took out or changed what. An entry is never edited; the database sees to that."""

from dataclasses import dataclass
from typing import Literal

from answerback.store import models
from answerback.workflow import clock

Audited = Literal["view", "export", "edit", "see_as"]
"""Saw a transcript, took data out, changed something, began or ended to see the console as somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One thing somebody did: `what` is the name of the address, `subject` the id in it."""

    business: int
    member: int | None
    name: str
    act: Audited
    what: str
    subject: int | None = None
    seen_as: str = ""


def note(noted: Noted) -> None:
    """Keep it."""
    models.AuditEntry.objects.create(
        business_id=noted.business,
        member_id=noted.member,
        name=noted.name[:120],
        at=clock.now(),
        act=noted.act,
        what=noted.what[:60],
        subject=noted.subject,
        seen_as=noted.seen_as[:120],
    )
