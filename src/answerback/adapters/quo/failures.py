"""What Quo's errors mean in our words, and what a person should do about them.

Quo's own codes come from its API's description (api.quo.com); those on receipts are its carriers', in Twilio's
numbers. What is not here is "unknown": never retried, looked at by a person.
"""

from collections.abc import Mapping

from answerback.adapters.objects import Object
from answerback.engine.events import Failure
from answerback.ports.errors import Refused

CODES: Mapping[str, tuple[Failure, str]] = {
    "0206400": ("sender_unregistered", "Finish the US carrier registration under Settings, Trust center, in Quo."),
    "0201402": ("sender_unregistered", "Renew the subscription of this Quo workspace."),
    "0204403": ("volume_cap", "The carriers' cap for today is reached; texts leave again tomorrow."),
}

STATUSES: Mapping[int, tuple[Failure, str]] = {
    401: ("sender_unregistered", "Paste a current API key from Quo (Settings, API) into this connection."),
    402: ("sender_unregistered", "Renew the subscription of this Quo workspace, or add credits."),
    403: ("country_barred", "Let the key's owner use this number, and international texts where they are needed."),
    404: ("sender_unregistered", "The sending number is not one of this Quo workspace; check the line."),
}

CARRIER: Mapping[str, Failure] = {
    "21610": "opted_out",
    "21614": "landline",
    "30003": "unreachable",
    "30004": "filtered",
    "30005": "invalid_number",
    "30006": "landline",
    "30007": "filtered",
    "30022": "volume_cap",
    "30032": "sender_unregistered",
    "30034": "sender_unregistered",
}

OPTED_OUT = "opted out"


def refusal(status: int, said: Object) -> Refused:
    """Quo's answer of 400 to 499 as a refusal. It repeats nothing that was sent."""
    code = said.text("code")[:12]
    failure, fix = CODES.get(code) or STATUSES.get(status) or ("unknown", "")
    if failure == "unknown" and OPTED_OUT in said.text("message").lower():
        failure = "opted_out"
    refused = f"Quo refused with {status} {code}."
    return Refused(f"{refused} {fix}".strip(), failure=failure, code=code or str(status))


def from_carrier(code: str) -> Failure:
    """The class of a receipt's error code."""
    return CARRIER.get(code) or CODES.get(code, ("unknown", ""))[0]


def fix(code: str) -> str:
    """What to do about a receipt's error code, where something can be done."""
    if CARRIER.get(code) == "sender_unregistered":
        return CODES["0206400"][1]
    return CODES.get(code, ("unknown", ""))[1]
