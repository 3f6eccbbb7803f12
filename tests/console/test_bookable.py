"""Who and what can be booked: the owner sets hours, time off, resources and ways, and sees the openings that gives."""

import re
from typing import Any

import pytest
from django.test import Client

from answerback.store import models

WEDNESDAY_MORNINGS = {"from-2-0": "08:00", "to-2-0": "10:00", "from-2-1": "10:30", "to-2-1": "12:00"}


@pytest.fixture
def dan(shop: Any) -> models.Member:
    row: models.Member = shop.member("Dan", "technician")
    return row


def _openings(page: str) -> list[str]:
    """What stands under the heading of the openings: days, each followed by its clocks."""
    part = page.partition('id="openings"')[2].partition("</section>")[0]
    return [day or clock for day, clock in re.findall(r"<dt>(.*?)</dt>|<span class=\"chip\">(.*?)</span>", part)]


def _why(client: Client, address: str, at: str, service: str = "toilet") -> list[tuple[str, str]]:
    page = client.get(address, {"service": service, "at": at}).content.decode()
    part = page.partition('class="reasons"')[2].partition("</ul>")[0]
    return re.findall(r"<span>(.*?)</span>(?: <a href=\"(.*?)\">)?", part)


def test_hours_of_a_person_are_looked_at_before_they_are_kept(alice: Client, dan: models.Member) -> None:
    given = {"bookable": "yes", **WEDNESDAY_MORNINGS}
    looked = alice.post(f"/diary/people/{dan.id}/save", {**given, "look": "yes"}).content.decode()
    wanted = ["Wed, Mar 18", "8:00 AM", "9:00 AM", "10:30 AM", "Wed, Mar 25", "8:00 AM", "9:00 AM"]
    assert ("not saved yet" in looked, _openings(looked)) == (True, wanted)
    assert models.Member.objects.get(id=dan.id).hours is None
    kept = alice.post(f"/diary/people/{dan.id}/save", given, follow=True).content.decode()
    assert _openings(kept) == wanted
    assert models.Member.objects.get(id=dan.id).hours == [[2, "08:00", "10:00"], [2, "10:30", "12:00"]]
    assert "Wed: 8:00 AM to 10:00 AM, 10:30 AM to 12:00 PM" in alice.get("/diary/people").content.decode()
    assert _why(alice, "/diary/types", "2026-03-19T09:00") == [
        ("Dan does not work at Thursday, March 19, 9:00 AM.", f"/diary/people/{dan.id}")
    ]
    wrong = alice.post(f"/diary/people/{dan.id}/save", {**given, "to-2-0": "07:00"})
    assert (wrong.status_code, "Wednesday: two shifts overlap" in wrong.content.decode()) == (409, True)
    assert 'value="07:00"' in wrong.content.decode()


def test_time_off_is_offered_to_nobody_until_it_is_taken_back(shop: Any, alice: Client, dan: models.Member) -> None:
    address = f"/diary/people/{dan.id}"
    said = alice.post(f"{address}/off", {"first": "2026-03-12", "last": "2026-03-13", "why": "Fishing"}, follow=True)
    assert "Thu, Mar 12 - Fri, Mar 13" in said.content.decode()
    assert _why(alice, address, "2026-03-13T09:00") == [
        ("Dan has time off Thursday, March 12 to Friday, March 13.", address)
    ]
    assert "Thu, Mar 12" not in _openings(alice.get(address).content.decode())
    off = models.Busy.objects.get()
    alice.post(f"/diary/off/{off.id}/remove")
    assert (models.Busy.objects.count(), _why(alice, address, "2026-03-13T09:00")) == (0, [])
    alice.post(f"{address}/off", {"first": "2026-03-12", "begin": "13:00", "end": "15:30"})
    assert "Thu, Mar 12, 1:00 PM - 3:30 PM" in alice.get(address).content.decode()
    for wrong in ({"first": "2026-03-12", "last": "2026-03-11"}, {"first": "2026-03-01"}, {"first": "soon"}):
        assert alice.post(f"{address}/off", wrong).status_code == 409
    assert models.Busy.objects.count() == 1


def test_everybody_writes_their_own_time_off_and_nobody_anothers(bob: Client, dan: models.Member) -> None:
    own = models.Member.objects.get(name="Bob")
    assert bob.post(f"/diary/people/{own.id}/off", {"first": "2026-03-12"}).status_code == 302
    assert bob.post(f"/diary/people/{dan.id}/off", {"first": "2026-03-12"}).status_code == 404
    assert bob.post(f"/diary/people/{own.id}/save", {"bookable": "yes"}).status_code == 404
    assert bob.post("/diary/things/add", {"kind": "chair", "count": "1"}).status_code == 404
    assert [row.member_id for row in models.Busy.objects.all()] == [own.id]
    assert {bob.get(f"/diary/{page}").status_code for page in ("people", "things", "ways", "types")} == {200}


def test_a_resource_that_is_missing_or_taken_is_the_reason(shop: Any, alice: Client, dan: models.Member) -> None:
    alice.post("/diary/types/save", {"service": "toilet", "needs": " Truck", "active": "yes"})
    assert _why(alice, "/diary/things", "2026-03-12T09:00") == [
        ("This service needs a truck, and there is none.", "/diary/things")
    ]
    assert "A service needs a truck, and there is none" in alice.get("/diary/things").content.decode()
    alice.post("/diary/things/add", {"kind": " Truck ", "count": "2"})
    rows = models.Resource.objects.order_by("id")
    assert [(row.kind, row.name, row.active) for row in rows] == [
        ("truck", "Truck 1", True),
        ("truck", "Truck 2", True),
    ]
    page = alice.get("/diary/things").content.decode()
    assert ("2 at once" in page, "Needed for: Toilet" in page) == (True, True)
    assert _why(alice, "/diary/things", "2026-03-12T09:00") == []
    for row in rows:
        alice.post(f"/diary/things/{row.id}/change", {"name": "Ford"})
    assert [(row.name, row.active) for row in rows.all()] == [("Ford", False), ("Ford", False)]
    assert _why(alice, "/diary/things", "2026-03-12T09:00")[0][0] == "This service needs a truck, and there is none."
    assert alice.post("/diary/things/add", {"kind": "truck", "count": "0"}).status_code == 409


def test_ways_between_areas_are_kept_and_removed(shop: Any, alice: Client) -> None:
    alice.post("/diary/ways/usual", {"minutes": "30"})
    assert models.Business.objects.get(id=shop.business.id).settings == {"travel": 1800.0}
    alice.post("/diary/ways/add", {"one": "round  rock", "other": "Austin", "minutes": "45"})
    alice.post("/diary/ways/add", {"one": "Austin", "other": "Round Rock", "minutes": "50"})
    row = models.AreaWay.objects.get()
    assert (row.one, row.other, row.minutes) == ("austin", "round rock", 50)
    page = alice.get("/diary/ways").content.decode()
    assert ("Round Rock" in page, "50 minutes" in page, 'value="30"' in page) == (True, True, True)
    wrong = alice.post("/diary/ways/add", {"one": "Austin", "other": "austin", "minutes": "5"})
    assert (wrong.status_code, "two different areas" in wrong.content.decode()) == (409, True)
    assert alice.post("/diary/ways/usual", {"minutes": "many"}).status_code == 409
    alice.post(f"/diary/ways/{row.id}/remove")
    assert models.AreaWay.objects.count() == 0


def test_what_was_refused_of_a_thing_stays_as_it_was_typed(shop: Any, alice: Client) -> None:
    """The location that was chosen was gone; the whole form is shown again."""
    north = models.Location.objects.create(business=shop.business, name="North side")
    answer = alice.post("/diary/things/add", {"kind": "truck", "count": "0", "location": north.id})
    page = answer.content.decode()
    kept = (f'<option value="{north.id}" selected>North side', 'value="truck"', 'data-beside="count"')
    assert (answer.status_code, [each for each in kept if each not in page]) == (409, [])
