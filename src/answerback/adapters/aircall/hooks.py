"""Makes webhooks as Aircall would send them, with the connection's token: for the hook command and tests."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerback.engine.events import CallOutcome
from answerback.ports.connection import Connection
from answerback.ports.phone import SignedRequest

_REASON: Mapping[CallOutcome, str] = {
    "no_answer": "agents_did_not_answer",
    "abandoned": "abandoned_in_classic",
    "after_hours": "out_of_opening_hours",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AircallHooks:
    """The webhooks of one connection at a product that answers under `address` (scheme, host and port)."""

    connection: Connection
    address: str

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
        reason = _REASON.get(outcome, "no_available_agent")
        return self._call("call.hungup", caller, line, now, call, {"missed_call_reason": reason, **more}, rang=20)

    def answered(
        self, *, caller: str, line: str, now: datetime, call: str = "", talked_seconds: int = 60, **more: str
    ) -> SignedRequest:
        """A person took the call and hung up."""
        user = {"id": 456, "name": "Madelaine Dupont", "available": True}
        answered = {"answered_at": int(now.timestamp()) - talked_seconds, "user": user}
        return self._call("call.ended", caller, line, now, call, {**answered, **more}, rang=talked_seconds + 5)

    def voicemail(
        self, *, caller: str, line: str, now: datetime, call: str = "", seconds: int = 12, **more: str
    ) -> SignedRequest:
        """The caller left a message."""
        box = {"voicemail": "https://assets.aircall.io/calls/1/voicemail"}
        return self._call("call.voicemail_left", caller, line, now, call, {**box, **more}, rang=seconds)

    def text(self, *, caller: str, line: str, body: str, message: str = "", **more: str) -> SignedRequest:
        """A text came in."""
        it = {"id": message or secrets.token_hex(12), "direction": "inbound", "raw_digits": caller, "body": body}
        return self._signed("message", "message.received", 0, {**it, "channel": None, "number": _number(line), **more})

    def receipt(
        self, *, message: str, status: str, to: str = "", line: str = "", code: str = "", **more: str
    ) -> SignedRequest:
        """Aircall reports on a text of ours; it gives no error codes."""
        del code
        it = {"id": message, "direction": "outbound", "raw_digits": to, "status": status, "number": _number(line)}
        return self._signed("message", "message.status_updated", 0, {**it, "channel": None, **more})

    def _call(  # noqa: PLR0917  five of the six are the same in every caller, in the same order
        self, event: str, caller: str, line: str, now: datetime, call: str, more: Mapping[str, Any], *, rang: int
    ) -> SignedRequest:
        ended = int(now.timestamp())
        it: dict[str, Any] = {"id": int(call) if call.isdecimal() else call or secrets.randbelow(10**9)}
        it |= {"direction": "inbound", "status": "done", "missed_call_reason": None, "started_at": ended - rang}
        it |= {"answered_at": None, "ended_at": ended, "duration": rang, "voicemail": None, "raw_digits": caller}
        return self._signed("call", event, ended, {**it, "number": _number(line), **more})

    def _signed(self, resource: str, event: str, timestamp: int, data: Mapping[str, Any]) -> SignedRequest:
        token = next(iter(self.connection.settings.get("webhook_token", "").replace(",", " ").split()), "")
        envelope: dict[str, Any] = {"resource": resource, "event": event, "token": token, "data": data}
        envelope |= {"timestamp": timestamp} if timestamp else {}
        url = f"{self.address.rstrip('/')}/hooks/aircall/{self.connection.id}/event"
        return SignedRequest(url=url, headers={"Content-Type": "application/json"}, body=json.dumps(envelope).encode())


def _number(line: str) -> dict[str, Any]:
    return {"id": 1234, "name": "Main line", "digits": line, "country": "US"}
