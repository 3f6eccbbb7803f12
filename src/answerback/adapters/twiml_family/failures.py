"""What the family's error codes mean in our words, and what a person should do about them.

Source: twilio.com/docs/api/errors; the others of the family use the same numbers. A code that is not here is "unknown":
never retried, looked at by a person.
"""

from answerback.engine.events import Failure

FAILURES: dict[str, Failure] = {
    "21610": "opted_out",
    "21614": "landline",
    "21635": "landline",
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
    "30011": "media_refused",
    "21620": "media_refused",
    "21623": "media_refused",
    "12300": "media_refused",
    "30019": "media_refused",
    "30002": "sender_unregistered",
    "30023": "volume_cap",
    "30033": "sender_unregistered",
    "30035": "sender_unregistered",
    "30037": "sender_unregistered",
    "30038": "filtered",
    "30039": "loop",
    "14107": "loop",
    "30450": "filtered",
    "21704": "sender_unregistered",
}


def fixes(title: str, console: str, keys: str) -> dict[str, str]:
    """What to do about the codes that a person can do something about; `keys` is what this provider calls its keys."""
    return {
        "20003": f"Paste the current {keys} from {console} into this connection.",
        "20404": f"Check this connection's account: {title} knows no such account.",
        "21606": f"The sending number is not a texting number of this {title} account; check the line or the account.",
        "21659": f"The sending number is not a number of this {title} account; check the line or the account.",
        "21703": f"The messaging service has no sender; add the line's number to it at {console}.",
        "21704": f"The messaging service has no sender; add the line's number to it at {console}.",
        "30002": f"The {title} account is suspended: open {console} and follow what it asks for.",
        "30032": f"Finish the toll-free verification of the sending number at {console}.",
        "30033": f"The A2P 10DLC campaign of the sending number is suspended; ask {title} why.",
        "30034": f"Register the sending number for A2P 10DLC at {console}.",
        "21408": f"Allow the recipient's country (geographic permissions) at {console}.",
    }
