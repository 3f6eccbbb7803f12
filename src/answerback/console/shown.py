"""A form carries what it was drawn with, so that keeping it writes only what this person changed.

Of a secret it carries a mark alone (`store.secrets.mark`), as no page shows one; left empty, the one that stands stays.

Two people have the same form open: what one of them kept meanwhile stays, unless the other changed the very same thing.
Then nothing is kept, both are said, and what was typed stands in the form still. A form that carries nothing is taken
as it is. Between reading what stands and writing lie milliseconds, which only a writer that compares can close.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from answerback.workflow.refusals import Refusal

FIELD = "shown"
"""The hidden field of a form that holds what its other fields were drawn with."""

LONGEST_SAID = 80

Value = str | Sequence[str]
"""What one input holds; for boxes to tick, what is ticked."""

Alike = Callable[[str], str]
"""Reads what was written: two ways to write the same come to the same. What it cannot read comes back as it is."""


class Outdated(Refusal):
    """Somebody else has changed the same thing meanwhile; the message says what stands there and what was typed.

    `given` is the form to show again: what was typed, and elsewhere what stands now. `field` is the first of them.
    """

    def __init__(self, problem: str, given: QueryDict, field: str = "") -> None:
        super().__init__(problem, field)
        self.given = given


class Form:
    """A form as it stands: each input with its value, its name for people, and the words for values that are chosen.

    Inputs of the same name are decided together, as the shifts of one day are. `marks` are those of the secrets that
    stand, by input. `alike` reads the inputs in which the same may be written in several ways, such as a day or a
    phone: nobody is told of a change that is none.
    """

    def __init__(
        self,
        values: Mapping[str, Value],
        names: Mapping[str, object],
        choices: Mapping[str, Mapping[str, object]] | None = None,
        marks: Mapping[str, str] | None = None,
        alike: Mapping[str, Alike] | None = None,
    ) -> None:
        self._values = values
        self._names = names
        self._choices = choices or {}
        self._marks = marks or {}
        self._alike = alike or {}

    @property
    def values(self) -> Mapping[str, Value]:
        """What stands in each input."""
        return self._values

    @property
    def written(self) -> str:
        """What the hidden field holds."""
        held = {name: _plain(_many(value)) for name, value in {**self._values, **self._marks}.items()}
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
        kept, clashes = given.copy(), dict[str, str]()
        for name, inputs in self._together().items():
            old = [_plain(was.get(each, ())) for each in inputs]
            mine = [_plain(given.getlist(each)) for each in inputs]
            now = [_plain(_many(self._values[each])) for each in inputs]
            before, wanted, stands = (self._read(inputs, each) for each in (old, mine, now))
            if wanted == before or only not in {"", *inputs}:
                self._leave(kept, inputs)
            elif stands not in (before, wanted):
                clashes[inputs[0]] = _clash(name, self._said(inputs, now), self._said(inputs, mine))
        clashes |= self._other_secrets(was, given)
        if clashes:
            raise Outdated(_problem([*clashes.values()], self._entered(given)), kept, next(iter(clashes)))
        return kept

    def changed(self, told: QueryDict) -> list[str]:
        """The inputs that hold something else than what stands."""
        return [each for each in self._values if _plain(told.getlist(each)) != _plain(_many(self._values[each]))]

    def _together(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for each in (name for name in self._values if name not in self._marks):
            groups.setdefault(str(self._names[each]), []).append(each)
        return groups

    def _read(self, inputs: Sequence[str], values: Sequence[Sequence[str]]) -> list[list[str]]:
        return [sorted(map(self._alike.get(name, str), held)) for name, held in zip(inputs, values, strict=True)]

    def _entered(self, given: QueryDict) -> list[str]:
        """The secrets that this person typed, by their inputs."""
        return [each for each in self._marks if given.get(each, "").strip()]

    def _other_secrets(self, was: Mapping[str, Sequence[str]], given: QueryDict) -> Iterator[tuple[str, str]]:
        """What is said of each secret that this person typed while another than they knew of stands, by its input."""
        for each in self._entered(given):
            if list(was.get(each, ())) != _plain([self._marks[each]]):
                says = _("%(field)s: somebody else has entered another one meanwhile.") % {"field": self._names[each]}
                yield each, says

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


def _clash(field: str, theirs: str, mine: str) -> str:
    said = _("%(field)s: it says “%(theirs)s” now, you wrote “%(mine)s”.")
    return said % {"field": field, "theirs": theirs, "mine": mine}


def _problem(clashes: Sequence[str], secrets: Sequence[str]) -> str:
    """All that is said to them; `secrets` were typed too, and no page sends one back."""
    first = _("Somebody else changed this while you had it open.")
    last = _("Nothing was kept, and what you wrote still stands here. Keep it again to put it in place of theirs.")
    if secrets:
        last = _("Nothing was kept. What you wrote still stands here, but a secret must be entered anew to be kept.")
    return " ".join([first, *clashes, last])
