"""The booking page as a customer meets it: robots that look at it, thumbs that post it, links that are dead."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from answerback.booking import words
from answerback.store import models
from answerback.store.queries import agencies

THURSDAY_9 = datetime(2026, 3, 12, 9, tzinfo=ZoneInfo("America/Chicago")).isoformat()


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


def test_looking_changes_nothing(shop: Any, client: Client) -> None:
    maria = shop.customer()
    for _ in range(3):
        assert client.get(f"/b/{maria.token}").status_code == 200
        assert client.head(f"/b/{maria.token}").status_code == 200
    assert (shop.calendar(), maria.events(), models.Attempt.objects.count()) == ([], [], 0)
    assert client.get(f"/b/{maria.token}/cancel").status_code == 405


def test_what_the_address_says_is_not_believed(shop: Any, client: Client) -> None:
    maria = shop.customer()
    said = "Your appointment was cancelled"
    assert said not in client.get(f"/b/{maria.token}?cancelled=1").content.decode()
    client.post(f"/b/{maria.token}", {"start": THURSDAY_9})
    assert said not in client.get(f"/b/{maria.token}?cancelled=1").content.decode()
    left = client.post(f"/b/{maria.token}/cancel")
    page = client.get(left["Location"]).content.decode()
    assert (said in page, 'class="banner bad"' in page) == (True, False)


def test_page_wears_the_colour_of_the_businesss_agency(shop: Any, client: Client) -> None:
    maria, ours = shop.customer(), '<link rel="icon" href="/static/console/icon.svg" type="image/svg+xml">'
    assert ours in client.get(f"/b/{maria.token}").content.decode()
    agency = models.Agency.objects.create(name="Northline", colour="#b4145a")
    models.Business.objects.filter(id=shop.business.id).update(agency=agency)
    agencies.forget()
    for posted in (None, {"start": ""}, {"start": THURSDAY_9}):  # to choose, refused, booked
        address = f"/b/{maria.token}"
        page = client.post(address, posted, follow=True) if posted else client.get(address)
        links = re.findall(r'<link rel="(?:icon|stylesheet)" href="(?!/static)([^"]+)"', page.content.decode())
        assert links == [f"/icon-192.png?of={agency.id}", f"/brand/{agency.id}.css?b4145a"]
        assert [client.get(each).status_code for each in links] == [200, 200]
    agencies.forget()


def test_page_keeps_the_link_to_itself(shop: Any, client: Client) -> None:
    answer = client.get(f"/b/{shop.customer().token}")
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies == {}
    assert "<script" not in answer.content.decode()


def test_posted_time_is_booked_and_shown(shop: Any, client: Client) -> None:
    maria = shop.customer(name="", address="")
    post = {"start": THURSDAY_9, "name": "Maria Lopez", "address": "12 Elm St"}
    answer = client.post(f"/b/{maria.token}", post, headers={"Origin": "null"})
    assert (answer.status_code, answer["Location"]) == (302, f"/b/{maria.token}")
    page = client.get(answer["Location"]).content.decode()
    assert re.findall(r'class="booked-day">(.*?)</p>', page) == ["Thursday, March 12"]
    assert "9:00 AM to 10:00 AM" in page
    assert shop.calendar() == [("booked", "Dan", "Thu 09:00")]
    client.post(f"/b/{maria.token}/cancel")
    assert shop.calendar() == [("cancelled", "Dan", "Thu 09:00")]


def test_year_is_said_when_it_is_another_one() -> None:
    here, there = date(2026, 12, 30), date(2027, 1, 7)
    assert [words.day_from(day, here, "en") for day in (here, there)] == [
        "Wednesday, December 30",
        "Thursday, January 7, 2027",
    ]
    assert [words.day_from(day, here, "es") for day in (here, there)] == [
        "miércoles 30 de diciembre",
        "jueves 7 de enero de 2027",
    ]


def test_known_name_and_address_are_not_asked(shop: Any, client: Client) -> None:
    known = client.get(f"/b/{shop.customer(1).token}").content.decode()
    unknown = client.get(f"/b/{shop.customer(2, name='', address='').token}").content.decode()
    fields = ('name="name"', 'name="address"')
    assert [field in known for field in fields] == [False, False]
    assert [field in unknown for field in fields] == [True, True]


@pytest.mark.parametrize("start", ["", "tomorrow", "2026-03-12T09:00:00", "9" * 400])
def test_post_without_a_time_asks_for_one(shop: Any, client: Client, start: str) -> None:
    answer = client.post(f"/b/{shop.customer().token}", {"start": start})
    assert answer.status_code == 400
    assert "Choose a time first." in answer.content.decode()
    assert shop.calendar() == []


def test_taken_time_shows_what_is_left_and_keeps_what_was_typed(shop: Any, client: Client) -> None:
    for last in (1, 2):
        client.post(f"/b/{shop.customer(last).token}", {"start": THURSDAY_9})
    tom = shop.customer(3, name="", address="")
    answer = client.post(f"/b/{tom.token}", {"start": THURSDAY_9, "name": "Tom B", "address": "3 Oak Ave"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody just took that time" in page
    assert f'value="{THURSDAY_9}"' not in page
    assert 'value="Tom B"' in page
    assert 'value="3 Oak Ave"' in page


def test_dead_link_says_whom_to_call(shop: Any, client: Client, moment: Any) -> None:
    token = shop.customer().token
    moment.after(days=9)
    answer = client.get(f"/b/{token}")
    assert answer.status_code == 410
    assert 'href="tel:+15125550100"' in answer.content.decode()
    assert client.post(f"/b/{token}", {"start": THURSDAY_9}).status_code == 410
    assert client.get("/b/nonsense").status_code == 404


def test_link_that_is_hammered_has_to_wait(shop: Any, client: Client, moment: Any) -> None:
    maria, tom = shop.customer(1), shop.customer(2)
    statuses = [client.post(f"/b/{maria.token}", {"start": "x"}).status_code for _ in range(22)]
    assert statuses == [400] * 20 + [429] * 2
    assert client.post(f"/b/{tom.token}", {"start": THURSDAY_9}).status_code == 302
    moment.after(hours=1)
    assert client.post(f"/b/{maria.token}", {"start": THURSDAY_9}).status_code == 302
