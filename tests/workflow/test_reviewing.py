"""The weekly review names the places where people were lost, and nobody who came on by another way."""

from datetime import date

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import measuring, reviewing

ANN, BEN = "+15125550131", "+15125550132"


def test_who_books_on_the_page_did_not_stop_at_the_offer(world: World) -> None:
    for number in (ANN, BEN):
        world.call(number, ring=20)
    world.run(minutes=2)
    for words in ("i need a new water heater", "it can wait until tomorrow", "78704"):
        for number in (ANN, BEN):
            world.text(number, words)
        world.run(minutes=1)
    world.book(ANN)
    world.run(minutes=5)
    business = models.Business.objects.get().id
    measuring.refresh(business)
    found = reviewing.review(business, date(2026, 3, 9))
    ann, ben = (models.Conversation.objects.get(contact__number=number).id for number in (ANN, BEN))
    assert [(stop.place, stop.came, stop.left) for stop, _examples in found.stops] == [
        ("routes > book > say", (ben, ann), (ben,))
    ]
