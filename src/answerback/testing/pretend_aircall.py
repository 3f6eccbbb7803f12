"""A pretend Aircall API on loopback: numbers, calls, and texts in the agent conversation."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any, ClassVar

from answerback.testing.pretend_http import Ask, Reply
from answerback.testing.pretend_server import PretendServer, Taken

ID, TOKEN, NUMBER = "pretend-api-id", "pretend-api-token", "+1 512-555-0100"


@dataclass(kw_only=True)
class PretendAircall(PretendServer):
    """Aircall, as far as answerback can tell."""

    id_prefix: ClassVar[str] = "SM"

    calls: list[dict[str, Any]] = field(default_factory=list)

    def settings(self, **more: str) -> dict[str, str]:
        """Settings for a connection that reach this server."""
        keys = {"api_id": ID, "api_token": TOKEN, "webhook_token": "pretend-webhook-token"}
        return {**keys, "api_base": self.url, **more}

    def answer(self, ask: Ask) -> Reply:
        """The reply to one request."""
        if ask.headers.get(b"authorization") != b"Basic " + b64encode(f"{ID}:{TOKEN}".encode()):
            return self.refusal(401)
        if ask.path == "/v1/numbers":
            return self._page("numbers", [{"id": 1234, "name": "Main line", "digits": NUMBER, "country": "US"}], ask)
        if ask.path == "/v1/calls":
            since, until = int(ask.query["from"]), int(ask.query["to"])
            return self._page("calls", [call for call in self.calls if since <= call["started_at"] <= until], ask)
        if ask.path == "/v1/numbers/1234/messages/send-in-agent-conversation" and ask.method == "POST":
            asked = json.loads(ask.body)
            return self.take(to=asked["to"], sender=NUMBER, body=asked["body"])
        return self.refusal(404)

    def refusal(self, status: int) -> Reply:
        """Aircall's own form of an error."""
        return self.json(status, {"error": "Refused", "troubleshoot": "Read the documentation."})

    def taken(self, text: Taken) -> Reply:
        """The message."""
        at = int(text.created.timestamp() * 1000)
        number = {"id": 1234, "direct_link": f"{self.url}/v1/numbers/1234", "digits": NUMBER}
        shown = {"id": text.id, "status": "pending", "direction": "outbound", "created_at": at, "sent_at": at}
        return self.json(200, {**shown, "updated_at": at, "raw_digits": text.to, "number": number})

    def _page(self, name: str, every: list[dict[str, Any]], ask: Ask) -> Reply:
        size, page = int(ask.query["per_page"]), int(ask.query["page"])
        more = len(every) > size * page
        meta = {"count": len(every), "total": len(every), "current_page": page, "per_page": size}
        meta["next_page_link"] = f"{self.url}{ask.path}?page={page + 1}" if more else None  # type: ignore[assignment]
        return self.json(200, {"meta": meta, name: every[size * (page - 1) : size * page]})
