"""Takes due texts out of the outbox, hands them to their providers, and writes down what became of each.

Three steps, never mixed: claim (one transaction, every check made again), hand over (no transaction, many at a time),
write the outcomes (one transaction for many). A text whose hand-over was not written down stays `sending`;
`workflow.reconcile` asks the provider about it. It is never sent again blindly.
"""

import logging
import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, cast, get_args
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, DataError, IntegrityError

from answerback.engine.quiet import QuietClass, SendingHours, next_time
from answerback.ports.errors import PortError, Refused, Unavailable, Unclear
from answerback.ports.phone import OutgoingText
from answerback.ports.registry import phone
from answerback.store import codec
from answerback.store.queries import outbox, turns
from answerback.store.queries.outbox import Claimed, Handed, LineRow
from answerback.store.queries.receipts import Fate
from answerback.store.queries.rows import Cursor, raw
from answerback.store.queries.turns import ReasonRow
from answerback.store.secrets import WrongSecret
from answerback.workflow import bell, clock, directory, fates, meters, pacing, places, traces, transaction
from answerback.workflow.directory import account, remembered

log = logging.getLogger("answerback.delivery")

BATCH = 64
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=2)

LONGEST_IN_HAND = timedelta(seconds=8)
"""A text that waited longer for a free hand goes back to the queue: with the 20 s an adapter may take, its hand-over
would
reach past the lease after which `workflow.reconcile` believes nobody holds it."""


KEEPS_HOURS = frozenset(get_args(QuietClass))

STALE_UNCLAIMED = timedelta(seconds=2)
"""A text this long past its time is on a line that claims nothing; the claim itself takes back all others."""


def claim(limit: int = BATCH) -> list[Claimed]:
    """Take up to `limit` due texts into our hands; what may no longer be sent is taken back instead, with a reason."""
    claimed = transaction.run(lambda cursor: _claim(cursor, limit))
    with suppress(DatabaseError, WrongSecret):  # the hand-over meets it again, and knows what to do
        for connection in {text.connection for text in claimed}:
            account(connection)
    return claimed


def hand_over(text: Claimed) -> Handed:
    """Give one claimed text to its provider and say what became of it. Never raises."""
    with traces.step("hand over", "producer", text.trace, message=text.id, purpose=text.purpose) as span:
        handed = _hand_over(text)
        span.note(outcome=handed.status, failure=handed.failure, attempt=text.attempt)
    return handed


def _hand_over(text: Claimed) -> Handed:
    if clock.now() - text.claimed_at > LONGEST_IN_HAND:
        return outcome(text, "queued", due_at=clock.now())
    try:
        ours = remembered(text.connection)
    except (DatabaseError, WrongSecret) as problem:
        return _again(text, Unavailable(f"The line's connection cannot be read: {type(problem).__name__}."))
    if ours is None:
        return outcome(text, "refused", failure="unknown", detail="The line's connection is gone.")
    provider = ours.connection.provider
    try:
        with meters.SEND_SECONDS.labels(provider).time(), traces.step("send", "client", provider=provider):
            done = phone(provider).send(ours.connection, outgoing(text))
    except Refused as problem:
        meters.PROVIDER_ERRORS.labels(provider, "refused").inc()
        if problem.failure == "volume_cap":
            return _when_there_is_room(text, problem)
        return outcome(text, "refused", failure=problem.failure, detail=problem.detail)
    except Unavailable as problem:
        meters.PROVIDER_ERRORS.labels(provider, "unavailable").inc()
        return _again(text, problem)
    except (Unclear, Exception) as problem:  # noqa: BLE001  an adapter's own fault may have come after the hand-over
        meters.PROVIDER_ERRORS.labels(provider, "unclear").inc()
        log.warning("text.unclear message=%s problem=%s", text.id, type(problem).__name__)
        detail = problem.detail if isinstance(problem, PortError) else type(problem).__name__
        return outcome(text, "sending", detail=detail)
    meters.TEXT_WAIT.observe(max(0.0, (clock.now() - text.due_at).total_seconds()))
    return outcome(text, "sent", message=done.message)


def write(handed: Sequence[Handed]) -> None:
    """Write these outcomes down in one transaction. Raises the database's errors; writing again later is harmless."""
    known = [each for each in handed if each.status != "sending"]
    if not known:
        return
    try:
        transaction.run(lambda cursor: _write(cursor, known, clock.now()))
    except (DataError, IntegrityError):
        if len(known) == 1:  # it stays `sending`, and `workflow.reconcile` settles it
            log.exception("text.outcome_refused message=%s", known[0].id)
            return
        for each in known:
            write([each])


def take_back_stale() -> int:
    """Take back texts that nobody claimed in time, such as those of a line without allowance; returns how many."""
    return transaction.run(_take_back_stale)


def next_due() -> datetime | None:
    """When the next text may leave, None when none waits."""
    return transaction.run(lambda cursor: outbox.next_due(cursor, clock.now()))


def outgoing(text: Claimed) -> OutgoingText:
    """The text as its provider gets it."""
    receipts_url = ""
    if settings.PUBLIC_URL and (ours := remembered(text.connection)):
        receipts_url = urljoin(settings.PUBLIC_URL + "/", f"hooks/{ours.connection.provider}/{text.connection}/receipt")
    return OutgoingText(
        key=f"{text.id}",
        sender=text.sender,
        to=text.to,
        body=text.body,
        receipts_url=receipts_url,
        media=tuple(codec.plain(text.media)),
    )


def outcome(
    text: Claimed,
    status: str,
    *,
    message: str | None = None,
    failure: str = "",
    detail: str = "",
    due_at: datetime | None = None,
) -> Handed:
    """What became of the attempt this text is in, as it is written down."""
    return Handed(
        id=text.id,
        attempt=text.attempt,
        status=status,
        at=clock.now(),
        connection=text.connection,
        message=message,
        failure=failure,
        detail=detail[:300],
        due_at=due_at,
    )


def _claim(cursor: Cursor, limit: int) -> list[Claimed]:
    now = clock.now()
    allowances = {line.id: _allowance(line, now) for line in outbox.lines_due(cursor, now)}
    _settle_capped(cursor, allowances, now)
    allowed = _share(allowances, limit)
    if not allowed:
        return []
    claimed = outbox.claim(cursor, allowed, now)
    ready, early = _in_hours(cursor, [text for text in claimed if not text.taken_back], now)
    if early:
        outbox.put_back(cursor, early)
    _write_taken_back(cursor, [text for text in claimed if text.taken_back], now)
    _spend(cursor, allowances, ready)
    return ready


def _allowance(line: LineRow, now: datetime) -> tuple[LineRow, pacing.Allowance]:
    return line, pacing.allowance(
        per_second=line.per_second,
        per_day=line.per_day,
        free_at=line.free_at,
        day=line.day,
        sent_today=line.sent_today,
        now=now,
    )


def _settle_capped(cursor: Cursor, allowances: dict[int, tuple[LineRow, pacing.Allowance]], now: datetime) -> None:
    """What a line may not send any more today waits for tomorrow, or reaches a person now where that is too late."""
    capped = {id: pacing.opens(line.per_day, now) for id, (line, left) in allowances.items() if left.is_spent}
    if capped:
        _write_taken_back(cursor, outbox.settle_capped(cursor, capped, now), now)


def _free(line: LineRow, left: pacing.Allowance) -> int:
    """How many texts a line may hand over now; one whose day is spent still wakes people, which is all it has due."""
    return left.by_rate if left.is_spent and line.per_day > 0 else left.texts


def _share(allowances: dict[int, tuple[LineRow, pacing.Allowance]], limit: int) -> dict[int, int]:
    """Divide the hands we have among the lines evenly, none beyond its own limit."""
    free = {id: texts for id, (line, left) in allowances.items() if (texts := _free(line, left))}
    if len(free) > limit:  # by lot, so that no line is always the last
        free = {line: free[line] for line in random.sample(sorted(free), limit)}
    even = max(1, limit // len(free)) if free else 0
    return {line: min(texts, even) for line, texts in free.items()}


def _in_hours(cursor: Cursor, texts: Sequence[Claimed], now: datetime) -> tuple[list[Claimed], dict[int, datetime]]:
    """Texts that may leave at this hour, and for the others the moment from which they may.

    What nobody asked for keeps to the nudge hours of its conversation's playbook, an answer leaves at any hour.
    """
    keep = [text for text in texts if text.text_class in KEEPS_HOURS]
    playbooks = outbox.playbooks(cursor, {text.conversation for text in keep}) if keep else {}
    hours = {text.id: directory.sending_hours(playbooks[text.conversation]) for text in keep}
    early = {text.id: opens for text in keep if (opens := _opens(text, hours[text.id], now)) > now}
    return [text for text in texts if text.id not in early], early


def _opens(text: Claimed, hours: SendingHours, now: datetime) -> datetime:
    """From when this text may leave."""
    said: list[str] = codec.plain(text.place) if text.place else []
    where = places.whereabouts(text.to, ZoneInfo(text.zone), said)
    # Where no hour suits every place, the text waits until it is stale, and a person hears of it.
    opens = next_time(hours, where, now, cast("QuietClass", text.text_class))
    return opens if opens is not None else text.stale_at


def _spend(cursor: Cursor, allowances: dict[int, tuple[LineRow, pacing.Allowance]], ready: Sequence[Claimed]) -> None:
    used: dict[tuple[int, str], int] = {}
    for text in ready:
        used[text.connection, text.sender] = used.get((text.connection, text.sender), 0) + 1
    outbox.spend(
        cursor,
        [
            (line.id, *allowance.after(used[line.connection, line.number]))
            for line, allowance in allowances.values()
            if (line.connection, line.number) in used
        ],
    )


def _take_back_stale(cursor: Cursor) -> int:
    now = clock.now()
    stale = outbox.take_back_stale(cursor, now - STALE_UNCLAIMED)
    _write_taken_back(cursor, stale, now)
    return len(stale)


def _write_taken_back(cursor: Cursor, texts: Sequence[Claimed], now: datetime) -> None:
    """A reason for each text that was taken back; the engine, and pages, hear of those that reach nobody."""
    turns.write_reasons(cursor, [_reason(text, now) for text in texts])
    late = [text for text in texts if text.taken_back in {"too_late", "volume_cap", "unconfirmed"}]
    if fates.tell(cursor, [_fate(text, text.taken_back) for text in late], now):
        bell.ring(cursor, bell.TURN)


_WHY = {
    "too_late": ("It could not be sent in time, and late it would have been wrong.", "A faster line or provider."),
    "volume_cap": (
        "The line has sent what it may in a day, and once it may again this text would be too late.",
        "A higher limit of the line.",
    ),
    "waits": (
        "The line has sent what it may in a day; the text waits until it may again.",
        "A higher limit of the line.",
    ),
    "suppressed": ("This number said stop to the business.", "The customer texting START."),
    "unconfirmed": (
        "This phone of somebody who works here is not confirmed, or said STOP.",
        "Them answering the text with the code, or texting START.",
    ),
    "moved_on": ("Something happened in the conversation after it was written.", "Nothing having happened since."),
}


def _reason(text: Claimed, now: datetime) -> ReasonRow:
    why, would_change = _WHY[text.taken_back]
    waits = text.taken_back == "waits"
    return ReasonRow(
        business=text.business,
        conversation=text.conversation,
        at=now,
        rule=f"delivery.{'volume_cap' if waits else text.taken_back}",
        verdict="deferred" if waits else "withdrawn",
        why=why,
        guards=raw("[]"),
        would_change=would_change,
        text=text.key,
    )


def _fate(text: Claimed, failure: str) -> Fate:
    return Fate(
        message=text.id,
        business=text.business,
        conversation=text.conversation,
        key=text.key,
        purpose=text.purpose,
        author=text.author,
        failure=failure,
        detail="",
    )


def _again(text: Claimed, problem: Unavailable) -> Handed:
    """Try again after a wait that doubles, with some chance in it so that texts do not come back all at once."""
    wait = min(FIRST_WAIT * 2 ** min(text.attempt - 1, 10), LONGEST_WAIT) * random.uniform(0.75, 1.25)
    if problem.retry_after is not None:
        wait = max(wait, timedelta(seconds=problem.retry_after))
    due_at = clock.now() + wait
    if due_at >= text.stale_at:
        return outcome(text, "refused", failure="retries_spent", detail=problem.detail)
    return outcome(text, "queued", detail=problem.detail, due_at=due_at)


def _when_there_is_room(text: Claimed, problem: Refused) -> Handed:
    """The carriers' cap is reached: again after a while, as long as the text is right then."""
    due_at = clock.now() + pacing.after_cap(text.attempt)
    if due_at >= text.stale_at:
        return outcome(text, "refused", failure="volume_cap", detail=problem.detail)
    return outcome(text, "queued", failure="volume_cap", detail=problem.detail, due_at=due_at)


def _write(cursor: Cursor, handed: Sequence[Handed], now: datetime) -> None:
    written = outbox.write_handed(cursor, handed, now)
    by_id = {each.id: each for each in handed}
    fell = [_fallen(row, by_id[row[0]]) for row in written if row[6] != "sent"]
    waiting = [fate for fate in fell if fate.failure == "volume_cap" and by_id[fate.message].status == "queued"]
    fates.hold_back(cursor, [fate for fate in waiting if fate.attempt == 1], now)
    told = fates.tell(cursor, [fate for fate in fell if by_id[fate.message].status != "queued"], now)
    if early := [(each.connection, each.message) for each in handed if each.message]:
        told += fates.heard(cursor, early, now)
    if told:
        bell.ring(cursor, bell.TURN)


def _fallen(row: tuple[Any, ...], handed: Handed) -> Fate:
    """A text that did not leave; `row` is as `outbox.write_handed` returns it."""
    return Fate(
        message=row[0],
        business=row[1],
        conversation=row[2],
        key=row[3],
        purpose=row[4],
        author=row[5],
        failure="unclear" if row[6] == "unclear" else handed.failure,
        detail=handed.detail,
        attempt=handed.attempt,
    )
