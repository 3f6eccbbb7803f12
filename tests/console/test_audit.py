"""The audit log is whole: every page that shows what customers said, every file that leaves, every act is in it.

No list of addresses is trusted: each is asked, and what came back says whether an entry is owed.
"""

from typing import Any

import pytest
from django.apps import apps
from tests.console.test_isolation import CHARLIES, GUARDED, strangers, visitor  # noqa: F401

from answerback.console.trail import NOT_KEPT
from answerback.store import models
from answerback.store.secrets import seal

SAID = "zanzibar"
"""A word that stands in nothing but what customers said."""

GLANCES = {"console:inbox", "console:inbox_live", "console:today", "console:today_live", "console:conversation_live"}
"""Show the newest line of many, or what has just come in on a page whose opening was written down."""


@pytest.fixture
def talked(strangers: Any, tmp_path: Any) -> None:  # noqa: F811
    """Every text and every voicemail of Charlie's business holds the word; what is sealed can be opened."""
    for table in apps.get_app_config("store").get_models():
        if any(each.name == "sealed" for each in table._meta.concrete_fields):
            table._default_manager.update(sealed=seal({"world": str(tmp_path / "phones")}))
    models.Location.objects.update(zone="America/Chicago")
    business = strangers.business
    models.Message.objects.filter(business=business).update(body=f"Is {SAID} served?")


def _owed(answer: Any) -> str | None:
    if answer.status_code >= 400:
        return None
    if "attachment" in answer.headers.get("Content-Disposition", ""):
        return "export"
    said = b"" if answer.streaming else answer.content
    return "view" if SAID.encode() in said else None


def _kept() -> list[str]:
    rows = models.AuditEntry.objects.filter(business__name="Other Plumbing", id__gt=CHARLIES + 1).order_by("id")
    return list(rows.values_list("act", flat=True))


@pytest.mark.usefixtures("talked")
def test_whatever_shows_a_transcript_or_lets_data_out_is_written_down(visitor: Any) -> None:  # noqa: F811
    client, missing, owed = visitor("owner"), [], set()
    for each in GUARDED:
        before = len(_kept())
        answer = client.get(each.about(CHARLIES))
        act = _owed(answer)
        if act is not None and each.name not in GLANCES:
            owed.add((each.name, act))
            if _kept()[before:] != [act]:
                missing.append((each.name, act, _kept()[before:]))
    assert missing == []
    assert ("console:conversation", "view") in owed
    assert len([act for _name, act in owed if act == "export"]) > 3


@pytest.mark.usefixtures("talked")
def test_every_act_that_was_done_is_written_down(visitor: Any) -> None:  # noqa: F811
    client, missing, done = visitor("owner"), [], 0
    for each in GUARDED:
        before = len(_kept())
        answer = client.post(each.about(CHARLIES), {})
        if answer.status_code < 400 and each.name.startswith("console:") and each.name not in NOT_KEPT:
            done += 1
            # A refused first step of the set-up is led back to its page, and nothing was done.
            if each.name != "console:set_up_new" and _kept()[before:] not in (["edit"], ["see_as"]):
                missing.append((each.name, answer.status_code, _kept()[before:]))
    assert missing == []
    assert done > 20
