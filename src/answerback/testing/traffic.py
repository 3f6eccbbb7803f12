"""Lifelike customers, from a seed: who calls when, what becomes of the call, and what they text back.

`customers` writes their parts (the same seed, the same people), `play_history` plays them on anything that can do what
`Stage` says. They read what the business texts as a customer would, and know nothing else of the product.
Never here: what ought to follow.
"""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from random import Random
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

Mood = Literal[
    "books", "wants_call", "silent", "urgent", "stops", "spanish", "price", "wrong_number", "sells", "rambles"
]

MOODS: dict[Mood, int] = {
    "books": 34, "wants_call": 11, "silent": 22, "urgent": 6, "stops": 4, "spanish": 8,
    "price": 5, "wrong_number": 2, "sells": 2, "rambles": 6,
}  # fmt: skip
"""How many of a hundred callers are like this."""

HOURS = (1, 1, 1, 1, 1, 2, 4, 9, 14, 15, 14, 12, 10, 11, 12, 13, 12, 10, 7, 5, 4, 3, 2, 1)
"""How busy each hour of the day is, from midnight."""

WEEKDAYS = (12, 11, 10, 10, 10, 6, 3)
"""How busy each day of the week is, from Monday."""

ANSWERED_OF_100 = {"open": 55, "closed": 3}
OUTCOMES = {"no-answer": 62, "voicemail": 14, "busy": 8, "abandoned": 13, "failed": 3}

AREA_CODES = ("512", "737", "210", "830", "254", "361", "713", "281", "832", "346", "325", "806", "903", "940", "956")
NAMES = (
    "Maria", "James", "Linda", "Robert", "Ana", "David", "Karen", "Luis", "Susan", "Kevin", "Rosa", "Brian",
    "Emily", "Carlos", "Nancy", "Tom", "Priya", "Grace", "Omar", "Helen", "Jorge", "Megan", "Paul", "Yolanda",
)  # fmt: skip
SURNAMES = (
    "Lopez", "Walker", "Nguyen", "Becker", "Okafor", "Reyes", "Sullivan", "Patel", "Brooks", "Moreno", "Fischer",
    "Hughes", "Castillo", "Bennett", "Tran", "Delgado", "Price", "Novak", "Carter",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """What the customers of a kind of business talk about."""

    wishes: tuple[str, ...]
    urgent: tuple[str, ...]
    spanish: tuple[str, ...]


TRADES = {
    "plumbing": Trade(
        wishes=(
            "my kitchen drain is clogged", "water heater went out, no hot water", "toilet keeps running",
            "leaky faucet in the master bath", "need the garbage disposal replaced", "low water pressure in the house",
        ),
        urgent=("pipe burst water everywhere!!", "sewage is backing up into the tub now", "ceiling pours water help"),
        spanish=("hola, tengo una fuga en la cocina", "el baño está tapado", "no hay agua caliente"),
    ),
    "hvac": Trade(
        wishes=("ac is not cooling", "need a tune up", "furnace makes a loud noise", "thermostat is blank"),
        urgent=("no heat and we have a newborn, its freezing", "smoke is coming out of the furnace"),
        spanish=("el aire no enfría", "la calefacción no prende"),
    ),
    "dental_clinic": Trade(
        wishes=("need a cleaning", "chipped a tooth", "how do i get a new patient exam", "want my teeth whitened"),
        urgent=("my face is swelling up and i have a fever", "knocked out my tooth just now, bleeding"),
        spanish=("quiero una limpieza", "me duele una muela"),
    ),
    "med_spa": Trade(
        wishes=("interested in botox", "want to book a facial", "laser hair removal for legs", "lip filler"),
        urgent=("my lip turned white after the filler yesterday and it hurts a lot",),
        spanish=("quiero un facial", "me interesa el botox"),
    ),
    "salon": Trade(
        wishes=("haircut this week", "want balayage", "color touch up", "manicure and pedicure"),
        urgent=("my scalp is burning from the dye",),
        spanish=("quiero un corte de pelo", "una cita para color"),
    ),
    "law_firm": Trade(
        wishes=("need a lawyer for a car crash", "want to file for divorce", "got a speeding ticket", "making a will"),
        urgent=("my husband was arrested an hour ago", "i have court tomorrow morning"),
        spanish=("tuve un accidente de carro", "necesito un abogado de inmigración"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One person's part: their mood, their calls (moment, ring, outcome, words on the tape), and what they say."""

    number: str
    name: str
    mood: Mood
    calls: tuple[tuple[datetime, int, str, str], ...]
    wish: str
    answers: "Answers"
    patience: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What this person answers to each kind of question."""

    when: str = "it can wait a few days"
    place: str = "Austin"
    how: str = "a link is fine"
    choice: str = "1"
    person: str = ""


class Seen(Protocol):
    """A text on a handset."""

    @property
    def body(self) -> str:
        """Its words."""


class Stage(Protocol):
    """What a play needs: a `World`, or anything that runs the product on a clock which can be moved."""

    @property
    def now(self) -> datetime:
        """The moment."""

    def run(self, *, until: datetime) -> object:
        """Let everything happen up to a moment."""

    def call(self, number: str, ring: int | None = None, outcome: str = ..., *, voicemail: str | None = ...) -> object:
        """Somebody calls."""

    def text(self, number: str, words: str) -> object:
        """Somebody texts."""

    def texts_to(self, number: str) -> Sequence[Seen]:
        """What is on a handset."""

    def book(self, number: str, which: int = 0, name: str = "") -> object:
        """Somebody follows the newest link; raises `LookupError` where it offers nothing."""


@dataclass(slots=True)
class Play:
    """A play under way: what is to happen, soonest first, and how far everybody has read."""

    stage: Stage
    rng: Random
    due: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=count)

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Let this happen then."""
        heapq.heappush(self.due, (moment, next(self.numbers), act))


def customers(
    seed: int,
    days: int,
    calls: int,
    *,
    start: datetime,
    zone: ZoneInfo,
    pack: str = "plumbing",
    areas: Sequence[str] = AREA_CODES,
) -> tuple[Customer, ...]:
    """The people who call in these days, in the order of their first call: about `calls` calls in all.

    Their numbers are of these `areas`.
    """
    rng = Random(seed)
    trade = TRADES.get(pack, TRADES["plumbing"])
    moments = sorted(_moment(rng, start, days, zone) for _ in range(calls))
    people: list[Customer] = []
    while moments:
        again = rng.random() < 0.1 and len(moments) > 1
        mine = [moments.pop(0)]
        if again:
            mine.append(mine[0] + timedelta(seconds=rng.choice((45, 90, 400, 3 * 3600))))
            moments.pop(rng.randrange(len(moments)))
        people.append(_customer(rng, _number(len(people), areas), mine, zone, trade))
    return tuple(people)


def play_history(
    stage: Stage, people: Sequence[Customer], *, seed: int = 0, also: Sequence[tuple[datetime, Callable[[], None]]] = ()
) -> None:
    """Play these parts to their end, each person answering what they are texted; `also` are acts of the business."""
    play = Play(stage=stage, rng=Random(seed))
    for person in people:
        for moment, ring, outcome, words in person.calls:
            play.at(moment, _calling(play, person, ring, outcome, words))
    for moment, act in also:
        play.at(moment, act)
    while play.due:
        moment, _, act = heapq.heappop(play.due)
        stage.run(until=max(moment, stage.now))
        act()


def answer(person: Customer, asked: str) -> str:
    """What this person texts back to this text; empty when nothing."""
    words = asked.casefold()
    if person.mood in _FIRST_ANSWERS:
        return _FIRST_ANSWERS[person.mood]
    for said, reply in _QUESTIONS:
        if any(word in words for word in said):
            return str(getattr(person.answers, reply))
    return person.wish


_FIRST_ANSWERS: dict[Mood, str] = {
    "stops": "please stop texting me",
    "wrong_number": "wrong number, I did not call anybody",
    "sells": "Hi, we help businesses like yours rank #1 on Google. Interested in a free audit?",
}

_QUESTIONS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("person from our team", "a person will", "someone from our team", "una persona"), "person"),
    (("call from us", "a call or", "enlace", "link to choose"), "how"),
    (("city", "zip", "ciudad", "where", "county"), "place"),
    (("can it wait", "can wait", "emergency", "urgent", "esperar", "soon", "pain"), "when"),
    ((" 1 ", "1 gas", "own"), "choice"),
)


def _calling(play: Play, person: Customer, ring: int, outcome: str, words: str) -> Callable[[], None]:
    def act() -> None:
        play.stage.call(person.number, ring, outcome, voicemail=words or None)
        if person.mood != "silent" and outcome != "answered":
            play.at(play.stage.now + timedelta(seconds=ring + 60), _looking(play, person, tries=3))

    return act


def _looking(play: Play, person: Customer, tries: int) -> Callable[[], None]:
    """Look at the phone; answer what is new, or look again some time later."""

    def act() -> None:
        texts = play.stage.texts_to(person.number)
        if len(texts) <= play.read.get(person.number, 0):
            if tries > 1:
                play.at(play.stage.now + timedelta(minutes=20), _looking(play, person, tries - 1))
            return
        play.read[person.number] = len(texts)
        play.at(play.stage.now + _pause(play.rng, person), _replying(play, person, texts[-1].body))

    return act


def _replying(play: Play, person: Customer, asked: str) -> Callable[[], None]:
    def act() -> None:
        if "/b/" in asked:
            _book(play, person)
            return
        words = answer(person, asked)
        if words:
            play.stage.text(person.number, words)
            play.at(play.stage.now + timedelta(seconds=20), _looking(play, person, tries=1))

    return act


def _book(play: Play, person: Customer) -> None:
    """Most who asked for the link use it."""
    if play.rng.random() < 0.85:
        try:
            play.stage.book(person.number, play.rng.randrange(6), _full_name(person))
        except LookupError:
            return


def _full_name(person: Customer) -> str:
    """By the number, so that the dice fall as before and few customers are called alike."""
    return f"{person.name} {SURNAMES[int(person.number[-4:]) % len(SURNAMES)]}"


def _pause(rng: Random, person: Customer) -> timedelta:
    return timedelta(seconds=int(rng.expovariate(1 / person.patience)) + 4)


def _moment(rng: Random, start: datetime, days: int, zone: ZoneInfo) -> datetime:
    """A moment in these days, at an hour and on a day when people call."""
    first = start.astimezone(zone).date()
    dates = [first + timedelta(days=day) for day in range(days)]
    day = rng.choices(dates, [WEEKDAYS[date.weekday()] for date in dates])[0]
    hour = rng.choices(range(24), HOURS)[0]
    local = datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), zone)
    return max(local.astimezone(start.tzinfo), start)


def _customer(rng: Random, number: str, moments: Sequence[datetime], zone: ZoneInfo, trade: Trade) -> Customer:
    mood = rng.choices(list(MOODS), list(MOODS.values()))[0]
    wish = rng.choice({"urgent": trade.urgent, "spanish": trade.spanish}.get(mood, trade.wishes))
    if mood == "price":
        wish = f"how much would it be? {wish}"
    if mood == "rambles":
        wish = f"hey so we just moved in and my sister told me about you, anyway {wish}, not sure when, my dog is home"
    return Customer(
        number=number,
        name=rng.choice(NAMES),
        mood=mood,
        calls=tuple((moment, *_course(rng, moment.astimezone(zone), wish)) for moment in moments),
        wish=wish,
        answers=_answers(rng, mood),
        patience=rng.choice((15.0, 40.0, 120.0, 900.0)),
    )


def _course(rng: Random, local: datetime, wish: str) -> tuple[int, str, str]:
    """How one call goes: ring, outcome, words on the tape."""
    opened = local.weekday() < 5 and 8 <= local.hour < 17
    if rng.random() * 100 < ANSWERED_OF_100["open" if opened else "closed"]:
        return rng.randint(3, 16), "answered", ""
    outcome = rng.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
    ring = rng.randint(1, 18) if outcome == "abandoned" else rng.randint(18, 24)
    return ring, outcome, f"Hi, {wish}. Please call me back." if outcome == "voicemail" else ""


def _answers(rng: Random, mood: Mood) -> Answers:
    if mood == "spanish":
        return Answers(when="puede esperar", place="Austin", how="un enlace por favor")
    return Answers(
        when=rng.choice(("it can wait a few days", "this week would be nice", "no rush", "not an emergency")),
        place=rng.choice(("Austin", "austin tx", "78704", "Round Rock")),
        how="call me please"
        if mood == "wants_call"
        else rng.choice(("a link is fine", "link", "send me the link please")),
        person=rng.choice(("", "", "ok thanks")),
    )


def _number(index: int, areas: Sequence[str]) -> str:
    """A number nobody has: 555-0100 to 0199 of each area code are kept for stories; 0100 and 0190 on are the shop's."""
    area = areas[index // 89 % len(areas)]
    return f"+1{area}55501{1 + index % 89:02}"
