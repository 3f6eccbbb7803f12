"""A fire drill: a page with a test code, to find out who answers how fast. No customer is told anything.

Each drill is one page in the conversation of the business with its own people, so that the ladder is the real one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.store import models
from answerback.store.queries import paging
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, pages, phones, transaction
from answerback.workflow.actors import NotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One person woken by a drill, how, and how long they took to answer; None where they did not."""

    name: str
    by: str
    at: datetime
    state: str
    took: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """One fire drill: its test code, who answered, and how fast."""

    code: int
    opened_at: datetime
    ended: str
    taken_by: str
    took: timedelta | None
    answers: tuple[Answer, ...]


def start(business: int) -> int:
    """Wake whoever is on call, as for a real case; returns the test code. Raises `NotAllowed` while one runs."""
    return transaction.run(lambda cursor: _start(cursor, business, clock.now()))


def stop(business: int) -> None:
    """End the drill that runs."""
    transaction.run(lambda cursor: _stop(cursor, business, clock.now()))


def report(business: int, limit: int = 5) -> tuple[Drill, ...]:
    """The last drills, the newest first."""
    rows = models.Page.objects.filter(business=business, drill=True).select_related("taken_by").order_by("-id")
    found = list(rows.prefetch_related("wakes__member")[:limit])
    return tuple(
        Drill(
            code=row.id,
            opened_at=row.opened_at,
            ended=row.ended,
            taken_by=row.taken_by.name if row.taken_by else "",
            took=row.taken_at - row.opened_at if row.taken_at and row.ended == "taken" else None,
            answers=tuple(_answer(wake) for wake in sorted(row.wakes.all(), key=lambda wake: wake.id)),
        )
        for row in found
    )


def _answer(wake: models.Wake) -> Answer:
    answered = wake.answered_at if wake.state in {"took", "passed"} else None
    return Answer(
        name=wake.member.name, by=wake.by, at=wake.at, state=wake.state, took=answered - wake.at if answered else None
    )


def _start(cursor: Cursor, business: int, now: datetime) -> int:
    found = phones.own_line(cursor, business, now)
    if found is None:
        raise NotAllowed("There is no line to text from yet. Add a line and publish a playbook first.")
    thread = found[1]
    opened = pages.open_again(
        cursor,
        business,
        thread.conversation,
        key=f"drill:{now:%Y%m%d%H%M%S}",
        summary="Please answer as for a real case",
        now=now,
        drill=True,
    )
    if opened is None:
        raise NotAllowed("A fire drill is running. Stop it first.")
    return opened


def _stop(cursor: Cursor, business: int, now: datetime) -> None:
    for page in models.Page.objects.filter(business=business, drill=True, taken_at=None):
        paging.end(cursor, page.id, None, "closed", now)
