"""Plays days of lifelike traffic through the whole product, with people at the desk, and says what came of it.

Runs in a scratch database only (`testing.databases`). Never here: who calls and what they say (`traffic`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from answerback.testing.records import Report
from answerback.testing.traffic import customers, play_history
from answerback.testing.world import World
from answerback.workflow.calendar_desk import NotPossible
from answerback.workflow.desk import NotAllowed

if TYPE_CHECKING:
    from answerback.store import models

START = "2026-03-02 06:00"
"""A Monday. The second week holds the change to summer time."""

DESK_HOURS = (8, 9, 10, 11, 13, 14, 15, 16)
REACHED_OF_100 = 65
SOLD_OF_100 = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What came of it: the owner's numbers, and every promise that was broken."""

    days: int
    calls: int
    people: int
    report: Report
    broken: tuple[str, ...]


def simulate(
    *, days: int, calls: int, seed: int, pack: str, told: Callable[[datetime], None] = lambda _: None
) -> Simulated:
    """Play so many days with so many calls; `told` hears each day that begins. The same seed, the same days."""
    with World(pack, START) as world:
        people = customers(seed, days, calls, start=world.now, zone=world.zone, pack=pack)
        acts = desk_acts(world, days, Random(seed + 1))
        acts += [(world.now + timedelta(days=day), _tell(world, told)) for day in range(days)]
        play_history(world, people, seed=seed, also=acts)
        world.run(days=3)
        return Simulated(
            days=days,
            calls=sum(len(person.calls) for person in people),
            people=len({person.number for person in people}),
            report=world.report(),
            broken=world.broken_promises(),
        )


def desk_acts(world: World, days: int, rng: Random) -> list[tuple[datetime, Callable[[], None]]]:
    """When the people of the business (`Dana`, `Luis`) look at what is open and at pages, on so many days from now."""
    desk = _Desk(world, rng)
    return [
        *((moment, desk.look) for moment in _desk_moments(world, days)),
        *((moment, desk.take_pages) for moment in _page_moments(world, days, rng)),
    ]


class _Desk:
    """The people of the business: they take pages, call back, and close what they have done."""

    def __init__(self, world: World, rng: Random) -> None:
        self._world = world
        self._rng = rng

    def look(self) -> None:
        """Work through what is open."""
        self.take_pages()
        for number in dict.fromkeys(todo.conversation.contact.number for todo in self._world.todos()):
            self._call(number)
        for number in self._visited():
            self._settle(number)
        for number in self._overdue():
            self._look_again(number)

    def take_pages(self) -> None:
        """Whoever is on call takes what they were paged for."""
        for page in self._world.pages():
            if page.taken_at is None:
                self._take(page.conversation.contact.number)

    def _take(self, number: str) -> None:
        self._try(lambda: self._world.staff("Dana").take_page(number))

    def _call(self, number: str) -> None:
        reached = self._rng.randrange(100) < REACHED_OF_100
        if number.startswith("+"):
            self._world.call_back(number, talked=reached)
        if reached:
            for _ in self._world.todos(number):
                self._try(lambda: self._world.staff("Luis").close_todo(number, "reached"))

    def _visited(self) -> list[str]:
        """Who had an appointment that is over, and nobody has said yet what came of it."""
        return [lead.contact.number for lead in self._world.leads() if lead.status == "booked" and self._is_over(lead)]

    def _is_over(self, lead: "models.Lead") -> bool:
        return all(visit.during.upper < self._world.now for visit in self._world.appointments(lead.contact.number))

    def _settle(self, number: str) -> None:
        """Say what came of the visit: most are sold."""
        if self._rng.randrange(100) < SOLD_OF_100:
            self._try(lambda: self._world.staff("Dana").end_visit(number, cents=self._price()))
        else:
            self._try(lambda: self._world.staff("Dana").end_visit(number))
            self._try(lambda: self._world.staff("Dana").mark(number, "lost", reason="price"))

    def _overdue(self) -> list[str]:
        """Whose next step was due long ago, and who is not booked."""
        ago = self._world.now - timedelta(hours=30)
        return [
            lead.contact.number
            for lead in self._world.leads()
            if lead.status in {"new", "contacted", "qualified"} and (lead.next_step_at or lead.updated_at) < ago
        ]

    def _look_again(self, number: str) -> None:
        """Phone once more, who did not say stop, and say what came of it: those in need are sold something."""
        lead, calls = self._world.lead(number), number.startswith("+") and not self._world.is_stopped(number)
        reached = calls and self._rng.randrange(100) < REACHED_OF_100
        if calls:
            self._world.call_back(number, talked=reached)
        if reached and lead is not None and lead.urgency in {"emergency", "soon"}:
            self._try(lambda: self._world.staff("Dana").mark(number, "won", cents=self._price()))
        else:
            reason = self._rng.choice(("elsewhere", "price", "no_need")) if reached else "no_answer"
            self._try(lambda: self._world.staff("Dana").mark(number, "lost", reason=reason))

    def _price(self) -> int:
        return self._rng.randrange(120, 900) * 100

    @staticmethod
    def _try(act: Callable[[], None]) -> None:
        """A to-do may have been closed by what came before; then there is nothing to do."""
        try:
            act()
        except (LookupError, NotAllowed, NotPossible):
            return


def _desk_moments(world: World, days: int) -> list[datetime]:
    first = world.local.date()
    dates = [first + timedelta(days=day) for day in range(days)]
    return [
        datetime.combine(date, time(hour, 20), world.zone).astimezone(world.now.tzinfo)
        for date in dates
        if date.weekday() < 5
        for hour in DESK_HOURS
    ]


def _page_moments(world: World, days: int, rng: Random) -> list[datetime]:
    """A telephone wakes people at night too: somebody answers within half an hour, most within a quarter."""
    return [world.now + timedelta(minutes=20 * each + rng.randrange(12)) for each in range(days * 24 * 3)]


def _tell(world: World, told: Callable[[datetime], None]) -> Callable[[], None]:
    return lambda: told(world.local)
