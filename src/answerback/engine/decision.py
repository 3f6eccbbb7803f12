"""What `decide` is asked and what it answers."""

from dataclasses import dataclass

from answerback.engine.effects import Effect
from answerback.engine.receipt import DecisionReceipt
from answerback.engine.state import Contact, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One conversation at the moment of a decision.

    `key` names the conversation for ever (it seeds the choice of wording variants). `unsent` holds the keys of texts
    that were planned but never handed over: waiting now, or taken back. A question among them was never asked. `ahead`
    is how many customers of the business were promised a call before.
    """

    key: str
    state: State
    contact: Contact
    unsent: frozenset[str] = frozenset()
    ahead: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The new state, what is wished for in order, and why."""

    state: State
    effects: tuple[Effect, ...] = ()
    receipts: tuple[DecisionReceipt, ...] = ()
