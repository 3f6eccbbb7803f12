"""Posts notices to addresses that people typed: through the guard, no redirects, fifteen seconds, a short look at the
answer.
"""

from time import monotonic
from urllib.parse import urlsplit

import httpx

from answerback.adapters import guard
from answerback.adapters.programs import signature
from answerback.ports.program import Answered, Post

TIMEOUT = 15.0
MOST_SAID = 300
LONGEST_WAIT = 24 * 3600.0


class StandardWebhooks:
    """Standard Webhooks over HTTPS."""

    def new_secret(self) -> str:
        """A secret to sign with."""
        return signature.new_secret()

    def problem(self, url: str) -> str:
        """Why this can be no address; whether its host may be reached is judged at every connection."""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            return "This is no web address. Write it like https://example.com/hook."
        if parts.scheme not in {"https", "http"} or not host or not url.isascii() or len(url) > 500:
            return "This is no web address. Write it like https://example.com/hook."
        if parts.username or parts.fragment:
            return "Leave the user name and what follows # out of the address: requests are signed instead."
        if parts.scheme == "http" and not guard.is_named(host):
            return "The address must begin with https://: what we tell holds customers' names and numbers."
        return ""

    def post(self, post: Post) -> Answered:
        """Hand it over once."""
        content, began = post.body.encode(), monotonic()
        signed = signature.signed_headers(post.key, content, post.at, post.secrets)
        headers = {"Content-Type": "application/json", "User-Agent": "answerback", **signed}
        try:
            with (
                guard.client(timeout=TIMEOUT, within=TIMEOUT) as client,
                client.stream("POST", post.url, headers=headers, content=content) as got,
            ):
                return Answered(
                    status=got.status_code,
                    says="" if got.is_success else _beginning(got),
                    retry_after=_wait(got),
                    seconds=monotonic() - began,
                )
        except guard.Blocked as blocked:
            return Answered(status=0, says=str(blocked)[:MOST_SAID], seconds=monotonic() - began)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as failed:
            return Answered(status=0, says=f"No answer: {type(failed).__name__}.", seconds=monotonic() - began)


def _beginning(got: httpx.Response) -> str:
    """The first words of an answer, for the person who looks why it failed; the rest is never read."""
    said = b""
    for piece in got.iter_raw(MOST_SAID):
        said += piece
        if len(said) >= MOST_SAID:
            break
    return said[:MOST_SAID].decode("utf-8", "replace").replace("\0", "")


def _wait(got: httpx.Response) -> float | None:
    try:
        return min(max(0.0, float(got.headers["retry-after"])), LONGEST_WAIT)
    except (KeyError, ValueError):
        return None
