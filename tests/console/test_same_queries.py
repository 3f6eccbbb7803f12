"""No page and no list of the API asks more queries for a hundred rows more, or grows heavy. Addresses are walked: a new
list is held too, and by each of its filters.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from answerback.store import models
from answerback.testing.bench import seed
from answerback.testing.bench.browse import addresses, operations, token_of

HEAVIEST = 150_000
"""Bytes of a page before it is compressed, its stylesheet and scripts left out: those are fetched once."""
IN_PORTIONS = {"console:export_everything", "console:export_table", "api:export_everything", "api:export_rows"}
"""Files of everything there is."""
OF_ONE_MEMBER = "console:leads of who has"
"""Which of these are empty differs from business to business; an empty one asks whether there is any lead at all."""


def test_pages_ask_no_more_for_a_hundred_leads_than_for_a_few(now: datetime, transactional_db: None) -> None:
    few = _asked("Small", 40, now, {})
    many = _asked("Large", 140, now, few)
    most = {name: asked + name.startswith(OF_ONE_MEMBER) for name, asked in few.items()}
    more = {name: (asked, many[name]) for name, asked in most.items() if many.get(name, 0) > asked}
    assert {name: both for name, both in more.items() if name not in IN_PORTIONS} == {}
    assert sum(name.startswith("console:") for name in few) > 60
    assert sum(name.startswith("api:") for name in few) > 150
    assert {page: size for page, size in _weights() if size >= HEAVIEST} == {}


def _weights() -> Iterator[tuple[str, int]]:
    """How many bytes each page of the larger business has, before it is compressed."""
    client = Client()
    client.force_login(models.User.objects.get(email="Large@example.com"))
    models.Todo.objects.update(closed_at=None)
    for page, address in addresses():
        answer: Any = client.get(address)
        if answer.status_code == 200 and not answer.streaming and answer["Content-Type"].startswith("text/html"):
            yield page, len(answer.content)


def _asked(name: str, leads: int, now: datetime, before: dict[str, int]) -> dict[str, int]:
    """How many statements each page that answers 200 takes for a business of its own with so many leads.

    What takes more than `before` is asked again: something remembered for a while may just have been forgotten.
    """
    business = seed.open_business(name, f"+1512555{leads:03}0", f"{name}@example.com")
    seed.fill(business.id, seed.Size(leads=leads, texts_each=4), now, quiet=True)
    client = Client()
    client.force_login(models.User.objects.get(email=f"{name}@example.com"))
    client.get("/today")  # what is remembered of a business is read once
    program = Client(headers={"Authorization": f"Bearer {token_of(business.id)}"})
    wanted = [(client, page, address) for page, address in addresses()]
    # What a filter is asked for differs from business to business, and is left out of its name.
    wanted += [(program, page.partition("=")[0], address) for page, address in operations(business.id)]
    found: dict[str, int] = {}
    for who, page, address in wanted:
        asked = _statements(who, address)
        if asked is not None:
            again = asked > before.get(page, asked)
            least = min(asked, _statements(who, address) or asked) if again else asked
            found[page] = max(found.get(page, 0), least)
    return found


def _statements(client: Client, address: str) -> int | None:
    with CaptureQueriesContext(connection) as seen:
        answer: Any = client.get(address)
        if answer.streaming:
            answer.getvalue()
    return len(seen) if answer.status_code == 200 else None
