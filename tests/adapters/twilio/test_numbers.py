"""Numbers as Twilio and carriers write them."""

import pytest

from answerback.adapters.numbers import caller, e164
from answerback.ports.phone import WITHHELD


@pytest.mark.parametrize(
    "written",
    [
        *("+266696687", "+7378742833", "+86282452253", "+8656696", "+2562533", "266696687", "86282452253"),
        *("", " ", "anonymous", "Anonymous", "RESTRICTED", "unavailable", "Unknown", "private", "+anonymous"),
    ],
)
def test_withheld_caller_is_never_a_number(written: str) -> None:
    assert caller(written) == WITHHELD
    assert e164(written, "CN") is None


@pytest.mark.parametrize(
    ("written", "region", "number"),
    [
        ("+15125550131", None, "+15125550131"),
        ("+1 (512) 555-0131", None, "+15125550131"),
        (" +15125550131 ", None, "+15125550131"),
        ("+86 282 4522 53", None, None),
        ("(512) 555-0131", "US", "+15125550131"),
        ("(512) 555-0131", None, None),
        ("+4915112345678", None, "+4915112345678"),
        ("729725", None, None),
        ("sip:+15125550131@example.com", None, None),
        ("whatsapp:+15125550131", None, None),
        ("client:jane", None, None),
        ("+1512", None, None),
        ("+15550131", None, None),
        ("+1266696687", None, None),
        ("+0000000000", None, None),
        ("+1٥١٢٥٥٥٠١٣١", None, "+15125550131"),
        ("JOES PLUMB", None, None),
        ("+" + "1" * 500, None, None),
    ],
)
def test_number_in_e164_or_none(written: str, region: str | None, number: str | None) -> None:
    assert e164(written, region) == number
