"""The set-up: what is typed wrongly is said, no step is passed over, and none leads nowhere."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from answerback.adapters.simulator import open_world
from answerback.engine.hours import is_open
from answerback.store import models
from answerback.store.secrets import unseal
from answerback.workflow import clock, directory, drafts, people, premises, set_up

SPANISH = [("Nueva York", "NY"), ("carolina del sur", "SC"), ("Nuevo Mexico", "NM"), ("Tejas", "TX")]
NOBODY = "http://127.0.0.1:9"
"""Where no provider answers: what is typed is kept, and was not tried."""
SHOP, PROVIDERS = "+15125550142", "+15125559999"


@pytest.fixture
def nora(now: Any, transactional_db: None) -> Client:
    """A newcomer who has just begun: her next step are the hours."""
    directory.forget()
    token = people.make_first_link("nora@example.com")
    client = Client()
    client.post(f"/join/{token}", {"name": "Nora", "password": "plenty of water heaters"})
    told = {"name": "Nora HVAC", "phone": "(512) 555-0142", "zone": "America/Chicago", "pack": "hvac"}
    client.post("/set-up/new", told)
    return client


def hers() -> models.Business:
    return models.Business.objects.get(name="Nora HVAC")


def connects(client: Client, number: str = "(512) 555-0142", provider: str = "simulator", **more: str) -> int:
    keys = {"s-account_sid": "AC" + "1" * 32, "s-auth_token": "secret", "s-api_base": NOBODY}
    told = {"provider": provider, "number": number, **keys, **more}
    return client.post("/set-up/phone/save", told).status_code


def numbers() -> list[str]:
    return list(models.Line.objects.order_by("id").values_list("number", flat=True))


def shown(client: Client, step: str) -> str:
    return client.get(f"/set-up/{step}").content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Texas", "TX"),
        ("tx", "TX"),
        ("new york", "NY"),
        ("", ""),
        ("Nueva York", "NY"),
        ("carolina del sur", "SC"),
        ("Nuevo Mexico", "NM"),
        ("Tejas", "TX"),
    ],
)
def test_a_state_is_taken_by_its_letters_or_its_name(nora: Client, typed: str, kept: str) -> None:
    assert nora.post("/set-up/hours/save", {"region": typed}).status_code == 302
    assert hers().holiday_region == kept


def test_no_state_is_refused_and_what_was_typed_stays(nora: Client) -> None:
    told = {"region": "Xejas", "closed": "2026-12-24", "from-0-0": "08:00", "to-0-0": "12:00"}
    answer = nora.post("/set-up/hours/save", told)
    page = answer.content.decode()
    assert (answer.status_code, hers().holiday_region) == (409, "")
    assert page.count("Xejas is no state") == 2, "at the top, and beside the field"
    assert ['value="Xejas"' in page, ">2026-12-24<" in page] == [True, True]


def test_a_state_that_is_none_in_the_database_breaks_no_page_and_is_shown(shop: Any, alice: Client) -> None:
    models.Business.objects.filter(id=shop.business.id).update(holiday_region="TEXASS")
    directory.forget()
    pages = {each: alice.get(each) for each in ("/", "/settings/hours", f"/lines/{shop.line.id}", "/set-up/hours")}
    assert {each: answer.status_code for each, answer in pages.items()} == dict.fromkeys(pages, 200)
    assert "TEXASS is no state" in pages["/settings/hours"].content.decode()
    row = models.Business.objects.get(id=shop.business.id)
    models.Business.objects.filter(id=row.id).update(holiday_region="")
    assert directory.holidays_of(row) == directory.holidays_of(models.Business.objects.get(id=row.id))


def test_the_settings_take_a_states_name_and_refuse_what_is_none(shop: Any, alice: Client) -> None:
    assert alice.post("/settings/hours/save", {"country": "US", "region": "Texas"}).status_code == 302
    assert models.Business.objects.get(id=shop.business.id).holiday_region == "TX"
    refused = alice.post("/settings/hours/save", {"country": "US", "region": "Xejas"})
    assert (refused.status_code, "Xejas is no state" in refused.content.decode()) == (409, True)
    assert premises.state("US", "texas") == "TX"


def test_what_is_no_day_is_named_as_it_was_written(nora: Client) -> None:
    page = nora.post("/set-up/hours/save", {"closed": "2026-12-24, 2026-12-31 2027-01-02\n25 dez"}).content.decode()
    assert "“25 dez” is no day" in page
    nora.post("/set-up/hours/save", {"closed": "2026-12-24, 2026-12-31 2027-01-02"})
    assert hers().closed_days == ["2026-12-24", "2026-12-31", "2027-01-02"]


def test_the_number_at_the_provider_is_not_the_shops_and_forwarding_is_shown(nora: Client) -> None:
    assert connects(nora, "(512) 555-9999", "twilio") == 302
    page = shown(nora, "forwarding")
    assert (hers().phone, numbers()) == (SHOP, [PROVIDERS])
    assert ["Nothing to do" in page, "*004*" in page or "*71" in page or "*61" in page] == [False, True]


def test_a_line_that_is_the_shops_own_number_needs_no_forwarding(nora: Client) -> None:
    connects(nora, "(512) 555-0142", "twilio")
    assert "rings at answerback directly" in shown(nora, "forwarding")


def test_a_test_call_alone_does_not_end_the_set_up(nora: Client) -> None:
    connects(nora)
    for step in ("hours", "phone", "forwarding"):
        set_up.done(hers().id, step)
    a_text_left(hers())
    answer = nora.post("/set-up/finish", follow=True)
    assert (hers().set_up is not None, answer.redirect_chain) == (True, [("/set-up/team", 302)])
    assert "Team, Wording, Check" in answer.content.decode()
    for step in ("team", "wording", "check"):
        set_up.done(hers().id, step)
    nora.post("/set-up/finish")
    assert hers().set_up is None


def a_text_left(business: models.Business) -> None:
    """A call came since the test began, and its text has left."""
    line, at = models.Line.objects.filter(business=business).order_by("-id")[0], clock.now()
    told = {**(business.set_up or {}), "since": at.isoformat(), "caller": ""}
    models.Business.objects.filter(id=business.id).update(set_up=told)
    contact = models.Contact.objects.create(business=business, number="+15125550199", created_at=at)
    talk = models.Conversation.objects.create(
        business=business, contact=contact, line=line, playbook_id=business.playbook_id, opened_at=at, last_at=at
    )
    models.Message.objects.create(
        business=business, conversation=talk, contact=contact, line=line, author="machine", to=contact.number,
        key="first_text:1", purpose="first_text", text_class="first_reply", body="Hi", status="sent", created_at=at,
        due_at=at,
    )  # fmt: skip


def test_connecting_twice_makes_one_line_and_keeps_what_was_typed_last(nora: Client) -> None:
    connects(nora, "(512) 555-9999", "twilio")
    connects(nora, "(512) 555-9999", "twilio", source="Yard sign")
    assert (numbers(), models.Connection.objects.count()) == ([PROVIDERS], 1)
    assert models.Line.objects.get().source == "Yard sign"
    assert connects(nora, "(512) 555-9999", "simulator") == 409
    assert models.Line.objects.get().connection.provider == "twilio"


def test_a_double_press_makes_one_line(nora: Client) -> None:
    def press() -> int:
        twin = Client()
        twin.cookies = nora.cookies
        try:
            return connects(twin, "(512) 555-9999", "twilio")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as fingers:
        answers = [each.result() for each in [fingers.submit(press) for _ in range(4)]]
    assert (answers, numbers(), models.Connection.objects.count()) == ([302] * 4, [PROVIDERS], 1)


def test_a_wrong_line_without_calls_is_removed_and_the_test_uses_the_newest(nora: Client) -> None:
    connects(nora, "(512) 555-0100")
    connects(nora, "(512) 555-0142")
    assert "(512) 555-0142" in shown(nora, "test")
    wrong = models.Line.objects.get(number="+15125550100")
    assert 'name="remove"' in shown(nora, "phone")
    assert nora.post("/set-up/phone/save", {"remove": wrong.id}).status_code == 302
    assert (numbers(), models.Connection.objects.count()) == ([SHOP], 1)
    a_text_left(hers())
    assert 'name="remove"' not in shown(nora, "phone")
    refused = nora.post("/set-up/phone/save", {"remove": models.Line.objects.get().id})
    assert (refused.status_code, numbers()) == (409, [SHOP])


def test_nobody_removes_a_line_of_another_business(shop: Any, nora: Client, alice: Client) -> None:
    connects(nora)
    assert nora.post("/set-up/phone/save", {"remove": shop.line.id}).status_code == 409
    assert nora.post("/set-up/phone/save", {"remove": "x"}).status_code == 409
    shop.missed_call(shop.conversation(100))
    assert alice.post("/set-up/phone/save", {"remove": shop.line.id}).status_code == 409
    assert models.Line.objects.filter(id=shop.line.id).count() == 1


def test_every_variant_of_the_first_text_is_shown_and_kept(nora: Client) -> None:
    first, second = drafts.of(hers().id).playbook.greet["open"]["en"]
    page = shown(nora, "wording")
    assert ['name="en"' in page, 'name="en-2"' in page, "We are sorry we could not pick up" in page] == [True] * 3
    mine = "Nora here, {business}. How can we help? Reply STOP to opt out"
    nora.post("/set-up/wording/save", {"en": mine, "en-2": second})
    assert drafts.of(hers().id).playbook.greet["open"]["en"] == (mine, second)
    nora.post("/set-up/wording/save", {"en": mine, "en-2": " "})
    assert drafts.of(hers().id).playbook.greet["open"]["en"] == (mine,)
    nora.post("/set-up/wording/save", {"en": ""})
    assert drafts.of(hers().id).playbook.greet["open"]["en"] == (mine,)
    assert first != mine


def test_an_unfinished_draft_is_neither_published_nor_thrown_away(nora: Client) -> None:
    row = hers()
    draft = drafts.of(row.id)
    member = models.Member.objects.get(business=row).id
    half = {**draft.playbook.greet, "open": {**draft.playbook.greet["open"], "en": ("Half. Reply STOP to opt out",)}}
    drafts.change(row.id, replace(draft.playbook, greet=half), seen=0, member=member)
    models.Business.objects.filter(id=row.id).update(set_up=None)
    answer = nora.post("/set-up/wording/save", {"en": "Mine, {business}. Reply STOP to opt out"})
    assert (answer.status_code, "is not published yet" in answer.content.decode()) == (409, True)
    assert (hers().playbook_id, drafts.of(row.id).revision) == (row.playbook_id, 1)


def test_back_from_the_hours_leads_to_the_business(nora: Client) -> None:
    assert nora.get("/set-up/new")["Location"] == "/set-up/business"
    assert nora.post("/set-up/new", {"name": "Twice"})["Location"] == "/set-up/business"
    assert models.Business.objects.count() == 1
    assert "Nora HVAC" in shown(nora, "business")


def test_without_a_line_the_test_says_to_add_one(nora: Client) -> None:
    page = shown(nora, "test")
    assert ["Call  from" in page, 'href="/set-up/phone"' in page, "I am calling now" in page] == [False, True, False]
    assert "There is no line to call yet" in page


def test_states_are_offered_in_the_readers_language(nora: Client) -> None:
    models.User.objects.update(language="es")
    page = shown(nora, "hours")
    assert ['<option value="NY">Nueva York</option>' in page, ">New York<" in page] == [True, False]


OVERNIGHT = {"from-4-0": "22:00", "to-4-0": "02:00", "from-5-0": "20:00", "to-5-0": "03:00", "from-6-0": "04:00",
             "to-6-0": "00:00", "from-0-0": "00:00", "to-0-0": "00:00"}  # fmt: skip


def test_hours_past_midnight_are_kept_shown_as_entered_and_meant(nora: Client) -> None:
    assert nora.post("/set-up/hours/save", OVERNIGHT).status_code == 302
    kept = [[0, "00:00", "00:00"], [4, "22:00", "02:00"], [5, "20:00", "03:00"], [6, "04:00", "00:00"]]
    assert hers().hours == kept
    for page in (shown(nora, "hours"), nora.get("/settings/hours").content.decode()):
        assert page.count("the next day") >= 4
        assert 'name="from-4-0" value="22:00"' in page
    hours = directory.known(hers().id, hers().revision, hers().playbook_id).rules.business.hours
    asked = {"Fri 23": (13, 23), "Sat 01": (14, 1), "Sat 03": (14, 3), "Sun 02": (15, 2), "Mon 23": (16, 23)}
    zone = hours.zone
    met = {name: is_open(hours, datetime(2026, 3, day, hour, 30, tzinfo=zone)) for name, (day, hour) in asked.items()}
    assert met == {"Fri 23": True, "Sat 01": True, "Sat 03": False, "Sun 02": True, "Mon 23": True}
    assert nora.post("/settings/hours/save", OVERNIGHT).status_code == 302
    assert hers().hours == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            {"from-4-0": "22:00", "to-4-0": "02:00", "from-5-0": "01:00", "to-5-0": "03:00"},
            "Saturday: the shift of the night before ends",
        ),
        (
            {"from-6-0": "22:00", "to-6-0": "02:00", "from-0-0": "01:00", "to-0-0": "03:00"},
            "Monday: the shift of the night before ends",
        ),
        ({"from-4-0": "22:00", "to-4-0": "02:00", "from-4-1": "23:00", "to-4-1": "23:30"}, "Friday: two shifts"),
        ({"from-4-0": "22:00", "to-4-0": "22:00"}, "Friday: write when you open"),
        ({"from-4-0": "22:00", "to-4-0": ""}, "Friday: write when you open"),
    ],
)
def test_what_cannot_be_around_midnight_is_said(nora: Client, typed: dict[str, str], said: str) -> None:
    before = hers().hours
    answer = nora.post("/set-up/hours/save", typed)
    assert (answer.status_code, said in answer.content.decode(), hers().hours) == (409, True, before)


def test_which_line_is_tested_can_be_chosen(nora: Client) -> None:
    assert "<select" not in shown(nora, "test")
    connects(nora)
    connects(nora, "(512) 555-0143")
    first, second = models.Line.objects.order_by("id")
    page = shown(nora, "test")
    assert f'<option value="{second.id}" selected>' in page
    assert set_up.begin_test(hers().id, clock.now())[0] == second
    nora.post("/set-up/test/call", {"line": first.id})
    assert hers().set_up["line"] == first.id
    assert f'<option value="{first.id}" selected>' in shown(nora, "test")
    other = models.Line.objects.order_by("-id")[0].id + 99
    gone = nora.post("/set-up/test/call", {"line": other}, follow=True).content.decode()
    assert ("This line is gone" in gone, hers().set_up["line"]) == (True, first.id)


def test_the_pretend_call_is_the_one_the_test_waits_for(nora: Client, settings: Any, tmp_path: Path) -> None:
    """The page was asked for before the test began; its call came too early for the test by that much."""
    settings.VAR = tmp_path
    connects(nora)
    connects(nora, "(512) 555-0143")
    began = clock.now()
    passing = (began + timedelta(milliseconds=each) for each in count())
    with clock.using(lambda: next(passing)):
        nora.post("/set-up/test/call", {"line": models.Line.objects.get(number=SHOP).id})
    told = hers().set_up
    world = open_world(unseal(models.Connection.objects.order_by("id")[0].sealed)["world"])
    (call,) = world.calls(told["caller"])
    assert call.at >= datetime.fromisoformat(told["since"])


def test_the_pretend_calls_of_two_businesses_come_from_two_phones(nora: Client) -> None:
    """Whoever calls several businesses within the hour is taken for a machine, and gets no text."""
    connects(nora)
    second = models.Business.objects.create(
        name="Second", zone="America/Chicago", phone=PROVIDERS, created_at=clock.now(), set_up={"done": ["business"]}
    )
    models.Line.objects.filter(number=SHOP).update(number="+15125550144", business=second)
    connects(nora)
    callers = [set_up.begin_test(business.id, clock.now())[1] for business in (hers(), second)]
    assert [len(set(callers)), all(callers)] == [2, True]


def test_nobody_is_woken_on_a_line_of_the_business(nora: Client) -> None:
    connects(nora)
    refused = nora.post("/set-up/team/save", {"your_phone": "(512) 555-0142"})
    assert (refused.status_code, "(512) 555-0142 is a line of this business" in refused.content.decode()) == (409, True)
    told = {"name": "Luis", "email": "luis@example.com", "phone": "(512) 555-0142", "on_call": "yes", "role": "desk"}
    assert nora.post("/set-up/team/save", {**told, "invite": "yes"}).status_code == 409
    me = models.Member.objects.get(business=hers())
    assert nora.post(f"/people/{me.id}/change", {"phone": "(512) 555-0142", "role": "owner"}).status_code == 409
    assert [each.phone for each in models.Member.objects.filter(business=hers())] == [""]
    assert nora.post("/set-up/team/save", {"your_phone": "(512) 555-0190"}).status_code == 302


def test_that_a_code_goes_to_a_phone_waits_for_a_line_only_where_there_is_none(nora: Client) -> None:
    assert nora.post("/set-up/team/save", {"your_phone": "(512) 555-0190"}).status_code == 302
    waits = "goes to the phones of Nora once the business has a line"
    assert (waits in shown(nora, "team"), "goes to the phones of Nora. Whoever" in shown(nora, "team")) == (True, False)
    connects(nora)
    assert (waits in shown(nora, "team"), "goes to the phones of Nora. Whoever" in shown(nora, "team")) == (False, True)


def test_the_first_step_says_where_to_go_once_everything_is_set_up(nora: Client) -> None:
    models.Business.objects.update(set_up=None)
    page = nora.get("/set-up/new").content.decode()
    assert ["The set-up is over" in page, "Nora HVAC" in page, 'href="/settings"' in page] == [True, True, True]


def test_a_shop_without_lines_is_led_to_add_one_here(nora: Client) -> None:
    for address in ("/lines", "/health"):
        page = nora.get(address).content.decode()
        assert ('href="/set-up/phone"' in page, "answerback business" in page, "answerback connect" in page) == (
            True, False, False,
        ), address  # fmt: skip


def news_of_the_call(client: Client) -> str:
    return " ".join(client.get("/set-up/test/live").content.decode().split())


def waits_since(minutes: int) -> None:
    row = hers()
    since = (clock.now() - timedelta(minutes=minutes)).isoformat()
    models.Business.objects.filter(id=row.id).update(set_up={**(row.set_up or {}), "since": since, "caller": ""})


def test_a_real_line_is_not_said_to_ring_and_a_call_that_never_comes_is_said(nora: Client) -> None:
    connects(nora, "(512) 555-9999", "twilio")
    nora.post("/set-up/test/call")
    early = news_of_the_call(nora)
    assert ["Ringing" in early, "Waiting for your call." in early] == [False, True]
    waits_since(3)
    late = news_of_the_call(nora)
    assert ["No call has reached us" in late, 'href="/lines"' in late, "every 1s" in late] == [True, True, True]


def test_who_has_passed_the_test_is_not_asked_for_a_call_any_more(nora: Client) -> None:
    connects(nora)
    before = shown(nora, "test")
    assert ["Now a real call" in before, "It works" in before] == [True, False]
    a_text_left(hers())
    after, news = shown(nora, "test"), news_of_the_call(nora)
    assert [after.count('id="step-title"'), "Now a real call" in after, "It works" in after] == [1, False, True]
    assert "has to come back within a minute" not in after
    assert ['<h1 id="step-title" hx-swap-oob="true">It works</h1>' in news, 'id="test-lead"' in news] == [True, True]


def test_a_pretend_call_that_never_comes_is_said(nora: Client) -> None:
    connects(nora)
    nora.post("/set-up/test/call")
    assert "Ringing. Nobody takes it." in news_of_the_call(nora)
    waits_since(3)
    assert "answerback doctor" in news_of_the_call(nora)


@pytest.mark.parametrize("status", ["refused", "undelivered", "withdrawn", "unclear"])
def test_a_text_that_did_not_leave_is_not_said_to_be_on_its_way(nora: Client, status: str) -> None:
    connects(nora)
    a_text_left(hers())
    models.Message.objects.update(status=status, detail="Authenticate: the token is wrong.")
    page = news_of_the_call(nora)
    assert ["on its way" in page, "Authenticate: the token is wrong." in page, "Finish" in page] == [False, True, False]
    assert ("The provider&#x27;s own words: “Authenticate" in page) is (status != "withdrawn")


def test_a_call_that_is_not_texted_says_why(nora: Client) -> None:
    connects(nora)
    a_text_left(hers())
    talk = models.Conversation.objects.get()
    models.Message.objects.all().delete()
    models.Decision.objects.create(
        business=hers(), conversation=talk, at=clock.now(), rule="missed_call", verdict="not_sent",
        why="They already got a first text within the cooldown.",
        would_change="A longer time since the last first text, or a shorter cooldown.",
    )  # fmt: skip
    page = news_of_the_call(nora)
    assert "The text follows after the hold" not in page
    assert "They already got a first text within the cooldown." in page
    assert "A longer time since the last first text, or a shorter cooldown." in page


def test_a_new_business_has_the_words_a_technician_sends_from_the_road(nora: Client) -> None:
    kept = models.Snippet.objects.filter(business=hers(), removed_at__isnull=True).order_by("id")
    assert [(row.name, row.body) for row in kept] == [
        ("On my way", "Hi {name}, this is {me} from {business}. I am on my way to you now."),
        ("At the door", "Hi {name}, this is {me} from {business}. I am at your door."),
        (
            "Running late",
            "Hi {name}, this is {me} from {business}. I am running late and will be there as soon as I can.",
        ),
    ]
