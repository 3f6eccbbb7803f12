"""Aircall tells at once that a call is over, half a minute later why: the first is acted on, the second settles it."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from answerback.store import models
from answerback.testing.world import World

ANN, AIRCALL = "+15125550131", "+15125550177"
KEYS = {"api_id": "id", "api_token": "t0ken", "webhook_token": "58ffd2bc5f3113f7bebf210a49299a1b"}


@pytest.mark.parametrize("order", ["as it happens", "the end first"])
def test_aircalls_reason_counts_in_whichever_order_it_comes(
    world: World, beside: Callable[..., Any], order: str
) -> None:
    aircall = beside("aircall", AIRCALL, **KEYS)
    hungup = aircall.hooks().missed(caller=ANN, line=AIRCALL, now=world.now, call="77", missed_call_reason=None)
    said = json.loads(hungup.body)
    ended = {**said, "event": "call.ended", "data": {**said["data"], "missed_call_reason": "abandoned_in_ivr"}}
    reports = [hungup, replace(hungup, body=json.dumps(ended).encode())]
    for report in reports if order == "as it happens" else reversed(reports):
        assert aircall.posts(report) == 204
        world.run(seconds=30)
    assert len(world.texts_to(ANN)) == 1
    assert models.Lead.objects.get(contact__number=ANN).missed_reason == "abandoned"
    assert world.broken_promises() == ()
