"""What `decide` is handed besides the conversation: the business as it is, its settings, its playbook.

Values only. Every default is a setting (docs/sending-rules.md); settings inherit agency > business > location, and what
arrives here is the result.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from answerback.engine.currency import USUAL
from answerback.engine.events import SenderState
from answerback.engine.playbook import NudgeHours, Playbook
from answerback.engine.quiet import SendingHours, StateHours, Whereabouts, read
from answerback.engine.reading import ServiceWords, Vocabulary
from answerback.engine.rota import Rota
from answerback.engine.state import Contact
from answerback.engine.storyboard import VideoKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Open from `start` to `end` on a weekday (Monday is 0), in the business's own clock. `end` is exclusive."""

    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When the business is open: weekly spans (a gap between two on a day is lunch) less closed days.

    `asked` are the moments of days it was asked about: the same few, for every call.
    """

    zone: ZoneInfo
    spans: tuple[Span, ...]
    closed: frozenset[date] = frozenset()
    holidays: frozenset[date] = frozenset()
    asked: dict[date, list[tuple[datetime, datetime]]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the business as the engine sees it.

    `hours` are its own (its location's, if it has none), None where the business's hold. `voicemail_after` is after how
    many seconds of ringing the shop's own phone lets its voicemail pick up, None where that is not known.
    `sender` is its right to text; `paused_until` is set after a carrier refused its texts. `disclosure` is what callers
    hear about texts before they may get one; empty where nothing is said. `media` says that it can send pictures,
    `calls` that it can place calls; `location` is the place it belongs to.
    """

    number: str = ""
    hours: Hours | None = None
    voicemail_after: int | None = None
    sender: SenderState = "unknown"
    paused_until: datetime | None = None
    disclosure: str = ""
    media: bool = False
    calls: bool = False
    location: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The numbers of the sending rules, and how long what was said is kept: each a setting (docs/sending-rules.md)."""

    settle: timedelta = timedelta(seconds=8)
    first_text_cooldown: timedelta = timedelta(hours=24)
    noise_abandon_seconds: int = 4
    short_abandon_seconds: int = 10
    voicemail_min_seconds: int = 3
    voicemail_longest_seconds: int = 180
    call_back_seconds: int = 30
    first_text_fresh: timedelta = timedelta(minutes=15)
    reply_fresh: timedelta = timedelta(minutes=15)
    texts_per_day: int = 8
    unanswered_per_day: int = 3
    unanswered_per_week: int = 21
    clinic_per_day: int = 1
    clinic_per_week: int = 3
    replies_per_hour: int = 10
    nudge_days: int = 3
    follow_ups: int = 3
    countries: tuple[str, ...] = ("US", "CA")
    confidence_for_machine: float = 0.35
    language_model: str = "off"
    language_model_below: float = 0.6
    overnight_first_text: str = "send"
    consent_mode: str = "greeting_disclosure"
    consent_keys: str = "1"
    urgent_keys: str = "9"
    follow_up_fresh: timedelta = timedelta(hours=72)
    sender_pause: timedelta = timedelta(hours=1)
    text_unproven_callers: str = "no"
    text_screened_callers: str = "no"
    burst_businesses: int = 3
    look_up_numbers: str = "no"
    look_up_price: float = 0.008
    booking_notice: timedelta = timedelta(hours=2)
    booking_horizon: timedelta = timedelta(days=14)
    hold: timedelta = timedelta(minutes=10)
    travel: timedelta = timedelta(0)
    reminders: tuple[int, ...] = (1440, 120)
    page_window: timedelta = timedelta(minutes=2)
    page_window_danger: timedelta = timedelta(minutes=1)
    page_last_resort: timedelta = timedelta(minutes=6)
    page_repeat: timedelta = timedelta(minutes=5)
    page_later_minutes: int = 20
    todo_remind: timedelta = timedelta(minutes=10)
    todo_escalate: timedelta = timedelta(minutes=15)
    callback_each_minutes: int = 6
    words_kept: timedelta = timedelta(days=365)
    pictures_kept: timedelta = timedelta(days=365)
    recordings_kept: timedelta = timedelta(days=90)
    hold_out_share: int = 0
    hold_out_delay: timedelta = timedelta(hours=2)
    paused_wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """The business as the engine sees it. Numbers are E.164.

    `staff`, `own`, `suppliers` and `blocked` are never texted as customers; `customers` are those of whom a person said
    that they are, whatever a machine thinks of them. `currency` is ISO 4217.
    """

    name: str
    hours: Hours
    phone: str
    own: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    suppliers: frozenset[str] = frozenset()
    customers: frozenset[str] = frozenset()
    currency: str = USUAL
    takes_bookings: bool = True
    lines: dict[str, Line] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnHand:
    """A published video as the engine sees it. An empty `service` is for any, and so is `lines` where it is None.

    `small` says that phone companies carry it whole in an MMS.
    """

    id: int
    kind: VideoKind
    language: str
    service: str = ""
    lines: frozenset[str] | None = None
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything a decision is measured against. `rota` is None where nobody asks who is on call, as in a rehearsal."""

    business: Business
    playbook: Playbook
    settings: Settings = field(default_factory=Settings)
    sending: SendingHours = field(default_factory=SendingHours)
    videos: tuple[OnHand, ...] = ()
    rota: Rota | None = None

    def __post_init__(self) -> None:
        """The playbook's own hours cut those of the table, wherever rules are put together."""
        object.__setattr__(self, "sending", within(self.sending, self.playbook.nudge_hours))

    def line(self, number: str | None) -> Line:
        """What is known of this line; nothing of one that is not ours."""
        return self.business.lines.get(number or "", _UNKNOWN_LINE)

    def hours_on(self, number: str | None) -> Hours:
        """When somebody is there to take calls on this line."""
        return self.line(number).hours or self.business.hours

    def whereabouts(self, contact: Contact) -> Whereabouts:
        """Every zone and state this person may be in; the business's own zone is always among them."""
        zones = (self.business.hours.zone, *contact.zones)
        return Whereabouts(zones=tuple(dict.fromkeys(zones)), states=contact.states)


_UNKNOWN_LINE = Line()


def within(table: SendingHours, told: NudgeHours) -> SendingHours:
    """This table, cut by the hours a playbook gives to what nobody asked for."""
    own = _own_hours(told)
    return table if table.own == own else replace(table, own=own, seen={})


def _own_hours(told: NudgeHours) -> StateHours | None:
    """The hours a playbook gives to what nobody asked for; None where they are ours, or cannot be read."""
    if told == NudgeHours():
        return None
    try:
        return StateHours(weekdays=read(told.weekdays), saturday=read(told.saturday), sunday=read(told.sunday))
    except ValueError:  # none that was checked
        return None


def vocabulary(playbook: Playbook) -> Vocabulary:
    """The words a reader needs to know of this business, taken from its playbook."""
    return Vocabulary(
        industry=playbook.industry,
        services=tuple(
            ServiceWords(
                id=service.id,
                names=tuple(name.lower() for name in service.name.values()),
                words=tuple(word.lower() for words in service.words.values() for word in words),
                declined=service.next == "decline",
            )
            for service in playbook.services
        ),
        cities=playbook.area.cities,
        zips=playbook.area.zips,
    )
