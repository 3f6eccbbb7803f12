"""Two people enter a secret, which no page shows: the second is told that there is another one by now."""

import hashlib
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from tests.console.test_stale_pages import _filled, _text, _videos, connected, mona

from answerback.ports import registry
from answerback.ports.sign_in import SignsIn
from answerback.store import models
from answerback.store.secrets import unseal
from answerback.workflow import connecting, targets
from answerback.workflow.targets import Wanted

__all__ = ["connected", "mona"]

FIRST, HERS, MINE = "first-of-all-20", "alices-new-one-20", "monas-new-one-20"
FORMS = {
    "/calendars/{caldav}": "password",
    "/calendars/apps/google_calendar": "client_secret",
    "/calendars/booking-page/calcom": "secret",
    "/crm/settings": "token",
    "/crm/app": "client_secret",
}
"""Where a secret is entered, and what it is called there."""


def _sealed(address: str) -> Mapping[str, str]:
    if address == "/crm/app":
        return connecting.app(models.OutsideCrm.objects.get().business_id, "hubspot")
    if "/apps/" in address:
        return unseal(models.SignInApp.objects.get(provider="google_calendar").sealed)
    if "booking-page" in address:
        return unseal(models.BookingPage.objects.get().sealed)
    table = models.OutsideCrm if "crm" in address else models.OutsideCalendar
    return unseal(table.objects.get().sealed)


@pytest.fixture(params=FORMS)
def form(request: Any, shop: Any, connected: dict[str, int]) -> tuple[str, str]:
    kind = registry.crm("hubspot")
    assert isinstance(kind, SignsIn)
    app = {"client_id": "ours", "client_secret": FIRST}
    connecting.set_app(shop.business.id, "hubspot", kind.app_settings, app)
    return request.param.format(**connected), FORMS[request.param]


def _first(page: Client, form: tuple[str, str]) -> dict[str, Any]:
    """The form with a first secret in place; a booking page is set up by it."""
    at, name = form
    if "booking-page" in at:
        page.post(at, _filled(page.get(at), at) | {"page": "https://cal.com/rivera"})
    assert page.post(at, _filled(page.get(at), at) | {name: FIRST}).status_code == 302
    return _filled(page.get(at), at)


def test_a_secret_a_colleague_entered_meanwhile_is_not_overwritten(
    form: tuple[str, str], alice: Client, mona: Client
) -> None:
    at, name = form
    older = _first(alice, form)
    assert alice.post(at, older | {name: HERS}).status_code == 302
    refused = mona.post(at, older | {name: MINE})
    assert (refused.status_code, _sealed(at)[name]) == (409, HERS)
    assert "somebody else has entered another one meanwhile" in _text(refused)
    assert mona.post(at, _filled(refused, at)).status_code == 302
    assert _sealed(at)[name] == HERS
    assert mona.post(at, _filled(refused, at) | {name: MINE}).status_code == 302
    assert _sealed(at)[name] == MINE


def test_who_enters_no_secret_keeps_a_colleagues(form: tuple[str, str], alice: Client, mona: Client) -> None:
    at, name = form
    older = _first(alice, form)
    alice.post(at, older | {name: HERS})
    assert mona.post(at, older).status_code == 302
    assert _sealed(at)[name] == HERS


def test_no_page_shows_a_secret_or_what_it_could_be_guessed_from(
    form: tuple[str, str], alice: Client, mona: Client
) -> None:
    at, name = form
    older = _first(alice, form)
    alice.post(at, older | {name: HERS})
    pages = _text(alice.get(at)) + _text(mona.post(at, older | {name: MINE}))
    digests = [
        hashlib.new(kind, each.encode()).hexdigest() for kind in ("md5", "sha1", "sha256") for each in (HERS, MINE)
    ]
    assert [each for each in (HERS, MINE, *digests) if each[:12] in pages] == []


def test_the_same_secret_reads_otherwise_in_another_place(alice: Client, connected: dict[str, int], shop: Any) -> None:
    """Or whoever may enter secrets of one shop could try out there which one stands at another."""
    first = connecting.marks(registry.crm("hubspot").settings, {"token": FIRST}, "crm 1")
    assert first == connecting.marks(registry.crm("hubspot").settings, {"token": FIRST}, "crm 1")
    assert first != connecting.marks(registry.crm("hubspot").settings, {"token": FIRST}, "crm 2")


def test_two_people_at_the_registration_of_a_crm(
    connected: dict[str, int],
    alice: Client,
    mona: Client,
) -> None:
    at = "/crm/app"
    alice.post(at, {"client_id": "ours", "client_secret": FIRST})
    older = _filled(mona.get(at), at)
    assert alice.post(at, older | {"client_id": "hers"}).status_code == 302
    refused = mona.post(at, older | {"client_id": "mine", "client_secret": MINE})
    assert (refused.status_code, dict(_sealed(at))) == (409, {"client_id": "hers", "client_secret": FIRST})
    assert "it says “hers” now, you wrote “mine”." in _text(refused)
    assert "a secret must be entered anew to be kept" in _text(refused)
    assert mona.post(at, older | {"client_secret": MINE}).status_code == 302
    assert dict(_sealed(at)) == {"client_id": "hers", "client_secret": MINE}


def test_two_people_at_a_storyboard_as_yaml(shop: Any, alice: Client, mona: Client) -> None:
    at = f"/videos/{_videos(shop.business)['drawn']}/storyboard"
    older = _filled(mona.get(at), f"{at}.yaml")
    hers, mine = (older["yaml"].replace("One", word) for word in ("Two", "Three"))
    assert alice.post(f"{at}.yaml", older | {"yaml": hers}).status_code == 302
    assert mona.post(f"{at}.yaml", older).status_code == 302
    refused = mona.post(f"{at}.yaml", older | {"yaml": mine})
    assert (refused.status_code, "it says “Two · Done” now, you wrote “Three · Done”." in _text(refused)) == (409, True)
    assert "heading: Two" in _filled(alice.get(at), f"{at}.yaml")["yaml"]
    assert mona.post(f"{at}.yaml", _filled(refused, f"{at}.yaml")).status_code == 302
    assert "heading: Three" in _filled(alice.get(at), f"{at}.yaml")["yaml"]


def test_a_webhook_gets_one_new_secret_of_two_people(shop: Any, alice: Client, mona: Client) -> None:
    target, _secret = targets.add(shop.business.id, Wanted(name="n8n", url="https://example.com/hook"))
    at, to = f"/webhooks/{target.id}", f"/webhooks/{target.id}/rotate"
    older = _filled(mona.get(at), to)
    made = alice.post(to, _filled(alice.get(at), to))
    new = unseal(models.Target.objects.get().sealed)["secret"]
    assert (made.status_code, new in _text(made)) == (200, True)
    refused = mona.post(to, older)
    assert (refused.status_code, unseal(models.Target.objects.get().sealed)["secret"]) == (409, new)
    assert ("Somebody has made a new secret meanwhile" in _text(refused), new in _text(refused)) == (True, False)
    assert alice.post(to, older).status_code == 409  # the page that showed it, loaded again
    assert mona.post(to, _filled(refused, to)).status_code == 200
    assert unseal(models.Target.objects.get().sealed)["old"] == new


def test_a_line_a_colleague_connected_meanwhile_keeps_its_secret(shop: Any, alice: Client, mona: Client) -> None:
    at, to = "/set-up/phone?provider=twilio", "/set-up/phone/save"

    def given(who: Client, token: str) -> dict[str, str]:
        (form,) = [each for each in who.get(at).content.decode().split("<form") if 'name="number"' in each]
        shown = form.partition('name="seen" value="')[2].partition('"')[0]
        asked = {each.name: "x" * 34 for each in registry.phone("twilio").settings if each.required}
        values = {f"s-{name}": value for name, value in asked.items()} | {"s-auth_token": token}
        values |= {"s-api_base": "http://127.0.0.1:9"}  # nobody answers there: what is typed is kept
        return values | {"provider": "twilio", "number": "(512) 555-0177", "seen": shown}

    hers, mine = given(alice, HERS), given(mona, MINE)
    assert alice.post(to, hers).status_code == 302
    refused = mona.post(to, mine)
    line = models.Line.objects.get(number="+15125550177")
    assert (refused.status_code, unseal(line.connection.sealed)["auth_token"]) == (409, HERS)
    assert "Somebody has connected (512) 555-0177 meanwhile" in _text(refused)
    assert mona.post(to, given(mona, MINE)).status_code == 302
    line.connection.refresh_from_db()
    assert unseal(line.connection.sealed)["auth_token"] == MINE
