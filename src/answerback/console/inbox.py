"""The inbox: who needs somebody, what is mine, everybody, and what is done; and the conversations behind a number."""

from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from answerback.console import lists, numbers, paging, words
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, moment
from answerback.console.words import Chip
from answerback.store import ids
from answerback.store.queries import conversations, inbox, news, timeline_events
from answerback.store.queries.inbox import Listed, Tab

TABS: dict[Tab, Promise] = {
    "needs": _("Needs you"),
    "mine": _("Mine"),
    "all": _("All"),
    "done": pgettext_lazy("conversations", "Done"),
}

SOME = 20
"""Rows that come at a time where a list goes on as one scrolls."""

MOST_BELOW = 100
"""Rows up to which it does, as all of them are drawn anew with each news; the rest is the inbox's, a page at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One conversation as the inbox shows it; `by_itself` where the last words are the product's own. `draft` is what
    the reader typed there and has not sent.
    """

    id: int
    href: str
    who: str
    face: str
    words: str
    author: str
    ours: bool
    by_itself: bool
    at: Moment
    chips: tuple[Chip, ...]
    urgent: bool
    failed: bool
    done: bool
    draft: str = ""


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """The inbox; on a desk the conversation that is chosen stands beside it."""
    return visit.page("console/inbox.html", context(visit))


@require_safe
@seated
def live(visit: Visit) -> HttpResponse:
    """The list again; 204 while the version the page has (`v`) is still right."""
    return visit.news("console/inbox_lists.html", context)


@require_safe
@seated
def everybody(visit: Visit) -> HttpResponse:
    """The newest conversations, below what needs somebody on a phone: all of them (`tab=all`), else the others.

    As many (`rows`) as one has scrolled to, in one list: in parts, one that moved up stood in two of them.
    """
    return visit.news("console/everybody.html", _everybody)


def _everybody(visit: Visit) -> dict[str, Any]:
    asked = visit.request.GET
    version = news.version(visit.seat.business, visit.seat.member, visit.now)
    tab: Listed = "all" if asked.get("tab") == "all" else "others"
    count = ids.whole(asked.get("rows"), SOME, MOST_BELOW) or SOME
    rows = inbox.conversations(visit.seat.business, visit.seat.member, tab, visit.now, rows=count)
    shown = rows[:count]
    goes_on = len(rows) > count
    behind = {"tab": "all", **paging.behind(shown[-1].last_at, shown[-1].id)} if goes_on else {}
    return {
        "lines": lines(shown, visit, "all"),
        "tab": tab,
        "rows": count,
        "more": min(count + SOME, MOST_BELOW) if goes_on and count < MOST_BELOW else 0,
        "older": urlencode(behind),
        "version": version,
    }


def context(visit: Visit) -> dict[str, Any]:
    """What the list shows: the tab, or the number, that the address asks for."""
    asked = visit.request.GET
    # The version is read first: whatever changes while the rows are read makes the next poll fetch them again.
    version = news.version(visit.seat.business, visit.seat.member, visit.now)
    before = paging.asked(asked)
    number = asked.get("number", "") if asked.get("number", "") in numbers.LISTED else ""
    if number:
        span = numbers.span(asked.get("span", ""), visit)
        rows = inbox.behind(visit.seat.business, number, span.since, span.until, before=before)
        tab, place = "", {"number": number, "span": span.key}
        title = f"{numbers.LISTED[number]}, {span.name}"
    else:
        tab = asked.get("tab", "needs") if asked.get("tab", "needs") in TABS else "needs"
        rows = inbox.conversations(visit.seat.business, visit.seat.member, cast("Tab", tab), visit.now, before=before)
        place, title = {"tab": tab}, ""
    shown = rows[: inbox.ROWS]
    # Who is being woken for a case and has not answered: nothing that came later goes before them.
    first = sorted(shown, key=lambda row: not row.pages) if tab == "needs" and before is None else shown
    held = inbox.tabs(visit.seat.business, visit.seat.member, visit.now)
    return {
        "lines": lines(first, visit, tab),
        "tab": tab,
        "tabs": _tabs(held, tab),
        "counts": held.counts,
        "number_title": title,
        "query": urlencode(place),
        "older": urlencode(place | paging.behind(shown[-1].last_at, shown[-1].id)) if len(rows) > inbox.ROWS else "",
        "polls": before is None,
        "version": version,
        "open_id": asked.get("open", ""),
    }


def lines(rows: list[inbox.Conversation], visit: Visit, tab: str = "") -> list[Line]:
    """Conversations as lines of a list, of this tab if of any."""
    names = lists.every_service(visit)
    any_talk = reverse("console:conversation", args=[0]).removesuffix("0")  # asked once: it takes as long as a line
    beside = f"?tab={tab}" if tab not in {"", "needs"} else ""
    typed = conversations.unsent(visit.seat.member, [row.id for row in rows])
    shown = [line(row, names.get(row.service, words.tidy(row.service)), visit, any_talk, beside) for row in rows]
    return [replace(each, draft=typed[each.id]) if each.id in typed else each for each in shown]


def line(row: inbox.Conversation, service: str, visit: Visit, any_talk: str, beside: str = "") -> Line:
    """A conversation as a line of the inbox; its address is `any_talk` with its id, and `beside` which list."""
    who = words.who(row.name, row.number)
    is_urgent = row.urgent or row.pages > 0 or row.urgency == "emergency"
    return Line(
        id=row.id,
        href=f"{any_talk}{row.id}{beside}",
        who=who,
        face=words.initials(row.name),
        words=row.words or _without_words(row) or _of_call(row),
        author=_author(row, visit),
        ours=row.author in {"machine", "staff"} or (not row.words and row.call in {"answered", "noise"}),
        by_itself=row.author == "machine",
        at=moment(row.last_at, visit.now, visit.seat.zone),
        chips=(*_marks(row, visit, is_urgent=is_urgent), *_chips(row, service)),
        urgent=is_urgent,
        failed=row.word_status in {"undelivered", "refused", "unclear"},
        done=row.done,
    )


def _without_words(row: inbox.Conversation) -> str:
    """What the last text is that has no words; empty where it has some, or nobody has texted."""
    if row.brought == "picture":
        return gettext("A picture")
    if row.brought == "recording":
        return gettext("A recording")
    return gettext("A text without words") if row.brought else ""


def _of_call(row: inbox.Conversation) -> str:
    """What became of the call, where nobody has texted."""
    if row.call == "noise":
        return gettext("Hung up at once")
    if row.call == "missed":
        return gettext("Missed call")
    if row.call != "answered":
        return gettext("No texts yet")
    said = gettext("Answered by %(name)s") % {"name": row.answered_by} if row.answered_by else gettext("Answered")
    return f"{said}, {timeline_events.length(row.talked_seconds)}" if row.talked_seconds else said


def _author(row: inbox.Conversation, visit: Visit) -> str:
    """Whose the last words are; empty for the customer's, which need no name."""
    if row.author == "machine":
        return str(visit.brand)
    if row.author != "staff":
        return ""
    if row.member == visit.seat.member:
        return gettext("You")
    return row.said_by.partition(" ")[0] or visit.seat.business_name  # by the business's own program


def _tabs(held: inbox.Tabs, current: str) -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "name": name,
            "count": f"{inbox.MOST_COUNTED:,}+" if getattr(held, key) > inbox.MOST_COUNTED else getattr(held, key),
            "current": key == current,
        }
        for key, name in TABS.items()
    ]


def _marks(row: inbox.Conversation, visit: Visit, *, is_urgent: bool) -> list[Chip]:
    """What calls for somebody, before what the conversation is."""
    found = [Chip(words=gettext("Urgent"), tone="bad", icon="siren")] if is_urgent else []
    if todos := row.todos + row.pages:
        counted = ngettext("%(todos)s to do", "%(todos)s to do", todos) % {"todos": todos}
        found.append(Chip(words=counted, tone="warn", icon="list-todo"))
    if row.snoozed_until and row.snoozed_until > visit.now:
        found.append(Chip(words=moment(row.snoozed_until, visit.now, visit.seat.zone).words, icon="alarm-clock"))
    return found


def _chips(row: inbox.Conversation, service: str) -> tuple[Chip, ...]:
    """What matters most first: a narrow list cuts the last ones off."""
    found = [words.STATUSES.get(row.status)]
    if row.missed_reason:
        found.append(Chip(words=words.MISSED.get(row.missed_reason, row.missed_reason), icon="phone-missed"))
    if row.phase == "human" and row.held_by:
        found.append(Chip(words=gettext("With %(name)s") % {"name": row.held_by}, tone="warn"))
    if row.assigned_to and row.assigned_to != row.held_by:
        found.append(Chip(words=row.assigned_to, icon="user"))
    if row.service:
        found.append(Chip(words=service, icon="wrench"))
    is_quiet = row.phase == "quiet" and bool(row.call)  # nobody listens for anything after a call that was answered
    if row.phase != row.status and not is_quiet and not (row.phase == "human" and row.held_by):
        found.append(words.PHASES.get(row.phase))
    return tuple(chip for chip in found if chip is not None)
