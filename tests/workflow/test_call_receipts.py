"""Every call has its verdict and says why: the answered one, the missed one, and the one that was nothing."""

from answerback.store import models
from answerback.store.queries import calls_list
from answerback.testing.world import World

MARIA = "+15125550131"


def rules_of(world: World) -> list[tuple[bool | None, list[str]]]:
    """The verdict of every call, the oldest first, and which rules its receipts name."""
    rules = dict(models.Decision.objects.values_list("id", "rule"))
    listed = reversed(calls_list.listed(world.shop.business))
    return [(call.missed, [rules[id] for id in call.decisions]) for call in listed]


def test_every_call_says_why(world: World) -> None:
    world.answered_call(MARIA, talk=240)
    world.run(minutes=5)
    world.call("+15125550132")
    world.run(minutes=5)
    world.call("+15125550133", 2, "abandoned")
    world.run(minutes=5)
    assert rules_of(world) == [
        (False, ["call.served"]),
        (True, ["missed.no_answer", "first_text"]),
        (False, ["call.noise"]),
    ]


def test_two_calls_in_a_minute_have_each_their_own(world: World) -> None:
    world.call(MARIA, 3, "busy")
    world.run(seconds=20)
    world.answered_call(MARIA, talk=30)
    world.run(minutes=2)
    assert rules_of(world) == [(True, ["missed.busy", "first_text"]), (False, ["call.served"])]


def test_a_correction_is_the_last_word_on_its_call(world: World) -> None:
    world.answered_call(MARIA, talk=30)
    world.run(minutes=2)
    world.staff("Dana").correct_call(MARIA, "missed")
    world.run(minutes=2)
    assert rules_of(world) == [(True, ["call.served", "call.corrected", "missed.no_answer", "first_text"])]


def test_a_receipt_of_before_that_names_no_call_is_found_by_its_time(world: World) -> None:
    world.answered_call(MARIA, talk=240)
    world.run(minutes=5)
    old = models.Decision.objects.filter(rule="call.served").values().get()
    assert old["call"]
    models.Decision.objects.create(**old | {"id": old["id"] + 1, "call": ""})
    models.Decision.objects.filter(id=old["id"]).delete()
    assert rules_of(world) == [(False, ["call.served"])]


def test_a_missed_call_is_missed_whoever_called(world: World) -> None:
    """Of a hidden number, or of one of ours, nothing is made; the list said that somebody answered."""
    world.call(MARIA)
    world.run(minutes=1)
    world.staff("Dana").mark_number(MARIA, "supplier")
    for number in ("withheld", MARIA):
        world.run(minutes=5)
        world.call(number, 20, "no_answer")
        world.run(minutes=2)
    verdicts = [(call.missed, call.reason) for call in calls_list.listed(world.shop.business)]
    missed = calls_list.listed(world.shop.business, "missed")
    assert (verdicts, len(missed)) == ([(True, "no_answer")] * 3, 3)
    assert calls_list.listed(world.shop.business, "answered") == []
    assert models.Lead.objects.count() == 1
