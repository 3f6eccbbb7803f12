"""Phones of members are confirmed before they are texted; who said STOP is not; and nobody is left without a page."""

import re
from collections.abc import Iterator
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest

from answerback.adapters import guard
from answerback.engine.coverage import gaps
from answerback.engine.rota import Responder, Rota, Scope
from answerback.store import models
from answerback.testing.shop import Person
from answerback.testing.world import World
from answerback.workflow import alert_ways, alerts, drills, phones, rotas, unheard
from answerback.workflow.actors import NotAllowed
from answerback.workflow.alert_ways import KINDS, Wanted

if TYPE_CHECKING:
    from tests.services import Mailbox

MARIA, DANA, LUIS, ANN = "+15125550131", "+15125550190", "+15125550191", "+15125550192"
BURST = "pipe burst water everywhere"
BYE = "Rivera Plumbing: nothing is texted to this phone any more, urgent cases too. Text START to be told again."
UNCONFIRMED = (
    Person(name="Dana", role="owner", phone=DANA, on_call=True, confirmed=False),
    Person(name="Luis", phone=LUIS, confirmed=False),
)


@pytest.fixture
def fresh(database: None) -> Iterator[World]:
    """A business whose people have confirmed nothing yet, in the small hours."""
    with World(staff=UNCONFIRMED, now="2026-03-10 02:00") as world:
        yield world


def member(name: str) -> models.Member:
    return models.Member.objects.get(name=name)


def code_to(world: World, phone: str) -> str:
    found = re.search(r"Reply (\d{6}) to agree", world.texts_to(phone)[-1].body)
    assert found is not None
    return found[1]


def test_every_phone_is_asked_once_and_the_answer_confirms_it(fresh: World) -> None:
    assert (phones.ask_due(), phones.ask_due()) == (2, 0)
    fresh.run(seconds=10)
    assert fresh.texts_to(DANA)[-1].body.startswith("Rivera Plumbing: urgent cases and to-dos are to be texted")
    fresh.text(DANA, code_to(fresh, LUIS))
    fresh.run(seconds=10)
    assert (phones.standing(member("Dana")), fresh.texts_to(DANA)[-1].body) == (
        "waits",
        "This is not the code of the last text. Look again, or have a new one sent.",
    )
    first = next(text for text in fresh.texts_to(DANA) if "to agree" in text.body)
    fresh.text(DANA, str(re.findall(r"\d{6}", first.body)[0]))
    fresh.run(seconds=10)
    assert (phones.standing(member("Dana")), phones.standing(member("Luis"))) == ("confirmed", "waits")
    assert "STOP ends them" in fresh.texts_to(DANA)[-1].body


def test_the_code_is_entered_and_a_changed_phone_is_asked_anew(fresh: World) -> None:
    luis = member("Luis")
    phones.ask(luis.id)
    fresh.run(seconds=10)
    with pytest.raises(NotAllowed, match="a moment ago"):
        phones.ask(luis.id)
    for wrong in range(4):
        with pytest.raises(NotAllowed, match="not the code"):
            phones.enter(luis.id, f"00000{wrong}")
    phones.enter(luis.id, code_to(fresh, LUIS))
    assert phones.standing(member("Luis")) == "confirmed"
    with pytest.raises(NotAllowed, match="too many tries"):
        phones.enter(luis.id, "123456")
    models.Member.objects.filter(id=luis.id).update(phone=ANN)
    assert phones.standing(member("Luis")) == "waits"
    assert phones.ask_due() == 2


def test_alerts_and_reminders_never_go_to_a_phone_that_is_not_confirmed(fresh: World) -> None:
    dana = member("Dana")
    wanted = Wanted(by="text", address="", hears=KINDS, quiet_from=None, quiet_to=None)
    with pytest.raises(NotAllowed, match="not confirmed yet"):
        alert_ways.add(dana.business_id, dana.id, wanted)
    models.Member.objects.update(confirmed=LUIS)
    models.Member.objects.filter(name="Dana").update(confirmed=DANA)
    alert_ways.add(dana.business_id, dana.id, wanted)
    models.Member.objects.filter(name="Dana").update(confirmed="")
    fresh.text(MARIA, "please call me")
    fresh.run(hours=8)
    alert = models.Alert.objects.first()
    assert alert is not None
    assert alert.says.startswith("Your phone is not confirmed yet")
    assert [text.body for text in fresh.texts_to(DANA)] == []
    assert any("call" in text.body.lower() for text in fresh.texts_to(LUIS)), "the to-do is told to whoever can be told"


def test_a_page_is_never_lost_where_no_phone_is_confirmed_and_its_answer_confirms(fresh: World) -> None:
    fresh.text(MARIA, BURST)
    fresh.run(seconds=10)
    assert "you agree to such texts to this phone; STOP ends them." in fresh.texts_to(DANA)[-1].body
    assert "alerting our on-call person" in fresh.texts_to(MARIA)[-1].body
    fresh.text(DANA, "1")
    fresh.run(seconds=10)
    assert (phones.standing(member("Dana")), phones.standing(member("Luis"))) == ("confirmed", "waits")


def test_a_fire_drill_asks_phones_that_are_not_confirmed(fresh: World) -> None:
    models.Member.objects.filter(name="Luis").update(confirmed=LUIS)
    drills.start(fresh.shop.business)
    fresh.run(seconds=10)
    fresh.text(DANA, "1")
    fresh.run(seconds=10)
    assert phones.standing(member("Dana")) == "confirmed"


def test_a_page_that_waits_is_taken_back_when_its_phone_says_stop(fresh: World) -> None:
    models.Member.objects.filter(name="Dana").update(confirmed=DANA)
    models.Member.objects.filter(name="Luis").update(confirmed=LUIS)
    fresh.provider.down(minutes=3)
    fresh.text(MARIA, BURST)
    fresh.run(seconds=20)
    fresh.text(DANA, "STOP")
    fresh.run(minutes=6)
    assert [text.body for text in fresh.texts_to(DANA) if text.status == "delivered"] == [BYE]
    assert any("call now" in text.body for text in fresh.texts_to(LUIS))
    assert models.Todo.objects.filter(title__startswith="Dana said STOP").exists()


def test_stop_is_never_words_for_a_customer(fresh: World) -> None:
    fresh.text(MARIA, BURST)
    fresh.run(seconds=10)
    fresh.text(DANA, "1")
    fresh.run(seconds=10)
    before = len(fresh.texts_to(MARIA))
    fresh.text(DANA, "Stop")
    fresh.run(minutes=1)
    assert (len(fresh.texts_to(MARIA)), phones.standing(member("Dana"))) == (before, "stopped")


def test_words_that_may_be_meant_for_the_customer_end_nothing_and_are_asked_about(fresh: World) -> None:
    fresh.text(MARIA, BURST)
    fresh.run(seconds=10)
    fresh.text(DANA, "1")
    fresh.run(seconds=10)
    before = len(fresh.texts_to(MARIA))
    fresh.text(DANA, "we will stop texting you")
    fresh.run(minutes=1)
    assert (len(fresh.texts_to(MARIA)), phones.standing(member("Dana"))) == (before, "confirmed")
    assert fresh.texts_to(DANA)[-1].body.startswith("Nothing was done. Text STOP to get no more texts from us")
    fresh.text(DANA, "I can stop by at 4")
    fresh.run(minutes=1)
    assert "I can stop by at 4" in fresh.texts_to(MARIA)[-1].body
    fresh.text(DANA, "please stop texting me")
    fresh.run(minutes=1)
    assert ("stop texting me" in fresh.texts_to(MARIA)[-1].body, phones.standing(member("Dana"))) == (False, "stopped")


def test_a_code_that_waits_is_taken_back_when_its_phone_says_stop(fresh: World) -> None:
    fresh.provider.down(minutes=3)
    phones.ask_due()
    fresh.run(seconds=20)
    fresh.text(DANA, "STOP")
    fresh.run(minutes=6)
    assert [text.body for text in fresh.texts_to(DANA) if text.status == "delivered"] == [BYE]


def test_where_nobody_can_be_woken_everybody_is_told_by_other_ways(
    fresh: World, mailbox: "Mailbox", http_receiver: Any
) -> None:
    """In quiet hours too, and whatever they chose to hear of: it stands for a page."""
    models.Member.objects.update(phone="", email="")
    models.Member.objects.filter(name="Dana").update(email="dana@example.com")
    luis = member("Luis")
    with guard.allowing("127.0.0.1"):
        wanted = Wanted(
            by="apprise",
            address=f"json://127.0.0.1:{http_receiver.port}/hook",
            hears=("appointment",),
            quiet_from=time(0, 1),
            quiet_to=time(8, 0),
        )
        alert_ways.add(luis.business_id, luis.id, wanted)
        fresh.text(MARIA, BURST)
        fresh.run(minutes=5)
        alerts.run()
    assert [each["message"].splitlines()[0] for each in http_receiver.bodies] == [
        "Urgent, and nobody could be woken by phone: (512) 555-0131. Call now."
    ]
    assert (unheard.send_due(), unheard.send_due()) == (1, 0)
    (letter,) = mailbox.letters
    assert (letter["To"], letter["Subject"]) == (
        "Dana <dana@example.com>",
        "Rivera Plumbing: urgent, and nobody could be woken",
    )
    assert [MARIA in letter.get_body((kind,)).get_content() for kind in ("plain", "html")] == [False, False]


def test_who_reads_spanish_is_mailed_in_spanish_that_nobody_was_woken(fresh: World, mailbox: "Mailbox") -> None:
    models.Business.objects.update(language="es")
    models.Member.objects.update(phone="", email="")
    models.Member.objects.filter(name="Dana").update(email="dana@example.com")
    fresh.text(MARIA, BURST)
    fresh.run(minutes=5)
    assert unheard.send_due() == 1
    (letter,) = mailbox.letters
    assert letter["Subject"] == "Rivera Plumbing: urgente, y no se pudo despertar a nadie"
    assert "Llame ya al cliente" in letter.get_body(("plain",)).get_content()


def test_pages_that_all_fail_are_told_by_other_ways_too(fresh: World, mailbox: "Mailbox") -> None:
    models.Member.objects.filter(name="Dana").update(email="dana@example.com")
    fresh.provider.refuse(50, failure="unreachable")
    fresh.text(MARIA, BURST)
    fresh.run(minutes=3)
    assert unheard.send_due() == 1
    assert len(mailbox.letters) == 1


def test_the_proof_counts_confirmed_phones_only(fresh: World) -> None:
    business = models.Business.objects.get()
    plan = rotas.rota(business.id, business.revision)
    assert [each.confirmed for each in plan.people] == [False, False]
    (gap,) = gaps(plan, [Scope()], fresh.now, 1)
    assert (gap.only, gap.fallback, [each.name for each in gap.unconfirmed]) == (None, (), ["Dana", "Luis"])
    assert gap.fix.startswith("Not confirmed: the phone of Dana and Luis.")
    sure = Responder(id=9, name="Eve", role="owner", phone=ANN)
    (gap,) = gaps(Rota(zone=plan.zone, people=(*plan.people, sure), always=(9,)), [Scope()], fresh.now, 1)
    assert (gap.only, [each.name for each in gap.unconfirmed]) == (sure, ["Dana", "Luis"])
