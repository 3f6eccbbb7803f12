"""What Twilio's error codes mean in our words, and what a person should do about them.

Source: twilio.com/docs/api/errors. A code that is not here is "unknown": never retried, looked at by a person.
"""

from answerback.engine.events import Failure

FAILURES: dict[str, Failure] = {
    "21610": "opted_out",
    "21614": "landline",
    "30006": "landline",
    "30003": "unreachable",
    "21211": "invalid_number",
    "21217": "invalid_number",
    "21604": "invalid_number",
    "30005": "invalid_number",
    "30004": "filtered",
    "30007": "filtered",
    "21606": "sender_unregistered",
    "21659": "sender_unregistered",
    "21703": "sender_unregistered",
    "30032": "sender_unregistered",
    "30034": "sender_unregistered",
    "20003": "sender_unregistered",
    "20404": "sender_unregistered",
    "21611": "volume_cap",
    "30001": "volume_cap",
    "30022": "volume_cap",
    "30027": "volume_cap",
    "21408": "country_barred",
    "21612": "country_barred",
    "30036": "too_late",
}

FIXES: dict[str, str] = {
    "20003": "Paste the current account SID and auth token from console.twilio.com into this connection.",
    "20404": "Check this connection's account SID: Twilio knows no such account.",
    "21606": "The sending number is not a texting number of this Twilio account; check the line or the account.",
    "21659": "The sending number is not a number of this Twilio account; check the line or the account.",
    "21703": "The messaging service has no sender; add the line's number to it in the Twilio console.",
    "30032": "Finish the toll-free verification of the sending number in the Twilio console.",
    "30034": "Register the sending number for A2P 10DLC in the Twilio console.",
    "21408": "Allow the recipient's country under Messaging, Geo permissions, in the Twilio console.",
}


def failure(code: str) -> Failure:
    """The class of failure of a Twilio error code; "unknown" for codes without a rule."""
    return FAILURES.get(code, "unknown")
