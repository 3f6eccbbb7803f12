"""What every operation can be asked about: for each kind of thing in an address, one that exists, fresh each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.api.conftest import NOW

from answerback.engine.events import CallEnded, CallRang, TimerDue
from answerback.store.queries import ledger
from answerback.workflow import clock, transaction, turn

if TYPE_CHECKING:
    from tests.api.conftest import Program, Shop

    from answerback.store import models

STORYBOARD = """\
title: What happens next
language: en
kind: what_next
scenes:
  - heading: We look at it
    lines: [Within the hour]
    say: We look at it within the hour.
"""

LATER = {"starts_at": "2026-03-16T13:00:00Z", "ends_at": "2026-03-16T17:00:00Z"}
NOWHERE = {"url": "https://192.0.2.1/", "username": "a", "password": "b", "token": "c"}


@dataclass
class Existing:
    """Makes things in one shop through its API, and where that only happens by itself, as rows."""

    shop: Shop
    program: Program
    numbers: Any = field(default_factory=lambda: count(131))

    def of(self, path: str) -> dict[str, object]:
        """What stands in the braces of an address such as `/api/v1/leads/{id}`; for `/crm` there is a CRM."""
        if path.startswith("/api/v1/crm"):
            self.crm()
        if "{" not in path:
            return {}
        noun = path.removeprefix("/api/v1/").partition("/{")[0]
        match noun:
            case "appointment-types":
                return {"service": "toilet"}
            case "calendar-apps":
                return {"provider": "google_calendar"}
            case "booking-page":
                return {"provider": "calcom"}
            case "exports":
                return {"kind": "leads"}
        if "{call}" in path:
            return {"id": self.missed_call(), "call": "a"}
        if "/videos/{id}/upload" in path:
            return {"id": self.upload()}
        return {"id": self._makers()[noun]()}

    def fits(self, body: Any) -> Any:
        """A body whose references lead to something: what was drawn for them leads nowhere."""
        makers = {
            "contact_id": lambda: self.conversation().contact_id,
            "conversation_id": lambda: self.conversation().id,
            "member_id": lambda: self.shop.owner.id,
            "owner_id": lambda: self.shop.owner.id,
            "location_id": lambda: self.made("/locations", {"name": self.name()}),
            "member_ids": lambda: [self.shop.owner.id],
            "line_ids": lambda: [self.shop.line.id],
        }
        if not isinstance(body, dict):
            return body
        return {name: makers[name]() if name in makers and value else value for name, value in body.items()}

    def _makers(self) -> dict[str, Callable[[], int]]:
        alice = self.shop.owner.id
        return {
            "leads": lambda: self.lead().id,
            "revenue": self.revenue,
            "contacts": lambda: self.conversation().contact_id,
            "people": lambda: self.made(f"/contacts/{self.conversation().contact_id}/people", {"name": "Ana"}),
            "merges": self.merge,
            "conversations": lambda: self.conversation().id,
            "messages": self.message,
            "attachments": self.attachment,
            "notes": lambda: self.made(f"/conversations/{self.conversation().id}/notes", {"body": "Called"}),
            "planned-texts": self.planned,
            "todos": lambda: self.shop.todo(self.conversation()).id,
            "snippets": lambda: self.made("/snippets", {"name": self.name(), "body": "On our way"}, "PUT"),
            "pages": self.page,
            "on-call/shifts": self.shift,
            "on-call/overrides": lambda: self.made("/on-call/overrides", LATER | {"member_id": None, "reason": "x"}),
            "members": lambda: self.made(
                "/members", {"name": "Mo", "email": self.email(), "role": "desk"}, at="member"
            ),
            "appointments": self.appointment,
            "time-off": lambda: self.made(f"/members/{alice}/time-off", LATER | {"why": "Dentist"}, at="time_off"),
            "things": lambda: self.made("/things", {"kind": "van", "count": 1}, at="items"),
            "ways": lambda: self.made("/ways", {"one": "78704", "other": "78701", "minutes": 25}, "PUT"),
            "own-entries": lambda: self.made(f"/members/{alice}/own-entries", LATER | {"title": "School"}, at="items"),
            "calendars": self.calendar,
            "report-links": lambda: self.made("/report-links", {"days": 7, "lives": 7}),
            "playbooks": self.playbook,
            "videos": lambda: self.made("/videos", {"storyboard": STORYBOARD}),
            "locations": lambda: self.made("/locations", {"name": self.name()}),
            "lines": lambda: self.shop.line.id,
            "connections": lambda: self.program.items("/connections")[0]["id"],
            "crm/copies": self.copy,
            "webhooks": lambda: self.notice().target_id,
            "notices": lambda: self.notice().id,
        }

    def name(self) -> str:
        return f"Name {next(self.numbers)}"

    def email(self) -> str:
        return f"mo{next(self.numbers)}@example.com"

    def made(self, path: str, body: object, method: str = "POST", *, at: str = "") -> int:
        answer = self.program.post(path, body, method=method)
        assert answer.status_code in {200, 201}, answer.content
        told = answer.json()[at] if at else answer.json()
        return int((told[0] if isinstance(told, list) else told)["id"])

    def conversation(self) -> models.Conversation:
        return self.shop.conversation(next(self.numbers), name="Maria")

    def lead(self) -> models.Lead:
        from answerback.store import models

        return models.Lead.objects.get(conversation=self.conversation())

    def revenue(self) -> int:
        lead = self.lead().id
        self.program.post(f"/leads/{lead}/outcome", {"status": "won", "cents": 90000, "job": self.name()})
        return int(self.program.items("/revenue", lead=lead)[0]["id"])

    def member(self) -> int:
        return self.made("/members", {"name": "Mo", "email": self.email(), "role": "desk"}, at="member")

    def merge(self) -> int:
        kept, gone = self.conversation().contact_id, self.conversation().contact_id
        return self.made(f"/contacts/{kept}/merge", {"contact_id": gone})

    def message(self) -> int:
        return self.made(f"/conversations/{self.conversation().id}/messages", {"body": "On our way"})

    def attachment(self) -> int:
        from answerback.store import models

        return models.Attachment.objects.create(
            business=self.shop.business, conversation=self.conversation(), kind="picture", state="kept",
            content=b"a picture", content_type="image/jpeg", created_at=NOW,
        ).id  # fmt: skip

    def planned(self) -> int:
        from answerback.store import models

        there, due = self.conversation(), NOW + timedelta(hours=2)
        state = {"phase": "learning", "timers": 7, "timer_at": due.isoformat()}
        models.Conversation.objects.filter(id=there.id).update(state=state)
        self.happened(there, TimerDue(at=NOW, timer="nudge", ref="7"), due=due)
        return int(self.program.items("/planned-texts", conversation=there.id)[0]["id"])

    def missed_call(self) -> int:
        there, line = self.conversation(), self.shop.line.number
        rang = CallRang(at=NOW - timedelta(seconds=60), call="a", line=line)
        ended = CallEnded(at=NOW - timedelta(seconds=40), call="a", line=line, outcome="no_answer", rang_seconds=20)
        self.happened(there, rang, ended)
        return there.id

    def happened(self, there: models.Conversation, *events: Any, due: Any = None) -> None:
        own = [ledger.Own(business=self.shop.business.id, conversation=there.id, event=e, due_at=due) for e in events]
        transaction.run(lambda cursor: ledger.record(cursor, own, clock.now()))
        while turn.run():
            pass

    def page(self) -> int:
        from answerback.store import models

        return models.Page.objects.create(
            business=self.shop.business, conversation=self.conversation(), key="k", reason="urgent", summary="Flood",
            opened_at=NOW, next_at=NOW,
        ).id  # fmt: skip

    def shift(self) -> int:
        from answerback.store import models

        return models.Shift.objects.create(
            business=self.shop.business, member=self.shop.owner, weekday=1, start="17:00", end="20:00", rung=1
        ).id

    def appointment(self) -> int:
        from answerback.store import models

        there, starts = self.conversation(), NOW + timedelta(days=next(self.numbers))
        during = (starts, starts + timedelta(hours=1))
        return models.Appointment.objects.create(
            business=self.shop.business, conversation=there, contact=there.contact, member=self.shop.owner,
            during=during, blocked=during, service="toilet", status="booked", created_at=NOW, updated_at=NOW,
        ).id  # fmt: skip

    def calendar(self) -> int:
        from answerback.store import models
        from answerback.store.secrets import seal

        return models.OutsideCalendar.objects.create(
            business=self.shop.business, member=self.shop.owner, provider="caldav", sealed=seal(NOWHERE), writes=False,
            created_at=NOW,
        ).id  # fmt: skip

    def playbook(self) -> int:
        return int(self.program.items("/playbooks")[-1]["id"])

    def upload(self) -> int:
        return self.made("/videos/uploads", {"title": "Ours", "kind": "testimonial", "bytes": 9})

    def crm(self) -> models.OutsideCrm:
        from answerback.store import models
        from answerback.store.secrets import seal

        row, _ = models.OutsideCrm.objects.get_or_create(
            business=self.shop.business,
            defaults={"provider": "bottlecrm", "sealed": seal(NOWHERE), "created_at": NOW},
        )
        models.CrmReport.objects.get_or_create(crm=row, defaults={"asked_at": NOW})
        return row

    def copy(self) -> int:
        from answerback.store import models

        crm, contact = self.crm(), self.conversation().contact
        row, _ = models.CrmCopy.objects.get_or_create(
            crm=crm, kind="contact", local=contact.id, defaults={"business": self.shop.business, "contact": contact}
        )
        choices = [{"id": "7", "name": "Maria", "url": ""}]
        models.CrmCopy.objects.filter(id=row.id).update(dead_at=NOW, problem="Refused.", choices=choices)
        return row.id

    def notice(self) -> models.Notice:
        from answerback.store import models
        from answerback.store.secrets import seal

        target = models.Target.objects.create(
            business=self.shop.business, name="n8n", url="https://192.0.2.1/a", kinds=["lead.created"],
            sealed=seal({"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}), created_at=NOW,
        )  # fmt: skip
        self.conversation()
        return models.Notice.objects.get(target=target)
