"""The Twilio adapter: one object that verifies, understands, sends, looks up and checks.

It holds no state of a connection beyond caches that can be lost, decides nothing, and raises only the errors of
`ports.errors`. It may be used from many threads at once.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from answerback.adapters.twilio import calls, rest, signature, texts, twiml
from answerback.adapters.twilio.fields import Fields, read
from answerback.adapters.twilio.hooks import TwilioHooks
from answerback.ports.errors import Refused, Unavailable, Unclear
from answerback.ports.phone import (
    Answer,
    Connection,
    Finding,
    HandedOver,
    Heard,
    Ignored,
    OutgoingText,
    Request,
    Setting,
)

CLOCKS_DIFFER = timedelta(seconds=60)
"""How far our clock may be ahead of Twilio's when a text is looked for: finding an older one is the lesser evil."""

PAGE = 100
MOST_PAGES = 10


class TwilioPhone:
    """Twilio as `ports.phone.Phone` wants it."""

    name = "twilio"
    title = "Twilio"
    can_find = True
    settings: tuple[Setting, ...] = (
        Setting(
            name="account_sid",
            label="Account SID",
            help="On the first page of console.twilio.com; it begins with AC.",
        ),
        Setting(
            name="auth_token",
            label="Auth token",
            help="Beside the account SID. It signs what Twilio sends to us and lets us send texts.",
            secret=True,
        ),
        Setting(
            name="messaging_service_sid",
            label="Messaging service SID",
            help="Only if your numbers are in a messaging service (usual for US A2P registration); begins with MG.",
            required=False,
        ),
        Setting(
            name="greeting",
            label="Spoken greeting",
            help="What callers hear when a call reaches us, such as: Sorry we missed you, we will text you right now.",
            required=False,
        ),
        Setting(
            name="api_base",
            label="API address",
            help="Leave as it is, unless you test against a pretend Twilio.",
            required=False,
            default=rest.API,
        ),
    )

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:  # noqa: ARG002  no time is signed
        """Pass if Twilio signed this request with the connection's auth token, else raise `Forged`.

        Twilio signs no time, so an old request sent again verifies; its facts carry the same keys and count once.
        """
        signature.check(connection, request)

    def hear(self, connection: Connection, request: Request, now: datetime) -> Heard:
        """The facts in a verified request and the answer Twilio expects; raises `Malformed`."""
        greeting = connection.settings.get("greeting", "")
        match request.what:
            case "voice":
                fields = read(request)
                return Heard(
                    facts=calls.voice(fields, now, bool(greeting)), answer=_voice_answer(connection, fields, greeting)
                )
            case "status":
                return Heard(facts=calls.status(read(request), now, bool(greeting)), answer=twiml.NOTHING)
            case "recording":
                fields = read(request)
                answer = twiml.NOTHING if fields.get("RecordingStatus") else twiml.DONE
                return Heard(facts=calls.recording(fields, now), answer=answer)
            case "transcription":
                return Heard(facts=calls.transcription(read(request), now), answer=twiml.NOTHING)
            case "text":
                return Heard(facts=texts.text(read(request), now), answer=twiml.DONE)
            case "receipt":
                return Heard(facts=texts.receipt(read(request), now), answer=twiml.NOTHING)
        return Heard(facts=(_unknown(request),), answer=twiml.NOTHING)

    def send(self, connection: Connection, text: OutgoingText) -> HandedOver:
        """Hand one text to Twilio; raises `Refused`, `Unavailable` or `Unclear`."""
        service = connection.settings.get("messaging_service_sid", "")
        fields = {"To": text.to, "Body": text.body}
        fields |= {"MessagingServiceSid": service} if service else {"From": text.sender}
        if text.receipts_url:
            fields["StatusCallback"] = text.receipts_url
        return _handed_over(rest.post_message(rest.account(connection), fields))

    def find(
        self, connection: Connection, text: OutgoingText, since: datetime, known: frozenset[str] = frozenset()
    ) -> HandedOver | None:
        """The text as Twilio has it, if it took one to this recipient with these words since then; None if it did not.

        Twilio's DateSent filter passes over texts that still wait to be sent, so the time is compared here.
        """
        at = rest.account(connection)
        service = connection.settings.get("messaging_service_sid", "")
        query = {"To": text.to, "PageSize": str(PAGE)} | ({} if service else {"From": text.sender})
        path, earliest = f"/2010-04-01/Accounts/{at.sid}/Messages.json", since - CLOCKS_DIFFER
        for _ in range(MOST_PAGES):
            page = rest.get(at, path, query)
            recent = [message for message in _messages(page) if _created(message) >= earliest]
            found = next((each for each in recent if _is_it(each, text) and each.get("sid") not in known), None)
            if found:
                return _handed_over(found)
            if any(not message.get("body") for message in recent):
                raise Unclear(
                    "Twilio keeps no words of this account's texts, so it cannot say whether this one went out."
                )
            path, query = str(page.get("next_page_uri") or ""), {}
            if not path.startswith("/2010-04-01/") or not recent:
                return None
        raise Unclear("There are too many texts to this number to find one among them.")

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Sign in and look at the account; texts nobody."""
        try:
            at = rest.account(connection)
            account = rest.get(at, f"/2010-04-01/Accounts/{at.sid}.json")
        except Refused as refused:
            return (Finding(name="sign-in", ok=False, says="Twilio does not let us in.", fix=refused.detail),)
        except Unavailable as away:
            fix = "Check that this machine reaches api.twilio.com over HTTPS, then try again."
            return (Finding(name="sign-in", ok=False, says=away.detail, fix=fix),)
        signed_in = Finding(name="sign-in", ok=True, says="The account SID and auth token are right.")
        return (signed_in, _account_finding(account))

    def hooks(self, connection: Connection, address: str) -> TwilioHooks:
        """Makes signed webhooks of this connection for a product that answers under `address`."""
        return TwilioHooks(connection=connection, address=address)


def _voice_answer(connection: Connection, fields: Fields, greeting: str) -> Answer:
    """The greeting for a caller who is still there and has spoken to nobody; else an empty document, which hangs up."""
    spoke = fields.get("DialBridged").lower() == "true"
    there = fields.get("CallStatus") in ("ringing", "in-progress", "queued", "initiated")
    if greeting and there and not spoke and not fields.is_leg:
        return twiml.say(greeting, connection.settings.get("greeting_language") or "en-US")
    return twiml.DONE


def _unknown(request: Request) -> Ignored:
    why = "Nothing is known to do at this address; known are voice, status, recording, transcription, text and receipt."
    if not request.form:
        return Ignored(key=f"ignored:{request.what[:40]}", kind=request.what[:80], why=why)
    return read(request).ignored("unknown", why)


def _handed_over(message: dict[str, Any]) -> HandedOver:
    segments = str(message.get("num_segments") or "")
    status = texts.STATUSES.get(str(message.get("status")), "queued")
    return HandedOver(
        message=message["sid"],
        status=status,
        segments=int(segments) if segments.isdigit() and segments != "0" else None,
    )


def _messages(page: dict[str, Any]) -> list[dict[str, Any]]:
    messages = page.get("messages")
    if not isinstance(messages, list):
        raise Unavailable("Twilio's list of messages could not be read.")
    return [
        message
        for message in messages
        if isinstance(message, dict)
        and isinstance(message.get("sid"), str)
        and str(message.get("direction", "")).startswith("outbound")
    ]


def _is_it(message: dict[str, Any], text: OutgoingText) -> bool:
    """Same recipient and words; a trial account puts a sentence of its own before ours."""
    words = str(message.get("body") or "").strip()
    return message.get("to") == text.to and bool(words) and words.endswith(text.body.strip())


def _created(message: dict[str, Any]) -> datetime:
    try:
        created = parsedate_to_datetime(str(message.get("date_created")))
        return created.replace(tzinfo=created.tzinfo or UTC)
    except ValueError as wrong:
        raise Unavailable("Twilio's list of messages carries no time that could be read.") from wrong


def _account_finding(account: dict[str, Any]) -> Finding:
    status, kind = account.get("status"), account.get("type")
    if status != "active":
        fix = "Open console.twilio.com and follow what it asks for; usually a payment or a verification."
        return Finding(name="account", ok=False, says=f"The Twilio account is {status}, not active.", fix=fix)
    if kind == "Trial":
        fix = "Upgrade the account: a trial texts verified numbers only and adds its own words."
        return Finding(name="account", ok=False, says="The Twilio account is a trial.", fix=fix)
    return Finding(name="account", ok=True, says="The Twilio account is active.")
