"""What a text to staff costs: one SMS part or two, in English and in Spanish, whatever the customer is called."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from answerback.engine.segments import outside_gsm7, segments
from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import alert_ways, measuring, phones, weekly
from answerback.workflow.alert_ways import KINDS, Wanted

MARIA, JOSE, DANA, LUIS = "+15125550131", "+15125550132", "+15125550190", "+15125550191"
FLOODED = {
    "en": "my basement is flooding, a pipe burst and there is water everywhere, please hurry",
    "es": "se reventó un tubo y se está inundando la casa, vengan rápido por favor, hay agua por todos lados",
}
PLEASE_CALL = {"en": "please call me", "es": "llámenme por favor"}
PURPOSES = {"page", "answer", "help", "todo", "alert", "code"}


@pytest.fixture
def night(database: None, settings: Any) -> Iterator[World]:
    """A plumber's World at two in the morning, at an address as long as they are; Luis has not confirmed his phone."""
    settings.PUBLIC_URL = "https://answers.riveraplumbing.com"
    with World(now="2026-03-10 02:00") as world:
        dana = models.Member.objects.get(name="Dana")
        wanted = Wanted(by="text", address="", hears=KINDS, quiet_from=None, quiet_to=None)
        alert_ways.add(dana.business_id, dana.id, wanted)
        models.Member.objects.filter(name="Luis").update(confirmed="")
        yield world


def says(world: World, number: str, *texts: str, name: str = "") -> None:
    for text in texts:
        world.text(number, text)
        world.run(minutes=1)
        if name:
            models.Contact.objects.filter(number=number).update(name=name)


def a_night_and_a_day(world: World, language: str) -> None:
    """An emergency that Dana takes and ends, a callback nobody makes, and Luis, who agrees and then stops."""
    world.call(MARIA)
    world.run(minutes=1)
    models.Contact.objects.filter(number=MARIA).update(name="María González")
    says(world, MARIA, FLOODED[language])
    says(world, DANA, "hello?", "1", "#99 thanks", "done")
    world.run(until="2026-03-10 10:00")
    says(world, JOSE, PLEASE_CALL[language], name="José Ramírez")
    world.run(hours=3)
    phones.ask(models.Member.objects.get(name="Luis").id)
    says(world, LUIS, "123456", "stop texting me")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_text_to_staff_takes_two_parts_at_most(night: World, language: str) -> None:
    """Spanish pages took four or five: one í of "es mío", or of a customer's name, makes a whole text dear."""
    models.Business.objects.update(language=language)
    a_night_and_a_day(night, language)
    texts = [text for text in models.Message.objects.filter(author="page") if text.purpose != "relay"]
    assert {text.purpose for text in texts} == PURPOSES
    assert [text.body for text in texts if outside_gsm7(text.body) or segments(text.body) > 2] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_so_does_what_a_week_came_to(night: World, language: str) -> None:
    models.Business.objects.update(language=language, name="Plomería Rodríguez")
    a_night_and_a_day(night, language)
    measuring.refresh(models.Business.objects.get().id)
    weekly.write_due(datetime(2026, 3, 16, 9, tzinfo=ZoneInfo("America/Chicago")))
    (text,) = models.WeeklyLetter.objects.filter(by="text")
    assert (outside_gsm7(text.body), segments(text.body)) == ((), 2)
