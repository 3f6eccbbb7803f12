"""Asks whether one automatic text may be sent: every guard there is, in one place, each with what it saw.

A guard that cannot be sure does not let the text through. Delivery asks again at the moment of hand-over. Never here:
what is sent instead, or to whom a refused text becomes a to-do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.engine.effects import TextClass
from answerback.engine.hours import may_nudge
from answerback.engine.learning import missing
from answerback.engine.playbook import Playbook
from answerback.engine.receipt import Guard
from answerback.engine.rules import Rules
from answerback.engine.state import Contact, State

WITHHELD = "withheld"

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One text somebody would like to send, and all that a guard may look at.

    `safety` is set for a text that may save a life: it is never held back by a count. `greets` is set for a first text,
    of which there is one in a cooldown whatever its class.
    """

    rules: Rules
    state: State
    contact: Contact
    suppressed: bool
    untextable: str | None
    unsent: frozenset[str]
    now: datetime
    text_class: TextClass
    body: str
    not_before: datetime
    stale_at: datetime
    safety: bool = False
    greets: bool = False


def check(ask: Ask) -> tuple[Guard, ...]:
    """Every guard for a text of this class, in order, each with whether it let the text through."""
    checks = [guard(ask) for guard in GUARDS[ask.text_class]]
    if ask.greets and ask.text_class != "first_reply":
        checks.append(_cooldown(ask))
    return tuple(checks)


def refused_by(guards: tuple[Guard, ...]) -> Guard | None:
    """The first guard that did not let the text through, None when all did."""
    return next((guard for guard in guards if not guard.passed), None)


def not_a_customer(rules: Rules, contact: Contact) -> Guard | None:
    """The guard that says this is one of the business's own, or somebody it blocked; None for a customer."""
    business = rules.business
    number = contact.number
    if number in business.blocked:
        return _NO_BLOCKED
    if number in business.own or number == business.phone:
        return _NO_OWN
    return _NO_STAFF if number in business.staff else None


def first_text_stands(state: State, unsent: frozenset[str], now: datetime) -> bool:
    """Was the first text sent, or is it still on its way?"""
    if state.first_text is None:
        return False
    waiting = state.first_text_until is not None and now < state.first_text_until
    return state.first_text not in unsent or waiting


WOULD_CHANGE = {
    "withheld": "A caller who shows their number.",
    "own_number": "The number not being one of the business's own lines.",
    "staff_number": "The number not being a member of staff.",
    "blocked": "Taking the number off the block list.",
    "country": "Adding the country to those that may be texted.",
    "textable": "Another number that can get texts.",
    "suppressed": "The customer texting START.",
    "human": "Handing the conversation back.",
    "closed": "The customer writing or calling again.",
    "hours": "The same moment inside the hours for follow-ups (Mon to Sat 9 to 20, Sun 12 to 20).",
    "overnight": "The setting for first texts overnight.",
    "cooldown": "A longer time since the last first text, or a shorter cooldown.",
    "fresh": "Hearing of it sooner.",
    "texts_per_day": "Fewer automatic texts in the last day, or a higher limit.",
    "unanswered": "An answer from the customer, or a higher limit of unanswered texts.",
    "replies_per_hour": "Fewer texts to and fro within the hour.",
    "required_answers": "The customer answering the questions that are required before a booking link.",
    "wording": "A wording for this moment in the playbook.",
}


def _pass(name: str, evidence: str) -> Guard:
    return Guard(name=name, passed=True, evidence=evidence)


def _stop(name: str, evidence: str) -> Guard:
    return Guard(name=name, passed=False, evidence=evidence)


_WITHHELD = _pass("withheld", "The number is shown."), _stop("withheld", "The caller hides their number.")
_NO_OWN = _stop("own_number", "It is one of the business's own numbers.")
_NO_STAFF = _stop("staff_number", "It is a member of staff.")
_NO_BLOCKED = _stop("blocked", "The number is on the block list.")
_CUSTOMER = _pass("own_number", "Not one of the business's own or blocked numbers.")
_COUNTRY = (
    _pass("country", "A number of a country that may be texted."),
    _stop("country", "A number of a country that may not be texted."),
)
_TEXTABLE = _pass("textable", "Nothing says that it cannot get texts.")
_SUPPRESSED = _pass("suppressed", "They have not said stop."), _stop("suppressed", "They said stop.")
_HUMAN = (
    _pass("human", "No person has the conversation."),
    _stop("human", "A person has the conversation; the machine is silent."),
)
_CLOSED = _pass("closed", "The conversation is open."), _stop("closed", "The conversation is closed.")
_HOURS = (
    _pass("hours", "Inside the hours for follow-ups."),
    _stop("hours", "Outside the hours for follow-ups."),
)
_OVERNIGHT = (
    _pass("overnight", "First texts may be sent at this hour."),
    _stop("overnight", "First texts overnight are switched off."),
)
_COOLDOWN = (
    _pass("cooldown", "No first text within the cooldown."),
    _stop("cooldown", "They already got a first text within the cooldown."),
)
_FRESH = _pass("fresh", "It is fresh enough."), _stop("fresh", "It is too long ago.")
_SAFETY = _pass("texts_per_day", "Not counted: this text may save a life.")
_NO_WORDING = _stop("wording", "The playbook has no wording for this moment.")
_HAS_WORDING = _pass("wording", "There is a wording.")
_ANSWERS = (
    _pass("required_answers", "No booking link, or all required answers are known."),
    _stop("required_answers", "A booking link may not be sent before the required answers."),
)


def _withheld(ask: Ask) -> Guard:
    return _WITHHELD[ask.contact.number == WITHHELD]


def _customer(ask: Ask) -> Guard:
    return not_a_customer(ask.rules, ask.contact) or _CUSTOMER


def _country(ask: Ask) -> Guard:
    number = ask.contact.number
    allowed = number[:1] == "+" and any(number.startswith(code, 1) for code in ask.rules.business.countries)
    return _COUNTRY[not allowed]


def _textable(ask: Ask) -> Guard:
    return _TEXTABLE if ask.untextable is None else _stop("textable", f"It cannot get texts: {ask.untextable}.")


def _suppressed(ask: Ask) -> Guard:
    return _SUPPRESSED[ask.suppressed]


def _human(ask: Ask) -> Guard:
    return _HUMAN[ask.state.phase == "human"]


def _closed(ask: Ask) -> Guard:
    return _CLOSED[ask.state.phase == "closed"]


def _hours(ask: Ask) -> Guard:
    return _HOURS[not may_nudge((ask.rules.business.hours.zone,), ask.not_before)]


def _overnight(ask: Ask) -> Guard:
    if ask.rules.settings.overnight_first_text == "send":
        return _OVERNIGHT[0]
    return _OVERNIGHT[not may_nudge((ask.rules.business.hours.zone,), ask.not_before)]


def _cooldown(ask: Ask) -> Guard:
    cooldown = ask.rules.settings.first_text_cooldown
    elsewhere = ask.contact.first_text_at
    if elsewhere is not None and ask.now - elsewhere < cooldown:
        return _COOLDOWN[1]
    here = ask.state.first_text_at
    recent = here is not None and ask.now - here < cooldown
    return _COOLDOWN[recent and first_text_stands(ask.state, ask.unsent, ask.now)]


def _fresh(ask: Ask) -> Guard:
    return _FRESH[not ask.not_before < ask.stale_at or ask.now >= ask.stale_at]


def _texts_per_day(ask: Ask) -> Guard:
    if ask.safety:
        return _SAFETY
    limit = ask.rules.settings.texts_per_day
    sent = _within(ask.state.sent_at, ask.now - DAY)
    return Guard(name="texts_per_day", passed=sent < limit, evidence=f"{sent} of {limit} texts in the last day.")


def _unanswered(ask: Ask) -> Guard:
    settings, state = ask.rules.settings, ask.state
    waiting = state.sent_at[-state.unanswered :] if state.unanswered else ()
    day, week = _within(waiting, ask.now - DAY), _within(waiting, ask.now - WEEK)
    passed = ask.safety or (day < settings.unanswered_per_day and week < settings.unanswered_per_week)
    return Guard(name="unanswered", passed=passed, evidence=f"{day} unanswered in a day, {week} in a week.")


def _replies_per_hour(ask: Ask) -> Guard:
    limit = ask.rules.settings.replies_per_hour
    sent = _within(ask.state.replied_at, ask.now - HOUR)
    passed = ask.safety or sent < limit
    return Guard(name="replies_per_hour", passed=passed, evidence=f"{sent} of {limit} replies within the hour.")


def _required_answers(ask: Ask) -> Guard:
    return _ANSWERS["{link}" in ask.body and not may_book(ask.rules.playbook, ask.state)]


def _wording(ask: Ask) -> Guard:
    return _HAS_WORDING if ask.body else _NO_WORDING


def may_book(playbook: Playbook, state: State) -> bool:
    """Are all answers known that must be known before a booking link?"""
    return not missing(playbook, state) and any(learn.required for learn in playbook.learn)


def _within(times: tuple[datetime, ...], since: datetime) -> int:
    return sum(at > since for at in times)


_NUMBER: tuple[Callable[[Ask], Guard], ...] = (_withheld, _customer, _country, _textable, _suppressed)
_COUNTS: tuple[Callable[[Ask], Guard], ...] = (_texts_per_day, _unanswered)
_SAID: tuple[Callable[[Ask], Guard], ...] = (_wording, _required_answers)

GUARDS: dict[TextClass, tuple[Callable[[Ask], Guard], ...]] = {
    "first_reply": (*_NUMBER, _human, _cooldown, _fresh, _overnight, *_COUNTS, *_SAID),
    "reply": (*_NUMBER, _human, _closed, _fresh, *_COUNTS, _replies_per_hour, *_SAID),
    "follow_up": (*_NUMBER, _human, _closed, _fresh, _hours, *_COUNTS, *_SAID),
    "reminder": (*_NUMBER, _human, _closed, _fresh, _hours, *_COUNTS, *_SAID),
    "opt_out_confirmation": (*_NUMBER, _fresh, _wording, _required_answers),
    "help_reply": (*_NUMBER, _fresh, _replies_per_hour, _wording, _required_answers),
}
"""Which guards stand before which class of text (docs/sending-rules.md), the most telling first."""
