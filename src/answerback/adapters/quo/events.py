"""Brings both generations of Quo's webhooks, and its lists, into one shape: what happened, to which call or text.

New: `data.resource` with `data.context`. Legacy: `data.object`, with `from` and `to` where the webhook was made in the
app and `participants` where it was made by the API. Nothing is guessed: a number that is not said is None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from answerback.adapters.numbers import caller, e164
from answerback.adapters.objects import Object
from answerback.ports.phone import Ignored


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event: `kind` is Quo's name for it, `it` the call or text, `envelope` everything around them."""

    kind: str
    it: Object
    context: Object
    envelope: Object
    now: datetime
    numbers: Mapping[str, str]
    """Our numbers by their ids at Quo, for webhooks that name only the id."""

    @property
    def is_incoming(self) -> bool:
        """Did the customer begin it?"""
        return self.it.text("direction") != "outgoing"

    @property
    def call(self) -> str:
        """Quo's id of the call; what follows from a call (a voicemail) names it as `callId`."""
        return self.it.need("callId" if self.it.text("callId") else "id")

    @property
    def line(self) -> str | None:
        """Our number, in E.164."""
        workspace = self.context.inside("participants").words("workspace")
        ours, id = "to" if self.is_incoming else "from", self._number_id
        return next(
            (number for word in (*workspace, *self.it.words(ours), self.numbers.get(id, "")) if (number := e164(word))),
            None,
        )

    @property
    def customer(self) -> str | None:
        """Their number in E.164, or withheld; None when nothing says who they are."""
        theirs = "from" if self.is_incoming else "to"
        said = (*self.context.inside("participants").words("external"), *self.it.words(theirs))
        others = [word for word in self.it.words("participants") if e164(word) != self.line]
        words = said or tuple(others[:1])
        return caller(words[0]) if words else None

    def at(self, *names: str) -> datetime:
        """When it happened: the first of these moments that is told, never in the future."""
        said = (self.it.moment(name) for name in names)
        return min(next((moment for moment in said if moment), self.envelope.moment("createdAt") or self.now), self.now)

    def ignored(self, why: str) -> Ignored:
        """This event, put aside with a reason."""
        id = self.it.text("callId") or self.it.text("id") or self.envelope.text("id") or "unsaid"
        return Ignored(key=f"ignored:{self.kind[:60]}:{id[:100]}", kind=self.kind[:80], why=why, raw=self.envelope.raw)

    @property
    def _number_id(self) -> str:
        return self.context.text("phoneNumberId") or self.it.text("phoneNumberId")


def told(envelope: Object, now: datetime, numbers: Mapping[str, str]) -> Told:
    """The event in a webhook's body. Quo's own examples show the parts inside `data` and beside it: both are read."""
    data = envelope.inside("data")
    it = data.inside("resource") or data.inside("object") or envelope.inside("resource")
    context = data.inside("context") or envelope.inside("context")
    kind = envelope.text("type") or data.text("type") or "unsaid"
    return Told(kind=kind, it=it, context=context, envelope=envelope, now=now, numbers=numbers)
