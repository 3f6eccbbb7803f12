"""The catalogue of trades: which words speak for which service of a business whose list of services is all we know."""

from dataclasses import replace

import pytest

from answerback.engine.reading import ServiceWords, Vocabulary
from answerback.understanding.catalogue import said_of_the_trade
from answerback.understanding.heard import hear
from answerback.understanding.kin import stem
from answerback.understanding.leaning import leaning
from training.catalogue import packed


def _business(industry: str, **names: str) -> Vocabulary:
    services = tuple(ServiceWords(id=id_, names=(name,)) for id_, name in names.items())
    return Vocabulary(industry=industry, services=services)


_BODY_SHOP = _business(
    "panel works",
    dent="Paintless dent removal",
    glass="Windshields",
    paint="Paint & scratches",
    crash="Collision repair",
)
_FENCES = _business("fence", repair="Fence repair", wood="Wood fences", chain="Chain link fences", gate="Gates")


@pytest.mark.parametrize(
    ("business", "text", "meant"),
    [
        (_BODY_SHOP, "hail left little dimples all over my hood", "dent"),
        (_BODY_SHOP, "keyed from fender to door, clear coat is peeling", "paint"),
        (_FENCES, "two posts are leaning since the storm", "repair"),
        (_FENCES, "cheap wire mesh for a dog run", "chain"),
        (_FENCES, "latch wont catch and the hinges drag", "gate"),
    ],
)
def test_what_customers_of_the_trade_say_finds_the_service(business: Vocabulary, text: str, meant: str) -> None:
    found = leaning(hear(text), business)
    assert found is not None
    assert found.service == meant


@pytest.mark.parametrize("called", ["zzyzx", "panel works", "auto body"])
def test_the_trade_shows_in_the_list_of_services_whatever_it_is_called(called: str) -> None:
    speaking = said_of_the_trade(replace(_BODY_SHOP, industry=called))
    assert [{id_ for id_, _ in speaking[stem(word)]} for word in ("dimples", "keyed")] == [{"dent"}, {"paint"}]


def test_a_word_that_speaks_for_several_tells_little_of_each() -> None:
    of_words = said_of_the_trade(_FENCES)
    assert all(sum(worth for _, worth in owners) <= max(1.2, 1 / len(owners)) for owners in of_words.values())
    alone = [owners[0][1] for owners in of_words.values() if len(owners) == 1]
    shared = [max(worth for _, worth in owners) for owners in of_words.values() if len(owners) > 2]
    assert max(shared) < max(alone)


def test_a_business_no_trade_is_like_has_no_such_words() -> None:
    assert said_of_the_trade(_business("zzyzx", one="Blorp", two="Frobnication")) == {}


def test_a_business_without_services_has_none() -> None:
    assert said_of_the_trade(Vocabulary(industry="plumbing")) == {}


def test_a_row_is_packed_as_stems_each_once() -> None:
    assert packed("# dog groomer: grooming dogs and dog", "here") == "#dog groom"
    assert packed("nail trim trims nails | claws the claw clicking", "here") == "nail trim|claws clicking"


@pytest.mark.parametrize("row", ["dents", "# dents", "dents |", "| hail"])
def test_a_row_that_is_neither_is_told_with_its_place(row: str) -> None:
    with pytest.raises(ValueError, match=r"cars\.txt, line 3: write '# trade: words'"):
        packed(row, "cars.txt, line 3")
