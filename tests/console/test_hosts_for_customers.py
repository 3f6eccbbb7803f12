"""A real video by an agency's own host name, over real HTTP: nothing on the way leaves that name."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import httpx
from tests.console.test_hosts import OURS, THEIRS, northline
from tests.console.test_videos import VIEWER, clip, finished, shelf, shown

from answerback.store import models
from answerback.store.queries import watched
from answerback.workflow import ways_in

if TYPE_CHECKING:
    from django.test import Client

__all__ = ["clip", "northline", "shelf"]


def test_a_video_is_seen_by_it_and_counted(northline: models.Agency, clip: bytes, shop: Any, alice: Client) -> None:
    video = finished(clip, alice)
    path = shown(shop, video)
    root = ways_in.root(business=shop.business.id)
    assert urlsplit(root).hostname == THEIRS
    with httpx.Client(trust_env=False, headers=VIEWER, timeout=60) as viewer:
        page = viewer.get(root + path)
        assert (page.status_code, "tel:+15125550100" in page.text) == (200, True)
        assert OURS not in page.text
        found = re.findall(r'(?:src|poster|data-seen|href)="(/[^"]+)"', html.unescape(page.text))
        assert [each for each in (f"{path}/video.mp4", f"{path}/poster.jpg", f"{path}/seen") if each not in found] == []
        loaded = {each: viewer.get(urljoin(root, each)).status_code for each in found if not each.endswith("/seen")}
        assert loaded == dict.fromkeys(loaded, 200)
        part = viewer.get(f"{root}{path}/video.mp4", headers={"Range": "bytes=0-99"})
        assert (part.status_code, len(part.content)) == (206, 100)
        assert viewer.post(f"{root}{path}/seen", data={"what": "half"}).status_code == 204
    marks = watched.of_videos(shop.business.id)[video.id].marks
    assert marks == {"opened": 1, "played": 1, "quarter": 1, "half": 1}
