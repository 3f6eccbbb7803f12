"""The second step: who needs one, until when, and that a password alone opens nothing once there is one."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, yield_hotp_counters_from_time
from allauth.mfa.totp.internal.auth import hotp_value as code_for
from django.test import Client
from tests.console.test_isolation import GUARDED

from answerback.store import models
from answerback.store.roles import ROLES
from answerback.workflow import clock
from answerback.workflow.sign_ins import grace

PASSWORD = "a long password"


def _sign_in(client: Client, email: str = "alice@example.com") -> Any:
    return client.post("/sign-in", {"email": email, "password": PASSWORD})


def _code(secret: str) -> str:
    """What the app shows now: the one before it would be refused when the half minute ends before it is sent."""
    _, now, _ = yield_hotp_counters_from_time()
    return format_hotp_value(code_for(secret, now))


def _set_up(client: Client) -> list[str]:
    """Turn an authenticator app on; the recovery codes that were shown."""
    page = client.get("/account/second-step/totp/activate/").content.decode()
    found = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)
    assert found, page
    done = client.post("/account/second-step/totp/activate/", {"code": _code(found[1])})
    assert done.status_code == 302
    shown = client.get("/account/second-step/recovery-codes/").content.decode()
    return re.findall(r"\b\d{8}\b", shown)


def test_who_has_no_day_for_it_is_told_that_it_is_still_to_be_set_up(alice: Client) -> None:
    """ "You sign in with a second step" stood there, of whoever did not."""
    assert "Add a second sign-in step now<" in alice.get("/").content.decode()


def test_an_owner_has_some_days_and_then_must_set_it_up(shop: Any) -> None:
    client = Client()
    assert _sign_in(client)["Location"] == "/"
    assert "Add a second sign-in step by " in client.get("/").content.decode()
    due = clock.now() + grace()
    with clock.using(lambda: due - timedelta(minutes=1)):
        assert client.get("/").status_code == 200
    with clock.using(lambda: due):
        assert client.get("/")["Location"] == "/account/second-step/"
        _set_up(client)
        assert client.get("/").status_code == 200


def test_an_agencys_admin_must_set_it_up_too_and_no_other_role(shop: Any) -> None:
    member, due = models.Member.objects.get(name="Alice"), clock.now() + grace()
    client = Client()
    _sign_in(client)
    asked = {}
    for role in ROLES:
        models.Member.objects.filter(id=member.id).update(role=role)
        with clock.using(lambda: due):
            asked[role] = client.get("/")["Location"] if client.get("/").status_code == 302 else ""
    must = "/account/second-step/"
    assert asked == {"owner": must, "manager": "", "desk": "", "technician": "", "agency": must}


def test_nothing_else_opens_to_who_owes_the_second_step(shop: Any) -> None:
    """The pretend phones did, and the page of the accounts one signs in with elsewhere, and a new one was connected."""
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    _sign_in(client)
    due, must = clock.now() + grace(), "/account/second-step/"
    named = [(each.name, each.about(1)) for each in GUARDED if not each.name.startswith(("account_", "mfa_"))]
    named += [("change_password", "/account/password"), ("set_password", "/account/password/set")]
    named.append(("connect", "/account/single/oidc/single/login/?process=connect"))
    opened = []
    with clock.using(lambda: due):
        for name, address in named:
            for ask in (client.get, client.post):
                answer = ask(address)
                led = answer.headers.get("Location", "").partition("?")[0] == must
                if not led and answer.status_code not in {403, 404, 405}:
                    opened.append((name, ask.__name__, answer.status_code))
    assert opened == []


def test_the_desk_needs_none(shop: Any) -> None:
    client = Client()
    _sign_in(client, "bob@example.com")
    later = clock.now() + 10 * grace()
    with clock.using(lambda: later):
        page = client.get("/")
    assert (page.status_code, "second step" in page.content.decode()) == (200, False)


def test_a_password_alone_opens_nothing_any_more(shop: Any) -> None:
    mine, thief = Client(), Client()
    _sign_in(mine)
    codes = _set_up(mine)
    assert len(codes) == 10
    assert _sign_in(thief)["Location"].startswith("/account/second-step/authenticate/")
    assert thief.get("/")["Location"].startswith("/sign-in")
    assert thief.post("/account/second-step/authenticate/", {"code": "00000000"}).status_code == 200
    assert thief.get("/")["Location"].startswith("/sign-in")
    assert thief.post("/account/second-step/authenticate/", {"code": codes[0]})["Location"] == "/"
    again = Client()
    _sign_in(again)
    assert again.post("/account/second-step/authenticate/", {"code": codes[0]}).status_code == 200
    assert again.get("/").status_code == 302


def test_sign_ins_are_listed_and_ended(shop: Any) -> None:
    phone, desk = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 15) Firefox/140.0"}), Client()
    for each in (phone, desk):
        _sign_in(each, "bob@example.com")
    shown = desk.get("/account").context["browsers"]
    assert sorted((row.name, row.is_this) for row in shown) == [("A browser", True), ("Firefox on Android", False)]
    other = next(row.id for row in shown if not row.is_this)
    assert desk.post(f"/account/sign-ins/{other}/end").status_code == 302
    assert (phone.get("/").status_code, desk.get("/").status_code) == (302, 200)


def test_nobody_ends_a_strangers_sign_in_and_the_owner_ends_a_members(shop: Any, alice: Client) -> None:
    bob = Client()
    _sign_in(bob, "bob@example.com")
    row = models.SignIn.objects.get()
    assert alice.post(f"/account/sign-ins/{row.id}/end").status_code == 404
    member = models.Member.objects.get(name="Bob")
    assert alice.post(f"/people/{member.id}/sign-out").status_code == 302
    assert bob.get("/").status_code == 302


@pytest.mark.parametrize("address", ["/account/sign-up", "/account/e-mail"])
def test_nobody_signs_up(shop: Any, address: str) -> None:
    assert Client().get(address).status_code == 403
    assert Client().post(address, {"email": "eve@example.com", "password1": PASSWORD}).status_code in {403, 405}
    assert not models.User.objects.filter(email="eve@example.com").exists()


def test_a_passkey_is_asked_for_and_only_ours_opens(shop: Any) -> None:
    asked = Client().get("/account/second-step/webauthn/login/", headers={"Accept": "application/json"}).json()
    assert asked["request_options"]["publicKey"]["rpId"] == "testserver"
    answer = Client().post("/account/second-step/webauthn/login/", {"credential": "{}"})
    assert answer["Location"] == "/sign-in"


@pytest.mark.parametrize("page", ["", "download/", "generate/"])
def test_recovery_codes_are_shown_in_the_language_of_whose_they_are(shop: Any, page: str) -> None:
    """What followed the app's page was in the browser's language: English between two Spanish pages."""
    models.User.objects.update(language="es")
    client = Client(headers={"accept-language": "en"})
    _sign_in(client)
    _set_up(client)
    answer = client.get(f"/account/second-step/recovery-codes/{page}")
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "es")
    if not page.startswith("download"):
        assert "Códigos de recuperación" in answer.content.decode()
