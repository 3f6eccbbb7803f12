"""What a timeline says of whom a page has woken: each text and call to somebody on call, and what came of it.

A night in which nobody answers goes round for hours: of its rounds the first and the last are told one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import F

from answerback.store import models

TOLD_ROUNDS = 3
"""So many rounds of a page are told one by one; of more, the first and the last."""

NOBODY_ANSWERED = "Nobody took the call."
"""Written by `workflow.ringing`."""

CAME = {
    "asked": "waiting for an answer",
    "over": "no answer",
    "failed": "no answer",
    "picked_up": "picked up the phone",
}


class Told(NamedTuple):
    """One line of a timeline; `status` is the receipt of a text."""

    id: str
    at: datetime
    title: str
    detail: str
    status: str


def of_pages(pages: Sequence[int]) -> list[Told]:
    """Whom these pages have woken, oldest first."""
    if not pages:
        return []
    wakes = models.Wake.objects.filter(page__in=pages).select_related("member").order_by("page", "round", "id")
    wakes = wakes.annotate(receipt=F("message__status")).only(*_READ)
    calls = {call.wake_id: call for call in models.OurCall.objects.filter(wake__page__in=pages).only(*_READ_OF_CALLS)}
    told: list[Told] = []
    for _, woken in groupby(wakes, key=lambda wake: wake.page_id):
        rounds = [list(each) for _, each in groupby(woken, key=lambda wake: wake.round)]
        told += _rounds(rounds, calls)
    return sorted(told, key=lambda each: each.at)


_READ = ("answered_at", "at", "by", "detail", "member__name", "page_id", "round", "state")
_READ_OF_CALLS = ("ended", "placed_at", "stage", "status", "wake_id")


def _rounds(rounds: Sequence[Sequence[models.Wake]], calls: dict[int | None, models.OurCall]) -> Iterator[Told]:
    few = len(rounds) <= TOLD_ROUNDS
    for wake in (wake for each in (rounds if few else (rounds[0], rounds[-1])) for wake in each):
        if (told := _woken(wake, calls)) is not None:
            yield told
    if not few and (between := [left for each in rounds[1:-1] if (left := _left(each, calls))]):
        yield _between(between)
    yield from _passed(wake for each in rounds for wake in each)


def _left(round_: Sequence[models.Wake], calls: dict[int | None, models.OurCall]) -> list[models.Wake]:
    """Who was woken in a round, without texts and calls that never left."""
    return [wake for wake in round_ if _woken(wake, calls) is not None]


def _woken(wake: models.Wake, calls: dict[int | None, models.OurCall]) -> Told | None:
    call = calls.get(wake.id)
    return _call(wake, call) if call else _text(wake)


def _between(rounds: Sequence[Sequence[models.Wake]]) -> Told:
    woken = [wake for each in rounds for wake in each]
    names = ", ".join(dict.fromkeys(wake.member.name for wake in woken))
    return Told(f"wake-{woken[0].id}", woken[0].at, "Woken again, round after round", names, "")


def _text(wake: models.Wake) -> Told | None:
    """None for a list that has not left, or never had to."""
    status = str(getattr(wake, "receipt", "") or "")
    if wake.by == "list":
        title = f"Texted {wake.member.name} a list of cases"
        return Told(f"wake-{wake.id}", wake.at, title, _came_of(wake), status) if status else None
    left = status not in {"", "queued", "withdrawn"}
    title = f"Texted {wake.member.name}" if left else f"A text to {wake.member.name}"
    return Told(f"wake-{wake.id}", wake.at, title, _came_of(wake) if left else "", status)


def _call(wake: models.Wake, call: models.OurCall) -> Told | None:
    """None for a call that was never placed, as somebody had the case by then."""
    if call.status == "queued" or call.ended == "stale":
        return None
    title = f"Called {wake.member.name}" if call.status == "over" else f"Calling {wake.member.name}"
    came = CAME["picked_up"] if call.stage != "page" else _came_of(wake) if call.status == "over" else ""
    return Told(f"wake-{wake.id}", call.placed_at or wake.at, title, came, "")


def _came_of(wake: models.Wake) -> str:
    return CAME.get(wake.state, "") if wake.detail in {"", NOBODY_ANSWERED} else wake.detail


def _passed(wakes: Iterable[models.Wake]) -> Iterator[Told]:
    """Who said that they cannot; one answer counts for the text and the call of a round."""
    seen = set[tuple[int, datetime]]()
    for wake in wakes:
        if wake.state == "passed" and wake.answered_at and (wake.member_id, wake.answered_at) not in seen:
            seen.add((wake.member_id, wake.answered_at))
            yield Told(f"passed-{wake.id}", wake.answered_at, f"{wake.member.name} passed it on", "", "")
