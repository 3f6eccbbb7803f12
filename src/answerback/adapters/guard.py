"""HTTP to addresses that people type in: never to this machine or its neighbours, whatever a name resolves to.

The name is looked up once, every address it has is judged, and the connection goes to that very address: a name that
answers differently the second time gains nothing. Redirects pass the same door, since each connection does. The
operator may open it for hosts and networks of their own (`ANSWERBACK_PRIVATE_HOSTS`); nobody who signs in to the
console can.
"""

import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from time import monotonic
from typing import Any

import httpcore
import httpx

Network = IPv4Network | IPv6Network


class Blocked(httpx.ConnectError):
    """The address leads into a private network."""


_open_names: frozenset[str] = frozenset()
_open_networks: tuple[Network, ...] = ()


def allow(hosts: Iterable[str]) -> None:
    """From now on let requests through to these names, addresses and networks (such as 192.168.1.0/24) as well."""
    global _open_names, _open_networks
    names, networks = set(), []
    for host in hosts:
        try:
            networks.append(ip_network(host, strict=False))
        except ValueError:
            names.add(host.lower())
    _open_names, _open_networks = frozenset(names), tuple(networks)


@contextmanager
def allowing(*hosts: str) -> Iterator[None]:
    """Let requests through to these for the length of the block; for tests."""
    names, networks = _open_names, _open_networks
    allow([*names, *map(str, networks), *hosts])
    try:
        yield
    finally:
        allow([*names, *map(str, networks)])


def client(*, timeout: float = 20.0, follow_redirects: bool = False, within: float | None = None) -> httpx.Client:
    """A client that goes through the guard and never through a proxy of the environment.

    `timeout` holds for each step; `within` (seconds from now) for everything the client does: somebody who answers a
    byte at a time never lets a step run out.
    """
    return httpx.Client(
        transport=GuardedTransport(within), timeout=timeout, follow_redirects=follow_redirects, trust_env=False
    )


_guarded = threading.local()


@contextmanager
def guarding() -> Iterator[None]:
    """Let every connection this thread makes pass the guard, for libraries that bring a client of their own.

    What a name resolves to is judged where it is resolved, so the address that is judged is the one connected to.
    Raises `Blocked` out of the library.
    """
    if socket.getaddrinfo is not _judged:
        socket.getaddrinfo = _judged
    _guarded.on = True
    try:
        yield
    finally:
        _guarded.on = False


_getaddrinfo = socket.getaddrinfo


def _judged(host: Any, *args: Any, **kwargs: Any) -> Any:
    """What `socket.getaddrinfo` finds, refused in a thread that is guarded when any of it is closed to us."""
    found = _getaddrinfo(host, *args, **kwargs)
    if getattr(_guarded, "on", False):
        _refuse_private(str(host), [str(each[4][0]) for each in found])
    return found


def is_named(host: str) -> bool:
    """Did the operator name this very host or address as one of their own?"""
    try:
        ip = ip_address(host)
    except ValueError:
        return host.lower().rstrip(".") in _open_names
    return any(ip in network for network in _open_networks if network.version == ip.version)


def is_open(address: str) -> bool:
    """May we connect to this IP address?"""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if any(ip in network for network in _open_networks if network.version == ip.version):
        return True
    return ip.is_global and not ip.is_multicast and not _is_special(ip)


_SPECIAL = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
_UNICAST = ip_network("2000::/3")
"""What IANA has given out of IPv6. Outside it lie the old and the translated ways to write an IPv4 address
(`::127.0.0.1`, `::ffff:0:127.0.0.1`, `64:ff9b:1::/48`) and site-local networks: Python calls several of them global."""


def _is_special(ip: Any) -> bool:
    """Is it no host's own address on the net, or is another written inside it, by which a gateway leads back inside?"""
    if any(ip in network for network in _SPECIAL if network.version == ip.version):
        return True
    inside = isinstance(ip, IPv6Address) and (ip.sixtofour is not None or ip.teredo is not None)
    return inside or (ip.version == 6 and ip not in _UNICAST)


class GuardedTransport(httpx.HTTPTransport):
    """httpx's own transport on connections that are judged before they are made, and over at a moment."""

    def __init__(self, within: float | None = None) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=20,
            keepalive_expiry=15.0,
            network_backend=_Guard(None if within is None else monotonic() + within),
        )


class _Guard(httpcore.NetworkBackend):
    def __init__(self, until: float | None) -> None:
        self._real = httpcore.SyncBackend()
        self._until = until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to an address of this host that may be reached; the certificate is still checked against its name."""
        problem: Exception = httpcore.ConnectError(f"{host} has no address.")
        for address in _addresses(host, port):
            try:
                left = _left(timeout, self._until, httpcore.ConnectTimeout)
                stream = self._real.connect_tcp(address, port, left, local_address, socket_options)
                return stream if self._until is None else _Timed(stream, self._until)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                problem = failed
        raise problem

    def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never."""
        raise Blocked(f"{path} is no address on the net; nobody connects to it from here.")


class _Timed(httpcore.NetworkStream):
    """A connection on which every step has only what is left of the time for all of them."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes."""
        return self._stream.read(max_bytes, _left(timeout, self._until, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Hand these over."""
        self._stream.write(buffer, _left(timeout, self._until, httpcore.WriteTimeout))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same, encrypted."""
        left = _left(timeout, self._until, httpcore.ConnectTimeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._until)

    def get_extra_info(self, info: str) -> Any:
        """What is known of the connection."""
        return self._stream.get_extra_info(info)


def _left(timeout: float | None, until: float | None, over: type[Exception]) -> float | None:
    """How long this step may take; raises `over` when no time is left."""
    if until is None:
        return timeout
    left = until - monotonic()
    if left <= 0:
        raise over("It took too long in all.")
    return left if timeout is None else min(timeout, left)


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as problem:
        raise httpcore.ConnectError(f"{host} could not be found.") from problem
    _refuse_private(host, found)
    return list(dict.fromkeys(found))


def _refuse_private(host: str, found: Iterable[str]) -> None:
    """Raises `Blocked` when one of the addresses found for this host may not be reached."""
    if host.lower().rstrip(".") not in _open_names and not all(is_open(address) for address in found):
        raise Blocked(
            f"{host} is an address inside a private network. Whoever runs answerback can allow it: add it to "
            "ANSWERBACK_PRIVATE_HOSTS."
        )
