"""Addresses that people type in lead to no machine of ours, however they are written."""

import socket
from contextlib import suppress
from threading import Thread
from time import sleep
from typing import Any

import httpcore
import httpx
import pytest

from answerback.adapters import guard

INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.5",
    "172.16.3.4",
    "192.168.1.10",
    "169.254.169.254",
    "100.64.1.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd12::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::1",
    "2001:0:53aa:64c:0:7f::",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b:1::7f00:1",
    "fec0::1",
    "5f00::1",
    "3fff::1",
    "192.0.0.8",
    "192.88.99.1",
]
OUTSIDE = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"]


@pytest.mark.parametrize("address", INSIDE)
def test_address_inside_is_closed(address: str) -> None:
    assert not guard.is_open(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_address_outside_is_open(address: str) -> None:
    assert guard.is_open(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0"])
def test_this_machine_is_never_reached(host: str) -> None:
    with guard.client() as client, pytest.raises(httpx.ConnectError) as raised:
        client.get(f"http://{host}:9/")
    assert "ANSWERBACK_PRIVATE_HOSTS" in str(raised.value) or "could not be found" in str(raised.value)


def test_name_is_judged_by_what_it_resolves_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """One address outside does not help: a name with one inside is closed, and it is looked up once."""
    looked_up: list[Any] = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        looked_up.append(host)
        inside = "8.8.8.8" if len(looked_up) > 1 else "10.1.2.3"
        return [(0, 0, 0, "", ("93.184.216.34", port)), (0, 0, 0, "", (inside, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with guard.client() as client, pytest.raises(guard.Blocked):
        client.get("http://rebind.example.com/")
    assert looked_up == ["rebind.example.com"]


def test_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[str] = []

    def connect(self: Any, host: str, *_: Any) -> Any:
        connected.append(host)
        raise httpcore.ConnectError("no further")

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("93.184.216.34", 80))])
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with guard.client() as client, pytest.raises(httpx.ConnectError):
        client.get("http://calendar.example.com/")
    assert connected == ["93.184.216.34"]


def test_redirect_passes_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that may be reached cannot lead on to one that may not."""
    with (
        _Redirects("http://127.0.0.2:9/latest/meta-data") as port,
        guard.allowing("127.0.0.1"),
        guard.client(follow_redirects=True) as client,
        pytest.raises(guard.Blocked),
    ):
        client.get(f"http://127.0.0.1:{port}/")


def test_operator_opens_names_addresses_and_networks() -> None:
    with guard.allowing("192.168.1.0/24", "fd12::/16"):
        assert guard.is_open("192.168.1.77")
        assert guard.is_open("fd12::5")
        assert not guard.is_open("192.168.2.1")
    assert not guard.is_open("192.168.1.77")
    with guard.allowing("localhost"), guard.client() as client, pytest.raises(httpx.ConnectError) as raised:
        client.get("http://localhost:9/")
    assert not isinstance(raised.value, guard.Blocked)


class _Redirects:
    """Answers one request with a redirect."""

    def __init__(self, to: str) -> None:
        self._to = to

    def __enter__(self) -> int:
        import threading

        self._server = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return int(self._server.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self._server.close()
        self._thread.join(5)

    def _serve(self) -> None:
        connection, _ = self._server.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {self._to}\r\nContent-Length: 0\r\n\r\n".encode())


def test_who_answers_a_byte_at_a_time_is_hung_up_on() -> None:
    """No step ever runs out of time, all of them together do."""
    listening = socket.create_server(("127.0.0.1", 0))
    answer, came = b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 100, bytearray()

    def drip() -> None:
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            for letter in answer:
                connection.sendall(bytes([letter]))
                came.append(letter)
                sleep(0.1)

    Thread(target=drip, daemon=True).start()
    with guard.allowing("127.0.0.1"), guard.client(timeout=5, within=1) as client, pytest.raises(httpx.ReadTimeout):
        client.get(f"http://127.0.0.1:{listening.getsockname()[1]}/")
    assert len(came) < len(answer)
    listening.close()
