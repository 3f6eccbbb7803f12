"""Makes webhooks as a provider of the family sends and signs them: for the hook command, the benchmark and tests.

It never sends anything. Signing is Twilio's documented scheme done by Twilio's own code, so that what passes here
passes there.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from answerback.engine.events import CallOutcome
from answerback.ports.phone import SignedRequest

_STATUS: Mapping[CallOutcome, str] = {"no_answer": "no-answer", "busy": "busy", "failed": "failed"}
_STATUS = {**_STATUS, "abandoned": "canceled", "unknown": "completed"}


Signing = Callable[[str, Mapping[str, str]], SignedRequest]
"""Makes a signed form POST to an address."""


def signed_form(url: str, fields: Mapping[str, str], secret: str, header: str = "X-Twilio-Signature") -> SignedRequest:
    """A form POST to `url` with the signature Twilio would give it, in this header."""
    signature = _validator(secret).compute_signature(url, fields)
    headers = {"Content-Type": "application/x-www-form-urlencoded", header: signature}
    return SignedRequest(url=url, headers=headers, body=urlencode(fields).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHooks:
    """The webhooks of one connection whose hooks are at `hooks_url`; `recordings` is where its recordings are kept."""

    hooks_url: str
    account: str
    recordings: str
    sign: Signing

    def rang(self, *, caller: str, line: str, now: datetime, call: str = "", **more: str) -> SignedRequest:
        """A call comes in: the request to the voice address."""
        return self._call("voice", caller, line, now, call, {"CallStatus": "ringing", **more})

    def missed(
        self,
        *,
        caller: str,
        line: str,
        now: datetime,
        call: str = "",
        outcome: CallOutcome = "no_answer",
        **more: str,
    ) -> SignedRequest:
        """A call ended and nobody took it: the number's status callback."""
        fields = {"CallStatus": _STATUS.get(outcome, "no-answer"), "CallDuration": "0", "SequenceNumber": "0"}
        return self._call("status", caller, line, now, call, fields | more)

    def answered(
        self, *, caller: str, line: str, now: datetime, call: str = "", talked_seconds: int = 60, **more: str
    ) -> SignedRequest:
        """A person took the call and hung up: the request after a bridged Dial."""
        fields = {"CallStatus": "in-progress", "DialCallStatus": "completed", "DialBridged": "true"}
        fields |= {"DialCallSid": _sid("CA"), "DialCallDuration": str(talked_seconds)}
        return self._call("voice", caller, line, now, call, fields | more)

    def voicemail(
        self, *, caller: str, line: str, now: datetime, call: str = "", seconds: int = 12, **more: str
    ) -> SignedRequest:
        """The caller left a message: the request after a Record."""
        recording = _sid("RE")
        fields = {"CallStatus": "completed", "RecordingSid": recording}
        fields |= {"RecordingUrl": f"{self.recordings}/{recording}"}
        fields |= {"RecordingDuration": str(seconds), "Digits": "hangup"}
        return self._call("recording", caller, line, now, call, fields | more)

    def text(self, *, caller: str, line: str, body: str, message: str = "", **more: str) -> SignedRequest:
        """A text comes in."""
        sid = message or _sid("SM")
        fields = {"MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid, "AccountSid": self.account}
        fields |= {"From": caller, "To": line, "Body": body, "NumMedia": "0", "NumSegments": "1"}
        return self._signed("text", {**fields, "SmsStatus": "received", "ApiVersion": "2010-04-01", **more})

    def receipt(
        self, *, message: str, status: str, to: str = "", line: str = "", code: str = "", **more: str
    ) -> SignedRequest:
        """The provider reports on a text of ours; `status` and `code` in its own words."""
        fields = {"MessageSid": message, "SmsSid": message, "AccountSid": self.account, "MessageStatus": status}
        fields |= {"SmsStatus": status, "To": to, "From": line, "ApiVersion": "2010-04-01"}
        fields |= {"ErrorCode": code} if code else {}
        return self._signed("receipt", fields | more)

    def _call(  # noqa: PLR0917  five of the six are the same in every caller, in the same order
        self, what: str, caller: str, line: str, now: datetime, call: str, fields: Mapping[str, str]
    ) -> SignedRequest:
        common = {"CallSid": call or _sid("CA"), "AccountSid": self.account, "From": caller, "To": line}
        common |= {"Caller": caller, "Called": line, "Direction": "inbound", "ApiVersion": "2010-04-01"}
        return self._signed(what, {**common, "Timestamp": format_datetime(now), **fields})

    def _signed(self, what: str, fields: Mapping[str, str]) -> SignedRequest:
        return self.sign(f"{self.hooks_url}/{what}", fields)


@lru_cache(maxsize=64)
def _validator(token: str) -> RequestValidator:
    return RequestValidator(token)


def _sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)
