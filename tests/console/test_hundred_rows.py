"""No page asks more queries for a hundred rows than for one, of whatever kind they are, or grows heavy with them.

Mechanical: every table has a row of Charlie's business, then a hundred more like it. A new table and a new list come in
by themselves.
"""

from datetime import datetime, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.console.test_isolation import CHARLIES, GUARDED, NOW, strangers, visitor  # noqa: F401
from tests.console.test_same_queries import HEAVIEST

from answerback.testing import each_table
from answerback.testing.bench import browse
from answerback.testing.bench.pages import LEFT_OUT

MORE = 100

ONE_EACH = {"BookingPage", "CrmReport", "MeasuredUpTo", "OutsideCrm", "PlaybookDraft", "SignInApp"}
"""A business has one of these, or one a provider."""
NOBODYS = {"PushKeys"}
"""The installation's own."""
NO_PAGE = {"api:docs"}
"""Drawn by a library from the description of the whole API; fetched by who writes programs."""


def test_pages_ask_no_more_for_a_hundred_rows_of_anything(strangers: Any, visitor: Any) -> None:  # noqa: F811
    """Nor weigh 150 kB, in Spanish, whose words are the longest."""
    people = [visitor(role) for role in ("owner", "agency")]
    get_user_model().objects.update(language="es")
    _opened()
    for each in people:
        each.get("/")  # what is remembered of a business is read once
    few = _asked(people)
    made = {table.__name__: _more(table) for table in each_table.tables()}
    _opened()
    many = {name: asked for name, asked in _asked(people).items() if name in few}
    assert {name for name, count in made.items() if count < MORE} == ONE_EACH | NOBODYS
    assert {name: (asked, many[name]) for name, (asked, _size) in few.items() if many[name][0] > asked} == {}
    heavy = {name.partition(" ")[0] for name, (_asked, size) in many.items() if size >= HEAVIEST}
    assert heavy - NEVER_SO_HEAVY == set()
    names = {each.name for each in GUARDED if each.name.startswith("console:")}
    assert names - {name.partition(" ")[0] for name in many} - _acting(people[0]) - LEFT_OUT.keys() == NOT_THERE


NEVER_SO_HEAVY = {"console:alerts"}
"""A person has ten ways of being told at most, each with its own form."""

NOT_THERE = {
    "console:check_import", "console:import_progress", "console:import_read", "console:import_refused",
    "console:import_taken_in",  # of a table that was sent up, of which a row made for no reason holds nothing
    "console:agency", "console:looks", "console:agency_rules",  # of an agency: `test_agency_many` counts
    "console:compare_playbook",  # of two playbooks; a row holds no playbook's words
    "console:storyboard",  # of one video that is drawn
}  # fmt: skip
"""The pages that show nothing of such rows, so that nobody counts here what they ask."""


def _opened() -> None:
    """What a row made for no reason says was taken out is there."""
    for table in each_table.tables():
        for field in {"removed_at", "merged_into"} & {each.name for each in table._meta.fields}:
            table._default_manager.update(**{field: None})


def _acting(client: Client) -> set[str]:
    """The addresses that answer no GET."""
    return {each.name for each in GUARDED if client.get(each.about(CHARLIES)).status_code == 405}


def _asked(people: list[Client]) -> dict[str, tuple[int, int]]:
    """How many statements each address takes that answers the first of these people it answers at all, and of how many
    bytes its page is.
    """
    found: dict[str, tuple[int, int]] = {}
    for client, (name, address) in product(people, _addresses()):
        if name in found or name in NO_PAGE:
            continue
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            answer: Any = client.get(address)
            size = len(answer.getvalue() if answer.streaming else answer.content)
        assert answer.status_code < 500, name
        if answer.status_code == 200:
            found[name] = (len(seen), size if answer["Content-Type"].startswith("text/html") else 0)
    return found


def _addresses() -> list[tuple[str, str]]:
    """Every address there is about the one row of each table, and as the bench asks for it, which knows more words."""
    asked = [(f"{name} asked", address) for name, address in browse.addresses(CHARLIES)]
    return [*[(each.name, each.about(CHARLIES)) for each in GUARDED], *asked]


def _more(table: type[models.Model]) -> int:
    """Make copies of the row, about other things where a table wants one of each; returns how many."""
    rows = table._default_manager
    row = rows.filter(pk=CHARLIES).first()
    if row is None:
        return 0
    unique, before = _unique(table), rows.count()
    wanted = [each for each in _fields(table) if each.is_relation and each.name in unique and each.name != "business"]
    for moved in [(), *((each,) for each in wanted), tuple(wanted)]:
        others = {each: _others(each) for each in moved}
        copies = [table(**_copy(row, number, unique, others)) for number in range(1, MORE + 1)]
        try:
            with transaction.atomic():
                rows.bulk_create(copies, ignore_conflicts=True)
        except (DatabaseError, ValueError, TypeError):
            continue
        if rows.count() - before >= MORE:
            break
    return rows.count() - before


def _fields(table: Any) -> list[Any]:
    return [
        each for each in table._meta.concrete_fields if not isinstance(each, models.AutoField | models.BigAutoField)
    ]


def _unique(table: Any) -> set[str]:
    """The fields that no two rows share."""
    found = {each.name for each in table._meta.concrete_fields if each.unique}
    together = [each.fields for each in table._meta.constraints if isinstance(each, models.UniqueConstraint)]
    return found | {name for names in (*table._meta.unique_together, *together) for name in names}


def _others(field: Any) -> list[Any]:
    """What else this field may be about."""
    rows = field.related_model._default_manager.exclude(pk=CHARLIES).order_by("pk")
    if any(each.name == "business" for each in field.related_model._meta.concrete_fields):
        rows = rows.filter(business_id=CHARLIES)
    return list(rows.values_list("pk", flat=True)[:MORE])


def _copy(row: Any, number: int, unique: set[str], others: dict[Any, list[Any]]) -> dict[str, Any]:
    found = {}
    for field in _fields(type(row)):
        value = getattr(row, field.attname)
        if field in others:
            value = None if field.null else dict(enumerate(others[field], 1)).get(number, value)
        elif not field.is_relation:
            value = _other(field, value, number, is_unique=field.name in unique)
        found[field.attname] = value
    return found


def _other(field: Any, value: Any, number: int, *, is_unique: bool) -> Any:
    """The value, or one that no other copy has where a copy must have its own."""
    if field.get_internal_type() == "DateTimeRangeField":
        begin, end = value if isinstance(value, tuple) else (value.lower, value.upper)
        return begin + timedelta(hours=number), end + timedelta(hours=number)
    if isinstance(value, datetime) and not field.null:
        return value - timedelta(minutes=number)
    if isinstance(value, bytes | memoryview):
        return bytes(value) + number.to_bytes(2, "big") if is_unique else value
    return _next(field, value, number) if is_unique else value


def _next(field: Any, value: Any, number: int) -> Any:
    if each_table.must_be(field, NOW) is not None:
        return value
    if isinstance(value, str) and value.startswith("+"):
        return f"{value[:-4]}{(int(value[-4:]) + number) % 10_000:04}"
    if isinstance(value, str):
        return f"{number}{value}"[: field.max_length]
    if field.get_internal_type() == "UUIDField":
        return uuid4()
    if value is None or isinstance(value, bool):
        return value
    return value + (number if isinstance(value, int) else timedelta(days=number))
