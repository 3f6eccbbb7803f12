"""Undo for every reversible act of the console: its toast takes it back, or a list says why nothing does."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client, RequestFactory
from tests.console.conftest import NOW
from tests.console.test_isolation import ALL

from answerback.console import said
from answerback.store import models
from answerback.store.queries import notices
from answerback.workflow import built_in, drafts, own_entries, targets, transaction
from answerback.workflow.actors import NotAllowed
from answerback.workflow.targets import Wanted

BY_TOAST = {
    "add_contact_person", "add_override", "add_shift", "assign", "book", "book_hold", "book_let_go", "called",
    "close_todo", "come_back", "contacts_apart", "correct", "diary_end", "discard_draft", "done", "forget_learned",
    "hand_back", "hold_back", "hold_back_plan", "mark", "merge_contact", "move_leads", "name_contact", "new_own_entry",
    "note", "open_again", "own_entry", "plan", "remove_alert_way", "remove_contact_person", "remove_note",
    "remove_override", "remove_shift", "remove_snippet", "remove_view", "remove_webhook", "reply", "reports:refund",
    "save_playbook", "save_snippet", "save_view", "set_ways", "snooze", "stop", "take_back_money", "take_off",
    "take_over", "take_page", "whose",
    # what forms of settings saved, and who was taken out
    "add_alert_way", "add_location", "add_things", "add_way", "calendar", "change_alert_way", "change_business",
    "change_location", "change_person", "change_thing", "change_webhook", "correct_money", "crm_fields", "crm_settings",
    "let_go", "name_source", "pause_crm", "remove_way", "reports:correct", "reports:end", "reports:hold_out",
    "reports:share", "reports:weekly", "save_agency_rules", "save_appointment_type", "save_bookable_person",
    "save_hours",
    "save_line_hours", "save_location_hours", "save_location_rules", "save_looks", "save_rules", "save_usual_way",
    "set_language", "set_line", "test_forwarding", "video_act",
}  # fmt: skip
"""Whose toast has an undo. Those `ACTS` has not are tried beside what they do: `test_acts`, `test_saved`,
`test_saved_elsewhere`."""

OTHERWISE = {
    "a text leaves, a phone rings, somebody is woken or told: what was seen or heard is not unsaid": {
        "connect", "on_call_drill", "test_alert_way", "invite", "invite_admin",
        "reports:monthly_letter", "set_up_call", "set_up_finish", "test_webhook", "replay_notice",
        "replay_failed", "join_link",
    },
    "the law wants it kept: a consent ends by their stop, a release is taken back, the forgotten stay forgotten": {
        "agreed_in_writing", "erase_contact", "video_release",
    },
    "a version of the playbook is in force from then on: going back is a version of its own, on the page it leads to": {
        "publish_playbook", "roll_back_playbook", "reports:keep", "reports:add_variant",
    },
    "its page asks more than an undo can know: what was held meanwhile is sent or not; its secret is shown this once": {
        "switch_webhook", "add_webhook",
    },
    "it chooses whose console is seen, in this browser only: the same list chooses back": {
        "see_as", "see_as_myself", "reports:enter", "business",
    },
    "what stands at a provider is changed, or what waited goes there at once: it is had back there": {
        "connect_line", "choose_crm_copy",
    },
    "what it held is too long for a toast to carry, and stands in its field to be written anew": {
        "storyboard", "storyboard_yaml", "scene_file", "video_captions",
    },
    "its page offers the way back itself, as the board does": {"diary_move"},
    "a step of the set-up of a business that takes no calls yet: each step is gone back to": {"set_up_save"},
    "a secret that was given up or an access that was ended is made anew, never had back": {
        "confirm_phone", "confirm_own_phone",
        "end_sign_in", "end_others", "remove_admin", "take_back_invitation", "sign_person_out",
        "take_step", "take_admins_step",
        "revoke_token", "make_token", "revoke_feed",
        "make_feed", "rotate_webhook", "disconnect_calendar", "disconnect_crm", "booking_page", "stop_booking_page",
        "calendar_app", "calendar_sign_in", "calendar_signed_in", "new_calendar", "crm_app",
        "crm_sign_in", "crm_signed_in", "new_crm", "join", "sign_in", "sign_out",
    },
    "files and copies come in once, row by row as the preview said": {
        "import_contacts", "check_import", "take_import", "fill_back_crm", "try_crm", "try_crm_copy",
        "try_refused_crm", "compare_crm", "video_upload", "video_uploads", "video_start", "set_up_new",
    },
    "it only looks, or is the undo": {
        "here", "plain", "push_key", "undo", "undo_merge", "test_calendar", "test_connection", "test_crm",
        "try_calendar", "try_playbook", "reports:replay",
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
    names = [name for several in OTHERWISE.values() for name in several]
    assert len(names) == len(set(names))
    assert BY_TOAST.isdisjoint(names)
    assert BY_TOAST | set(names) == _posts()


CONTACT = "SELECT name, email FROM contact ORDER BY id"
PEOPLE = "SELECT name, note FROM contact_person ORDER BY name"
SHIFTS = 'SELECT member_id, weekday, start, "end", rung, service FROM shift ORDER BY weekday'
OVERRIDES = "SELECT member_id, starts_at, ends_at, rung, reason FROM shift_override"
KNOWN = "SELECT k.number_is, l.status FROM lead l LEFT JOIN known_number k ON true"
OWN = "SELECT key, during, title, notes, free FROM own_entry ORDER BY key"
BUSY = "SELECT source, key, during FROM busy ORDER BY source, key"
TARGETS = "SELECT name, url, sealed, removed_at, status FROM target t LEFT JOIN notice n ON n.target_id = t.id"
WAYS = "SELECT name, sealed, hears, removed_at FROM alert_way"
DRAFTS = "SELECT source, revision, discarded_at FROM playbook_draft"
ENDED = "SELECT a.status, a.cents FROM appointment a ORDER BY id"
LEARNED = "SELECT voicemail_after, taught_at, taught_by_id, doubted_at, doubted_call, doubted_for FROM line ORDER BY id"
OFF = "SELECT member_id, during, summary FROM busy"
ACTS: tuple[tuple[str, dict[str, str], str], ...] = (
    ("/contacts/{contact}/name", {"name": "Mary", "email": "mary@example.com"}, CONTACT),
    (
        "/contacts/{contact}/merge",
        {"other": "{other}", "from": "duplicates"},
        "SELECT merged_into_id FROM contact ORDER BY id",
    ),
    ("/contacts/{contact}/apart", {"other": "{other}"}, "SELECT first_id, second_id FROM contact_apart"),
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
    ("/diary/own", {"member": "{member}", "title": "Supplier", "start": "2026-03-12T09:00", "weeks": "3"}, OWN),
    ("/diary/own/{own}", {"take_out": "later"}, OWN),
    ("/diary/own/{own}", {"take_out": "this"}, BUSY),
    ("/diary/own/{own}", {"title": "Late", "start": "2026-03-13T11:00", "seen": "{seen}"}, OWN),
    ("/diary/{over}/end", {"outcome": "no_show"}, ENDED),
    ("/diary/{over}/end", {"outcome": "done", "amount": "$90"}, ENDED),
    ("/webhooks/{webhook}/remove", {}, TARGETS),
    ("/account/alerts/{way}/remove", {}, WAYS),
    ("/lines/{line}/learned", {"do": "forget"}, LEARNED),
    ("/lines/{line}/learned", {"do": "keep"}, LEARNED),
    ("/playbooks/discard", {}, DRAFTS),
    (
        "/playbooks/edit/people/save",
        {"seen": "{draft}", "people.urgent": "owner", "people.callbacks": "desk", "people.callback_minutes": "15"},
        "SELECT source, discarded_at FROM playbook_draft",
    ),
)
"""Where to, what is sent, and the query whose answer is as it was once the toast's undo is pressed."""


def test_the_undo_of_a_toast_gives_back_what_was_and_pressed_twice_no_more(shop: Any, alice: Client) -> None:
    ids, twice = _ids(shop, alice), []
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
        alice.post("/undo", {"undo": toasts[0]}, follow=True)
        if _rows(query) != before:
            twice.append((where, _rows(query)))
        ids = _ids(shop, alice)
    assert twice == []


@pytest.mark.parametrize(
    ("older", "says"),
    [
        # as they were written before the texts that waited, the page and the time stood in them
        ({"act": "called", "words": "new 7f3a taken", "ids": [1]}, "It is too late to take this back."),
        ({"act": "number", "words": "new staff", "ids": [1]}, "It is too late to take this back."),
        (
            {"act": "number", "words": " ", "others": [{"act": "again", "ids": [1]}]},
            "It is too late to take this back.",
        ),
        ({"act": "call", "words": "CA1 served", "ids": [1, 24]}, "It is too late to take this back."),
        ({"act": "todo", "words": "", "ids": []}, "Taken back."),
        ({"act": "stop", "ids": [1]}, "Taken back."),
        ({"act": "not_known_any_more"}, "It is too late to take this back."),
    ],
)
def test_an_undo_from_before_an_upgrade_works_or_says_that_it_is_too_late(
    shop: Any, alice: Client, older: dict[str, Any], says: str
) -> None:
    talk = shop.conversation(131, name="Maria")
    todo = shop.todo(talk)
    alice.post(f"/todos/{todo.id}/close", {"outcome": "no_answer"})
    alice.post(f"/c/{talk.id}/stop")
    alice.get("/")  # shows the toasts of both
    about = {"business": shop.business.id, "id": todo.id if older["act"] == "todo" else talk.id}
    stop = models.Suppression.objects.values_list("id", flat=True)
    ids = {"ids": list(stop)} if older["act"] == "stop" else {}
    others = {"others": [about | each for each in older.get("others", [])]}
    signed = signing.dumps(json.dumps(about | older | ids | others), salt=said.SALT)
    done = alice.post("/undo", {"undo": signed}, follow=True)
    assert [str(each).partition(" Change")[0] for each in done.context["messages"]] == [says]


def test_a_shift_comes_back_only_by_those_who_may_change_the_rota(shop: Any, alice: Client, bob: Client) -> None:
    ids = _ids(shop, alice)
    page = alice.post(f"/on-call/shifts/{ids['shift']}/remove", follow=True)
    toast = list(page.context["messages"])[-1].extra_tags
    assert bob.post("/undo", {"undo": toast}).status_code == 404
    assert models.Shift.objects.count() == 0


def test_a_discarded_draft_is_gone_once_the_next_is_begun(shop: Any, alice: Client) -> None:
    playbook = drafts.of(shop.business.id).playbook
    member = models.Member.objects.get(business=shop.business, name="Bob").id
    drafts.change(shop.business.id, playbook, seen=0, member=member)
    page = alice.post("/playbooks/discard", follow=True)
    toast = list(page.context["messages"])[-1].extra_tags
    assert drafts.of(shop.business.id).revision == 0
    drafts.change(shop.business.id, playbook, seen=0, member=member)
    told = alice.post("/undo", {"undo": toast}, follow=True).context["messages"]
    assert [str(each) for each in told] == ["A new draft was begun meanwhile, so the one before is gone."]
    assert drafts.of(shop.business.id).revision == 2


def test_a_removed_webhook_is_forgotten_after_an_hour(shop: Any) -> None:
    target, _secret = targets.add(shop.business.id, Wanted(name="Books", url="https://books.example/in"))
    targets.try_out(target.id)
    targets.remove(target.id)
    transaction.run(lambda cursor: notices.forget_removed(cursor, NOW + notices.REMOVED_KEPT))
    assert (bytes(models.Target.objects.get().sealed), models.Notice.objects.count()) == (b"", 0)
    with pytest.raises(NotAllowed, match="forgotten by now"):
        targets.put_back(target.id)


def _ids(shop: Any, alice: Client) -> dict[str, int]:
    """Something of each kind to act on, the same at every call."""
    bob = models.Member.objects.get(business=shop.business, name="Bob")
    models.Member.objects.filter(id=bob.id).update(phone="+15125550191", confirmed="+15125550191")
    talk = models.Conversation.objects.filter(business=shop.business).first() or shop.conversation(131, name="Maria")
    if not models.Snippet.objects.exists():
        alice.post("/snippets/save", {"name": "way", "body": "Past the mill,\nthen right"})
        alice.post("/leads/views/save", {"name": "hot", "query": "urgency=emergency"})
        alice.post(f"/contacts/{talk.contact_id}/people/add", {"name": "Ann", "note": "her daughter"})
        shift = {"member": str(bob.id), "days": "1", "start": "17:00", "end": "08:00"}
        alice.post("/on-call/shifts/add", shift)
        once = {"member": str(bob.id), "starts_at": "2026-03-13T08:00", "ends_at": "2026-03-13T18:00"}
        alice.post("/on-call/overrides/add", once | {"reason": "Luis is away"})
        _later_kinds(shop, alice, bob, talk)
        models.Contact.objects.create(business=shop.business, number="+15125550139", created_at=NOW)
        models.Line.objects.filter(business=shop.business).update(
            voicemail_after=24, taught_at=NOW, taught_by=bob, doubted_at=NOW, doubted_call="CA1", doubted_for=0
        )
        off = {"first": "2026-03-16", "last": "2026-03-17", "why": "Dentist"}
        alice.post(f"/diary/people/{bob.id}/off", off)
        alice.get("/snippets")  # shows the toasts of all that
    return {
        "talk": talk.id,
        "contact": talk.contact_id,
        "other": models.Contact.objects.get(number="+15125550139").id,
        "member": bob.id,
        "person": models.ContactPerson.objects.get().id,
        "shift": models.Shift.objects.get().id,
        "override": models.ShiftOverride.objects.get().id,
        "off": models.Busy.objects.get(source="time_off").id,
        "own": (own := models.OwnEntry.objects.earliest("key")).id,
        "seen": built_in.version(own_entries.one(own.member_id, own.key)),  # type: ignore[arg-type]
        "over": models.Appointment.objects.get().id,
        "webhook": models.Target.objects.get().id,
        "way": models.AlertWay.objects.get().id,
        "line": models.Line.objects.filter(business=shop.business).earliest("id").id,
        "draft": drafts.of(shop.business.id).revision,
    }


def _later_kinds(shop: Any, alice: Client, bob: Any, talk: Any) -> None:
    """Two weeks of an own entry, an appointment that is over, a webhook a notice waits for, an alert way, a draft."""
    weekly = {"member": str(bob.id), "title": "School run", "start": "2026-03-13T08:00", "weeks": "2"}
    alice.post("/diary/own", weekly)
    models.OwnEntry.objects.update(notes="by the side door")
    over = (NOW - timedelta(hours=3), NOW - timedelta(hours=2))
    models.Appointment.objects.create(
        business=shop.business, member=bob, conversation=talk, contact=talk.contact, during=over, blocked=over,
        service="drain", status="booked", name="Maria", cents=5000, created_at=over[0], updated_at=over[0],
    )  # fmt: skip
    target, _secret = targets.add(shop.business.id, Wanted(name="Books", url="https://books.example/in"))
    targets.try_out(target.id)
    models.Member.objects.filter(name="Alice").update(phone="+15125550190", confirmed="+15125550190")
    alice.post("/account/alerts/add", {"by": "text", "hears": ["lead"]})
    playbook = drafts.of(shop.business.id).playbook
    drafts.change(shop.business.id, playbook, seen=0, member=bob.id)


def _rows(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
