"""A pretend provider's server over real HTTP on loopback: its faults, the texts it took.

A subclass says what the provider answers. It never leaves the machine it runs on: it binds to 127.0.0.1.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from answerback.testing.pretend_http import Ask, Fault, FaultKind, Loopback, Reply
from answerback.workflow import clock


@dataclass(kw_only=True, slots=True)
class Taken:
    """A text the pretend provider took."""

    id: str
    to: str
    sender: str
    body: str
    created: datetime


@dataclass(kw_only=True)
class PretendServer(Loopback):
    """The server and everything it remembers. Use it in a `with`, or call `start` and `stop`."""

    id_prefix: ClassVar[str] = "T"

    faults: list[Fault] = field(default_factory=list)
    texts: dict[str, list[Taken]] = field(default_factory=lambda: defaultdict(list))
    asked: list[Ask] = field(default_factory=list)

    def fault(self, kind: FaultKind, **how: Any) -> None:
        """Ask for one more kind of failure; see `Fault`."""
        self.faults.append(Fault(kind=kind, **how))

    def texts_to(self, number: str) -> tuple[Taken, ...]:
        """Every text taken for this number, oldest first."""
        return tuple(self.texts.get(number, ()))

    def refusal(self, status: int) -> Reply:
        """How the provider says no with this status."""
        return self.json(status, {"message": "refused"})

    def taken(self, text: Taken) -> Reply:
        """How the provider says that it took a text."""
        raise NotImplementedError

    def take(self, *, to: str, sender: str, body: str) -> Reply:
        """Take a text, unless a fault strikes it."""
        fault = next((fault for fault in self.faults if fault.strikes(to)), None)
        match fault.kind if fault else None:
            case "refuse":
                return self.refusal(400)
            case "rate_limit":
                return Reply(429, b"{}", b"Retry-After: 1\r\n")
            case "error":
                return Reply(503, b"{}")
            case "gateway":
                return Reply(502, b"<html>Bad Gateway</html>")
            case "drop":
                return Reply(0, then="close")
        number = sum(map(len, self.texts.values())) + 1
        text = Taken(id=f"{self.id_prefix}{number:08d}", to=to, sender=sender, body=body, created=clock.now())
        self.texts[to].append(text)
        reply = self.taken(text)
        if fault is not None and fault.kind == "lose":
            reply.then = "close"
        return reply

    def json(self, status: int, value: Mapping[str, Any]) -> Reply:
        """A reply in JSON."""
        return Reply(status, json.dumps(value).encode())

    def heard(self, ask: Ask) -> Reply:
        """Every request is remembered."""
        self.asked.append(ask)
        return self.answer(ask)
