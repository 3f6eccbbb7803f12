"""What customers' texts really meant, for people to say; and those corrections as labelled data."""

import json
from datetime import timedelta

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.console.shown import Form, Outdated
from answerback.store import models
from answerback.store.queries import readings
from answerback.workflow import corrections, saved
from answerback.workflow.actors import NotAllowed

SHOWN = 40
LATELY = timedelta(days=28)

INTENTS: dict[str, Promise] = {
    "book": gettext_lazy("A time or a job"),
    "reschedule": gettext_lazy("Another time"),
    "cancel": gettext_lazy("To cancel"),
    "existing": gettext_lazy("Something about their job or appointment"),
    "question": gettext_lazy("To ask something"),
    "complaint": gettext_lazy("To complain"),
    "answer": gettext_lazy("To answer our question"),
    "callback": gettext_lazy("A call"),
    "decline": gettext_lazy("Nothing, thank you"),
    "ack": gettext_lazy("To say they got it"),
    "wrong_number": gettext_lazy("Somebody else: wrong number"),
    "vendor": gettext_lazy("To sell something"),
    "job_seeker": gettext_lazy("Work with you"),
    "help": gettext_lazy("To know who texts them"),
    "opt_out": gettext_lazy("No more texts"),
    "other": gettext_lazy("Something else"),
    "spam": gettext_lazy("Spam"),
}
"""What a text may want, in words that go on from "Wanted"."""

URGENCIES: dict[str, Promise] = {
    "emergency": gettext_lazy("Emergency"),
    "soon": gettext_lazy("Soon"),
    "can_wait": gettext_lazy("Can wait"),
    "unknown": gettext_lazy("They did not say"),
}


@require_safe
@seated_for("reports")
def show(visit: Visit) -> HttpResponse:
    """What customers wrote lately, the least sure readings first, for people to correct."""
    return _page(visit)


def _page(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    """The texts; what was said of one and refused stands first."""
    score = corrections.score(visit.seat.business)
    asked = visit.request.GET.get("only", "")
    only = {"corrected": score.texts, "right": score.right}.get(asked)
    found = (
        readings.read_texts(visit.seat.business, visit.now - LATELY, SHOWN)
        if only is None
        else readings.these_texts(visit.seat.business, only)
    )
    if refused:
        of_it = readings.these_texts(visit.seat.business, [refused.id])
        found = [*of_it, *(each for each in found if each.message != refused.id)]
    context = {
        "texts": [(each, INTENTS.get(each.intent, ""), URGENCIES.get(each.urgency, ""), _form(each)) for each in found],
        "only": asked if only is not None else "",
        "score": score,
        "intents": INTENTS,
        "urgencies": URGENCIES,
        "may_export": visit.may("export"),
    }
    return visit.page("console/reports/texts.html", context, refused=refused)


def _form(text: readings.ReadText) -> Form:
    values = {"intent": text.said_intent, "urgency": text.said_urgency}
    names = {"intent": _("Wanted"), "urgency": _("Urgent")}
    return Form(values, names, {"intent": INTENTS, "urgency": URGENCIES})


@require_POST
@seated_for("work")
def correct(visit: Visit, id: int) -> HttpResponse:
    """Keep what a text really meant."""
    given: QueryDict = visit.request.POST
    try:
        for text in readings.these_texts(visit.seat.business, [id]):
            given = _form(text).told(given)
        if not any(given.get(about) for about in corrections.ABOUT):
            raise NotAllowed(_("Say what the text meant. Nothing was kept."), "intent")
        meant = {about: says for about in corrections.ABOUT if (says := str(given.get(about, "")))}
        undo = saved.making(
            lambda _: [
                corrections.correct(id, visit.seat.business, visit.actor, about, says) for about, says in meant.items()
            ],
            "mine",
        )
        said.done(visit.request, _("Thank you. It is kept, and counts when the reader is measured."), undo)
    except (Outdated, NotAllowed) as problem:
        if not models.Message.objects.filter(id=id, business_id=visit.seat.business).exists():
            return HttpResponse(status=404)
        return _page(visit, Refused.of(problem, given, "meant", id))
    return redirect("console:reports:texts")


@require_safe
@seated_for("export")
def labelled(visit: Visit) -> HttpResponse:
    """Every correction as labelled data, one JSON object a line, as `make eval` and the scorer take it."""
    lines = [json.dumps(each, ensure_ascii=False) for each in corrections.labelled(visit.seat.business)]
    answer = HttpResponse("".join(f"{line}\n" for line in lines), content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="corrections.jsonl"'
    return answer
