"""The set-up: what is typed wrongly is said, no step is passed over, and none leads nowhere."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from answerback.store import models
from answerback.workflow import clock, directory, drafts, people, premises, set_up

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
    told = {"provider": provider, "number": number, "s-account_sid": "AC" + "1" * 32, "s-auth_token": "secret", **more}
    return client.post("/set-up/phone/save", told).status_code


def numbers() -> list[str]:
    return list(models.Line.objects.order_by("id").values_list("number", flat=True))


def shown(client: Client, step: str) -> str:
    return client.get(f"/set-up/{step}").content.decode()


@pytest.mark.parametrize(("typed", "kept"), [("Texas", "TX"), ("tx", "TX"), ("new york", "NY"), ("", "")])
def test_a_state_is_taken_by_its_letters_or_its_name(nora: Client, typed: str, kept: str) -> None:
    assert nora.post("/set-up/hours/save", {"region": typed}).status_code == 302
    assert hers().holiday_region == kept


def test_no_state_is_refused_and_what_was_typed_stays(nora: Client) -> None:
    told = {"region": "Tejas", "closed": "2026-12-24", "from-0-0": "08:00", "to-0-0": "12:00"}
    answer = nora.post("/set-up/hours/save", told)
    page = answer.content.decode()
    assert (answer.status_code, hers().holiday_region) == (409, "")
    assert page.count("Tejas is no state") == 2, "at the top, and beside the field"
    assert ['value="Tejas"' in page, ">2026-12-24<" in page] == [True, True]


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
    refused = alice.post("/settings/hours/save", {"country": "US", "region": "Tejas"})
    assert (refused.status_code, "Tejas is no state" in refused.content.decode()) == (409, True)
    assert premises.state("US", "texas") == "TX"


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
