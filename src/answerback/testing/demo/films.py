"""The demo's two videos, made as an owner makes them: from templates, filled with the shop's own facts."""

from collections.abc import Callable
from dataclasses import replace

from answerback.engine.storyboard import filled
from answerback.engine.video_facts import facts
from answerback.store import models
from answerback.store.storyboard_file import starter
from answerback.workflow import directory, library, studio
from answerback.workflow.library import About

STARTERS = ("how_we_work", "plumbing_what_next")
SERVICE = "water_heater"

HEIGHT = 640
"""Drawn small, so that nobody who watches the demo has to wait; the studio draws 1920."""


def make(business: int, say: Callable[[str], None]) -> str:
    """Make both, unless they are there; returns why they could not be made, empty when they are."""
    if models.Video.objects.filter(business_id=business, published_at__isnull=False).exists():
        return ""
    if missing := studio.missing():
        return missing
    owner = models.Member.objects.filter(business_id=business, role="owner").order_by("id").first()
    row = models.Business.objects.get(id=business)
    assert owner is not None
    assert row.playbook_id is not None
    rules = directory.known(business, row.revision, row.playbook_id).rules
    for number, name in enumerate(STARTERS, start=1):
        found = starter(name)
        assert found is not None
        board = filled(found.storyboards["en"], facts(rules, "en", SERVICE))
        about = About(title=board.title, kind=board.kind, language="en")
        say(f"video {number} of {len(STARTERS)}: {board.title}")
        video = library.draft(business, owner.id, about, replace(board, service=""))
        models.Video.objects.filter(id=video.id).update(state="waiting")
        studio.work(video.id, height=HEIGHT)
        video.refresh_from_db()
        if video.state != "ready":
            return video.problem
        library.publish(video)
    return ""
