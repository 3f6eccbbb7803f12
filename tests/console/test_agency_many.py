"""An agency with two hundred businesses finds the one it looks for: the worst first, a page at a time."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from answerback.console.agency.businesses import ROWS
from answerback.store import models
from answerback.workflow import people

MANY = 200


@pytest.fixture
def agency(shop: Any) -> models.Agency:
    """Alice's business and no other."""
    made = models.Agency.objects.create(name="North Star")
    models.Business.objects.filter(id=shop.business.id).update(agency=made, set_up=None)
    user = models.User.objects.create_user(email="kim@example.com", password="x")
    people.add_agency_admin(made.id, user.id, "Kim")
    return made


@pytest.fixture
def many(agency: models.Agency, opened: Any, now: Any) -> None:
    """With 198 quiet ones, of which every tenth is still being set up, and one with a late to-do."""
    late = opened("Zebra Heating", "+12125550177")
    late.todo(late.conversation(141))
    models.Todo.objects.update(due_at=now - timedelta(hours=1))
    models.Business.objects.filter(id=late.business.id).update(agency=agency, set_up=None)
    models.Business.objects.bulk_create(
        models.Business(
            name=f"Peluquería {each:03}" if each == 7 else f"Shop {each:03}",
            phone=f"+1512556{each:04}",
            zone="America/Chicago",
            hours={},
            created_at=now,
            agency=agency,
            set_up={"step": "hours"} if each % 10 == 5 else None,
        )
        for each in range(MANY - 2)
    )
    for row in models.Business.objects.filter(agency=agency):
        people.seat_admins(row)


@pytest.fixture
def kim(agency: models.Agency, as_person: Any) -> Client:
    client: Client = as_person("kim@example.com")
    return client


def _names(page: Any) -> list[str]:
    return [each.name for each in page.context["shapes"]]


def _tabs(page: Any) -> dict[str, str]:
    """What each tab says, and where it leads."""
    nav = re.search(r'<nav class="tabs[^>]*>(.*?)</nav>', page.content.decode(), re.DOTALL)
    assert nav is not None
    links = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', nav[1], re.DOTALL)
    return {" ".join(re.sub(r"<[^>]+>", " ", words).split()): href for href, words in links}


@pytest.mark.usefixtures("many")
def test_a_page_shows_some_and_leads_to_the_rest(kim: Client) -> None:
    names, query = [], ""
    for _ in range(MANY // ROWS):
        page = kim.get(f"/agency?{query}")
        assert len(page.content) < 150_000
        names += _names(page)
        query = page.context["more"]
    assert query == ""
    assert (len(names), len(set(names))) == (MANY, MANY)
    assert names[:2] == ["Zebra Heating", "Shop 005"]  # what has trouble, then what is not set up


@pytest.mark.usefixtures("many")
def test_one_is_found_by_a_part_of_its_name(kim: Client) -> None:
    assert _names(kim.get("/agency?q=peluqueria")) == ["Peluquería 007"]
    assert _names(kim.get("/agency?q=ZEBRA&show=trouble")) == ["Zebra Heating"]
    assert "No business found" in kim.get("/agency?q=nothing").content.decode()


@pytest.mark.usefixtures("many")
def test_the_tabs_say_how_many_and_show_those(kim: Client) -> None:
    tabs = _tabs(kim.get("/agency"))
    assert list(tabs) == ["All 200", "Needs somebody 1", "Not set up 20", "All well 179"]
    shown = {name: kim.get(href) for name, href in tabs.items()}
    assert [page.context["found"] for page in shown.values()] == [200, 1, 20, 179]
    assert _names(shown["Needs somebody 1"]) == ["Zebra Heating"]
    assert {each.set_up for each in shown["Not set up 20"].context["shapes"]} == {False}
    searched = _tabs(kim.get("/agency?q=shop&show=well"))
    assert list(searched) == ["All 197", "Needs somebody 0", "Not set up 20", "All well 177"]
    assert searched["Not set up 20"] == "/agency?show=new&amp;q=shop"


def test_it_asks_no_more_for_two_hundred_than_for_one(agency: models.Agency, kim: Client, request: Any) -> None:
    kim.get("/agency")
    with CaptureQueriesContext(connection) as few:
        kim.get("/agency")
    request.getfixturevalue("many")
    kim.get("/agency")
    with CaptureQueriesContext(connection) as lots:
        kim.get("/agency")
    assert len(lots) == len(few)


def test_a_set_up_that_is_not_finished_leads_to_its_step(agency: models.Agency, kim: Client, shop: Any) -> None:
    models.Business.objects.filter(id=shop.business.id).update(set_up={"step": "hours"})
    assert 'name="back" value="/set-up">set-up not finished' in kim.get("/agency").content.decode()
    went = kim.post("/business", {"business": shop.business.id, "back": "/set-up"})
    assert went["Location"] == "/set-up"


def test_a_fire_drill_is_no_emergency_of_the_agency(agency: models.Agency, kim: Client, shop: Any) -> None:
    """A drill that nobody had taken yet put its business before every other, as "1 emergency nobody took"."""
    shop.page(shop.conversation(131))
    models.Page.objects.update(drill=True)
    (shape,) = kim.get("/agency").context["shapes"]
    assert (shape.pages, shape.is_well) == (0, True)


def test_of_one_or_two_nothing_is_searched(agency: models.Agency, kim: Client) -> None:
    said = kim.get("/agency").content.decode()
    assert ('role="search"' in said, 'class="tabs' in said) == (False, False)


@pytest.mark.usefixtures("many")
def test_the_reports_of_all_do_not_begin_with_a_wall_of_names(kim: Client) -> None:
    said = " ".join(kim.get("/reports/everywhere").content.decode().split())
    assert "<summary>200 businesses had no missed calls in these days</summary>" in said
