"""What lies near in meaning: words nobody listed find the service they are about."""

import json
from pathlib import Path

import pytest

import answerback.understanding
from answerback.engine.reading import ServiceWords, Vocabulary
from answerback.understanding.heard import hear
from answerback.understanding.leaning import leaning
from answerback.understanding.meaning import NOWHERE, SIZE, Groups, Point, point

_SHOP = Vocabulary(
    industry="aquarium_keeping",
    services=(
        ServiceWords(id="fish", names=("Fish & coral care",)),
        ServiceWords(id="photos", names=("Photography",)),
        ServiceWords(id="cakes", names=("Wedding cakes",)),
    ),
)


def test_words_for_one_thing_lie_together() -> None:
    boiler = point(["boiler"])
    assert len(boiler) == SIZE
    assert _nearness(boiler, point(["furnace"])) > 0.5
    assert _nearness(boiler, point(["haircut"])) < 0.2


def test_unknown_words_lie_nowhere_and_near_nothing() -> None:
    assert point(["qqzzx"]) is NOWHERE
    assert _nearness(NOWHERE, point(["boiler"])) == 0.0


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("can someone take a portrait of my family", "photos"),
        ("looking for a dessert for my sisters bridal party", "cakes"),
        ("the shark in my tank looks sick", "fish"),
    ],
)
def test_service_is_found_by_what_its_name_means(text: str, service: str) -> None:
    found = leaning(hear(text), _SHOP)
    assert found is not None
    assert (found.service, found.close) == (service, True)


@pytest.mark.parametrize("text", ["hello", "qqzzx", "what time do you open tomorrow"])
def test_text_about_nothing_in_particular_gets_none(text: str) -> None:
    assert leaning(hear(text), _SHOP) is None


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("se metió el agua al sótano", "water got in the basement"),
        ("ya no quiero vivir", "i dont want to live anymore"),
        ("mi esposo me pega", "my husband hits me"),
        ("me cobraron de más", "they charged me more"),
        ("¿cuánto cobran por la limpieza dental?", "how much do you charge for a dental cleaning"),
    ],
)
def test_spanish_lies_where_the_same_in_english_does(spanish: str, english: str) -> None:
    here, there = (point(hear(text).texts) for text in (spanish, english))
    assert _nearness(here, there) > 0.6
    assert _nearness(here, point(hear("my cat likes the piano").texts)) < 0.4


def test_every_spanish_word_stands_for_one_english_word_that_has_a_point() -> None:
    data = Path(answerback.understanding.__file__).parent / "data"
    pairs = json.loads((data / "spanish_points.json").read_text(encoding="utf-8"))
    words = [word for spanish in pairs.values() for word in spanish.split()]
    assert [english for english in pairs if point([english]) is NOWHERE] == []
    assert len(words) == len(set(words))
    assert not set(words) & set(pairs)


def test_service_is_found_by_what_its_name_means_in_spanish() -> None:
    found = leaning(hear("quisiera fotos de mi familia"), _SHOP)
    assert found is not None
    assert found.service == "photos"


def _nearness(one: Point, other: Point) -> float:
    return Groups([[other]]).nearest(one)[0]


def test_each_group_is_as_near_as_its_nearest_point() -> None:
    right, up, nowhere = (1.0, *NOWHERE[1:]), (0.0, 1.0, *NOWHERE[2:]), NOWHERE
    halfway = (1.0, 1.0, *NOWHERE[2:])
    groups = Groups([[right, up], [nowhere], [[-value for value in right]]])
    assert groups.nearest(right) == pytest.approx([1.0, 0.0, -1.0], abs=1e-7)
    assert groups.nearest(halfway) == pytest.approx([0.5**0.5, 0.0, -(0.5**0.5)], abs=1e-7)
    assert groups.nearest(nowhere) == [0.0, 0.0, 0.0]
    assert len(right) == SIZE


def test_a_business_without_services_has_no_group() -> None:
    assert Groups([]).nearest(NOWHERE) == []
