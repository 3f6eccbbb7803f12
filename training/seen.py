"""What the heads see of a labelled text, through the reader's own eyes."""

from datetime import datetime
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from answerback.engine.reading import Asked, AskedAbout, ServiceWords, Vocabulary
from answerback.understanding.features import facts, letters
from answerback.understanding.heard import hear
from answerback.understanding.rules import draft
from answerback.understanding.trades import kind
from training.made import INDUSTRIES
from training.texts import Labelled

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=ZONE)
VOCABULARIES = {
    industry: Vocabulary(
        industry=industry,
        services=tuple(ServiceWords(id=one["id"], names=(one["name"],)) for one in content["services"]),
    )
    for industry, content in INDUSTRIES.items()
}


class Seen(NamedTuple):
    """The rows of weights a text calls on."""

    letters: list[int]
    facts: list[int]


def asked(one: Labelled) -> Asked:
    """The question a labelled text answers."""
    return Asked(about=cast("AskedAbout", one.asked))


def seen(one: Labelled) -> Seen:
    """The rows of a labelled text as its business would read it."""
    vocabulary = VOCABULARIES[one.industry]
    heard = hear(one.text)
    rules = list(draft(heard, asked(one), vocabulary, now=NOW, zone=ZONE).facts(heard))
    return Seen(letters(heard, kind(vocabulary)), facts(heard, asked(one), kind=kind(vocabulary), rules=rules))
