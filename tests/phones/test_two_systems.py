"""Two phone systems see the same missed call: one lead, one text, whichever reports first, however late the other."""

from collections.abc import Callable
from typing import Any

import pytest

from answerback.store import models
from answerback.testing.world import World

ANN = "+15125550131"
QUO, TWILIO = "+15125550177", "+15125550188"
QUO_KEYS = {"api_key": "key", "webhook_secret": "whsec_c2VjcmV0"}
TWILIO_KEYS = {"account_sid": "AC" + "1" * 32, "auth_token": "secret"}


@pytest.mark.parametrize(("first", "seconds"), [("quo", 0), ("quo", 40), ("twilio", 3), ("twilio", 240)])
def test_call_that_quo_and_twilio_report_is_one_lead_and_one_text(
    world: World, beside: Callable[..., Any], first: str, seconds: int
) -> None:
    systems = {
        "quo": (beside("quo", QUO, **QUO_KEYS), QUO),
        "twilio": (beside("twilio", TWILIO, **TWILIO_KEYS), TWILIO),
    }
    called_at = world.now
    for name in sorted(systems, key=lambda name: name != first):
        system, line = systems[name]
        hook = system.hooks().missed(caller=ANN, line=line, now=called_at)
        assert system.posts(hook) in {200, 204}
        assert system.posts(hook) in {200, 204}, "reported twice as well"
        world.run(seconds=seconds)
    world.run(minutes=20)

    assert len(world.texts_to(ANN)) == 1
    assert models.Lead.objects.filter(contact__number=ANN).count() == 1
    assert models.Conversation.objects.filter(contact__number=ANN).count() == 1
    assert world.broken_promises() == ()
