"""The revenue ledger: each amount with the call, the text, the reply and the appointment that led to it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said, words, written
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.refused import Refused
from answerback.console.reports.asked import SPANS, asked
from answerback.console.words import Chip
from answerback.engine.currency import amount
from answerback.engine.history import History, is_ours, measured
from answerback.store import ids
from answerback.store.queries import access, money
from answerback.store.queries.money import Entry
from answerback.workflow import measuring, revenue
from answerback.workflow.actors import NotAllowed

PAGE = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step on the way to the money, and when; None where it never happened."""

    words: str
    icon: str
    at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One entry of the ledger as it is shown."""

    id: int
    conversation: int
    who: str
    amount: str
    at: Moment
    rests_on: str
    chip: Chip
    steps: tuple[Step, ...]
    may_change: bool


@require_safe
@seated_for("reports")
def show(visit: Visit) -> HttpResponse:
    """Every entry made in these days."""
    return _page(visit)


def _page(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    """The page; what was refused of an entry stays in its form, or is a toast where it is not shown."""
    report = asked(visit)
    start = datetime.combine(report.since, time(), visit.seat.zone)
    end = datetime.combine(report.until + timedelta(days=1), time(), visit.seat.zone)
    before = ids.read(visit.request.GET.get("before"))
    found = money.entries(report.business, start, end, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    histories = measuring.histories(sorted({entry.lead for entry in shown}))
    amounts = [_amount(entry, histories[entry.lead], visit) for entry in shown]
    context = {
        "report": report,
        "spans": SPANS,
        "query": report.query(),
        "amounts": amounts,
        "older": report.query(before=shown[-1].id) if len(found) > PAGE else "",
    }
    if refused and refused.id not in {each.id for each in amounts if each.may_change}:
        messages.error(visit.request, refused.problem)
    return visit.page("console/reports/money.html", context, refused=refused)


@require_POST
@seated_for("money")
def refund(visit: Visit, id: int) -> HttpResponse:
    """Give a part back, or the whole where no amount is written."""
    entry = access.revenue_for(visit.user, id)
    actor = visit.at(entry.business_id).actor
    why = visit.request.POST.get("why", "").strip()[:200]
    try:
        cents = written.cents(visit.request.POST.get("amount", ""), entry.currency)
        if cents is None:
            undo = revenue.take_back(entry.id, actor, why)
        else:
            undo = revenue.refund(entry.id, actor, cents, why)
        words = _("Written down. The first entry stays in the ledger and counts no more.")
        said.done(visit.request, words, undo)
    except (NotAllowed, written.Unreadable) as problem:
        return _page(visit.at(entry.business_id), Refused.of(problem, visit.request.POST, "refund", entry.id))
    return redirect("console:reports:money")


def _amount(entry: Entry, history: History, visit: Visit) -> Amount:
    return Amount(
        id=entry.id,
        conversation=entry.conversation,
        who=words.who(entry.name, entry.number),
        amount=amount(entry.cents, entry.currency),
        at=moment(entry.at, visit.now, visit.seat.zone),
        rests_on=entry.rests_on,
        chip=_class(entry, history),
        steps=_steps(history, visit),
        may_change=entry.of is None and not entry.taken_back,
    )


def _class(entry: Entry, history: History) -> Chip:
    if entry.of is not None:
        return Chip(words=_("Takes an entry back"), icon="undo-2")
    if entry.taken_back:
        return Chip(words=_("Taken back"), tone="warn", icon="undo-2")
    if is_ours(entry.at, measured(history).ours_from):
        return Chip(words=_("Recovered"), tone="good", icon="check")
    return Chip(words=_("Came without us"))


def _steps(history: History, visit: Visit) -> tuple[Step, ...]:
    found = measured(history)
    came = (
        (_("Called"), "phone-missed", history.calls[0] if history.calls else None),
        (_("Texted"), "message-square", found.texted_at),
        (_("Talked"), "phone", min((at for at in history.talks if at >= history.began_at), default=None)),
        (pgettext("of one lead", "Replied"), "reply", found.replied_at),
        (_("Booked"), "calendar-check", found.booked_at),
    )
    return tuple(
        Step(words=said, icon=icon, at=moment(at, visit.now, visit.seat.zone) if at else None)
        for said, icon, at in came
    )
