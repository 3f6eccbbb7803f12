"""`answerback export`, `import`, `access`: a whole business, or what is known of one customer, in an open format."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from answerback.server import setting_up

if TYPE_CHECKING:
    from answerback.workflow import archives

console = Console(highlight=False)


def export(
    business: Annotated[int, typer.Argument(help="Which business, by its number.")],
    to: Annotated[Path, typer.Argument(help="The zip to write.")],
) -> None:
    """Write everything of a business into a zip of JSON Lines that a fresh installation can import."""
    setting_up.prepare(announce=console.print)
    from answerback.workflow import archives  # noqa: PLC0415  Django is set up by `prepare`

    try:
        manifest = _whole(to, lambda file: archives.write_business(business, file))
    except archives.Unusable as problem:
        _fail(problem)
    rows = sum(table.rows for table in manifest.tables.values())
    console.print(f"{to}: {rows:,} rows of {len(manifest.tables)} tables, {manifest.files} files of videos.")
    if manifest.lost:
        console.print(f"{manifest.lost} files of videos are not where they should be, and not in it.")


def import_(path: Annotated[Path, typer.Argument(metavar="ZIP", help="A zip that `answerback export` wrote.")]) -> None:
    """Take a whole business into an installation that has none. It sends nothing until `answerback resume`."""
    setting_up.prepare(announce=console.print)
    setting_up.migrate()
    from answerback.workflow import archives  # noqa: PLC0415  Django is set up by `prepare`

    try:
        with path.open("rb") as file:
            done = archives.take_in(file)
    except (archives.Unusable, OSError) as problem:
        _fail(problem)
    console.print(f"{done.name} is here: {done.rows:,} rows. To look at: {done.quieted} conversations.")
    if done.lost:
        console.print(f"{done.lost} files of its videos are not in the archive: make those videos again.")
    if done.is_to_be_resealed:
        console.print(
            "It was sealed under an old secret, which opens it as long as it is named. Run: answerback reseal"
        )
    elif not done.opens:
        console.print(
            "It comes from an installation with another secret, so its connections and calendars do not open yet, and "
            "who was erased there and said stop is not known again by their number. Name that secret in "
            "ANSWERBACK_OLD_SECRETS and run: answerback reseal. If it is gone for good, connect them again.",
            soft_wrap=True,
        )
    console.print("Its members are invited anew: passwords do not travel. Texts are held until: answerback resume")


def access(
    business: Annotated[int, typer.Argument(help="Which business, by its number.")],
    number: Annotated[str, typer.Argument(help="The customer's number, E.164: +15125550131.")],
    to: Annotated[Path, typer.Argument(help="The zip to write.")],
) -> None:
    """Write everything that is known of one customer: what they may ask for by law."""
    setting_up.prepare(announce=console.print)
    from answerback.store import models  # noqa: PLC0415  Django is set up by `prepare`
    from answerback.workflow import archives  # noqa: PLC0415

    contact = models.Contact.objects.filter(business_id=business, number=number).first()
    if contact is None:
        raise typer.BadParameter("This business knows nobody by this number.", param_hint="NUMBER")
    _whole(to, lambda file: archives.write_contact(contact.id, file))
    console.print(f"{to}: everything that is known of {number}.")


def _whole(to: Path, write: "Callable[[IO[bytes]], archives.Manifest]") -> "archives.Manifest":
    """Write the file whole and private, or leave what was there."""
    descriptor, draft = tempfile.mkstemp(dir=to.absolute().parent, prefix=f".{to.name}-")
    try:
        with os.fdopen(descriptor, "w+b") as file:
            done = write(file)
        Path(draft).replace(to)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return done


def _fail(problem: Exception) -> NoReturn:
    typer.secho(str(problem), fg="red", err=True)
    raise typer.Exit(1) from problem
