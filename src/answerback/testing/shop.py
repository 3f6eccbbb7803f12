"""The pretend business of a World: set up as a real one is, with its people, who act through the product's own desk.

Needs Django set up (`testing.databases.ready`). Never here: rows written behind the product's back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from secrets import token_hex
from typing import Literal

from django.conf import settings
from django.db import connection as database

from answerback.adapters.simulator import PhoneWorld
from answerback.engine.events import NumberIs, TodoOutcome
from answerback.store import models
from answerback.store.playbook_file import pack_text
from answerback.store.queries import calls
from answerback.testing.crashes import Crashed, Crashes
from answerback.testing.stack import HOST, Stack
from answerback.workflow import calendar_desk, desk, directory, mistakes, on_call, publishing, setup, verdicts

Role = Literal["owner", "manager", "desk", "technician"]

NAMES = {
    "plumbing": "Rivera Plumbing",
    "hvac": "Northgate Air",
    "dental_clinic": "Lakeside Dental",
    "med_spa": "Aurora Med Spa",
    "salon": "Juniper Salon",
    "law_firm": "Hale & Ortiz Law",
}
"""What the pretend business of each pack is called."""

LINE = "+15125550100"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works there; pages go to the phone of whoever is on call, which is `confirmed` unless said."""

    name: str
    role: Role = "desk"
    phone: str = ""
    on_call: bool = False
    confirmed: bool = True


STAFF = (
    Person(name="Dana", role="owner", phone="+15125550190", on_call=True),
    Person(name="Luis", role="desk", phone="+15125550191"),
)
"""Who works at a pretend business unless somebody else is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a World is asked to set up. Empty words mean the pack's own."""

    pack: str = "plumbing"
    zone: str = "America/Chicago"
    name: str = ""
    playbook: str = ""
    hours: Sequence[tuple[int, str, str]] = setup.WEEKDAYS_8_TO_17
    closed_days: Sequence[str] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    staff: Sequence[Person] = STAFF
    lines: Sequence[str] = (LINE,)
    texts_per_second: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The business as it was set up: ids and names a World needs to act on it."""

    business: int
    name: str
    connection: int
    secret: str
    lines: tuple[str, ...]
    members: Mapping[str, int]


def open_shop(plan: Plan, phones: PhoneWorld, where: str) -> Shop:
    """Set up the business of this plan with a line in the pretend phone world at `where`."""
    name = plan.name or NAMES.get(plan.pack, "The Shop")
    business = setup.open_business(
        setup.NewBusiness(
            name=name,
            zone=plan.zone,
            phone=plan.lines[0],
            playbook=plan.playbook or pack_text(plan.pack),
            hours=plan.hours,
            closed_days=plan.closed_days,
            settings=plan.settings,
        )
    )
    secret = token_hex(16)
    connection = setup.connect(business.id, "simulator", "Pretend phones", {"world": where, "secret": secret})
    hooks = f"{settings.PUBLIC_URL or f'http://{HOST}'}/hooks/simulator/{connection.id}"
    for line in plan.lines:
        setup.add_line(business.id, connection.id, line, "Website", per_second=plan.texts_per_second)
        phones.connect(line, connection=connection.id, secret=secret, hooks_url=hooks, title=name)
    members = {
        person.name: setup.add_member(
            business.id,
            person.name,
            person.role,
            phone=person.phone,
            on_call=person.on_call,
            confirmed=person.confirmed,
        ).id
        for person in plan.staff
    }
    directory.forget()
    return Shop(
        business=business.id,
        name=name,
        connection=connection.id,
        secret=secret,
        lines=tuple(plan.lines),
        members=members,
    )


def republish(shop: Shop, playbook: str) -> None:
    """Publish another playbook; conversations that run keep theirs."""
    publishing.publish(shop.business, playbook)
    directory.forget()


def hire(shop: Shop, name: str, phone: str, role: str, *, confirmed: bool = True) -> Shop:
    """Somebody more works there."""
    member = setup.add_member(shop.business, name, role, phone=phone, confirmed=confirmed)
    directory.forget()
    return replace(shop, members={**shop.members, name: member.id})


def put_on_call(shop: Shop, name: str, days: Sequence[int], start: str, end: str, *, rung: int) -> None:
    """They are on call every week on these days."""
    hours = (time.fromisoformat(start), time.fromisoformat(end))
    on_call.add_shift(shop.business, shop.members[name], tuple(days), *hours, rung=rung)


class Staff:
    """A person at the desk, by name. What they may not do raises `workflow.desk.NotAllowed`."""

    def __init__(
        self,
        name: str,
        shop: Shop,
        stack: Stack,
        crashes: Crashes,
        newest: Callable[[str], "models.Conversation | None"],
    ) -> None:
        if name not in shop.members:
            raise LookupError(f"Nobody called {name} works at {shop.name}. There: {', '.join(shop.members)}.")
        self.name = name
        self._actor = desk.Actor(member=shop.members[name], name=name)
        self._line = shop.lines[0]
        self._stack = stack
        self._crashes = crashes
        self._newest = newest

    def take_over(self, number: str) -> None:
        """Take the conversation with this customer."""
        self._do(desk.take_over, self._with(number), self._actor)

    def hand_back(self, number: str) -> None:
        """Give the conversation back to the machine."""
        self._do(desk.hand_back, self._with(number), self._actor)

    def reply(self, number: str, words: str, media: Sequence[str] = ()) -> None:
        """Text this customer, perhaps with pictures (https links)."""
        self._do(desk.text, self._with(number), self._actor, words, media)

    def called_back(self, number: str, *, talked: bool = True) -> None:
        """Write down that this customer was phoned from a phone that is not ours."""
        self._do(desk.called_back, self._with(number), self._actor, self._line, talked=talked)

    def told_to_stop(self, number: str) -> None:
        """Write down that this customer asked a person to stop the texts."""
        self._do(mistakes.told_to_stop, self._with(number), self._actor)

    def mark(
        self,
        number: str,
        status: Literal["won", "lost", "not_served", "booked", "qualified"],
        *,
        reason: str = "",
        cents: int | None = None,
        job: str = "",
    ) -> None:
        """Say what became of the lead, with what the job brought."""
        money = desk.Money(cents=cents, job=job, evidence=reason) if cents else None
        self._do(desk.mark_outcome, self._with(number), self._actor, status, reason, money)

    def end_visit(self, number: str, *, kept: bool = True, cents: int | None = None) -> None:
        """Say that the oldest appointment that stands took place, and what it brought, or that nobody was there."""
        open_ones = models.Appointment.objects.filter(contact__number=number, status="booked").order_by("id")
        visit = open_ones.first()
        if visit is None:
            raise LookupError(f"No appointment of {number} stands.")
        self._do(calendar_desk.end, visit.id, kept=kept, cents=cents, by=self._actor)

    def correct_call(
        self, number: str, came: Literal["served", "missed"], *, call: str = "", by_voicemail: bool = False
    ) -> None:
        """Say what really became of a call of this customer, the last one unless named."""
        conversation = self._with(number)
        with database.cursor() as cursor:
            known = call or calls.of_conversation(cursor, conversation, limit=1)[0].call
        self._do(verdicts.correct_call, conversation, self._actor, known, came, by_voicemail=by_voicemail)

    def mark_number(self, number: str, number_is: NumberIs) -> None:
        """Say whose number this is."""
        self._do(verdicts.mark_number, self._with(number), self._actor, number_is)

    def take_page(self, number: str) -> None:
        """Take the open page about this customer."""
        page = models.Page.objects.filter(conversation=self._with(number), taken_at=None).order_by("id").first()
        if page is None:
            raise LookupError(f"No page about {number} is open.")
        self._do(desk.take_page, page.id, self._actor)

    def close_todo(self, number: str, outcome: TodoOutcome = "done", *, kind: str = "") -> None:
        """Close the oldest open to-do about this customer, or the oldest of this kind."""
        open_ones = models.Todo.objects.filter(conversation__contact__number=number, closed_at=None).order_by("id")
        todo = (open_ones.filter(kind=kind) if kind else open_ones).first()
        if todo is None:
            raise LookupError(f"No {kind or ''} to-do about {number} is open.".replace("  ", " "))
        self._do(desk.close_todo, todo.id, self._actor, outcome)

    def _with(self, number: str) -> int:
        found = self._newest(number)
        if found is None:
            raise LookupError(f"There is no conversation with {number} yet: let them call or text first.")
        return found.id

    def _do(self, act: Callable[..., object], *args: object, **more: object) -> None:
        """Act, and let what follows at once follow. A process that dies under the act leaves it done or undone."""
        try:
            self._crashes.step("desk", act, *args, **more)
        except Crashed:
            self._stack.restart()
        self._stack.settle()
