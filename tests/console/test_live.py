"""In a real browser: a new text appears by itself, and neither what is typed nor an opened reason is lost."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, sync_playwright

from answerback.store import models

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="No Chromium here. On Debian: apt-get install chromium"),
]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setenv(
        "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
    )  # Playwright runs a loop in this thread; the rows are made in it too.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser.new_page(viewport={"width": 360, "height": 740})
        browser.close()
    # The server's threads keep their connections, and the database could not be dropped in the end.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )


def test_new_text_appears_and_nothing_typed_is_lost(shop: Any, live_server: Any, page: Page, now: Any) -> None:
    conversation = shop.conversation(131, name="Maria")
    shop.text(conversation, "t1", "machine", "Sorry we missed you", "sent")
    models.Decision.objects.create(
        business=shop.business,
        conversation=conversation,
        at=now,
        rule="first_text",
        verdict="sent",
        why="The call was missed.",
        text="t1",
    )
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto(f"{live_server.url}/sign-in?next=/c/{conversation.id}")
    page.fill("#email", "bob@example.com")
    page.fill("#password", "a long password")
    page.click("text=Sign in >> nth=-1")
    page.click("details.whys summary")
    page.fill("#body", "half a senten")
    shop.text(conversation, "in:1", "customer", "are you coming?", "received")
    page.wait_for_selector("text=are you coming?", timeout=5000)
    assert page.input_value("#body") == "half a senten"
    assert page.evaluate("document.activeElement.id") == "body"
    assert page.locator("details.whys[open]").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert refused == []
