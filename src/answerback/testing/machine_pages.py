"""The state machine's own board of pages: who was woken about which pretend conversation, and who is alone with it.

The ladder is the engine's own (`engine.ladder`, `engine.rota`); whether texts to staff arrive, and what they answer, is
drawn. Never here: what customers and staff do (`machine`, `machine_people`).
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from answerback.engine.ladder import Asked, Ladder, Paging, WakeState, climb
from answerback.engine.rota import Responder, Rota, Scope, last_resort, on_duty


@dataclass(slots=True, kw_only=True)
class Open:
    """One page that is open, and since when."""

    reason: str
    opened_at: datetime
    next_at: datetime
    paging: Paging = field(default_factory=Paging)
    woken: int = 0


class Board:
    """Every open page by conversation, and which conversations wait for a person since when."""

    def __init__(self, rota: Rota) -> None:
        self.rota = rota
        self.open: dict[int, Open] = {}
        self.alone: dict[int, datetime] = {}

    def page(self, talk: int, reason: str, now: datetime) -> None:
        """A page is opened, or goes on."""
        if talk not in self.open:
            self.open[talk] = Open(reason=reason, opened_at=now, next_at=now)
            self.go_on(talk, now)

    def end(self, talk: int) -> None:
        """Somebody has it, or closed it."""
        self.open.pop(talk, None)
        self.alone.pop(talk, None)

    def answer(self, talk: int, member: int, state: WakeState, now: datetime) -> None:
        """Somebody who was woken passes, or the text to them fails: the page goes on as it may."""
        page = self.open[talk]
        asked = tuple(replace(each, state=state) if each.member == member else each for each in page.paging.asked)
        page.paging = replace(page.paging, asked=asked)
        self.go_on(talk, now)

    def go_on(self, talk: int, now: datetime) -> None:
        """The next step of one page."""
        page = self.open[talk]
        ladder = Ladder(rungs=on_duty(self.rota, now, Scope()), last=last_resort(self.rota))
        step = climb(page.paging, ladder, now)
        fresh = step.round != page.paging.round
        here = tuple(person.id for person in step.wake)
        page.paging = Paging(
            round=step.round,
            round_at=step.round_at,
            rung=step.rung,
            rung_at=step.rung_at,
            asked=(*(() if fresh else page.paging.asked), *(Asked(member=id, state="asked") for id in here)),
            here=here if here or step.rung != page.paging.rung or fresh else page.paging.here,
            is_last=step.is_last,
        )
        page.next_at = step.next_at
        page.woken += len(step.wake)
        assert all(person.phone for person in step.wake), "A page to nobody's phone."

    def due(self, now: datetime) -> None:
        """Let every page whose time has come go on."""
        for talk, page in self.open.items():
            if page.next_at <= now:
                self.go_on(talk, now)

    def next_due(self) -> list[datetime]:
        """When pages go on."""
        return [page.next_at for page in self.open.values()]

    def nobody_is_alone(self, now: datetime) -> None:
        """Promise: an urgent case has an active page or a person, at every moment; a page never falls silent."""
        for talk in self.alone:
            assert talk in self.open, "An urgent case has neither a page nor a person."
        for page in self.open.values():
            assert page.next_at <= now + timedelta(minutes=5), "A page that has fallen silent."
            reachable = any(each.phone for each in last_resort(self.rota))
            assert page.woken or not reachable, "A page that woke nobody."


def people(phones: tuple[bool, bool, bool]) -> tuple[Responder, ...]:
    """A technician, somebody at the desk and the owner, with a phone or without."""
    roles = ("technician", "desk", "owner")
    return tuple(
        Responder(id=number, name=role, role=role, phone=f"+1512555019{number}" if phone else "")
        for number, (role, phone) in enumerate(zip(roles, phones, strict=True), start=1)
    )
