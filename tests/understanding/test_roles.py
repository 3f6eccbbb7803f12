"""What each time in a text is there for: the likeliest ways, what stays refused, and texts that only tell of times."""

from itertools import pairwise, product
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.understanding.conftest import NOW

from answerback.understanding.when import roles, understand_times
from answerback.understanding.when.company import in_company
from answerback.understanding.when.elements import elements
from answerback.understanding.when.pieces import Moment
from answerback.understanding.when.roles import ROLES, Features, Ruled, buckets, likeliest, pieces_of
from answerback.understanding.when.scopes import scoped
from answerback.understanding.when.tokens import tokens
from answerback.understanding.when.weighed import ruled_roles
from training.phrases import TESTED, ZONE, Phrase, phrases

SOME = [phrase for phrase in phrases(TESTED) if not phrase.says_nothing]


def worth(features: list[str], role: str) -> float:
    step, weights = roles._weights()
    return step * sum(weights[bucket] for bucket in buckets(features, role))


@given(st.sampled_from(SOME), st.booleans())
@settings(max_examples=60)
def test_the_likeliest_ways_are_those_of_trying_them_all(phrase: Phrase, answering: bool) -> None:
    words = in_company(tokens(phrase.text))
    found = elements(words, Moment(now=phrase.now))
    rule = ruled_roles(found, scoped(found))
    if not 0 < len(rule.roles) < 5:
        return
    features = Features.of(found, words, rule, answering=answering)
    chances = {}
    for way in product(ROLES, repeat=len(rule.roles)):
        alone = sum(worth(each, role) for each, role in zip(features.alone, way, strict=True))
        beside = zip(features.beside, pairwise(way), strict=True)
        chances[way] = exp(alone + sum(worth(each, f"{one} {other}") for each, (one, other) in beside))
    whole = sum(chances.values())
    ways = likeliest(found, words, rule, kept=[False] * len(rule.roles), answering=answering)
    best = sorted(chances.values(), reverse=True)[: len(ways)]
    assert len({way.roles for way in ways}) == len(ways)
    assert [chances[way.roles] for way in ways] == pytest.approx(best)  # two ways may be worth the same
    assert [way.chance for way in ways] == pytest.approx([chance / whole for chance in best])


def test_what_is_kept_has_the_role_of_the_rules_in_every_way() -> None:
    words = in_company(tokens("not friday but the ladder comes monday"))
    found = elements(words, Moment(now=NOW))
    rule = Ruled(("refused", "told"), ask=False)
    ways = likeliest(found, words, rule, kept=[True, False], answering=True)
    assert {way.roles[0] for way in ways} == {"refused"}
    assert sum(way.chance for way in ways) == pytest.approx(1.0, abs=roles.RARE)


def test_a_time_knows_where_it_stands() -> None:
    words = in_company(tokens("the leak began friday, come tomorrow after 3"))
    found = pieces_of(elements(words, Moment(now=NOW)))
    assert [" ".join(token.text for token in words[slice(*piece.at)]) for piece in found] == [
        "friday",
        "tomorrow",
        "after 3",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "my sitter quit by text at 6 this morning",
        "the guy you sent tuesday left his ladder",
        "i found the ring at the counter on saturday, is it yours",
        "your tech was here friday and it still drips",
    ],
)
def test_who_writes_freely_and_tells_of_a_time_wishes_for_none(text: str) -> None:
    times = understand_times(text, now=NOW, zone=ZONE, answering=False)
    assert (times.kind, times.ask) == ("none", False)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("We want his piano tuned next week.", (16, 22)),
        ("sink is backed up, can you come tomorrow", (12, 12)),
        ("need somebody friday, the heater died monday", (13, 13)),
    ],
)
def test_who_writes_freely_and_wishes_for_a_time_is_heard(text: str, days: tuple[int, int]) -> None:
    (wish,) = understand_times(text, now=NOW, zone=ZONE, answering=False).wanted
    assert wish.first is not None
    assert wish.last is not None
    assert (wish.first.day, wish.last.day) == days
