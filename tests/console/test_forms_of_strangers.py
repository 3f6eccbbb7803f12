"""Every form of every page, sent as it is drawn but for one field, which names a stranger's thing or an evil place.

`test_isolation` fills all fields at once, and what is looked at first refuses the rest unlooked. Here each has its
turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils.http import url_has_allowed_host_and_scheme
from scripts.pages import kind, reachable
from tests.console.test_isolation import (
    ALICES,
    CHARLIES,
    GUARDED,
    LEFT_OUT_OF_OWN,
    MARK,
    _changed,
    _crossings,
    _rows,
)
from tests.console.test_isolation import strangers as strangers  # noqa: PLC0414  a fixture
from tests.console.test_isolation import visitor as visitor  # noqa: PLC0414

from answerback.store import models

OWN_WORDS = {"csrfmiddlewaretoken", "once"}


@dataclass
class Form:
    """A form as it is drawn: where it goes, and each field's value."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)

    @property
    def kind(self) -> tuple[str, tuple[str, ...]]:
        return kind(self.action), tuple(sorted(self.fields))


class Forms(HTMLParser):
    """Reads a page's forms that are posted; of a choice the chosen one, else the first that is something."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address, self._in, self._choice = address, None, ""
        self.found: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._in: Form | None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in = None
            if given.get("method", "").lower() == "post" or "hx-post" in given:
                self._in = Form(given.get("hx-post") or given.get("action") or self._address)
                self.found.append(self._in)
                self._by_id[given.get("id", "")] = self._in
            return
        form = self._by_id.get(given["form"]) if "form" in given else self._in
        name = given.get("name", "")
        if tag == "option":
            if self._in is not None and self._choice:
                standing = self._in.fields.get(self._choice, [])
                if "selected" in given or (given.get("value") and not any(standing)):
                    self._in.fields[self._choice] = [given.get("value", "")]
            return
        if form is None or not name or name in OWN_WORDS:
            return
        if tag == "select":
            self._choice = name
            form.fields.setdefault(name, [""])
        elif tag in {"input", "button", "textarea"} and given.get("type") != "file":
            if given.get("type") in {"radio", "checkbox"} and name in form.fields and "checked" not in given:
                return
            form.fields[name] = [given.get("value", "") or ("Words" if tag == "textarea" else "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._choice = ""
        elif tag == "form":
            self._in = None


def forms(client: Client) -> list[Form]:
    """One of each kind that the pages have which this person reaches."""
    found: dict[Any, Form] = {}

    def read(address: str) -> str:
        answer = client.get(address)
        if answer.streaming or "html" not in answer.get("Content-Type", ""):
            return ""
        page = answer.content.decode()
        reader = Forms(address)
        reader.feed(page)
        for form in reader.found:
            if form.action.startswith("/") and not form.action.startswith(("/sign-out", "/account/second")):
                found.setdefault(form.kind, form)
        return page

    begin = ["/", "/leads?as=list", f"/c/{CHARLIES}", f"/contacts/{CHARLIES}", f"/lines/{CHARLIES}"]
    reachable(read, begin + [each.about(CHARLIES) for each in GUARDED if each.name not in LEFT_OUT_OF_OWN])
    return list(found.values())


def _named_otherwise(form: Form) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """The form with one field after the other naming something of Alice's, alone, beside its own, and within a value.

    Of fields that differ by a number alone the first has its turn.
    """
    for name in {re.sub(r"\d+", "N", name): name for name in reversed(form.fields)}.values():
        yield name, form.fields | {name: [str(ALICES)]}
        yield name, form.fields | {name: [*form.fields[name], str(ALICES)]}
        hers = [value.replace(str(CHARLIES), str(ALICES)) for value in form.fields[name]]
        if hers != form.fields[name]:
            yield name, form.fields | {name: hers}
            yield name, form.fields | {name: [*form.fields[name], *hers]}


def test_each_field_of_each_form_may_name_a_strangers_thing(strangers: Any, visitor: Any) -> None:
    client, before = visitor("owner"), _rows(ALICES)
    drawn = forms(client)
    assert len(drawn) > 100
    wrong = []
    for form in drawn:
        for name, given in _named_otherwise(form):
            answer = client.post(form.action, given)
            if answer.status_code >= 500:
                wrong.append((kind(form.action), name, answer.status_code))
            elif not answer.streaming and MARK.encode() in answer.content:
                wrong.append((kind(form.action), name, MARK))
    assert (wrong, _changed(before, _rows(ALICES)), _crossings()) == ([], [], [])


ELSEWHERE = ("https://evil.example/", "//evil.example", "/\\evil.example", "\t//evil.example", "javascript:alert(1)")


def test_no_form_leads_elsewhere(strangers: Any, visitor: Any) -> None:
    """Whatever stands in a field that says where to go on, and wherever the browser says it comes from."""
    client = visitor("owner")
    wrong = []
    for form in forms(client):
        for to in ELSEWHERE:
            given = form.fields | {name: [to] for name in ("back", "next", "came", "to")}
            answer = client.post(form.action, given, headers={"Referer": to.strip()})
            led = answer.headers.get("Location", answer.headers.get("HX-Redirect", ""))
            linked = not answer.streaming and re.search(
                rb"(href|action|src)=.\s*((https?:)?[/\\]{2}evil|javascript:)", answer.content
            )
            if linked or (led and url_has_allowed_host_and_scheme(led, None) is False):
                wrong.append((kind(form.action), to, led))
    assert wrong == []


MORE = {
    **dict.fromkeys(("business", "business_id", "id", "user", "user_id", "agency", "member_id"), str(ALICES)),
    **dict.fromkeys(("conversation", "conversation_id", "contact_id", "at_business"), str(ALICES)),
    "role": "owner",
    "is_superuser": "1",
    "is_staff": "1",
    "is_active": "0",
    "email": "x@evil.example",
    "confirmed": "+15125550999",
    "second_step_due": "2030-01-01",
    "password": "evil evil evil",
}


def test_fields_no_form_has_change_nothing(strangers: Any, visitor: Any) -> None:
    """What the tables hold besides: whose it is, what it may, how far it has come."""
    client = visitor("desk")
    before, hers = _who("desk@example.com"), _rows(ALICES)
    for form in forms(client):
        if not form.action.startswith("/business"):
            given = {name: [value] for name, value in MORE.items()} | form.fields
            assert client.post(form.action, given).status_code < 500, form.action
    for each in GUARDED:
        if each.name not in LEFT_OUT_OF_OWN:
            assert client.post(each.about(CHARLIES), MORE).status_code < 500, each.name
    assert _who("desk@example.com") == before
    assert (_changed(hers, _rows(ALICES)), _crossings()) == ([], [])


def _who(email: str) -> dict[str, Any]:
    """The account and seat of a person, but for what they may choose themselves."""
    user = models.User.objects.filter(email=email).values().get()
    seat = (
        models.Member.objects.filter(user=user["id"]).values("id", "business_id", "user_id", "role", "confirmed").get()
    )
    return {name: value for name, value in user.items() if name != "language"} | {
        f"seat {k}": v for k, v in seat.items()
    }


@pytest.mark.parametrize("to", ELSEWHERE)
def test_showing_who_one_is_leads_nowhere_else(to: str, strangers: Any) -> None:
    client = Client()
    client.post("/sign-in", {"email": "owner@example.com", "password": "a long password"})
    answer = client.post("/account/confirm", {"password": "a long password", "next": to})
    assert (answer.status_code, url_has_allowed_host_and_scheme(answer["Location"], None)) == (302, True)
    assert "evil" not in answer["Location"]
