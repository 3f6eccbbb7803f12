"""HTTP to addresses that people type in: never to this machine or its neighbours, whatever a name resolves to.

The name is looked up once, every address it has is judged, and the connection goes to that very address: a name that
answers differently the second time gains nothing. Redirects pass the same door, since each connection does. The
operator may open it for hosts and networks of their own (`ANSWERBACK_PRIVATE_HOSTS`); nobody who signs in to the
console can.
"""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
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


def client(*, timeout: float = 20.0, follow_redirects: bool = False) -> httpx.Client:
    """A client that goes through the guard and never through a proxy of the environment."""
    return httpx.Client(
        transport=GuardedTransport(), timeout=timeout, follow_redirects=follow_redirects, trust_env=False
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
    return ip.is_global and not ip.is_multicast and not _hides_another(ip)


def _hides_another(ip: Any) -> bool:
    """Is another address written inside this one (6to4, Teredo, NAT64), by which a gateway would lead back inside?"""
    return isinstance(ip, IPv6Address) and (
        ip.sixtofour is not None or ip.teredo is not None or ip in ip_network("64:ff9b::/96")
    )


class GuardedTransport(httpx.HTTPTransport):
    """httpx's own transport on connections that are judged before they are made."""

    def __init__(self) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=20,
            keepalive_expiry=15.0,
            network_backend=_Guard(),
        )


class _Guard(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._real = httpcore.SyncBackend()

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
                return self._real.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                problem = failed
        raise problem

    def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never."""
        raise Blocked(f"{path} is no address on the net; nobody connects to it from here.")


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
