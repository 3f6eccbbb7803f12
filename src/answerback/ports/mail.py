"""What sending e-mail must offer: hand one letter over. An adapter is an entry point of `answerback.mail`."""

import re
from dataclasses import dataclass
from typing import Protocol

from answerback.ports.connection import Connection

_ADDRESS = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")


def is_address(written: str) -> bool:
    """Can a letter be sent to this? At most 254 characters (RFC 5321)."""
    return _ADDRESS.fullmatch(written) is not None and len(written) <= 254


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that comes with a letter; `kind` is its media type."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One e-mail. `key` is its Message-ID's local part, the same when it is sent again. `html` is its body as a page,
    where there is one. `invitation` is iCalendar.

    `method` is the invitation's (RFC 5546): REQUEST or CANCEL.
    """

    key: str
    sender: str
    sender_name: str
    to: str
    to_name: str
    subject: str
    body: str
    html: str = ""
    invitation: bytes = b""
    method: str = ""
    attachments: tuple[Attachment, ...] = ()


class Mail(Protocol):
    """One way to send e-mail."""

    name: str

    def send(self, connection: Connection, letter: Letter) -> None:
        """Hand the letter over; raises `Refused`, `Unavailable` or `Unclear`."""
