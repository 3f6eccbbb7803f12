"""Asks Telnyx for calls of ours, by its TeXML Calls API; what it reports of them and is answered is the family's.

Source: Telnyx's API reference, "Initiate an outbound call". Its answer is a flat object that need not name the call.
"""

from collections.abc import Mapping
from urllib.parse import quote

from answerback.adapters.telnyx import api, numbers
from answerback.adapters.twiml_family import verbs
from answerback.adapters.twiml_family.our_calls import TEST_RINGS
from answerback.ports.calls import OutgoingCall, Placed
from answerback.ports.connection import Connection
from answerback.ports.errors import Refused, Unavailable, Unclear

SHORTEST_RING = 5
LONGEST_RING = 120


def place(connection: Connection, call: OutgoingCall) -> Placed:
    """Ask for this call; raises `Refused`, `Unavailable` or `Unclear`."""
    steps = {
        "Url": verbs.address(call.hooks_url, "our-call", our=call.call),
        "StatusCallback": verbs.address(call.hooks_url, "our-over", our=call.call),
        "StatusCallbackEvent": "completed",
        "StatusCallbackMethod": "POST",
    }
    return Placed(provider_call=_call(connection, call.sender, call.to, call.ring_seconds, steps))


def test(connection: Connection, line: str, to: str, hooks_url: str) -> str:
    """Call the shop from the line; what is to be said when it is picked up is asked of us, and is nothing."""
    steps = {"Url": verbs.address(hooks_url, "test")}
    try:
        return _call(connection, line, to, TEST_RINGS, steps)
    except Unclear as lost:  # whether it was placed shows when it comes back
        raise Unavailable(lost.detail) from lost


def _call(connection: Connection, sender: str, to: str, ring_seconds: int, steps: Mapping[str, str]) -> str:
    """Ask for a call that goes on at these addresses; returns Telnyx's id of it, empty where it names none."""
    account = connection.settings.get("account_id", "").strip()
    if not account:
        raise Refused("Telnyx places calls only for a known account: fill in the Account ID of this connection.")
    at = api.key(connection)
    application = str((numbers.number(at, sender) or {}).get("connection_id") or "")
    if not application:
        raise Refused(f"{sender} is on no TeXML application; assign one at portal.telnyx.com, Voice, TeXML.")
    made = api.start(
        at,
        f"/v2/texml/Accounts/{quote(account)}/Calls",
        {
            "ApplicationSid": application,
            "To": to,
            "From": sender,
            **steps,
            "UrlMethod": "POST",
            "Timeout": min(max(ring_seconds, SHORTEST_RING), LONGEST_RING),
        },
    )
    return str(made.get("call_sid") or made.get("sid") or "")[:80]
