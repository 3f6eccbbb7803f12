"""What somebody knows better: what became of a call, and whose number it is. Says what was learned from it."""

from typing import Literal, cast, get_args

from django.db import connection as database
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerback.console import conversation as conversations
from answerback.console import said, taught
from answerback.console.guard import Visit, seated
from answerback.engine.events import NumberIs
from answerback.store.queries import access
from answerback.workflow import lessons, verdicts
from answerback.workflow.actors import NotAllowed

_CORRECTIONS: dict[str, tuple[Literal["served", "missed"], bool]] = {
    "served": ("served", False),
    "missed": ("missed", False),
    "voicemail": ("missed", True),
}


@require_POST
@seated
def correct(visit: Visit, id: int) -> HttpResponse:
    """Somebody knows better what became of a call."""
    conversation = access.conversation_for(visit.user, id)
    call, came_of_it = visit.request.POST.get("call", ""), visit.request.POST.get("came", "")
    actor = visit.at(conversation.business_id).actor
    try:
        if came_of_it not in _CORRECTIONS:
            raise NotAllowed(_("Say whether somebody took the call or nobody did. Nothing was changed."))
        came, by_voicemail = _CORRECTIONS[came_of_it]
        with database.cursor() as cursor:
            known = conversations.known_calls(cursor, conversation)
            if any(row.call == call and row.missed == (came == "missed") for row in known):
                raise NotAllowed(_("Somebody has corrected this meanwhile, so nothing was changed."))
        undo = verdicts.correct_call(conversation.id, actor, call, came, by_voicemail=by_voicemail)
        said.done(visit.request, taught.noted(came_of_it, lessons.taught(undo.fields)), undo)
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    return said.back(visit, said.talk(visit.request, id))


@require_POST
@seated
def whose(visit: Visit, id: int) -> HttpResponse:
    """Somebody says whose number this is."""
    conversation = access.conversation_for(visit.user, id)
    told = visit.request.POST.get("number_is", "")
    try:
        if told not in get_args(NumberIs):
            raise NotAllowed(_("Say whose number it is. Nothing was changed."))
        if told == conversations.number_is(conversation.business_id, conversation.contact.number):
            raise NotAllowed(_("Somebody has corrected this meanwhile, so nothing was changed."))
        undo = verdicts.mark_number(conversation.id, visit.at(conversation.business_id).actor, cast("NumberIs", told))
        said.done(visit.request, _("Remembered for every call to come."), undo)
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    return said.back(visit, said.talk(visit.request, id))
