"""What web push must offer: say something in the browser of one device, by way of the push service of its maker.

An adapter is an entry point of `answerback.push`. The service carries what it cannot read.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from answerback.ports.alerts import Answer, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """By which push services know this installation: the public one is handed to browsers, the private one never."""

    public: str
    private: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Where one browser can be reached, and the keys with which only that browser can read: as it handed them out."""

    endpoint: str
    p256dh: str
    auth: str


class Push(Protocol):
    """One way to reach browsers."""

    def new_keys(self) -> Keys:
        """Keys for an installation that has none yet."""

    def problem(self, device: Device) -> str:
        """Why nothing can be sent to this device, in a sentence for its owner; empty where something can."""

    def send(self, device: Device, words: Words, *, keys: Keys, contact: str, tag: str, now: datetime) -> Answer:
        """Say it once; never raises. `contact` is where the push service finds whoever runs this installation.

        Words with a `tag` that is shown already take their place.
        """
