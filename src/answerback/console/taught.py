"""What a correction of a call teaches, in words: beside the button before, in the toast after, and in the settings.

Never here: what is learned (`workflow.lessons`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerback.store.queries.calls import CallRow
from answerback.store.queries.calls_list import Call
from answerback.store.queries.learned import Knows
from answerback.workflow.lessons import Lesson, Taught, Told, Took, lesson

_POINT_IS_NEW: tuple[tuple[Took, Lesson], ...] = (("voicemail", "learned"), ("voicemail", "moved"))
"""Either way later calls are judged by what was said now."""

_BEFORE: Mapping[tuple[Took, Lesson], Promise] = {
    ("person", "nothing"): gettext_lazy(
        "For this call alone: nothing we were told shows a person, so later ones are judged as before."
    ),
    ("person", "known"): gettext_lazy(
        "For this call alone: calls of this line that are picked up after about %(seconds)s s count as answered "
        "already."
    ),
    ("person", "doubted"): gettext_lazy(
        "Once you say so of another call on another day, calls of this line that are picked up after about "
        "%(seconds)s s count as answered."
    ),
    ("person", "forgotten"): gettext_lazy(
        "Calls of this line that are picked up after about %(seconds)s s then count as answered."
    ),
    ("nobody", "nothing"): gettext_lazy(
        "For this call alone: nothing tells the next one like it from an answered one."
    ),
    ("voicemail", "nothing"): gettext_lazy(
        "For this call alone: your phone system does not say after how long it was picked up."
    ),
    ("voicemail", "known"): gettext_lazy(
        "For this call alone: calls of this line that are picked up after about %(seconds)s s count as missed already."
    ),
    ("voicemail", "too_soon"): gettext_lazy(
        "For this call alone: people too pick up after %(seconds)s s, so later ones are judged as before."
    ),
    ("voicemail", "doubted"): gettext_lazy(
        "Once you say so of another call on another day, calls of this line that are picked up after about "
        "%(seconds)s s count as missed (until then: about %(point)s s)."
    ),
    **dict.fromkeys(
        _POINT_IS_NEW,
        gettext_lazy("Calls of this line that are picked up after about %(seconds)s s then count as missed."),
    ),
}

_AFTER: Mapping[tuple[Took, Lesson], Promise] = {
    ("person", "doubted"): gettext_lazy(
        "Noted: somebody took this call. One word does not undo what was learned: say so of another call on another "
        "day, and calls of this line that are picked up after about %(seconds)s s count as answered."
    ),
    ("person", "forgotten"): gettext_lazy(
        "Noted: somebody took this call. From now on a call of this line that is picked up after about "
        "%(seconds)s s counts as answered."
    ),
    ("voicemail", "nothing"): gettext_lazy(
        "Noted: your phone's own voicemail took it. Nothing says how long it rang, so later calls are judged as before."
    ),
    ("voicemail", "known"): gettext_lazy(
        "Noted: your phone's own voicemail took it. Calls of this line that are picked up after about %(seconds)s s "
        "count as missed already."
    ),
    ("voicemail", "too_soon"): gettext_lazy(
        "Noted: your phone's own voicemail took it. People too pick up after %(seconds)s s, so later calls are judged "
        "as before."
    ),
    ("voicemail", "doubted"): gettext_lazy(
        "Noted: your phone's own voicemail took it. One word does not undo what was learned: say so of another call on "
        "another day, and calls of this line that are picked up after about %(seconds)s s count as missed."
    ),
    **dict.fromkeys(
        _POINT_IS_NEW,
        gettext_lazy(
            "Noted: your phone's own voicemail took it. From now on a call of this line that is picked up after "
            "about %(seconds)s s counts as missed."
        ),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaches:
    """What each button that corrects a call would teach; empty for a button that is not offered."""

    served: str = ""
    missed: str = ""
    voicemail: str = ""


def teaches(row: CallRow | Call, knows: Knows | None, at: datetime, zone: ZoneInfo) -> Teaches:
    """What follows from a correction of this call for later calls of its line."""
    seconds = row.picked_up_after

    def said(took: Took) -> str:
        told = Told(call=row.call, took=took, seconds=seconds, at=at)
        point = knows.point if knows else None
        return str(_BEFORE[took, lesson(knows, told, zone)[0]]) % {"seconds": seconds, "point": point}

    if row.noise:
        return Teaches(missed=_("For this call alone: later ones that end at once are not counted still."))
    if row.missed:
        return Teaches(served=said("person"))
    return Teaches(missed=said("nobody"), voicemail=said("voicemail"))


def noted(came: str, taught: Taught) -> str:
    """What was done, and what follows for calls to come: `came` is `served`, `missed` or `voicemail`."""
    took: Took = "voicemail" if came == "voicemail" else "person" if came == "served" else "nobody"
    if (words := _AFTER.get((took, taught.lesson))) is not None:
        return str(words) % {"seconds": taught.seconds}
    if took == "person":
        return _("Noted: somebody took this call. It counts as no missed call.")
    return _("Noted: nobody took this call. It counts as a missed call.")
