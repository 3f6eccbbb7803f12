"""What a program is told when something cannot be done: one shape for every failure (RFC 9457, problem+json)."""

import json
import logging
from functools import partial
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from answerback.ports.errors import PortError
from answerback.store.playbook_file import BadPlaybook
from answerback.store.queries.access import NotYours
from answerback.store.secrets import WrongSecret
from answerback.store.storyboard_file import BadStoryboard
from answerback.workflow import (
    bookable,
    calendar_desk,
    calendars,
    crms,
    erasure,
    library,
    own_entries,
    people,
    preferences,
    setup,
    transaction,
)
from answerback.workflow.actors import NotAllowed
from answerback.workflow.csv_cells import Unreadable
from answerback.workflow.drafts import Outdated
from answerback.workflow.publishing import NotPublishable

log = logging.getLogger("answerback.api")

CONTENT_TYPE = "application/problem+json"

TITLES = {
    400: "The request cannot be read",
    401: "No valid token",
    403: "The token may not do this",
    404: "There is no such thing",
    405: "This address does not do that",
    409: "This cannot be done as things stand",
    413: "The request is too large",
    415: "The body is no JSON",
    422: "Something in the request is wrong",
    429: "Too many requests",
    500: "Something went wrong on our side",
    503: "Not now",
}


REFUSALS: dict[type[Exception], str] = {
    NotAllowed: "not_allowed",
    calendar_desk.NotPossible: "not_possible",
    library.NotPossible: "not_possible",
    bookable.NotPossible: "not_possible",
    people.NotPossible: "not_possible",
    own_entries.NotPossible: "not_possible",
    own_entries.Outdated: "outdated",
    Unreadable: "unreadable_file",
    BadStoryboard: "bad_storyboard",
    BadPlaybook: "bad_playbook",
    NotPublishable: "not_publishable",
    Outdated: "outdated",
    PortError: "elsewhere",
    WrongSecret: "wrong_secret",
}
"""What is refused by the one layer below, and under which `code` a program is told of it; the words are theirs."""


class Problem(Exception):
    """A failure as a program is told it: a status, one sentence for a person, a word for a program."""

    def __init__(self, status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.headers = status, code, detail, headers or {}

    def answer(self, **more: Any) -> HttpResponse:
        """The answer that says so."""
        said = {
            "type": f"/api/docs#{self.code}",
            "title": TITLES[self.status],
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            **more,
        }
        return HttpResponse(json.dumps(said), status=self.status, content_type=CONTENT_TYPE, headers=self.headers)


NOT_FOUND = Problem(404, "not_found", "There is nothing here that this token may see.")


def answer_with_problems(api: NinjaAPI) -> None:
    """Let this API answer every failure in our one shape."""
    api.add_exception_handler(Problem, _ready)
    api.add_exception_handler(NotYours, lambda *_: NOT_FOUND.answer())
    api.add_exception_handler(Http404, lambda *_: NOT_FOUND.answer())
    for kind, code in REFUSALS.items():
        api.add_exception_handler(kind, partial(_refused, code))
    for kind in (setup.WrongSettings, preferences.WrongValue):
        api.add_exception_handler(kind, _wrong_values)
    for kind in (crms.NotThere, calendars.NotThere, erasure.Unknown):
        api.add_exception_handler(kind, lambda *_: NOT_FOUND.answer())
    api.add_exception_handler(ValidationError, _wrong_fields)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(RequestDataTooBig, _too_large)
    api.add_exception_handler(Exception, _ours)


def _ready(_: HttpRequest, problem: Any) -> HttpResponse:
    answer: HttpResponse = problem.answer()
    return answer


def _refused(code: str, _: HttpRequest, refused: Any) -> HttpResponse:
    return Problem(409, code, refused.detail if isinstance(refused, PortError) else str(refused)).answer()


def _wrong_values(_: HttpRequest, wrong: Any) -> HttpResponse:
    fields = [{"field": name, "in": "body", "says": says} for name, says in wrong.wrong.items()]
    return Problem(409, "wrong_values", "Nothing was changed: see errors.").answer(errors=fields)


def _wrong_fields(_: HttpRequest, wrong: Any) -> HttpResponse:
    fields = [
        {"field": ".".join(str(part) for part in each["loc"][1:]), "in": str(each["loc"][0]), "says": each["msg"]}
        for each in wrong.errors
    ]
    named = ", ".join(dict.fromkeys(each["field"] for each in fields if each["field"])) or "the body"
    return Problem(422, "wrong_fields", f"Look at {named}: see errors.").answer(errors=fields)


def _unreadable(request: HttpRequest, problem: Any) -> HttpResponse:
    if isinstance(problem.__cause__, ValidationError):  # of `parsing`, which ninja takes for a body it cannot parse
        return _wrong_fields(request, problem.__cause__)
    if problem.status_code == 400 and not (request.content_type or "json").endswith("json"):
        detail = f"A body of {request.content_type} is not understood. Send JSON with Content-Type: application/json."
        return Problem(415, "not_json", detail).answer()
    status = problem.status_code if problem.status_code in TITLES else 400
    return Problem(status, "unreadable", str(problem)).answer()


def _too_large(*_: object) -> HttpResponse:
    return Problem(413, "too_large", "Send at most 1 MiB at a time.").answer()


def _ours(request: HttpRequest, problem: Any) -> HttpResponse:
    if isinstance(problem, DatabaseError | InterfaceError) and transaction.is_passing(problem):
        detail = transaction.advice(problem)
        return Problem(503, "unavailable", detail, {"Retry-After": "5"}).answer()
    log.error("api.fault path=%s problem=%s", request.path, type(problem).__name__, exc_info=problem)
    return Problem(500, "fault", "It was written down, and nothing you sent is to blame.").answer()
