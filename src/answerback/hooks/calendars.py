"""Calendars call us here when something changed in one. What they say is only a hint to read it; nothing is taken from
it.
"""

import logging

from django.db.utils import Error as DatabaseProblem
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from answerback.hooks.views import TurnedAway, as_request, reply, says
from answerback.ports.errors import Forged, Malformed
from answerback.ports.registry import NotInstalled
from answerback.store.secrets import WrongSecret
from answerback.workflow import calendars, intake
from answerback.workflow.calendars import NotThere
from answerback.workflow.where_from import place_of

log = logging.getLogger("answerback.hooks")


@csrf_exempt
def told(request: HttpRequest, calendar: int) -> HttpResponse:
    """A push: 2xx once the reading is asked for, 4xx when it is turned away."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    try:
        answer = calendars.told(calendar, as_request(request, str(calendar)))
    except TurnedAway as problem:
        intake.refuse(problem.kind, None, problem.detail, place_of(request))
        return says(problem.status, problem.detail)
    except Forged as problem:
        intake.refuse("forged", None, f"calendar {calendar}: {problem.detail}", place_of(request))
        return says(403, "This push does not carry this calendar's secret.")
    except Malformed as problem:
        intake.refuse("malformed", None, f"calendar {calendar}: {problem.detail}", place_of(request))
        return says(400, problem.detail)
    except NotThere as problem:
        # 410 for a calendar that was taken away: its provider may stop calling.
        return says(410, str(problem))
    except (DatabaseProblem, WrongSecret, NotInstalled) as problem:
        log.warning("hook.not_kept problem=%s", type(problem).__name__)
        return says(503, "Not stored. Please send it again.", retry_after="2")
    return reply(200 if answer else 202, answer, "text/plain; charset=utf-8")
