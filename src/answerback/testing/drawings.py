"""Draws the parts of the documentation that the code already knows: diagrams, tables, the help of every command.

    python -m answerback.testing.drawings docs

writes them anew between their marks (`<!-- drawn: NAME -->` and `<!-- end -->`) in every page of that folder. Never
here: a word that somebody has to keep in step by hand.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from inspect import getdoc
from pathlib import Path
from typing import Any, TypeVar, get_args

import typer
from typer.testing import CliRunner

from answerback.engine.draft import LEAD_MOVES
from answerback.engine.effects import Effect
from answerback.engine.events import EVENT_TYPES
from answerback.engine.measures import MEASURES, VERSION
from answerback.engine.state import MOVES, PHASES
from answerback.server.commands import app
from answerback.store.roles import ACTS, MATRIX, ROLES

Name = TypeVar("Name", bound=str)

WIDTH = 100
"""Columns of the commands' help, whatever terminal draws it."""

_MARKED = re.compile(r"(?<=<!-- drawn: )([a-z-]+)( -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def main() -> None:
    """Write every drawing of the pages in the folder that is named."""
    for page in sorted(Path(sys.argv[1]).rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        if (drawn := redrawn(text)) != text:
            page.write_text(drawn, encoding="utf-8")
            sys.stdout.write(f"{page}\n")


def redrawn(page: str) -> str:
    """The page with everything between marks drawn anew; raises `KeyError` for a drawing nobody knows."""
    return _MARKED.sub(lambda found: f"{found[1]}{found[2]}\n{DRAWINGS[found[1]]()}\n\n", page)


def drawings_in(page: str) -> list[str]:
    """The names of the drawings of this page, in their order."""
    return [found[1] for found in _MARKED.finditer(page)]


def phases() -> str:
    """The phases of a conversation, what each means, and where it may go: `engine.state`."""
    rows = [(f"`{phase}`", means, _names(MOVES[phase], PHASES)) for phase, means in PHASES.items()]
    return _table(("Phase", "Meaning", "May go to"), rows)


def conversation_diagram() -> str:
    """The moves of a conversation, from `engine.state.MOVES`."""
    return _diagram(MOVES, start="quiet", anywhere="any phase")


def lead_diagram() -> str:
    """The moves the engine makes with a lead by itself, from `engine.draft.LEAD_MOVES`."""
    return _diagram(LEAD_MOVES, start="new", anywhere="any status")


def events() -> str:
    """Every event there is, from `engine.events`."""
    return _values(EVENT_TYPES, ("Event", "What happened", "What it carries"))


def effects() -> str:
    """Every effect there is, from `engine.effects`."""
    return _values(get_args(Effect), ("Effect", "What is asked for", "What it carries"))


def measures() -> str:
    """The definitions of the eight measures, from `engine.measures`."""
    parts = [f"These are the definitions of version {VERSION}."]
    for measure in MEASURES:
        out_of = " Or: ".join(f"{each}." for each in measure.out_of)
        rows = [
            ("Counts", measure.counts),
            ("Out of", out_of),
            ("Cohort", measure.cohort),
            ("Window", measure.window),
            ("Left out", " ".join(measure.left_out)),
            ("Repeats", " ".join(measure.repeats)),
            ("Merges", measure.merges),
            ("Refunds", measure.refunds),
            ("Late edits", " ".join(measure.late)),
        ]
        parts += [f"### {measure.title}", _table((f"`{measure.name}`", ""), rows)]
    return "\n\n".join(parts)


def roles() -> str:
    """The matrix of roles and acts, from `store.roles`."""
    who = [(f"`{role}`", says) for role, says in ROLES.items()]
    rows = [(f"`{act}`", says, *("yes" if role in MATRIX[act] else "" for role in ROLES)) for act, says in ACTS.items()]
    return f"{_table(('Role', 'Who'), who)}\n\n{_table(('Act', 'What', *ROLES), rows)}"


def commands() -> str:
    """The help of the command line and of each of its commands, as a terminal of `WIDTH` columns shows it."""
    root = typer.main.get_command(app)
    return "\n\n".join(_help(name) for name in ((), *_below(root, ())))


DRAWINGS: Mapping[str, Callable[[], str]] = {
    "phases": phases,
    "conversation-diagram": conversation_diagram,
    "lead-diagram": lead_diagram,
    "events": events,
    "effects": effects,
    "measures": measures,
    "roles": roles,
    "commands": commands,
}


def _diagram(moves: Mapping[Name, frozenset[Name]], *, start: str, anywhere: str) -> str:
    """A Mermaid state diagram; what every other state may go to is drawn once, so that it can be read."""
    from_all = [name for name in moves if all(name in moves[other] for other in moves if other != name)]
    lines = ["stateDiagram-v2", f'    state "{anywhere}" as any', f"    [*] --> {start}"]
    lines += [f"    any --> {name}" for name in from_all]
    lines += [
        f"    {here} --> {there}" for here in moves for there in moves if there in moves[here] and there not in from_all
    ]
    return "\n".join(["```mermaid", *lines, "```"])


def _values(types: Sequence[type], titles: tuple[str, str, str]) -> str:
    return _table(titles, [(f"`{each.__name__}`", _sentence(each), _carried(each)) for each in types])


def _sentence(value: type) -> str:
    """The first paragraph of the docstring, on one line."""
    return " ".join((getdoc(value) or "").split("\n\n")[0].split())


def _carried(value: type) -> str:
    return ", ".join(f"`{field.name}`" for field in fields(value) if field.name != "at")


def _names(some: frozenset[Name], order: Mapping[Name, str]) -> str:
    return ", ".join(f"`{name}`" for name in order if name in some)


def _table(titles: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [titles, ("---",) * len(titles), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def _below(command: Any, name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for each, child in getattr(command, "commands", {}).items():
        yield (*name, each)
        yield from _below(child, (*name, each))


def _help(name: tuple[str, ...]) -> str:
    shown = CliRunner().invoke(
        app, [*name, "--help"], env={"COLUMNS": str(WIDTH), "NO_COLOR": "1"}, prog_name="answerback"
    )
    lines = [line.rstrip() for line in _COLOURS.sub("", shown.output).strip("\n").splitlines()]
    title = " ".join(("answerback", *name))
    return "\n".join([f"## {title}", "", "```text", *lines, "```"]).replace("```text\n\n", "```text\n")


if __name__ == "__main__":
    main()
