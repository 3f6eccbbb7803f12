"""Talks to Aircall's REST API: hands a text over, reads numbers and the list of calls.

Texts go out "in the agent conversation", so that staff see them in Aircall and replies come back to both of us. The API
takes 60 requests a minute and has no list of messages. Source: developer.aircall.io, API references.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from answerback.adapters import json_api
from answerback.adapters.json_api import Api
from answerback.adapters.numbers import e164
from answerback.adapters.objects import Object
from answerback.engine.events import Failure
from answerback.ports.connection import Connection
from answerback.ports.errors import Refused, Unclear

API = "https://api.aircall.io"
MOST_PAGES = 200

STATUSES: Mapping[int, tuple[Failure, str]] = {
    401: ("sender_unregistered", "Paste a current API ID and API token from Aircall into this connection."),
    403: ("sender_unregistered", "Texts by API need Aircall's Professional plan and a registered number."),
    404: ("sender_unregistered", "The sending number is not one of this Aircall account; check the line."),
}


def api(connection: Connection) -> Api:
    """The API as this connection's credentials open it; raises `Refused` without them."""
    id, token = connection.settings.get("api_id", ""), connection.settings.get("api_token", "")
    if not id or not token:
        raise Refused("This connection has no API ID or no API token.", failure="sender_unregistered", code="401")
    basic = b64encode(f"{id}:{token}".encode()).decode()
    base = connection.settings.get("api_base") or API
    return json_api.api("Aircall", base, {"Authorization": f"Basic {basic}"}, refusal)


def send(at: Api, number: str, to: str, body: str) -> Object:
    """Create a message from this number (its id) and give Aircall's description of it."""
    message = json_api.post(at, f"/v1/numbers/{number}/messages/send-in-agent-conversation", {"to": to, "body": body})
    if not message.text("id"):
        raise Unclear("Aircall took the text but its answer could not be read.")
    return message


def numbers(at: Api) -> dict[str, str]:
    """The account's numbers: E.164 -> id."""
    every = _pages(at, "/v1/numbers", "numbers", [])
    return {number: each.text("id") for each in every if (number := e164(each.text("digits"), each.text("country")))}


def calls(at: Api, since: datetime, until: datetime) -> Iterator[Object]:
    """Every call of the account that began between these moments, oldest first."""
    span = [("from", str(int(since.timestamp()))), ("to", str(int(until.timestamp()))), ("order", "asc")]
    return _pages(at, "/v1/calls", "calls", span)


def refusal(status: int, said: Object) -> Refused:
    """Aircall's answer of 400 to 499 as a refusal. It repeats nothing that was sent."""
    del said  # its words may quote the number
    failure, fix = STATUSES.get(status, ("unknown", ""))
    refused = f"Aircall refused with {status}."
    return Refused(f"{refused} {fix}".strip(), failure=failure, code=str(status))


def _pages(at: Api, path: str, name: str, query: Sequence[tuple[str, str]]) -> Iterator[Object]:
    for page in range(1, MOST_PAGES + 1):
        answer = json_api.get(at, path, [*query, ("per_page", "50"), ("page", str(page))])
        yield from answer.each(name)
        if not answer.inside("meta").text("next_page_link"):
            return
