"""The door: who gets in, who has to wait, and where one goes afterwards."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from answerback.store import models


def _try(client: Client, email: str = "alice@example.com", password: str = "a long password", **more: str) -> Any:
    return client.post("/sign-in", {"email": email, "password": password, **more})


def test_right_password_opens_the_inbox(shop: Any) -> None:
    client = Client()
    answer = _try(client, email="Alice@Example.com", next="/todos")
    assert (answer.status_code, answer["Location"]) == (302, "/todos")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("email", "password"), [("alice@example.com", "wrong"), ("nobody@example.com", "a long password")]
)
def test_wrong_sign_in_says_the_same(shop: Any, email: str, password: str) -> None:
    answer = _try(Client(), email=email, password=password)
    assert answer.status_code == 403
    assert "do not go together" in answer.content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_never_leads_elsewhere(shop: Any, elsewhere: str) -> None:
    assert _try(Client(), next=elsewhere)["Location"] == "/"


def test_eight_wrong_tries_have_to_wait_even_with_the_right_password(shop: Any) -> None:
    client = Client()
    statuses = [_try(client, password=f"wrong {number}").status_code for number in range(8)]
    assert (statuses, _try(client).status_code) == ([403] * 8, 429)
    assert _try(client, email="bob@example.com").status_code == 302


def test_right_password_forgives_the_wrong_tries(shop: Any) -> None:
    for _ in range(2):
        statuses = [_try(Client(), password="wrong").status_code for _ in range(7)]
        assert (statuses, _try(Client()).status_code) == ([403] * 7, 302)


def test_tries_hold_no_address(shop: Any) -> None:
    _try(Client(), password="wrong")
    kept = list(models.Attempt.objects.order_by("kind").values_list("kind", "count"))
    assert kept == [("sign_in", 1), ("sign_in_from", 1)]
    assert not models.Attempt.objects.filter(who__contains="alice").exists()


def test_sign_out_takes_a_post(alice: Client) -> None:
    assert alice.get("/sign-out").status_code == 405
    assert alice.post("/sign-out")["Location"] == "/sign-in"
    left: HttpResponse = alice.get("/")  # type: ignore[assignment]
    assert left["Location"] == "/sign-in"


@pytest.mark.parametrize(("language", "words"), [("en", "A new password"), ("es", "Una contraseña nueva")])
def test_the_way_to_a_new_password_speaks_the_readers_language(db: None, language: str, words: str) -> None:
    shown = Client().get("/account/password/forgotten", headers={"Accept-Language": language}).content.decode()
    assert f"{words}</h1>" in " ".join(shown.split()).replace(" </h1>", "</h1>")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["A new password", "The password you have", "New password", "New password once more"]),
        ("es", ["Una contraseña nueva", "La contraseña que tiene", "Contraseña nueva", "Contraseña nueva otra vez"]),
    ],
)
def test_a_new_password_is_asked_for_in_our_words(alice: Client, language: str, words: list[str]) -> None:
    models.User.objects.filter(email="alice@example.com").update(language=language)
    page = alice.get("/account/password", headers={"Accept-Language": language}).content.decode()
    assert re.findall(r"<h1>(.*?)</h1>|<label[^>]*>(.*?)</label>", page) == [
        (words[0], ""), *(("", each) for each in words[1:])
    ]  # fmt: skip
    assert "Change Password" not in page


@pytest.mark.usefixtures("shop")
def test_a_forgotten_password_without_a_mail_server_is_answered_by_a_whole_sentence(settings: Any) -> None:
    """A bare `answerback password` stood behind a sentence that did not say what it is."""
    settings.MAIL = None
    page = " ".join(re.sub(r"<[^>]+>", "", Client().get("/sign-in").content.decode()).split())
    assert "Whoever runs this installation gives you a new one with answerback password." in page
