"""What comes of a CSV file that is taken in (`csv_imports`): how many rows of which fate, and which they are."""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from answerback.store.queries import imports
from answerback.workflow.csv_cells import Value

MOST_PROBLEMS = 200

NAMED = 10
"""So many rows are named beside their count; the list behind it has all."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one place of the file; `column` is empty where it is the whole row."""

    row: int
    column: str
    says: str


@dataclass(slots=True)
class Taken:
    """What came of a file. Nothing was taken in while there are problems.

    Of contacts that were `known` some were `updated`, and `people` were added to shared numbers; `fates` are the rows
    of each (`imports.Written`), and those `without` a number, `wrong`, `unchanged`, or whose number stands further up
    (`twice`) or all of them: those that `repeat` a row change nothing, and `repeated` is the first such row of each,
    in the same order. Of the `unchanged`, which may be all of a large file, the first are kept, one more than are
    `NAMED`.
    """

    rows: int = 0
    added: int = 0
    known: int = 0
    updated: int = 0
    people: int = 0
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0
    shown: list[dict[str, Value]] = field(default_factory=list)
    fates: dict[str, list[int]] = field(default_factory=dict)

    def count(self, written: imports.Written) -> None:
        """So much came of some rows."""
        self.added += written.added
        self.known += written.known
        self.updated += written.updated
        self.people += written.people
        for fate, numbers in written.fates.items():
            self.fates.setdefault(fate, []).extend(numbers)
        for number, says in written.refused:
            self.say(Problem(number, "", says))
            self.put("wrong", number)

    def put(self, fate: str, row: int) -> None:
        """This row is one of these."""
        self.fates.setdefault(fate, []).append(row)

    def repeat(
        self, batch: Sequence[Mapping[str, Any]], written: imports.Written, firsts: MutableMapping[bytes, int]
    ) -> set[int]:
        """Note which of these rows say what one before them said, and change nothing; `firsts` grows. Returns them."""
        other, found = _does_something(written), set()
        for row in batch:
            said = repr(sorted((name, value) for name, value in row.items() if name != "row"))
            first = firsts.setdefault(blake2b(said.encode(), digest_size=16).digest(), row["row"])
            if first != row["row"] and row["row"] not in other:
                self.put("repeat", row["row"])
                self.put("repeated", first)
                found.add(row["row"])
        return found

    def look(
        self, batch: Sequence[Mapping[str, Any]], written: imports.Written, numbers: set[str], repeated: set[int]
    ) -> None:
        """Note which of these rows change nothing, and which hold one of the `numbers` of rows before; it grows. Those
        that are `repeated` as a whole are neither.
        """
        other = _does_something(written)
        for row in batch:
            if row["row"] in repeated:
                continue
            if row["row"] not in other and len(self.fates.get("unchanged", ())) <= NAMED:
                self.put("unchanged", row["row"])
            if row["number"] in numbers:
                self.put("twice", row["row"])
            numbers.add(row["number"])

    @property
    def unchanged(self) -> int:
        """How many rows are known already: from before, not from further up in the file."""
        return self.known - self.updated - len(self.fates.get("repeat", ()))

    def say(self, problem: Problem) -> None:
        """Note what is wrong; so many are kept and the others counted."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        else:
            self.more_problems += 1


def _does_something(written: imports.Written) -> set[int]:
    """The rows that make or change something, or are refused."""
    counted = (*written.fates.get("new", ()), *written.fates.get("updated", ()))
    return {*counted, *(row for row, _ in written.refused)}
