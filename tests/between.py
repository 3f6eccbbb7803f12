"""What stands between a browser and the product in an office, a hotel or a van, on real sockets.

By itself it hands each answer on only once it has the whole of it, refuses what many do not pass on (WebSockets, event
streams), and hangs up on who says nothing.
"""

import asyncio
import gzip
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic

import httpx

LAST_WORDS = 20
"""Seconds; longer than any answer is waited for."""
OF_ONE_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "upgrade"}
AWAY = b"HTTP/1.1 502 Bad Gateway\r\nServer: nginx\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
BAD_GATEWAY = (
    b"<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
)


@dataclass
class Proxy:
    """One that can be ill in some ways; what it was asked and did not pass on is kept as it was asked.

    `idle` are seconds until it hangs up on who asks nothing, with a reset where it is `rude`; `longest` those until it
    gives up on an answer and cuts the line. `old` speaks HTTP/1.0, `squeezes` compresses. While it is `away` it answers
    502 to everything. `holds` and `cuts` are told "POST /c/1/reply": it never answers, or with half of it only.
    """

    behind: str
    idle: float = 0.4
    longest: float = 10
    rude: bool = False
    old: bool = False
    squeezes: bool = False
    away: bool = False
    holds: Callable[[str], bool] = field(default=lambda _asked: False)
    cuts: Callable[[str], bool] = field(default=lambda _asked: False)
    url: str = ""
    hung_up: int = 0
    asked: list[tuple[float, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    def counted(self, since: float) -> Counter[str]:
        """How often each thing was asked for since this moment (`time.monotonic`), addresses without their query."""
        return Counter(asked.partition("?")[0] for at, asked in list(self.asked) if at >= since)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            async with httpx.AsyncClient(base_url=self.behind, timeout=self.longest) as onward:
                with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
                    while await self._one(reader, writer, onward):
                        pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, onward: httpx.AsyncClient) -> bool:
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), self.idle)
        except TimeoutError:
            self.hung_up += 1
            if self.rude:
                writer.transport.abort()
            return False
        first, *lines = head.decode("latin-1").rstrip().split("\r\n")
        method, path, _ = first.split(" ")
        asked = f"{method} {path}"
        headers = httpx.Headers([tuple(line.split(": ", 1)) for line in lines])
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.asked.append((monotonic(), asked))
        if "upgrade" in headers or "text/event-stream" in headers.get("accept", ""):
            self.refused.append(asked)
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            return True
        if self.away:
            writer.write(AWAY % (len(BAD_GATEWAY), BAD_GATEWAY))
            return True
        if self.holds(asked):
            self.held.append(asked)
            await reader.read()  # until the browser gives up
            return False
        return await self._passed_on(asked, headers, body, writer, onward)

    async def _passed_on(
        self, asked: str, headers: httpx.Headers, body: bytes, writer: asyncio.StreamWriter, onward: httpx.AsyncClient
    ) -> bool:
        method, path = asked.split(" ")
        told = [(name, value) for name, value in headers.multi_items() if name not in OF_ONE_HOP]
        try:
            answer = await onward.request(method, path, headers=told, content=body)  # all of it, before any goes on
        except httpx.TimeoutException:
            self.given_up.append(asked)
            return False
        whole = self._written(answer, "gzip" in headers.get("accept-encoding", ""))
        is_cut = self.cuts(asked)
        writer.write(whole[: len(whole) // 2] if is_cut else whole)
        await writer.drain()
        return not is_cut and not self.old

    def _written(self, answer: httpx.Response, is_squeezable: bool) -> bytes:
        kept = [(name, value) for name, value in answer.headers.multi_items() if name not in OF_ONE_HOP]
        body = answer.content
        if self.squeezes and is_squeezable and body:
            kept = [(name, value) for name, value in kept if name != "etag"] + [("content-encoding", "gzip")]
            body = gzip.compress(body)
        lines = [f"HTTP/{'1.0' if self.old else '1.1'} {answer.status_code} x", *(f"{name}: {it}" for name, it in kept)]
        if answer.status_code != 204 and not self.old:  # there an answer is over when the line is
            lines.append(f"content-length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@contextmanager
def between(proxy: Proxy) -> Iterator[Proxy]:
    """Have it listen at `proxy.url` meanwhile."""
    is_up, ends = threading.Event(), list[Callable[[], object]]()

    async def run() -> None:
        talks: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.ensure_future(proxy.serve(reader, writer))
            talks[task] = writer
            try:
                await task
            finally:
                del talks[task]

        server = await asyncio.start_server(talk, "localhost", 0)
        over, loop = asyncio.Event(), asyncio.get_running_loop()
        proxy.url = f"http://localhost:{server.sockets[0].getsockname()[1]}"
        ends.append(lambda: loop.call_soon_threadsafe(over.set))
        is_up.set()
        await over.wait()
        server.close()
        for writer in talks.values():
            writer.transport.abort()
        if talks:  # What is broken off while it connects is never awaited: a warning in whichever test comes next.
            await asyncio.wait(list(talks), timeout=LAST_WORDS)

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    assert is_up.wait(20)
    try:
        yield proxy
    finally:
        ends[0]()
        thread.join(2 * LAST_WORDS)
