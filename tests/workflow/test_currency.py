"""A business keeps its money in one currency: the database holds it, and amounts of two are never added up."""

import pytest
from django.db import IntegrityError, connection, transaction

from answerback.engine.currency import amount, bare, hundredths, named
from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import measuring, revenue

ANN = "+15125550131"


@pytest.mark.parametrize(
    ("cents", "currency", "said"),
    [
        (5_000, "USD", "$50"),
        (125_050, "USD", "$1,250.50"),
        (-300, "EUR", "-€3"),
        (100, "CHF", "CHF\xa01"),
        (100, "XYZ", "XYZ\xa01"),
    ],
)
def test_amounts_are_said_in_their_currency(cents: int, currency: str, said: str) -> None:
    assert amount(cents, currency) == said


@pytest.mark.parametrize(
    ("written", "currency", "left"),
    [("$12", None, "12"), ("€12.50", "EUR", "12.50"), ("12 cad", "CAD", "12"), ("CA$ 1,250", None, "1,250"),
     ("480", None, "480"), ("kr 5", None, "KR 5")],
)  # fmt: skip
def test_what_a_written_amount_names(written: str, currency: str | None, left: str) -> None:
    assert (named(written), bare(written)) == (currency, left)


@pytest.mark.parametrize(
    ("plain", "cents"),
    [
        ("480", 48_000),
        ("480.5", 48_050),
        ("480,50", 48_050),
        ("1,250", 125_000),
        ("1,250.50", 125_050),
        ("1.250,50", 125_050),
        ("1.250.000", None),
        ("1 250,5", 125_050),
        ("-3.10", -310),
        ("1,00,000", 10_000_000),
        ("1.250", None),
        ("12,5,0", None),
        ("480.505", None),
        ("1e5", None),
        ("", None),
        ("abc", None),
    ],
)
def test_an_amount_is_read_as_it_is_written_on_either_side_of_the_ocean(plain: str, cents: int | None) -> None:
    assert hundredths(plain) == cents


def test_ledger_is_in_the_currency_of_its_business_and_stays_there(world: World) -> None:
    business = models.Business.objects.get().id
    assert revenue.keep_in(business, "EUR")
    world.call(ANN)
    world.run(minutes=2)
    world.staff("Dana").mark(ANN, "won", cents=42_000)
    entry = models.RevenueEntry.objects.get()
    assert (entry.currency, entry.cents) == ("EUR", 42_000)
    assert not revenue.keep_in(business, "USD")
    for sql in (
        "UPDATE business SET currency = 'USD'",
        """INSERT INTO revenue_entry (business_id, lead_id, cents, currency, at, evidence, job, round)
           SELECT business_id, lead_id, 100, 'USD', at, '', '', 0 FROM revenue_entry""",
    ):
        with (
            pytest.raises(IntegrityError, match="money_is_in_the_currency_of_its_business"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    measuring.refresh(business)
    assert measuring.verify(business).holds
