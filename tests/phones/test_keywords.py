"""STOP, START and HELP that a provider answers by itself are kept as said, and nobody is answered twice."""

from collections.abc import Callable
from typing import Any

import pytest

from answerback.store import models
from answerback.testing.world import World

ANN, TWILIO = "+15125550131", "+15125550188"
KEYS = {"account_sid": "AC" + "1" * 32, "auth_token": "secret"}


@pytest.mark.parametrize(
    ("keywords", "words", "answered", "stopped"),
    [
        ("provider", "STOP", 0, True),
        ("provider", "revoke", 0, True),
        ("provider", "HELP", 0, False),
        ("provider", "please stop texting me", 1, True),
        ("us", "STOP", 1, True),
        ("us", "HELP", 1, False),
    ],
)
def test_keyword_is_answered_once_by_whoever_owns_it(  # noqa: PLR0917  one row of the table
    world: World, beside: Callable[..., Any], keywords: str, words: str, answered: int, stopped: bool
) -> None:
    twilio = beside("twilio", TWILIO, **KEYS, keywords=keywords)
    assert twilio.posts(twilio.hooks().text(caller=ANN, line=TWILIO, body=words)) in {200, 204}
    world.run(minutes=10)
    assert len(world.texts_to(ANN)) == answered
    assert models.Suppression.objects.filter(number=ANN, lifted_at=None).exists() is stopped
