"""`answerback line`: what a line does with a call, and whether its provider sends calls and texts to us."""

from typing import Annotated

import typer
from rich.console import Console

from answerback.ports.connection import Connection
from answerback.ports.errors import PortError
from answerback.ports.phone import Phone
from answerback.ports.registry import phone
from answerback.ports.setup import Change, FailsOpen, HasLineSettings, SetsUpNumbers
from answerback.server import setting_up

app = typer.Typer(help="Look at lines, change what they do, and connect their numbers.", no_args_is_help=True)
console = Console(highlight=False)

Number = Annotated[str, typer.Argument(help="The line's number, E.164: +15125550100.")]


@app.command("list")
def list_lines() -> None:
    """List the lines with their connections."""
    setting_up.prepare(announce=console.print)
    from answerback.store import models  # noqa: PLC0415  Django is set up by `prepare`

    for line in models.Line.objects.select_related("connection", "business").order_by("id"):
        told = f"{len(line.settings)} settings" if line.settings else "only listens"
        console.print(
            f"{line.number}  {line.business.name}  {line.connection.provider} {line.connection_id}  {told}",
            markup=False,
        )


@app.command()
def show(number: Number) -> None:
    """Show every setting of a line: its value, what else it can be."""
    adapter, connection = _found(number)
    if not isinstance(adapter, HasLineSettings):
        console.print(f"Lines at {adapter.title} have no settings of their own.")
        return
    line = connection.lines[number]
    for setting in adapter.line_settings:
        value = line.settings.get(setting.name)
        told = f"{setting.default}  (default)" if value is None else value
        console.print(f"{setting.name} = {told}", markup=False, soft_wrap=True)
        console.print(f"    {setting.label}. {setting.help}".rstrip(), markup=False, style="dim", soft_wrap=True)


@app.command("set")
def set_line(
    number: Number,
    values: Annotated[list[str], typer.Argument(help="name=value; nothing after = goes back to the default.")],
) -> None:
    """Change what a line does with its calls, for example: ring=+15125550177 ring_seconds=18."""
    setting_up.prepare(announce=console.print)
    from answerback.store import models  # noqa: PLC0415  Django is set up by `prepare`
    from answerback.workflow import setup  # noqa: PLC0415

    if odd := [value for value in values if "=" not in value]:
        raise typer.BadParameter(f"{odd[0]!r} is not name=value.")
    line = models.Line.objects.filter(number=number).order_by("id").first()
    if line is None:
        raise typer.BadParameter(f"There is no line {number}. `answerback line list` shows them.")
    try:
        setup.set_line(line.id, dict(value.split("=", 1) for value in values))
    except setup.WrongSettings as problem:
        for name, why in problem.wrong.items():
            console.print(f"[red]{name}[/] ", end="")
            console.print(why, markup=False)
        raise typer.Exit(1) from None
    console.print(f"{number} is set. See it with: answerback line show {number}")


@app.command()
def connect(
    number: Number,
    do: Annotated[bool, typer.Option("--do", help="Make the changes; without it they are only shown.")] = False,
) -> None:
    """Point a number at us at its provider. Shows what would change; nothing is changed without --do."""
    adapter, connection = _found(number)
    from django.conf import settings  # noqa: PLC0415  Django is set up by now

    if not isinstance(adapter, SetsUpNumbers):
        console.print(f"{adapter.title} is set up by hand: see docs/connect/{connection.provider}.md.")
        raise typer.Exit(1)
    if not settings.PUBLIC_URL:
        console.print("Set ANSWERBACK_PUBLIC_URL to the address providers reach this server at, then try again.")
        raise typer.Exit(1)
    hooks = f"{settings.PUBLIC_URL}/hooks/{connection.provider}/{connection.id}"
    act = adapter.set_up if do else adapter.planned
    try:
        changes = act(connection, connection.lines[number], hooks)
    except PortError as problem:
        console.print(problem.detail, markup=False, style="red")
        raise typer.Exit(1) from None
    _show(changes, done=do)


@app.command()
def fallback(number: Number) -> None:
    """Print the document that rings the shop while we are down, to be kept at the provider."""
    adapter, connection = _found(number)
    document = adapter.fallback(connection, connection.lines[number]) if isinstance(adapter, FailsOpen) else ""
    if not document:
        console.print("This line rings no phones itself. Set them: answerback line set NUMBER ring=+15125550177")
        raise typer.Exit(1)
    typer.echo(document)


def _show(changes: tuple[Change, ...], *, done: bool) -> None:
    for change in changes:
        console.print(f"{change.what}: {change.now or 'nothing'} -> {change.wanted or 'nothing'}", soft_wrap=True)
    if not changes:
        console.print("Nothing to change: calls and texts come to us.")
    elif not done:
        console.print("Nothing was changed yet. To change it: the same command with --do")


def _found(number: str) -> tuple[Phone, Connection]:
    setting_up.prepare(announce=console.print)
    from answerback.store import models  # noqa: PLC0415  Django is set up by `prepare`
    from answerback.workflow.directory import account  # noqa: PLC0415

    line = models.Line.objects.filter(number=number).order_by("id").first()
    ours = account(line.connection_id) if line else None
    if ours is None:
        raise typer.BadParameter(f"There is no line {number}. `answerback line list` shows them.")
    return phone(ours.connection.provider), ours.connection
