"""In a real browser: the console is live through a proxy that holds each answer back until it has the whole of it.

It also refuses what many proxies do not pass on (WebSockets, event streams) and hangs up on who says nothing.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
from django.test import Client
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import _page, browser, pytestmark  # noqa: F401  and where there is none

IDLE, LONGEST = 0.4, 10
"""Seconds until the proxy hangs up on a connection on which nothing is asked, and gives up on an answer."""

OF_ONE_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "upgrade"}


@dataclass
class Proxy:
    """What stands between; `refused` and `given_up` are what it did not pass on, as they were asked."""

    behind: str
    url: str = ""
    passed: int = 0
    hung_up: int = 0
    refused: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with httpx.AsyncClient(base_url=self.behind, timeout=LONGEST) as onward:
                with suppress(asyncio.IncompleteReadError, ConnectionError):
                    while await self._one(reader, writer, onward):
                        pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, onward: httpx.AsyncClient) -> bool:
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE)
        except TimeoutError:
            self.hung_up += 1
            return False
        asked, *lines = head.decode("latin-1").rstrip().split("\r\n")
        headers = httpx.Headers([tuple(line.split(": ", 1)) for line in lines])
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if "upgrade" in headers or "text/event-stream" in headers.get("accept", ""):
            self.refused.append(asked)
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            return True
        writer.write(await self._passed_on(asked, headers, body, onward))
        await writer.drain()
        return True

    async def _passed_on(self, asked: str, headers: httpx.Headers, body: bytes, onward: httpx.AsyncClient) -> bytes:
        method, path, _ = asked.split(" ")
        told = [(name, value) for name, value in headers.multi_items() if name not in OF_ONE_HOP]
        try:
            answer = await onward.request(method, path, headers=told, content=body)  # all of it, before any goes on
        except httpx.TimeoutException:
            self.given_up.append(asked)
            return b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n"
        self.passed += 1
        kept = [(name, value) for name, value in answer.headers.multi_items() if name not in OF_ONE_HOP]
        lines = [f"HTTP/1.1 {answer.status_code} x", *(f"{name}: {value}" for name, value in kept)]
        if answer.status_code != 204:
            lines.append(f"content-length: {len(answer.content)}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + answer.content


@contextmanager
def _between(behind: str) -> Iterator[Proxy]:
    proxy, is_up = Proxy(behind), threading.Event()
    ends: list[Callable[[], object]] = []

    async def run() -> None:
        server, over, loop = (
            await asyncio.start_server(proxy.serve, "localhost", 0),
            asyncio.Event(),
            asyncio.get_running_loop(),
        )
        proxy.url = f"http://localhost:{server.sockets[0].getsockname()[1]}"
        ends.append(lambda: loop.call_soon_threadsafe(over.set))
        is_up.set()
        await over.wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    assert is_up.wait(20)
    try:
        yield proxy
    finally:
        ends[0]()
        thread.join(20)


def test_the_console_is_live_through_a_proxy_that_buffers_and_hangs_up(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    talk = shop.conversation(131, name="Maria", phase="human")
    shop.text(talk, "in:1", "customer", "hello?", "received")
    with _between(live_server.url) as proxy:
        page = _page(browser, proxy, bob, viewport={"width": 1280, "height": 800}, locale="en-US")
        loads: list[str] = []
        page.goto(f"/c/{talk.id}")
        page.on("framenavigated", lambda frame: loads.append(frame.url))
        page.fill("#body", "half a senten")
        for n in (2, 3):
            shop.text(talk, f"in:{n}", "customer", f"are you coming, {n}?", "received")
            expect(page.locator("#thread")).to_contain_text(f"are you coming, {n}?")
        expect(page.locator("#body")).to_have_value("half a senten")
        expect(page.locator("#body")).to_be_focused()
        assert loads == []
        page.fill("#body", "In ten minutes")
        page.click("#send")
        expect(page.locator(".bubble", has_text="In ten minutes")).to_be_visible()
        page.goto("/inbox?tab=all")
        shop.conversation(132, name="Tom")
        expect(page.locator("#lists")).to_contain_text("Tom")
        expect(page.locator("#went-wrong")).to_have_count(0)
        assert (proxy.refused, proxy.given_up, proxy.hung_up > 0) == ([], [], True)
        page.context.close()
