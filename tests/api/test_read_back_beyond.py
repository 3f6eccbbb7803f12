"""The parts of the API beside the desk: what a program wrote there is what it reads there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from tests.api.conftest import PACK
from tests.api.test_read_back import done, only

from answerback.adapters import guard
from answerback.testing.calendar_server import CalendarServer
from answerback.testing.pretend_hubspot import PretendHubSpot

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper
    from tests.api.conftest import Program, Shop

STORYBOARD = """\
title: What happens next
language: en
kind: what_next
scenes:
  - heading: We look at it
    lines: [Within the hour]
    say: We look at it within the hour.
"""


@pytest.fixture
def hubspot() -> Iterator[PretendHubSpot]:
    with PretendHubSpot() as pretend:
        yield pretend


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with guard.allowing("127.0.0.1"), CalendarServer() as running:
        yield running


def sent(program: Program, path: str, method: str, content: bytes) -> Any:
    """A file as the body."""
    headers = {"Authorization": f"Bearer {program.secret}"}
    return Client().generic(method, f"/api/v1{path}", content, "application/octet-stream", headers=headers)


def test_a_draft_of_the_playbook(shop: Shop, program: Program) -> None:
    first = program.get("/playbook-draft").json()
    text = PACK.replace("nudge", "nudge", 1)
    kept = done(program.post("/playbook-draft", {"source": text, "revision": first["revision"]}, method="PUT"))
    late = program.post("/playbook-draft", {"source": text, "revision": first["revision"]}, method="PUT")
    assert (late.status_code, late.json()["code"]) == (409, "outdated")
    assert program.get("/playbook-draft").json()["revision"] == kept["revision"]
    published = done(program.post("/playbook-draft/publish"))["version"]
    assert only(program.items("/playbooks"), "number", "current") == [(2, True), (1, False)]
    old = program.items("/playbooks")[-1]["id"]
    again = done(program.post(f"/playbooks/{old}/publish-again"))["version"]
    assert (published["number"], again["number"], again["current"]) == (2, 3, True)
    draft = program.get("/playbook-draft").json()
    done(program.post("/playbook-draft", {"source": text, "revision": draft["revision"]}, method="PUT"))
    done(program.post("/playbook-draft", method="DELETE"))
    lines = done(program.post("/playbooks/rehearse", {"said": ["my toilet is clogged"]}))["lines"]
    assert [each["who"] for each in lines][:3] == ["note", "business", "customer"]
    assert done(program.post("/playbooks/replay", {"days": 7})) == {"conversations": 0, "faithful": 0, "different": []}


def test_wordings_that_are_compared(shop: Shop, program: Program) -> None:
    text = "Hi, {business} here, sorry we missed your call. What do you need? Reply STOP to opt out"
    done(program.post("/trials/variants", {"place": "greet > open", "language": "en", "text": text}))
    (trial,) = [
        each for each in program.items("/trials") if each["place"] == "greet > open" and each["language"] == "en"
    ]
    assert [each["text"] for each in trial["variants"]][-1] == text
    done(program.post("/trials/hold-out", {"share": 10}, method="PUT"))
    assert program.get("/trials").json()["hold_out"] == 10
    digest = trial["variants"][-1]["digest"]
    done(program.post("/trials/keep", {"place": "greet > open", "language": "en", "digest": digest}))
    assert [
        each for each in program.items("/trials") if each["place"] == "greet > open" and each["language"] == "en"
    ] == []
    (now,) = [each for each in program.items("/playbooks") if each["current"]]
    assert text in program.get(f"/playbooks/{now['id']}").json()["source"]


def test_links_letters_and_corrections(shop: Shop, program: Program) -> None:
    from answerback.store import models

    link = done(program.post("/report-links", {"days": 7, "lives": 7}))
    assert only(program.items("/report-links"), "id", "days", "opened") == [(link["id"], 7, 0)]
    done(program.post(f"/report-links/{link['id']}", method="DELETE"))
    assert program.items("/report-links") == []
    done(program.post("/weekly-letter", {"by": "text"}, method="PUT"))
    assert program.get("/weekly-letter").json() == {"by": "text"}
    there = shop.conversation(131)
    text = models.Message.objects.create(
        business=shop.business,
        conversation=there,
        contact=there.contact,
        line=shop.line,
        author="customer",
        to=shop.line.number,
        key="1",
        body="water everywhere",
        status="received",
        created_at=there.opened_at,
    )
    done(program.post(f"/messages/{text.id}/meant", {"urgency": "emergency"}))
    (line,) = program.get("/corrections").content.splitlines()
    assert b"water everywhere" in line
    assert b"emergency" in line


def test_videos(shop: Shop, program: Program, settings: SettingsWrapper, tmp_path: Path) -> None:
    from answerback.store import models

    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "videos": folder}
    video = done(program.post("/videos", {"storyboard": STORYBOARD}))
    at = f"/videos/{video['id']}"
    changed = STORYBOARD.replace("We look at it\n", "We come\n", 1)
    done(program.post(f"{at}/storyboard", {"storyboard": changed}, method="PUT"))
    assert "We come" in program.get(f"{at}/storyboard").json()["storyboard"]
    photo = sent(program, f"{at}/scene-file?what=photo&scene=0&name=van.png", "PUT", b"a photo")
    assert done(photo) == program.get(f"{at}/storyboard").json()
    assert "photo: photo-0" in done(photo)["storyboard"]
    nowhere = sent(program, f"{at}/scene-file?what=photo&scene=9&name=van.png", "PUT", b"a photo")
    assert (nowhere.status_code, nowhere.json()["code"]) == (409, "not_possible")
    assert done(program.post(f"{at}/make"))["state"] == "waiting"
    assert done(program.post(f"{at}/stop"))["state"] == "stopped"
    assert done(program.post(f"{at}/again"))["state"] == "waiting"
    models.Video.objects.filter(id=video["id"]).update(state="ready")
    done(program.post(f"{at}/captions", {"captions": "WEBVTT\n\n00:00.000 --> 00:01.000\nWe come\n"}, method="PUT"))
    assert done(program.post(f"{at}/publish"))["published_at"] is not None
    assert only(program.items("/videos", published=True), "title") == [("What happens next",)]
    assert done(program.post(f"{at}/unpublish"))["published_at"] is None
    done(program.post(at, method="DELETE"))
    assert program.items("/videos") == []
    upload = done(program.post("/videos/uploads", {"title": "Ours", "kind": "testimonial", "bytes": 9}))
    at = f"/videos/{upload['id']}"
    assert program.get(f"{at}/upload").json() == {"received": 0, "bytes": 9}
    assert done(sent(program, f"{at}/upload?start=0", "PATCH", b"four")) == {"received": 4, "bytes": 9}
    again = sent(program, f"{at}/upload?start=0", "PATCH", b"four")
    assert (again.status_code, again.json()["code"]) == (409, "not_possible")
    assert program.get(f"{at}/upload").json() == {"received": 4, "bytes": 9}
    assert done(sent(program, f"{at}/upload?start=4", "PATCH", b"whole")) == {"received": 9, "bytes": 9}
    release = {"person": "Maria", "signed_on": "2026-03-01", "scope": "Texted to customers"}
    assert done(program.post(f"{at}/releases", release))["released"] is True
    done(program.post(f"{at}/releases", method="DELETE"))
    assert program.get(at).json()["released"] is False


def test_a_calendar_elsewhere(shop: Shop, program: Program, server: CalendarServer) -> None:
    alice = shop.owner.id
    new = {"member_id": alice, "provider": "caldav", "settings": server.settings()}
    calendar = done(program.post("/calendars", new))
    at = f"/calendars/{calendar['id']}"
    assert only(program.items("/calendars"), "member", "provider", "problem") == [("Alice", "caldav", "")]
    assert {each["ok"] for each in done(program.post(f"{at}/test"))["items"]} == {True}
    assert done(program.post(f"{at}/try-now")) == {"waiting": 0}
    done(program.post(at, {"settings": {"username": "nobody"}}, method="PATCH"))
    assert False in {each["ok"] for each in done(program.post(f"{at}/test"))["items"]}
    done(program.post(at, method="DELETE"))
    assert program.items("/calendars") == []
    done(
        program.post(
            "/calendar-apps/google_calendar", {"settings": {"client_id": "a", "client_secret": "b"}}, method="PUT"
        )
    )
    assert "/calendars/feeds/" in done(program.post(f"/members/{alice}/feed"))["url"]
    done(program.post(f"/members/{alice}/feed", method="DELETE"))
    assert program.get("/booking-page").json()["provider"] is None
    page = {"page": "https://cal.com/rivera/visit", "secret": "a-webhook-secret-of-a-test"}
    found = done(program.post("/booking-page/calcom", {"settings": page}, method="PUT"))["items"]
    assert {each["ok"] for each in found} == {True}
    told = program.get("/booking-page").json()
    assert (told["provider"], "/hooks/" in told["hook"]) == ("calcom", True)
    assert page["secret"] not in json.dumps(told)
    assert program.post("/booking-page/nobody", {"settings": {}}, method="PUT").status_code == 404
    done(program.post("/booking-page", method="DELETE"))
    assert program.get("/booking-page").json() == {"provider": None, "hook": ""}


def test_a_crm(shop: Shop, program: Program, hubspot: PretendHubSpot) -> None:
    from answerback.store import models
    from answerback.store.secrets import seal, unseal
    from answerback.workflow import connecting, copying, crm_report

    done(program.post("/crm", {"provider": "hubspot", "settings": hubspot.settings()}))
    row = models.OutsideCrm.objects.get()
    models.OutsideCrm.objects.update(sealed=seal(unseal(row.sealed) | {"api_base": hubspot.url}))
    assert {each["ok"] for each in done(program.post("/crm/test"))["items"]} == {True}
    done(program.post("/crm/fields", {"fields": {"owner": {"way": "off"}}}, method="PUT"))
    assert {each["name"]: each["way"] for each in program.get("/crm").json()["fields"]}["owner"] == "off"
    app = {"client_id": "an id", "client_secret": "a secret"}
    done(program.post("/crm/app", {"settings": app}, method="PUT"))
    assert connecting.app(shop.business.id, "hubspot") == app
    assert program.post("/crm/app", {"settings": {}}, method="PUT").json()["code"] == "not_possible"
    assert "a secret" not in program.get("/crm").content.decode()
    shop.conversation(131, name="Maria")
    assert done(program.post("/crm/try-now"))["waiting"] > 0
    copying.copy_due(row.id)
    assert only(program.items("/crm/copies", waiting=True), "kind") == []
    copied = program.items("/crm/copies")
    assert {each["kind"] for each in copied} == {"contact", "lead"}
    models.CrmCopy.objects.filter(id=copied[0]["id"]).update(dead_at=row.created_at, problem="Refused.")
    assert only(program.items("/crm/copies", refused=True), "id", "problem") == [(copied[0]["id"], "Refused.")]
    assert done(program.post(f"/crm/copies/{copied[0]['id']}/try-again"))["dead_at"] is None
    models.CrmCopy.objects.update(dead_at=row.created_at)
    assert done(program.post("/crm/try-refused")) == {"waiting": len(copied)}
    assert done(program.post("/crm/fill-back", {"days": 30}))["waiting"] > 0
    done(program.post("/crm/report"))
    crm_report.make(row.id)
    assert program.get("/crm/report").json()["made_at"] is not None
    assert done(program.post("/crm/pause"))["paused"] is True
    done(program.post("/crm", method="DELETE"))
    assert program.get("/crm").status_code == 404


def test_a_webhook_is_changed_and_switched(shop: Shop, program: Program) -> None:
    wanted = {"name": "n8n", "url": "https://93.184.216.34/a", "kinds": ["lead.created"]}
    with guard.allowing("93.184.216.34"):
        new = done(program.post("/webhooks", wanted))
    id = new["webhook"]["id"]
    at = f"/webhooks/{id}"
    told = program.get(at).json()
    assert (told["url"], told["kinds"]) == (wanted["url"], ["lead.created"])
    done(program.post(at, wanted | {"kinds": ["call.ended", "lead.created"]}, method="PUT"))
    assert program.get(at).json()["kinds"] == ["call.ended", "lead.created"]
    assert done(program.post(f"{at}/switch-off"))["disabled_at"] is not None
    assert done(program.post(f"{at}/switch-on", {"with_held": True}))["disabled_at"] is None
    assert done(program.post(f"{at}/rotate-secret"))["secret"] != new["secret"]
    shop.conversation(131)
    assert only(program.items("/notices", webhook=id), "kind") == [("lead.created",)]
