"""Calls we place: the conformance suite, and a page taken and a customer joined over real HTTP."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as Xml

import httpx
import pytest
from tests.served import let_go

from answerback.adapters.simulator import adapter as simulator
from answerback.adapters.telnyx import adapter as telnyx_adapter
from answerback.adapters.twilio import adapter as twilio_adapter
from answerback.adapters.twiml_family.hooks import signed_form
from answerback.ports.calls import CallStep, OutgoingCall, Placed
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Refused
from answerback.ports.phone import Phone
from answerback.testing.answering import CALLER, LINE, PUBLIC, AnsweringShop, answering_shop
from answerback.testing.calls_conformance import HOOKS, CallsConformance
from answerback.testing.pretend_telnyx import PretendTelnyx
from answerback.testing.pretend_twilio import PretendTwilio

DANA = "+15125550190"
WHAT: dict[CallStep, str] = {"picked_up": "our-call", "key": "our-key", "joined": "our-joined", "over": "our-over"}


class TestTwilioPlacesCalls(CallsConformance):
    def adapter(self) -> Phone:
        return twilio_adapter

    def connection(self) -> Connection:
        return Connection(id=1, provider="twilio", settings={"account_sid": "AC1", "auth_token": "t"})

    def request(self, step: CallStep, *, call: str, digits: str = "", talked: bool = False) -> Request:
        form = {"CallSid": "CA" + "1" * 32, "AccountSid": "AC1", "From": LINE, "To": DANA, "CallStatus": "in-progress"}
        form |= {"Digits": digits} if digits else {}
        if step == "joined":
            form |= {"DialCallStatus": "completed" if talked else "no-answer", "DialBridged": str(talked).lower()}
        if step == "over":
            form |= {"CallStatus": "no-answer"}
        url = f"{HOOKS}/{WHAT[step]}?{urlencode({'our': call})}"
        return Request(
            method="POST",
            url=url,
            what=WHAT[step],
            headers={},
            body=b"",
            query=(("our", call),),
            form=tuple(form.items()),
        )


class TestTelnyxPlacesCalls(TestTwilioPlacesCalls):
    def adapter(self) -> Phone:
        return telnyx_adapter

    def connection(self) -> Connection:
        return Connection(id=1, provider="telnyx", settings={"api_key": "KEY1", "account_id": "u-1"})


class TestSimulatorPlacesCalls(CallsConformance):
    def adapter(self) -> Phone:
        return simulator

    def connection(self) -> Connection:
        return Connection(id=1, provider="simulator", settings={"world": "memory:calls", "secret": "s"})

    def request(self, step: CallStep, *, call: str, digits: str = "", talked: bool = False) -> Request:
        told = {"call": call, "step": step, "digits": digits, "end": "talked" if talked else "no_answer"}
        body = json.dumps(told).encode()
        return Request(method="POST", url=f"{HOOKS}/our-call", what="our-call", headers={}, body=body)


def test_telnyx_is_asked_for_a_call_by_the_application_of_the_number() -> None:
    call = OutgoingCall(call="wake-7", sender=LINE, to=DANA, hooks_url=HOOKS)
    with PretendTelnyx() as telnyx:
        known = Connection(id=1, provider="telnyx", settings=telnyx.settings(account_id="u-1"))
        telnyx.resources["/v2/phone_numbers"] = [{"phone_number": LINE, "connection_id": "157"}]
        assert telnyx_adapter.place(known, call) == Placed(provider_call="")
        assert telnyx.placed == [
            {
                "ApplicationSid": "157",
                "To": DANA,
                "From": LINE,
                "Url": f"{HOOKS}/our-call?our=wake-7",
                "UrlMethod": "POST",
                "StatusCallback": f"{HOOKS}/our-over?our=wake-7",
                "StatusCallbackEvent": "completed",
                "StatusCallbackMethod": "POST",
                "Timeout": 25,
            }
        ]
        with pytest.raises(Refused, match="Account ID"):
            telnyx_adapter.place(Connection(id=1, provider="telnyx", settings=telnyx.settings()), call)


@pytest.fixture
def twilio() -> Iterator[PretendTwilio]:
    with PretendTwilio() as running:
        yield running


@pytest.fixture
def shop(transactional_db: None, live_server: Any, settings: Any, twilio: PretendTwilio) -> Iterator[AnsweringShop]:
    settings.PUBLIC_URL = PUBLIC
    with answering_shop(
        "twilio",
        twilio.settings(),
        live_server.url,
        lambda url, fields: signed_form(url, fields, twilio.auth_token),
        account=twilio.account_sid,
    ) as opened:
        yield opened
    let_go()


def ask(shop: AnsweringShop, url: str, **fields: str) -> Xml.Element:
    """What the product answers to one step, as the provider gets it."""
    form = {"CallSid": "CA" + "1" * 32, "AccountSid": shop.account, "From": LINE, "To": DANA}
    signed = shop.sign(url, {**form, "CallStatus": "in-progress", **fields})
    answer = httpx.post(url.replace(PUBLIC, shop.server), content=signed.body, headers=dict(signed.headers), timeout=60)
    assert answer.status_code == 200, answer.text
    return Xml.fromstring(answer.content)


def test_dana_is_rung_presses_1_and_talks_with_the_customer(shop: AnsweringShop, twilio: PretendTwilio) -> None:
    from answerback.store import models
    from answerback.workflow import desk, ringing, setup

    business = models.Business.objects.get()
    member = setup.add_member(business.id, "Dana", "owner", phone=DANA)
    models.Member.objects.filter(id=member.id).update(rings=True)
    shop.set()
    twilio.account.own(LINE)
    hook = shop.sign(
        f"{shop.hooks}/text",
        {
            "MessageSid": "SM" + "2" * 32,
            "AccountSid": shop.account,
            "From": CALLER,
            "To": LINE,
            "Body": "pipe burst water everywhere",
        },
    )
    httpx.post(
        f"{shop.hooks}/text".replace(PUBLIC, shop.server), content=hook.body, headers=dict(hook.headers), timeout=60
    )
    shop.settle(seconds=3)
    assert ringing.run() == 1
    (placed,) = twilio.account.placed
    assert (placed["To"], placed["From"], placed["Timeout"]) == (DANA, LINE, "25")
    gather = ask(shop, placed["Url"])[0]
    assert "Press 1 to take it" in (gather[0].text or "")
    offer = ask(shop, gather.attrib["action"], Digits="1")[0]
    assert "It is yours" in (offer[0].text or "")
    talk = models.Conversation.objects.get(contact__number=CALLER)
    assert (talk.held_by, talk.pages.get().ended) == (member, "taken")
    _, dial = ask(shop, offer.attrib["action"], Digits="1")
    assert (dial.tag, dial[0].text, dial.attrib["callerId"]) == ("Dial", CALLER, LINE)
    ask(shop, dial.attrib["action"], DialCallStatus="completed", DialBridged="true", DialCallDuration="90")
    shop.settle(seconds=3)
    assert not models.Todo.objects.filter(closed_at=None).exists()
    assert "CalledBack" in shop.kinds()
    stranger = setup.add_member(business.id, "Eve", "desk")
    with pytest.raises(desk.NotAllowed, match="You have no phone"):
        desk.connect(talk.id, desk.Actor(member=stranger.id, name="Eve"))
