"""What the check of a playbook or its file's reader found, told to whoever reads the page, in their language.

Never here: whether anything is wrong (`engine.proof`, `store.playbook_file`).
"""

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from answerback.console.playbooks.basics import FIELDS
from answerback.console.playbooks.places import BASICS, SECTIONS, place
from answerback.console.retold import retold
from answerback.engine.rehearsal import Line


class Wrong(Protocol):
    """A thing wrong with a playbook: a `Problem` of the check, or a `Fault` of its file."""

    @property
    def where(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def fix(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the check found, in the reader's words; `section` is the form to mend it in, empty where there is none."""

    level: str
    section: str
    place: str
    what: str
    fix: str
    conversation: tuple[Line, ...]


def found(level: str, wrong: Wrong, conversation: tuple[Line, ...] = ()) -> Found:
    """A thing wrong, as a page shows it."""
    first = wrong.where.partition(" > ")[0]
    section = BASICS if first in FIELDS else first
    return Found(
        level=level,
        section=section if section in SECTIONS else "",
        place=place(wrong.where),
        what=retold(wrong.what),
        fix=retold(wrong.fix),
        conversation=conversation,
    )


def told(wrong: Wrong) -> str:
    """A thing wrong in one line: where, what, what to do; a `Fault` of a file also by its line."""
    line = getattr(wrong, "line", 0)
    at = [_("Line %(line)s") % {"line": line}] if line else []
    where = ", ".join([*at, *filter(None, [place(wrong.where)])])
    return f"{where}: {retold(wrong.what)} {retold(wrong.fix)}".removeprefix(": ").rstrip()
