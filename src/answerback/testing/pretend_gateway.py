"""A pretend program of a business: it takes texts by our signed JSON, and offers a list of calls as JSON or CSV."""

import json
from dataclasses import dataclass
from typing import ClassVar

from answerback.adapters.signed_json import check_signature
from answerback.ports.errors import Forged
from answerback.testing.pretend_http import Ask, Reply
from answerback.testing.pretend_server import PretendServer, Taken
from answerback.workflow import clock

SECRET = "pretend-shared-secret"  # noqa: S105  a pretend secret of a pretend service


@dataclass(kw_only=True)
class PretendGateway(PretendServer):
    """The program at the other end."""

    id_prefix: ClassVar[str] = "out-"

    listed: str = ""
    kind: str = "text/csv"

    def settings(self, **more: str) -> dict[str, str]:
        """Settings for a connection that reach this program."""
        return {"secret": SECRET, "send_url": f"{self.url}/texts", **more}

    def answer(self, ask: Ask) -> Reply:
        """The reply to one request."""
        if ask.path == "/calls":
            return Reply(200, self.listed.encode(), b"Content-Type: %s\r\n" % self.kind.encode())
        if not self._is_signed(ask):
            return self.json(401, {"error": "The signature is wrong."})
        if ask.method == "POST":
            asked = json.loads(ask.body)
            return self.take(to=asked["to"], sender=asked["from"], body=f"{asked['id']}:{asked['text']}")
        found = [text for text in self.texts.get(ask.query["to"], []) if text.body.startswith(f"{ask.query['id']}:")]
        return self.json(200, {"message": found[0].id}) if found else self.json(404, {})

    def taken(self, text: Taken) -> Reply:
        """Its id."""
        return self.json(201, {"message": text.id})

    def _is_signed(self, ask: Ask) -> bool:
        headers = {name.decode(): value.decode() for name, value in ask.headers.items()}
        url = self.url + ask.target
        try:
            check_signature(secret=SECRET, url=url, body=ask.body, headers=headers, now=clock.now())
        except Forged:
            return False
        return True
