"""Fetches a picture or a recording: with the account's credentials from its API, without them from where that leads.

Where a provider's files lie on hosts nobody can list, they are fetched without credentials and through the guard
(`adapters.guard`). Never here: credentials to a host that is not the provider's API, whatever a link says, a request
into a private network, more bytes than were asked for, or more time than `MOST_SECONDS`.
"""

from dataclasses import dataclass
from time import monotonic

import httpx

from answerback.adapters import guard
from answerback.ports.errors import Refused, Unavailable
from answerback.ports.phone import Media

MOST_HOPS = 3
CHUNK = 65536
MOST_SECONDS = 40.0
"""For one thing in all: who hands out a byte now and then holds nobody up."""

_TIMEOUT = {"connect": 5.0, "read": 15.0, "write": 5.0, "pool": 5.0}
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaHost:
    """Where one provider keeps pictures and recordings.

    `base` is its API, which `authorization` opens; `domains` are those its links may lead to over https.
    """

    title: str
    base: httpx.URL
    authorization: str
    domains: tuple[str, ...]


def fetch(host: MediaHost, link: str, most_bytes: int) -> Media:
    """What is behind this link; raises `Refused` for another's link, one too large or gone, else `Unavailable`."""
    url = _ours(host, link)
    for _ in range(MOST_HOPS):
        found = _ask(host, url, most_bytes)
        if isinstance(found, Media):
            return found
        url = _ours(host, found)
    raise Refused(f"The link leads from one place to the next at {host.title}.", failure="unknown")


def fetch_open(title: str, link: str, most_bytes: int) -> Media:
    """What is behind a link that a provider told us of and anybody may open; raises as `fetch` does."""
    try:
        url = httpx.URL(link)
    except httpx.InvalidURL as wrong:
        raise Refused("The link is no address.") from wrong
    with guard.client(timeout=_TIMEOUT["read"]) as client:
        for _ in range(MOST_HOPS):
            if url.scheme != "https" and not (url.scheme == "http" and guard.is_named(url.host)):
                raise Refused("The link does not begin with https://.")
            found = _open(client, title, url, most_bytes)
            if isinstance(found, Media):
                return found
            try:
                url = url.join(found)
            except httpx.InvalidURL as wrong:
                raise Refused("The link leads nowhere.") from wrong
    raise Refused(f"The link leads from one place to the next at {title}.", failure="unknown")


def _open(client: httpx.Client, title: str, url: httpx.URL, most_bytes: int) -> Media | str:
    headers = {"Accept": "*/*", "User-Agent": "answerback"}
    try:
        with client.stream("GET", url, headers=headers) as response:
            return _read(title, response, most_bytes)
    except guard.Blocked as blocked:
        raise Refused("The link leads into a private network.") from blocked
    except httpx.HTTPError as away:
        raise Unavailable(f"{title} could not be reached ({type(away).__name__}).") from away


def _ours(host: MediaHost, link: str) -> httpx.URL:
    """This link, if it lies with the provider: its API itself, or over https one of its domains."""
    try:
        url = host.base.join(link)
    except httpx.InvalidURL as wrong:
        raise Refused("The link is no address.") from wrong
    if _is_api(host, url):
        return url
    ours = any(url.host == domain or url.host.endswith(f".{domain}") for domain in host.domains)
    if url.scheme != "https" or url.port is not None or not ours:
        raise Refused(f"The link does not lead to {host.title}.")
    return url


def _is_api(host: MediaHost, url: httpx.URL) -> bool:
    return (url.scheme, url.host, url.port) == (host.base.scheme, host.base.host, host.base.port)


def _ask(host: MediaHost, url: httpx.URL, most_bytes: int) -> Media | str:
    """The thing itself, or the address it has moved to. Credentials go to the API itself and no further."""
    headers = {"Accept": "*/*", "User-Agent": "answerback"}
    if _is_api(host, url):
        headers["Authorization"] = host.authorization
    request = httpx.Request("GET", url, headers=headers, extensions={"timeout": _TIMEOUT})
    try:
        with httpx.HTTPTransport() as transport:
            response = transport.handle_request(request)
            try:
                return _read(host.title, response, most_bytes)
            finally:
                response.close()
    except httpx.HTTPError as away:
        raise Unavailable(f"{host.title} could not be reached ({type(away).__name__}).") from away


def _read(title: str, response: httpx.Response, most_bytes: int) -> Media | str:
    if response.status_code in _MOVED:
        return str(response.headers.get("location", ""))
    if response.status_code == 429 or response.status_code >= 500:
        raise Unavailable(f"{title} cannot hand it out now ({response.status_code}).")
    if response.status_code != 200:
        raise Refused(f"{title} does not hand it out ({response.status_code}).", code=str(response.status_code))
    content, until = bytearray(), monotonic() + MOST_SECONDS
    for chunk in response.iter_bytes(CHUNK):
        content += chunk
        if len(content) > most_bytes:
            raise Refused(f"It is larger than {most_bytes} bytes.", failure="media_refused")
        if monotonic() > until:
            raise Unavailable(f"{title} hands it out too slowly.")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Media(content_type=kind or "application/octet-stream", content=bytes(content))
