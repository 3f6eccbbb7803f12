"""The calendar of the console: what stands on a day, moving with undo, giving up, what became of it."""

import html
import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client

from answerback.console import diary_page
from answerback.store import models

ZONE = ZoneInfo("America/Chicago")
THURSDAY_9 = datetime(2026, 3, 12, 9, tzinfo=ZONE)
HOUR = timedelta(hours=1)


def _appointment(shop: Any, last: int, name: str, start: datetime, member: models.Member) -> models.Appointment:
    talk = shop.conversation(last, name=name, phase="booked", status="booked")
    return models.Appointment.objects.create(
        business=shop.business,
        member=member,
        conversation=talk,
        contact=talk.contact,
        during=(start, start + HOUR),
        blocked=(start, start + HOUR),
        service="drain",
        status="booked",
        name=name,
        address="12 Elm St",
        created_at=start - HOUR,
        updated_at=start - HOUR,
    )


def _stands(row: models.Appointment) -> tuple[str, str, str]:
    row.refresh_from_db()
    return row.status, row.member.name, f"{row.during.lower.astimezone(ZONE):%a %H:%M}"


def _events(row: models.Appointment) -> list[str]:
    return list(
        models.Event.objects.filter(conversation=row.conversation).order_by("id").values_list("kind", flat=True)
    )


def test_day_and_week_show_what_stands(shop: Any, bob: Client) -> None:
    dan = shop.member("Dan", "technician")
    _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    _appointment(shop, 132, "Tom", THURSDAY_9 + timedelta(days=1), shop.member("Eva", "technician"))
    day = bob.get("/diary?day=2026-03-12").content.decode()
    assert ("Maria" in day, "Tom" in day, "12 Elm St" in day) == (True, False, True)
    assert 'value="2026-03-12T09:00"' in day
    week = bob.get("/diary?day=2026-03-12&span=week").content.decode()
    assert ("Maria" in week, "Tom" in week) == (True, True)
    dans = bob.get(f"/diary?day=2026-03-12&span=week&person={dan.id}").content.decode()
    assert ("Maria" in dans, "Tom" in dans) == (True, False)


def test_move_is_told_and_can_be_undone(shop: Any, bob: Client) -> None:
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    answer = bob.post(f"/diary/{row.id}/move", {"start": "2026-03-12T14:00", "member": eva.id}, follow=True)
    assert _stands(row) == ("booked", "Eva", "Thu 14:00")
    assert _events(row) == ["AppointmentMoved"]
    page = answer.content.decode()
    assert "Undo the move" in page
    bob.post(f"/diary/{row.id}/move", {"start": THURSDAY_9.isoformat(), "member": dan.id, "undoing": "1"})
    assert _stands(row) == ("booked", "Dan", "Thu 09:00")
    assert (row.version, _events(row)) == (2, ["AppointmentMoved", "AppointmentMoved"])


def test_undo_of_a_move_leaves_where_a_colleague_moved_it_since(shop: Any, bob: Client, alice: Client) -> None:
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    moved = bob.post(f"/diary/{row.id}/move", {"start": "2026-03-12T14:00", "member": eva.id})
    alice.post(f"/diary/{row.id}/move", {"start": "2026-03-13T10:00", "member": eva.id})
    banner = re.findall(r'<form class="banner undo".*?</form>', bob.get(moved["Location"]).content.decode(), re.DOTALL)[
        0
    ]
    asked = dict(re.findall(r'<input type="hidden" name="(start|member|seen)" value="([^"]*)"', banner))
    page = bob.post(f"/diary/{row.id}/move", asked | {"undoing": "1"}, follow=True)
    assert _stands(row) == ("booked", "Eva", "Fri 10:00")
    assert "Somebody else has moved this appointment meanwhile: it is on Friday, March 13" in page.content.decode()


def test_who_moves_an_appointment_from_an_older_page_is_told_where_it_is(shop: Any, bob: Client, alice: Client) -> None:
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    seen = re.findall(r'name="seen" value="([^"]*)"', bob.get("/diary?day=2026-03-12").content.decode())
    assert seen == [f"2026-03-12T09:00 {dan.id}"]
    alice.post(f"/diary/{row.id}/move", {"start": "2026-03-13T10:00", "member": eva.id, "seen": seen[0]})
    older = {"start": "2026-03-12T14:00", "member": dan.id, "seen": seen[0]}
    page = bob.post(f"/diary/{row.id}/move", older)
    assert _stands(row) == ("booked", "Eva", "Fri 10:00")
    said = "Somebody else has moved this appointment meanwhile: it is on Friday, March 13, 10:00 AM, with Eva."
    assert f"{said} Nothing was changed." in page.content.decode()
    held = _written(page.content.decode(), f"/diary/{row.id}/move")
    assert (page.status_code, held["start"], held["seen"]) == (409, "2026-03-12T14:00", f"2026-03-13T10:00 {eva.id}")


def test_nobody_is_in_two_places_at_once(shop: Any, bob: Client) -> None:
    dan = shop.member("Dan", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    _appointment(shop, 132, "Tom", THURSDAY_9 + 2 * HOUR, dan)
    answer = bob.post(f"/diary/{row.id}/move", {"start": "2026-03-12T11:30", "member": dan.id}, follow=True)
    assert "Dan is with Tom then, from 11:00 AM to 12:00 PM." in answer.content.decode()
    assert (_stands(row), _events(row)) == (("booked", "Dan", "Thu 09:00"), [])


def test_time_that_is_over_or_no_time_is_refused(shop: Any, bob: Client) -> None:
    dan = shop.member("Dan", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    for start in ("2026-03-01T09:00", "soon", ""):
        bob.post(f"/diary/{row.id}/move", {"start": start, "member": dan.id})
    assert (_stands(row), _events(row)) == (("booked", "Dan", "Thu 09:00"), [])


def test_given_up_took_place_and_nobody_there(shop: Any, bob: Client) -> None:
    dan = shop.member("Dan", "technician")
    given_up = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    done = _appointment(shop, 132, "Tom", THURSDAY_9 - timedelta(days=2), dan)
    missed = _appointment(shop, 133, "Ann", THURSDAY_9 - timedelta(days=3), dan)
    bob.post(f"/diary/{given_up.id}/end", {"outcome": "done"})
    assert _stands(given_up)[0] == "booked"
    bob.post(f"/diary/{given_up.id}/end", {"outcome": "cancelled"})
    bob.post(f"/diary/{done.id}/end", {"outcome": "done", "amount": "$1,250.50"})
    bob.post(f"/diary/{missed.id}/end", {"outcome": "no_show"})
    assert [_stands(row)[0] for row in (given_up, done, missed)] == ["cancelled", "done", "no_show"]
    assert done.cents == 125050
    assert [_events(row) for row in (given_up, done, missed)] == [
        ["AppointmentCancelled"],
        ["AppointmentEnded", "OutcomeMarked"],
        ["AppointmentEnded"],
    ]
    entry = models.RevenueEntry.objects.get()
    assert (entry.lead.conversation_id, entry.cents, entry.member.name) == (done.conversation_id, 125050, "Bob")
    assert entry.evidence == f"Appointment {done.id}, 2026-03-10"


def test_price_that_is_no_number_changes_nothing(shop: Any, bob: Client) -> None:
    row = _appointment(shop, 131, "Maria", THURSDAY_9 - timedelta(days=2), shop.member("Dan", "technician"))
    answer = bob.post(f"/diary/{row.id}/end", {"outcome": "done", "amount": "a lot"}, follow=True)
    assert "The amount must be a number" in answer.content.decode()
    assert (_stands(row)[0], _events(row)) == ("booked", [])


def test_price_that_is_in_the_ledger_already_is_refused_in_words(shop: Any, bob: Client) -> None:
    row = _appointment(shop, 131, "Maria", THURSDAY_9 - timedelta(days=2), shop.member("Dan", "technician"))
    bob.post(f"/c/{row.conversation_id}/mark", {"status": "won", "amount": "480", "job": "R-7"})
    for said in ({"amount": "480"}, {"amount": "480", "job": "R-7"}, {"amount": "90", "job": "R-7"}):
        answer = bob.post(f"/diary/{row.id}/end", {"outcome": "done", **said}, follow=True)
        assert (answer.status_code, "in the ledger already" in answer.content.decode()) == (409, True)
        assert _stands(row)[0] == "booked"
    bob.post(f"/diary/{row.id}/end", {"outcome": "done", "amount": "90", "job": "R-8"})
    assert list(models.RevenueEntry.objects.order_by("id").values_list("cents", "job")) == [
        (48000, "R-7"), (9000, "R-8"),
    ]  # fmt: skip


def test_calendar_of_another_business_is_not_there(shop: Any, charlie: Client) -> None:
    dan = shop.member("Dan", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    assert "Maria" not in charlie.get("/diary?day=2026-03-12").content.decode()
    assert charlie.post(f"/diary/{row.id}/move", {"start": "2026-03-12T14:00", "member": dan.id}).status_code == 404
    assert charlie.post(f"/diary/{row.id}/end", {"outcome": "cancelled"}).status_code == 404
    assert _stands(row) == ("booked", "Dan", "Thu 09:00")


def test_looking_changes_nothing(shop: Any, bob: Client) -> None:
    row = _appointment(shop, 131, "Maria", THURSDAY_9, shop.member("Dan", "technician"))
    assert [bob.get(f"/diary/{row.id}/{act}").status_code for act in ("move", "end")] == [405, 405]


def test_half_hours_hold_what_stands_and_where_it_can_be_dragged(shop: Any, bob: Client) -> None:
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    models.Busy.objects.create(
        business=shop.business,
        member=eva,
        during=(THURSDAY_9, THURSDAY_9 + 3 * HOUR),
        source="time_off",
        key="1",
        written_at=THURSDAY_9,
    )
    page = bob.get("/diary?day=2026-03-12").content.decode()
    assert f'draggable="true" data-move="/diary/{row.id}/move" data-member="{dan.id}"' in page
    assert f'<td class="free" data-start="2026-03-12T08:00" data-member="{eva.id}">' in page
    assert ('<td rowspan="2">' in page, '<td rowspan="6"><span class="block away">Time off</span>' in page) == (
        True,
        True,
    )


def test_technician_sees_their_own_day_first(shop: Any) -> None:
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    _appointment(shop, 132, "Tom", THURSDAY_9, eva)
    client = Client()
    client.force_login(dan.user)
    own = client.get("/diary?day=2026-03-12").content.decode()
    assert ("Maria" in own, "Tom" in own) == (True, False)
    everybody = client.get("/diary?day=2026-03-12&person=all").content.decode()
    assert ("Maria" in everybody, "Tom" in everybody) == (True, True)


def test_something_else_is_put_in_changed_and_taken_out(shop: Any, bob: Client) -> None:
    dan = shop.member("Dan", "technician")
    given = {
        "title": "School  run",
        "member": dan.id,
        "start": "2026-03-12T09:00",
        "end": "2026-03-12T10:00",
        "weeks": 2,
    }
    assert bob.post("/diary/own", given).headers["Location"] == "/diary?day=2026-03-12"
    day = bob.get("/diary?day=2026-03-12").content.decode()
    assert ("School run" in day, "Weekly" in day, "9:00 AM to 10:00 AM" in day) == (True, True, True)
    assert _busy(dan) == ["Thu 12 09:00", "Thu 19 09:00"]
    row = models.OwnEntry.objects.order_by("during")[0]
    seen = day.partition('name="seen" value="')[2].partition('"')[0]
    later = given | {"start": "2026-03-12T11:00", "end": "2026-03-12T12:00", "seen": seen}
    bob.post(f"/diary/own/{row.id}", later)
    assert _busy(dan) == ["Thu 12 11:00", "Thu 19 09:00"]
    refused = bob.post(f"/diary/own/{row.id}", later | {"title": "Dentist"}, follow=True).content.decode()
    assert "Somebody changed it meanwhile. Look at the calendar again." in refused
    bob.post(f"/diary/own/{row.id}", later | {"free": "1", "seen": _seen(bob)})
    assert _busy(dan) == ["Thu 19 09:00"]
    gone = bob.post(f"/diary/own/{row.id}", {"take_out": "later"}, follow=True).content.decode()
    assert "2 taken out. Those times are open again." in gone
    assert (_busy(dan), models.OwnEntry.objects.count()) == ([], 0)


def test_what_cannot_be_put_in_stays_in_the_form(shop: Any, bob: Client) -> None:
    given = {
        "title": "School run",
        "member": shop.member("Dan", "technician").id,
        "start": "2026-03-12T09:00",
        "end": "2026-03-12T08:00",
    }
    page = bob.post("/diary/own", given, follow=True).content.decode()
    assert "It ends before it begins. Write the earlier time first." in page
    for value in ("School run", "2026-03-12T09:00", "2026-03-12T08:00"):
        assert f'value="{value}"' in page
    assert models.OwnEntry.objects.count() == 0


def _seen(client: Client) -> str:
    day = client.get("/diary?day=2026-03-12").content.decode()
    return day.partition('name="seen" value="')[2].partition('"')[0]


def _busy(member: models.Member) -> list[str]:
    rows = models.Busy.objects.filter(member=member).order_by("during")
    return [f"{row.during.lower.astimezone(ZONE):%a %d %H:%M}" for row in rows]


def test_what_somebody_still_has_who_leaves_is_given_to_others(shop: Any, alice: Client, bob: Client, now: Any) -> None:
    """Each customer whose appointment nobody keeps any more is a to-do, and the calendar still shows it."""
    dan = shop.member("Dan", "technician")
    maria = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    _appointment(shop, 132, "Tom", now + HOUR / 4, dan)
    _appointment(shop, 133, "Past", THURSDAY_9 - timedelta(days=30), dan)
    alice.post(f"/people/{dan.id}/let-go")
    todos = models.Todo.objects.order_by("conversation_id").values_list(
        "conversation__contact__name", "title", "due_at"
    )
    said = "Dan has left: who keeps this appointment?"
    assert [(name, title) for name, title, _due in todos] == [("Maria", said), ("Tom", said)]
    assert [due <= now + HOUR / 4 for _name, _title, due in todos] == [True, True]
    day = bob.get("/diary?day=2026-03-12")
    assert [column.words for column in day.context["columns"] if column.member == dan.id] == ["Dan"]
    bob.post(f"/diary/{maria.id}/move", {"start": "2026-03-12T09:00", "member": shop.member("Eva", "technician").id})
    assert _stands(maria) == ("booked", "Eva", "Thu 09:00")
    assert [todo.conversation.contact.name for todo in models.Todo.objects.filter(closed_at=None)] == ["Tom"]
    back = bob.post(f"/diary/{maria.id}/move", {"start": "2026-03-12T10:00", "member": dan.id}, follow=True)
    assert back.context["refused"].problem == "That person has left. Choose another one."
    assert _stands(maria) == ("booked", "Eva", "Thu 09:00")


def test_who_has_left_is_not_missing_a_phone(shop: Any, alice: Client) -> None:
    dan = shop.member("Dan", "technician")
    models.Member.objects.filter(id=dan.id).update(phone="+15125550177", on_call=True)
    alice.post(f"/people/{dan.id}/let-go")
    page = alice.get("/on-call")
    assert "Dan" not in page.context["without_phone"]


def _written(page: str, form: str) -> dict[str, str]:
    """What stands in the inputs of the form that leads there, what is chosen, and the field its problem is about."""
    found = re.search(rf'<form[^>]*action="{form}".*?</form>', page, re.DOTALL)
    assert found is not None
    inputs = dict(re.findall(r'<input(?=[^>]*name="([^"]*)")(?=[^>]*value="([^"]*)")', found[0]))
    chosen = re.findall(r'<option value="([^"]*)" selected', found[0])
    beside = re.findall(r'data-beside="([^"]*)"', found[0])
    return inputs | {"member": "".join(chosen), "beside": "".join(beside)}


def test_what_cannot_be_moved_there_says_so_in_its_form_and_keeps_what_was_written(shop: Any, bob: Client) -> None:
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    _appointment(shop, 132, "Tom", THURSDAY_9 + 2 * HOUR, eva)
    for start in ("2026-03-12T11:30", "2026-03-01T09:00", ""):
        answer = bob.post(f"/diary/{row.id}/move", {"start": start, "member": eva.id})
        held = _written(answer.content.decode(), f"/diary/{row.id}/move")
        assert (answer.status_code, held["start"], held["member"], held["beside"]) == (409, start, str(eva.id), "start")
    assert _stands(row) == ("booked", "Dan", "Thu 09:00")


def test_a_time_somebody_has_says_who_and_offers_free_ones_near_it(shop: Any, bob: Client) -> None:
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    models.Member.objects.filter(id__in=(dan.id, eva.id)).update(hours=shop.business.hours)
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    _appointment(shop, 132, "Tom", THURSDAY_9 + 2 * HOUR, eva)
    answer = bob.post(f"/diary/{row.id}/move", {"start": "2026-03-12T11:30", "member": eva.id})
    page = html.unescape(answer.content.decode())
    assert "Eva is with Tom then, from 11:00 AM to 12:00 PM. Choose another time, or another person." in page
    near = re.findall(r'<button[^>]* name="start" value="([^"]*)"', page)
    assert near == ["2026-03-12T12:00", "2026-03-12T10:00", "2026-03-12T13:00", "2026-03-12T09:00"]
    moved = {"start": ["2026-03-12T11:30", near[0]], "member": eva.id}  # as a browser sends it with that button
    assert bob.post(f"/diary/{row.id}/move", moved).status_code == 302
    assert _stands(row) == ("booked", "Eva", "Thu 12:00")


def test_something_else_put_where_an_appointment_stands_says_whose_it_is(shop: Any, bob: Client) -> None:
    dan = shop.member("Dan", "technician")
    _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    new = {"title": "Training", "member": dan.id, "start": "2026-03-12T09:30", "end": "2026-03-12T11:00", "weeks": "1"}
    page = html.unescape(bob.post("/diary/own", new, follow=True).content.decode())
    assert "Dan is with Maria then, from 9:00 AM to 10:00 AM. That appointment stays: move it if need be." in page


def test_a_price_that_cannot_be_read_stays_beside_its_invoice(shop: Any, bob: Client) -> None:
    row = _appointment(shop, 131, "Maria", THURSDAY_9 - timedelta(days=2), shop.member("Dan", "technician"))
    answer = bob.post(f"/diary/{row.id}/end", {"outcome": "done", "amount": "a lot", "job": "R-9"})
    held = _written(answer.content.decode(), f"/diary/{row.id}/end")
    assert (answer.status_code, held["amount"], held["job"], held["beside"]) == (409, "a lot", "R-9", "amount")


def test_what_else_cannot_stand_in_the_calendar_says_so_in_its_form(shop: Any, bob: Client) -> None:
    dan = shop.member("Dan", "technician")
    new = {"title": "Training", "member": str(dan.id), "start": "2026-03-12T14:00", "end": "2026-03-12T13:00"}
    answer = bob.post("/diary/own", new | {"weeks": "3"})
    held = _written(answer.content.decode(), "/diary/own")
    assert answer.status_code == 409
    assert held == {**held, **new, "weeks": "3", "beside": "end"}
    assert b"Training" not in bob.get("/diary?day=2026-03-12").content
    bob.post("/diary/own", new | {"end": "2026-03-12T15:00", "weeks": "1"})
    (id,) = models.Busy.objects.filter(member=dan).values_list("id", flat=True)
    answer = bob.post(f"/diary/own/{id}", {"title": " ", "start": "2026-03-12T14:00", "end": "2026-03-12T16:00"})
    held = _written(answer.content.decode(), f"/diary/own/{id}")
    assert (answer.status_code, held["end"], held["beside"]) == (409, "2026-03-12T16:00", "title")


def test_more_than_anybody_reads_is_counted_and_leads_on(shop: Any, bob: Client, monkeypatch: Any) -> None:
    """A week of eight people weighed 680 kB: two hundred and eighty cards, each with its forms."""
    monkeypatch.setattr(diary_page, "MOST_FORMS", 1)
    monkeypatch.setattr(diary_page, "MOST_CARDS", 2)
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    maria = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    _appointment(shop, 132, "Tom", THURSDAY_9, eva)
    _appointment(shop, 133, "Ann", THURSDAY_9 + timedelta(days=1), eva)
    week = bob.get("/diary?day=2026-03-12&span=week")
    assert week.context["parts"] == [
        ("Thursday, March 12", "/diary?day=2026-03-12&person=all", 2),
        ("Friday, March 13", "/diary?day=2026-03-13&person=all", 1),
    ]  # fmt: skip
    page = week.content.decode()
    assert ("<article" in page, f'href="/diary?day=2026-03-12&amp;person={dan.id}#appointment-{maria.id}"' in page) == (
        False,
        True,
    )
    _appointment(shop, 134, "Eve", THURSDAY_9 + 3 * HOUR, eva)
    day = bob.get("/diary?day=2026-03-12")
    assert day.context["parts"] == [
        ("Dan", f"/diary?day=2026-03-12&person={dan.id}", 1), ("Eva", f"/diary?day=2026-03-12&person={eva.id}", 2),
    ]  # fmt: skip
    evas = bob.get(f"/diary?day=2026-03-12&person={eva.id}").content.decode()
    assert (evas.count("<article"), "12 Elm St" in evas) == (2, True)
    refused = bob.post(f"/diary/{maria.id}/move", {"start": "", "member": dan.id}).content.decode()
    assert _written(refused, f"/diary/{maria.id}/move")["beside"] == "start"


def test_of_many_appointments_each_leads_to_its_form(shop: Any, bob: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(diary_page, "MOST_FORMS", 1)
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    maria = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    _appointment(shop, 132, "Tom", THURSDAY_9, eva)
    page = bob.get("/diary?day=2026-03-12").content.decode()
    there = f"/diary?day=2026-03-12&amp;person={dan.id}#appointment-{maria.id}"
    assert (page.count("<article"), f'<a href="{there}">Change</a>' in page, f"/diary/{maria.id}/end" in page) == (
        2,
        True,
        False,
    )
    models.Member.objects.filter(id=dan.id).update(left_at=THURSDAY_9)
    assert f'action="/diary/{maria.id}/move"' in bob.get(f"/diary?day=2026-03-12&person={dan.id}").content.decode()
    refused = bob.post(f"/diary/{maria.id}/move", {"start": "", "member": dan.id}).content.decode()
    assert _written(refused, f"/diary/{maria.id}/move")["beside"] == "start"


def test_a_price_of_what_is_over_by_now_is_refused_in_words(shop: Any, bob: Client) -> None:
    row = _appointment(shop, 131, "Maria", THURSDAY_9 - timedelta(days=2), shop.member("Dan", "technician"))
    bob.post(f"/diary/{row.id}/end", {"outcome": "no_show"})
    page = bob.post(f"/diary/{row.id}/end", {"outcome": "done", "amount": "a lot"}, follow=True)
    assert "The amount must be a number" in page.content.decode()


def test_who_was_slower_with_something_else_keeps_what_they_wrote(shop: Any, bob: Client) -> None:
    dan = shop.member("Dan", "technician")
    new = {"title": "Training", "member": dan.id, "start": "2026-03-12T14:00", "end": "2026-03-12T15:00"}
    bob.post("/diary/own", new | {"weeks": "1"})
    (id,) = models.Busy.objects.filter(member=dan).values_list("id", flat=True)
    mine = {"title": "School run", "start": "2026-03-12T16:00", "end": "2026-03-12T17:00", "seen": "an older one"}
    answer = bob.post(f"/diary/own/{id}", mine)
    held = _written(answer.content.decode(), f"/diary/own/{id}")
    assert (answer.status_code, held["title"], held["start"]) == (409, "School run", "2026-03-12T16:00")
    assert bob.post(f"/diary/own/{id}", mine | {"seen": held["seen"]}).status_code == 302


def test_on_a_full_day_the_form_of_what_was_refused_is_open_whatever_has_the_same_number(
    shop: Any, bob: Client, monkeypatch: Any
) -> None:
    """An appointment and something else may have one number: the day of the wrong person was shown."""
    monkeypatch.setattr(diary_page, "MOST_FORMS", 1)
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    _appointment(shop, 131, "Tom", THURSDAY_9, dan)
    new = {"title": "Training", "member": eva.id, "start": "2026-03-12T14:00", "end": "2026-03-12T15:00"}
    bob.post("/diary/own", new | {"weeks": "1"})
    (own,) = models.OwnEntry.objects.all()
    models.Appointment.objects.all().update(id=own.id)
    answer = bob.post(f"/diary/own/{own.id}", {"title": " ", "start": "2026-03-12T14:00", "end": "2026-03-12T16:00"})
    held = _written(answer.content.decode(), f"/diary/own/{own.id}")
    assert (answer.status_code, held["end"], held["beside"]) == (409, "2026-03-12T16:00", "title")


def test_what_is_refused_of_who_has_left_meanwhile_is_said_all_the_same(
    shop: Any, bob: Client, monkeypatch: Any
) -> None:
    """On a full day it was a server error, on another one nothing was said: their entries stand no more."""
    dan = shop.member("Dan", "technician")
    new = {"title": "Training", "member": dan.id, "start": "2026-03-12T14:00", "end": "2026-03-12T15:00"}
    bob.post("/diary/own", new | {"weeks": "1"})
    (own,) = models.OwnEntry.objects.all()
    _appointment(shop, 131, "Maria", THURSDAY_9, shop.member("Eva", "technician"))
    models.Member.objects.filter(id=dan.id).update(left_at=THURSDAY_9)
    wrong = {"title": " ", "start": "2026-03-12T14:00", "end": "2026-03-12T16:00"}
    for most in (diary_page.MOST_FORMS, 0):
        monkeypatch.setattr(diary_page, "MOST_FORMS", most)
        answer = bob.post(f"/diary/own/{own.id}", wrong)
        page = html.unescape(answer.content.decode())
        assert (answer.status_code, page.count("Write what it is: a supplier")) == (409, 1)


def test_a_hold_that_is_over_is_in_nobodys_way(shop: Any, bob: Client, now: datetime) -> None:
    dan = shop.member("Dan", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    models.Appointment.objects.filter(id=row.id).update(status="held", hold_until=now - HOUR)
    new = {"title": "Training", "member": dan.id, "start": "2026-03-12T09:30", "end": "2026-03-12T11:00", "weeks": "1"}
    assert "Dan is with Maria" not in bob.post("/diary/own", new, follow=True).content.decode()


def _held(shop: Any, last: int, name: str, member: models.Member, until: datetime) -> models.Appointment:
    row = _appointment(shop, last, name, THURSDAY_9, member)
    models.Appointment.objects.filter(id=row.id).update(status="held", hold_until=until, name="")
    return row


def test_a_time_that_is_kept_for_who_is_choosing_stands_in_the_calendar(shop: Any, bob: Client, now: datetime) -> None:
    """Whoever moved something there was told of somebody whom the calendar did not show."""
    dan = shop.member("Dan", "technician")
    row = _held(shop, 131, "Maria", dan, now + timedelta(minutes=10))
    over = _held(shop, 132, "Tom", shop.member("Eva", "technician"), now - timedelta(minutes=1))
    day = bob.get("/diary?day=2026-03-12")
    ((entry,),) = [each.entries for each in day.context["days"]]
    assert (entry.id, entry.who, entry.status, entry.movable) == (row.id, "Maria", "Kept until 10:10 AM", False)
    page = day.content.decode()
    assert (f'id="appointment-{row.id}"' in page, f'id="appointment-{over.id}"' in page) == (True, False)
    assert f'href="/c/{row.conversation_id}"' in page
    assert f"/diary/{row.id}/move" not in page


def test_what_is_kept_for_somebody_is_named_as_what_it_is(shop: Any, bob: Client, now: datetime) -> None:
    dan = shop.member("Dan", "technician")
    _held(shop, 131, "Maria", dan, now + timedelta(minutes=10))
    row = _appointment(shop, 132, "Tom", THURSDAY_9 + 3 * HOUR, dan)
    answer = bob.post(f"/diary/{row.id}/move", {"start": "2026-03-12T09:30", "member": dan.id})
    said = "Dan's time from 9:00 AM to 10:00 AM is kept for Maria until 10:10 AM, while they choose."
    page = html.unescape(answer.content.decode())
    assert f"{said} Choose another time, or another person." in page
    new = {"title": "Training", "member": dan.id, "start": "2026-03-12T09:30", "end": "2026-03-12T11:00", "weeks": "1"}
    page = html.unescape(bob.post("/diary/own", new, follow=True).content.decode())
    assert f"{said} They can still take it: give it free in their conversation if need be." in page


def test_a_truck_that_is_kept_with_a_time_is_named(shop: Any, bob: Client, now: datetime) -> None:
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    truck = models.Resource.objects.create(business=shop.business, name="The truck", kind="truck")
    held, row = (
        _held(shop, 131, "Maria", dan, now + timedelta(minutes=10)),
        _appointment(shop, 132, "Tom", THURSDAY_9 + 3 * HOUR, eva),
    )
    models.Appointment.objects.filter(id__in=(held.id, row.id)).update(resource=truck)
    answer = bob.post(f"/diary/{row.id}/move", {"start": "2026-03-12T09:30", "member": eva.id})
    said = "The truck is kept for Maria until 10:10 AM, while they choose: Dan, from 9:00 AM to 10:00 AM."
    assert said in html.unescape(answer.content.decode())


def _view(page: str) -> set[str]:
    """What the forms of a page say of the days and the person it shows."""
    forms = re.findall(r'<form[^>]*method="post"[^>]*action="/diary/[^"]*"[^>]*>.*?</form>', page, re.DOTALL)
    return {html.unescape("".join(re.findall(r'name="view" value="([^"]*)"', form))) for form in forms}


def test_what_is_refused_leaves_the_person_and_the_week_that_were_looked_at(shop: Any, bob: Client) -> None:
    """The whole day of everybody came back."""
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    _appointment(shop, 132, "Tom", THURSDAY_9, eva)
    own = {"title": "Training", "member": dan.id, "start": "2026-03-13T14:00", "end": "2026-03-13T15:00", "weeks": "1"}
    bob.post("/diary/own", own)
    (entry,) = models.OwnEntry.objects.all()
    seen = bob.get(f"/diary?day=2026-03-11&span=week&person={dan.id}").content.decode()
    (view,) = _view(seen)
    assert view == f"person={dan.id}&span=week&day=2026-03-11"
    wrong = (
        (f"/diary/{row.id}/move", {"start": "", "member": eva.id}),
        (f"/diary/own/{entry.id}", {"title": " ", "start": "2026-03-13T14:00", "end": "2026-03-13T15:00"}),
        ("/diary/own", own | {"title": " ", "member": eva.id}),
    )
    for address, told in wrong:
        page = bob.post(address, told | {"view": view})
        assert (page.status_code, page.context["person"].id, page.context["week"]) == (409, dan.id, True)
        assert f"{page.context['first']}" == "2026-03-11"
        assert ("Maria" in page.content.decode(), "Tom" in page.content.decode()) == (True, False)
        assert _view(page.content.decode()) == {view}
        assert _written(page.content.decode(), address)["beside"]


def test_what_is_done_leads_back_to_the_person_and_the_week_that_were_looked_at(shop: Any, bob: Client) -> None:
    dan = shop.member("Dan", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    view = f"person={dan.id}&span=week&day=2026-03-11"
    moved = bob.post(f"/diary/{row.id}/move", {"start": "2026-03-13T09:00", "member": dan.id, "view": view})
    assert moved.headers["Location"].startswith(f"/diary?day=2026-03-11&span=week&person={dan.id}&undo={row.id}&")
    own = {"title": "Training", "member": dan.id, "start": "2026-03-20T14:00", "end": "2026-03-20T15:00", "weeks": "1"}
    put = bob.post("/diary/own", own | {"view": view})  # in another week
    assert put.headers["Location"] == f"/diary?day=2026-03-20&span=week&person={dan.id}"
    theirs = bob.post("/diary/own", own | {"view": view, "member": shop.member("Eva", "technician").id})
    assert theirs.headers["Location"] == "/diary?day=2026-03-20&span=week&person=all"  # where it can be seen
    for odd in ("person=x&span=y&day=z", "person=99999999999999999999", "%00", "person=all"):
        assert bob.post("/diary/own", own | {"view": odd, "title": " "}).status_code == 409


def test_a_form_that_is_refused_is_shown_though_the_appointment_is_with_somebody_else_by_now(
    shop: Any, bob: Client
) -> None:
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, eva)
    told = {"start": "", "member": dan.id, "view": f"person={dan.id}"}
    page = bob.post(f"/diary/{row.id}/move", told)
    assert (page.status_code, page.context["person"]) == (409, None)
    assert _written(page.content.decode(), f"/diary/{row.id}/move")["beside"] == "start"


def test_of_a_full_week_the_form_that_was_refused_is_open_on_its_day(shop: Any, bob: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(diary_page, "MOST_FORMS", 1)
    dan = shop.member("Dan", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    _appointment(shop, 132, "Tom", THURSDAY_9 + timedelta(days=1), dan)
    told = {"start": "", "member": dan.id, "view": f"person={dan.id}&span=week&day=2026-03-11"}
    page = bob.post(f"/diary/{row.id}/move", told)
    assert (page.status_code, page.context["week"], f"{page.context['first']}") == (409, False, "2026-03-12")
    assert _written(page.content.decode(), f"/diary/{row.id}/move")["beside"] == "start"
