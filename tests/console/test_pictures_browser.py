"""In a real browser: the picture that goes along with a text is named before, may be left out, and is ours after."""

import io
from typing import Any

from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import (  # noqa: F401  the browser, a day at the desk, and where there is none
    _page,
    browser,
    day,
    pytestmark,
)

from answerback.store import models


def test_a_picture_is_named_left_out_and_sent(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """On a phone a coloured icon was all that said so, nothing took it out again, and it was "Picture they sent"."""
    models.Line.objects.update(media=True)
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "#5aa7d6").save(written, "PNG")
    part = {"name": "part.png", "mimeType": "image/png", "buffer": written.getvalue()}
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, locale="en-US")
    page.goto(f"/c/{day.id}")
    page.set_input_files("#picture", part)
    expect(page.locator("#picture-picked")).to_have_text("part.png")
    page.get_by_role("button", name="Leave the picture out").click()
    expect(page.locator("#picture-picked")).to_be_hidden()
    expect(page.locator("#picture")).to_have_value("")
    expect(page.locator("#picture")).to_be_focused()
    page.set_input_files("#picture", part)
    page.fill("#body", "This is the part")
    page.click("#send")
    expect(page.get_by_role("img", name="Picture we sent; opens large")).to_be_visible()
    expect(page.locator("#picture-picked")).to_be_hidden()
