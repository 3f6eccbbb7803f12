"""A plumber with two technicians, and customers who were sent a booking link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import answerback
from answerback.engine.state import State
from answerback.workflow import clock

if TYPE_CHECKING:
    from answerback.engine.state import Phase
    from answerback.store import models

# Tables can only be imported once Django is set up, which is after this file was read.

NOW = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)  # Wednesday, 10 AM in Chicago
PACK = (Path(answerback.__file__).parent / "playbooks" / "plumbing.yaml").read_text()
ANSWERS = {"service": "toilet", "urgency": "soon", "area": "Austin 78704", "contact_pref": "link"}


class Moment:
    """The clock of one test."""

    now = NOW

    def after(self, **passed: float) -> None:
        self.now = NOW + timedelta(**passed)


@dataclass
class Shop:
    """The business, and customers with their links."""

    business: models.Business
    line: models.Line

    def customer(
        self,
        last: int = 131,
        *,
        name: str = "Maria",
        address: str = "12 Elm St",
        phase: Phase = "offered",
        answers: dict[str, str] | None = None,
    ) -> Customer:
        """Somebody who was sent a link."""
        from answerback.store import codec, models
        from answerback.workflow import links

        contact = models.Contact.objects.create(
            business=self.business, number=f"+1512555{last:04}", name=name, created_at=NOW
        )
        known = ANSWERS | ({"address": address} if address else {}) if answers is None else answers
        state = State(phase=phase, service="toilet", answers=known)
        conversation = models.Conversation.objects.create(
            business=self.business,
            contact=contact,
            line=self.line,
            playbook_id=self.business.playbook_id,
            phase=phase,
            state=codec.plain(codec.encode_state(state)),
            opened_at=NOW,
            last_at=NOW,
        )
        return Customer(conversation, links.token(conversation.id, NOW))

    def calendar(self) -> list[tuple[str, str, str]]:
        """What stands in the calendar: status, who does it, when (in the business's own clock)."""
        from zoneinfo import ZoneInfo

        from answerback.store import models

        rows = models.Appointment.objects.order_by("id").select_related("member")
        zone = ZoneInfo(self.business.zone)
        return [(row.status, row.member.name, f"{row.during.lower.astimezone(zone):%a %H:%M}") for row in rows]


@dataclass
class Customer:
    """A conversation and its booking link."""

    conversation: models.Conversation
    token: str

    def events(self) -> list[str]:
        from answerback.store import models

        rows = models.Event.objects.filter(conversation=self.conversation).order_by("id")
        return list(rows.values_list("kind", flat=True))


@pytest.fixture
def moment() -> Iterator[Moment]:
    made = Moment()
    with clock.using(lambda: made.now):
        yield made


@pytest.fixture
def shop(moment: Moment, transactional_db: None) -> Shop:
    from answerback.workflow import directory, setup

    directory.forget()
    new = setup.NewBusiness(name="Rivera Plumbing", zone="America/Chicago", phone="+15125550100", playbook=PACK)
    business = setup.open_business(new)
    account = setup.connect(business.id, "simulator", "Pretend", {})
    line = setup.add_line(business.id, account.id, "+15125550100", "Google listing")
    setup.add_member(business.id, "Olga", "owner")
    setup.add_member(business.id, "Dan", "technician")
    setup.add_member(business.id, "Eva", "technician")
    business.refresh_from_db()
    return Shop(business, line)
