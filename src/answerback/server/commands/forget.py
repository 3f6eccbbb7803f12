"""`answerback forget`: erase what is known of one customer of a business."""

from typing import Annotated

import typer
from rich.console import Console

from answerback.server import setting_up

console = Console(highlight=False)


def forget(
    number: Annotated[str, typer.Argument(help="The customer's number, E.164: +15125550131.")],
    business: Annotated[int, typer.Option(help="Which business, by its number.")],
    *,
    really: Annotated[bool, typer.Option("--yes", help="Do not ask; there is no way back.")] = False,
) -> None:
    """Erase a customer's number, name and words. That they said stop, and why they were texted, is kept without it."""
    if not really:
        typer.confirm(f"Erase everything about {number}? There is no way back.", abort=True)
    setting_up.prepare(announce=console.print)
    from answerback.workflow import erasure  # noqa: PLC0415  Django is set up by `prepare`

    try:
        erasure.erase(business, number)
    except erasure.Unknown as problem:
        raise typer.BadParameter(str(problem), param_hint="NUMBER") from problem
    console.print(f"{number} is forgotten. Had they said stop, that is kept, and known again should they call.")
