"""Programs see and do what their token's scopes say, in one business, and every failure is told in one shape."""

from __future__ import annotations

import json
import re
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.api.conftest import Moment, Program, Shop

PROBLEM = "application/problem+json"


def test_a_program_sees_its_leads_page_by_page(shop: Shop, program: Program) -> None:
    made = [shop.conversation(last, name=f"Caller {last}").id for last in (131, 132, 133)]
    first = program.get("/leads", limit=2).json()
    second = program.get("/leads", limit=2, cursor=first["next"]).json()
    shown = [each["conversation_id"] for each in first["items"] + second["items"]]
    assert shown == made[::-1]
    assert second["next"] is None
    assert {**second["items"][0], "id": 0, "contact_id": 0, "conversation_id": 0} == {
        "id": 0,
        "contact_id": 0,
        "conversation_id": 0,
        "name": "Caller 131",
        "number": "+15125550131",
        "email": "",
        "status": "contacted",
        "service": "",
        "urgency": "unknown",
        "missed_reason": "",
        "priority": 0,
        "answers": {"service": "toilet"},
        "next_step": "Look at it again",
        "next_step_at": "2026-03-12T15:00:00Z",
        "line": "+15125550100",
        "source": "Google listing",
        "revenue_cents": 0,
        "currency": "USD",
        "created_at": "2026-03-11T15:00:00Z",
        "updated_at": "2026-03-11T15:00:00Z",
        "owner_id": None,
        "own_step": "",
        "own_step_at": None,
        "value_cents": None,
    }


def test_a_list_is_one_statement_however_long(shop: Shop, program: Program) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            program.items("/leads")
        return len(asked)

    shop.conversation(131)
    statements()  # The first request of a minute notes when the token was used.
    one = statements()
    shop.conversation(132)
    shop.conversation(133)
    assert statements() == one


def test_nothing_of_another_business_is_ever_found(shop: Shop, other: Shop, program: Program) -> None:
    theirs = other.conversation(201)
    todo = other.todo(theirs)
    lead = theirs.leads.get()
    for path in ("/leads", "/contacts", "/conversations", "/todos", "/messages", "/calls", "/receipts", "/opt-outs"):
        assert program.items(path) == [], path
    assert [each["id"] for each in program.items("/lines")] == [shop.line.id]
    asked = [
        program.get(f"/leads/{lead.id}"),
        program.get(f"/contacts/{theirs.contact_id}"),
        program.get(f"/conversations/{theirs.id}/timeline"),
        program.post(f"/leads/{lead.id}/outcome", {"status": "won", "cents": 100}),
        program.post(f"/conversations/{theirs.id}/messages", {"body": "Hi"}),
        program.post(f"/conversations/{theirs.id}/take-over"),
        program.post(f"/todos/{todo.id}/close", {"outcome": "done"}),
        program.post("/appointments", {"conversation_id": theirs.id, "starts_at": "2026-03-12T15:00:00Z"}),
        program.get("/openings", conversation=theirs.id),
        program.get("/leads/999999"),
    ]
    assert [(each.status_code, each["Content-Type"]) for each in asked] == [(404, PROBLEM)] * len(asked)
    theirs.refresh_from_db()
    assert (theirs.phase, theirs.epoch, theirs.messages.count()) == ("learning", 0, 0)


def test_a_sold_job_is_entered_once_and_taken_back(shop: Shop, program: Program) -> None:
    lead = shop.conversation(131).leads.get()
    sold = {"status": "won", "reason": "Invoice 7", "cents": 48000, "job": "J-7"}
    won = program.post(f"/leads/{lead.id}/outcome", sold).json()
    assert won["revenue_cents"] == 48000
    again = program.post(f"/leads/{lead.id}/outcome", sold)
    assert (again.status_code, again.json()["code"]) == (409, "not_allowed")
    assert "Job J-7 is in the ledger already" in again.json()["detail"]
    (entry,) = program.items("/revenue", job="J-7")
    assert (entry["cents"], entry["member"], entry["counts"]) == (48000, "Alice", True)
    back = program.post(f"/revenue/{entry['id']}/take-back", {"why": "Typing error"})
    assert (back.status_code, back.json()["cents"], back.json()["reverses"]) == (201, -48000, entry["id"])
    assert program.get(f"/leads/{lead.id}").json()["revenue_cents"] == 0
    assert program.get(f"/revenue/{entry['id']}").json()["counts"] is False


def test_a_program_says_what_an_amount_rests_on_and_corrects_it(shop: Shop, program: Program) -> None:
    lead = shop.conversation(131).leads.get()
    program.post(f"/leads/{lead.id}/outcome", {"status": "won", "cents": 48000, "evidence": "Card slip 9"})
    (entry,) = program.items("/revenue")
    assert (entry["evidence"], entry["author"], entry["instead_of"]) == ("Card slip 9", "Alice (n8n)", None)
    right = program.post(f"/revenue/{entry['id']}/correct", {"job": "R-7", "why": "The number came later"})
    told = right.json()
    assert (right.status_code, told["cents"], told["job"], told["evidence"], told["instead_of"], told["counts"]) == (
        201, 48000, "R-7", "Card slip 9", entry["id"], True,
    )  # fmt: skip
    assert [(each["cents"], each["counts"]) for each in program.items("/revenue")] == [
        (48000, True), (-48000, False), (48000, False),
    ]  # fmt: skip
    nothing = program.post(f"/revenue/{told['id']}/correct", {})
    assert (nothing.status_code, nothing.json()["code"]) == (409, "not_allowed")


def test_money_of_a_lost_lead_is_refused(shop: Shop, program: Program) -> None:
    lead = shop.conversation(131).leads.get()
    lost = program.post(f"/leads/{lead.id}/outcome", {"status": "lost", "cents": 48000})
    assert (lost.status_code, "Money belongs to a lead that is won" in lost.json()["detail"]) == (409, True)
    assert program.items("/revenue") == []


def test_a_program_talks_to_a_customer(shop: Shop, program: Program) -> None:
    conversation = shop.conversation(131, name="Maria")
    sent = program.post(f"/conversations/{conversation.id}/messages", {"body": "On our way"})
    assert sent.status_code == 201
    said = {name: sent.json()[name] for name in ("author", "member", "number", "body", "status")}
    assert said == {
        "author": "staff", "member": "Alice", "number": "+15125550131", "body": "On our way", "status": "queued",
    }  # fmt: skip
    held = program.get(f"/conversations/{conversation.id}").json()
    assert (held["phase"], held["held_by"]) == ("human", "Alice")
    back = program.post(f"/conversations/{conversation.id}/hand-back").json()
    assert back["held_by"] is None
    titles = [each["title"] for each in program.get(f"/conversations/{conversation.id}/timeline").json()["items"]]
    assert "Alice" in titles


def test_what_a_program_does_is_written_down(shop: Shop, program: Program) -> None:
    from answerback.store import models

    conversation = shop.conversation(131)
    program.post(f"/conversations/{conversation.id}/take-over", key="k1")
    program.post(f"/conversations/{conversation.id}/take-over", key="k1")
    program.post("/conversations/999/take-over")
    b"".join(program.get("/exports/leads").streaming_content)
    entries = models.AuditEntry.objects.order_by("id").values_list("name", "act", "what", "subject")
    assert list(entries) == [
        ("Alice (n8n)", "edit", "api:take_over", conversation.id),
        ("Alice (n8n)", "export", "api:export_rows", None),
    ]


def test_what_a_program_removed_is_called_in_the_log_by_the_name_it_had(shop: Shop, program: Program) -> None:
    """The log said "no longer there" of what a person's removal names."""
    from answerback.store import models

    shift = models.Shift.objects.create(
        business=shop.business, member=shop.owner, weekday=5, start=time(17), end=time(20)
    )
    assert program.post(f"/on-call/shifts/{shift.id}", method="DELETE").status_code == 204
    (entry,) = models.AuditEntry.objects.all()
    assert (entry.what, entry.about, entry.named) == ("api:remove_shift", "shift", shop.owner.name)


def test_a_number_that_said_stop_gets_no_text(shop: Shop, program: Program) -> None:
    conversation = shop.conversation(131)
    stop = program.post("/opt-outs", {"number": "(512) 555-0131", "evidence": "Letter of 3 March"})
    assert (stop.status_code, stop.json()["number"], stop.json()["lifted_at"]) == (201, "+15125550131", None)
    refused = program.post(f"/conversations/{conversation.id}/messages", {"body": "Hello"})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_allowed")
    assert "said stop" in refused.json()["detail"]
    assert [each["stopped"] for each in program.items("/contacts")] == [True]
    again = program.post("/opt-outs", {"number": "+15125550131"})
    assert (again.status_code, again.json()["id"]) == (201, stop.json()["id"])


def test_a_stop_of_somebody_unknown_is_kept(shop: Shop, program: Program) -> None:
    from answerback.store import models

    made = program.post("/opt-outs", {"number": "+15125550999", "evidence": "Old list"}).json()
    assert made["evidence"] == "Alice (n8n): Old list"
    (consent,) = models.Consent.objects.all()
    assert (consent.number, consent.state, consent.source) == ("+15125550999", "revoked_all", "staff")


def test_an_opening_is_booked_moved_and_given_up(shop: Shop, program: Program) -> None:
    conversation = shop.conversation(131, name="Maria")
    free = program.items("/openings", conversation=conversation.id)
    new = {"conversation_id": conversation.id, "starts_at": free[3]["starts_at"], "address": "12 Elm St"}
    booked = program.post("/appointments", new)
    assert booked.status_code == 201
    made = booked.json()
    assert (made["status"], made["name"], made["member"]) == ("booked", "Maria", "Alice")
    assert program.post("/appointments", new).json()["code"] == "not_possible"
    moved = program.post(f"/appointments/{made['id']}/move", {"starts_at": free[-1]["starts_at"]}).json()
    assert (moved["starts_at"], moved["version"]) == (free[-1]["starts_at"], 1)
    assert program.post(f"/appointments/{made['id']}/cancel").json()["status"] == "cancelled"
    assert program.items("/appointments", status="booked") == []


def test_a_playbook_is_checked_and_published(shop: Shop, program: Program) -> None:
    source = program.get(f"/playbooks/{shop.business.playbook_id}").json()["source"]
    bad = program.post("/playbooks/check", {"source": "answerback: 1\nname: [1"}).json()
    assert bad["publishable"] is False
    assert program.post("/playbooks", {"source": "name: x"}).json()["version"] is None
    done = program.post("/playbooks", {"source": source}).json()
    assert (done["version"]["number"], done["version"]["current"]) == (2, True)
    assert [(each["number"], each["current"]) for each in program.items("/playbooks")] == [(2, True), (1, False)]


def test_everything_is_exported_as_lines(shop: Shop, program: Program) -> None:
    made = [shop.conversation(last).leads.get().id for last in (131, 132)]
    answer = program.get("/exports/leads")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == made[::-1]
    assert json.loads(lines[1]) == program.get(f"/leads/{made[0]}").json()


def test_a_report_says_what_the_page_says(shop: Shop, program: Program) -> None:
    from answerback.workflow import measuring

    shop.conversation(131)
    measuring.recount(shop.business.id)
    report = program.get("/report", since="2026-03-01", until="2026-03-31", by="line").json()
    assert report["numbers"]["leads"] == 1
    assert [(part["name"], part["numbers"]["leads"]) for part in report["parts"]] == [("Google listing", 1)]
    (behind,) = program.items("/report/leads", since="2026-03-01", until="2026-03-31", count="leads")
    assert behind["number"] == "+15125550131"


def test_a_scope_that_is_missing_is_named(shop: Shop) -> None:
    reader = shop.program("leads:read")
    refused = reader.post("/opt-outs", {"number": "+15125550131"})
    assert (refused.status_code, refused.json()["code"]) == (403, "scope")
    assert refused.json()["detail"] == "This needs the scope contacts:write. The token has: leads:read."
    assert shop.program("leads:write").get("/leads").status_code == 200


def test_tokens_end(shop: Shop, moment: Moment) -> None:
    from answerback.store import models
    from answerback.workflow import tokens

    def made(**more: Any) -> tuple[models.Token, str]:
        return tokens.make(shop.business.id, shop.owner.id, "n8n", ["leads:read"], **more)

    def asks(secret: str) -> tuple[int, str]:
        answer = Client().get("/api/v1/leads", headers={"Authorization": f"Bearer {secret}"})
        return answer.status_code, answer.json().get("detail", "")

    expiring, short = made(expires_at=moment.now + timedelta(days=1))
    revoked, long = made()
    assert (asks(short)[0], asks(long)[0]) == (200, 200)
    expiring.refresh_from_db()
    assert expiring.used_at == moment.now
    tokens.revoke(revoked.id)
    moment.after(days=2)
    assert asks(long) == (401, "This token was revoked. Make a new one under Settings, API.")
    assert asks(short) == (401, "This token has expired. Make a new one under Settings, API.")
    assert asks("ab_guess")[0] == 401
    _, third = made()
    models.Member.objects.filter(id=shop.owner.id).update(role="technician")
    assert asks(third)[0] == 401
    models.Member.objects.filter(id=shop.owner.id).update(role="owner", left_at=moment.now)
    assert asks(third)[0] == 401
    assert not models.Token.objects.filter(digest=third.encode()).exists()


def test_no_token_is_told_how(shop: Shop) -> None:
    answer = Client().get("/api/v1/leads")
    assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM)
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("path", "asked", "status", "code"),
    [
        ("/leads", {"cursor": "zzz"}, 404, "bad_cursor"),
        ("/leads", {"limit": "0"}, 422, "wrong_fields"),
        ("/leads", {"since": "2026-03-01T10:00:00"}, 422, "wrong_fields"),
        ("/leads/9223372036854775808", {}, 422, "wrong_fields"),
        ("/nothing", {}, 404, "not_found"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(
    program: Program, path: str, asked: dict[str, str], status: int, code: str
) -> None:
    answer = program.get(path, **asked)
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (status, PROBLEM, code)


def test_a_field_nobody_knows_is_refused(shop: Shop, program: Program) -> None:
    lead = shop.conversation(131).leads.get()
    answer = program.post(f"/leads/{lead.id}/outcome", {"status": "won", "amount": 480})
    assert answer.status_code == 422
    assert [(each["field"], each["in"]) for each in answer.json()["errors"]] == [("outcome.amount", "body")]
    broken = Client().post("/api/v1/opt-outs", b"{", content_type="application/json", headers=program.headers())
    assert (broken.status_code, broken.json()["code"]) == (400, "unreadable")
    form = Client().post("/api/v1/opt-outs", b"number=1", content_type="text/plain", headers=program.headers())
    assert (form.status_code, form["Content-Type"], form.json()["code"]) == (415, PROBLEM, "not_json")
    wrong = program.post("/leads", {})
    assert (wrong.status_code, wrong["Allow"], wrong.json()["code"]) == (405, "GET, HEAD", "method")


@pytest.mark.parametrize("path", ["/leads", "/leads/1", "/leads/999", "/business", "/exports/leads"])
def test_who_answers_get_answers_head(shop: Shop, program: Program, path: str) -> None:
    shop.conversation(131)
    shown, head = (Client().generic(each, f"/api/v1{path}", headers=program.headers()) for each in ("GET", "HEAD"))
    whole = None if shown.streaming else str(len(shown.content))
    assert (head.status_code, head.content, head["Content-Type"]) == (shown.status_code, b"", shown["Content-Type"])
    assert head.headers.get("Content-Length") == ("0" if whole is None else whole)


def test_a_head_takes_nothing_out(shop: Shop, program: Program) -> None:
    Client().head("/api/v1/exports/leads", headers=program.headers())
    assert program.items("/audit-entries") == []
    assert Client().head("/api/v1/tokens").status_code == 404
    wrong = Client().head("/api/v1/commands/create-lead", headers=program.headers())
    assert (wrong.status_code, wrong["Allow"]) == (405, "POST")


@pytest.mark.parametrize("path", ["/api/v1/leads", "/api/docs", "/api/nothing"])
def test_a_wrong_host_is_a_problem_for_programs(shop: Shop, program: Program, path: str) -> None:
    answer = Client().get(path, headers=program.headers() | {"Host": "evil.example"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == "wrong_host"
    assert Client().get("/sign-in", headers={"Host": "evil.example"})["Content-Type"].startswith("text/html")


def test_too_many_requests_wait(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from answerback.api import door

    monkeypatch.setattr(door, "REQUESTS", 2)
    assert [program.get("/business").status_code for _ in range(3)] == [200, 200, 429]


def test_a_request_with_a_key_is_done_once(shop: Shop, program: Program, moment: Moment) -> None:
    from answerback.store import models

    conversation = shop.conversation(131)
    path, body = f"/conversations/{conversation.id}/messages", {"body": "On our way"}
    first = program.post(path, body, key="k1")
    second = program.post(path, body, key="k1")
    assert (second.status_code, second.json()) == (201, first.json())
    assert second["Idempotency-Replayed"] == "true"
    assert conversation.messages.count() == 1
    reused = program.post(path, {"body": "Something else"}, key="k1")
    assert (reused.status_code, reused.json()["code"]) == (409, "key_reused")
    assert program.post(path, {"body": ""}, key="k2").status_code == 422
    assert program.post(path, {"body": "Now right"}, key="k2").status_code == 201
    assert shop.program().post(path, body, key="k1").status_code == 201  # another program's keys are its own
    models.ApiAnswer.objects.filter(key="k1").update(status=None)
    assert program.post(path, body, key="k1").json()["code"] == "key_running"
    moment.after(minutes=5)
    assert program.post(path, body, key="k1").json()["code"] == "key_lost"


def test_the_description_is_the_code(shop: Shop) -> None:
    from answerback.api.described import FILE
    from answerback.testing.api_description import written

    assert FILE.read_text() == written(), "Write it anew: .venv/bin/python -m answerback.testing.api_description"
    served = Client().get("/api/v1/openapi.json").json()
    assert served == json.loads(FILE.read_text())
    assert served["openapi"] == "3.1.0"


def test_every_operation_says_what_it_needs(shop: Shop) -> None:
    from answerback.workflow.tokens import SCOPES

    described = Client().get("/api/v1/openapi.json").json()
    operations = [each for path in described["paths"].values() for each in path.values()]
    scopes = {scope for each in operations for scope in each["security"][0]["Token"]}
    assert scopes == set(SCOPES)
    assert [each["operationId"] for each in operations if not each["description"]] == []


def test_the_documentation_is_light_to_download(shop: Shop) -> None:
    page = Client().get("/api/docs", headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert len(page.content) < 150_000


def test_the_documentation_loads_nothing_from_outside(shop: Shop) -> None:
    page = Client().get("/api/docs")
    text = page.content.decode()
    assert page.status_code == 200
    assert "default-src 'none'" in page["Content-Security-Policy"]
    loaded = re.findall(r'(?:src|href)="([^"#]*)"', text)
    assert [each for each in loaded if not each.startswith("/")] == []
    assert "<script" not in text
    assert "<style" not in text
    assert {f'id="{each}"' for each in re.findall(r'href="#([^"]+)"', text)} <= set(re.findall(r'id="[^"]+"', text))


@pytest.mark.parametrize(("asked", "language", "is_told"), [("en", "en", False), ("es-MX,es;q=0.9", "es", True)])
def test_the_documentation_says_that_it_is_in_english(shop: Shop, asked: str, language: str, is_told: bool) -> None:
    """Half of it was Spanish, under the name of an English page, and nothing said why the other half was not."""
    page = Client().get("/api/docs", headers={"Accept-Language": asked}).content.decode()
    assert re.findall(r'<html lang="(\w+)">', page) == [language]
    assert ("Lo que hace cada petición está aquí en inglés" in page) == is_told
    english = re.findall(r"See leads, what they brought[^<]*", page)
    assert re.findall(r'<span lang="en">(See leads, what they brought[^<]*)', page) == english


def test_tokens_are_made_and_revoked_on_a_page(alice: Client, shop: Shop, other: Shop) -> None:
    made = alice.post("/api-tokens/make", {"name": "Zapier", "scope": ["leads:read"], "lasts": "30"})
    (secret,) = set(re.findall(r"ab_[\w-]{43}", made.content.decode()))
    assert Client().get("/api/v1/leads", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    page = alice.get("/api-tokens").content.decode()
    assert secret not in page
    assert ("Zapier" in page, secret[:9] in page) == (True, True)
    refused = alice.post("/api-tokens/make", {"name": "", "scope": ["leads:read"]})
    assert refused.status_code == 409
    row = shop.business.tokens.get()
    assert charlie_of(other).post(f"/api-tokens/{row.id}/revoke").status_code == 404
    alice.post(f"/api-tokens/{row.id}/revoke")
    assert Client().get("/api/v1/leads", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_only_those_who_manage_see_tokens(shop: Shop) -> None:
    from answerback.store import models
    from answerback.workflow import setup

    setup.add_member(shop.business.id, "Bob", "desk", email="bob@example.com", password="a long password")
    bob = Client()
    bob.force_login(models.User.objects.get(email="bob@example.com"))
    asked = [bob.get("/api-tokens"), bob.post("/api-tokens/make", {"name": "x", "scope": ["leads:read"]})]
    assert [each.status_code for each in asked] == [404, 404]
    assert not models.Token.objects.exists()


def charlie_of(other: Shop) -> Client:
    client = Client()
    client.force_login(other.owner.user)
    return client
