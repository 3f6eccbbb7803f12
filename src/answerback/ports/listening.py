"""What an adapter may offer whose phone system does not call us: we stay connected to it, or ask it again and again.

Asked with `isinstance`; `answerback listen` runs them. An adapter of this kind needs nothing else: no thread, no table,
no clock of its own.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from answerback.ports.connection import Connection
from answerback.ports.phone import Happened, ReceiptCame


class Ear(Protocol):
    """What a listener is handed."""

    def keep(self, facts: Sequence[Happened | ReceiptCame]) -> None:
        """Keep these facts for good; returns once they are committed, raises where they are not."""

    def now(self) -> datetime:
        """The time, in UTC."""

    def connected(self) -> None:
        """Say that the line is up: signed in, and hearing everything from here on."""

    @property
    def stopping(self) -> bool:
        """Should it come to an end?"""


@runtime_checkable
class Listens(Protocol):
    """An adapter that stays connected to its phone system."""

    def listen(self, connection: Connection, ear: Ear) -> None:
        """Hear what happens until `ear.stopping`, looked at each second. It is called again after it has raised.

        What the far side can still tell of the time between is told first. Raises `Unavailable` when the line broke,
        `Refused` when it can never work as it is set, and whatever `ear.keep` raises.
        """


@runtime_checkable
class IsPolled(Protocol):
    """An adapter whose `past` is the only way to hear of anything (`ports.phone.ListsPast`)."""

    def poll_every(self, connection: Connection) -> timedelta | None:
        """How often to ask; None where this connection is not polled."""
