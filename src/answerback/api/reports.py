"""The owner's numbers, and the leads behind each of them."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Literal

from ninja import Query, Router, Schema

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Day
from answerback.api.operations import reads
from answerback.store import models
from answerback.store.queries import reports
from answerback.store.queries.reports import Span, Totals

router = Router(tags=["Reports"])

MOST_BEHIND = 500

# Named here and not taken from the reports: a new number of theirs is no change of the API.
By = Literal["day", "week", "month", "line", "location", "service", "reason", "language", "hour"]
Count = Literal[
    "leads", "called", "texted", "replied", "qualified", "booked", "stands", "attended", "callbacks", "kept", "sold",
    "responded", "unanswered", "recovered", "taken_back",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbers:
    """What leads add up to. Amounts in cents, times in seconds; docs/measures.md defines each."""

    leads: int
    called: int
    texted: int
    replied: int
    qualified: int
    qualified_by_label: int
    booked: int
    booked_by_label: int
    stands: int
    attended: int
    sold: int
    sold_by_label: int
    relabelled: int
    lost: int
    responded: int
    silent: int
    calls: int
    callbacks_owed: int
    callbacks_made: int
    recovered: int
    not_ours: int
    taken_back: int
    median_seconds: int | None
    p90_seconds: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a breakdown."""

    key: str
    name: str
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Behind:
    """One lead behind a number."""

    conversation_id: int
    name: str
    number: str
    began_at: datetime
    status: str
    service: str
    reason: str
    response_seconds: int | None
    recovered: int


class Report(Asked):
    """What the leads that began on these days add up to, and the same for each part. Amounts are
    in hundredths of `currency`. `up_to` is how fresh it is.
    """

    since: date
    until: date
    currency: str
    numbers: Numbers
    by: By | None
    parts: list[Part]
    up_to: datetime | None


class BehindList(Asked):
    """The leads behind a number, the newest first, at most 500."""

    items: list[Behind]


class Days(Schema):
    """Which days, on the business's own calendar; both count."""

    since: Day
    until: Day


class Wanted(Days):
    """Which days, broken down by what."""

    by: By | None = None


class WantedBehind(Days):
    """Which days, and which number."""

    count: Count


@reads(router, "/report", "reports:read", Report)
def get_report(request: ApiRequest, wanted: Query[Wanted]) -> dict[str, object]:
    """The numbers of the leads that began on these days."""
    span = _span(request, wanted)
    parts = reports.breakdown(span, wanted.by) if wanted.by else []
    return {
        "since": wanted.since,
        "until": wanted.until,
        "currency": models.Business.objects.values_list("currency", flat=True).get(id=request.auth.business),
        "numbers": _numbers(reports.totals(span)),
        "by": wanted.by,
        "parts": [Part(part.key, part.name, _numbers(part.totals)) for part in parts],
        "up_to": reports.up_to(span.businesses),
    }


@reads(router, "/report/leads", "reports:read", BehindList)
def list_report_leads(request: ApiRequest, wanted: Query[WantedBehind]) -> dict[str, object]:
    """The leads behind one number of a report."""
    rows = reports.behind(_span(request, wanted), wanted.count, limit=MOST_BEHIND)
    return {
        "items": [
            Behind(
                conversation_id=row.conversation,
                name=row.name,
                number=row.number,
                began_at=row.began_at,
                status=row.status,
                service=row.service,
                reason=row.reason,
                response_seconds=row.response_seconds,
                recovered=row.recovered,
            )
            for row in rows
        ]
    }


def _span(request: ApiRequest, days: Days) -> Span:
    return Span(businesses=(request.auth.business,), since=days.since, until=days.until)


def _numbers(totals: Totals) -> Numbers:
    return Numbers(**{each.name: getattr(totals, each.name) for each in fields(Numbers)})
