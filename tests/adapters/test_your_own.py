# ruff: noqa: ARG002  as the page shows it
"""The page docs/connect/your-own.md, followed line by line: what it builds passes the conformance suite."""

import hashlib
import hmac
import json
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from answerback.ports.connection import Connection, Request
from answerback.testing.phone_conformance import PhoneConformance
from answerback.testing.pretend_server import PretendServer

sys.path.insert(0, str(Path(__file__).parent / "your_own"))

from bell import BellPhone

adapter = BellPhone()
KEY = "a-pretend-key"
PAGE = Path(__file__).parents[2] / "docs" / "connect" / "your-own.md"


@dataclass(kw_only=True)
class PretendBell(PretendServer):
    """Bell, as far as answerback can tell."""

    def answer(self, ask):
        if ask.headers.get(b"authorization") != f"Bearer {KEY}".encode():
            return self.refusal(401)
        if ask.path == "/account":
            return self.json(200, {"ok": True})
        said = json.loads(ask.body)
        return self.take(to=said["to"], sender=said["from"], body=said["words"])

    def taken(self, text):
        return self.json(201, {"id": text.id})


class Provider:
    """Bell, as the suite drives it."""

    def __init__(self, bell):
        self.bell = bell
        self.connection = Connection(id=7, provider="bell", settings={"key": KEY, "api_base": bell.url})

    def fail(self, kind):
        self.bell.fault(kind, times=1)

    def taken(self, to):
        return tuple(text.id for text in self.bell.texts_to(to))

    def vanish(self):
        self.bell.stop()


class TestBell(PhoneConformance):
    phone = adapter
    connection = Connection(id=7, provider="bell", settings={"key": KEY, "api_base": "http://127.0.0.1:9"})
    payloads = Path(__file__).parent / "your_own" / "payloads"
    carries, signs = "json", "body"

    def sign(self, what, form, query):
        body = json.dumps(form).encode()
        signature = hmac.new(KEY.encode(), body, hashlib.sha256).hexdigest()
        headers = {"bell-signature": signature}
        return Request(
            method="POST", url=f"https://x.example/hooks/bell/7/{what}", what=what, headers=headers, body=body
        )

    @contextmanager
    def provider(self):
        with PretendBell() as bell:
            yield Provider(bell)


def test_the_page_shows_what_was_run():
    for name in re.findall(r"<!-- from: (\S+) -->", PAGE.read_text()):
        shown = re.search(rf"<!-- from: {re.escape(name)} -->\n\n```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
        assert shown
        assert shown[1].strip() in (PAGE.parents[2] / name).read_text(), name
