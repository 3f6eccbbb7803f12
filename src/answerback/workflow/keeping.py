"""Forgets what was said too long ago; each business (or its agency) says how long words, pictures and recordings stay.

Never here: a person who is to be forgotten (`erasure`), or what proves consent and stops; that stays.
"""

from datetime import datetime

from answerback.store import models
from answerback.store.queries import keeping
from answerback.store.queries.keeping import Bounds
from answerback.store.queries.rows import Cursor
from answerback.workflow import directory


def forget(cursor: Cursor, now: datetime) -> None:
    """Empty what is past its time in every business."""
    keeping.forget(cursor, [_bounds(row, now) for row in models.Business.objects.select_related("agency")])


def _bounds(row: models.Business, now: datetime) -> Bounds:
    holds = directory.settings_of(row)
    return Bounds(
        business=row.id,
        words=now - holds.words_kept,
        pictures=now - holds.pictures_kept,
        recordings=now - holds.recordings_kept,
    )
