"""A pretend Telnyx over real HTTP on loopback, for tests: its API v2 as far as the adapter asks, and its signatures.

Its Ed25519 key is made anew for each one; `settings()` hands out the public half, as the real portal does.
"""

import json
import time
from base64 import b64encode
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from answerback.ports.phone import SignedRequest
from answerback.testing.pretend_http import Ask, Fault, FaultKind, Loopback, Reply
from answerback.workflow import clock

KEY = "KEY0190-pretend"
CODES = {400: "10015", 401: "10009", 404: "10005", 422: "40310", 429: "10011", 500: "10007"}


@dataclass(kw_only=True)
class PretendTelnyx(Loopback):
    """The server and everything it remembers; use it in a `with`.

    `resources` are answered by path, `data` around them; `sent` are the texts it took, by recipient.
    """

    api_key: str = KEY
    private_key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    faults: list[Fault] = field(default_factory=list)
    sent: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    resources: dict[str, Any] = field(default_factory=lambda: {"/v2/balance": {"available_credit": "12.00"}})
    bare: dict[str, Any] = field(default_factory=dict)
    """Answers of the older parts of the API, which put nothing around them."""
    changes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    placed: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def public_key(self) -> str:
        """What the portal shows as the account's public key."""
        return b64encode(self.private_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()

    def settings(self, **more: str) -> dict[str, str]:
        """Settings for a connection of the Telnyx adapter that reach this server."""
        return {"api_key": self.api_key, "public_key": self.public_key, "api_base": self.url, **more}

    def fault(self, kind: FaultKind, **how: Any) -> Fault:
        """Ask for one more kind of failure; see `Fault`."""
        fault = Fault(kind=kind, **how)
        self.faults.append(fault)
        return fault

    def signed_form(self, url: str, fields: Mapping[str, str]) -> SignedRequest:
        """A TeXML request as Telnyx sends it."""
        return self._signed(url, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def signed_json(self, url: str, value: Mapping[str, Any]) -> SignedRequest:
        """A messaging webhook as Telnyx sends it."""
        return self._signed(url, json.dumps(value).encode(), "application/json")

    def _signed(self, url: str, body: bytes, kind: str) -> SignedRequest:
        at = str(int(clock.now().timestamp()))
        signature = b64encode(self.private_key.sign(at.encode() + b"|" + body)).decode()
        headers = {"Content-Type": kind, "telnyx-signature-ed25519": signature, "telnyx-timestamp": at}
        return SignedRequest(url=url, headers=headers, body=body)

    def answer(self, ask: Ask) -> Reply:
        """The reply to one request."""
        path = unquote(ask.path)
        if path in self.media:
            kind, content = self.media[path]
            return Reply(200, content, headers=f"Content-Type: {kind}\r\n".encode())
        if ask.headers.get(b"authorization") != f"Bearer {self.api_key}".encode():
            return _error(401)
        self.asked.append((path, ask.query))
        if path == "/v2/messages" and ask.method == "POST":
            return self._create(json.loads(ask.body))
        if path.startswith("/v2/texml/Accounts/") and ask.method == "POST":
            self.placed.append(json.loads(ask.body))
            return Reply(200, b'{"from": "+15125550100", "to": "+15125550190", "status": "queued"}')
        if ask.method == "PATCH":
            change = json.loads(ask.body)
            self.changes.append((path, change))
            self.resources[path].update(change)
        if path in self.bare:
            return Reply(200, json.dumps(self.bare[path]).encode())
        if path not in self.resources:
            return _error(404)
        return Reply(200, json.dumps({"data": self._chosen(path, ask.query)}).encode())

    def _chosen(self, path: str, query: Mapping[str, str]) -> Any:
        found = self.resources[path]
        wanted = query.get("filter[phone_number]")
        return [each for each in found if each["phone_number"] == wanted] if wanted else found

    def _create(self, form: dict[str, Any]) -> Reply:
        fault = next((fault for fault in self.faults if fault.strikes(form["to"])), None)
        match fault.kind if fault else None:
            case "refuse":
                assert fault
                return _error(fault.status, str(fault.code))
            case "rate_limit":
                return _error(429)
            case "error":
                return _error(500)
            case "gateway":
                return Reply(502, b"<html>Bad Gateway</html>")
            case "drop":
                return Reply(0, then="close")
        reply = self._taken(form)
        reply.then = "close" if fault and fault.kind == "lose" else "answer"
        return reply

    def _taken(self, form: dict[str, Any]) -> Reply:
        number = sum(len(texts) for texts in self.sent.values()) + 1
        message = {
            "record_type": "message",
            "direction": "outbound",
            "id": f"40385f64-5717-4562-b3fc-{number:012x}",
            "type": "MMS" if form.get("media_urls") else "SMS",
            "from": {"phone_number": form["from"], "carrier": "TELNYX LLC", "line_type": "VoIP"},
            "to": [{"phone_number": form["to"], "status": "queued", "carrier": "T-MOBILE USA, INC."}],
            "text": form["text"],
            "media": [{"url": link} for link in form.get("media_urls", ())],
            "webhook_url": form.get("webhook_url"),
            "parts": 1,
            "received_at": clock.now().isoformat(),
            "errors": [],
            "arrived_ns": time.monotonic_ns(),
        }
        self.sent[form["to"]].append(message)
        return Reply(200, json.dumps({"data": message}).encode())


def _error(status: int, code: str = "") -> Reply:
    error = {"code": code or CODES[status], "title": "Refused", "detail": "As asked for."}
    return Reply(status, json.dumps({"errors": [error]}).encode())
