"""What the heads see of a labelled text, through the reader's own eyes."""

from datetime import datetime
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from answerback.engine.reading import Asked, AskedAbout, ServiceWords, Vocabulary
from answerback.engine.times import Times
from answerback.understanding.features import facts, letters
from answerback.understanding.heard import Heard, hear
from answerback.understanding.language import language
from answerback.understanding.meaning import Point, point
from answerback.understanding.rules import draft
from answerback.understanding.sequence import Sight, sight
from answerback.understanding.trades import kind
from answerback.understanding.when import understand_times
from training.made import (
    INDUSTRIES,
    NAMED_INDUSTRIES,
    STRANGERS_INDUSTRIES,
    UNKNOWN_INDUSTRIES,
    WRITERS_INDUSTRIES,
)
from training.texts import Labelled

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=ZONE)


def _vocabularies(industries: dict[str, Any]) -> dict[str, Vocabulary]:
    return {
        industry: Vocabulary(
            industry=industry,
            services=tuple(ServiceWords(id=one["id"], names=(one["name"],)) for one in content["services"]),
        )
        for industry, content in industries.items()
    }


VOCABULARIES = _vocabularies(WRITERS_INDUSTRIES | INDUSTRIES | UNKNOWN_INDUSTRIES)
STRANGERS = _vocabularies(STRANGERS_INDUSTRIES | NAMED_INDUSTRIES)
"""The businesses of the strangers' texts, one with the name of one of ours and other services, and those of `names`."""


def times(heard: Heard) -> Times:
    """What a labelled text says about when, on the day all of them are read."""
    return understand_times(heard.plain.original, now=NOW, zone=ZONE, language=language(heard))


class Seen(NamedTuple):
    """The rows of weights a text calls on, where it lies in meaning, and its words in their order."""

    letters: list[int]
    facts: list[int]
    meant: Point
    sight: Sight


def asked(one: Labelled) -> Asked:
    """The question a labelled text answers."""
    return Asked(about=cast("AskedAbout", one.asked))


def seen(one: Labelled) -> Seen:
    """The rows of a labelled text as its business would read it."""
    vocabulary = VOCABULARIES[one.industry]
    heard = hear(one.text)
    rules = list(draft(heard, asked(one), vocabulary, times(heard)).facts(heard))
    of_kind = kind(vocabulary)
    of_facts = facts(heard, asked(one), kind=of_kind, rules=rules)
    return Seen(letters(heard, of_kind), of_facts, point(heard.texts), sight(heard, asked(one), of_kind))
