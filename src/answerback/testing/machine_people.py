"""What people of the business do in the state machine: take conversations, answer pages, close, mark and correct.

Never here: what customers do and how time passes (`machine`).
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from answerback.engine.desk_events import OutcomeMarked
from answerback.engine.events import (
    HandedBack,
    NumberIs,
    NumberMarked,
    StaffTexted,
    TodoClosed,
    TodoOutcome,
    ToldToStop,
    TookOver,
    VerdictCorrected,
)
from answerback.testing.factories import CALLER, LINE, STAFF
from answerback.testing.machine_account import Account
from answerback.testing.machine_readings import rarely


class People(Account):
    """The rules of the state machine that are acts of a person."""

    @precondition(lambda self: self.talks[-1].state.phase == "human")
    @rule()
    def hand_back(self) -> None:
        """A person has had enough of it."""
        self.happen(HandedBack(at=self.now, member="ann"))

    @rule(
        act=st.sampled_from(("take", "take", "take", "back", "back", "back", "text", "text", "stop")),
        member=st.sampled_from(("ann", "bob")),
    )
    def staff(self, act: str, member: str) -> None:
        """A person does something."""
        match act:
            case "take":
                self.happen(TookOver(at=self.now, member=member))
            case "back":
                self.happen(HandedBack(at=self.now, member=member))
            case "text":
                self.happen(StaffTexted(at=self.now, member=member))
            case _:
                self.happen(ToldToStop(at=self.now, member=member))

    @precondition(lambda self: self.calls)
    @rule(data=st.data(), came=st.sampled_from(("served", "missed")), really=rarely)
    def correct(self, data: st.DataObject, came: Any, really: bool) -> None:
        """A person knows better what became of a call."""
        if really:
            call = f"call{data.draw(st.integers(min_value=1, max_value=self.calls))}"
            at = self.now - timedelta(minutes=1)
            event = VerdictCorrected(at=self.now, member="ann", call=call, line=LINE, called_at=at, came=came)
            self.owed = {(talk, owed) for talk, owed in self.owed if owed != call}
            self.happen(event)

    @rule(number_is=st.sampled_from(get_args(NumberIs)), really=rarely)
    def whose(self, number_is: Any, really: bool) -> None:
        """A person says whose number it is; from then on the business knows."""
        if not really or self.contact.number != CALLER:
            return
        known: frozenset[str] = frozenset({CALLER})
        self.shop = replace(
            self.shop,
            business=replace(
                self.shop.business,
                staff=frozenset({STAFF}) | (known if number_is == "staff" else frozenset()),
                suppliers=known if number_is == "supplier" else frozenset(),
                blocked=known if number_is == "spam" else frozenset(),
                customers=known if number_is == "customer" else frozenset(),
            ),
        )
        self.stranger = number_is != "customer"
        if self.stranger:
            self.owed.clear()
        self.happen(NumberMarked(at=self.now, member="ann", number_is=number_is))

    @rule(status=st.sampled_from(("won", "lost", "not_served", "booked", "qualified", "contacted")), really=rarely)
    def mark(self, status: Any, really: bool) -> None:
        """A person marks the outcome."""
        if really:
            self.happen(OutcomeMarked(at=self.now, member="ann", status=status))

    @rule(
        kind=st.sampled_from(("callback", "review", "urgent")),
        outcome=st.sampled_from(get_args(TodoOutcome)),
        really=rarely,
    )
    def close_todo(self, kind: str, outcome: TodoOutcome, really: bool) -> None:
        """A person closes a to-do."""
        if really:
            self.happen(TodoClosed(at=self.now, todo="1", kind=kind, outcome=outcome))

    @precondition(lambda self: self.board.open)
    @rule(data=st.data(), does=st.sampled_from(("mine", "passed", "passed", "failed", "failed")))
    def answer_page(self, data: st.DataObject, does: Any) -> None:
        """Somebody who was woken answers, or was never told."""
        talk = data.draw(st.sampled_from(sorted(self.board.open)))
        asked = [each.member for each in self.board.open[talk].paging.asked if each.state == "asked"]
        if not asked:
            return
        member = data.draw(st.sampled_from(asked))
        if does == "mine":
            self.happen(TookOver(at=self.now, member=f"member{member}"), self.talks[talk])
        else:
            self.board.answer(talk, member, does, self.now)
