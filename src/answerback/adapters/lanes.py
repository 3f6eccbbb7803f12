"""Kept-alive HTTP connections for adapters, without a queue at the door.

httpx's own pool looks at every connection it holds for every request, and what it builds around one costs more than a
text's turn. Here a thread borrows a lane that holds one connection, the one used last, and puts it back. There are as
many as threads ever spoke at once. Never here: retries, redirects, cookies, or a log line with somebody's number in
its address.
"""

import os
import ssl
from collections import deque
from functools import lru_cache
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass
from weakref import WeakSet

import httpx

from answerback.adapters.wire import IDLE_SECONDS, Wire

_ONE = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=IDLE_SECONDS)


class Lanes(httpx.BaseTransport):
    """Connections to one address, shared by all threads; through the proxy of the environment where one is set."""

    def __init__(self, base: str) -> None:
        self._base = base
        where = urlsplit(base)
        self._proxy = None if proxy_bypass(where.hostname or "") else getproxies().get(where.scheme)
        self._tls = _certificates()
        self._free: deque[httpx.BaseTransport] = deque()
        _ALL.add(self)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The whole response, read to its end; raises what httpx raises."""
        try:
            lane = self._free.pop()
        except IndexError:
            lane = self._new()
        try:
            response = lane.handle_request(request)
            try:
                response.read()
            finally:
                response.close()
            return response
        finally:
            self._free.append(lane)

    def _new(self) -> httpx.BaseTransport:
        if self._proxy:
            return httpx.HTTPTransport(verify=self._tls, limits=_ONE, proxy=self._proxy)
        return Wire(self._base, self._tls)

    def close(self) -> None:
        """Close every connection that is not in use."""
        while self._free:
            self._free.pop().close()

    def forget(self) -> None:
        """Let go of the connections without closing them: they are another process's."""
        self._free.clear()

    def __del__(self) -> None:
        self.close()


_ALL: WeakSet[Lanes] = WeakSet()


def _forget_all() -> None:
    for every in tuple(_ALL):
        every.forget()


if hasattr(os, "register_at_fork"):  # a forked child must not speak on its parent's sockets
    os.register_at_fork(after_in_child=_forget_all)


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


@lru_cache(maxsize=64)
def lanes(base: str) -> Lanes:
    """The lanes to this address, the same ones for every caller."""
    return Lanes(base)
