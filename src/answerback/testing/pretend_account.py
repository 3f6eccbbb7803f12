"""The rest of a pretend Twilio's account: numbers, lists of calls and recordings, look-ups, registrations, media.

What is not here answers 404, as the real one does. See `pretend_twilio`.
"""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from answerback.testing.pretend_http import Ask, Reply

ABLE = {"voice": True, "sms": True, "mms": True, "fax": False}


@dataclass(kw_only=True)
class PretendAccount:
    """What the account has. `numbers` are keyed by number, `media` by path (content type, bytes, or where it moved)."""

    numbers: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[dict[str, Any]] = field(default_factory=list)
    recordings: list[dict[str, Any]] = field(default_factory=list)
    transcriptions: list[dict[str, Any]] = field(default_factory=list)
    inbound: list[dict[str, Any]] = field(default_factory=list)
    pictures: dict[str, list[str]] = field(default_factory=dict)
    line_types: dict[str, tuple[str, str]] = field(default_factory=dict)
    campaign: str = ""
    toll_free: dict[str, str] = field(default_factory=dict)
    media: dict[str, tuple[str, bytes] | str] = field(default_factory=dict)
    changes: list[dict[str, str]] = field(default_factory=list)
    placed: list[dict[str, str]] = field(default_factory=list)

    def own(self, number: str, **more: Any) -> dict[str, Any]:
        """Give the account a number, with nothing set."""
        owned = {
            "sid": f"PN{len(self.numbers) + 1:032x}",
            "phone_number": number,
            "voice_url": "https://demo.twilio.com/welcome/voice/",
            "voice_method": "POST",
            "voice_fallback_url": "",
            "status_callback": "",
            "status_callback_method": "POST",
            "sms_url": "",
            "sms_method": "POST",
            "voice_application_sid": "",
            "sms_application_sid": "",
            "trunk_sid": None,
            "capabilities": dict(ABLE),
            **more,
        }
        self.numbers[number] = owned
        return owned

    def answer(self, ask: Ask, account: str) -> Reply | None:
        """The reply to a request below this account's path or at one of the other hosts; None where there is none."""
        if ask.path in self.media:
            return self._media(self.media[ask.path])
        if ask.path.startswith("/v2/PhoneNumbers/"):
            return self._look_up(ask.path.rpartition("/")[2])
        if ask.path.startswith("/v1/"):
            return self._registration(ask.path)
        if ask.path == f"{account}/Calls.json" and ask.method == "POST":
            return self._call(dict(parse_qsl(ask.body.decode(), keep_blank_values=True)))
        lists: dict[str, tuple[str, list[dict[str, Any]]]] = {
            f"{account}/Calls.json": ("calls", self.calls),
            f"{account}/Recordings.json": ("recordings", self.recordings),
            f"{account}/Transcriptions.json": ("transcriptions", self.transcriptions),
        }
        if ask.path in lists:
            return _page(ask, *lists[ask.path])
        return self._numbers(ask, account) or self._pictures(ask, account)

    def _call(self, asked: dict[str, str]) -> Reply:
        """Place a call; only from a number of the account, as the real one does."""
        if asked.get("From") not in self.numbers:
            return Reply(400, json.dumps({"code": 21210, "message": "The From number is not verified"}).encode())
        self.placed.append(asked)
        return _json({"sid": f"CA{len(self.placed):032x}", "status": "queued"})

    def _numbers(self, ask: Ask, account: str) -> Reply | None:
        if ask.path == f"{account}/IncomingPhoneNumbers.json":
            wanted = ask.query.get("PhoneNumber")
            found = [owned for number, owned in self.numbers.items() if wanted in (None, number)]
            return _page(ask, "incoming_phone_numbers", found)
        sid = ask.path.removeprefix(f"{account}/IncomingPhoneNumbers/").removesuffix(".json")
        owned = next((each for each in self.numbers.values() if each["sid"] == sid), None)
        if owned is None:
            return None
        if ask.method == "POST":
            change = dict(parse_qsl(ask.body.decode(), keep_blank_values=True))
            self.changes.append(change)
            owned.update({_snake(name): value for name, value in change.items()})
        return _json(owned)

    def _pictures(self, ask: Ask, account: str) -> Reply | None:
        message = ask.path.removeprefix(f"{account}/Messages/").removesuffix("/Media.json")
        if message not in self.pictures:
            return None
        return _page(ask, "media_list", [{"sid": sid} for sid in self.pictures[message]])

    def _look_up(self, number: str) -> Reply | None:
        if number not in self.line_types:
            return None
        kind, carrier = self.line_types[number]
        told = {"type": kind, "carrier_name": carrier, "error_code": None}
        return _json({"phone_number": number, "valid": True, "line_type_intelligence": told})

    def _registration(self, path: str) -> Reply | None:
        if path == "/v1/Tollfree/Verifications":
            found = [{"tollfree_phone_number": number, "status": word} for number, word in self.toll_free.items()]
            return _json({"verifications": found})
        if path.endswith("/Compliance/Usa2p"):
            return _json({"compliance": [{"campaign_status": self.campaign}] if self.campaign else []})
        return None

    def _media(self, what: tuple[str, bytes] | str) -> Reply:
        if isinstance(what, str):
            return Reply(302, b"", headers=f"Location: {what}\r\n".encode())
        kind, content = what
        return Reply(200, content, headers=f"Content-Type: {kind}\r\n".encode())


def _page(ask: Ask, part: str, items: list[dict[str, Any]]) -> Reply:
    size, page = int(ask.query.get("PageSize", "50")), int(ask.query.get("Page", "0"))
    more = len(items) > (page + 1) * size
    following = f"{ask.path}?PageSize={size}&Page={page + 1}" if more else None
    return _json({part: items[page * size : (page + 1) * size], "page": page, "next_page_uri": following})


def _json(value: Any) -> Reply:
    return Reply(200, json.dumps(value).encode())


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
