"""`answerback story`: play stories and show what every handset got."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from answerback.testing import databases
from answerback.testing.story import NotUnderstood, play, read_file

if TYPE_CHECKING:
    from collections.abc import Sequence

console = Console(highlight=False, soft_wrap=True)

STYLES = {"said": "", "text": "cyan", "broken": "red bold"}


def story(
    files: Annotated[list[Path], typer.Argument(help="Story files, or folders with *.story files in them.")],
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show only the stories that fail.")] = False,
) -> None:
    """Play stories on a virtual clock, in a scratch database, and say whether they come true."""
    stories = [_read(path) for path in _found(files)]
    databases.ready("story")
    played = [_play(each, quiet=quiet) for each in stories]
    failed = sum(not each.passed for each in played)
    console.print(f"{len(played) - failed} of {len(played)} stories came true.")
    raise typer.Exit(1 if failed else 0)


def _found(files: "Sequence[Path]") -> list[Path]:
    found = [path for given in files for path in (sorted(given.glob("**/*.story")) if given.is_dir() else [given])]
    if missing := [path for path in found if not path.is_file()]:
        console.print(f"There is no file {missing[0]}.", markup=False)
        raise typer.Exit(2)
    if not found:
        console.print("There are no *.story files there.")
        raise typer.Exit(2)
    return found


def _read(path: Path) -> Any:
    try:
        return read_file(path)
    except UnicodeDecodeError as problem:
        console.print(f"{path} is not UTF-8 text (byte {problem.start}). Save it as UTF-8.", markup=False)
    except NotUnderstood as problem:
        console.print(str(problem), markup=False)
    raise typer.Exit(2)


def _play(each: Any, *, quiet: bool) -> Any:
    lines: list[Text] = [Text(each.title, style="bold")]
    played = play(each, lambda told: lines.append(_line(told)))
    if not quiet or not played.passed:
        for line in lines:
            console.print(line)
        console.print(
            Text("  It came true." if played.passed else played.why, style="green" if played.passed else "red")
        )
        console.print()
    return played


def _line(told: Any) -> Text:
    at = f"{told.at:%a %H:%M:%S}" if told.at else " " * len("Tue 10:00:00")
    return Text(f"  {at}  {'    ' if told.kind == 'text' else ''}{told.words}", style=STYLES[told.kind])
