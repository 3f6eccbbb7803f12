"""`answerback when`: what texts say about when, one JSON object a line in, one a line out.

It is the same function the product reads replies with (`understanding.when`), so that anybody can measure it.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from answerback.engine.times import Times
from answerback.understanding.when import understand_times


class BadLine(ValueError):
    """A line that cannot be understood, with what to write instead."""


def when(
    file: Annotated[
        Path | None,
        typer.Argument(help="Lines of {id, text, now, zone, lang, menu?, allows}; standard input without it."),
    ] = None,
) -> None:
    """Say what each text of a JSON Lines file means for when, and which instants it allows."""
    if file is not None and not file.exists():
        typer.echo(f"There is no file {file}.", err=True)
        raise typer.Exit(2)
    lines = file.read_text(encoding="utf-8").splitlines() if file else sys.stdin
    bad = False
    for answer in _answers(lines):
        bad = bad or "error" in answer
        typer.echo(json.dumps(answer, ensure_ascii=False))
    raise typer.Exit(1 if bad else 0)


def _answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One answer a line; a bad line is answered with what is wrong with it, and the others are read all the same."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        asked: Any = None
        try:
            asked = json.loads(line)
            yield _answer(asked)
        except json.JSONDecodeError as problem:
            yield {"line": number, "error": f"Line {number} is not JSON: {problem}."}
        except BadLine as problem:
            yield {"id": asked.get("id") if isinstance(asked, dict) else None, "line": number, "error": str(problem)}


def _answer(asked: Any) -> dict[str, Any]:
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise BadLine(
            'A line is an object with at least "text" and "now", such as {"text": "friday at 2", "now": "..."}.'
        )
    zone = _zone(asked.get("zone") or "UTC")
    now = _instant(asked.get("now"), zone, "now")
    language = str(asked.get("lang") or "en")
    menu = _menu(asked.get("menu") or [], now, zone, language)
    times = understand_times(asked["text"], now=now, zone=zone, language=language, menu=menu)
    instants = [_instant(each, zone, "allows") for each in asked.get("allows") or []]
    return {"id": asked.get("id"), **_told(times, zone), "allows": [times.allows(each) for each in instants]}


def _told(times: Times, zone: ZoneInfo) -> dict[str, Any]:
    option = {"option": times.option} if times.option is not None else {}
    windows = [
        {"start": window.start.astimezone(zone).isoformat(), "end": window.end.astimezone(zone).isoformat()}
        for window in times.windows
    ]
    return {"kind": times.kind, "ask": times.ask, **option, "asap": times.asap, "windows": windows}


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError):
        raise BadLine(f"There is no time zone {name!r}; write one such as America/Chicago.") from None


def _instant(written: Any, zone: ZoneInfo, where: str) -> datetime:
    """An ISO time; one without an offset is a wall-clock time of the zone."""
    try:
        at = datetime.fromisoformat(written)
    except (TypeError, ValueError):
        raise BadLine(f'"{where}" holds {written!r}; write an ISO time such as 2026-10-28T10:20:00-05:00.') from None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _menu(written: Any, now: datetime, zone: ZoneInfo, language: str) -> tuple[datetime, ...]:
    """The times offered: a list of ISO times, of objects with a `start`, or of words such as "Tue 10 AM"."""
    if isinstance(written, str):
        written = [part for part in re.split(r"(?:^|\s)\d+\s?[).:=-]\s", written) if part.strip(" ,;")]
    if isinstance(written, dict):
        written = list(written.values())
    if not isinstance(written, list):
        raise BadLine('"menu" is a list of times, in the order they were offered.')
    return tuple(_offered(each, now, zone, language) for each in written)


def _offered(written: Any, now: datetime, zone: ZoneInfo, language: str) -> datetime:
    if isinstance(written, dict):
        written = next((written[key] for key in ("start", "at", "time", "iso", "text") if key in written), None)
    try:
        return _instant(written, zone, "menu")
    except BadLine:
        times = understand_times(str(written), now=now, zone=zone, language=language)
        if times.kind != "point" or times.ask or not times.windows:
            raise
        return times.windows[0].start
