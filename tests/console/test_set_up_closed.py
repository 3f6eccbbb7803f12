"""The set-up's test call outside the hours: the text is another, the page says why, and shows what it is while open."""

from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.console.test_set_up_browser import NOW, ticking, work_until_texted
from tests.console.test_set_up_faults import connects, hers, nora, shown

from answerback.store import models
from answerback.testing.stack import HOST, VirtualClock

__all__ = ["nora", "ticking"]

SHIFTS = {
    f"{end}-{day}-{shift}": at
    for day in range(5)
    for shift, (start, close) in enumerate([("08:00", "12:00"), ("13:00", "17:00")])
    for end, at in (("from", start), ("to", close))
}
LUNCH, NIGHT = NOW + timedelta(hours=2, minutes=20), NOW + timedelta(hours=12)
SAINT_PATRICK = datetime(2026, 3, 17, 16, 0, tzinfo=UTC)
CLOSED, IN_LUNCH, HOLIDAY = "You are closed now", "It is your lunch break now", "Today is a holiday"


@pytest.mark.parametrize(("at", "says"), [(NIGHT, CLOSED), (LUNCH, IN_LUNCH), (SAINT_PATRICK, HOLIDAY), (NOW, "")])
def test_why_the_text_is_another_than_the_one_just_written_is_said(  # noqa: PLR0917
    nora: Client, ticking: VirtualClock, settings: Any, tmp_path: Path, at: datetime, says: str
) -> None:
    settings.VAR, settings.PUBLIC_URL, settings.LOCAL_URL = tmp_path, "", f"http://{HOST}"
    assert nora.post("/set-up/hours/save", SHIFTS).status_code == 302
    models.Business.objects.filter(id=hers().id).update(holiday_country="IE")
    connects(nora)
    if at > NOW:
        ticking.move_to(at)
    nora.post("/set-up/test/call")
    work_until_texted(ticking)
    page, first = unescape(shown(nora, "test")), models.Message.objects.get().body
    assert [each for each in (CLOSED, IN_LUNCH, HOLIDAY) if each in page] == [says] * bool(says)
    while_open = hers().playbook
    assert while_open is not None
    opens = while_open.body["greet"]["open"]["en"][0].partition("{")[0]
    assert (page.count("phone-talk"), opens in page) == ((2, True) if says else (1, first.startswith(opens)))
