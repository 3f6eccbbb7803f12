"""`answerback reseal`: what was sealed under an old secret is sealed under the one as it is."""

from typing import Annotated

import typer
from rich.console import Console

from answerback.server import setting_up

console = Console(highlight=False)


def reseal(
    *,
    let_go: Annotated[
        bool,
        typer.Option(
            "--let-go",
            help="The old secret is gone for good: forget what nobody could enter again while it stands (registrations "
            "at providers, the keys of notifications with the devices they reach).",
        ),
    ] = False,
) -> None:
    """Seal everything anew after the secret was changed, while answerback runs. It may be ended and run again."""
    setting_up.prepare(announce=console.print)
    setting_up.migrate()
    from answerback.console.accounts import second_step  # noqa: PLC0415  Django is set up by `prepare`
    from answerback.store.secrets import known  # noqa: PLC0415
    from answerback.workflow import resealing  # noqa: PLC0415

    for name, count in (resealing.let_go() if let_go else {}).items():
        console.print(f"{name}: {count} let go.")
    lost = False
    for each in resealing.reseal():
        _say(each.name, each.old, each.anew, each.lost)
        lost |= bool(each.lost)
    done, closed = second_step.reseal()
    if done or closed:
        _say("second steps", done, 0, closed)
    if lost or closed:
        typer.secho(
            "What opens by no secret that is known stays as it is. Name the secret it was sealed under in "
            "ANSWERBACK_OLD_SECRETS, or put it back, and run this again. If it is gone for good, run "
            "it with --let-go, then disconnect what it was and connect it again in the console; answerback password "
            "helps each who cannot come in.",
            fg="red",
            err=True,
        )
        raise typer.Exit(1)
    console.print("Everything is sealed under the secret as it is.")
    if len(known()) > 1:
        console.print(
            "Links that were sent before open as long as the old secret stays in ANSWERBACK_OLD_SECRETS: take it out "
            "after 30 days, at once if it became known to somebody. Keep it with the backups that were made under it.",
            soft_wrap=True,
        )


def _say(name: str, done: int, anew: int, lost: tuple[int, ...]) -> None:
    told = f"{name}: {done} sealed anew"
    if anew:
        told += f", {anew} were so already"
    if lost:
        told += f", {len(lost)} open by no secret that is known (number {', '.join(map(str, lost))})"
    console.print(f"{told}.", soft_wrap=True)
