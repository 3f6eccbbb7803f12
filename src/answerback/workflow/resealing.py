"""Seals everything anew under the installation's secret, which was another one before (`ANSWERBACK_OLD_SECRETS`).

Every table with a column `sealed` is gone through, so a new table comes in by itself. Row by row: it may be ended at
any time and run again, while everything works. What opens by no secret that is known stays as it is and is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from answerback.store import models
from answerback.store.queries import number_keys
from answerback.store.queries.rows import Cursor
from answerback.store.secrets import WrongSecret, is_sealed_anew, known, number_key, seal, unseal
from answerback.workflow import clock, transaction

BATCH = 500

WORDS = {
    "alert_way": "ways of alerts",
    "booking_page": "booking pages elsewhere",
    "connection": "phone connections",
    "number_key": "keys of numbers that were forgotten",
    "outside_calendar": "calendars",
    "outside_crm": "CRMs",
    "push_keys": "keys of notifications",
    "sign_in_app": "registrations at providers",
    "target": "webhooks",
}
"""What is sealed in each table, as an operator calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """How one kind of things is sealed: under the secret as it is, under an `old` one, or under one nobody knows.

    `lost` are the numbers of the last.
    """

    name: str
    anew: int = 0
    old: int = 0
    lost: tuple[int, ...] = ()


def look() -> list[Sealed]:
    """How everything is sealed, of what there is anything."""
    return [found for table in tables() if (found := _gone_through(table, changes=False)) != Sealed(name=found.name)]


def reseal() -> Iterator[Sealed]:
    """Seal everything under the secret as it is, one table after the other; `old` counts what was sealed anew."""
    transaction.run(_keep_number_keys)
    for table in tables():
        if (found := _gone_through(table, changes=True)) != Sealed(name=found.name):
            yield found


def let_go() -> dict[str, int]:
    """Forget what opens by no secret that is known and nobody can enter again while it stands: registrations at
    providers, and the keys of notifications with the devices that know us by them. Returns how many of each.
    """
    return transaction.run(_let_go)


def tables() -> list[type[Model]]:
    """Those with something sealed, by name."""
    ours = apps.get_app_config("store").get_models()
    return sorted((t for t in ours if any(f.name == "sealed" for f in t._meta.fields)), key=_name)  # noqa: SLF001


def _gone_through(table: type[Model], *, changes: bool) -> Sealed:
    anew = old = last = 0
    lost: list[int] = []
    rows: Any = table._default_manager.order_by("id")  # noqa: SLF001  Django's documented name
    while batch := list(rows.filter(id__gt=last).values_list("id", "sealed")[:BATCH]):
        last = batch[-1][0]
        for id, sealed in batch:
            if is_sealed_anew(sealed):
                anew += 1
                continue
            try:
                values = unseal(sealed)
            except WrongSecret:
                lost.append(id)
                continue
            old += 1
            if changes:  # what somebody has entered meanwhile is sealed anew already
                rows.filter(id=id, sealed=sealed).update(sealed=seal(values))
    return Sealed(name=WORDS.get(_name(table), _name(table)), anew=anew, old=old, lost=tuple(lost))


def _let_go(_cursor: Cursor) -> dict[str, int]:
    gone: dict[str, int] = {}
    for table in (models.SignInApp, models.PushKeys):
        if lost := _gone_through(table, changes=False).lost:
            table.objects.filter(id__in=lost).delete()
            gone[WORDS[_name(table)]] = len(lost)
            if table is models.PushKeys:
                devices = models.AlertWay.objects.filter(kind="push", removed_at=None)
                gone["devices that are to be alerted"] = devices.update(removed_at=clock.now())
    return gone


def _keep_number_keys(cursor: Cursor) -> None:
    if number_keys.are_needed(cursor):
        number_keys.keep(cursor, [number_key(secret) for secret in known()[1:]])


def _name(table: type[Model]) -> str:
    return table._meta.db_table  # noqa: SLF001  Django's documented name
