"""Lets programs in: whose token it is, whether it may do this, and how often it may ask.

Counts are kept in PostgreSQL (`workflow.tries`), so that they hold over all web processes.
"""

from datetime import timedelta

from django.http import HttpRequest
from ninja.security import HttpBearer

from answerback.api.problems import Problem
from answerback.store.roles import ACTS, Act, may
from answerback.workflow import tokens, tries
from answerback.workflow.tokens import Caller

REQUESTS, WINDOW = 600, timedelta(minutes=1)
"""How often one token may ask within the window."""

SAYS_HOW = {"WWW-Authenticate": 'Bearer realm="answerback"'}


class ApiRequest(HttpRequest):
    """A request of a program that was let in."""

    auth: Caller


class Token(HttpBearer):
    """Asks for a token with this scope, and, where `act` is named, made by somebody whose role may do that."""

    def __init__(self, scope: str, act: Act | None = None) -> None:
        super().__init__()
        self.scope, self.act = scope, act

    def __call__(self, request: HttpRequest) -> Caller:
        """Who asks. Raises `Problem` where there is no token, too."""
        return self.authenticate(request, "")

    def authenticate(self, request: HttpRequest, token: str) -> Caller:  # noqa: ARG002  `let_in` reads it
        """Who asks; raises `Problem` where they may not."""
        caller = let_in(request)
        if not caller.may(self.scope):
            said = f"This needs the scope {self.scope}. The token has: {', '.join(sorted(caller.scopes))}."
            raise Problem(403, "scope", said)
        if self.act is not None and not may(caller.role, self.act):
            said = f"This needs a token made by an owner: it lets a program {ACTS[self.act]}."
            raise Problem(403, "role", said)
        return caller


def let_in(request: HttpRequest) -> Caller:
    """Who asks, counted once a request. Raises `Problem`."""
    known: Caller | None = getattr(request, "caller", None)
    if known is not None:
        return known
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise Problem(401, "no_token", "Send a token: Authorization: Bearer ab_...", SAYS_HOW)
    try:
        caller = tokens.known(secret.strip())
    except tokens.Unknown as problem:
        raise Problem(401, "bad_token", str(problem), SAYS_HOW) from problem
    if not tries.spend("api", str(caller.token), limit=REQUESTS, window=WINDOW):
        seconds = int(WINDOW.total_seconds())
        detail = f"At most {REQUESTS} requests in {seconds} seconds. Wait a little; for all rows use the exports."
        raise Problem(429, "too_many", detail, {"Retry-After": str(seconds)})
    setattr(request, "caller", caller)  # noqa: B010  Django's request declares no such attribute
    return caller
