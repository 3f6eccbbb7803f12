"""Makes webhooks of our documented JSON: for the hook command and tests."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from answerback.adapters.signed_json import signed_headers
from answerback.engine.events import CallOutcome
from answerback.ports.connection import Connection
from answerback.ports.phone import SignedRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookHooks:
    """The webhooks of one connection at a product under `address`; `clock` dates what is not given a moment."""

    connection: Connection
    address: str
    clock: Callable[[], datetime]

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
        return self._call("ended", caller, line, now, {"call": call, "outcome": outcome, "rang_seconds": 20, **more})

    def answered(
        self, *, caller: str, line: str, now: datetime, call: str = "", talked_seconds: int = 60, **more: str
    ) -> SignedRequest:
        """A person took the call and hung up."""
        said = {"call": call, "outcome": "answered_human", "talked_seconds": talked_seconds, **more}
        return self._call("ended", caller, line, now, said)

    def voicemail(
        self, *, caller: str, line: str, now: datetime, call: str = "", seconds: int = 12, **more: str
    ) -> SignedRequest:
        """The caller left a message."""
        return self._call("voicemail", caller, line, now, {"call": call, "seconds": seconds, **more})

    def text(self, *, caller: str, line: str, body: str, message: str = "", **more: str) -> SignedRequest:
        """A text came in."""
        said = {"kind": "text", "caller": caller, "line": line, "text": body, **more}
        return self._signed("text", said, f"{message or token_hex(8)}-text", self.clock())

    def receipt(
        self, *, message: str, status: str, to: str = "", line: str = "", code: str = "", **more: str
    ) -> SignedRequest:
        """A word on a text of ours; `code` is one of `Failure`."""
        said = {"kind": "receipt", "message": message, "status": status, "to": to, "line": line, **more}
        said |= {"failure": code} if code else {}
        return self._signed("receipt", said, f"{message}-{status}", self.clock())

    def _call(self, kind: str, caller: str, line: str, now: datetime, said: Mapping[str, Any]) -> SignedRequest:
        call = said["call"] or token_hex(8)
        fields = {"kind": kind, "caller": caller, "line": line, **said, "call": call}
        return self._signed("call", fields, f"{call}-{kind}", now)

    def _signed(self, what: str, said: Mapping[str, Any], key: str, now: datetime) -> SignedRequest:
        url = f"{self.address.rstrip('/')}/hooks/webhook/{self.connection.id}/{what}"
        body = json.dumps({"id": key, "at": now.astimezone(UTC).isoformat(), **said}).encode()
        secret = self.connection.settings.get("secret", "")
        headers = signed_headers(secret=secret, url=url, body=body, at=now)
        return SignedRequest(url=url, headers={"Content-Type": "application/json", **headers}, body=body)
