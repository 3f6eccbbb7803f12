"""Reads stories and plays them: tests that the owner of a shop can read and write (docs/testing.md).

The first line of a file is its title; every other line is one sentence, a comment (#) or empty. A story passes when
every sentence comes true and every promise of the product is kept at its end. Never here: what a sentence means.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from answerback.testing import (  # they add their sentences when they are read
    story_booking,
    story_calendar,
    story_checks,
    story_crm,
    story_elsewhere,
    story_on_call,
    story_phones,
    story_trouble,
    story_videos,
)
from answerback.testing.story_sentences import SENTENCES, Act, Failed, Teller, Unclear, understood
from answerback.workflow.actors import NotAllowed

Kind = Literal["said", "text", "broken"]

PARTS = (
    story_booking,
    story_calendar,
    story_checks,
    story_crm,
    story_elsewhere,
    story_on_call,
    story_phones,
    story_trouble,
    story_videos,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a story and where it stands."""

    number: int
    text: str
    act: Act
    said: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story that was read and understood, not yet played."""

    title: str
    source: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of the transcript: what was said in the story, or a text that arrived meanwhile; `at` is local time."""

    at: datetime | None
    kind: Kind
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of playing a story; `why` says where and how it failed, empty when it passed."""

    title: str
    why: str = ""

    @property
    def passed(self) -> bool:
        """Did everything come true?"""
        return not self.why


class NotUnderstood(Exception):
    """A story that cannot be played: each line that is no sentence, where it stands and what could be written."""


def read_file(path: Path) -> Story:
    """The story in this file; raises `NotUnderstood` and `OSError`."""
    return read(path.read_text(encoding="utf-8"), str(path))


def read(text: str, source: str = "story") -> Story:
    """The story in these words; raises `NotUnderstood` naming every line that is not understood."""
    written = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    written = [(number, line) for number, line in written if line and not line.startswith("#")]
    if not written:
        raise NotUnderstood(f"{source}: it is empty. Write a title in the first line, then one sentence a line.")
    lines, wrong = [], []
    for number, line in written[1:]:
        found = understood(line)
        if found is None:
            wrong.append(f'{source}:{number}: "{line}" is not understood.\n{_advice(line)}')
        else:
            lines.append(Line(number, line, *found))
    if wrong:
        raise NotUnderstood("\n".join(wrong))
    return Story(title=written[0][1], source=source, lines=tuple(lines))


def play(story: Story, tell: Callable[[Told], None] = lambda _: None) -> Played:
    """Play a story from its beginning in a World of its own; `tell` hears the transcript as it happens."""
    teller = Teller()
    try:
        return Played(title=story.title, why=_play(story, teller, tell))
    finally:
        teller.close()


def forms() -> tuple[str, ...]:
    """Every form of sentence, as it is written in the documentation."""
    return tuple(_readable(sentence.form) for sentence in SENTENCES)


def _play(story: Story, teller: Teller, tell: Callable[[Told], None]) -> str:
    heard = 0
    for line in story.lines:
        begun = _local(teller)
        why = _try(line, teller)
        tell(Told(at=begun or _local(teller), kind="broken" if why else "said", words=line.text))
        for told in _heard(teller, heard):
            heard += 1
            tell(told)
        if why:
            return f"{story.source}:{line.number}: {line.text}\n  {why}"
    broken = teller.made.broken_promises() if teller.made else ()
    return f"{story.source}: a promise was broken at the end.\n  " + "\n  ".join(broken) if broken else ""


def _try(line: Line, teller: Teller) -> str:
    """Let a line come true; returns why it did not."""
    try:
        line.act(teller, **line.said)
    except (Failed, Unclear, LookupError, NotAllowed) as problem:
        return re.sub(r" \(\+[\d ]+\)", "", str(problem.args[0] if problem.args else problem))
    return ""


def _heard(teller: Teller, already: int) -> Iterator[Told]:
    """The texts that arrived on any handset since, in the order of time."""
    if teller.made is None:
        return
    names = {number: name for name, number in teller.people.items()}
    names |= {number: name for name, number in teller.made.staff_phones().items()}
    texts = sorted(
        ((text.at, names[number], text.body) for number in names for text in teller.made.texts_to(number)),
        key=lambda each: each[0],
    )
    for at, name, body in texts[already:]:
        yield Told(at=at.astimezone(teller.made.zone), kind="text", words=f"to {name}: {body}")


def _local(teller: Teller) -> datetime | None:
    return teller.made.local if teller.made else None


def _advice(line: str) -> str:
    """The forms that share most with this line, by words and then by letters."""

    def likeness(form: str) -> tuple[int, float]:
        shared = {*form.lower().split()} & {*line.lower().split()}
        return len(shared), SequenceMatcher(None, line, form).ratio()

    near = sorted(forms(), key=likeness, reverse=True)[:3]
    return "  It could be written like one of these:\n" + "\n".join(f"    {form}" for form in near)


def _readable(form: str) -> str:
    """`{ring:span}` as `20 seconds`: the form with something in each place."""
    places = {
        "{who}": "Maria", "{staff}": "Dana", "{words}": '"..."', "{span}": "10 minutes", "{ring:span}": "20 seconds",
        "{clock}": "2:04 am", "{number:count}": "two", "{which:any}": "first", "{outcome:any}": "reached",
        "{status:any}": "contacted", "{phase:any}": "learning", "{why:any}": "landline", "{weekday:staff}": "Tuesday",
        "{day:any}": "10 March 2026", "{name:any}": "Rivera Plumbing", "{pack:any}": "plumbing",
        "{zone:any}": "America/Chicago", "{value:any}": "8", "{moment:any}": "after it handed the text over",
        "{talk:span}": "4 minutes", "{key:any}": "triggers > no_answer", "{hours:any}": "8:00 to 12:00, 13:00 to 17:00",
        "{kind:any}": "landline", "{state:any}": "pending",
        "{language:staff}": "English", "{title:words}": '"How we work"', "{film:any}": "overview",
        "{amount:count}": "50", "{days:any}": "every day", "{end:clock}": "8 am", "{count}": "2", "{role:any}": "desk",
        "{what:any}": "a supplier", "{reason:any}": "after hours",
    }  # fmt: skip
    for place, example in places.items():
        form = form.replace(place, example)
    return form
