"""What a program changed is called in the audit log by the name it had, as what people change is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.api.conftest import Program, Shop

if TYPE_CHECKING:
    from typing import Any


def _named(program: Program) -> list[tuple[str, str, str]]:
    """What was done, to which kind of thing, and what that was called: the first thing first."""
    told: list[dict[str, Any]] = program.items("/audit-entries")
    return [(each["what"], each["about"], each["named"]) for each in reversed(told)]


def test_what_a_program_removed_is_called_by_the_name_it_had(shop: Shop, program: Program, alice: Client) -> None:
    """The log said "Changed something: remove webhook · no longer there"."""
    made = program.post("/webhooks", {"name": "Books", "url": "https://example.com/hook"}).json()["webhook"]
    assert program.post(f"/webhooks/{made['id']}", method="DELETE").status_code == 204
    thing = program.post("/things", {"kind": "truck", "count": 1}).json()["items"][0]
    assert program.post(f"/things/{thing['id']}", {"name": "Ford", "active": True}, method="PUT").status_code == 200
    assert _named(program) == [
        ("api:add_webhook", "webhook", "Books"),
        ("api:remove_webhook", "webhook", "Books"),
        ("api:add_things", "", ""),
        ("api:change_thing", "resource", thing["name"]),
    ]
    page = " ".join(re.sub(r"<[^>]+>", " ", alice.get("/history").content.decode()).split())
    assert [each for each in ("remove webhook · Books", "add webhook · Books") if each not in page] == []


def test_a_table_that_a_program_took_out_is_named(program: Program) -> None:
    list(program.get("/exports/leads").streaming_content)
    assert _named(program) == [("api:export_rows", "", "leads")]


def test_no_name_of_a_customer_is_kept_of_what_a_program_did(shop: Shop, program: Program) -> None:
    talk = shop.conversation(131)
    contact = program.post(f"/contacts/{talk.contact_id}", {"name": "Maria Lopez"}, method="PATCH")
    note = program.post(f"/conversations/{talk.id}/notes", {"body": "Maria has a dog"})
    assert (contact.status_code, note.status_code) == (200, 201)
    assert [named for _what, _about, named in _named(program)] == ["", ""]


@pytest.mark.parametrize(("told", "status"), [({}, 401), ({"Authorization": "Bearer ab_no"}, 401)])
def test_who_has_no_token_is_told_so_before_anything_is_looked_up(
    shop: Shop, told: dict[str, str], status: int
) -> None:
    answer = Client().delete(f"/api/v1/members/{shop.owner.id}", headers=told)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_an_id_that_no_row_can_have_is_refused(program: Program) -> None:
    assert program.post(f"/webhooks/{10**30}", method="DELETE").status_code == 422
