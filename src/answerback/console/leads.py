"""Leads as a board and as a list: filters that are links, saved views, and moves by drag, key or menu, one or many."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from answerback.console import acts, lists, paging, planning, said, words
from answerback.console.guard import WAITED, Visit, seated
from answerback.console.moments import Moment, clock, due, moment
from answerback.console.words import Chip
from answerback.engine.currency import amount
from answerback.engine.effects import OVER, LeadStatus
from answerback.engine.measures import LOST_REASONS
from answerback.store import ids, models
from answerback.store.queries import access, leads, news
from answerback.store.queries.leads import Filter, LeadRow
from answerback.workflow import desk, giving, views
from answerback.workflow.actors import MarkedMeanwhile, NotAllowed
from answerback.workflow.giving import Given
from answerback.workflow.handling import Undo

MOST_AT_ONCE = 100
ALONE = "alone"
"""Of those past their next step the ones that are nobody's to-do: to-dos have their own place on Today."""
OF_A_LIST = "status"
"""The filter that the board has no use for, as its columns are the statuses."""
FILTERS = (OF_A_LIST, "service", "urgency", "reason", "line", "owner", "late")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One lead as it is shown."""

    conversation: int
    who: str
    tel: str
    face: str
    status: str
    chips: tuple[Chip, ...]
    service: str
    source: str
    owner: str
    owner_id: int
    """0 where it is nobody's."""
    step: str
    step_at: Moment
    late: bool
    money: str
    since: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One status of the board, and the keys and names of the `others`, where its cards may be moved to."""

    status: str
    name: str
    others: tuple[tuple[str, str], ...]
    count: str
    cards: tuple[Card, ...]
    all: str
    more: bool


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """The board, or the list (`as=list`)."""
    return visit.page("console/leads.html", _context(visit))


@require_safe
@seated
def live(visit: Visit) -> HttpResponse:
    """The leads again; 204 while the version the page has (`v`) is still right."""
    return visit.news("console/leads_shown.html", _context)


@require_POST
@seated
def move(visit: Visit) -> HttpResponse:
    """Move these leads to a status, or give them to somebody; all that were can be taken back at once.

    Who stands there already is left alone: marked once more, their timeline would tell of it.

    Each comes with the status that was seen (`id:seen`), in the list with the owner too (`id:seen:owner`); the menu of
    a card says where to in the same field, so that a board of seventy has one form. Who says that one is lost is asked
    why, as on its own page; what was done without a network cannot be asked any more.
    """
    asked = visit.request.POST
    card, *to = asked.get("to", "").rsplit(">", 1)
    status = to[0] if to else asked.get("status", "")
    picked = [card, *asked.getlist("lead")]
    named = [each for each in map(_chosen, picked) if each][:MOST_AT_ONCE]
    if "owner" in asked:
        return _give(visit, dict([each for each in map(_whose, picked) if each is not None][:MOST_AT_ONCE]))
    chosen = [each for each in named if each[1] != status]
    if status == "lost" and chosen and not asked.get("reason") and WAITED not in visit.request.headers:
        visit.trace.is_idle = True
        return _ask_why(visit, chosen)
    rows = access.conversations_for(visit.user, (id for id, _seen in chosen))
    undos: list[Undo] = []
    came_of = _changed(visit, rows, dict(chosen), status)
    for id, came in came_of.items():
        if isinstance(came, Undo):
            undos.append(came)
            visit.trace.changed.append(("conversation", id))
        elif isinstance(came, MarkedMeanwhile):
            who = words.who(rows[id].contact.name, rows[id].contact.number)
            messages.error(visit.request, f"{who}: {planning.meanwhile(came)}")
        else:
            said.refused(visit.request, came)
    if undos:
        last, others = undos[-1], tuple(undos[:-1])
        counted = _counted(len(undos)) if others else _("Moved.")
        said.done(visit.request, counted, replace(last, others=(*others, *last.others)))
    elif not came_of:
        there = _("They stand there already. Nothing was changed.")
        said.refused(visit.request, NotAllowed(there if named else _("Choose one lead or more first.")))
    return said.back(visit, reverse("console:leads"))


def _give(visit: Visit, chosen: Mapping[int, int | None]) -> HttpResponse:
    """Whose these leads are from now on, each with whose it was seen to be; those of two businesses each by itself."""
    rows = access.conversations_for(visit.user, chosen)
    owner = ids.read(visit.request.POST["owner"])
    done: list[Given] = []
    visit.trace.is_idle = True
    for business in dict.fromkeys(row.business_id for row in rows.values()):
        there = {id: chosen[id] for id, row in rows.items() if row.business_id == business}
        try:
            done.append(giving.give(there, visit.at(business).actor, business, owner))
        except NotAllowed as problem:
            said.refused(visit.request, problem)
    visit.trace.changed += [("conversation", id) for each in done for id in each.conversations]
    for id, name in [each for given in done for each in given.elsewhere.items()]:
        said.refused(visit.request, NotAllowed(_gone_elsewhere(rows[id], name)))
    _say_given(visit, chosen, done)
    return said.back(visit, reverse("console:leads"))


def _gone_elsewhere(row: models.Conversation, name: str) -> str:
    values = {"who": words.who(row.contact.name, row.contact.number), "name": name}
    if not name:
        return _("%(who)s: somebody has made it nobody's meanwhile. Nothing was changed: look at it again.") % values
    return _("%(who)s: it was given to %(name)s meanwhile. Nothing was changed: look at it again.") % values


def _say_given(visit: Visit, chosen: Collection[int], done: Sequence[Given]) -> None:
    undos = [undo for each in done for undo in each.undos]
    given = sum(len(each.conversations) for each in done)
    if any(each.without for each in done):
        said.refused(visit.request, NotAllowed(_("There is no lead in this conversation. A missed call makes one.")))
    if undos:
        first, *others = undos
        said.done(visit.request, _counted(given), replace(first, others=tuple(others)))
    elif not chosen:
        said.refused(visit.request, NotAllowed(_("Choose one lead or more first.")))
    elif done and not any(each.without or each.elsewhere for each in done):
        said.refused(visit.request, NotAllowed(_("It is so already. Nothing was changed.")))


def _counted(many: int) -> str:
    return ngettext("%(count)s lead changed.", "%(count)s leads changed.", many) % {"count": many}


def _chosen(written: str) -> tuple[int, str] | None:
    id, _colon, seen = written.partition(":")
    found = ids.read(id)
    return None if found is None else (found, seen.partition(":")[0])


def _whose(written: str) -> tuple[int, int | None] | None:
    """A lead, and the member whose it was seen to be: 0 for nobody, None where it does not say."""
    id, _colon, seen = written.partition(":")
    found, owner = ids.read(id), seen.partition(":")[2]
    return None if found is None else (found, 0 if owner == "0" else ids.read(owner))


def _ask_why(visit: Visit, chosen: list[tuple[int, str]]) -> HttpResponse:
    """Back where they were, with the question why."""
    answer = said.back(visit, reverse("console:leads"))
    address, _mark, query = answer["Location"].partition("?")
    query = urlencode([*parse_qsl(query), *(("lost", f"{id}:{seen}") for id, seen in chosen)])
    answer["Location"] = f"{address}?{query}"
    return answer


@require_POST
@seated
def save_view(visit: Visit) -> HttpResponse:
    """Keep the filters under a name."""
    asked = visit.request.POST
    try:
        undo = views.keep(visit.seat.business, visit.actor, asked.get("name", ""), asked.get("query", ""))
        if undo is not None:
            visit.trace.changed.append(("view", undo.id))
        said.done(visit.request, _("Saved. It stands above the leads now."), undo)
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    return said.back(visit, reverse("console:leads"))


@require_POST
@seated
def remove_view(visit: Visit, id: int) -> HttpResponse:
    """Take a saved view away."""
    row = access.saved_view_for(visit.user, id)
    said.done(visit.request, _("The view is gone. The leads are not."), views.remove(row))
    return said.back(visit, reverse("console:leads"))


def _changed(
    visit: Visit, rows: dict[int, models.Conversation], seen: dict[int, str], status: str
) -> dict[int, Undo | NotAllowed]:
    """What takes back the change of each lead, or why it was not made."""
    asked = visit.request.POST
    if status not in leads.STATUSES:
        return dict.fromkeys(seen, NotAllowed(_("Say where to. Nothing was changed.")))
    reason = asked.get("reason", "")[:300] if status == "lost" else ""
    found: dict[int, Undo | NotAllowed] = {}
    for business in {rows[id].business_id for id in seen}:
        there = {id: was for id, was in seen.items() if rows[id].business_id == business}
        done = desk.mark_outcomes(there, visit.at(business).actor, cast("LeadStatus", status), reason)
        found.update(done.undos)
        found.update(done.refused)
    return {id: found[id] for id in seen if id in found}


def _lost(visit: Visit) -> dict[str, Any]:
    """The leads that are to be marked lost, of which we are still to be told why."""
    asked = dict(each for each in map(_chosen, visit.request.GET.getlist("lost")[:MOST_AT_ONCE]) if each)
    rows = models.Conversation.objects.filter(business=visit.seat.business, id__in=asked).select_related("contact")
    names = [(row.id, words.who(row.contact.name, row.contact.number)) for row in rows.order_by("id")]
    if not names:
        return {}
    others = [(name, value) for name, value in parse_qsl(visit.request.GET.urlencode()) if name not in {"lost", "v"}]
    return {
        "lost": [(f"{id}:{asked[id]}", name) for id, name in names],
        "lost_back": f"{reverse('console:leads')}?{urlencode(others)}",
        "lost_reasons": LOST_REASONS,
    }


def _context(visit: Visit) -> dict[str, Any]:
    asked = visit.request.GET
    version = news.version(visit.seat.business, visit.seat.member, visit.now)
    wanted = _filter(visit.request)
    as_list = asked.get("as") == "list"
    query = {name: asked[name] for name in FILTERS if asked.get(name) and (as_list or name != OF_A_LIST)}
    kept = {"as": "list"} if as_list else {}
    names, people = lists.every_service(visit), acts.people(visit)
    kept_views = list(models.SavedView.objects.filter(business=visit.seat.business).order_by("name"))
    shared = {
        "as_list": as_list,
        "version": version,
        "query": urlencode(query | kept),
        "filters": urlencode(query),
        "of_the_board": urlencode({name: said for name, said in query.items() if name != OF_A_LIST}),
        "filtered": bool(query),
        "due_by": clock(visit.now, visit.seat.zone) if wanted.late else None,
        "alone": wanted.alone,
        "not_late": urlencode({name: said for name, said in query.items() if name != "late"} | kept),
        "choices": _choices(visit, query, names, people, as_list=as_list),
        "statuses": [(status, words.STATUSES[status].words) for status in leads.STATUSES],
        "views": kept_views,
        "this_view": next((view for view in kept_views if view.query == urlencode(query | kept)), None),
        "people": people,
        **_lost(visit),
    }
    if not as_list:
        columns = _columns(visit, wanted, query, names)
        return shared | {"columns": columns, "is_empty": not any(column.cards for column in columns)}
    before = paging.asked(asked)
    rows = leads.listed(visit.seat.business, wanted, visit.now, before=before)
    shown = rows[: leads.ROWS]
    last = shown[-1] if len(rows) > leads.ROWS else None
    older = {"as": "list"} | paging.behind(last.created_at, last.conversation) if last else {}
    return shared | {
        "cards": [_card(row, names, visit) for row in shown],
        "older": urlencode(query | older) if older else "",
        "polls": before is None,
    }


def _columns(visit: Visit, wanted: Filter, query: dict[str, str], names: dict[str, str]) -> list[Column]:
    found = leads.board(visit.seat.business, wanted, visit.now)
    held = leads.counts(visit.seat.business, wanted, visit.now)
    named = {status: str(words.STATUSES[status].words) for status in found}
    return [
        Column(
            status=status,
            name=named[status],
            others=tuple((other, name) for other, name in named.items() if other != status),
            count=f"{leads.MOST_COUNTED}+" if held[status] > leads.MOST_COUNTED else str(held[status]),
            cards=tuple(_card(row, names, visit) for row in rows[: leads.CARDS]),
            all=urlencode(query | {"as": "list", "status": status}),
            more=len(rows) > leads.CARDS,
        )
        for status, rows in found.items()
    ]


def _card(row: LeadRow, names: dict[str, str], visit: Visit) -> Card:
    chips = [words.URGENCIES.get(row.urgency)] if row.urgency != "can_wait" and row.status not in OVER else []
    if row.missed_reason:
        chips.append(Chip(words=words.MISSED.get(row.missed_reason, row.missed_reason), icon="phone-missed"))
    is_over = row.status in OVER
    money = row.sold_cents if row.status == "won" else row.sold_cents or row.value_cents  # won: no estimate any more
    return Card(
        conversation=row.conversation,
        who=words.who(row.name, row.number),
        tel=words.tel(row.number),
        face=words.initials(row.name),
        status=row.status,
        chips=tuple(chip for chip in chips if chip),
        service=names.get(row.service, words.tidy(row.service)) if row.service else "",
        source=row.source,
        owner=row.owner,
        owner_id=row.owner_id or 0,
        step="" if is_over else row.step,
        step_at=due(row.step_at, visit.now, visit.seat.zone),
        late=not is_over and row.step_at < visit.now,
        money=amount(money, visit.seat.currency) if money else "",
        since=moment(row.created_at, visit.now, visit.seat.zone),
    )


def _filter(request: HttpRequest) -> Filter:
    asked = request.GET
    return Filter(
        status=asked.get("status", "") if asked.get("status", "") in leads.STATUSES else "",
        service=asked.get("service", "")[:60],
        urgency=asked.get("urgency", "") if asked.get("urgency", "") in words.URGENCIES else "",
        reason=asked.get("reason", "") if asked.get("reason", "") in words.MISSED else "",
        line=ids.read(asked.get("line")) or 0,
        owner=asked.get("owner", "")[:18],
        late=asked.get("late") in {"1", ALONE},
        alone=asked.get("late") == ALONE,
    )


_NAMES = {
    "status": gettext_lazy("Status"),
    "service": gettext_lazy("Service"),
    "urgency": gettext_lazy("Urgency"),
    "reason": gettext_lazy("Missed because"),
    "line": gettext_lazy("Source"),
    "owner": gettext_lazy("Owner"),
}


def _choices(
    visit: Visit, query: dict[str, str], names: dict[str, str], people: Sequence[models.Member], *, as_list: bool
) -> list[dict[str, Any]]:
    """The filters as links: each choice is the address with that one thing changed."""
    lines = models.Line.objects.filter(business=visit.seat.business).order_by("source", "id")
    options: dict[str, list[tuple[str, str]]] = {
        **({OF_A_LIST: [(each, words.STATUSES[each].words) for each in leads.STATUSES]} if as_list else {}),
        "service": list(names.items()),
        "urgency": [(key, chip.words) for key, chip in words.URGENCIES.items()],
        "reason": list(words.MISSED.items()),
        "line": [(str(row.id), str(row)) for row in lines],
        "owner": [("nobody", _("Nobody")), *((str(each.id), each.name) for each in people)],
    }
    kept = {"as": "list"} if as_list else {}
    return [
        {
            "key": key,
            "name": _NAMES[key],
            "chosen": dict(found).get(query.get(key, ""), ""),
            "without": urlencode({name: value for name, value in query.items() if name != key} | kept),
            "options": [
                (name, urlencode(query | {key: value} | kept), query.get(key) == value) for value, name in found
            ],
        }
        for key, found in options.items()
    ]
