"""`answerback backup`, `restore`, `resume`: a copy of everything, and the way back."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from answerback.server import setting_up

console = Console(highlight=False)


def backup(
    to: Annotated[Path, typer.Argument(help="The file to write; one that is there is replaced.")],
    *,
    with_secret: Annotated[
        bool, typer.Option("--with-secret", help="Put the installation's secret in too; then lock the file away.")
    ] = False,
) -> None:
    """Write everything into one file, while answerback runs. Works with the embedded database and any other."""
    setting_up.prepare(announce=console.print)
    from answerback.server import backups  # noqa: PLC0415  Django is set up by `prepare`

    try:
        about = backups.back_up(to.absolute(), with_secret=with_secret)
    except backups.BackupError as problem:
        _fail(problem)
    rows = sum(about.rows.values())
    console.print(f"{to}: {rows:,} rows in {len(about.rows)} tables, {to.stat().st_size / 1024**2:.1f} MB.")
    if not with_secret:
        console.print("The secret is not in it. Keep that elsewhere: without it no connection can be opened again.")
    if videos := about.rows.get("video_file"):
        console.print(f"The {videos} files of videos are not in it. {_where_videos_lie()}")


def restore(
    path: Annotated[Path, typer.Argument(metavar="BACKUP", help="A file that `answerback backup` wrote.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Lose the businesses that are here for the backup.")
    ] = False,
    erasures: Annotated[
        list[Path] | None,
        typer.Option(help="A log of who was forgotten since; that in the var folder is read anyway. More than once."),
    ] = None,
    hold: Annotated[bool, typer.Option("--hold", help="Hold all texts until `answerback resume`.")] = False,
) -> None:
    """Put a backup back: whole or not at all, nothing sent twice, nobody brought back who was forgotten since."""
    setting_up.prepare(announce=console.print)
    from django.conf import settings  # noqa: PLC0415  Django is set up by `prepare`

    from answerback.server import backups  # noqa: PLC0415
    from answerback.workflow import erasure, shelf  # noqa: PLC0415

    ours = settings.VAR / erasure.FILE
    logs = [*(erasures or []), *([ours] if ours.exists() else [])]
    try:
        done = backups.restore(path, replace=replace, logs=logs, hold=hold)
    except (backups.BackupError, OSError, ValueError) as problem:
        _fail(problem)
    console.print(
        f"Restored the state of {done.backup.taken_at:%d %B %Y, %H:%M} UTC; {done.migrations} migrations ran."
    )
    console.print(f"Forgotten again: {done.forgotten}. Stops kept: {done.stops}. To look at: {done.quieted}.")
    if lacking := len(shelf.lacking()):
        console.print(f"{lacking} files of videos are not here. {_where_videos_lie()}")
    if done.is_to_be_resealed:
        console.print("It was made under an old secret, which opens it as long as it is named. Run: answerback reseal")
    until = f"{done.held_until:%H:%M} UTC" if done.held_until else "you run: answerback resume"
    console.print(f"Texts are held until {until}. Calls are answered and leads kept meanwhile.")


def resume(
    *,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="First do what a restore does: the database was put back by other means.")
    ] = False,
) -> None:
    """Let texts go that a restore holds."""
    setting_up.prepare(announce=console.print)
    from django.conf import settings  # noqa: PLC0415  Django is set up by `prepare`

    from answerback.workflow import clock, erasure, quieting, transaction  # noqa: PLC0415

    if quiet:
        now, log = clock.now(), settings.VAR / erasure.FILE
        outside = list(erasure.kept_outside(log)) if log.exists() else []
        forgotten = transaction.run(lambda cursor: erasure.again(cursor, outside))
        console.print(f"Forgotten again: {forgotten}.")
        console.print(f"To look at: {transaction.run(lambda cursor: quieting.quiet(cursor, now, now))}.")
    console.print(f"{transaction.run(quieting.resume)} lines send again.")


def _fail(problem: Exception) -> NoReturn:
    typer.secho(str(problem), fg="red", err=True)
    raise typer.Exit(1) from problem


def _where_videos_lie() -> str:
    from django.conf import settings  # noqa: PLC0415  Django is set up by `prepare`

    options = settings.STORAGES["videos"].get("OPTIONS", {})
    if "location" in options:
        return f"Copy the folder {options['location']} along."
    return f"They lie in the bucket {options.get('bucket_name', '')}, whose own versions are their backup."
