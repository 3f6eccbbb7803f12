"""Other programs command by phone number: a lead from a form, a job sold, a contact left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.conftest import PACK

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


AGREED = {"at": "2026-03-11T14:59:00Z", "words": "Yes, text me about my request."}


def test_a_form_becomes_a_lead_and_a_call_to_make(shop: Shop, program: Program) -> None:
    from answerback.store import models
    from answerback.workflow import turn

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
    turn.run()
    assert [(each["title"], each["due_at"]) for each in program.items("/todos")] == [
        ("Asked through website: Toilet leaks", "2026-03-11T15:15:00Z")
    ]
    assert (models.Message.objects.count(), models.Consent.objects.count()) == (0, 0)
    why = models.Decision.objects.values_list("rule", "verdict", "why").first()
    assert why == ("first_text", "not_sent", "No text was sent. The form says nothing of having agreed to texts.")
    shown = program.get(f"/conversations/{made.json()['conversation_id']}/timeline").json()["items"]
    assert [each["detail"] for each in shown if each["title"] == "Filled in a form"] == ["Toilet leaks", "Hello?"]


def test_who_agreed_in_writing_is_texted_once_where_the_owner_wants_it(shop: Shop, program: Program) -> None:
    from answerback.store import models
    from answerback.workflow import turn

    program.post("/commands/create-lead", FORM | {"agreement": AGREED})
    turn.run()
    assert models.Message.objects.count() == 0  # the playbook has no greeting for forms
    words = '  form:\n    en: ["{business} here, about your request. What needs fixing? Reply STOP to opt out"]\n'
    words += (
        '    es: ["{business}: sobre su solicitud. ¿Qué hay que reparar? Responda STOP para no recibir mensajes"]\n'
    )
    published = program.post("/playbooks", {"source": PACK.replace("greet:\n", f"greet:\n{words}", 1)}).json()
    assert [each for each in published["findings"] if each["level"] == "error"] == []
    other_person = FORM | {"number": "+15125550132", "agreement": AGREED}
    made = [program.post("/commands/create-lead", other_person).json()["id"] for _ in range(2)]
    turn.run()
    (text,) = models.Message.objects.all()
    assert (text.body, text.purpose, text.status, len(set(made))) == (
        "Rivera Plumbing here, about your request. What needs fixing? Reply STOP to opt out", "first_text", "queued", 1,
    )  # fmt: skip
    kept = models.Consent.objects.filter(number="+15125550132").values_list("state", "source", "evidence")
    assert list(kept) == [("express_informational", "form", "Agreed in a form: “Yes, text me about my request.”")]
    verdicts = models.Decision.objects.filter(conversation=text.conversation, rule="first_text")
    assert list(verdicts.order_by("id").values_list("verdict", flat=True)) == ["sent", "not_sent"]


def test_a_form_of_somebody_who_said_stop_texts_nobody(shop: Shop, program: Program) -> None:
    from answerback.store import models
    from answerback.workflow import turn

    program.post("/opt-outs", {"number": FORM["number"]})
    program.post("/commands/create-lead", FORM | {"agreement": AGREED})
    turn.run()
    assert models.Message.objects.count() == 0
    assert [each["kind"] for each in program.items("/todos")] == ["callback"]


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
