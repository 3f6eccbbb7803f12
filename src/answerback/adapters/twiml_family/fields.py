"""Reads the form of a request of the family: what every kind of request has in common.

Values come from outside even when the signature is right: everything is checked for shape, and what cannot be kept (a
NUL, half a character) is replaced before it goes further. Raises `Malformed`, naming the field and what to do, and
nothing else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any

from answerback.adapters.numbers import caller, e164
from answerback.ports.connection import Request
from answerback.ports.errors import Malformed
from answerback.ports.phone import WITHHELD, Ignored

LONGEST_CALL = 24 * 3600
"""Seconds; no provider keeps a call for longer."""

_SID = re.compile(r"[A-Za-z0-9:._-]{2,80}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields of one request. `query` is what our own address carried; it is signed like the rest."""

    what: str
    form: Mapping[str, str]
    query: Mapping[str, str]
    raw: Mapping[str, Any]
    digest: str
    title: str = "Twilio"

    def get(self, name: str) -> str:
        """The value of a field, empty when it is not there."""
        return self.form.get(name, "")

    def need(self, name: str) -> str:
        """The value of a field that must be there."""
        value = self.form.get(name, "")
        if not value:
            raise Malformed(f"A {self.title} request to .../{self.what} must have {name}. {_HINTS.get(self.what, '')}")
        return value

    def sid(self, *names: str) -> str:
        """The id in the first of these fields that is filled."""
        value = next((self.form[name] for name in names if self.form.get(name)), "")
        if not value:
            raise Malformed(
                f"A {self.title} request to .../{self.what} must have {names[0]}. {_HINTS.get(self.what, '')}"
            )
        if not _SID.fullmatch(value):
            raise Malformed(f"{names[0]} is not an id of {self.title}'s: it holds characters that no id has.")
        return value

    def seconds(self, name: str) -> int | None:
        """Whole seconds, None when the field is not there; raises `Malformed` when it is not a number."""
        value = self.get(name)
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and len(value) < 8):
            raise Malformed(f"{name} must be whole seconds, and it is not a number.")
        return int(value)

    def caller(self) -> str | None:
        """Who called: E.164 or `WITHHELD`; None when neither the request nor our own address says so."""
        if "caller" in self.query and (self.is_leg or "From" not in self.form):
            return caller(_with_plus(self.query["caller"]))
        if self.is_leg and e164(self.get("From")) == self.line():
            return None  # the leg was dialled with our number shown, so From is ourselves
        if "From" in self.form:
            return caller(self.form["From"])
        return WITHHELD if self.get("Direction") else None

    def line(self) -> str | None:
        """Which of our numbers was called, None when neither the request nor our address says so."""
        if "line" in self.query and (self.is_leg or not self.get("To")):
            return e164(_with_plus(self.query["line"]))
        if self.is_leg or not self.get("To"):
            return None
        line = e164(self.get("To"))
        if line is None:
            raise Malformed(
                "To is not a phone number in E.164 (+15125550100); this address takes calls to numbers only."
            )
        return line

    @property
    def is_leg(self) -> bool:
        """Is this about an attempt to reach somebody for a call, not about the caller's own leg?"""
        return bool(self.get("ParentCallSid")) or "call" in self.query

    @property
    def call(self) -> str:
        """The key of the call: one for the caller's leg and every leg below it."""
        ours = self.query.get("call", "")
        return ours if _SID.fullmatch(ours) else self.sid("ParentCallSid", "CallSid")

    def at(self, now: datetime) -> datetime:
        """When it happened by the provider's clock, by ours where it does not say or claims the future."""
        said = moment(self.get("Timestamp"))
        return now if said is None else min(said, now)

    def since(self, name: str, at: datetime) -> int | None:
        """Whole seconds from the moment our own address carries under this name to `at`; None where it carries none."""
        began = self.query.get(name, "")
        if not (began.isascii() and began.isdigit() and len(began) < 12):
            return None
        seconds = int(at.timestamp()) - int(began)
        return seconds if 0 <= seconds < LONGEST_CALL else None

    def ignored(self, kind: str, why: str) -> Ignored:
        """This request, put aside with a reason; its key is the same for each delivery of the same words."""
        return Ignored(key=f"ignored:{self.digest}", kind=f"{self.what}.{kind or 'unsaid'}"[:80], why=why, raw=self.raw)


def moment(written: str) -> datetime | None:
    """A moment as providers write it (RFC 2822 or ISO 8601), None when it is none."""
    for read_as in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            said = read_as(written)
            return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


_HINTS = {
    "voice": "Use this address as the Voice URL of a number and as the action of a Dial.",
    "status": "Use this address as the status callback of a number.",
    "whisper": "Use this address as the url of a dialled Number.",
    "accept": "Use this address as the action of the Gather that a dialled Number hears.",
    "machine": "Use this address as the amdStatusCallback of a dialled Number.",
    "menu": "Use this address as the action of a Gather.",
    "recording": "Use this address as the action or recordingStatusCallback of a Record.",
    "test": "Test calls ask here what to say; nothing has to be set.",
    "transcription": "Use this address as the transcribeCallback of a Record.",
    "text": "Use this address as the Messaging URL of a number or messaging service.",
    "receipt": "Use this address as the status callback of messages.",
}


def read(request: Request, title: str) -> Fields:
    """The fields of a verified request; a field that came twice counts with its first value, `raw` keeps both."""
    if not request.form:
        raise Malformed(f"The request has no form fields: {title} must be set to send POST requests.")
    pairs = _keepable(request.form)
    form: dict[str, str] = {}
    raw: dict[str, Any] = {}
    for name, value in pairs:
        raw[name] = value if form.setdefault(name, value) is value else _both(raw[name], value)
    query = dict(_keepable(request.query))
    if query:
        raw["?"] = query
    digest = sha256(request.body).hexdigest()[:40]
    return Fields(what=request.what, form=form, query=query, raw=raw, digest=digest, title=title)


def _with_plus(number: str) -> str:
    """A number out of an address, where "+" reads as a space unless it was written %2B."""
    return "+" + number.strip() if number.strip()[:1].isdigit() else number.strip()


def _both(kept: Any, value: str) -> list[str]:
    return [*kept, value] if isinstance(kept, list) else [kept, value]


def _keepable(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The pairs without what no database keeps: NUL characters and halves of surrogate pairs."""
    everything = "".join(name + value for name, value in pairs)
    if "\0" not in everything and everything.isascii():
        return pairs
    return tuple((_plain(name), _plain(value)) for name, value in pairs)


def _plain(words: str) -> str:
    return words.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
