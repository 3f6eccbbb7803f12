"""Twilio Lookup v2: what kind of number somebody has. Source: the API description `twilio_lookups_v2`."""

from collections.abc import Mapping
from urllib.parse import quote

from answerback.adapters.twiml_family import rest
from answerback.engine.events import LineType
from answerback.ports.phone import NumberFacts

HOST = "lookups.twilio.com"

LINE_TYPES: Mapping[str, LineType] = {
    "mobile": "mobile",
    "landline": "landline",
    "fixedVoip": "fixed_voip",
    "nonFixedVoip": "voip",
    "tollFree": "toll_free",
    "premium": "premium",
    "sharedCost": "shared_cost",
    "uan": "shared_cost",
    "voicemail": "voicemail",
    "pager": "pager",
    "personal": "unknown",
    "unknown": "unknown",
}


def look_up(at: rest.Account, number: str) -> NumberFacts:
    """The line type and the carrier of this number; raises `Refused` or `Unavailable`."""
    there = rest.elsewhere(at, HOST)
    said = rest.get(there, f"/v2/PhoneNumbers/{quote(number)}", {"Fields": "line_type_intelligence"})
    told = said.get("line_type_intelligence")
    line = told if isinstance(told, dict) else {}
    return NumberFacts(
        number=number,
        line_type=LINE_TYPES.get(str(line.get("type")), "unknown"),
        carrier=str(line.get("carrier_name") or "")[:80],
    )
