"""A booking's confirmation that a cap on texts keeps back is told to a person, and the receipt says which cap."""

from answerback.store import models
from answerback.testing.world import World

MARIA = "+15125550131"


def test_a_confirmation_that_the_cap_keeps_back_is_a_persons_to_say(world: World) -> None:
    world.call(MARIA)
    world.run(minutes=1)
    for words in ("my water heater is leaking slowly", "it can wait until tomorrow", "78704"):
        world.text(MARIA, words)
        world.run(minutes=1)
    models.Business.objects.update(settings={"texts_per_day": len(world.texts_to(MARIA))})
    before = len(world.texts_to(MARIA))
    world.book(MARIA)
    world.run(minutes=3)
    assert len(world.texts_to(MARIA)) == before
    (kept_back,) = [guard for guard in world.receipts(MARIA)[-1].guards if not guard["passed"]]
    assert (kept_back["name"], kept_back["evidence"]) == ("texts_per_day", "4 of 4 texts in the last day.")
    todos = [(each.kind, each.title) for each in world.todos(MARIA)]
    assert todos == [("review", "Tell them about their appointment by hand. 4 of 4 texts in the last day.")]
