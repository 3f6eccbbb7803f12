"""Answers a text of the customer: a list of steps, each of which may be the last.

The order of the steps is the safety of the product: stop before anything else, danger before business, a person's
conversation before the machine's. Never here: what the words mean (`understanding`), or whether a text may leave
(`guards`).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from answerback.engine.asides import (
    SETTLED,
    Heard,
    asked_too,
    corrected,
    for_a_person,
    helped,
    no_offers,
    photo,
    question,
    thanks,
)
from answerback.engine.choosing import change, choose, wish_of
from answerback.engine.draft import (
    Draft,
    consent_ended,
    consented,
    lead,
    move,
    page,
    said_start,
    said_stop,
    todo,
    withdraw,
)
from answerback.engine.effects import OVER, MarkUntextable
from answerback.engine.events import TextReceived
from answerback.engine.guards import WOULD_CHANGE, not_a_customer
from answerback.engine.handoff import has_appointment, hold
from answerback.engine.learning import doubt, learned, offered, serves
from answerback.engine.nudges import close, forget_timers, stay_with_a_person
from answerback.engine.reading import Reading, tells_language
from answerback.engine.returning import answers_person, long_ago
from answerback.engine.route import emergency, go_on, promise_call, route_for, take, to_person
from answerback.engine.sending import is_introduced, say, send
from answerback.engine.state import changed

CONFIRM_STOP_WITHIN = timedelta(minutes=5)
"""Source: 47 CFR 64.1200(a)(12); later than this a confirmation has to be justified, so none is sent."""

CANCEL, THANKS = frozenset({"cancel", "cancelar"}), frozenset({"thanks", "thank", "thx", "ty", "gracias", "merci"})
"""The first: a stop to every phone company, and to whoever writes it perhaps the end of a visit."""


def received(draft: Draft, event: TextReceived) -> None:
    """Take in a text and answer it, or say why it is not answered."""
    reading = event.reading if event.reading is not None else Reading()
    heard = Heard(event=event, reading=reading, before=draft.state)
    _take_in(draft, heard)
    next((step for step in STEPS if step(draft, heard)), None)
    if draft.state.phase == "human" and draft.state.lead in OVER:
        stay_with_a_person(draft)


def _take_in(draft: Draft, heard: Heard) -> None:
    """Whatever it says: nothing waiting may leave, nothing is unanswered, and a question never sent was never asked."""
    withdraw(draft, "The customer wrote")
    state, event = draft.state, heard.event
    tries, asked, about = state.tries, state.asked, state.asked_about
    if asked is not None and state.asked_text in draft.case.unsent:
        tries = {**tries, asked: max(0, tries.get(asked, 0) - 1)}
        asked, about = None, "open"
    language = heard.reading.language if tells_language(event.text, heard.reading, about) else state.language
    if heard.reading.draft:
        draft.note("draft", "A language model suggests an answer; it stands under their text, for a person to check.")
    draft.state = changed(
        state,
        line=event.line,
        source_line=state.source_line or event.line,
        last_text_at=max(event.at, state.last_text_at) if state.last_text_at else event.at,
        unanswered=0,
        followed_up=0,
        nudges=0,
        timers=state.timers + 1,
        timer_at=None,
        tries=tries,
        asked=asked,
        asked_about=about,
        person_asked=False,
        language=language if language in draft.rules.playbook.languages else state.language,
    )
    consented(draft, "inquiry", "text", event.at, "They texted.")


def _opt_out(draft: Draft, heard: Heard) -> bool:
    by_keyword = heard.event.keyword == "stop"
    if not (by_keyword or heard.reading.opt_out or heard.intent == "opt_out"):
        return False
    if not draft.suppressed:
        _stop(draft, heard, by_keyword=by_keyword)
    else:
        said_stop(draft, "provider" if by_keyword else "text")  # in their own words, whoever wrote it down before
        draft.note("opted_out", "They said stop again; they get no texts already.")
    if heard.urgent:
        _wake(draft, heard, "urgent_stop", "Said stop, and it sounds urgent: call now")
        hold(draft, None)
        return True
    if has_appointment(draft):
        todo(draft, "call_now", "Said stop and has an appointment: call to ask about the visit", key="stop_call")
    elif heard.event.text.strip(" .!").lower() in CANCEL:
        todo(draft, "call_now", "Wrote CANCEL, which stops all texts: call to ask what they meant", key="stop_call")
    close(draft, "They said stop.")
    return True


def _stop(draft: Draft, heard: Heard, *, by_keyword: bool) -> None:
    if not by_keyword and not heard.urgent:
        body = say(draft, draft.rules.playbook.say.opted_out)
        stale_at = heard.event.at + CONFIRM_STOP_WITHIN
        send(draft, "opted_out", body, text_class="opt_out_confirmation", stale_at=stale_at)
    said_stop(draft, "provider" if by_keyword else "text")
    draft.note(
        "opted_out",
        "They said stop; no text of ours will reach them again.",
        verdict="opted_out",
        would_change="The customer texting START.",
    )


def _opt_in(draft: Draft, heard: Heard) -> bool:
    by_keyword = heard.event.keyword == "start"
    if not draft.suppressed or not (by_keyword or heard.reading.opt_in):
        return False
    said_start(draft, "provider" if by_keyword else "text")
    draft.note("opted_in", "They asked to be texted again.", would_change="The customer texting STOP.")
    if heard.urgent:
        return False
    if not by_keyword:
        if draft.state.phase == "closed":
            move(draft, "learning")
        send(draft, "started", say(draft, draft.rules.playbook.say.started))
    return True


def _suppressed(draft: Draft, heard: Heard) -> bool:
    if not draft.suppressed:
        return False
    _unanswered(draft, heard, "Wrote although they get no texts: call them", "suppressed")
    draft.note(
        "reply",
        "They said stop, so no text is sent; a person is asked to look.",
        verdict="not_sent",
        would_change="The customer texting START.",
    )
    return True


def _inside(draft: Draft, _heard: Heard) -> bool:
    """Staff, our own numbers and blocked ones are no customers."""
    inside = not_a_customer(draft.rules, draft.case.contact)
    if inside is None:
        return False
    draft.note(
        "reply",
        f"No lead and no text. {inside.evidence}",
        verdict="not_sent",
        guards=(inside,),
        would_change=WOULD_CHANGE[inside.name],
    )
    return True


def _reopen(draft: Draft, heard: Heard) -> bool:
    """Somebody who writes after the end and wants something is heard again; what led to a no is asked anew."""
    state = draft.state
    if state.phase != "closed" or heard.intent in {"ack", "decline"}:
        return False
    move(draft, "learning")
    draft.state = changed(draft.state, ended=None)
    if state.lead == "not_served":
        refused = {learn.slot for learn in draft.rules.playbook.learn if learn.kind in {"service", "area"}}
        kept = {slot: answer for slot, answer in state.answers.items() if slot not in refused}
        draft.state = changed(draft.state, answers=kept, service=None, tries={})
    return False


def _make_lead(draft: Draft, heard: Heard) -> bool:
    """Somebody who writes is a lead; a thank-you after the end is not a new one."""
    nothing_new = heard.intent in {"ack", "decline", "wrong_number", "vendor", "job_seeker"} and not heard.urgent
    here = draft.state.lead
    if here is None or here in {"lost", "not_served"}:
        if not nothing_new:
            lead(draft, "new")
    elif here == "new" and is_introduced(draft):
        lead(draft, "contacted")
    return False


def _learn(draft: Draft, heard: Heard) -> bool:
    draft.state = learned(draft.rules.playbook, draft.state, heard.reading, heard.event.text)
    wish = wish_of(heard.reading.times)
    if wish is not None and draft.state.appointment is None:
        draft.state = changed(draft.state, wish=wish)
    return False


def _held(draft: Draft, heard: Heard) -> bool:
    if draft.state.phase != "human":
        return False
    if heard.urgent or not _only_thanks(heard):
        _unanswered(draft, heard, "The customer wrote: answer them", "review")
    draft.note(
        "reply",
        "A person has the conversation; the machine is silent.",
        verdict="not_sent",
        would_change="Handing it back.",
    )
    return True


def _only_thanks(heard: Heard) -> bool:
    """Do they thank a person and say no more? "That works" may take what was proposed, and waits for an answer."""
    thanks = THANKS & set(heard.event.text.lower().replace(",", " ").strip(" .!").split())
    more = heard.before.person_asked or heard.event.media or heard.reading.sensitive
    return bool(thanks) and heard.intent == "ack" and not more


def _danger(draft: Draft, heard: Heard) -> bool:
    if heard.danger:
        emergency(draft, "life_safety")
    return heard.danger


def _urgent(draft: Draft, heard: Heard) -> bool:
    if heard.urgent:
        emergency(draft, "urgent")
    return heard.urgent


def _sensitive(draft: Draft, heard: Heard) -> bool:
    if not heard.reading.sensitive:
        return False
    draft.state = changed(draft.state, sensitive=True)
    route = route_for(draft.rules.playbook, "sensitive")
    if route.then == "callback":
        todo(draft, "sensitive", route.todo or "Sensitive: answer in person")
        promise_call(draft, route)
    else:
        to_person(draft, route.todo or "Sensitive: answer in person", route=replace(route, when="sensitive"))
    return True


def _wrong_number(draft: Draft, heard: Heard) -> bool:
    if heard.intent != "wrong_number":
        return False
    if draft.state.phase == "booked" and has_appointment(draft):
        to_person(draft, "Reads like a wrong number, and has an appointment: ask them")
        return True
    send(draft, "wrong_number", say(draft, draft.rules.playbook.say.wrong_number))
    draft.do(MarkUntextable(reason="wrong number"))
    draft.untextable = "wrong number"
    consent_ended(draft, "wrong_party", "text", "They say that it is not their number.")
    if draft.state.lead is not None:
        lead(draft, "lost")
    close(draft, "It is the wrong number.")
    return True


def _not_buying(draft: Draft, heard: Heard) -> bool:
    """Sellers and job seekers get no further automatic text; who needs us no more gets a kind word."""
    if heard.intent in {"vendor", "job_seeker"}:
        if draft.state.lead is not None:
            lead(draft, "not_served")
        who = "Somebody offering something" if heard.intent == "vendor" else "Somebody looking for work"
        todo(draft, "review", f"{who} wrote: please look")
        draft.note("reply", f"{who} wrote; no text is sent.", verdict="not_sent", would_change="Another reading.")
        hold(draft, None)
        return True
    if heard.intent != "decline":
        return False
    if heard.before.phase == "closed":
        draft.note(
            "reply",
            "It is over already; no answer is needed.",
            verdict="not_sent",
            would_change="A text that wants something.",
        )
        return True
    if draft.state.phase == "booked" and has_appointment(draft):
        to_person(draft, "May not need us any more, and has an appointment: ask, and give it up if so")
        return True
    send(draft, "declined", say(draft, draft.rules.playbook.say.declined))
    if draft.state.lead is not None:
        lead(draft, "lost")
    close(draft, "They do not need us any more.")
    return True


def _time(draft: Draft, heard: Heard) -> bool:
    if not (change(draft, heard) or choose(draft, heard)):
        return False
    if heard.reading.asks_too:
        for_a_person(draft)
    return True


_FOR_A_PERSON = {
    "complaint": "A complaint: answer in person",
    "existing": "About work we already do for them: answer in person",
    "reschedule": "Wants another time: answer in person",
    "cancel": "Wants to cancel: answer in person",
}


def _personal(draft: Draft, heard: Heard) -> bool:
    title = _FOR_A_PERSON.get(heard.intent)
    if title is not None:
        to_person(draft, title)
    return title is not None


def _wants_call(draft: Draft, heard: Heard) -> bool:
    if heard.intent != "callback":
        return False
    take(draft, route_for(draft.rules.playbook, "wants_call"))
    return True


def _not_served(draft: Draft, heard: Heard) -> bool:
    """Work we do not do, or a place we do not reach; a service that leads to a no does so at once."""
    playbook, reading = draft.rules.playbook, heard.reading
    service = playbook.service(draft.state.service) if reading.service is not None else None
    declines = service is not None and service.next == "decline"
    if offered(playbook, reading) and serves(playbook.area, reading.slots) and not declines:
        return False
    take(draft, replace(route_for(playbook, "not_served"), then="decline"))
    return True


def _settled(draft: Draft, _heard: Heard) -> bool:
    """After the link, the promise or the booking, whatever else they write is for a person."""
    if draft.state.phase not in SETTLED or (draft.state.phase == "booked" and not has_appointment(draft)):
        return False
    to_person(draft, "The customer wrote: answer them")
    return True


def _carry_on(draft: Draft, heard: Heard) -> bool:
    go_on(draft, asked_too(draft, heard))
    doubt(draft, heard.reading)
    return True


def _unanswered(draft: Draft, heard: Heard, title: str, key: str) -> None:
    """A text the machine does not answer is for a person, at once when it is urgent."""
    if heard.urgent:
        return _wake(draft, heard, "urgent_text", "An urgent text came: answer now")
    return todo(draft, "review", title, key=key)


def _wake(draft: Draft, heard: Heard, reason: str, summary: str) -> None:
    """Wake a person; in a danger on the fastest path, and the conversation stays with people whoever has it."""
    if heard.danger:
        reason, summary = "life_safety", "Someone may be in danger: call now"
        draft.state = changed(draft.state, locked=True)
    page(draft, reason, summary)
    todo(draft, "urgent", summary, urgent=True)
    forget_timers(draft)


STEPS: tuple[Callable[[Draft, Heard], bool], ...] = (
    _opt_out,
    _opt_in,
    _suppressed,
    no_offers,
    helped,
    _inside,
    _reopen,
    long_ago,
    _learn,
    _make_lead,
    _held,
    _danger,
    _urgent,
    _sensitive,
    photo,
    _wrong_number,
    answers_person,
    _not_buying,
    _time,
    _personal,
    _wants_call,
    _not_served,
    corrected,
    thanks,
    question,
    _settled,
    _carry_on,
)
