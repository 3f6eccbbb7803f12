"""Captured payloads: one request of a provider in a JSON file, and the facts it must say.

A file has `what`, `form` (for a provider that sends JSON: the object), perhaps `query`, `expect`, the facts, and
`answer`, the status they hear back. Here too: forms and JSON with one thing in them changed, for tests with junk.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from answerback.ports.connection import Request
from answerback.ports.phone import Happened, Ignored, ReceiptCame, SignedRequest

Fact = Happened | ReceiptCame | Ignored

Place = tuple[str | int, ...]
"""Where in a form or in JSON something stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """One request as the provider sends it and the facts it says."""

    name: str
    what: str
    form: Mapping[str, Any]
    query: Mapping[str, str]
    expect: list[dict[str, Any]]
    answer: int


def captured(folder: Path) -> tuple[Captured, ...]:
    """Every payload of a folder, by file name."""
    return tuple(_captured(path) for path in sorted(folder.glob("*.json")))


def to_request(signed: SignedRequest) -> Request:
    """A signed webhook as the hooks of the product would hand it to an adapter."""
    where = urlsplit(signed.url)
    headers = {name.lower(): value for name, value in signed.headers.items()}
    is_form = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    return Request(
        method="POST",
        url=signed.url,
        what=where.path.rpartition("/")[2],
        headers=headers,
        body=signed.body,
        query=tuple(parse_qsl(where.query, keep_blank_values=True)),
        form=tuple(parse_qsl(signed.body.decode(), keep_blank_values=True)) if is_form else (),
    )


def shown(fact: Fact) -> dict[str, Any]:
    """A fact as payload files write it: its type, its fields, times in ISO form, nothing that is not set."""
    if isinstance(fact, Ignored):
        return {"type": "Ignored", "kind": fact.kind}
    fields = asdict(fact)
    del fields["raw"]
    if isinstance(fact, Happened):
        event = _plain(fields.pop("event"))
        return {"type": type(fact.event).__name__, **_plain(fields), **event}
    return {"type": "ReceiptCame", **_plain(fields)}


def paths(form: Any, before: Place = ()) -> Iterator[Place]:
    """Every place in it, of values and of what holds them."""
    inside: Sequence[tuple[str | int, Any]] = ()
    if isinstance(form, Mapping):
        inside = list(form.items())
    elif isinstance(form, list):
        inside = list(enumerate(form))
    for name, value in inside:
        yield (*before, name)
        yield from paths(value, (*before, name))


def leaves(form: Any) -> Iterator[Any]:
    for path in paths(form):
        value = form
        for name in path:
            value = value[name]
        if not isinstance(value, Mapping | list):
            yield value


def changed(form: Mapping[str, Any], path: Place, value: Any) -> dict[str, Any]:
    """A copy with this value at that place; a place that is not there is left alone."""
    copy = json.loads(json.dumps(form))
    holder = copy
    for name in path[:-1]:
        if not _has(holder, name):
            return dict(copy)
        holder = holder[name]
    if isinstance(holder, dict) or _has(holder, path[-1]):
        holder[path[-1]] = value
    return dict(copy)


def without(form: Mapping[str, Any], path: Place) -> dict[str, Any]:
    """A copy without what stands at that place."""
    copy = json.loads(json.dumps(form))
    holder = copy
    for name in path[:-1]:
        holder = holder[name]
    del holder[path[-1]]
    return dict(copy)


def _has(holder: Any, name: str | int) -> bool:
    if isinstance(holder, dict):
        return isinstance(name, str) and name in holder
    return isinstance(holder, list) and isinstance(name, int) and name < len(holder)


def _captured(path: Path) -> Captured:
    content = json.loads(path.read_text(encoding="utf-8"))
    return Captured(
        name=path.stem,
        what=content["what"],
        form=content["form"],
        query=content.get("query", {}),
        expect=content["expect"],
        answer=content["answer"],
    )


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return dict(_plain_items(fields))


def _plain_items(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in fields.items():
        if isinstance(value, datetime):
            yield name, value.isoformat()
        elif value not in (None, "", ()):
            yield name, list(value) if isinstance(value, tuple) else value
