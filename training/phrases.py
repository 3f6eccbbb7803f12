"""Phrases with times and what they allow: how `tests/understanding/times.txt` and `training/times` are written.

    now 2026-10-28T10:20
    next tues morning pls, the faucet has time | windows | 11-03T09:00 !11-03T14:00

A `now` line sets the wall clock for the lines under it. `?` behind the kind: it must be asked; `es`: Spanish. An
instant is `30T14:00` of this month, `11-03T14:00` of this year or a whole date; `!` marks one that is refused.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent / "times"
TESTED = Path(__file__).parent.parent / "tests" / "understanding" / "times.txt"
ZONE = ZoneInfo("America/Chicago")


class Phrase(NamedTuple):
    """A text, when it is read, and the instants (as written) that it allows and refuses. `kind` may end in `?`."""

    now: datetime
    text: str
    kind: str
    language: str
    yes: list[str]
    no: list[str]

    @property
    def says_nothing(self) -> bool:
        """Does it say nothing of when?"""
        return self.kind.rstrip("?") == "none"


def phrases(path: Path) -> Iterator[Phrase]:
    """The phrases of a file, in order."""
    now = datetime(2026, 1, 1, tzinfo=ZONE)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("now "):
            now = datetime.fromisoformat(line.removeprefix("now ").strip()).replace(tzinfo=ZONE)
        elif line.strip() and not line.startswith("#"):
            text, kind, *instants = (part.strip() for part in line.split("|"))
            words = " ".join(instants).split()
            yield Phrase(
                now=now,
                text=text,
                kind=kind.removesuffix(" es"),
                language="es" if kind.endswith(" es") else "en",
                yes=[word for word in words if word[0] != "!"],
                no=[word[1:] for word in words if word[0] == "!"],
            )


def instant(word: str, now: datetime) -> datetime:
    """`30T14:00` of this month, `11-03T14:00` of this year or, half a year back, of the next, or a whole date."""
    day, clock = word.split("T")
    parts = [int(part) for part in day.split("-")]
    year, month, number = [*[now.year, now.month][: 3 - len(parts)], *parts]
    if len(parts) == 2 and month < now.month - 6:
        year += 1
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(year, month, number, hour, minute, tzinfo=ZONE)
