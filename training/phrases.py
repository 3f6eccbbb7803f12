"""Phrases with times and what they allow: how `training/times` and the texts of times in `tests/understanding` are
written.

    now 2026-10-28T10:20
    next tues morning pls, the faucet has time | windows | 11-03T09:00 !11-03T14:00

    now 2026-06-04T22:15 America/Denver en
    tomorrow at 2 | 05T14:00 !05T09:00 !06T14:00
    maybe some day next week | ?

A `now` line sets the wall clock for the lines under it, and where and in which language they were written: Chicago and
English where it says nothing of it. `?` alone or behind the kind: it must be asked; `es`: Spanish. A kind may be left
out, `none` says that nothing is wished for; `~` ahead of all that: it may be asked. An instant is `30T14:00` of this
month, `11-03T14:00` of this year or a whole date; `!` marks one that is refused.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent / "times"
TESTED = Path(__file__).parent.parent / "tests" / "understanding" / "times.txt"
JOINED = TESTED.with_name("joined.txt")
ZONE = ZoneInfo("America/Chicago")


class Phrase(NamedTuple):
    """A text, when it is read, and the instants (as written) that it allows and refuses.

    `kind` may end in `?`, and is empty where it is not said.
    """

    now: datetime
    text: str
    kind: str
    language: str
    yes: list[str]
    no: list[str]
    may_be_asked: bool = False

    @property
    def says_nothing(self) -> bool:
        """Does it say nothing of when?"""
        return self.kind.rstrip("?") == "none"

    @property
    def must_be_asked(self) -> bool:
        """Does it leave open what is meant?"""
        return self.kind.endswith("?")

    @property
    def zone(self) -> ZoneInfo:
        """Where it is read."""
        assert isinstance(self.now.tzinfo, ZoneInfo)
        return self.now.tzinfo


def phrases(path: Path) -> Iterator[Phrase]:
    """The phrases of a file, in order."""
    now, language = datetime(2026, 1, 1, tzinfo=ZONE), "en"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("now "):
            clock, zone, language = [*line.split()[1:], ZONE.key, "en"][:3]
            now = datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone))
        elif line.strip() and not line.startswith("#"):
            text, told, *rest = (part.strip() for part in line.split("|"))
            kind = told.removeprefix("~").strip()
            if kind[:1] in {*"!0123456789"}:
                kind, rest = "", [kind]
            words = " ".join(rest).split()
            yield Phrase(
                now=now,
                text=text,
                kind=kind.removesuffix(" es"),
                language="es" if kind.endswith(" es") else language,
                yes=[word for word in words if word[0] != "!"],
                no=[word[1:] for word in words if word[0] == "!"],
                may_be_asked=told.startswith("~"),
            )


def instant(word: str, now: datetime) -> datetime:
    """`30T14:00` of this month, `11-03T14:00` of this year or, half a year back, of the next, or a whole date."""
    day, clock = word.split("T")
    parts = [int(part) for part in day.split("-")]
    year, month, number = [*[now.year, now.month][: 3 - len(parts)], *parts]
    if len(parts) == 2 and month < now.month - 6:
        year += 1
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(year, month, number, hour, minute, tzinfo=now.tzinfo)
