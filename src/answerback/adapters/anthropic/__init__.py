"""Anthropic's Messages API: the proposal is the input of a tool the model must use, which holds it to a schema.

Written against the published reference of `POST /v1/messages`, version 2023-06-01.
"""

from typing import Any

from answerback.adapters.proposals import INSTRUCTIONS, SCHEMA, asked, post, proposal
from answerback.ports.errors import Unavailable
from answerback.ports.model import Answered, Excerpt, ModelHost

__all__ = ["propose"]

VERSION = "2023-06-01"


def propose(thread: Excerpt, endpoint: ModelHost, seconds: float) -> Answered:
    """What the model proposes; raises `Refused` or `Unavailable`. The base URL ends before `/v1/messages`."""
    headers = {"x-api-key": endpoint.key, "anthropic-version": VERSION}
    answer = post(endpoint, "/v1/messages", headers, _request(thread, endpoint.model), seconds)
    usage = answer.get("usage") or {}
    return Answered(
        proposal=proposal(_input(answer)),
        tokens_in=int(usage.get("input_tokens") or 0),
        tokens_out=int(usage.get("output_tokens") or 0),
    )


def _request(thread: Excerpt, model: str) -> dict[str, Any]:
    return {
        "model": model,
        "max_tokens": 500,
        "temperature": 0,
        "system": INSTRUCTIONS,
        "messages": [{"role": "user", "content": asked(thread)}],
        "tools": [{"name": "reading", "description": "What the text means.", "input_schema": SCHEMA}],
        "tool_choice": {"type": "tool", "name": "reading"},
    }


def _input(answer: dict[str, Any]) -> dict[str, Any]:
    content = answer.get("content")
    for part in content if isinstance(content, list) else ():
        if isinstance(part, dict) and part.get("type") == "tool_use" and isinstance(part.get("input"), dict):
            found: dict[str, Any] = part["input"]
            return found
    raise Unavailable("The language model's answer holds no proposal.")
