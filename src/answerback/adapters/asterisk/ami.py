"""Speaks the Asterisk Manager Interface: signs in, sends actions, reads messages one by one from a TCP connection.

Never here: what an event means (`tracker`). A broken line is `Unavailable`, whatever broke it; half a message is thrown
away. Source: docs.asterisk.org, AMI. Actions are sent with values that hold no line break.
"""

import hashlib
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Self

import httpcore

from answerback.adapters import guard
from answerback.ports.errors import Refused, Unavailable

END = b"\r\n\r\n"
LONGEST_MESSAGE = 256 * 1024
"""A message of AMI has some kilobytes; what is longer is not one."""

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 15.0
QUIET_SECONDS = 30.0
"""After so long without a word the far side is asked whether it is there (a firewall may have forgotten us)."""

Message = Mapping[str, str]
"""One message by its header names as Asterisk writes them; of a name that comes twice the last counts."""


@dataclass(slots=True)
class Ami:
    """One connection. Use it in a `with`."""

    wire: socket.socket
    buffer: bytes = b""
    waiting: list[Message] = field(default_factory=list)
    heard_at: float = field(default_factory=monotonic)
    asked: bool = False
    number: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wire.close()

    def sign_in(self, user: str, secret: str) -> None:
        """Sign in with a challenge, so that the secret does not cross the wire; raises `Refused`."""
        challenge = self.ask("Challenge", AuthType="MD5").get("Challenge", "")
        key = hashlib.md5((challenge + secret).encode(), usedforsecurity=False).hexdigest()
        reply = self.ask("Login", AuthType="MD5", Username=user, Key=key, Events="on")
        if reply.get("Response") != "Success":
            raise Refused(
                "Asterisk does not let this manager user in. Check user, secret and `permit` in manager.conf.",
                failure="sender_unregistered",
                code="login",
            )

    def ask(self, action: str, **fields: str) -> Message:
        """Send an action and wait for its response; events that come in between are kept for `messages`."""
        (reply, *_) = self._asked(action, fields, last=None)
        return reply

    def ask_for_list(self, action: str, last: str, **fields: str) -> list[Message]:
        """Send an action that answers with a list of events, up to the event named `last`; empty when it is refused."""
        reply, *events = self._asked(action, fields, last=last)
        return events if reply.get("Response") == "Success" else []

    def messages(self) -> Iterator[Message | None]:
        """Each message as it comes, None about once a second while nothing does; raises `Unavailable`."""
        while True:
            while self.waiting:
                yield self.waiting.pop(0)
            self._stay_awake()
            message = self._next(within=1.0)
            if message is None or "Event" in message:
                yield message

    def _asked(self, action: str, fields: Mapping[str, str], last: str | None) -> list[Message]:
        self.number += 1
        id, until = f"answerback-{self.number}", monotonic() + ANSWER_SECONDS
        self._send({"Action": action, "ActionID": id, **fields})
        mine: list[Message] = []
        while monotonic() < until:
            message = self._next(within=until - monotonic())
            if message is None:
                break
            if message.get("ActionID") != id:
                self.waiting.append(message)
                continue
            mine.append(message)
            if last is None or message.get("Event") == last or mine[0].get("Response") == "Error":
                return [each for each in mine if each.get("Event") != last] if last else mine
        raise Unavailable(f"Asterisk did not answer to {action} within {ANSWER_SECONDS:.0f} seconds.")

    def _stay_awake(self) -> None:
        quiet = monotonic() - self.heard_at
        if quiet > QUIET_SECONDS + ANSWER_SECONDS:
            raise Unavailable("Asterisk has said nothing for long, and does not answer when asked.")
        if quiet > QUIET_SECONDS and not self.asked:
            self.asked = True
            self._send({"Action": "Ping"})

    def _send(self, fields: Mapping[str, str]) -> None:
        lines = (f"{name}: {value}\r\n" for name, value in fields.items() if "\r" not in value and "\n" not in value)
        try:
            self.wire.settimeout(ANSWER_SECONDS)
            self.wire.sendall("".join(lines).encode() + b"\r\n")
        except OSError as broken:
            raise Unavailable(f"The connection to Asterisk broke ({type(broken).__name__}).") from broken

    def _next(self, within: float) -> Message | None:
        """The next message, None when none is complete within so many seconds."""
        until = monotonic() + within
        while END not in self.buffer:
            if len(self.buffer) > LONGEST_MESSAGE:
                raise Unavailable("This is no manager interface: it sends what no message is.")
            left = until - monotonic()
            if left <= 0 or not self._read(left):
                return None
        text, _, self.buffer = self.buffer.partition(END)
        return parse(text)

    def _read(self, seconds: float) -> bool:
        try:
            self.wire.settimeout(max(seconds, 0.01))
            data = self.wire.recv(65536)
        except TimeoutError:
            return False
        except OSError as broken:
            raise Unavailable(f"The connection to Asterisk broke ({type(broken).__name__}).") from broken
        if not data:
            raise Unavailable("Asterisk closed the connection.")
        self.buffer += data
        self.heard_at, self.asked = monotonic(), False
        return True


def connect(host: str, port: int, *, tls: bool) -> Ami:
    """Reach the manager interface; raises `Unavailable`."""
    try:
        wire = socket.create_connection((_open(host, port), port), timeout=CONNECT_SECONDS)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if tls:
            wire = ssl.create_default_context().wrap_socket(wire, server_hostname=host)
    except OSError as away:
        raise Unavailable(
            f"Asterisk cannot be reached at {host}:{port} ({type(away).__name__}). Is its manager interface on?"
        ) from away
    ami = Ami(wire)
    try:
        _greeted(ami)
    except Unavailable:
        wire.close()
        raise
    return ami


def _open(host: str, port: int) -> str:
    """An address of this host that may be reached: somebody typed the name, so it is judged like any such address."""
    try:
        return guard._addresses(host, port)[0]  # noqa: SLF001  the guard judges more than HTTP
    except guard.Blocked as blocked:
        raise Refused(str(blocked), failure="sender_unregistered", code="blocked") from blocked
    except httpcore.ConnectError as unknown:
        raise Unavailable(f"The host {host} could not be found.") from unknown


def parse(text: bytes) -> Message:
    """The headers of one message. Bytes that are no UTF-8 are replaced, as a caller's name may hold anything."""
    message: dict[str, str] = {}
    for line in text.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}").split("\r\n"):
        name, colon, value = line.partition(":")
        if colon:
            message[name.strip()] = value.strip()
    return message


def _greeted(ami: Ami) -> None:
    """The first line is a greeting that ends in one line break: take it off, or it would be read as a header."""
    until = monotonic() + CONNECT_SECONDS
    while b"\r\n" not in ami.buffer:
        if len(ami.buffer) > 200 or monotonic() > until or not ami._read(until - monotonic()):  # noqa: SLF001  same module
            raise Unavailable("What answers there is no Asterisk manager interface.")
    greeting, _, ami.buffer = ami.buffer.partition(b"\r\n")
    if b"Asterisk Call Manager" not in greeting:
        raise Unavailable("What answers there is no Asterisk manager interface.")
