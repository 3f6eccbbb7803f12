"""`answerback simulate`: days of lifelike traffic, in a database of its own, and what an owner would see of them."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from answerback.store.playbook_file import packs
from answerback.testing import databases

console = Console(highlight=False)
progress = Console(stderr=True, highlight=False)


def simulate(
    days: Annotated[int, typer.Option(min=1, max=365, help="How many days.")] = 14,
    calls: Annotated[int, typer.Option(min=1, max=100_000, help="How many calls in all, answered ones too.")] = 400,
    seed: Annotated[int, typer.Option(help="The same seed plays the same days.")] = 7,
    pack: Annotated[str, typer.Option(help="Which kind of business.")] = "plumbing",
    as_json: Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")] = False,
) -> None:
    """Play days of lifelike traffic through the whole product, in a scratch database, and check the promises."""
    if pack not in packs():
        console.print(f"There is no pack {pack!r}. Packs: {', '.join(packs())}.", markup=False)
        raise typer.Exit(2)
    databases.ready("simulation")
    from answerback.testing import simulation  # noqa: PLC0415  Django is set up by now

    done = simulation.simulate(days=days, calls=calls, seed=seed, pack=pack, told=_nothing if as_json else _day)
    if as_json:
        typer.echo(json.dumps(_numbers(done), indent=2))
    else:
        _show(done)
    raise typer.Exit(1 if done.broken else 0)


def _day(moment: datetime) -> None:
    progress.print(f"  {moment:%A %d %B}")


def _nothing(_moment: datetime) -> None:
    return


def _numbers(done: Any) -> dict[str, object]:
    return {
        "days": done.days,
        "calls": done.calls,
        "people": done.people,
        **asdict(done.report),
        "broken_promises": list(done.broken),
    }


def _show(done: Any) -> None:
    report = done.report
    delay = "none" if report.seconds_to_first_text is None else f"{report.seconds_to_first_text:.0f} s"
    table = Table(title=f"{done.days} days, {done.calls} calls of {done.people} people", show_header=False, box=None)
    for name, value in (
        ("Missed calls caught as leads", report.captured),
        ("Texted", report.texted),
        ("Replied", report.replied),
        ("Qualified", report.qualified),
        ("Booked", report.booked),
        ("Handed to a person", report.handed_over),
        ("Said stop", report.stopped),
        ("Texts sent", report.texts_sent),
        ("Times somebody was woken", report.pages),
        ("Median time to the first text", delay),
        ("Broken promises", len(done.broken)),
    ):
        table.add_row(name, str(value))
    console.print(table)
    for breach in done.broken:
        console.print(f"  {breach}", style="red", markup=False)
