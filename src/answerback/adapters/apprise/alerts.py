"""The services of the apprise library that an address may name, each reached through our guard.

Only services on the list: apprise also knows some that act on this very machine. Only their encrypted form, except
where the operator named the host as their own. Written against apprise 2.3 and its addresses
(https://appriseit.com/services/).
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import apprise

from answerback.adapters import guard
from answerback.ports.alerts import Answer, Words

ALLOWED = frozenset(
    {
        *("discord", "gchat", "gotifys", "jsons", "mailtos", "matrixs", "mmosts", "msteams", "ntfys", "pbul", "pover"),
        *("rockets", "signals", "slack", "tgram", "twist", "workflows", "wxteams", "zulip"),
    }
)
OWN_HOST_ONLY = frozenset({"gotify", "json", "mailto", "mmost", "ntfy", "rocket"})
"""Unencrypted: only to a host the operator named (`ANSWERBACK_PRIVATE_HOSTS`)."""

TIMEOUT = 8.0
LONGEST = 500
MOST_SAID = 300
EXAMPLES = "ntfys://my-topic, slack://..., mailtos://user:password@example.com, tgram://..., or a Slack or Teams link"

_ASSET = apprise.AppriseAsset(app_id="answerback", app_desc="answerback", plugin_paths=[], secure_logging=True)

# What it says of an alert is kept beside the alert; the log gets none of it, for addresses hold secrets.
logging.getLogger("apprise").propagate = False


class Apprise:
    """Every service of apprise that is allowed."""

    def name(self, address: str) -> str:
        """The service's own name."""
        service = _service(address)
        return str(service.service_name) if service is not None else "?"

    def problem(self, address: str) -> str:
        """Why this address cannot be used; whether its host may be reached is judged at every connection."""
        if len(address) > LONGEST:
            return f"The address is longer than {LONGEST} characters."
        service = _service(address)
        if service is None:
            return f"This is no address that can be alerted. Write one such as {EXAMPLES}."
        schema = address.partition("://")[0].lower()
        schemas = {schema} if schema not in {"https", "http"} else set(service.schemas())
        if schemas & ALLOWED or (schemas & OWN_HOST_ONLY and guard.is_named(str(service.host or ""))):
            return ""
        if schemas & OWN_HOST_ONLY:
            return f"Use {schema}s:// instead, which is encrypted: alerts name customers."
        return f"{service.service_name} is not among the services that can be used here."

    def send(self, address: str, words: Words) -> Answer:
        """Say it once."""
        if problem := self.problem(address):
            return Answer(arrived=False, says=problem)
        service = _service(address)
        assert service is not None
        service.socket_connect_timeout = service.socket_read_timeout = TIMEOUT
        try:
            with guard.guarding(), _heard() as heard:
                arrived = bool(service.notify(title=words.title, body=f"{words.body}\n{words.link}"))
        except guard.Blocked as blocked:
            return Answer(arrived=False, says=str(blocked)[:MOST_SAID])
        except Exception as failed:  # noqa: BLE001  a hundred plugins, each with faults of its own
            return Answer(arrived=False, says=f"{service.service_name} failed: {type(failed).__name__}.")
        said = " ".join(heard) or f"{service.service_name} did not take it, and did not say why."
        return Answer(arrived=arrived, says=f"{service.service_name} took it." if arrived else said[:MOST_SAID])


def _service(address: str) -> Any:
    """The service an address names, None where it names none."""
    return apprise.Apprise.instantiate(address, asset=_ASSET, suppress_exceptions=True)


class _Hearing(logging.Handler):
    """Keeps what apprise says about this thread's alert: it answers with nothing but true or false."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.heard.append(record.getMessage().replace("\0", ""))


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What is said within the block."""
    logger, handler = logging.getLogger("apprise"), _Hearing()
    logger.addHandler(handler)
    try:
        yield handler.heard
    finally:
        logger.removeHandler(handler)
