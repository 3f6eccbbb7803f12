"""Every address of the product is in the bench of pages, which finds something there to measure."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application

from answerback.testing.bench import browse, pages, seed

LEADS = 700
"""The newest six hundred are open."""
NO_PAGES = ("hook", "picture_for", "calendar_hook", "booking_hook", "phone:", "account_", "mfa_", "social", "openid_")
"""How names begin of addresses for providers, of the pretend phones, and of the library we sign in with."""


@pytest.fixture
def answered(
    now: datetime, transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, set[int]]:
    """With what each address is answered, by its name: to whoever asks for it in the bench."""
    monkeypatch.setattr(browse, "served", get_wsgi_application)  # the pages alone, without a process's threads
    business = seed.open_business("Bench", "+15125550100", pages.EMAIL)
    seed.fill(business.id, seed.Size(leads=LEADS, texts_each=4), now, quiet=True)
    seed.one_each(business.id, tmp_path, now, shops=1)
    found: dict[str, set[int]] = {}
    for visitor, _who, asked in pages.visitors():
        for said, address in asked:
            name, _by, _filter = said.partition(" ")
            if name not in pages.LEFT_OUT and 200 not in found.setdefault(name, set()):
                found[name].add(visitor.get(address).status_code)
    return found


def test_each_address_is_measured_or_says_why_not(answered: Any) -> None:
    names = {name for name, _pattern in browse.named() if not name.startswith(NO_PAGES)}
    nothing = {name: codes for name, codes in answered.items() if not codes & {200, 405} and name in names}
    assert nothing == {}, "nobody finds anything there"
    reading = {name for name, codes in answered.items() if 200 in codes}
    assert sorted(reading & pages.LEFT_OUT.keys()) == []
    acting = {name for name, codes in answered.items() if 405 in codes} | _acting()
    assert sorted(names - reading - acting - pages.LEFT_OUT.keys()) == []
    assert sorted(pages.LEFT_OUT.keys() - names) == []


def _acting() -> set[str]:
    """The operations of the API that change something."""
    from answerback.api.v1 import api

    found = [each for paths in api.get_openapi_schema()["paths"].values() for each in paths.items()]
    return {f"api:{operation['operationId']}" for method, operation in found if method != "get"}
