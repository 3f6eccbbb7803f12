"""The labelled texts of `training/texts`: one a line, under headings that say what they mean.

A heading is `## intent [urgency] @industry/asked [name=value ...]`; what follows `=>` on a line is true of that text
alone. Names: `intent`, `urgency`, `alt_urg`, `tags`, `also`, `service`, `lang` and the names of slots; commas part
several. `{name:Ana}` in a text marks its slots. The industry `any` stands for every kind of trade.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

FOLDER = Path(__file__).parent / "texts"
SLOTS = ("name", "city", "zip", "address", "time", "date", "phone", "contact_pref", "yes_no", "option")
_SLOT = re.compile(r"\{(\w+):([^}]*)\}")
HELD_OUT_OF = 7
"""One text in so many is never trained on; which ones is settled by their letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One text and what it means. `intent` is None where only the other labels are sure."""

    text: str
    industry: str
    asked: str
    intent: str | None
    urgency: str = "unknown"
    tags: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    alt_urg: tuple[str, ...] = ()
    service: str | None = None
    lang: str = "en"
    slots: tuple[tuple[str, str], ...] = ()
    source: str = "made"

    @property
    def held_out(self) -> bool:
        """Is this one of those kept for judging?"""
        return crc32(self.text.lower().encode()) % HELD_OUT_OF == 0


def labelled(folder: Path = FOLDER) -> list[Labelled]:
    """All texts, file by file."""
    return [replace(text, source=path.stem) for path in sorted(folder.glob("*.txt")) for text in _of_file(path)]


def _of_file(path: Path) -> Iterator[Labelled]:
    heading: Labelled | None = None
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            if row.startswith("## "):
                heading = _heading(row[3:].split())
            elif row.strip() and heading is not None:
                yield _text(row, heading)
        except (ValueError, TypeError) as problem:
            raise ValueError(f"{path.name}, line {number}: {problem}") from problem


def _heading(words: list[str]) -> Labelled:
    where = next(word for word in words if word.startswith("@"))
    industry, asked = where[1:].split("/")
    plain = [word for word in words if "=" not in word and not word.startswith("@")]
    made = Labelled(text="", industry=industry, asked=asked, intent=plain[0])
    if len(plain) > 1:
        made = replace(made, urgency=plain[1])
    return _told(made, [word for word in words if "=" in word])


def _text(row: str, heading: Labelled) -> Labelled:
    text, _, more = row.partition(" => ")
    marked = tuple((name, words) for name, words in _SLOT.findall(text))
    plain = _SLOT.sub(r"\2", text).strip()
    return _told(replace(heading, text=plain, slots=(*heading.slots, *marked)), more.split())


def _told(one: Labelled, pairs: list[str]) -> Labelled:
    values: dict[str, object] = {}
    slots = dict(one.slots)
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise ValueError(f"{pair!r} is no name=value")
        if name in SLOTS:
            slots[name] = value
            continue
        several = name in {"tags", "also", "alt_urg"}
        values[name] = tuple(part for part in value.split(",") if part) if several else value or None
    kept = tuple((name, value) for name, value in slots.items() if value)
    return replace(one, slots=kept, **values)  # type: ignore[arg-type]
