"""Calls we place ourselves: what we ask the provider for, what it reports of them, the documents they go on with.

Source: the provider's Calls resource and the verbs Gather and Dial. The steps carry the call's key in their address,
which not every provider signs; the phone that was rung is in what all of them sign.
"""

from xml.etree.ElementTree import Element as Verb

from answerback.adapters.twiml_family import rest, verbs
from answerback.adapters.twiml_family.document import answer, verb
from answerback.adapters.twiml_family.fields import Fields
from answerback.ports.calls import Ask, Bye, CallEnd, Join, Next, OurCall, OutgoingCall, Placed
from answerback.ports.phone import Answer

STEPS = ("our-call", "our-key", "our-joined", "our-over")

KEY_SECONDS = 10

TEST_RINGS = 45
"""Seconds a test call rings: a shop's phone forwards after 5 to 30."""

VOICES = {"en": "en-US", "es": "es-US"}

_ENDS: dict[str, CallEnd] = {
    "completed": "completed",
    "answered": "completed",
    "no-answer": "no_answer",
    "busy": "busy",
    "failed": "failed",
    "canceled": "no_answer",
}


def place(at: rest.Account, call: OutgoingCall) -> Placed:
    """Ask for this call; raises `Refused`, `Unavailable` or `Unclear`."""
    made = rest.create(
        at,
        f"{at.path}/Calls.json",
        {
            "To": call.to,
            "From": call.sender,
            "Url": verbs.address(call.hooks_url, "our-call", our=call.call),
            "Method": "POST",
            "StatusCallback": verbs.address(call.hooks_url, "our-over", our=call.call),
            "StatusCallbackEvent": "completed",
            "StatusCallbackMethod": "POST",
            "Timeout": str(call.ring_seconds),
        },
    )
    return Placed(provider_call=str(made["sid"]))


def heard(what: str, fields: Fields) -> OurCall:
    """What this request says of a call of ours; raises `Malformed` for one that names none."""
    call, to = fields.query.get("our", ""), fields.get("To")
    match what:
        case "our-call":
            return OurCall(call=call, to=to, step="picked_up")
        case "our-key":
            return OurCall(call=call, to=to, step="key", digits=fields.get("Digits")[:4])
        case "our-joined":
            seconds = fields.seconds("DialCallDuration")
            return OurCall(call=call, to=to, step="joined", end=_joined(fields), seconds=seconds)
    end = _ENDS.get(fields.get("CallStatus"), "failed")
    return OurCall(call=call, to=to, step="over", end=end, seconds=fields.seconds("CallDuration"))


def go_on(call: OurCall, then: Next, hooks_url: str) -> Answer:
    """The document for the next step."""
    match then:
        case Ask(words=words, language=language):
            key = verbs.address(hooks_url, "our-key", our=call.call)
            asked = verb(
                "Gather",
                "",
                _said(words, language),
                input="dtmf",
                numDigits="1",
                timeout=str(KEY_SECONDS),
                action=key,
                method="POST",
                actionOnEmptyResult="true",
            )
            return answer(asked)
        case Join(words=words, to=to, sender=sender, language=language):
            joined = verbs.address(hooks_url, "our-joined", our=call.call)
            ring = verb("Dial", "", verb("Number", to), callerId=sender, timeout="30", action=joined, method="POST")
            return answer(_said(words, language), ring)
        case Bye(words=words, language=language):
            return answer(*([_said(words, language)] if words else []), verbs.hang_up())


def _said(words: str, language: str) -> Verb:
    return verbs.spoken(words, VOICES.get(language, VOICES["en"]), "")


def _joined(fields: Fields) -> CallEnd:
    """How the customer's leg ended. Where the provider says that the legs were joined, they talked."""
    end = _ENDS.get(fields.get("DialCallStatus"), "failed")
    if end == "completed":
        return "no_answer" if fields.get("DialBridged").lower() == "false" else "talked"
    return end
