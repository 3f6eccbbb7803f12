"""A stop at one of two numbers of a person: the call missed at the other still waits for somebody, in true words."""

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import address_book
from answerback.workflow.actors import Actor

FIRST, OTHER = "+15125550131", "+15125550132"


def test_who_is_asked_to_call_is_told_that_they_said_stop(world: World) -> None:
    """Whoever was asked read "No reply to our texts", and rang somebody who had answered them: with a stop."""
    for number in (FIRST, OTHER):
        world.call(number, ring=20, outcome="no-answer")
        world.run(minutes=2)
    first, other = (models.Contact.objects.get(number=number).id for number in (FIRST, OTHER))
    address_book.merge(first, other, Actor(member=None, name="Alice"))
    world.text(FIRST, "STOP")
    world.run(minutes=3 * 24 * 60)
    asked = [(todo.conversation.contact.number, todo.title) for todo in models.Todo.objects.filter(closed_at=None)]
    assert asked == [(OTHER, "Said stop at another of their numbers: call, or let it rest")]
    assert [str(text.key) for text in models.Message.objects.filter(to=OTHER)] == ["first_text:0"]
    lead = models.Lead.objects.get(conversation__contact__number=OTHER)
    assert (lead.status, lead.next_step) == ("contacted", "A person calls back")
