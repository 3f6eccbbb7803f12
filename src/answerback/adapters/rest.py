"""JSON over HTTPS for adapters that are in no hurry: one request, and its failure as one of the errors of the ports.

`Unavailable` says that it certainly did not happen, `Unclear` that it may have. Never here: retries, redirects, or a
log line with an address or a token in it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx

from answerback.adapters import waits
from answerback.adapters.lanes import lanes
from answerback.ports.errors import Refused, Unavailable, Unclear

_TIMEOUT = {"connect": 5.0, "read": 20.0, "write": 20.0, "pool": 5.0}
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back: `said` is the JSON object in it, empty where there is none."""

    status: int
    said: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait, where the provider names them."""
        return waits.retry_after(self.headers)


def ask(
    provider: str,
    method: str,
    url: str,
    *,
    body: Mapping[str, Any] | None = None,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """One request; raises `Unavailable` or `Unclear` where no answer came, and gives every answer back as it is."""
    kind = {"Accept": "application/json", "User-Agent": "answerback", **_kind(body, form), **(headers or {})}
    try:
        request = httpx.Request(method, url, content=_content(body, form), headers=kind)
        request.extensions = {"timeout": _TIMEOUT}
        answer = lanes(f"{request.url.scheme}://{request.url.netloc.decode()}").handle_request(request)
    except httpx.InvalidURL as wrong:
        raise Refused(f"The address set for {provider} is no web address.", code="address") from wrong
    except _NOT_SENT as failed:
        raise Unavailable(f"{provider} could not be reached ({type(failed).__name__}).") from failed
    except httpx.HTTPError as lost:
        raise Unclear(f"{provider} did not answer to the end ({type(lost).__name__}).") from lost
    return Reply(status=answer.status_code, said=_object(answer.content), headers=dict(answer.headers))


def address(base: str, path: str, query: Mapping[str, str] | None = None) -> str:
    """An address below a base."""
    return f"{base.rstrip('/')}{path}" + (f"?{urlencode(query)}" if query else "")


def trouble(provider: str, reply: Reply) -> Unavailable | None:
    """The error for an answer that says "not now": too many requests, or trouble of the provider's own."""
    if reply.status == 429:
        return Unavailable(f"{provider} asks for fewer requests (429).", retry_after=reply.retry_after)
    if reply.status >= 500:
        return Unavailable(f"{provider} has trouble of its own ({reply.status}).", retry_after=reply.retry_after)
    return None


def _content(body: Mapping[str, Any] | None, form: Mapping[str, str] | None) -> bytes | None:
    if form is not None:
        return urlencode(form).encode()
    return None if body is None else json.dumps(body).encode()


def _kind(body: Mapping[str, Any] | None, form: Mapping[str, str] | None) -> dict[str, str]:
    if form is not None:
        return {"Content-Type": "application/x-www-form-urlencoded"}
    return {} if body is None else {"Content-Type": "application/json"}


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(content) if content else {}
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
