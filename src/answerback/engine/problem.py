"""One thing wrong with a playbook, as an owner reads it. Never here: finding it."""

from dataclasses import dataclass
from typing import Literal

from answerback.engine.rehearsal import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong, where, what to do, and a conversation in which it goes wrong. Only an error stops publishing.

    `where` is the place in the file, such as `routes > urgent > then`.
    """

    level: Literal["error", "warning"]
    where: str
    what: str
    fix: str
    conversation: tuple[Line, ...] = ()


def error(where: str, what: str, fix: str, *conversation: Line) -> Problem:
    """A problem that keeps the playbook from being published."""
    return Problem(level="error", where=where, what=what, fix=fix, conversation=conversation)


def warning(where: str, what: str, fix: str, *conversation: Line) -> Problem:
    """A problem the owner may choose to live with."""
    return Problem(level="warning", where=where, what=what, fix=fix, conversation=conversation)
