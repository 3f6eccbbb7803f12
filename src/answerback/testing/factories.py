"""Makes small, valid engine values for tests: a plumber's playbook, its rules, a conversation at its beginning.

Every part can be replaced by keyword. Never here: anything a test asserts.
"""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from answerback.engine.decision import Case, Decision
from answerback.engine.effects import KeepConsent, MarkUntextable, Suppress, Unsuppress
from answerback.engine.playbook import (
    Area,
    CallSituation,
    Learn,
    Nudge,
    Playbook,
    Route,
    Say,
    Service,
    Triggers,
    Wording,
)
from answerback.engine.rules import Business, Hours, Rules, Settings, Span
from answerback.engine.state import Contact, State

CHICAGO = ZoneInfo("America/Chicago")

MORNING = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
"""A Tuesday at 10:00 in Chicago, when the pretend business is open."""

NIGHT = datetime(2026, 3, 11, 7, 0, tzinfo=UTC)
"""The following night at 2:00 in Chicago."""

CALLER = "+15125550131"
LINE = "+15125550100"
STAFF = "+15125550111"

_SITUATIONS: tuple[CallSituation, ...] = ("open", "closed", "lunch", "holiday", "repeat", "voicemail")


def wording(en: str, es: str = "") -> Wording:
    """One variant in English, and in Spanish where given."""
    return {"en": (en,), "es": (es,)} if es else {"en": (en,)}


def hours(zone: ZoneInfo = CHICAGO) -> Hours:
    """Monday to Friday 8 to 12 and 13 to 17."""
    spans = [(time(8), time(12)), (time(13), time(17))]
    return Hours(
        zone=zone,
        spans=tuple(Span(weekday=day, start=start, end=end) for day in range(5) for start, end in spans),
    )


def playbook(**changes: Any) -> Playbook:
    """A plumber with two towns, three services, four questions and every route."""
    return replace(_PLUMBER, **changes)


def rules(*, book: Playbook | None = None, business: dict[str, Any] | None = None, **settings: Any) -> Rules:
    """The plumber's rules; keyword arguments are settings, `business` replaces fields of the business."""
    shop = Business(name="Rivera Plumbing", hours=hours(), phone=LINE, own=frozenset({LINE}), staff=frozenset({STAFF}))
    return Rules(
        business=replace(shop, **(business or {})),
        playbook=book or _PLUMBER,
        settings=Settings(**settings),
    )


def case(*, unsent: frozenset[str] = frozenset(), contact: dict[str, Any] | None = None, **state: Any) -> Case:
    """A conversation; keyword arguments are fields of its state, `contact` those of the customer."""
    return Case(
        key="c1",
        state=State(**state),
        contact=Contact(**{"number": CALLER, **(contact or {})}),
        unsent=unsent,
    )


def after(contact: Contact, decision: Decision) -> Contact:
    """The customer as the next decision finds them: what this one wrote down about them is known."""
    for effect in decision.effects:
        match effect:
            case Suppress():
                contact = replace(contact, suppressed=True)
            case Unsuppress():
                contact = replace(contact, suppressed=False)
            case MarkUntextable():
                contact = replace(contact, untextable=effect.reason)
            case KeepConsent():
                contact = replace(contact, consent=effect.state, consent_at=effect.at)
            case _:
                pass
    return contact


_PLUMBER = Playbook(
    answerback=1,
    name="Plumbing",
    industry="plumbing",
    languages=("en", "es"),
    greet={
        situation: wording(
            f"Hi, it's {{business}} ({situation}). Sorry we missed you. What can we help with? Reply STOP to opt out",
            f"Le escribe {{business}} ({situation}). ¿En qué le ayudamos? Responda STOP para no recibir mensajes",
        )
        for situation in _SITUATIONS
    },
    services=(
        Service(id="drain", name={"en": "Drain cleaning"}, price={"en": "A drain visit is $99."}),
        Service(id="heater", name={"en": "Water heater"}, asks=("fuel",)),
        Service(id="remodel", name={"en": "Remodels"}, next="callback"),
        Service(id="septic", name={"en": "Septic"}, next="decline"),
    ),
    learn=(
        Learn(
            slot="service",
            kind="service",
            ask=wording("What needs fixing?"),
            again=wording("A leak, a drain, or hot water?"),
        ),
        Learn(slot="urgency", kind="urgency", ask=wording("Is it urgent?"), again=wording("Can it wait, or not?")),
        Learn(slot="area", kind="area", ask=wording("Which city?"), again=wording("Which city or ZIP code?")),
        Learn(
            slot="contact_pref", kind="contact_pref", ask=wording("A call or a link?"), again=wording("Call, or link?")
        ),
        Learn(
            slot="fuel",
            kind="choice",
            required=False,
            ask=wording("Gas or electric?"),
            again=wording("Which kind?"),
            choices={"en": ("Gas", "Electric"), "es": ("Gas", "Eléctrico")},
        ),
    ),
    routes=(
        Route(when="life_safety", then="human", say=wording("Leave the house and call 911."), todo="Danger"),
        Route(when="urgent", then="human", say=wording("We are alerting our on-call person."), todo="Urgent job"),
        Route(when="sensitive", then="human", say=wording("A person will read this.")),
        Route(when="not_served", then="decline", say=wording("Sorry, we do not do that.")),
        Route(when="wants_call", then="callback", say=wording("A person will call you {window}."), todo="Call back"),
        Route(when="book", then="link", say=wording("Choose a time: {link}")),
        Route(when="otherwise", then="human", say=wording("A person will answer you.")),
    ),
    say=Say(
        opted_out=wording("{business}: you will get no more texts. Reply START to undo."),
        started=wording("{business}: we will answer your texts again."),
        help=wording("{business}: call {phone}. Reply STOP to opt out."),
        wrong_number=wording("Sorry for the mix-up."),
        to_person=wording("A person from our team will answer you."),
        thanks=wording("Thank you."),
        booked=wording("{business}: you are booked for {when}."),
        cancelled=wording("{business}: your visit of {when} is off."),
        declined=wording("Thank you for telling us."),
    ),
    triggers=Triggers(),
    area=Area(cities=("austin", "round rock"), zips=("78701",)),
    nudges=(
        Nudge(after="2h", say=wording("{business}: do you still need us?")),
        Nudge(after="next_business_morning", say=wording("{business}: may we still help?")),
    ),
)
