"""A video through the whole product: sent at its moment, once, and never to somebody who said stop."""

from typing import Any

import pytest

MARIA = "+15125550131"


@pytest.fixture
def published(world: Any) -> int:
    """A finished video on the shelf of the business."""
    from answerback.store import models
    from answerback.workflow import clock

    return models.Video.objects.create(
        business_id=world.shop.business,
        title="How we work",
        kind="overview",
        language="en",
        made_by="studio",
        state="ready",
        published_at=clock.now(),
        created_at=clock.now(),
    ).id


def links(world: Any) -> list[str]:
    return [text.body for text in world.texts_to(MARIA) if "/v/" in text.body]


def test_a_video_comes_once_the_service_is_known_and_never_again(world: Any, published: int) -> None:
    from answerback.store import models

    world.call(MARIA, ring=20, outcome="no-answer")
    world.run(minutes=1)
    assert links(world) == []  # never in the first text
    world.text(MARIA, "my water heater is leaking slowly, not urgent")
    world.run(minutes=1)
    assert len(links(world)) == 1
    assert models.Showing.objects.values_list("video", "contact__number").get() == (published, MARIA)
    world.text(MARIA, "actually it is the toilet")
    world.run(minutes=2)
    assert len(links(world)) == 1
    assert world.broken_promises() == ()


def test_nobody_who_said_stop_or_is_in_danger_gets_a_video(world: Any, published: int) -> None:
    world.call(MARIA, ring=20, outcome="no-answer")
    world.run(minutes=1)
    world.text(MARIA, "pipe burst water everywhere")
    world.run(minutes=5)
    world.text(MARIA, "STOP")
    world.run(minutes=5)
    assert links(world) == []
    assert world.broken_promises() == ()
