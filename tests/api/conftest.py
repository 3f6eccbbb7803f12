"""Two businesses: Alice owns one and made tokens for its programs, Charlie owns the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

import answerback
from answerback.workflow import clock

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from answerback.store import models

NOW = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)  # Wednesday, 10 AM in Chicago
PACK = (Path(answerback.__file__).parent / "playbooks" / "plumbing.yaml").read_text()


class Moment:
    """The clock of one test."""

    now = NOW

    def after(self, **passed: float) -> None:
        self.now = NOW + timedelta(**passed)


@dataclass
class Shop:
    """A business, its line, its owner, and ways to make things happen in it."""

    business: models.Business
    line: models.Line
    owner: models.Member

    def conversation(self, last: int, *, name: str = "", status: str = "contacted") -> models.Conversation:
        from answerback.store import models

        contact = models.Contact.objects.create(
            business=self.business, number=f"+1512555{last:04}", name=name, created_at=NOW
        )
        conversation = models.Conversation.objects.create(
            business=self.business,
            contact=contact,
            line=self.line,
            playbook_id=self.business.playbook_id,
            phase="learning",
            opened_at=NOW,
            last_at=NOW,
        )
        models.Lead.objects.create(
            business=self.business,
            contact=contact,
            conversation=conversation,
            line=self.line,
            status=status,
            answers={"service": "toilet"},
            created_at=NOW,
            updated_at=NOW,
        )
        return conversation

    def todo(self, conversation: models.Conversation) -> models.Todo:
        from answerback.store import models

        return models.Todo.objects.create(
            business=self.business,
            conversation=conversation,
            key="callback",
            kind="callback",
            title="Call them back",
            due_at=NOW,
            opened_at=NOW,
        )

    def program(self, *scopes: str) -> Program:
        from answerback.workflow import tokens

        _, secret = tokens.make(self.business.id, self.owner.id, "n8n", scopes or tuple(tokens.SCOPES))
        return Program(secret)


@dataclass
class Program:
    """A program with a token."""

    secret: str

    def get(self, path: str, **asked: Any) -> Any:
        return Client().get(f"/api/v1{path}", asked, headers=self.headers())

    def items(self, path: str, **asked: Any) -> list[dict[str, Any]]:
        answer = self.get(path, **asked)
        assert answer.status_code == 200, answer.content
        return list(answer.json()["items"])

    def post(self, path: str, body: object = None, *, method: str = "POST", key: str = "") -> Any:
        headers = self.headers() | ({"Idempotency-Key": key} if key else {})
        content = b"" if body is None else json.dumps(body).encode()
        return Client().generic(method, f"/api/v1{path}", content, content_type="application/json", headers=headers)

    def headers(self) -> dict[str, str]:
        """How it is let in."""
        return {"Authorization": f"Bearer {self.secret}"}


def open_shop(name: str, phone: str, owner: str) -> Shop:
    from answerback.workflow import setup

    business = setup.open_business(setup.NewBusiness(name=name, zone="America/Chicago", phone=phone, playbook=PACK))
    account = setup.connect(business.id, "simulator", "Pretend", {})
    line = setup.add_line(business.id, account.id, phone, "Google listing")
    email = f"{owner.lower()}@example.com"
    member = setup.add_member(business.id, owner, "owner", email=email, password="a long password")
    business.refresh_from_db()
    return Shop(business, line, member)


@pytest.fixture
def moment(settings: SettingsWrapper) -> Iterator[Moment]:
    from answerback.workflow import directory

    directory.forget()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Made to be slow otherwise.
    at = Moment()
    with clock.using(lambda: at.now):
        yield at


@pytest.fixture
def shop(moment: Moment, transactional_db: None) -> Shop:
    return open_shop("Rivera Plumbing", "+15125550100", "Alice")


@pytest.fixture
def other(shop: Shop) -> Shop:
    return open_shop("Other Plumbing", "+12125550100", "Charlie")


@pytest.fixture
def program(shop: Shop) -> Program:
    return shop.program()


@pytest.fixture
def alice(shop: Shop) -> Client:
    from answerback.store import models

    client = Client()
    client.force_login(models.User.objects.get(email="alice@example.com"))
    return client
