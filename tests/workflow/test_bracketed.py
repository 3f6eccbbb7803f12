"""Whatever leaves here for somebody who reads Spanish went through the catalogue to its last word: found by machine.

Every Spanish word says itself in brackets (`tests.marked`); what stands outside is a name, a number, or a fault.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from tests.marked import OPENS, bracketed, outside
from tests.workflow import test_ways_in
from tests.workflow.test_ways_in import ANN, BEN, MAILS, northline  # noqa: F401

from answerback.store import models
from answerback.store.queries.alerts import About
from answerback.store.queries.recipients import Recipient
from answerback.workflow import alert_words, clock, pages, transaction

if TYPE_CHECKING:
    from tests.services import Mailbox

    from answerback.testing.world import World

DATA = re.compile(
    r"\"[^\"]*\"|Reparaci[óo]n de fugas|Instalaci[óo]n de gas|https?://\S+|\S+@\S+|Rivera Plumbing|Rivera|North Star"
    r"|Northline|Kim|Dana|Ann|n8n|&\w+;|\(\d{3}\) \d{3}-\d{4}|\d min\b|\b\w{3} \d+ \w{3}, \d+:\d\d [AP]M"
)
"""What a customer wrote, what the business calls its services, names, addresses, numbers of phones, minutes, and times
as customers read them."""


def _left(said: str) -> list[str]:
    """Words that no catalogue knows, line by line."""
    plain = re.sub(r"<(style|head).*?</\1>|<[^>]+>", "\n", outside(said), flags=re.DOTALL)
    return [line.strip() for line in plain.splitlines() if re.search(r"[^\W\d_]{2}", DATA.sub(" ", line))]


@pytest.fixture(autouse=True)
def _spanish(monkeypatch: pytest.MonkeyPatch, northline: models.Agency) -> None:  # noqa: F811
    monkeypatch.setattr(test_ways_in, "_anybody", lambda: (Recipient("dana@example.com", "Dana", "es"),))
    models.Business.objects.update(language="es")
    models.User.objects.update(language="es")


@pytest.mark.parametrize("kind", sorted(name for name, make in MAILS.items() if make.__name__ != "_none"))
def test_every_mail(world: World, mailbox: Mailbox, kind: str) -> None:
    with bracketed():
        MAILS[kind](world)
    assert mailbox.letters
    for letter in mailbox.letters:
        parts = [str(letter["Subject"]), *(letter.get_body((part,)).get_content() for part in ("plain", "html"))]
        assert [_left(part) for part in parts] == [[], [], []]
        assert OPENS in parts[0]


@pytest.mark.parametrize("kind", [*alert_words.PLACES, "test"])
def test_every_alert(world: World, kind: str) -> None:
    """By text, by voice, in a browser and by a service: the same words."""
    about = About(name="Ann", number=ANN, says="", starts_at=world.now)
    if kind in {"lead", "appointment"}:
        about = About(name="Ann", number=ANN, says="leak", starts_at=world.now)
    elif kind == "line_red":
        about = About(name="Ann", number=ANN, says="The provider lists this number.", starts_at=world.now)
    with bracketed(), translation.override("es"):
        business = models.Business.objects.get().id
        said = (
            alert_words.test(business)
            if kind == "test"
            else alert_words.words(business, kind, 7, "America/Chicago", about)
        )
    plain = said.body.replace("Reparación de fugas", "")
    assert (_left(plain), OPENS in said.body, plain != said.body) == ([], True, kind in {"lead", "appointment"})


def test_texts_to_staff(world: World) -> None:
    """A page, a list of pages, a to-do, and the page about a line that is down."""
    with bracketed():
        world.text(ANN, "pipe burst water everywhere")
        world.run(minutes=1)
        (line,), conversation = models.Line.objects.all(), models.Conversation.objects.get()
        transaction.run(lambda cursor: pages.end_of(cursor, conversation.id, None, "closed", clock.now()))
        down = "Webhooks given up after 5 attempts: 3."
        business = models.Business.objects.get().id
        transaction.run(
            lambda cursor: pages.line_is_down(
                cursor, business, line.id, f"Line +15125550100: {down}", key="line:1:x", now=clock.now()
            )
        )
        world.provider.cannot_reach(BEN)
        world.call(BEN)
        for last in range(4):
            world.text(f"+1512555014{last}", "gas smell in the kitchen")
        world.run(hours=2)
    staff = [*models.Member.objects.exclude(phone="").values_list("phone", flat=True)]
    bodies = {*models.Message.objects.filter(to__in=staff).values_list("body", flat=True)}
    assert len(bodies) > 3
    assert sorted({each for body in bodies for each in _left(body)}) == []
