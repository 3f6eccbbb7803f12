"""Resources, ways, people who can be booked, lines, alerts, the CRM, programs that are told: each form is taken back.

Once: pressed again it changes nothing. By nobody of another business, and with an entry in the audit log.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.console.test_lines import filled_in

from answerback.adapters import guard
from answerback.store import models
from answerback.testing.calendar_server import CalendarServer
from answerback.testing.pretend_hubspot import PretendHubSpot
from answerback.testing.pretend_twilio import PretendTwilio
from answerback.workflow import calendars, crms, directory, people, setup, targets
from answerback.workflow.targets import Wanted

SINCE = "Somebody has changed this since, so it stays as it is. Look at the page again."

THINGS = "SELECT kind, name, active, location_id FROM resource"
WAYS = "SELECT id, one, other, minutes FROM area_way"
BUSINESS = "SELECT settings FROM business"
MEMBER = "SELECT name, bookable, hours, location_id FROM member"
PLACES = "SELECT name FROM location"
ALERTS = "SELECT hears, quiet_from, quiet_to FROM alert_way WHERE removed_at IS NULL"
CRM = "SELECT mapping, paused FROM outside_crm"
PROGRAMS = "SELECT name, url, kinds FROM target"
LINES = "SELECT source, settings, disclosure, forwards_from, test_every_days FROM line"
LANGUAGE = "SELECT email, language FROM account"
MEANT = "SELECT about, said FROM correction"
AGENCY = "SELECT name, brand, colour, settings FROM agency"

FORMS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("/settings/locations/add", {"name": "North"}, PLACES),
    ("/diary/things/add", {"kind": "chair", "count": "3"}, THINGS),
    ("/diary/things/{thing}/change", {"name": "Big chair", "active": "yes"}, THINGS),
    ("/diary/things/{thing}/change", {"name": "Chair 1"}, THINGS),
    ("/diary/people/{bob}/save", {"bookable": "yes", "from-0-0": "07:00", "to-0-0": "11:00"}, MEMBER),
    ("/diary/people/{bob}/save", {"inherit": "yes", "location": "{place}"}, MEMBER),
    ("/diary/ways/usual", {"minutes": "25"}, BUSINESS),
    ("/diary/ways/add", {"one": "Austin", "other": "Round Rock", "minutes": "40"}, WAYS),
    ("/diary/ways/add", {"one": "Austin", "other": "Buda", "minutes": "50"}, WAYS),
    ("/diary/ways/{way}/remove", {}, WAYS),
    ("/account/alerts/add", {"by": "text", "hears": ["reply"]}, ALERTS),
    ("/account/alerts/{alert}/change", {"hears": ["reply"], "quiet_from": "22:00", "quiet_to": "06:30"}, ALERTS),
    ("/account/language", {"language": "en"}, LANGUAGE),
    ("/lines/{line}/set", {"ring": "+15125550188"}, LINES),
    ("/lines/{line}/forwarding", {"shop": "(512) 555-0177", "often": "7"}, LINES),
    ("/crm/settings", {"token": "", "pipeline": "sales"}, "crm"),
    ("/crm/fields", {"way-owner": "off", "act": "keep"}, CRM),
    ("/crm/pause", {}, CRM),
    ("/calendars/{calendar}", {"url": "{url}", "username": "{user}", "calendar": "Other"}, "calendar"),
    ("/webhooks/{webhook}/change", {"name": "Ledger", "url": "https://books.example/on", "hears": "all"}, PROGRAMS),
    ("/reports/weekly", {"wish": "off"}, BUSINESS),
    ("/reports/texts/{text}", {"intent": "opt_out", "urgency": "emergency"}, MEANT),
)


@pytest.fixture
def ids(shop: Any, alice: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """One of each kind, and the providers they stand at."""
    with PretendHubSpot() as hubspot, PretendTwilio() as twilio, guard.allowing("127.0.0.1"), CalendarServer() as dav:
        monkeypatch.setattr("answerback.adapters.hubspot.api.API", hubspot.url)
        hubspot.settings()
        crms.connect(shop.business.id, "hubspot", {"token": "pat-na1-pretend"})
        yield _made(shop, twilio, dav)


def _made(shop: Any, twilio: PretendTwilio, dav: CalendarServer) -> dict[str, Any]:
    business = shop.business
    models.Member.objects.filter(name="Alice").update(phone="+15125550190", confirmed="+15125550190")
    members = {each.name: each for each in models.Member.objects.filter(business=business)}
    connected = setup.connect(business.id, "twilio", "Our Twilio", twilio.settings())
    line = setup.add_line(business.id, connected.id, "+15125550107", "Website")
    directory.forget()
    way = models.AreaWay.objects.create(business=business, one="austin", other="buda", minutes=30)
    alert = models.AlertWay.objects.create(
        business=business, member=members["Alice"], kind="text", name="Text", sealed=b"", hears=["lead"],
        created_at=shop.business.created_at,
    )  # fmt: skip
    told = targets.add(business.id, Wanted(name="Books", url="https://books.example/in"))[0]
    dated = calendars.connect(members["Alice"].id, "caldav", dav.settings())
    return {
        "place": models.Location.objects.create(business=business, name="South").id,
        "thing": models.Resource.objects.create(business=business, kind="chair", name="Chair 1").id,
        "bob": members["Bob"].id,
        "way": way.id,
        "alert": alert.id,
        "line": line.id,
        "webhook": told.id,
        "text": shop.text(shop.conversation(131, name="Maria"), "t1", "customer", "Stop it now", "received").id,
        "calendar": dated,
        "user": dav.settings()["username"],
        "url": dav.settings()["url"],
    }


@pytest.mark.parametrize("form", FORMS, ids=[each[0] for each in FORMS])
def test_what_was_saved_is_taken_back_once(
    ids: dict[str, Any], alice: Client, charlie: Client, form: tuple[str, dict[str, Any], str]
) -> None:
    address, given, query = form
    before = _stands(query)
    wanted = {name: value.format(**ids) if isinstance(value, str) else value for name, value in given.items()}
    sent = filled_in(**wanted) if address.endswith("/set") else wanted
    page = alice.post(address.format(**ids), sent, follow=True)
    assert _stands(query) != before, page.content.decode()
    (toast,) = [each.extra_tags for each in page.context["messages"] if each.extra_tags]
    assert charlie.post("/undo", {"undo": toast}).status_code == 404
    entries = models.AuditEntry.objects.filter(what="console:undo")
    assert entries.count() == 0
    assert _pressed(alice, toast) == "Taken back."
    written = entries.count()
    assert (_stands(query), written > 0) == (before, True)
    assert _pressed(alice, toast) == SINCE
    assert (_stands(query), entries.count()) == (before, written)


@pytest.mark.parametrize("form", FORMS, ids=[each[0] for each in FORMS])
def test_whoever_takes_it_back_sees_a_page(
    ids: dict[str, Any], alice: Client, form: tuple[str, dict[str, Any], str]
) -> None:
    """A location that was never made has no page, and the toast was pressed there."""
    address, given, _query = form
    wanted = {name: value.format(**ids) if isinstance(value, str) else value for name, value in given.items()}
    sent = filled_in(**wanted) if address.endswith("/set") else wanted
    page = alice.post(address.format(**ids), sent, follow=True)
    (toast,) = [each.extra_tags for each in page.context["messages"] if each.extra_tags]
    before = {"referer": f"http://testserver{page.request['PATH_INFO']}"}
    page = alice.post("/undo", {"undo": toast}, headers=before, follow=True)
    assert (page.status_code, [str(each) for each in page.context["messages"]]) == (200, ["Taken back."])


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/account/alerts/{alert}/change", {"hears": ["reply"]}),
        ("/account/language", {"language": "en"}),
        ("/calendars/{calendar}", {"url": "{url}", "username": "{user}", "calendar": "Other"}),
    ],
)
def test_what_is_ones_own_is_taken_back_by_nobody_else(
    ids: dict[str, Any], alice: Client, bob: Client, address: str, given: dict[str, Any]
) -> None:
    sent = {name: value.format(**ids) if isinstance(value, str) else value for name, value in given.items()}
    page = alice.post(address.format(**ids), sent, follow=True)
    (toast,) = [each.extra_tags for each in page.context["messages"] if each.extra_tags]
    assert bob.post("/undo", {"undo": toast}).status_code == 404
    assert _pressed(alice, toast) == "Taken back."


def test_a_form_that_changed_a_secret_offers_no_undo(ids: dict[str, Any], alice: Client) -> None:
    page = alice.post("/crm/settings", {"token": "pat-na1-another", "pipeline": "sales"}, follow=True)
    assert [each.extra_tags for each in page.context["messages"] if each.extra_tags] == []


def test_a_paused_crm_that_goes_on_copies_at_once(ids: dict[str, Any], alice: Client) -> None:
    page = alice.post("/crm/pause", follow=True)
    models.OutsideCrm.objects.update(asked_at=None)
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    assert _pressed(alice, toast) == "Taken back."
    assert models.OutsideCrm.objects.get().asked_at is not None


def test_a_location_that_something_stands_on_by_now_stays(shop: Any, alice: Client) -> None:
    page = alice.post("/settings/locations/add", {"name": "North"}, follow=True)
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    models.Line.objects.filter(id=shop.line.id).update(location=models.Location.objects.get())
    says = "Something else stands on it, or in its place, by now. It stays as it is: look at the page again."
    assert _pressed(alice, toast) == says
    assert models.Location.objects.count() == 1


def test_who_takes_back_a_new_location_is_led_to_the_list_of_them(shop: Any, alice: Client) -> None:
    """The page the toast stood on is gone with the location."""
    page = alice.post("/settings/locations/add", {"name": "North"}, follow=True)
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    at = f"http://testserver{page.request['PATH_INFO']}"
    done = alice.post("/undo", {"undo": toast}, headers={"Referer": at}, follow=True)
    assert ([str(each) for each in done.context["messages"]], done.status_code) == (["Taken back."], 200)
    assert done.request["PATH_INFO"] == "/settings"


def test_a_way_that_was_written_down_anew_stays(ids: dict[str, Any], alice: Client) -> None:
    page = alice.post(f"/diary/ways/{ids['way']}/remove", follow=True)
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    alice.post("/diary/ways/add", {"one": "Austin", "other": "Buda", "minutes": "50"}, follow=True)
    says = "Something else stands on it, or in its place, by now. It stays as it is: look at the page again."
    assert _pressed(alice, toast) == says
    assert list(models.AreaWay.objects.values_list("minutes", flat=True)) == [50]


def test_a_line_that_only_listened_only_listens_again(ids: dict[str, Any], alice: Client) -> None:
    page = alice.post(f"/lines/{ids['line']}/set", filled_in(), follow=True)
    line = models.Line.objects.filter(id=ids["line"])
    assert line.get().settings != {}
    assert line.get().disclosure != ""
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    assert _pressed(alice, toast) == "Taken back."
    assert (line.get().settings, line.get().disclosure) == ({}, "")


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/agency/rules/save", {"texts_per_day": "5"}),
        ("/agency/looks/save", {"name": "North Star", "brand": "Northern", "own_colour": "yes", "colour": "#112233"}),
    ],
)
def test_what_an_agency_saved_is_taken_back_by_its_admins(
    shop: Any, alice: Client, address: str, given: dict[str, str]
) -> None:
    agency = models.Agency.objects.create(name="North Star")
    models.Business.objects.filter(id=shop.business.id).update(agency=agency, set_up=None)
    user = models.User.objects.create_user(email="kim@example.com", password="x")
    people.add_agency_admin(agency.id, user.id, "Kim")
    kim = Client()
    kim.force_login(user)
    before = _stands(AGENCY)
    page = kim.post(address, given, follow=True)
    assert _stands(AGENCY) != before
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    assert alice.post("/undo", {"undo": toast}).status_code == 404
    assert _pressed(kim, toast) == "Taken back."
    assert _stands(AGENCY) == before
    assert _pressed(kim, toast) == SINCE


def _stands(query: str) -> list[Any]:
    if query == "crm":
        return [crms.shown(models.OutsideCrm.objects.get()), crms.marks(models.OutsideCrm.objects.get())]
    if query == "calendar":
        return [calendars.shown(models.OutsideCalendar.objects.get())]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(cursor.fetchall(), key=repr)


def _pressed(client: Client, toast: str) -> str:
    done = client.post("/undo", {"undo": toast}, follow=True)
    (says,) = [str(each) for each in done.context["messages"]]
    return says
