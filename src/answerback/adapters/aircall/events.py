"""One Aircall event with what every kind has in common: who, which number, when.

Numbers come as people write them (`+44 330 818 6690`) and are read in the country of our own number. The token that
proves the sender is left out of what is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from answerback.adapters.numbers import caller, e164
from answerback.adapters.objects import Object
from answerback.ports.phone import Ignored


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event: `kind` is Aircall's name for it, `it` the call or message."""

    kind: str
    it: Object
    envelope: Object
    now: datetime

    @property
    def id(self) -> str:
        """Aircall's id of the call or message."""
        return self.it.need("id")

    @property
    def is_incoming(self) -> bool:
        """Did the customer begin it?"""
        return self.it.text("direction") != "outbound"

    @property
    def has_user(self) -> bool:
        """Does it say which person of the business had it?"""
        return bool(self.it.inside("user").text("id"))

    @property
    def line(self) -> str | None:
        """Our number, in E.164."""
        return e164(self._number.text("e164_digits") or self._number.text("digits"), self._region)

    @property
    def customer(self) -> str:
        """Their number in E.164, or withheld."""
        return caller(self.it.text("raw_digits") or self.it.text("external_number"), self._region)

    @property
    def sent(self) -> datetime:
        """When Aircall made the event, never in the future. Its message callbacks count in milliseconds."""
        seconds = self.envelope.raw.get("timestamp")
        if isinstance(seconds, int | float) and not isinstance(seconds, bool) and seconds > 1e11:
            seconds /= 1000
        return min(Object({"at": seconds}).moment("at") or self.now, self.now)

    @property
    def kept(self) -> Mapping[str, Any]:
        """The whole payload without the token."""
        return {name: value for name, value in self.envelope.raw.items() if name != "token"}

    def at(self, name: str) -> datetime:
        """When it happened, never in the future; when the event was made where the field says nothing."""
        said = self.it.moment(name)
        return self.sent if said is None else min(said.astimezone(UTC), self.now)

    def moments(self) -> tuple[datetime | None, datetime | None, datetime | None]:
        """When the call began, was answered, and ended."""
        return self.it.moment("started_at"), self.it.moment("answered_at"), self.it.moment("ended_at")

    def ignored(self, why: str) -> Ignored:
        """This event, put aside with a reason."""
        id = self.it.text("id")[:100] or "unsaid"
        return Ignored(key=f"ignored:{self.kind[:60]}:{id}", kind=self.kind[:80], why=why, raw=self.kept)

    @property
    def _number(self) -> Object:
        return self.it.inside("number")

    @property
    def _region(self) -> str | None:
        country = self._number.text("country")
        return country if len(country) == 2 and country.isalpha() and country.isascii() else None


def told(envelope: Object, now: datetime) -> Told:
    """The event in a webhook's body; a message callback names it `event_name`."""
    kind = envelope.text("event") or envelope.text("event_name") or "unsaid"
    return Told(kind=kind, it=envelope.inside("data"), envelope=envelope, now=now)
