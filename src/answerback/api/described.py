"""The API's description (OpenAPI 3.1): what every operation has in common is added here, once.

It is checked in as `openapi.json`; a test compares it with the code, so that no change of the API goes unseen. It is
written anew by `python -m answerback.testing.api_description`.
"""

import json
import re
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "openapi.json"

PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "Why something could not be done (RFC 9457). `code` is for programs, `detail` for people.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "What is wrong with which field.",
            "items": {
                "type": "object",
                "required": ["field", "in", "says"],
                "properties": {
                    "field": {"type": "string"},
                    "in": {"type": "string"},
                    "says": {"type": "string"},
                },
            },
        },
    },
}

KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A name of yours for this request: sent again with it, it is not done again but answered the same.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[ -~]+$"},
}

_REFERS = re.compile(r'"#/components/schemas/(\w+)"')

READ_FAILURES = ("400", "401", "403", "404", "422", "429", "500", "503")
WRITE_FAILURES = (*READ_FAILURES, "409", "413", "415")

SAYS = {
    "400": "The request cannot be read.",
    "401": "There is no token, or none that works.",
    "403": "The token may not do this.",
    "404": "There is no such thing, or none of this business.",
    "409": "This cannot be done as things stand; `detail` says why.",
    "413": "The request is too large.",
    "415": "The body is no JSON, and does not say that it is.",
    "422": "Something in the request is wrong; `errors` says what.",
    "429": "Too many requests; `Retry-After` says how long to wait.",
    "500": "Something went wrong on our side.",
    "503": "Not now; `Retry-After` says when.",
}


def complete(description: dict[str, Any]) -> dict[str, Any]:
    """The description with failures, scopes and idempotency keys."""
    for operations in description["paths"].values():
        for method, operation in operations.items():
            _complete(method, operation)
    parts = description["components"]
    parts["schemas"] = dict(sorted({**_used(description), "Problem": PROBLEM}.items()))
    parts["responses"] = {f"Problem{status}": _failure(says) for status, says in SAYS.items()}
    description["servers"] = [{"url": "/"}]
    return description


def _used(description: dict[str, Any]) -> dict[str, Any]:
    """The shapes something refers to: those of queries stand in the operations already."""
    shapes, found = description["components"]["schemas"], {}
    waiting = [description["paths"]]
    while waiting:
        for name in _REFERS.findall(json.dumps(waiting.pop())):
            if name not in found:
                found[name] = shapes[name]
                _without_zone(shapes[name])
                waiting.append(shapes[name])
    return found


def _without_zone(shape: dict[str, Any]) -> None:
    """A time of the day stands by the clock of a place; the format `time` would promise an offset (RFC 3339)."""
    for field in shape.get("properties", {}).values():
        if field.get("format") == "time":
            del field["format"]
            field["pattern"] = r"^\d\d:\d\d:\d\d$"


def _complete(method: str, operation: dict[str, Any]) -> None:
    scope = operation.pop("x-scope")
    operation["security"] = [{"Token": [scope] if scope else []}]
    said = operation.get("description", "")
    operation["description"] = f"{said}\n\nScope: `{scope}`." if scope else said
    for parameter in operation["parameters"]:
        parameter["schema"] = _without_null(parameter["schema"])
    writes = method != "get"
    failures = WRITE_FAILURES if writes else READ_FAILURES
    responses = {str(status): answer for status, answer in operation["responses"].items()}
    for status in sorted(failures):
        responses[status] = {"$ref": f"#/components/responses/Problem{status}"}
    operation["responses"] = responses
    if writes:
        operation["parameters"] = [*operation["parameters"], KEY]


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is left out or has a value; nobody can write null into an address."""
    kinds = [each for each in schema.pop("anyOf", ()) if each != {"type": "null"}]
    return {**kinds[0], **schema} if kinds else schema


def _failure(says: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": says, "content": {"application/problem+json": {"schema": schema}}}
