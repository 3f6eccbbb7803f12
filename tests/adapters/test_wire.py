"""One kept connection: what was certainly not sent is told from what may have been, and nothing is sent twice."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.served import held_port

from answerback.adapters.wire import Wire
from answerback.workflow import clock

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"
GOODBYE = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi"
NO_LENGTH = b"HTTP/1.1 200 OK\r\nX: y\r\n\r\nhi"
OF_OLD = b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi"
AFTER_ALL = b"HTTP/1.1 100 Continue\r\n\r\n" + OK
PLAIN = ssl.create_default_context()

Talk = Callable[[socket.socket], None]


@contextmanager
def server(*talks: Talk) -> Iterator[tuple[str, list[bytes]]]:
    """Answers one connection after the other as told; gives its address and what came on each connection."""
    came: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for talk in talks:
                peer, _ = listening.accept()
                with peer:
                    came.append(whole(peer))
                    talk(peer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", came
        thread.join(5)


def whole(peer: socket.socket) -> bytes:
    """One request with its body, which may come in pieces."""
    request = b""
    while not request.endswith(b"x=1") and (piece := peer.recv(65536)):
        request += piece
    return request


def says(*answers: bytes) -> Talk:
    """Answers the first request with the first answer, the next with the next, then hangs up."""

    def talk(peer: socket.socket) -> None:
        peer.sendall(answers[0])
        for answer in answers[1:]:
            whole(peer)
            peer.sendall(answer)

    return talk


def ask(base: str, read: float = 5.0) -> httpx.Request:
    return httpx.Request(
        "POST", f"{base}/a/b?c=d%20e", content=b"x=1", extensions={"timeout": {"connect": 2.0, "read": read}}
    )


@pytest.mark.parametrize("answer", [OK, CHUNKED, GOODBYE, NO_LENGTH, OF_OLD, AFTER_ALL])
def test_request_goes_out_whole_and_the_answer_comes_back_whole(answer: bytes) -> None:
    with server(says(answer)) as (base, came), Wire(base, PLAIN) as wire:
        response = wire.handle_request(ask(base))
        assert (response.status_code, response.content) == (200, b"hi")
    head, _, body = came[0].partition(b"\r\n\r\n")
    assert head.splitlines()[0] == b"POST /a/b?c=d%20e HTTP/1.1"
    assert head.lower().count(b"host:") == 1
    assert body == b"x=1"


@pytest.mark.parametrize(("answer", "at"), [(OK, 9), (OK, -3), (OK, -1), (CHUNKED, -8)])
def test_answer_that_comes_in_pieces_is_put_together(answer: bytes, at: int) -> None:
    def talk(peer: socket.socket) -> None:
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        peer.sendall(answer[:at])
        threading.Event().wait(0.05)
        peer.sendall(answer[at:])

    with server(talk) as (base, _), Wire(base, PLAIN) as wire:
        response = wire.handle_request(ask(base))
        assert (response.status_code, response.content) == (200, b"hi")


def test_answer_without_a_body_is_whole() -> None:
    with server(says(b"HTTP/1.1 204 No Content\r\n\r\n", OK)) as (base, came), Wire(base, PLAIN) as wire:
        assert wire.handle_request(ask(base)).status_code == 204
        assert wire.handle_request(ask(base)).content == b"hi"
    assert len(came) == 1, "both on one connection"


def test_header_that_holds_a_line_more_goes_nowhere() -> None:
    with server(says(OK)) as (base, came), Wire(base, PLAIN) as wire:
        request = ask(base)
        request.headers["X"] = "y\r\nZ: z"
        with pytest.raises(httpx.LocalProtocolError):
            wire.handle_request(request)
        wire.handle_request(ask(base))
    assert b"Z:" not in came[0]


def test_connection_is_kept_and_one_that_was_closed_meanwhile_is_opened_anew() -> None:
    closed = threading.Event()

    def twice(peer: socket.socket) -> None:
        says(OK, OK)(peer)
        peer.close()
        closed.set()

    with server(twice, says(OK)) as (base, came), Wire(base, PLAIN) as wire:
        assert [wire.handle_request(ask(base)).content for _ in range(2)] == [b"hi"] * 2
        assert closed.wait(20)
        assert wire.handle_request(ask(base)).content == b"hi"
    assert len(came) == 2, "two requests on the first connection, the third on a new one"


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi", b"what?\r\n\r\n"])
def test_answer_that_breaks_off_may_have_been_heard(answer: bytes) -> None:
    with server(says(answer)) as (base, came), pytest.raises(httpx.RemoteProtocolError):
        Wire(base, PLAIN).handle_request(ask(base))
    assert len(came) == 1, "never sent again"


def test_answer_that_is_late_may_have_been_heard() -> None:
    def waits(peer: socket.socket) -> None:
        peer.settimeout(0.5)
        peer.recv(1)

    with server(waits) as (base, came), pytest.raises(httpx.ReadTimeout):
        Wire(base, PLAIN).handle_request(ask(base, read=0.1))
    assert len(came) == 1


def test_nobody_there_was_certainly_not_sent() -> None:
    with held_port() as port:
        base = f"http://127.0.0.1:{port}"
        with pytest.raises(httpx.ConnectError):
            Wire(base, PLAIN).handle_request(ask(base))


def test_address_that_is_none_is_said_at_once() -> None:
    with pytest.raises(httpx.UnsupportedProtocol):
        Wire("ftp://example.com", PLAIN)


def test_certificate_of_somebody_else_was_certainly_not_sent(tmp_path: Path) -> None:
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(_certificate(tmp_path))
    came: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            peer, _ = listening.accept()
            try:
                with theirs.wrap_socket(peer, server_side=True) as secure:
                    came.append(secure.recv(100))
            except (ssl.SSLError, OSError):
                peer.close()

        threading.Thread(target=serve, daemon=True).start()
        base = f"https://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(httpx.ConnectError):
            Wire(base, PLAIN).handle_request(ask(base))
    assert came in ([], [b""])


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "somebody else")])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
