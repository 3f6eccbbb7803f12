"""Tables in: what a CSV file would do, and taking it in. The whole file or none of it."""

import io
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from ninja import Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked
from answerback.api.operations import acts
from answerback.api.problems import Problem
from answerback.workflow import csv_cells, csv_imports
from answerback.workflow.csv_imports import KINDS, Given

router = Router(tags=["Imports"])

Kind = Literal["contacts", "leads", "stops", "appointments", "revenue"]
assert set(get_args(Kind)) == KINDS.keys()

Head = Annotated[str, Field(max_length=200, pattern=r"^[^\u0000]*$")]


class Table(Asked):
    """A CSV file as text, and what it is. `columns` names the head of each column, as they are recognised when empty.

    It is only looked through unless `take` says so.
    """

    kind: Kind
    csv: Annotated[str, Field(min_length=1, max_length=800_000, pattern=r"^[^\u0000]*$")]
    columns: Annotated[dict[str, Head], Field(max_length=20)] = {}
    take: bool = False


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a cell."""

    row: int
    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row that says what another one further up says."""

    row: int
    of: int


class Imported(Asked):
    """What happened, or would: how many rows are new, how many are known already, and what is wrong.

    Of contacts also how many of the known were `updated` with something they lacked, how many other `people` came to
    share a phone, which of the known `repeats` another row of the file, and the rows `without` a phone number, which
    stay out and are not among the `rows`.
    """

    taken: bool
    rows: int
    added: int
    known: int
    updated: int
    people: int
    without: list[int]
    repeats: list[Repeat]
    problems: list[RowProblem]
    more_problems: int
    columns: dict[str, str]


@acts(router, "/imports", "contacts:write", Imported)
def import_table(request: ApiRequest, table: Table) -> dict[str, object]:
    """Look through a CSV file, or take it in (docs/export.md). Where a row is wrong, nothing is taken in;
    contacts without a phone number stay out by themselves.

    Nobody is texted, invited or made to consent by it. Larger files are taken in at the terminal.
    """
    file, kind = io.BytesIO(table.csv.encode()), KINDS[table.kind]
    heads = csv_cells.look_at(file).columns
    if unknown := sorted(set(table.columns.values()) - set(heads)):
        raise Problem(409, "unreadable_file", f"The file has no column {', '.join(unknown)}.")
    if wrong := sorted(table.columns.keys() - {each.name for each in kind.columns}):
        raise Problem(409, "unreadable_file", f"{kind.title} have no {', '.join(wrong)}.")
    mapping = table.columns or csv_imports.guess(kind, heads)
    who = request.auth
    given = Given(business=who.business, kind=kind, file=file, mapping=mapping, source="API", by=who.actor.name)
    done = csv_imports.take(given) if table.take else csv_imports.preview(given)
    return {
        "taken": table.take and not done.problems,
        "rows": done.rows,
        "added": done.added,
        "known": done.known,
        "updated": done.updated,
        "people": done.people,
        "without": done.fates.get("without", []),
        "repeats": list(map(Repeat, done.fates.get("repeat", ()), done.fates.get("repeated", ()))),
        "problems": [RowProblem(each.row, each.column, each.says) for each in done.problems],
        "more_problems": done.more_problems,
        "columns": mapping,
    }
