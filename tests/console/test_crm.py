"""The pages of a CRM: who sees them, connect, choose whose word counts with a preview, try again, choose a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from answerback.testing.pretend_hubspot import PretendHubSpot

if TYPE_CHECKING:
    from django.test import Client
    from tests.console.conftest import Shop


@pytest.fixture
def hubspot(monkeypatch: pytest.MonkeyPatch) -> Iterator[PretendHubSpot]:
    with PretendHubSpot() as pretend:
        monkeypatch.setattr("answerback.adapters.hubspot.api.API", pretend.url)
        pretend.settings()
        yield pretend


@pytest.fixture
def crm(shop: Shop, hubspot: PretendHubSpot) -> int:
    from answerback.workflow import crms

    return crms.connect(shop.business.id, "hubspot", {"token": "pat-na1-pretend"})


def test_only_those_who_manage_see_it(alice: Client, bob: Client, charlie: Client, crm: int) -> None:
    pages = ("/crm/", "/crm/fields", "/crm/settings", "/crm/report")
    assert [alice.get(page).status_code for page in pages] == [200] * 4
    assert [bob.get(page).status_code for page in pages] == [404] * 4
    assert [charlie.get(page).status_code for page in pages] == [200, 404, 404, 404], "his own business has none"
    assert b"HubSpot" not in charlie.get("/crm/").content.replace(b'value="hubspot">HubSpot', b"")


def test_connect_tries_it_at_once_and_keeps_the_token_to_itself(
    alice: Client, shop: Shop, hubspot: PretendHubSpot
) -> None:
    from answerback.store import models

    assert "Access token" in alice.get("/crm/new?provider=hubspot").content.decode()
    given = {"provider": "hubspot", "token": "pat-na1-pretend", "pipeline": "default"}
    page = alice.post("/crm/new", given, follow=True).content.decode()
    assert "Signed in to HubSpot account 4711" in page
    row = models.OutsideCrm.objects.get()
    assert b"pat-na1" not in bytes(row.sealed)
    assert "pat-na1" not in alice.get("/crm/settings").content.decode()
    alice.post("/crm/settings", {"token": "", "pipeline": "default"})
    assert "Signed in" in alice.post("/crm/test", follow=True).content.decode()


def test_fields_are_previewed_then_kept(alice: Client, shop: Shop, crm: int) -> None:
    from answerback.store import models

    shop.conversation(131, name="Maria", status="qualified")
    assert "qualifiedtobuy" in alice.get("/crm/fields").content.decode()
    chosen = {"way-status": "out", "value-status-qualified": "contractsent", "way-owner": "off", "act": "preview"}
    page = alice.post("/crm/fields", chosen).content.decode()
    assert "How Maria would stand there" in page
    assert "not kept yet" in page
    assert models.OutsideCrm.objects.get().mapping == {}
    alice.post("/crm/fields", chosen | {"act": "keep"})
    kept = models.OutsideCrm.objects.get().mapping["fields"]
    assert kept["owner"] == {"way": "off"}
    assert kept["status"]["values"]["qualified"] == "contractsent"


def test_value_the_crm_has_not_is_refused_by_name(alice: Client, crm: int) -> None:
    from answerback.store import models

    page = alice.post("/crm/fields", {"value-status-won": "no such stage", "act": "keep"}).content.decode()
    assert "Status of the lead: HubSpot has no value no such stage." in page
    page = alice.post("/crm/fields", {"remote-email": "phone", "act": "keep"}).content.decode()
    assert "would both be written into phone" in page
    assert models.OutsideCrm.objects.get().mapping == {}


def test_what_is_wrong_in_the_table_is_said_beside_its_field_and_all_that_was_typed_stays(
    alice: Client, crm: int
) -> None:
    typed = {"remote-email": "phone", "remote-name": "nickname", "way-name": "fill", "act": "keep"}
    answer = alice.post("/crm/fields", typed)
    page = answer.content.decode()
    assert (answer.status_code, re.findall(r'data-beside="([^"]*)"', page)) == (409, ["remote-email"])
    held = dict(re.findall(r'<input id="(remote-[^"]+)" name="[^"]+" value="([^"]*)"', page))
    assert (held["remote-email"], held["remote-name"]) == ("phone", "nickname")
    assert re.findall(r'<select id="way-name".*?value="([^"]*)" selected', page) == ["fill"]
    wrong = alice.post("/crm/fields", {"value-status-won": "no such stage", "act": "keep"}).content.decode()
    assert re.findall(r'data-beside="([^"]*)"', wrong) == ["value-status-won"]


def test_fields_can_be_typed_while_the_crm_is_away(alice: Client, hubspot: PretendHubSpot, crm: int) -> None:
    hubspot.away = True
    page = alice.get("/crm/fields")
    assert page.status_code == 200
    assert "HubSpot has trouble of its own (503)." in page.content.decode()


def test_refused_and_undecided_are_shown_and_settled(
    alice: Client, bob: Client, charlie: Client, shop: Shop, crm: int
) -> None:
    from answerback.store import models
    from answerback.workflow import clock

    contact = shop.conversation(131, name="Maria").contact
    row, _ = models.CrmCopy.objects.get_or_create(
        crm_id=crm, business=shop.business, contact=contact, kind="contact", local=contact.id
    )
    models.CrmCopy.objects.filter(id=row.id).update(
        choices=[{"id": "7", "name": "Maria P.", "url": "https://app.example/7"}, {"id": "8", "name": "", "url": ""}]
    )
    models.CrmCopy.objects.filter(kind="lead").update(dead_at=clock.now(), due_at=None, problem="HubSpot refuses it.")
    dead = models.CrmCopy.objects.get(kind="lead")
    page = alice.get("/crm/").content.decode()
    assert "Which record is Maria?" in page
    assert "HubSpot refuses it." in page
    for other in (bob, charlie):
        assert other.post(f"/crm/copies/{row.id}/choose", {"record": "7"}).status_code == 404
        assert other.post(f"/crm/copies/{dead.id}/again").status_code == 404
    alice.post(f"/crm/copies/{row.id}/choose", {"record": "9"})
    assert models.CrmCopy.objects.get(id=row.id).remote == ""
    alice.post(f"/crm/copies/{row.id}/choose", {"record": "7"})
    alice.post(f"/crm/copies/{dead.id}/again")
    row.refresh_from_db()
    dead.refresh_from_db()
    assert (row.remote, row.choices, dead.dead_at) == ("7", None, None)


def test_comparison_is_asked_for_and_shown(alice: Client, shop: Shop, crm: int) -> None:
    from answerback.workflow import crm_report

    page = alice.post("/crm/compare", follow=True).content.decode()
    assert "The comparison is being made." in page
    crm_report.make(crm)
    assert "Nothing differs." in alice.get("/crm/report").content.decode()


def test_disconnected_is_gone(alice: Client, crm: int) -> None:
    from answerback.store import models

    assert alice.get("/crm/disconnect").status_code == 405
    alice.post("/crm/disconnect")
    assert not models.OutsideCrm.objects.exists()


def test_sign_in_is_bound_to_the_session(alice: Client, shop: Shop, hubspot: PretendHubSpot) -> None:
    from answerback.store import models

    alice.post("/crm/new", {"provider": "hubspot", "token": "", "pipeline": "default"})
    given = {"client_id": "pretend-client", "client_secret": "pretend-client-secret"}
    assert "/crm/signed-in" in alice.get("/crm/app").content.decode()
    alice.post("/crm/app", given)
    assert "not begun here" in alice.get("/crm/signed-in?code=x&state=y", follow=True).content.decode()
    page = alice.post("/crm/sign-in")
    came_back = hubspot.consent(page.context["address"])
    assert alice.get("/crm/signed-in", came_back).status_code == 200
    assert models.OutsideCrm.objects.get().sign_in_needed
    assert "HubSpot is connected." in alice.post("/crm/signed-in", came_back, follow=True).content.decode()
    assert not models.OutsideCrm.objects.get().sign_in_needed
