"""`answerback demo`: a business with a fortnight of history, and one missed call played live in this terminal."""

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import httpx
import psycopg
import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from answerback.server import embedded, listening_at, processes, setting_up
from answerback.server.commands.running import children
from answerback.server.embedded_home import explained
from answerback.server.environment import var_folder
from answerback.server.kept import make_var_folder

if TYPE_CHECKING:
    from answerback.testing.demo.live import Step

NAME = setting_up.DEMO_DATABASE
UP_PATIENCE = 150.0
COLOURS = {"reply": "cyan"}


def demo(
    once: Annotated[bool, typer.Option("--once", help="Play the call, then stop everything and end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON; progress goes to stderr.")] = False,
    port: Annotated[int, typer.Option(envvar="ANSWERBACK_PORT", help="The port of the console.")] = 8707,
    days: Annotated[int, typer.Option(min=2, max=60, help="Days of history to make at the first run.")] = 14,
) -> None:
    """Run a lifelike business on pretend phones and play one missed call live. It has a database of its own."""
    console = Console(stderr=as_json, highlight=False)
    began = time.monotonic()
    processes.look_at_port(port, "127.0.0.1", "demo")
    _alone(port)
    os.environ["ANSWERBACK_PORT"] = str(port)
    os.environ.setdefault("ANSWERBACK_LOG", "ERROR")
    os.environ.setdefault("ANSWERBACK_SECOND_STEP_DAYS", "7")  # who only looks around needs no passkey for it
    database = _database(console, days)
    setting_up.prepare(start_database=False)
    setting_up.migrate()
    together = processes.Together(children(port), database, console.print)
    try:
        summary = _run(together, console, port, once=once)
        if as_json:
            typer.echo(json.dumps({**summary, "seconds": round(time.monotonic() - began, 1)}, indent=2))
        if not once:
            console.print("Leave it running and call the business yourself on the phone page. Ctrl-C stops everything.")
            together.watch()
    finally:
        together.stop()


def _alone(port: int) -> None:
    """A second demo in one folder would take the first one's phones, so that it hears of no call any more."""
    var = var_folder()
    with explained(var):
        make_var_folder(var)
        is_alone = listening_at.say(var, listening_at.DEMO, f"http://127.0.0.1:{port}")
    if not is_alone:
        at = listening_at.by_name(listening_at.address(var, listening_at.DEMO))
        raise processes.AlreadyRuns(
            f"A demo runs in the folder {var} already: {at}. Nothing was started. Use that one or stop it, or start "
            f"this one in a folder of its own: ANSWERBACK_VAR=/another/folder {processes.program()} demo --port {port}"
        )


def _database(console: Console, days: int) -> "embedded.Running | None":
    """The demo's own database, made with its history at the first run; `DATABASE_URL` leads to it afterwards."""
    console.print("[b]1/4[/] Starting the database ...")
    running = None
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        running = embedded.start(setting_up.database_folder(), announce=console.print)
        server = running.url
    console.print("[b]2/4[/] Rivera Plumbing: ", end="")
    if _is_there(server):
        console.print("here already, from an earlier run.")
    else:
        console.print(f"playing {days} days of history through the product ...")
        _make_history(console, server, days)
    os.environ["DATABASE_URL"] = embedded.prepare_database(server, NAME)
    return running


def _is_there(server: str) -> bool:
    with psycopg.connect(server, dbname="postgres", autocommit=True) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone() is not None


def _make_history(console: Console, server: str, days: int) -> None:
    command = [sys.executable, "-m", "answerback.testing.demo.history", "--days", str(days), "--name", NAME]
    environment = {**os.environ, "DATABASE_URL": server}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            console.print(f"      {line.strip()}", style="dim", end="   \r")
    if process.returncode:
        console.print("[red]The history could not be made; what went wrong stands above.[/]")
        raise typer.Exit(1)
    console.print(" " * 40, end="\r")


def _run(together: processes.Together, console: Console, port: int, *, once: bool) -> dict[str, object]:
    # Only now: these modules need Django set up.
    from answerback.server import wiring  # noqa: PLC0415
    from answerback.testing.demo import films, live, shop  # noqa: PLC0415

    address = f"http://127.0.0.1:{port}"
    wiring.wire()
    ours = shop.open_shop(address)
    if problem := films.make(ours.business, lambda words: console.print(f"      {words}", style="dim")):
        console.print(f"      No videos: {escape(problem)}", style="dim")
    console.print("[b]3/4[/] Starting web and worker ...")
    together.start()
    together.watch_in_background()
    _wait_until_up(console, address, port)
    console.print("[b]4/4[/] One missed call, live:\n")
    try:
        steps = live.play(ours, address, shop.free_number(ours), lambda step: _show(console, step))
    except live.DidNotHappen as problem:
        console.print(f"\n[red]{escape(str(problem))}[/]")
        if once:
            raise typer.Exit(1) from None
        console.print("Maria knows the questions of the demo's first playbook only. The demo runs on all the same.")
        steps = []
    at = listening_at.by_name(address)
    where = _where(at, shop.OWNER_EMAIL, ours.password)
    console.print(Panel(where, title="answerback is running", expand=False))
    return {
        "happened": [step.name for step in steps],
        "steps": [asdict(step) for step in steps],
        "console": at,
        "sign_in": {"email": shop.OWNER_EMAIL, "password": ours.password},
    }


def _where(at: str, email: str, password: str) -> str:
    return (
        f"Console   {at}\nPhone     {at}/phone/\nSign in   {email}\nPassword  {password}\n"
        f"Invite    {at}/people\n          {processes.program()} invite --demo you@example.com"
    )


def _show(console: Console, step: "Step") -> None:
    after = f"{step.seconds:5.1f} s" if step.seconds is not None else " " * 7
    line = Table.grid()
    line.add_column(width=11)
    line.add_row(f"  [dim]{after}[/]", escape(step.title))  # a second line begins below the first
    console.print(line)
    if step.words:
        colour = COLOURS.get(step.name, "green")
        console.print(Padding(Text(step.words, style=colour), (0, 0, 0, 11)))


def _wait_until_up(console: Console, address: str, port: int) -> None:
    """Until the web process answers and a worker works: what is called before that is answered late."""
    until = time.monotonic() + UP_PATIENCE
    is_up = False
    while time.monotonic() < until:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{address}/readyz?worker", timeout=5).status_code == httpx.codes.OK:
                return
            is_up = True
        time.sleep(0.1)
    silent = "up, but no worker came. What is wrong with it: answerback doctor"
    unheard = f"not up on port {port}. Does another program use it? Try --port."
    console.print(f"[red]The web process is {silent if is_up else unheard}[/]")
    raise typer.Exit(1)
