"""Who was woken for an emergency, when and with what came of it, stands in the timeline of its conversation."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils.html import strip_tags

from answerback.store import models
from answerback.store.queries import news
from answerback.testing.shop import Person
from answerback.testing.world import World

ANN, BEN = "+15125550190", "+15125550191"
MARIA = "+15125550131"


@pytest.fixture
def world(database: None) -> Iterator[World]:
    """Ann is rung first and takes no call, Ben is the last resort."""
    staff = (
        Person(name="Ann", role="technician", phone=ANN, on_call=True),
        Person(name="Ben", role="owner", phone=BEN),
    )
    with World(staff=staff, now="2026-03-10 02:00") as world:
        models.Member.objects.filter(name="Ann").update(rings=True)
        yield world


def reader(name: str, language: str = "en") -> Client:
    """A browser in which this member is signed in."""
    user = models.User.objects.create_user(f"{name.lower()}@example.com", "a long password", language=language)
    models.Member.objects.filter(name=name).update(user=user)
    client = Client()
    client.force_login(user)
    return client


def woken(client: Client, world: World) -> list[str]:
    """What the timeline says of who was woken, entry by entry."""
    page = client.get(f"/c/{world.conversation(MARIA).id}").content.decode()
    thread = page.partition('id="thread"')[2].partition("</ol>")[0]
    entries = re.findall(r'<li class="note (?:wake|page)[^"]*" id="[^"]*">(.*?)</li>', thread, re.DOTALL)
    return [" ".join(strip_tags(each).split()) for each in entries]


def test_the_timeline_says_who_was_woken_and_who_took_it(world: World) -> None:
    world.text(MARIA, "pipe burst water everywhere")
    world.run(minutes=3)
    world.text(BEN, "1")
    world.run(seconds=30)
    assert woken(reader("Ann"), world) == [
        "Woke the person on call Urgent: call now 2:00 AM",
        "Texted Ann no answer Delivered 2:00 AM",
        "Called Ann no answer 2:00 AM",
        "Texted Ben Delivered 2:02 AM",
        "Ben took it A person took the conversation; the machine is silent. 2:03 AM",
    ]


def test_who_passes_it_on_is_told_once(world: World) -> None:
    world.phones.picks_up(ANN, "2")
    world.text(MARIA, "pipe burst water everywhere")
    world.run(minutes=1)
    assert woken(reader("Ben", "es"), world) == [
        "Despertó a la persona de guardia Urgente: llame ahora 2:00 AM",
        "Mensaje a Ann Entregado 2:00 AM",
        "Llamada a Ann contestó el teléfono 2:00 AM",
        "Mensaje a Ben se espera una respuesta Entregado 2:00 AM",
        "Ann lo pasó a otra persona 2:00 AM",
    ]


def test_a_night_in_which_nobody_answers_is_not_told_round_by_round(world: World) -> None:
    world.text(MARIA, "pipe burst water everywhere")
    world.run(minutes=40)
    assert woken(reader("Ben"), world) == [
        "Woke the person on call Urgent: call now 2:00 AM",
        "Texted Ann no answer Delivered 2:00 AM",
        "Called Ann no answer 2:00 AM",
        "Texted Ben no answer Delivered 2:02 AM",
        "Woken again, round after round Ann, Ben 2:07 AM",
        "Texted Ann waiting for an answer Delivered 2:35 AM",
        "Called Ann no answer 2:35 AM",
        "Texted Ben waiting for an answer Delivered 2:37 AM",
    ]


def test_what_comes_of_a_call_is_news(world: World) -> None:
    """The page of the conversation learns of it without being loaded anew."""
    world.text(MARIA, "pipe burst water everywhere")
    world.run(seconds=5)
    there = world.conversation(MARIA)

    def version() -> str:
        return news.version_of(there.id, [there.business_id], there.last_at)

    before = version()
    models.Wake.objects.filter(by="call").update(state="failed", detail="Nobody took the call.")
    after = version()
    assert after != before
    models.OurCall.objects.update(stage="offer")
    assert version() != after
