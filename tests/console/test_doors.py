"""Second step, passwords, single sign-on: every page, message and mail of allauth's speaks our words and looks ours."""

import json
import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.template.loader import get_template
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)
from tests.console.test_second_step import _set_up, _sign_in
from tests.console.test_spanish_pages import _english, _rests, _words

from answerback.store import models
from answerback.store.queries import agencies

THEIRS = Path(allauth.__file__).parent / "templates"
OURS = "answerback"
NEVER = {
    "only a frame that others extend": {
        "account/base_confirm_code.html", "account/base_entrance.html", "account/base_manage.html",
        "account/base_manage_email.html", "account/base_manage_password.html", "account/base_manage_phone.html",
        "mfa/base_entrance.html", "mfa/base_manage.html", "mfa/recovery_codes/base.html", "mfa/totp/base.html",
        "mfa/webauthn/base.html", "socialaccount/base_entrance.html", "socialaccount/base_manage.html",
        "allauth/layouts/entrance.html", "allauth/layouts/manage.html",
    },
    "a mark of HTML, or a file that holds codes and no words": {
        "allauth/elements/details.html", "allauth/elements/h1.html", "allauth/elements/h2.html",
        "allauth/elements/hr.html", "allauth/elements/tbody.html", "allauth/elements/td.html",
        "allauth/elements/th.html", "allauth/elements/thead.html", "allauth/elements/tr.html",
        "mfa/recovery_codes/download.txt", "account/snippets/warn_no_email.html",
    },
    "people sign in on our own page, and join by a link": {
        "account/login.html", "account/logout.html", "account/signup.html", "account/signup_by_passkey.html",
        "account/snippets/already_logged_in.html", "mfa/webauthn/signup_form.html",
        "mfa/webauthn/snippets/login_script.html",
        "socialaccount/signup.html", "socialaccount/snippets/login.html", "socialaccount/snippets/login_extra.html",
        "socialaccount/snippets/provider_list.html", "allauth/elements/provider.html",
        "allauth/elements/provider_list.html", "socialaccount/login_redirect.html",
    },
    "an address is changed by whoever looks after people, and phones of staff are confirmed in our own way": {
        name
        for pattern in ("account/email*.html", "account/phone*.html", "account/ver*.html", "account/confirm_*.html")
        for name in (str(path.relative_to(THEIRS)) for path in THEIRS.glob(pattern))
    } | {
        "account/messages/cannot_delete_primary_email.txt", "account/messages/email_confirmation_failed.txt",
        "account/messages/email_confirmation_sent.txt", "account/messages/email_confirmed.txt",
        "account/messages/email_deleted.txt", "account/messages/phone_verification_sent.txt",
        "account/messages/phone_verified.txt", "account/messages/primary_email_set.txt",
        "account/messages/unverified_primary_email.txt",
        *(f"account/email/{name}_{part}.txt"
          for name in ("account_already_exists", "email_changed", "email_confirm", "email_confirmation",
                       "email_confirmation_signup", "email_deleted")
          for part in ("message", "subject")),
    },
    "nobody signs in by a code in a mail, and no browser is trusted without a second step": {
        "account/request_login_code.html", "account/request_reauthentication_code.html", "mfa/trust.html",
        "account/messages/login_code_sent.txt", "account/email/login_code_message.txt",
        "account/email/login_code_subject.txt", "account/email/password_reset_code_message.txt",
        "account/email/password_reset_code_subject.txt",
    },
}  # fmt: skip
"""Templates of allauth's that nobody here sees, by why."""


def test_whatever_allauth_shows_is_drawn_by_us() -> None:
    shown = {
        str(path.relative_to(THEIRS))
        for folder in ("account", "allauth", "mfa", "socialaccount")
        for path in (THEIRS / folder).rglob("*.*")
        if path.suffix in {".html", ".txt"}
    }
    never = {name for names in NEVER.values() for name in names}
    assert never <= shown
    theirs = {name for name in shown - never if OURS not in Path(get_template(name).origin.name).parts}
    assert theirs == set()


@pytest.fixture
def spanish(shop: Any) -> Client:
    """Alice, who reads Spanish and has an authenticator app and a passkey."""
    models.User.objects.update(language="es")
    client = Client(headers={"Accept-Language": "es"})
    _sign_in(client)
    _set_up(client)
    user = models.User.objects.get(email="alice@example.com")
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Zzz", "credential": _credential()})
    return client


def _credential() -> Any:
    """What a browser answers when it has made a passkey."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    made = AttestedCredentialData.create(Aaguid.NONE, b"a passkey", key)
    told = AuthenticatorAttestationResponse(
        client_data=CollectedClientData.create("webauthn.create", b"a challenge", "http://testserver"),
        attestation_object=AttestationObject.create("none", AuthenticatorData.create(bytes(32), 0x45, 0, made), {}),
    )
    answer = dict(RegistrationResponse(raw_id=b"a passkey", response=told))
    return json.loads(json.dumps(answer)) | {"clientExtensionResults": {"credProps": {"rk": True}}}


STEP = "/account/second-step"


def test_the_second_step_speaks_spanish(spanish: Client) -> None:
    english = _english()
    key = Authenticator.objects.get(type="webauthn").pk
    pages = ["", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/", "webauthn/", "webauthn/add/"]
    pages += [
        f"webauthn/keys/{key}/edit/",
        f"webauthn/keys/{key}/remove/",
        "reauthenticate/",
        "webauthn/reauthenticate/",
    ]
    rests = {}
    for each in [f"{STEP}/{page}" for page in pages] + ["/account/single/", "/account/confirm"]:
        answer = spanish.get(each)
        assert answer.status_code == 200, (each, answer.headers)
        rests[each] = list(_rests(answer.content.decode(), english))
    assert {each: found for each, found in rests.items() if found} == {}


def test_signing_in_with_it_speaks_spanish_and_says_what_was_wrong(spanish: Client) -> None:
    english, again = _english(), Client(headers={"Accept-Language": "es"})
    _sign_in(again)
    page = again.post(f"{STEP}/authenticate/", {"code": "000000"}).content.decode()
    assert "Este código no abre" in page
    assert list(_rests(page, english)) == []
    for address in ("/account/single/login/error/", "/account/single/login/cancelled/", "/account/inactive"):
        assert list(_rests(again.get(address).content.decode(), english)) == [], address


def test_what_was_done_is_said_in_our_words(spanish: Client) -> None:
    done = spanish.post(f"{STEP}/recovery-codes/generate/", follow=True)
    assert [str(each) for each in done.context["messages"]] == ["Códigos de recuperación nuevos. Guárdelos en papel."]
    assert len(re.findall(r"<code>\d{8}</code>", done.content.decode())) == 10
    gone = spanish.post(f"{STEP}/totp/deactivate/", follow=True)
    assert [str(each) for each in gone.context["messages"]] == ["La aplicación está quitada."]


def test_mails_speak_our_words(spanish: Client, settings: Any) -> None:
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    spanish.post(f"{STEP}/recovery-codes/generate/")
    for address in ("alice@example.com", "nobody@example.com"):
        Client(headers={"Accept-Language": "es"}).post("/account/password/forgotten", {"email": address})
    subjects = ["Códigos de recuperación nuevos", "Elija una contraseña nueva", "Elija una contraseña nueva"]
    assert [each.subject for each in mail.outbox] == subjects
    for each in mail.outbox:
        lines = [
            re.sub(r"\d+:\d\d [AP]M|Rivera Plumbing", "", said) for said in each.body.splitlines()
        ]  # the same in both
        assert [said for said in lines if "/" not in said and _words(said) & _english()] == []
        assert "example.com!" not in each.body  # allauth's greeting
    assert re.search(r"/account/password/new/\S+", mail.outbox[1].body)


def test_too_many_tries_are_refused_on_a_page_of_ours(shop: Any) -> None:
    client = Client()
    for _each in range(30):
        page = client.post("/account/password/forgotten", {"email": "alice@example.com"})
        if page.status_code == 429:
            break
    assert page.status_code == 429
    assert "Wait some minutes and try it again." in page.content.decode()


def test_fields_have_our_labels_and_a_dangerous_button_can_be_read(spanish: Client) -> None:
    for client, address in ((Client(), "/account/password/forgotten"), (spanish, "/account/confirm")):
        page = client.get(address).content.decode()
        assert [re.findall(r"<label[^>]*>[^<]*:</label>", page), "placeholder" in page] == [[], False], address
    remove = spanish.get(f"{STEP}/totp/deactivate/").content.decode()
    assert re.findall(r'<button class="button([^"]*)"', remove) == [" danger"]
    assert 'value="Este dispositivo"' in spanish.get(f"{STEP}/webauthn/add/", HTTP_HOST="localhost").content.decode()


def test_who_is_signed_in_reads_their_own_language_whatever_the_browser_speaks(spanish: Client) -> None:
    for address in (f"{STEP}/", "/account/password", "/account/confirm"):
        page = spanish.get(address, headers={"Accept-Language": "en"})
        assert (page["Content-Language"], list(_rests(page.content.decode(), _english()))) == ("es", []), address


def test_what_changes_how_one_signs_in_asks_once_more_who_it_is(spanish: Client) -> None:
    session = spanish.session
    for each in session["account_authentication_methods"]:
        each["at"] -= 3600
    session.save()
    answer = spanish.get(f"{STEP}/webauthn/add/", headers={"Accept-Language": "en"}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[0][0].startswith("/account/confirm")
    assert "¿Es usted?" in answer.content.decode()


def test_the_end_of_a_new_password_offers_one_way_on(client: Client, alice: Client) -> None:
    def ways(of: Client) -> list[str]:
        page = of.get("/account/password/new/done").content.decode()
        return re.findall(r'<a [^>]*href="([^"]*)"', page.partition("<main")[2])

    assert (ways(client), ways(alice)) == (["/sign-in"], ["/account"])


@pytest.mark.parametrize(
    ("host", "root"), [("calls.north.test", "http://calls.north.test"), ("ours.test", "https://ours.test")]
)
def test_an_invitation_leads_to_the_host_of_whoever_invites(alice: Client, settings: Any, host: str, root: str) -> None:
    """An agency's people were led from its own host to ours."""
    settings.PUBLIC_URL, settings.OWN_HOSTS, settings.ALLOWED_HOSTS = "https://ours.test", ["ours.test"], ["*"]
    agency = models.Agency.objects.create(name="North Star", domain="calls.north.test")
    models.Business.objects.update(agency=agency)
    agencies.forget()
    page = alice.post(
        "/people/invite", {"name": "Nia", "email": "nia@example.com", "role": "desk"}, headers={"Host": host}
    )
    assert f">{root}/join/" in page.content.decode()


@pytest.mark.django_db
def test_whoever_gets_no_mail_is_told_of_somebody_who_can_help(settings: Any) -> None:
    """The page sent them to the owner for a link, which is made for those only who have no account yet."""
    page = Client().get("/account/password/forgotten").content.decode()
    assert "No e-mail? Whoever runs this installation can give you a new password." in page
