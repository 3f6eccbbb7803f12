"""A form carries what it was drawn with, so that keeping it writes only what this person changed.

Two people have the same form open: what one of them kept meanwhile stays, unless the other changed the very same thing.
Then nothing is kept, both are said, and what was typed stands in the form still. A form that carries nothing is taken
as it is. Between reading what stands and writing lie milliseconds, which only a writer that compares can close.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

FIELD = "shown"
"""The hidden field of a form that holds what its other fields were drawn with."""

LONGEST_SAID = 80

Value = str | Sequence[str]
"""What one input holds; for boxes to tick, what is ticked."""


class Outdated(Exception):
    """Somebody else has changed the same thing meanwhile; the message says what stands there and what was typed.

    `given` is the form to show again: what was typed, and elsewhere what stands now.
    """

    def __init__(self, problem: str, given: QueryDict) -> None:
        super().__init__(problem)
        self.given = given


class Form:
    """A form as it stands: each input with its value, its name for people, and the words for values that are chosen.

    Inputs of the same name are decided together, as the shifts of one day are.
    """

    def __init__(
        self,
        values: Mapping[str, Value],
        names: Mapping[str, object],
        choices: Mapping[str, Mapping[str, object]] | None = None,
    ) -> None:
        self._values = values
        self._names = names
        self._choices = choices or {}

    @property
    def values(self) -> Mapping[str, Value]:
        """What stands in each input."""
        return self._values

    @property
    def written(self) -> str:
        """What the hidden field holds."""
        held = {name: _plain(_many(value)) for name, value in self._values.items()}
        return json.dumps(
            {name: each for name, each in held.items() if each}, ensure_ascii=False, separators=(",", ":")
        )

    def told(self, given: QueryDict, only: str = "") -> QueryDict:
        """What is to be kept: what this person changed, and what stands where they did not; with `only` they changed
        nothing else. Raises `Outdated`.
        """
        was = _was(given)
        if was is None:
            return given
        kept, clashes = given.copy(), []
        for name, inputs in self._together().items():
            old = [_plain(was.get(each, ())) for each in inputs]
            mine = [_plain(given.getlist(each)) for each in inputs]
            now = [_plain(_many(self._values[each])) for each in inputs]
            if mine == old or only not in {"", *inputs}:
                self._leave(kept, inputs)
            elif now not in (old, mine):
                clashes.append((name, self._said(inputs, now), self._said(inputs, mine)))
        if clashes:
            raise Outdated(_problem(clashes), kept)
        return kept

    def changed(self, told: QueryDict) -> list[str]:
        """The inputs that hold something else than what stands."""
        return [each for each in self._values if _plain(told.getlist(each)) != _plain(_many(self._values[each]))]

    def _together(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for each in self._values:
            groups.setdefault(str(self._names[each]), []).append(each)
        return groups

    def _leave(self, kept: QueryDict, inputs: Iterable[str]) -> None:
        for each in inputs:
            values = _many(self._values[each])
            if values:
                kept.setlist(each, list(values))
            else:
                kept.pop(each, None)

    def _said(self, inputs: Sequence[str], values: Sequence[Sequence[str]]) -> str:
        words = [
            str(self._choices.get(each, {}).get(value, value))
            for each, held in zip(inputs, values, strict=True)
            for value in held
        ]
        said = ", ".join(words)
        return (said if len(said) <= LONGEST_SAID else f"{said[:LONGEST_SAID]}…") or _("empty")


def _was(given: QueryDict) -> dict[str, list[str]] | None:
    """What the form was drawn with; None where it does not say, or not so that it can be read."""
    try:
        was = json.loads(given.get(FIELD, ""))
    except ValueError:
        return None
    if not isinstance(was, dict) or not all(isinstance(each, list) for each in was.values()):
        return None
    return {name: [str(value) for value in held] for name, held in was.items()}


def _many(value: Value) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value


def _plain(values: Iterable[str]) -> list[str]:
    """Values to compare: a browser sends other ends of lines than it was given, and nothing for a box left empty."""
    tidy = (each.replace("\r\n", "\n").strip() for each in values)
    return sorted(each for each in tidy if each)


def _problem(clashes: Sequence[tuple[str, str, str]]) -> str:
    first = _("Somebody else changed this while you had it open.")
    said = [
        _("%(field)s: it says “%(theirs)s” now, you wrote “%(mine)s”.")
        % {"field": field, "theirs": theirs, "mine": mine}
        for field, theirs, mine in clashes
    ]
    last = _("Nothing was kept, and what you wrote still stands here. Keep it again to put it in place of theirs.")
    return " ".join([first, *said, last])
