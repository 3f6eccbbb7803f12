"""Services of others that tests run on this machine: one that takes JSON, a push service, a mail server."""

from __future__ import annotations

import asyncio
import base64
import email
import json
import os
import socket
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import http_ece
import pytest
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from answerback.ports.push import Device

if TYPE_CHECKING:
    from email.message import EmailMessage

    from pytest_django.fixtures import SettingsWrapper


class Receiver:
    """A service on this machine that takes JSON: keeps what came in `bodies`, and answers with `status`."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, object]] = []
        self.status = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port


@pytest.fixture
def http_receiver() -> Iterator[Receiver]:
    """Runs for one test."""
    receiver = Receiver()
    with _serving(receiver.server):
        yield receiver


class PushService:
    """A push service on this machine with one subscribed browser: keeps what it is handed in `requests`, and answers
    with `status`. It decrypts with the browser's own keys, as the RFC says and by other code than ours.
    """

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.status = 201
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.requests.append((dict(self.headers.items()), body))
                self.send_response(service.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port

    def device(self) -> Device:
        """What the browser hands out."""
        public = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        text = [base64.urlsafe_b64encode(octets).rstrip(b"=").decode() for octets in (public, self._auth)]
        return Device(endpoint=f"http://127.0.0.1:{self.port}/send/1", p256dh=text[0], auth=text[1])

    def read(self, body: bytes) -> bytes:
        """What the browser reads."""
        return http_ece.decrypt(body, private_key=self._private, auth_secret=self._auth, version="aes128gcm")


@pytest.fixture
def push_service() -> Iterator[PushService]:
    """Runs for one test."""
    service = PushService()
    with _serving(service.server):
        yield service


@contextmanager
def _serving(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Mailbox:
    """What a mail server took; `says` is its answer to a letter."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.says = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802, ARG002  aiosmtpd's
        if self.says.startswith("250"):
            self.letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return self.says


@pytest.fixture
def mailbox(settings: SettingsWrapper) -> Iterator[Mailbox]:
    """Runs for one test, and is where the product sends its letters."""
    box = Mailbox()
    with mail_server(box) as port:
        settings.MAIL = {
            "host": "127.0.0.1",
            "port": str(port),
            "security": "none",
            "username": "",
            "password": "",
            "sender": "answers@example.com",
        }
        yield box


@contextmanager
def mail_server(handler: object) -> Iterator[int]:
    """A mail server on a port of its own, which hands what it takes to this handler."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        controller = _OnItsSocket(handler, listening)
        controller.start()
        try:
            yield controller.port
        finally:
            controller.stop(no_assert=True)


class _OnItsSocket(Controller):
    """It is handed its socket, not a number: another process may take a port between the two."""

    def __init__(self, handler: object, listening: socket.socket) -> None:
        super().__init__(handler, "127.0.0.1", listening.getsockname()[1], ready_timeout=60)
        self._listening = listening

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._listening)
