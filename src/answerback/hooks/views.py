"""Turns HTTP into a request the adapters understand, and what intake says into an HTTP answer.

Never a stack trace, never a 2xx before the commit, never a byte stored of a request that was turned away.
"""

import logging
from functools import cache
from urllib.parse import parse_qsl

from django.conf import settings
from django.db.utils import DataError
from django.db.utils import Error as DatabaseProblem
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from answerback.ports.connection import Request
from answerback.ports.registry import phones
from answerback.store.queries.arrivals import Moved
from answerback.store.secrets import WrongSecret
from answerback.workflow import intake, meters, traces
from answerback.workflow.intake import Forged, Malformed, NotOurs
from answerback.workflow.together import NotWritten
from answerback.workflow.where_from import place_of

log = logging.getLogger("answerback.hooks")

FORM = "application/x-www-form-urlencoded"


@csrf_exempt
def receive(request: HttpRequest, provider: str, connection: int, what: str) -> HttpResponse:
    """What a provider reports: 2xx once it is kept, 4xx when it is refused, 503 when it must be sent again."""
    # Whatever is called is not counted by a name that anybody may make up.
    named = provider if provider in _installed() else "unknown"
    with traces.step("hook", "server", provider=named, connection=connection) as span:
        answer = _received(request, provider, connection, what)
        span.note(status=answer.status_code)
    meters.HOOKS.labels(named, answer.status_code).inc()
    return answer


@cache
def _installed() -> frozenset[str]:
    return frozenset(phones())


def _received(request: HttpRequest, provider: str, connection: int, what: str) -> HttpResponse:
    if request.method not in {"GET", "POST"}:
        return HttpResponse(status=405, headers={"Allow": "GET, POST"})
    try:
        answer = intake.accept(provider, connection, as_request(request, what))
    except TurnedAway as problem:
        intake.refuse(problem.kind, connection, problem.detail, place_of(request))
        return says(problem.status, problem.detail)
    except Forged as problem:
        intake.refuse("forged", connection, problem.detail, place_of(request))
        return says(403, "The signature is not right for this address.")
    except Malformed as problem:
        intake.refuse("malformed", connection, problem.detail, place_of(request))
        return says(400, problem.detail)
    except NotOurs as problem:
        intake.refuse("not_ours", None, str(problem), place_of(request))
        return says(404, str(problem))
    except DataError as problem:  # something in it that no column takes: it would fail each time it is sent again
        intake.refuse("malformed", connection, type(problem.__cause__).__name__, place_of(request))
        return says(400, "It holds a value that cannot be stored.")
    except (DatabaseProblem, WrongSecret, Moved, NotWritten) as problem:
        log.warning("hook.not_kept problem=%s", type(problem).__name__)
        return says(503, "Not stored. Please send it again.", retry_after="2")
    return reply(answer.status, answer.body, answer.content_type)


class TurnedAway(Exception):
    """The request is not even looked at: too large, or no form it says it is."""

    def __init__(self, status: int, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail = status, kind, detail


def as_request(request: HttpRequest, what: str) -> Request:
    """The request as adapters understand it. Raises `TurnedAway`."""
    body = _body(request)
    return Request(
        method=request.method or "POST",
        url=_public_url(request),
        what=what,
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
        query=tuple(parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)),
        form=form_of(request.headers.get("Content-Type", ""), body),
    )


def _body(request: HttpRequest) -> bytes:
    """The body, never more than the limit in memory, whatever the request says of its length."""
    limit = settings.HOOK_BODY_LIMIT
    length = request.META.get("CONTENT_LENGTH") or ""
    said = int(length) if length.isdecimal() and len(length) < 20 else 0
    # Django reads no further than the length that was said; a proxy that passes a body on in chunks says none.
    is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "")
    body = b""
    if said <= limit:
        body = (request.META["wsgi.input"] if is_chunked and not said else request).read(limit + 1)
    if max(said, len(body)) > limit:
        raise TurnedAway(413, "oversized", f"The body is over {limit // 1024} KiB.")
    return body


def form_of(content_type: str, body: bytes) -> tuple[tuple[str, str], ...]:
    """The pairs of a form, in their order; none where the body says it is something else. Raises `TurnedAway`."""
    if not content_type.startswith(FORM):
        return ()
    try:
        return tuple(parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=300))
    except ValueError as problem:  # not UTF-8, or hundreds of fields
        raise TurnedAway(400, "malformed", "The form is not valid UTF-8 or has too many fields.") from problem


def _public_url(request: HttpRequest) -> str:
    """The address the provider signed: from the configuration, so that no Host header can choose it."""
    root = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    return root + request.get_full_path()


def says(status: int, detail: str, *, retry_after: str = "") -> HttpResponse:
    """An answer in a sentence."""
    answer = reply(status, detail + "\n", "text/plain; charset=utf-8")
    if retry_after:
        answer.headers["Retry-After"] = retry_after
    return answer


def reply(status: int, body: str, content_type: str) -> HttpResponse:
    """An answer that says how long it is: hooks run without the middleware that would add it (`server.wsgi`)."""
    answer = HttpResponse(body, status=status, content_type=content_type)
    answer.headers["Content-Length"] = str(len(answer.content))
    return answer
