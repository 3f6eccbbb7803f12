"""A pretend Asterisk manager interface over real TCP, for tests: it replays transcripts, keeps a database, and breaks.

It speaks as much of AMI as the adapter asks for: Challenge, Login, Ping, DBGetTree, DBDel, CoreShowChannels. It binds
to 127.0.0.1.
"""

import hashlib
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

USER, SECRET = "answerback", "pretend-manager-secret"
CHALLENGE = "840415273"


@dataclass(kw_only=True)
class PretendAsterisk:
    """The switchboard. Use it in a `with`."""

    database: dict[str, str] = field(default_factory=dict)
    """What the hangup handler wrote, by channel."""
    channels: list[Mapping[str, str]] = field(default_factory=list)
    """The channels there are now."""
    refuses: frozenset[str] = frozenset()
    """Actions that the manager user may not do."""
    port: int = 0
    signed_in: int = 0
    actions: list[str] = field(default_factory=list)
    _server: socket.socket | None = None
    _wires: list[socket.socket] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def settings(self, **more: str) -> dict[str, str]:
        """Settings for a connection that reach this switchboard."""
        signed = {"host": "127.0.0.1", "port": str(self.port), "user": USER, "secret": SECRET}
        return {**signed, "lines": "+15125550100", "region": "US", "post_token": "post-token", **more}

    def play(self, transcript: str) -> None:
        """Send these events, written as Asterisk writes them (any line breaks), to whoever is signed in."""
        text = "\r\n".join(line.strip() for line in transcript.strip().splitlines())
        self._send((text + "\r\n\r\n").encode())

    def play_part(self, transcript: str, share: float) -> None:
        """Send only so much of the bytes, then break the connection: in the middle of an event, if it falls so."""
        text = ("\r\n".join(line.strip() for line in transcript.strip().splitlines()) + "\r\n\r\n").encode()
        self._send(text[: int(len(text) * share)])
        self.break_off()

    def break_off(self) -> None:
        """Break every connection as a failing network would."""
        with self._changed:
            for wire in self._wires:
                with suppress(OSError):
                    wire.shutdown(socket.SHUT_RDWR)
                wire.close()
            self._wires.clear()

    def await_sign_ins(self, count: int) -> None:
        """Wait until somebody has signed in this often, and was told what there is."""
        self._await(lambda: self.actions.count("CoreShowChannels") >= count)

    def _await(self, true: Callable[[], bool]) -> None:
        with self._changed:
            if not self._changed.wait_for(true, timeout=20):
                raise TimeoutError(f"Nobody came: {self.actions[-20:]}")

    def __enter__(self) -> Self:
        self._server = socket.create_server(("127.0.0.1", self.port))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)  # ends the accept that waits; closing alone would not
        self._server.close()
        self.break_off()

    def _accept(self) -> None:
        assert self._server
        while True:
            try:
                wire, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(wire,), daemon=True).start()

    def _serve(self, wire: socket.socket) -> None:
        with suppress(OSError), wire:
            wire.sendall(b"Asterisk Call Manager/11.0.0\r\n")
            buffer = b""
            while data := wire.recv(65536):
                buffer += data
                while b"\r\n\r\n" in buffer:
                    text, _, buffer = buffer.partition(b"\r\n\r\n")
                    lines = [line.partition(": ") for line in text.decode().split("\r\n")]
                    self._answer(wire, {name: value for name, _, value in lines})

    def _answer(self, wire: socket.socket, asked: Mapping[str, str]) -> None:
        action, id = asked.get("Action", ""), asked.get("ActionID", "")
        if action in self.refuses:
            wire.sendall(_message({"Response": "Error", "ActionID": id, "Message": "Permission denied"}))
        elif action == "Challenge":
            wire.sendall(_message({"Response": "Success", "ActionID": id, "Challenge": CHALLENGE}))
        elif action == "Login":
            self._sign_in(wire, asked)
        elif action == "DBGetTree":
            entries = [
                {"Event": "DBGetTreeResponse", "Key": f"/answerback/{k}", "Val": v} for k, v in self.database.items()
            ]
            self._list(wire, id, entries, "DBGetTreeComplete")
        elif action == "CoreShowChannels":
            self._list(wire, id, [{"Event": "CoreShowChannel", **each} for each in self.channels], f"{action}Complete")
        else:
            if action == "DBDel":
                self.database.pop(asked["Key"], None)
            wire.sendall(_message({"Response": "Success", "ActionID": id}))
        with self._changed:
            self.actions.append(action)
            self._changed.notify_all()

    def _sign_in(self, wire: socket.socket, asked: Mapping[str, str]) -> None:
        key = hashlib.md5((CHALLENGE + SECRET).encode(), usedforsecurity=False).hexdigest()
        well = asked.get("Username") == USER and asked.get("Key") == key
        response = "Success" if well else "Error"
        wire.sendall(
            _message({"Response": response, "ActionID": asked.get("ActionID", ""), "Message": "Authentication"})
        )
        if well:
            wire.sendall(_message({"Event": "FullyBooted", "Privilege": "system,all", "Status": "Fully Booted"}))
            with self._changed:
                self.signed_in += 1
                self._wires.append(wire)
                self._changed.notify_all()

    def _list(self, wire: socket.socket, id: str, entries: list[dict[str, str]], last: str) -> None:
        head = {"Response": "Success", "ActionID": id, "EventList": "start", "Message": "Result will follow"}
        end = {"Event": last, "ActionID": id, "EventList": "Complete", "ListItems": str(len(entries))}
        wire.sendall(
            b"".join(_message(each) for each in (head, *({**entry, "ActionID": id} for entry in entries), end))
        )

    def _send(self, data: bytes) -> None:
        self._await(lambda: bool(self._wires))
        with self._changed:
            for wire in self._wires:
                for start in range(0, len(data), 700):  # in pieces that end anywhere, as TCP delivers them
                    wire.sendall(data[start : start + 700])
                    time.sleep(0)


def _message(fields: Mapping[str, str]) -> bytes:
    return ("".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n").encode()
