"""Calls to a number that answers at us, from the first ring to the text: real HTTP on both sides, a real database."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from tests.served import let_go

from answerback.adapters.signalwire.signature import HEADER
from answerback.adapters.twilio import adapter
from answerback.adapters.twiml_family.hooks import signed_form
from answerback.ports.phone import SignedRequest
from answerback.store import models
from answerback.testing.answering import CALLER, LINE, PUBLIC, SHOP, AnsweringShop, answering_shop
from answerback.testing.pretend_calls import Callee, Caller
from answerback.testing.pretend_telnyx import PretendTelnyx
from answerback.testing.pretend_twilio import PretendTwilio
from answerback.workflow.directory import account

CONSENT = "We will text you at this number about your call."


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


def texts(twilio: PretendTwilio) -> list[str]:
    return [text.body for text in twilio.texts_to(CALLER)]


def test_nobody_answers_the_caller_leaves_a_message_and_gets_a_text(shop: AnsweringShop, twilio: PretendTwilio) -> None:
    shop.set(ring=SHOP)
    story = shop.ring(Caller(message="my water heater is leaking"), {SHOP: Callee(answers="nobody")})
    assert story.rang == [SHOP]
    assert story.recorded
    assert CONSENT in story.heard[0]
    assert {status for _, status in story.answers} <= {200, 204}
    shop.settle(seconds=90, step=3)
    assert models.Lead.objects.get(conversation__contact__number=CALLER).status == "new"
    assert "VoicemailTranscribed" in shop.kinds()
    assert models.Todo.objects.filter(kind="callback").count() == 1
    shop.settle(seconds=16 * 60, step=20)  # nobody calls back within the voicemail clock of the pack
    assert len(texts(twilio)) == 1
    assert "Hill Plumbing" in texts(twilio)[0]


def test_voicemail_box_of_the_cell_phone_is_not_a_person(shop: AnsweringShop, twilio: PretendTwilio) -> None:
    shop.set(ring=SHOP)
    story = shop.call(shop=Callee(answers="voicemail", after=15))
    assert story.whispered == ["Call for Hill Plumbing. Press 1 to take it."]
    assert story.spoke_with == ""
    assert len(texts(twilio)) == 1


def test_person_who_presses_1_is_joined_and_nobody_is_texted(shop: AnsweringShop, twilio: PretendTwilio) -> None:
    shop.set(ring=SHOP)
    story = shop.call(shop=Callee(answers="person", presses="1"))
    assert story.spoke_with == SHOP
    assert texts(twilio) == []
    assert shop.rules() == ["call.served"]


def test_person_who_declines_leaves_the_caller_a_message_and_a_text(shop: AnsweringShop, twilio: PretendTwilio) -> None:
    shop.set(ring=SHOP, voicemail="no")
    story = shop.call(shop=Callee(answers="person", presses="2"))
    assert story.spoke_with == ""
    assert len(texts(twilio)) == 1


def test_after_hours_the_phones_stay_quiet(shop: AnsweringShop, twilio: PretendTwilio) -> None:
    shop.set(ring=SHOP)
    shop.time.move_to(shop.time.moment.replace(hour=23))
    story = shop.call()
    assert story.rang == []
    assert "We are closed right now." in story.heard[0]
    assert CONSENT in story.heard[0]
    assert len(texts(twilio)) == 1


def test_caller_who_hangs_up_while_it_rings_gets_a_text(shop: AnsweringShop, twilio: PretendTwilio) -> None:
    shop.set(ring=SHOP)
    story = shop.call(Caller(patience=12), shop=Callee(answers="nobody"))
    assert (story.rang, story.heard) == ([SHOP], [])
    assert len(texts(twilio)) == 1


def test_menu_key_asks_for_a_text_at_once(shop: AnsweringShop, twilio: PretendTwilio) -> None:
    shop.set(ring=SHOP, menu_words="For a text press 2, or stay on the line.", menu_keys="1=ring, 2=text")
    story = shop.call(Caller(keys=("2",)))
    assert story.rang == []
    assert story.heard[-1] == "Thank you. We are texting you right now."
    assert len(texts(twilio)) == 1


def test_menu_without_a_key_rings_the_phones(shop: AnsweringShop, twilio: PretendTwilio) -> None:
    shop.set(ring=SHOP, menu_words="For a text press 2, or stay on the line.", menu_keys="2=text")
    assert shop.call(shop=Callee(answers="person", presses="1")).spoke_with == SHOP
    assert texts(twilio) == []


def test_phones_ring_one_after_the_other(shop: AnsweringShop, twilio: PretendTwilio) -> None:
    second = "+15125550178"
    shop.set(ring=f"{SHOP}, {second}", ring_order="in_turn")
    story = shop.ring(Caller(), {SHOP: Callee(), second: Callee(answers="person", presses="1")})
    assert (story.rang, story.spoke_with) == ([SHOP, second], second)
    shop.settle(seconds=90, step=3)
    assert texts(twilio) == []


def test_call_sent_on_by_the_shop_never_rings_in_a_circle(shop: AnsweringShop, twilio: PretendTwilio) -> None:
    shop.set(ring=SHOP)
    story = shop.call(Caller(forwarded_from=SHOP))
    assert story.rang == []
    assert len(texts(twilio)) == 1
    assert models.Event.objects.get(kind="CallRang").body["forwarded_from"] == SHOP


def test_while_we_are_down_the_shop_rings_all_the_same(shop: AnsweringShop, twilio: PretendTwilio) -> None:
    shop.set(ring=SHOP)
    ours = account(shop.connection)
    assert ours is not None
    shop.fallback = adapter.fallback(ours.connection, ours.connection.lines[LINE])
    shop.server = "http://127.0.0.1:9"
    story = shop.ring(Caller(), {SHOP: Callee(answers="person")})
    assert (story.fell_back, story.spoke_with) == (True, SHOP)


@pytest.mark.parametrize("provider", ["signalwire", "telnyx"])
def test_others_of_the_family_go_the_same_way(
    transactional_db: None, live_server: Any, settings: Any, provider: str
) -> None:
    settings.PUBLIC_URL = PUBLIC
    with relative(provider, live_server.url) as (shop, taken):
        shop.set(ring=SHOP)
        story = shop.ring(Caller(message="my water heater is leaking"), {SHOP: Callee(answers="voicemail", after=10)})
        assert (story.spoke_with, story.recorded) == ("", True)
        shop.settle(seconds=90, step=3)
        assert "VoicemailTranscribed" in shop.kinds()
        assert models.Todo.objects.filter(kind="callback").count() == 1
        assert taken() == 0
        shop.settle(seconds=16 * 60, step=20)
        assert taken() == 1
        assert shop.ring(Caller(number="+15125550132"), {SHOP: Callee(answers="person", presses="1")}).spoke_with
        shop.settle(seconds=90, step=3)
        assert shop.rules()[-1] == "call.served"
    let_go()


@contextmanager
def relative(provider: str, server: str) -> Iterator[tuple[AnsweringShop, Callable[[], int]]]:
    """A shop at this provider, and how many texts its pretend one has taken for the caller."""
    if provider == "telnyx":
        with PretendTelnyx() as telnyx:
            told, account = telnyx.settings(), "61bf923e-5e4d-4595-a110-56190ea18a1b"
            with answering_shop(
                provider, told, server, telnyx.signed_form, account=account, bridged_is_told=False
            ) as shop:
                yield shop, lambda: len(telnyx.sent.get(CALLER, ()))
        return
    project = "b3877c40-da60-4998-90ad-b792e98472af"
    with PretendTwilio(account_sid=project, prefix="/api/laml/2010-04-01", header=HEADER) as signalwire:
        told = {"space": "hill.signalwire.com", "project_id": project, "api_token": signalwire.auth_token}
        told |= {"signing_key": "PSK1", "api_base": signalwire.url}

        def sign(url: str, fields: Mapping[str, str]) -> SignedRequest:
            return signed_form(url, fields, "PSK1", HEADER)

        with answering_shop(provider, told, server, sign, account=project, bridged_is_told=False) as shop:
            yield shop, lambda: len(signalwire.texts_to(CALLER))


@pytest.mark.parametrize("again", [1, 3])
def test_everything_told_again_changes_nothing(shop: AnsweringShop, twilio: PretendTwilio, again: int) -> None:
    shop.set(ring=SHOP, voicemail="no")
    for _ in range(again + 1):
        shop.ring(Caller(), {SHOP: Callee()}, sid="CA00000000000000000000000000000001")
    shop.settle(seconds=90, step=3)
    assert len(texts(twilio)) == 1
    assert models.Lead.objects.count() == 1
