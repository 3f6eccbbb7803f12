"""What the table of sessions holds is sealed, and no browser can be taken over with a copy of the database."""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore as Unsealed
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from tests.console.test_sealed_steps import STEP, _by_passkey
from tests.console.test_second_step import _code, _sign_in

from answerback.store import models

SEALING = importlib.import_module("answerback.store.migrations.0074_sessions_are_sealed")

if TYPE_CHECKING:
    from collections.abc import Iterator


def _everything_kept() -> Iterator[str]:
    """Each row of each table, as a thief reads it; what Django's own sessions are written as opens without any key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            yield from (row for (row,) in cursor.fetchall())
    for session in Session.objects.all():
        yield str(Unsealed().decode(session.session_data))


def _kept_somewhere(words: str) -> bool:
    return any(words in row for row in _everything_kept())


def _secret_shown(client: Client) -> str:
    page = client.get(f"{STEP}/totp/activate/").content.decode()
    (secret,) = re.findall(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)
    return str(secret)


def test_what_an_app_is_shown_is_nowhere_unsealed_while_the_first_one_is_set_up(shop: Any) -> None:
    client = Client()
    _sign_in(client)
    secret = _secret_shown(client)
    assert not _kept_somewhere(secret)
    wrong = client.post(f"{STEP}/totp/activate/", {"code": "000000"})
    assert (wrong.status_code, secret in wrong.content.decode()) == (200, True)  # the same is shown again
    assert not _kept_somewhere(secret)
    assert client.post(f"{STEP}/totp/activate/", {"code": _code(secret)}).status_code == 302
    assert not _kept_somewhere(secret)
    assert Authenticator.objects.filter(user__email="alice@example.com", type="totp").count() == 1


def test_nor_while_one_is_set_up_from_the_accounts_page_beside_a_passkey(shop: Any) -> None:
    alice = models.User.objects.get(email="alice@example.com")
    Authenticator.objects.create(user=alice, type="webauthn", data={"name": "key", "credential": {}})
    client = Client()
    client.force_login(alice)
    _by_passkey(client)
    secret = _secret_shown(client)
    assert not _kept_somewhere(secret)


@pytest.mark.parametrize("page", [f"{STEP}/webauthn/add/", f"{STEP}/webauthn/login/"])
def test_a_passkeys_challenge_is_nowhere_unsealed(shop: Any, page: str) -> None:
    client = Client()
    if page.endswith("add/"):
        _sign_in(client)
    assert client.get(page, headers={"accept": "application/json"}).status_code == 200
    challenge = client.session["mfa.webauthn.state"]["challenge"]
    assert (len(challenge) > 40, _kept_somewhere(challenge)) == (True, False)


def test_a_link_to_a_new_password_is_not_kept_either(shop: Any, mailoutbox: Any) -> None:
    client = Client()
    client.post("/account/password/forgotten", {"email": "alice@example.com"})
    (link,) = re.findall(r"/account/password/new/\S+", mailoutbox[-1].body)
    assert client.get(link).status_code == 302
    assert client.session["_password_reset_key"] == link.partition("-")[2]
    assert not _kept_somewhere(client.session["_password_reset_key"])


def test_a_copy_of_the_database_signs_nobody_in(shop: Any) -> None:
    """The key in a browser's cookie stands nowhere, and what stands in its place opens nothing."""
    client = Client()
    _sign_in(client)
    assert client.get("/").status_code == 200
    assert not _kept_somewhere(client.cookies["sessionid"].value)
    for key in {
        *Session.objects.values_list("session_key", flat=True),
        *models.SignIn.objects.values_list("key", flat=True),
    }:
        thief = Client()
        thief.cookies["sessionid"] = key
        assert thief.get("/").status_code == 302


def test_a_session_of_before_goes_on_sealed(codeless: Client) -> None:
    secret = _secret_shown(codeless)
    key = codeless.cookies["sessionid"].value
    Session.objects.update(session_key=key, session_data=Unsealed().encode(dict(codeless.session.items())))
    models.SignIn.objects.update(key=key)
    assert _kept_somewhere(secret)
    for _twice in range(2):
        with connection.schema_editor() as editor:
            SEALING.seal(apps, editor)
    assert not _kept_somewhere(secret)
    assert not _kept_somewhere(key)
    assert [row.is_this for row in codeless.get("/account").context["browsers"]] == [True]
    assert codeless.post(f"{STEP}/totp/activate/", {"code": _code(secret)}).status_code == 302
    with connection.schema_editor() as editor:
        SEALING.end(apps, editor)
    assert codeless.get("/").status_code == 302


def test_under_another_secret_a_session_is_over_and_nothing_fails(codeless: Client, settings: Any) -> None:
    settings.SECRET_KEY = "b" * 40
    assert codeless.get("/")["Location"].startswith("/sign-in")
    assert _sign_in(codeless).status_code == 302
    assert codeless.get("/").status_code == 200


def test_a_session_sealed_under_an_old_secret_goes_on(codeless: Client, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "b" * 40
    assert codeless.get("/").status_code == 200
    settings.SECRET_KEY_FALLBACKS = []  # it was written under the new one meanwhile
    assert codeless.get("/").status_code == 200


@pytest.fixture
def codeless(shop: Any) -> Client:
    """Alice's browser, signed in, no second step yet."""
    client = Client()
    _sign_in(client)
    return client
