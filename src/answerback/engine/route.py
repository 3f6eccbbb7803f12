"""Takes a conversation to its next step: the next question, a booking link, a promised call, a person, or a no.

An urgent case always wakes a person, whatever the playbook says. A link is only ever sent when every required answer
is known. Never here: what a text means (`reply`).
"""

from dataclasses import replace
from datetime import timedelta

from answerback.engine import wording
from answerback.engine.draft import Draft, lead, move, page, todo
from answerback.engine.effects import FindOpenings
from answerback.engine.guards import may_book
from answerback.engine.handoff import give_to_person, hold
from answerback.engine.hours import add_business_minutes
from answerback.engine.learning import ASKED_ABOUT, missing, wants_call
from answerback.engine.nudges import await_reply, close, forget_timers
from answerback.engine.playbook import Learn, Next, Playbook, Route, RouteWhen
from answerback.engine.reach import truly
from answerback.engine.receipt import Guard
from answerback.engine.sending import say, send
from answerback.engine.state import changed

MOST_TRIES = 2
"""A question and its one rephrase; after that a person."""

QUARTER = 15
"""Nobody promises a call within 37 minutes."""

READ_AND_ANSWERED = timedelta(seconds=8)
"""Nobody reads a question and answers it faster; a text that comes sooner was written before it was read."""

_ROUTE_OF: dict[Next, RouteWhen] = {
    "link": "book",
    "callback": "wants_call",
    "human": "otherwise",
    "decline": "not_served",
}
"""Which route's words are said where a service leads somewhere by itself."""


def go_on(draft: Draft, lead_in: str = "") -> None:
    """Ask the next question, or take the route when everything is known; `lead_in` is said first, in the same text."""
    learn = missing(draft.rules.playbook, draft.state)
    if learn is None:
        take(draft, chosen(draft), lead_in)
    elif draft.state.tries.get(learn.slot, 0) >= MOST_TRIES:
        to_person(draft, "Our question was not answered: please answer by hand", lead_in=lead_in)
    else:
        _ask(draft, learn, lead_in)


def chosen(draft: Draft) -> Route:
    """The route once everything required is known: the first that matches, in the engine's order."""
    playbook, state = draft.rules.playbook, draft.state
    service = playbook.service(state.service)
    if wants_call(playbook, state):
        return route_for(playbook, "wants_call")
    if service is not None and service.next is not None:
        return replace(route_for(playbook, _ROUTE_OF[service.next]), then=service.next)
    for when in ("intake_first", "book"):
        route = playbook.route(when)
        if route is not None and (route.then != "link" or draft.rules.business.takes_bookings):
            return route
    return route_for(playbook, "otherwise")


def route_for(playbook: Playbook, when: RouteWhen) -> Route:
    """The playbook's route for this case; a person where it has none."""
    return playbook.route(when) or Route(when=when, then="human", say=playbook.say.to_person)


def take(draft: Draft, route: Route, lead_in: str = "") -> None:
    """Follow this route to its end."""
    match route.then:
        case "link":
            _offer(draft, route, lead_in)
        case "callback":
            promise_call(draft, route, lead_in)
        case "decline":
            turn_down(draft, route)
        case "human":
            to_person(draft, route.todo or "Please answer by hand", route=route, lead_in=lead_in)


def emergency(draft: Draft, when: RouteWhen) -> None:
    """Say what may help, wake a person and give them the conversation."""
    route = route_for(draft.rules.playbook, when)
    danger = when == "life_safety"
    if draft.state.lead is not None:
        draft.state = changed(draft.state, urgency="emergency")
    send(draft, when, truly(draft, when, say(draft, route.say)), priority=0, safety=True)
    page(draft, when, "Someone may be in danger: call now" if danger else "Urgent: call now")
    if danger:
        draft.state = changed(draft.state, locked=True)
    todo(draft, "urgent", route.todo or ("Danger to life: call now" if danger else "Urgent: call now"), urgent=True)
    urgent_for_people(draft, route)


def urgent_for_people(draft: Draft, route: Route) -> None:
    """An urgent case asks on by itself no more: a person has the conversation, or phones them now."""
    forget_timers(draft)
    if route.then == "callback" and route.when != "life_safety" and draft.state.phase != "human":
        move(draft, "callback")
        draft.state = changed(draft.state, callback_due=draft.now, asked=None, asked_about="open")
    else:
        hold(draft, None)


def promise_call(draft: Draft, route: Route, lead_in: str = "") -> None:
    """Promise a phone call, with the to-do that keeps the promise."""
    hours, language = draft.hours, draft.state.language
    due_at = add_business_minutes(hours, draft.now, _call_within(draft))
    body = say(
        draft,
        route.say,
        window=wording.window(due_at, draft.now, hours.zone, language),
        when=wording.moment(due_at, hours.zone, language),
    )
    todo(draft, "callback", route.todo or "Call them back", due_at=due_at)
    lead(draft, "qualified")
    send(draft, "callback", wording.joined(lead_in, body))
    forget_timers(draft)
    if move(draft, "callback"):
        draft.state = changed(draft.state, callback_due=due_at, asked=None, asked_about="open")


def _call_within(draft: Draft) -> int:
    """Business minutes in which they are called: the playbook's, or more where others wait before them."""
    usual, each = draft.rules.playbook.people.callback_minutes, draft.rules.settings.callback_each_minutes
    needed = (draft.case.ahead + 1) * each
    return usual if needed <= usual else -(-needed // QUARTER) * QUARTER


def turn_down(draft: Draft, route: Route) -> None:
    """Say a truthful no."""
    refused = send(draft, "not_served", say(draft, route.say))
    if refused is not None:
        could_not_say(draft, refused)
    lead(draft, "not_served")
    close(draft, "Not offered, or not there.")


def to_person(draft: Draft, title: str, *, route: Route | None = None, lead_in: str = "", urgent: bool = False) -> None:
    """Say that a person goes on from here, and hand the conversation over."""
    said = route.say if route is not None else draft.rules.playbook.say.to_person
    sensitive = route is not None and route.when == "sensitive"
    send(draft, "sensitive" if sensitive else "to_person", wording.joined(lead_in, say(draft, said)))
    give_to_person(draft, title, kind="sensitive" if sensitive else "review", urgent=urgent)


def offers_times(draft: Draft, route: Route) -> bool:
    """Are openings offered in this route's text, besides the link?"""
    playbook, state = draft.rules.playbook, draft.state
    return "{times}" in wording.words(
        route.say, playbook=playbook, language=state.language, person=draft.case.contact.number
    )


def could_not_say(draft: Draft, refused: Guard) -> None:
    """A text the customer waits for was refused: a person has to answer, unless nobody is there to be answered."""
    if refused.name not in {"own_number", "staff_number", "blocked"}:
        todo(draft, "review", f"Please answer by hand. {refused.evidence}", key="unsaid")


def _ask(draft: Draft, learn: Learn, lead_in: str) -> None:
    tries = draft.state.tries.get(learn.slot, 0)
    if not lead_in and _just_asked(draft, learn):
        draft.note(
            "asked",
            "Their text crossed our question, which still stands.",
            verdict="not_sent",
            would_change="A text written after our question came.",
        )
        await_reply(draft, draft.now)
        return
    behind = "They asked something too: what answers it came first, and then our question once more."
    purpose, why = ("again", behind if lead_in else "") if tries else ("ask", "")
    refused = send(draft, purpose, wording.joined(lead_in, question(draft, learn)), why=why)
    if refused is not None:
        could_not_say(draft, refused)
        return
    if move(draft, "learning"):
        asked(draft, learn)
    await_reply(draft, draft.now)


def question(draft: Draft, learn: Learn) -> str:
    """The words of this question, or of its one rephrase, with what can be chosen."""
    put = say(draft, learn.again if draft.state.tries.get(learn.slot, 0) else learn.ask, choices=_choices(draft, learn))
    return wording.joined(put, _choices(draft, learn)) if learn.choices and "1 " not in put else put


def asked(draft: Draft, learn: Learn) -> None:
    """The text planned last puts this question, so what comes next may answer it."""
    tries = draft.state.tries.get(learn.slot, 0)
    draft.state = changed(
        draft.state,
        asked=learn.slot,
        asked_about=ASKED_ABOUT[learn.kind],
        asked_text=draft.last_key,
        asked_at=draft.now,
        tries={**draft.state.tries, learn.slot: tries + 1},
    )


def _check_conflict(draft: Draft, lead_in: str) -> None:
    """A law firm looks for conflicts before it sees anybody (ABA Model Rule 1.18): a call is promised, not a time."""
    promise_call(draft, route_for(draft.rules.playbook, "wants_call"), lead_in)
    todo(draft, "conflict", "Conflict check, before a time is booked", due_at=draft.state.callback_due)
    draft.note(
        "conflict",
        "A law firm checks for conflicts before a time is offered.",
        verdict="not_sent",
        would_change="The to-do for the conflict check being done.",
    )


def _just_asked(draft: Draft, learn: Learn) -> bool:
    """Was this question sent so lately that their text cannot answer it?"""
    state = draft.state
    return (
        state.asked == learn.slot
        and state.asked_at is not None
        and state.asked_text not in draft.case.unsent
        and draft.now - state.asked_at < READ_AND_ANSWERED
    )


def _choices(draft: Draft, learn: Learn) -> str:
    choices = learn.choices.get(draft.state.language) or next(iter(learn.choices.values()), ())
    return wording.numbered(choices)


def _offer(draft: Draft, route: Route, lead_in: str) -> None:
    """Send the booking link; without the required answers, or without bookings, a person goes on instead."""
    if not may_book(draft.rules.playbook, draft.state) or not draft.rules.business.takes_bookings:
        to_person(draft, "Ready to book: please arrange a time", lead_in=lead_in)
        return
    if draft.rules.playbook.privacy == "law" and not draft.state.cleared:
        _check_conflict(draft, lead_in)
        return
    if offers_times(draft, route):
        draft.note("openings", "The calendar was asked for times that fit.")
        draft.do(FindOpenings(sought="offer", wish=draft.state.wish, said=lead_in))
        return
    refused = send(draft, "link", wording.joined(lead_in, say(draft, route.say)))
    lead(draft, "qualified")
    if refused is not None:
        could_not_say(draft, refused)
        return
    if move(draft, "offered"):
        draft.state = changed(draft.state, asked=None, asked_about="link_sent", asked_text=draft.last_key)
    await_reply(draft, draft.now)
