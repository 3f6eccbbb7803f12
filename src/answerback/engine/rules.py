"""What `decide` is handed besides the conversation: the business as it is, its settings, its playbook.

Values only. Every default is a setting (docs/sending-rules.md); settings inherit agency > business > location, and what
arrives here is the result.
"""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from answerback.engine.playbook import Playbook
from answerback.engine.reading import ServiceWords, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Open from `start` to `end` on a weekday (Monday is 0), in the business's own clock. `end` is exclusive."""

    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When the business is open: weekly spans (a gap between two on a day is lunch) less closed days."""

    zone: ZoneInfo
    spans: tuple[Span, ...]
    closed: frozenset[date] = frozenset()
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The numbers of the sending rules, each a setting (docs/sending-rules.md)."""

    settle: timedelta = timedelta(seconds=8)
    first_text_cooldown: timedelta = timedelta(hours=24)
    noise_abandon_seconds: int = 4
    short_abandon_seconds: int = 10
    voicemail_min_seconds: int = 3
    first_text_fresh: timedelta = timedelta(minutes=15)
    reply_fresh: timedelta = timedelta(minutes=15)
    texts_per_day: int = 8
    unanswered_per_day: int = 3
    unanswered_per_week: int = 21
    replies_per_hour: int = 10
    nudge_days: int = 3
    confidence_for_machine: float = 0.35
    overnight_first_text: str = "send"


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """The business as the engine sees it. Numbers are E.164; `staff` and `own` are never texted as customers."""

    name: str
    hours: Hours
    phone: str
    own: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset({"1"})
    takes_bookings: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything a decision is measured against."""

    business: Business
    playbook: Playbook
    settings: Settings = field(default_factory=Settings)


def vocabulary(playbook: Playbook) -> Vocabulary:
    """The words a reader needs to know of this business, taken from its playbook."""
    return Vocabulary(
        industry=playbook.industry,
        services=tuple(
            ServiceWords(
                id=service.id,
                names=tuple(name.lower() for name in service.name.values()),
                words=tuple(word.lower() for words in service.words.values() for word in words),
            )
            for service in playbook.services
        ),
        cities=playbook.area.cities,
        zips=playbook.area.zips,
    )
