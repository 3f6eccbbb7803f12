"""Writes each log record as one line, for people (`text`) or programs (`json`), without any customer's data in it.

Our own records are events with ids (`text.unclear message=7`). Two things could still carry what a customer wrote: the
message of an exception, which may quote a row of the database, and arguments of other people's log calls. Neither is
written: an exception shows its kind, where it happened, and the constraint that refused; a library's message shows its
template without its arguments. What looks like a phone number or an e-mail address is masked last of all.
"""

import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

OURS = "answerback"
DEEPEST = 12
CAUSES = 4

_PAIR = re.compile(r"(\w+)=(\S*)")
_NUMBER = re.compile(r"[+(]?\d[\d\s().-]{6,}\d")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


class Text(logging.Formatter):
    """`2026-03-10T15:00:00.123Z WARNING answerback.delivery text.unclear message=7 problem=TimeoutError`."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line, and one more for each frame of an exception."""
        lines = [f"{_at(record)} {record.levelname} {record.name} {said(record)}"]
        for fault in faults(record):
            lines.append(f"    {fault['kind']}{_because(fault)}")
            lines += [f"        {frame}" for frame in fault["at"]]
        return "\n".join(lines)


class Json(logging.Formatter):
    """One JSON object a line: `at`, `level`, `logger`, `event`, its ids as fields, and `faults` of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        message = said(record)
        event, _, rest = message.partition(" ")
        line: dict[str, object] = {"at": _at(record), "level": record.levelname, "logger": record.name}
        if is_ours(record) and not _PAIR.sub("", rest).strip():
            line |= {"event": event, **{key: value for key, value in _PAIR.findall(rest) if key not in line}}
        else:
            line["event"] = message
        if found := list(faults(record)):
            line["faults"] = found
        return json.dumps(line, ensure_ascii=False)


def is_ours(record: logging.LogRecord) -> bool:
    """Did our own code write it?"""
    return record.name == OURS or record.name.startswith(f"{OURS}.")


def said(record: logging.LogRecord) -> str:
    """What the record says, masked; of other people's records the template only."""
    return masked(record.getMessage() if is_ours(record) else str(record.msg))


def masked(text: str) -> str:
    """The text on one line, without what looks like a phone number or an e-mail address."""
    return _MAIL.sub("(address)", _NUMBER.sub("(number)", " ".join(text.split())))


def faults(record: logging.LogRecord) -> Iterator[dict[str, list[str]]]:
    """The record's exception and what caused it: kinds and places, never messages."""
    problem = record.exc_info[1] if record.exc_info else None
    for _ in range(CAUSES):
        if problem is None:
            return
        yield fault(problem)
        problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)


def fault(problem: BaseException) -> dict[str, list[str]]:
    """One exception: its kind, what a database said that is not about a row, and where it was raised."""
    found = {"kind": f"{type(problem).__module__}.{type(problem).__qualname__}", "at": _places(problem.__traceback__)}
    if state := getattr(problem, "sqlstate", None):
        found["sqlstate"] = str(state)
    if constraint := getattr(getattr(problem, "diag", None), "constraint_name", None):
        found["constraint"] = str(constraint)
    return found  # type: ignore[return-value]


def _places(traceback: TracebackType | None) -> list[str]:
    frames = extract_tb(traceback)[-DEEPEST:]
    return [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames]


def _because(fault: dict[str, list[str]]) -> str:
    return "".join(f" {name}={fault[name]}" for name in ("sqlstate", "constraint") if name in fault)


def _at(record: logging.LogRecord) -> str:
    at = datetime.fromtimestamp(record.created, UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"
