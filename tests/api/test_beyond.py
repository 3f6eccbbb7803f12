"""What people do in the console beside conversations, done by a program: sorting, settings, people, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.api.conftest import Program, Shop


def test_a_program_sorts_work_as_people_do(shop: Shop, program: Program) -> None:
    there = shop.conversation(131)
    note = program.post(f"/conversations/{there.id}/notes", {"body": "Has a dog"}).json()
    assert (note["member"], note["body"]) == ("Alice", "Has a dog")
    asleep = program.post(f"/conversations/{there.id}/snooze", {"until": "2026-03-12T15:00:00Z"}).json()
    mine = program.post(f"/conversations/{there.id}/assign", {"member_id": shop.owner.id}).json()
    assert (asleep["snoozed_until"], mine["assigned_to_id"]) == ("2026-03-12T15:00:00Z", shop.owner.id)
    due = "2026-03-11T18:00:00Z"
    todo = program.post("/todos", {"conversation_id": there.id, "title": "Send the offer", "due_at": due}).json()
    done = program.post(f"/conversations/{there.id}/done").json()
    assert (todo["due_at"], program.get(f"/todos/{todo['id']}").json()["outcome"]) == (due, "dismissed")
    assert (done["done_at"], done["snoozed_until"]) == ("2026-03-11T15:00:00Z", None)
    plan = {"step": "Call on Friday", "step_at": "2026-03-13T15:00:00Z", "value_cents": 90000}
    planned = program.post(f"/leads/{there.leads.get().id}/plan", plan).json()
    assert (planned["own_step"], planned["value_cents"]) == ("Call on Friday", 90000)
    assert program.post(f"/notes/{note['id']}", method="DELETE").status_code == 204
    assert program.items("/notes") == []


def test_settings_are_changed_whole_or_not_at_all(shop: Shop, program: Program) -> None:
    hours = {"shifts": [{"weekday": 0, "opens": "08:00", "closes": "12:00"}], "closed_days": ["2026-12-24"]}
    assert program.post("/hours", hours, method="PUT").json() == {
        **hours, "country": "US", "region": "", "works_on": [],
    }  # fmt: skip
    empty = {"shifts": [{"weekday": 1, "opens": "12:00", "closes": "12:00"}]}
    refused = program.post("/hours", empty, method="PUT")
    assert (refused.status_code, refused.json()["detail"][:8]) == (409, "Tuesday:")
    wrong = program.post("/rules", {"values": {"texts_per_day": "9", "nudge_days": "40"}}, method="PATCH")
    assert (wrong.status_code, [each["field"] for each in wrong.json()["errors"]]) == (409, ["nudge_days"])
    kept = program.post("/rules", {"values": {"texts_per_day": "9"}}, method="PATCH").json()["items"]
    held = {each["name"]: (each["value"], each["own"]) for each in kept}
    assert (held["texts_per_day"], held["nudge_days"][1]) == (("9", True), False)


def test_people_and_erasure_need_the_token_of_an_owner(shop: Shop, program: Program) -> None:
    from answerback.store import models

    there = shop.conversation(131)
    new = {"name": "Mo", "email": "mo@example.com", "role": "desk"}
    invited = program.post("/members", new).json()
    assert (invited["member"]["role"], "/join/" in invited["link"]) == ("desk", True)
    models.Member.objects.filter(id=shop.owner.id).update(role="manager")
    for path, body in (("/members", new), (f"/contacts/{there.contact_id}/erase", {"digits": "0131"})):
        barred = program.post(path, body)
        assert (barred.status_code, barred.json()["code"]) == (403, "role")
    models.Member.objects.filter(id=shop.owner.id).update(role="owner")
    assert program.post(f"/contacts/{there.contact_id}/erase", {"digits": "0131"}).status_code == 204
    erased = program.get(f"/contacts/{there.contact_id}").json()
    assert (erased["name"], erased["number"]) == ("", f"erased {there.contact_id}")


def test_a_table_is_looked_through_and_then_taken_in(shop: Shop, program: Program) -> None:
    table = {"kind": "contacts", "csv": "Phone,Name\n(512) 555-0131,Maria\n12,Nobody\n"}
    looked = program.post("/imports", table | {"take": True}).json()
    assert (looked["taken"], looked["problems"][0]["row"]) == (False, 3)
    good = table | {"csv": "Phone,Name\n(512) 555-0131,Maria\n"}
    assert program.post("/imports", good).json()["added"] == 1
    assert program.items("/contacts") == []
    assert program.post("/imports", good | {"take": True}).json()["taken"] is True
    assert [each["name"] for each in program.items("/contacts")] == ["Maria"]


def test_rows_that_say_the_same_are_told_with_the_first_of_them(shop: Shop, program: Program) -> None:
    table = {"kind": "contacts", "csv": "Phone,Name\n(512) 555-0131,Maria\n512-555-0131,Maria\n5125550131,Maria\n"}
    looked = program.post("/imports", table).json()
    assert (looked["rows"], looked["added"], looked["repeats"]) == (3, 1, [{"row": 3, "of": 2}, {"row": 4, "of": 2}])


def test_contacts_without_a_phone_stay_out_and_are_told_by_their_rows(shop: Shop, program: Program) -> None:
    """One friend with only an e-mail address kept the whole of an address book out; in the console it did not."""
    table = {"kind": "contacts", "csv": "Phone,Name,Email\n(512) 555-0131,Maria,\n,Ann,ann@example.com\n"}
    looked = program.post("/imports", table).json()
    assert (looked["problems"], looked["rows"], looked["added"], looked["without"]) == ([], 1, 1, [3])
    assert program.post("/imports", table | {"take": True}).json()["taken"] is True
    assert [each["name"] for each in program.items("/contacts")] == ["Maria"]
    lead = program.post("/imports", table | {"kind": "leads"}).json()
    assert ([each["row"] for each in lead["problems"]], lead["without"]) == ([3], [])
