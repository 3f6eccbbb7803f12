"""What forms of connections saved of settings that are kept sealed, for `workflow.saved`.

Never here: a secret. A form that changed one is not taken back: what was given up is entered anew, never had back.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from answerback.ports.registry import NotInstalled
from answerback.store import models
from answerback.store.queries.rows import Cursor
from answerback.workflow import calendars, crms

Sealed = models.OutsideCalendar | models.OutsideCrm

MARK = "mark."
_GIVEN = "given."


def held(row: Sealed) -> dict[str, list[Any]]:
    """Each setting of it under a name of its own, and the mark of each secret; nothing where its adapter is gone."""
    try:
        if isinstance(row, models.OutsideCrm):
            shown, marks = crms.shown(row), crms.marks(row)
        else:
            shown, marks = calendars.shown(row), calendars.marks(row)
    except NotInstalled:
        return {}
    given = {f"{_GIVEN}{name}": [value] for name, value in shown.items()}
    return given | {f"{MARK}{name}": [mark] for name, mark in marks.items()}


def put_back(cursor: Cursor, row: Sealed, was: Mapping[str, Sequence[Any]]) -> None:
    """Those of these columns that are settings hold again what they held."""
    told = {name.removeprefix(_GIVEN): value for name, value in was.items() if name.startswith(_GIVEN)}
    if not told:
        return
    if isinstance(row, models.OutsideCrm):
        crms.as_before(cursor, row.id, told)
    else:
        calendars.as_before(cursor, row.id, told)


def is_setting(column: str) -> bool:
    """Is this none of the row's own columns?"""
    return column.startswith((_GIVEN, MARK))
