"""Who comes back is written to in the language they spoke last time, whatever of ours begins the new conversation."""

from collections.abc import Iterator

import pytest
from tests.workflow.members import member

from answerback.store import models
from answerback.store.playbook_file import pack_text
from answerback.testing.world import World
from answerback.workflow import address_book, desk_bookings, web_leads
from answerback.workflow.desk_bookings import Wanted
from answerback.workflow.web_leads import Inquiry

ANN = "+15125550131"
BEN = "+15125550132"

WORDS = {
    "es": "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704",
    "en": "hello, kitchen sink is clogged, it can wait, Austin 78704",
}
USUAL = {"es": "en", "en": "es"}
"""What the business speaks first, by what the customer speaks."""

CONFIRMED = {"es": "Rivera Plumbing: su cita es el jue 9 abr", "en": "Rivera Plumbing: you are booked for Thu Apr 9"}


@pytest.fixture(params=["es", "en"])
def spoken(request: pytest.FixtureRequest) -> str:
    language: str = request.param
    return language


@pytest.fixture
def shop(database: None, spoken: str) -> Iterator[World]:
    with World(playbook=pack_text("plumbing", first=USUAL[spoken])) as opened:
        yield opened


def language_of(world: World, number: str) -> str:
    talk = models.Conversation.objects.filter(contact__number=number).latest("id")
    return str(talk.state.get("language", "en"))


def was_here(world: World, spoken: str, number: str = ANN) -> None:
    """They wrote in their language, and it is over since a month."""
    world.text(number, WORDS[spoken])
    world.run(minutes=1)
    assert language_of(world, number) == spoken
    world.staff("Dana").mark(number, "won")
    world.run(days=30)


def test_a_missed_call_is_texted_in_what_they_spoke(shop: World, spoken: str) -> None:
    was_here(shop, spoken)
    shop.call(ANN)
    shop.run(minutes=1)
    assert models.Conversation.objects.count() == 2
    assert language_of(shop, ANN) == spoken
    assert ("Perdone" in shop.texts_to(ANN)[-1].body or "¿" in shop.texts_to(ANN)[-1].body) == (spoken == "es")


def test_who_never_wrote_is_texted_in_the_usual_language(shop: World, spoken: str) -> None:
    shop.call(ANN)
    shop.run(minutes=1)
    shop.staff("Dana").mark(ANN, "won")
    shop.run(days=30)
    shop.call(ANN)
    shop.run(minutes=1)
    assert language_of(shop, ANN) == USUAL[spoken]


def test_a_word_of_no_language_is_answered_in_what_they_spoke(shop: World, spoken: str) -> None:
    was_here(shop, spoken)
    shop.text(ANN, "ok")
    shop.run(minutes=1)
    assert language_of(shop, ANN) == spoken


def test_another_number_of_the_same_person_knows_it_while_they_are_one(shop: World, spoken: str) -> None:
    was_here(shop, spoken)
    shop.call(BEN)
    shop.run(minutes=1)
    assert language_of(shop, BEN) == USUAL[spoken]
    shop.staff("Dana").mark(BEN, "won")
    ann, ben = (models.Contact.objects.get(number=number).id for number in (ANN, BEN))
    merge = address_book.merge(ann, ben, member("Dana"))
    shop.run(days=30)
    shop.call(BEN)
    shop.run(minutes=1)
    assert language_of(shop, BEN) == spoken
    shop.staff("Dana").mark(BEN, "won")
    address_book.undo(merge)
    shop.run(days=30)
    shop.call(BEN)
    shop.run(minutes=1)
    assert language_of(shop, BEN) == USUAL[spoken]


def test_what_staff_book_for_them_is_confirmed_in_it(shop: World, spoken: str) -> None:
    was_here(shop, spoken)
    talk = web_leads.take_in(shop.shop.business, Inquiry(number=ANN, name="Ann", agreed="yes"))
    start = desk_bookings.offered(talk).starts[0]
    desk_bookings.book(talk, Wanted(start=start, name="Ann", address="1 Mill Road"))
    shop.run(minutes=1)
    assert language_of(shop, ANN) == spoken
    shop.run(days=8)
    told = [text.body for text in shop.texts_to(ANN)[1:]]
    assert [body.startswith(CONFIRMED[spoken]) for body in told] == [True]


def test_whom_staff_pause_is_spoken_to_in_it_afterwards(shop: World, spoken: str) -> None:
    was_here(shop, spoken)
    web_leads.pause(shop.shop.business, ANN, member("Dana"))
    shop.run(minutes=1)
    assert language_of(shop, ANN) == spoken


def test_a_form_of_theirs_is_answered_in_it(shop: World, spoken: str) -> None:
    was_here(shop, spoken)
    web_leads.take_in(shop.shop.business, Inquiry(number=ANN, name="Ann", agreed="yes"))
    shop.run(minutes=1)
    assert language_of(shop, ANN) == spoken


def test_a_voicemail_counts_as_spoken(shop: World, spoken: str) -> None:
    shop.call(ANN, voicemail=WORDS[spoken])
    shop.run(minutes=1)
    assert language_of(shop, ANN) == spoken
    shop.staff("Dana").mark(ANN, "won")
    shop.run(days=30)
    shop.call(ANN)
    shop.run(minutes=1)
    assert language_of(shop, ANN) == spoken
