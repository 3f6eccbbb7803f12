"""What people know better than the machine, what is kept of it, and what stays when everything is forgotten."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from answerback.store import models
from answerback.store.queries import readings
from answerback.store.secrets import digest
from answerback.testing.world import World
from answerback.workflow import address_book, corrections, desk, erasure, handling, looking, undoing, verdicts
from answerback.workflow.desk import NotAllowed

MARIA = "+15125550131"
ANN = "+15125550132"


def test_correction_is_an_event_of_the_member_who_made_it(world: World) -> None:
    world.call(MARIA)
    world.run(seconds=30)
    world.staff("Dana").correct_call(MARIA, "served")
    event = models.Event.objects.get(kind="VerdictCorrected")
    assert (event.body["member"], event.body["came"]) == ("Dana", "served")
    assert world.receipts(MARIA)[-1].rule == "call.corrected"
    assert world.texts_to(MARIA) == ()


def test_call_of_somebody_else_cannot_be_corrected(world: World) -> None:
    world.call(MARIA)
    theirs = world.call(ANN)
    world.run(minutes=1)
    with pytest.raises(NotAllowed, match="no such call"):
        world.staff("Dana").correct_call(MARIA, "served", call=theirs)


def test_number_marked_twice_is_known_as_the_last_thing(world: World) -> None:
    world.call(MARIA)
    world.run(minutes=1)
    world.staff("Dana").mark_number(MARIA, "spam")
    world.staff("Luis").mark_number(MARIA, "supplier")
    known = models.KnownNumber.objects.get(number=MARIA)
    assert (known.number_is, known.member and known.member.name) == ("supplier", "Luis")


def test_hidden_number_cannot_be_remembered(world: World) -> None:
    world.call("withheld")
    world.run(minutes=1)
    with pytest.raises(NotAllowed, match="withheld"):
        world.staff("Dana").mark_number("withheld", "spam")


def test_consent_is_a_row_for_each_change_and_never_edited(world: World) -> None:
    world.call(MARIA)
    world.run(minutes=1)
    world.text(MARIA, "STOP")
    world.text(MARIA, "START")
    world.run(minutes=1)
    rows = models.Consent.objects.filter(number=MARIA).order_by("id")
    assert [(row.state, row.source) for row in rows] == [
        ("inquiry", "call"),
        ("revoked_all", "text"),
        ("express_informational", "text"),
    ]
    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        rows.filter(state="revoked_all").update(state="marketing_written")


def test_stop_outlives_the_erasure_of_who_said_it(world: World) -> None:
    world.call(MARIA)
    world.run(minutes=1)
    world.text(MARIA, "Maria Lopez, 12 Oak St. Please stop texting me")
    world.run(minutes=1)
    erasure.erase(world.shop.business, MARIA)
    kept = " ".join(_everything())
    assert MARIA not in kept
    assert "Oak St" not in kept
    assert models.Suppression.objects.get().number == digest(MARIA)
    assert {row.number for row in models.Consent.objects.all()} == {digest(MARIA)}
    texts = len(world.texts_to(MARIA))
    world.call(MARIA)
    world.run(minutes=20)
    assert len(world.texts_to(MARIA)) == texts
    assert world.is_stopped(MARIA)


def test_nothing_that_people_wrote_about_them_is_kept(world: World) -> None:
    """Notes, what was planned, an answer half written, a name they had before a merge."""
    for number in (MARIA, ANN):
        world.text(number, "pipe burst, water everywhere")
    world.run(minutes=1)
    talk, other = (models.Conversation.objects.get(contact__number=number) for number in (MARIA, ANN))
    dana = desk.Actor(member=models.Member.objects.get(name="Dana").id, name="Dana")
    handling.write_note(talk.id, dana, "A zebra bites")
    handling.plan_lead(talk.id, dana, handling.Plan(step="Feed the zebra"), ["step"])
    looking.look(talk.id, dana.member or 0, looking.Typed(draft="Dear zebra"))
    handling.open_todo(talk.id, "Call the zebra", world.now)
    for each in (talk, other):
        address_book.set_name(each.contact_id, "Zebra Owner", "z@zebra.example")
    merge = address_book.merge(talk.contact_id, other.contact_id, dana)
    for number in (ANN, MARIA):
        erasure.erase(world.shop.business, number)
    assert [row for row in _everything() if "zebra" in row.lower()] == []
    with pytest.raises(NotAllowed, match="erased"):
        address_book.undo(merge)


def test_words_that_were_forgotten_teach_nothing(world: World) -> None:
    world.text(MARIA, "pipe burst, water everywhere")
    world.run(minutes=1)
    dana = desk.Actor(member=models.Member.objects.get(name="Dana").id, name="Dana")
    text = models.Message.objects.get(author="customer")
    corrections.correct(text.id, world.shop.business, dana, "intent", "book")
    assert [each["text"] for each in corrections.labelled(world.shop.business)] == ["pipe burst, water everywhere"]
    erasure.erase(world.shop.business, MARIA)
    assert list(corrections.labelled(world.shop.business)) == []
    assert readings.read_texts(world.shop.business, world.now - timedelta(days=1), 10) == []


def test_who_was_erased_before_is_erased_wholly_by_the_upgrade(world: World) -> None:
    """What the erasure of older releases left is forgotten by migration 59; what others wrote stays."""
    for number in (MARIA, ANN):
        world.text(number, "pipe burst, water everywhere")
    world.run(minutes=1)
    gone, stays = (models.Conversation.objects.get(contact__number=number) for number in (MARIA, ANN))
    dana = desk.Actor(member=models.Member.objects.get(name="Dana").id, name="Dana")
    erasure.erase(world.shop.business, MARIA)
    for talk in (gone, stays):
        handling.write_note(talk.id, dana, "A zebra bites")
        looking.look(talk.id, dana.member or 0, looking.Typed(draft="Dear zebra"))
        models.Lead.objects.filter(conversation=talk).update(own_step="Feed the zebra")
        models.Page.objects.filter(conversation=talk).update(taken_at=None, ended="", summary="Zebra")
        models.Todo.objects.filter(conversation=talk).update(closed_at=None, title="Zebra")
    models.Looking.objects.update(drafts=[])  # those releases kept one of all tabs
    theirs = [row for row in _everything() if "zebra" in row.lower() and f"'conversation_id': {gone.id}," not in row]
    upgrade = import_module("answerback.store.migrations.0059_who_was_erased_is_erased_wholly")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(upgrade.WHOLLY)
    assert [row for row in _everything() if "zebra" in row.lower()] == theirs
    assert len(theirs) >= 5
    assert not models.Page.objects.filter(conversation=gone, taken_at=None).exists()
    assert models.Page.objects.filter(conversation=stays, taken_at=None).exists()


def test_nobody_is_woken_or_reminded_of_who_was_forgotten(world: World) -> None:
    """Nothing more can be done for them: the case, its to-dos and the lead are closed."""
    world.text(MARIA, "pipe burst, water everywhere")
    world.run(minutes=1)
    assert (len(world.pages()), world.lead(MARIA).status) == (1, "contacted")
    erasure.erase(world.shop.business, MARIA)
    world.run(minutes=1)
    texts = models.Message.objects.count()
    world.run(minutes=30)
    assert models.Message.objects.count() == texts
    assert list(models.Page.objects.values_list("ended", flat=True)) == ["closed"]
    assert not models.Todo.objects.filter(closed_at=None).exists()
    assert models.Lead.objects.get().status == "lost"


def test_nobody_can_be_forgotten_who_is_not_known(world: World) -> None:
    with pytest.raises(erasure.Unknown, match="knows nobody"):
        erasure.erase(world.shop.business, ANN)


def test_picture_goes_out_on_a_line_that_can_send_it(world: World) -> None:
    world.text(MARIA, "which part do you mean?")
    world.run(minutes=1)
    staff = world.staff("Dana")
    with pytest.raises(NotAllowed, match="cannot send pictures"):
        staff.reply(MARIA, "this one", ["https://shop.example/part.jpg"])
    world.set_line(media=True)
    with pytest.raises(NotAllowed, match="https"):
        staff.reply(MARIA, "this one", ["http://shop.example/part.jpg"])
    with pytest.raises(NotAllowed, match="shortener"):
        staff.reply(MARIA, "see bit.ly/part")
    staff.reply(MARIA, "this one", ["https://shop.example/part.jpg"])
    world.run(minutes=1)
    sent = world.phones.texts_to(MARIA)[-1]
    assert (sent.body, world.phones.pictures(sent.message)) == ("this one", ("https://shop.example/part.jpg",))


@pytest.mark.parametrize(
    ("words", "line", "contact", "why"),
    [
        ("on my way", {"sender_state": "pending"}, {}, "registration for texting is not through"),
        ("on my way", {"sender_state": "unregistered"}, {}, "not registered"),
        ("on my way", {"paused_until": datetime(2030, 1, 1, tzinfo=UTC)}, {}, "wait for now"),
        ("on my way", {}, {"untextable": "landline"}, "cannot get texts: landline"),
        ("on my way", {}, {"line_type": "toll_free"}, "cannot get texts: toll-free"),
        ("look at http://shop.example/part", {}, {}, "unprotected address"),
        ("see tinyurl.com/part", {}, {}, "shortener"),
        ("Reply CANCEL if you cannot come", {}, {}, "CANCEL"),
        ("Hello {name}", {}, {}, "blank name"),
    ],
)
def test_text_of_a_person_that_may_not_go_is_refused_with_the_reason(
    world: World, words: str, line: dict[str, object], contact: dict[str, object], why: str
) -> None:
    """One way out for everybody: a person is bound by what binds the machine, but for the hour and the counts."""
    world.text(MARIA, "which part do you mean?")
    world.run(minutes=1)
    if line:
        world.set_line(**line)
    models.Contact.objects.filter(number=MARIA).update(**contact)
    before = models.Message.objects.count()
    with pytest.raises(NotAllowed, match=why):
        world.staff("Dana").reply(MARIA, words)
    assert models.Message.objects.count() == before


def test_picture_that_came_in_is_kept_with_its_text(world: World) -> None:
    world.text(MARIA, "it looks like this", media=["https://phones.example/leak.jpg"])
    world.run(minutes=1)
    assert world.messages(MARIA)[0].media == ["https://phones.example/leak.jpg"]


def test_line_has_the_hours_of_its_place(world: World) -> None:
    """The branch is in Los Angeles and open in the evening, when the shop in Chicago is closed."""
    place = models.Location.objects.create(
        business_id=world.shop.business,
        name="Branch",
        zone="America/Los_Angeles",
        hours=[[day, "17:00", "22:00"] for day in range(7)],
    )
    world.set_line(location=place)
    world.run(until="20:00")
    world.call(MARIA)
    world.run(minutes=1)
    place.hours = [[day, "17:00", "17:30"] for day in range(7)]
    place.save(update_fields=["hours"])
    world.call(ANN)
    world.run(minutes=1)
    assert [lead.missed_reason for lead in world.leads()] == ["no_answer", "after_hours"]


def test_holiday_on_which_they_work_is_no_holiday(world: World) -> None:
    business = models.Business.objects.filter(id=world.shop.business)
    world.run(until="2026-05-25 10:00")  # Memorial Day
    world.call(MARIA)
    world.run(minutes=1)
    business.update(open_holidays=["Memorial Day"])
    world.call(ANN)
    world.run(minutes=1)
    assert [lead.missed_reason for lead in world.leads()] == ["after_hours", "no_answer"]


def test_caller_of_many_businesses_at_once_is_doubted(world: World) -> None:
    shop = models.Business.objects.get(id=world.shop.business)
    for number in range(3):
        other = models.Business.objects.create(
            name=f"Other {number}", zone=shop.zone, phone=f"+1512555020{number}", created_at=world.now
        )
        models.Contact.objects.create(business=other, number=MARIA, created_at=world.now)
    world.call(MARIA)
    world.run(minutes=20)
    assert world.texts_to(MARIA) == ()
    assert "3 other businesses" in " ".join(str(receipt.guards) for receipt in world.receipts(MARIA))


def test_who_sets_several_businesses_up_with_one_phone_is_no_machine(world: World) -> None:
    shop = models.Business.objects.get(id=world.shop.business)
    for number in range(3):
        other = models.Business.objects.create(
            name=f"Other {number}", zone=shop.zone, phone=f"+1512555020{number}", created_at=world.now
        )
        models.Contact.objects.create(business=other, number=MARIA, created_at=world.now)
    models.Business.objects.filter(id=shop.id).update(set_up={"done": ["business"]})
    world.call(MARIA)
    world.run(minutes=20)
    assert [text.purpose for text in models.Message.objects.all()] == ["first_text"]


def test_owner_may_make_the_test_call_from_her_own_phone_until_the_set_up_is_over(world: World) -> None:
    models.Member.objects.filter(name="Dana").update(phone=MARIA)
    shop = models.Business.objects.filter(id=world.shop.business)
    shop.update(set_up={"done": ["business"]})
    world.call(MARIA)
    world.run(minutes=20)
    assert [text.purpose for text in models.Message.objects.all()] == ["first_text"]
    shop.update(set_up=None)
    models.Member.objects.filter(name="Luis").update(phone=ANN)
    world.call(ANN)
    world.run(minutes=20)
    assert world.texts_to(ANN) == ()


def _everything() -> list[str]:
    """Every row of every table, in words."""
    return [str(row) for table in apps.get_app_config("store").get_models() for row in table.objects.values()]


@pytest.mark.parametrize("act", ["called", "number"])
def test_what_the_turn_settled_is_open_again(world: World, act: str) -> None:
    world.call(MARIA)
    world.run(minutes=1)
    talk = models.Conversation.objects.get()
    dana = desk.Actor(member=models.Member.objects.get(name="Dana").id, name="Dana")
    before = (world.lead(MARIA).status, [todo.title for todo in world.todos()])
    if act == "called":
        undo = desk.called_back(talk.id, dana, talk.line.number, talked=True)
    else:
        undo = verdicts.mark_number(talk.id, dana, "spam")
    world.run(minutes=1)
    undoing.undo(undo, dana)
    world.run(minutes=1)
    assert (world.lead(MARIA).status, [todo.title for todo in world.todos()]) == before
    assert not models.KnownNumber.objects.exists()


@pytest.mark.parametrize("answered", [None, "bridge"])
def test_voicemail_point_is_learned_from_the_end_of_a_call_and_unlearned(world: World, answered: str | None) -> None:
    """Some phone systems tell only at the end how long it rang, and some tell of nothing but the end."""

    def call(number: str) -> None:
        key = f"told-{number}"
        world.tell(number, "ringing", call=key)
        world.run(seconds=44)
        if answered is not None:
            world.tell(number, "answered", call=key, by="person", evidence=answered)
        world.tell(number, "ended", call=key, outcome="answered_human", rang_seconds=24, talked_seconds=20)
        world.run(minutes=1)

    call(MARIA)
    assert world.texts_to(MARIA) == ()
    line, luis = models.Line.objects.get(), models.Member.objects.get(name="Luis")
    actor, talk = desk.Actor(member=luis.id, name="Luis"), models.Conversation.objects.get()
    undo = verdicts.correct_call(talk.id, actor, f"told-{MARIA}", "missed", by_voicemail=True)
    line.refresh_from_db()
    assert line.voicemail_after == 24
    call(ANN)
    assert [lead.missed_reason for lead in world.leads(ANN)] == ["carrier_voicemail"]
    undoing.undo(undo, actor)
    line.refresh_from_db()
    assert line.voicemail_after is None


def test_what_a_line_has_learned_since_is_not_taken_from_it(world: World) -> None:
    world.call(MARIA, 24, "answered")
    world.run(minutes=2)
    line, luis = models.Line.objects.get(), models.Member.objects.get(name="Luis")
    actor, talk = desk.Actor(member=luis.id, name="Luis"), models.Conversation.objects.get()
    call = models.Event.objects.filter(kind="CallEnded").get().body["call"]
    undo = verdicts.correct_call(talk.id, actor, call, "missed", by_voicemail=True)
    world.set_line(voicemail_after=18)
    undoing.undo(undo, actor)
    line.refresh_from_db()
    assert line.voicemail_after == 18
