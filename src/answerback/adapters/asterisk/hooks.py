"""Makes the hangup handler's POST: for the hook command and tests. A switchboard reports no texts."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn
from urllib.parse import urlencode

from answerback.engine.events import CallOutcome
from answerback.ports.connection import Connection
from answerback.ports.errors import Refused
from answerback.ports.phone import SignedRequest

_DIAL: Mapping[CallOutcome, str] = {"busy": "BUSY", "abandoned": "CANCEL", "failed": "CHANUNAVAIL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AsteriskHooks:
    """The hangup handler of one connection, for a product that answers under `address` (scheme, host and port)."""

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
        return self._posted(caller, line, now, call, {"dial": _DIAL.get(outcome, "NOANSWER"), **more}, seconds=20)

    def answered(
        self, *, caller: str, line: str, now: datetime, call: str = "", talked_seconds: int = 60, **more: str
    ) -> SignedRequest:
        """A person took the call and hung up."""
        times = {"answered": str(talked_seconds), "dialed": str(talked_seconds + 5)}
        said = {"dial": "ANSWER", "peer": "PJSIP/101-00000007", **times, **more}
        return self._posted(caller, line, now, call, said, seconds=talked_seconds + 5)

    def voicemail(
        self, *, caller: str, line: str, now: datetime, call: str = "", seconds: int = 12, **more: str
    ) -> SignedRequest:
        """The caller left a message."""
        said = {"dial": "NOANSWER", "dialed": "20", "vm": "SUCCESS", **more}
        return self._posted(caller, line, now, call, said, seconds=20 + seconds)

    def text(self, *, caller: str, line: str, body: str, message: str = "", **more: str) -> SignedRequest:
        """A switchboard reports no texts."""
        del caller, line, body, message, more
        _no_texts()

    def receipt(
        self, *, message: str, status: str, to: str = "", line: str = "", code: str = "", **more: str
    ) -> SignedRequest:
        """A switchboard reports no texts."""
        del message, status, to, line, code, more
        _no_texts()

    def _posted(
        self, caller: str, line: str, now: datetime, call: str, said: Mapping[str, str], *, seconds: int
    ) -> SignedRequest:
        at = int(now.timestamp())
        record = {"call": call or f"{at - seconds}.{secrets.randbelow(10**6)}", "from": caller, "did": line}
        record |= {"began": str(at - seconds), "at": str(at), "context": "from-trunk", **said}
        body = urlencode({"token": self.connection.settings.get("post_token", ""), **record}).encode()
        url = f"{self.address.rstrip('/')}/hooks/asterisk/{self.connection.id}/hangup"
        return SignedRequest(url=url, headers={"Content-Type": "application/x-www-form-urlencoded"}, body=body)


def _no_texts() -> NoReturn:
    raise Refused("A switchboard reports no texts; make them on the line that sends this one's.")
