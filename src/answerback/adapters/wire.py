"""One kept-alive connection, spoken over with the standard library's HTTP client: a third of what httpx's costs.

It looks like an httpx transport and raises what one raises, so that adapters tell what certainly did not happen from
what may have: nothing was sent when it raises `ConnectError`, `ConnectTimeout` or `UnsupportedProtocol`. Never here:
sending anything twice. A kept connection is looked at before it is used, and opened anew when the other side let go.
"""

import socket
import ssl
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from select import select
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx

IDLE_SECONDS = 30.0
"""A connection idle for longer is opened anew: the other side has most likely let go of it."""

_TIMEOUT = {"connect": 5.0, "read": 15.0}


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
        self._open(limits["connect"])
        try:
            self._http.sock.settimeout(limits["read"])
            self._send(request)
            response = self._http.getresponse()
            answer = _answer(response)
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
        if response.will_close:
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

    def _send(self, request: httpx.Request) -> None:
        self._http.putrequest(
            request.method, request.url.raw_path.decode("ascii"), skip_host=True, skip_accept_encoding=True
        )
        for name, value in request.headers.raw:
            self._http.putheader(name, value)
        self._http.endheaders(request.read() or None)


def _answer(response: HTTPResponse) -> httpx.Response:
    headers: list[tuple[Any, Any]] = response.getheaders()
    return httpx.Response(response.status, headers=headers, content=response.read())
