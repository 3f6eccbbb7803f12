"""In a real browser on a phone's 360 pixels: a video is uploaded, one is made, and one is watched."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import _page as as_client
from tests.console.test_desk_browser import browser  # noqa: F401
from tests.console.test_live import page, pytestmark  # noqa: F401  the browser, and where there is none
from tests.console.test_videos import clip, shelf, shown  # noqa: F401  a small clip, and an empty shelf
from tests.watch.test_watch import PHONE

from answerback.adapters.ffmpeg import adapter as ffmpeg
from answerback.store import models
from answerback.store.queries import watched
from answerback.workflow import clock, library, studio
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
    page.wait_for_timeout(1_200)  # somebody speaks
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


MOST = 150_000
"""Bytes of a page with all it brings along, as they come over the wire to somebody who was never here."""


def filmed(shop: Any, tmp_path: Path, number: int) -> None:
    """A video with a poster as rough as one of gravel and leaves: some 60 kB."""
    row = models.Video.objects.create(
        business=shop.business, title=f"Film {number}", kind="overview", language="en", state="ready", made_by="upload",
        created_at=clock.now(),
    )  # fmt: skip
    rough = [Image.effect_noise((45, 80), 80).resize((720, 1280)) for _ in "rgb"]
    source = tmp_path / f"{number}.jpg"
    Image.merge("RGB", rough).save(source, "JPEG", quality=85)
    for role, content_type in (("as_shot", "video/mp4"), ("as_shot_poster", "image/jpeg")):
        files.put(row.id, role, source, content_type, (720, 1280))


@pytest.mark.parametrize("width", [360, 1280])
def test_a_library_of_thirty_films_is_no_heavier_than_a_page_may_be(
    shop: Any,
    alice: Client,
    live_server: Any,
    browser: Browser,  # noqa: F811
    tmp_path: Path,
    width: int,
) -> None:
    """Eight were 331 kB: each brought the poster of its own page."""
    for number in range(30):
        filmed(shop, tmp_path, number)
    page = as_client(browser, live_server, alice, viewport={"width": width, "height": 800}, device_scale_factor=2)  # noqa: F811
    came = weighed(page)
    page.goto("/videos")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    pictures = page.evaluate("[...document.querySelectorAll('.film-picture img')].map((one) => one.naturalWidth)")
    assert (len(pictures), min(pictures) >= 88) == (12, True), "none is smaller than it is shown"
    assert sum(came.values()) < MOST, came
    titles = []
    while True:
        titles += page.locator(".film-title").all_inner_texts()
        further = page.get_by_role("link", name="More", exact=True)
        if not further.count():
            break
        further.click()
        page.wait_for_function("first => !document.body.innerText.includes(first)", arg=titles[-1])
    assert titles == [f"Film {number}" for number in reversed(range(30))]


def weighed(page: Page) -> dict[str, int]:  # noqa: F811
    """Bytes by address, filled as they come; what the server of tests sends raw and ours compressed counts as ours."""
    came: dict[str, int] = {}
    told = page.context.new_cdp_session(page)
    told.send("Network.enable")
    address: dict[str, str] = {}
    told.on("Network.responseReceived", lambda each: address.update({each["requestId"]: each["response"]["url"]}))

    def ended(each: dict[str, Any]) -> None:
        url = address.get(each["requestId"], "")
        name = url.partition("/static/")[2].partition("?")[0]
        found = finders.find(name) if name else None
        came[url] = len(gzip.compress(Path(found).read_bytes())) if found else int(each["encodedDataLength"])

    told.on("Network.loadingFinished", ended)
    return came
