"""Makes a row in every table, about the rows with the same id in the others: for whatever must hold of all tables.

A new table comes in by itself. Never here: rows that mean something to a business; those are made by the product.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import DatabaseError, transaction

from answerback.store.playbook_file import pack_text
from answerback.store.secrets import seal

PROVIDERS = {
    "BookingPage": "calcom",
    "Connection": "simulator",
    "OutsideCalendar": "caldav",
    "OutsideCrm": "hubspot",
    "SignInApp": "google_calendar",
}
"""One of the installed providers for each table that names one."""


def tables() -> list[Any]:
    """Every table of ours."""
    return [each for each in apps.get_app_config("store").get_models() if each._meta.managed]  # noqa: SLF001  Django's


def fill(wanted: Iterable[Any], id: int, word: str, at: datetime) -> list[Any]:
    """A row with this id in each of these tables that has none, `word` in its texts; returns those that took none."""
    waiting = [each for each in wanted if not each.objects.filter(pk=id).exists()]
    for _ in range(4):  # a table may need a row of another first
        waiting = [each for each in waiting if not _made(each, id, word, at)]
    return waiting


def _made(table: Any, id: int, word: str, at: datetime) -> bool:
    values = {each.attname: _value(each, id, word, at) for each in table._meta.concrete_fields}  # noqa: SLF001
    try:
        with transaction.atomic():
            table.objects.create(**values)
    except (DatabaseError, ValueError, TypeError):
        return False
    return True


def _value(field: Any, id: int, word: str, at: datetime) -> Any:
    if field.primary_key or field.is_relation:
        return id
    own = must_be(field, at)
    if own is not None:
        return own[0]
    if field.has_default():
        return field.get_default()
    if field.choices:
        return field.choices[0][0]
    simple: dict[str, Any] = {
        "DateTimeField": at,
        "DateField": at.date(),
        "TimeField": at.time(),
        "JSONField": {},
        "ArrayField": [],
        "BinaryField": str(id).encode(),
        "BooleanField": False,
        "FloatField": 1.0,
        "DateTimeRangeField": (at, at + timedelta(hours=1)),
        "EmailField": f"{word.lower()}{id}@example.com",
        "UUIDField": f"00000000-0000-0000-0000-{id:012}",
    }
    kind = field.get_internal_type()
    if kind in {"CharField", "TextField", "SlugField"}:
        return f"{word}{id}"[: field.max_length]
    return simple.get(kind, id if "Integer" in kind and "Small" not in kind else 1)


def must_be(field: Any, at: datetime) -> tuple[Any] | None:
    """What a rule of the table, or who reads it, asks for, in a tuple; None where any value does."""
    table = field.model.__name__
    if field.name == "provider":
        return (PROVIDERS[table],)
    if field.name == "zone":
        return ("America/Chicago",)
    if field.name == "sealed":
        return (seal({"world": "memory:every table", "secret": "it", "private": "it"}),)
    asked: dict[tuple[str, str], tuple[Any]] = {
        ("Agency", "colour"): ("#1d4ed8",),
        ("Notice", "status"): ("sent",),
        ("Notice", "body"): ("{}",),
        ("PlaybookDraft", "source"): (pack_text("plumbing"),),
        ("Video", "state"): ("draft",),
        ("Video", "published_at"): (None,),
        ("Watched", "what"): ("opened",),
        ("ShiftOverride", "ends_at"): (at + timedelta(hours=1),),
    }
    return asked.get((table, field.name))
