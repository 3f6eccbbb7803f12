"""What people do with reports: links to hand out, how owners hear about their week, what a text really meant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Id, Word
from answerback.api.operations import acts, hands_out, reads
from answerback.api.problems import NOT_FOUND
from answerback.store import codec
from answerback.store.queries.told.talk import MESSAGES, Message
from answerback.workflow import corrections, sharing, weekly

router = Router(tags=["Reports"])

Wish = Literal["both", "email", "text", "off"]


@dataclass(frozen=True, slots=True)
class ReportLink:
    """A link that shows a report to whoever has it, numbers only, until it expires."""

    id: int
    url: str
    days: int
    made_by: str
    expires_at: datetime
    opened: int


class ReportLinks(Asked):
    """The links that are good still, the newest first."""

    items: list[ReportLink]


class NewLink(Asked):
    """Over how many days the report goes, and for how many days the link is good."""

    days: Annotated[int, Field(ge=1, le=366)] = 28
    lives: Literal[7, 30, 90] = 30


class WeeklyLetter(Asked):
    """How owners hear about their week."""

    by: Wish


class Meant(Asked):
    """What a customer's text really meant: an intent, an urgency, or both."""

    intent: Word | None = None
    urgency: Word | None = None


@reads(router, "/report-links", "reports:read", ReportLinks)
def list_report_links(request: ApiRequest) -> dict[str, object]:
    """The links to reports that are good still."""
    return {"items": _links(request)}


@acts(router, "/report-links", "reports:write", ReportLink, status=201)
def share_report(request: ApiRequest, new: NewLink) -> ReportLink:
    """Make a link to the report. Whoever has it sees the numbers, and no names."""
    lives = sharing.LIVES[new.lives]
    made = sharing.share(request.auth.business, request.auth.actor, days=new.days, lives=lives)
    return next(each for each in _links(request) if each.id == made)


@acts(router, "/report-links/{int:id}", "reports:write", None, method="DELETE", status=204)
def end_report_link(request: ApiRequest, id: Id) -> None:
    """End a link: it opens nothing any more."""
    if id not in {each.id for each in _links(request)}:
        raise NOT_FOUND
    sharing.end(request.auth.business, id)


@reads(router, "/weekly-letter", "settings:read", WeeklyLetter)
def get_weekly_letter(request: ApiRequest) -> dict[str, str]:
    """How owners hear about their week."""
    return {"by": weekly.wish(request.auth.business)}


@acts(router, "/weekly-letter", "settings:write", WeeklyLetter, method="PUT")
def choose_weekly_letter(request: ApiRequest, letter: WeeklyLetter) -> dict[str, str]:
    """Say how owners hear about their week."""
    weekly.choose(request.auth.business, letter.by)
    return get_weekly_letter(request)


@hands_out(router, "/corrections", "export:read", "application/x-ndjson")
def export_corrections(request: ApiRequest) -> HttpResponse:
    """What people said texts really meant, as labelled data, one JSON object a line (docs/understanding.md)."""
    lines = [codec.encode(each) + "\n" for each in corrections.labelled(request.auth.business)]
    return HttpResponse("".join(lines), content_type="application/x-ndjson")


@acts(router, "/messages/{int:id}/meant", "conversations:write", Message)
def correct_reading(request: ApiRequest, id: Id, meant: Meant) -> Message:
    """Keep what a customer's text really meant. It teaches the reader and changes nothing else."""
    text = MESSAGES.one(request.auth.business, id)
    for about in corrections.ABOUT:
        if said := getattr(meant, about):
            corrections.correct(text.id, request.auth.business, request.auth.actor, about, said)
    return MESSAGES.one(request.auth.business, id)


def _links(request: ApiRequest) -> list[ReportLink]:
    return [
        ReportLink(each.id, each.address, each.days, each.by, each.expires_at, each.opened)
        for each in sharing.standing(request.auth.business)
    ]
