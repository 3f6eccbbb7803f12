"""A conversation played by hand, step by step, straight against `decide`."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from answerback.engine.decide import decide
from answerback.engine.decision import Case, Decision
from answerback.engine.effects import Effect, OpenTodo, PageStaff, SendText, SetTimer, WithdrawTexts
from answerback.engine.events import CallEnded, CallOutcome, Event, TextReceived, TimerDue
from answerback.engine.reading import Reading
from answerback.engine.rules import Rules
from answerback.engine.state import State
from answerback.testing.factories import LINE, MORNING, after, case, rules


@dataclass
class Talk:
    """Everything that was decided so far; texts wait until `leave` says that they left."""

    rules: Rules = field(default_factory=rules)
    now: datetime = MORNING
    case: Case = field(default_factory=case)
    last: Decision = field(default_factory=lambda: Decision(state=State()))
    calls: int = 0
    waiting: set[str] = field(default_factory=set)

    @property
    def state(self) -> State:
        return self.case.state

    def happen(self, event: Event) -> Decision:
        self.last = decide(self.rules, self.case, event, self.now)
        self.waiting |= {text.key for text in self.texts}
        contact = after(self.case.contact, self.last)
        self.case = replace(self.case, state=self.last.state, contact=contact, unsent=frozenset(self.waiting))
        return self.last

    def call(self, outcome: CallOutcome = "no_answer", **facts: object) -> Decision:
        """A call ends now, and its verdict is waited for."""
        self.calls += 1
        ended = CallEnded(at=self.now, call=f"k{self.calls}", line=LINE, outcome=outcome, **facts)  # type: ignore[arg-type]
        self.happen(ended)
        return self.settle()

    def settle(self, seconds: int = 8) -> Decision:
        self.now += timedelta(seconds=seconds)
        return self.happen(TimerDue(at=self.now, timer="verdict", ref=f"k{self.calls}"))

    def leave(self) -> None:
        """Everything planned leaves now."""
        self.waiting.clear()
        self.case = replace(self.case, unsent=frozenset())

    def says(self, text: str = "some words", **reading: object) -> Decision:
        """A text whose reading is this."""
        said = Reading(**{"confidence": 0.9, "language": "en", **reading})  # type: ignore[arg-type]
        return self.happen(TextReceived(at=self.now, line=LINE, text=text, reading=said))

    def timer(self, name: str) -> Decision:
        """The newest timer of this name fires on time."""
        timer = next(each for each in reversed(self.of(SetTimer)) if each.timer == name)
        self.now = timer.due_at
        return self.happen(TimerDue(at=timer.due_at, timer=timer.timer, ref=timer.ref))

    def of(self, kind: type) -> list:
        return [effect for effect in self.last.effects if isinstance(effect, kind)]

    @property
    def texts(self) -> list[SendText]:
        return self.of(SendText)

    @property
    def said(self) -> list[str]:
        return [text.purpose for text in self.texts]

    @property
    def todos(self) -> list[str]:
        return [todo.kind for todo in self.of(OpenTodo)]

    @property
    def pages(self) -> int:
        return len(self.of(PageStaff))

    @property
    def withdrew(self) -> bool:
        return bool(self.of(WithdrawTexts))

    @property
    def kinds(self) -> list[str]:
        return [type(effect).__name__ for effect in self.last.effects]

    @property
    def effects(self) -> tuple[Effect, ...]:
        return self.last.effects

    @property
    def why_not(self) -> list[str]:
        """The guards that refused, of the texts that were not sent."""
        return [
            next((guard.name for guard in receipt.guards if not guard.passed), "")
            for receipt in self.last.receipts
            if receipt.verdict == "not_sent"
        ]


@pytest.fixture
def talk() -> type[Talk]:
    """How a conversation by hand begins."""
    return Talk
