"""What Telnyx's error codes mean in our words, and what a person should do about them.

Source: developers.telnyx.com, messaging error codes (40xxx) and API errors (10xxx, 20xxx). A code that is not here is
"unknown": never retried, looked at by a person.
"""

from collections.abc import Mapping

from answerback.engine.events import Failure

FAILURES: Mapping[str, Failure] = {
    "40300": "opted_out",
    "40001": "landline",
    "40006": "unreachable",
    "40008": "unreachable",
    "10002": "invalid_number",
    "10016": "invalid_number",
    "40310": "invalid_number",
    "40002": "filtered",
    "40003": "filtered",
    "40009": "filtered",
    "40010": "sender_unregistered",
    "40305": "sender_unregistered",
    "10001": "sender_unregistered",
    "10009": "sender_unregistered",
    "10010": "sender_unregistered",
    "40011": "volume_cap",
    "40318": "volume_cap",
    "40005": "too_late",
    "40309": "country_barred",
}

FIXES: Mapping[str, str] = {
    "10009": "Paste a current API key from portal.telnyx.com into this connection.",
    "10010": "This API key may not do that; give it the permission, or use another, at portal.telnyx.com.",
    "10001": "The sending number is not active at Telnyx.",
    "40010": "Register the sending number for 10DLC at portal.telnyx.com.",
    "40305": "Assign the sending number to a messaging profile at portal.telnyx.com.",
    "40309": "Allow the recipient's country in the messaging profile at portal.telnyx.com.",
    "20100": "The Telnyx account has no credit left: top it up at portal.telnyx.com.",
}


def failure(code: str) -> Failure:
    """The class of failure of an error code; "unknown" for codes without a rule."""
    return FAILURES.get(code, "unknown")


def says(code: str) -> str:
    """An error code in words: whose it is and, where known, what to do."""
    return f"Telnyx error {code[:10]}. {FIXES.get(code, '')}".strip() if code else ""
