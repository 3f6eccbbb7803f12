"""Runs a WSGI application, ours with Django in it, in threads behind Granian's interface for coroutines (RSGI).

A small body is read before a thread is taken, so that who sends it slowly keeps no thread; a large one flows through.
"""

import io
import sys
from asyncio import AbstractEventLoop, get_running_loop, run_coroutine_threadsafe
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from math import inf
from typing import Any

from granian.rsgi import HTTPProtocol, ProtocolClosed, Scope  # type: ignore[attr-defined]

SMALL = 64 * 1024
"""Bytes of a body that is held in memory while it comes."""

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Header = tuple[str, str]


class Blocking:
    """`application` behind at most `limit` threads; who comes when all are taken waits for one."""

    def __init__(self, application: Wsgi, limit: int) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(limit, thread_name_prefix="request")

    async def answer(self, scope: Scope, protocol: HTTPProtocol, body: bytes | None = None) -> None:
        """Answer one request; `body` where it was read before."""
        loop = get_running_loop()
        if body is None and length_of(scope) <= SMALL:
            body = await protocol()
        coming = io.BufferedReader(_Coming(protocol, loop), SMALL) if body is None else io.BytesIO(body)
        environ = environ_of(scope, coming)
        await loop.run_in_executor(self._pool, _answer, self._application, environ, protocol, loop)


def environ_of(scope: Scope, body: Any) -> dict[str, Any]:
    """The request as PEP 3333 has it."""
    host, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if scope.authority:  # HTTP/2 names the host there
        environ["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        if "_" not in name:  # `x_forwarded_for` would pass for the header of a proxy
            key = _key(name)
            if key in environ and key != "HTTP_HOST":
                value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"  # noqa: PLW2901  repeated
            environ[key] = value
    return environ


def _key(name: str) -> str:
    key = name.upper().replace("-", "_")
    return key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"


def length_of(scope: Scope) -> float:
    """Bytes the body says it has; infinitely many where it does not say."""
    if "transfer-encoding" in scope.headers:
        return inf
    said = scope.headers.get("content-length") or "0"
    return int(said) if said.isdecimal() and len(said) < 20 else inf


def _answer(application: Wsgi, environ: dict[str, Any], protocol: HTTPProtocol, loop: AbstractEventLoop) -> None:
    begun: list[tuple[int, list[Header]]] = []

    def start(status: str, headers: list[Header], _: Any = None) -> None:
        # Django's names and values may be of a kind of text that only looks like `str` to Granian.
        begun.append((int(status[:3]), [(str(name), str(value)) for name, value in headers]))

    pieces = application(environ, start)
    try:
        if getattr(pieces, "streaming", False):  # as Django's own answers say
            _stream(pieces, *begun[-1], protocol, loop)
        else:
            body = b"".join(pieces)
            protocol.response_bytes(*begun[-1], body)
    except ProtocolClosed:  # whoever asked is gone
        pass
    finally:
        if (close := getattr(pieces, "close", None)) is not None:
            close()


def _stream(
    pieces: Iterable[bytes], status: int, headers: list[Header], protocol: HTTPProtocol, loop: AbstractEventLoop
) -> None:
    """Send piece by piece, each when the one before is taken."""
    transport = protocol.response_stream(status, headers)
    for piece in pieces:
        run_coroutine_threadsafe(_awaited(transport.send_bytes, piece), loop).result()


async def _awaited(what: Callable[[bytes], Awaitable[None]], piece: bytes) -> None:
    await what(piece)


class _Coming(io.RawIOBase):
    """A body that is still on its way, read from a thread."""

    def __init__(self, protocol: HTTPProtocol, loop: AbstractEventLoop) -> None:
        self._pieces = aiter(protocol)
        self._loop = loop
        self._left = memoryview(b"")
        self._is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        if not self._left:
            self._left = memoryview(run_coroutine_threadsafe(self._next(), self._loop).result())
        taken = min(len(into), len(self._left))
        into[:taken], self._left = self._left[:taken], self._left[taken:]
        return taken

    async def _next(self) -> bytes:
        """The next piece that holds something; none at the end, however often it is asked for then."""
        piece = b""
        while not piece and not self._is_over:
            try:
                piece = bytes(await anext(self._pieces))
            except StopAsyncIteration:
                self._is_over = True
        return piece
