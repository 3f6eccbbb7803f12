"""What a program is told when something cannot be done: one shape for every failure (RFC 9457, problem+json)."""

import json
import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from answerback.store.queries.access import NotYours
from answerback.workflow import transaction
from answerback.workflow.actors import NotAllowed
from answerback.workflow.calendar_desk import NotPossible

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
    422: "Something in the request is wrong",
    429: "Too many requests",
    500: "Something went wrong on our side",
    503: "Not now",
}


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
    api.add_exception_handler(NotAllowed, lambda _, refused: Problem(409, "not_allowed", str(refused)).answer())
    api.add_exception_handler(NotPossible, lambda _, refused: Problem(409, "not_possible", str(refused)).answer())
    api.add_exception_handler(ValidationError, _wrong_fields)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(RequestDataTooBig, _too_large)
    api.add_exception_handler(Exception, _ours)


def _ready(_: HttpRequest, problem: Any) -> HttpResponse:
    answer: HttpResponse = problem.answer()
    return answer


def _wrong_fields(_: HttpRequest, wrong: Any) -> HttpResponse:
    fields = [
        {"field": ".".join(str(part) for part in each["loc"][1:]), "in": str(each["loc"][0]), "says": each["msg"]}
        for each in wrong.errors
    ]
    named = ", ".join(dict.fromkeys(each["field"] for each in fields if each["field"])) or "the body"
    return Problem(422, "wrong_fields", f"Look at {named}: see errors.").answer(errors=fields)


def _unreadable(_: HttpRequest, problem: Any) -> HttpResponse:
    status = problem.status_code if problem.status_code in TITLES else 400
    return Problem(status, "unreadable", str(problem)).answer()


def _too_large(*_: object) -> HttpResponse:
    return Problem(413, "too_large", "Send at most 1 MiB at a time.").answer()


def _ours(request: HttpRequest, problem: Any) -> HttpResponse:
    if isinstance(problem, DatabaseError | InterfaceError) and transaction.is_passing(problem):
        detail = "The database does not answer right now. Ask again in some seconds."
        return Problem(503, "unavailable", detail, {"Retry-After": "5"}).answer()
    log.error("api.fault path=%s problem=%s", request.path, type(problem).__name__, exc_info=problem)
    return Problem(500, "fault", "It was written down, and nothing you sent is to blame.").answer()
