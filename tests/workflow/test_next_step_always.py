"""An open lead has a next step and a date in every list, however it came to be open; an undo opens it again."""

import io
from contextlib import suppress
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerback.console import steps
from answerback.store import models
from answerback.store.queries import leads
from answerback.store.queries.leads import Filter
from answerback.store.queries.told.leads import LEADS
from answerback.testing.world import World
from answerback.workflow import address_book, csv_imports, desk, handling, undoing, web_leads
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.csv_imports import KINDS, Given
from answerback.workflow.handling import Plan, Undo
from answerback.workflow.web_leads import Inquiry

NUMBERS = ("+15125550131", "+15125550132")
MARKS = ("new", "contacted", "qualified", "booked", "won", "lost", "not_served")

acts = st.one_of(
    st.tuples(st.sampled_from(["call", "text", "form", "import", "take_over", "hand_back", "done", "open_again"])),
    st.tuples(st.just("mark"), st.sampled_from(MARKS)),
    st.tuples(st.just("plan"), st.sampled_from(["", "Send the offer"])),
    st.tuples(st.sampled_from(["merge", "undo"])),
    st.tuples(st.just("wait"), st.sampled_from([0, 1, 30, 60 * 26])),
)


class Shop:
    """One World in which things happen to two customers by turns; remembers what can be taken back."""

    def __init__(self, world: World) -> None:
        self.world = world
        member = models.Member.objects.get(name="Dana")
        self.dana = Actor(member=member.id, name=member.name)
        self.undo: Undo | None = None

    def do(self, act: str, number: str, said: str | int = "") -> None:
        """Do one act; what the product refuses is as good as not asked for."""
        talk = models.Conversation.objects.filter(contact__number=number).order_by("-id").first()
        if act in {"call", "text", "form", "import", "wait", "merge", "undo"}:
            self._of_nobody(act, number, said)
        elif talk is not None:
            with suppress(NotAllowed):
                self._at_the_desk(act, talk, str(said))

    def _of_nobody(self, act: str, number: str, said: str | int) -> None:
        business = models.Business.objects.get().id
        match act:
            case "call":
                self.world.call(number)
            case "text":
                self.world.text(number, "I need a plumber")
            case "form":
                web_leads.take_in(business, Inquiry(number=number, name="Ann"))
            case "import":
                file = io.BytesIO(f"Phone,Status,Since\n{number},contacted,2026-02-0{said or 1}\n".encode())
                mapping = {"number": "Phone", "status": "Status", "at": "Since"}
                csv_imports.take(Given(business=business, kind=KINDS["leads"], file=file, mapping=mapping, source="f"))
            case "wait":
                self.world.run(minutes=int(said))
            case _:
                self._back(act)

    def _back(self, act: str) -> None:
        with suppress(NotAllowed):
            if act == "undo" and self.undo is not None:
                undo, self.undo = self.undo, None
                undoing.undo(undo, self.dana)
            elif act == "merge":
                first, second = (models.Contact.objects.filter(number=each).first() for each in NUMBERS)
                if first is not None and second is not None:
                    address_book.merge(first.id, second.id, self.dana)

    def _at_the_desk(self, act: str, talk: models.Conversation, said: str) -> None:
        match act:
            case "mark":
                self.undo = desk.mark_outcome(talk.id, self.dana, said)  # type: ignore[arg-type]
            case "plan":
                self.undo = handling.plan_lead(talk.id, self.dana, Plan(step=said))
            case "take_over":
                self.undo = desk.take_over(talk.id, self.dana)
            case "hand_back":
                self.undo = desk.hand_back(talk.id, self.dana)
            case "done":
                self.undo = handling.done(talk.id, self.dana)
            case "open_again":
                self.undo = handling.open_again(talk.id, self.dana)


def every_open_lead_says_what_comes_next(world: World) -> None:
    business = models.Business.objects.get().id
    told = {each.conversation_id: each for each in LEADS.page(business, {})}
    for row in leads.listed(business, Filter(), world.now):
        lead = models.Lead.objects.select_related("conversation").get(conversation_id=row.conversation)
        assert row.step_at is not None
        if lead.status not in steps.OVER:
            assert (row.step, row.step_at) == (steps.next_step(lead), steps.step_due(lead, lead.conversation))
            assert row.step not in {"", "Nothing"}
            by_itself = told[row.conversation]
            assert (by_itself.next_step in {"", "Nothing"}, by_itself.next_step_at is None) == (False, False)


@given(happened=st.lists(st.tuples(acts, st.sampled_from(NUMBERS)), min_size=3, max_size=9))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_open_lead_always_has_a_next_step_and_a_date(
    database: None, happened: list[tuple[tuple[str, ...], str]]
) -> None:
    with World(pack="plumbing", now="2026-03-10 10:00") as world:
        shop = Shop(world)
        for (act, *said), number in happened:
            shop.do(act, number, *said)
            every_open_lead_says_what_comes_next(world)
        world.run(minutes=5)
        every_open_lead_says_what_comes_next(world)


@given(before=st.sampled_from(MARKS[1:4]), over=st.sampled_from(MARKS[4:]))
@settings(max_examples=9, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_lead_that_was_over_by_mistake_is_open_again_by_the_undo(database: None, before: str, over: str) -> None:
    with World(pack="plumbing", now="2026-03-10 10:00") as world:
        shop = Shop(world)
        for act, *said in (("call",), ("wait", 2), ("mark", before), ("wait", 1), ("mark", over), ("wait", 1)):
            shop.do(act, NUMBERS[0], *said)
        assert world.lead(NUMBERS[0]).status == over
        shop.do("undo", NUMBERS[0])
        world.run(minutes=1)
        assert (world.lead(NUMBERS[0]).status, models.Conversation.objects.get().ended_at) == (before, None)
        every_open_lead_says_what_comes_next(world)


def next_step(world: World) -> tuple[str, datetime | None]:
    lead = models.Lead.objects.select_related("conversation").get()
    return steps.next_step(lead), steps.step_due(lead, lead.conversation)


def test_next_step_comes_when_its_own_timer_is_due_and_not_any_other(world: World) -> None:
    world.call(NUMBERS[0])
    world.run(minutes=1)
    nudge = models.Event.objects.get(kind="TimerDue", body__timer="nudge")
    assert models.Conversation.objects.get().wake_at != nudge.due_at  # A leftover of the call is due before.
    assert next_step(world) == ("Waiting for a reply to the first text", nudge.due_at)


def test_what_a_person_is_asked_to_do_comes_next(world: World) -> None:
    world.call(NUMBERS[0])
    world.run(minutes=1)
    world.text(NUMBERS[0], "There is water pouring through my ceiling")
    world.run(minutes=1)
    todo = models.Todo.objects.get(closed_at=None)
    assert (todo.urgent, todo.due_at < world.now) == (True, True)
    assert next_step(world) == ("A person calls them", todo.due_at)
    world.staff("Dana").close_todo(NUMBERS[0], "reached")
    world.run(minutes=1)
    assert next_step(world)[0] == "A person answers"


def test_next_step_is_the_first_of_several_todos(world: World) -> None:
    world.provider.cannot_reach(NUMBERS[0])
    world.call(NUMBERS[0])
    world.run(minutes=2)
    world.call(NUMBERS[0])
    world.run(minutes=2)
    first = models.Todo.objects.filter(closed_at=None).order_by("due_at").first()
    assert first is not None
    assert next_step(world) == ("A person calls them", first.due_at)
