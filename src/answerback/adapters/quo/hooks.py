"""Makes webhooks as Quo would send and sign them (the new generation): for the hook command, tests and the fuzzer."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from answerback.adapters.quo import signature
from answerback.engine.events import CallOutcome
from answerback.ports.connection import Connection
from answerback.ports.phone import SignedRequest

_STATUS: Mapping[CallOutcome, str] = {"busy": "busy", "failed": "failed", "abandoned": "abandoned"}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoHooks:
    """The webhooks of one connection at a product under `address`; `clock` dates what is not given a moment."""

    connection: Connection
    address: str
    clock: Callable[[], datetime] | None = None

    def missed(
        self,
        *,
        caller: str,
        line: str,
        now: datetime,
        call: str = "",
        outcome: CallOutcome = "no_answer",
        **more: str,
    ) -> SignedRequest:
        """A call ended and nobody took it."""
        status = _STATUS.get(outcome, "missed")
        times = {"createdAt": _iso(now - timedelta(seconds=20)), "answeredAt": None, "completedAt": _iso(now)}
        it = {"id": call or _id("AC"), "direction": "incoming", "status": status, "hasVoicemail": False, **times}
        return self._call("call.missed" if status == "missed" else "call.completed", caller, line, now, it | more)

    def answered(
        self, *, caller: str, line: str, now: datetime, call: str = "", talked_seconds: int = 60, **more: str
    ) -> SignedRequest:
        """A person took the call and hung up."""
        took = now - timedelta(seconds=talked_seconds)
        times = {"createdAt": _iso(took - timedelta(seconds=5)), "answeredAt": _iso(took), "completedAt": _iso(now)}
        it = {"id": call or _id("AC"), "direction": "incoming", "status": "answered", "duration": talked_seconds}
        return self._call("call.completed", caller, line, now, it | {"hasVoicemail": False} | times | more)

    def voicemail(
        self, *, caller: str, line: str, now: datetime, call: str = "", seconds: int = 12, **more: str
    ) -> SignedRequest:
        """The caller left a message."""
        box, link = _id("VM"), "https://files.quo.com/voicemail.mp3"
        it = {"callId": call or _id("AC"), "id": box, "voicemailId": box, "direction": "incoming", "from": caller}
        it |= {"to": line, "createdAt": _iso(now), "recordingUrl": link}
        return self._call("call.voicemail.completed", caller, line, now, it | {"duration": seconds} | more)

    def text(self, *, caller: str, line: str, body: str, message: str = "", **more: str) -> SignedRequest:
        """A text came in."""
        now = self._now()
        it = {"id": message or _id("AC"), "direction": "incoming", "status": "received", "text": body, "media": []}
        context = self._context(caller, line) | {"senderIdentifier": caller, "recipientIdentifiers": [line]}
        return self._signed("message.received", now, it | {"createdAt": _iso(now)} | more, context)

    def receipt(
        self, *, message: str, status: str, to: str = "", line: str = "", code: str = "", **more: str
    ) -> SignedRequest:
        """Quo reports on a text of ours; `status` is delivered, failed or undelivered."""
        now = self._now()
        it: dict[str, Any] = {"text": "", "errorCode": code or None}
        it |= {"id": message, "direction": "outgoing", "status": status, "media": [], "createdAt": _iso(now)}
        context = self._context(to, line) | {"senderIdentifier": line, "recipientIdentifiers": [to] if to else []}
        return self._signed(f"message.{status}", now, it | more, context)

    def _now(self) -> datetime:
        if self.clock is None:
            raise RuntimeError("The Quo adapter was never handed a clock: call use_clock(...) at start-up.")
        return self.clock()

    def _call(self, kind: str, caller: str, line: str, now: datetime, it: Mapping[str, Any]) -> SignedRequest:
        return self._signed(kind, now, it, self._context(caller, line))

    def _context(self, caller: str, line: str) -> dict[str, Any]:
        people = {"external": [caller], "workspace": [line], "resolution": "available"}
        return {"orgId": "OR123", "phoneNumberId": "PN123", "conversationId": "CN123", "participants": people}

    def _signed(self, kind: str, now: datetime, it: Mapping[str, Any], context: Mapping[str, Any]) -> SignedRequest:
        event = {"id": _id("EV"), "apiVersion": "2026-03-30", "createdAt": _iso(now), "type": kind}
        data = {"resource": it, "context": context, "links": {"quo": "https://my.quo.com/"}}
        body = json.dumps({**event, "data": data}).encode()
        secret = self.connection.settings.get("webhook_secret", "")
        headers = signature.sign(secret, _id("msg_"), int(now.timestamp()), body)
        url = f"{self.address.rstrip('/')}/hooks/quo/{self.connection.id}/event"
        return SignedRequest(url=url, headers={"Content-Type": "application/json", **headers}, body=body)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _id(prefix: str) -> str:
    return prefix + secrets.token_hex(12)
