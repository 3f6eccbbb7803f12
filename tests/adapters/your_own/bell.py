# ruff: noqa: ARG002  parts of the port that Bell does not need

"""Bell: a phone system with one signed JSON report a call, and an address that takes texts."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from answerback.adapters import json_api
from answerback.adapters.numbers import caller, e164
from answerback.adapters.objects import Object, read
from answerback.engine.events import CallAnswered, CallEnded, CallFact, CallOutcome
from answerback.ports.connection import Connection, Finding, Request, Setting
from answerback.ports.errors import Forged, Malformed, PortError, Refused, Unclear
from answerback.ports.phone import HandedOver, Happened, Heard, Ignored, OutgoingText

OUTCOMES: Mapping[str, CallOutcome] = {"rang_out": "no_answer", "engaged": "busy", "gave_up": "abandoned"}


class BellPhone:
    """Bell as `ports.phone.Phone` wants it."""

    name = "bell"
    title = "Bell"
    can_find = False
    settings = (
        Setting(name="key", label="API key", help="In Bell under Account.", secret=True),
        Setting(name="api_base", label="API address", required=False, default="https://api.bell.example"),
    )

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:
        key = connection.settings.get("key", "").encode()
        if not key:
            raise Forged("This connection has no API key, so no request can be checked.")
        expected = hmac.new(key, request.body, hashlib.sha256).hexdigest().encode()
        given = request.headers.get("bell-signature", "").encode("utf-8", "replace")
        if not hmac.compare_digest(expected, given):
            raise Forged("The signature does not fit the API key.")

    def hear(self, connection: Connection, request: Request, now: datetime) -> Heard:
        said = read(request.body)
        if request.what != "call" or said.text("type") != "call.over":
            key, kind = f"ignored:{said.text('id')[:100]}", f"{request.what}.{said.text('type')}"[:80]
            return Heard(facts=(Ignored(key=key, kind=kind, why="Only the end of a call is a fact.", raw=said.raw),))
        line = e164(said.text("called"))
        if line is None:
            raise Malformed("The field 'called' must be our number in E.164.")
        who, at = caller(said.text("caller")), min(said.moment("over_at") or now, now)
        facts = [
            Happened(key=f"{said.need('id')}:{type(event).__name__}", caller=who, line=line, event=event, raw=said.raw)
            for event in _events(said, said.need("id"), line, at)
        ]
        return Heard(facts=tuple(facts))

    def send(self, connection: Connection, text: OutgoingText) -> HandedOver:
        body = {"from": text.sender, "to": text.to, "words": text.body}
        message = json_api.post(_api(connection), "/texts", body).text("id")
        if not message:
            raise Unclear("Bell took the text but its answer could not be read.")
        return HandedOver(message=message)

    def find(
        self, connection: Connection, text: OutgoingText, since: datetime, known: frozenset[str] = frozenset()
    ) -> HandedOver | None:
        raise Unclear("Bell has no list of texts, so it cannot say whether one went out.")

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        try:
            json_api.get(_api(connection), "/account")
        except PortError as problem:
            return (Finding(name="sign-in", ok=False, says=problem.detail, fix="Paste a current API key."),)
        return (Finding(name="sign-in", ok=True, says="The API key is right."),)


def _events(said: Object, call: str, line: str, at: datetime) -> list[CallFact]:
    """Bell names the person who took the call; what it calls `machine` took it too, and is nobody."""
    rang, talked = said.seconds("rang"), said.seconds("talked")
    if said.text("taken_by"):
        taken = CallAnswered(at=at, call=call, line=line, by="person", evidence="phone_system", rang_seconds=rang)
        over = CallEnded(at=at, call=call, line=line, outcome="answered_human", talked_seconds=talked)
        return [taken, over]
    outcome = OUTCOMES.get(said.text("result"), "unknown")
    return [CallEnded(at=at, call=call, line=line, outcome=outcome, rang_seconds=rang)]


def _api(connection: Connection) -> json_api.Api:
    key, base = connection.settings.get("key", ""), connection.settings.get("api_base", "")
    if not key:
        raise Refused("This connection has no API key.", failure="sender_unregistered")
    return json_api.api("Bell", base, {"Authorization": f"Bearer {key}"}, _refusal)


def _refusal(status: int, said: Object) -> Refused:
    failure = "sender_unregistered" if status == 401 else "landline" if said.text("why") == "landline" else "unknown"
    return Refused(f"Bell refused with {status}.", failure=failure, code=str(status))
