"""What booking pages elsewhere share: their address with the form filled in, and careful reading of what they send."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import phonenumbers

from answerback.ports.connection import Connection, Finding, Setting
from answerback.ports.errors import Forged, Malformed, Refused

PAGE = Setting(
    name="page",
    label="Address of the booking page",
    help="The page there on which customers choose a time.",
)


def filled(connection: Connection, more: Mapping[str, str]) -> str:
    """The page's address with these in its query; what its owner wrote there stays. Raises `Refused`."""
    parts = urlsplit(connection.settings.get("page", "").strip())
    if parts.scheme != "https" or not parts.hostname:
        raise Refused("The booking page has no address that begins with https://. Enter it in the settings.")
    query = [*parse_qsl(parts.query), *((name, value) for name, value in more.items() if value)]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))


def looked_over(connection: Connection, secret: str) -> tuple[Finding, ...]:
    """Whether the page has an address and its webhooks a secret."""
    try:
        filled(connection, {})
    except Refused as problem:
        return (Finding(name="page", ok=False, says=problem.detail, fix="Copy it from the browser."),)
    if len(connection.settings.get(secret, "")) < 16:
        says = "The webhook has no secret of 16 or more characters, so nothing it says is believed."
        return (Finding(name="secret", ok=False, says=says, fix="Make up a long one and enter it on both sides."),)
    return (Finding(name="page", ok=True, says="The page and the secret are set."),)


def believe(secret: str, given: str, signed: bytes) -> None:
    """Pass if `given` is HMAC-SHA256 of `signed` under the secret, in hexadecimal; else raises `Forged`."""
    if not secret or not given:
        raise Forged("The webhook is not signed, or no secret is set for it.")
    if not hmac.compare_digest(given.encode(), signature(secret, signed).encode()):
        raise Forged("The signature does not fit the secret of the webhook.")


def signature(secret: str, signed: bytes) -> str:
    """HMAC-SHA256 in hexadecimal."""
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def opened(body: bytes, *names: str) -> Mapping[str, Any]:
    """The JSON object of a body, or the one that stands in it under these names; raises `Malformed`."""
    try:
        value = json.loads(body)
        for name in names:
            value = value[name]
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise Malformed("The webhook is no JSON object of the kind its provider documents.") from problem
    if not isinstance(value, dict):
        raise Malformed("The webhook is no JSON object of the kind its provider documents.")
    return value


def words(of: Mapping[str, Any], name: str, *, longest: int = 200) -> str:
    """The text under this name, empty where there is none; never one no row could hold."""
    value = of.get(name)
    return value.strip().replace("\0", "")[:longest] if isinstance(value, str) else ""


def named(of: Mapping[str, Any], name: str) -> str:
    """The text under this name that a booking cannot be told from others without; raises `Malformed`."""
    found = words(of, name)
    if not found:
        raise Malformed(f"The webhook does not say whose booking it is ({name}).")
    return found


def part(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object under this name, empty where there is none."""
    value = of.get(name)
    return value if isinstance(value, dict) else {}


def first(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The first object of the list under this name, empty where there is none."""
    value = of.get(name)
    return value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else {}


def moment(of: Mapping[str, Any], name: str) -> datetime:
    """The time under this name in UTC; raises `Malformed`."""
    try:
        found = datetime.fromisoformat(words(of, name))
        if found.tzinfo is None:
            raise Malformed(f"The time in {name} has no zone.")
        return found.astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise Malformed(f"The webhook names no time in {name}.") from problem


def first_number(*written: str) -> str:
    """The first of these that is a phone number, in E.164; empty where none is."""
    return next((found for found in map(_number, filter(None, written)) if found), "")


def _number(written: str) -> str:
    """A phone number in E.164, empty where it is none; one without a country is taken for a North American one."""
    try:
        parsed = phonenumbers.parse(written, "US")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(parsed):
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
