"""The recipes for Zapier and Make (docs/recipes.md): requests as their modules send them, a hook as theirs answers.

Neither service is reached: what they send and answer is written down here from their own documentation (Zapier's help
on *Webhooks by Zapier*, Make's on *HTTP* and *Webhooks*), and goes over real HTTP.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.api.test_webhooks import Receiver, receiver, tell

__all__ = ["receiver"]

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer
    from tests.api.conftest import Moment, Shop

ZAPIER = {
    "Accept": "application/json",
    "Content-Type": "application/json; charset=utf-8",
    "User-Agent": "Zapier",
}
MAKE = {"Content-Type": "application/json", "User-Agent": "Make/production"}


@pytest.mark.parametrize(
    ("headers", "cents"),
    [pytest.param(ZAPIER, "125000", id="zapier"), pytest.param(MAKE, 125000, id="make")],
)
def test_commands_as_each_sends_them(
    shop: Shop, live_server: LiveServer, headers: dict[str, str], cents: str | int
) -> None:
    """Zapier's form knows text only, so an amount comes as text; what is nested it writes with two underscores."""
    secret = shop.program("leads:write", "leads:read", "contacts:write").secret

    def ask(path: str, body: dict[str, Any], key: str) -> Any:
        signed = headers | {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
        body_of_it = json.dumps(body).encode()
        return httpx.post(f"{live_server.url}/api/v1/commands/{path}", content=body_of_it, headers=signed, timeout=30)

    form = {"number": "(512) 555-0142", "name": "Maria", "message": "Sink leaks", "answers": {"service": "sink"}}
    lead = ask("create-lead", form, "form-1")
    again = ask("create-lead", form, "form-1")
    assert (lead.status_code, again.json(), again.headers["Idempotency-Replayed"]) == (201, lead.json(), "true")
    sold = ask("mark-sold", {"number": "+15125550142", "cents": cents, "job": "INV-7"}, "invoice-7")
    assert (sold.status_code, sold.json()["revenue_cents"]) == (200, 125000), sold.text
    paused = ask("pause-contact", {"number": "+15125550142"}, "dispute-1")
    assert (paused.status_code, paused.json()["phase"]) == (200, "human"), paused.text
    refused = ask("mark-sold", {"number": "+15125550199", "cents": cents}, "invoice-8")
    assert (refused.status_code, refused.headers["Content-Type"]) == (404, "application/problem+json")
    assert refused.json()["detail"] != ""


def test_news_as_each_catches_them(shop: Shop, receiver: Receiver, moment: Moment) -> None:
    """Both answer 200 with a few words of their own; one that has too much to do answers 429 and gets it later."""
    told = tell(shop, receiver, "lead.created")
    receiver.answers = [429]
    receiver.headers = {"Retry-After": "30"}
    shop.conversation(131, name="Maria")
    told.run()
    assert told.statuses() == [("lead.created", "waiting")]
    moment.after(minutes=2)
    receiver.headers = {}
    told.run()
    assert told.statuses() == [("lead.created", "sent")]
    bodies = [json.loads(body) for _, body in receiver.got]
    assert [each["type"] for each in bodies] == ["lead.created", "lead.created"]
    assert receiver.got[0][0]["webhook-id"] == receiver.got[1][0]["webhook-id"]
    assert receiver.got[1][0]["content-type"].startswith("application/json")
    # Zapier's fields are named by their way through the body: every value is reached without a list.
    assert (flat(bodies[1])["data__number"], flat(bodies[1])["data__name"]) == ("+15125550131", "Maria")


def flat(body: dict[str, Any], before: str = "") -> dict[str, Any]:
    """A body as Zapier names its fields: `data__number`."""
    found: dict[str, Any] = {}
    for name, value in body.items():
        found |= flat(value, f"{before}{name}__") if isinstance(value, dict) else {f"{before}{name}": value}
    return found
