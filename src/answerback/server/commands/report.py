"""`answerback report`: prove the numbers of the reports against what happened, or count everything again."""

import json
from typing import Annotated

import typer
from rich.console import Console

from answerback.server import setting_up

app = typer.Typer(no_args_is_help=True, help="Prove the numbers of the reports, or count them again.")
console = Console(highlight=False)

Business = Annotated[int | None, typer.Option(help="Only this business, by its number; otherwise all.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.command()
def verify(business: Business = None, *, json_: Json = False) -> None:
    """Measure every lead again from what happened, and compare with what the reports add up.

    What is new is counted first, as for any report; nothing else changes. Ends with 1 where anything differs.
    """
    setting_up.prepare(announce=console.print)
    from answerback.workflow import measuring  # noqa: PLC0415  Django is set up by `prepare`

    proofs = {each: measuring.verify(each) for each in ([business] if business else measuring.businesses())}
    differing = {each: list(proof.differing) for each, proof in proofs.items() if proof.differing}
    days = {each: [day.isoformat() for day in proof.days] for each, proof in proofs.items() if proof.days}
    leads = sum(proof.leads for proof in proofs.values())
    if json_:
        typer.echo(json.dumps({"leads": leads, "differing": differing, "days": days}))
    elif differing or days:
        for each, wrong in differing.items():
            console.print(f"Business {each}: {len(wrong)} leads are stored wrongly, such as {wrong[:5]}.")
        for each, unlike in days.items():
            console.print(f"Business {each}: {len(unlike)} days add up wrongly, such as {unlike[:5]}.")
        console.print("Run: answerback report recount")
    else:
        console.print(f"All {leads} leads of {len(proofs)} businesses are stored as they are measured, and add up.")
    if differing or days:
        raise typer.Exit(1)


@app.command()
def recount(business: Business = None) -> None:
    """Measure every lead again and store what it comes to; safe at any time."""
    setting_up.prepare(announce=console.print)
    from answerback.workflow import measuring  # noqa: PLC0415  Django is set up by `prepare`

    for each in [business] if business else measuring.businesses():
        console.print(f"Business {each}: {measuring.recount(each)} leads measured.")
