"""The numbers of the sending rules as an owner sets them: what each may be, what holds where, and since which level.

Settings inherit: the product's default, the agency's, the business's, the location's; the nearest that is set holds.
Only what differs is stored, so going back to what is inherited removes a value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import phonenumbers

from answerback.engine.rules import Settings
from answerback.store import models
from answerback.workflow.actors import NotAllowed

Level = Literal["default", "agency", "business", "location"]
Unit = Literal["", "seconds", "minutes", "hours", "days"]
Written = Literal["one", "codes", "keys", "several"]

MINUTE = 60
MOST_SEVERAL = 4
SECONDS: dict[str, int] = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """One setting: the group it is shown in, its unit, and what it may be: a number from `low` to `high`, a
    choice, or as `written` says: `codes` of countries, `keys` of a phone, `several` such numbers, kept in minutes.

    `by_location` says that a location may have its own; booking, whoever is on call and what is kept look at the whole
    business.
    """

    name: str
    group: str
    unit: Unit = ""
    low: float = 0
    high: float = 0
    choices: tuple[str, ...] = ()
    written: Written = "one"
    by_location: bool = True

    @property
    def is_fraction(self) -> bool:
        """Is it a share between 0 and 1?"""
        return isinstance(getattr(Settings(), self.name), float)


PREFERENCES: tuple[Preference, ...] = (
    Preference(name="first_text_cooldown", group="caps", unit="hours", low=1, high=168),
    Preference(name="texts_per_day", group="caps", low=1, high=20),
    Preference(name="unanswered_per_day", group="caps", low=1, high=5),
    Preference(name="unanswered_per_week", group="caps", low=1, high=21),
    Preference(name="clinic_per_day", group="caps", low=1, high=3),
    Preference(name="clinic_per_week", group="caps", low=1, high=21),
    Preference(name="replies_per_hour", group="caps", low=1, high=20),
    Preference(name="sender_pause", group="caps", unit="hours", low=1, high=72),
    Preference(name="overnight_first_text", group="quiet", choices=("send", "defer", "call")),
    Preference(name="nudge_days", group="quiet", low=0, high=3),
    Preference(name="follow_ups", group="quiet", low=0, high=3),
    Preference(name="follow_up_fresh", group="quiet", unit="hours", low=1, high=72),
    Preference(name="hold_out_delay", group="quiet", unit="hours", low=1, high=24),
    Preference(name="first_text_fresh", group="quiet", unit="minutes", low=1, high=15),
    Preference(name="reply_fresh", group="quiet", unit="minutes", low=1, high=60),
    Preference(name="settle", group="missed", unit="seconds", low=2, high=15),
    Preference(name="noise_abandon_seconds", group="missed", low=0, high=10),
    Preference(name="short_abandon_seconds", group="missed", low=0, high=30),
    Preference(name="voicemail_min_seconds", group="missed", low=1, high=15),
    Preference(name="voicemail_longest_seconds", group="missed", low=60, high=600),
    Preference(name="call_back_seconds", group="missed", low=5, high=120),
    Preference(name="urgent_keys", group="missed", written="keys"),
    Preference(name="consent_mode", group="consent", choices=("greeting_disclosure", "inquiry_only", "press_1")),
    Preference(name="countries", group="consent", written="codes"),
    Preference(name="consent_keys", group="consent", written="keys"),
    Preference(name="text_unproven_callers", group="consent", choices=("no", "yes")),
    Preference(name="text_screened_callers", group="consent", choices=("no", "yes")),
    Preference(name="burst_businesses", group="consent", low=0, high=20),
    Preference(name="look_up_numbers", group="consent", choices=("no", "yes")),
    Preference(name="look_up_price", group="consent", low=0, high=1),
    Preference(name="confidence_for_machine", group="reading", low=0.1, high=0.9),
    Preference(name="language_model", group="reading", choices=("off", "on", "all")),
    Preference(name="language_model_below", group="reading", low=0.1, high=0.95),
    Preference(name="booking_notice", group="booking", unit="hours", low=0, high=168, by_location=False),
    Preference(name="booking_horizon", group="booking", unit="days", low=1, high=120, by_location=False),
    Preference(name="hold", group="booking", unit="minutes", low=2, high=60, by_location=False),
    Preference(name="travel", group="booking", unit="minutes", low=0, high=180, by_location=False),
    Preference(name="reminders", group="booking", unit="hours", low=0.5, high=168, written="several"),
    Preference(name="page_window", group="people", unit="minutes", low=1, high=10, by_location=False),
    Preference(name="page_window_danger", group="people", unit="minutes", low=0.5, high=5, by_location=False),
    Preference(name="page_last_resort", group="people", unit="minutes", low=2, high=20, by_location=False),
    Preference(name="page_repeat", group="people", unit="minutes", low=2, high=30, by_location=False),
    Preference(name="page_later_minutes", group="people", low=5, high=120, by_location=False),
    Preference(name="todo_remind", group="people", unit="minutes", low=1, high=120, by_location=False),
    Preference(name="todo_escalate", group="people", unit="minutes", low=5, high=480, by_location=False),
    Preference(name="callback_each_minutes", group="people", low=0, high=60),
    Preference(name="words_kept", group="kept", unit="days", low=30, high=2190, by_location=False),
    Preference(name="pictures_kept", group="kept", unit="days", low=30, high=2190, by_location=False),
    Preference(name="recordings_kept", group="kept", unit="days", low=7, high=2190, by_location=False),
)
"""Every setting with a field on the page, in the order it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What holds for one setting at a level: its value as people write it, and the level that says so.

    `own` says that this very level does; `otherwise` is what would hold without that.
    """

    preference: Preference
    value: str
    level: Level
    own: bool
    otherwise: str


class WrongValue(ValueError):
    """Values that may not be; `wrong` says why by name, and nothing was changed."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(" ".join(wrong.values()))
        self.wrong = wrong


Place = models.Agency | models.Business | models.Location


def held(place: Place) -> tuple[Held, ...]:
    """What holds at this place, setting by setting, and since which level."""
    chain = _chain(place)
    shown = [each for each in PREFERENCES if each.by_location or not isinstance(place, models.Location)]
    return tuple(_held(each, chain) for each in shown)


def change(place: Place, told: Mapping[str, str]) -> None:
    """Set what was told, go back to what is inherited where nothing was; raises `WrongValue`, then changes nothing."""
    settings, wrong = dict(place.settings), {}
    inherited = {each.preference.name: each.otherwise for each in held(place)}
    for preference in PREFERENCES:
        if preference.name not in told or preference.name not in inherited:
            continue
        written = told[preference.name].strip()
        if written in {"", inherited[preference.name]}:
            settings.pop(preference.name, None)
            continue
        try:
            settings[preference.name] = _stored(preference, written)
        except NotAllowed as problem:
            wrong[preference.name] = str(problem)
    if wrong:
        raise WrongValue(wrong)
    type(place).objects.filter(id=place.id).update(settings=settings)


def _chain(place: Place) -> list[tuple[Level, Mapping[str, Any]]]:
    """The levels whose settings reach this place, nearest first."""
    if isinstance(place, models.Location):
        return [("location", place.settings), *_chain(place.business)]
    if isinstance(place, models.Business):
        above = _chain(place.agency) if place.agency else []
        return [("business", place.settings), *above]
    return [("agency", place.settings)]


def _held(preference: Preference, chain: list[tuple[Level, Mapping[str, Any]]]) -> Held:
    said: list[tuple[Level, str]] = [
        (level, _written(preference, settings[preference.name]))
        for level, settings in chain
        if preference.name in settings
    ]
    default = getattr(Settings(), preference.name)
    raw = default.total_seconds() if isinstance(default, timedelta) else default
    said.append(("default", _written(preference, raw)))
    own = chain[0][0] == said[0][0]
    return Held(
        preference=preference,
        value=said[0][1],
        level=said[0][0],
        own=own,
        otherwise=said[1][1] if own else said[0][1],
    )


def _written(preference: Preference, value: Any) -> str:
    """A stored value as people write it: seconds become the setting's unit."""
    if preference.written == "several":
        return " ".join(f"{each * MINUTE / SECONDS[preference.unit]:g}" for each in value) or "0"
    if preference.written != "one":
        return " ".join(value)
    if preference.choices:
        return str(value)
    number = float(value) / SECONDS.get(preference.unit, 1)
    return f"{number:g}"


def _stored(preference: Preference, written: str) -> Any:
    if preference.choices:
        if written not in preference.choices:
            raise NotAllowed(f"Choose one of: {', '.join(preference.choices)}.")
        return written
    if preference.written == "several":
        return _several(preference, written)
    if preference.written != "one":
        return _codes(written) if preference.written == "codes" else _keys(written)
    number = _number(written.replace(",", "."))
    if not preference.low <= number <= preference.high:
        raise NotAllowed(f"Write {preference.low:g} to {preference.high:g}.")
    if not preference.is_fraction and not preference.unit and number != int(number):
        raise NotAllowed("Write a whole number.")
    return number * SECONDS[preference.unit] if preference.unit else number if preference.is_fraction else int(number)


def _several(preference: Preference, written: str) -> list[int]:
    """Minutes, the longest first; 0 alone is none."""
    if written == "0":
        return []
    numbers = {_number(each) for each in written.replace(",", " ").split()}
    if not 0 < len(numbers) <= MOST_SEVERAL or not all(preference.low <= each <= preference.high for each in numbers):
        raise NotAllowed(f"Write numbers from {preference.low:g} to {preference.high:g}, at most {MOST_SEVERAL}.")
    return [round(each * SECONDS[preference.unit] / MINUTE) for each in sorted(numbers, reverse=True)]


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise NotAllowed(f"“{written}” is no number.") from None


def _keys(written: str) -> str:
    keys = set(written) - {" ", ","}
    if not keys or not keys <= {*"0123456789"}:
        raise NotAllowed("Write keys of a phone: digits from 0 to 9.")
    return "".join(sorted(keys))


def _codes(written: str) -> list[str]:
    codes = list(dict.fromkeys(written.upper().replace(",", " ").split()))
    if wrong := [code for code in codes if code not in phonenumbers.SUPPORTED_REGIONS]:
        raise NotAllowed(f"{wrong[0]} is no country. Write two letters each, such as US CA.")
    return codes
