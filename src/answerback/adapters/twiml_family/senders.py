"""What the provider says about the account and about our own numbers: whether they exist, and what they can do."""

from collections.abc import Iterable
from typing import Any

from answerback.adapters.twiml_family import rest
from answerback.adapters.twiml_family.dialect import Dialect
from answerback.ports.connection import Finding
from answerback.ports.phone import Sender


def account_finding(dialect: Dialect, account: dict[str, Any]) -> Finding:
    """Is the account active, and not a trial that texts verified numbers only?"""
    status, kind = account.get("status"), account.get("type")
    if status != "active":
        fix = f"Open {dialect.title}'s console and follow what it asks for; usually a payment or a verification."
        return Finding(name="account", ok=False, says=f"The {dialect.title} account is {status}, not active.", fix=fix)
    if kind == "Trial":
        fix = "Upgrade the account: a trial texts verified numbers only and adds its own words."
        return Finding(name="account", ok=False, says=f"The {dialect.title} account is a trial.", fix=fix)
    return Finding(name="account", ok=True, says=f"The {dialect.title} account is active.")


def senders(at: rest.Account, lines: Iterable[str]) -> tuple[Sender, ...]:
    """One for each of these lines that the account has, by what its number can do."""
    found = ((line, number(at, line)) for line in lines)
    return tuple(_sender(line, owned) for line, owned in found if owned is not None)


def number(at: rest.Account, line: str) -> dict[str, Any] | None:
    """The provider's description of one of our numbers, None when the account has no such number."""
    page = rest.get(at, f"{at.path}/IncomingPhoneNumbers.json", {"PhoneNumber": line, "PageSize": "20"})
    owned = page.get("incoming_phone_numbers")
    for each in owned if isinstance(owned, list) else []:
        if isinstance(each, dict) and each.get("phone_number") == line and isinstance(each.get("sid"), str):
            return each
    return None


def can(owned: dict[str, Any], what: str) -> bool:
    """Can this number do this (`voice`, `sms`, `mms`)? Providers differ in upper and lower case."""
    abilities = owned.get("capabilities")
    told = abilities if isinstance(abilities, dict) else {}
    return any(bool(value) for name, value in told.items() if str(name).lower() == what)


def _sender(line: str, owned: dict[str, Any]) -> Sender:
    return Sender(number=line, texts=can(owned, "sms"), media=can(owned, "mms"), calls=can(owned, "voice"))
