"""In a real browser on a phone's 360 pixels: a video is uploaded, one is made, and one is watched."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.console.test_live import page, pytestmark  # noqa: F401  the browser, and where there is none
from tests.console.test_videos import clip, shelf, shown  # noqa: F401  a small clip, and an empty shelf
from tests.watch.test_watch import PHONE

from answerback.adapters.ffmpeg import adapter as ffmpeg
from answerback.store import models
from answerback.store.queries import watched
from answerback.workflow import library, studio
from answerback.workflow import shelf as files


def signed_in(page: Page, live_server: Any, to: str) -> None:  # noqa: F811
    page.goto(f"{live_server.url}/sign-in?next={to}")
    page.fill("#email", "alice@example.com")
    page.fill("#password", "a long password")
    page.click("text=Sign in >> nth=-1")
    page.wait_for_url(f"**{to}")


@pytest.mark.usefixtures("alice")
def test_a_voice_is_recorded_in_the_browser(live_server: Any, page: Page, tmp_path: Path) -> None:  # noqa: F811
    page.context.grant_permissions(["microphone"])
    signed_in(page, live_server, "/videos/new")
    page.click("text=Start >> nth=-1")
    expect(page.locator("text=Make the video")).to_be_visible()
    drawn = models.Video.objects.get()
    page.click("text=Photos, your own voice")
    page.click(".record")
    expect(page.locator(".record span")).to_have_text("Stop")
    page.wait_for_timeout(3_000)  # somebody speaks; a busy machine keeps less of it
    with page.expect_response(lambda answer: answer.request.method == "POST") as kept:
        page.click(".record")
    assert kept.value.status == 204
    voice = drawn.files.get()
    _, seconds = ffmpeg.listen(files.fetch(voice.path, tmp_path / "said.webm"), tmp_path)
    assert (voice.role, 1 < seconds < 20) == ("scene:voice-0", True)
    library.remove(drawn)


@pytest.mark.usefixtures("alice")
def test_upload_make_and_watch(shop: Any, live_server: Any, page: Page, clip: bytes, tmp_path: Path) -> None:  # noqa: F811
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    source = tmp_path / "IMG_0001.mp4"
    source.write_bytes(clip)
    signed_in(page, live_server, "/videos/new")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.set_input_files("#u-file", str(source))
    page.fill("#u-title", "How we work")
    page.click("text=Upload >> nth=-1")
    page.wait_for_url(re.compile(r"/videos/\d+$"))
    video = models.Video.objects.get()
    assert (video.state, video.title) == ("waiting", "How we work")
    studio.work(video.id)
    page.reload()
    page.click("text=Publish")
    expect(page.locator("#toasts")).to_contain_text("Published.")
    video.refresh_from_db()
    assert video.published_at is not None
    page.goto(f"{live_server.url}/videos/new")
    page.click("text=Start >> nth=-1")
    page.wait_for_selector("text=Make the video")
    page.fill("#heading-0", "We are glad you called")
    page.click("text=Make the video")
    page.wait_for_selector("text=Waiting for the studio")
    drawn = models.Video.objects.latest("id")
    assert (drawn.state, "We are glad you called" in drawn.storyboard) == ("waiting", True)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    browser = page.context.browser
    assert browser is not None
    _watch(browser, live_server.url + shown(shop, video), refused)
    found = watched.of_videos(shop.business.id)[video.id]
    assert found.marks == dict.fromkeys(("opened", "played", "quarter", "half", "most", "finished"), 1)
    assert refused == []
    library.remove(drawn)


def _watch(browser: Browser, address: str, refused: list[str]) -> None:
    """A person opens the address on their phone, looks at the page, and watches to the end."""
    phone = browser.new_context(user_agent=PHONE, viewport={"width": 360, "height": 740}, locale="en-US")
    page = phone.new_page()  # noqa: F811
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    weights: list[int] = []
    page.on("response", lambda answer: weights.append(int(answer.headers.get("content-length", 0))))
    page.goto(address, wait_until="networkidle")
    assert sum(weights) < 100_000
    assert not any("video.mp4" in each for each in page.evaluate("performance.getEntries().map(e => e.name)"))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert phone.cookies() == []
    with page.expect_event("requestfinished", lambda request: request.post_data == "what=finished"):
        page.evaluate("const v = document.querySelector('video'); v.muted = true; v.play()")
    phone.close()
