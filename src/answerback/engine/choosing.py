"""Lets a customer choose a time by text: offers openings, understands the choice, asks once more, then a person.

The calendar is only ever asked for (`FindOpenings`, `TakeOpening`); what it says comes back as an event in the same
turn, so a time is called booked only after it was written down. Never here: which times are free (`openings`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from answerback.engine import wording
from answerback.engine.asides import Heard
from answerback.engine.booking_events import OpeningHeld, OpeningLost, OpeningsFound
from answerback.engine.currency import amount
from answerback.engine.draft import Draft, lead, move
from answerback.engine.effects import FindOpenings, GiveUpAppointment, TakeOpening
from answerback.engine.guards import may_book
from answerback.engine.nudges import await_reply
from answerback.engine.playbook import Playbook, Wording
from answerback.engine.reading import AskedAbout
from answerback.engine.route import chosen, could_not_say, to_person
from answerback.engine.sending import say, send, when
from answerback.engine.state import State, changed
from answerback.engine.thought import ONE_THOUGHT
from answerback.engine.times import Times

MOST_OFFERED = 3
"""More than three choices in a text are not read (and do not fit into one)."""

NAME, ADDRESS, TIME = "@name", "@address", "@time"
"""What is asked for besides the playbook's own slots; no slot of a playbook begins like that."""

SOLD_ELSEWHERE = "outside-"
"""How an appointment is called that a page elsewhere sold although the time was taken: it is nothing we could move."""

_FOR_OTHERS = frozenset(
    {"callback", "complaint", "existing", "decline", "ack", "cancel", "wrong_number", "vendor", "job_seeker", "help"}
)
"""What they want is no time, whatever else the text holds."""


def comes_to_them(playbook: Playbook) -> bool:
    """Does somebody drive to the customer? Playbooks of those who do ask where; a law firm only asks the county."""
    return playbook.privacy == "standard" and any(learn.kind in {"area", "address"} for learn in playbook.learn)


def wish_of(times: Times) -> Times | None:
    """What a text says about when, if it says anything that narrows the openings down."""
    return times if times.kind in {"windows", "point", "filter"} or times.asap else None


def found(draft: Draft, event: OpeningsFound) -> None:
    """The calendar was looked at: offer what is free, or have a person arrange it."""
    if not event.starts:
        to_person(draft, "Ready to book, and no time is free: please arrange one", lead_in=event.said)
        return
    body = wording.joined(event.said, _offer_in_words(draft, event), _deposit(draft, event))
    refused = send(draft, "link" if event.sought == "offer" else "times", body)
    lead(draft, "qualified")
    if refused is not None:
        could_not_say(draft, refused)
        return
    if draft.state.phase == "booked" or move(draft, "offered"):
        draft.state = changed(
            draft.state,
            offers=event.starts,
            chosen=None,
            asked=TIME,
            asked_about="time",
            asked_text=draft.last_key,
            tries={slot: tries for slot, tries in draft.state.tries.items() if slot != TIME},
        )
    if draft.state.phase == "offered":
        await_reply(draft, draft.now)


def held(draft: Draft, event: OpeningHeld) -> None:
    """A time is kept: ask for what is still missing."""
    draft.state = changed(draft.state, chosen=event.starts_at)
    if not _name(draft):
        _ask(draft, NAME, "name", draft.rules.playbook.say.ask_name)
    else:
        _ask(draft, ADDRESS, "address", draft.rules.playbook.say.ask_address)


def lost(draft: Draft, event: OpeningLost) -> None:
    """Somebody was faster: look for what is left, near to what they wanted."""
    draft.note("time.taken", f"{when(draft, event.starts_at)} was taken before it could be written down.")
    draft.state = changed(draft.state, chosen=None, offers=())
    look(draft, FindOpenings(sought="taken", wish=draft.state.wish))


def choose(draft: Draft, heard: Heard) -> bool:
    """A step of answering: somebody who may book answers an offer, or says when they would like to come."""
    state = draft.state
    if state.phase != "offered" or not draft.rules.business.takes_bookings or heard.intent in _FOR_OTHERS:
        return False
    if not may_book(draft.rules.playbook, state) or (heard.reading.corrects and state.answers != heard.before.answers):
        return False
    if state.chosen is not None and heard.before.asked in {NAME, ADDRESS}:
        return _introduced(draft, heard, state.chosen)
    return _chosen(draft, heard, None)


def change(draft: Draft, heard: Heard) -> bool:
    """A step of answering: somebody who has an appointment gives it up, or would like another time."""
    state = draft.state
    if state.phase != "booked" or state.appointment is None or not draft.rules.business.takes_bookings:
        return False
    if state.appointment_at is not None and state.appointment_at <= draft.now:
        return False
    if state.appointment.startswith(SOLD_ELSEWHERE):
        return False
    if heard.intent == "cancel":
        draft.do(GiveUpAppointment(appointment=state.appointment))
        draft.note("given_up", "They cannot make it, so the appointment is given up.")
        return True
    if heard.intent in _FOR_OTHERS:
        return False
    if state.offers:
        return _chosen(draft, heard, state.appointment)
    if _thinks_again(heard):
        look(draft, FindOpenings(sought="move", wish=None))
        return True
    wish, at = wish_of(heard.reading.times), state.appointment_at
    # "Are you coming Thursday at 9?" of one who is booked then asks for nothing else.
    stands = wish is None or wish.soonest or (at is not None and wish.allows(at))
    if heard.intent != "reschedule" and stands:
        return False
    draft.state = changed(state, wish=wish)
    look(draft, FindOpenings(sought="move", wish=wish))
    return True


def _thinks_again(heard: Heard) -> bool:
    """A number alone, right after the text that booked: they meant another of the times."""
    before = heard.before.last_text_at
    alone = heard.event.text.strip().rstrip(".").isdecimal()
    return alone and before is not None and abs(heard.event.at - before) < ONE_THOUGHT


def _chosen(draft: Draft, heard: Heard, appointment: str | None) -> bool:
    """One of the offers, another time in words, or something that has to be asked once more."""
    state, times = draft.state, heard.reading.times
    start = _one_of(state.offers, heard)
    if start is not None:
        _take(draft, start, appointment)
        return True
    wish = wish_of(times)
    if wish is not None:
        draft.state = changed(state, wish=wish)
        look(draft, FindOpenings(sought="move" if appointment and not state.offers else "wish", wish=wish))
        return True
    if state.offers and not any(letter.isalnum() for letter in heard.event.text):
        draft.note(
            "reply",
            "A sign without words chooses nothing; our offer stands.",
            verdict="not_sent",
            would_change="A number of our offer, or words.",
        )
        return True
    if not state.offers or heard.intent == "question":
        return False
    return _once_more(draft)


def _one_of(offers: Sequence[datetime], heard: Heard) -> datetime | None:
    """The offer that was chosen: by its number, by naming just its time, by yes where there was only one; the first of
    those that will do ("either is fine").
    """
    times, slots = heard.reading.times, heard.reading.slots
    if times.ask:
        return None
    if times.chosen in offers:
        return times.chosen
    option = times.option or (slots.option if times.kind == "none" else None)
    numbered = _numbered(offers, option or "")
    if numbered is not None:
        return numbered
    named = [start for start in offers if times.allows(start)]
    if times.kind == "point":
        return named[0] if len(named) == 1 else None
    if times.kind == "windows" and len(named) == len(times.windows) > 1 and _are_moments(times):
        return min(named)
    return offers[0] if slots.yes_no == "yes" and len(offers) == 1 else None


def _are_moments(times: Times) -> bool:
    return all(window.end - window.start <= timedelta(minutes=1) for window in times.windows)


def _numbered(offers: Sequence[datetime], said: str) -> datetime | None:
    """The offer of this number."""
    number = int(said) if said.isdecimal() and len(said) < 3 else 0
    return offers[number - 1] if 1 <= number <= len(offers) else None


def _take(draft: Draft, start: datetime, appointment: str | None) -> None:
    """Ask for this time: for good where everything is known, else for as long as it takes to ask."""
    state = draft.state
    address = state.answers.get("address", "")
    incomplete = not _name(draft) or (comes_to_them(draft.rules.playbook) and not address)
    draft.note("time.chosen", f"They chose {when(draft, start)}; it is written down if it is still free.")
    draft.do(
        TakeOpening(
            starts_at=start,
            name=_name(draft),
            address=address,
            hold=incomplete and appointment is None,
            appointment=appointment,
        )
    )


def look(draft: Draft, asked: FindOpenings) -> None:
    """Ask the calendar, and say that it was asked."""
    draft.note("openings", "The calendar was asked for times that fit.")
    draft.do(asked)


def _introduced(draft: Draft, heard: Heard, start: datetime) -> bool:
    """The name or the address that a kept time waited for; the text itself where the reader found neither."""
    slots, said = heard.reading.slots, " ".join(heard.event.text.split())
    asked = "name" if heard.before.asked == NAME else "address"
    answer = (slots.name if asked == "name" else slots.address) or said
    other = _numbered(draft.state.offers, said)
    if other is not None and other != start:
        _take(draft, other, None)  # "2", and right after it "1": the later number counts
        return True
    if wish_of(heard.reading.times) is not None and answer == said and asked == "name":
        return _chosen(draft, heard, None)
    # A name says nothing about the language somebody speaks.
    draft.state = changed(
        draft.state,
        language=heard.before.language,
        answers={**draft.state.answers, asked: answer[: 120 if asked == "name" else 200]},
    )
    _take(draft, start, None)
    return True


def _once_more(draft: Draft) -> bool:
    state = draft.state
    if state.tries.get(TIME, 0):
        to_person(draft, "Which time they would like was not understood: please arrange it")
        return True
    body = say(draft, draft.rules.playbook.say.which_time, times=menu(draft, state.offers))
    refused = send(draft, "again", body)
    if refused is not None:
        could_not_say(draft, refused)
        return True
    draft.state = changed(
        draft.state, tries={**state.tries, TIME: 1}, asked=TIME, asked_about="time", asked_text=draft.last_key
    )
    if draft.state.phase == "offered":
        await_reply(draft, draft.now)
    return True


def _ask(draft: Draft, slot: str, about: AskedAbout, question: Wording) -> None:
    assert draft.state.chosen is not None
    refused = send(draft, "ask", say(draft, question, when=when(draft, draft.state.chosen)))
    if refused is not None:
        could_not_say(draft, refused)
        return
    draft.state = changed(draft.state, asked=slot, asked_about=about, asked_text=draft.last_key)
    await_reply(draft, draft.now)


def _offer_in_words(draft: Draft, event: OpeningsFound) -> str:
    playbook, times = draft.rules.playbook, menu(draft, event.starts)
    route = chosen(draft)
    if event.sought == "offer" and route.then == "link":
        # The link stands in the same text: whoever wants to see more times looks there.
        return say(draft, route.say, times=times)
    if event.sought == "taken":
        return say(draft, playbook.say.taken, times=times)
    if not event.fits:
        return say(draft, playbook.say.other_times, times=times)
    at = draft.state.appointment_at
    if event.sought == "move" and at is not None:
        return say(draft, playbook.say.move_times, times=times, when=when(draft, at))
    return say(draft, playbook.say.times, times=times)


def menu(draft: Draft, starts: Sequence[datetime]) -> str:
    """Openings as they are offered: `1) Thu Mar 12, 9:00 AM 2) Thu Mar 12, 2:00 PM. Reply 1 or 2.`"""
    return wording.times_menu([when(draft, start) for start in starts], draft.state.language)


def _deposit(draft: Draft, event: OpeningsFound) -> str:
    if not event.deposit:
        return ""
    return say(draft, draft.rules.playbook.say.deposit, amount=amount(event.deposit, draft.rules.business.currency))


def _name(draft: Draft) -> str:
    return draft.case.contact.name or draft.state.answers.get("name", "")


def forgotten(state: State) -> State:
    """The state with no offer open."""
    return changed(state, offers=(), chosen=None, wish=None)
