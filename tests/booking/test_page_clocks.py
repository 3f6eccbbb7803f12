"""Whose clock the booking page speaks of, on both days on which clocks are changed and across them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.booking.conftest import Moment, Shop

ALWAYS = [[day, "00:00", "00:00"] for day in range(7)]


def _soft(shop: Shop, at: datetime, number: str = "", language: str = "en") -> str:
    from answerback.store import models
    from answerback.workflow import links

    customer = shop.customer(answers={"service": "toilet", "urgency": "soon", "area": "Austin", "address": "1 Elm St"})
    if number:
        models.Contact.objects.filter(id=customer.conversation.contact_id).update(number=number)
    if language != "en":
        state = customer.conversation.state | {"language": language}
        models.Conversation.objects.filter(id=customer.conversation.id).update(state=state)
    page = Client().get(f"/b/{links.token(customer.conversation.id, at)}").content.decode()
    return " ".join(unescape(re.findall(r'<p class="soft">(.*?)</p>', page, re.DOTALL)[0]).split())


@pytest.mark.parametrize(
    ("now", "number", "said"),
    [
        (datetime(2026, 3, 10, 15, tzinfo=UTC), "", "Times are CDT."),
        (datetime(2026, 10, 29, 15, tzinfo=UTC), "", "Times are CDT, from Monday, November 2 on CST."),
        (datetime(2026, 3, 5, 16, tzinfo=UTC), "", "Times are CST, from Monday, March 9 on CDT."),
        (
            datetime(2026, 10, 29, 15, tzinfo=UTC),
            "+16025550131",  # Phoenix, whose clocks never change
            (
                "Times are CDT, from Monday, November 2 on CST. In MST time it is 10:00 AM when it is 12:00 PM here. "
                "From Monday, November 2 on it is 7:00 AM MST when it is 8:00 AM here."
            ),
        ),
        (
            datetime(2026, 10, 29, 15, tzinfo=UTC),
            "+13105550131",  # Los Angeles, which changes on the same day
            "Times are CDT, from Monday, November 2 on CST. In PDT time it is 10:00 AM when it is 12:00 PM here.",
        ),
    ],
)
def test_zone_is_named_for_every_time_shown(shop: Shop, moment: Moment, now: datetime, number: str, said: str) -> None:
    moment.now = now
    assert _soft(shop, now, number) == f"About 1 hour. {said}"


def test_one_o_clock_is_no_plural_in_spanish(shop: Shop, moment: Moment) -> None:
    """ "Es la 1:00", never "son las 1:00": the sentence says neither."""
    moment.now = datetime(2026, 10, 29, 15, tzinfo=UTC)
    assert _soft(shop, moment.now, "+16025550131", "es") == (
        "Dura 1 hora más o menos. Hora: CDT, desde el lunes 2 de noviembre CST. "
        "Cuando el reloj marca 12:00 PM aquí, marca 10:00 AM en la zona MST. "
        "Desde el lunes 2 de noviembre, cuando el reloj marca 8:00 AM aquí, marca 7:00 AM en la zona MST."
    )


def test_an_hour_that_happens_twice_says_which(shop: Shop, moment: Moment) -> None:
    from answerback.store import models
    from answerback.workflow import links

    models.Business.objects.update(hours=ALWAYS)
    moment.now = datetime(2026, 10, 31, 20, tzinfo=UTC)
    address = f"/b/{links.token(shop.customer().conversation.id, moment.now)}"
    page = Client().get(address).content.decode()
    early = re.findall(r'value="2026-11-01T0[0-2][^"]*"><span>([^<]*)</span>', page)
    assert early == ["12:00 AM", "1:00 AM CDT", "1:00 AM CST", "2:00 AM"]
    value = re.findall(r'value="(2026-11-01T01:00:00-06:00)"', page)[0]
    Client().post(address, {"start": value})
    booked = models.Appointment.objects.get().during.lower
    assert booked == datetime(2026, 11, 1, 7, tzinfo=UTC)
    assert "1:00 AM CST to 2:00 AM" in Client().get(address).content.decode()
