"""Takes back what a person has just done at the desk: every reversible act hands out an `Undo`, and this applies it.

An undo is an act too: it is recorded like any other, and what a customer has seen or heard is never taken back.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, cast

import msgspec

from answerback.engine.effects import LeadStatus
from answerback.store import models
from answerback.store.models.conversations import AT_ONCE
from answerback.store.queries import todos
from answerback.store.queries.own_entries import OwnEntry
from answerback.workflow import (
    address_book,
    alert_ways,
    bookable,
    calendar_desk,
    desk,
    drafts,
    giving,
    handling,
    lessons,
    library,
    mistakes,
    on_call,
    own_entries,
    people,
    plans,
    revenue,
    saved,
    sharing,
    since,
    taking,
    targets,
    transaction,
    unbooking,
    verdicts,
)
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Left, Undo

__all__ = ["RIGHTS", "Undo", "is_outdated", "undo"]

RIGHTS: dict[str, Literal["settings", "lines", "playbook", "people", "export", "videos"]] = {
    "shift": "settings",
    "no_shift": "settings",
    "override": "settings",
    "no_override": "settings",
    "learned": "lines",
    "webhook": "settings",
    "draft": "playbook",
    "draft_change": "playbook",
    "settings": "settings",
    "source": "lines",
    "member": "people",
    "let_go_of": "people",
    "link": "export",
    "no_link": "export",
    "video": "videos",
}
"""What is taken back only by those who may change it still, and the right they need."""


_NOT_POSSIBLE = (
    bookable.NotPossible, calendar_desk.NotPossible, library.NotPossible, own_entries.NotPossible, people.NotPossible,
)  # fmt: skip


def is_outdated(asked: Undo) -> bool:
    """Was it handed out before an upgrade, so that it does not say what taking it back needs by now?

    An undo lives for an hour, so whoever lets an act's undo hold something else asks here for one without it.
    """
    return any(
        (each.act in {"called", "number", "call"} and each.at is None)
        or (each.act == "outcome" and "done" in each.fields)
        or (each.act == "person" and not each.ids)
        for each in asked.steps()
    )


def undo(asked: Undo, actor: Actor) -> tuple[Left, ...]:
    """Take this back; says what could not be taken back with it. Raises `NotAllowed` where it is too late."""
    desk.stands_as_marked(asked)
    try:
        steps = (asked,) if asked.act in saved.ACTS else asked.steps()
        said = [_ACTS[each.act](each, actor) for each in steps]
    except _NOT_POSSIBLE as problem:
        raise NotAllowed(str(problem)) from problem
    return tuple(each for each in said if each)


def _take_over(asked: Undo, actor: Actor) -> None:
    """Whoever had it before it was handed back has it again."""
    who = _who_had(asked, actor)
    desk.take_again(asked, who, who.member, actor)


def _hand_back(asked: Undo, actor: Actor) -> None:
    """Whoever had it before somebody took it over has it again; else the machine."""
    if asked.member is None or asked.member == actor.member:
        taking.give_back(asked, actor)
        return
    desk.take_again(asked, _who_had(asked, actor), actor.member, actor)
    if asked.words:
        taking.open_again(int(asked.words))


def _page(asked: Undo, _actor: Actor) -> None:
    taking.open_again(asked.id)


def _told(asked: Undo, actor: Actor) -> Left | None:
    """What tells the customer that somebody calls is taken back; where it has left, somebody has to call."""
    try:
        desk.take_back_text(asked.id, actor, draft=False)
    except NotAllowed:
        return "told_of_a_call"
    return None


def _who_had(asked: Undo, actor: Actor) -> Actor:
    """Raises `NotAllowed` where they have left since: nobody would have the conversation, and the machine be silent."""
    member = asked.member
    if member is None or member == actor.member:
        return actor
    name = transaction.run(lambda cursor: handling.person(cursor, asked.business, member))
    return Actor(member=member, name=name)


def _assign(asked: Undo, actor: Actor) -> None:
    since.nothing(asked, lambda cursor: handling.assigned(cursor, asked.id, actor, asked.member))


def _snooze(asked: Undo, actor: Actor) -> None:
    since.nothing(asked, lambda cursor: handling.snoozed(cursor, asked.id, actor, asked.at))


def _open_again(asked: Undo, actor: Actor) -> None:
    since.nothing(asked, lambda cursor: handling.opened_again(cursor, asked.id, actor))
    for todo in asked.ids:
        _reopen_todo(todo)


def _done(asked: Undo, actor: Actor) -> None:
    since.nothing(asked, lambda cursor: handling.ended(cursor, asked.id, actor))


def _call(asked: Undo, actor: Actor) -> Left | None:
    return verdicts.call_as_before(asked, actor)


def _learned(asked: Undo, _actor: Actor) -> None:
    lessons.as_before(asked)


def _again(asked: Undo, _actor: Actor) -> None:
    for todo in transaction.run(lambda cursor: todos.settled_of(cursor, asked.ids)):
        _reopen_todo(todo)


def _booked(asked: Undo, actor: Actor) -> Left | None:
    return unbooking.unbook(asked, actor)


def _introduced(asked: Undo, _actor: Actor) -> None:
    unbooking.not_introduced(asked)


def _held(asked: Undo, _actor: Actor) -> None:
    unbooking.unhold(asked)


def _let_go(asked: Undo, _actor: Actor) -> None:
    unbooking.hold_again(asked)


def _money(asked: Undo, actor: Actor) -> None:
    revenue.again(asked.id, actor)


def _refund(asked: Undo, actor: Actor) -> None:
    revenue.not_changed(asked.id, actor)


def _no_link(asked: Undo, _actor: Actor) -> None:
    sharing.end(asked.business, asked.id)


def _shift(asked: Undo, _actor: Actor) -> None:
    on_call.again(models.Shift, asked)


def _no_shift(asked: Undo, _actor: Actor) -> None:
    for shift in asked.ids:
        on_call.remove_shift(shift)


def _override(asked: Undo, _actor: Actor) -> None:
    on_call.again(models.ShiftOverride, asked)


def _no_override(asked: Undo, _actor: Actor) -> None:
    on_call.remove_override(asked.id)


def _off(asked: Undo, _actor: Actor) -> None:
    start, end, why = asked.words.split("\n", 2)
    bookable.off_again(asked.id, datetime.fromisoformat(start), datetime.fromisoformat(end), why)


def _no_off(asked: Undo, _actor: Actor) -> None:
    bookable.not_off(asked.id, asked.words)


def _person(asked: Undo, _actor: Actor) -> None:
    address_book.put_back_person(asked.id, asked.ids[0], *asked.words.split("\n", 1))


def _no_person(asked: Undo, _actor: Actor) -> None:
    for person in asked.ids:
        address_book.remove_person(asked.id, person)


def _reopen_appointment(asked: Undo, actor: Actor) -> None:
    lead, entry = cast("LeadStatus | None", asked.words or None), asked.ids[0] if asked.ids else None
    before = calendar_desk.Before(business=asked.business, lead=lead, cents=asked.cents, entry=entry)
    calendar_desk.reopen(asked.id, actor, before)


def _own(asked: Undo, _actor: Actor) -> None:
    seen, entries = msgspec.json.decode(asked.words, type=tuple[str, tuple[OwnEntry, ...]])
    own_entries.put_back(asked.id, entries, seen)


def _no_own(asked: Undo, _actor: Actor) -> None:
    if (standing := own_entries.one(asked.id, asked.words)) is not None:
        own_entries.take_out(standing, and_later=True)


def _webhook(asked: Undo, _actor: Actor) -> None:
    targets.put_back(asked.id)


def _alert_way(asked: Undo, actor: Actor) -> None:
    alert_ways.put_back(actor.member, asked.id)


def _draft(asked: Undo, _actor: Actor) -> None:
    drafts.bring_back(asked.business, int(asked.words))


def _draft_change(asked: Undo, _actor: Actor) -> None:
    drafts.take_back(asked.business, int(asked.words))


def _merge(asked: Undo, _actor: Actor) -> None:
    address_book.undo(asked.id)


def _apart(asked: Undo, _actor: Actor) -> None:
    address_book.ask_again(asked.business, *asked.ids)


def _todo(asked: Undo, _actor: Actor) -> None:
    mistakes.not_closed(asked)


def _text(asked: Undo, actor: Actor) -> None:
    desk.take_back_text(asked.id, actor)


def _queue(asked: Undo, actor: Actor) -> None:
    handling.let_go(asked.id, actor)


def _note(asked: Undo, actor: Actor) -> None:
    handling.remove_note(asked.id, actor)


def _keep_note(asked: Undo, actor: Actor) -> None:
    handling.keep_note(asked.id, actor)


def _outcome(asked: Undo, actor: Actor) -> None:
    desk.not_marked(asked, actor)


def _entered(asked: Undo, actor: Actor) -> None:
    revenue.take_back(asked.id, actor, AT_ONCE)


def _plan(asked: Undo, actor: Actor) -> None:
    plan = handling.Plan(owner=asked.member, step=asked.words, step_at=asked.at, cents=asked.cents)
    transaction.run(lambda cursor: since.planned(cursor, asked, actor, plan))


def _timer(asked: Undo, actor: Actor) -> None:
    plans.let_go(asked.id, actor)


_ACTS: dict[str, Callable[[Undo, Actor], Left | None]] = {
    "take_over": _take_over,
    "hand_back": _hand_back,
    "page": _page,
    "told": _told,
    "assign": _assign,
    "snooze": _snooze,
    "open_again": _open_again,
    "done": _done,
    "call": _call,
    "learned": _learned,
    "todo": _todo,
    "text": _text,
    "queue": _queue,
    "note": _note,
    "keep_note": _keep_note,
    "outcome": _outcome,
    "entered": _entered,
    "plan": _plan,
    "given": giving.give_back,
    "timer": _timer,
    "called": mistakes.not_called_back,
    "number": verdicts.number_as_before,
    "shift": _shift,
    "no_shift": _no_shift,
    "override": _override,
    "no_override": _no_override,
    "off": _off,
    "no_off": _no_off,
    "person": _person,
    "no_person": _no_person,
    "reopen": _reopen_appointment,
    "own": _own,
    "no_own": _no_own,
    "webhook": _webhook,
    "alert_way": _alert_way,
    "draft": _draft,
    "draft_change": _draft_change,
    "merge": _merge,
    "apart": _apart,
    "again": _again,
    "stop": mistakes.not_told_to_stop,
    "wrong_number": mistakes.right_number,
    "money": _money,
    "booked": _booked,
    "introduced": _introduced,
    "held": _held,
    "let_go": _let_go,
    "refund": _refund,
    "settings": saved.put_back,
    "source": saved.put_back,
    "member": saved.put_back,
    "mine": saved.put_back,
    "let_go_of": people.take_in_again,
    "link": sharing.go_on,
    "no_link": _no_link,
    "video": library.as_before,
}


def _reopen_todo(todo: int) -> None:
    transaction.run(lambda cursor: mistakes.reopen(cursor, todo))
