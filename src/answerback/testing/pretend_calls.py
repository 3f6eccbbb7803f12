"""A pretend phone call at a provider of the TwiML family: it asks the product what to do, over real HTTP, and does it.

It reads the documents as their provider would: rings phones, plays the whisper to whoever picks up, waits for keys,
records, reports each step to the addresses it was given, and goes to the fallback document when nobody answers there.
What it heard and did stands in its `Story`. Time passes by `elapse`, so that a call of minutes takes a moment.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Literal
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as Xml

import httpx

from answerback.ports.phone import SignedRequest
from answerback.workflow import clock

PickedUp = Literal["person", "voicemail", "nobody", "busy", "failed"]
Sign = Callable[[str, Mapping[str, str]], SignedRequest]


@dataclass(frozen=True, kw_only=True)
class Callee:
    """One of the shop's phones: who or what picks up after how many seconds, and what they press when asked."""

    answers: PickedUp = "nobody"
    after: float = 6
    presses: str = ""
    talks: float = 60


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who calls: they hang up after `patience` seconds, press `keys` in turn, and say `message` after the beep."""

    number: str = "+15125550131"
    patience: float = 600
    keys: tuple[str, ...] = ()
    message: str = ""
    message_seconds: int = 9
    forwarded_from: str = ""


@dataclass(kw_only=True)
class Story:
    """What happened: words the caller heard, phones that rang, words the callees heard, answers of the product."""

    heard: list[str] = field(default_factory=list)
    rang: list[str] = field(default_factory=list)
    whispered: list[str] = field(default_factory=list)
    answers: list[tuple[str, int]] = field(default_factory=list)
    spoke_with: str = ""
    recorded: bool = False
    fell_back: bool = False
    status: str = "ringing"


class _HungUp(Exception):
    """The caller is gone."""


class PretendCall:
    """One call to a number whose addresses are `voice_url`, `status_url` and, when we are down, `fallback`."""

    def __init__(
        self,
        caller: Caller,
        line: str,
        callees: Mapping[str, Callee],
        *,
        sign: Sign,
        sid: str,
        account: str,
        voice_url: str,
        status_url: str = "",
        fallback: str = "",
        reach: str = "",
        elapse: Callable[[float], None] = lambda _: None,
        bridged_is_told: bool = True,
    ) -> None:
        self.caller, self.line, self.callees = caller, line, callees
        self.sign, self.sid, self.account = sign, sid, account
        self.voice_url, self.status_url, self.fallback = voice_url, status_url, fallback
        self.reach, self.elapse, self.bridged_is_told = reach, elapse, bridged_is_told
        self.story = Story()
        self.waited = 0.0
        self.answered_after: float | None = None
        self.legs = 0

    def run(self) -> Story:
        """The whole call, until somebody hangs up."""
        with suppress(_HungUp):
            self._perform(self._fetch(self.voice_url, {"CallStatus": "ringing"}))
        self.story.status = "completed" if self.answered_after is not None else "no-answer"
        if self.status_url and not self.story.fell_back:
            length = int(self.waited - self.answered_after) if self.answered_after is not None else 0
            self._post(
                self.status_url,
                {"CallStatus": self.story.status, "CallDuration": str(length), "SequenceNumber": "0"},
            )
        return self.story

    # What the caller goes through.

    def _perform(self, document: Xml.Element | None) -> None:
        """Do what a document says, and what the next one says, until there is none."""
        while document is not None:
            document = self._verbs(document)

    def _verbs(self, document: Xml.Element) -> Xml.Element | None:
        for verb in document:
            match verb.tag:
                case "Say":
                    self._pick_up()
                    self.story.heard.append(verb.text or "")
                    self._wait(len(verb.text or "") / 15)
                case "Gather":
                    if (document_after := self._gather(verb)) is not None:
                        return document_after
                case "Dial":
                    return self._dial(verb, document)
                case "Record":
                    return self._record(verb)
                case "Hangup":
                    return None
        return None

    def _gather(self, gather: Xml.Element) -> Xml.Element | None:
        self._pick_up()
        for said in gather:
            self.story.heard.append(said.text or "")
            self._wait(len(said.text or "") / 15)
        if not self.caller.keys:
            self._wait(float(gather.get("timeout", "5")))
            return None
        key, *rest = self.caller.keys
        self.caller = Caller(**{**self.caller.__dict__, "keys": tuple(rest)})
        return self._fetch(gather.get("action", ""), {"CallStatus": "in-progress", "Digits": key})

    def _dial(self, dial: Xml.Element, document: Xml.Element) -> Xml.Element | None:
        numbers = list(dial)
        self.story.rang += [number.text or "" for number in numbers]
        timeout = float(dial.get("timeout", "30"))
        try:
            said = self._ring(numbers, timeout)
        except _HungUp:
            self._after(dial, {"DialCallStatus": "canceled"}, gone=True)
            raise
        if not dial.get("action"):
            rest = Xml.Element("Response")
            rest.extend(list(document)[list(document).index(dial) + 1 :])
            return None if self.story.spoke_with else rest
        gone = bool(self.story.spoke_with)
        return self._after(dial, said, gone=gone)

    def _ring(self, numbers: list[Xml.Element], timeout: float) -> dict[str, str]:
        """Ring phones until one is joined; what the action is told of it."""
        told = {"DialCallStatus": "no-answer"}
        ringing = sorted(numbers, key=lambda number: self._callee(number).after)
        began = self.waited
        for number in ringing:
            callee, leg = self._callee(number), self._leg()
            if callee.answers in ("busy", "failed"):
                told = {"DialCallStatus": callee.answers, "DialCallSid": leg}
                self._report(number, leg, {"CallStatus": callee.answers, "CallDuration": "0"})
            elif callee.answers != "nobody" and callee.after <= timeout:
                self._wait(max(0.0, began + callee.after - self.waited))
                self._report(number, leg, {"CallStatus": "in-progress"})
                if self._accepts(number, leg, callee):
                    return self._talk(number, leg, callee)
                told = {"DialCallStatus": "completed", "DialCallSid": leg, "DialCallDuration": "8"}
                told |= {"DialBridged": "false"} if self.bridged_is_told else {}
                self._report(number, leg, {"CallStatus": "completed", "CallDuration": "8"})
            else:
                self._wait(max(0.0, began + timeout - self.waited))
                self._report(number, leg, {"CallStatus": "no-answer", "CallDuration": "0"})
                told = {"DialCallStatus": "no-answer", "DialCallSid": leg}
        return told

    def _accepts(self, number: Xml.Element, leg: str, callee: Callee) -> bool:
        """Whoever picked up hears the whisper; a person presses what they press, a voicemail presses nothing."""
        if not number.get("url"):
            return True
        document = self._fetch(number.get("url", ""), {"CallStatus": "in-progress", **self._of(number, leg)}, leg=leg)
        gather = next((verb for verb in document if verb.tag == "Gather"), None) if document is not None else None
        if gather is None:
            return document is not None and all(verb.tag != "Hangup" for verb in document)
        self.story.whispered += [said.text or "" for said in gather]
        self._wait(8)
        if callee.answers != "person" or not callee.presses:
            return False
        digits = {"CallStatus": "in-progress", "Digits": callee.presses, **self._of(number, leg)}
        after = self._fetch(gather.get("action", ""), digits, leg=leg)
        return after is not None and all(verb.tag != "Hangup" for verb in after)

    def _talk(self, number: Xml.Element, leg: str, callee: Callee) -> dict[str, str]:
        if callee.answers == "voicemail" and number.get("amdStatusCallback"):
            self._post(number.get("amdStatusCallback", ""), {"AnsweredBy": "machine_start"}, leg=leg)
        self._pick_up()
        self.story.spoke_with = number.text or ""
        self._wait(callee.talks)
        self._report(number, leg, {"CallStatus": "completed", "CallDuration": str(int(callee.talks))})
        told = {"DialCallStatus": "completed", "DialCallSid": leg, "DialCallDuration": str(int(callee.talks))}
        return told | ({"DialBridged": "true"} if self.bridged_is_told else {})

    def _after(self, dial: Xml.Element, said: Mapping[str, str], *, gone: bool) -> Xml.Element | None:
        status = "completed" if gone else "in-progress" if self.answered_after is not None else "ringing"
        fields = {"CallStatus": status, **said}
        document = self._fetch(dial.get("action", ""), fields)
        return None if gone else document

    def _record(self, record: Xml.Element) -> Xml.Element | None:
        self._pick_up()
        if not self.caller.message:
            self._wait(float(record.get("timeout", "5")))
            return None
        self.waited += self.caller.message_seconds
        self.elapse(self.caller.message_seconds)
        self.story.recorded = True
        recording = f"RE{self.sid[-32:]}"
        url = f"https://api.example.com/Recordings/{recording}"
        about = {"RecordingSid": recording, "RecordingUrl": url, "RecordingDuration": str(self.caller.message_seconds)}
        ended = {"CallStatus": "completed", "Digits": "hangup"}
        document = self._fetch(record.get("action", ""), {**ended, **about}) if record.get("action") else None
        if record.get("recordingStatusCallback"):
            self._post(record.get("recordingStatusCallback", ""), {**about, "RecordingStatus": "completed"}, leg="-")
        asks = record.get("transcribeCallback") or record.get("transcriptionCallback")
        if asks:
            self.elapse(5)
            words = {"TranscriptionSid": f"TR{self.sid[-32:]}", "TranscriptionStatus": "completed"}
            self._post(asks, {**words, "TranscriptionText": self.caller.message, **about}, leg="-")
        return document

    # The wire.

    def _report(self, number: Xml.Element, leg: str, said: Mapping[str, str]) -> None:
        events = (number.get("statusCallbackEvent") or "completed").split()
        event = "answered" if said["CallStatus"] == "in-progress" else "completed"
        if number.get("statusCallback") and event in events:
            stamped = {"Timestamp": format_datetime(clock.now()), **self._of(number, leg), **said}
            self._post(number.get("statusCallback", ""), stamped, leg=leg)

    def _of(self, number: Xml.Element, leg: str) -> dict[str, str]:
        return {
            "CallSid": leg,
            "ParentCallSid": self.sid,
            "From": self.caller.number,
            "To": number.text or "",
            "Direction": "outbound-dial",
        }

    def _fetch(self, url: str, fields: Mapping[str, str], *, leg: str = "") -> Xml.Element | None:
        """The next document; the fallback's where the product gives none."""
        answer = self._post(url, fields, leg=leg)
        if answer is not None and answer.is_success:
            return Xml.fromstring(answer.text) if answer.text else Xml.Element("Response")  # noqa: S314  our own
        if self.fallback and not leg:
            self.story.fell_back = True
            return Xml.fromstring(self.fallback)  # noqa: S314  our own
        return None

    def _post(self, url: str, fields: Mapping[str, str], *, leg: str = "") -> httpx.Response | None:
        common = {"CallSid": self.sid, "AccountSid": self.account, "ApiVersion": "2010-04-01"}
        if not leg:
            common |= {"From": self.caller.number, "To": self.line, "Direction": "inbound"}
            common |= {"ForwardedFrom": self.caller.forwarded_from} if self.caller.forwarded_from else {}
        elif leg != "-" and "CallSid" not in fields:
            common |= {"CallSid": leg}
        signed = self.sign(urljoin(self.voice_url, url), {**common, **fields})
        where = urlsplit(signed.url)
        target = f"{self.reach or f'{where.scheme}://{where.netloc}'}{where.path}"
        try:
            with httpx.Client(trust_env=False, timeout=20) as client:
                answer = client.post(
                    target + (f"?{where.query}" if where.query else ""),
                    content=signed.body,
                    headers=dict(signed.headers),  # Host is that of `reach`, as behind a proxy
                )
        except httpx.HTTPError:
            self.story.answers.append((where.path.rpartition("/")[2], 0))
            return None
        self.story.answers.append((where.path.rpartition("/")[2], answer.status_code))
        return answer

    def _callee(self, number: Xml.Element) -> Callee:
        return self.callees.get(number.text or "", Callee())

    def _leg(self) -> str:
        self.legs += 1
        return f"{self.sid[:-2]}{self.legs:02x}"

    def _pick_up(self) -> None:
        if self.answered_after is None:
            self.answered_after = self.waited

    def _wait(self, seconds: float) -> None:
        left = self.caller.patience - self.waited
        self.waited += min(seconds, left)
        self.elapse(min(seconds, left))
        if seconds >= left:
            raise _HungUp
