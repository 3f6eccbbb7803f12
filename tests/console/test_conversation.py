"""One conversation: its timeline in order with the reasons, and each act of staff with what it leaves behind."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from answerback.engine.desk_events import TimerHeldBack
from answerback.engine.events import TookOver, VoicemailLeft
from answerback.store import codec, models
from answerback.store.models.conversations import AT_ONCE
from answerback.store.queries import timeline
from answerback.workflow import clock, revenue, undoing
from answerback.workflow.actors import Actor


def _reason(shop: Any, conversation: models.Conversation, at: Any, text: str = "") -> None:
    models.Decision.objects.create(
        business=shop.business,
        conversation=conversation,
        at=at,
        rule="first_text",
        verdict="sent",
        why="The call was missed.",
        guards=[{"name": "not_suppressed", "passed": True, "evidence": "never said stop"}],
        would_change="A person answering.",
        text=text,
    )


@pytest.fixture
def maria(shop: Any, now: Any) -> models.Conversation:
    made: models.Conversation = shop.conversation(
        131, name="Maria", missed_reason="no_answer", at=now - timedelta(seconds=24)
    )
    shop.missed_call(made, at=now - timedelta(minutes=1))
    _reason(shop, made, now - timedelta(seconds=23), text="t1")
    shop.text(made, "t1", "machine", "Sorry we missed you", "delivered", at=now - timedelta(seconds=22))
    shop.text(made, "in:1", "customer", "my heater leaks", "received", at=now - timedelta(seconds=10))
    shop.text(
        made, "t2", "machine", "Where are you?", "withdrawn", at=now - timedelta(seconds=8), detail="Bob took it."
    )
    shop.event(made, TookOver(at=now - timedelta(seconds=5), member="Bob"))
    shop.todo(made)
    return made


def test_timeline_tells_everything_in_order(maria: models.Conversation, shop: Any) -> None:
    rows = timeline.of_conversation(maria.id)
    assert [(row.kind, row.title, row.detail, row.status) for row in rows] == [
        ("missed_call", "Missed call: nobody answered", "It rang 20 s.", ""),
        ("lead", "Lead created", "no answer", ""),
        ("reason", "The call was missed.", "What would have changed it: A person answering.", ""),
        ("text_out", "Automatic text", "Sorry we missed you", "delivered"),
        ("text_in", "Text in", "my heater leaks", ""),
        ("text_out", "Automatic text", "Where are you?", "withdrawn"),
        ("staff", "Bob took over", "The machine is silent.", ""),
        ("todo", "To-do: Call them back", "", ""),
    ]
    assert timeline.of_number(shop.business.id, "+15125550131") == rows
    assert timeline.of_number(shop.business.id, "+15125550199") == ()


def test_running_call_and_voicemail_show_as_they_come(shop: Any, now: Any) -> None:
    conversation = shop.conversation(1)
    shop.missed_call(conversation, at=now - timedelta(minutes=2))
    models.Event.objects.filter(kind="CallEnded").delete()
    assert timeline.of_conversation(conversation.id)[0].title == "Calling now"
    shop.event(conversation, VoicemailLeft(at=now, call="a", line="+15125550100", seconds=12))
    assert [row.detail for row in timeline.of_conversation(conversation.id) if row.kind == "voicemail"] == [
        "12 seconds"
    ]


def test_page_shows_texts_with_reasons_and_marks(maria: models.Conversation, alice: Client) -> None:
    shown = alice.get(f"/c/{maria.id}").context["part"].entries
    texts = [(entry.row.detail, entry.mark.words, len(entry.reasons)) for entry in shown if entry.side == "out"]
    assert texts == [("Sorry we missed you", "Delivered", 1), ("Where are you?", "Withdrawn", 1)]
    assert [entry.row.kind for entry in shown if entry.side == "note"] == ["missed_call", "lead", "staff", "todo"]
    assert [entry.day for entry in shown if entry.day] == ["Today"]
    page = alice.get(f"/c/{maria.id}").content.decode()
    for words in ("never said stop", "A person answering.", "Bob took it."):
        assert words in page


def test_customers_words_are_never_markup(shop: Any, alice: Client) -> None:
    conversation = shop.conversation(1, name="<b>Eve</b>")
    shop.text(conversation, "in:1", "customer", "<script>alert(1)</script>", "received")
    for address in (f"/c/{conversation.id}", "/?tab=all"):
        page = alice.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>Eve" not in page


def test_taking_over_holds_back_what_waits(shop: Any, bob: Client) -> None:
    conversation = shop.conversation(1)
    text = shop.text(conversation, "t1", "machine", "Where are you?", "queued")
    assert [entry.row.detail for entry in bob.get(f"/c/{conversation.id}").context["next"]] == ["Where are you?"]
    bob.post(f"/c/{conversation.id}/take-over")
    text.refresh_from_db()
    conversation.refresh_from_db()
    assert (text.status, conversation.phase, conversation.held_by.name, conversation.epoch) == (
        "withdrawn",
        "human",
        "Bob",
        1,
    )
    bob.post(f"/c/{conversation.id}/hand-back")
    conversation.refresh_from_db()
    assert (conversation.held_by, conversation.epoch) == (None, 2)


def test_reply_is_queued_as_the_member(shop: Any, bob: Client) -> None:
    conversation = shop.conversation(1)
    assert bob.post(f"/c/{conversation.id}/reply", {"body": "On my way.\r\nBob"}).status_code == 302
    text = models.Message.objects.get(conversation=conversation)
    assert (text.author, text.member.name, text.body, text.status) == ("staff", "Bob", "On my way.\nBob", "queued")


def test_refused_reply_stays_in_the_box(shop: Any, bob: Client, now: Any) -> None:
    conversation = shop.conversation(1)
    models.Suppression.objects.create(
        business=shop.business, number=conversation.contact.number, at=now, evidence="STOP"
    )
    answer = bob.post(f"/c/{conversation.id}/reply", {"body": "One more thing"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This person said stop. Call them instead" in page
    assert ">One more thing</textarea>" in page
    assert not models.Message.objects.exists()


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"%PDF-1.7 an offer", "This is no picture that can be read. JPEG, PNG, GIF and WebP can be."),
        (b"\xff" * 12_000_001, "The picture is larger than 12 MB. Take a smaller one."),
    ],
)
def test_picture_that_cannot_be_sent_is_told_and_the_words_stay(shop: Any, bob: Client, sent: bytes, why: str) -> None:
    models.Line.objects.update(media=True)
    conversation = shop.conversation(1)
    answer = bob.post(
        f"/c/{conversation.id}/reply", {"body": "As promised", "picture": SimpleUploadedFile("a.jpg", sent)}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert (why in page, "Choose the picture once more." in page, ">As promised</textarea>" in page) == (True,) * 3
    assert not models.Message.objects.exists()


def test_told_to_stop_is_kept_for_the_business(shop: Any, bob: Client) -> None:
    conversation = shop.conversation(1)
    bob.post(f"/c/{conversation.id}/stop")
    assert list(models.Suppression.objects.values_list("number", "lifted_at")) == [(conversation.contact.number, None)]
    assert "said stop" in bob.get(f"/c/{conversation.id}").content.decode()


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("480", 48000),
        ("$1,250.50", 125050),
        ("480,50", 48050),
        ("1.250", "refused"),
        ("", None),
        ("a lot", "refused"),
        ("-5", "refused"),
        ("NaN", "refused"),
        ("1e30", "refused"),
    ],
)
def test_won_writes_the_amount(shop: Any, alice: Client, amount: str, cents: object) -> None:
    conversation = shop.conversation(1)
    alice.post(f"/c/{conversation.id}/mark", {"status": "won", "amount": amount})
    entries = list(models.RevenueEntry.objects.values_list("cents", flat=True))
    marked = models.Event.objects.filter(kind="OutcomeMarked").count()
    assert (entries, marked) == ([cents] if isinstance(cents, int) else [], 0 if cents == "refused" else 1)


def test_amount_says_what_it_rests_on_and_is_corrected_on_the_page(shop: Any, alice: Client, charlie: Client) -> None:
    conversation = shop.conversation(1)
    alice.post(f"/c/{conversation.id}/mark", {"status": "won", "amount": "480"})
    assert "Said by Alice at the desk, no document." in alice.get(f"/c/{conversation.id}").content.decode()
    entry = models.RevenueEntry.objects.get()
    right = {"amount": "450", "job": "R-7", "evidence": "Paid by card", "why": "Typed wrongly"}
    assert charlie.post(f"/money/{entry.id}/correct", right).status_code == 404
    refused = alice.post(f"/money/{entry.id}/correct", {"amount": ""}, follow=True).content.decode()
    assert "To remove it, take it back" in refused
    page = alice.post(f"/money/{entry.id}/correct", right, follow=True)
    assert [(each.said, each.rests_on, each.back) for each in page.context["money"]] == [
        ("$450", "Invoice, receipt or job R-7. Paid by card. Entered by Alice.", ""),
        (
            "$480",
            "Said by Alice at the desk, no document.",
            "Taken back by Alice. Corrected: $480 is $450. Typed wrongly",
        ),
    ]


def test_amount_is_entered_with_its_receipt_in_one_go(shop: Any, alice: Client) -> None:
    conversation = shop.conversation(1)
    said = {"status": "won", "amount": "480", "job": " R-7 ", "evidence": "Cash"}
    alice.post(f"/c/{conversation.id}/mark", said)
    assert list(models.RevenueEntry.objects.values_list("cents", "job", "evidence", "author")) == [
        (48000, "R-7", "Cash", "Alice")
    ]


def test_next_step_is_at_a_moment_that_every_page_can_say(shop: Any, alice: Client) -> None:
    """The year 9999 in another zone is no moment to the database: the page and every list were broken by it."""
    conversation = shop.conversation(1)
    for at, kept in (("9999-12-31T23:59", 0), ("0001-01-01T00:00", 0), ("2030-05-02T09:00", 1)):
        page = alice.post(f"/c/{conversation.id}/plan", {"step": "Call", "step_at": at}, follow=True)
        assert (page.status_code, models.Lead.objects.exclude(own_step_at=None).count()) == (200 if kept else 409, kept)
        assert ("between 2000 and 2100" in page.content.decode()) == (not kept)


def test_poll_answers_only_when_something_changed(maria: models.Conversation, shop: Any, alice: Client) -> None:
    version = alice.get(f"/c/{maria.id}").context["version"]
    assert alice.get(f"/c/{maria.id}/live?v={version}").status_code == 204
    models.Message.objects.filter(key="t1").update(status="undelivered")
    changed = alice.get(f"/c/{maria.id}/live?v={version}")
    assert changed.status_code == 200
    assert "Not delivered" in changed.content.decode()
    assert "<textarea" not in changed.content.decode()


def test_conversation_asks_as_much_for_long_talks(shop: Any, alice: Client, django_assert_num_queries: Any) -> None:
    conversation = shop.conversation(1)
    alice.get(f"/c/{conversation.id}")
    for number in range(30):
        shop.text(conversation, f"t{number}", "machine", "hello", "sent")
        _reason(shop, conversation, conversation.opened_at, text=f"t{number}")
    with django_assert_num_queries(35):  # who looked is written down, whether they need a second step is asked
        alice.get(f"/c/{conversation.id}")


def test_text_is_made_plain_and_nothing_is_sent(maria: models.Conversation, alice: Client) -> None:
    page = alice.post(f"/c/{maria.id}/plain", {"body": "We’ll be there — soon… " + "x" * 60})
    shown = page.content.decode()
    assert "We&#x27;ll be there - soon... " in shown
    assert "’ — … made this text 2 parts. In plain characters it is 1 part." in shown
    assert not models.Message.objects.filter(author="staff").exists()


def test_number_is_marked_and_call_is_corrected(maria: models.Conversation, alice: Client) -> None:
    models.Conversation.objects.filter(id=maria.id).update(state={"judged": ["c1"]})
    call = models.Event.objects.filter(conversation=maria, kind="CallEnded").get().body["call"]
    models.Conversation.objects.filter(id=maria.id).update(state={"judged": [call]})
    page = alice.get(f"/c/{maria.id}").content.decode()
    assert "Nobody took it" in page
    assert alice.post(f"/c/{maria.id}/correct", {"call": call, "came": "missed"}).status_code == 302
    assert models.Event.objects.filter(kind="VerdictCorrected").count() == 1
    assert alice.post(f"/c/{maria.id}/correct", {"call": "other", "came": "missed"}).status_code == 302
    assert alice.post(f"/c/{maria.id}/correct", {"call": call, "came": "nonsense"}).status_code == 302
    assert models.Event.objects.filter(kind="VerdictCorrected").count() == 1
    alice.post(f"/c/{maria.id}/whose", {"number_is": "supplier"})
    alice.post(f"/c/{maria.id}/whose", {"number_is": "nonsense"})
    assert models.KnownNumber.objects.get().number_is == "supplier"
    assert "remembered as supplier" in alice.get(f"/c/{maria.id}").content.decode()


def test_whoever_else_calls_from_a_number_stands_on_the_contact_card(maria: models.Conversation, bob: Client) -> None:
    """Whoever answers has to know who may be writing; they stood on the contact's page only."""
    models.ContactPerson.objects.create(
        business=maria.business, contact=maria.contact, name="Bob Builder", note="her husband", added_at=maria.opened_at
    )
    card = bob.get(f"/c/{maria.id}").content.decode().partition('id="talk-facts"')[2]
    assert "Also call from this number" in card
    assert "Bob Builder" in card
    assert "her husband" in card


def test_marking_a_lead_won_is_one_row_of_the_timeline(shop: Any, alice: Client) -> None:
    """Who marked it, the amount and the receipt of the mark were three."""
    conversation = shop.conversation(131)
    alice.post(f"/c/{conversation.id}/mark", {"status": "won", "amount": "480"})
    at = models.Event.objects.get(kind="OutcomeMarked").at
    models.Decision.objects.create(
        business=shop.business, conversation=conversation, at=at, rule="outcome", verdict="done",
        why="A person marked the lead won.", guards=[], would_change="", text="",
    )  # fmt: skip
    thread = alice.get(f"/c/{conversation.id}").content.decode().partition('id="thread"')[2].partition("</ol>")[0]
    rows = [row for row in thread.split("<li") if "marked" in row or "480" in row]
    assert len(rows) == 1, rows
    assert "Alice marked it won" in rows[0]
    assert "Sold: $480" in rows[0]


def test_taking_over_is_one_row_of_the_timeline(shop: Any, alice: Client) -> None:
    """The act and its receipt were two rows that said one thing; so were handing back and its receipt."""
    conversation = shop.conversation(131)
    for act, rule, why in (
        ("take-over", "took_over", "A person took the conversation; the machine is silent."),
        ("hand-back", "handed_back", "The machine has the conversation again and waits for the customer."),
    ):
        alice.post(f"/c/{conversation.id}/{act}")
        models.Decision.objects.create(
            business=shop.business, conversation=conversation, at=models.Event.objects.latest("id").at, rule=rule,
            verdict="handed_over", why=why, guards=[], would_change="", text="",
        )  # fmt: skip
    thread = alice.get(f"/c/{conversation.id}").content.decode().partition('id="thread"')[2].partition("</ol>")[0]
    rows = [row for row in thread.split("<li") if "took" in row or "hand" in row or "machine" in row]
    assert len(rows) == 2, rows
    assert "Alice took over" in rows[0]
    assert "A person took the conversation; the machine is silent." in rows[0]
    assert "Alice handed back" in rows[1]


def test_holding_a_nudge_back_is_one_row_of_the_timeline(shop: Any, alice: Client, now: datetime) -> None:
    conversation = shop.conversation(131)
    held = TimerHeldBack(at=now, member="Alice", timer="nudge", ref="7", due_at=now + timedelta(hours=2))
    models.Event.objects.create(
        business=shop.business, conversation=conversation, kind="TimerHeldBack", at=now, due_at=now, handled_at=now,
        body=codec.plain(codec.encode_event(held)),
    )  # fmt: skip
    models.Decision.objects.create(
        business=shop.business, conversation=conversation, at=now, rule="nudge", verdict="not_sent",
        why="Alice held it back.", guards=[], would_change="", text="",
    )  # fmt: skip
    thread = alice.get(f"/c/{conversation.id}").content.decode().partition('id="thread"')[2].partition("</ol>")[0]
    assert thread.count("Alice held it back") == 1
    assert thread.count("Alice held it back: the next nudge") == 1


def test_amount_undone_at_once_is_told_in_one_sentence(shop: Any, alice: Client) -> None:
    """It read "Taken back by Alice. taken back at once"."""
    conversation = shop.conversation(131)
    alice.post(f"/c/{conversation.id}/mark", {"status": "won", "amount": "480"})
    entry = models.RevenueEntry.objects.get()
    revenue.take_back(entry.id, Actor(member=models.Member.objects.get(name="Alice").id, name="Alice"), AT_ONCE)
    page = alice.get(f"/c/{conversation.id}").content.decode()
    assert "Taken back by Alice." in page
    assert "taken back at once" not in page


def test_the_inbox_says_you_only_to_whoever_wrote(shop: Any, alice: Client, bob: Client) -> None:
    conversation = shop.conversation(131)
    shop.text(conversation, "s1", "staff", "On our way", "sent")
    by = models.Member.objects.get(name="Bob")
    models.Message.objects.update(member=by)
    models.Member.objects.filter(id=by.id).update(name="Bob Hill")
    said = [each.get("/inbox?tab=all").content.decode() for each in (alice, bob)]
    assert [[f'"soft">{name}:<' in page for name in ("You", "Bob", "Bob Hill")] for page in said] == [
        [False, True, False],
        [True, False, False],
    ]
    models.Message.objects.update(member=None)
    assert '"soft">Rivera Plumbing:<' in bob.get("/inbox?tab=all").content.decode()


def test_a_long_conversation_is_shown_in_portions_and_each_row_once(shop: Any, bob: Client, now: datetime) -> None:
    """A thousand texts made a page of a megabyte; what is open when more comes goes on where it began."""
    talk = shop.conversation(131)
    for number in range(300):
        shop.text(talk, f"in:{number}", "customer", f"word {number}", "received", now - timedelta(minutes=900 - number))
    first = bob.get(f"/c/{talk.id}")
    found, asked = _bubbles(first), _earlier(first)
    assert len(first.content) < 150_000
    shop.text(talk, "in:new", "customer", "word new", "received", now)
    live = bob.get(f"/c/{talk.id}/live?v=old&since={asked}")
    assert _bubbles(live) == [*found, "word new"]
    while asked:
        part = bob.get(f"/c/{talk.id}/live?before={asked}")
        assert len(part.content) < 150_000
        found, asked = [*_bubbles(part), *found], _earlier(part)
    assert found == [f"word {number}" for number in range(300)]


def test_what_happened_in_one_moment_is_in_one_portion(shop: Any, bob: Client, now: datetime) -> None:
    talk = shop.conversation(131)
    for number in range(300):
        shop.text(talk, f"in:{number}", "customer", f"word {number}", "received", now)
    answer = bob.get(f"/c/{talk.id}")
    assert (len(_bubbles(answer)), _earlier(answer)) == (300, "")


def _bubbles(answer: Any) -> list[str]:
    return re.findall(r'<p class="words" dir="auto">(.*?)</p>', answer.content.decode())


def _earlier(answer: Any) -> str:
    """What the button to earlier things asks for; empty where there are none."""
    return next(iter(re.findall(r"live\?before=([^\"]+)", answer.content.decode())), "")


def test_no_dot_hangs_between_the_time_of_a_text_and_what_became_of_it(shop: Any, alice: Client) -> None:
    """Where the line broke there, as in Spanish, it ended in a dot; what became of it has an icon before it."""
    ann = shop.conversation(132)
    shop.text(ann, "first_text", "machine", "On our way.", "delivered")
    (under,) = re.findall(r'<p class="under">(.*?)</p>', alice.get(f"/c/{ann.id}").content.decode())
    told = " ".join(re.sub(r"<[^>]*>", " ", under).split())
    assert re.fullmatch(r"answerback · \d+:\d\d [AP]M Delivered", told), told


def test_an_emergency_stands_once_beside_its_conversation(shop: Any, alice: Client) -> None:
    ann = shop.conversation(132, urgency="emergency")
    shop.page(ann)
    shop.todo(ann, urgent=True)
    page = alice.get(f"/c/{ann.id}")
    assert [len(page.context[name]) for name in ("woken", "todos")] == [1, 0]
    assert "1 to do, details" in page.content.decode()
    models.Todo.objects.update(urgent=False, kind="call_now")
    assert alice.get(f"/c/{ann.id}").context["todos"] == []
    alice.post(f"/pages/{page.context['woken'][0].id}/take")
    page = alice.get(f"/c/{ann.id}")
    assert [len(page.context[name]) for name in ("woken", "todos")] == [0, 1]


def test_a_next_step_that_is_past_says_so(shop: Any, alice: Client, now: Any) -> None:
    ann = shop.conversation(132)
    for hours, late in ((-1, True), (1, False)):
        models.Lead.objects.update(next_step="A person calls them", next_step_at=now + timedelta(hours=hours))
        assert alice.get(f"/c/{ann.id}").context["step_late"] is late


def test_a_page_that_polls_is_told_only_of_ones_own(shop: Any, alice: Client, charlie: Client) -> None:
    id = shop.conversation(1).id
    version = alice.get(f"/c/{id}").context["version"]
    asked = f"/c/{id}/live?v={version}"
    assert [alice.get(asked).status_code, charlie.get(asked).status_code] == [204, 404]
    assert [alice.get(f"/c/{no}/live?v={version}").status_code for no in (id + 999, 2**63, 10**40)] == [404] * 3
    assert alice.get(f"/c/{id}/live").status_code == alice.get(f"/c/{id}/live?v=").status_code == 200


def test_words_that_are_no_longer_kept_are_said_to_be_gone(alice: Client, shop: Any, now: Any) -> None:
    ann = shop.conversation(139, name="Ann", at=now - timedelta(days=41))
    shop.text(ann, "in:9", "customer", "", "received", at=now - timedelta(days=40))
    shop.text(ann, "in:10", "customer", "", "received", at=now - timedelta(minutes=5))
    thread = alice.get(f"/c/{ann.id}").content.decode().partition('id="thread"')[2].partition("</ol>")[0]
    bubbles = [row for row in thread.split("<li") if row.startswith(' class="bubble')]
    assert ["Words no longer kept" in row for row in bubbles] == [True, False]


def test_what_changes_while_a_page_is_drawn_is_fetched_with_the_next_look(shop: Any, bob: Client) -> None:
    """Its version was read after the conversation: who had taken it meanwhile was not shown until more came."""
    id = shop.conversation(131).id
    bob.get(f"/c/{id}")  # the playbook is read
    changed: list[str] = []

    def meanwhile(execute: Any, sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if 'FROM "conversation"' in sql and not changed:
            changed.append(sql)
            models.Conversation.objects.filter(id=id).update(phase="human")
        return found

    with connection.execute_wrapper(meanwhile):
        page = bob.get(f"/c/{id}").content.decode()
    assert changed
    look = bob.get(f"/c/{id}/live", {"v": page.partition("/live?v=")[2][:8]})
    assert 'id="take-over"' in page
    assert look.status_code == 200
    assert 'id="hand-back"' in look.content.decode()


def test_assigning_is_told_as_people_say_it(shop: Any, bob: Client) -> None:
    """It read "Bob gave it to Bob"."""
    id = shop.conversation(131).id
    for member in (models.Member.objects.get(name="Bob").id, ""):
        bob.post(f"/c/{id}/assign", {"member": member})
    page = bob.get(f"/c/{id}").content.decode()
    assert [page.count(each) for each in ("Bob took it on", "Bob gave it to nobody", "gave it to Bob")] == [1, 1, 0]


def test_before_a_providers_own_words_stands_what_they_mean(shop: Any, bob: Client) -> None:
    """ "Twilio error 30006." said nothing to an owner, and the known reason was left out for it."""
    talk = shop.conversation(131)
    shop.text(talk, "t1", "machine", "Sorry we missed you", "undelivered")
    models.Message.objects.update(failure="landline", detail="Twilio error 30006.")
    assert "It is a landline. Twilio error 30006." in bob.get(f"/c/{talk.id}").content.decode()
    models.Message.objects.update(failure="unknown")
    page = bob.get(f"/c/{talk.id}").content.decode()
    assert "Twilio error 30006." in page
    assert "The provider does not say why." not in page


def test_a_providers_own_words_are_marked_as_its_own(shop: Any, bob: Client) -> None:
    """ "Spam shield said no" stood there as if it were ours, and in English on a Spanish page."""
    talk = shop.conversation(131)
    shop.text(talk, "t1", "machine", "Sorry we missed you", "undelivered")

    def because() -> str:
        page = bob.get(f"/c/{talk.id}").content.decode()
        return str(re.findall(r'class="under because">([^<]+)<', page)[0])

    models.Message.objects.update(failure="unknown", detail="Spam shield said no. Ask Joe.")
    assert because() == "The provider&#x27;s own words: “Spam shield said no. Ask Joe.”"
    models.User.objects.update(language="es")
    assert because() == "Palabras del proveedor: “Spam shield said no. Ask Joe.”"
    models.Message.objects.update(failure="landline")
    assert because() == "Es un teléfono fijo. Palabras del proveedor: “Spam shield said no. Ask Joe.”"
    models.Message.objects.update(failure="unknown", detail="Twilio error 99999.")
    assert because() == "Error 99999 de Twilio."
    models.Message.objects.update(status="withdrawn", detail="Joe took it.")
    assert "proveedor" not in because()


def test_that_a_person_has_the_conversation_is_said_once_and_each_text_tells_it_when_asked(
    maria: models.Conversation, shop: Any, alice: Client, now: Any
) -> None:
    """It stood after every text of a long talk, twenty times in a row."""
    for second in (4, 3, 2):
        at = now - timedelta(seconds=second)
        shop.text(maria, f"in:{second}", "customer", f"are you there? {second}", "received", at=at)
        models.Decision.objects.create(
            business=shop.business, conversation=maria, at=at + timedelta(milliseconds=90), rule="reply",
            verdict="not_sent", why="A person has the conversation; the machine is silent.",
        )  # fmt: skip
    entries = alice.get(f"/c/{maria.id}").context["part"].entries
    told = [entry.row.title for entry in entries if entry.row.kind == "reason"]
    asked = [[why.title for why in entry.reasons] for entry in entries if entry.row.detail.startswith("are you there")]
    silent = "A person has the conversation; the machine is silent."
    assert (told.count(silent), asked) == (1, [[], [silent], [silent]])
    shop.event(maria, TookOver(at=now - timedelta(seconds=1), member="Ann"))
    shop.text(maria, "in:0", "customer", "are you there? 0", "received", at=now)
    models.Decision.objects.create(
        business=shop.business, conversation=maria, at=now + timedelta(milliseconds=90), rule="reply",
        verdict="not_sent", why=silent,
    )  # fmt: skip
    entries = alice.get(f"/c/{maria.id}").context["part"].entries
    assert [entry.row.title for entry in entries].count(silent) == 2, "somebody else has it since"


def test_an_amount_is_told_as_it_was_said_and_its_correction_when_it_was_made(
    shop: Any, alice: Client, now: datetime
) -> None:
    """The mark of 11:20 read "Sold: $222" after a correction of 11:50, which stood nowhere; and it had no undo."""
    talk = shop.conversation(131)
    alice.post(f"/c/{talk.id}/mark", {"status": "won", "amount": "400"})
    entry = models.RevenueEntry.objects.get()
    with clock.using(lambda: now + timedelta(minutes=30)):
        page = alice.post(f"/money/{entry.id}/correct", {"amount": "222", "why": "A typo"}, follow=True)
    *_, toast = [each.extra_tags for each in page.context["messages"]]
    said = "Said by Alice at the desk, no document."
    first, change = (
        ("Alice marked it won", "Sold: $400", "superseded"),
        ("Alice corrected $400 to $222", f"A typo. {said}", ""),
    )
    assert _of_money(page) == [(*first, now), (*change, now + timedelta(minutes=30))]
    assert [(each.said, each.stands) for each in page.context["money"]] == [("$222", True), ("$400", False)]
    with clock.using(lambda: now + timedelta(minutes=40)):
        alice.post("/undo", {"undo": toast})
        page = alice.get(f"/c/{talk.id}")
    assert _of_money(page) == [
        (*first, now),
        (*change, now + timedelta(minutes=30)),
        (
            "Alice took that back: $400 counts again",
            said,
            "",
            now + timedelta(minutes=40),
        ),
    ]
    assert [(each.said, each.stands) for each in page.context["money"]] == [
        ("$400", True),
        ("$222", False),
        ("$400", False),
    ]


@pytest.mark.parametrize("why", ["Refunded in cash", "Corrected: it was no job"])
def test_an_amount_that_was_taken_back_by_mistake_counts_again_whatever_was_given_as_the_reason(
    shop: Any, alice: Client, now: datetime, why: str
) -> None:
    """It read "Alice gave back a part of $400: $400 stay"."""
    talk = shop.conversation(131)
    alice.post(f"/c/{talk.id}/mark", {"status": "won", "amount": "400"})
    entry = models.RevenueEntry.objects.get()
    actor = Actor(member=models.Member.objects.get(name="Alice").id, name="Alice")
    with clock.using(lambda: now + timedelta(minutes=30)):
        undo = revenue.take_back(entry.id, actor, why)
    with clock.using(lambda: now + timedelta(minutes=40)):
        undoing.undo(undo, actor)
        page = alice.get(f"/c/{talk.id}")
    assert [row[:2] for row in _of_money(page)][1:] == [
        ("Taken back: $400", why),
        ("Alice took that back: $400 counts again", "Said by Alice at the desk, no document."),
    ]


def _of_money(page: Any) -> list[tuple[Any, ...]]:
    rows = [each.row for each in page.context["part"].entries if each.row.kind == "money"]
    return [(row.title, row.detail, row.status, row.at) for row in rows]
