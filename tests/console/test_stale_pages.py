"""Two people have the same page open: what one of them kept is not undone by what the other page still shows."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.console.conftest import NOW

from answerback.adapters import guard
from answerback.engine.storyboard import Scene, Storyboard
from answerback.ports import registry
from answerback.ports.sign_in import SignsIn
from answerback.store import models
from answerback.store.storyboard_file import encode
from answerback.testing.calendar_server import CalendarServer
from answerback.testing.pretend_hubspot import PretendHubSpot
from answerback.workflow import calendars, connecting, crms, premises, targets
from answerback.workflow.targets import Wanted


@pytest.fixture
def maria(shop: Any) -> models.Conversation:
    found: models.Conversation = shop.conversation(131, name="Maria", phase="human")
    return found


def _filled(page: Any, action: str) -> dict[str, Any]:
    """What a browser would send of the form that leads there, as it was drawn."""
    (form,) = re.findall(rf'<form[^>]*action="{action}".*?</form>', page.content.decode(), re.DOTALL)
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        field = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" not in field or field["name"] == "csrfmiddlewaretoken":
            continue
        if field.get("type") in {"checkbox", "radio"}:
            if " checked" in tag:
                sent.setdefault(field["name"], []).append(html.unescape(field.get("value", "on")))
        else:
            sent[field["name"]] = html.unescape(field.get("value", ""))
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        options = re.findall(r'<option(?: value="([^"]*)")?([^>]*)>([^<]*)', body)
        chosen = [value or words for value, rest, words in options if "selected" in rest]
        sent[name] = html.unescape((chosen or [options[0][0]])[0]) if options else ""
    for name, body in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = html.unescape(body).replace("\n", "\r\n")
    return sent


def _text(page: Any) -> str:
    return html.unescape(page.content.decode())


def _plan(maria: models.Conversation) -> tuple[object, ...]:
    lead = models.Lead.objects.get(conversation=maria)
    return (lead.owner and lead.owner.name, lead.own_step, bool(lead.own_step_at), lead.value_cents)


def test_only_what_a_person_changed_of_a_plan_is_written(
    shop: Any, maria: models.Conversation, alice: Client, bob: Client
) -> None:
    at = f"/c/{maria.id}/plan"
    older = _filled(alice.get(f"/c/{maria.id}"), at)
    bobs = str(models.Member.objects.get(business=shop.business, name="Bob").id)
    planned = {"step": "Send the offer", "step_at": "2026-03-12T09:30", "owner": bobs}
    bob.post(at, _filled(bob.get(f"/c/{maria.id}"), at) | planned)
    page = alice.post(at, older | {"value": "480"}, follow=True)
    assert (page.status_code, _plan(maria)) == (200, ("Bob", "Send the offer", True, 48000))


def test_who_changed_the_same_of_a_plan_is_told_both(
    shop: Any, maria: models.Conversation, alice: Client, bob: Client
) -> None:
    at = f"/c/{maria.id}/plan"
    older = _filled(alice.get(f"/c/{maria.id}"), at)
    bob.post(at, _filled(bob.get(f"/c/{maria.id}"), at) | {"step": "Send the offer", "step_at": "2026-03-12T09:30"})
    page = alice.post(at, older | {"step": "Call her", "value": "480"})
    assert (page.status_code, _plan(maria)) == (409, (None, "Send the offer", True, None))
    assert "Next step: it says “Send the offer” now, you wrote “Call her”." in _text(page)
    again = _filled(page, at)
    assert (again["step"], again["value"], again["step_at"]) == ("Call her", "480", "2026-03-12T09:30")
    assert alice.post(at, again).status_code == 302
    assert _plan(maria) == (None, "Call her", True, 48000)


def test_what_cannot_be_read_of_a_plan_stays_in_the_form(maria: models.Conversation, alice: Client) -> None:
    at = f"/c/{maria.id}/plan"
    page = alice.post(at, _filled(alice.get(f"/c/{maria.id}"), at) | {"step": "A long careful plan", "value": "abc"})
    assert (page.status_code, _filled(page, at)["step"], _filled(page, at)["value"]) == (
        409,
        "A long careful plan",
        "abc",
    )
    assert "The amount must be a number" in _text(page)


def test_undo_of_a_plan_leaves_what_a_colleague_planned(maria: models.Conversation, alice: Client, bob: Client) -> None:
    at = f"/c/{maria.id}/plan"
    page = alice.post(at, _filled(alice.get(f"/c/{maria.id}"), at) | {"value": "480"}, follow=True)
    bob.post(at, _filled(bob.get(f"/c/{maria.id}"), at) | {"step": "Send the offer"})
    alice.post("/undo", {"undo": str(list(page.context["messages"])[-1].extra_tags)})
    assert _plan(maria) == (None, "Send the offer", False, None)


@pytest.fixture
def mona(shop: Any, as_person: Any) -> Client:
    shop.member("Mona", "owner")
    browser: Client = as_person("mona@example.com")
    return browser


Change = dict[str, str]
FORMS: list[tuple[str, str, Change, Change]] = [
    # the page, where its form leads, what one person changes, what the other does
    ("/settings/hours", "/settings/hours/save", {"from-0-0": "07:00"}, {"from-5-0": "09:00", "to-5-0": "15:00"}),
    ("/settings/rules", "/settings/rules/save", {"unanswered_per_day": "2"}, {"unanswered_per_week": "9"}),
    ("/settings", "/settings/business", {"name": "Rivera and Sons"}, {"phone": "(512) 555-0199"}),
    ("/diary/types?service=", "/diary/types/save", {"minutes": "207"}, {"needs": "truck"}),
    ("/webhooks/{n8n}", "/webhooks/{n8n}/change", {"name": "Sons"}, {"url": "https://example.com/other"}),
    (
        "/settings/locations/{north}",
        "/settings/locations/{north}/change",
        {"name": "North Sons"},
        {"address": "1 Main"},
    ),
    ("/contacts/{maria}", "/contacts/{maria}/name", {"name": "Maria Sons"}, {"email": "maria@example.com"}),
    ("/people", "/people/{bob}/change", {"phone": "(512) 555-0172"}, {"role": "manager"}),
    (
        "/diary/people/{bob}",
        "/diary/people/{bob}/save",
        {"from-0-0": "07:00"},
        {"from-5-0": "09:00", "to-5-0": "15:00"},
    ),
    ("/diary/things", "/diary/things/{chair}/change", {"name": "Left Sons"}, {"active": ["yes"]}),
    ("/diary/ways", "/diary/ways/usual", {"minutes": "22"}, {}),
    ("/lines/{line}", "/lines/{line}/source", {"source": "Sons"}, {}),
    ("/lines/{line}", "/lines/{line}/forwarding", {"shop": "(512) 555-0107"}, {"often": "7"}),
    ("/set-up/hours", "/set-up/hours/save", {"from-0-0": "07:00"}, {"from-5-0": "09:00", "to-5-0": "15:00"}),
    (
        "/set-up/wording",
        "/set-up/wording/save",
        {"en": "Hi, it's {business} and Sons. What can we help you with? Reply STOP to opt out."},
        {},
    ),
    ("/calendars/{caldav}", "/calendars/{caldav}", {"username": "Sons"}, {}),
    ("/calendars/apps/google_calendar", "/calendars/apps/google_calendar", {"client_id": "Sons"}, {}),
    ("/calendars/booking-page/calcom", "/calendars/booking-page/calcom", {"page": "https://cal.com/Sons"}, {}),
    ("/crm/settings", "/crm/settings", {"pipeline": "Sons"}, {}),
    ("/videos/{drawn}/storyboard", "/videos/{drawn}/storyboard", {"heading-0": "Two Sons"}, {}),
    ("/videos/{sent}", "/videos/{sent}/captions", {"captions": "WEBVTT Sons"}, {}),
]


@pytest.fixture
def connected(shop: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """A CRM and a calendar, each with something at its other end."""
    bob = models.Member.objects.get(business=shop.business, name="Bob")
    with guard.allowing("127.0.0.1"), CalendarServer() as server, PretendHubSpot() as hubspot:
        monkeypatch.setattr("answerback.adapters.hubspot.api.API", hubspot.url)
        hubspot.settings()
        kind = registry.calendar("google_calendar")
        assert isinstance(kind, SignsIn)
        app = {"client_id": "ours", "client_secret": "s" * 20}
        connecting.set_app(shop.business.id, kind.name, kind.app_settings, app)
        crm = crms.connect(shop.business.id, "hubspot", {"token": "pat-na1-pretend"})
        yield {"crm": crm, "caldav": calendars.connect(bob.id, "caldav", server.settings())}


def _videos(business: models.Business) -> dict[str, int]:
    about = {"business": business, "title": "Drains", "kind": "explainer", "language": "en", "created_at": NOW}
    board = encode(Storyboard(title="Drains", scenes=(Scene(heading="One"), Scene(heading="Done"))))
    drawn = models.Video.objects.create(**about, made_by="studio", state="draft", storyboard=board)
    sent = models.Video.objects.create(**about, made_by="upload", state="ready")
    kept = {"path": "x.mp4", "bytes": 1, "content_type": "video/mp4", "created_at": NOW}
    models.VideoFile.objects.create(video=sent, role="as_shot", **kept)
    return {"drawn": drawn.id, "sent": sent.id}


def _other(value: str) -> str:
    """Something else of the same kind."""
    for old, new in (("07", "06"), ("Sons", "Daughters"), ("2", "1")):
        if old in value:
            return new.join(value.rsplit(old, 1))
    raise AssertionError(value)


@pytest.fixture(params=FORMS, ids=[each[0] for each in FORMS])
def form(request: Any, shop: Any, maria: models.Conversation) -> tuple[str, str, Change, Change]:
    page, action, hers, theirs = request.param
    bob = models.Member.objects.get(business=shop.business, name="Bob")
    models.Member.objects.filter(id=bob.id).update(hours=shop.business.hours)
    target, _secret = targets.add(shop.business.id, Wanted(name="n8n", url="https://example.com/hook"))
    ids = {"bob": bob.id, "maria": maria.contact_id, "n8n": target.id}
    ids["north"] = premises.add_location(shop.business.id, "North")
    ids["chair"] = models.Resource.objects.create(business=shop.business, kind="chair", name="Left", active=False).id
    ids["line"] = shop.line.id
    if page.startswith(("/crm", "/calendars")):
        ids |= request.getfixturevalue("connected")
    if page.startswith("/videos"):
        ids |= _videos(shop.business)
    return page.format(**ids), action.format(**ids), hers, theirs


def test_an_older_page_undoes_nothing(form: tuple[str, str, Change, Change], alice: Client, mona: Client) -> None:
    page, action, hers, theirs = form
    older = _filled(mona.get(page), action)
    assert alice.post(action, _filled(alice.get(page), action) | hers).status_code == 302
    assert mona.post(action, older | theirs).status_code == 302
    now = _filled(mona.get(page), action)
    assert {name: now[name] for name in hers | theirs} == hers | theirs


def test_the_same_from_an_older_page_is_refused_with_both(
    form: tuple[str, str, Change, Change], alice: Client, mona: Client
) -> None:
    page, action, hers, theirs = form
    older = _filled(mona.get(page), action)
    ((name, value),) = hers.items()
    mine = _other(value)
    assert alice.post(action, _filled(alice.get(page), action) | hers).status_code == 302
    refused = mona.post(action, older | {name: mine} | theirs)
    assert (refused.status_code, f"it says “{value}" in _text(refused)) == (409, True)
    again = _filled(refused, action)
    assert {each: again[each] for each in {name: mine} | theirs} == {name: mine} | theirs
    assert _filled(alice.get(page), action)[name] == value
    assert mona.post(action, again).status_code == 302
    now = _filled(alice.get(page), action)
    assert {each: now[each] for each in {name: mine} | theirs} == {name: mine} | theirs


@pytest.mark.parametrize(
    ("page", "action", "hers", "mine"),
    [
        ("/settings/hours", "/settings/hours/save", {"closed": "Dec 24"}, {"closed": "12/24/2026"}),
        ("/settings/hours", "/settings/hours/save", {"region": "TX"}, {"region": "texas"}),
        (
            "/settings/locations/{north}/hours",
            "/settings/locations/{north}/hours/save",
            {"closed": "Dec 24"},
            {"closed": "24 de diciembre"},
        ),
        (
            "/set-up/hours",
            "/set-up/hours/save",
            {"closed": "Dec 24\nJan 2", "region": "TX"},
            {"closed": "2027-01-02, 2026-12-24", "region": "Tejas"},
        ),
        ("/people", "/people/{bob}/change", {"phone": "(512) 555-0172"}, {"phone": "512.555.0172"}),
        ("/settings", "/settings/business", {"phone": "(512) 555-0199"}, {"phone": "+15125550199"}),
        ("/lines/{line}", "/lines/{line}/forwarding", {"shop": "(512) 555-0107"}, {"shop": "512 555 0107"}),
    ],
)
def test_the_same_written_otherwise_is_no_conflict(  # noqa: PLR0917
    shop: Any, alice: Client, mona: Client, page: str, action: str, hers: Change, mine: Change
) -> None:
    bob = models.Member.objects.get(business=shop.business, name="Bob").id
    ids = {"bob": bob, "north": premises.add_location(shop.business.id, "North"), "line": shop.line.id}
    page, action = page.format(**ids), action.format(**ids)
    older = _filled(mona.get(page), action)
    assert alice.post(action, _filled(alice.get(page), action) | hers).status_code == 302
    kept = _filled(alice.get(page), action)
    assert mona.post(action, older | mine).status_code == 302
    assert _filled(alice.get(page), action) == kept


def test_the_table_of_a_crm_is_previewed_and_kept_beside_what_a_colleague_kept(
    connected: dict[str, int], alice: Client, mona: Client
) -> None:
    at = "/crm/fields"
    older, keep = _filled(mona.get(at), at), {"act": "keep"}
    assert alice.post(at, _filled(alice.get(at), at) | {"remote-email": "work_email"} | keep).status_code == 302
    seen = _filled(mona.post(at, older | {"remote-name": "firstname"}), at)
    assert (seen["remote-email"], seen["remote-name"]) == ("work_email", "firstname")
    assert mona.post(at, older | {"remote-name": "firstname"} | keep).status_code == 302
    refused = mona.post(at, older | {"remote-email": "mail"} | keep)
    assert (refused.status_code, "it says “work_email” now, you wrote “mail”" in _text(refused)) == (409, True)
    again = _filled(refused, at)
    assert (again["remote-email"], again["remote-name"]) == ("mail", "firstname")
    assert mona.post(at, again | keep).status_code == 302
    now = _filled(alice.get(at), at)
    assert (now["remote-email"], now["remote-name"]) == ("mail", "firstname")


def test_a_snippet_a_colleague_wrote_meanwhile_is_not_overwritten(alice: Client, mona: Client) -> None:
    at, to = "/snippets", "/snippets/save"
    older = _filled(mona.get(at), to)
    assert alice.post(to, _filled(alice.get(at), to) | {"name": "way", "body": "Past the mill"}).status_code == 302
    refused = mona.post(to, older | {"name": "way", "body": "Over the bridge"})
    assert (refused.status_code, _bodies()) == (409, ["Past the mill"])
    assert "way: it says “Past the mill” now, you wrote “Over the bridge”." in _text(refused)
    again = _filled(refused, to)
    assert (again["name"], again["body"]) == ("way", "Over the bridge")
    assert mona.post(to, older | {"name": "hours", "body": "From nine"}).status_code == 302
    assert mona.post(to, again).status_code == 302
    assert _bodies() == ["From nine", "Over the bridge"]


def _bodies() -> list[str]:
    return list(models.Snippet.objects.filter(removed_at=None).order_by("name").values_list("body", flat=True))


def test_a_way_a_colleague_wrote_down_meanwhile_is_not_overwritten(alice: Client, mona: Client) -> None:
    at, to = "/diary/ways", "/diary/ways/add"
    older = _filled(mona.get(at), to)
    hers, theirs = {"one": "Austin", "other": "Manor", "minutes": "30"}, {"one": "manor", "other": "Austin"}
    assert alice.post(to, _filled(alice.get(at), to) | hers).status_code == 302
    refused = mona.post(to, older | theirs | {"minutes": "20"})
    assert (refused.status_code, models.AreaWay.objects.get().minutes) == (409, 30)
    assert "Austin – Manor: it says “30” now, you wrote “20”." in _text(refused)
    assert mona.post(to, _filled(refused, to)).status_code == 302
    assert models.AreaWay.objects.get().minutes == 20


def test_ones_own_alerts_changed_in_another_window_are_kept(shop: Any, alice: Client) -> None:
    models.Member.objects.filter(name="Alice").update(phone="+15125550190", confirmed="+15125550190")
    alice.post("/account/alerts/add", {"by": "text", "hears": ["lead"]})
    way = models.AlertWay.objects.get()
    at, to = "/account/alerts", f"/account/alerts/{way.id}/change"
    older = _filled(alice.get(at), to)
    alice.post(to, older | {"hears": ["lead", "todo"]})
    assert alice.post(to, older | {"quiet_from": "21:00", "quiet_to": "07:00"}).status_code == 302
    now = _filled(alice.get(at), to)
    assert (now["hears"], now["quiet_from"], now["quiet_to"]) == (["lead", "todo"], "21:00", "07:00")
    refused = alice.post(to, older | {"hears": ["reply"]})
    assert (refused.status_code, _filled(refused, to)["hears"]) == (409, ["reply"])
    assert "it says “A new lead, A to-do opens for me or my team” now" in _text(refused)
    assert alice.post(to, _filled(refused, to)).status_code == 302
    assert _filled(alice.get(at), to)["hears"] == ["reply"]


CHOSEN: list[tuple[str, str, str, str, str, str]] = [
    # the page, where its form leads, the field, what one chooses and how that reads, what the other chooses
    ("/reports/links", "/reports/weekly", "wish", "text", "By text", "off"),
    ("/reports/trials", "/reports/trials/hold-out", "share", "10", "10", "5"),
]


@pytest.mark.parametrize("chosen", CHOSEN, ids=[each[1] for each in CHOSEN])
def test_what_a_colleague_chose_meanwhile_is_said(
    chosen: tuple[str, str, str, str, str, str], alice: Client, mona: Client
) -> None:
    at, to, name, hers, reads, mine = chosen
    older = _filled(mona.get(at), to)
    assert alice.post(to, _filled(alice.get(at), to) | {name: hers}).status_code == 302
    assert mona.post(to, older).status_code == 302
    refused = mona.post(to, older | {name: mine})
    assert (refused.status_code, f"it says “{reads}” now" in _text(refused)) == (409, True)
    assert (_filled(refused, to)[name], _filled(alice.get(at), to)[name]) == (mine, hers)
    assert mona.post(to, _filled(refused, to)).status_code == 302
    assert _filled(alice.get(at), to)[name] == mine


def test_back_to_what_is_inherited_is_refused_for_what_somebody_has_just_set(alice: Client, mona: Client) -> None:
    page, action = "/settings/rules", "/settings/rules/save"
    alice.post(action, _filled(alice.get(page), action) | {"unanswered_per_day": "4"})
    older = _filled(mona.get(page), action)
    alice.post(action, _filled(alice.get(page), action) | {"unanswered_per_day": "1"})
    assert mona.post(action, older | {"reset": "unanswered_per_day"}).status_code == 409
    assert _filled(alice.get(page), action)["unanswered_per_day"] == "1"


def test_who_settles_a_todo_second_is_told_who_was_first_and_how(
    shop: Any, maria: models.Conversation, alice: Client, bob: Client
) -> None:
    todo = shop.todo(maria)
    alice.post(f"/todos/{todo.id}/close", {"outcome": "reached"})
    said = _text(bob.post(f"/todos/{todo.id}/close", {"outcome": "wrong_number"}, follow=True))
    assert "Alice has closed this to-do already: Reached them. Yours was not kept (Wrong number)" in said
    assert "To-do closed." not in said
    again = _text(bob.post(f"/todos/{todo.id}/close", {"outcome": "reached"}, follow=True))
    assert "Alice has closed this to-do already, as you would: Reached them." in again
    assert "To-do closed." in _text(alice.post(f"/todos/{todo.id}/close", {"outcome": "reached"}, follow=True))
    todo.refresh_from_db()
    assert (todo.closed_by.name, todo.outcome) == ("Alice", "reached")


def _buttons(page: Any) -> list[str]:
    return re.findall(r'id="(mark-(?:open|qualified|not-served))"', page.content.decode())


def test_a_lead_that_a_colleague_marked_is_not_marked_again_from_an_older_page(
    maria: models.Conversation, alice: Client, bob: Client
) -> None:
    at = f"/c/{maria.id}"
    assert _buttons(bob.get(at)) == ["mark-qualified", "mark-not-served"]
    older = {"seen": "contacted"}
    assert alice.post(f"{at}/mark", older | {"status": "not_served"}).status_code == 302
    assert _buttons(bob.get(f"{at}/live?v=older")) == ["mark-open"]
    sold = {"status": "won", "amount": "480", "job": "J-9"}
    pages = [
        bob.post(f"{at}/mark", older | asked) for asked in ({"status": "qualified"}, {"status": "not_served"}, sold)
    ]
    said = "Alice has marked this lead “Not served” meanwhile"
    assert [(each.status_code, said in _text(each), _buttons(each)) for each in pages] == [
        (409, True, ["mark-open"])
    ] * 3
    assert [words in _text(pages[-1]) for words in ('value="480"', 'value="J-9"')] == [True, True]
    assert models.Event.objects.filter(kind="OutcomeMarked").count() == 1
    assert bob.post(f"{at}/mark", {"seen": "not_served", "status": "contacted"}).status_code == 302
    assert bob.post(f"{at}/mark", {"seen": "contacted", "status": "qualified"}).status_code == 302
    page = alice.post(f"{at}/mark", {"seen": "contacted", "status": "qualified"})
    assert (page.status_code, "Bob has marked this lead “Qualified” meanwhile" in _text(page)) == (409, True)


def test_of_two_who_move_an_open_lead_at_once_the_second_is_told(
    shop: Any, maria: models.Conversation, alice: Client, bob: Client
) -> None:
    at, sam = f"/c/{maria.id}/mark", shop.conversation(7, name="Sam")
    for each in (maria, sam):
        assert alice.post(f"/c/{each.id}/mark", {"seen": "contacted", "status": "qualified"}).status_code == 302
    page = bob.post(at, {"seen": "contacted", "status": "booked"})
    assert (page.status_code, "Alice has marked this lead “Qualified” meanwhile" in _text(page)) == (409, True)
    page = bob.post("/leads/move", {"to": f"{sam.id}:contacted>booked"}, follow=True)
    assert [str(each) for each in page.context["messages"]] == [
        "Sam: Alice has marked this lead “Qualified” meanwhile. Nothing was changed: look at it again."
    ]
    assert set(models.Lead.objects.values_list("status", flat=True)) == {"qualified"}
    assert bob.post(at, {"seen": "qualified", "status": "booked"}).status_code == 302


def test_what_the_machine_moved_meanwhile_keeps_nobody_from_marking(maria: models.Conversation, alice: Client) -> None:
    models.Lead.objects.filter(conversation=maria).update(status="booked")
    at = f"/c/{maria.id}/mark"
    assert alice.post(at, {"seen": "contacted", "status": "won", "amount": "480"}).status_code == 302
    assert models.RevenueEntry.objects.get().cents == 48000


def test_a_second_tab_erases_no_draft_it_never_showed(maria: models.Conversation, alice: Client) -> None:
    def kept(before: str, body: str) -> str:
        alice.post(f"/c/{maria.id}/here", {"before": before, "body": body})
        return str(alice.get(f"/c/{maria.id}").context["draft"])

    first = "Hi Maria,\r\nwe can come at two"
    assert kept("", first) == first.replace("\r", "")
    assert [kept("", "x"), kept("x", "")] == [first.replace("\r", "")] * 2
    assert kept(first, "Hi Maria") == "Hi Maria"  # the tab that wrote it goes on
    assert kept("", "A longer text of the second tab") == "A longer text of the second tab"
    assert kept("A longer text of the second tab", "") == ""


def test_what_we_got_wrong_is_settled_once_and_shown_without_a_reload(
    maria: models.Conversation, alice: Client, bob: Client
) -> None:
    assert "One of us" in _text(alice.get(f"/c/{maria.id}/live"))
    bob.post(f"/c/{maria.id}/whose", {"number_is": "staff"})
    page = _text(alice.get(f"/c/{maria.id}/live"))
    assert ('id="talk-wrong" hx-swap-oob="true"' in page, 'value="staff"' in page) == (True, False)
    said = _text(alice.post(f"/c/{maria.id}/whose", {"number_is": "staff"}, follow=True))
    assert "Somebody has corrected this meanwhile" in said
    assert models.Event.objects.filter(kind="NumberMarked").count() == 1


HOURS, KEEP_HOURS = "/settings/hours", "/settings/hours/save"


def test_a_state_is_read_by_the_country_of_its_form(shop: Any, alice: Client, mona: Client) -> None:
    """The older page said Texas of the United States; by the country kept since then that was no state at all."""
    assert alice.post(KEEP_HOURS, _filled(alice.get(HOURS), KEEP_HOURS) | {"region": "TX"}).status_code == 302
    older = _filled(mona.get(HOURS), KEEP_HOURS)
    assert alice.post(KEEP_HOURS, older | {"country": "CA", "region": "ON"}).status_code == 302
    assert mona.post(KEEP_HOURS, older | {"region": "texas", "closed": "Dec 24"}).status_code == 302
    now = _filled(alice.get(HOURS), KEEP_HOURS)
    assert (now["country"], now["region"], now["closed"]) == ("CA", "ON", "Dec 24, 2026")


def test_a_state_is_not_kept_in_another_country_than_it_was_chosen_in(shop: Any, alice: Client, mona: Client) -> None:
    """Washington became Western Australia: a colleague had moved the business there meanwhile."""
    older = _filled(mona.get(HOURS), KEEP_HOURS)
    assert alice.post(KEEP_HOURS, older | {"country": "AU"}).status_code == 302
    refused = mona.post(KEEP_HOURS, older | {"region": "WA"})
    assert (refused.status_code, "it says “AU” now, you wrote “WA, US”" in _text(refused)) == (409, True)
    now = _filled(alice.get(HOURS), KEEP_HOURS)
    assert (now["country"], now.get("region", "")) == ("AU", "")


def test_a_refused_form_offers_the_states_of_the_country_that_was_typed(shop: Any, alice: Client) -> None:
    refused = alice.post(KEEP_HOURS, {"country": "ca", "region": "Ontarrio"})
    assert (refused.status_code, "Ontarrio is no state of CA" in _text(refused)) == (409, True)
    offered = refused.text.partition('<datalist id="states">')[2].partition("</datalist>")[0]
    assert ['value="ON"' in offered, 'value="TX"' in offered] == [True, False]
