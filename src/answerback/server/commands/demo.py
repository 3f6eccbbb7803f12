"""`answerback demo`: a business with a fortnight of history, and one missed call played live in this terminal."""

import json
import os
import time
from dataclasses import asdict
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from answerback.server import processes, setting_up
from answerback.server.commands.running import children

console = Console(highlight=False)
UP_PATIENCE = 60.0


def demo(
    once: Annotated[bool, typer.Option("--once", help="Play the call, then stop everything and end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON at the end (nothing else on stdout).")] = False,
    port: Annotated[int, typer.Option(envvar="ANSWERBACK_PORT", help="The port of the console.")] = 8707,
    days: Annotated[int, typer.Option(help="Days of history to make at the first run.")] = 14,
) -> None:
    """Run a lifelike business on pretend phones and play one missed call live."""
    global console  # noqa: PLW0603  one place decides where progress goes
    console = Console(stderr=as_json, highlight=False)
    began = time.monotonic()
    os.environ["ANSWERBACK_PORT"] = str(port)
    console.print("[b]1/4[/] Starting the database ...")
    database = setting_up.prepare(announce=console.print)
    setting_up.migrate()
    together = processes.Together(children(port), database, console.print)
    try:
        summary = _play(together, f"http://127.0.0.1:{port}", port, days)
        summary["seconds"] = round(time.monotonic() - began, 1)
        if as_json:
            typer.echo(json.dumps(summary, indent=2))
        if once:
            return
        console.print("Leave it running and try it: call and text at [b]/phone[/]. Ctrl-C stops everything.")
        together.watch()
    finally:
        together.stop()


def _play(together: processes.Together, address: str, port: int, days: int) -> dict[str, object]:
    from answerback.server import wiring  # noqa: PLC0415  Django is set up by now
    from answerback.server.demo import history, live, shop  # noqa: PLC0415

    wiring.wire()
    ours = shop.open_shop(address)
    console.print(f"[b]2/4[/] {shop.NAME}: " + (f"making {days} days of history ..." if ours.is_new else "already here."))
    if ours.is_new:
        console.print(f"      {history.make(ours, days)}")
    console.print("[b]3/4[/] Starting web and worker ...")
    together.start()
    together.watch_in_background()
    _wait_until_up(address, port)
    console.print("[b]4/4[/] One missed call, live:\n")
    number = shop.free_number(ours)
    try:
        steps = live.play(ours, address, number, _show)
    except live.DidNotHappen as problem:
        console.print(f"\n[red]{escape(str(problem))}[/]")
        raise typer.Exit(1) from None
    login = ours.password or "the password shown at the first run"
    console.print(
        Panel(
            f"Console   {address}\nPhone     {address}/phone/\nSign in   {shop.OWNER_EMAIL}   {login}",
            title="answerback is running",
            expand=False,
        )
    )
    return {
        "happened": [step.name for step in steps],
        "steps": [asdict(step) for step in steps],
        "console": address,
        "sign_in": {"email": shop.OWNER_EMAIL, "password": ours.password},
    }


def _show(step: object) -> None:
    from answerback.server.demo.live import Step  # noqa: PLC0415  Django is set up by now

    assert isinstance(step, Step)
    after = f"[dim]{step.seconds:5.1f} s[/]" if step.seconds is not None else "       "
    console.print(f"  {after}  {escape(step.title)}")
    if step.words:
        style = "cyan" if step.name == "reply" else "green"
        console.print(f"           [{style}]{escape(step.words)}[/]")


def _wait_until_up(address: str, port: int) -> None:
    until = time.monotonic() + UP_PATIENCE
    while time.monotonic() < until:
        try:
            if httpx.get(f"{address}/readyz", timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    console.print(f"[red]The web process did not come up on port {port}. Is another program using it? Try --port.[/]")
    raise typer.Exit(1)


