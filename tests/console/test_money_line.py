"""The money line of Today says what happened in its days, and each number opens as many conversations as it says."""

from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import pytest
from django.test import Client

from answerback.store import models
from answerback.workflow import desk
from answerback.workflow.actors import Actor
from answerback.workflow.desk import Money

ORDER = ("new", "contacted", "qualified", "booked", "won")


class Came(NamedTuple):
    """When one lead came to each stage, as the test made it; None where it never did."""

    captured: datetime
    replied: datetime | None = None
    qualified: datetime | None = None
    booked: datetime | None = None
    sold: datetime | None = None
    cents: int = 0


def line(client: Client) -> dict[str, dict[str, tuple[int, str]]]:
    shown = client.get("/").context["money"]
    return {days.key: {each.key: (each.count, each.note) for each in numbers} for days, numbers in shown}


def counted(client: Client) -> dict[tuple[str, str], tuple[int, int]]:
    """What each number says, beside how many different conversations all pages of its list have."""
    found = {}
    for days, numbers in client.get("/").context["money"]:
        for each in numbers:
            ids, page = [], client.get(each.href)
            while older := page.context["older"]:
                ids += [shown.id for shown in page.context["lines"]]
                page = client.get(f"/inbox?{older}")
            ids += [shown.id for shown in page.context["lines"]]
            assert len(ids) == len(set(ids))
            found[days.key, each.key] = (each.count, len(ids))
    return found


def turn(talk: models.Conversation, status: str, at: datetime) -> None:
    models.Lead.objects.filter(conversation=talk).update(status=status, updated_at=at)
    models.Conversation.objects.filter(id=talk.id, last_at__lt=at).update(last_at=at)


def test_job_sold_yesterday_counts_yesterday_whenever_its_lead_began(shop: Any, alice: Client, now: Any) -> None:
    talk = shop.conversation(1, at=now - timedelta(days=20))
    turn(talk, "won", now - timedelta(days=1))
    lead = models.Lead.objects.get(conversation=talk)
    models.RevenueEntry.objects.create(business=shop.business, lead=lead, cents=48_000, at=now)
    shown = line(alice)
    assert {days: (each["captured"], each["qualified"], each["sold"]) for days, each in shown.items()} == {
        "yesterday": ((0, ""), (1, ""), (1, "$480")), "week": ((0, ""), (1, ""), (1, "$480")),
    }  # fmt: skip


def test_job_marked_today_counts_at_once_and_no_more_when_it_is_taken_back(shop: Any, alice: Client, now: Any) -> None:
    talk = shop.conversation(1, at=now - timedelta(days=20))
    actor = Actor(member=models.Member.objects.get(name="Alice").id, name="Alice")
    desk.mark_outcome(talk.id, actor, "won", money=Money(cents=48_000))
    assert (line(alice)["week"]["sold"], line(alice)["yesterday"]["sold"]) == ((1, "$480"), (0, ""))
    desk.mark_outcome(talk.id, actor, "contacted")
    assert line(alice)["week"]["sold"] == (0, "")


def test_sold_anew_counts_on_the_day_it_was_sold_anew(shop: Any, alice: Client, now: Any) -> None:
    talk = shop.conversation(1, at=now - timedelta(days=30))
    for status, days in (("won", 20), ("lost", 15), ("won", 1)):
        turn(talk, status, now - timedelta(days=days))
    assert line(alice)["yesterday"]["sold"] == (1, "")


def test_second_reply_is_no_second_lead_that_replied(shop: Any, alice: Client, now: Any) -> None:
    talk = shop.conversation(1, at=now - timedelta(days=20))
    for key, days in (("in:1", 19), ("in:2", 1)):
        shop.text(talk, key, "customer", "hi", "received", at=now - timedelta(days=days))
    turn(talk, "contacted", now - timedelta(days=1))
    assert line(alice)["week"]["replied"] == (0, "")


def mixed(shop: Any, now: datetime, seed: int) -> list[Came]:
    """A month of leads that came as far as luck had it, some of them in one moment, half of what happened this week."""
    luck = Random(seed)
    made = []
    for last in range(130):
        at = now - timedelta(days=luck.choice((1, 2, 2, 9, 25)), hours=luck.choice((0, 5)))
        talk = shop.conversation(last, at=at, status="new")
        moments = sorted(at + (now - at) * luck.random() for _ in range(4))
        reached = luck.randrange(5)
        came: dict[str, datetime] = {}
        if luck.random() < 0.7:
            came["replied"] = moments[0]
            shop.text(talk, "in:1", "customer", "hi", "received", at=moments[0])
            turn(talk, "contacted", moments[0])
        for status, moment in zip(ORDER[2:], moments[1:], strict=True):
            if ORDER.index(status) <= reached:
                turn(talk, status, moment)
                came.setdefault("qualified", moment)
                came |= {"booked": moment} if status == "booked" else {"sold": moment} if status == "won" else {}
        cents = luck.randrange(1, 90_000) if "sold" in came and luck.random() < 0.8 else 0
        if cents:
            lead = models.Lead.objects.get(conversation=talk)
            models.RevenueEntry.objects.create(business=shop.business, lead=lead, cents=cents, at=now)
        if "sold" in came and luck.random() < 0.2:
            turn(talk, "lost", now)
            del came["sold"]
        made.append(Came(captured=at, cents=cents, **came))
    return made


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_numbers_of_a_mixed_month_say_what_happened_and_open_their_lists(
    shop: Any, alice: Client, now: datetime, seed: int
) -> None:
    made = mixed(shop, now, seed)
    zone = shop.business.zone
    shown = line(alice)
    for key, first, last in (("yesterday", 1, 0), ("week", 2, -5)):
        since, until = (_midnight(now, zone, days) for days in (first, last))
        for number in Came._fields[:5]:
            hit = [came for came in made if (at := getattr(came, number)) is not None and since <= at < until]
            brought = sum(came.cents for came in hit) if number == "sold" else 0
            assert shown[key][number] == (len(hit), f"${brought / 100:,.2f}".removesuffix(".00") if brought else "")
    both = counted(alice)
    assert {at: says for at, (says, _opens) in both.items()} == {at: opens for at, (_says, opens) in both.items()}
    assert both["week", "captured"][0] > 50  # more than one page of its list, and leads that share a moment


def _midnight(now: datetime, zone: str, days_ago: int) -> datetime:
    from zoneinfo import ZoneInfo

    local = now.astimezone(ZoneInfo(zone)) - timedelta(days=days_ago)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
