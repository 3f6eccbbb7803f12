"""`answerback token`: let programs of a business in from the terminal."""

from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console

from answerback.server import setting_up

app = typer.Typer(no_args_is_help=True, help="Make, list and revoke the tokens that let programs in.")
console = Console(highlight=False)

Business = Annotated[int, typer.Option(help="Which business, by its number.")]


@app.command()
def make(
    name: Annotated[str, typer.Argument(help="What it is for, such as n8n.")],
    business: Business,
    scope: Annotated[list[str], typer.Option(help="What it may do, such as leads:read; repeat it for more.")],
    *,
    days: Annotated[int | None, typer.Option(help="Expires after so many days; otherwise never.", min=1)] = None,
) -> None:
    """Make a token in the name of the business's owner and print it, this once."""
    setting_up.prepare(announce=console.print)
    from answerback.store import models  # noqa: PLC0415  Django is set up by `prepare`
    from answerback.workflow import clock, tokens  # noqa: PLC0415
    from answerback.workflow.actors import NotAllowed  # noqa: PLC0415

    owner = models.Member.objects.filter(business=business, role="owner").order_by("id").first()
    if owner is None:
        raise typer.BadParameter(f"Business {business} does not exist or has no owner.", param_hint="--business")
    expires_at = clock.now() + timedelta(days=days) if days else None
    try:
        _, secret = tokens.make(business, owner.id, name, scope, expires_at)
    except NotAllowed as problem:
        raise typer.BadParameter(str(problem)) from problem
    typer.echo(secret)


@app.command("list")
def list_(business: Business) -> None:
    """Show the tokens of a business, and when each was last used."""
    setting_up.prepare(announce=console.print)
    from answerback.store import models  # noqa: PLC0415  Django is set up by `prepare`

    for row in models.Token.objects.filter(business=business, revoked_at=None).order_by("id"):
        used = f"used {row.used_at:%Y-%m-%d %H:%M}" if row.used_at else "never used"
        expires = f", expires {row.expires_at:%Y-%m-%d}" if row.expires_at else ""
        console.print(f"{row.id}  {row.name} ({row.hint}...)  {used}{expires}  {' '.join(row.scopes)}")


@app.command()
def revoke(token: Annotated[int, typer.Argument(help="The token's number, as `token list` shows it.")]) -> None:
    """End a token at once."""
    setting_up.prepare(announce=console.print)
    from answerback.workflow import tokens  # noqa: PLC0415  Django is set up by `prepare`

    if not tokens.revoke(token):
        raise typer.BadParameter(f"There is no token {token} that still works.", param_hint="TOKEN")
    console.print(f"Token {token} no longer works.")
