"""What is refused in a settings form is said beside the field it is about, and nothing that was typed is lost."""

import html
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.console.conftest import NOW

import answerback
from answerback.console.refused import Refused
from answerback.engine.storyboard import Scene, Storyboard
from answerback.store import models
from answerback.store.storyboard_file import encode
from answerback.workflow import alert_ways, clock, crms, people, premises, targets
from answerback.workflow.alert_ways import Wanted as Way
from answerback.workflow.targets import Wanted

TEMPLATES = Path(answerback.__file__).parent / "console" / "templates"

WEEK = {"country": "US", "closed": "", "region": ""}
SHIFT = {"days": "all", "start": "18:00", "end": "06:00", "rung": "1"}
BUSINESS = {
    "name": "Rivera", "phone": "(512) 555-0199", "zone": "America/Chicago", "language": "en", "currency": "USD",
}  # fmt: skip
AGREED = {
    "name": "Maria Lopez", "on": "2026-03-01", "way": "web", "words": "I agree to automatic texts of Rivera Plumbing.",
    "kept": "folder 12",
}  # fmt: skip
FILMED = {"title": "How we work", "kind": "testimonial", "language": "es"}
RELEASED = {"person": "Maria Lopez", "signed_on": "2026-03-01", "scope": "Texts to customers"}

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    # where the form leads, what is written into it, the field that is wrong
    ("/settings/business", BUSINESS | {"name": " "}, "name"),
    ("/settings/business", BUSINESS | {"phone": "12"}, "phone"),
    ("/settings/business", BUSINESS | {"zone": "Texas"}, "zone"),
    ("/settings/locations/add", {"name": " "}, "name"),
    ("/settings/locations/{north}/change", {"name": "North", "zone": "Texas"}, "zone"),
    ("/settings/hours/save", WEEK | {"country": "XX"}, "country"),
    ("/settings/hours/save", WEEK | {"closed": "Xmas"}, "closed"),
    ("/diary/types/save", {"service": "", "minutes": "soon"}, "minutes"),
    ("/diary/types/save", {"service": "", "deposit": "a lot"}, "deposit"),
    ("/diary/things/add", {"count": "900", "kind": "chair"}, "count"),
    ("/diary/things/add", {"count": "2", "kind": " "}, "kind"),
    ("/diary/things/{chair}/change", {"name": " "}, "name"),
    ("/diary/people/{bob}/save", {"bookable": "yes", "from-2-0": "09:00"}, "to-2-0"),
    ("/diary/people/{bob}/off", {"first": "2026-03-20", "last": "2026-03-18"}, "last"),
    ("/diary/people/{bob}/off", {"first": "2025-03-20"}, "first"),
    ("/diary/ways/usual", {"minutes": "soon"}, "minutes"),
    ("/diary/ways/add", {"one": "Austin", "other": "Austin", "minutes": "5"}, "other"),
    ("/diary/ways/add", {"one": "Austin", "other": "Buda", "minutes": "9000"}, "minutes"),
    ("/people/{bob}/change", {"role": "desk", "phone": "12"}, "phone"),
    ("/people/{luis}/link", {"email": "luis@"}, "email"),
    ("/webhooks/add", {"name": " ", "url": "https://example.com/a", "hears": "all"}, "name"),
    ("/webhooks/add", {"name": "n8n", "url": "http://example.com/a", "hears": "all"}, "url"),
    ("/webhooks/{n8n}/change", {"name": "n8n", "url": "http://example.com/a", "hears": "all"}, "url"),
    ("/webhooks/{n8n}/change", {"name": "n8n", "url": "https://example.com/a", "hears": "some"}, "kind"),
    ("/api-tokens/make", {"name": "Zapier", "lasts": "30"}, "scope"),
    ("/api-tokens/make", {"name": " ", "scope": ["leads:read"], "lasts": "30"}, "name"),
    ("/snippets/save", {"name": "way", "body": " "}, "body"),
    ("/snippets/save", {"name": " ", "body": "I am on my way"}, "name"),
    ("/account/alerts/add", {"by": "apprise", "address": "nowhere", "hears": ["lead"]}, "address"),
    ("/account/alerts/add", {"by": "text", "hears": ["lead"], "quiet_from": "9 in the evening"}, "quiet_from"),
    ("/account/alerts/{way}/change", {"hears": ["lead"], "quiet_from": "21:00"}, "quiet_to"),
    ("/account/alerts/{way}/change", {"quiet_from": "21:00", "quiet_to": "07:00"}, "hears"),
    ("/account/alerts/phone", {"code": "123"}, "code"),
    ("/lines/{line}/source", {"source": " "}, "source"),
    ("/lines/{line}/forwarding", {"shop": "12", "often": "7"}, "shop"),
    ("/on-call/shifts/add", SHIFT | {"member": "{bob}", "start": "six"}, "start"),
    ("/on-call/shifts/add", SHIFT | {"member": "{bob}", "rung": "77"}, "rung"),
    ("/on-call/overrides/add",
     {"member": "{bob}", "starts_at": "2026-03-20T18:00", "ends_at": "2026-03-20T06:00", "rung": "1"}, "ends_at"),
    ("/calendars/apps/google_calendar", {"client_id": " ", "client_secret": "x"}, "f-client_id"),
    ("/calendars/new", {"provider": "caldav", "member": "{bob}", "url": " ", "username": "bob"}, "f-url"),
    ("/contacts/{maria}/name", {"name": "Maria", "email": "maria at home"}, "email"),
    ("/contacts/{maria}/people/add", {"name": " ", "note": "her husband"}, "name"),
    ("/contacts/{maria}/agreed-in-writing", AGREED | {"name": " "}, "name"),
    ("/contacts/{maria}/agreed-in-writing", AGREED | {"on": "2036-03-01"}, "on"),
    ("/contacts/{maria}/agreed-in-writing", AGREED | {"words": "texts, yes"}, "words"),
    ("/contacts/{maria}/erase", {"digits": "9999"}, "digits"),
    ("/people/{luis}/phone", {"code": "123"}, "code"),
    ("/videos/upload", FILMED, "file"),
    ("/videos/{film}/release", RELEASED | {"person": " "}, "person"),
    ("/videos/{film}/release", RELEASED | {"signed_on": "yesterday"}, "signed_on"),
    ("/videos/{film}/release", RELEASED | {"signed_on": "2036-03-01"}, "signed_on"),
    ("/videos/{film}/release", RELEASED | {"scope": " "}, "scope"),
    ("/videos/{drawn}/scene-file", {"scene": "0", "what": "voice"}, "file"),
    ("/videos/{drawn}/storyboard.yaml", {"yaml": "scenes: [nothing at all"}, "yaml"),
    ("/reports/trials/add", {"place": "{place}", "text": " "}, "text"),
    ("/reports/trials/add", {"place": "{place}", "text": "Hi, {{{{nobody}}}} here."}, "text"),
    ("/reports/texts/{text}", {"intent": "", "urgency": ""}, "intent"),
]  # fmt: skip


@pytest.fixture
def ids(shop: Any) -> dict[str, str]:
    """One of everything that a form changes."""
    bob = models.Member.objects.get(business=shop.business, name="Bob")
    alice = models.Member.objects.get(business=shop.business, name="Alice")
    models.Member.objects.filter(id__in=(bob.id, alice.id)).update(
        phone="+15125550171", confirmed="+15125550171", hours=shop.business.hours
    )
    luis = models.Member.objects.create(business=shop.business, name="Luis", role="technician")
    models.Member.objects.filter(id=luis.id).update(phone="+15125550172")
    about = {"business": shop.business, "title": "Us", "language": "en", "created_at": NOW}
    board = encode(Storyboard(title="Us", scenes=(Scene(heading="Hello"),)))
    said = shop.text(shop.conversation(132), "in:1", "customer", "friday instead?", "received")
    wanted = Way(by="text", address="", hears=["lead"], quiet_from=None, quiet_to=None)
    found = {
        "bob": bob.id,
        "luis": luis.id,
        "line": shop.line.id,
        "maria": shop.conversation(131, name="Maria").contact_id,
        "north": premises.add_location(shop.business.id, "North"),
        "chair": models.Resource.objects.create(business=shop.business, kind="chair", name="Left").id,
        "n8n": targets.add(shop.business.id, Wanted(name="n8n", url="https://example.com/hook"))[0].id,
        "film": models.Video.objects.create(**about, kind="testimonial", made_by="upload", state="ready").id,
        "drawn": models.Video.objects.create(**about, made_by="studio", state="draft", storyboard=board).id,
        "text": said.id,
        "place": "greet > open > en",
        "way": alert_ways.add(shop.business.id, alice.id, wanted).id,
    }
    models.Member.objects.filter(id=alice.id).update(confirmed="")  # so that a code is asked for
    return {name: str(id) for name, id in found.items()}


def _text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize(("action", "written", "field"), REFUSED)
def test_what_is_refused_says_beside_which_field_and_keeps_what_was_typed(
    alice: Client, ids: dict[str, str], action: str, written: dict[str, Any], field: str
) -> None:
    sent = {name: value.format(**ids) if isinstance(value, str) else value for name, value in written.items()}
    answer = alice.post(action.format(**ids), sent)
    page = _text(answer)
    assert (answer.status_code in {400, 409}, re.findall(r'data-beside="([^"]*)"', page)) == (True, [field])
    assert _is_there(page, field)
    assert [name for name, value in sent.items() if not _holds(page, name, value)] == []


def _is_there(page: str, field: str) -> bool:
    """Is this the id or the name of something that can be filled in?"""
    return bool(re.search(rf'<(input|select|textarea)(?=[^>]*(?:id|name)="{re.escape(field)}")', page))


def _holds(page: str, name: str, value: Any) -> bool:
    """Does a field of this name hold this, however it is drawn? A secret is shown nowhere."""
    if not str(value).strip() or "secret" in name:
        return True
    for each in value if isinstance(value, list) else [value]:
        if name == "zone" and f'value="{each}"' in page:
            continue
        input_ = rf'<input(?=[^>]*name="{name}")(?=[^>]*value="{re.escape(each)}")[^>]*>'
        option = rf'<option value="{re.escape(each)}"[^>]* selected'
        area = rf'<textarea[^>]*name="{name}"[^>]*>{re.escape(each)}</textarea>'
        if not any(re.search(pattern, page) for pattern in (input_, option, area)):
            return name == "provider" and "provider" in page
    return True


def test_no_page_has_a_way_of_its_own_to_say_what_was_refused() -> None:
    """`problem.html` says it, so that each form can name the field; what is no form's stands on the list."""
    own = {
        path.relative_to(TEMPLATES / "console").as_posix()
        for path in TEMPLATES.rglob("*.html")
        if re.search(r'<p class="(?:banner bad|wrong)"[^>]*>[^\n]*{{ [\w.]*problem\b', path.read_text())
    }
    assert own == {
        "crm/report.html", "problem.html", "videos/list.html", "videos/video.html", "reports/replay.html",
    }  # fmt: skip


FORMS = (
    ("/crm/app", {"client_id": " ", "client_secret": "x"}, "f-client_id"),
    ("/calendars/new", {"provider": "caldav", "member": "{bob}", "url": " ", "username": "bob"}, "f-url"),
    ("/calendars/apps/google_calendar", {"client_id": " ", "client_secret": "x"}, "f-client_id"),
    ("/agency/invite", {"email": "lee at north"}, "email"),
    ("/set-up/hours/save", {"region": "Atlantis"}, "region"),
    ("/set-up/phone/save", {"provider": "simulator", "number": "call me"}, "number"),
)
"""Whose pages passed what was wrong and its field apart."""


@pytest.mark.parametrize(("address", "told", "field"), FORMS, ids=[each[0] for each in FORMS])
def test_every_page_is_handed_what_was_refused_as_one_value(
    alice: Client, ids: dict[str, str], address: str, told: dict[str, str], field: str
) -> None:
    agency = models.Agency.objects.create(name="North")
    models.Business.objects.filter(name="Rivera Plumbing").update(agency=agency)
    user = models.User.objects.get(email="alice@example.com")
    models.AgencyAdmin.objects.create(agency=agency, user=user, name="Alice")
    models.Member.objects.filter(user=user).update(role="agency" if address.startswith("/agency") else "owner")
    crms.connect(models.Business.objects.get(name="Rivera Plumbing").id, "hubspot", {})
    sent = {name: value.format(**ids) for name, value in told.items()}
    answer = alice.post(address, sent)
    refused = answer.context["refused"]
    assert (answer.status_code, type(refused), refused.field) == (409, Refused, field)
    assert {name: refused.given[name] for name in sent} == sent


def test_the_pages_before_the_door_are_handed_it_so_too(shop: Any) -> None:
    wrong = {"email": "alice@example.com", "password": "not hers"}
    answer = Client().post("/sign-in", wrong)
    refused = answer.context["refused"]
    assert (answer.status_code, type(refused), refused.given["email"]) == (403, Refused, wrong["email"])
    page = answer.content.decode()
    assert (_holds(page, "email", wrong["email"]), "not hers" in page) == (True, False)
    form = page[page.index('action="/sign-in"') :]
    assert form.index('role="alert"') < form.index("</form>")

    _member, token = people.invite(shop.business.id, "Lee", "lee@rivera.example", "desk")
    answer = Client().post(f"/join/{token}", {"name": "Lee Wong", "password": "1234"})
    refused = answer.context["refused"]
    assert (answer.status_code, type(refused), refused.field) == (409, Refused, "password")
    page = answer.content.decode()
    assert (_holds(page, "name", "Lee Wong"), 'data-beside="password"' in page, page.count('role="alert"')) == (
        True, True, 1,
    )  # fmt: skip


def test_the_first_page_of_a_set_up_is_handed_it_so_too(shop: Any) -> None:
    new = models.User.objects.create_user("new@example.com", "a long password")
    models.JoinLink.objects.create(
        digest="x", email=new.email, made_at=clock.now(), expires_at=clock.now(), used_at=clock.now()
    )
    client = Client()
    client.force_login(new)
    told = {"name": "Hill Plumbing", "phone": "call me", "zone": "America/Chicago", "pack": "plumbing"}
    answer = client.post("/set-up/new", told, follow=True)
    refused = answer.context["refused"]
    assert (type(refused), refused.field) == (Refused, "phone")
    page = answer.content.decode()
    assert (_holds(page, "phone", "call me"), page.count('data-beside="phone"')) == (True, 1)


def test_a_refusal_is_said_in_the_language_of_the_reader(alice: Client, ids: dict[str, str]) -> None:
    models.User.objects.filter(email="alice@example.com").update(language="es")
    answer = alice.post(f"/diary/things/{ids['chair']}/change", {"name": " "})
    assert "Write a name" not in _text(answer)
    answer = alice.post("/calendars/new", {"provider": "caldav", "member": ids["bob"], "url": " "})
    assert "User name" not in _text(answer).partition("data-beside")[2].partition("</p>")[0]


MONEY: list[tuple[str, dict[str, str], str]] = [
    ("/c/{maria}/plan", {"step": "Send the offer", "value": "a lot"}, "value"),
    ("/c/{maria}/plan", {"step": "Send the offer", "step_at": "soon"}, "step_at"),
    ("/c/{maria}/mark", {"status": "won", "amount": "a lot", "job": "R-8", "evidence": "card"}, "amount"),
    ("/c/{maria}/mark", {"status": "won", "amount": "90", "job": "R-7", "evidence": "card"}, "job"),
    ("/money/{entry}/correct", {"amount": "a lot", "job": "R-8", "evidence": "card", "why": "typo"}, "amount"),
    ("/money/{entry}/correct", {"amount": " ", "job": "R-8", "evidence": "card", "why": "typo"}, "amount"),
    ("/money/{entry}/correct", {"amount": "480", "job": "R-7", "evidence": "", "why": "typo"}, "amount"),
    ("/reports/money/{entry}/refund", {"amount": "9000", "why": "too dear"}, "amount"),
]


@pytest.mark.parametrize(("action", "written", "field"), MONEY)
def test_money_that_is_refused_stays_written_in_its_form(
    shop: Any, alice: Client, action: str, written: dict[str, str], field: str
) -> None:
    maria = shop.conversation(131, name="Maria", phase="human")
    alice.post(f"/c/{maria.id}/mark", {"status": "won", "amount": "480", "job": "R-7"})
    entry = models.RevenueEntry.objects.get()
    answer = alice.post(action.format(maria=maria.id, entry=entry.id), written)
    page = _text(answer)
    (form,) = re.findall(r'<form(?=[^>]*action="([^"]*)")(?:(?!</form>).)*data-beside', page, re.DOTALL)
    assert (answer.status_code, form) == (409, action.format(maria=maria.id, entry=entry.id))
    assert re.findall(r'data-beside="([^"]*)"', page) == [field]
    assert [name for name, value in written.items() if not _holds(page, name, value) and name != "status"] == []
    assert models.RevenueEntry.objects.count() == 1


def test_what_is_refused_where_no_form_is_drawn_is_said_all_the_same(alice: Client, ids: dict[str, str]) -> None:
    models.Member.objects.filter(name="Alice").update(phone="", confirmed="")
    answer = alice.post("/account/alerts/phone", {"code": ""})
    assert [str(each) for each in answer.context["messages"]] == [
        "There is no phone to confirm, or it is confirmed, or it said STOP."
    ]


@pytest.mark.parametrize("lasts", [{}, {"lasts": "ten years"}])
def test_a_token_for_which_no_end_was_chosen_ends_after_a_year(alice: Client, lasts: dict[str, str]) -> None:
    """Until it is revoked lasts only what was chosen to: a form without the field, or with nonsense, had made one."""
    alice.post("/api-tokens/make", {"name": "Zapier", "scope": "leads:read", **lasts})
    assert models.Token.objects.get(name="Zapier").expires_at == NOW + timedelta(days=365)
