"""Reads a list of calls that some phone system offers, as JSON or CSV, into the objects of our documented JSON.

Columns may have names of their own: the connection says which is which, and what the phone system's words for an
outcome mean. A row that cannot be read is told with its number (`check` shows it); the others count all the same.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from answerback.adapters import facts_json
from answerback.adapters.numbers import caller, e164
from answerback.adapters.objects import read, storable
from answerback.ports.errors import Malformed, Refused
from answerback.ports.phone import Happened, Ignored, ReceiptCame

MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a list is read: our field -> its column, its word -> ours, its clock's zone, the country of its numbers."""

    columns: Mapping[str, str]
    words: Mapping[str, str]
    zone: ZoneInfo
    region: str


def reading(settings: Mapping[str, str]) -> Reading:
    """How this connection's list is read; raises `Refused` for a zone that is none."""
    try:
        zone = ZoneInfo(settings.get("list_zone", "").strip() or "UTC")
    except (KeyError, ValueError, OSError) as wrong:
        raise Refused("The zone of the list is none. Write one such as America/Chicago.") from wrong
    return Reading(
        columns=_pairs(settings.get("list_columns", "")),
        words={word.lower(): ours for word, ours in _pairs(settings.get("list_words", "")).items()},
        zone=zone,
        region=settings.get("region", "").strip().upper() or "US",
    )


def facts(response: httpx.Response, how: Reading) -> Iterator[Happened | ReceiptCame | Malformed]:
    """The fact of each row, oldest first as far as the list is; a row that cannot be read as `Malformed`."""
    for number, row in enumerate(_rows(response), start=1):
        if number > MOST_ROWS:
            raise Refused(f"The list has over {MOST_ROWS} rows: let it hold only what came since it is asked for.")
        try:
            fact = facts_json.understood(storable(_ours(row, how)))
        except Malformed as wrong:
            yield Malformed(f"Row {number}: {wrong.detail}")
            continue
        if not isinstance(fact, Ignored):
            yield fact


def _rows(response: httpx.Response) -> Iterator[Mapping[str, Any]]:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    text = response.content.decode("utf-8-sig", "replace")
    if kind == "text/csv" or (kind != "application/json" and not text.lstrip().startswith(("[", "{"))):
        yield from csv.DictReader(io.StringIO(text), dialect=_dialect(text))
        return
    body = response.content if text.lstrip().startswith("{") else b'{"items": ' + response.content + b"}"
    for row in read(body).items("items"):
        yield row if isinstance(row, Mapping) else {}


def _dialect(text: str) -> type[csv.Dialect]:
    head = text.partition("\n")[0]
    return type("List", (csv.excel,), {"delimiter": max(",;\t", key=head.count)})


def _ours(row: Mapping[Any, Any], how: Reading) -> dict[str, Any]:
    """The row with our names and words; its own columns are kept beside them."""
    said = {name: value for name, value in row.items() if name is not None and value not in ("", None)}
    fields = {**said, **{ours: said[column] for ours, column in how.columns.items() if column in said}}
    fields.setdefault("kind", "ended")
    if fields["kind"] == "ended":
        fields.setdefault("call", fields.get("id"))
        word = str(fields.get("outcome", "")).strip()
        fields["outcome"] = how.words.get(word.lower(), word.lower().replace(" ", "_").replace("-", "_"))
    line, who = str(fields.get("line", "")), fields.get("caller")
    fields["line"] = e164(line, how.region) or line
    fields["caller"] = caller(str(who or ""), how.region)
    if "at" in fields:
        fields["at"] = _moment(str(fields["at"]), how.zone)
    return fields


def _moment(written: str, zone: ZoneInfo) -> str:
    """The moment with its zone; what is no moment stays as it is and is refused by name."""
    try:
        said = datetime.fromisoformat(written.strip())
    except ValueError:
        return written
    return (said if said.tzinfo else said.replace(tzinfo=zone)).isoformat()


def _pairs(written: str) -> dict[str, str]:
    """`a=b, c=d` as a mapping; what is around the marks does not count."""
    parts = (part.partition("=") for part in written.replace("\n", ",").split(","))
    return {left.strip(): right.strip() for left, mark, right in parts if mark and left.strip() and right.strip()}
