"""Every number of a page of the day is a link to the list behind it, also where that list is another business's."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.console.test_numbers_open_lists import NUMBER, Numbers

from answerback.store import models
from answerback.workflow import people

NO_COUNTS = {
    "time", "textarea", "select", "option", "label", "code", "kbd", "h1",  # moments, what is typed, names
    "h2", "form", "line-words", "words", "cut", "stops", "small", "slip-title",  # sentences
    "line-top", "who", "codes", "funnel",
}  # fmt: skip


@pytest.fixture
def agency(shop: Any, opened: Any, now: Any) -> models.Agency:
    """Kim looks after two businesses; in the second one everything goes wrong at once."""
    made = models.Agency.objects.create(name="North Star")
    elsewhere = opened("Sur Plomeros", "+12125550177")
    models.Business.objects.filter(id__in=[shop.business.id, elsewhere.business.id]).update(agency=made, set_up=None)
    user = models.User.objects.create_user(email="kim@example.com", password="x")
    people.add_agency_admin(made.id, user.id, "Kim")
    talks = [elsewhere.conversation(each, at=now - timedelta(days=2)) for each in range(141, 144)]
    elsewhere.page(talks[0])
    for talk in talks[:2]:
        elsewhere.todo(talk)
    models.Todo.objects.filter(conversation=talks[0]).update(due_at=now - timedelta(hours=1))
    models.Todo.objects.filter(conversation=talks[1]).update(due_at=now + timedelta(hours=1))
    for key in ("t1", "t2"):
        elsewhere.text(talks[2], key, "machine", "See you", "undelivered", now - timedelta(hours=2))
    models.Conversation.objects.filter(id=talks[2].id).update(last_at=now - timedelta(hours=2))  # as a failure does
    for level in ("red", "amber"):
        models.LineFinding.objects.create(
            business=elsewhere.business, line=elsewhere.line, name=level, level=level, says="Silent", fix="Look",
            since=now, checked_at=now,
        )  # fmt: skip
    return made


def test_each_number_of_an_agency_leads_to_its_list_in_that_business(agency: models.Agency, as_person: Any) -> None:
    kim = as_person("kim@example.com")
    page = kim.get("/agency")
    assert [(each.name, each.leads) for each in page.context["shapes"]] == [("Sur Plomeros", 3), ("Rivera Plumbing", 0)]
    sur = models.Business.objects.get(name="Sur Plomeros")
    assert kim.get("/inbox").context["seat"].business != sur.id
    listed = {
        "/todos": lambda context: len(context["woken"]),
        "/todos?late=1": lambda context: len(context["todos"]) + len(context["woken"]),
        "/inbox?number=failed&span=day": lambda context: len(context["lines"]),
        "/inbox?number=captured&span=seven": lambda context: len(context["lines"]),
    }
    found = {}
    for back, count in listed.items():
        assert f'value="{back.replace("&", "&amp;")}"' in page.content.decode(), back
        shown = kim.post("/business", {"business": sur.id, "back": back}, follow=True)
        assert shown.context["seat"].business == sur.id
        found[back] = count(shown.context)
    assert list(found.values()) == [1, 1, 1, 3]
    left = kim.post("/business", {"business": sur.id, "back": "https://elsewhere.example/"})
    assert left["Location"] == "/"


@pytest.mark.parametrize(
    "address", ["/", "/inbox", "/inbox?tab=all", "/leads", "/leads?as=list", "/todos", "/calls", "/health", "/agency"]
)
def test_no_count_stands_there_without_a_list(agency: models.Agency, as_person: Any, address: str) -> None:
    kim: Client = as_person("kim@example.com")
    sur = models.Business.objects.get(name="Sur Plomeros")
    kim.post("/business", {"business": sur.id})
    found = Numbers(kim.get(address).content.decode()).found
    without = [said for said in found if not said.href and not said.inside & {*NO_COUNTS, "button"}]
    assert [(said.words, sorted(said.inside)) for said in without if NUMBER.search(said.words)] == []


def test_no_number_of_lesser_troubles_outranks_a_worse_kind(
    agency: models.Agency, as_person: Any, opened: Any, now: Any
) -> None:
    """Thirty late to-dos come behind one emergency that nobody took, and behind one dead line."""
    names = ("Late", "Dead line", "Emergency", "Well", "New", "Amber")
    shops = {name: opened(name, f"+1212555018{at}") for at, name in enumerate(names)}
    ours = models.Business.objects.filter(id__in=[each.business.id for each in shops.values()])
    ours.update(agency=agency, set_up=None)
    ours.filter(name="New").update(set_up={"step": "hours"})
    for each in range(300, 330):
        shops["Late"].todo(shops["Late"].conversation(each))
    models.Todo.objects.filter(business__name="Late").update(due_at=now - timedelta(days=1))
    for name, level, many in (("Dead line", "red", 1), ("Amber", "amber", 9)):
        shop = shops[name]
        for at in range(many):
            models.LineFinding.objects.create(
                business=shop.business, line=shop.line, name=str(at), level=level, says="Silent", fix="Look",
                since=now, checked_at=now,
            )  # fmt: skip
    shops["Emergency"].page(shops["Emergency"].conversation(390))
    page = as_person("kim@example.com").get("/agency")
    assert [each.name for each in page.context["shapes"]] == [
        "Sur Plomeros", "Emergency", "Dead line", "Late", "Amber", "New", "Rivera Plumbing", "Well",
    ]  # fmt: skip
