"""Does a request with an idempotency key once: asked again, it gets the answer it got the first time.

Only what was done is remembered. A refusal changed nothing, so the key may be used again once the request is put
right; after a failure of ours nobody can say, so the key is worth nothing more.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from answerback.api.door import let_in
from answerback.api.problems import Problem
from answerback.workflow import idempotency
from answerback.workflow.idempotency import LONGEST_KEY, Taken

HEADER = "Idempotency-Key"

View = Callable[..., HttpResponse]


def once(run: View) -> View:
    """The same operation, done once for each key."""

    @wraps(run)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if HEADER not in request.headers:
            return run(request, *args, **kwargs)
        try:
            key, token = _key(request), let_in(request).token
            taken = idempotency.take(token, key, _whole(request))
            if taken.found != "new":
                return _known(taken, key)
        except Problem as problem:
            return problem.answer()
        answer = run(request, *args, **kwargs)
        if answer.status_code < 300:
            idempotency.keep(token, key, answer.status_code, answer.content.decode())
        elif answer.status_code < 500:
            idempotency.give_back(token, key)
        return answer

    return kept


def _key(request: HttpRequest) -> str:
    key = request.headers[HEADER]
    if not 1 <= len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise Problem(400, "bad_key", f"{HEADER} must be 1 to {LONGEST_KEY} printable ASCII characters.")
    return key


def _whole(request: HttpRequest) -> bytes:
    return f"{request.method} {request.get_full_path()}\n".encode() + request.body


def _known(taken: Taken, key: str) -> HttpResponse:
    match taken.found:
        case "again":
            answer = HttpResponse(taken.body, status=taken.status, content_type="application/json")
            answer.headers["Idempotency-Replayed"] = "true"
            return answer
        case "other":
            raise Problem(422, "key_reused", f"The key {key} was used for another request. Use a new one.")
        case "running":
            raise Problem(409, "key_running", "This very request is being done right now.", {"Retry-After": "1"})
        case _:
            detail = "This request was begun before and its answer was lost: it may have been done. Look first."
            raise Problem(409, "key_lost", detail)
