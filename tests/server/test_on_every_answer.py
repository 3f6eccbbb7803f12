"""What every answer of a real web process has, whatever was asked: pages, files, failures, and hooks past Django's
middleware.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import pytest
from django.db import connection
from tests.served import held_port, wait_for

FROM_A_PROXY = {"X-Forwarded-Proto": "https", "Host": "answers.example.com"}
ASKED = (
    "/sign-in", "/people", "/nothing", "/api/v1/leads", "/healthz", "/metrics", "/b/cut", "/v/cut", "/r/cut",
    "/join/cut", "/static/console/answerback.css", "/static/none.css", "/worker.js", "/hooks/none", "/hooks/twilio/1/x",
    "/hooks/pictures/cut.jpg", "/hooks/calendars/1",
)  # fmt: skip


@pytest.fixture
def served(database: None, tmp_path: Path) -> Iterator[str]:
    """The address of a web process that stands behind a proxy with TLS."""
    with held_port() as port:
        parts = urlsplit(os.environ["DATABASE_URL"])
        url = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
        told = {"ANSWERBACK_PUBLIC_URL": "https://answers.example.com", "ANSWERBACK_TRUSTED_PROXY": "yes"}
        web = subprocess.Popen(
            [sys.executable, "-m", "answerback.server", "web", "--port", str(port)],
            env={**os.environ, **told, "DATABASE_URL": url, "ANSWERBACK_VAR": str(tmp_path)},
        )
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            web.terminate()
            web.wait(30)


def test_every_answer_of_a_web_process_is_locked(served: str) -> None:
    """What went past the middleware had nothing: hooks, the page that says there is none, and the files of pages."""
    bare = set()
    for path in ASKED:
        answer = httpx.get(served + path, headers=FROM_A_PROXY, timeout=60)
        policy = answer.headers.get("Content-Security-Policy", "")
        if "default-src 'none'" not in policy or "unsafe" in policy:
            bare.add((path, "policy"))
        if answer.headers.get("X-Content-Type-Options") != "nosniff":
            bare.add((path, "kind"))
        if not path.startswith("/static/") and "no-store" not in answer.headers.get("Cache-Control", ""):
            bare.add((path, "kept"))
    assert bare == set()
    door = httpx.get(f"{served}/sign-in", headers=FROM_A_PROXY, timeout=60)
    assert door.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Secure" in door.headers["Set-Cookie"]
    elsewhere = httpx.get(f"{served}/sign-in", headers={"Host": "evil.example"}, timeout=60)
    assert (elsewhere.status_code, "default-src 'none'" in elsewhere.headers["Content-Security-Policy"]) == (400, True)
