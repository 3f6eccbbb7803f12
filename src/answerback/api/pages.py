"""The API's documentation: its description as a page, rendered here, with nothing loaded from outside.

It shows no data of anybody, so anybody may read it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from answerback.api.door import REQUESTS
from answerback.api.problems import TITLES
from answerback.api.v1 import api
from answerback.workflow.tokens import SCOPES

PROBLEM_CODES = (
    ("no_token, bad_token", TITLES[401]),
    ("scope, role", TITLES[403]),
    ("wrong_fields", TITLES[422]),
    (
        "not_allowed, not_possible, wrong_values, elsewhere, outdated, wrong_secret, key_reused, key_running, key_lost",
        TITLES[409],
    ),
    ("bad_playbook, not_publishable, bad_storyboard, unreadable_file", TITLES[409]),
    ("not_found, bad_cursor", TITLES[404]),
    ("unreadable, bad_key, wrong_host", TITLES[400]),
    ("too_many", TITLES[429]),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One field or parameter as the page shows it; `shape` names the schema it links to."""

    name: str
    kind: str
    required: bool
    says: SafeString
    shape: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation as the page shows it."""

    id: str
    method: str
    path: str
    says: SafeString
    scope: str
    asks: tuple[Detail, ...]
    body: str
    answers: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One shape of what is sent or answered."""

    name: str
    says: SafeString
    fields: tuple[Detail, ...]


@require_safe
def description(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The description, for programs."""
    return JsonResponse(described())


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The description, for people."""
    answer = render(request, "api/docs.html", shown() | {"scopes": SCOPES, "codes": PROBLEM_CODES, "most": REQUESTS})
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@cache
def described() -> dict[str, Any]:
    """The description; it changes with the code only."""
    return dict(api.get_openapi_schema())


@cache
def shown() -> dict[str, Any]:
    """What the page shows: operations by their part, then every shape."""
    whole = described()
    parts: dict[str, list[Operation]] = {}
    for path, operations in whole["paths"].items():
        for method, operation in operations.items():
            parts.setdefault(operation["tags"][0], []).append(_operation(path, method, operation))
    shapes = [_shape(name, said) for name, said in whole["components"]["schemas"].items() if "properties" in said]
    lead = in_words(whole["info"]["description"])
    return {"version": whole["info"]["version"], "lead": lead, "parts": list(parts.items()), "shapes": shapes}


def in_words(said: str) -> SafeString:
    """A description for the page: what stands in backticks is code, an empty line begins a new paragraph."""
    paragraphs = [" ".join(each.split()).split("`") for each in said.split("\n\n")]
    return format_html_join(mark_safe("<br>"), "{}", ((_coded(parts),) for parts in paragraphs))


def _coded(parts: list[str]) -> SafeString:
    """Every second part is code."""
    words = (format_html("<code>{}</code>", part) if n % 2 else part for n, part in enumerate(parts))
    return format_html_join("", "{}", ((each,) for each in words))


def _operation(path: str, method: str, said: dict[str, Any]) -> Operation:
    status, answer = next((code, each) for code, each in said["responses"].items() if code < "300")
    scopes = said["security"][0]["Token"]
    return Operation(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        says=in_words(said.get("description", "").partition("\n\nScope:")[0]),
        scope=scopes[0] if scopes else "",
        asks=tuple(_parameter(each) for each in said["parameters"]),
        body=_ref(_json(said.get("requestBody", {}))),
        answers=_ref(_json(answer)) or next(iter(answer.get("content", {"": None}))),
        status=status,
    )


def _json(said: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = said.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _parameter(said: dict[str, Any]) -> Detail:
    schema = said["schema"]
    says = said.get("description", "") or schema.get("description", "")
    return Detail(
        name=said["name"], kind=_kind(schema), required=said["required"], says=in_words(says), place=said["in"]
    )


def _shape(name: str, said: dict[str, Any]) -> Shape:
    required = set(said.get("required", ()))
    fields = tuple(
        Detail(
            name=field,
            kind=_kind(schema),
            required=field in required,
            says=in_words(schema.get("description", "")),
            shape=next(_refs(schema), ""),
        )
        for field, schema in said["properties"].items()
    )
    return Shape(name=name, says=in_words(said.get("description", "")), fields=fields)


def _kind(schema: dict[str, Any]) -> str:
    """A schema in a few words: `text or null`, `list of Lead`."""
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    if "$ref" in schema:
        return _ref(schema)
    match schema.get("type"):
        case "array":
            return f"list of {_kind(schema.get('items', {}))}"
        case "string":
            return {"date-time": "moment", "date": "day"}.get(schema.get("format", ""), "text")
        case "integer":
            return "number"
        case "boolean":
            return "true or false"
        case None:
            return str(schema.get("const", "anything"))
        case other:
            return str(other)


def _refs(schema: dict[str, Any]) -> Iterator[str]:
    for each in (schema, schema.get("items", {}), *schema.get("anyOf", ())):
        if "$ref" in each:
            yield _ref(each)


def _ref(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
