"""Second steps are kept sealed under the installation's secret, and under another one every page says so in words."""

from __future__ import annotations

import html
import importlib
import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY as USER
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection
from django.test import Client
from tests.console.test_second_step import PASSWORD, _code, _set_up, _sign_in

from answerback.server import backups, doctor
from answerback.store import models
from answerback.store.secrets import WrongSecret, unseal_step

if TYPE_CHECKING:
    from pathlib import Path

STEP = "/account/second-step"
SEALING = importlib.import_module("answerback.store.migrations.0073_second_steps_are_sealed")


def _kept() -> dict[str, Any]:
    """What the database holds of Alice's app and recovery codes."""
    rows = Authenticator.objects.filter(user__email="alice@example.com").order_by("type")
    return {row.type: row.data.get("seed") or row.data.get("secret") for row in rows}


def _app_code() -> str:
    return _code(unseal_step(_kept()["totp"]))


def _words(answer: Any) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def _comes_in(code: str) -> bool:
    client = Client()
    _sign_in(client)
    client.post(f"{STEP}/authenticate/", {"code": code})
    return client.get("/").status_code == 200


def _by_passkey(client: Client) -> None:
    """As if they had just signed in by one, which needs nothing that is sealed."""
    session = client.session
    now = time.time()  # noqa: TID251  what allauth looks at
    session[USER] = str(client.session["_auth_user_id"])
    session[METHODS] = [{"method": "mfa", "reauthenticated": True, "at": now}]
    session.save()


@pytest.fixture
def codes(shop: Any) -> list[str]:
    """Alice's recovery codes, as they were shown when she set her app up."""
    client = Client()
    _sign_in(client)
    return _set_up(client)


def test_a_copy_of_the_database_makes_no_code(codes: list[str]) -> None:
    kept = _kept()
    assert {name: words[:7] for name, words in kept.items()} == {"recovery_codes": "sealed:", "totp": "sealed:"}
    assert [_comes_in(each) for each in (_app_code(), codes[2], "00000000")] == [True, True, False]


def test_what_was_kept_as_it_is_is_sealed_and_back_each_twice(codes: list[str]) -> None:
    opened = {name: unseal_step(words) for name, words in _kept().items()}
    moved = Authenticator.objects.create(
        user=models.User.objects.get(email="bob@example.com"),
        type="recovery_codes",
        data={"migrated_codes": ["12345678", "87654321"]},
    )
    passkey = Authenticator.objects.create(user=moved.user, type="webauthn", data={"secret": "nobody's"})
    for _twice in range(2):
        with connection.schema_editor() as editor:
            SEALING.unseal(apps, editor)
        assert _kept() == opened
    assert _comes_in(_app_code())  # as a process of an older version has left it
    sealed = []
    for _twice in range(2):
        with connection.schema_editor() as editor:
            SEALING.seal(apps, editor)
        sealed.append(_kept())
    assert (sealed[0] == sealed[1], {name: unseal_step(each) for name, each in sealed[0].items()}) == (True, opened)
    moved.refresh_from_db()
    passkey.refresh_from_db()
    assert [unseal_step(each) for each in moved.data["migrated_codes"]] == ["12345678", "87654321"]
    assert [each[:7] for each in moved.data["migrated_codes"]] == ["sealed:", "sealed:"]
    assert passkey.data == {"secret": "nobody's"}
    assert _comes_in(codes[1])


def test_under_another_secret_sealing_goes_on_and_taking_it_back_changes_nothing(
    codes: list[str], settings: Any
) -> None:
    before, settings.SECRET_KEY = _kept(), "b" * 40
    with connection.schema_editor() as editor:
        SEALING.seal(apps, editor)
    with pytest.raises(WrongSecret, match="ANSWERBACK_SECRET"), connection.schema_editor() as editor:
        SEALING.unseal(apps, editor)
    assert _kept() == before


def test_under_another_secret_the_code_is_asked_for_and_the_page_says_why_it_does_not_open(
    codes: list[str], settings: Any
) -> None:
    code, ours = _app_code(), settings.SECRET_KEY
    settings.SECRET_KEY = "b" * 40
    client = Client()
    assert _sign_in(client)["Location"].startswith(f"{STEP}/authenticate/")
    for each in (code, codes[0]):
        answer = client.post(f"{STEP}/authenticate/", {"code": each})
        assert (answer.status_code, "No code can be checked" in _words(answer)) == (200, True)
        assert "puts the old secret back" in _words(answer)
    assert client.get("/").status_code == 302
    settings.SECRET_KEY = ours
    assert _comes_in(codes[0])  # nothing was lost, and that try used none up


def test_new_recovery_codes_open_though_the_app_is_sealed_under_another_secret(codes: list[str], settings: Any) -> None:
    """And every page of the second step says what cannot be read."""
    settings.SECRET_KEY = "b" * 40
    client = Client()
    client.force_login(models.User.objects.get(email="alice@example.com"))
    _by_passkey(client)
    says = "They were made under another secret and cannot be read. Make new ones."
    index = client.get(f"{STEP}/")
    assert (index.status_code, says in _words(index)) == (200, True)
    for page in ("recovery-codes/", "recovery-codes/download/"):
        shown = client.get(f"{STEP}/{page}")
        assert (shown.status_code, "These codes cannot be read" in _words(shown)) == (409, True)
    assert client.get(f"{STEP}/recovery-codes/generate/").status_code == 200
    assert client.post(f"{STEP}/recovery-codes/generate/").status_code == 302
    new = client.get(f"{STEP}/recovery-codes/")
    assert new.status_code == 200
    assert _comes_in(new.context["unused_codes"][0])
    assert not _comes_in(codes[0])


def test_the_page_is_in_the_readers_language(codes: list[str], settings: Any) -> None:
    settings.SECRET_KEY = "b" * 40
    client = Client(headers={"accept-language": "es"})
    _sign_in(client)
    answer = _words(client.post(f"{STEP}/authenticate/", {"code": codes[0]}))
    assert ("No code can be checked" in answer, "ningún código" in answer) == (False, True)


def test_doctor_counts_who_cannot_come_in_by_it(codes: list[str], settings: Any) -> None:
    def found() -> list[tuple[bool, str]]:
        return [(each.ok, each.says) for each in doctor.findings() if each.name == "second steps"]

    assert found() == [(True, "What 1 person's codes are made from is sealed, and can be opened.")]
    settings.SECRET_KEY = "b" * 40
    assert found() == [(False, "What 1 person's codes are made from was sealed under another secret.")]
    settings.SECRET_KEY = "c" * 40
    with connection.schema_editor() as editor:
        Authenticator.objects.all().delete()
        SEALING.seal(apps, editor)
    assert found() == []


def test_a_backup_brings_them_back_sealed(codes: list[str], tmp_path: Path) -> None:
    file, before = tmp_path / "one.backup", _kept()
    backups.back_up(file)
    Authenticator.objects.all().delete()
    backups.restore(file, replace=True)
    assert (_kept(), _comes_in(codes[0])) == (before, True)


def test_a_look_at_the_codes_writes_nothing(shop: Any) -> None:
    """allauth kept when somebody first looked, in a GET."""
    client = Client()
    _sign_in(client)
    page = client.get(f"{STEP}/totp/activate/").content.decode()
    (secret,) = re.findall(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)
    client.post(f"{STEP}/totp/activate/", {"code": _code(secret)})
    before = list(Authenticator.objects.order_by("id").values())
    pages = [client.get(f"{STEP}/recovery-codes/{each}") for each in ("", "download/", "generate/")]
    assert [each.status_code for each in pages] == [200, 200, 200]
    assert list(Authenticator.objects.order_by("id").values()) == before


def test_the_password_command_and_a_colleague_help_under_another_secret(
    codes: list[str], shop: Any, settings: Any
) -> None:
    """Neither opens what it takes away."""
    shop.member("Kim", "owner")
    settings.SECRET_KEY = "b" * 40
    kim = Client()
    kim.post("/sign-in", {"email": "kim@example.com", "password": PASSWORD})
    alice = models.Member.objects.get(name="Alice")
    assert kim.post(f"/people/{alice.id}/second-step")["Location"] == "/people"
    client = Client()
    assert _sign_in(client)["Location"] == "/"
    assert client.get("/").status_code == 200
