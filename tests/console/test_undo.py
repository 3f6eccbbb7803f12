"""Undo for every reversible act of the console: its toast takes it back, or a list says why nothing does."""

from typing import Any

from django.db import connection
from django.test import Client, RequestFactory
from tests.console.test_isolation import ALL

from answerback.store import models

BY_TOAST = {
    "add_contact_person", "add_override", "add_shift", "assign", "called", "close_todo", "come_back", "correct", "done",
    "hand_back", "hold_back", "hold_back_plan", "mark", "move_leads", "name_contact", "note", "open_again", "plan",
    "remove_contact_person", "remove_note", "remove_override", "remove_shift", "remove_snippet", "remove_view", "reply",
    "save_snippet", "save_view", "set_ways", "snooze", "take_off", "take_over", "whose",
}  # fmt: skip
"""Whose toast has an undo. Those `ACTS` has not are tried in `test_acts`, beside what they do."""

OTHERWISE = {
    "a text leaves, a phone rings, somebody is woken or told: what was seen or heard is not unsaid": {
        "connect", "take_page", "on_call_drill", "test_forwarding", "test_alert_way", "book", "diary_end", "invite",
        "invite_admin", "reports:monthly_letter", "set_up_call", "set_up_finish", "test_webhook", "replay_notice",
        "replay_failed", "join_link",
    },
    "the law wants it kept: a stop ends by their START, a consent by their stop, the forgotten stay forgotten": {
        "stop", "agreed_in_writing", "erase_contact",
    },
    "the ledger is never rewritten: a wrong entry is taken back by another, and both stay": {
        "take_back_money", "reports:refund",
    },
    "it has its own way back on the page it leads to": {
        "diary_move", "merge_contact", "undo_merge", "contacts_apart", "book_hold", "book_let_go", "pause_crm",
        "switch_webhook", "video_act", "video_release", "publish_playbook", "roll_back_playbook", "stop_booking_page",
        "reports:keep", "reports:hold_out", "reports:add_variant", "reports:weekly", "reports:share", "see_as",
        "see_as_myself", "reports:enter", "business", "new_own_entry", "own_entry", "add_alert_way", "add_webhook",
        "add_way", "remove_way",
    },
    "a form that shows what stands: the earlier words are written there again, and History has them": {
        "change_alert_way", "change_business", "change_location", "change_person", "change_thing", "change_webhook",
        "add_location", "add_things", "save_agency_rules", "save_appointment_type", "save_bookable_person",
        "save_hours", "save_line_hours", "save_location_hours", "save_location_rules", "save_looks", "save_playbook",
        "save_rules", "save_usual_way", "set_language", "set_line", "set_up_save", "crm_fields", "crm_settings",
        "calendar", "booking_page", "storyboard", "storyboard_yaml", "scene_file", "video_captions",
        "reports:correct", "choose_crm_copy",
    },
    "a secret that was given up or an access that was ended is made anew, never had back": {
        "end_sign_in", "end_others", "let_go", "sign_person_out", "revoke_token", "make_token", "revoke_feed",
        "make_feed", "rotate_webhook", "remove_webhook", "remove_alert_way", "reports:end", "disconnect_calendar",
        "disconnect_crm", "calendar_app", "calendar_sign_in", "calendar_signed_in", "new_calendar", "crm_app",
        "crm_sign_in", "crm_signed_in", "new_crm", "join", "sign_in", "sign_out", "push_key", "connect_line",
    },
    "a draft is thrown away only after the page asked whether it is meant": {"discard_draft"},
    "files and copies come in once, row by row as the preview said": {
        "import_contacts", "check_import", "take_import", "fill_back_crm", "try_crm", "try_crm_copy",
        "try_refused_crm", "compare_crm", "video_upload", "video_uploads", "video_start", "set_up_new",
    },
    "it only looks, or is the undo": {
        "here", "plain", "undo", "test_calendar", "test_connection", "test_crm", "try_calendar", "try_playbook",
        "reports:replay",
    },
}  # fmt: skip
"""What has no undo on its toast, under the reason why."""


def _posts() -> set[str]:
    asked = RequestFactory().patch("/")
    allowed = {
        each.name.removeprefix("console:"): each.view(asked)
        for each in ALL
        if each.name.startswith("console:") and each.name != "console:video_piece"  # a piece of an upload: PATCH is it
    }
    return {name for name, answer in allowed.items() if "POST" in answer.get("Allow", "")}


def test_every_act_can_be_undone_or_says_why_not() -> None:
    said = [name for names in OTHERWISE.values() for name in names]
    assert len(said) == len(set(said))
    assert BY_TOAST.isdisjoint(said)
    assert BY_TOAST | set(said) == _posts()


CONTACT = "SELECT name, email FROM contact ORDER BY id"
PEOPLE = "SELECT name, note FROM contact_person ORDER BY name"
SHIFTS = 'SELECT member_id, weekday, start, "end", rung, service FROM shift ORDER BY weekday'
OVERRIDES = "SELECT member_id, starts_at, ends_at, rung, reason FROM shift_override"
KNOWN = "SELECT k.number_is, l.status FROM lead l LEFT JOIN known_number k ON true"
OFF = "SELECT member_id, during, summary FROM busy"
ACTS: tuple[tuple[str, dict[str, str], str], ...] = (
    ("/contacts/{contact}/name", {"name": "Mary", "email": "mary@example.com"}, CONTACT),
    ("/contacts/{contact}/people/add", {"name": "Joe", "note": "her son"}, PEOPLE),
    ("/contacts/{contact}/people/remove", {"person": "{person}"}, PEOPLE),
    (
        "/c/{talk}/whose",
        {"number_is": "spam"},
        KNOWN,
    ),
    ("/c/{talk}/called", {"talked": "yes"}, "SELECT status FROM lead"),
    ("/snippets/save", {"name": "way", "body": "Left"}, "SELECT name, body FROM snippet WHERE removed_at IS NULL"),
    ("/snippets/save", {"name": "new", "body": "Right"}, "SELECT name, body FROM snippet WHERE removed_at IS NULL"),
    ("/leads/views/save", {"name": "hot", "query": "late=1"}, "SELECT name, query FROM saved_view"),
    ("/leads/views/save", {"name": "new", "query": "late=1"}, "SELECT name, query FROM saved_view"),
    (
        "/on-call/shifts/add",
        {"member": "{member}", "days": "5", "start": "17:00", "end": "08:00", "rung": "1"},
        SHIFTS,
    ),
    ("/on-call/shifts/{shift}/remove", {}, SHIFTS),
    (
        "/on-call/overrides/add",
        {"member": "{member}", "starts_at": "2026-03-14T08:00", "ends_at": "2026-03-14T18:00"},
        OVERRIDES,
    ),
    ("/on-call/overrides/{override}/remove", {}, OVERRIDES),
    ("/on-call/people/{member}", {"rings": "yes"}, "SELECT rings, relays FROM member ORDER BY id"),
    ("/diary/people/{member}/off", {"first": "2026-03-20", "last": "2026-03-21", "why": "Trip"}, OFF),
    ("/diary/off/{off}/remove", {}, OFF),
)
"""Where to, what is sent, and the query whose answer is as it was once the toast's undo is pressed."""


def test_the_undo_of_a_toast_gives_back_what_was(shop: Any, alice: Client) -> None:
    ids = _ids(shop, alice)
    for address, given, query in ACTS:
        where = address.format(**ids)
        before = _rows(query)
        page = alice.post(where, {name: value.format(**ids) for name, value in given.items()}, follow=True)
        toasts = [message.extra_tags for message in page.context["messages"] if message.extra_tags]
        assert len(toasts) == 1, (where, [str(message) for message in page.context["messages"]])
        if not address.endswith("/called"):
            assert _rows(query) != before, where
        done = alice.post("/undo", {"undo": toasts[0]}, follow=True)
        assert [str(message) for message in done.context["messages"]] == ["Taken back."], where
        assert _rows(query) == before, where
        ids = _ids(shop, alice)


def test_a_shift_comes_back_only_by_those_who_may_change_the_rota(shop: Any, alice: Client, bob: Client) -> None:
    ids = _ids(shop, alice)
    page = alice.post(f"/on-call/shifts/{ids['shift']}/remove", follow=True)
    toast = list(page.context["messages"])[-1].extra_tags
    assert bob.post("/undo", {"undo": toast}).status_code == 404
    assert models.Shift.objects.count() == 0


def _ids(shop: Any, alice: Client) -> dict[str, int]:
    """Something of each kind to act on, the same at every call."""
    bob = models.Member.objects.get(business=shop.business, name="Bob")
    models.Member.objects.filter(id=bob.id).update(phone="+15125550191")
    talk = models.Conversation.objects.filter(business=shop.business).first() or shop.conversation(131, name="Maria")
    if not models.Snippet.objects.exists():
        alice.post("/snippets/save", {"name": "way", "body": "Past the mill,\nthen right"})
        alice.post("/leads/views/save", {"name": "hot", "query": "urgency=emergency"})
        alice.post(f"/contacts/{talk.contact_id}/people/add", {"name": "Ann", "note": "her daughter"})
        shift = {"member": str(bob.id), "days": "1", "start": "17:00", "end": "08:00"}
        alice.post("/on-call/shifts/add", shift)
        once = {"member": str(bob.id), "starts_at": "2026-03-13T08:00", "ends_at": "2026-03-13T18:00"}
        alice.post("/on-call/overrides/add", once | {"reason": "Luis is away"})
        off = {"first": "2026-03-16", "last": "2026-03-17", "why": "Dentist"}
        alice.post(f"/diary/people/{bob.id}/off", off)
        alice.get("/snippets")  # shows the toasts of all that
    return {
        "talk": talk.id,
        "contact": talk.contact_id,
        "member": bob.id,
        "person": models.ContactPerson.objects.get().id,
        "shift": models.Shift.objects.get().id,
        "override": models.ShiftOverride.objects.get().id,
        "off": models.Busy.objects.get().id,
    }


def _rows(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
