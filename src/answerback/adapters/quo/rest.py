"""Talks to Quo's REST API: hands a text over, finds one, reads numbers and what happened lately.

Quo takes 10 requests a second for a key. Its lists of calls and texts are read one conversation at a time: it has no
list of all calls. Source: the OpenAPI description of api.quo.com, version 1.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from answerback.adapters import json_api
from answerback.adapters.json_api import Api
from answerback.adapters.objects import Object
from answerback.adapters.quo.failures import refusal
from answerback.ports.connection import Connection
from answerback.ports.errors import Refused, Unclear

API = "https://api.quo.com"
PAGE = 100
MOST_PAGES = 50


def api(connection: Connection) -> Api:
    """The API as this connection's key opens it: the bare key, no "Bearer"; raises `Refused` without one."""
    key = connection.settings.get("api_key", "")
    if not key:
        raise Refused("This connection has no API key. Add it in its settings.", failure="sender_unregistered")
    return json_api.api("Quo", connection.settings.get("api_base") or API, {"Authorization": key}, refusal)


def send(at: Api, sender: str, to: str, body: str, user: str) -> Object:
    """Create a message and give Quo's description of it."""
    fields: dict[str, object] = {"content": body, "from": sender, "to": [to], "setInboxStatus": "done"}
    message = json_api.post(at, "/v1/messages", fields | ({"userId": user} if user else {})).inside("data")
    if not message.text("id"):
        raise Unclear("Quo took the text but its answer could not be read.")
    return message


def numbers(at: Api) -> tuple[Object, ...]:
    """The numbers of the workspace that the key may use."""
    return tuple(json_api.get(at, "/v1/phone-numbers").each("data"))


def conversations(at: Api, number: str, since: datetime) -> Iterator[str]:
    """Who was in touch with this number (its id) since then: one E.164 number each, groups left out."""
    query = [("phoneNumbers", number), ("updatedAfter", since.isoformat())]
    for conversation in _pages(at, "/v1/conversations", query):
        people = conversation.words("participants")
        if len(people) == 1:
            yield people[0]


def calls(at: Api, number: str, person: str, since: datetime) -> Iterator[Object]:
    """The calls between this number (its id) and this person since then."""
    return _between(at, "/v1/calls", number, person, since)


def messages(at: Api, number: str, person: str, since: datetime) -> Iterator[Object]:
    """The texts between this number (its id) and this person since then."""
    return _between(at, "/v1/messages", number, person, since)


def _between(at: Api, path: str, number: str, person: str, since: datetime) -> Iterator[Object]:
    query = [("phoneNumberId", number), ("participants", person), ("createdAfter", since.isoformat())]
    return _pages(at, path, query)


def _pages(at: Api, path: str, query: Sequence[tuple[str, str]]) -> Iterator[Object]:
    """Every item of a list. `totalItems` is documented as wrong, so only the token says whether there is more."""
    token = ""
    for _ in range(MOST_PAGES):
        asked = [*query, ("maxResults", str(PAGE)), *([("pageToken", token)] if token else [])]
        page = json_api.get(at, path, asked)
        yield from page.each("data")
        token = page.text("nextPageToken")
        if not token:
            return
    raise Unclear("There are too many to look through.")
