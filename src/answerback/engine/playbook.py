"""A business's rules as data: what an owner can read aloud, in the shape of the YAML file.

The field names here *are* the file's keys: the JSON Schema is drawn from these classes and `store.codec` reads the
file into them. The engine owns the order of things, so "booking before the required answers" cannot be written down.
Published versions never change; a conversation is pinned to the one it began with.

Never here: reading files, or judging a playbook (`engine.proof`).
"""

from dataclasses import dataclass, field
from typing import Literal

from answerback.engine import booking_words, handoff_words
from answerback.engine.storyboard import VideoKind

Wording = dict[str, tuple[str, ...]]
"""What to say: language code -> one or more variants with blanks such as `{business}`; one is chosen per person."""

BLANKS: dict[str, str] = {
    "business": "the name of the business",
    "phone": "the phone number of the business",
    "link": "the customer's own booking address",
    "service": "the service the customer asked for, in their language",
    "choices": "the numbered choices of this question; without it they follow the question",
    "window": "how soon a promised call comes, such as `within 30 minutes`",
    "when": "the day and time of the appointment, or of the promised call",
    "times": "up to three openings with numbers, and how to answer; a route to `link` with it offers them by text",
    "amount": "the deposit that is asked for",
    "video": "the address of the video, in `send` only",
    "member": "the first name of the person who calls",
}
"""Every blank a wording may hold, and what is put there."""

CallSituation = Literal["open", "closed", "lunch", "holiday", "repeat", "voicemail", "form"]
"""How a caller is met. `form` is no call: they filled in a form and agreed in writing to be texted. It may be left out;
then nobody is texted because of a form.
"""

MissedReason = Literal[
    "no_answer",
    "busy",
    "abandoned",
    "short_abandon",
    "after_hours",
    "voicemail",
    "carrier_voicemail",
    "answered_by_ai",
    "failed",
    "unknown",
]

TriggerAction = Literal["text", "todo", "ignore"]

SlotKind = Literal["service", "urgency", "area", "contact_pref", "name", "address", "time", "choice", "yes_no", "text"]

RouteWhen = Literal[
    "life_safety", "urgent", "sensitive", "not_served", "wants_call", "intake_first", "book", "otherwise"
]
"""The engine asks these in this order; the first that matches wins."""

Next = Literal["human", "callback", "link", "decline"]
"""Where a route ends: a person now, a promised phone call, a booking link, or a truthful no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voicemail:
    """What a voicemail starts: a text at once, or a clock of business minutes for a person to call back. Never both."""

    action: Literal["text_at_once", "call_back"] = "call_back"
    minutes: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A caller who tries again within the cooldown and reaches nobody: which call asks a person, which wakes one.

    Numbers of calls, the first included; 0 switches the step off. Such a caller is never texted the same again.
    """

    call_now: int = 2
    page: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Triggers:
    """Which kinds of missed call get a text, a to-do only, or nothing, and after what hold (0 to 45 seconds)."""

    hold_seconds: int = 15
    no_answer: TriggerAction = "text"
    busy: TriggerAction = "text"
    after_hours: TriggerAction = "text"
    abandoned: TriggerAction = "text"
    short_abandon: TriggerAction = "todo"
    carrier_voicemail: TriggerAction = "text"
    answered_by_ai: TriggerAction = "todo"
    failed: TriggerAction = "text"
    unknown: TriggerAction = "todo"
    voicemail: Voicemail = field(default_factory=Voicemail)
    repeat: Repeat = field(default_factory=Repeat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One thing the business offers, with the words people use for it.

    `price` is a fact the owner allows to be told. `next` overrides where this service leads once its questions are
    answered. `asks` are extra slots, after the required ones. `minutes` is how long an appointment takes.
    """

    id: str
    name: dict[str, str]
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    price: dict[str, str] = field(default_factory=dict)
    minutes: int = 60
    asks: tuple[str, ...] = ()
    next: Next | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An answer the owner allows to be told when a customer asks: `words` any one of which a question about it holds.

    A word may be several ("free estimate"). What no fact answers is for a person; nothing is made up.
    """

    about: str
    words: dict[str, tuple[str, ...]]
    say: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The places served. Empty lists mean everywhere: then the place is written down, never judged."""

    cities: tuple[str, ...] = ()
    zips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Learn:
    """One slot to fill before a next step: its question, one rephrase, then a person.

    `choices` (for kind `choice`) are offered as 1, 2, 3; per language, in the same order.
    One that is not `required` is asked only for the services that name it in their `asks`.
    """

    slot: str
    kind: SlotKind
    ask: Wording
    again: Wording
    required: bool = True
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a conversation goes when `when` matches: what is said, and what happens next.

    `todo` names the to-do's title for staff where the next step is a person or a callback.
    """

    when: RouteWhen
    then: Next
    say: Wording
    todo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """A reminder of the open question: after some hours (`2h`) or on the `next_business_morning`."""

    after: str
    say: Wording


VideoMoment = Literal["service_known", "booked", "before_visit", "thinking"]
"""When a video may go out: the service is known, a visit is booked, it is near, or they think about our offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """A video at a moment, `after` so long (`10m`, `3h`; before a visit, so long before it).

    `service` restricts it to one. `hold_out` is how many in a hundred get none, so that the two can be compared.
    `attach` makes it an MMS where the line can send one: with the picture, or the video where it is small enough.
    """

    when: VideoMoment
    video: VideoKind
    say: Wording
    service: str = ""
    after: str = ""
    hold_out: int = 0
    attach: Literal["nothing", "picture", "video"] = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Everything else the machine may say. None of these claims what no record backs."""

    opted_out: Wording
    started: Wording
    help: Wording
    wrong_number: Wording
    to_person: Wording
    thanks: Wording
    booked: Wording
    cancelled: Wording
    declined: Wording
    times: Wording = field(default_factory=lambda: booking_words.TIMES)
    other_times: Wording = field(default_factory=lambda: booking_words.OTHER_TIMES)
    taken: Wording = field(default_factory=lambda: booking_words.TAKEN)
    which_time: Wording = field(default_factory=lambda: booking_words.WHICH_TIME)
    ask_name: Wording = field(default_factory=lambda: booking_words.ASK_NAME)
    ask_address: Wording = field(default_factory=lambda: booking_words.ASK_ADDRESS)
    moved: Wording = field(default_factory=lambda: booking_words.MOVED)
    move_times: Wording = field(default_factory=lambda: booking_words.MOVE_TIMES)
    reminder: Wording = field(default_factory=lambda: booking_words.REMINDER)
    deposit: Wording = field(default_factory=lambda: booking_words.DEPOSIT)
    calling_now: Wording = field(default_factory=lambda: handoff_words.CALLING_NOW)
    calling_later: Wording = field(default_factory=lambda: handoff_words.CALLING_LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Which roles take which work. Who holds a role is the business's settings, not the playbook's."""

    urgent: Literal["on_call", "owner", "desk"] = "on_call"
    callbacks: Literal["desk", "owner", "on_call"] = "desk"
    callback_minutes: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeHours:
    """When what nobody asked for may leave, by the clock of the customer's place: hours such as `10-17:30`, or `never`.

    They are these where a playbook says nothing, and never wider (`engine.quiet`).
    """

    weekdays: str = "9-20"
    saturday: str = "9-20"
    sunday: str = "12-20"


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """One business's rules. `answerback` is the format's version (1)."""

    answerback: Literal[1]
    name: str
    industry: str
    languages: tuple[str, ...]
    greet: dict[CallSituation, Wording]
    services: tuple[Service, ...]
    learn: tuple[Learn, ...]
    routes: tuple[Route, ...]
    say: Say
    triggers: Triggers = field(default_factory=Triggers)
    area: Area = field(default_factory=Area)
    menu: dict[str, Wording] = field(default_factory=dict)
    send: tuple[Send, ...] = ()
    nudges: tuple[Nudge, ...] = ()
    nudge_hours: NudgeHours = field(default_factory=NudgeHours)
    facts: tuple[Fact, ...] = ()
    people: People = field(default_factory=People)
    privacy: Literal["standard", "clinic", "law"] = "standard"

    def service(self, id: str | None) -> Service | None:
        """The service with this id, None when there is none."""
        return next((service for service in self.services if service.id == id), None)

    def service_name(self, id: str | None, language: str) -> str:
        """What that service is called in this language, else in English or any other; empty when there is none."""
        service = self.service(id)
        name = service.name if service is not None else {}
        return name.get(language) or name.get("en") or next(iter(name.values()), "")

    def slot(self, name: str | None) -> Learn | None:
        """The question that fills this slot, None when there is none."""
        return next((learn for learn in self.learn if learn.slot == name), None)

    def route(self, when: RouteWhen) -> Route | None:
        """The route for this case, None when the playbook has none."""
        return next((route for route in self.routes if route.when == when), None)
