"""Booking pages elsewhere report here what customers booked, moved and gave up."""

import logging

from django.db.utils import DataError
from django.db.utils import Error as DatabaseProblem
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from answerback.hooks.views import TurnedAway, as_request, reply, says
from answerback.ports.errors import Forged, Malformed
from answerback.ports.registry import NotInstalled
from answerback.store.secrets import WrongSecret
from answerback.workflow import intake, outside_bookings
from answerback.workflow.outside_bookings import NoSuchPage
from answerback.workflow.where_from import place_of

log = logging.getLogger("answerback.hooks")


@csrf_exempt
def reported(request: HttpRequest, page: int) -> HttpResponse:
    """A report: 2xx once it is kept, 4xx when it is refused, 503 when it must be sent again."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    try:
        outside_bookings.accept(page, as_request(request, str(page)))
    except TurnedAway as problem:
        return _refused(request, page, problem.kind, problem.status, problem.detail)
    except Forged as problem:
        return _refused(request, page, "forged", 403, problem.detail)
    except Malformed as problem:
        return _refused(request, page, "malformed", 400, problem.detail)
    except DataError:
        return _refused(request, page, "malformed", 400, "It holds a value that cannot be stored.")
    except NoSuchPage as problem:
        # 404 and not 410, on which Calendly would delete the subscription for good.
        return says(404, str(problem))
    except (DatabaseProblem, WrongSecret, NotInstalled) as problem:
        log.warning("hook.not_kept problem=%s", type(problem).__name__)
        return says(503, "Not stored. Please send it again.", retry_after="2")
    return reply(200, "", "text/plain")


def _refused(request: HttpRequest, page: int, kind: str, status: int, detail: str) -> HttpResponse:
    intake.refuse(kind, None, f"booking page {page}: {detail}", place_of(request))
    return says(status, "The signature is not right." if kind == "forged" else detail)
