"""`answerback doctor`: check everything and say what to fix."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from answerback.server import setting_up

console = Console(highlight=False)


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False) -> None:
    """Check everything and say what to fix; exit code 1 when something is not well."""
    setting_up.prepare(announce=console.print)
    from answerback.server import wiring  # noqa: PLC0415  Django is set up by `prepare`
    from answerback.server.doctor import findings  # noqa: PLC0415

    wiring.wire()
    found = []
    for finding in findings():
        found.append(finding)
        if not as_json:
            console.print(f"[{'green]ok ' if finding.ok else 'red]BAD'}[/] {finding.name}: ", end="")
            console.print(finding.says if finding.ok else f"{finding.says} -> {finding.fix}", markup=False)
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in found], indent=2))
    raise typer.Exit(0 if all(finding.ok for finding in found) else 1)
