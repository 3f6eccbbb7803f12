"""In a real browser: what is refused is said beside its field to eyes and ears; the cursor stands there."""

import os
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import (  # noqa: F401  the browser, and where there is none
    PATIENCE,
    _page,
    browser,
    pytestmark,
)

from answerback.store import models

SAID = """(field) => {
  const ids = (field.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
  const says = ids.map((id) => document.getElementById(id))
    .map((each) => each?.matches(".wrong") ? each : each?.querySelector(".wrong")).find(Boolean);
  const box = field.getBoundingClientRect(), under = says?.getBoundingClientRect();
  return {
    invalid: field.getAttribute("aria-invalid"), focused: document.activeElement === field, says: says?.innerText || "",
    near: under ? under.top - box.bottom < 120 && under.bottom > box.top : false,
    seen: document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) === field,
    wide: document.documentElement.scrollWidth > innerWidth,
  };
}"""


@pytest.fixture
def ids(shop: Any) -> dict[str, int]:
    """What the forms change; two chairs, so that one of two forms alike is meant."""
    bob = models.Member.objects.get(business=shop.business, name="Bob")
    models.Member.objects.filter(id=bob.id).update(phone="+15125550171", confirmed="+15125550171")
    maria = shop.conversation(131, name="Maria Lopez", phase="human")
    models.RevenueEntry.objects.create(
        business=shop.business, lead=maria.leads.get(), cents=48000, at=maria.opened_at, job="R-7"
    )
    chairs = [
        models.Resource.objects.create(business=shop.business, kind="chair", name=name) for name in ("Left", "Right")
    ]
    models.Member.objects.filter(id=bob.id).update(hours=shop.business.hours)
    tom = shop.conversation(132, name="Tom")
    visit = _appointment(shop, maria, "Maria Lopez", datetime(2026, 3, 12, 14, tzinfo=UTC), bob)
    _appointment(shop, tom, "Tom", datetime(2026, 3, 12, 16, tzinfo=UTC), bob)
    return {
        "bob": bob.id,
        "maria": maria.id,
        "contact": maria.contact_id,
        "chair": chairs[1].id,
        "line": shop.line.id,
        "visit": visit.id,
    }


def _appointment(shop: Any, talk: Any, name: str, start: datetime, member: Any) -> models.Appointment:
    during = (start, start + timedelta(hours=1))
    return models.Appointment.objects.create(
        business=shop.business, member=member, conversation=talk, contact=talk.contact, during=during, blocked=during,
        service="drain", status="booked", name=name, created_at=start, updated_at=start,
    )  # fmt: skip


def _said(page: Page, field: str) -> dict[str, Any]:
    found: dict[str, Any] = page.locator(field).evaluate(SAID)
    until = monotonic() + PATIENCE / 1000
    while not found["seen"] and monotonic() < until:  # it scrolls there, which takes a moment
        page.wait_for_timeout(50)
        found = page.locator(field).evaluate(SAID)
    return found


def _shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


WRONG: list[tuple[str, str, dict[str, str], str, str, str]] = [
    # the page, its form, what is written into it, the field that is wrong, how its sentence begins, its button
    ("/settings", "/settings/business", {"zone": "Texas"}, "[name=zone]", "Texas is no time zone", "Save"),
    ("/diary/types", "/diary/types/save", {"minutes": "soon"}, "[name=minutes]", "Minutes it takes", "Save"),
    ("/diary/things", "/diary/things/{chair}/change", {"name": " "}, "[name=name]", "Write a name", "Save"),
    ("/diary/ways", "/diary/ways/add", {"one": "Buda", "other": "Buda", "minutes": "5"}, "[name=other]",
     "Write two different areas", "Add"),
    ("/people", "/people/{bob}/change", {"phone": "12"}, "[name=phone]", "12 is no phone number", "Save"),
    ("/api-tokens", "/api-tokens/make", {"name": "Zapier"}, "[name=scope] >> nth=0", "Choose at least one", "Make"),
    ("/on-call", "/on-call/overrides/add", {"starts_at": "2026-03-20T18:00", "ends_at": "2026-03-20T06:00"},
     "[name=ends_at]", "This ends before it begins", "Add"),
    ("/settings/rules", "/settings/rules/save", {"unanswered_per_day": "900"}, "[name=unanswered_per_day]", "", "Save"),
    ("/contacts/{contact}", "/contacts/{contact}/erase", {"digits": "9999"}, "[name=digits]", "Nothing was erased",
     "Erase for good"),
    ("/contacts/{contact}", "/contacts/{contact}/agreed-in-writing", {"words": "texts, yes", "on": "2026-03-01"},
     "[name=words]", "Copy the words they agreed to", "Save"),
    ("/reports/trials", "/reports/trials/add", {"text": "Your plumber is on the way!"}, "[name=text]", "", "Start"),
    ("/playbooks/edit/triggers", "/playbooks/edit/triggers/save", {"triggers.hold_seconds": "soon"},
     "[name='triggers.hold_seconds']", "Triggers", "Save draft"),
    ("/diary?day=2026-03-12", "/diary/{visit}/move", {"start": "2026-03-12T11:30"}, "[name=start]", "Bob is with Tom",
     "Move"),
    ("/c/{maria}", "/c/{maria}/mark", {"amount": "a lot"}, "[name=amount]", "The amount must be a number", "Mark won"),
]  # fmt: skip


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_wrong_stands_beside_its_field_for_eyes_and_ears(  # noqa: PLR0917  fixtures and a case
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    alice: Client,
    ids: dict[str, int],
    width: int,
) -> None:
    page = _page(browser, live_server, alice, viewport={"width": width, "height": 800}, locale="en-US")
    for address, action, written, field, says, button in WRONG:
        page.goto(address.format(**ids))
        form = page.locator(f'form[action="{action.format(**ids)}"]').first
        form.evaluate(
            "(it) => { for (let at = it; at; at = at.parentElement) if (at.localName === 'details') at.open = true }"
        )
        for name, value in written.items():
            form.locator(f"[name='{name}']").first.fill(value)
        form.evaluate("(it) => { it.noValidate = true }")
        form.get_by_role("button", name=button).first.click()
        expect(page.locator("[aria-invalid=true]")).to_have_count(1)
        page.wait_for_load_state()
        wrong = f'form[action="{action.format(**ids)}"] >> {field}'
        found = _said(page, f"{wrong} >> nth=0")
        _shot(page, f"{action.strip('/').replace('/', '_').format(**ids)}-{width}")
        assert (address, found) == (
            address,
            {
                "invalid": "true",
                "focused": True,
                "near": True,
                "seen": True,
                "wide": False,
                "says": found["says"],
            },
        )
        assert found["says"].startswith(says)
        assert found["says"]


def test_it_goes_when_something_else_is_typed(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    alice: Client,
    ids: dict[str, int],
) -> None:
    page = _page(browser, live_server, alice, viewport={"width": 360, "height": 800}, locale="en-US")
    page.goto("/diary/types")
    page.locator("#f-minutes").fill("soon")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#f-minutes")).to_have_attribute("aria-invalid", "true")
    page.locator("#f-minutes").press("9")
    expect(page.locator("[aria-invalid]")).to_have_count(0)
    expect(page.locator("p.wrong")).to_have_count(0)


def test_a_time_that_is_over_is_said_before_it_is_sent(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    alice: Client,
    now: Any,
) -> None:
    talk = shop.conversation(131, name="Maria", phase="booked", status="booked")
    dan, start = shop.member("Dan", "technician"), now + timedelta(hours=3)
    row = models.Appointment.objects.create(
        business=shop.business, member=dan, conversation=talk, contact=talk.contact, status="booked", created_at=now,
        during=(start, start + timedelta(hours=1)), blocked=(start, start + timedelta(hours=1)), updated_at=now,
    )  # fmt: skip
    page = _page(browser, live_server, alice, viewport={"width": 360, "height": 800}, locale="en-US")
    page.goto(f"/diary?day={start:%Y-%m-%d}")
    page.locator(f"#appointment-{row.id} summary").click()
    page.locator(f"#start-{row.id}").fill("2020-01-01T09:00")
    page.get_by_role("button", name="Move").click()
    assert page.locator(f"#start-{row.id}").evaluate("(it) => it.validity.rangeUnderflow")
    assert page.url.endswith(f"/diary?day={start:%Y-%m-%d}")
