"""A name asked for in Latin letters is found in whatever script it stands."""

from typing import Any

import pytest

from answerback.store.queries import contacts

WRITTEN = {
    "李": ["Li", "li", "Lee"],
    "李小明": ["Li", "Xiaoming", "xiao ming", "Li Xiaoming", "lixiaoming", "xiaom"],
    "王伟": ["Wang", "Wong", "wang wei"],
    "陳美玲": ["Chen", "Chan", "meiling"],
    "曾国强": ["Zeng", "Tsang"],
    "吕布": ["Lü", "Lu"],
    "김민준": ["Kim", "Minjun", "gim", "Kim Minjun"],
    "박지우": ["Park", "Jiwoo", "jiu"],
    "이영수": ["Lee", "Youngsoo"],
    "さとう はなこ": ["Sato", "Hanako", "hanako sato"],
    "ハットリ": ["Hattori"],
    "いとう しょうた": ["Ito", "Shota"],
    "محمد كريم": ["Mohammed", "Muhamad", "Kareem", "karim"],
    "أحمد": ["Ahmed", "ahmad"],
    "דוד כהן": ["David", "Cohen", "Kohen"],
    "Лукаш": ["Lukash"],
    "Ελένη": ["Eleni"],
}
NOT = {"李": ["Wang", "Kim", "lin"], "김민준": ["Park"], "محمد كريم": ["Ahmed"], "דוד כהן": ["Moshe"], "王伟": ["Li"]}


@pytest.fixture
def known(shop: Any, now: Any) -> int:
    from answerback.store import models

    rows = [
        models.Contact(business=shop.business, number=f"+1512555{at:04}", name=name, created_at=now)
        for at, name in enumerate([*WRITTEN, "Ann Smith", "Linda Kirk"], start=1000)
    ]
    models.Contact.objects.bulk_create(rows)
    return int(shop.business.id)


def test_every_script_is_found_in_latin_letters(known: int) -> None:
    missed = [(name, said) for name, ways in WRITTEN.items() for said in ways if name not in _found(known, said)]
    assert missed == []
    wrong = [(name, said) for name, ways in NOT.items() for said in ways if name in _found(known, said)]
    assert wrong == []
    assert _found(known, "Smith") == ["Ann Smith"]


def _found(business: int, said: str) -> list[str]:
    return [each.name for each in contacts.search(business, said)]
