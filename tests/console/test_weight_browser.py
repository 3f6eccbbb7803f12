"""In a real browser: what a page weighs, with all it brings along, as it comes over the wire."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page
from tests.console.test_desk_browser import _page, browser, pytestmark  # noqa: F401  and where there is none
from tests.console.test_videos import shelf  # noqa: F401  an empty shelf

from answerback.store import models
from answerback.workflow import clock
from answerback.workflow import shelf as files

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


@pytest.fixture
def films(shop: Any, tmp_path: Path) -> None:
    for number in range(30):
        filmed(shop, tmp_path, number)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.usefixtures("films")
def test_a_library_of_thirty_films_is_no_heavier_than_a_page_may_be(
    alice: Client,
    live_server: Any,
    browser: Browser,  # noqa: F811
    width: int,
) -> None:
    """Eight were 331 kB: each brought the poster of its own page."""
    page = _page(browser, live_server, alice, viewport={"width": width, "height": 800}, device_scale_factor=2)
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


def weighed(page: Page) -> dict[str, int]:
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


@pytest.mark.parametrize("address", ["/", "/inbox", "/calls", "/leads", "/reports/", "/api/docs"])
def test_a_page_is_no_heavier_with_all_it_brings(
    shop: Any,
    alice: Client,
    live_server: Any,
    browser: Browser,  # noqa: F811
    address: str,
) -> None:
    """The rows of forty calls, each with what puts it right, are 129 kB of HTML, the description of the API 265."""
    for each in range(41):
        shop.missed_call(shop.conversation(each, name=f"Caller {each}"), clock.now())
    page = _page(browser, live_server, alice, viewport={"width": 1280, "height": 800})
    came = weighed(page)
    page.goto(address)
    page.wait_for_load_state("load")
    page.wait_for_timeout(500)
    assert sum(came.values()) < MOST, came
