"""An agency's admin looks after a business: nobody is booked with them there, or misses their phone."""

from typing import Any

import pytest
from django.test import Client
from tests.console.conftest import NOW

from answerback.store import models
from answerback.workflow import directory


@pytest.fixture
def ada(shop: Any) -> models.Member:
    """Ada of the agency has a seat in the shop, as `people` gives it to her."""
    return models.Member.objects.create(business=shop.business, name="Ada", role="agency", bookable=False)


@pytest.mark.parametrize(
    ("page", "about"),
    [("/on-call", "Cannot be woken"), ("/diary/types", "Who does it"), ("/calendars/", "alendar")],
)
def test_an_admin_who_does_not_work_there_is_not_asked_for(
    shop: Any, alice: Client, ada: models.Member, page: str, about: str
) -> None:
    models.Member.objects.filter(name="Bob").update(phone="")
    models.Member.objects.create(business=shop.business, name="Gone", role="technician", left_at=NOW)
    shown = alice.get(page).content.decode().partition("<main")[2]
    assert about in shown
    named = [each for each in ("Bob", "Ada", "Gone") if each in shown]
    assert named == ["Bob"]
    models.Member.objects.filter(id=ada.id).update(bookable=True)
    assert "Ada" in alice.get(page).content.decode().partition("<main")[2]


def test_who_was_named_for_an_appointment_stays_in_its_form(shop: Any, alice: Client, ada: models.Member) -> None:
    models.AppointmentType.objects.create(business=shop.business, service="", members=[ada.id])
    assert "Ada" in alice.get("/diary/types").content.decode().partition("<main")[2]


def test_a_business_with_nobody_but_its_agency_takes_no_bookings(shop: Any, ada: models.Member) -> None:
    models.Member.objects.exclude(id=ada.id).update(left_at=NOW)
    taken = []
    for bookable in (False, True):
        models.Member.objects.filter(id=ada.id).update(bookable=bookable)
        row = models.Business.objects.get(id=shop.business.id)
        assert row.playbook_id is not None
        directory.forget()
        taken.append(directory.known(row.id, row.revision, row.playbook_id).rules.business.takes_bookings)
    assert taken == [False, True]
