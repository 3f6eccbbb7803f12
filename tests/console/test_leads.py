"""Leads and calls: filters that are links, moves of one or many, and as many queries for thirty rows as for one."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.console.conftest import NOW

from answerback.store import models
from answerback.store.playbook_file import dump, load
from answerback.workflow import publishing


def _shown(client: Client, address: str) -> list[str]:
    return [card.who for card in client.get(address).context["cards"]]


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@contextmanager
def _statements() -> Iterator[list[str]]:
    """What is asked of the database meanwhile, past Django too."""
    asked: list[str] = []
    execute = psycopg.Cursor.execute

    def told(cursor: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append(str(query))
        return execute(cursor, query, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", told)
        yield asked


def _another(talk: models.Conversation, **changed: Any) -> models.Conversation:
    """One more conversation of the same customer."""
    return models.Conversation.objects.create(
        business=talk.business, contact=talk.contact, line=talk.line, playbook=talk.playbook, phase="resting", epoch=0,
        opened_at=talk.opened_at, last_at=talk.last_at, **changed,
    )  # fmt: skip


def test_board_holds_each_lead_in_its_column(shop: Any, alice: Client, now: Any) -> None:
    for last, status in enumerate(("new", "booked", "won", "booked")):
        shop.conversation(last, name=f"{status} {last}", status=status, at=now - timedelta(minutes=last))
    columns = alice.get("/leads").context["columns"]
    held = {column.status: ([card.who for card in column.cards], column.count) for column in columns if column.cards}
    assert held == {"new": (["new 0"], "1"), "booked": (["booked 1", "booked 3"], "2"), "won": (["won 2"], "1")}


def test_many_leads_are_moved_with_the_questions_of_a_few(shop: Any, alice: Client) -> None:
    # Each was looked up and written into the audit log by itself: a hundred took seconds.
    ids = [shop.conversation(last, status="new").id for last in range(24)]

    def asked(some: list[int]) -> int:
        before = models.AuditEntry.objects.count()
        with CaptureQueriesContext(connection) as seen:
            assert alice.post("/leads/move", {"lead": some, "status": "qualified"}).status_code == 302
        assert models.AuditEntry.objects.count() == before + len(some)
        return sum('conversation"."id' in each["sql"] or "audit_entry" in each["sql"] for each in seen)

    assert [asked(ids[:2]), asked(ids[2:4]), asked(ids[4:])] == [2, 2, 2]
    assert set(models.Lead.objects.values_list("status", flat=True)) == {"qualified"}


def test_leads_moved_together_are_moved_in_one_transaction(shop: Any, alice: Client, now: Any) -> None:
    # Each took seventeen statements and a commit: a hundred took a second and more.
    ids = [shop.conversation(last, status="new").id for last in range(9)]
    models.Conversation.objects.filter(id=ids[0]).update(ended_at=now)
    alice.get("/leads")  # who looks after the business and which host names are whose is remembered from here on
    with _statements() as asked:
        assert alice.post("/leads/move", {"lead": ids[:2], "status": "qualified"}).status_code == 302
    with _statements() as asked_of_many:
        assert alice.post("/leads/move", {"lead": ids[2:], "status": "qualified"}).status_code == 302
    assert len(asked_of_many) == len(asked) - 1  # none of them had to be opened again
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM lead WHERE status = 'qualified'")
        assert cursor.fetchone() == (2,)
    assert not models.Conversation.objects.exclude(ended_at=None).exists()
    marks = models.Event.objects.filter(kind="OutcomeMarked")
    assert sorted(marks.values_list("conversation_id", flat=True)) == sorted(ids)


def test_a_lead_without_an_owner_is_whoevers_has_the_conversation(shop: Any, alice: Client, now: Any) -> None:
    """The conversation said "With Bob", its page that he is the owner, the list nobody, and its filter hid it."""
    people = {name: models.Member.objects.get(name=name) for name in ("Alice", "Bob")}
    facts: dict[str, dict[str, Any]] = {
        "Held": {"held_by": people["Bob"], "assigned_to": people["Alice"]},
        "Assigned": {"assigned_to": people["Bob"]},
        "Owned": {"held_by": people["Bob"]},
        "Free": {},
    }
    for last, (name, fact) in enumerate(facts.items()):
        talk = shop.conversation(last, name=name, at=now - timedelta(minutes=last))
        models.Conversation.objects.filter(id=talk.id).update(**fact)
    models.Lead.objects.filter(contact__name="Owned").update(owner=people["Alice"])
    cards = alice.get("/leads?as=list").context["cards"]
    assert {card.who: card.owner for card in cards} == {"Held": "Bob", "Assigned": "Bob", "Owned": "Alice", "Free": ""}
    for owner, theirs in ((people["Bob"].id, ["Held", "Assigned"]), (people["Alice"].id, ["Owned"])):
        assert _shown(alice, f"/leads?as=list&owner={owner}") == theirs
    assert _shown(alice, "/leads?as=list&owner=nobody") == ["Free"]


@pytest.mark.parametrize("many", [2, 99])
def test_leads_given_together_are_given_in_one_transaction(shop: Any, alice: Client, many: int) -> None:
    # Each took five statements and a commit.
    ids = [shop.conversation(last, status="new").id for last in range(many)]
    bob = models.Member.objects.get(name="Bob")
    models.Lead.objects.filter(conversation=ids[0]).update(owner=models.Member.objects.get(name="Alice"))
    alice.get("/leads")
    with _statements() as asked:
        page = alice.post("/leads/move", {"lead": ids, "owner": bob.id})
    assert page.status_code == 302
    assert len([each for each in asked if "lead" in each or "note" in each or "member WHERE" in each]) == 4
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT xmin::text) FROM lead WHERE owner_id = %s", [bob.id])
        assert cursor.fetchone() == (many, 1)
    page = alice.get("/leads")
    assert [str(each) for each in page.context["messages"]] == [f"{many} leads changed."]
    with _statements() as asked:
        alice.post("/undo", {"undo": list(page.context["messages"])[-1].extra_tags})
    assert len([each for each in asked if "UPDATE lead" in each]) == 2  # one for those of each former owner
    owners = dict(models.Lead.objects.values_list("conversation_id", "owner__name"))
    assert owners == dict.fromkeys(ids[1:]) | {ids[0]: "Alice"}
    edits = models.AuditEntry.objects.filter(act="edit", about="conversation")
    for what in ("console:move_leads", "console:undo"):
        assert sorted(edits.filter(what=what).values_list("subject", flat=True)) == sorted(ids)


def test_giving_a_lead_is_told_in_its_timeline(shop: Any, alice: Client) -> None:
    """It read "Alice wrote down what comes next: ", and nothing came."""
    id = shop.conversation(1).id
    bob = models.Member.objects.get(name="Bob")
    page = alice.post("/leads/move", {"lead": id, "owner": bob.id}, follow=True)
    assert [str(each) for each in page.context["messages"]] == ["1 lead changed."]
    again = alice.post("/leads/move", {"lead": id, "owner": bob.id}, follow=True)
    assert [str(each) for each in again.context["messages"]] == ["It is so already. Nothing was changed."]
    alice.post("/undo", {"undo": list(page.context["messages"])[-1].extra_tags})
    thread = alice.get(f"/c/{id}").content.decode().partition('id="thread"')[2].partition("</ol>")[0]
    said = ["Alice gave the lead to Bob", "Alice gave the lead to nobody", "what comes next"]
    assert [thread.count(each) for each in said] == [1, 1, 0]
    alice.post(f"/c/{id}/plan", {"owner": bob.id, "step": "", "step_at": "", "value": ""})
    thread = alice.get(f"/c/{id}").content.decode().partition('id="thread"')[2].partition("</ol>")[0]
    assert [thread.count(each) for each in said] == [2, 1, 0]


def test_a_plan_without_a_step_is_told_without_one(shop: Any, alice: Client) -> None:
    """It read "Alice wrote down what comes next: " where the step was taken out, and where only the value changed."""
    id = shop.conversation(1).id
    for step, value in (("", "450"), ("Send the offer", "450"), ("Send the offer", "500"), ("", "500")):
        alice.post(f"/c/{id}/plan", {"owner": "", "step": step, "step_at": "", "value": value})
    thread = alice.get(f"/c/{id}").content.decode().partition('id="thread"')[2].partition("</ol>")[0]
    said = ["Alice wrote down what comes next: Send the offer", "what comes next", "Alice changed the plan"]
    assert [thread.count(each) for each in said] == [1, 1, 3]


def test_who_was_given_a_lead_by_another_since_keeps_it(shop: Any, alice: Client, bob: Client) -> None:
    ids = [shop.conversation(last).id for last in range(2)]
    people = {each.name: each.id for each in models.Member.objects.filter(business=shop.business)}
    page = alice.post("/leads/move", {"lead": ids, "owner": people["Bob"]}, follow=True)
    bob.post("/leads/move", {"lead": ids[0], "owner": people["Alice"]})
    alice.post("/undo", {"undo": list(page.context["messages"])[-1].extra_tags})
    assert dict(models.Lead.objects.values_list("conversation_id", "owner__name")) == {ids[0]: "Alice", ids[1]: None}


def test_who_gives_a_lead_is_told_that_a_colleague_gave_it_meanwhile(shop: Any, alice: Client, bob: Client) -> None:
    """Of two who looked at the same list the later one took it from whom the first had given it, and never knew."""
    ids = [shop.conversation(last).id for last in range(2)]
    people = {each.name: each.id for each in models.Member.objects.filter(business=shop.business)}
    listed = alice.get("/leads?as=list").content.decode()
    seen = [found for id in ids for found in re.findall(rf'name="lead" value="({id}:[^"]*)"', listed)]
    bob.post("/leads/move", {"lead": seen[:1], "owner": people["Bob"]}, follow=True)
    page = alice.post("/leads/move", {"lead": seen, "owner": people["Alice"]}, follow=True)
    assert [str(each) for each in page.context["messages"]] == [
        "(512) 555-0000: it was given to Bob meanwhile. Nothing was changed: look at it again.",
        "1 lead changed.",
    ]
    owners = dict(models.Lead.objects.values_list("conversation_id", "owner__name"))
    assert owners == {ids[0]: "Bob", ids[1]: "Alice"}
    alice.post("/leads/move", {"lead": f"{ids[0]}:contacted:{people['Bob']}", "owner": ""})
    page = bob.post(
        "/leads/move", {"lead": f"{ids[0]}:contacted:{people['Bob']}", "owner": people["Alice"]}, follow=True
    )
    assert [str(each) for each in page.context["messages"]] == [
        "(512) 555-0000: somebody has made it nobody's meanwhile. Nothing was changed: look at it again."
    ]


def test_leads_are_given_to_people_of_the_business_only(shop: Any, alice: Client, charlie: Client) -> None:
    ids = [shop.conversation(last).id for last in range(2)]
    stranger = models.Member.objects.get(name="Charlie")
    page = alice.post("/leads/move", {"lead": ids, "owner": stranger.id}, follow=True)
    wrong = "There is no such person in this business. Choose one of the list."
    assert [str(each) for each in page.context["messages"]] == [wrong]
    assert charlie.post("/leads/move", {"lead": ids, "owner": stranger.id}).status_code == 404
    assert models.Lead.objects.filter(owner=None).count() == 2
    assert not models.AuditEntry.objects.filter(act="edit").exists()


def test_leads_that_are_given_are_copied_to_the_crm(shop: Any, alice: Client) -> None:
    ids = [shop.conversation(last).id for last in range(2)]
    models.OutsideCrm.objects.create(business=shop.business, provider="hubspot", sealed=b"x", created_at=NOW)
    models.CrmCopy.objects.all().delete()
    alice.post("/leads/move", {"lead": ids, "owner": models.Member.objects.get(name="Bob").id})
    copies = models.CrmCopy.objects.filter(kind="lead").values_list("local", flat=True)
    assert set(copies) == set(models.Lead.objects.values_list("id", flat=True))


def test_what_goes_on_elsewhere_keeps_no_other_lead_from_its_move(shop: Any, alice: Client, now: Any) -> None:
    old, other = (shop.conversation(last, name=name, status="lost") for last, name in ((1, "Ann"), (2, "Ben")))
    models.Conversation.objects.update(ended_at=now)
    _another(old, ended_at=None)
    page = alice.post("/leads/move", {"lead": [old.id, other.id, 999_999], "status": "qualified"}, follow=True)
    assert page.status_code == 404  # one of them is not theirs
    page = alice.post("/leads/move", {"lead": [old.id, other.id], "status": "qualified"}, follow=True)
    assert [str(each) for each in page.context["messages"]] == [
        "This conversation is over and the customer has begun a new one. Go on in the newer one.",
        "Moved.",
    ]
    assert dict(models.Lead.objects.values_list("contact__name", "status")) == {"Ann": "lost", "Ben": "qualified"}
    assert set(models.Conversation.objects.exclude(ended_at=None).values_list("id", flat=True)) == {old.id}
    assert models.Event.objects.filter(kind="OutcomeMarked").values_list("conversation_id", flat=True).get() == other.id


def test_of_two_conversations_of_one_customer_the_newer_is_opened_again(shop: Any, alice: Client, now: Any) -> None:
    old = shop.conversation(1, name="Ann", status="lost")
    models.Conversation.objects.update(ended_at=now)
    new = _another(old, ended_at=now)
    lead = models.Lead.objects.get()
    lead.pk, lead.conversation, lead.status = None, new, "lost"
    lead.save()
    alice.post("/leads/move", {"lead": [old.id, new.id], "status": "contacted"})
    assert dict(models.Lead.objects.values_list("conversation_id", "status")) == {old.id: "lost", new.id: "contacted"}
    assert models.Conversation.objects.get(ended_at=None) == new


@pytest.mark.django_db(transaction=True)
def test_two_people_move_the_same_leads_at_once(shop: Any, alice: Client, bob: Client) -> None:
    ids = [shop.conversation(last, status="new").id for last in range(12)]

    def moves(client: Client, leads: list[int], status: str) -> int:
        try:
            return client.post("/leads/move", {"lead": leads, "status": status}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor() as people:
        for _ in range(4):
            done = [people.submit(moves, alice, ids, "qualified"), people.submit(moves, bob, ids[::-1], "contacted")]
            assert [each.result() for each in done] == [302, 302]
    assert models.Lead.objects.values_list("status", flat=True).distinct().count() == 1


def test_every_filter_is_a_link_and_can_be_kept(shop: Any, alice: Client) -> None:
    shop.conversation(1, name="Wants a drain", service="drain")
    shop.conversation(2, name="Urgent", urgency="emergency", missed_reason="busy")
    assert _shown(alice, "/leads?as=list&service=drain") == ["Wants a drain"]
    assert _shown(alice, "/leads?as=list&urgency=emergency&reason=busy") == ["Urgent"]
    assert sorted(_shown(alice, "/leads?as=list&owner=nobody")) == ["Urgent", "Wants a drain"]
    assert _shown(alice, f"/leads?as=list&line={shop.line.id + 1}") == []
    alice.post("/leads/views/save", {"name": "Drains", "query": "service=drain&as=list"})
    (view,) = alice.get("/leads").context["views"]
    assert _shown(alice, f"/leads?{view.query}") == ["Wants a drain"]


def test_the_status_behind_a_number_of_the_board_is_a_filter_of_the_list(shop: Any, alice: Client) -> None:
    """The list showed those of one status and said so nowhere; the way back to the board kept it, which knows none."""
    shop.conversation(1, name="Sold", status="won", service="drain")
    shop.conversation(2, name="New")
    board = alice.get("/leads?service=drain").context
    behind = next(column.all for column in board["columns"] if column.status == "won")
    page = alice.get(f"/leads?{behind}")
    choice = page.context["choices"][0]
    assert (choice["name"], choice["chosen"], choice["without"]) == ("Status", "Won", "service=drain&as=list")
    assert [(name, chosen) for name, _address, chosen in choice["options"] if chosen] == [("Won", True)]
    assert 'href="?service=drain">Board</a>' in page.content.decode()
    assert (_shown(alice, f"/leads?{behind}"), [each["key"] for each in board["choices"]]) == (
        ["Sold"],
        ["service", "urgency", "reason", "line", "owner"],
    )
    assert alice.get("/leads?status=won").context["filtered"] is False


def test_view_gets_another_name_instead_of_standing_there_twice(shop: Any, alice: Client) -> None:
    """Kept under a second name it stood there twice, and so did "Remove this view"."""
    save = "/leads/views/save"
    alice.post(save, {"name": "Drains", "query": "service=drain"})
    page = alice.post(save, {"name": "All drains", "query": "service=drain"}, follow=True)
    names = models.SavedView.objects.values_list("name", flat=True)
    assert list(names) == ["All drains"]
    looks = alice.get("/leads?service=drain").content.decode()
    assert (looks.count("Remove this view"), looks.count("Rename view"), looks.count("Save view")) == (1, 1, 0)
    assert looks.count('class="chip view" href="?service=drain" aria-current="true"') == 1
    assert alice.get("/leads?service=leak").content.decode().count("Save view") == 1
    alice.post("/undo", {"undo": list(page.context["messages"])[-1].extra_tags})
    assert list(names.all()) == ["Drains"]


def test_many_are_moved_at_once_and_taken_back(shop: Any, alice: Client) -> None:
    ids = [shop.conversation(last).id for last in range(3)]
    page = alice.post("/leads/move", {"lead": ids, "status": "qualified"}, follow=True)
    assert set(models.Lead.objects.values_list("status", flat=True)) == {"qualified"}
    alice.post("/undo", {"undo": list(page.context["messages"])[-1].extra_tags})
    assert set(models.Lead.objects.values_list("status", flat=True)) == {"contacted"}
    bob = models.Member.objects.get(name="Bob")
    alice.post("/leads/move", {"lead": ids[:2], "owner": bob.id})
    assert models.Lead.objects.filter(owner=bob).count() == 2
    assert "Choose one lead" in alice.post("/leads/move", {"status": "won"}, follow=True).content.decode()


def test_who_stands_there_already_is_not_marked_again(shop: Any, alice: Client) -> None:
    """Of three moved to Qualified one was there before: "3 leads changed", and its timeline said so twice."""
    ids = [shop.conversation(last).id for last in range(2)]
    models.Lead.objects.filter(conversation=ids[0]).update(status="qualified")
    chosen = [f"{ids[0]}:qualified", f"{ids[1]}:contacted"]
    alice.post("/leads/move", {"lead": chosen, "status": "qualified"})
    marked = models.Event.objects.filter(kind="OutcomeMarked").values_list("conversation", flat=True)
    assert list(marked) == [ids[1]]
    page = alice.post("/leads/move", {"lead": chosen[:1], "status": "qualified"}, follow=True)
    assert "They stand there already. Nothing was changed." in page.content.decode()
    assert marked.count() == 1


def test_mark_that_was_taken_back_reads_otherwise_than_a_mark(shop: Any, alice: Client) -> None:
    """A move to Qualified and its undo read alike: "Alice marked it ..." twice."""
    id = shop.conversation(1).id
    page = alice.post("/leads/move", {"lead": f"{id}:contacted", "status": "qualified"}, follow=True)
    alice.post("/undo", {"undo": list(page.context["messages"])[-1].extra_tags})
    thread = alice.get(f"/c/{id}").content.decode().partition('id="thread"')[2].partition("</ol>")[0]
    said = ["Alice marked it qualified", "Alice took a mark back: contacted again"]
    assert [thread.count(each) for each in said] == [1, 1]
    assert thread.count("Alice marked it") == 1


def test_strangers_leads_are_not_moved(shop: Any, charlie: Client) -> None:
    lead = shop.conversation(1)
    assert charlie.post("/leads/move", {"lead": lead.id, "status": "won"}).status_code == 404
    assert models.Lead.objects.get(conversation=lead).status == "contacted"


def test_due_steps_are_found(shop: Any, alice: Client, now: Any) -> None:
    late, soon = shop.conversation(1, name="Late"), shop.conversation(2, name="Soon")
    models.Lead.objects.filter(conversation=late).update(own_step="Call", own_step_at=now - timedelta(hours=1))
    models.Lead.objects.filter(conversation=soon).update(own_step="Call", own_step_at=now + timedelta(hours=1))
    assert _shown(alice, "/leads?as=list&late=1") == ["Late"]


def test_today_leads_to_those_past_their_next_step(shop: Any, alice: Client, now: Any) -> None:
    ahead = shop.conversation(1, name="Soon")
    models.Lead.objects.filter(conversation=ahead).update(own_step="Call", own_step_at=now + timedelta(hours=1))
    assert "Nothing needs you" in alice.get("/").content.decode()
    for number in (2, 3):
        late = shop.conversation(number, name="Late")
        models.Lead.objects.filter(conversation=late).update(own_step="Call", own_step_at=now - timedelta(hours=1))
        page = alice.get("/")
        assert page.context["late"] == number - 1
        assert "Nothing needs you" not in page.content.decode()
    assert "2 leads are past their next step" in page.content.decode()
    shop.todo(late)  # stands on Today by itself
    page = alice.get("/")
    assert (page.context["late"], _shown(alice, "/leads?as=list&late=alone")) == (1, ["Late"])
    assert len(_shown(alice, "/leads?as=list&late=1")) == 2


def test_call_has_its_verdict_its_reason_and_a_correction(shop: Any, alice: Client) -> None:
    maria = shop.conversation(131, name="Maria")
    shop.missed_call(maria)
    miss = {"call": "a", "reason": "no_answer"}
    models.Conversation.objects.filter(id=maria.id).update(state={"misses": [miss], "judged": ["a"]})
    models.Decision.objects.create(
        business=shop.business, conversation=maria, at=maria.opened_at + timedelta(seconds=30), rule="first_text",
        verdict="sent", why="Nobody answered.",
    )  # fmt: skip
    (call,) = alice.get("/calls?verdict=missed").context["calls"]
    assert (call.who, call.missed, call.verdict, call.detail) == (
        "Maria",
        True,
        "No answer",
        "rang 20\N{NO-BREAK SPACE}s",
    )
    elsewhere = shop.conversation(132, name="Zed")
    said = alice.get(f"/c/{maria.id}/why?{call.reasons}").context["reasons"]
    others = alice.get(f"/c/{elsewhere.id}/why?{call.reasons}&d=x").context["reasons"]
    assert ([reason.title for reason in said], others) == (["Nobody answered."], [])
    assert alice.get("/calls?verdict=answered").context["calls"] == []
    answer = alice.post(f"/c/{maria.id}/correct", {"call": "a", "came": "served", "back": "/calls"})
    assert answer["Location"] == "/calls"
    assert models.Event.objects.filter(kind="VerdictCorrected").count() == 1


@pytest.mark.parametrize(
    ("outcome", "says"), [("abandoned", ("Hung up at once", "Colgó enseguida")), ("blocked", ("Blocked", "Bloqueada"))]
)
def test_a_call_that_counts_as_nothing_is_not_called_answered(
    shop: Any, alice: Client, outcome: str, says: tuple[str, str]
) -> None:
    maria = shop.conversation(131, name="Maria")
    shop.missed_call(maria)
    ended = models.Event.objects.get(kind="CallEnded")
    ended.body |= {"outcome": outcome, "rang_seconds": 2}
    ended.save()
    models.Conversation.objects.filter(id=maria.id).update(state={"noise": ["a"]})
    models.Decision.objects.create(
        business=shop.business, conversation=maria, at=ended.at, rule="call.noise", verdict="not_done", why="Noise."
    )
    (call,) = alice.get("/calls?verdict=noise").context["calls"]
    assert (call.missed, call.noise, call.verdict) == (False, True, says[0])
    assert (call.teaches.served, call.teaches.voicemail) == ("", "")
    assert [len(alice.get(f"/calls?verdict={each}").context["calls"]) for each in ("", "missed", "answered")] == [
        1,
        0,
        0,
    ]
    page = alice.get("/calls").content.decode()
    assert ("Not counted" in page, "Count it as missed" in page, "Nobody took it" in page) == (True, True, False)
    talk = alice.get(f"/c/{maria.id}").content.decode()
    assert ("we take it for answered" in talk, "Missed call: the caller hung up" in talk) == (False, False)
    alice.post("/me/language", {"language": "es"})
    models.User.objects.filter(email="alice@example.com").update(language="es")
    (call,) = alice.get("/calls?verdict=noise").context["calls"]
    assert call.verdict == says[1]
    alice.post(f"/c/{maria.id}/correct", {"call": "a", "came": "missed"})
    assert models.Event.objects.filter(kind="VerdictCorrected").count() == 1


@pytest.mark.parametrize("address", ["/leads", "/leads?as=list", "/calls"])
def test_lists_ask_as_much_for_thirty_rows_as_for_one(shop: Any, alice: Client, now: Any, address: str) -> None:
    shop.missed_call(shop.conversation(0))
    once = _queries(alice, address)
    for last in range(1, 30):
        shop.missed_call(shop.conversation(last, at=now - timedelta(minutes=last), service="leak"))
    assert _queries(alice, address) == once


def test_leads_of_one_moment_are_all_in_the_list(shop: Any, alice: Client, now: Any) -> None:
    """Those of one import share a moment: what did not fit on a page was on none."""
    made = {shop.conversation(200 + number).id for number in range(120)}
    models.Lead.objects.update(created_at=now)
    seen: list[int] = []
    address = "/leads?as=list"
    while address:
        context = alice.get(address).context
        seen += [card.conversation for card in context["cards"]]
        address = f"/leads?{context['older']}" if context["older"] else ""
    assert (len(seen), set(seen)) == (120, made)


def test_who_loses_leads_on_the_board_is_asked_why(shop: Any, alice: Client) -> None:
    ann, ben = (shop.conversation(last, name=name) for last, name in ((1, "Ann"), (2, "Ben")))
    sent = {"lead": [f"{ann.id}:contacted", f"{ben.id}:contacted"], "status": "lost", "back": "/leads?late=1&as=list"}
    page = alice.post("/leads/move", sent, follow=True)
    assert set(models.Lead.objects.values_list("status", flat=True)) == {"contacted"}
    assert page.context["lost"] == [(f"{ann.id}:contacted", "Ann"), (f"{ben.id}:contacted", "Ben")]
    assert page.context["lost_back"] == "/leads?late=1&as=list"
    assert "Why are these 2 leads lost?" in page.content.decode()
    page = alice.post("/leads/move", sent | {"reason": "price"}, follow=True)
    assert set(models.Lead.objects.values_list("status", flat=True)) == {"lost"}
    reasons = models.Event.objects.filter(kind="OutcomeMarked").values_list("body__reason", flat=True)
    assert (list(reasons), page.context.get("lost")) == (["price", "price"], None)


def test_strangers_are_not_named_by_the_question_why(shop: Any, charlie: Client) -> None:
    lead = shop.conversation(1, name="Ann")
    page = charlie.get(f"/leads?lost={lead.id}:contacted&lost=x&lost=9:&lost={'9' * 40}")
    assert (page.status_code, page.context.get("lost")) == (200, None)


def test_a_move_from_an_older_page_overrules_nobody(shop: Any, alice: Client, bob: Client) -> None:
    ann, ben = (shop.conversation(last, name=name) for last, name in ((1, "Ann"), (2, "Ben")))
    bob.post("/leads/move", {"to": f"{ann.id}:contacted>won"})
    sent = {"lead": [f"{ann.id}:contacted", f"{ben.id}:contacted"], "status": "qualified"}
    page = alice.post("/leads/move", sent, follow=True)
    assert dict(models.Lead.objects.values_list("contact__name", "status")) == {"Ann": "won", "Ben": "qualified"}
    problem, done = [str(each) for each in page.context["messages"]]
    assert problem == "Ann: Bob has marked this lead “Won” meanwhile. Nothing was changed: look at it again."
    assert done == "Moved."
    alice.post("/undo", {"undo": list(page.context["messages"])[-1].extra_tags})
    assert dict(models.Lead.objects.values_list("contact__name", "status")) == {"Ann": "won", "Ben": "contacted"}


def test_all_that_many_moves_ended_comes_back(shop: Any, alice: Client) -> None:
    ids = [shop.conversation(last).id for last in range(3)]
    for id in ids:
        shop.todo(models.Conversation.objects.get(id=id))
    page = alice.post("/leads/move", {"lead": ids, "status": "won"}, follow=True)
    models.Todo.objects.update(closed_at=NOW, outcome="done")  # as the turn does
    alice.post("/undo", {"undo": list(page.context["messages"])[-1].extra_tags})
    assert models.Todo.objects.filter(closed_at=None).count() == 3


def test_a_service_that_is_offered_no_more_keeps_its_name(shop: Any, alice: Client) -> None:
    """Its leads are found by it as before, and lists call it as it was called, not by its short name in the file."""
    book = load(models.PlaybookVersion.objects.get(business=shop.business).source, "shop")
    gone = next(each for each in book.services if each.name["en"] != each.id.replace("_", " ").capitalize())
    shop.conversation(131, name="Maria", service=gone.id)
    without = replace(book, services=tuple(each for each in book.services if each is not gone))
    publishing.publish(shop.business.id, dump(without))
    for address in ("/inbox?tab=all", "/leads", "/leads?as=list", f"/leads?service={gone.id}"):
        page = alice.get(address).content.decode()
        assert (address, gone.name["en"] in page) == (address, True)
    assert f"service={gone.id}" in alice.get("/leads").content.decode()
    assert f"services.{gone.id}" not in alice.get("/playbooks/edit/services").content.decode()


@pytest.mark.parametrize("address", ["/leads", "/leads?as=list", "/leads/live?as=list"])
def test_a_page_of_leads_asks_nothing_twice(shop: Any, alice: Client, address: str) -> None:
    """Who works here was asked for the menu of owners, and again for the filter."""
    shop.conversation(131)
    alice.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert alice.get(address).status_code == 200
    asked = [query["sql"] for query in seen if query["sql"].startswith("SELECT")]
    assert sorted(asked) == sorted(set(asked))


def test_a_card_says_how_urgent_it_is_only_where_that_matters(shop: Any, alice: Client) -> None:
    """*Can wait* stood on nearly every card, and *Soon* on jobs that were won."""
    shop.conversation(131, urgency="can_wait")
    shop.conversation(132, urgency="soon", status="won")
    shop.conversation(133, urgency="soon")
    page = alice.get("/leads").content.decode()
    assert [page.count(f'">{words}</span>') for words in ("Can wait", "Soon")] == [0, 1]
