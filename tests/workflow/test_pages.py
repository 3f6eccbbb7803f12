"""A page whose text cannot arrive goes to somebody else; words are forgotten when their time is over."""

from datetime import timedelta

from answerback.testing import World


def test_a_page_that_cannot_arrive_goes_to_everybody_else(database):
    from answerback.testing.shop import Person

    staff = (
        Person(name="Dana", role="owner", phone="+15125550190"),
        Person(name="Luis", role="desk", phone="+15125550191", on_call=True),
    )
    with World(staff=staff) as world:
        world.phones.add_handset("+15125550191", "Luis", "landline")
        world.text("+15125550131", "pipe burst water everywhere")
        world.run(minutes=1)
        assert len(world.texts_to("+15125550190")) == 1
        assert "(512) 555-0131" in world.texts_to("+15125550190")[0].body


def test_words_are_forgotten_after_their_time(database):
    from answerback.store import models
    from answerback.workflow import tasks

    with World() as world:
        world.text("+15125550131", "my kitchen drain is clogged")
        world.run(minutes=1)
        world.clock.move_to(world.now + timedelta(days=400))
        tasks.forget(timestamp=0)
        kept = models.Event.objects.get(kind="TextReceived")
        assert (kept.body["text"], kept.raw) == ("", None)
        assert set(models.Message.objects.values_list("body", flat=True)) == {""}
