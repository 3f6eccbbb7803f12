"""What a finding of a line counts can be read one by one, and it is as many as the sentence says."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from answerback.store import models
from answerback.store.queries import line_behind as lists
from answerback.testing.world import World
from answerback.workflow import line_behind, line_health

OFFICE = "+15125550177"


def _agree(number: str, expected: dict[str, int]) -> None:
    """Each of these findings says so many, and so many are behind it."""
    line_health.check_all()
    found = models.LineFinding.objects.filter(line__number=number, name__in=expected)
    said = {each.name: int(re.findall(r"\d+", each.says)[-1 if each.level == "green" else 0]) for each in found}
    assert said == expected
    assert {each.name: len(line_behind.listed(each)) for each in found} == expected


def _call(world: World, many: int = 3) -> str:
    for number in range(many):
        world.call(f"+1512555{2000 + number}")
    world.run(minutes=2)
    return world.shop.lines[0]


def test_calls_of_the_week_and_texts_of_the_day(world: World) -> None:
    ours = _call(world)
    texts = models.Message.objects.filter(sent_at__isnull=False).exclude(author="customer").count()
    _agree(ours, {"calls": 3, "texting": texts})


def test_texts_that_were_held_back_and_those_nobody_spoke_of(world: World) -> None:
    ours = _call(world)
    models.Message.objects.update(status="sent", delivered_at=None)
    world.run(minutes=40)
    silent = models.Message.objects.filter(status="sent").exclude(author="customer").count()
    _agree(ours, {"receipts": silent})
    models.Message.objects.update(failure="filtered", status="undelivered")
    _agree(ours, {"filtering": silent})


def test_calls_that_were_forwarded_at_once_or_answered_by_a_box(world: World, beside: Callable[..., Any]) -> None:
    office = beside("asterisk", lines=OFFICE, post_token="post-token")
    for number in range(3):
        caller = f"+1512555{2000 + number}"
        told = {"rdnis": "+15125550199", "rdreason": "cfu"}
        office.posts(office.hooks().missed(caller=caller, line=OFFICE, now=world.now, **told))
    _agree(OFFICE, {"calls": 3})
    for number in range(6):
        caller, dialed = f"+1512555{3000 + number}", str(8 + 22 + number % 2)
        office.posts(
            office.hooks().answered(caller=caller, line=OFFICE, now=world.now, talked_seconds=8, dialed=dialed)
        )
    _agree(OFFICE, {"voicemail": 6})


def test_page_of_a_finding_shows_them_in_portions(world: World, monkeypatch: Any) -> None:
    _call(world)
    line_health.check_all()
    user = models.User.objects.create_user("dana@example.com", "a long password")
    models.Member.objects.filter(role="owner").update(user=user)
    client = Client()
    client.force_login(user)
    found = models.LineFinding.objects.get(line__number=world.shop.lines[0], name="calls")
    assert f'href="/health/{found.id}"' in client.get("/health").content.decode()
    monkeypatch.setattr(lists, "ROWS", 2)
    monkeypatch.setattr("answerback.console.behind.ROWS", 2)
    page = client.get(f"/health/{found.id}")
    assert (len(page.context["found"]), page.context["title"]) == (2, "Calls that reached us in the last week: 3")
    rest = client.get(f"/health/{found.id}?{page.context['older']}")
    shown = [each.href for each in (*page.context["found"], *rest.context["found"])]
    assert len(set(shown)) == len(shown) == 3
    models.LineFinding.objects.update(checked_at=world.now + timedelta(days=30))
    assert "Nothing any more." in client.get(f"/health/{found.id}").content.decode()
