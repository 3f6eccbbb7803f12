"""Rings people: to wake them about a page, or to join them with a customer. What a key means is decided here.

Three steps, never mixed: claim, place (no transaction), write. Nobody is joined with anybody before they have pressed
1, so that a voicemail never takes a case. Never here: what the provider's documents look like (the adapter).
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerback.engine import page_words
from answerback.engine.events import CalledBack
from answerback.ports.calls import Ask, Bye, Join, Next, OurCall, OutgoingCall, PlacesCalls
from answerback.ports.errors import PortError, Unclear
from answerback.ports.registry import phone, phone_if_installed
from answerback.store.queries import our_calls, paging
from answerback.store.queries.our_calls import Call
from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, alert_words, answers, bell, clock, pages, tongues, transaction, waking
from answerback.workflow.acting import act, lock
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.directory import account, known
from answerback.workflow.retelling import retold

log = logging.getLogger("answerback.ringing")

BATCH = 8
STALE_AFTER = timedelta(minutes=2)
UNHEARD_AFTER = timedelta(minutes=3)
"""A call that asks for a key rings less than half a minute: one nobody reports on is over by then."""
LOST_AFTER = timedelta(minutes=45)
"""The same for one in which they may be talking with the customer."""

OFFER = gettext_lazy(
    "It is yours, and the customer is told that you are calling. Press 1 to be connected now, or hang up."
)
CONNECT = gettext_lazy("Press 1 to be connected with the customer.")


def run(limit: int = BATCH) -> int:
    """Place the calls that wait; returns how many."""
    claimed = transaction.run(lambda cursor: _claim(cursor, clock.now(), limit))
    for call in claimed:
        status, said, problem = _place(call)
        transaction.run(lambda cursor, each=call, how=(status, said, problem): _write(cursor, each, *how))  # type: ignore[misc]
    return len(claimed)


def next_due() -> datetime | None:
    """When the next call is to be placed, None when none waits."""
    return transaction.run(our_calls.next_due)


def connect(cursor: Cursor, conversation: int, actor: Actor) -> None:
    """Ring this member's phone and join them with the customer; raises `NotAllowed` where that cannot be."""
    lock(cursor, conversation)
    connectable(cursor, conversation, actor)
    our_calls.queue_bridge(cursor, conversation, actor.member, clock.now())
    bell.ring(cursor, bell.PAGE)


def connectable(cursor: Cursor, conversation: int, actor: Actor) -> None:
    """Raises `NotAllowed` where this member cannot be joined with the customer."""
    provider, mine, theirs = our_calls.ends(cursor, conversation, actor.member)
    if not theirs.startswith("+"):
        raise NotAllowed(_("This caller withheld their number, so nobody can be connected with them."))
    if not mine:
        raise NotAllowed(_("You have no phone number here, so you cannot be called. Add it under People."))
    if not isinstance(phone_if_installed(provider), PlacesCalls):
        raise NotAllowed(_("This line cannot connect calls. Please call the customer yourself."))


def may_be_rung(cursor: Cursor, actor: Actor) -> bool:
    """Has this member a phone, and their business a line that places calls?"""
    providers = our_calls.providers(cursor, actor.member)
    return any(isinstance(phone_if_installed(provider), PlacesCalls) for provider in providers)


def follow(connection: int, step: OurCall) -> Next:
    """What comes next in a call of ours, in one transaction; a call that is not known is hung up."""
    return transaction.run(lambda cursor: _follow(cursor, connection, step, clock.now()))


def _claim(cursor: Cursor, now: datetime, limit: int) -> list[Call]:
    for page in our_calls.lost(cursor, now - UNHEARD_AFTER, now - LOST_AFTER):
        pages.go_on(cursor, page, now)
    return our_calls.claim(cursor, now, now - STALE_AFTER, limit)


def _place(call: Call) -> tuple[str, str, str]:
    """(status, the provider's id, what went wrong)."""
    ours = account(call.connection)
    if ours is None:
        return "over", "", "The line's connection is gone."
    base = settings.PUBLIC_URL or settings.LOCAL_URL
    hooks = urljoin(base + "/", f"hooks/{ours.connection.provider}/{call.connection}")
    try:
        adapter: object = phone(ours.connection.provider)
        if not isinstance(adapter, PlacesCalls):
            return "over", "", "This line cannot place calls."
        placed = adapter.place(
            ours.connection, OutgoingCall(call=call.key, sender=call.sender, to=call.to, hooks_url=hooks)
        )
    except Unclear as problem:  # it may ring: whoever picks up is answered
        return "ringing", "", problem.detail
    except PortError as problem:
        return "over", "", problem.detail
    return "ringing", placed.provider_call, ""


def _write(cursor: Cursor, call: Call, status: str, provider_call: str, problem: str) -> None:
    ended = "failed" if status == "over" else ""
    our_calls.went(cursor, call.id, status, ended=ended, provider_call=provider_call, detail=problem)
    if status == "over":
        log.warning("call.not_placed call=%s", call.id)
        _not_woken(cursor, call, problem, clock.now())


def _follow(cursor: Cursor, connection: int, step: OurCall, now: datetime) -> Next:
    call = our_calls.by_key(cursor, connection, step.call)
    if call is None or step.to not in ("", call.to):
        return Bye()
    with tongues.speaking_to(cursor, call.member) as language:
        return replace(_step(cursor, call, step, now), language=language)


def _step(cursor: Cursor, call: Call, step: OurCall, now: datetime) -> Next:
    actor = Actor(member=call.member, name=call.member_name)
    match step.step:
        case "picked_up":
            our_calls.went(cursor, call.id, "ringing")
            return _picked_up(cursor, call, now)
        case "key":
            return _pressed(cursor, call, actor, step.digits, now)
        case "joined":
            return _joined(cursor, call, actor, step, now)
        case "over":
            our_calls.went(cursor, call.id, "over", ended=step.end or "failed")
            if call.stage == "page":
                _not_woken(cursor, call, "Nobody took the call.", now)
            bell.ring(cursor, bell.PAGE)
            return Bye()


def _picked_up(cursor: Cursor, call: Call, now: datetime) -> Next:
    if call.stage == "alert":
        words = alert_words.spoken(cursor, call.alert or 0)
        return Ask(words=f"{words} {CONNECT}") if call.customer else Bye(words=words)
    if call.stage != "page":
        return Ask(words=str(CONNECT))
    locked = paging.locked(cursor, [call.page or 0])
    if not locked:
        return Bye(words=_("Somebody has this case already. Nothing is needed from you."))
    page = locked[0]
    ours = known(page.business, page.revision, page.playbook)
    privacy, name = ours.rules.playbook.privacy, ours.rules.business.name
    return Ask(words=page_words.spoken(waking.facts(page, ours), privacy, name, now, gettext=retold))


def _pressed(cursor: Cursor, call: Call, actor: Actor, digits: str, now: datetime) -> Next:
    if call.stage in {"offer", "bridge", "alert"}:
        if digits != "1" or not call.customer:
            return Bye(words=_("Goodbye."))
        our_calls.asks(cursor, call.id, "joining")
        return Join(words=_("Connecting you now."), to=call.customer, sender=call.sender)
    if digits == "2" and call.page is not None:
        our_calls.asks(cursor, call.id, "passed")
        answers.pass_on(cursor, call.page, actor, now)
        return Bye(words=_("Passed. Somebody else is woken."))
    if digits != "1" or call.page is None:
        return Bye(words=_("Nothing was pressed, so somebody else is woken."))
    our_calls.asks(cursor, call.id, "offer")
    if not answers.take(cursor, call.page, actor, now):
        return Bye(words=_("Somebody was faster and has this case. Nothing is needed from you."))
    return Ask(words=str(OFFER)) if call.customer else Bye(words=_("Thank you, your answer has arrived."))


def _joined(cursor: Cursor, call: Call, actor: Actor, step: OurCall, now: datetime) -> Next:
    """They have stopped talking, or the customer did not pick up: written down as a call back of this member."""
    talked = step.end == "talked"
    our_calls.asks(cursor, call.id, "joined", step.seconds)
    event = CalledBack(
        at=now, call=call.key, line=call.sender, talked=talked, talked_seconds=step.seconds, by=call.member_name
    )
    act(cursor, call.conversation, actor, event, holds=None)
    if talked:
        acting.talked(cursor, call.conversation, actor)
    return Bye(words="" if talked else _("The customer did not pick up. The call stays on your list."))


def _not_woken(cursor: Cursor, call: Call, why: str, now: datetime) -> None:
    if call.wake is not None and call.page is not None:
        our_calls.wake_failed(cursor, call.wake, why, now)
        pages.go_on(cursor, call.page, now)
