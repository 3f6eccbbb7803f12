"""A WSGI application behind Granian's coroutines is asked as PEP 3333 has it, and answers as it would by itself."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from time import sleep
from typing import Any
from wsgiref.validate import validator

from tests.served import serving

from answerback.server.blocking import SMALL, Blocking

Environ = dict[str, Any]


def asked(application: Callable[..., Any], raw: bytes) -> bytes:
    """What is answered to these bytes, without what differs each time."""
    with serving(Blocking(application, 4).answer) as port, socket.create_connection(("127.0.0.1", port), 10) as wire:
        wire.sendall(raw)
        said = b""
        while piece := wire.recv(65_536):
            said += piece
    return b"\r\n".join(line for line in said.split(b"\r\n") if not line.startswith((b"date:", b"server:")))


def test_it_is_asked_as_the_standard_has_it() -> None:
    seen: Environ = {}

    def application(environ: Environ, start: Any) -> list[bytes]:
        seen.update(environ)
        start("201 Created", [("Content-Type", "text/plain"), ("X-Two", "a"), ("X-Two", "b")])
        return [environ["wsgi.input"].read(100).upper(), b"!"]

    said = asked(
        validator(application),
        b"POST /a%20b/caf%C3%A9%2Fx?q=%C3%A9&b=1 HTTP/1.1\r\nHost: shop.test:8707\r\nConnection: close\r\n"
        b"Content-Type: text/plain\r\nContent-Length: 2\r\nX-A: 1\r\nX-A: 2\r\nCookie: a=1\r\nCookie: b=2\r\n"
        b"X_Forwarded_For: 10.0.0.1\r\n\r\nhi",
    )
    assert said == (
        b"HTTP/1.1 201 Created\r\ncontent-type: text/plain\r\nx-two: a\r\nx-two: b\r\nconnection: close\r\n"
        b"content-length: 3\r\n\r\nHI!"
    )
    assert {name: value for name, value in seen.items() if name.isupper() and name != "SERVER_PORT"} == {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/a b/caf\xc3\xa9/x",
        "QUERY_STRING": "q=%C3%A9&b=1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "2",
        "HTTP_HOST": "shop.test:8707",
        "HTTP_CONNECTION": "close",
        "HTTP_COOKIE": "a=1; b=2",
        "HTTP_X_A": "1,2",
    }


def echo(environ: Environ, start: Any) -> list[bytes]:
    """Says how much came and how it began."""
    whole = environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{len(whole)} {whole[:3].decode()} {sum(whole)}".encode()]


def test_bodies_small_large_and_in_chunks_come_whole() -> None:
    large = b"abc" * SMALL
    told = f"{len(large)} abc {sum(large)}".encode()
    with serving(Blocking(echo, 2).answer) as port:
        for body, chunked, answer in (
            (b"abc", False, b"3 abc 294"),
            (b"", False, b"0  0"),
            (large, False, told),
            (b"abc", True, b"3 abc 294"),
            (large, True, told),
        ):
            wire = HTTPConnection("127.0.0.1", port, timeout=20)
            pieces = (body[at : at + 10_000] for at in range(0, len(body), 10_000))
            wire.request("POST", "/", pieces if chunked else body, encode_chunked=chunked)
            assert wire.getresponse().read() == answer
            wire.close()


class Streaming:
    """Answers piece by piece, as Django's streaming answers do; waits before the second until it is let go on."""

    streaming = True

    def __init__(self) -> None:
        self.go_on, self.closed = threading.Event(), threading.Event()

    def __call__(self, _: Environ, start: Any) -> "Streaming":
        start("200 OK", [("Content-Type", "text/plain")])
        return self

    def __iter__(self) -> Iterator[bytes]:
        yield b"first"
        assert self.go_on.wait(20)
        for _ in range(1000):
            yield b"x" * 100_000

    def close(self) -> None:
        self.closed.set()


def test_a_stream_comes_piece_by_piece_and_ends_when_nobody_listens() -> None:
    stream = Streaming()
    with serving(Blocking(stream, 2).answer) as port:
        with socket.create_connection(("127.0.0.1", port), 20) as wire:
            wire.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            said = b""
            while b"first" not in said:
                said += wire.recv(65_536)
        stream.go_on.set()
        assert stream.closed.wait(20)


def test_more_requests_than_threads_are_all_answered() -> None:
    most, now, lock, three = [0], [0], threading.Lock(), threading.Barrier(3)

    def slow(_: Environ, start: Any) -> Iterable[bytes]:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        three.wait(20)  # a busy machine may otherwise run one after the other
        sleep(0.02)
        with lock:
            now[0] -= 1
        start("204 No Content", [])
        return []

    def ask(port: int) -> int:
        wire = HTTPConnection("127.0.0.1", port, timeout=20)
        wire.request("GET", "/")
        status = wire.getresponse().status
        wire.close()
        return status

    with serving(Blocking(slow, 3).answer) as port, ThreadPoolExecutor(12) as many:
        assert list(many.map(ask, [port] * 24)) == [204] * 24
    assert most == [3]


def test_who_sends_slowly_keeps_no_thread() -> None:
    with serving(Blocking(echo, 1).answer) as port, socket.create_connection(("127.0.0.1", port), 20) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc")
        wire = HTTPConnection("127.0.0.1", port, timeout=20)
        wire.request("POST", "/", b"abc")
        assert wire.getresponse().read() == b"3 abc 294"
        wire.close()


def test_an_application_that_fails_is_an_answer_of_500() -> None:
    def fails(_: Environ, start: Any) -> list[bytes]:
        raise RuntimeError("no such luck")

    raw = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert asked(fails, raw).startswith(b"HTTP/1.1 500 ")
