"""`answerback import-csv`: contacts, leads, stops, appointments or revenue, the whole file or none of it."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from answerback.server import setting_up

if TYPE_CHECKING:
    from answerback.workflow import csv_imports, csv_taken

console = Console(highlight=False)

NAMED = 50
"""So many rows that stay out are told by their number."""


def import_csv(
    kind: Annotated[str, typer.Argument(help="contacts, leads, stops, appointments or revenue.")],
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file whose first row names the columns.")],
    *,
    business: Annotated[int, typer.Option(help="Which business, by its number.")],
    column: Annotated[
        list[str] | None, typer.Option(help="Which column is what, where its name does not say: number=Mobile.")
    ] = None,
    really: Annotated[bool, typer.Option("--yes", help="Take it in; without this it is only looked through.")] = False,
) -> None:
    """Look through a CSV file and, with --yes, take it in: the whole file or, where a row is wrong, none of it."""
    setting_up.prepare(announce=console.print)
    from answerback.store import models  # noqa: PLC0415  Django is set up by `prepare`
    from answerback.workflow import csv_cells, csv_imports  # noqa: PLC0415

    wanted = csv_imports.KINDS.get(kind)
    if wanted is None:
        raise typer.BadParameter(f"It is one of: {', '.join(csv_imports.KINDS)}.", param_hint="KIND")
    if not models.Business.objects.filter(id=business).exists():
        raise typer.BadParameter(f"There is no business {business}.", param_hint="--business")
    said = dict(each.partition("=")[::2] for each in column or [])
    if unknown := sorted(said.keys() - {each.name for each in wanted.columns}):
        raise typer.BadParameter(
            f"{unknown[0]} is none of: {', '.join(each.name for each in wanted.columns)}.", param_hint="--column"
        )
    try:
        with path.open("rb") as file:
            columns = csv_cells.look_at(file).columns
            mapping = {**csv_imports.guess(wanted, columns), **said}
            _ask_for_columns(wanted, mapping, columns)
            do = csv_imports.take if really else csv_imports.preview
            taken = do(csv_imports.Given(business=business, kind=wanted, file=file, mapping=mapping, source=path.name))
    except (csv_cells.Unreadable, OSError) as problem:
        typer.secho(str(problem), fg="red", err=True)
        raise typer.Exit(1) from problem
    console.print("Columns: " + ", ".join(f"{name} from {head!r}" for name, head in mapping.items()), markup=False)
    if left := [head for head in columns if head not in mapping.values()]:
        console.print(f"Left out: {', '.join(left)}", markup=False)
    if not really:
        _show(taken)
    for wrong in taken.problems:
        console.print(f"Row {wrong.row}{f', {wrong.column}' if wrong.column else ''}: {wrong.says}", markup=False)
    if taken.more_problems:
        console.print(f"And {taken.more_problems} more.")
    if left_out := taken.fates.get("without"):
        _name(left_out)
    _repeats(taken)
    _sum_up(taken, really=really)


def _show(taken: "csv_taken.Taken") -> None:
    """Say how the first rows were read."""
    for row in taken.shown:
        read = (
            f"{name} {value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else f"{name} {value}"
            for name, value in row.items()
            if value not in {None, ""}
        )
        console.print("As read: " + ", ".join(read), markup=False)


def _name(rows: list[int]) -> None:
    """Say which rows have no number."""
    named = ", ".join(str(each) for each in rows[:NAMED])
    more = f" and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    what = (
        "1 row without a phone number stays out"
        if len(rows) == 1
        else f"{len(rows)} rows without a phone number stay out"
    )
    console.print(f"{what}: {named}{more}.")


def _repeats(taken: "csv_taken.Taken") -> None:
    """Say which rows say what one further up says."""
    rows = list(zip(taken.fates.get("repeat", ()), taken.fates.get("repeated", ()), strict=True))
    for row, first in rows[:NAMED]:
        console.print(f"Row {row} repeats row {first}.")
    if len(rows) > NAMED:
        console.print(f"And {len(rows) - NAMED} more repeat others.")


def _ask_for_columns(kind: "csv_imports.Kind", mapping: dict[str, str], columns: tuple[str, ...]) -> None:
    lacking = [each for each in kind.columns if each.required and not mapping.get(each.name)]
    for each in lacking:
        said = (
            f"Which column holds this: {each.title}? Say --column {each.name}=... It is one of: {', '.join(columns)}."
        )
        typer.secho(said, fg="red", err=True)
    if lacking:
        raise typer.Exit(1)


def _sum_up(taken: "csv_taken.Taken", *, really: bool) -> None:
    if wrong := len(taken.problems) + taken.more_problems:
        console.print(f"{wrong} of {taken.rows} rows are wrong. Nothing was taken in.")
        raise typer.Exit(1)
    console.print(
        f"{taken.rows} rows: {taken.added} new, {taken.updated} updated, {taken.unchanged} known already."
        f"{f' Repeated: {len(repeated)}.' if (repeated := taken.fates.get('repeat')) else ''}"
        f"{f' Other people at shared phones: {taken.people}.' if taken.people else ''}"
        f"{'' if really else ' To take them in: --yes'}"
    )
