"""Takes in what providers report: verified, parsed, kept once, its conversation woken. A 2xx follows the commit,
never precedes it.

It decides nothing and sends nothing. What cannot be kept is answered so that the provider tries again.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.utils import Error as DatabaseProblem

from answerback.engine.events import CallRang, LineTypeLearned, StaffTexted, TextReceived, VoicemailLeft
from answerback.ports.calls import PlacesCalls
from answerback.ports.connection import Request
from answerback.ports.errors import Forged, Malformed
from answerback.ports.phone import Answer, Happened, Heard, Ignored, ReceiptCame
from answerback.ports.registry import phone
from answerback.store import codec, models
from answerback.store.queries import arrivals, attachments, ledger, receipts, turns
from answerback.store.queries.arrivals import Arrival, Aside
from answerback.store.queries.receipts import ReceiptRow
from answerback.store.queries.rows import Cursor, raw
from answerback.workflow import bell, clock, directory, fates, queue, ringing, staff_texts, traces, transaction
from answerback.workflow.directory import Account, account
from answerback.workflow.together import Together

log = logging.getLogger("answerback.intake")

LINGER_EACH = 0.001
LONGEST_LINGER = 0.03
"""Seconds a commit waits for others to join: the more came the last time the longer, so that a lone request waits for
nobody and a crowd shares few commits."""

BEHIND = 0.15
LINGER_BEHIND = 0.3
LONGEST_LINGER_BEHIND = 0.08
"""Where somebody waits longer than `BEHIND` seconds for their turn, a crowd's commits wait for a share of that besides:
what is taken in faster than it is worked off only waits behind it, and takes the processor from it."""

RINGING_LOOKED_AT_AFTER = timedelta(minutes=3)
"""A call that rings and is never heard of again is looked at after this long."""


class NotOurs(Exception):
    """No such connection, line or kind of request here."""


def accept(provider: str, connection: int, request: Request) -> Answer:
    """Keep everything a provider's request reports and return the answer to give.

    Raises `NotOurs`, `Forged` and `Malformed` (each recorded as a security event, nothing else stored), and the
    database's errors: then nothing is promised and the provider must try again.
    """
    now = clock.now()
    ours = account(connection)
    if ours is None or ours.connection.provider != provider:
        raise NotOurs(f"There is no {provider} connection {connection}.")
    adapter = phone(provider)
    adapter.verify(ours.connection, request, now)
    heard = adapter.hear(ours.connection, request, now)
    if heard.our_call is not None and isinstance(adapter, PlacesCalls):
        hooks = request.url.partition("?")[0].rpartition("/")[0]
        return adapter.go_on(ours.connection, heard.our_call, ringing.follow(connection, heard.our_call), hooks)
    _kept.do(_sort(ours, heard, now))
    return heard.answer


def ready(provider: str, connection: int, request: Request) -> "Ready | None":
    """What `accept` would keep of this request, where nothing must be looked up for it; None where something must.

    Made in some tens of microseconds, and it waits for nobody. Raises what `accept` raises of a request it refuses.
    """
    now = clock.now()
    ours = directory.at_hand(connection)
    if ours is None or ours.connection.provider != provider:
        return None
    adapter = phone(provider)
    adapter.verify(ours.connection, request, now)
    heard = adapter.hear(ours.connection, request, now)
    if heard.our_call is not None and isinstance(adapter, PlacesCalls):
        return None
    return Ready(provider, _sort(ours, heard, now), heard.answer)


def keep_later(ready: "Ready", then: Callable[[Exception | None], None]) -> None:
    """Keep it; `then` is called from another thread once it is committed, else with what went wrong.

    Only where `write_apart` was called.
    """
    _kept.later(ready.delivery, then)


def keep(ours: Account, facts: Sequence[Happened | ReceiptCame]) -> int:
    """Keep facts that were heard or listed rather than sent to us; those of lines that are not ours are passed over.

    Returns how many there were for our lines; they are committed when it returns. Raises the database's errors.
    """
    mine = [fact for fact in facts if isinstance(fact, ReceiptCame) or fact.line in ours.lines]
    if mine and ours.playbook is not None:
        with traces.step("heard", provider=ours.connection.provider, connection=ours.connection.id):
            _kept.do(_sort(ours, Heard(facts=tuple(mine)), clock.now()))
        return len(mine)
    return 0


def refuse(kind: str, connection: int | None, detail: str, address: str) -> None:
    """Write down that a request was turned away; at most so many a minute, so that a flood cannot fill the disk."""
    now = clock.now()
    if not _flood.allows(now):
        return
    log.warning("hook.%s connection=%s", kind, connection)
    try:
        transaction.run(
            lambda _: models.SecurityEvent.objects.create(
                at=now, kind=kind, connection=connection, detail=detail[:300], address=address[:64]
            )
        )
    except DatabaseProblem as problem:  # the request is turned away all the same
        log.warning("hook.refusal_not_kept problem=%s", type(problem).__name__)


def write_apart() -> None:
    """Let one thread of this process write for all its requests, as a server wants whose threads are many."""
    _kept.write_apart(transaction.plan_once)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One request's facts, ready to be written."""

    arrivals: tuple[Arrival, ...] = ()
    receipts: tuple[ReceiptRow, ...] = ()
    asides: tuple[Aside, ...] = ()
    staff: tuple[staff_texts.Came, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """What is to be committed of a request, and the answer it gets after that."""

    provider: str
    delivery: Delivery
    answer: Answer


def _sort(ours: Account, heard: Heard, now: datetime) -> Delivery:
    happened = [fact for fact in heard.facts if isinstance(fact, Happened)]
    return Delivery(
        arrivals=tuple(_arrival(ours, fact, now) for fact in happened if not _is_from_staff(ours, fact)),
        staff=tuple(_from_staff(ours, fact) for fact in happened if _is_from_staff(ours, fact)),
        receipts=tuple(_receipt(ours, fact) for fact in heard.facts if isinstance(fact, ReceiptCame)),
        asides=tuple(_aside(ours, fact, now) for fact in heard.facts if isinstance(fact, Ignored)),
    )


def _arrival(ours: Account, fact: Happened, now: datetime) -> Arrival:
    line = ours.lines.get(fact.line)
    if line is None:
        raise NotOurs(f"This connection has no line {fact.line}. Add the number under Settings, Lines.")
    if ours.playbook is None:
        raise NotOurs("This business has published no playbook yet. Publish one under Playbooks.")
    return Arrival(
        business=ours.business,
        connection=ours.connection.id,
        line=line.id,
        playbook=ours.playbook,
        key=fact.key,
        caller=fact.caller,
        kind=codec.event_kind(fact.event),
        at=fact.event.at,
        due_at=now + RINGING_LOOKED_AT_AFTER if isinstance(fact.event, CallRang) else now,
        body=raw(codec.encode_event(fact.event)),
        raw=raw(codec.encode(fact.raw)),
        bump=int(isinstance(fact.event, TextReceived | StaffTexted)),
        wrote=fact.event.text if isinstance(fact.event, StaffTexted) else None,
        brings=isinstance(fact.event, TextReceived | VoicemailLeft) and bool(fact.event.media),
        trace=traces.current(),
    )


def _is_from_staff(ours: Account, fact: Happened) -> bool:
    """Is it a text from the phone of somebody who works there? What they say to a business with no rules waits."""
    known = fact.caller in ours.staff and fact.line in ours.lines and ours.playbook is not None
    return known and isinstance(fact.event, TextReceived)


def _from_staff(ours: Account, fact: Happened) -> staff_texts.Came:
    assert isinstance(fact.event, TextReceived)
    return staff_texts.Came(
        business=ours.business,
        connection=ours.connection.id,
        line=ours.lines[fact.line].id,
        playbook=ours.playbook or 0,
        member=ours.staff[fact.caller],
        phone=fact.caller,
        key=fact.key,
        text=fact.event.text,
        media=fact.event.media,
        keyword=fact.event.keyword,
        at=fact.event.at,
        body=raw(codec.encode_event(fact.event)),
        raw=raw(codec.encode(fact.raw)),
    )


def _receipt(ours: Account, fact: ReceiptCame) -> ReceiptRow:
    return ReceiptRow(
        connection=ours.connection.id,
        key=fact.key,
        message=fact.message,
        status=fact.status,
        failure=fact.failure or "",
        detail=fact.detail[:300],
        at=fact.at,
        line_type=fact.line_type,
        raw=raw(codec.encode(fact.raw)),
    )


def _aside(ours: Account, fact: Ignored, now: datetime) -> Aside:
    return Aside(
        business=ours.business,
        connection=ours.connection.id,
        key=fact.key,
        at=now,
        body=codec.encode({"kind": fact.kind, "why": fact.why}),
        raw=codec.encode(fact.raw),
    )


def _write(deliveries: Sequence[Delivery]) -> None:
    now = clock.now()
    kept, longest = transaction.run(lambda cursor: _write_and_look(cursor, deliveries, now), again=(arrivals.Moved,))
    _crowd.waited = max(0.0, (now - longest).total_seconds()) if longest else 0.0
    if kept:
        log.debug("intake.kept events=%s", kept)


def _write_and_look(cursor: Cursor, deliveries: Sequence[Delivery], now: datetime) -> tuple[int, datetime | None]:
    """Write them; how many events were kept, and since when the conversation has waited that waits longest."""
    return _write_all(cursor, deliveries, now), turns.next_wake(cursor)


def _write_all(cursor: Cursor, deliveries: Sequence[Delivery], now: datetime) -> int:
    came = arrivals.without_our_own(cursor, [arrival for delivery in deliveries for arrival in delivery.arrivals], now)
    words = [receipt for delivery in deliveries for receipt in delivery.receipts]
    asides = [aside for delivery in deliveries for aside in delivery.asides]
    kept = arrivals.keep(cursor, came, now) if came else 0
    brought = [(arrival.connection, arrival.key) for arrival in came if arrival.brings]
    if brought and attachments.expect(cursor, brought, now):
        queue.defer_attachments()
    kept += staff_texts.take_in(cursor, [text for delivery in deliveries for text in delivery.staff], now)
    if words:
        receipts.keep(cursor, words)
        kept += fates.heard(cursor, [(word.connection, word.message) for word in words], now)
        kept += _tell_line_types(cursor, words, now)
    if asides:
        arrivals.set_aside(cursor, asides, now)
    if kept:
        bell.ring(cursor, bell.TURN)
    return kept


def _tell_line_types(cursor: Cursor, words: Sequence[ReceiptRow], now: datetime) -> int:
    """What receipts say about the numbers our texts went to, told to the conversations of those texts."""
    said = {(word.connection, word.message): word.line_type for word in words if word.line_type}
    learned = [
        ledger.Own(business=business, conversation=conversation, event=LineTypeLearned(at=now, line_type=line_type))
        for business, conversation, line_type in receipts.learn_line_types(cursor, said)
    ]
    ledger.record(cursor, learned, now)
    return len(learned)


class _Crowd:
    """What this process last saw of those who wait: seconds since the first of them was due."""

    waited = 0.0


_crowd = _Crowd()


def linger(last: int, waited: float) -> float:
    """Seconds a commit waits for others: `last` shared the one before, and somebody has waited so long for a turn."""
    behind = LINGER_BEHIND * max(0.0, waited - BEHIND)
    return min(LINGER_EACH * last, LONGEST_LINGER) + min(behind, LONGEST_LINGER_BEHIND)


class Flood:
    """Counts what is written down per minute."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._minute: datetime | None = None
        self._count = 0

    def allows(self, now: datetime) -> bool:
        """May one more be written down in this minute?"""
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute, self._count = minute, 0
        self._count += 1
        return self._count <= self._limit


_kept: Together[Delivery] = Together(
    _write, is_shared=transaction.is_passing, linger=lambda last: linger(last, _crowd.waited)
)
_flood = Flood(limit=60)

__all__ = ["Forged", "Malformed", "NotOurs", "accept", "keep", "keep_later", "ready", "refuse", "write_apart"]
