"""Any endpoint that speaks OpenAI's chat completions: OpenAI, Azure, Mistral, vLLM, Ollama, llama.cpp, LM Studio.

Written against the published reference of `POST /chat/completions` with `response_format` of type `json_schema`.
"""

from typing import Any

from answerback.adapters.proposals import INSTRUCTIONS, SCHEMA, asked, post, proposal
from answerback.ports.errors import Unavailable
from answerback.ports.model import Answered, Excerpt, ModelHost

__all__ = ["propose"]


def propose(thread: Excerpt, endpoint: ModelHost, seconds: float) -> Answered:
    """What the model proposes; raises `Refused` or `Unavailable`. The base URL ends before `/chat/completions`."""
    headers = {"authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    answer = post(endpoint, "/chat/completions", headers, _request(thread, endpoint.model), seconds)
    usage = answer.get("usage") or {}
    return Answered(
        proposal=proposal(_words(answer)),
        tokens_in=int(usage.get("prompt_tokens") or 0),
        tokens_out=int(usage.get("completion_tokens") or 0),
    )


def _request(thread: Excerpt, model: str) -> dict[str, Any]:
    return {
        "model": model,
        "messages": [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": asked(thread)}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "reading", "strict": True, "schema": SCHEMA},
        },
        "temperature": 0,
        "max_tokens": 500,
    }


def _words(answer: dict[str, Any]) -> str:
    try:
        words = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        words = None
    if not isinstance(words, str):
        raise Unavailable("The language model's answer holds no message.")
    return words
