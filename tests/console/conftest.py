"""Two businesses with people: Alice owns and Bob is at the desk of one, Charlie belongs to the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client

import answerback
from answerback.engine.events import CallEnded, CallRang, Event
from answerback.workflow import clock

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from answerback.store import models

# Tables can only be imported once Django is set up, which is after this file was read.

NOW = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)  # Wednesday, 10 AM in Chicago
PACK = (Path(answerback.__file__).parent / "playbooks" / "plumbing.yaml").read_text()
PASSWORD = "a long password"


@dataclass
class Shop:
    """A business, its line, and ways to make things happen in it."""

    business: models.Business
    line: models.Line

    def member(self, name: str, role: str) -> models.Member:
        from answerback.workflow import setup

        email = f"{name.lower()}@example.com"
        return setup.add_member(self.business.id, name, role, email=email, password=PASSWORD)

    def conversation(
        self,
        last: int,
        *,
        name: str = "",
        at: datetime = NOW,
        phase: str = "learning",
        status: str = "contacted",
        **lead: str,
    ) -> models.Conversation:
        from answerback.store import models

        contact = models.Contact.objects.create(
            business=self.business, number=f"+1512555{last:04}", name=name, created_at=at
        )
        conversation = models.Conversation.objects.create(
            business=self.business,
            contact=contact,
            line=self.line,
            playbook_id=self.business.playbook_id,
            phase=phase,
            opened_at=at,
            last_at=at,
        )
        models.Lead.objects.create(
            business=self.business,
            contact=contact,
            conversation=conversation,
            line=self.line,
            status=status,
            created_at=at,
            updated_at=at,
            **lead,
        )
        return conversation

    def missed_call(self, conversation: models.Conversation, at: datetime = NOW) -> None:
        line = self.line.number
        self.event(conversation, CallRang(at=at, call="a", line=line))
        ended = at + timedelta(seconds=20)
        self.event(conversation, CallEnded(at=ended, call="a", line=line, outcome="no_answer", rang_seconds=20))

    def event(self, conversation: models.Conversation, event: Event) -> None:
        from answerback.store import codec, models

        models.Event.objects.create(
            business=self.business,
            conversation=conversation,
            kind=codec.event_kind(event),
            at=event.at,
            due_at=event.at,
            handled_at=event.at,
            body=codec.plain(codec.encode_event(event)),
        )

    def text(  # noqa: PLR0917  a text reads best in this order
        self,
        conversation: models.Conversation,
        key: str,
        author: str,
        body: str,
        status: str,
        at: datetime = NOW,
        detail: str = "",
    ) -> models.Message:
        from answerback.store import models

        return models.Message.objects.create(
            business=self.business,
            conversation=conversation,
            contact=conversation.contact,
            line=self.line,
            author=author,
            to=conversation.contact.number,
            key=key,
            body=body,
            status=status,
            created_at=at,
            due_at=at,
            detail=detail,
        )

    def todo(self, conversation: models.Conversation, *, urgent: bool = False) -> models.Todo:
        from answerback.store import models

        return models.Todo.objects.create(
            business=self.business,
            conversation=conversation,
            key="callback",
            kind="callback",
            title="Call them back",
            urgent=urgent,
            due_at=NOW,
            opened_at=NOW,
        )

    def page(self, conversation: models.Conversation) -> models.Page:
        from answerback.store import models

        return models.Page.objects.create(
            business=self.business,
            conversation=conversation,
            key="urgent",
            reason="urgent",
            summary="Pipe burst",
            opened_at=NOW,
            next_at=NOW,
        )


def open_shop(name: str, phone: str) -> Shop:
    from answerback.workflow import setup

    new = setup.NewBusiness(name=name, zone="America/Chicago", phone=phone, playbook=PACK)
    business = setup.open_business(new)
    account = setup.connect(business.id, "simulator", "Pretend", {"world": f"memory:{name}"})
    line = setup.add_line(business.id, account.id, phone, "Google listing")
    business.refresh_from_db()
    return Shop(business, line)


def signed_in(email: str) -> Client:
    from answerback.store import models

    client = Client()
    client.force_login(models.User.objects.get(email=email))
    return client


def snapshot() -> dict[str, tuple[object, ...]]:
    """Every row of every table of ours, as one digest a table."""
    from django.db import connection

    # Who looked is written down, and changes nothing.
    left_out = {"django_session", "audit_entry"}
    tables = [table for table in connection.introspection.table_names() if table not in left_out]
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t')
            found[table] = cursor.fetchone()
    return found


@pytest.fixture
def now(
    settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[datetime]:
    from answerback.adapters.simulator import close_world
    from answerback.store.queries import agencies
    from answerback.workflow import directory

    directory.forget()
    agencies.forget()
    monkeypatch.setattr(agencies, "REMEMBER_SECONDS", 600.0)  # Asked again in mid-test, it would be one query more.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Made to be slow otherwise.
    settings.VAR = tmp_path_factory.mktemp("var")  # Of the pretend phones in it, those of other tests are none.
    with clock.using(lambda: NOW):
        yield NOW
    close_world(str(settings.VAR / "phones.sqlite3"))


@pytest.fixture
def shop(now: datetime, transactional_db: None) -> Shop:
    """Alice's business, where Bob is at the desk; Charlie has one of his own."""
    made = open_shop("Rivera Plumbing", "+15125550100")
    made.member("Alice", "owner")
    made.member("Bob", "desk")
    open_shop("Other Plumbing", "+12125550100").member("Charlie", "owner")
    made.business.refresh_from_db()
    return made


@pytest.fixture
def alice(shop: Shop) -> Client:
    return signed_in("alice@example.com")


@pytest.fixture
def bob(shop: Shop) -> Client:
    return signed_in("bob@example.com")


@pytest.fixture
def charlie(shop: Shop) -> Client:
    return signed_in("charlie@example.com")


@pytest.fixture
def tables() -> object:
    return snapshot


@pytest.fixture
def opened() -> object:
    """Opens a shop: `opened(name, phone)`."""
    return open_shop


@pytest.fixture
def as_person() -> object:
    """A browser that is signed in: `as_person(email)`."""
    return signed_in
