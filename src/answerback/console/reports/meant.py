"""What customers' texts really meant, for people to say; and those corrections as labelled data."""

import json
from datetime import timedelta
from typing import get_args

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import words
from answerback.console.guard import Visit, seated_for
from answerback.engine.reading import Intent, Urgency
from answerback.store import models
from answerback.store.queries import readings
from answerback.workflow import corrections
from answerback.workflow.actors import NotAllowed

SHOWN = 40
LATELY = timedelta(days=28)

INTENTS = {each: words.tidy(each) for each in (*get_args(Intent), "spam")}
URGENCIES = {each: words.tidy(each) for each in get_args(Urgency)}


@require_safe
@seated_for("reports")
def show(visit: Visit) -> HttpResponse:
    """What customers wrote lately, the least sure readings first, for people to correct."""
    score = corrections.score(visit.seat.business)
    asked = visit.request.GET.get("only", "")
    only = {"corrected": score.texts, "right": score.right}.get(asked)
    context = {
        "texts": readings.read_texts(visit.seat.business, visit.now - LATELY, SHOWN)
        if only is None
        else readings.these_texts(visit.seat.business, only),
        "only": asked if only is not None else "",
        "score": score,
        "intents": INTENTS,
        "urgencies": URGENCIES,
        "may_export": visit.may("export"),
    }
    return visit.page("console/reports/texts.html", context)


@require_POST
@seated_for("work")
def correct(visit: Visit, id: int) -> HttpResponse:
    """Keep what a text really meant."""
    try:
        for about in corrections.ABOUT:
            if said := visit.request.POST.get(about, ""):
                corrections.correct(id, visit.seat.business, visit.actor, about, said)
        messages.success(visit.request, _("Thank you. It is kept, and counts when the reader is measured."))
    except NotAllowed as problem:
        if not models.Message.objects.filter(id=id, business_id=visit.seat.business).exists():
            return HttpResponse(status=404)
        messages.error(visit.request, str(problem))
    return redirect("console:reports:texts")


@require_safe
@seated_for("export")
def labelled(visit: Visit) -> HttpResponse:
    """Every correction as labelled data, one JSON object a line, as `make eval` and the scorer take it."""
    lines = [json.dumps(each, ensure_ascii=False) for each in corrections.labelled(visit.seat.business)]
    answer = HttpResponse("".join(f"{line}\n" for line in lines), content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="answerback-corrections.jsonl"'
    return answer
