"""The leads of one member, found by whose they are: the same ones either way they are sought, and few rows read."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest
from django.db import connection
from tests.console.test_rows_read import _read

from answerback.store import models
from answerback.store.queries import leads
from answerback.store.queries.leads import Filter
from answerback.store.queries.rows import Place
from answerback.testing.bench import seed
from answerback.testing.bench.plans import Statements, plans

TALKS = 900
THEIRS = ["conversation_of_holder", "conversation_of_member", "lead_by_owner", "one_lead_per_conversation"]
FILTERS: list[dict[str, Any]] = [
    {},
    {"status": "won"},
    {"service": "drain"},
    {"urgency": "emergency", "reason": "busy"},
    {"late": True},
    {"late": True, "alone": True},
]


@pytest.fixture
def filled(now: datetime, transactional_db: None) -> int:
    """A business whose member `Few` has three leads and two conversations, both assigned to them and one held too."""
    business = seed.open_business("Whose", "+15125550100", "whose@example.com").id
    seed.fill(business, seed.Size(leads=TALKS, texts_each=4), now, quiet=True)
    few = models.Member.objects.create(business_id=business, name="Few", role="desk")
    rows = models.Lead.objects.filter(business=business, conversation__held_by=None, conversation__assigned_to=None)
    ids = list(rows.filter(owner=None).order_by("id").values_list("id", "conversation_id")[:50:10])
    models.Lead.objects.filter(id__in=[lead for lead, _talk in ids[:3]]).update(owner=few)
    models.Conversation.objects.filter(id__in=[talk for _lead, talk in ids[3:]]).update(assigned_to=few)
    models.Conversation.objects.filter(id=ids[4][1]).update(held_by=few)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return business


@pytest.fixture(params=["looked up", "held against each lead"])
def either_way(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param != "looked up":
        monkeypatch.setattr(leads, "MOST_LOOKED_UP", 0)


@pytest.mark.usefixtures("either_way")
def test_each_member_has_the_leads_their_pages_say(filled: int, now: datetime) -> None:
    whose = {row.conversation: row.owner for row in _all(filled, Filter(), now)}
    members = models.Member.objects.filter(business=filled)
    assert len(whose) == TALKS
    found = {each.name: [row.conversation for row in _all(filled, Filter(owner=str(each.id)), now)] for each in members}
    assert found == {each.name: [talk for talk, owner in whose.items() if owner == each.name] for each in members}
    assert len(found["Few"]) == 5
    assert min(len(found[f"Person {number}"]) for number in range(1, seed.PEOPLE)) > 10


@pytest.mark.usefixtures("either_way")
def test_and_so_with_every_other_filter(filled: int, now: datetime) -> None:
    members = models.Member.objects.filter(business=filled, name__in=["Dana Rivera", "Few", "Person 3"])
    for wanted, each in product(FILTERS, members):
        theirs = Filter(owner=str(each.id), **wanted)
        listed = [row for row in _all(filled, Filter(**wanted), now) if row.owner == each.name]
        assert _all(filled, theirs, now) == listed
        if "status" not in wanted:
            by_status = {status: [row for row in listed if row.status == status] for status in leads.STATUSES}
            assert leads.counts(filled, theirs, now) == {status: len(rows) for status, rows in by_status.items()}
            board = leads.board(filled, theirs, now)
            assert board == {status: rows[: leads.CARDS + 1] for status, rows in by_status.items()}


@pytest.mark.parametrize("of", [leads.board, leads.counts, leads.listed])
def test_the_few_leads_of_a_member_are_found_by_their_indexes(
    filled: int, now: datetime, of: Callable[..., object]
) -> None:
    """Each of all leads was read, for the board twice: a page took 111 ms with 100,000 leads there."""
    few = models.Member.objects.get(business=filled, name="Few")
    asked = partial(of, filled, Filter(owner=str(few.id)), now)
    statements = Statements()
    with statements.watched():
        asked()
    found = plans(statements.asked)
    assert [index for index in found[-1].indexes if index in THEIRS] == THEIRS
    read = _read(asked)
    assert max(read["lead"], read["conversation"]) < 6 * 5  # theirs, with how many they are and what is shown of them


def _all(business: int, wanted: Filter, now: datetime) -> list[leads.LeadRow]:
    return list(_pages(business, wanted, now + timedelta(hours=1)))


def _pages(business: int, wanted: Filter, now: datetime) -> Iterator[leads.LeadRow]:
    before = None
    while found := leads.listed(business, wanted, now, before=before, rows=400):
        yield from found[:400]
        if len(found) <= 400:
            break
        before = Place(found[399].created_at, found[399].conversation)
