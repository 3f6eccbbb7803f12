"""What an alert says, in the language that is spoken (`tongues`), made as it is sent: nothing of it is kept.

Never here: how it is sent (`alerts`).
"""

from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from answerback.engine import page_words, wording
from answerback.engine.page_words import Facts
from answerback.ports.alerts import Words
from answerback.store import models
from answerback.store.queries import agencies, alerts
from answerback.store.queries.alerts import About
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, ways_in
from answerback.workflow.directory import known
from answerback.workflow.retelling import retold

PLACES = {
    "lead": "/c/{}",
    "reply": "/c/{}",
    "todo": "/todos",
    "appointment": "/c/{}",
    "line_red": "/health",
    "unheard": "/c/{}",
}
"""Where each kind leads, with the conversation."""

ABOUT_A_SERVICE = frozenset({"lead", "appointment"})
"""Kinds of which it is told for what service."""


def test(business: int) -> Words:
    """What a test says to somebody of this business."""
    title, root = agencies.name_for(business=business), ways_in.root(business=business)
    return Words(title=title, body=_test_body(), link=f"{root}/account/alerts")


def words(business: int, kind: str, thread: int | None, zone: str, about: About) -> Words:
    """What an alert of this kind says, as its business's privacy rules want it."""
    row = models.Business.objects.get(id=business)
    privacy: page_words.Privacy = "clinic"
    language, says = get_language() or "en", about.says
    if row.playbook_id is not None:
        playbook = known(row.id, row.revision, row.playbook_id).rules.playbook
        privacy = playbook.privacy
        says = playbook.service_name(says, language) or says if kind in ABOUT_A_SERVICE else says
    when = wording.moment(about.starts_at, ZoneInfo(zone), language) if about.starts_at else ""
    facts = Facts(case=thread or 0, summary=says, opened_at=clock.now(), name=about.name, number=about.number)
    body = page_words.alert(kind, facts, privacy, when=when, gettext=retold)
    return Words(title=row.name, body=body, link=ways_in.root(business=row.id) + PLACES[kind].format(thread))


def spoken(cursor: Cursor, alert: int) -> str:
    """What a call about this alert says; 0 is a test."""
    if alert == 0:
        return _test_body()
    found = alerts.spoken(cursor, alert)
    about = alerts.about(cursor, found.kind, found.subject) if found is not None else None
    if found is None or about is None:
        return _("This is over already. Nothing is needed from you.")
    said = words(found.business, found.kind, found.thread, found.zone, about)
    return f"{said.title}. {said.body}"


def _test_body() -> str:
    return _("This is a test. Alerts reach you here.")
