"""What people do at the desk: each act shows at once, can be taken back, and is undone for nobody else."""

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import signing
from django.template.loader import render_to_string
from django.test import Client

from answerback.console.moments import moment
from answerback.engine.desk_events import TimerHeldBack
from answerback.engine.events import TimerDue
from answerback.store import codec, models
from answerback.workflow import clock


@pytest.fixture
def maria(shop: Any) -> models.Conversation:
    found: models.Conversation = shop.conversation(131, name="Maria", phase="human")
    shop.text(found, "in:1", "customer", "hello?", "received")
    return found


def _toast(page: Any) -> str:
    """The signed undo of the last toast of a page."""
    return str(list(page.context["messages"])[-1].extra_tags)


def _undo(client: Client, page: Any) -> None:
    client.post("/undo", {"undo": _toast(page)})


def _names(client: Client, tab: str) -> list[str]:
    return [line.who for line in client.get(f"/inbox?tab={tab}").context["lines"]]


def test_snoozed_is_out_of_the_way_until_its_time(maria: models.Conversation, bob: Client, now: Any) -> None:
    page = bob.post(f"/c/{maria.id}/snooze", {"until": "3h"}, follow=True)
    assert (_names(bob, "needs"), _names(bob, "all")) == ([], ["Maria"])
    with clock.using(lambda: now + timedelta(hours=3)):
        assert _names(bob, "needs") == ["Maria"]
    _undo(bob, page)
    assert _names(bob, "needs") == ["Maria"]


def test_on_a_sunday_tomorrow_and_monday_are_not_offered_both(
    maria: models.Conversation, bob: Client, now: Any
) -> None:
    offered = []
    for days in (3, 4):
        with clock.using(lambda: now + timedelta(days=days)):  # noqa: B023  it is asked at once
            offered.append([each["key"] for each in bob.get(f"/c/{maria.id}").context["snoozes"]])
    assert offered == [["1h", "3h", "tomorrow", "monday"], ["1h", "3h", "tomorrow"]]


def test_what_is_put_aside_does_not_stand_under_needs_you_now(
    shop: Any, maria: models.Conversation, bob: Client, now: Any
) -> None:
    shop.todo(maria)
    with clock.using(lambda: now + timedelta(minutes=1)):
        assert len(bob.get("/").context["due"]) == 1
        bob.post(f"/c/{maria.id}/snooze", {"until": "3h"})
        assert len(bob.get("/").context["due"]) == 0
        assert bob.get("/todos").content.decode().count("Call them back") >= 1
    with clock.using(lambda: now + timedelta(hours=4)):
        assert len(bob.get("/").context["due"]) == 1


def test_on_a_sunday_monday_morning_is_offered_once(maria: models.Conversation, bob: Client) -> None:
    offered = {}
    for day in (14, 15, 16):  # Saturday, Sunday, Monday
        with clock.using(lambda day=day: datetime(2026, 3, day, 18, 0, tzinfo=UTC)):
            offered[day] = [each["key"] for each in bob.get(f"/c/{maria.id}").context["snoozes"]]
    whole = ["1h", "3h", "tomorrow", "monday"]
    assert offered == {14: whole, 15: whole[:3], 16: whole}


def test_page_is_never_put_aside(shop: Any, maria: models.Conversation, bob: Client) -> None:
    shop.page(maria)
    bob.post(f"/c/{maria.id}/snooze", {"until": "monday"})
    assert _names(bob, "needs") == ["Maria"]
    assert "Take it first" in bob.post(f"/c/{maria.id}/done", follow=True).content.decode()
    assert _names(bob, "done") == []


def test_done_settles_its_todos_and_undo_opens_them_again(shop: Any, maria: models.Conversation, bob: Client) -> None:
    todo = shop.todo(maria)
    page = bob.post(f"/c/{maria.id}/done", follow=True)
    todo.refresh_from_db()
    assert (_names(bob, "needs"), _names(bob, "done"), todo.outcome) == ([], ["Maria"], "dismissed")
    _undo(bob, page)
    todo.refresh_from_db()
    assert (_names(bob, "needs"), _names(bob, "done"), todo.closed_at) == (["Maria"], [], None)
    kinds = models.Event.objects.filter(conversation=maria).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["TodoClosed", "TodoReopened"]


def test_what_was_opened_again_or_removed_comes_back(shop: Any, maria: models.Conversation, bob: Client) -> None:
    bob.post(f"/c/{maria.id}/done")
    _undo(bob, bob.post(f"/c/{maria.id}/open-again", follow=True))
    assert _names(bob, "done") == ["Maria"]
    bob.post("/snippets/save", {"name": "way", "body": "Past the mill,\nthen left"})
    bob.post("/leads/views/save", {"name": "hot", "query": "urgency=emergency"})
    _undo(bob, bob.post(f"/snippets/{models.Snippet.objects.get().id}/remove", follow=True))
    _undo(bob, bob.post(f"/leads/views/{models.SavedView.objects.get().id}/remove", follow=True))
    kept = models.Snippet.objects.get(removed_at=None)
    assert (kept.name, kept.body, models.SavedView.objects.get().query) == (
        "way", "Past the mill,\nthen left", "urgency=emergency",
    )  # fmt: skip


def test_a_correction_of_a_call_is_taken_back(shop: Any, maria: models.Conversation, bob: Client) -> None:
    shop.missed_call(maria)
    models.Conversation.objects.filter(id=maria.id).update(state={"judged": ["a"]})
    _undo(bob, bob.post(f"/c/{maria.id}/correct", {"call": "a", "came": "missed"}, follow=True))
    said = models.Event.objects.filter(kind__in=["VerdictCorrected", "SaidByMistake"]).order_by("id")
    assert [(row.kind, row.body["call"]) for row in said] == [("VerdictCorrected", "a"), ("SaidByMistake", "a")]
    assert "Bob took back what they had said of a call" in bob.get(f"/c/{maria.id}").content.decode()


def test_mine_is_what_was_given_to_me(shop: Any, maria: models.Conversation, alice: Client, bob: Client) -> None:
    member = models.Member.objects.get(name="Bob")
    page = alice.post(f"/c/{maria.id}/assign", {"member": member.id}, follow=True)
    assert (_names(bob, "mine"), _names(alice, "mine")) == (["Maria"], [])
    _undo(alice, page)
    assert _names(bob, "mine") == []
    stranger = models.Member.objects.get(name="Charlie")
    refused = alice.post(f"/c/{maria.id}/assign", {"member": stranger.id}, follow=True).content.decode()
    assert "There is no such person in this business." in refused


def test_note_is_kept_for_our_own_people(maria: models.Conversation, bob: Client) -> None:
    page = bob.post(f"/c/{maria.id}/note", {"body": "Gate code 4411"}, follow=True)
    assert "Gate code 4411" in page.content.decode()
    assert not models.Message.objects.filter(author="staff").exists()
    _undo(bob, page)
    assert "Gate code 4411" not in bob.get(f"/c/{maria.id}").content.decode()


@pytest.mark.parametrize(
    ("act", "kept"),
    [
        ("reply", lambda: models.Message.objects.filter(author="staff")),
        ("note", lambda: models.Note.objects.filter(kind="note")),
    ],
)
def test_the_same_words_from_the_same_drawn_page_were_pressed_twice(
    maria: models.Conversation, bob: Client, act: str, kept: Any
) -> None:
    """Without scripts nothing holds the second press back; on a busy server the customer had the text twice."""
    for drawn, words in (("one", "On my way"), ("one", "On my way"), ("one", "Ten minutes"), ("two", "On my way")):
        answer = bob.post(f"/c/{maria.id}/{act}", {"body": words, "csrfmiddlewaretoken": drawn})
        assert answer.status_code == 302
    assert [each.body for each in kept().order_by("id")] == ["On my way", "Ten minutes", "On my way"]


def test_words_that_were_refused_may_be_sent_once_more_from_the_same_page(
    maria: models.Conversation, bob: Client
) -> None:
    asked = {"body": " ", "csrfmiddlewaretoken": "one"}
    assert [bob.post(f"/c/{maria.id}/reply", asked).status_code for _ in range(2)] == [409, 409]


def test_waiting_text_is_held_back_and_let_go(shop: Any, maria: models.Conversation, bob: Client) -> None:
    text = shop.text(maria, "t1", "machine", "What is your address?", "queued")
    assert "Hold back" in bob.get(f"/c/{maria.id}").content.decode()
    page = bob.post(f"/texts/{text.id}/hold-back", follow=True)
    text.refresh_from_db()
    assert (text.status, text.detail) == ("withdrawn", "Bob held it back.")
    assert models.Decision.objects.get(text="t1").why == "Bob held this text back."
    _undo(bob, page)
    text.refresh_from_db()
    assert text.status == "queued"


def test_text_waits_a_moment_and_can_be_taken_back(maria: models.Conversation, bob: Client, now: Any) -> None:
    page = bob.post(f"/c/{maria.id}/reply", {"body": "On my way"}, follow=True)
    text = models.Message.objects.get(author="staff")
    assert text.due_at == now + timedelta(seconds=5)
    _undo(bob, page)
    text.refresh_from_db()
    assert text.status == "withdrawn"
    assert bob.get(f"/c/{maria.id}").context["draft"] == "On my way"


def test_text_that_left_cannot_be_taken_back(maria: models.Conversation, bob: Client) -> None:
    page = bob.post(f"/c/{maria.id}/reply", {"body": "On my way"}, follow=True)
    models.Message.objects.filter(author="staff").update(status="sent")
    answer = bob.post("/undo", {"undo": _toast(page)}, follow=True).content.decode()
    assert "has left already" in answer


def test_outcome_is_taken_back_with_its_money(maria: models.Conversation, bob: Client) -> None:
    page = bob.post(f"/c/{maria.id}/mark", {"status": "won", "amount": "$1,250.50"}, follow=True)
    lead = models.Lead.objects.get(conversation=maria)
    assert (lead.status, lead.revenue.get().cents) == ("won", 125050)
    _undo(bob, page)
    lead.refresh_from_db()
    assert (lead.status, sorted(lead.revenue.values_list("cents", flat=True))) == ("contacted", [-125050, 125050])


def test_open_lead_always_has_a_next_step_and_a_date(maria: models.Conversation, bob: Client) -> None:
    shown = bob.get(f"/c/{maria.id}").context
    assert (shown["step"], bool(shown["step_at"].words)) == ("Look at it again", True)
    plan = {"step": "Send the offer", "step_at": "2026-03-12T09:30", "value": "900"}
    page = bob.post(f"/c/{maria.id}/plan", plan, follow=True)
    assert (page.context["step"], page.context["step_at"].words) == ("Send the offer", "tomorrow 9:30 AM")
    _undo(bob, page)
    assert bob.get(f"/c/{maria.id}").context["step"] == "Look at it again"
    wrong = bob.post(f"/c/{maria.id}/plan", plan | {"value": "a lot"}, follow=True).content.decode()
    assert "The amount must be a number" in wrong


def test_draft_is_kept_and_others_are_seen(maria: models.Conversation, alice: Client, bob: Client) -> None:
    bob.post(f"/c/{maria.id}/here", {"body": "Hi Maria, we"})
    assert "Bob is writing" in alice.post(f"/c/{maria.id}/here").content.decode()
    assert "Alice is here too" in bob.post(f"/c/{maria.id}/here").content.decode()
    assert b"load delay" in bob.get(f"/c/{maria.id}").content  # at once, and from then on every five seconds
    assert bob.get(f"/c/{maria.id}").context["draft"] == "Hi Maria, we"
    assert alice.get(f"/c/{maria.id}").context["draft"] == ""
    assert not models.AuditEntry.objects.filter(what="console:here").exists()  # to be there changes nothing


def test_whoever_is_alone_asks_every_five_seconds(maria: models.Conversation, bob: Client) -> None:
    """An answer that asked again at once had every open conversation ask five times a second."""
    (trigger,) = re.findall(r'hx-trigger="([^"]*)"', bob.post(f"/c/{maria.id}/here").content.decode())
    assert trigger == "every 5s"


def test_snippet_is_filled_in(shop: Any, maria: models.Conversation, bob: Client) -> None:
    bob.post("/snippets/save", {"name": "way", "body": "Hi {name}, {me} of {business} is on the way."})
    (snippet,) = bob.get(f"/c/{maria.id}").context["snippets"]
    assert snippet.body == "Hi Maria, Bob of Rivera Plumbing is on the way."


def test_undo_of_others_is_refused(maria: models.Conversation, bob: Client, charlie: Client) -> None:
    page = bob.post(f"/c/{maria.id}/done", follow=True)
    assert charlie.post("/undo", {"undo": _toast(page)}).status_code == 404
    forged = signing.dumps("{}", salt="another")
    assert "too late" in bob.post("/undo", {"undo": forged}, follow=True).content.decode()
    assert _names(bob, "done") == ["Maria"]


def test_planned_nudge_is_held_back_and_let_go(shop: Any, maria: models.Conversation, bob: Client, now: Any) -> None:
    due = now + timedelta(hours=2)
    for number in (6, 7):  # the older one means nothing any more
        event = TimerDue(at=now, timer="nudge", ref=str(number))
        timer = models.Event.objects.create(
            business=shop.business,
            conversation=maria,
            kind="TimerDue",
            at=now,
            due_at=due,
            body=codec.plain(codec.encode_event(event)),
        )
    models.Conversation.objects.filter(id=maria.id).update(
        state={"phase": "learning", "timers": 7, "timer_at": due.isoformat()}
    )
    assert _timers(bob, maria) == [(timer.id, "in 2 h", "")]
    page = bob.post(f"/plans/{timer.id}/hold-back", follow=True)
    told = [(row.body["ref"], row.body["after_all"]) for row in models.Event.objects.filter(kind="TimerHeldBack")]
    assert _timers(bob, maria) == [(timer.id, "in 2 h", "Bob")]
    looks = bob.get(f"/c/{maria.id}").content.decode()
    assert "<strong>Held back by Bob</strong>: the next question of" in looks
    assert f'id="hold-back-plan-{timer.id}"' not in looks
    _undo(bob, page)
    assert _timers(bob, maria) == [(timer.id, "in 2 h", "")]
    told += [(row.body["ref"], row.body["after_all"]) for row in models.Event.objects.filter(kind="TimerHeldBack")]
    assert told == [("7", False), ("7", False), ("7", True)]
    with clock.using(lambda: due):
        assert "not planned any more" in bob.post(f"/plans/{timer.id}/hold-back", follow=True).content.decode()


def test_what_two_people_hold_back_is_told_once_and_is_not_said_to_come_back_where_it_does_not(
    shop: Any, maria: models.Conversation, bob: Client, now: Any
) -> None:
    due = now + timedelta(hours=2)
    event = TimerDue(at=now, timer="nudge", ref="7")
    timer = models.Event.objects.create(
        business=shop.business, conversation=maria, kind="TimerDue", at=now, due_at=due,
        body=codec.plain(codec.encode_event(event)),
    )  # fmt: skip
    _has(maria, timers=7)
    page = bob.post(f"/plans/{timer.id}/hold-back", follow=True)
    assert "It is held back already. Nothing was changed." in _said(
        bob.post(f"/plans/{timer.id}/hold-back", follow=True)
    )
    held = models.Event.objects.filter(kind="TimerHeldBack")
    assert held.count() == 1
    held.update(handled_at=now)
    _has(maria, timers=9, nudges=2)  # and the one that came in its place was held back too
    undone = bob.post("/undo", {"undo": _toast(page)}, follow=True)
    assert "Things have moved on, so it is not done after all." in _said(undone)
    assert held.count() == 1


def _has(maria: models.Conversation, **state: int) -> None:
    models.Conversation.objects.filter(id=maria.id).update(state={"phase": "learning", **state})


def _said(page: Any) -> str:
    return html.unescape(page.content.decode())


def test_held_back_nudge_is_said_until_things_move_on(
    shop: Any, maria: models.Conversation, bob: Client, now: Any
) -> None:
    """The next nudge came in its place and looked like it: nothing said that the first was not sent."""
    due = now + timedelta(hours=2)
    for number in (7, 8):
        event = TimerDue(at=now, timer="nudge", ref=str(number))
        models.Event.objects.create(
            business=shop.business, conversation=maria, kind="TimerDue", at=now, due_at=due + timedelta(hours=number),
            body=codec.plain(codec.encode_event(event)),
        )  # fmt: skip
    held = TimerHeldBack(at=now, member="Bob", timer="nudge", ref="7", due_at=due)
    models.Event.objects.create(
        business=shop.business, conversation=maria, kind="TimerHeldBack", at=now, handled_at=now, due_at=now,
        body=codec.plain(codec.encode_event(held)),
    )  # fmt: skip
    state = {"phase": "learning", "timers": 8, "nudges": 1, "timer_at": due.isoformat()}
    models.Conversation.objects.filter(id=maria.id).update(state=state)
    assert [by for _, _, by in _timers(bob, maria)] == ["Bob", ""]
    models.Conversation.objects.filter(id=maria.id).update(state=state | {"timers": 9})
    assert _timers(bob, maria) == []


@pytest.mark.parametrize(("timers", "folded"), [(1, 0), (2, 0), (3, 2), (4, 3)])
def test_many_things_that_go_out_later_leave_room_for_the_words(now: Any, timers: int, folded: int) -> None:
    """A video and two reminders took the half of a phone's screen."""
    later = [
        (at, "reminder", moment(now + timedelta(hours=at), now, ZoneInfo("America/Chicago")), "")
        for at in range(timers)
    ]
    shown = render_to_string("console/talk_next.html", {"timers": later, "stopped": True})
    open_ones, _, fold = shown.partition('<details class="later-more"')
    assert (open_ones.count("banner later"), fold.count("banner later")) == (timers - folded, folded)
    assert (f"{folded} more go out later" in fold) == bool(folded)


def _timers(who: Client, conversation: models.Conversation) -> list[tuple[int, str, str]]:
    return [(id, at.words, by) for id, _name, at, by in who.get(f"/c/{conversation.id}").context["timers"]]


def test_undo_gives_a_conversation_back_to_who_had_it(maria: models.Conversation, alice: Client, bob: Client) -> None:
    """Taking it from Alice on a page that was old, or handing hers back, ended with the machine, or with Bob."""

    def had() -> str | None:
        maria.refresh_from_db()
        return maria.held_by.name if maria.held_by else None

    for act in ("take-over", "hand-back"):
        alice.post(f"/c/{maria.id}/take-over")
        taken = bob.post(f"/c/{maria.id}/{act}", follow=True)
        assert had() == (None if act == "hand-back" else "Bob")
        _undo(bob, taken)
        assert had() == "Alice"
        alice.post(f"/c/{maria.id}/hand-back")
    _undo(bob, bob.post(f"/c/{maria.id}/take-over", follow=True))
    assert had() is None


def test_an_act_that_waited_is_answered_plainly_and_only_to_whom_it_belongs(shop: Any, bob: Client) -> None:
    maria = shop.conversation(131)
    text = shop.text(maria, "t1", "machine", "Hi", "sent")
    user = models.User.objects.get(email="bob@example.com").id

    def sent(address: str, whose: int, key: str) -> tuple[int, str]:
        answer = bob.post(address, {"once": key}, headers={"Waited-For": str(whose)})
        return answer.status_code, answer.content.decode()

    assert sent(f"/c/{maria.id}/done", user + 1, "a") == (423, "This is somebody else's.")
    refused = (422, "This text does not wait any more: it has left, or was taken back already.")
    assert [sent(f"/texts/{text.id}/hold-back", user, "b") for _ in "12"] == [refused, refused]
    assert [sent(f"/c/{maria.id}/done", user, "c") for _ in "12"] == [(204, ""), (204, "")]
    assert models.AuditEntry.objects.filter(what="console:done").count() == 1
    page = bob.get("/").content.decode()
    assert (page.count("Done."), refused[1] in page) == (1, False)  # what was done is said on the next page


def test_what_is_done_at_the_desk_by_mistake_is_taken_back_on_its_toast(
    shop: Any, maria: models.Conversation, bob: Client
) -> None:
    """What each of these gives back is tried on a whole world (tests/workflow): here, that its toast offers it."""
    models.Conversation.objects.filter(id=maria.id).update(phase="learning")
    _undo(bob, bob.post(f"/c/{maria.id}/stop", follow=True))
    assert models.Suppression.objects.get().lifted_by == "Bob: entered by mistake"
    bob.post(f"/c/{maria.id}/mark", {"status": "won", "amount": "$90"})
    _undo(bob, bob.post(f"/money/{models.RevenueEntry.objects.get().id}/take-back", follow=True))
    assert [row.cents for row in models.RevenueEntry.objects.order_by("id")] == [9000, -9000, 9000]
    page = shop.page(maria)
    _undo(bob, bob.post(f"/pages/{page.id}/take", follow=True))
    page.refresh_from_db()
    assert (page.taken_at, models.Message.objects.get(author="staff").status) == (None, "withdrawn")
    todo = shop.todo(maria)
    _undo(bob, bob.post(f"/todos/{todo.id}/close", {"outcome": "wrong_number"}, follow=True))
    todo.refresh_from_db()
    assert todo.closed_at is None


def test_a_stop_that_stood_already_offers_no_undo(shop: Any, maria: models.Conversation, bob: Client, now: Any) -> None:
    models.Suppression.objects.create(
        business=shop.business, number=maria.contact.number, at=now, evidence="STOP", lifted_by=""
    )
    assert _toast(bob.post(f"/c/{maria.id}/stop", follow=True)) == ""


def test_who_saw_that_nobody_had_it_takes_it_from_nobody(shop: Any, alice: Client, bob: Client) -> None:
    """Pressed in the same second, or offline and sent an hour later, it was taken from whoever had it then."""
    maria = shop.conversation(131, name="Maria")
    alice.post(f"/c/{maria.id}/take-over")
    page = bob.post(f"/c/{maria.id}/take-over", {"free": "yes"}, follow=True).content.decode()
    assert "Alice has taken this conversation over meanwhile. Nothing was changed." in page
    mine = alice.post(f"/c/{maria.id}/take-over", {"free": "yes"}, follow=True).content.decode()
    assert "It is yours already." in mine
    held = models.Conversation.objects.get(id=maria.id).held_by
    assert held is not None
    assert held.name == "Alice"
    late = {"free": "yes", "once": "k1"}
    user = models.User.objects.get(email="bob@example.com").id
    refused = bob.post(f"/c/{maria.id}/take-over", late, headers={"Waited-For": str(user)})
    assert (refused.status_code, refused.content.decode()) == (
        422,
        "Alice has taken this conversation over meanwhile. Nothing was changed.",
    )
