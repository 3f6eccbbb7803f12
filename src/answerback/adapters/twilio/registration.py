"""How the registration of our Twilio numbers stands: A2P 10DLC of a messaging service, verification of a toll-free one.

Source: messaging.twilio.com v1, `Services/{sid}/Compliance/Usa2p` and `Tollfree/Verifications`. A Twilio that does not
say (no messaging service, no permission) is told as unknown, never as well.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from answerback.adapters.numbers import is_toll_free
from answerback.adapters.twiml_family import rest
from answerback.engine.events import SenderState
from answerback.ports.errors import Refused
from answerback.ports.phone import Sender

HOST = "messaging.twilio.com"

CAMPAIGN: Mapping[str, SenderState] = {
    "VERIFIED": "registered",
    "PENDING": "pending",
    "IN_PROGRESS": "pending",
    "FAILED": "unregistered",
    "SUSPENDED": "blocked",
}

TOLL_FREE: Mapping[str, SenderState] = {
    "TWILIO_APPROVED": "registered",
    "PENDING_REVIEW": "pending",
    "IN_REVIEW": "pending",
    "TWILIO_REJECTED": "blocked",
}


def registered(at: rest.Account, service: str, found: tuple[Sender, ...]) -> tuple[Sender, ...]:
    """The same senders with how their registration stands."""
    there = rest.elsewhere(at, HOST)
    local = _campaign(there, service) if any(not is_toll_free(each.number) for each in found) else None
    return tuple(_with_state(there, sender, local) for sender in found)


def _with_state(there: rest.Account, sender: Sender, local: tuple[SenderState, str] | None) -> Sender:
    if is_toll_free(sender.number):
        said = _first(there, "/v1/Tollfree/Verifications", {"PageSize": "50"}, "verifications", sender.number)
        state, says = TOLL_FREE.get(str(said.get("status")), "unknown"), str(said.get("rejection_reason") or "")
    else:
        state, says = local or ("unknown", "")
    return replace(sender, state=state, says=says[:200])


def _campaign(there: rest.Account, service: str) -> tuple[SenderState, str]:
    if not service:
        return "unknown", "The connection names no messaging service, so Twilio cannot be asked about A2P 10DLC."
    said = _first(there, f"/v1/Services/{service}/Compliance/Usa2p", {"PageSize": "20"}, "compliance", "")
    if not said:
        return "unregistered", "The messaging service has no A2P 10DLC campaign."
    word = str(said.get("campaign_status"))
    return CAMPAIGN.get(word, "unknown"), f"The campaign is {word.lower().replace('_', ' ')}."


def _first(there: rest.Account, path: str, query: dict[str, str], part: str, number: str) -> dict[str, Any]:
    try:
        items = rest.get(there, path, query).get(part)
    except Refused:
        return {}
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and (not number or item.get("tollfree_phone_number") == number):
            return item
    return {}
