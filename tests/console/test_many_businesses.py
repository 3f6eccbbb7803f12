"""Somebody with two hundred businesses: each page shows a few of the others, and one page finds all by their names."""

import re
from typing import Any

import pytest
from django.test import Client

from answerback.console.businesses import ROWS
from answerback.console.navigation import IN_MENU
from answerback.store import models

MANY = 200


@pytest.fixture
def kim(shop: Any, as_person: Any, now: Any) -> Client:
    user = models.User.objects.create_user(email="kim@example.com", password="x")
    fields = {"zone": "America/Chicago", "hours": {}, "created_at": now}
    made = models.Business.objects.bulk_create(
        models.Business(name=f"Shop {number:03}", phone=f"+1512555{number:04}", **fields) for number in range(MANY - 1)
    )
    models.Business.objects.filter(id=made[150].id).update(name="Peluquería Álvarez")
    for business in [shop.business, *made]:
        models.Member.objects.create(business=business, user=user, name="Kim", role="desk", email=user.email)
    return as_person("kim@example.com")


def _offered(page: Any) -> list[str]:
    """The names of the businesses a page offers to go to, in its order."""
    return [
        name.strip()
        for name in re.findall(r'name="business" value="\d+"[^>]*>.*?</svg>([^<]*)<', page.content.decode(), re.DOTALL)
    ]


def test_a_page_offers_a_few_however_many_there_are(kim: Client) -> None:
    page = kim.get("/todos")
    assert page.context["seat"].business_name == "Peluquería Álvarez"
    assert _offered(page) == 2 * ["Rivera Plumbing", *(f"Shop {number:03}" for number in range(IN_MENU - 1))]
    assert page.content.decode().count(f"All {MANY} businesses") == 2


def test_whom_one_chose_last_stands_first(kim: Client) -> None:
    for name in ("Shop 120", "Shop 090", "Shop 120", "Shop 003"):
        kim.post("/business", {"business": models.Business.objects.get(name=name).id})
    assert _offered(kim.get("/todos"))[:3] == ["Shop 120", "Shop 090", "Peluquería Álvarez"]


def test_every_business_is_reached_without_a_script(kim: Client) -> None:
    names, query = [], ""
    for _ in range(MANY // ROWS + 1):
        page = kim.get(f"/businesses{query}")
        names += [shop.name for shop in page.context["shops"]]
        query = f"?{page.context['more']}"
        assert len(page.content) < 80_000
    assert query == "?"
    assert names == sorted(
        models.Business.objects.filter(members__user__email="kim@example.com").values_list("name", flat=True)
    )
    more = kim.get("/businesses?q=shop").context["more"]
    assert [shop.name for shop in kim.get(f"/businesses?{more}").context["shops"]][:1] == [f"Shop {ROWS:03}"]


def test_a_business_is_found_by_a_part_of_its_name_without_accents(kim: Client) -> None:
    found = kim.get("/businesses?q=ALVAREZ")
    assert [shop.name for shop in found.context["shops"]] == ["Peluquería Álvarez"]
    assert kim.post("/business", {"business": found.context["shops"][0].id})["Location"] == "/"
    assert kim.get("/todos").context["seat"].business_name == "Peluquería Álvarez"
    assert "No business found" in kim.get("/businesses?q=nothing").content.decode()
