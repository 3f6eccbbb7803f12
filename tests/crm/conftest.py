"""A plumber with customers and a pretend HubSpot, on one clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import answerback
from answerback.adapters.hubspot import api
from answerback.testing.pretend_hubspot import PretendHubSpot
from answerback.workflow import clock

if TYPE_CHECKING:
    from answerback.store import models

# Tables can only be imported once Django is set up, which is after this file was read.

NOW = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)
PACK = (Path(answerback.__file__).parent / "playbooks" / "plumbing.yaml").read_text()
MARIA = "+13125550142"


class Moment:
    """The clock of one test."""

    now = NOW

    def after(self, **passed: float) -> None:
        self.now += timedelta(**passed)


@dataclass
class Shop:
    """The business, and ways for things to happen to it."""

    business: models.Business
    line: models.Line

    def lead(self, number: str = MARIA, name: str = "Maria Pena", status: str = "new", **fields: str) -> models.Lead:
        """Somebody called and is a lead; everything a turn writes for that, in one transaction."""
        from django.db import transaction

        from answerback.store import models

        with transaction.atomic():
            contact, _ = models.Contact.objects.get_or_create(
                business=self.business, number=number, defaults={"name": name, "created_at": clock.now()}
            )
            talk = models.Conversation.objects.create(
                business=self.business,
                contact=contact,
                line=self.line,
                playbook_id=self.business.playbook_id,
                opened_at=clock.now(),
                last_at=clock.now(),
                ended_at=None if not contact.conversations.filter(ended_at=None).exists() else clock.now(),
            )
            self.called(talk)
            return models.Lead.objects.create(
                business=self.business,
                contact=contact,
                conversation=talk,
                line=self.line,
                status=status,
                created_at=clock.now(),
                updated_at=clock.now(),
                **fields,
            )

    def called(self, talk: models.Conversation, call: str = "a") -> None:
        """Their call ended, unanswered."""
        from answerback.engine.events import CallEnded
        from answerback.store import codec, models

        event = CallEnded(at=clock.now(), call=call, line=self.line.number, outcome="no_answer", rang_seconds=20)
        models.Event.objects.create(
            business=self.business,
            conversation=talk,
            kind="CallEnded",
            at=clock.now(),
            due_at=clock.now(),
            handled_at=clock.now(),
            body=codec.plain(codec.encode_event(event)),
        )

    def text(self, lead: models.Lead, body: str, author: str = "customer", status: str = "received") -> models.Message:
        """A text, in or out."""
        from answerback.store import models

        return models.Message.objects.create(
            business=self.business,
            conversation=lead.conversation,
            contact=lead.contact,
            line=self.line,
            author=author,
            to=lead.contact.number,
            key=f"{author}-{models.Message.objects.count()}",
            body=body,
            status=status,
            created_at=clock.now(),
        )

    def waiting(self) -> list[tuple[str, str, int]]:
        """What is not copied yet: kind, problem, seconds until it is due."""
        from answerback.store import models

        rows = models.CrmCopy.objects.exclude(due_at=None).order_by("id")
        return [
            (row.kind, row.problem, round((row.due_at - clock.now()).total_seconds())) for row in rows if row.due_at
        ]


@pytest.fixture(autouse=True)
def no_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    plenty = api.Limit(requests=100_000, seconds=1)
    monkeypatch.setattr(api, "_pace", api.Pace("HubSpot", plenty))
    monkeypatch.setattr(api, "_search_pace", api.Pace("HubSpot", plenty))


@pytest.fixture
def moment() -> Iterator[Moment]:
    made = Moment()
    with clock.using(lambda: made.now):
        yield made


@pytest.fixture
def hubspot(moment: Moment) -> Iterator[PretendHubSpot]:
    with PretendHubSpot() as pretend:
        yield pretend
        assert pretend.refused == [], "HubSpot would refuse what we send."


@pytest.fixture
def shop(moment: Moment, transactional_db: None) -> Shop:
    from answerback.workflow import directory, setup

    directory.forget()
    new = setup.NewBusiness(name="Rivera Plumbing", zone="America/Chicago", phone="+15125550100", playbook=PACK)
    business = setup.open_business(new)
    account = setup.connect(business.id, "simulator", "Pretend", {})
    line = setup.add_line(business.id, account.id, "+15125550100", "Google listing")
    setup.add_member(business.id, "Olga", "owner")
    business.refresh_from_db()
    return Shop(business, line)


@pytest.fixture
def crm(shop: Shop, hubspot: PretendHubSpot) -> int:
    """HubSpot, connected with a token."""
    from answerback.store import models
    from answerback.store.secrets import seal, unseal
    from answerback.workflow import crms

    connected = crms.connect(shop.business.id, "hubspot", hubspot.settings())
    row = models.OutsideCrm.objects.get(id=connected)
    models.OutsideCrm.objects.filter(id=connected).update(sealed=seal(unseal(row.sealed) | {"api_base": hubspot.url}))
    return connected
