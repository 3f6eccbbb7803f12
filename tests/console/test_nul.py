"""The character NUL, which PostgreSQL stores nowhere, brings no address down: in a path, a query, a form or JSON."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.console.test_audit import talked  # noqa: F401
from tests.console.test_isolation import ALL, CHARLIES, LEFT_OUT_OF_OWN, Address, _body, strangers, visitor  # noqa: F401

from answerback.workflow import tokens

NUL = "\x00"


@pytest.fixture
def owner(visitor: Any) -> Client:  # noqa: F811
    client: Client = visitor("owner")
    return client


def _path(address: Address, query: str) -> str:
    return address.about(CHARLIES).replace("simulator", "a%00b" if "%00" in query else "simulator")


def _failed(ask: Any, told: str, addresses: list[Address], without: str = "") -> list[tuple[str, int]]:
    """Addresses that fail for `told` (a query, or a form), and do not fail for the same without a NUL."""
    found = []
    for each in addresses:
        status = ask(each, told).status_code
        if status >= 500 and ask(each, without or told.replace("%00", "")).status_code < 500:
            found.append((each.name, status))
    return found


PAGES = [each for each in ALL if not each.name.startswith("api:")]
PROGRAMS = [each for each in ALL if each.name.startswith("api:")]
FIELDS = sorted({*_body(), "service", "q", "week", "from", "to", "place", "part", "cursor", "conversation"})
QUERY = "&".join(f"{name}=a%00b" for name in FIELDS)


@pytest.mark.usefixtures("strangers")
def test_in_a_query_and_a_path(owner: Client) -> None:
    assert _failed(lambda each, query: owner.get(f"{_path(each, query)}?{query}"), QUERY, PAGES) == []
    paths = ("/leads?service=%00", "/%00", "/c/1%00", "/static/%00")
    assert [owner.get(path).status_code for path in paths] == [200, 404, 404, 404]


@pytest.mark.usefixtures("talked")
def test_in_every_field_of_every_form(owner: Client) -> None:
    ours = [each for each in PAGES if each.name not in LEFT_OUT_OF_OWN]
    kind = "application/x-www-form-urlencoded"
    assert _failed(lambda each, form: owner.post(each.about(CHARLIES), form, content_type=kind), QUERY, ours) == []


@pytest.mark.usefixtures("strangers")
def test_what_is_around_it_is_kept(owner: Client) -> None:
    owner.post(f"/contacts/{CHARLIES}/name", {"name": f"Ann{NUL} Lopez", "email": ""})
    assert "Ann Lopez" in owner.get(f"/contacts/{CHARLIES}").content.decode()
    assert owner.get("/leads?service=dr%00ain").wsgi_request.GET["service"] == "drain"
    assert owner.get("/leads?service=%0%000").wsgi_request.GET["service"] == ""


@pytest.mark.usefixtures("strangers")
def test_a_program_is_told(strangers: Any) -> None:  # noqa: F811
    ask = _program(strangers)
    assert _failed(lambda each, query: ask.get(f"{_path(each, query)}?{query}"), QUERY, PROGRAMS) == []
    told = ask.get("/api/v1/leads?service=%00")
    assert (told.status_code, told.json()["detail"]) == (
        400,
        "The address holds the character NUL (%00). Leave it out.",
    )
    body = {"number": "+15125550177", "answers": {f"ro{NUL}om": "kitchen"}}
    told = ask.post("/api/v1/commands/create-lead", json.dumps(body), content_type="application/json")
    assert (told.status_code, told.json()["errors"]) == (
        422,
        [{"field": "answers.ro?om", "in": "body", "says": "holds the character NUL (\\u0000): leave it out"}],
    )


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
def test_in_every_body_of_a_program(strangers: Any, method: str) -> None:  # noqa: F811
    ask, kind = _program(strangers), "application/json"
    bad, good = (json.dumps({"name": f"a{nul}b", "answers": {f"x{nul}": "y"}, "body": nul}) for nul in (NUL, ""))
    sent = lambda each, body: ask.generic(method, each.about(CHARLIES), body, content_type=kind)  # noqa: E731
    assert _failed(sent, bad, PROGRAMS, good) == []


def _program(shop: Any) -> Client:
    member = shop.business.members.get(name="Owner")
    _, secret = tokens.make(shop.business.id, member.id, "n8n", tuple(tokens.SCOPES))
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {secret}"})
