"""The wire of the pretend providers and its failures: HTTP/1.1 with keep-alive on asyncio, fast and forgetful.

One request after the other on a connection, bodies by Content-Length: as much of HTTP as our own client speaks. It is
for loopback and for tests; it checks nothing that a server on the open net would have to.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Self
from urllib.parse import parse_qsl, unquote

_REASONS = {200: "OK", 201: "CREATED", 204: "No Content", 400: "BAD REQUEST", 401: "UNAUTHORIZED", 404: "NOT FOUND"}
_REASONS |= {429: "TOO MANY REQUESTS", 500: "INTERNAL SERVER ERROR", 502: "BAD GATEWAY"}


FaultKind = Literal["refuse", "rate_limit", "error", "gateway", "hang", "drop", "lose", "slow"]
"""What can go wrong; see `Fault`."""


@dataclass(slots=True)
class Ask:
    """One request; header names are lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[bytes, bytes]
    body: bytes
    target: str = ""
    """Path and query exactly as they came."""


@dataclass(slots=True)
class Reply:
    """What to write back after `delay` seconds, or not to: `hang` says nothing, `close` ends the connection."""

    status: int
    body: bytes = b"{}"
    headers: bytes = b""
    delay: float = 0.0
    then: Literal["answer", "hang", "close"] = "answer"


@dataclass(kw_only=True, slots=True)
class Fault:
    """One way to go wrong for texts to `to` (anyone if None), for a `share` of them, at most `times`.

    refuse: `status` and `code` · rate_limit: 429 · error: 500 in the provider's form · gateway: 502 without it ·
    hang: never answered, and the text taken or not (`accepts`) · drop: the connection ends before the text is taken ·
    lose: the text is taken and the answer lost · slow: `seconds` more.
    """

    kind: FaultKind
    to: str | None = None
    share: float = 1.0
    times: int | None = None
    status: int = 400
    code: int = 21211
    seconds: float = 1.0
    accepts: bool = False
    _due: float = 0.0

    def strikes(self, to: str) -> bool:
        """Does it hit this text? A share is spread evenly, not drawn, so that runs repeat."""
        if self.times == 0 or (self.to is not None and self.to != to):
            return False
        self._due += self.share
        if self._due < 1 - 1e-9:
            return False
        self._due -= 1
        if self.times is not None:
            self.times -= 1
        return True


class Wire(asyncio.Protocol):
    """One connection; it keeps itself in `open_wires` while it lasts."""

    def __init__(self, answer: Callable[[Ask], Reply], open_wires: "set[Wire]") -> None:
        self.answer = answer
        self.open_wires = open_wires
        self.loop = asyncio.get_running_loop()
        self.buffer = b""
        self.busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client came."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.open_wires.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  asyncio hands it over
        """The client went."""
        self.open_wires.discard(self)

    def data_received(self, data: bytes) -> None:
        """Some bytes of a request, rarely not all of them."""
        self.buffer += data
        if not self.busy:
            self._next()

    def end(self) -> None:
        """Break the connection off as a failing network would."""
        self.transport.abort()

    def _next(self) -> None:
        head, found, rest = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        first, *lines = head.split(b"\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        length = int(headers.get(b"content-length", b"0"))
        if len(rest) < length:
            return
        self.buffer, self.busy = rest[length:], True
        method, target, _ = first.decode("ascii").split(" ", 2)
        path, _, query = target.partition("?")
        pairs = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
        self._reply(self.answer(Ask(method, unquote(path), pairs, headers, rest[:length], target)))

    def _reply(self, reply: Reply) -> None:
        if reply.then == "hang":
            return
        write = self.end if reply.then == "close" else lambda: self._write(reply)
        if reply.delay > 0:
            self.loop.call_later(reply.delay, write)
        else:
            write()

    def _write(self, reply: Reply) -> None:
        head = b"HTTP/1.1 %d %s\r\n%sContent-Length: %d\r\n\r\n"
        reason = _REASONS.get(reply.status, "OTHER").encode()
        kind = b"" if b"Content-Type" in reply.headers else b"Content-Type: application/json\r\n"
        self.transport.write(head % (reply.status, reason, kind + reply.headers, len(reply.body)) + reply.body)
        self.busy = False
        if self.buffer:
            self._next()


@dataclass(kw_only=True)
class Loopback:
    """A server on 127.0.0.1 in a thread of its own; subclasses say what it answers. Use it in a `with`."""

    port: int = 0
    """Where it listens; a free one is taken for 0."""
    _loop: asyncio.AbstractEventLoop | None = None
    _thread: threading.Thread | None = None
    _done: asyncio.Event | None = None

    @property
    def url(self) -> str:
        """The address to use as `api_base`."""
        return f"http://127.0.0.1:{self.port}"

    def answer(self, ask: Ask) -> Reply:
        """The reply to one request."""
        raise NotImplementedError

    def start(self) -> Self:
        """Listen from a thread of our own; returns once it does."""
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True)
        self._thread.start()
        if not ready.wait(10):
            raise RuntimeError(f"{type(self).__name__} did not start within 10 seconds.")
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

    def heard(self, ask: Ask) -> Reply:
        """What every request goes through on its way to `answer`."""
        return self.answer(ask)

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._done = asyncio.get_running_loop(), asyncio.Event()
        wires: set[Wire] = set()
        server = await self._loop.create_server(lambda: Wire(self.heard, wires), "127.0.0.1", self.port, backlog=2048)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._done.wait()
        server.close()
        for wire in tuple(wires):
            wire.end()
