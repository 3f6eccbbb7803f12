"""The inbox, the week's numbers and the to-dos: honest counts, and as many queries for thirty rows as for one."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from answerback.engine.events import VoicemailTranscribed
from answerback.store import models
from answerback.workflow import clock


def _names(client: Client, address: str) -> list[str]:
    return [line.who for line in client.get(address).context["lines"]]


def _queries(client: Client, address: str) -> int:
    client.get(address)  # The business's rules are remembered from here on.
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_needs_you_holds_whom_somebody_must_see(shop: Any, alice: Client, now: Any) -> None:
    at = [now - timedelta(minutes=minutes) for minutes in range(7)]
    shop.conversation(1, name="Asked by the machine", at=at[1])
    shop.todo(shop.conversation(2, name="Has a to-do", at=at[2]))
    shop.page(shop.conversation(3, name="Woke somebody", at=at[3]))
    waits = shop.conversation(4, name="Waits for a person", at=at[4], phase="human")
    shop.text(waits, "in:1", "customer", "hello?", "received")
    answered = shop.conversation(5, name="Answered by a person", at=at[5], phase="human")
    shop.text(answered, "in:1", "customer", "hello?", "received", at=at[5])
    shop.text(answered, "s1", "staff", "On my way", "sent", at=at[4])
    needing = ["Has a to-do", "Woke somebody", "Waits for a person"]
    assert _names(alice, "/inbox") == ["Woke somebody", "Has a to-do", "Waits for a person"]  # not yet taken: first
    assert _names(alice, "/inbox?tab=all") == ["Asked by the machine", *needing, "Answered by a person"]
    page = alice.get("/inbox").context
    assert (page["counts"].needs, page["counts"].todos) == (3, 2)
    assert {tab["key"]: tab["count"] for tab in page["tabs"]} == {"needs": 3, "mine": 0, "all": 5, "done": 0}


def test_who_was_spoken_with_after_their_last_text_needs_nobody(shop: Any, alice: Client, now: Any) -> None:
    talk = shop.conversation(135, name="Eve", phase="human")
    shop.text(talk, "in:1", "customer", "Call me please", "received", at=now - timedelta(minutes=30))
    for spoken, needs in ((None, 1), (now - timedelta(minutes=40), 1), (now - timedelta(minutes=10), 0)):
        models.Conversation.objects.filter(id=talk.id).update(
            state={"served_at": spoken.isoformat() if spoken else None}
        )
        assert alice.get("/inbox").context["counts"].needs == needs


def test_today_and_a_links_last_day_are_the_shops(shop: Any, alice: Client, now: Any) -> None:
    late = datetime(2026, 3, 12, 3, 0, tzinfo=UTC)  # Wednesday, 10 PM in Chicago
    with clock.using(lambda: late):
        assert "Wednesday, March 11" in alice.get("/").content.decode()
        alice.post("/reports/links/new", {"days": "28"})
        assert "until Apr 10, 2026" in alice.get("/reports/links").content.decode()


def test_line_says_who_what_and_why(shop: Any, alice: Client, now: Any) -> None:
    maria = shop.conversation(131, at=now - timedelta(minutes=5), service="water_heater", missed_reason="no_answer")
    shop.text(maria, "t1", "machine", "Sorry we missed you", "sent", at=now - timedelta(minutes=2))
    shop.text(maria, "t2", "machine", "Never sent", "withdrawn", at=now - timedelta(minutes=1))
    (line,) = alice.get("/inbox?tab=all").context["lines"]
    assert (line.who, line.author, line.words) == ("(512) 555-0131", "answerback", "Sorry we missed you")
    assert line.at.words == "5 min ago"
    assert line.at.exact == "Wednesday, March 11, 2026, 9:55 AM CDT"
    assert [chip.words for chip in line.chips] == ["Contacted", "No answer", "Water heater", "Asking"]


def test_texts_of_ours_are_told_by_an_arrow_not_by_a_long_name(shop: Any, alice: Client, now: Any) -> None:
    for nth, author in ((131, "machine"), (132, "staff"), (133, "customer")):
        shop.text(shop.conversation(nth), f"t{nth}", author, "We come at eight", "sent", at=now)
    page = alice.get("/inbox?tab=all").content.decode()
    shown = re.findall(r'<span class="line-words.*?We come at eight', page, re.DOTALL)
    assert sorted(("by-itself" in each, _seen(each)) for each in shown) == [
        (False, "Rivera Plumbing: We come at eight"),
        (False, "We come at eight"),
        (True, "We come at eight"),
    ]


def _seen(part: str) -> str:
    """What whoever looks at it reads."""
    heard = re.sub(r'<span class="unseen">.*?</span>', "", part, flags=re.DOTALL)
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", heard, flags=re.DOTALL).replace(" :", ":").split())


def test_what_a_voicemail_says_stands_in_the_list_and_on_the_cards(shop: Any, alice: Client, now: Any) -> None:
    maria = shop.conversation(131, urgency="emergency", missed_reason="voicemail")
    for words in ("Please call", "Water is pouring through my ceiling"):
        shop.event(maria, VoicemailTranscribed(at=now, call="a", line=shop.line.number, text=words))
    shop.page(maria)
    shop.todo(maria)
    (line,) = alice.get("/inbox?tab=all").context["lines"]
    assert (line.author, line.words) == ("", "Water is pouring through my ceiling")
    page = alice.get("/")
    assert [each.said for each in (*page.context["woken"], *page.context["due"])] == [line.words] * 2
    shop.text(maria, "t1", "machine", "Sorry we missed you", "sent")
    shop.text(maria, "in:1", "customer", "Hurry", "received")
    page = alice.get("/todos")
    assert [each.said for each in (*page.context["woken"], *page.context["todos"])] == ["Hurry"] * 2


def test_whom_somebody_is_woken_for_stands_first_where_they_need_you(shop: Any, alice: Client, now: Any) -> None:
    early = shop.conversation(1, name="Gas", at=now - timedelta(hours=1))
    shop.page(early)
    for number, name in ((2, "Older"), (3, "Newer")):
        shop.todo(shop.conversation(number, name=name, at=now + timedelta(minutes=number)))
    assert _names(alice, "/inbox?tab=needs") == ["Gas", "Newer", "Older"]
    assert _names(alice, "/inbox?tab=all") == ["Newer", "Older", "Gas"]


def test_what_wants_an_answer_is_answered_and_what_wants_a_call_is_called(shop: Any, alice: Client) -> None:
    asks, waits = shop.todo(shop.conversation(131)), shop.todo(shop.conversation(132))
    models.Todo.objects.filter(id=asks.id).update(kind="review", title="The customer asked a question")
    for address in ("/", "/todos"):
        page = alice.get(address).content.decode()
        assert f'id="answer-{asks.id}" href="/c/{asks.conversation_id}#body"' in page
        assert f'id="answer-{waits.id}"' not in page
        assert re.findall(r'class="button strong" href="tel:([^"]+)"', page) == ["+15125550132"]


def test_numbers_count_this_weeks_leads_and_lead_to_them(shop: Any, alice: Client, now: Any) -> None:
    sunday, monday = now - timedelta(days=3), now - timedelta(days=2)
    shop.conversation(1, name="Last week", at=sunday, status="won")
    shop.conversation(2, name="New", at=monday, status="new")
    shop.text(shop.conversation(3, name="Replied", at=monday), "in:1", "customer", "hi", "received")
    shop.conversation(4, name="Qualified", at=monday, status="qualified")
    shop.conversation(5, name="Booked", at=monday, status="booked")
    won = shop.conversation(6, name="Won", at=monday, status="won")
    lead = models.Lead.objects.get(conversation=won)
    models.RevenueEntry.objects.create(business=shop.business, lead=lead, cents=125050, at=now)
    money = {days.key: numbers for days, numbers in alice.get("/").context["money"]}
    shown = {each.key: (each.count, each.note) for each in money["week"]}
    assert shown == {
        "captured": (5, ""),
        "replied": (1, ""),
        "qualified": (3, ""),
        "booked": (1, ""),  # who was won without an appointment was never booked
        "sold": (1, "$1,250.50"),
    }
    for numbers in money.values():
        for each in numbers:
            assert len(_names(alice, each.href)) == each.count, each.key
    assert _names(alice, "/inbox?number=sold") == ["Won"]


def test_older_conversations_follow_on_the_next_page(shop: Any, alice: Client, now: Any) -> None:
    for last in range(53):
        shop.conversation(last, name=f"Person {last}", at=now - timedelta(minutes=last))
    first = alice.get("/inbox?tab=all")
    names = [line.who for line in first.context["lines"]]
    assert names + _names(alice, f"/inbox?{first.context['older']}") == [f"Person {last}" for last in range(53)]


def test_everybody_else_stands_below_whom_somebody_must_see(shop: Any, alice: Client, now: Any) -> None:
    """Who is needed is not shown twice, and who was put aside is not lost; some at a time, as one scrolls."""
    for last in range(25):
        shop.conversation(last, name=f"Person {last}", at=now - timedelta(minutes=last))
    shop.todo(models.Conversation.objects.get(contact__name="Person 3"))
    shop.todo(models.Conversation.objects.get(contact__name="Person 4"))
    aside = models.Conversation.objects.filter(contact__name="Person 4")
    aside.update(snoozed_until=now + timedelta(days=1))
    assert _names(alice, "/inbox") == ["Person 3"]
    first = alice.get("/inbox/everybody")
    others = [f"Person {last}" for last in range(25) if last != 3]
    assert [line.who for line in first.context["lines"]] == others[:20]
    assert _names(alice, f"/inbox/everybody?rows={first.context['more']}") == others
    everybody = alice.get("/inbox/everybody?tab=all")
    assert [line.who for line in everybody.context["lines"]] == [f"Person {last}" for last in range(20)]
    assert alice.get(f"/inbox/everybody?tab=all&v={everybody.context['version']}").status_code == 204


def test_the_list_below_goes_on_in_the_inbox_where_it_is_long(shop: Any, alice: Client, now: Any) -> None:
    """It is drawn anew with each news, so it has an end; nobody is lost there, and an address asks for no more."""
    for last in range(103):
        shop.conversation(last, name=f"Person {last}", at=now - timedelta(minutes=last))
    shown = [alice.get(f"/inbox/everybody?tab=all&rows={rows}").context for rows in (80, 100, 101, 0, "x")]
    assert [(len(each["lines"]), each["more"]) for each in shown] == [(80, 100), (100, 0), (20, 40), (20, 40), (20, 40)]
    assert _names(alice, f"/inbox?{shown[1]['older']}") == [f"Person {last}" for last in range(100, 103)]


def test_what_is_no_tab_is_not_carried_along(shop: Any, alice: Client, now: Any) -> None:
    """`others`, which stands below the first tab on a phone, was taken for one from an address."""
    talk = shop.conversation(1, at=now)
    shown = [alice.get(f"/c/{talk.id}?tab={tab}").context["list_tab"] for tab in ("all", "others")]
    assert shown == ["all", "needs"]


# One of each page that shows words of customers asks whether this look is in the audit log already.
@pytest.mark.parametrize(
    ("address", "queries"),
    [("/", 15), ("/inbox", 9), ("/inbox?tab=all", 9), ("/inbox/everybody?tab=all", 10), ("/todos", 10)],
)
def test_lists_ask_as_much_for_thirty_rows_as_for_one(
    shop: Any, alice: Client, now: Any, address: str, queries: int
) -> None:
    def busy(last: int) -> None:
        conversation = shop.conversation(last, at=now - timedelta(minutes=last), service="leak")
        shop.todo(conversation)
        shop.page(conversation)
        shop.text(conversation, "in:1", "customer", "hello", "received")

    busy(0)
    assert _queries(alice, address) == queries
    for last in range(1, 30):
        busy(last)
    assert _queries(alice, address) == queries


def test_every_list_asks_as_much_for_three_rows_as_for_one(shop: Any, alice: Client, now: Any) -> None:
    lists = ("/leads", "/leads?as=list", "/calls", "/contacts", "/contacts?q=person", "/diary", "/reports/money", "/")
    lists += ("/reports/leads?count=captured", "/todos", "/inbox?tab=done", "/inbox?number=sold&span=week", "/history")

    def busy(last: int) -> None:
        conversation = shop.conversation(last, name=f"Person {last}", at=now, service="leak", status="won")
        lead = models.Lead.objects.get(conversation=conversation)
        shop.missed_call(conversation, at=now - timedelta(minutes=1))
        shop.text(conversation, "in:1", "customer", "hello", "received")
        shop.todo(conversation)
        models.RevenueEntry.objects.create(business=shop.business, lead=lead, cents=48000, at=now)
        models.AuditEntry.objects.create(
            business=shop.business, name="Bob", at=now, act="view", what="console:conversation", subject=conversation.id
        )
        start = now + timedelta(hours=last)
        hour = (start, start + timedelta(hours=1))
        models.Appointment.objects.create(
            business=shop.business, member=shop.business.members.first(), conversation=conversation,
            contact=conversation.contact, during=hour, blocked=hour, status="booked", created_at=now, updated_at=now,
        )  # fmt: skip

    busy(1)
    one = {address: _queries(alice, address) for address in lists}
    busy(2)
    busy(3)
    assert {address: _queries(alice, address) for address in lists} == one


def test_poll_answers_only_when_something_changed(shop: Any, alice: Client) -> None:
    conversation = shop.conversation(1)
    for page, live in (("/", "/live"), ("/inbox", "/inbox/live"), ("/todos", "/todos/live")):
        version = alice.get(page).context["version"]
        assert alice.get(f"{live}?v={version}").status_code == 204
    shop.todo(conversation)
    assert alice.get(f"/inbox/live?v={version}").status_code == 200


def test_poll_asks_little(shop: Any, alice: Client) -> None:
    version = alice.get("/inbox").context["version"]
    with CaptureQueriesContext(connection) as seen:
        assert alice.get(f"/inbox/live?v={version}").status_code == 204
    assert len(seen) == 5  # session, account, seats, second step, version


def test_empty_inbox_says_what_to_do_first(shop: Any, alice: Client) -> None:
    assert "No missed call yet" in alice.get("/inbox?tab=all").content.decode()
    shop.conversation(1)
    assert "Nobody needs you right now" in alice.get("/inbox").content.decode()
    assert "None in these days" in alice.get("/inbox?number=sold").content.decode()
    assert "Nothing to do" in alice.get("/todos").content.decode()


def test_closed_todo_leaves_the_list(shop: Any, bob: Client) -> None:
    todo = shop.todo(shop.conversation(1))
    answer = bob.post(f"/todos/{todo.id}/close", {"outcome": "left_voicemail", "back": "todos"})
    assert answer["Location"] == "/todos"
    todo.refresh_from_db()
    assert (todo.outcome, todo.closed_by.name) == ("left_voicemail", "Bob")
    assert bob.get("/todos").context["todos"] == []


def test_todo_is_not_closed_with_an_outcome_nobody_knows(shop: Any, bob: Client) -> None:
    todo = shop.todo(shop.conversation(1))
    bob.post(f"/todos/{todo.id}/close", {"outcome": "eaten by the dog"})
    todo.refresh_from_db()
    assert todo.closed_at is None


def test_page_is_taken_once(shop: Any, alice: Client, bob: Client) -> None:
    page = shop.page(shop.conversation(1))
    bob.post(f"/pages/{page.id}/take")
    assert "Somebody else has it already." in alice.post(f"/pages/{page.id}/take", follow=True).content.decode()
    page.refresh_from_db()
    assert page.taken_by.name == "Bob"


def test_conversations_of_one_moment_are_all_in_the_inbox(shop, alice: Client, now) -> None:  # type: ignore[no-untyped-def]
    """Nudges of one morning share a moment: what did not fit on a page was on none."""
    made = {shop.conversation(200 + number).id for number in range(120)}
    models.Conversation.objects.filter(id__in=made).update(last_at=now)
    seen: list[int] = []
    address = "/inbox?tab=all"
    while address:
        context = alice.get(address).context
        seen += [line.id for line in context["lines"]]
        address = f"/inbox?{context['older']}" if context["older"] else ""
    assert (len(seen), set(seen)) == (120, made)


@pytest.mark.parametrize("query", ["before=x", "before=2026-01-01", "before=2026-01-01T10:00Z&behind=9" + "9" * 40])
def test_place_that_cannot_be_read_breaks_no_list(shop, alice: Client, query: str) -> None:  # type: ignore[no-untyped-def]
    assert alice.get(f"/inbox?tab=all&{query}").status_code == 200
    assert alice.get(f"/leads?as=list&{query}").status_code == 200


def test_today_hides_no_unread_customer_behind_todos(shop: Any, alice: Client, now: Any) -> None:
    waiting = [
        shop.conversation(100 + each, name=f"Waits {each}", at=now - timedelta(days=2, minutes=each), phase="human")
        for each in range(12)
    ]
    for each in waiting:
        shop.text(each, f"in:{each.id}", "customer", "Hello?", "received", at=each.last_at)
    for each in range(55):
        shop.todo(shop.conversation(200 + each))
    page = alice.get("/")
    assert [line.who for line in page.context["unread"]] == [f"Waits {each}" for each in range(10)]
    assert page.context["more_unread"] == 2
    assert "2 more wait for an answer" in page.content.decode()


def test_an_emergency_stands_once_on_today(shop: Any, alice: Client) -> None:
    talk = shop.conversation(1, name="Maria", phase="human")
    todo, page = shop.todo(talk, urgent=True), shop.page(talk)
    shown = alice.get("/").context
    assert ([each.who for each in shown["woken"]], shown["due"], shown["later"]) == (["Maria"], [], 0)
    models.Page.objects.filter(id=page.id).update(taken_at=todo.due_at)
    shown = alice.get("/").context
    assert (shown["woken"], [each.who for each in shown["due"]]) == ([], ["Maria"])


def test_a_text_that_failed_or_waits_for_an_answer_stands_on_today_before_the_shop_opens(
    shop: Any, alice: Client, now: Any
) -> None:
    talks = {name: shop.conversation(300 + at, name=name) for at, name in enumerate(("Asks", "Failed", "Callback"))}
    shop.text(talks["Asks"], "in:asks", "customer", "Do you fix pools?", "received")
    for name, kind in (("Asks", "review"), ("Failed", "failed_text"), ("Callback", "callback")):
        todo = shop.todo(talks[name])
        models.Todo.objects.filter(id=todo.id).update(kind=kind, due_at=now + timedelta(hours=16))
    shown = alice.get("/").context
    assert {each.who for each in shown["due"]} == {"Asks", "Failed"}
    assert (shown["later"], shown["all_todos"]) == (1, 3)


def test_an_answer_that_waits_beside_an_emergency_comes_once_that_is_settled(
    shop: Any, alice: Client, now: Any
) -> None:
    """One customer stood twice in "Needs you now": to be called, and to be answered tomorrow."""
    talk = shop.conversation(310, name="Maria", phase="human")
    shop.text(talk, "in:burst", "customer", "pipe burst", "received")
    answer = shop.todo(talk)
    models.Todo.objects.filter(id=answer.id).update(key="review", kind="review", due_at=now + timedelta(hours=16))
    urgent = shop.todo(talk, urgent=True)
    assert [each.id for each in alice.get("/").context["due"]] == [urgent.id]
    models.Todo.objects.filter(id=urgent.id).update(closed_at=now)
    assert [each.id for each in alice.get("/").context["due"]] == [answer.id]


def test_a_technicians_day_begins_with_where_to_go_unless_something_is_urgent(
    shop: Any, as_person: Any, now: Any
) -> None:
    """Who is on the road had to scroll past the desk's work, and went on to the calendar for the address."""
    dan, talk = shop.member("Dan", "technician"), shop.conversation(131, name="Maria")
    hour = (now + timedelta(hours=1), now + timedelta(hours=2))
    models.Appointment.objects.create(
        business=shop.business, member=dan, conversation=talk, contact=talk.contact, during=hour, blocked=hour,
        status="booked", address="12 O'Neil St & 5th", created_at=now, updated_at=now,
    )  # fmt: skip

    def begins(client: Client) -> bool:
        page = client.get("/").content.decode()
        assert "query=12%20O%27Neil%20St%20%26%205th" in page
        assert 'href="tel:+15125550131"' in page
        return page.index("stops-title") < page.index("needs-title")

    on_the_road = as_person("dan@example.com")
    assert (begins(on_the_road), begins(as_person("bob@example.com"))) == (True, False)
    shop.todo(shop.conversation(132), urgent=True)
    assert begins(on_the_road) is False
