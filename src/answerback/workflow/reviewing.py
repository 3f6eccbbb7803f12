"""Puts the weekly review together: drop-offs, quotes without names, what was not understood, one proposal.

Reads only. Never here: what is proposed (`engine.review`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from answerback.engine.playbook import Playbook
from answerback.engine.review import Group, Proposal, Stop, groups, place_of, proposal, stops
from answerback.store import models
from answerback.store.queries import reports, reviews
from answerback.store.queries.reports import Part, Span
from answerback.store.queries.reviews import Said
from answerback.understanding.masking import masked
from answerback.workflow import directory, experiments

EXAMPLES = 3

SOON = 8.0
"""Weeks within which a comparison that runs will be decided, so that nothing else is proposed meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One week: where people left with real examples, the hours that lost most, what was not understood, one change."""

    monday: date
    stops: tuple[tuple[Stop, tuple[tuple[int, str], ...]], ...]
    hours: tuple[Part, ...]
    groups: tuple[Group, ...]
    proposal: Proposal | None
    running: bool


def review(business: int, monday: date) -> Review:
    """The week from this Monday."""
    sunday = monday + timedelta(days=6)
    row = models.Business.objects.get(id=business)
    if row.playbook_id is None:
        return Review(monday=monday, stops=(), hours=(), groups=(), proposal=None, running=False)
    playbook = directory.known(business, row.revision, row.playbook_id).rules.playbook
    said = reviews.said(business, monday, sunday)
    found = _stops(playbook, said)
    doubted = [masked(each.text, (each.name, each.answered_name)) for each in reviews.doubted(business, monday, sunday)]
    alike = groups(doubted)
    span = Span(businesses=(business,), since=monday, until=sunday)
    hours = sorted(reports.breakdown(span, "hour", waits=False), key=lambda part: -part.totals.silent)
    running = any(
        variant.verdict is not None and variant.verdict.weeks is not None and variant.verdict.weeks <= SOON
        for comparison in experiments.comparisons(business)
        for variant in comparison.variants
    )
    return Review(
        monday=monday,
        stops=tuple((stop, _examples(playbook, stop, said)) for stop in found if stop.left)[:6],
        hours=tuple(part for part in hours if part.totals.silent)[:3],
        groups=alike[:6],
        proposal=proposal(found, alike, running=running),
        running=running,
    )


def stopped(business: int, monday: date, place: str) -> Stop:
    """Who came to this place of the playbook in the week from this Monday, and who of them never wrote again."""
    nobody = Stop(place=place, came=(), left=())
    row = models.Business.objects.get(id=business)
    if row.playbook_id is None:
        return nobody
    playbook = directory.known(business, row.revision, row.playbook_id).rules.playbook
    found = _stops(playbook, reviews.said(business, monday, monday + timedelta(days=6)))
    return next((stop for stop in found if stop.place == place), nobody)


def _stops(playbook: Playbook, said: Sequence[Said]) -> tuple[Stop, ...]:
    return stops(playbook, [(each.conversation, each.body, each.answered) for each in said])


def _examples(playbook: Playbook, stop: Stop, said: Sequence[Said]) -> tuple[tuple[int, str], ...]:
    """Our texts that some of them never answered, masked, with their conversations."""
    left = set(stop.left)
    unanswered = (
        (each.conversation, masked(each.body))
        for each in said
        if each.conversation in left and not each.answered and place_of(playbook, each.body) == stop.place
    )
    return tuple(islice(unanswered, EXAMPLES))
