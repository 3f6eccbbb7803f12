"""A pretend Quo API on loopback: numbers, conversations, calls and messages as its OpenAPI description has them."""

import json
from dataclasses import dataclass, field
from typing import Any, ClassVar

from answerback.testing.pretend_http import Ask, Reply
from answerback.testing.pretend_server import PretendServer, Taken

KEY = "pretend-quo-key"
NUMBER = "+15125550100"
NUMBER_ID = "PN123abc"


@dataclass(kw_only=True)
class PretendQuo(PretendServer):
    """Quo, as far as answerback can tell."""

    id_prefix: ClassVar[str] = "AC"

    key: str = KEY
    messaging: str = "unrestricted"
    calls: list[dict[str, Any]] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)

    def settings(self, **more: str) -> dict[str, str]:
        """Settings for a connection that reach this server."""
        return {"api_key": self.key, "api_base": self.url, "webhook_secret": "whsec_c2VjcmV0LW9mLXF1bw==", **more}

    def answer(self, ask: Ask) -> Reply:
        """The reply to one request."""
        if ask.headers.get(b"authorization") != self.key.encode():
            return self._error(401, "0200401", "Unauthorized")
        if ask.path == "/v1/phone-numbers":
            allowed = {"messaging": {"US": self.messaging, "CA": "unrestricted", "Intl": "restricted"}}
            number = {"id": NUMBER_ID, "number": NUMBER, "name": "Main", "restrictions": allowed, "users": []}
            return self.json(200, {"data": [number]})
        if ask.path == "/v1/messages" and ask.method == "POST":
            asked = json.loads(ask.body)
            return self.take(to=asked["to"][0], sender=asked["from"], body=asked["content"])
        lists = {"/v1/messages": self._messages, "/v1/calls": self._calls, "/v1/conversations": self._conversations}
        if ask.path in lists:
            return self.json(200, {"data": lists[ask.path](ask), "totalItems": 0, "nextPageToken": None})
        return self._error(404, "0200404", "Not Found")

    def refusal(self, status: int) -> Reply:
        """Quo's own form of an error."""
        return self._error(status, "0206400", "A2P Registration Not Approved")

    def taken(self, text: Taken) -> Reply:
        """202 and the message."""
        return self.json(202, {"data": self._shown(text)})

    def _shown(self, text: Taken) -> dict[str, Any]:
        at = text.created.isoformat().replace("+00:00", "Z")
        common = {"phoneNumberId": NUMBER_ID, "userId": "US123abc", "createdAt": at, "updatedAt": at}
        common |= {"direction": "outgoing", "status": "queued"}
        return {"id": text.id, "to": [text.to], "from": text.sender, "text": text.body, **common}

    def _messages(self, ask: Ask) -> list[dict[str, Any]]:
        person, since = ask.query["participants"], ask.query["createdAfter"]
        sent = [self._shown(text) for text in self.texts.get(person, ())]
        came = [message for message in self.received if message["from"] == person]
        return [each for each in (*sent, *came) if each["createdAt"] >= since.replace("+00:00", "Z")]

    def _calls(self, ask: Ask) -> list[dict[str, Any]]:
        return [call for call in self.calls if call["participants"] == [ask.query["participants"]]]

    def _conversations(self, _: Ask) -> list[dict[str, Any]]:
        people = {call["participants"][0] for call in self.calls} | {text["from"] for text in self.received}
        return [{"id": "CN1", "participants": [person], "phoneNumberId": NUMBER_ID} for person in sorted(people)]

    def _error(self, status: int, code: str, title: str) -> Reply:
        said = {"message": title, "code": code, "status": status, "docs": "https://quo.com/docs", "title": title}
        return self.json(status, said)
