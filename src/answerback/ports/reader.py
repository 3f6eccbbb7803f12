"""What a reader of texts must offer: one pure function from words to a `Reading`."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from answerback.engine.reading import Asked, Reading, Vocabulary


class Reader(Protocol):
    """Reads one text. It proposes; the engine decides."""

    def __call__(self, text: str, *, asked: Asked, vocabulary: Vocabulary, now: datetime, zone: ZoneInfo) -> Reading:
        """What this text means as an answer to what was asked, in the words of this business."""
