"""The tag `url` finds what Django does, for every address there is, and leaves to it what is not made of numbers."""

import random
import re
from typing import Any

import phonenumbers
import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from answerback.console import words
from answerback.console.addresses import address
from answerback.testing.bench.browse import named


def _drawn(template: str, **about: Any) -> str:
    return Template(template).render(Context(about))


def test_each_address_of_numbers_is_the_one_django_finds() -> None:
    ours = [(name, pattern) for name, pattern in named() if name.startswith("console:")]
    places = [(name, pattern.count("<")) for name, pattern in ours if set(re.findall("<(int)?", pattern)) <= {"int"}]
    assert len(places) > 100
    for ids in ([7, 8, 9], [0, 12345678901, 1]):
        wanted = {name: reverse(name, args=ids[:count]) for name, count in places}
        assert {name: address(name, *ids[:count]) for name, count in places} == wanted
        drawn = {name: _drawn(f"{{% url '{name}' {' '.join(map(str, ids[:count]))} %}}") for name, count in places}
        assert drawn == wanted


def test_what_is_not_made_of_numbers_is_left_to_django() -> None:
    assert _drawn("{% url 'console:set_up_step' step %}", step="hours") == "/set-up/hours"
    assert _drawn("{% url 'console:set_up_step' step=step %}", step="hours") == "/set-up/hours"
    assert _drawn("{% url 'console:conversation' id as there %}[{{ there }}]", id=3) == "[/c/3]"
    assert _drawn("{% url 'console:conversation' id as there %}[{{ there }}]", id=-3) == "[]"


@pytest.mark.parametrize("id", ["x", -1, None, ""])
def test_an_address_that_is_none_is_refused(id: object) -> None:
    with pytest.raises(NoReverseMatch):
        _drawn("{% url 'console:conversation' id %}", id=id)


def test_a_number_at_home_reads_as_the_library_writes_it() -> None:
    dice = random.Random(23)
    tried = [f"+1{dice.randrange(10**9, 10**10)}" for _ in range(3000)] + [
        "+15125550131",
        "+1512555013",
        "+151255501312",
    ]
    style = phonenumbers.PhoneNumberFormat.NATIONAL
    wanted = {each: phonenumbers.format_number(phonenumbers.parse(each), style) for each in tried}
    assert {each: words.number(each) for each in tried} == wanted
