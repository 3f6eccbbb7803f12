"""Asks Telnyx for calls of ours, by its TeXML Calls API; what it reports of them and is answered is the family's.

Source: Telnyx's API reference, "Initiate an outbound call". Its answer is a flat object that need not name the call.
"""

from urllib.parse import quote

from answerback.adapters.telnyx import api, numbers
from answerback.adapters.twiml_family import verbs
from answerback.ports.calls import OutgoingCall, Placed
from answerback.ports.errors import Refused
from answerback.ports.phone import Connection

SHORTEST_RING = 5
LONGEST_RING = 120


def place(connection: Connection, call: OutgoingCall) -> Placed:
    """Ask for this call; raises `Refused`, `Unavailable` or `Unclear`."""
    account = connection.settings.get("account_id", "").strip()
    if not account:
        raise Refused("Telnyx places calls only for a known account: fill in the Account ID of this connection.")
    at = api.key(connection)
    application = str((numbers.number(at, call.sender) or {}).get("connection_id") or "")
    if not application:
        raise Refused(f"{call.sender} is on no TeXML application; assign one at portal.telnyx.com, Voice, TeXML.")
    made = api.start(
        at,
        f"/v2/texml/Accounts/{quote(account)}/Calls",
        {
            "ApplicationSid": application,
            "To": call.to,
            "From": call.sender,
            "Url": verbs.address(call.hooks_url, "our-call", our=call.call),
            "UrlMethod": "POST",
            "StatusCallback": verbs.address(call.hooks_url, "our-over", our=call.call),
            "StatusCallbackEvent": "completed",
            "StatusCallbackMethod": "POST",
            "Timeout": min(max(call.ring_seconds, SHORTEST_RING), LONGEST_RING),
        },
    )
    return Placed(provider_call=str(made.get("call_sid") or made.get("sid") or "")[:80])
