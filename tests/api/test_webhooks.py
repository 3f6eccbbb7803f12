"""Programs are told what happens: signed, once it is committed, in order, for three days, never inside our network."""

from __future__ import annotations

import email
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
import standardwebhooks
from django.test import Client
from tests.services import mail_server

from answerback.adapters import guard

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper
    from tests.api.conftest import Moment, Program, Shop

    from answerback.store import models


@dataclass
class Receiver:
    """A program that takes notices; `answers` are the statuses it answers with, then 200."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(made.answers.pop(0) if made.answers else 200)
            for name, value in made.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"no")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}/hook"
    with guard.allowing("127.0.0.1"):
        yield made
    server.shutdown()
    server.server_close()


@dataclass
class Told:
    """A target and its secret."""

    row: models.Target
    secret: str

    def run(self) -> int:
        from answerback.workflow import notices

        return notices.run()

    def statuses(self) -> list[tuple[str, str]]:
        return list(self.row.notices.order_by("id").values_list("kind", "status"))


def tell(shop: Shop, receiver: Receiver, *kinds: str) -> Told:
    from answerback.workflow import targets

    return Told(*targets.add(shop.business.id, targets.Wanted(name="n8n", url=receiver.url, kinds=kinds)))


def verified(told: str, got: tuple[dict[str, str], bytes]) -> Any:
    """What it says, after the specification's own library has checked the signature."""
    return standardwebhooks.Webhook(told).verify(got[1], got[0])


@pytest.fixture
def real_time(moment: Moment) -> Moment:
    """The library compares with the real clock."""
    from datetime import UTC, datetime

    moment.now = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251  what the library looks at
    return moment


@pytest.fixture
def letters(settings: SettingsWrapper) -> Iterator[list[Any]]:
    """What a real mail server in a thread took."""
    taken: list[Any] = []

    class Box:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802, ARG002
            taken.append(email.message_from_bytes(envelope.content, policy=policy.default))
            return "250 OK"

    with mail_server(Box()) as port:
        settings.MAIL = {
            "host": "127.0.0.1", "port": str(port), "security": "none", "username": "", "password": "",
            "sender": "office@rivera.example.com",
        }  # fmt: skip
        yield taken


def test_a_new_lead_is_told_and_signed(shop: Shop, receiver: Receiver, program: Program, real_time: Moment) -> None:
    told = tell(shop, receiver, "lead.created")
    lead = shop.conversation(131, name="Maria").leads.get()
    assert told.run() == 1
    (got,) = receiver.got
    said = verified(told.secret, got)
    assert said["data"] == program.get(f"/leads/{lead.id}").json()
    assert {**said, "data": 0} == {
        "type": "lead.created",
        "timestamp": "2026-03-11T15:00:00Z",
        "business_id": shop.business.id,
        "data": 0,
    }
    assert got[0]["webhook-id"] == f"msg_{told.row.notices.get().key.hex}"
    with pytest.raises(standardwebhooks.webhooks.WebhookVerificationError):
        verified(told.secret, (got[0], got[1] + b" "))


def test_a_change_that_was_rolled_back_is_never_told(shop: Shop, receiver: Receiver) -> None:
    from django.db import transaction

    told = tell(shop, receiver)
    with transaction.atomic():
        shop.conversation(131)
        assert told.statuses() == [("contact.created", "waiting"), ("lead.created", "waiting")]
        transaction.set_rollback(True)
    assert told.statuses() == []


def test_only_what_was_chosen_is_told_and_only_of_this_business(shop: Shop, other: Shop, receiver: Receiver) -> None:
    told = tell(shop, receiver, "lead.created", "opt_out.created")
    other.conversation(201)
    shop.conversation(131)
    assert told.statuses() == [("lead.created", "waiting")]


def test_everything_that_can_be_told_is_told(shop: Shop, program: Program, receiver: Receiver) -> None:
    from answerback.workflow.kinds import KINDS

    told = tell(shop, receiver)
    happen(shop, program)
    while told.run():
        pass
    assert sorted(set(receiver.kinds)) == sorted(KINDS)
    assert {status for _, status in told.statuses()} == {"sent"}


def happen(shop: Shop, program: Program) -> None:
    """One of everything there is to tell."""
    from answerback.engine.events import CallEnded, VoicemailLeft
    from answerback.store import models
    from answerback.store.queries import ledger
    from answerback.workflow import clock, transaction

    conversation, now = shop.conversation(131), clock.now()
    lead, contact = conversation.leads.get(), conversation.contact
    program.post(f"/contacts/{contact.id}", {"name": "Maria"}, method="PATCH")
    models.Lead.objects.filter(id=lead.id).update(service="toilet")
    program.post(f"/leads/{lead.id}/outcome", {"status": "won", "cents": 100})
    models.Lead.objects.filter(id=lead.id).update(status="won")  # as the turn does
    program.post(f"/revenue/{models.RevenueEntry.objects.get().id}/take-back", {})
    line = shop.line.number
    events = (
        CallEnded(at=now, call="a", line=line, outcome="voicemail", rang_seconds=20),
        VoicemailLeft(at=now, call="a", line=line, seconds=7),
    )
    own = [ledger.Own(business=shop.business.id, conversation=conversation.id, event=event) for event in events]
    transaction.run(lambda cursor: ledger.record(cursor, own, now))
    program.post(f"/conversations/{conversation.id}/take-over")
    program.post(f"/conversations/{conversation.id}/messages", {"body": "Hi"})
    for status in ("sent", "delivered", "undelivered"):
        models.Message.objects.filter(author="staff").update(status=status, sent_at=now)
    mine = models.Message.objects.get()
    mine.pk, mine.key, mine.author = None, "in:1", "customer"
    mine.save(force_insert=True)
    program.post(f"/conversations/{conversation.id}/hand-back")
    free = program.items("/openings", conversation=conversation.id)
    new = {"conversation_id": conversation.id, "starts_at": free[0]["starts_at"]}
    booked = program.post("/appointments", new).json()["id"]
    program.post(f"/appointments/{booked}/move", {"starts_at": free[-1]["starts_at"]})
    program.post(f"/appointments/{booked}/cancel")
    booked = program.post("/appointments", new).json()["id"]
    models.Appointment.objects.filter(id=booked).update(status="done")
    program.post(f"/todos/{shop.todo(conversation).id}/close", {"outcome": "done"})
    page = models.Page.objects.create(
        business=shop.business,
        conversation=conversation,
        key="u",
        reason="urgent",
        summary="Burst",
        opened_at=now,
        next_at=now,
    )
    program.post(f"/pages/{page.id}/take")
    program.post("/opt-outs", {"number": "+15125550999"})
    models.Suppression.objects.update(lifted_at=now, lifted_by="START")
    source = program.get(f"/playbooks/{shop.business.playbook_id}").json()["source"]
    program.post("/playbooks", {"source": source})


def test_what_was_before_is_told(shop: Shop, program: Program, receiver: Receiver) -> None:
    told = tell(shop, receiver, "lead.status_changed")
    lead = shop.conversation(131).leads.get()
    from answerback.store import models

    models.Lead.objects.filter(id=lead.id).update(status="won")
    told.run()
    said = json.loads(receiver.got[0][1])
    assert (said["data"]["status"], said["previous"]) == ("won", {"status": "contacted"})


def test_two_secrets_are_good_for_a_day(
    shop: Shop, receiver: Receiver, real_time: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    from answerback.workflow import targets

    told = tell(shop, receiver)
    new = targets.rotate(told.row.id)
    targets.try_out(told.row.id)
    told.run()
    assert verified(told.secret, receiver.got[0])["type"] == "test"
    assert verified(new, receiver.got[0])["type"] == "test"
    real_time.now += timedelta(hours=25)
    targets.try_out(told.row.id)
    told.run()
    headers, body = receiver.got[1]
    assert len(headers["webhook-signature"].split()) == 1
    timestamp = int(headers["webhook-timestamp"])
    signed = standardwebhooks.Webhook(new).sign(headers["webhook-id"], real_time.now, body.decode())
    assert (timestamp, headers["webhook-signature"]) == (int(real_time.now.timestamp()), signed)


def test_what_does_not_arrive_is_tried_for_three_days_with_the_same_words(
    shop: Shop, receiver: Receiver, moment: Moment
) -> None:
    from answerback.workflow import notices

    told = tell(shop, receiver, "lead.created")
    receiver.answers = [500] * 99
    lead = shop.conversation(131).leads.get()
    began, pauses = moment.now, []
    while told.statuses() == [("lead.created", "waiting")]:
        due = told.row.notices.get().due_at
        pauses.append(due - moment.now)
        moment.now = due
        assert told.run() == 1
        type(lead).objects.update(service="changed meanwhile")
    assert len(receiver.got) == 10
    assert len({body for _, body in receiver.got}) == len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    for waited, named in zip(pauses[1:], notices.PAUSES, strict=True):
        assert named <= waited <= named * 1.1
    assert timedelta(days=3) < moment.now - began < timedelta(days=3.6)
    told.row.refresh_from_db()
    assert told.statuses() == [("lead.created", "failed")]
    assert told.row.disabled_why.startswith("It has taken nothing since 2026-03-11 15:00")
    assert [each["status"] for each in told.row.notices.get().attempts] == [500] * 10


def test_a_webhook_that_is_off_is_told_when_it_is_on_again(shop: Shop, receiver: Receiver, moment: Moment) -> None:
    from answerback.workflow import targets

    told = tell(shop, receiver, "lead.created")
    receiver.answers = [410]
    shop.conversation(131)
    told.run()
    told.row.refresh_from_db()
    assert (told.row.disabled_why[:20], told.statuses()) == ("It answered 410 Gone", [("lead.created", "failed")])
    shop.conversation(132)
    assert (told.run(), told.statuses()[1]) == (0, ("lead.created", "held"))
    targets.switch_on(told.row.id, with_held=True)
    assert (told.run(), receiver.kinds) == (2, ["lead.created"] * 3)


def test_the_owner_is_written_to_when_it_is_switched_off(shop: Shop, receiver: Receiver, letters: list[Any]) -> None:
    told = tell(shop, receiver, "lead.created")
    receiver.answers = [410]
    shop.conversation(131)
    told.run()
    (letter,) = letters
    assert (letter["To"], letter["Subject"]) == (
        "Alice <alice@example.com>",
        "Rivera Plumbing: the webhook n8n was switched off",
    )


def test_notices_of_one_conversation_keep_their_order(shop: Shop, receiver: Receiver, moment: Moment) -> None:
    from answerback.store import models

    told = tell(shop, receiver, "lead.created", "lead.status_changed")
    receiver.answers = [500]
    first, second = shop.conversation(131), shop.conversation(132)
    models.Lead.objects.filter(conversation=first).update(status="won")
    while told.run():
        pass
    assert [(kind, status) for kind, status in told.statuses()] == [
        ("lead.created", "waiting"),
        ("lead.created", "sent"),
        ("lead.status_changed", "waiting"),
    ]
    moment.after(seconds=6)
    while told.run():
        pass
    about = [json.loads(body)["data"]["conversation_id"] for _, body in receiver.got]
    assert receiver.kinds == ["lead.created", "lead.created", "lead.created", "lead.status_changed"]
    assert about == [first.id, second.id, first.id, first.id]


def test_one_that_asks_to_wait_is_left_alone(shop: Shop, receiver: Receiver, moment: Moment) -> None:
    told = tell(shop, receiver, "lead.created")
    receiver.answers, receiver.headers = [429], {"Retry-After": "120"}
    shop.conversation(131)
    told.run()
    shop.conversation(132)
    moment.after(seconds=100)
    assert told.run() == 0
    moment.after(seconds=121)
    assert told.run() == 2


def test_nothing_is_told_inside_our_network(shop: Shop, moment: Moment) -> None:
    from answerback.workflow import targets
    from answerback.workflow.actors import NotAllowed

    def wanted(url: str) -> targets.Wanted:
        return targets.Wanted(name="x", url=url)

    for url in ("http://example.com/hook", "ftp://example.com", "https://", "https://me:secret@example.com/x"):
        with pytest.raises(NotAllowed):
            targets.add(shop.business.id, wanted(url))
    row, secret = targets.add(shop.business.id, wanted("https://localhost:9/hook"))
    targets.try_out(row.id)
    Told(row, secret).run()
    (attempt,) = row.notices.get().attempts
    assert (attempt["status"], "private network" in attempt["says"]) == (0, True)


def test_a_redirect_is_a_failure(shop: Shop, receiver: Receiver) -> None:
    from answerback.workflow import targets

    told = tell(shop, receiver)
    receiver.answers, receiver.headers = [302], {"Location": receiver.url}
    targets.try_out(told.row.id)
    told.run()
    assert (len(receiver.got), told.statuses()) == (1, [("test", "waiting")])


def test_a_crash_while_sending_sends_it_again(shop: Shop, receiver: Receiver, moment: Moment) -> None:
    from answerback.workflow import notices

    told = tell(shop, receiver, "lead.created")
    shop.conversation(131)
    assert len(notices.claim(10)) == 1
    assert told.run() == 0
    moment.after(minutes=6)
    assert told.run() == 1


def test_an_erased_contact_is_in_no_notice(shop: Shop, receiver: Receiver) -> None:
    from answerback.workflow import contact_desk, erasure
    from answerback.workflow.actors import Actor

    told = tell(shop, receiver)
    shop.conversation(131, name="Maria")
    contact_desk.stop(shop.business.id, "+15125550131", Actor(member=shop.owner.id, name="Alice"), "")
    while told.run():
        pass
    erasure.erase(shop.business.id, "+15125550131")
    assert [each.body for each in told.row.notices.all() if "0131" in each.body or "Maria" in each.body] == []


def test_a_worker_tells_by_itself(shop: Shop, receiver: Receiver) -> None:
    import time

    from answerback.workflow.worker import Worker

    told = tell(shop, receiver, "lead.created")
    worker = Worker(tasks=False)
    worker.start()
    shop.conversation(131)
    until = time.monotonic() + 60
    while told.statuses() != [("lead.created", "sent")] and time.monotonic() < until:
        time.sleep(0.02)
    worker.stop()
    assert (told.statuses(), receiver.kinds) == ([("lead.created", "sent")], ["lead.created"])


def test_webhooks_by_the_api(shop: Shop, other: Shop, program: Program, receiver: Receiver, moment: Moment) -> None:
    made = program.post("/webhooks", {"name": "n8n", "url": receiver.url, "kinds": ["lead.created"]})
    assert (made.status_code, made.json()["secret"][:6]) == (201, "whsec_")
    id = made.json()["webhook"]["id"]
    assert program.post("/webhooks", {"name": "x", "url": receiver.url, "kinds": ["x"]}).status_code == 409
    notice = program.post(f"/webhooks/{id}/test").json()
    from answerback.workflow import notices

    notices.run()
    seen = program.get(f"/notices/{notice['id']}").json()
    assert (seen["status"], seen["tries"], seen["attempts"][0]["status"]) == ("sent", 1, 200)
    assert program.post(f"/notices/{notice['id']}/replay").json()["status"] == "waiting"
    notices.run()
    assert [headers["webhook-id"] for headers, _ in receiver.got] == [f"msg_{notice['key'].replace('-', '')}"] * 2
    stranger = other.program()
    asked = [
        stranger.get(f"/webhooks/{id}"),
        stranger.post(f"/webhooks/{id}/test"),
        stranger.post(f"/webhooks/{id}/rotate-secret"),
        stranger.post(f"/notices/{notice['id']}/replay"),
        stranger.post(f"/webhooks/{id}", method="DELETE"),
    ]
    assert [each.status_code for each in asked] == [404] * 5
    assert program.post(f"/webhooks/{id}", method="DELETE").status_code == 204
    assert program.items("/webhooks") == []


LACKS = "What this webhook hears can be read with {}, which the token has not."


def test_a_webhook_is_no_way_around_scopes(shop: Shop, program: Program, receiver: Receiver) -> None:
    narrow = shop.program("webhooks:write", "leads:read")

    def wanted(*kinds: str, url: str = receiver.url) -> dict[str, object]:
        return {"name": "n8n", "url": url, "kinds": kinds}

    every = narrow.post("/webhooks", wanted())
    assert (every.status_code, every.json()["code"]) == (403, "scope")
    others = "calendar:read, contacts:read, conversations:read, playbooks:read"
    assert every.json()["detail"].partition(" Name")[0] == LACKS.format(others)
    texts = narrow.post("/webhooks", wanted("lead.created", "message.received"))
    assert (texts.status_code, texts.json()["detail"].partition(" Name")[0]) == (
        403,
        LACKS.format("conversations:read"),
    )
    own = narrow.post("/webhooks", wanted("lead.created", "revenue.entered"))
    assert own.status_code == 201
    id = own.json()["webhook"]["id"]
    assert narrow.post(f"/webhooks/{id}", wanted("lead.updated"), method="PUT").status_code == 200
    assert narrow.post(f"/webhooks/{id}", wanted("message.sent"), method="PUT").status_code == 403

    theirs = program.post("/webhooks", wanted("message.received")).json()["webhook"]["id"]
    led_away = narrow.post(f"/webhooks/{theirs}", wanted("lead.created", url="https://evil.example/x"), method="PUT")
    assert (led_away.status_code, led_away.json()["code"]) == (403, "scope")


def test_what_waits_for_a_webhook_cannot_be_led_away(shop: Shop, program: Program, receiver: Receiver) -> None:
    """It asked for texts once, and one still waits, though it asks for leads alone now."""
    from answerback.workflow import targets

    told = tell(shop, receiver, "contact.created")
    shop.conversation(131)
    targets.change(told.row.id, targets.Wanted(name="n8n", url=receiver.url, kinds=["lead.created"]))
    assert [kind for kind, _ in told.statuses()] == ["contact.created"]
    narrow = shop.program("webhooks:write", "leads:read")
    wanted = {"name": "n8n", "url": "https://evil.example/x", "kinds": ["lead.created"]}
    assert narrow.post(f"/webhooks/{told.row.id}", wanted, method="PUT").status_code == 403


def test_a_token_reads_of_notices_what_its_scopes_let_it_read(shop: Shop, receiver: Receiver) -> None:
    told = tell(shop, receiver, "contact.created", "lead.created")
    shop.conversation(131)
    assert told.run() == 2
    narrow = shop.program("webhooks:read", "leads:read")
    seen = {each["kind"]: bool(each["body"]) for each in narrow.items("/notices")}
    assert seen == {"contact.created": False, "lead.created": True}
    one = told.row.notices.get(kind="contact.created").id
    assert narrow.get(f"/notices/{one}").json()["body"] == ""


def test_every_kind_has_the_scope_of_what_reads_it(shop: Shop) -> None:
    """The description says with which scope a shape is read: a notice of that shape asks for the same."""
    from answerback.api import described
    from answerback.workflow.kinds import SEEN_BY, SHAPES

    paths = json.loads(described.FILE.read_text(encoding="utf-8"))["paths"].values()
    lists = [each["get"] for each in paths if "get" in each]
    refs = {_shape_of(each): each["security"][0]["Token"] for each in lists if _shape_of(each)}
    read = {name: refs.get(f"{shape.shape.__name__}List", [None])[0] for name, shape in SHAPES.items()}
    assert {name: scope or SEEN_BY[name] for name, scope in read.items()} == SEEN_BY
    assert [name for name, scope in read.items() if scope is None] == ["voicemail"]  # part of the timeline


def _shape_of(operation: dict[str, Any]) -> str:
    content = operation["responses"]["200"].get("content", {}).get("application/json", {})
    return str(content.get("schema", {}).get("$ref", "")).rpartition("/")[2]


def test_webhooks_on_their_pages(shop: Shop, other: Shop, alice: Client, receiver: Receiver) -> None:
    from answerback.store import models
    from answerback.workflow import notices

    page = alice.post("/webhooks/add", {"name": "Zapier", "url": receiver.url, "hears": "some", "kind": "lead.created"})
    (secret,) = set(re.findall(r"whsec_[A-Za-z0-9+/=]+", page.content.decode()))
    row = models.Target.objects.get()
    assert (row.name, row.kinds) == ("Zapier", ["lead.created"])
    alice.post(f"/webhooks/{row.id}/test")
    notices.run()
    shown = alice.get(f"/webhooks/{row.id}").content.decode()
    assert ("arrived" in shown, secret in shown) == (True, False)
    notice = row.notices.get()
    alice.post(f"/webhooks/notices/{notice.id}/replay")
    notices.run()
    assert len(receiver.got) == 2
    alice.post(f"/webhooks/{row.id}/switch", {"to": "off"})
    row.refresh_from_db()
    assert row.disabled_at is not None
    assert "Switch on and send what is held" in alice.get(f"/webhooks/{row.id}").content.decode()
    charlie = Client()
    charlie.force_login(other.owner.user)
    paths = ["test", "switch", "rotate", "remove", "change", "replay-failed"]
    asked = [charlie.post(f"/webhooks/{row.id}/{path}").status_code for path in paths]
    assert asked == [404] * len(paths)
    assert charlie.get(f"/webhooks/{row.id}").status_code == 404
    assert charlie.post(f"/webhooks/notices/{notice.id}/replay").status_code == 404
    alice.post(f"/webhooks/{row.id}/remove")
    assert "No webhooks yet" in alice.get("/webhooks/").content.decode()


def test_the_page_names_every_kind() -> None:
    from answerback.workflow.kinds import KINDS

    page = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text()
    rows = "".join(line for line in page.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(\w+\.\w+)`", rows)) == set(KINDS)
