"""Words that are markup, script or a formula stand in every text of a business: wherever they are shown they are words.

And no page of a person is kept by a browser or anything between, so nobody reads it with Back after signing out.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from scripts.pages import kind, reachable
from tests.console.test_isolation import CHARLIES, GUARDED, LATER, LEFT_OUT_OF_OWN, _count_from, _fill

from answerback.store import models

EVIL = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>"
SHOWN = re.compile(rb"<img src=x|<script>alert|onerror=alert\(1\)>(?!&)")


@pytest.fixture
def hostile(now: Any, transactional_db: None, opened: Any) -> Any:
    """A business where every text there is is hostile."""
    _count_from(CHARLIES)
    shop = opened("Other Plumbing", "+12125550100")
    shop.member("Owner", "owner")
    _fill(shop, CHARLIES, EVIL)
    _count_from(LATER)
    models.Business.objects.filter(id=shop.business.id).update(name=f"Joe {EVIL}")
    for table, names in {models.Contact: ("name",), models.Member: ("name",), models.Snippet: ("name", "body")}.items():
        for name in names:
            most = table._meta.get_field(name).max_length or 500
            table.objects.update(**{name: EVIL[:most]})
    models.Message.objects.update(body=EVIL)
    models.Note.objects.update(body=EVIL)
    models.Line.objects.update(source=EVIL[:60])
    return shop


def test_no_page_takes_words_for_markup(hostile: Any, as_person: Any) -> None:
    client: Client = as_person("owner@example.com")
    client.raise_request_exception = False
    wrong, kept = set(), set()

    def read(address: str) -> str:
        answer = client.get(address)
        if answer.status_code >= 500:
            wrong.add((kind(address), answer.status_code))
        if answer.streaming:
            return ""
        if SHOWN.search(answer.content) and "html" in answer.get("Content-Type", ""):
            wrong.add((kind(address), "markup"))
        if "no-store" not in answer.headers.get("Cache-Control", ""):
            kept.add((kind(address), answer.headers.get("Cache-Control")))
        return answer.content.decode() if "html" in answer.get("Content-Type", "") else ""

    begin = ["/", "/leads?as=list", *(each.about(CHARLIES) for each in GUARDED if each.name not in LEFT_OUT_OF_OWN)]
    assert len(reachable(read, begin)) > 80
    assert wrong == set()
    assert kept == {("/api/docs", "public, max-age=300")}  # what the API can do, told to everybody


def test_no_public_page_takes_words_for_markup(hostile: Any) -> None:
    from answerback.workflow import clock, links

    talk = models.Conversation.objects.filter(business=hostile.business).first()
    address = f"/b/{links.token(talk.id, clock.now())}"
    page = Client().get(address)
    assert page.status_code == 200
    assert b"Joe" in page.content
    assert SHOWN.search(page.content) is None
