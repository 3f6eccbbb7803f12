"""Other programs command by phone number: a lead from a form, a job sold, a contact left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.api.conftest import Program, Shop

FORM = {
    "number": "512-555-0131",
    "name": "Maria",
    "email": "maria@example.com",
    "message": "Toilet leaks",
    "source": "website",
    "answers": {"Your city": "Austin"},
}


def test_a_form_becomes_a_lead_and_a_call_to_make(shop: Shop, program: Program) -> None:
    from answerback.store import models

    made = program.post("/commands/create-lead", FORM, key="form-1")
    again = program.post("/commands/create-lead", FORM | {"message": "Hello?"})
    assert (made.status_code, again.json()["id"]) == (201, made.json()["id"])
    said = {name: made.json()[name] for name in ("number", "name", "email", "status", "answers")}
    assert said == {
        "number": "+15125550131",
        "name": "Maria",
        "email": "maria@example.com",
        "status": "new",
        "answers": {"your_city": "Austin", "name": "Maria", "message": "Toilet leaks", "source": "website"},
    }
    assert [each["title"] for each in program.items("/todos")] == ["Asked through website: Toilet leaks"]
    assert (models.Message.objects.count(), models.Consent.objects.count()) == (0, 0)


def test_a_form_is_still_known_when_they_call(shop: Shop, program: Program) -> None:
    from answerback.engine.events import TextReceived
    from answerback.store import models
    from answerback.store.queries import ledger
    from answerback.workflow import clock, transaction, turn

    lead = program.post("/commands/create-lead", FORM).json()
    event = TextReceived(at=clock.now(), line=shop.line.number, text="Hi, any news?")
    own = ledger.Own(business=shop.business.id, conversation=lead["conversation_id"], event=event, bump=1)
    transaction.run(lambda cursor: ledger.record(cursor, [own], clock.now()))
    turn.run()
    (kept,) = program.items("/leads")
    assert (kept["id"], kept["answers"]["message"]) == (lead["id"], "Toilet leaks")
    assert models.Conversation.objects.get().state["lead"] in {"new", "contacted"}


def test_a_job_is_sold_by_number_once(shop: Shop, other: Shop, program: Program) -> None:
    shop.conversation(131)
    other.conversation(201)
    sold = {"number": "+15125550131", "cents": 48000, "job": "INV-7"}
    won = program.post("/commands/mark-sold", sold)
    assert (won.status_code, won.json()["status"], won.json()["revenue_cents"]) == (200, "won", 48000)
    assert program.post("/commands/mark-sold", sold).status_code == 409
    assert program.post("/commands/mark-sold", sold | {"number": "+15125550201", "job": "x"}).status_code == 404


def test_a_paused_contact_is_left_alone_until_handed_back(shop: Shop, program: Program) -> None:
    paused = program.post("/commands/pause-contact", {"number": "+15125550777"}).json()
    assert (paused["phase"], paused["held_by"]) == ("human", "Alice")
    assert program.post("/commands/pause-contact", {"number": "+15125550777"}).json()["id"] == paused["id"]
    back = program.post(f"/conversations/{paused['id']}/hand-back").json()
    assert back["held_by"] is None
