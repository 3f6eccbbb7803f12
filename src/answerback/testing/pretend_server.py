"""A pretend provider's server over real HTTP on loopback: its thread, its faults, the texts it took.

A subclass says what the provider answers. It never leaves the machine it runs on: it binds to 127.0.0.1.
"""

import asyncio
import json
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self

from answerback.testing.pretend_http import Ask, Fault, FaultKind, Reply, Wire
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
class PretendServer:
    """The server and everything it remembers. Use it in a `with`, or call `start` and `stop`."""

    id_prefix: ClassVar[str] = "T"

    port: int = 0
    faults: list[Fault] = field(default_factory=list)
    texts: dict[str, list[Taken]] = field(default_factory=lambda: defaultdict(list))
    asked: list[Ask] = field(default_factory=list)
    _loop: asyncio.AbstractEventLoop | None = None
    _thread: threading.Thread | None = None
    _done: asyncio.Event | None = None

    @property
    def url(self) -> str:
        """The address to use as `api_base`."""
        return f"http://127.0.0.1:{self.port}"

    def fault(self, kind: FaultKind, **how: Any) -> None:
        """Ask for one more kind of failure; see `Fault`."""
        self.faults.append(Fault(kind=kind, **how))

    def texts_to(self, number: str) -> tuple[Taken, ...]:
        """Every text taken for this number, oldest first."""
        return tuple(self.texts.get(number, ()))

    def answer(self, ask: Ask) -> Reply:
        """The provider's reply to one request."""
        raise NotImplementedError

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

    def start(self) -> Self:
        """Listen from a thread of our own; returns once it does."""
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True)
        self._thread.start()
        if not ready.wait(10):
            raise RuntimeError("The pretend provider did not start within 10 seconds.")
        return self

    def stop(self) -> None:
        """Close every connection and end the thread."""
        if self._loop and self._done and self._thread and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._done.set)
            self._thread.join(10)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._done = asyncio.get_running_loop(), asyncio.Event()
        wires: set[Wire] = set()
        server = await self._loop.create_server(lambda: Wire(self._heard, wires), "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._done.wait()
        server.close()
        for wire in tuple(wires):
            wire.end()

    def _heard(self, ask: Ask) -> Reply:
        self.asked.append(ask)
        return self.answer(ask)
