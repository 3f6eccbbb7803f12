"""Talks to Microsoft Graph (v1.0) and knows which of its answers mean "later", "never" and "sign in again".

Times are asked for in UTC (Graph would say "Central Standard Time"), ids as immutable ones: the usual ids change when
an event moves to another folder. A link to a next page is followed only back to Graph: our token goes nowhere else.
"""

from collections.abc import Mapping
from typing import Any

from answerback.adapters import rest
from answerback.adapters.rest import Reply
from answerback.adapters.sign_in import Door, bearer
from answerback.ports.connection import Connection
from answerback.ports.errors import PortError, Refused, SignInNeeded, Unavailable

MICROSOFT = "Microsoft"
GRAPH = "https://graph.microsoft.com/v1.0"
LOGIN = "https://login.microsoftonline.com"
PREFER = 'outlook.timezone="UTC", IdType="ImmutableId"'


def door(connection: Connection) -> Door:
    """Where Microsoft signs people in: any organisation or private account, or the one tenant that is set."""
    tenant = connection.settings.get("tenant") or "common"
    at = f"{connection.settings.get('api_base') or LOGIN}/{tenant}/oauth2/v2.0"
    return Door(
        provider=MICROSOFT,
        authorise=f"{at}/authorize",
        token=f"{at}/token",
        scopes=("offline_access", "Calendars.ReadWrite"),
        needed=(),  # Microsoft grants all or nothing, and names scopes in more than one spelling.
        more={"response_mode": "query", "prompt": "select_account"},
    )


def ask(
    connection: Connection,
    method: str,
    path: str,
    *,
    query: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    version: str = "",
    prefer: str = "",
    expected: frozenset[int] = frozenset(),
) -> Reply:
    """One request; `path` may be a whole link that Graph gave. Answers from 300 on raise, but for those `expected`."""
    base = _graph(connection)
    url = path if path.startswith("http") else rest.address(base, path, query)
    if not url.startswith(f"{base}/"):
        raise Unavailable("Microsoft gave a link that does not lead back to Microsoft Graph.")
    headers = bearer(connection) | {"Prefer": ", ".join(filter(None, (PREFER, prefer)))}
    reply = rest.ask(MICROSOFT, method, url, body=body, headers=headers | ({"If-Match": version} if version else {}))
    if reply.status >= 300 and reply.status not in expected:
        raise _error(reply)
    return reply


def code(reply: Reply) -> str:
    """Graph's own word for what went wrong."""
    problem = reply.said.get("error")
    return str(problem.get("code", "")) if isinstance(problem, dict) else ""


def _graph(connection: Connection) -> str:
    base = connection.settings.get("api_base")
    return f"{base}/v1.0" if base else GRAPH


def _error(reply: Reply) -> PortError:
    if later := rest.trouble(MICROSOFT, reply):
        return later
    if reply.status == 401:
        return SignInNeeded("Microsoft no longer accepts our sign-in. Sign in again.", code=code(reply))
    if reply.status == 404:
        return Refused("Microsoft knows no such calendar. Look at the settings.", code=code(reply) or "404")
    if reply.status == 403:
        return Refused(
            f"Microsoft does not allow it ({code(reply)}). Does the account have a mailbox?", code=code(reply)
        )
    return Refused(f"Microsoft refuses the request ({code(reply) or reply.status}).", code=code(reply))
