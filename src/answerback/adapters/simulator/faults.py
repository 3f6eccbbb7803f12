"""Makes the pretend provider misbehave on order: the next so many texts are refused, lost, slow, and so on.

Faults are rows, so a test, the command line and another process can all order them. Each is used up once per `take`.
"""

import sqlite3
from dataclasses import dataclass
from typing import Literal

from answerback.adapters.simulator.tables import Tables
from answerback.engine.events import Failure

FaultKind = Literal[
    "refuse",
    "unavailable",
    "lose_text",
    "lose_answer",
    "slow",
    "late_receipt",
    "find_unavailable",
    "find_unclear",
    "twice",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One misbehaviour: `word` is the failure to refuse with, `seconds` how slow, how late or when to retry."""

    kind: FaultKind
    word: str = ""
    seconds: float = 0.0


class Faults:
    """The faults ordered in one world; `count` says how many times each shall happen."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def refuse(self, count: int = 1, *, failure: Failure = "unknown") -> None:
        """Refuse the next texts at once and for good."""
        self._order(Fault(kind="refuse", word=failure), count)

    def unavailable(self, count: int = 1, *, retry_after: float = 0.0) -> None:
        """Turn the next texts away for now; 0 means that the provider does not say when to come back."""
        self._order(Fault(kind="unavailable", seconds=retry_after), count)

    def lose_text(self, count: int = 1) -> None:
        """Never take the next texts, and give no answer either."""
        self._order(Fault(kind="lose_text"), count)

    def lose_answer(self, count: int = 1) -> None:
        """Take the next texts and deliver them, but let the answer to the sender get lost."""
        self._order(Fault(kind="lose_answer"), count)

    def slow(self, count: int = 1, *, seconds: float) -> None:
        """Let the next texts wait this long, in real time, before they are taken."""
        self._order(Fault(kind="slow", seconds=seconds), count)

    def late_receipt(self, count: int = 1, *, seconds: float) -> None:
        """Let the next texts arrive, and be reported, this much later."""
        self._order(Fault(kind="late_receipt", seconds=seconds), count)

    def find_unavailable(self, count: int = 1) -> None:
        """Let the next questions after a text fail for now."""
        self._order(Fault(kind="find_unavailable"), count)

    def find_unclear(self, count: int = 1) -> None:
        """Let the next questions after a text have no clear answer."""
        self._order(Fault(kind="find_unclear"), count)

    def twice(self, count: int = 1) -> None:
        """Deliver the next webhooks planned from now on two times."""
        self._order(Fault(kind="twice"), count)

    def take_slowness(self) -> float:
        """How many seconds the next text has to wait, 0 if none were ordered."""
        with self._tables.read() as db:
            if db.execute("SELECT 1 FROM fault WHERE kind = 'slow' AND remaining > 0").fetchone() is None:
                return 0.0
        with self._tables.write() as db:
            fault = take(db, "slow")
        return 0.0 if fault is None else fault.seconds

    def clear(self) -> None:
        """Behave again."""
        with self._tables.write() as db:
            db.execute("DELETE FROM fault")

    def _order(self, fault: Fault, count: int) -> None:
        with self._tables.write() as db:
            db.execute(
                "INSERT INTO fault (kind, remaining, word, seconds) VALUES (?, ?, ?, ?)",
                (fault.kind, count, fault.word, fault.seconds),
            )


def take(db: sqlite3.Connection, *kinds: FaultKind) -> Fault | None:
    """Use up the oldest ordered fault of these kinds, inside the caller's transaction."""
    marks = ", ".join("?" for _ in kinds)
    found = db.execute(
        f"SELECT * FROM fault WHERE remaining > 0 AND kind IN ({marks}) ORDER BY id",  # noqa: S608 - only marks
        kinds,
    ).fetchone()
    if found is None:
        return None
    db.execute("UPDATE fault SET remaining = remaining - 1 WHERE id = ?", (found["id"],))
    return Fault(kind=found["kind"], word=found["word"], seconds=found["seconds"])
