"""Reads the beginning of a page that anybody may open, through the guard: of an address that somebody typed in."""

import httpx

from answerback.adapters import guard
from answerback.ports.errors import Refused, Unavailable

MOST_BYTES = 1000
WITHIN = 10.0
"""Seconds in all."""


def read(url: str) -> str:
    """The first thousand bytes there as text, of an answer that leads nowhere else.

    Raises `Refused` where the address lies in a private network, `Unavailable` for everything else.
    """
    try:
        with guard.client(timeout=WITHIN, within=WITHIN) as client, client.stream("GET", url) as answer:
            if answer.status_code != 200:
                raise Unavailable(f"It answered {answer.status_code}.")
            said = b""
            for part in answer.iter_bytes(MOST_BYTES):
                said += part
                if len(said) >= MOST_BYTES:
                    break
    except guard.Blocked as blocked:
        raise Refused(str(blocked)) from blocked
    except (httpx.HTTPError, httpx.InvalidURL) as away:
        raise Unavailable(str(away) or type(away).__name__) from away
    return said[:MOST_BYTES].decode("utf-8", "replace")
