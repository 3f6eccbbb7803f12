"""Closed days are taken as an owner writes them: with the month's name too, in English and Spanish."""

from typing import Any

import pytest
from django.test import Client

from answerback.store import models


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Dec 24", ["2026-12-24"]),
        ("Dec. 24th, Dec 31", ["2026-12-24", "2026-12-31"]),
        ("December 24, 2027\n25 December", ["2026-12-25", "2027-12-24"]),
        ("Feb 2", ["2027-02-02"]),  # the next one: this year's is over
        ("24 de diciembre de 2026\n1 enero\n2 de sept.", ["2026-09-02", "2026-12-24", "2027-01-01"]),
        ("may 5 7/4/2026", ["2026-05-05", "2026-07-04"]),
        ("12/24, 12/31/26\n2/2", ["2026-12-24", "2026-12-31", "2027-02-02"]),  # the way Americans write it
        ("24.12. 31.12.26", ["2026-12-24", "2026-12-31"]),
        ("2/29", ["2028-02-29"]),
        ("Dec 30 - Jan 2", ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]),
        ("12/24 to 12/25/2026, July 3", ["2026-07-03", "2026-12-24", "2026-12-25"]),
        ("24 de diciembre al 26 de diciembre", ["2026-12-24", "2026-12-25", "2026-12-26"]),
        ("30 de dic al 2 de ene", ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]),
    ],
)
def test_a_closed_day_may_be_written_with_its_month(shop: Any, alice: Client, written: str, kept: list[str]) -> None:
    assert alice.post("/settings/hours/save", {"country": "US", "closed": written}).status_code == 302
    assert models.Business.objects.get(id=shop.business.id).closed_days == kept


def test_closed_days_are_shown_as_they_may_be_written_and_saving_them_again_changes_nothing(
    shop: Any, alice: Client
) -> None:
    alice.post("/settings/hours/save", {"country": "US", "closed": "Dec 24, Jan 2"})
    shown = "Dec 24, 2026\nJan 2, 2027"
    assert f">{shown}</textarea>" in alice.get("/settings/hours").content.decode()
    alice.post("/settings/hours/save", {"country": "US", "closed": shown.replace("\n", "\r\n")})
    assert models.Business.objects.get(id=shop.business.id).closed_days == ["2026-12-24", "2027-01-02"]


@pytest.mark.parametrize(
    "written",
    [
        "Feb 30",
        "13/24",
        "2/30/27",
        "Dec 24 - Dec 20, 2026",
        "Dec 24 to",
        "Mar 20 - Nov 3",
        "Dec",
        "Christmas",
        "Dec 24 at noon",
        "24 Decemberish",
        "Mar 1, 1999",
    ],
)
def test_what_names_no_day_that_can_be_is_refused_with_a_way_to_write_it(alice: Client, written: str) -> None:
    page = alice.post("/settings/hours/save", {"country": "US", "closed": written})
    assert (page.status_code, "Write closed days like Dec 24 or 2026-12-24" in page.content.decode()) == (409, True)
