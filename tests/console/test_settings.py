"""Settings: what is inherited from where, hours with shifts, playbooks as drafts, agencies, looks, and the set-up."""

import html
import io
import re
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from answerback.console.installable import icons
from answerback.engine.hours import is_open
from answerback.engine.playbook import TriggerAction, Triggers
from answerback.engine.rules import Settings
from answerback.store import models
from answerback.store.queries import agencies
from answerback.workflow import clock, directory, people, preferences, set_up


@pytest.fixture
def agency(shop: Any) -> models.Agency:
    """An agency that looks after Alice's business, with Kim as its admin."""
    made = models.Agency.objects.create(name="North Star")
    models.Business.objects.filter(id=shop.business.id).update(agency=made)
    kim = models.User.objects.create_user("kim@example.com", "a long password", name="Kim")
    people.add_agency_admin(made.id, kim.id, "Kim")
    agencies.forget()
    yield made
    agencies.forget()


@pytest.fixture
def kim(agency: models.Agency, as_person: Any) -> Client:
    client: Client = as_person("kim@example.com")
    return client


def _held(client: Client, address: str, name: str) -> tuple[str, str, bool]:
    fields = [field for _title, group in client.get(address).context["groups"] for field in group]
    field = next(each for each in fields if each.name == name)
    return field.value, str(field.source), field.own


def _rules(shop: Any, line: int | None = None) -> Settings:
    known = _known(shop)
    return (known.on(line) if line else known).rules.settings


def _known(shop: Any) -> directory.Known:
    row = models.Business.objects.get(id=shop.business.id)
    return directory.known(row.id, row.revision, row.playbook_id or 0)


def test_the_nearest_that_says_something_holds(shop: Any, alice: Client, kim: Client) -> None:
    place = models.Location.objects.create(business=shop.business, name="North")
    models.Line.objects.filter(id=shop.line.id).update(location=place)
    here, there = "/settings/rules", f"/settings/locations/{place.id}/rules"
    assert _held(alice, here, "texts_per_day") == ("8", "built-in default", False)
    kim.post("/agency/rules/save", {"texts_per_day": "6"})
    assert _held(alice, here, "texts_per_day") == ("6", "from the agency", False)
    heads = [client.get(page).content.decode() for client, page in ((kim, "/agency/rules"), (alice, here))]
    assert [
        heads[0].count(f"<h1>Sending rules: {models.Agency.objects.get().name}</h1>"),
        heads[1].count("<h1>Sending rules</h1>"),
    ] == [1, 1]
    assert ["every business you look after" in each for each in heads] == [True, False]
    alice.post("/settings/rules/save", {"texts_per_day": "5", "first_text_cooldown": "12"})
    assert _held(alice, there, "texts_per_day") == ("5", "from the business", False)
    alice.post(f"{there}/save", {"texts_per_day": "2", "booking_notice": "1"})
    assert _held(alice, there, "texts_per_day") == ("2", "of this location", True)
    assert (_rules(shop).texts_per_day, _rules(shop, shop.line.id).texts_per_day) == (5, 2)
    assert _rules(shop, shop.line.id).first_text_cooldown == timedelta(hours=12)
    assert _rules(shop, shop.line.id).booking_notice == timedelta(hours=2)
    alice.post("/settings/rules/save", {"reset": "texts_per_day", "texts_per_day": "5"})
    assert (_rules(shop).texts_per_day, _rules(shop).first_text_cooldown) == (6, timedelta(hours=12))


OTHERS = {"codes": ("GB", "MX"), "keys": ("3", "4"), "several": ("72", "48 6")}
"""Values of settings that hold several things at once."""


def _other(preference: preferences.Preference, value: str) -> str:
    """A value this setting may have, and not this one."""
    choices = OTHERS.get(preference.written, preference.choices)
    return next(each for each in choices or (f"{preference.high:g}", f"{preference.low:g}") if each != value)


@pytest.mark.parametrize("preference", preferences.PREFERENCES, ids=lambda each: each.name)
def test_every_setting_names_the_level_it_comes_from(
    preference: preferences.Preference, shop: Any, alice: Client, kim: Client
) -> None:
    name, place = preference.name, models.Location.objects.create(business=shop.business, name="North")
    pages = ["/settings/rules"] + ([f"/settings/locations/{place.id}/rules"] if preference.by_location else [])
    seen = [[_held(alice, page, name)[1:] for page in pages]]
    value = _held(alice, "/settings/rules", name)[0]
    for client, page in ((kim, "/agency/rules"), (alice, pages[0]), *((alice, page) for page in pages[1:])):
        value = _other(preference, value)
        assert client.post(f"{page}/save", {name: value}).status_code == 302
        seen.append([_held(alice, each, name)[1:] for each in pages])
    ours = [
        [("built-in default", False)] * 2, [("from the agency", False)] * 2,
        [("from the business", True), ("from the business", False)],
        [("from the business", True), ("of this location", True)],
    ]  # fmt: skip
    assert seen == (ours if preference.by_location else [each[:1] for each in ours[:3]])


def test_hours_name_the_level_they_come_from(shop: Any, alice: Client) -> None:
    place = models.Location.objects.create(business=shop.business, name="North")
    models.Line.objects.filter(id=shop.line.id).update(location=place)
    line, location = f"/settings/lines/{shop.line.id}/hours", f"/settings/locations/{place.id}/hours"
    week = {"from-6-0": "09:00", "to-6-0": "12:00"}

    def whose() -> tuple[str, ...]:
        listed = alice.get("/settings/hours").context["lines"][0][2]
        return (listed, *(alice.get(each).context["whose"] for each in (line, location)))

    assert whose() == ("As the business",) * 3
    alice.post(f"{location}/save", week)
    assert whose() == ("As North", "As North", "Own hours")
    assert "As North" in alice.get(line).content.decode()
    alice.post(f"{line}/save", week)
    assert whose() == ("Own hours",) * 3


def test_how_long_things_are_kept_is_changed_with_its_own_words_and_an_entry_in_the_audit_log(
    shop: Any, alice: Client
) -> None:
    page = alice.get("/settings/rules")
    title, shown = page.context["groups"][-1]
    assert (str(title), [(each.name, each.value, str(each.unit)) for each in shown]) == (
        "How long what was said is kept",
        [("words_kept", "365", "days"), ("pictures_kept", "365", "days"), ("recordings_kept", "90", "days")],
    )
    before = models.AuditEntry.objects.count()
    assert alice.post("/settings/rules/save", {"words_kept": "400", "recordings_kept": "14"}).status_code == 302
    assert (_rules(shop).words_kept, _rules(shop).recordings_kept) == (timedelta(days=400), timedelta(days=14))
    assert [(each.act, each.what) for each in models.AuditEntry.objects.order_by("id")[before:]] == [
        ("edit", "console:save_rules")
    ]


@pytest.mark.parametrize("written", ["0", "21", "many", "2.5"])
def test_a_wrong_number_changes_nothing_and_is_kept_in_the_form(shop: Any, alice: Client, written: str) -> None:
    page = alice.post("/settings/rules/save", {"texts_per_day": written, "nudge_days": "1"})
    assert page.status_code == 409
    assert f'value="{written}"' in page.content.decode()
    assert models.Business.objects.get(id=shop.business.id).settings == {}


@pytest.mark.usefixtures("shop")
def test_what_is_wrong_with_a_setting_is_said_in_the_readers_language(alice: Client) -> None:
    """It was English: "Write 1 to 20."."""
    models.User.objects.update(language="es")
    told = {"texts_per_day": "21", "nudge_days": "x", "reminders": "200", "consent_keys": "x", "countries": "US, QQ"}
    told |= {"follow_ups": "1.5"}
    page = alice.post("/settings/rules/save", told).content.decode()
    assert sorted(re.findall(r'<span class="wrong">(.*?)</span>', page)) == [
        "Escriba de 1 a 20.",
        "Escriba números de 0.5 a 168, como máximo 4.",
        "Escriba teclas de un teléfono: cifras del 0 al 9.",
        "Escriba un número entero.",
        "QQ no es ningún país. Escriba dos letras para cada uno, por ejemplo US CA.",
        "“x” no es un número.",
    ]


def test_countries_are_written_as_two_letters_each(shop: Any, alice: Client) -> None:
    wrong = alice.post("/settings/rules/save", {"countries": "US, Atlantis"})
    assert (wrong.status_code, "ATLANTIS is no country" in wrong.content.decode()) == (409, True)
    alice.post("/settings/rules/save", {"countries": "us, gb"})
    assert _held(alice, "/settings/rules", "countries")[0] == "US GB"
    assert _rules(shop).countries == ("US", "GB")
    alice.post("/settings/rules/save", {"reset": "countries", "countries": "US GB"})
    assert _rules(shop).countries == ("US", "CA")


def test_every_setting_is_one_of_the_engines() -> None:
    """Fifteen could be changed by no page: how long each rung of the on-call ladder has, when visits are recalled."""
    on_their_own_page = {"hold_out_share", "paused_wordings"}  # Reports, Experiments
    assert {each.name for each in preferences.PREFERENCES} | on_their_own_page == {*Settings.__slots__}


@pytest.mark.parametrize(
    ("written", "kept", "means"),
    [
        ({"reminders": "2, 48"}, "48 2", (2880, 120)),
        ({"reminders": "0.5"}, "0.5", (30,)),
        ({"reminders": "0"}, "0", ()),
        ({"consent_keys": "2 1"}, "1 2", "12"),
        ({"page_window": "1.5"}, "1.5", timedelta(seconds=90)),
        ({"callback_each_minutes": "10"}, "10", 10),
    ],
)
def test_settings_that_hold_several_things_are_kept_in_order(
    shop: Any, alice: Client, written: dict[str, str], kept: str, means: object
) -> None:
    (name,) = written
    assert alice.post("/settings/rules/save", written).status_code == 302
    assert (_held(alice, "/settings/rules", name)[0], getattr(_rules(shop), name)) == (kept, means)


@pytest.mark.parametrize(
    ("name", "written", "says"),
    [
        ("reminders", "200", "Write numbers from 0.5 to 168, at most 4."),
        ("reminders", "1 2 3 4 5", "Write numbers from 0.5 to 168, at most 4."),
        ("reminders", "1 soon", "“soon” is no number."),
        ("consent_keys", "x", "Write keys of a phone: digits from 0 to 9."),
        ("page_window", "0", "Write 1 to 10."),
    ],
)
def test_several_things_that_cannot_be_are_refused_beside_their_field(
    shop: Any, alice: Client, name: str, written: str, says: str
) -> None:
    page = alice.post("/settings/rules/save", {name: written})
    assert (page.status_code, f'<span class="wrong">{says}</span>' in page.content.decode()) == (409, True)


def test_a_line_has_hours_of_its_own_until_it_follows_again(shop: Any, alice: Client, bob: Client) -> None:
    address = f"/settings/lines/{shop.line.id}/hours"
    assert (alice.get(address).context["inherits"], bob.get(address).status_code) == (True, 404)
    alice.post(f"{address}/save", {"from-6-0": "09:00", "to-6-0": "12:00", "from-6-1": "13:00", "to-6-1": "15:00"})
    sunday = datetime(2026, 3, 15, 19, 0, tzinfo=UTC)  # 2 PM in Chicago
    assert [is_open(_known(shop).rules.hours_on(each), sunday) for each in (shop.line.number, None)] == [True, False]
    assert alice.post(f"{address}/save", {"from-6-0": "12:00", "to-6-0": "12:00"}).status_code == 409
    alice.post(f"{address}/save", {"inherit": "yes"})
    assert models.Line.objects.get(id=shop.line.id).hours is None


def test_hours_take_split_shifts_and_holidays(shop: Any, alice: Client) -> None:
    told = {"from-0-0": "13:00", "to-0-0": "17:00", "from-0-1": "08:00", "to-0-1": "12:00", "country": "US"}
    alice.post("/settings/hours/save", {**told, "closed": "2026-12-24, 12/31/2026", "works": "Labor Day"})
    row = models.Business.objects.get(id=shop.business.id)
    assert row.hours == [[0, "08:00", "12:00"], [0, "13:00", "17:00"]]
    assert (row.closed_days, row.open_holidays) == (["2026-12-24", "2026-12-31"], ["Labor Day"])
    for wrong in ({"from-0-0": "9:00", "to-0-0": ""}, {**told, "from-0-0": "11:00"}, {"closed": "Christmas"}):
        assert alice.post("/settings/hours/save", wrong).status_code == 409
    assert models.Business.objects.get(id=shop.business.id).hours == row.hours


def test_a_draft_reaches_nobody_until_it_is_published(shop: Any, alice: Client) -> None:
    form = alice.get("/playbooks/edit/triggers").content.decode()
    assert 'name="triggers.hold_seconds"' in form
    told = {"seen": "0", "triggers.hold_seconds": "7", "triggers.voicemail.minutes": "15"}
    told |= {f"triggers.{field.name}": "text" for field in fields(Triggers) if field.type == TriggerAction}
    told |= {"triggers.voicemail.action": "call_back", "triggers.repeat.call_now": "2", "triggers.repeat.page": "3"}
    assert alice.post("/playbooks/edit/triggers/save", told).status_code == 302
    assert alice.post("/playbooks/edit/triggers/save", told).status_code == 409  # somebody was faster
    row = models.Business.objects.select_related("playbook").get(id=shop.business.id)
    assert row.playbook.body["triggers"]["hold_seconds"] != 7
    alice.post("/playbooks/publish")
    row = models.Business.objects.select_related("playbook").get(id=shop.business.id)
    assert (row.playbook.number, row.playbook.body["triggers"]["hold_seconds"]) == (2, 7)
    alice.post("/playbooks/versions/1/again")
    assert models.Business.objects.get(id=shop.business.id).playbook.number == 3  # type: ignore[union-attr]


def test_a_dangerous_draft_is_refused_with_a_conversation(shop: Any, alice: Client) -> None:
    models.PlaybookDraft.objects.create(
        business=shop.business, changed_at=clock.now(),
        source=shop.business.playbook.source.replace("then: human", "then: callback"),
    )  # fmt: skip
    page = alice.get("/playbooks")
    assert any(each.conversation for each in page.context["errors"])
    alice.post("/playbooks/publish")
    assert models.Business.objects.get(id=shop.business.id).playbook_id == shop.business.playbook_id


def test_trying_it_sends_nothing_and_says_what_would_be_said(shop: Any, alice: Client) -> None:
    page = alice.post("/playbooks/try", {"text": "there is a gas smell in my kitchen"})
    said = [line.text for line in page.context["talk"]]
    assert any("911" in text for text in said)
    assert not models.Message.objects.exists()


def test_an_agency_sees_the_worst_first_and_only_its_own(shop: Any, agency: models.Agency, kim: Client) -> None:
    fine = models.Business.objects.create(
        agency=agency, name="Calm Plumbing", zone="America/Chicago", phone="+15125550177", created_at=clock.now()
    )
    people.seat_admins(fine)
    shop.page(shop.conversation(131))
    assert [each.name for each in kim.get("/agency").context["shapes"]] == ["Rivera Plumbing", "Calm Plumbing"]
    kim.post("/business", {"business": fine.id})
    assert kim.get("/").context["seat"].business_name == "Calm Plumbing"


def test_an_admin_of_an_agency_is_taken_out_of_all_its_businesses_at_once(
    shop: Any, agency: models.Agency, kim: Client, as_person: Any
) -> None:
    """The page of an agency named its admins, and nobody could end the access of one who had left."""
    lee = models.User.objects.create_user("lee@north.example", "a long password")
    people.add_agency_admin(agency.id, lee.id, "Lee")
    theirs, row = as_person("lee@north.example"), models.AgencyAdmin.objects.get(user=lee)
    assert theirs.get("/agency").status_code == 200
    assert theirs.post(f"/agency/admins/{row.id}/remove").status_code == 404  # nobody takes themselves out
    said = kim.post(f"/agency/admins/{row.id}/remove", follow=True).content.decode()
    assert ("Lee is out." in said, "lee@north.example" in said) == (True, False)
    assert "no business" in theirs.get("/agency", follow=True).content.decode()
    assert (models.Member.objects.filter(user=lee).exists(), theirs.get("/inbox").status_code) == (False, 403)
    assert "Took an agency admin out · Lee" in " ".join(
        re.sub(r"<[^>]+>", " ", kim.get("/history").content.decode()).split()
    )
    kims = models.AgencyAdmin.objects.get()
    with pytest.raises(people.NotPossible, match="Kim is the only admin"):
        people.remove_agency_admin(kims)


def test_an_open_invitation_of_an_agency_is_seen_and_can_be_taken_back(
    shop: Any, agency: models.Agency, kim: Client
) -> None:
    """Whoever was invited by mistake could come in for seven days, and the page did not even name them."""
    made = kim.post("/agency/invite", {"email": "Lee@North.example"}).context["made"]
    (link,) = kim.get("/agency").context["invitations"]
    assert (link.email, link.until.words) == ("lee@north.example", "Mar 18")
    assert Client().get(made).status_code == 200
    said = kim.post(f"/agency/invitations/{link.id}/take-back", follow=True).content.decode()
    assert "The invitation of lee@north.example is taken back." in html.unescape(said)
    assert (kim.get("/agency").context["invitations"], Client().get(made).status_code) == ([], 404)
    entry = models.AuditEntry.objects.latest("id")
    assert (entry.act, entry.what, entry.about, entry.subject, entry.named) == (
        "edit", "console:take_back_invitation", "invitation", link.id, "lee@north.example",
    )  # fmt: skip
    again = kim.post(f"/agency/invitations/{link.id}/take-back", follow=True).content.decode()
    assert "is not open any more" in again


def test_whoever_came_in_by_an_invitation_meanwhile_is_not_taken_out_by_it(
    shop: Any, agency: models.Agency, kim: Client
) -> None:
    token = people.make_first_link("lee@north.example", agency=agency.id)
    link = models.JoinLink.objects.get()
    people.join(token, name="Lee", password="a long password")
    said = kim.post(f"/agency/invitations/{link.id}/take-back", follow=True).content.decode()
    assert "is not open any more" in said
    assert models.AgencyAdmin.objects.filter(name="Lee").exists()


def test_whoever_came_in_is_invited_no_more(agency: models.Agency, kim: Client) -> None:
    """Kim looked after the agency and stood below among "Invited, not here yet"; the older links were good still."""
    older, newer = (people.make_first_link("lee@north.example", agency=agency.id) for _ in range(2))
    people.make_first_link("ann@north.example", agency=agency.id)
    people.join(newer, name="Lee", password="a long password")
    assert [each.email for each in kim.get("/agency").context["invitations"]] == ["ann@north.example"]
    assert Client().get(f"/join/{older}").status_code == 404


def test_invitations_of_another_agency_or_a_business_are_not_taken_back(
    shop: Any, agency: models.Agency, kim: Client, alice: Client
) -> None:
    people.make_first_link("a@elsewhere.example", agency=models.Agency.objects.create(name="Elsewhere").id)
    _member, _token = people.invite(shop.business.id, "Lee", "lee@rivera.example", "desk")
    people.make_first_link("b@north.example", agency=agency.id)
    theirs, ours, own = models.JoinLink.objects.order_by("id")
    assert [each.email for each in kim.get("/agency").context["invitations"]] == ["b@north.example"]
    assert [kim.post(f"/agency/invitations/{each.id}/take-back").status_code for each in (theirs, ours)] == [404, 404]
    assert alice.post(f"/agency/invitations/{own.id}/take-back").status_code == 404
    assert models.JoinLink.objects.count() == 3


def test_a_wrong_address_for_an_admin_is_said_beside_its_field(agency: models.Agency, kim: Client) -> None:
    page = kim.post("/agency/invite", {"email": "lee at north"})
    refused = page.context["refused"]
    assert (page.status_code, refused.field, refused.given["email"]) == (409, "email", "lee at north")
    shown = page.content.decode()
    form = shown[shown.index('action="/agency/invite"') :]
    assert form.index("data-beside") < form.index("</form>")
    assert 'value="lee at north"' in form


def test_an_agency_wears_its_own_looks(agency: models.Agency, kim: Client, alice: Client, settings: Any) -> None:
    picture = io.BytesIO(b"")
    Image.new("RGB", (900, 300), "navy").save(picture, "JPEG", comment=b"secret place")
    picture.seek(0)
    picture.name = "logo.jpg"
    told = {"name": "North Star", "brand": "Northline", "own_colour": "yes", "colour": "#ffee00"}
    kim.post("/agency/looks/save", {**told, "domain": "calls.north.example", "logo": picture})
    logo = alice.get(f"/brand/{agency.id}.png")
    assert (logo.headers["Content-Type"], Image.open(io.BytesIO(logo.content)).size) == ("image/png", (288, 96))
    assert b"secret" not in logo.content
    settings.ALLOWED_HOSTS = ["testserver", "calls.north.example"]
    door = Client(headers={"host": "calls.north.example"}).get("/sign-in").content.decode()
    assert ("Northline" in door, f"/brand/{agency.id}.css" in door) == (True, True)
    assert "Northline" not in Client().get("/sign-in").content.decode()
    assert kim.post("/agency/looks/save", {**told, "domain": "not a host"}).status_code == 409


def test_a_logo_of_which_only_a_line_would_be_seen_is_refused(agency: models.Agency, kim: Client) -> None:
    """4000 by 4 points became a line in the place of the name, on the sign-in page too."""
    answers = []
    for size in ((4000, 4), (4, 400), (1000, 100)):
        picture = io.BytesIO()
        Image.new("RGB", size, "navy").save(picture, "PNG")
        picture.seek(0)
        picture.name = "logo.png"
        answers.append(kim.post("/agency/looks/save", {"name": "North Star", "logo": picture}))
    assert [answer.status_code for answer in answers] == [409, 409, 302]
    assert (
        _refused(answers[0]) == "The logo is too long and thin to be seen. Take one at most ten times as wide as high."
    )
    assert answers[0].context["field"] == "logo"


def _refused(answer: Any) -> str:
    return str(answer.context["problem"]) if answer.status_code == 409 else f"{answer.status_code}"


def test_an_agency_takes_no_host_name_that_is_somebody_elses(agency: models.Agency, kim: Client, settings: Any) -> None:
    settings.OWN_HOSTS = ["answers.example.com", ".shared.example", "127.0.0.1"]
    models.Agency.objects.create(name="South", domain="Calls.South.example")
    told = {"name": "North Star", "brand": "Northline"}
    ours = "answers.example.com is the address of this installation itself. Take a host name of your own."
    asked = ("answers.example.com", "ANSWERS.example.com", "a.shared.example", "127.0.0.1", "calls.south.example")
    said = {host: _refused(kim.post("/agency/looks/save", {**told, "domain": host})) for host in asked}
    assert said == {
        "answers.example.com": ours,
        "ANSWERS.example.com": ours,
        "a.shared.example": ours.replace("answers.example.com", "a.shared.example"),
        "127.0.0.1": ours.replace("answers.example.com", "127.0.0.1"),
        "calls.south.example": "calls.south.example is the host name of another agency here. Take another one.",
    }
    assert models.Agency.objects.get(id=agency.id).domain == ""
    assert kim.post("/agency/looks/save", {**told, "domain": "calls.north.example"}).status_code == 302


def test_a_host_name_is_taken_out_of_a_pasted_address(agency: models.Agency, kim: Client, settings: Any) -> None:
    """Whoever copied it out of a browser was told that `https://answers.example.com/` is no host name."""
    settings.OWN_HOSTS = ["testserver"]
    told = {"name": "North Star", "brand": "Northline"}
    for written in ("https://Calls.North.example/", "calls.north.example:443", "calls.north.example/sign-in?x=1"):
        assert kim.post("/agency/looks/save", {**told, "domain": written}).status_code == 302, written
        assert models.Agency.objects.get(id=agency.id).domain == "calls.north.example"
        models.Agency.objects.update(domain="")
    for written in ("calls.-north-.example", "north", "https://", "calls north example"):
        assert "is no host name" in _refused(kim.post("/agency/looks/save", {**told, "domain": written})), written


def test_one_that_was_taken_before_does_not_dress_the_installations_own_door(
    agency: models.Agency, settings: Any
) -> None:
    settings.OWN_HOSTS = ["testserver"]
    models.Agency.objects.filter(id=agency.id).update(domain="testserver", brand="Northline")
    agencies.forget()
    assert "Northline" not in Client().get("/sign-in").content.decode()


def test_the_console_can_be_installed(db: None) -> None:
    told = Client().get("/manifest.webmanifest").json()
    assert (told["display"], {each["sizes"] for each in told["icons"]}) == ("standalone", {"192x192", "512x512"})
    for each in told["icons"]:
        assert Image.open(io.BytesIO(Client().get(each["src"]).content)).size[0] in {192, 512}
    worker = Client().get("/worker.js").content.decode()
    assert ('"/offline?None-answerback' in worker, '"SHELL"' in worker) == (True, False)
    assert icons.drawn(192, "#0f766e") is icons.drawn(192, "#0f766e")


def test_the_set_up_can_be_left_and_ends_only_with_a_real_text(now: Any, transactional_db: None) -> None:
    token = people.make_first_link("nora@example.com")
    nora = Client()
    nora.post(f"/join/{token}", {"name": "Nora", "password": "plenty of water heaters"})
    assert nora.get("/")["Location"] == "/set-up/new"
    told = {"name": "Nora HVAC", "phone": "(512) 555-0142", "zone": "America/Chicago", "pack": "hvac"}
    refused = nora.post("/set-up/new", {**told, "phone": "12"}, follow=True)
    assert refused.redirect_chain == [("/set-up/new", 302)]
    assert [word in refused.content.decode() for word in ("Write the phone", 'value="Nora HVAC"')] == [True, True]
    nora.post("/set-up/new", told)
    assert nora.get("/set-up")["Location"] == "/set-up/hours"
    assert nora.get("/set-up/hours/save")["Location"] == "/set-up/hours"  # who comes back to a form that was sent
    by_script = {"HX-Request": "true"}
    wrong = nora.post("/set-up/hours/save", {"from-0-0": "18:00", "to-0-0": "18:00"}, headers=by_script)
    assert (wrong.status_code, 'value="18:00"' in wrong.content.decode()) == (409, True)
    right = nora.post("/set-up/hours/save", {"from-0-0": "08:00", "to-0-0": "17:00"}, headers=by_script)
    assert (right.status_code, right["HX-Redirect"]) == (204, "/set-up")
    assert nora.post("/set-up/phone/save", {"next": "yes"}).status_code == 409
    nora.post("/set-up/phone/save", {"provider": "simulator", "number": "(512) 555-0142"})
    nora.post("/set-up/phone/save", {"next": "yes"})
    nora.post("/set-up/forwarding/save")
    assert nora.post("/set-up/team/save", {}).status_code == 409
    nora.post("/set-up/team/save", {"your_phone": "(512) 555-0143"})
    assert nora.get("/set-up")["Location"] == "/set-up/wording"
    nora.post("/set-up/wording/save", {"en": "Hi, it's {business}. Sorry we missed you! How can we help?"})
    assert "STOP" in nora.get("/set-up/wording").content.decode()  # refused: it does not say how to stop
    row = models.Business.objects.get(name="Nora HVAC")
    set_up.done(row.id, "wording")
    nora.post("/set-up/check/save")
    nora.post("/set-up/finish")
    assert models.Business.objects.get(id=row.id).set_up is not None
    assert nora.get("/set-up")["Location"] == "/set-up/test"
    assert nora.get("/").status_code == 200


def test_hours_that_are_written_hold_though_the_box_still_says_as_the_business(alice: Client, shop: Any) -> None:
    page = html.unescape(alice.get(f"/settings/lines/{shop.line.id}/hours").content.decode())
    drawn = re.findall(r'name="shown" value="(.*?)">', page)[0]
    written = {"shown": drawn, "inherit": "yes", "from-0-0": "10:00", "to-0-0": "16:00"}
    alice.post(f"/settings/lines/{shop.line.id}/hours/save", written)
    shop.line.refresh_from_db()
    assert shop.line.hours == [[0, "10:00", "16:00"]]
    alice.post(f"/settings/lines/{shop.line.id}/hours/save", {"inherit": "yes"})
    shop.line.refresh_from_db()
    assert shop.line.hours is None


def test_a_name_that_is_far_too_long_is_cut(alice: Client, shop: Any) -> None:
    form = {"name": "x" * 5000, "phone": "(512) 555-0199", "zone": "America/Chicago", "language": "en"}
    assert alice.post("/settings/business", form | {"currency": "USD"}).status_code == 302
    shop.business.refresh_from_db()
    assert shop.business.name == "x" * 120


def test_a_shift_that_the_night_before_reaches_into_is_said_to_be_that(shop: Any, alice: Client) -> None:
    """Sunday had one shift, and two of its shifts were said to overlap."""
    hours = {"from-5-0": "22:00", "to-5-0": "02:00", "from-6-0": "01:00", "to-6-0": "05:00"}
    page = alice.post("/settings/hours/save", {"country": "US"} | hours)
    said = "Sunday: the shift of the night before ends after this one begins."
    assert (page.status_code, said in page.content.decode()) == (409, True)


def test_a_snippet_is_changed_from_its_row(shop: Any, bob: Client) -> None:
    bob.post("/snippets/save", {"name": "way", "body": "Past the mill"})
    snippet = models.Snippet.objects.get()
    assert f'href="?change={snippet.id}#new-snippet" aria-label="Change way"' in bob.get("/snippets").content.decode()
    page = bob.get("/snippets", {"change": snippet.id}).content.decode()
    assert ('name="name" maxlength="40" value="way"' in page, ">Past the mill</textarea>" in page) == (True, True)
    nobodys = bob.get("/snippets", {"change": "no number"}).content.decode()
    assert ('maxlength="40" value=""' in nobodys, "New snippet</h2>" in nobodys) == (True, True)
