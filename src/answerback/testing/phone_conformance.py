"""What every phone adapter must do, as tests: give an adapter its captured payloads and a pretend provider, and run it.

    class TestTwilio(PhoneConformance):
        phone = adapter
        connection = Connection(id=7, provider="twilio", settings={...})
        payloads = Path(__file__).parent / "payloads"

        def sign(self, what, form, query): ...
        def provider(self): ...

What a captured payload looks like says `testing.payloads`; what kind of provider it is stands in the class: `carries`,
`signs`, `ages`, `texts`. Needs pytest and hypothesis.
"""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, Protocol, cast

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged, Malformed, Refused, Unavailable, Unclear
from answerback.ports.phone import Happened, Heard, Ignored, OutgoingText, Phone, ReceiptCame
from answerback.testing.payloads import Captured, captured, changed, leaves, paths, shown, to_request, without
from answerback.testing.pretend_http import FaultKind
from answerback.workflow import clock

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
_TOLD_LATER = frozenset(
    {"at", "forwarded_from", "forwarded_because", "attestation", "screening", "caller_name", "target"}
)
"""What two reports of one fact may differ in."""

_SIGNING_HEADERS = (
    "authorization", "content-type", "openphone-signature", "telnyx-signature-ed25519", "webhook-id",
    "webhook-signature", "webhook-timestamp", "x-answerback-signature", "x-answerback-timestamp", "x-twilio-signature",
)  # fmt: skip

JUNK = ("", " ", "\0", "-1", "1e9", "999999999999999999999", "+", "true", "null", "²", "١٢", "\ufeff", "é" * 3000)
JSON_JUNK: tuple[Any, ...] = (None, True, -1, 1e300, [], {}, [None], {"id": {}}, [[[]]])
"""What may stand in JSON besides words."""

FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow]
)


__all__ = ["NOW", "Captured", "PhoneConformance", "PretendProvider", "to_request"]


class PretendProvider(Protocol):
    """A pretend provider under test control, over real HTTP."""

    connection: Connection

    def fail(self, kind: FaultKind) -> None:
        """Let the next text fail in this way."""

    def taken(self, to: str) -> tuple[str, ...]:
        """The provider's ids of the texts it took for this number, oldest first."""

    def vanish(self) -> None:
        """Stop answering at all."""


class PhoneConformance:
    """The tests; a subclass says of which adapter."""

    phone: Phone
    connection: Connection
    payloads: Path

    carries: Literal["form", "json"] = "form"
    """What the provider sends."""
    signs: Literal["request", "body", "token"] = "request"
    """What its signature covers: the address and the body, the body only, or nothing (a token proves the sender)."""
    ages: bool = False
    """Is the moment of signing signed too, so that an old request is refused as a replay?"""
    hides: frozenset[str] = frozenset()
    """Fields that are not kept, because they prove who sent it."""
    texts: bool = True
    """Can it send texts? One that cannot refuses them, and `provider` is not needed."""

    def sign(self, what: str, form: Mapping[str, Any], query: Mapping[str, str]) -> Request:
        """This form or JSON object as the provider would send it to `what` of the connection, signed at `NOW`."""
        raise NotImplementedError

    def sign_at(self, at: datetime, what: str, form: Mapping[str, Any], query: Mapping[str, str]) -> Request:
        """The same, signed at another moment; needed where signatures age."""
        del at
        return self.sign(what, form, query)

    def provider(self) -> AbstractContextManager[PretendProvider]:
        """A pretend provider that runs for the length of the block."""
        raise NotImplementedError

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Each test that takes `payload` runs once for every captured payload."""
        if "payload" in metafunc.fixturenames:
            every = captured(self.payloads)
            metafunc.parametrize("payload", every, ids=[one.name for one in every])

    # What comes in.

    def test_captured_request_says_what_it_must(self, payload: Captured) -> None:
        heard = self._hear(self._request(payload))
        assert [shown(fact) for fact in heard.facts] == payload.expect
        assert heard.answer.status == payload.answer

    def test_signature_accepted(self, payload: Captured) -> None:
        self.phone.verify(self.connection, self._request(payload), NOW)

    def test_signature_missing_or_wrong_refused(self, payload: Captured) -> None:
        request = self._request(payload)
        for name, value in request.headers.items():
            if "signature" in name or name == "authorization":
                self._forged(replace(request, headers={k: v for k, v in request.headers.items() if k != name}))
                self._forged(replace(request, headers={**request.headers, name: ""}))
                self._forged(replace(request, headers={**request.headers, name: value[::-1]}))
                self._forged(replace(request, headers={**request.headers, name: "é"}))

    def test_altered_request_refused(self, payload: Captured) -> None:
        request = self._request(payload)
        if self.carries == "json" and self.signs != "token":
            self._forged(replace(request, body=request.body + b" "))
            self._forged(replace(request, body=request.body.replace(b":", b": ", 1)))
        if self.signs != "request":
            return
        for index, (name, value) in enumerate(request.form):
            form = list(request.form)
            form[index] = (name, value + "0")
            self._forged(replace(request, form=tuple(form)))
        self._forged(replace(request, form=(*request.form, ("Added", "1"))))
        self._forged(replace(request, url=request.url.replace("//", "//evil.")))
        self._forged(replace(request, url=request.url + "x"))

    def test_body_that_no_signature_covers_refused(self, payload: Captured) -> None:
        request = self._request(payload)
        headers = {**request.headers, "content-type": "application/json"}
        self._forged(replace(request, headers=headers, body=b'{"From": "+15125550131"}', form=()))

    def test_request_refused_without_secret(self, payload: Captured) -> None:
        secret = {setting.name: "" for setting in self.phone.settings if setting.secret}
        unset = replace(self.connection, settings={**self.connection.settings, **secret})
        with pytest.raises(Forged):
            self.phone.verify(unset, self._request(payload), NOW)
        with pytest.raises(Forged):
            self.phone.verify(replace(self.connection, settings={}), self._request(payload), NOW)

    def test_redelivery_has_the_same_keys(self, payload: Captured) -> None:
        first, later = self._hear(self._request(payload)), NOW + timedelta(hours=1)
        request = self.sign_at(later, payload.what, payload.form, payload.query)
        self.phone.verify(self.connection, request, later)
        again = self.phone.hear(self.connection, request, later)
        assert [fact.key for fact in again.facts] == [fact.key for fact in first.facts]
        assert len({fact.key for fact in first.facts}) == len(first.facts)

    def test_replay_refused(self) -> None:
        if not self.ages:
            pytest.skip("This provider signs no time: what comes again is known by its key.")
        for payload in captured(self.payloads):
            for apart in (timedelta(minutes=6), -timedelta(minutes=6)):
                with pytest.raises(Forged):
                    self.phone.verify(self.connection, self._request(payload), NOW + apart)

    def test_different_facts_have_different_keys(self) -> None:
        facts: dict[str, Any] = {}
        for payload in captured(self.payloads):
            for fact in self._hear(self._request(payload)).facts:
                content = {k: v for k, v in shown(fact).items() if k not in _TOLD_LATER}
                assert facts.setdefault(fact.key, content) == content, payload.name
        assert len(facts) > 1

    def test_every_field_is_kept(self, payload: Captured) -> None:
        form = {**payload.form, "FieldOfTomorrow": "new"}
        for fact in self._hear(self.sign(payload.what, form, payload.query)).facts:
            assert {name: fact.raw.get(name, self.hides) for name in form} == {
                name: self.hides if name in self.hides else value for name, value in form.items()
            }

    def test_unknown_kind_ignored_with_a_reason(self, payload: Captured) -> None:
        heard = self._hear(self.sign("kind-of-tomorrow", payload.form, payload.query))
        assert [type(fact) for fact in heard.facts] == [Ignored]
        assert cast("Ignored", heard.facts[0]).why

    def test_unknown_receipt_status_says_nothing_of_a_text(self) -> None:
        """Whichever field holds it: a word nobody knows changes nothing, or is ignored with a reason."""
        for payload in captured(self.payloads):
            said = {fact.status for fact in self._hear(self._request(payload)).facts if isinstance(fact, ReceiptCame)}
            ignored = not said
            for path in paths(payload.form) if said else ():
                form = changed(payload.form, path, "status-of-tomorrow")
                with suppress(Malformed):
                    facts = self._hear(self.sign(payload.what, form, payload.query)).facts
                    assert {each.status for each in facts if isinstance(each, ReceiptCame)} <= said, (
                        payload.name,
                        path,
                    )
                    ignored |= any(isinstance(each, Ignored) and each.why for each in facts)
            assert ignored, f"{payload.name}: no field holds its status, or an unknown one is dropped in silence"

    def test_nothing_in_a_form_breaks_it(self, payload: Captured) -> None:
        """Each field is taken away and filled with junk in turn: facts or `Malformed`, nothing no row could hold.

        JSON has many fields, deeply nested: each gets some kinds of junk, and all of them get every kind together.
        """
        every = (*JUNK, *JSON_JUNK) if self.carries == "json" else JUNK
        for index, path in enumerate(paths(payload.form)):
            junk = every if self.carries == "form" else [every[(4 * index + n) % len(every)] for n in range(4)]
            for form in (without(payload.form, path), *(changed(payload.form, path, each) for each in junk)):
                self._sound(self.sign(payload.what, form, payload.query))
        self._sound(replace(self._request(payload), form=(), body=b""))

    def test_times_are_zoned_and_never_in_the_future(self, payload: Captured) -> None:
        for fact in self._hear(self._request(payload)).facts:
            at = fact.event.at if isinstance(fact, Happened) else fact.at if isinstance(fact, ReceiptCame) else NOW
            assert at.utcoffset() is not None
            assert at <= NOW

    @FUZZ
    @given(data=st.data())
    def test_random_forms_raise_nothing_else(self, data: st.DataObject) -> None:
        every = captured(self.payloads)
        places = sorted({path for one in every for path in paths(one.form)}, key=str)
        words = sorted({str(value) for one in every for value in leaves(one.form)})
        values: st.SearchStrategy[Any] = st.sampled_from(words) | st.text(max_size=30)
        names = st.text(max_size=8).map(lambda name: (name,)) | st.sampled_from(places)
        what = data.draw(st.sampled_from(sorted({one.what for one in every})))
        form = data.draw(st.sampled_from([{}, *(one.form for one in every if one.what == what)]))
        odd = values | st.sampled_from(JSON_JUNK) if self.carries == "json" else values
        for path, value in data.draw(st.dictionaries(names, odd, max_size=6)).items():
            form = changed(form, path, value)
        self._sound(self.sign(what, form, data.draw(st.dictionaries(st.text(max_size=6), values, max_size=2))))

    @FUZZ
    @given(
        url=st.text(max_size=30),
        what=st.text(max_size=8),
        headers=st.dictionaries(st.sampled_from(_SIGNING_HEADERS), st.text()),
        body=st.binary(max_size=60),
        pairs=st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=4),
    )
    def test_random_requests_are_forged(
        self, url: str, what: str, headers: dict[str, str], body: bytes, pairs: list[tuple[str, str]]
    ) -> None:
        # An address that is one of our secrets, which Hypothesis finds in the source, is told back with the rest of it.
        assume(not any(value and value in url for value in self.connection.settings.values()))
        of = tuple(pairs)
        self._forged(Request(method="POST", url=url, what=what, headers=headers, body=body, query=of, form=of))

    # What goes out.

    def test_texts_refused_where_none_can_be_sent(self) -> None:
        if self.texts:
            pytest.skip("It sends texts.")
        with pytest.raises(Refused) as raised:
            self.phone.send(self.connection, _text())
        assert raised.value.failure == "sender_unregistered"
        self._says_no_secret(raised.value, self.connection, _text())

    def test_text_handed_over(self) -> None:
        self._needs_texts()
        with self.provider() as provider:
            handed = self.phone.send(provider.connection, _text())
            assert (handed.message,) == provider.taken(_text().to)
            assert handed.status in ("queued", "sent")

    def test_each_failure_is_one_of_three_errors(self) -> None:
        self._needs_texts()
        expected: dict[FaultKind, tuple[type[Exception], int]] = {
            "refuse": (Refused, 0),
            "rate_limit": (Unavailable, 0),
            "error": (Unavailable, 0),
            "gateway": (Unclear, 0),
            "drop": (Unclear, 0),
            "lose": (Unclear, 1),
        }
        with self.provider() as provider:
            for number, (kind, (error, taken)) in enumerate(expected.items()):
                text = _text(number)
                provider.fail(kind)
                with pytest.raises(error) as raised:
                    self.phone.send(provider.connection, text)
                assert type(raised.value) is error, kind
                assert len(provider.taken(text.to)) == taken, kind
                self._says_no_secret(raised.value, provider.connection, text)
                assert self.phone.send(provider.connection, text).message, "the connection must work again"

    def test_unreachable_provider_is_unavailable(self) -> None:
        self._needs_texts()
        with self.provider() as provider:
            provider.vanish()
            for _ in range(2):
                with pytest.raises(Unavailable):
                    self.phone.send(provider.connection, _text())
            if self.phone.can_find:
                with pytest.raises(Unavailable):
                    self.phone.find(provider.connection, _text(), clock.now())

    def test_wrong_secret_is_refused_in_words_that_help(self) -> None:
        self._needs_texts()
        with self.provider() as provider:
            wrong = self._with_wrong_secret(provider.connection)
            with pytest.raises(Refused) as raised:
                self.phone.send(wrong, _text())
            assert raised.value.failure == "sender_unregistered"
            assert raised.value.detail
            found = self.phone.check(wrong)
            assert [finding.ok for finding in found] == [False]
            assert found[0].fix
            assert {finding.ok for finding in self.phone.check(provider.connection)} == {True}
            provider.vanish()
            assert {finding.ok for finding in self.phone.check(provider.connection)} == {False}

    def test_find_knows_what_went_out_and_nothing_else(self) -> None:
        if not self.phone.can_find:
            with pytest.raises(Unclear):
                self.phone.find(self.connection, _text(), NOW)
            return
        with self.provider() as provider:
            since = clock.now()
            assert self.phone.find(provider.connection, _text(), since) is None
            lost: tuple[FaultKind, ...] = ("drop", "lose")
            for kind in lost:
                assert self._lost(provider, kind) == len(provider.taken(_text().to))
            found = self.phone.find(provider.connection, _text(), since)
            assert found is not None
            assert (found.message,) == provider.taken(_text().to)
            assert self.phone.find(provider.connection, _text(), since, frozenset({found.message})) is None
            assert self.phone.find(provider.connection, _text(1), since) is None
            assert self.phone.find(provider.connection, replace(_text(), body="Other words"), since) is None
            assert self.phone.find(provider.connection, _text(), since + timedelta(minutes=10)) is None

    def test_many_threads_send_each_text_once(self) -> None:
        self._needs_texts()
        texts = [_text(number) for number in range(96)]
        with self.provider() as provider:
            with ThreadPoolExecutor(16) as threads:
                handed = list(threads.map(lambda text: self.phone.send(provider.connection, text), texts))
            assert [(one.message,) for one in handed] == [provider.taken(text.to) for text in texts]

    def _needs_texts(self) -> None:
        if not self.texts:
            pytest.skip("It sends no texts.")

    def _request(self, payload: Captured) -> Request:
        return self.sign(payload.what, payload.form, payload.query)

    def _hear(self, request: Request) -> Heard:
        return self.phone.hear(self.connection, request, NOW)

    def _forged(self, request: Request) -> None:
        with pytest.raises(Forged) as raised:
            self.phone.verify(self.connection, request, NOW)
        for setting in self.phone.settings:
            value = self.connection.settings.get(setting.name)
            assert not (setting.secret and value and value in raised.value.detail)

    def _sound(self, request: Request) -> None:
        try:
            self.phone.verify(self.connection, request, NOW)
            heard = self._hear(request)
        except (Forged, Malformed):
            return
        for fact in heard.facts:
            assert 0 < len(fact.key) <= 200
            assert "\0" not in fact.key + json.dumps([shown(fact), fact.raw], ensure_ascii=False)

    def _lost(self, provider: PretendProvider, kind: FaultKind) -> int:
        provider.fail(kind)
        with pytest.raises(Unclear):
            self.phone.send(provider.connection, _text())
        found = self.phone.find(provider.connection, _text(), clock.now() - timedelta(seconds=30))
        return 0 if found is None else 1

    def _with_wrong_secret(self, connection: Connection) -> Connection:
        wrong = {setting.name: "wrong" for setting in self.phone.settings if setting.secret}
        return replace(connection, settings={**connection.settings, **wrong})

    def _says_no_secret(self, error: Exception, connection: Connection, text: OutgoingText) -> None:
        hidden = [connection.settings.get(setting.name, "") for setting in self.phone.settings if setting.secret]
        for word in (*hidden, text.body, text.to):
            assert not word or word not in str(error)


def _text(number: int = 0) -> OutgoingText:
    return OutgoingText(
        key=f"text-{number}",
        sender="+15125550100",
        to=f"+1512555{1000 + number}",
        body="Hi, this is Joe's Plumbing – sorry we missed your call! What can we help with?",
        receipts_url="https://shop.example.com/hooks/phone/7/receipt",
    )
