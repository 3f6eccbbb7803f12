"""The sentences a story may be written in, each with what it does to a World or asks of it.

`SENTENCES` is the whole language: patterns an owner can read, in the order they are tried. `{who}` is a customer,
`{staff}` somebody of the business, `{words}` anything in quotes, `{span}` a time such as `20 seconds`; `[...]` may be
left out.
Never here: reading files (`story`), or anything the product does.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from answerback.store.playbook_file import packs
from answerback.testing.browser import Page
from answerback.testing.pretend_google import PretendGoogle
from answerback.testing.pretend_hubspot import PretendHubSpot
from answerback.testing.world import WITHHELD, Seen, World


class Failed(Exception):
    """What the story says did not come true; the message says what was instead."""


class Unclear(Exception):
    """A sentence of a known form that says something impossible; the message says what to write."""


@dataclass(slots=True)
class Teller:
    """A story while it is told: the World so far, who is who, and what everybody has read of their texts."""

    name: str = ""
    pack: str = "plumbing"
    zone: str = "America/Chicago"
    begins: str = "2026-03-10 10:00"
    settings: dict[str, object] = field(default_factory=dict)
    playbook: str = ""
    hours: list[tuple[int, str, str]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    calls: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    made: World | None = None
    hubspot: PretendHubSpot | None = None
    google: PretendGoogle | None = None
    pages: dict[str, Page] = field(default_factory=dict)
    crm: int = 0

    @property
    def world(self) -> World:
        """The World, made when the first thing happens in it."""
        if self.made is None:
            self.made = World(
                self.pack,
                self.begins,
                self.zone,
                name=self.name,
                settings=self.settings,
                playbook=self.playbook,
                hours=self.hours or None,
                closed_days=self.closed,
            )
        return self.made

    def close(self) -> None:
        """The story is over."""
        if self.hubspot is not None:
            self.hubspot.__exit__()
        if self.google is not None:
            self.google.__exit__()
        if self.made is not None:
            self.made.close()

    def number(self, who: str) -> str:
        """The phone number of a customer; told in brackets the first time: `Maria (+1 512 555 0131)`."""
        name, _, told = who.partition(" (")
        if told:
            self.people[name] = _number(told.rstrip(")"))
        if name not in self.people and name in (staff := self.world.staff_phones()):
            return staff[name]
        if name not in self.people:
            raise Unclear(f"Who is {name}? Write the number in brackets the first time: {name} (+1 512 555 0131).")
        return self.people[name]

    def phone_of(self, staff: str) -> str:
        """Where pages to a person of the business arrive."""
        phones = self.world.staff_phones()
        if staff not in phones:
            raise Unclear(f"Nobody called {staff} works there. There are: {', '.join(phones)}.")
        return phones[staff]

    def unread(self, number: str) -> tuple[Seen, ...]:
        """Texts that have arrived and were not spoken of yet."""
        arrived = [text for text in self.world.texts_to(number) if text.status == "delivered"]
        return tuple(arrived[self.read.get(number, 0) :])

    def next_text(self, number: str, within: timedelta, who: str) -> Seen:
        """Wait for the next unread text, at most so long."""
        self.world.run(seconds=within.total_seconds(), until=lambda: bool(self.unread(number)))
        found = self.unread(number)
        if not found:
            raise Failed(f"{who} got no text.{self._reasons(number)}")
        self.read[number] = self.read.get(number, 0) + 1
        return found[0]

    def _reasons(self, number: str) -> str:
        lately = [receipt.why for receipt in self.world.receipts(number)[-3:]]
        return f" The last reasons: {' / '.join(lately)}" if lately else " Nothing was decided about this number."


Act = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One form of sentence: how it is written, and what it does."""

    form: str
    act: Act
    pattern: re.Pattern[str]


SENTENCES: list[Sentence] = []


def says(*forms: str) -> Callable[[Act], Act]:
    """This function is what these sentences mean."""

    def keep(act: Act) -> Act:
        SENTENCES.extend(Sentence(form, act, _pattern(form)) for form in forms)
        return act

    return keep


def understood(line: str) -> tuple[Act, dict[str, str]] | None:
    """What a line means, None if it is not one of the sentences."""
    plain = re.sub(r"^(?:and|then|but|meanwhile),? ", "", line.strip().rstrip("."), flags=re.IGNORECASE)
    for sentence in SENTENCES:
        if match := sentence.pattern.fullmatch(plain):
            return sentence.act, {name: said for name, said in match.groupdict().items() if said is not None}
    return None


_KINDS = {
    "who": r"[^\W\d_][\w-]*(?: \([^)]*\))?",
    "staff": r"[^\W\d_]\w*",
    "words": r"[^\"“”]*",
    "span": r"(?:\d+|an?|one|two|three|four|five|ten|fifteen|twenty|thirty) (?:second|minute|hour|day|week)s?",
    "clock": r"\d{1,2}(?::\d\d)? ?(?:am|pm)?",
    "count": r"\d+|no|one|two|three|four|five|six",
    "any": r".+?",
}

_NUMBERS = {
    "no": 0, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip


def _pattern(form: str) -> re.Pattern[str]:
    """`{who} calls[, it rings {ring:span}]` as a regular expression; names are as written, the rest in any case."""
    parts = re.split(r"(\{\w+(?::\w+)?\}|[\[\]])", form)
    return re.compile("".join(map(_part, parts)))


def _part(part: str) -> str:
    if part in {"[", "]"}:
        return "(?:" if part == "[" else ")?"
    if part.startswith("{"):
        name, _, kind = part[1:-1].partition(":")
        inner = f"(?P<{name}>{_KINDS[kind or name]})"
        return f'["“]{inner}["”]' if (kind or name) == "words" else inner
    return f"(?i:{re.escape(part)})"


def span_of(said: str) -> timedelta:
    """`20 seconds`, `an hour`."""
    number, unit = said.split()
    return timedelta(**{f"{unit.rstrip('s')}s": count_of(number)})


def count_of(said: str) -> int:
    return int(said) if said.isdecimal() else _NUMBERS[said.lower()]


def seconds_of(said: str) -> int:
    return int(span_of(said).total_seconds())


def clock_of(said: str) -> str:
    """`2:04 am` or `14:30` as `HH:MM`."""
    digits = re.sub(r"[^\d:]", "", said)
    hour, _, minute = digits.partition(":")
    hours = int(hour) % 12 + (12 if "pm" in said.lower() else 0) if said.lower().endswith("m") else int(hour)
    return f"{hours:02}:{minute or '00'}"


def _number(told: str) -> str:
    if told.strip().lower() in {WITHHELD, "hidden number"}:
        return WITHHELD
    return "+" + re.sub(r"\D", "", told)


# Where and when


@says("Business: {name:any}, {pack:any}, {zone:any}", "Business: {name:any}, {pack:any}")
def business(teller: Teller, name: str, pack: str, zone: str = "America/Chicago") -> None:
    if pack not in packs():
        raise Unclear(f"There is no pack {pack!r}. Packs: {', '.join(packs())}.")
    teller.name, teller.pack, teller.zone = name, pack, zone


@says("Setting: {name:any} = {value:any}")
def setting(teller: Teller, name: str, value: str) -> None:
    teller.settings[name] = value


@says("It is {weekday:staff} {day:any}, {clock}")
def it_is(teller: Teller, weekday: str, day: str, clock: str) -> None:
    try:
        date = datetime.strptime(day, "%d %B %Y").date()  # noqa: DTZ007  only its date is used
    except ValueError:
        raise Unclear(f"{day!r} is not a date. Write it like this: It is Tuesday 10 March 2026, 2:04 am") from None
    if f"{date:%A}" != weekday:
        raise Unclear(f"{day} is a {date:%A}, not a {weekday}.")
    if teller.made is None:
        teller.begins = f"{date} {clock_of(clock)}"
    else:
        teller.world.run(until=f"{date} {clock_of(clock)}")


@says("{span} pass", "{span} passes")
def passes(teller: Teller, span: str) -> None:
    teller.world.run(seconds=seconds_of(span))


@says("it becomes {clock}", "the next morning at {clock}")
def becomes(teller: Teller, clock: str) -> None:
    teller.world.run(until=clock_of(clock))


# What customers do


@says(
    "{who} calls[, it rings {ring:span}], nobody answers",
    "{who} calls[, it rings {ring:span}] and nobody answers",
    "{who} calls again[, it rings {ring:span}], nobody answers",
)
def calls(teller: Teller, who: str, ring: str = "20 seconds") -> None:
    teller.world.call(teller.number(who), seconds_of(ring))


@says("{who} calls, {staff} answers[ after {ring:span}]", "{who} calls and {staff} answers[ after {ring:span}]")
def is_answered(teller: Teller, who: str, staff: str, ring: str = "6 seconds") -> None:  # noqa: ARG001  who answers is for the reader
    teller.world.answered_call(teller.number(who), ring=seconds_of(ring))


@says("{who} calls and hangs up after {ring:span}", "{who} calls, hangs up after {ring:span}")
def hangs_up(teller: Teller, who: str, ring: str) -> None:
    teller.world.call(teller.number(who), seconds_of(ring), "abandoned")


@says("{who} calls, the line is busy")
def busy(teller: Teller, who: str) -> None:
    teller.world.call(teller.number(who), None, "busy")


@says("{who} calls and leaves a voicemail {words}")
def voicemail(teller: Teller, who: str, words: str) -> None:
    teller.world.call(teller.number(who), voicemail=words)


@says("{span} late, the provider reports that {who} called")
def late(teller: Teller, span: str, who: str) -> None:
    world = teller.world
    world.call(teller.number(who), 20, at=world.now - timedelta(seconds=seconds_of(span) + 20))


@says("{who} texts {words}", "{who} texts back {words}", "{who} answers {words}")
def texts(teller: Teller, who: str, words: str) -> None:
    teller.world.text(teller.number(who), words)


@says("{who} texts a picture", "{who} sends a picture")
def texts_a_picture(teller: Teller, who: str) -> None:
    teller.world.text(teller.number(who), "", media=("https://pictures.example/leak.jpg",))


@says("{who} opens the link and takes the {which:any} opening")
def takes_opening(teller: Teller, who: str, which: str) -> None:
    order = ("first", "second", "third", "fourth")
    if which not in order:
        raise Unclear(f"Which opening? Write one of: {', '.join(order)}.")
    teller.world.book(teller.number(who), order.index(which))


# What the business does


@says("{staff} calls {who} back and they talk", "{staff} calls {who} back, they talk")
def calls_back(teller: Teller, staff: str, who: str) -> None:  # noqa: ARG001  who phones is for the reader
    teller.world.call_back(teller.number(who))


@says("{staff} calls {who} back, nobody picks up", "{staff} calls {who} back and nobody picks up")
def calls_in_vain(teller: Teller, staff: str, who: str) -> None:  # noqa: ARG001  who phones is for the reader
    teller.world.call_back(teller.number(who), talked=False)


@says("{staff} takes over the conversation with {who}", "{staff} takes over {who}")
def takes_over(teller: Teller, staff: str, who: str) -> None:
    teller.world.staff(staff).take_over(teller.number(who))


@says("{staff} texts {who} {words}", "{staff} writes {words} to {who}")
def writes(teller: Teller, staff: str, who: str, words: str) -> None:
    teller.world.staff(staff).reply(teller.number(who), words)


@says("{staff} hands the conversation with {who} back", "{staff} hands {who} back")
def hands_back(teller: Teller, staff: str, who: str) -> None:
    teller.world.staff(staff).hand_back(teller.number(who))


@says("{staff} takes the page about {who}")
def takes_page(teller: Teller, staff: str, who: str) -> None:
    teller.world.staff(staff).take_page(teller.number(who))


@says("{staff} closes the to-do about {who}[: {outcome:any}]")
def closes(teller: Teller, staff: str, who: str, outcome: str = "done") -> None:
    known = ("reached", "left_voicemail", "no_answer", "wrong_number", "done", "dismissed")
    word = outcome.replace(" ", "_")
    if word not in known:
        raise Unclear(
            f"{outcome!r} is not what can come of a to-do. Write one of: {', '.join(known).replace('_', ' ')}."
        )
    teller.world.staff(staff).close_todo(teller.number(who), word)  # type: ignore[arg-type]  # checked just above


@says("{staff} notes that {who} wants no more texts")
def told_to_stop(teller: Teller, staff: str, who: str) -> None:
    teller.world.staff(staff).told_to_stop(teller.number(who))
