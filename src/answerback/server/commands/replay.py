"""`answerback replay`: the last days' real conversations by an edited playbook, or by the reader as it is now."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from answerback.server import setting_up

if TYPE_CHECKING:
    from answerback.engine.playbook import Playbook
    from answerback.engine.replay import Ending
    from answerback.workflow.replaying import Pair, Replayed

console = Console(highlight=False)


def replay(
    playbook: Annotated[
        Path | None, typer.Argument(help="The edited playbook, a YAML file; without it, the reader as it is now.")
    ] = None,
    *,
    business: Annotated[int, typer.Option(help="Which business, by its number.")],
    days: Annotated[int, typer.Option(min=1, max=365, help="How many days back.")] = 14,
    counts: Annotated[bool, typer.Option("--counts", help="Only the counts, not lead by lead.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Run real conversations again, on a virtual clock, and say lead by lead what would have gone differently.

    Nothing is sent and nothing changes. At most the last 300 conversations are replayed.
    """
    edited = _read(playbook) if playbook is not None else None
    setting_up.prepare(announce=console.print)
    from answerback.store import models  # noqa: PLC0415  Django is set up by `prepare`
    from answerback.workflow import replaying  # noqa: PLC0415

    if not models.Business.objects.filter(id=business).exists():
        raise typer.BadParameter(f"There is no business {business}.", param_hint="--business")
    if edited is None:
        found = replaying.against_reader(business, days)
    else:
        found = replaying.against_playbook(business, edited, days)
    if json_:
        typer.echo(json.dumps(_as_json(found), ensure_ascii=False))
    else:
        _tell(found, lead_by_lead=not counts)


def _read(file: Path) -> "Playbook":
    from answerback.store.playbook_file import BadPlaybook, load  # noqa: PLC0415  not needed for the help

    try:
        return load(file.read_text(encoding="utf-8"), str(file))
    except FileNotFoundError:
        typer.echo(f"There is no file {file}.", err=True)
        raise typer.Exit(2) from None
    except UnicodeDecodeError as problem:
        typer.echo(f"{file} is not UTF-8 text (byte {problem.start}). Save it as UTF-8.", err=True)
        raise typer.Exit(1) from None
    except BadPlaybook as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None


def _tell(found: "Replayed", *, lead_by_lead: bool) -> None:
    many = len(found.pairs)
    console.print(f"{len(found.different)} of {many} conversations would have gone differently.")
    console.print(f"{len(found.faithful)} of {many} end in the replay as they really did.")
    for kind, pairs in found.by_kind:
        console.print(f"  {kind}: {len(pairs)}")
    for pair in found.different if lead_by_lead else ():
        console.print(f"\n{pair.who or pair.number} (conversation {pair.conversation}): {', '.join(pair.differs)}")
        for name, side in (("as it is", pair.was), ("as it would be", pair.now)):
            console.print(f"  {name}: {_ending(side)}", markup=False, soft_wrap=True)
            for text in side.texts:
                console.print(f"    {text.at:%a %H:%M} {text.body}", markup=False, soft_wrap=True)
            for todo in side.todos:
                console.print(f"    to-do: {todo}", markup=False, soft_wrap=True)


def _ending(side: "Ending") -> str:
    service, urgency = side.service or "service not known", side.urgency
    return f"{side.status or 'no lead'}, {side.phase}, {service}, urgency {urgency}{', woken' if side.pages else ''}"


def _as_json(found: "Replayed") -> dict[str, object]:
    return {
        "replayed": len(found.pairs),
        "faithful": len(found.faithful),
        "different": len(found.different),
        "by_kind": {kind: len(pairs) for kind, pairs in found.by_kind},
        "leads": [_pair(pair) for pair in found.different],
    }


def _pair(pair: "Pair") -> dict[str, object]:
    return {
        "conversation": pair.conversation,
        "number": pair.number,
        "differs": list(pair.differs),
        "was": _side(pair.was),
        "now": _side(pair.now),
    }


def _side(side: "Ending") -> dict[str, object]:
    return {
        "status": side.status,
        "phase": side.phase,
        "service": side.service,
        "urgency": side.urgency,
        "woken": side.pages,
        "texts": [{"at": text.at.isoformat(), "purpose": text.purpose, "body": text.body} for text in side.texts],
        "todos": list(side.todos),
    }
