"""`answerback playbook`: check a playbook file, list the packs, print the schema."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from answerback.engine.problem import Problem
from answerback.engine.proof import problems
from answerback.store.playbook_file import BadPlaybook, load, packs, schema

app = typer.Typer(help="Check and look at playbooks.", no_args_is_help=True)
console = Console(highlight=False)


@app.command()
def check(file: Annotated[Path, typer.Argument(help="The playbook, a YAML file.")]) -> None:
    """Say whether this playbook may be published, and show a conversation for everything that is wrong."""
    try:
        playbook = load(file.read_text(encoding="utf-8"), str(file))
    except FileNotFoundError:
        console.print(f"There is no file {file}.")
        raise typer.Exit(2) from None
    except UnicodeDecodeError as problem:
        console.print(f"{file} is not UTF-8 text (byte {problem.start}). Save it as UTF-8.")
        raise typer.Exit(1) from None
    except BadPlaybook as problem:
        console.print(str(problem), markup=False)
        raise typer.Exit(1) from None
    found = problems(playbook)
    for each in found:
        _show(each)
    errors = sum(each.level == "error" for each in found)
    console.print(f"{file}: {errors} errors, {len(found) - errors} warnings." if found else f"{file} can be published.")
    raise typer.Exit(1 if errors else 0)


@app.command("packs")
def list_packs() -> None:
    """List the playbooks that come along."""
    for name in packs():
        console.print(name)


@app.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of the file format."""
    typer.echo(json.dumps(schema(), indent=2))


def _show(problem: Problem) -> None:
    console.print(f"[{'red' if problem.level == 'error' else 'yellow'}]{problem.level}[/] {problem.where}")
    console.print(f"  {problem.what}", markup=False)
    console.print(f"  What to do: {problem.fix}", markup=False)
    for line in problem.conversation:
        console.print(f"    {line.who:>8}: {line.text}", markup=False)
