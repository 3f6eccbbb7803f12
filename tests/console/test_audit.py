"""The audit log is whole: every page that shows what customers said, every file that leaves, every act is in it.

No list of addresses is trusted: each is asked, and what came back says whether an entry is owed.
"""

import io
import re
from datetime import datetime, time, timedelta
from typing import Any, get_args

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from tests.console.test_isolation import (  # noqa: F401
    ALL,
    CHARLIES,
    GUARDED,
    LEFT_OUT_OF_OWN,
    LOG_OF_LOOKS,
    NOW,
    _body,
    strangers,
    visitor,
)

from answerback.console.accounts.deeds import DONE
from answerback.console.trail import NOT_KEPT, SEEING_AS, SIGNING_IN
from answerback.store import models
from answerback.store.queries import audited
from answerback.store.secrets import seal
from answerback.workflow import audit, clock, handling, saved, tokens

SAID = "zanzibar"
"""A word that stands in nothing but what customers said."""

CHANGES_NOTHING = {
    "console:set_language",  # to the one it was
    "console:plain",  # counts characters
    "console:business",  # goes to another of one's businesses
    "console:reports:enter",
    "console:reports:replay",  # tries out
    "console:try_playbook",
    "console:see_as",
    "console:test_forwarding",  # was already as it is said here
    "console:set_up_finish",
    "console:on_call_drill",
    "console:book_let_go",
    "console:remove_snippet",
}
"""Acts that are done without a row of the business being another afterwards, as they are sent here."""

IDLE = {
    "console:set_language",
    "console:revoke_token",
    "console:book_hold",
    "console:remove_contact_person",
    "console:save_bookable_person",
    "console:discard_draft",
    "console:reports:weekly",
    "console:remove_snippet",
    "console:see_as_myself",
}
"""Acts that, as they are sent here, do nothing and say no error: nothing was chosen, or it is so already."""


OWN_BROWSERS = {"console:end_sign_in", "console:end_others"}
"""Acts on one's own sign-ins, which stand in each of one's businesses."""

SHOWS_WHO_WAITS = {"console:add_shift", "console:add_override"}
"""Acts that, refused, show what customers said of the cases that wait for somebody."""


@pytest.fixture
def talked(strangers: Any, tmp_path: Any) -> None:  # noqa: F811
    """Every text and picture of Charlie's business holds the word; what is sealed can be opened."""
    for table in apps.get_app_config("store").get_models():
        if any(each.name == "sealed" for each in table._meta.concrete_fields):
            table._default_manager.update(sealed=seal({"world": str(tmp_path / "phones")}))
    models.Location.objects.update(zone="America/Chicago")
    business, content = strangers.business, SAID.encode()
    models.Message.objects.filter(business=business).update(body=f"Is {SAID} served?", author="customer")
    models.Event.objects.filter(business=business, kind="TextReceived").update(body={"text": SAID})
    # What goes when words go (`store.queries.keeping`), as it is what customers said.
    words = f"Is {SAID} served?"
    models.Lead.objects.filter(business=business).update(answers={"message": words})
    for row in models.Conversation.objects.filter(business=business):
        held = row.state or {}
        row.state = held | {"answers": held.get("answers", {}) | {"message": words}}
        row.save(update_fields=["state"])
    models.Todo.objects.filter(business=business).update(title=f'Asked: "Is {SAID} served?"')
    models.Page.objects.filter(business=business).update(summary=f'Wrote: "Is {SAID} served?"')
    # A list shows what its reader has not sent instead of what the customer said last.
    models.Looking.objects.filter(conversation__business=business).update(draft="")
    kept = {"state": "kept", "content": content, "small": content, "content_type": "image/jpeg", "kind": "picture"}
    models.Attachment.objects.filter(business=business).update(**kept)


def _owed(answer: Any) -> str | None:
    if "attachment" in answer.headers.get("Content-Disposition", "") and answer.status_code < 400:
        return "export"
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "view" if SAID.encode() in said else None


def _kept() -> list[str]:
    rows = models.AuditEntry.objects.filter(business__name="Other Plumbing", id__gt=CHARLIES + 1).order_by("id")
    return list(rows.values_list("act", flat=True))


def _act_of(name: str) -> str:
    return "see_as" if name in SEEING_AS else "sign_in" if name in SIGNING_IN | OWN_BROWSERS else "edit"


def _says_that_it_is_so_already(answer: Any) -> bool:
    said = getattr(answer.wsgi_request, "_messages", None)
    return any(str(each).endswith(" already. Nothing was changed.") for each in getattr(said, "_queued_messages", ()))


def _later(at: datetime) -> Any:
    """A clock two hours on: what was looked at before is a new look."""
    return clock.using(lambda: at)


def _whole() -> list[Any]:
    """A digest of every row of every table, but for what a look may write."""
    with connection.cursor() as cursor:
        tables = [each for each in connection.introspection.table_names(cursor) if each not in LOG_OF_LOOKS]
        rows = "SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM"
        cursor.execute(" UNION ALL ".join(f'{rows} "{table}" t' for table in tables))
        return cursor.fetchall()


@pytest.mark.usefixtures("talked")
def test_whatever_shows_a_transcript_or_lets_data_out_is_written_down(visitor: Any) -> None:  # noqa: F811
    client, missing, owed = visitor("owner"), [], set()
    for number, each in enumerate(GUARDED):
        before = len(_kept())
        with _later(NOW + timedelta(hours=2 * number)):
            # The first of its two lists leaves out the one conversation there is.
            answer = client.get(each.about(CHARLIES).replace("inbox/everybody", "inbox/everybody?tab=all"))
        act = _owed(answer)
        if act is not None:
            owed.add((each.name, act))
            if _kept()[before:] != [act]:
                missing.append((each.name, act, _kept()[before:]))
    assert missing == [], "\n".join(map(str, missing))
    assert {name for name, act in owed if act == "view"} >= {
        "console:conversation", "console:conversation_live", "console:media", "console:media_small",
        "console:inbox", "console:inbox_live", "console:everybody", "console:reports:texts",
    }  # fmt: skip
    assert len([act for _name, act in owed if act == "export"]) > 3


@pytest.mark.usefixtures("talked")
def test_whatever_a_program_reads_or_takes_out_is_written_down(strangers: Any) -> None:  # noqa: F811
    owner = strangers.business.members.get(name="Owner")
    _, secret = tokens.make(strangers.business.id, owner.id, "n8n", tuple(tokens.SCOPES))
    missing, owed = [], set()
    programs = [each for each in ALL if each.name.startswith("api:")]
    for number, each in enumerate(programs):
        before = len(_kept())
        with _later(NOW + timedelta(hours=2 * number)):
            address = each.about(CHARLIES).replace("exports/simulator", "exports/messages")
            answer = Client().get(address, headers={"Authorization": f"Bearer {secret}"})
        act = _owed(answer)
        if act is not None:
            owed.add((each.name, act))
            if _kept()[before:] not in ([act], ["export"]):
                missing.append((each.name, act, _kept()[before:]))
    assert missing == [], "\n".join(map(str, missing))
    assert {name for name, _act in owed} >= {"api:get_timeline", "api:list_messages", "api:export_rows"}


@pytest.mark.usefixtures("talked")
@pytest.mark.parametrize("nonsense", ["", "abc"])
def test_every_act_that_was_done_is_written_down_and_none_that_was_refused(visitor: Any, nonsense: str) -> None:  # noqa: F811
    client, missing, done, refused = visitor("owner"), [], 0, set()
    fields, whole = dict.fromkeys(_body(), nonsense) if nonsense else {}, _whole()
    for number, each in enumerate(GUARDED):
        # A first step of the set-up is led back to its page, and nothing was done.
        if each.name in LEFT_OUT_OF_OWN | {"console:set_up_new"} or not each.name.startswith("console:"):
            continue
        entries = len(_kept())
        if each.name in SHOWS_WHO_WAITS:  # an act before this one has taken the case
            models.Page.objects.filter(business__name="Other Plumbing").update(taken_at=None)
        with _later(NOW + timedelta(hours=2 * number)):
            answer = client.post(each.about(CHARLIES), fields)
        act = _owed(answer)
        was_refused = answer.status_code >= 400 or getattr(answer.wsgi_request, "was_refused", False)
        is_idle = was_refused or each.name in NOT_KEPT or _says_that_it_is_so_already(answer)
        wanted = [act] if act == "view" else [] if is_idle else [_act_of(each.name)]
        if was_refused:
            refused.add(each.name)
        elif wanted == ["edit"]:
            done += 1
        if _kept()[entries:] != wanted and each.name not in IDLE:
            missing.append((each.name, answer.status_code, wanted, _kept()[entries:]))
        before, whole = whole, _whole()
        if _kept()[entries:] == ["edit"] and whole == before and each.name not in CHANGES_NOTHING:
            missing.append((each.name, answer.status_code, "entered without a change", _kept()[entries:]))
    assert missing == [], "\n".join(map(str, missing))
    assert done > 10
    assert refused >= {"console:mark", "console:correct", "console:whose", "console:undo"}


def test_what_an_undo_was_about_has_a_name_in_the_log() -> None:
    assert set(audit.UNDONE.values()) - audited.KINDS == set()
    assert set(get_args(handling.Act)) - {*audit.UNDONE, *saved.ACTS} == WITHOUT_A_KIND


WITHOUT_A_KIND = {
    "draft", "draft_change", "link", "no_link", "shift", "no_shift", "override", "no_override",
}  # fmt: skip
"""Acts whose undo is entered without a thing that has a name: a draft and a link have none, a turn is gone with it."""


def test_a_role_that_is_put_back_says_whose_and_from_what_to_what(shop: Any, alice: Client) -> None:
    """It stood there as "Took something back", of nobody."""
    bob = models.Member.objects.get(business=shop.business, name="Bob")
    was = bob.role
    given = {"role": "manager", "phone": "+15125550191", "on_call": "yes"}
    page = alice.post(f"/people/{bob.id}/change", given, follow=True)
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    alice.post("/undo", {"undo": toast})
    entry = models.AuditEntry.objects.filter(what="console:undo").get()
    assert (entry.about, entry.subject, entry.named, entry.detail) == ("member", bob.id, "Bob", f"manager>{was}")


@pytest.mark.usefixtures("talked")
def test_every_act_has_words_of_its_own_in_the_log(visitor: Any) -> None:  # noqa: F811
    """A file that was chosen to be looked at stood there as "Changed something: Import contacts"."""
    client, without = visitor("owner"), set()
    names = {each.name: each for each in GUARDED if each.name.startswith("console:")}
    for name, each in names.items():
        if name not in NOT_KEPT and client.post(each.about(CHARLIES), {}).status_code != 405:
            without |= {name} - {f"{name.rpartition(':')[0]}:{done}" for done in DONE}
    assert without == set()


@pytest.mark.parametrize(
    ("address", "told", "says"),
    [
        ("/people/invite", {"name": "Luis", "email": "luis@example.com", "role": "desk"}, "Invited somebody · Luis"),
        (
            "/set-up/team/save",
            {"invite": "yes", "name": "Eva", "email": "e@example.com"},
            "Saved a step of the set-up · Eva",
        ),
        ("/api-tokens/make", {"name": "Zapier", "scope": "leads:read"}, "Made an API token · Zapier"),
        (
            "/webhooks/add",
            {"name": "Books", "url": "https://example.com/hook", "hears": "all"},
            "Added a webhook · Books",
        ),
        ("/settings/locations/add", {"name": "North"}, "Added a location · North"),
        ("/snippets/save", {"name": "eta", "body": "On the way"}, "Saved a snippet · eta"),
        ("/leads/views/save", {"name": "Hot", "query": "late=1"}, "Saved a view of the leads · Hot"),
        (
            "/on-call/shifts/add",
            {"member": "{member}", "days": "5", "start": "17:00", "end": "08:00", "rung": "1"},
            "Added a shift · Alice",
        ),
        (
            "/on-call/overrides/add",
            {"member": "{member}", "starts_at": "2026-03-14T08:00", "ends_at": "2026-03-14T18:00"},
            "Changed who is on call · Alice",
        ),
        (
            "/diary/own",
            {"member": "{member}", "title": "Supplier", "start": "2026-03-12T09:00"},
            "Put something into a calendar · Supplier",
        ),
    ],
)
def test_what_was_made_is_named_in_the_log(
    shop: Any, alice: Client, address: str, told: dict[str, str], says: str
) -> None:
    """An owner who was invited stood there as "Invited somebody", and nobody could say whom."""
    models.Member.objects.update(phone="+15125550190", confirmed="+15125550190")
    member = str(models.Member.objects.get(name="Alice").id)
    told = {name: value.replace("{member}", member) for name, value in told.items()}
    assert alice.post(address, told).status_code in {200, 302}
    page = " ".join(re.sub(r"<[^>]+>", " ", alice.get("/history").content.decode()).split())
    assert [says in page] == [True]


@pytest.mark.usefixtures("shop")
def test_what_is_gone_is_still_called_by_the_name_it_had(shop: Any, alice: Client, now: Any) -> None:
    """The log said "Removed a shift · no longer there", and nobody could say whose or which."""
    dana = shop.member("Dana", "desk")
    shift = models.Shift.objects.create(business=shop.business, member=dana, weekday=5, start=time(17), end=time(20))
    view = models.SavedView.objects.create(business=shop.business, name="Hot ones", query="late=1", created_at=now)
    upload = models.Upload.objects.create(
        business=shop.business, member=dana, kind="contacts", name="spring-customers.csv", content=b"", at=now
    )
    alice.post(f"/on-call/shifts/{shift.id}/remove")
    alice.post(f"/leads/views/{view.id}/remove")
    audit.note(
        audit.Noted(
            business=shop.business.id, member=None, name="Alice", act="edit", what="console:take_import",
            about="upload", subject=upload.id, named=upload.name,
        )
    )  # fmt: skip
    upload.delete()
    page = " ".join(re.sub(r"<[^>]+>", " ", alice.get("/history").content.decode()).split())
    told = [
        "Imported contacts · spring-customers.csv",
        "Removed a view of the leads · Hot ones",
        "Removed a shift · Dana",
    ]
    assert [each for each in told if each not in page] == []
    assert "no longer there" not in page


def test_what_is_gone_of_another_of_ones_businesses_is_called_by_the_name_it_had(shop: Any, alice: Client) -> None:
    """It was looked up in the business that one looks at, where it never was."""
    other = models.Business.objects.get(name="Other Plumbing")
    user = models.User.objects.get(email="alice@example.com")
    models.Member.objects.create(business=other, user=user, name="Alice", role="owner", email=user.email)
    charlie = models.Member.objects.get(business=other, name="Charlie")
    shift = models.Shift.objects.create(business=other, member=charlie, weekday=5, start=time(17), end=time(20))
    alice.post(f"/on-call/shifts/{shift.id}/remove", {"at_business": shop.business.id})
    entries = models.AuditEntry.objects.filter(what="console:remove_shift")
    assert list(entries.values_list("business_id", "named")) == [(other.id, "Charlie")]


def test_a_file_that_was_imported_is_called_by_its_name_after_it_is_forgotten(alice: Client) -> None:
    file = io.BytesIO(b"Name,Phone number\r\nMaria,+15125550131\r\n")
    file.name = "spring-customers.csv"
    where = alice.post("/contacts/import", {"kind": "contacts", "file": file})["Location"]
    alice.post(f"{where}/take", {"column-name": "Name", "column-number": "Phone number"})
    models.Upload.objects.all().delete()
    page = " ".join(re.sub(r"<[^>]+>", " ", alice.get("/history").content.decode()).split())
    assert page.count("· spring-customers.csv") == 2, page


def test_a_table_that_was_taken_out_is_named(alice: Client) -> None:
    """It said "Took data out: A table"."""
    list(alice.get("/contacts/export/stops").streaming_content)
    page = " ".join(re.sub(r"<[^>]+>", " ", alice.get("/history").content.decode()).split())
    assert "Took data out: A table · Opt-outs" in page


def test_who_was_erased_leaves_no_name_in_the_log(shop: Any, alice: Client) -> None:
    talk = shop.conversation(131, name="Maria Lopez")
    alice.post(f"/contacts/{talk.contact_id}/name", {"name": "Maria Lopez-Diaz", "email": ""})
    new = {"title": "Lunch with Maria Lopez", "start": "2026-03-12T14:00", "weeks": "1"}
    alice.post("/diary/own", new | {"member": shop.member("Dan", "technician").id})
    (own,) = models.OwnEntry.objects.all()
    alice.post(f"/diary/own/{own.id}", {"take_out": "one"})
    assert "Lopez" not in "".join(models.AuditEntry.objects.values_list("named", flat=True))
    page = " ".join(re.sub(r"<[^>]+>", " ", alice.get("/history").content.decode()).split())
    assert "Changed something in a calendar · Dan" in page


@pytest.mark.usefixtures("talked")
def test_every_file_has_words_of_its_own_in_the_log(visitor: Any) -> None:  # noqa: F811
    """The months of all businesses were "Took data out: Months", corrections "Took data out: Labelled"."""
    client, names = visitor("owner"), set()
    for each in GUARDED:
        if _owed(client.get(each.about(CHARLIES))) == "export":
            names.add(each.name.rpartition(":")[2])
    assert len(names) > 3
    assert {*names, "month", "months"} - set(DONE) == set()


def test_who_saw_as_somebody_else_is_told_in_one_sentence(shop: Any, alice: Client) -> None:
    """It was "Saw as somebody else as Bob · Bob"."""
    bob = models.Member.objects.get(name="Bob")
    alice.post(f"/people/{bob.id}/see-as")
    alice.get("/")
    alice.post("/see-as-myself")
    page = " ".join(re.sub(r"<[^>]+>", " ", alice.get("/history").content.decode()).split())
    assert "Alice Began to see the console as Bob" in page
    assert "Alice Stopped seeing the console as Bob" in page
    assert "as Bob · Bob" not in page
    assert "Alice Saw the newest texts of the inbox as Bob" in page


def test_who_signs_out_while_seeing_as_somebody_else_has_ended_it(shop: Any, alice: Client) -> None:
    """The log had a beginning and no end."""
    bob = models.Member.objects.get(name="Bob")
    alice.post(f"/people/{bob.id}/see-as")
    alice.post("/sign-out", REMOTE_ADDR="203.0.113.7")
    ended = models.AuditEntry.objects.filter(act="see_as").values_list("name", "what", "seen_as", "place")
    assert list(ended.order_by("id"))[1:] == [("Alice", "console:see_as_myself", "Bob", "203.0.113.7")]


def test_each_entry_says_from_where_it_was_asked(shop: Any, alice: Client) -> None:
    """Who, what and when stood there; a look out of a browser that somebody else sits at could not be told apart."""
    talk = shop.conversation(131, name="Maria")
    token = tokens.make(shop.business.id, shop.business.members.get(name="Alice").id, "n8n", ["export:read"])[1]
    alice.get("/inbox", REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR="192.0.2.1")  # nobody's proxy is trusted here
    alice.get("/inbox", REMOTE_ADDR="203.0.113.7")
    alice.get("/inbox", REMOTE_ADDR="203.0.113.8")
    alice.post(f"/c/{talk.id}/note", {"body": "Back at 5"}, REMOTE_ADDR="2001:db8::1")
    Client().get("/api/v1/exports/leads", HTTP_AUTHORIZATION=f"Bearer {token}", REMOTE_ADDR="198.51.100.9")
    kept = list(models.AuditEntry.objects.order_by("id").values_list("what", "place"))
    assert kept == [
        ("console:inbox", "203.0.113.7"),
        ("console:inbox", "203.0.113.8"),
        ("console:note", "2001:db8::1"),
        ("api:export_rows", "198.51.100.9"),
    ]
    page = " ".join(re.sub(r"<[^>]+>", " ", alice.get("/history").content.decode()).split())
    assert "Alice Wrote a note · Maria from 2001:db8::1" in page


def test_a_step_of_the_set_up_is_named_in_the_log(shop: Any, alice: Client) -> None:
    """Six entries alike stood there: "Saved a step of the set-up"."""
    told = {"from-0-0": "08:00", "to-0-0": "17:00", "region": "TX"}
    assert alice.post("/set-up/hours/save", told).status_code == 302
    page = " ".join(re.sub(r"<[^>]+>", " ", alice.get("/history").content.decode()).split())
    assert ["Alice Saved a step of the set-up · Hours from" in page] == [True]


def test_who_saw_as_nobody_leaves_no_end_of_it(shop: Any, alice: Client, bob: Client) -> None:
    """ "Saw as somebody else: Saw as themselves again" stood there of a desk, who may not see as anybody."""
    for client in (alice, bob):
        assert client.post("/see-as-myself")["Location"] == "/"
    assert list(models.AuditEntry.objects.values_list("name", "what")) == []


def test_what_was_removed_has_no_link_to_a_page_that_is_gone(alice: Client) -> None:
    """ "Removed a webhook · Books" led to a page that says that there is nothing."""
    alice.post("/webhooks/add", {"name": "Books", "url": "https://example.com/hook", "hears": "all"})
    (made,) = models.Target.objects.all()
    linked = f'href="/webhooks/{made.id}"'
    assert linked in alice.get("/history").content.decode()
    alice.post(f"/webhooks/{made.id}/remove")
    page = alice.get("/history").content.decode()
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert (linked in page, "Removed a webhook · Books" in said, alice.get(f"/webhooks/{made.id}").status_code) == (
        False,
        True,
        404,
    )
