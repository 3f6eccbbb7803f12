"""Amounts as they are written, in the one currency a business keeps its ledger in.

Only currencies with a hundredth part are here: an amount is whole hundredths everywhere, called cents. Amounts of two
currencies are never added up.
"""

import re

USUAL = "USD"

MOST = 10_000_000_00
"""The most that one amount may be, in cents: more is a slip of the finger, and one such entry spoils every sum."""

SIGNS: dict[str, str] = {
    "USD": "$",
    "CAD": "CA$",
    "EUR": "€",
    "GBP": "£",
    "AUD": "A$",
    "NZD": "NZ$",
    "MXN": "MX$",
    "BRL": "R$",
    "CHF": "CHF\N{NO-BREAK SPACE}",
    "SEK": "SEK\N{NO-BREAK SPACE}",
    "NOK": "NOK\N{NO-BREAK SPACE}",
    "DKK": "DKK\N{NO-BREAK SPACE}",
    "PLN": "PLN\N{NO-BREAK SPACE}",
    "CZK": "CZK\N{NO-BREAK SPACE}",
    "ZAR": "R\N{NO-BREAK SPACE}",
    "INR": "₹",
    "ILS": "₪",
    "AED": "AED\N{NO-BREAK SPACE}",
    "SGD": "S$",
    "HKD": "HK$",
}
"""The currencies a business may choose (ISO 4217), and what stands before an amount."""


def sign(currency: str) -> str:
    """What stands before an amount; the code itself for a currency we have no sign of."""
    return SIGNS.get(currency, f"{currency}\N{NO-BREAK SPACE}")


def amount(cents: int, currency: str) -> str:
    """An amount as it is said: `$50`, `$1,250.50`, `-€3`; hundredths only where there are any."""
    said = f"{sign(currency)}{abs(cents) / 100:,.2f}".removesuffix(".00")
    return f"-{said}" if cents < 0 else said


def too_large(currency: str) -> str:
    """Why an amount beyond `MOST` is refused, and what to do."""
    return f"One amount is at most {amount(MOST, currency)}. Is there a digit too many? More than that takes several."


def named(written: str) -> str | None:
    """The currency a written amount names, None where it names none: `€12` is EUR, `12 CAD` is CAD.

    A plain `$` names none: a dozen countries write it.
    """
    plain = written.upper()
    return next((code for code, mark in SIGNS.items() if code in plain or (mark in _OWN and mark in plain)), None)


def bare(written: str) -> str:
    """A written amount without the currency it names: `CA$ 1,250.50` is `1,250.50`."""
    return _NAMES.sub("", written.upper()).strip()


def hundredths(bare_amount: str) -> int | None:
    """A bare amount in cents, as it is written in America (`1,250.50`) or in much of Europe (`1.250,50`, `480,50`).

    None for what is no amount, and for what may be two (`1.250`). Of an amount beyond all bounds, whose digits Python
    refuses to count, the first eighteen are enough to be too many.
    """
    plain = re.sub(r"\s", "", bare_amount)
    if re.fullmatch(r"-?(\d+|\d{1,3}(\.\d{3})+),\d{1,2}", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(,\d{2,3})*,\d{3}(\.\d*)?", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"-?(\d+(\.\d{0,2}0*)?|\.\d{1,2})", plain) or re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", plain):
        return None
    whole, _, part = plain.lstrip("-").partition(".")
    found = int(whole.lstrip("0")[:18] or 0) * 100 + int(part[:2].ljust(2, "0"))
    return -found if plain[0] == "-" else found


_OWN = frozenset("€£₹₪")
"""The signs that only one of our currencies has."""

_NAMES = re.compile("|".join([*SIGNS, *(re.escape(mark.strip()) for mark in SIGNS.values() if "$" in mark), "[$€£₹₪]"]))
