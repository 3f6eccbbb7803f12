"""A pretend Twilio REST API over real HTTP on loopback, for tests and the benchmark.

It answers like the real one as far as answerback can tell: Basic auth, the form's checks with Twilio's error codes, a
message list with filters and pages, signed status callbacks. Every failure a network has can be asked for, whole or as
a share. It is built on asyncio and the standard library to be fast enough that it is never the slowest part.

It never leaves the machine it runs on: it binds to 127.0.0.1, and its tokens are pretend ones.

    with PretendTwilio() as twilio:
        connection = Connection(id=1, provider="twilio", settings=twilio.settings())

As a process of its own, which prints one JSON line with its address: `python -m answerback.testing.pretend_twilio`.
"""

import argparse
import asyncio
import json
import re
import sys
import threading
import time
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from answerback.adapters.twiml_family.hooks import signed_form
from answerback.testing.pretend_account import PretendAccount
from answerback.testing.pretend_http import Ask, Fault, FaultKind, Loopback, Reply
from answerback.workflow import clock

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "pretend-token-of-thirty-two-char"  # noqa: S105  a pretend secret of a pretend service

_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_SAYS = {
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "An internal server error has occurred",
    21211: "The 'To' number is not a valid phone number.",
    21266: "'To' and 'From' number cannot be the same",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21609: "The 'StatusCallback' URL is not a valid URL.",
    21610: "Attempt to send to unsubscribed recipient",
    21617: "The concatenated message body exceeds the 1600 character limit",
}


@dataclass(kw_only=True, slots=True)
class Kept:
    """A text the pretend Twilio has taken. `arrived_ns` is `time.monotonic_ns` of this machine."""

    sid: str
    to: str
    sender: str
    body: str
    service: str
    callback: str
    created: datetime
    arrived_ns: int
    media: tuple[str, ...] = ()
    status: str = "queued"
    error_code: int | None = None


@dataclass(kw_only=True)
class PretendTwilio(Loopback):
    """The server and everything it remembers. `start` runs it in a thread, `stop` ends it; or use it in a `with`."""

    account_sid: str = ACCOUNT
    auth_token: str = TOKEN
    delay: float = 0.0
    prefix: str = "/2010-04-01"
    header: str = "X-Twilio-Signature"
    """Where its resources are and how it signs; others of the family differ."""
    callbacks: tuple[str, ...] = ()
    """Statuses reported to each text's StatusCallback in turn, such as ("sent", "delivered")."""
    callbacks_to: str = ""
    """host:port to deliver callbacks to when the signed public address is not where the product listens."""
    outcomes: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Recipient -> the final (status, error code) reported instead of the last of `callbacks`."""
    account_status: str = "active"
    faults: list[Fault] = field(default_factory=list)
    counters: Counter[str] = field(default_factory=Counter)
    texts: dict[str, list[Kept]] = field(default_factory=lambda: defaultdict(list))
    by_sid: dict[str, Kept] = field(default_factory=dict)
    account: PretendAccount = field(default_factory=PretendAccount)
    """Its numbers, calls, recordings and whatever else it is asked for."""

    def settings(self, **more: str) -> dict[str, str]:
        """Settings for a connection of the Twilio adapter that reach this server."""
        return {"account_sid": self.account_sid, "auth_token": self.auth_token, "api_base": self.url, **more}

    def fault(self, kind: FaultKind, **how: Any) -> Fault:
        """Ask for one more kind of failure; see `Fault`. Returns it, so that it can be taken out of `faults` again."""
        fault = Fault(kind=kind, **how)
        self.faults.append(fault)
        return fault

    def texts_to(self, number: str) -> tuple[Kept, ...]:
        """Every text taken for this number, oldest first."""
        return tuple(self.texts.get(number, ()))

    async def _serve(self, ready: threading.Event) -> None:
        self._auth = b"Basic " + b64encode(f"{self.account_sid}:{self.auth_token}".encode())
        self._posting = asyncio.Semaphore(32)
        self._tasks: set[asyncio.Task[None]] = set()
        await super()._serve(ready)

    # What it answers.

    def answer(self, ask: Ask) -> Reply:
        """The reply to one request."""
        self.counters["requests"] += 1
        if ask.path.startswith("/_"):
            return self._control(ask)
        if ask.headers.get(b"authorization") != self._auth:
            return self._error(401, 20003)
        account = f"{self.prefix}/Accounts/{self.account_sid}"
        if ask.path == f"{account}/Messages.json":
            return self._create(ask) if ask.method == "POST" else self._list(ask)
        if ask.path == f"{account}.json":
            return self._json(200, {"sid": self.account_sid, "status": self.account_status, "type": "Full"})
        message = self.by_sid.get(ask.path.removeprefix(f"{account}/Messages/").removesuffix(".json"))
        if message:
            return self._json(200, self._shown(message))
        return self.account.answer(ask, account) or self._error(404, 20404)

    def _create(self, ask: Ask) -> Reply:
        pairs = parse_qsl(ask.body.decode(), keep_blank_values=True)
        form = dict(pairs)
        to = form.get("To", "")
        if code := _wrong_with(form):
            return self._error(400, code)
        fault = next((fault for fault in self.faults if fault.strikes(to)), None)
        form["_media"] = "\n".join(value for name, value in pairs if name == "MediaUrl")
        if fault is None:
            return self._taken(form)
        self.counters[f"fault_{fault.kind}"] += 1
        return self._failed(fault, form)

    def _failed(self, fault: Fault, form: Mapping[str, str]) -> Reply:
        match fault.kind:
            case "refuse":
                return self._error(fault.status, fault.code)
            case "rate_limit":
                reply = self._error(429, 20429)
                reply.headers = b"Retry-After: %d\r\n" % int(fault.seconds)
                return reply
            case "error":
                return self._error(500, 20500)
            case "gateway":
                return Reply(502, b"<html>Bad Gateway</html>")
            case "drop":
                return Reply(0, then="close")
        if fault.kind == "hang" and not fault.accepts:
            return Reply(0, then="hang")
        reply = self._taken(form)
        reply.delay += fault.seconds if fault.kind == "slow" else 0
        reply.then = {"hang": "hang", "lose": "close", "slow": "answer"}[fault.kind]  # type: ignore[assignment]
        return reply

    def _taken(self, form: Mapping[str, str]) -> Reply:
        number = len(self.by_sid) + 1
        message = Kept(
            sid=f"SM{number:032x}",
            to=form["To"],
            sender=form.get("From", ""),
            body=form.get("Body", ""),
            service=form.get("MessagingServiceSid", ""),
            callback=form.get("StatusCallback", ""),
            created=clock.now(),
            arrived_ns=time.monotonic_ns(),
            media=tuple(form.get("_media", "").split()),
        )
        self.by_sid[message.sid] = message
        self.texts[message.to].append(message)
        self.counters["taken"] += 1
        if message.callback and self.callbacks:
            self._spawn(message)
        return self._json(201, self._shown(message))

    def _shown(self, message: Kept) -> dict[str, Any]:
        created = format_datetime(message.created)
        return {
            "account_sid": self.account_sid,
            "api_version": "2010-04-01",
            "body": message.body,
            "date_created": created,
            "date_sent": None if message.status == "queued" else created,
            "date_updated": created,
            "direction": "outbound-api",
            "error_code": message.error_code,
            "error_message": None,
            "from": message.sender or None,
            "messaging_service_sid": message.service or None,
            "num_media": str(len(message.media)),
            "num_segments": str(_segments(message.body)),
            "sid": message.sid,
            "status": message.status,
            "to": message.to,
            "uri": f"{self.prefix}/Accounts/{self.account_sid}/Messages/{message.sid}.json",
        }

    def _list(self, ask: Ask) -> Reply:
        self.counters["lists"] += 1
        size, page = int(ask.query.get("PageSize", "50")), int(ask.query.get("Page", "0"))
        to = ask.query.get("To")
        kept = self.texts.get(to, []) if to else list(self.by_sid.values())
        wanted = [message for message in reversed(kept) if _matches(message, ask.query)]
        part = wanted[page * size : (page + 1) * size]
        more = len(wanted) > (page + 1) * size
        rest = "&".join(f"{quote(k)}={quote(v)}" for k, v in ask.query.items() if k != "Page")
        return self._json(
            200,
            {
                "messages": [self._shown(message) for message in part] + ([] if to or page else self.account.inbound),
                "page": page,
                "page_size": size,
                "next_page_uri": f"{ask.path}?{rest}&Page={page + 1}" if more else None,
            },
        )

    def _control(self, ask: Ask) -> Reply:
        if ask.path == "/_faults" and ask.method == "POST":
            self.faults[:] = [Fault(**fault) for fault in json.loads(ask.body)]
            return Reply(204, b"")
        if ask.path != "/_state":
            return self._error(404, 20404)
        state: dict[str, Any] = {"counters": dict(self.counters), "cpu_seconds": time.process_time()}
        if ask.query.get("messages") != "0":
            state["messages"] = {
                to: [asdict(message) | {"created": message.created.isoformat()} for message in kept]
                for to, kept in self.texts.items()
            }
        return Reply(200, json.dumps(state).encode())

    def _json(self, status: int, value: Mapping[str, Any]) -> Reply:
        return Reply(status, json.dumps(value).encode(), delay=self.delay)

    def _error(self, status: int, code: int) -> Reply:
        self.counters[f"answered_{status}"] += 1
        more = f"https://www.twilio.com/docs/errors/{code}"
        return self._json(
            status, {"code": code, "message": _SAYS.get(code, "Refused"), "more_info": more, "status": status}
        )

    # What it reports by itself.

    def _spawn(self, message: Kept) -> None:
        assert self._loop
        task = self._loop.create_task(self._report(message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _report(self, message: Kept) -> None:
        last, code = self.outcomes.get(message.to, (self.callbacks[-1], 0))
        for status in (*self.callbacks[:-1], last):
            await asyncio.sleep(self.delay)
            message.status = status
            message.error_code = code or None if status == last else None
            fields = {"MessageSid": message.sid, "MessageStatus": status, "To": message.to, "From": message.sender}
            fields |= {"AccountSid": self.account_sid, "ApiVersion": "2010-04-01"}
            if message.error_code:
                fields["ErrorCode"] = str(code)
            async with self._posting:
                await self._post(message.callback, fields)

    async def _post(self, url: str, fields: Mapping[str, str]) -> None:
        signed = signed_form(url, fields, self.auth_token, self.header)
        where = urlsplit(url)
        host, _, port = (self.callbacks_to or where.netloc).partition(":")
        head = f"POST {where.path}{'?' + where.query if where.query else ''} HTTP/1.1\r\nHost: {where.netloc}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in signed.headers.items())
        head += f"Content-Length: {len(signed.body)}\r\nConnection: close\r\n\r\n"
        try:
            reader, writer = await asyncio.open_connection(host, int(port or 80))
            writer.write(head.encode() + signed.body)
            line = await asyncio.wait_for(reader.readline(), 15)
            writer.close()
            self.counters[f"callback_{line[9:12].decode()}"] += 1
        except (OSError, ValueError, TimeoutError):
            self.counters["callback_failed"] += 1


def _wrong_with(form: Mapping[str, str]) -> int | None:
    to, sender, body = form.get("To", ""), form.get("From", ""), form.get("Body", "")
    callback = form.get("StatusCallback", "")
    checks = (
        (not to, 21604),
        (not _E164.fullmatch(to), 21211),
        (not sender and not form.get("MessagingServiceSid"), 21603),
        (to == sender, 21266),
        (not body and "MediaUrl" not in form, 21602),
        (len(body) > 1600, 21617),
        (bool(callback) and not callback.startswith(("http://", "https://")), 21609),
    )
    return next((code for wrong, code in checks if wrong), None)


def _matches(message: Kept, query: Mapping[str, str]) -> bool:
    day = message.created.date().isoformat()
    return (
        query.get("From", message.sender) == message.sender
        and query.get("DateSent", day) == day
        and query.get("DateSent>", "") <= day <= query.get("DateSent<", "9999")
    )


def _segments(body: str) -> int:
    alone, part = (160, 153) if body.isascii() else (70, 67)
    return 1 if len(body) <= alone else -(-len(body) // part)


def main(arguments: list[str] | None = None) -> None:
    """Run as a process until the terminal or the parent ends it; prints one JSON line once it listens."""
    read = argparse.ArgumentParser(prog="pretend_twilio", description="A pretend Twilio REST API on loopback.")
    read.add_argument("--port", type=int, default=0, help="0 takes a free one")
    read.add_argument("--delay-ms", type=float, default=0.0, help="how long every answer takes")
    read.add_argument("--account-sid", default=ACCOUNT)
    read.add_argument("--auth-token", default=TOKEN)
    read.add_argument("--callbacks", default="", help="statuses to report, comma-separated: sent,delivered")
    read.add_argument("--callbacks-to", default="", help="host:port to deliver them to")
    given = read.parse_args(arguments)
    twilio = PretendTwilio(
        port=given.port,
        delay=given.delay_ms / 1000,
        account_sid=given.account_sid,
        auth_token=given.auth_token,
        callbacks=tuple(filter(None, given.callbacks.split(","))),
        callbacks_to=given.callbacks_to,
    ).start()
    sys.stdout.write(json.dumps({"port": twilio.port, **twilio.settings()}) + "\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        threading.Event().wait()
    twilio.stop()


if __name__ == "__main__":
    main()
