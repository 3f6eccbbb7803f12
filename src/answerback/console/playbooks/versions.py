"""The playbook at a glance: what is published, what the draft changes, the check, trying out."""

import difflib
from dataclasses import dataclass
from functools import lru_cache

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said as telling
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.playbooks.found import found, told
from answerback.console.playbooks.places import SECTIONS
from answerback.engine.problem import Problem
from answerback.engine.proof import problems
from answerback.store import models
from answerback.store.playbook_file import dump, load
from answerback.store.queries.access import NotYours
from answerback.workflow import directory, drafts, rehearsal
from answerback.workflow.drafts import Draft
from answerback.workflow.publishing import NotPublishable

MOST_TEXTS = 20
LONGEST_TEXT = 600
REMEMBERED = 32
"""Playbooks; reading, checking and writing one anew takes 20 to 30 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published version as the list shows it."""

    number: int
    at: Moment
    by: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of a comparison: `mark` is `+`, `-` or nothing."""

    mark: str
    text: str


@require_safe
@seated_for("playbook")
def show(visit: Visit) -> HttpResponse:
    """The page of the playbook."""
    return _page(visit)


@require_POST
@seated_for("playbook")
def try_out(visit: Visit) -> HttpResponse:
    """What the draft would say to a customer who writes this. Nothing is sent, nothing is kept."""
    given = visit.request.POST
    said = [text[:LONGEST_TEXT] for text in given.getlist("said")][: MOST_TEXTS - 1]
    if text := given.get("text", "").strip()[:LONGEST_TEXT]:
        said.append(text)
    return _page(visit, said=[] if "again" in given else said)


@require_POST
@seated_for("playbook")
def publish(visit: Visit) -> HttpResponse:
    """Publish the draft, unless the check refuses it."""
    try:
        published = drafts.publish(visit.seat.business, member=visit.seat.member)
    except NotPublishable:
        messages.error(visit.request, _("Not published: see what would go wrong below."))
        return redirect("console:playbooks")
    directory.forget()
    messages.success(visit.request, _("Version %(number)s is published.") % {"number": published.number})
    return redirect("console:playbooks")


@require_POST
@seated_for("playbook")
def discard(visit: Visit) -> HttpResponse:
    """Throw the draft away."""
    undo = drafts.discard(visit.seat.business)
    visit.trace.is_idle = undo is None
    telling.done(visit.request, _("The draft is gone; what is published stands."), undo)
    return redirect("console:playbooks")


@require_safe
@seated_for("playbook")
def compare(visit: Visit, number: int) -> HttpResponse:
    """What is different between an older version and what is published now."""
    old = models.PlaybookVersion.objects.filter(business=visit.seat.business, number=number).first()
    if old is None:
        raise NotYours
    now = models.Business.objects.select_related("playbook").get(id=visit.seat.business).playbook
    context = {
        "number": number,
        "changes": _changes(old.source, now.source) if now else [],
        "is_current": now is not None and now.id == old.id,
        "at": moment(old.published_at, visit.now, visit.seat.zone),
    }
    return visit.page("console/playbooks/compare.html", context)


@require_POST
@seated_for("playbook")
def roll_back(visit: Visit, number: int) -> HttpResponse:
    """Publish an older version again."""
    try:
        published = drafts.roll_back(visit.seat.business, number, member=visit.seat.member)
    except LookupError:
        raise NotYours from None
    except NotPublishable as problem:
        messages.error(
            visit.request,
            _("That version would be refused today: %(why)s") % {"why": " ".join(map(told, problem.problems))},
        )
        return redirect("console:playbooks")
    directory.forget()
    stands = {"old": number, "number": published.number}
    messages.success(visit.request, _("Version %(old)s stands again, as version %(number)s.") % stands)
    return redirect("console:playbooks")


def _page(visit: Visit, *, said: list[str] | None = None) -> HttpResponse:
    draft = drafts.of(visit.seat.business)
    all_found = [
        found(each.level, each, each.conversation) for each in _problems(draft.source, visit.seat.business_name)
    ]
    context = {
        "draft": draft,
        "parts": [(name, words, icon) for name, (words, icon) in SECTIONS.items()],
        "errors": [each for each in all_found if each.level == "error"],
        "warnings": [each for each in all_found if each.level == "warning"],
        "versions": _versions(visit),
        "changes": _draft_changes(visit, draft) if draft.is_changed else [],
        "said": said or [],
        "talk": rehearsal.rehearse(draft.playbook, visit.seat.business_name, said or []),
    }
    return visit.page("console/playbooks/playbook.html", context)


def _versions(visit: Visit) -> list[Published]:
    rows = models.PlaybookVersion.objects.filter(business=visit.seat.business).select_related("published_by")
    return [
        Published(
            number=row.number,
            at=moment(row.published_at, visit.now, visit.seat.zone),
            by=row.published_by.name if row.published_by else "",
            is_current=row.id == visit.seat.playbook,
        )
        for row in rows.order_by("-number")[:50]
    ]


def _draft_changes(visit: Visit, draft: Draft) -> list[Change]:
    now = models.Business.objects.select_related("playbook").get(id=visit.seat.business).playbook
    return _changes(now.source, draft.source) if now else []


def _changes(old: str, new: str) -> list[Change]:
    """The lines that differ, with two around them; both written in our own way first, so that only words count."""
    before, after = _in_our_way(old), _in_our_way(new)
    lines = list(difflib.unified_diff(before, after, lineterm="", n=2))[2:]
    return [Change(mark=line[:1].strip(), text="…" if line.startswith("@@") else line[1:]) for line in lines]


@lru_cache(REMEMBERED)
def _in_our_way(source: str) -> list[str]:
    """What is published is never edited, and written anew it is the same for whoever looks."""
    return dump(load(source, "playbook")).splitlines()


@lru_cache(REMEMBERED)
def _problems(source: str, business: str) -> tuple[Problem, ...]:
    """What would go wrong with this playbook; whoever writes on it looks at the same draft again and again."""
    return problems(load(source, "draft"), business)
