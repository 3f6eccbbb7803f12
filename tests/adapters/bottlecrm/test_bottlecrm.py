"""BottleCRM keeps every promise of a CRM, on a real server that this test starts; slow, for `pytest -m slow`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Literal

import httpx
import pytest
from django.conf import settings
from tests.adapters.bottlecrm import running

from answerback.adapters import guard
from answerback.adapters.bottlecrm import adapter, api
from answerback.ports import crm as port
from answerback.ports.connection import Connection
from answerback.ports.crm import Record
from answerback.testing.crm_conformance import CrmConformance, SeenActivity

pytestmark = pytest.mark.slow


class Office:
    """People with BottleCRM open in their browser."""

    def __init__(self, known: dict[str, str], patches: pytest.MonkeyPatch) -> None:
        self.known, self._patches, self._ids = known, patches, set[str]()
        self.connection = Connection(id=1, provider="bottlecrm", settings=known)

    def ask(self, method: str, path: str, **body: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.known['token']}"}
        url = f"{self.known['url']}/api{path}"
        answer = httpx.request(method, url, json=body or None, headers=headers, trust_env=False, timeout=60)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else {}

    def puts_person(self, number: str, name: str, email: str = "") -> str:
        first, _, last = name.partition(" ")
        body = {"first_name": first, "last_name": last or "-", "phone": number, "assigned_to": [], "teams": []}
        return str(self.ask("POST", "/contacts/", **body | ({"email": email} if email else {}))["id"])

    def people(self) -> int:
        return int(self.ask("GET", "/contacts/")["contacts_count"])

    def field(self, record: Record, id: str, name: str) -> str:
        remote = next(each.remote for each in adapter.fields if (each.record, each.name) == (record, name))
        (stands,) = adapter.look(Connection(id=1, provider="bottlecrm", settings=self.known), record, [id])
        return stands.fields[remote]

    def edits(self, record: Record, id: str, name: str, value: str) -> None:
        raise NotImplementedError("BottleCRM does not say what changed, so no test asks for it.")

    def deletes_person(self, id: str) -> None:
        self.ask("DELETE", f"/contacts/{id}/")

    def timeline(self, person: str) -> tuple[SeenActivity, ...]:
        kinds = {"call": "call", "sms": "text"}
        logged = sorted(
            self.ask("GET", f"/interactions/?contact={person}")["interactions"], key=lambda each: each["occurred_at"]
        )
        notes = self.ask("GET", f"/contacts/{person}/")["comments"]
        return (
            *(SeenActivity(kind=kinds[each["kind"]], words=each["body"]) for each in logged),
            *(SeenActivity(kind="note", words=each["comment"]) for each in notes),
        )

    def leads(self, person: str) -> tuple[str, ...]:
        every = self.ask("GET", "/opportunities/?limit=100")["opportunities"]
        return tuple(each["id"] for each in every if person in {one["id"] for one in each["contacts"]})

    def todos(self, person: str) -> tuple[tuple[str, bool], ...]:  # noqa: ARG002
        return ()

    def appointments(self, person: str) -> tuple[tuple[datetime, str], ...]:  # noqa: ARG002
        return ()

    def sells(self, lead: str, cents: int) -> None:
        body = {"stage": "CLOSED_WON", "amount": f"{cents / 100:.2f}", "closed_on": "2026-03-04"}
        self.ask("PATCH", f"/opportunities/{lead}/", **body)

    def unsells(self, lead: str) -> None:
        self.ask("PATCH", f"/opportunities/{lead}/", stage="NEGOTIATION")

    def waits(self) -> None:
        """It has no index that lags."""

    def fails(self, how: Literal["away", "lose", "slow_down", "barred"]) -> None:
        match how:
            case "away":
                self._elsewhere(url="http://127.0.0.1:9")
            case "barred":
                self._elsewhere(token="bcrm_pat_" + "x" * 43)
            case "slow_down":
                self._elsewhere(url=_patience())
            case "lose":
                self._patches.setattr(api.guard, "client", self._losing(api.guard.client))

    def _elsewhere(self, **changed: str) -> None:
        self.connection = replace(self.connection, settings={**self.known, **changed})

    def _losing(self, real: Any) -> Any:
        """A client whose next answer to a POST is lost on the way: the server has done what was asked."""

        class Losing(httpx.BaseTransport):
            def handle_request(inner, request: httpx.Request) -> httpx.Response:  # noqa: N805
                with guard.GuardedTransport() as transport:
                    answer = transport.handle_request(request)
                    answer.read()
                if request.method != "POST":
                    return answer
                self._patches.setattr(api.guard, "client", real)
                raise httpx.ReadError("lost", request=request)

        return lambda: httpx.Client(transport=Losing(), trust_env=False)


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[dict[str, str]]:
    with guard.allowing("127.0.0.1"), running.running(settings.DATABASES["default"]) as known:
        yield known


class TestBottleCrm(CrmConformance):
    crm: port.Crm = adapter

    @pytest.fixture(autouse=True)
    def emptied(self, server: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.known, self.patches = server, monkeypatch
        office = Office(server, monkeypatch)
        for each in office.ask("GET", "/opportunities/?limit=100")["opportunities"]:
            office.ask("DELETE", f"/opportunities/{each['id']}/")
        for each in office.ask("GET", "/contacts/?limit=100")["contact_obj_list"]:
            office.ask("DELETE", f"/contacts/{each['id']}/")

    @contextmanager
    def office(self) -> Iterator[Office]:
        yield Office(self.known, self.patches)


def _patience() -> str:
    """The address of a server that asks everybody for patience, once."""

    class Patience(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(429)
            self.send_header("Retry-After", "7")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    listening = HTTPServer(("127.0.0.1", 0), Patience)

    def once() -> None:
        with listening:
            listening.handle_request()

    threading.Thread(target=once, daemon=True).start()
    return f"http://127.0.0.1:{listening.server_port}"
