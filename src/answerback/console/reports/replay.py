"""The replay of real conversations as a page: counts, and lead by lead both sides."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from answerback.console import words
from answerback.console.guard import Visit, seated_for
from answerback.console.playbooks.found import told
from answerback.console.reports.naming import Services, part_name, services
from answerback.console.words import Chip
from answerback.engine.replay import Ending
from answerback.store import models
from answerback.store.playbook_file import BadPlaybook, load
from answerback.workflow import replaying
from answerback.workflow.replaying import Pair, Replayed

DAYS = (7, 14, 28)
LONGEST_PLAYBOOK = 200_000

DIFFERS = {
    "texts": gettext_lazy("other texts"),
    "status": gettext_lazy("another outcome of the lead"),
    "phase": gettext_lazy("another next step"),
    "service": gettext_lazy("another service understood"),
    "urgency": gettext_lazy("another urgency understood"),
    "linked": gettext_lazy("a time offered, or none"),
    "pages": gettext_lazy("somebody woken, or nobody"),
    "todos": gettext_lazy("other to-dos"),
    "stopped": gettext_lazy("taken as stop, or not"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One replayed conversation, and whose it is."""

    conversation: int
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """How one conversation went, or would have gone, as it is shown."""

    name: str
    chips: tuple[Chip, ...]
    ending: Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Different:
    """One conversation that would have gone differently."""

    named: Named
    differs: tuple[str, ...]
    sides: tuple[Side, Side]


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("playbook")
def show(visit: Visit) -> HttpResponse:
    """The last days again, by an edited playbook or the reader as it is now. A POST because of its length: it changes
    nothing.
    """
    said = visit.request.POST
    days = int(said["days"]) if said.get("days", "") in {str(each) for each in DAYS} else DAYS[0]
    source = said.get("playbook", "")[:LONGEST_PLAYBOOK] or _source(visit)
    context: dict[str, object] = {"days": DAYS, "chosen": days, "source": source}
    if visit.request.method == "POST":
        try:
            context |= _shown(_run(visit, said.get("against", ""), source, days), services(visit.seat.business))
        except BadPlaybook as problem:
            context["problem"] = "\n".join(map(told, problem.faults))
    return visit.page("console/reports/replay.html", context)


def _run(visit: Visit, against: str, source: str, days: int) -> Replayed:
    if against == "reader":
        return replaying.against_reader(visit.seat.business, days)
    return replaying.against_playbook(visit.seat.business, load(source, "playbook.yaml"), days)


def _shown(found: Replayed, named: Services) -> dict[str, object]:
    return {
        "found": found,
        "everybody": [_named(pair) for pair in found.pairs],
        "faithful": [_named(pair) for pair in found.pairs if pair.faithful],
        "by_kind": [(DIFFERS[kind], [_named(pair) for pair in pairs]) for kind, pairs in found.by_kind],
        "different": [
            Different(
                named=_named(pair),
                differs=tuple(str(DIFFERS[kind]) for kind in pair.differs),
                sides=(_side(_("As it is"), pair.was, named), _side(_("As it would be"), pair.now, named)),
            )
            for pair in found.different
        ],
    }


def _side(name: str, ending: Ending, named: Services) -> Side:
    phase = words.PHASES.get(ending.phase) if ending.phase != ending.status else None
    chips = [words.STATUSES.get(ending.status), phase, words.URGENCIES.get(ending.urgency)]
    if ending.service:
        chips.append(Chip(words=part_name("service", ending.service, named), icon="wrench"))
    if ending.pages:
        chips.append(Chip(words=capfirst(_("somebody woken")), tone="warn"))
    if ending.stopped:
        chips.append(Chip(words=_("Said stop"), tone="bad"))
    return Side(name=name, chips=tuple(chip for chip in chips if chip is not None), ending=ending)


def _named(pair: Pair) -> Named:
    return Named(conversation=pair.conversation, who=pair.who or words.number(pair.number))


def _source(visit: Visit) -> str:
    row = models.PlaybookVersion.objects.filter(business_id=visit.seat.business).order_by("-number").first()
    return row.source if row else ""
