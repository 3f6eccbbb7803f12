"""Keeps what every lead adds to the measures up to date, and proves it against what happened.

Only what changed is measured again, after the fact and never in a turn; a recount of everything gives the same. Never
here: what a measure counts (`engine.measures`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from answerback.engine.history import History, Measured, measured
from answerback.engine.measures import VERSION
from answerback.engine.variants import chosen_in
from answerback.store.queries import experiments, measures, rollup
from answerback.store.queries.measures import MeasureRow, Told
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction

BATCH = 500

OVERLAP = timedelta(minutes=5)
"""A turn writes the moment it began, and commits a little later: what it wrote must not be missed."""

RECEIPTS_COME_WITHIN = timedelta(days=3)
"""How long a first text that is not delivered yet is looked at again; the nightly recount sees later receipts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How many leads were measured again, those for which something else was stored, and the days whose sums differ."""

    leads: int
    differing: tuple[int, ...]
    days: tuple[date, ...] = ()

    @property
    def holds(self) -> bool:
        """Is every number of every report what happened comes to?"""
        return not (self.differing or self.days)


def refresh(business: int) -> int:
    """Measure again what changed since the last time; returns how many leads. Cheap where nothing happened."""
    return transaction.run(lambda cursor: _refresh(cursor, business, clock.now()))


def recount(business: int) -> int:
    """Measure every lead of this business again."""
    return sum(
        transaction.run(partial(_measure_again, business=business, leads=leads)) for leads in _all_leads(business)
    )


def verify(business: int) -> Proof:
    """Count what is new, then measure every lead of this business again and compare with what is stored."""
    refresh(business)
    leads = 0
    differing: list[int] = []
    for batch in _all_leads(business):
        leads += len(batch)
        differing += transaction.run(partial(_differing, leads=batch))
    days = transaction.run(lambda cursor: rollup.differing(cursor, business))
    return Proof(leads=leads, differing=tuple(differing), days=tuple(days))


def histories(leads: Sequence[int]) -> dict[int, History]:
    """What happened to these leads."""
    told = transaction.run(lambda cursor: list(measures.told(cursor, leads)))
    return {each.place.lead: each.history for each in told}


def businesses() -> list[int]:
    """Every business that has a lead."""
    return transaction.run(measures.businesses)


def _refresh(cursor: Cursor, business: int, now: datetime) -> int:
    since = measures.lock(cursor, business)
    changed = measures.changed_since(cursor, business, since - OVERLAP if since else None, now - RECEIPTS_COME_WITHIN)
    for start in range(0, len(changed), BATCH):
        _measure(cursor, changed[start : start + BATCH])
    measures.move_on(cursor, business, now)
    return len(changed)


def _measure_again(cursor: Cursor, business: int, leads: Sequence[int]) -> int:
    measures.hold(cursor, business)
    return _measure(cursor, leads)


def _measure(cursor: Cursor, leads: Sequence[int]) -> int:
    """Measure these leads, and add up the days they were and are counted on."""
    left = rollup.days_of(cursor, leads)
    rows = list(_rows(measures.told(cursor, leads)))
    measures.write(cursor, rows)
    experiments.write(cursor, leads)
    rollup.make(cursor, left | {(row.business_id, row.day) for row in rows})
    return len(leads)


def _differing(cursor: Cursor, leads: Sequence[int]) -> list[int]:
    return measures.differing(cursor, list(_rows(measures.told(cursor, leads))))


def _all_leads(business: int) -> Iterator[list[int]]:
    last = 0
    while leads := transaction.run(partial(measures.leads_of, business=business, after=last, limit=BATCH)):
        yield leads
        last = leads[-1]


def _rows(told: Iterable[Told]) -> Iterator[MeasureRow]:
    for each in told:
        place, history = each.place, each.history
        found = measured(history)
        began = history.began_at.astimezone(ZoneInfo(place.zone))
        response = found.responded_at - history.began_at if found.responded_at and history.calls else None
        yield MeasureRow(
            lead_id=place.lead,
            business_id=place.business,
            version=VERSION,
            began_at=history.began_at,
            day=began.date(),
            hour=began.weekday() * 24 + began.hour,
            line_id=place.line,
            service=place.service,
            reason=place.reason,
            language=place.language,
            member_id=place.member,
            wording=chosen.digest if (chosen := chosen_in(place.wording)) else "",
            arm=place.arm,
            labelled_by_id=place.labelled_by if _is_labelled(found) else None,
            excluded=found.excluded or "",
            calls=found.calls,
            texted=found.texted_at is not None,
            response_seconds=None if response is None else max(0, round(response.total_seconds())),
            replied=found.replied_at is not None,
            qualified=found.qualified_at is not None,
            qualified_by_label=found.qualified_by_label,
            booked=found.booked_at is not None,
            booked_by_label=found.booked_by_label,
            stands=found.stands,
            attended=found.attended,
            callbacks_owed=found.callbacks_owed,
            callbacks_made=found.callbacks_made,
            sold=found.sold_at is not None,
            sold_by_label=found.sold_by_label,
            relabelled=found.relabelled,
            lost_reason=found.lost_reason,
            recovered=found.recovered,
            not_ours=found.not_ours,
            taken_back=found.taken_back,
        )


def _is_labelled(found: Measured) -> bool:
    return found.qualified_by_label or found.booked_by_label or found.sold_by_label
