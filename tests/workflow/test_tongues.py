"""Members are told in their own language, also what the core writes down in English with names and numbers in it."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from answerback.engine.failures import _WHY
from answerback.engine.segments import make_plain
from answerback.store import models
from answerback.store.queries.alerts import About
from answerback.store.queries.line_health import Alarm
from answerback.testing.world import World
from answerback.workflow import alert_words, clock, line_alarms, pages, transaction

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
SILENT = "7 texts left over half an hour ago, and nobody has said whether they arrived."
CALLADOS = "7 mensajes salieron hace más de media hora, y nadie ha dicho si llegaron."


def _alert(kind: str, about: About) -> str:
    business = models.Business.objects.get()
    with translation.override("es"):
        return alert_words.words(business.id, kind, 1, "America/Chicago", about).body


@pytest.mark.usefixtures("world")
def test_an_alert_about_a_to_do_is_spanish_to_its_last_reason() -> None:
    title = f"Our text did not arrive ({_WHY['landline']}): call them"
    said = _alert("todo", About(says=title, name="Maria", number="+15125550131", starts_at=None))
    assert said == "Nuestro mensaje no llegó (es un teléfono fijo): llame (Maria (512) 555-0131)"


@pytest.mark.usefixtures("world")
def test_an_alert_that_a_member_said_stop_is_spanish_to_its_end() -> None:
    """ "Luis dijo STOP: no page, reminder or alert is texted …" came to owners."""
    title = "Luis said STOP: no page, reminder or alert is texted to that phone until they text START"
    said = _alert("todo", About(says=title, name="Maria", number="+15125550131", starts_at=None))
    stopped = "Luis dijo STOP: a ese teléfono no llegan guardias, recordatorios ni avisos hasta que escriba START"
    assert said == f"{stopped} (Maria (512) 555-0131)"


@pytest.mark.usefixtures("world")
def test_an_alert_about_a_line_says_the_finding_in_spanish() -> None:
    said = _alert("line_red", About(says=SILENT, name="", number="+15125550100", starts_at=None))
    assert said == f"La línea (512) 555-0100 le necesita: {CALLADOS}"


@pytest.mark.usefixtures("world")
def test_the_mail_about_a_line_does_too() -> None:
    alarm = Alarm(finding=1, business="Rivera", number="1", says=SILENT, fix="", alarmed_at=NOW, business_id=1, to=())
    with translation.override("es"):
        assert line_alarms._words(alarm)[1].splitlines()[0] == CALLADOS


def test_what_people_are_woken_with_about_a_line_is_spanish_though_an_address_stands_behind_it(world: World) -> None:
    """ "Línea +1512…: Webhooks given up after 5 attempts: 3. https://…" came to the phone, and stood on Today."""
    world.call("+15125550131")
    world.run(minutes=1)
    models.Business.objects.update(language="es")
    (line,), business = models.Line.objects.all(), models.Business.objects.get()
    conversation = models.Conversation.objects.get()
    transaction.run(lambda cursor: pages.end_of(cursor, conversation.id, None, "closed", clock.now()))
    says = f"Line +15125550100: Webhooks given up after 5 attempts: 3. {SILENT}"
    transaction.run(
        lambda cursor: pages.line_is_down(cursor, business.id, line.id, says, key="line:1:x", now=clock.now())
    )
    world.run(minutes=1)
    body = models.Message.objects.filter(purpose="page").latest("id").body
    told = f"Línea +15125550100: Webhooks abandonados tras 5 intentos: 3. {CALLADOS} http"
    assert make_plain(told) in body
