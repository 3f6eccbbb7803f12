"""What a business sees before its first missed call: what will appear, and the one thing to do next."""

from typing import Any

import pytest
from django.test import Client

from answerback.store import models

EMPTY = {
    "/": "No missed call yet",
    "/inbox": "No missed call yet",
    "/inbox?tab=mine": "No missed call yet",
    "/inbox?tab=all": "No missed call yet",
    "/inbox?tab=done": "No missed call yet",
    "/todos": "Nothing to do",
    "/leads": "No leads yet",
    "/leads?as=list": "No leads yet",
    "/calls": "No calls yet",
    "/reports/": "No leads in these days",
    "/reports/texts": "No texts yet",
}
NEXT = "Call your own number from another phone and let it ring out."


@pytest.mark.parametrize("address", EMPTY)
def test_empty_page_says_what_to_do_next(shop: Any, alice: Client, settings: Any, address: str) -> None:
    settings.PHONE_PAGE = False
    page = alice.get(address).content.decode()
    assert (EMPTY[address] in page, page.count(NEXT)) == (True, 1)
    settings.PHONE_PAGE = True
    assert alice.get(address).content.decode().count("Make a pretend call") == 1
    models.Business.objects.update(set_up={"done": ["business"]})
    page = alice.get(address).content.decode()
    assert (page.count("Go on with the set-up"), page.count("Make a pretend call")) == (1, 0)


@pytest.mark.parametrize("address", EMPTY)
def test_nobody_is_told_so_once_a_call_was_missed(shop: Any, alice: Client, settings: Any, address: str) -> None:
    settings.PHONE_PAGE = True
    shop.conversation(131)
    page = alice.get(address).content.decode()
    assert ("No missed call yet" in page, "Make a pretend call" in page) == (False, False)


def test_filters_that_find_nobody_can_be_cleared(shop: Any, alice: Client) -> None:
    shop.conversation(131)
    page = alice.get("/leads?as=list&status=won").content.decode()
    assert ("No leads here" in page, "Clear the filters" in page) == (True, True)
