"""Asks whether one automatic text may be sent: every guard there is, in one place, each with what it saw.

A guard that cannot be sure does not let the text through. Delivery asks again at the moment of hand-over. Never here:
what is sent instead, or to whom a refused text becomes a to-do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.engine.consent import FRESH_CLASSES, suffices
from answerback.engine.effects import ConsentState, TextClass
from answerback.engine.events import LineType, SenderState
from answerback.engine.learning import missing
from answerback.engine.lint import unfit
from answerback.engine.missed import Verdict
from answerback.engine.playbook import Playbook
from answerback.engine.quiet import QuietClass, closed_because
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
    consent: ConsentState = "none"
    consent_at: datetime | None = None
    safety: bool = False
    greets: bool = False


CANNOT_TEXT: dict[LineType, str] = {
    "landline": "landline",
    "toll_free": "toll-free number",
    "premium": "premium number",
    "shared_cost": "shared-cost number",
    "pager": "pager",
    "voicemail": "voicemail box",
}
"""Kinds of number that get no texts from us. A number without a fixed place (VoIP) often can."""


def check(ask: Ask) -> tuple[Guard, ...]:
    """Every guard for a text of this class, in order, each with whether it let the text through."""
    checks = [guard(ask) for guard in GUARDS[ask.text_class]]
    if ask.greets and ask.text_class != "first_reply":
        checks.append(_cooldown(ask))
    return tuple(checks)


def refused_by(guards: tuple[Guard, ...]) -> Guard | None:
    """The first guard that did not let the text through, None when all did."""
    return next((guard for guard in guards if not guard.passed), None)


def not_a_customer(rules: Rules, contact: Contact, forwarded_from: tuple[str, ...] = ()) -> Guard | None:
    """The guard that says this is one of the business's own, or somebody it blocked; None for a customer.

    `forwarded_from` are the numbers that sent the call on to us: a caller among them is a line that rings itself.
    """
    business = rules.business
    number = contact.number
    if number in business.blocked:
        return _NO_BLOCKED
    if number in business.own or number == business.phone:
        return _NO_OWN
    if number in forwarded_from:
        return _NO_LOOP
    if number in business.suppliers:
        return _NO_SUPPLIER
    return _NO_STAFF if number in business.staff else None


def doubts(rules: Rules, contact: Contact, came: Verdict) -> str:
    """Why the caller of this missed call may be no customer at all; empty where nothing says so.

    A number that a person has called a customer's is not doubted.
    """
    settings = rules.settings
    if contact.number in rules.business.customers:
        return ""
    if came.attestation == "failed" and settings.text_unproven_callers == "no":
        return "The network says that the number shown is not the caller's own."
    if came.screening == "spam" and settings.text_screened_callers == "no":
        return "The phone company takes this caller for spam."
    if 0 < settings.burst_businesses <= contact.elsewhere:
        return f"The same number called {contact.elsewhere} other businesses within the hour."
    return ""


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
    "spam": "Marking the number as a customer's.",
    "supplier": "The number not being a supplier's.",
    "country": "Adding the country to those that may be texted.",
    "consent": "What they did themselves: calling, writing, booking, agreeing in writing.",
    "content": "Other words.",
    "sender": "A line that is registered for texting.",
    "textable": "Another number that can get texts.",
    "suppressed": "The customer texting START.",
    "human": "Handing the conversation back.",
    "closed": "The customer writing or calling again.",
    "hours": "A moment inside the hours in every place they may be in.",
    "overnight": "The setting for first texts overnight.",
    "cooldown": "A longer time since the last first text, or a shorter cooldown.",
    "fresh": "Hearing of it sooner.",
    "texts_per_day": "Fewer automatic texts in the last day, or a higher limit.",
    "follow_ups": "Their calling or writing again, or a higher limit of follow-ups.",
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
_NO_LOOP = _stop("own_number", "The call was sent on to us by the number that made it: a forwarding loop.")
_NO_SUPPLIER = _stop("supplier", "It is a supplier's number.")
_NO_BLOCKED = _stop("blocked", "The number is on the block list.")
_CUSTOMER = _pass("own_number", "Not one of the business's own or blocked numbers.")
_NOT_SPAM = _pass("spam", "Nothing says that the caller is not who they seem.")
_COUNTRY = (
    _pass("country", "A number of a country that may be texted."),
    _stop("country", "A number of a country that may not be texted."),
)
_TEXTABLE = _pass("textable", "Nothing says that it cannot get texts.")
_SUPPRESSED = _pass("suppressed", "They have not said stop."), _stop("suppressed", "They said stop.")
_NO_CONSENT: dict[ConsentState, str] = {
    "none": "They have neither called nor written to this business.",
    "revoked_all": "They ended their consent.",
    "wrong_party": "It is not the number of the person we meant.",
}
_CONSENTS: dict[ConsentState, Guard] = {
    "none": _pass("consent", "This kind of text needs no consent."),
    "inquiry": _pass("consent", "They called or wrote to the business."),
    "inquiry_disclosed": _pass("consent", "They called, and knew that a text may follow."),
    "express_informational": _pass("consent", "They asked for texts or booked."),
    "marketing_written": _pass("consent", "They agreed in writing."),
    "revoked_marketing": _pass("consent", "They ended only their consent to advertising."),
    "revoked_all": _pass("consent", "This kind of text needs no consent."),
    "wrong_party": _pass("consent", "This kind of text needs no consent."),
}
MAY_NOT_SEND: dict[SenderState, str] = {
    "pending": "This line's registration for texting is not through yet.",
    "unregistered": "This line is not registered for texting.",
    "blocked": "The carrier blocks texts from this line.",
}
"""Why a line in this state of registration sends nothing."""
_CONTENT = _pass("content", "Its words may leave.")
_SENDER = _pass("sender", "Nothing says that this line may not text.")
_HUMAN = (
    _pass("human", "No person has the conversation."),
    _stop("human", "A person has the conversation; the machine is silent."),
)
_CLOSED = _pass("closed", "The conversation is open."), _stop("closed", "The conversation is closed.")
_HOURS = _pass("hours", "Inside the hours for such texts, wherever they may be.")
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


def _spam(ask: Ask) -> Guard:
    last = ask.state.misses[-1] if ask.state.misses else None
    heard = ask.state.last_text_at
    if last is None or not last.doubt or (heard is not None and heard >= last.at):
        return _NOT_SPAM
    return _stop("spam", last.doubt)


def _country(ask: Ask) -> Guard:
    contact = ask.contact
    # Where nobody looked the number up (a rehearsal), +1 counts as the United States.
    region = contact.region or ("US" if contact.number.startswith("+1") else "")
    return _COUNTRY[region not in ask.rules.settings.countries]


def _textable(ask: Ask) -> Guard:
    reason = ask.untextable or CANNOT_TEXT.get(ask.contact.line_type)
    return _TEXTABLE if reason is None else _stop("textable", f"It cannot get texts: {reason}.")


def _suppressed(ask: Ask) -> Guard:
    return _SUPPRESSED[ask.suppressed]


def _consent(ask: Ask) -> Guard:
    settings = ask.rules.settings
    if not suffices(ask.consent, ask.text_class):
        return _stop("consent", _NO_CONSENT.get(ask.consent, "They agreed to less than this kind of text needs."))
    first = ask.text_class == "first_reply" or ask.greets
    if first and settings.consent_mode == "press_1" and ask.consent == "inquiry":
        return _stop("consent", "They did not press the key for a text, and the business asks for that.")
    if ask.text_class in FRESH_CLASSES and (
        ask.consent_at is None or ask.not_before - ask.consent_at > settings.follow_up_fresh
    ):
        return _stop("consent", "What they asked for is too long ago for a text they did not ask for.")
    return _CONSENTS[ask.consent]


def _sender(ask: Ask) -> Guard:
    line = ask.rules.line(ask.state.line)
    if line.sender in MAY_NOT_SEND:
        return _stop("sender", MAY_NOT_SEND[line.sender])
    if line.paused_until is not None and ask.now < line.paused_until:
        return _stop("sender", "The carrier refused the last text from this line, so it waits before it tries again.")
    return _SENDER


def _human(ask: Ask) -> Guard:
    return _HUMAN[ask.state.phase == "human"]


def _closed(ask: Ask) -> Guard:
    return _CLOSED[ask.state.phase == "closed"]


def _hours(ask: Ask) -> Guard:
    if (closed := _closed_hours(ask)) is None:
        return _HOURS
    return _stop("hours", closed)


def _closed_hours(ask: Ask) -> str | None:
    kept: QuietClass = ask.text_class if ask.text_class in ("reminder", "marketing") else "follow_up"
    return closed_because(ask.rules.sending, ask.rules.whereabouts(ask.contact), ask.not_before, kept)


def _overnight(ask: Ask) -> Guard:
    if ask.rules.settings.overnight_first_text == "send":
        return _OVERNIGHT[0]
    return _OVERNIGHT[_closed_hours(ask) is not None]


def _cooldown(ask: Ask) -> Guard:
    cooldown = ask.rules.settings.first_text_cooldown
    elsewhere = ask.contact.first_text_at
    if elsewhere is not None and ask.now - elsewhere < cooldown:
        return _COOLDOWN[1]
    here = ask.state.first_text_at
    # One that waits for the morning counts for as long as it waits, and from then on by when it left.
    recent = here is not None and (ask.now - here < cooldown or ask.state.first_text in ask.unsent)
    return _COOLDOWN[recent and first_text_stands(ask.state, ask.unsent, ask.now)]


def _fresh(ask: Ask) -> Guard:
    return _FRESH[not ask.not_before < ask.stale_at or ask.now >= ask.stale_at]


def _texts_per_day(ask: Ask) -> Guard:
    if ask.safety:
        return _SAFETY
    limit = ask.rules.settings.texts_per_day
    sent = _within(ask.state.sent_at, ask.now - DAY)
    return Guard(name="texts_per_day", passed=sent < limit, evidence=f"{sent} of {limit} texts in the last day.")


def _follow_ups(ask: Ask) -> Guard:
    """Nobody is followed up again and again on one inquiry; a new call or text of theirs is a new one."""
    limit, sent = ask.rules.settings.follow_ups, ask.state.followed_up
    says = f"{sent} of {limit} follow-ups since their last call or text."
    return Guard(name="follow_ups", passed=sent < limit, evidence=says)


def _unanswered(ask: Ask) -> Guard:
    settings, state = ask.rules.settings, ask.state
    waiting = state.sent_at[-state.unanswered :] if state.unanswered else ()
    day, week = _within(waiting, ask.now - DAY), _within(waiting, ask.now - WEEK)
    most_a_day, most_a_week = settings.unanswered_per_day, settings.unanswered_per_week
    if ask.rules.playbook.privacy == "clinic" and ask.text_class != "reply":
        most_a_week = min(most_a_week, settings.clinic_per_week)
        if _on_the_day(waiting, ask) >= settings.clinic_per_day:
            says = f"A clinic texts at most {settings.clinic_per_day} a day that is not answered."
            return Guard(name="unanswered", passed=ask.safety, evidence=says)
    passed = ask.safety or (day < most_a_day and week < most_a_week)
    return Guard(name="unanswered", passed=passed, evidence=f"{day} unanswered in a day, {week} in a week.")


def _on_the_day(waiting: tuple[datetime, ...], ask: Ask) -> int:
    """Texts of the calendar day on which this one would leave, by the business's clock (47 CFR 64.1200(a)(9)(iv))."""
    zone = ask.rules.business.hours.zone
    day = max(ask.now, ask.not_before).astimezone(zone).date()
    return sum(at.astimezone(zone).date() == day for at in waiting)


def _replies_per_hour(ask: Ask) -> Guard:
    limit = ask.rules.settings.replies_per_hour
    sent = _within(ask.state.replied_at, ask.now - HOUR)
    passed = ask.safety or sent < limit
    return Guard(name="replies_per_hour", passed=passed, evidence=f"{sent} of {limit} replies within the hour.")


def _required_answers(ask: Ask) -> Guard:
    return _ANSWERS["{link}" in ask.body and not may_book(ask.rules.playbook, ask.state)]


def _content(ask: Ask) -> Guard:
    unasked = ask.text_class in ("first_reply", "follow_up", "reminder")
    wrong = unfit(ask.body, unasked=unasked)
    return _CONTENT if wrong is None else _stop("content", wrong)


def _wording(ask: Ask) -> Guard:
    return _HAS_WORDING if ask.body else _NO_WORDING


def may_book(playbook: Playbook, state: State) -> bool:
    """Are all answers known that must be known before a booking link?"""
    return not missing(playbook, state) and any(learn.required for learn in playbook.learn)


def _within(times: tuple[datetime, ...], since: datetime) -> int:
    return sum(at > since for at in times)


_NUMBER: tuple[Callable[[Ask], Guard], ...] = (_withheld, _customer, _spam, _country, _textable, _suppressed)
_MAY: tuple[Callable[[Ask], Guard], ...] = (_sender, _consent)
_COUNTS: tuple[Callable[[Ask], Guard], ...] = (_texts_per_day, _unanswered)
_SAID: tuple[Callable[[Ask], Guard], ...] = (_wording, _content, _required_answers)

GUARDS: dict[TextClass, tuple[Callable[[Ask], Guard], ...]] = {
    "first_reply": (*_NUMBER, *_MAY, _human, _cooldown, _fresh, _overnight, *_COUNTS, *_SAID),
    "reply": (*_NUMBER, *_MAY, _human, _closed, _fresh, *_COUNTS, _replies_per_hour, *_SAID),
    "follow_up": (*_NUMBER, *_MAY, _human, _closed, _fresh, _hours, _follow_ups, *_COUNTS, *_SAID),
    "reminder": (*_NUMBER, *_MAY, _human, _closed, _fresh, _hours, *_COUNTS, *_SAID),
    "marketing": (*_NUMBER, *_MAY, _human, _closed, _fresh, _hours, *_COUNTS, *_SAID),
    "opt_out_confirmation": (*_NUMBER, _sender, _fresh, *_SAID),
    "help_reply": (*_NUMBER, _sender, _fresh, _replies_per_hour, *_SAID),
}
"""Which guards stand before which class of text (docs/sending-rules.md), the most telling first."""
