"""A row of the inbox says what became of a call, where nobody has texted; an answered one looks like no work."""

from datetime import timedelta
from typing import Any

from django.test import Client

from answerback.engine.events import CallAnswered, CallEnded
from answerback.store import models


def called(shop: Any, now: Any, last: int, **ended: Any) -> models.Conversation:
    contact = models.Contact.objects.create(business=shop.business, number=f"+1512555{last:04}", created_at=now)
    call = f"c{last}"
    talk = models.Conversation.objects.create(
        business=shop.business, contact=contact, line=shop.line, playbook_id=shop.business.playbook_id, phase="quiet",
        opened_at=now, last_at=now, state={"noise" if ended["outcome"] == "abandoned" else "judged": [call]},
    )  # fmt: skip
    shop.event(talk, CallEnded(at=now, call=call, line=shop.line.number, **ended))
    return talk


def row(page: str, talk: models.Conversation) -> str:
    return page.split(f'id="at-{talk.id}"')[1].split("</li>", maxsplit=1)[0]


def test_an_answered_call_says_who_took_it_and_how_long(shop: Any, now: Any, bob: Client) -> None:
    """They stood there as *No texts yet*, *Listening*, as if something were to be done."""
    models.Member.objects.filter(user__email="bob@example.com").update(phone="+15125550177")
    talk = called(shop, now, 141, outcome="answered_human", talked_seconds=120)
    nobody_known = called(shop, now, 142, outcome="answered_human", talked_seconds=65)
    short = called(shop, now, 143, outcome="abandoned", rang_seconds=1)
    taken = CallAnswered(
        at=now - timedelta(minutes=2), call="c141", line=shop.line.number, by="person", target="+15125550177"
    )
    shop.event(talk, taken)
    page = bob.get("/inbox?tab=all").content.decode()
    said = [row(page, each) for each in (talk, nobody_known, short)]
    words = ("Answered by Bob, 2 min", "Answered, 1 min 5 s", "Hung up at once")
    assert [each in there for each, there in zip(words, said, strict=True)] == [True, True, True]
    assert ["Listening" in each or "No texts yet" in each for each in said] == [False, False, False]
    assert bob.get("/inbox").content.decode().count('id="at-') == 0
