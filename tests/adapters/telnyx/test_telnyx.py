"""The Telnyx adapter keeps every promise of an adapter, on its two kinds of requests: calls and texts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as Xml

import pytest

from answerback.adapters.telnyx import adapter
from answerback.engine.events import CallEnded, CallRang, TextReceived
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged, Refused, Unavailable, Unclear
from answerback.ports.lines import OurLine
from answerback.ports.phone import (
    FetchesMedia,
    Happened,
    KnowsSenders,
    ListsPast,
    LooksUpNumbers,
    Media,
    NumberFacts,
    OutgoingText,
    Phone,
    ReceiptCame,
)
from answerback.ports.registry import phone
from answerback.ports.setup import FailsOpen, HasLineSettings, PlacesTestCalls, SetsUpNumbers
from answerback.testing.payloads import to_request
from answerback.testing.peers import module_alone
from answerback.testing.phone_conformance import NOW, Captured, PhoneConformance
from answerback.testing.pretend_http import FaultKind
from answerback.testing.pretend_telnyx import PretendTelnyx
from answerback.workflow import clock

SIGNER = PretendTelnyx()
CONNECTION = Connection(id=7, provider="telnyx", settings=SIGNER.settings())
HOOKS = "https://shop.example.com/hooks/telnyx/7"
LINE, CALLER, SHOP = "+15125550100", "+15125550131", "+15125550177"
LINED = OurLine(number=LINE, settings={"ring": "+15125550177", "fallback_url": "https://telnyx.com/bin/1"})


class Provider:
    """The pretend Telnyx, as the suite drives it."""

    def __init__(self, telnyx: PretendTelnyx) -> None:
        self.telnyx = telnyx
        self.connection = Connection(id=7, provider="telnyx", settings=telnyx.settings())

    def fail(self, kind: FaultKind) -> None:
        self.telnyx.fault(kind, times=1)

    def taken(self, to: str) -> tuple[str, ...]:
        return tuple(text["id"] for text in self.telnyx.sent.get(to, ()))

    def vanish(self) -> None:
        self.telnyx.stop()


def address(what: str, query: Mapping[str, str]) -> str:
    return f"{HOOKS}/{what}" + (f"?{urlencode(query)}" if query else "")


class Telnyx(PhoneConformance):
    """What both kinds share."""

    phone: Phone = adapter
    connection = CONNECTION
    signs = "body"
    ages = True

    def sign(self, what: str, form: Mapping[str, Any], query: Mapping[str, str]) -> Request:
        return self.sign_at(NOW, what, form, query)

    def test_request_refused_without_secret(self, payload: Captured) -> None:
        """What checks a request is a public key and no secret."""
        for settings in ({**self.connection.settings, "public_key": ""}, {}, {"public_key": "AAAA"}):
            with pytest.raises(Forged):
                self.phone.verify(replace(self.connection, settings=settings), self._request(payload), NOW)

    @contextmanager
    def provider(self) -> Iterator[Provider]:
        with PretendTelnyx() as telnyx:
            yield Provider(telnyx)


class TestTelnyxCalls(Telnyx):
    payloads = Path(__file__).parent / "payloads/calls"

    def sign_at(self, at: datetime, what: str, form: Mapping[str, Any], query: Mapping[str, str]) -> Request:
        with clock.using(lambda: at):
            return to_request(SIGNER.signed_form(address(what, query), form))


class TestTelnyxTexts(Telnyx):
    payloads = Path(__file__).parent / "payloads/texts"
    carries = "json"

    def sign_at(self, at: datetime, what: str, form: Mapping[str, Any], query: Mapping[str, str]) -> Request:
        with clock.using(lambda: at):
            return replace(to_request(SIGNER.signed_json(address(what, query), form)), form=())


def test_adapter_is_found_and_offers_everything() -> None:
    assert phone("telnyx") is adapter
    calls = (HasLineSettings, SetsUpNumbers, FailsOpen, PlacesTestCalls)
    offers = (LooksUpNumbers, ListsPast, KnowsSenders, FetchesMedia, *calls)
    assert [each.__name__ for each in offers if not isinstance(adapter, each)] == []


def test_their_validator_and_ours_agree() -> None:
    theirs = module_alone("telnyx", "lib/webhook_verification.py")
    now = clock.now()
    with clock.using(lambda: now):
        signed = SIGNER.signed_json(f"{HOOKS}/text", {"data": {"text": "é"}})
    request = to_request(signed)
    theirs.verify_webhook_signature(request.body, request.headers, SIGNER.public_key)
    adapter.verify(CONNECTION, request, now)
    for forged in (
        replace(request, body=request.body + b" "),
        replace(request, headers={**request.headers, "telnyx-timestamp": str(int(now.timestamp()) - 1)}),
    ):
        with pytest.raises(theirs.WebhookVerificationError):
            theirs.verify_webhook_signature(forged.body, forged.headers, SIGNER.public_key)
        with pytest.raises(Forged):
            adapter.verify(CONNECTION, forged, now)


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (40300, "opted_out"),
        (40001, "landline"),
        (40002, "filtered"),
        (40010, "sender_unregistered"),
        (40011, "volume_cap"),
        (40309, "country_barred"),
        (49999, "unknown"),
    ],
)
def test_error_code_says_why(code: int, failure: str) -> None:
    with PretendTelnyx() as telnyx:
        telnyx.fault("refuse", code=code)
        with pytest.raises(Refused) as raised:
            adapter.send(Provider(telnyx).connection, text())
        assert (raised.value.failure, raised.value.code) == (failure, str(code))


def text(**more: Any) -> OutgoingText:
    return OutgoingText(**{"key": "1", "sender": LINE, "to": CALLER, "body": "Sorry we missed you", **more})


def test_text_and_its_picture_arrive_as_written() -> None:
    with PretendTelnyx() as telnyx:
        link = "https://shop.example.com/m/1.jpg"
        adapter.send(Provider(telnyx).connection, text(media=(link,), receipts_url=f"{HOOKS}/receipt"))
        (kept,) = telnyx.sent[CALLER]
        told = (kept["from"]["phone_number"], kept["text"], kept["media"], kept["webhook_url"])
        assert told == (LINE, "Sorry we missed you", [{"url": link}], f"{HOOKS}/receipt")


def test_lost_text_is_never_taken_for_one_that_did_not_go_out() -> None:
    with pytest.raises(Unclear):
        adapter.find(CONNECTION, text(), NOW)


def owning(telnyx: PretendTelnyx) -> Connection:
    number = {"id": "1", "phone_number": LINE, "status": "active", "connection_id": "5", "messaging_profile_id": "p"}
    telnyx.resources["/v2/phone_numbers"] = [number]
    telnyx.resources["/v2/texml_applications/5"] = {
        "id": "5",
        "friendly_name": "Hill",
        "voice_url": "https://old.example",
    }
    telnyx.resources["/v2/messaging_profiles/p"] = {"id": "p", "webhook_url": "", "webhook_api_version": "2"}
    return replace(Provider(telnyx).connection, lines={LINE: LINED})


def test_dry_run_changes_nothing_and_set_up_what_it_showed() -> None:
    with PretendTelnyx() as telnyx:
        connection = owning(telnyx)
        planned = adapter.planned(connection, LINED, HOOKS)
        assert [(change.what, change.now) for change in planned] == [
            ("calls come in at", "https://old.example"),
            ("calls come in by", ""),
            ("call status goes to", ""),
            ("call status goes by", ""),
            ("while we are down", ""),
            ("texts come in at", ""),
        ]
        assert telnyx.changes == []
        assert [f.says for f in adapter.check(connection) if not f.ok][-1] == "While we are down, calls ring nobody."
        assert adapter.set_up(connection, LINED, HOOKS) == planned
        assert adapter.planned(connection, LINED, HOOKS) == ()
        assert {f.ok for f in adapter.check(connection)} == {True}
        assert [path for path, _ in telnyx.changes] == ["/v2/texml_applications/5", "/v2/messaging_profiles/p"]


def test_number_in_the_middle_of_a_port_and_an_empty_account_are_told() -> None:
    with PretendTelnyx() as telnyx:
        connection = owning(telnyx)
        adapter.set_up(connection, LINED, HOOKS)
        telnyx.resources["/v2/phone_numbers"][0]["status"] = "port_pending"
        telnyx.resources["/v2/balance"] = {"available_credit": "0.00"}
        assert [f.says for f in adapter.check(connection) if not f.ok] == [
            "The Telnyx account has no credit left.",
            "The number is port pending at Telnyx.",
        ]


def test_senders_say_how_their_registration_stands() -> None:
    free = "+18445550100"
    with PretendTelnyx() as telnyx:
        connection = owning(telnyx)
        telnyx.resources["/v2/phone_numbers"].append({"phone_number": free, "status": "active"})
        telnyx.resources[f"/v2/phone_numbers/{LINE}/messaging"] = {"features": {"sms": {}, "mms": {"domestic": True}}}
        telnyx.bare[f"/v2/10dlc/phone_number_campaigns/{LINE}"] = {"assignmentStatus": "PENDING_ASSIGNMENT"}
        telnyx.bare["/v2/messaging_tollfree/verification/requests"] = {"records": [{"verificationStatus": "Rejected"}]}
        found = adapter.senders(connection, [LINE, free, "+15125550999"])
        assert [(s.number, s.texts, s.media, s.state) for s in found] == [
            (LINE, True, True, "pending"),
            (free, False, False, "blocked"),
        ]


def test_look_up_says_what_kind_of_number_it_is() -> None:
    with PretendTelnyx() as telnyx:
        carrier = {"type": "fixed line", "name": "AT&T"}
        telnyx.resources[f"/v2/number_lookup/{CALLER}"] = {"carrier": carrier}
        found = adapter.look_up(Provider(telnyx).connection, CALLER)
        assert found == NumberFacts(number=CALLER, line_type="landline", carrier="AT&T")
        carrier["type"] = "fixed line or mobile"
        assert adapter.look_up(Provider(telnyx).connection, CALLER).line_type == "unknown"


def test_lists_tell_what_the_webhooks_would_have_told() -> None:
    with PretendTelnyx() as telnyx:
        began = NOW - timedelta(hours=1)
        call = {"sid": "v3:1", "from": CALLER, "to": LINE, "direction": "inbound", "status": "no-answer"}
        times = {"start_time": began.isoformat(), "end_time": (began + timedelta(seconds=20)).isoformat()}
        telnyx.bare["/v2/texml/Accounts/A1/Calls"] = {"calls": [{**call, **times}, {**call, "to": "+15125550999"}]}
        record = {"record_type": "messaging", "created_at": began.isoformat()}
        telnyx.resources["/v2/detail_records"] = [
            {**record, "uuid": "m-1", "direction": "inbound", "cli": CALLER, "cld": LINE},
            {**record, "uuid": "m-2", "direction": "outbound", "cli": LINE, "cld": CALLER},
            {**record, "uuid": "m-3", "direction": "inbound", "cli": CALLER, "cld": "+15125550999"},
        ]
        telnyx.resources["/v2/messages/m-1"] = {
            "from": {"phone_number": CALLER},
            "to": [{"phone_number": LINE}],
            "text": "leaking",
        }
        telnyx.resources["/v2/messages/m-2"] = {"to": [{"phone_number": CALLER, "status": "delivered"}], "errors": []}
        connection = Connection(id=7, provider="telnyx", settings=telnyx.settings(account_id="A1"))
        found = list(adapter.past(connection, [LINE], NOW - timedelta(hours=2), NOW))
        over = began + timedelta(seconds=20)
        assert [(fact.key, getattr(fact, "event", None)) for fact in found] == [
            ("v3:1:rang", CallRang(at=began, call="v3:1", line=LINE)),
            ("m-1", TextReceived(at=began, line=LINE, text="leaking")),
            ("m-2:delivered", None),
            ("v3:1:no-answer", CallEnded(at=over, call="v3:1", line=LINE, outcome="no_answer")),
        ]
        assert {type(fact) for fact in found} == {Happened, ReceiptCame}


def test_picture_is_fetched_without_the_key_from_where_it_lies() -> None:
    with PretendTelnyx() as telnyx:
        telnyx.media["/m/1"] = ("image/png", b"picture")
        at = Provider(telnyx).connection
        assert adapter.fetch(at, f"{telnyx.url}/m/1", 100) == Media(content_type="image/png", content=b"picture")
        with pytest.raises(Refused):
            adapter.fetch(at, "https://evil.example/m/1", 100)


def test_test_call_rings_the_shop_from_the_line_and_whoever_picks_up_hears_silence() -> None:
    with PretendTelnyx() as telnyx:
        connection = Connection(id=7, provider="telnyx", settings=telnyx.settings(account_id="A1"))
        telnyx.resources["/v2/phone_numbers"] = [{"phone_number": LINE, "connection_id": "157"}]
        assert adapter.place_test_call(connection, LINE, SHOP, HOOKS) == ""
        (placed,) = telnyx.placed
        assert placed == {
            "ApplicationSid": "157",
            "To": SHOP,
            "From": LINE,
            "Url": f"{HOOKS}/test",
            "UrlMethod": "POST",
            "Timeout": 45,
        }
        form = (("CallSid", "v3:1"), ("AccountSid", "A1"), ("From", LINE), ("To", SHOP), ("CallStatus", "in-progress"))
        request = Request(method="POST", url=placed["Url"], what="test", headers={}, body=b"", form=form)
        heard = adapter.hear(connection, request, NOW)
        assert [type(fact).__name__ for fact in heard.facts] == ["Ignored"]
        assert [each.tag for each in Xml.fromstring(heard.answer.body)] == ["Pause", "Hangup"]
        with pytest.raises(Refused, match="on no TeXML application"):
            adapter.place_test_call(connection, "+15125550999", SHOP, HOOKS)
    with pytest.raises(Unavailable):
        adapter.place_test_call(connection, LINE, SHOP, HOOKS)
