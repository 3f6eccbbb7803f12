"""Carries the requests of the `caldav` library over our own client, so that each connection passes the guard.

Never here: a proxy of the environment, a `.netrc`, a password sent to another host than the one it was given for.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import httpx
from caldav.davclient import DAVClient
from caldav.lib import error

from answerback.adapters import guard
from answerback.adapters.guard import Blocked
from answerback.ports.errors import Refused, SignInNeeded, Unavailable, Unclear

NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Transport:
    """What `caldav` needs of an HTTP session, and nothing more."""

    def __init__(self, username: str, password: str) -> None:
        self._client = guard.client(follow_redirects=True)
        self._auths: list[httpx.Auth] = [httpx.BasicAuth(username, password), httpx.DigestAuth(username, password)]

    def request(
        self, method: str, url: str, *, data: bytes = b"", headers: Mapping[str, str] | None = None, **_: Any
    ) -> httpx.Response:
        """One request and its whole answer; a server that wants Digest in the place of Basic gets it from then on."""
        answer = self._client.request(method, url, content=data, headers=dict(headers or {}), auth=self._auths[0])
        wants = answer.headers.get("www-authenticate", "").lower()
        if answer.status_code == 401 and wants.startswith("digest") and len(self._auths) > 1:
            self._auths.pop(0)
            return self.request(method, url, data=data, headers=headers)
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __del__(self) -> None:
        self.close()


def open_client(url: str, username: str, password: str) -> DAVClient:
    """A CalDAV client on a guarded session; it looks nothing up in DNS or the environment by itself."""
    client = DAVClient(url=url, username=username, password=password, auth_type="basic", enable_rfc6764=False)
    client.session.close()
    client.session = cast("Any", Transport(username, password))
    return client


@contextmanager
def at_the_rim(server: str) -> Iterator[None]:
    """Whatever goes wrong inside comes out as an error of the ports, without an address of a customer in it."""
    try:
        yield
    except Blocked as problem:
        raise Refused(str(problem), code="private_address") from problem
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as problem:
        raise Refused(f"{server} is no web address. Write it with https://.", code="address") from problem
    except NOT_SENT as problem:
        raise Unavailable(f"{server} could not be reached ({type(problem).__name__}).") from problem
    except httpx.HTTPError as problem:
        raise Unclear(f"{server} did not answer to the end ({type(problem).__name__}).") from problem
    except error.RateLimitError as problem:
        raise Unavailable(f"{server} asks for fewer requests.", retry_after=problem.retry_after_seconds) from problem
    except error.AuthorizationError as problem:
        raise _barred(server, problem) from problem
    except error.NotFoundError as problem:
        raise Refused(f"{server} has no calendar at this address.", code="404") from problem
    except error.DAVError as problem:
        raise Unavailable(
            f"{server} has trouble, or does not speak CalDAV here ({type(problem).__name__})."
        ) from problem


def is_unknown_here(problem: Exception) -> bool:
    """Was it the user name and password that the server did not take?

    Read off the status, never off the words: those hold the address, and a port may be 40199.
    """
    return getattr(problem, "status", None) == 401 or "Unauthorized" in str(getattr(problem, "reason", ""))


def _barred(server: str, problem: Exception) -> Refused:
    if not is_unknown_here(problem):
        return Refused(f"{server} does not allow this account to change this calendar.", code="403")
    return SignInNeeded(f"{server} does not accept this user name and password. Enter them again.", code="401")
