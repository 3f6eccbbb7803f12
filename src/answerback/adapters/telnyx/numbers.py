"""What Telnyx knows of our numbers, and how they are pointed at us: a number belongs to a TeXML application, which says
where its calls go, and to a messaging profile, which says where its texts go. Both are shared by all numbers on them.

Never here: a number bought, moved or given back, an application or profile made.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from answerback.adapters.numbers import is_toll_free
from answerback.adapters.telnyx import api
from answerback.adapters.twiml_family.line_settings import script
from answerback.engine.events import SenderState
from answerback.ports.connection import NUMBER, Connection, Finding
from answerback.ports.errors import Refused
from answerback.ports.lines import OurLine
from answerback.ports.phone import NumberFacts, Sender
from answerback.ports.setup import Change

ASSIGNED: Mapping[str, SenderState] = {
    "ASSIGNED": "registered",
    "PENDING_ASSIGNMENT": "pending",
    "FAILED_ASSIGNMENT": "unregistered",
    "PENDING_UNASSIGNMENT": "unregistered",
}

VERIFIED: Mapping[str, SenderState] = {
    "Verified": "registered",
    "Pending": "pending",
    "In Progress": "pending",
    "Waiting For Vendor": "pending",
    "Waiting For Telnyx": "pending",
    "Waiting For Customer": "pending",
    "Rejected": "blocked",
}

LOOKED_UP: Mapping[str, str] = {
    "mobile": "mobile",
    "fixed line": "landline",
    "voip": "voip",
    "toll free": "toll_free",
    "premium rate": "premium",
    "shared cost": "shared_cost",
    "uan": "shared_cost",
    "pager": "pager",
    "voicemail": "voicemail",
}
"""Telnyx also says "fixed line or mobile", which is no answer: it stays unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Something at Telnyx that holds addresses: where it is, what it has now, what it should have."""

    path: str
    has: Mapping[str, Any]
    wants: tuple[tuple[str, str, str], ...]

    def wrong(self) -> list[tuple[str, str, str]]:
        """What is not as it should be: in words, its field, its value."""
        return [(what, field, value) for what, field, value in self.wants if str(self.has.get(field) or "") != value]


def planned(at: api.Key, line: OurLine, hooks_url: str) -> tuple[Change, ...]:
    """What would change for this line; raises `Refused` when the account has no such number."""
    return tuple(change for place in _places(at, line, hooks_url) for change in _changes(place))


def set_up(at: api.Key, line: OurLine, hooks_url: str) -> tuple[Change, ...]:
    """Make those changes and return them."""
    made: list[Change] = []
    for place in _places(at, line, hooks_url):
        if wrong := place.wrong():
            # Telnyx wants the name and the voice address of an application with every change.
            whole = {name: place.has[name] for name in ("friendly_name", "voice_url") if name in place.has}
            api.change(at, place.path, whole | {field: value for _, field, value in wrong})
        made += _changes(place)
    return tuple(made)


def findings(at: api.Key, connection: Connection, line: OurLine) -> Iterator[Finding]:
    """Is this line's number ours and active, and do its calls and texts come to us?"""
    owned = number(at, line.number)
    if owned is None:
        says = f"The Telnyx account has no number {line.number}."
        fix = "Buy or port it there, or correct the line."
        yield Finding(name=line.number, ok=False, says=says, fix=fix, setting=NUMBER)
        return
    status = str(owned.get("status") or "unknown")
    says = f"The number is {status.replace('_', ' ').replace('-', ' ')} at Telnyx."
    fix = "Wait until it is active: calls may come while texts do not yet."
    yield Finding(name=line.number, ok=status == "active", says=says, fix=fix)
    mine = f"/hooks/{connection.provider}/{connection.id}/"
    application, profile = _application(at, owned), _profile(at, owned)
    told = (
        ("Calls", application, "voice_url"),
        ("Call status", application, "status_callback"),
        ("Texts", profile, "webhook_url"),
    )
    for what, has, field in told:
        ok = mine in str((has or {}).get(field) or "")
        says = f"{what} of this number are sent to us." if ok else f"{what} of this number go elsewhere."
        yield Finding(name=line.number, ok=ok, says=says, fix=f"Run: answerback line connect {line.number}")
    fallback = str((application or {}).get("voice_fallback_url") or "")
    ok = bool(fallback) and mine not in fallback
    says = "Calls ring the shop while we are down." if ok else "While we are down, calls ring nobody."
    fix = f"Keep what `answerback line fallback {line.number}` prints in a TeXML Bin, its address in fallback_url."
    yield Finding(name=line.number, ok=ok, says=says, fix=fix)


def number(at: api.Key, line: str) -> dict[str, Any] | None:
    """Telnyx's description of one of our numbers, None when the account has no such number."""
    found = api.get(at, "/v2/phone_numbers", {"filter[phone_number]": line, "page[size]": "20"}).get("data")
    for each in found if isinstance(found, list) else []:
        if isinstance(each, dict) and each.get("phone_number") == line:
            return each
    return None


def senders(at: api.Key, lines: Iterable[str]) -> tuple[Sender, ...]:
    """One for each of these lines that the account has: what it can do, and how its registration stands."""
    return tuple(_sender(at, line) for line in lines if number(at, line) is not None)


def look_up(at: api.Key, wanted: str) -> NumberFacts:
    """What kind of number somebody has (Telnyx charges for it); raises `Refused` or `Unavailable`."""
    said = api.get(at, f"/v2/number_lookup/{quote(wanted)}", {"type": "carrier"}).get("data")
    carrier = said.get("carrier") if isinstance(said, dict) else None
    told = carrier if isinstance(carrier, dict) else {}
    kind = LOOKED_UP.get(str(told.get("type")), "unknown")
    return NumberFacts(number=wanted, line_type=kind, carrier=str(told.get("name") or "")[:80])  # type: ignore[arg-type]


def _places(at: api.Key, line: OurLine, hooks_url: str) -> Iterator[Place]:
    owned = number(at, line.number)
    if owned is None:
        raise Refused(f"The Telnyx account has no number {line.number}.", code="10005")
    application, profile = _application(at, owned), _profile(at, owned)
    if application is None:
        raise Refused(f"{line.number} is on no TeXML application; assign one at portal.telnyx.com, Voice, TeXML.")
    if profile is None:
        raise Refused(f"{line.number} is on no messaging profile; assign one at portal.telnyx.com, Messaging.")
    told = script(line)
    wants: tuple[tuple[str, str, str], ...] = (
        ("calls come in at", "voice_url", f"{hooks_url}/voice"),
        ("calls come in by", "voice_method", "post"),
        ("call status goes to", "status_callback", f"{hooks_url}/status"),
        ("call status goes by", "status_callback_method", "post"),
    )
    if told and told.fallback_url:
        wants = (*wants, ("while we are down", "voice_fallback_url", told.fallback_url))
    yield Place(path=f"/v2/texml_applications/{application['id']}", has=application, wants=wants)
    texts = (("texts come in at", "webhook_url", f"{hooks_url}/text"), ("texts come in as", "webhook_api_version", "2"))
    yield Place(path=f"/v2/messaging_profiles/{profile['id']}", has=profile, wants=texts)


def _changes(place: Place) -> list[Change]:
    return [
        Change(what=what, now=str(place.has.get(field) or ""), wanted=value) for what, field, value in place.wrong()
    ]


def _application(at: api.Key, owned: Mapping[str, Any]) -> dict[str, Any] | None:
    return _resource(at, "texml_applications", owned.get("connection_id"))


def _profile(at: api.Key, owned: Mapping[str, Any]) -> dict[str, Any] | None:
    return _resource(at, "messaging_profiles", owned.get("messaging_profile_id"))


def _resource(at: api.Key, kind: str, id: Any) -> dict[str, Any] | None:
    if not isinstance(id, str) or not id:
        return None
    try:
        found = api.get(at, f"/v2/{kind}/{quote(id)}").get("data")
    except Refused as refused:
        if refused.failure == "sender_unregistered":  # the key itself is refused, not the thing asked for
            raise
        return None
    return found if isinstance(found, dict) and found.get("id") == id else None


def _sender(at: api.Key, line: str) -> Sender:
    told = _data_of(at, f"/v2/phone_numbers/{quote(line)}/messaging", {})
    features = told.get("features") if isinstance(told.get("features"), dict) else {}
    media = isinstance(features, dict) and bool(features.get("mms"))
    if is_toll_free(line):
        said = _data_of(at, "/v2/messaging_tollfree/verification/requests", {"phone_number": line, "page": "1"})
        records = said.get("records")
        first = records[0] if isinstance(records, list) and records else {}
        word = str(first.get("verificationStatus")) if isinstance(first, dict) else ""
        state = VERIFIED.get(word, "unknown")
    else:
        word = str(_data_of(at, f"/v2/10dlc/phone_number_campaigns/{quote(line)}", {}).get("assignmentStatus") or "")
        state = ASSIGNED.get(word, "unknown") if word else "unregistered"
    says = f"Telnyx says: {word.lower().replace('_', ' ')}." if word else "It is on no 10DLC campaign."
    return Sender(number=line, texts=bool(told), media=media, state=state, says=says)


def _data_of(at: api.Key, path: str, query: dict[str, str]) -> dict[str, Any]:
    """What is asked for, in `data` or bare as the older parts of the API give it; nothing where there is none."""
    try:
        said = api.get(at, path, query)
    except Refused as refused:
        if refused.failure == "sender_unregistered":
            raise
        return {}
    data = said.get("data", said)
    return data if isinstance(data, dict) else {}
