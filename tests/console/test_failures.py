"""What no view has answered is said in our own design, in the reader's language, with what to do next."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from answerback.console import conversation, lines
from answerback.ports.errors import PortError, Unavailable, Unclear
from answerback.store import models

SPANISH = {"Accept-Language": "es"}
OURS = {"Sec-Fetch-Site": "same-origin"}


def _heading(answer: Any) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.content.decode())
    return found[1] if found else ""


def _strict(email: str) -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(models.User.objects.get(email=email))
    return client


@pytest.fixture
def bobs_spanish(bob: Client) -> Client:
    models.User.objects.filter(email="bob@example.com").update(language="es")
    bob.raise_request_exception = False
    return bob


def test_a_form_of_ours_whose_token_is_old_keeps_what_was_typed(shop: Any) -> None:
    talk, client = shop.conversation(131), _strict("bob@example.com")
    told = {"body": "We come at <nine>.", "once": "k1", "csrfmiddlewaretoken": "old"}
    answer = client.post(f"/c/{talk.id}/reply", told, headers=OURS)
    page = answer.content.decode()
    assert (answer.status_code, _heading(answer)) == (403, "This page was open for too long")
    assert "We come at &lt;nine&gt;.</textarea>" in page
    assert "style" not in page.replace('rel="stylesheet"', "")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert (fields["once"], fields["body"], f'action="/c/{talk.id}/reply"' in page) == (
        "k1", "We come at &lt;nine&gt;.", True,
    )  # fmt: skip
    again = client.post(f"/c/{talk.id}/reply", {**told, "csrfmiddlewaretoken": fields["csrfmiddlewaretoken"]})
    assert (again.status_code, models.Message.objects.get(author="staff").body) == (302, "We come at <nine>.")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}])
def test_a_form_from_elsewhere_gets_no_button(shop: Any, headers: dict[str, str]) -> None:
    client = _strict("bob@example.com")
    answer = client.post(f"/c/{shop.conversation(131).id}/reply", {"body": "Send me"}, headers=headers)
    assert (answer.status_code, _heading(answer)) == (403, "This did not come from a page of ours")
    assert "<form" not in answer.content.decode()


def test_a_password_is_never_shown_again(shop: Any) -> None:
    told = {"email": "bob@example.com", "password": "a long password"}
    page = _strict("bob@example.com").post("/sign-in", told, headers=OURS).content.decode()
    assert ("a long password" in page, "<form" in page) == (False, False)


def test_a_page_that_asked_by_script_gets_a_sentence_and_a_token(shop: Any) -> None:
    talk, client = shop.conversation(131), _strict("bob@example.com")
    asked = OURS | {"HX-Request": "true"}
    answer = client.post(f"/c/{talk.id}/reply", {"body": "Hi"}, headers=asked)
    assert (answer.status_code, answer["Content-Type"]) == (403, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith("This page was open for too long. Nothing was done.")
    told = {"body": "Hi", "csrfmiddlewaretoken": answer["Fresh-Token"]}
    assert client.post(f"/c/{talk.id}/reply", told, headers=asked).status_code == 302


def test_a_page_without_a_cookie_gets_a_new_one_by_a_press_alone(shop: Any) -> None:
    """Two answers at once would bring two, and the token of the first would not go with the cookie of the second."""
    talk, client = shop.conversation(131), _strict("bob@example.com")
    asked = OURS | {"HX-Request": "true"}
    by_itself = client.post(f"/c/{talk.id}/here", headers=asked)
    assert (by_itself.status_code, "Fresh-Token" in by_itself, "csrftoken" in by_itself.cookies) == (403, False, False)
    pressed = client.post(f"/c/{talk.id}/reply", {"body": "Hi"}, headers=asked)
    assert ("Fresh-Token" in pressed, "csrftoken" in pressed.cookies) == (True, True)
    again = client.post(f"/c/{talk.id}/here", headers=asked)
    assert (again.status_code, "Fresh-Token" in again) == (403, True)


def test_our_own_fault(shop: Any, bobs_spanish: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = shop.conversation(131)
    monkeypatch.setattr(conversation, "_context", lambda *_: 1 / 0)
    answer = bobs_spanish.get(f"/c/{talk.id}")
    assert (answer.status_code, _heading(answer), answer["Content-Language"]) == (
        500,
        "Algo falló de nuestro lado",
        "es",
    )
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert f'href="/c/{talk.id}"' in answer.content.decode()


@pytest.fixture
def database_is_away() -> Iterator[Any]:
    """Takes the database away: `away()`."""
    port = connection.settings_dict["PORT"]
    host = connection.settings_dict["HOST"]

    def away() -> None:
        connection.close()
        connection.settings_dict.update(HOST="127.0.0.1", PORT="1")

    yield away
    connection.close()
    connection.settings_dict.update(HOST=host, PORT=port)


def test_a_database_that_is_away(shop: Any, bob: Client, database_is_away: Any) -> None:
    talk = shop.conversation(131).id
    bob.raise_request_exception = False
    database_is_away()
    for address in ("/", f"/c/{talk}", "/sign-in", "/b/nothing"):
        answer = bob.get(address, headers=SPANISH)
        assert (answer.status_code, _heading(answer), answer.headers.get("Retry-After")) == (
            503, "La base de datos no responde en este momento", "5",
        )  # fmt: skip
    answer = bob.post(f"/c/{talk}/reply", {"body": "We come at nine."})
    page = answer.content.decode()
    assert (answer.status_code, "We come at nine.</textarea>" in page) == (503, True)
    said = bob.get(f"/c/{talk}/live", headers={"HX-Request": "true"})
    assert said.content.decode().startswith("The database does not answer right now. Wait some seconds")
    told = bob.get("/api/v1/leads", headers={"Authorization": "Bearer ab_x"})
    assert (told.status_code, told["Content-Type"]) == (503, "application/problem+json")


@pytest.fixture
def database_is_full() -> Iterator[None]:
    """No note finds room in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$; "
            "CREATE TRIGGER full_disk BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER full_disk ON note; DROP FUNCTION full_disk()")


def test_a_database_that_is_full_is_not_said_to_be_away(shop: Any, bob: Client, database_is_full: None) -> None:
    talk = shop.conversation(131).id
    bob.raise_request_exception = False
    answer = bob.post(f"/c/{talk}/note", {"body": "Gate code 4411"})
    assert (answer.status_code, _heading(answer), answer.headers.get("Retry-After")) == (
        503, "Nothing can be kept right now", "5",
    )  # fmt: skip
    assert "Gate code 4411</textarea>" in answer.content.decode()
    said = bob.post(f"/c/{talk}/note", {"body": "Gate code 4411"}, headers={"HX-Request": "true"})
    assert (said.status_code, said.content.decode().partition(".")[0]) == (503, "Nothing can be kept right now")
    assert bob.get(f"/c/{talk}").status_code == 200


def test_what_is_not_there_is_said_in_the_readers_language(shop: Any, bobs_spanish: Client) -> None:
    for address in ("/nothing-here", "/c/999999", "/contacts/999999"):
        answer = bobs_spanish.get(address, headers={"Accept-Language": "en"})
        assert (answer.status_code, _heading(answer)) == (404, "Aquí no hay nada")
    assert _heading(Client().get("/nothing-here", headers=SPANISH)) == "Aquí no hay nada"
    assert _heading(Client().get("/nothing-here", headers={"Accept-Language": "fr"})) == "There is nothing here"
    assert Client().get("/api/nothing").json()["code"] == "not_found"


def test_the_address_of_an_act_is_no_blank_page(shop: Any, bobs_spanish: Client) -> None:
    answer = bobs_spanish.get(f"/c/{shop.conversation(131).id}/reply")
    assert (answer.status_code, answer["Allow"], _heading(answer)) == (405, "POST", "Aquí no hay una página propia")


def test_without_a_network_too(bobs_spanish: Client) -> None:
    assert _heading(bobs_spanish.get("/offline", headers={"Accept-Language": "en"})) == "Sin red"
    assert _heading(Client().get("/offline", headers=SPANISH)) == "Sin red"


def test_who_tries_too_often_is_told_in_their_language(shop: Any) -> None:
    told = {"email": "bob@example.com", "password": "wrong"}
    answers = [Client(headers=SPANISH).post("/sign-in", told) for _ in range(30)]
    assert answers[-1].status_code == 429
    assert "Demasiados intentos." in answers[-1].content.decode()


def test_an_agencys_bad_host_is_no_raw_page(shop: Any) -> None:
    answer = Client(headers={"Host": "evil.example"} | SPANISH).get("/")
    assert (answer.status_code, _heading(answer)) == (400, "Aquí no se conoce nada con este nombre")


@pytest.mark.parametrize(
    ("problem", "next_step"),
    [
        (Unavailable("Twilio does not answer."), "Nothing was changed."),
        (Unclear("Twilio answered nothing."), "look there before you do it again."),
    ],
)
def test_a_provider_that_is_away_while_somebody_acts(
    shop: Any, alice: Client, monkeypatch: pytest.MonkeyPatch, problem: PortError, next_step: str
) -> None:
    def check(*_: object) -> None:
        raise problem

    monkeypatch.setattr(type(lines.phone("simulator")), "check", check)
    at = {"Referer": "http://testserver/lines"}
    answer = alice.post(f"/connections/{shop.line.connection_id}/test", headers=at)
    page = answer.content.decode()
    assert (answer.status_code, _heading(answer)) == (409, "The provider did not do it")
    assert (problem.detail in page, next_step in page, 'href="http://testserver/lines"' in page) == (True, True, True)
    assert models.AuditEntry.objects.count() == 0
