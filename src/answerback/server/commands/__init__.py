"""The command `answerback`: one line per thing an operator does.

Every failure a person can mend ends in one plain sentence and exit code 1 (2 for wrong usage), never in a stack trace.
Packages above this one add commands by the entry point group `answerback.commands`.
"""

import sys
from importlib.metadata import entry_points
from typing import Annotated

import typer
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from answerback import __version__
from answerback.server.commands import (
    accounts,
    archives,
    backup,
    business,
    connect,
    csv_import,
    doctor,
    forget,
    hook,
    line,
    playbook,
    read,
    replay,
    report,
    reseal,
    running,
    token,
    when,
)
from answerback.server.embedded import EmbeddedDatabaseError
from answerback.server.processes import AlreadyRuns, PortTaken

app = typer.Typer(
    name="answerback",
    help="Turns missed calls into leads, texts, conversations and booked jobs.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(playbook.app, name="playbook")
app.add_typer(report.app, name="report")
app.add_typer(line.app, name="line")
app.add_typer(token.app, name="token")
app.command("up")(running.up)
app.command("web")(running.web)
app.command("worker")(running.worker)
app.command("listen")(running.listen)
app.command("connect")(connect.connect)
app.command("migrate")(running.migrate)
app.command("replay")(replay.replay)
app.command("doctor")(doctor.doctor)
app.command("business")(business.business)
app.command("invite")(accounts.invite)
app.command("agency")(accounts.agency)
app.command("password")(accounts.password)
app.command("forget")(forget.forget)
app.command("export")(archives.export)
app.command("import")(archives.import_)
app.command("access")(archives.access)
app.command("import-csv")(csv_import.import_csv)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("resume")(backup.resume)
app.command("reseal")(reseal.reseal)
app.command("hook")(hook.hook)
app.command("read")(read.read)
app.command("when")(when.when)

for _point in sorted(entry_points(group="answerback.commands"), key=lambda point: point.name):
    app.command(_point.name)(_point.load())


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    try:
        app()
    except (EmbeddedDatabaseError, ImproperlyConfigured, AlreadyRuns, PortTaken) as problem:
        typer.secho(str(problem), fg="red", err=True)
        sys.exit(1)
    except OperationalError as problem:
        typer.secho(f"The database does not answer: {str(problem).strip()}", fg="red", err=True)
        sys.exit(1)
