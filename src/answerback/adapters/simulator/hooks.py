"""Makes single webhooks exactly as the pretend phone system sends and signs them: for the hook command and tests.

It never sends anything and never touches a pretend world; the facts need not have happened there.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from answerback.adapters.signed_json import signed_headers
from answerback.engine.events import CallOutcome
from answerback.ports.connection import Connection
from answerback.ports.phone import WITHHELD, SignedRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatorHooks:
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
        return self._call("ended", caller, line, now, {"call": call, "outcome": outcome, "rang_seconds": 20} | more)

    def answered(
        self, *, caller: str, line: str, now: datetime, call: str = "", talked_seconds: int = 60, **more: str
    ) -> SignedRequest:
        """A person took the call and hung up."""
        fields = {"call": call, "outcome": "answered_human", "talked_seconds": talked_seconds}
        return self._call("ended", caller, line, now, fields | more)

    def voicemail(
        self, *, caller: str, line: str, now: datetime, call: str = "", seconds: int = 12, **more: str
    ) -> SignedRequest:
        """The caller left a message."""
        return self._call("voicemail", caller, line, now, {"call": call, "seconds": seconds} | more)

    def text(self, *, caller: str, line: str, body: str, message: str = "", **more: str) -> SignedRequest:
        """A text came in."""
        fields = {"kind": "text", "caller": caller, "line": line, "text": body} | more
        return self._signed("text", fields, key=message and f"{message}-text", now=self.clock())

    def receipt(
        self, *, message: str, status: str, to: str = "", line: str = "", code: str = "", **more: str
    ) -> SignedRequest:
        """The pretend provider reports on a text of ours; `code` is one of `Failure`."""
        fields = {"kind": "receipt", "message": message, "status": status, "to": to, "line": line} | more
        if code:
            fields["failure"] = code
        return self._signed("receipt", fields, key=f"{message}-{status}", now=self.clock())

    def _call(self, kind: str, caller: str, line: str, now: datetime, fields: dict[str, Any]) -> SignedRequest:
        call = fields["call"] or f"call-{token_hex(8)}"
        shown = None if caller == WITHHELD else caller
        whole = {"kind": kind, "caller": shown, "line": line} | fields | {"call": call}
        return self._signed("call", whole, key=f"{call}-{kind}", now=now)

    def _signed(self, what: str, fields: dict[str, Any], *, key: str, now: datetime) -> SignedRequest:
        url = f"{self.address.rstrip('/')}/hooks/simulator/{self.connection.id}/{what}"
        moment = now.astimezone(UTC).isoformat()
        body = json.dumps({"id": key or f"fact-{token_hex(8)}", "at": moment} | fields).encode()
        secret = self.connection.settings.get("secret", "")
        headers = signed_headers(secret=secret, url=url, body=body, at=now)
        return SignedRequest(url=url, headers={"content-type": "application/json"} | headers, body=body)
