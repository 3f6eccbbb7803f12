"""Finds the dangers no single phrase holds: a thing, a state and a person or place said near each other.

"The furnace died. I have a three week old" names no danger, but together it is one. Each scene in `data/scenes.json`
lists the kinds of words that must all stand near each other; the first listed is the state whose denial would calm it.
It must never decide whether a scene is over, past or denied: that is `hazards`.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple, cast

from answerback.engine.reading import Hazard, Sensitive
from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import SCENES
from answerback.understanding.phrases import Hit

_NEAR = 8
_MOST_HITS = 4


class Scene(NamedTuple):
    """A danger put together from several hits: what it is (None for an emergency of no named danger) and its tags.

    A `soft` one gives way to "no hurry": stuck and locked out can be borne by who says so. A `sure` one stands by its
    words alone: the heads know too few of its kind to outvote it.
    """

    hazard: Hazard | None
    cue: Hit
    span: Hit
    tags: tuple[Sensitive, ...]
    hits: tuple[Hit, ...]
    soft: bool
    sure: bool


class _Rule(NamedTuple):
    hazard: Hazard | None
    of: tuple[str, ...]
    near: int
    tags: tuple[Sensitive, ...]
    only: frozenset[str]
    never: frozenset[str]
    unlike: tuple[str, ...]
    soft: bool
    sure: bool


def scenes(heard: Heard, industry: str) -> Iterator[Scene]:
    """Every scene of a text whose words stand close enough together."""
    for rule in _rules_of(industry):
        if all(label in heard.hits for label in rule.of):
            yield from _together(heard, rule)


def half_seen(heard: Heard) -> int:
    """How many states of danger are named, whether or not the rest of their scene is."""
    return sum(label in heard.hits for label in _STATES)


@lru_cache(maxsize=512)
def _rules_of(industry: str) -> tuple[_Rule, ...]:
    return tuple(
        rule for rule in _RULES if not _is_of(industry, rule.never) and (not rule.only or _is_of(industry, rule.only))
    )


def _is_of(industry: str, trades: frozenset[str]) -> bool:
    """Industries are named freely ("pet_hospital"), so a trade counts wherever its name stands."""
    return any(trade in industry for trade in trades)


def _together(heard: Heard, rule: _Rule) -> Iterator[Scene]:
    cues = heard.clear_of(rule.of[0], rule.unlike)[:_MOST_HITS]
    for cue in cues:
        for rest in product(*(heard.all(label)[:_MOST_HITS] for label in rule.of[1:])):
            if _apart(cue, rest) and _close(cue, rest, rule.near):
                hits = (cue, *rest)
                span = Hit(rule.of[0], min(hit.first for hit in hits), max(hit.last for hit in hits))
                yield Scene(rule.hazard, cue, span, rule.tags, hits, rule.soft, rule.sure)
                break


def _apart(cue: Hit, rest: tuple[Hit, ...]) -> bool:
    """No word may play two parts, or "smoking" alone would be both the smoke and the thing that smokes."""
    return all(not (cue.first <= other.first and other.last <= cue.last and _alone(cue)) for other in rest)


def _alone(hit: Hit) -> bool:
    return hit.last - hit.first == 1


def _close(cue: Hit, rest: tuple[Hit, ...], near: int) -> bool:
    return all(max(other.first - cue.last, cue.first - other.last) < near for other in rest)


def _rule(content: dict[str, object]) -> _Rule:
    says = cast("str", content["says"])
    unlike = cast("list[str]", content.get("not", []))
    return _Rule(
        hazard=None if says == "emergency" else cast("Hazard", says),
        of=tuple(f"scenes.{name}" for name in cast("list[str]", content["of"])),
        near=cast("int", content.get("near", _NEAR)),
        tags=tuple(cast("list[Sensitive]", content.get("tags", []))),
        only=frozenset(cast("list[str]", content.get("in", []))),
        never=frozenset(name[1:] for name in unlike if name.startswith("@")),
        unlike=tuple(f"scenes.{name}" for name in unlike if not name.startswith("@")),
        soft=bool(content.get("soft")),
        sure=bool(content.get("sure")),
    )


_RULES: tuple[_Rule, ...] = tuple(_rule(content) for content in SCENES)

_STATES = frozenset(rule.of[0] for rule in _RULES) - {"scenes.takes", "scenes.falls", "scenes.exposed", "scenes.here"}
