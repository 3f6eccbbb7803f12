"""One kept-alive connection: a request goes out in one piece, and a plain answer is read without a library's help.

An answer in chunks, without a length or otherwise unusual is left to the standard library's HTTP client.

It looks like an httpx transport and raises what one raises, so that adapters tell what certainly did not happen from
what may have: nothing was sent when it raises `ConnectError`, `ConnectTimeout` or `UnsupportedProtocol`. Never here:
sending anything twice. A kept connection is looked at before it is used, and opened anew when the other side let go.
"""

import socket
import ssl
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from io import BufferedReader, RawIOBase
from select import select
from time import monotonic
from typing import Any, cast
from urllib.parse import urlsplit

import httpx

IDLE_SECONDS = 30.0
"""A connection idle for longer is opened anew: the other side has most likely let go of it."""

_TIMEOUT = {"connect": 5.0, "read": 15.0}
_PIECE = 65536
_LONGEST_HEAD = 65536
_WITHOUT_BODY = frozenset({100, 101, 102, 103, 204, 304})


class Wire(httpx.BaseTransport):
    """A connection to one address (scheme, host and port of `base`), for one thread at a time."""

    def __init__(self, base: str, tls: ssl.SSLContext) -> None:
        where = urlsplit(base)
        if where.scheme not in {"http", "https"} or not where.hostname:
            raise httpx.UnsupportedProtocol(f"{base} is no http address.")
        self._http = (
            HTTPSConnection(where.hostname, where.port, context=tls)
            if where.scheme == "https"
            else HTTPConnection(where.hostname, where.port)
        )
        self._used = 0.0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The whole response. A connection that failed is not used again."""
        limits = {**_TIMEOUT, **request.extensions.get("timeout", {})}
        written = _written(request)
        self._open(limits["connect"])
        try:
            self._http.sock.settimeout(limits["read"])
            self._http.sock.sendall(written)
            answer, will_close = _heard(self._http.sock, request)
        except TimeoutError as late:
            self.close()
            raise httpx.ReadTimeout("No answer came in time.", request=request) from late
        except (OSError, HTTPException) as lost:
            self.close()
            raise httpx.RemoteProtocolError(type(lost).__name__, request=request) from lost
        except BaseException:
            self.close()
            raise
        self._used = monotonic()
        if will_close:
            self.close()
        return answer

    def close(self) -> None:
        """Close the connection; the next request opens a new one."""
        with suppress(OSError):
            self._http.close()

    def _open(self, patience: float) -> None:
        if self._http.sock is not None:
            if not self._is_stale():
                return
            self.close()
        self._http.timeout = patience
        try:
            self._http.connect()
        except TimeoutError as late:
            self.close()
            raise httpx.ConnectTimeout("No connection in time.") from late
        except (OSError, HTTPException) as failed:  # a wrong certificate is an OSError too
            self.close()
            raise httpx.ConnectError(type(failed).__name__) from failed
        self._http.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _is_stale(self) -> bool:
        """Idle for too long, or readable between requests: then it was closed, or holds an answer nobody asked for."""
        if monotonic() - self._used > IDLE_SECONDS:
            return True
        with suppress(OSError, ValueError):  # a descriptor select cannot take: see by sending
            return bool(select([self._http.sock], [], [], 0)[0])
        return False


def _written(request: httpx.Request) -> bytes:
    """The request as it goes out, in one piece: two would be two packets, and two times the other side wakes up."""
    head = [b"%s %s HTTP/1.1" % (request.method.encode("ascii"), request.url.raw_path)]
    head += [b"%s: %s" % header for header in request.headers.raw]
    if any(b"\n" in line or b"\r" in line for line in head):
        raise httpx.LocalProtocolError("A header of this request holds the end of a line.", request=request)
    return b"\r\n".join(head) + b"\r\n\r\n" + request.read()


def _heard(sock: socket.socket, request: httpx.Request) -> tuple[httpx.Response, bool]:
    """The answer, and whether the other side closes the connection now."""
    came = sock.recv(_PIECE)
    while b"\r\n\r\n" not in came and len(came) < _LONGEST_HEAD and (more := sock.recv(_PIECE)):
        came += more
    head, ended, body = came.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    headers = [(name.strip(), value.strip()) for name, _, value in (line.partition(b":") for line in lines[1:])]
    said = {name.lower(): value.lower() for name, value in headers}
    length, status = said.get(b"content-length", b""), lines[0][9:12]
    plain = lines[0].startswith(b"HTTP/1.1 ") and status.isdigit() and length.isdigit() and request.method != "HEAD"
    if not ended or not plain or int(status) in _WITHOUT_BODY or b"transfer-encoding" in said:
        return _heard_by_library(sock, came, request.method)
    missing = int(length) - len(body)
    while missing > 0:
        more = sock.recv(min(missing, _PIECE))
        if not more:
            raise IncompleteRead(body, missing)
        body, missing = body + more, missing - len(more)
    # More than was said is an answer nobody asked for: this connection is not used again.
    will_close = missing < 0 or b"close" in said.get(b"connection", b"")
    return httpx.Response(int(status), headers=headers, content=body[: int(length)]), will_close


def _heard_by_library(sock: socket.socket, came: bytes, method: str) -> tuple[httpx.Response, bool]:
    # Closed here, as Python 3.13 complains of an answer that broke off and is only dropped.
    with closing(HTTPResponse(cast("socket.socket", _Begun(sock, came)), method=method)) as response:
        response.begin()
        headers: list[tuple[Any, Any]] = response.getheaders()
        return httpx.Response(response.status, headers=headers, content=response.read()), response.will_close


class _Begun(RawIOBase):
    """A socket of which some bytes were read already."""

    def __init__(self, sock: socket.socket, came: bytes) -> None:
        self._sock, self._came = sock, came

    def makefile(self, mode: str) -> BufferedReader:  # noqa: ARG002  as of a socket
        """What is left to read, from the first byte that came."""
        return BufferedReader(self, _PIECE)

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        if not self._came:
            return self._sock.recv_into(into)
        taken = self._came[: len(into)]
        self._came = self._came[len(taken) :]
        into[: len(taken)] = taken
        return len(taken)
