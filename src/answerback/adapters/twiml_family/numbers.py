"""Points a number at us: what the provider has, what it should have, and the change from one to the other.

Never here: a number bought, moved or given back.
"""

from collections.abc import Iterator
from typing import Any

from answerback.adapters.twiml_family import rest
from answerback.adapters.twiml_family.line_settings import script
from answerback.adapters.twiml_family.senders import can, number
from answerback.ports.connection import NUMBER, Connection, Finding
from answerback.ports.errors import Refused
from answerback.ports.lines import OurLine
from answerback.ports.setup import Change

Wanted = tuple[str, str, str, str]
"""What it is in words, its field in the provider's description, its field in a change, and its value."""


def planned(at: rest.Account, line: OurLine, hooks_url: str) -> tuple[Change, ...]:
    """What would change for this line; raises `Refused` when the account has no such number."""
    _, wrong = _compared(at, line, hooks_url)
    return tuple(change for change, _ in wrong)


def set_up(at: rest.Account, line: OurLine, hooks_url: str) -> tuple[Change, ...]:
    """Make those changes in one request and return them."""
    owned, wrong = _compared(at, line, hooks_url)
    if wrong:
        rest.update(at, f"{at.path}/IncomingPhoneNumbers/{owned['sid']}.json", dict(field for _, field in wrong))
    return tuple(change for change, _ in wrong)


def findings(at: rest.Account, connection: Connection, line: OurLine) -> Iterator[Finding]:
    """Is this line's number ours, can it call and text, does it call us, and would it ring without us?"""
    owned = number(at, line.number)
    if owned is None:
        says = f"The {at.dialect.title} account has no number {line.number}."
        fix = "Buy or port it there, or correct the line."
        yield Finding(name=line.number, ok=False, says=says, fix=fix, setting=NUMBER)
        return
    connect = f"Run: answerback line connect {line.number}"
    mine = f"/hooks/{connection.provider}/{connection.id}/"
    for what, field in (("Calls", "voice_url"), ("Call status", "status_callback"), ("Texts", "sms_url")):
        told = str(owned.get(field) or "")
        says = f"{what} of this number are sent to us." if mine in told else f"{what} of this number go elsewhere."
        yield Finding(name=line.number, ok=mine in told, says=says, fix=connect)
    able = can(owned, "voice") and can(owned, "sms")
    says = "The number can call and text." if able else "The number cannot do both, call and text."
    yield Finding(name=line.number, ok=able, says=says, fix="Choose a number with voice and SMS.")
    yield _fails_open(owned, line, mine)


def _fails_open(owned: dict[str, Any], line: OurLine, mine: str) -> Finding:
    fallback = str(owned.get("voice_fallback_url") or "")
    ok = bool(fallback) and mine not in fallback
    says = "Calls ring the shop while we are down." if ok else "While we are down, calls ring nobody."
    fix = (
        f"Print the document with `answerback line fallback {line.number}`, keep it in a TwiML Bin, and give its "
        "address to the line's fallback_url."
    )
    return Finding(name=line.number, ok=ok, says=says, fix=fix)


def _compared(
    at: rest.Account, line: OurLine, hooks_url: str
) -> tuple[dict[str, Any], list[tuple[Change, tuple[str, str]]]]:
    owned = number(at, line.number)
    if owned is None:
        raise Refused(f"The {at.dialect.title} account has no number {line.number}.", code="20404")
    if owned.get("trunk_sid"):
        raise Refused(f"{line.number} belongs to a SIP trunk; take it out of the trunk first.")
    wrong = [
        (Change(what=what, now=str(owned.get(field) or ""), wanted=value), (name, value))
        for what, field, name, value in _wanted(line, hooks_url)
        if str(owned.get(field) or "") != value
    ]
    return owned, wrong


def _wanted(line: OurLine, hooks_url: str) -> list[Wanted]:
    wanted: list[Wanted] = [
        ("calls come in at", "voice_url", "VoiceUrl", f"{hooks_url}/voice"),
        ("calls come in by", "voice_method", "VoiceMethod", "POST"),
        ("call status goes to", "status_callback", "StatusCallback", f"{hooks_url}/status"),
        ("call status goes by", "status_callback_method", "StatusCallbackMethod", "POST"),
        ("texts come in at", "sms_url", "SmsUrl", f"{hooks_url}/text"),
        ("texts come in by", "sms_method", "SmsMethod", "POST"),
        # An application takes precedence over the addresses above.
        ("application for calls", "voice_application_sid", "VoiceApplicationSid", ""),
        ("application for texts", "sms_application_sid", "SmsApplicationSid", ""),
    ]
    told = script(line)
    if told and told.fallback_url:
        wanted.append(("while we are down", "voice_fallback_url", "VoiceFallbackUrl", told.fallback_url))
    return wanted
