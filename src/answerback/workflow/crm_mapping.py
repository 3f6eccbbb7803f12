"""Which field of ours goes to which field of a CRM, whose word counts there, and what our words are called there.

The adapter declares the fields and where they go by default; the business keeps only what it changed. Only fields whose
way is `out`, or `fill` where theirs is empty or our own, are ever written. Never here: asking a CRM, or the database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from answerback.ports.crm import Choice, Crm, Field, Record, Way
from answerback.workflow.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Table:
    """The fields as this business wants them."""

    fields: tuple[Field, ...]

    def of(self, record: Record) -> Iterator[Field]:
        """The fields of a person's or a lead's record."""
        return (each for each in self.fields if each.record == record)

    def field(self, name: str) -> Field | None:
        """The field of this name, where the CRM has it."""
        return next((each for each in self.fields if each.name == name), None)


def mapping(crm: Crm, kept: Mapping[str, Any]) -> Table:
    """The adapter's fields with what the business changed; what makes no sense is left out."""
    changed = kept.get("fields") or {}
    return Table(tuple(_with(field, changed.get(field.name) or {}) for field in crm.fields))


def to_keep(crm: Crm, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What to keep of what an owner chose: only what differs from the adapter's own."""
    kept: dict[str, Any] = {}
    for field in crm.fields:
        chosen = _with(field, wanted.get(field.name) or {})
        differs: dict[str, Any] = {}
        if chosen.way != field.way:
            differs["way"] = chosen.way
        if chosen.remote != field.remote:
            differs["remote"] = chosen.remote
        if dict(chosen.values) != dict(field.values):
            differs["values"] = dict(chosen.values)
        if differs:
            kept[field.name] = differs
    return {"fields": kept} if kept else {}


def theirs(mapped: Table, record: Record, ours: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Our values by the CRM's names: those to write over theirs, and those to fill in where theirs is empty."""
    out: dict[str, str] = {}
    fill: dict[str, str] = {}
    for field in mapped.of(record):
        value = ours.get(field.name, "")
        if field.valued:
            value = field.values.get(value, "")
        if field.way == "out" and (value or not field.valued):
            out[field.remote] = value
        elif field.way == "fill" and value:
            fill[field.remote] = value
    return out, fill


def ours(field: Field, value: str, now: str = "") -> str | None:
    """Our word for a value of theirs, None where we have none.

    Several of our words may go by one of theirs: then what we have already stays, else the first of them is meant.
    """
    if not field.valued:
        return value
    meant = [our for our, their in field.values.items() if their == value]
    return now if now in meant else (meant[0] if meant else None)


def problems(
    crm: Crm, wanted: Mapping[str, Mapping[str, Any]], choices: Mapping[str, tuple[Choice, ...]]
) -> list[Refusal]:
    """What is wrong with what an owner chose, each with the field of the table."""
    found: list[Refusal] = []
    for field in crm.fields:
        chosen = wanted.get(field.name) or {}
        if chosen.get("way", field.way) not in field.ways:
            found.append(Refusal(f"{field.label}: this cannot be copied that way.", f"way-{field.name}"))
        known = {each.value for each in choices.get(field.name, ())}
        typed = (chosen.get("values") or {}).items()
        for our, value in [(our, value) for our, value in typed if value and known and value not in known][:1]:
            found.append(Refusal(f"{field.label}: {crm.title} has no value {value}.", f"value-{field.name}-{our}"))
    goes = [each for each in mapping(crm, {"fields": wanted}).fields if each.way in {"out", "fill"}]
    for field in goes:
        same = [each for each in goes if (each.record, each.remote) == (field.record, field.remote) and each != field]
        if same and field.name < same[0].name:
            says = f"{field.label} and {same[0].label} would both be written into {field.remote}."
            found.append(Refusal(says, f"remote-{field.name}"))
    return found


def _with(field: Field, changed: Mapping[str, Any]) -> Field:
    way = changed.get("way", field.way)
    remote = str(changed.get("remote") or field.remote).strip() or field.remote
    values = changed.get("values")
    table = {our: str(values.get(our, their)) for our, their in field.values.items()} if values else field.values
    return replace(
        field,
        way=cast("Way", way) if way in field.ways else field.way,
        remote=field.remote if field.ours else remote[:100],
        values=table,
    )
