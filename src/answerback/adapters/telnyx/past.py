"""What happened lately, by Telnyx's lists: its TeXML calls (which read like the family's) and its records of messages.

A record of a message has no words; an incoming one is asked for by its id, which Telnyx answers for ten days.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from answerback.adapters.numbers import caller, e164
from answerback.adapters.telnyx import api, texts
from answerback.adapters.twiml_family.calls import ENDINGS
from answerback.adapters.twiml_family.fields import moment
from answerback.engine.events import CallEnded, CallRang
from answerback.ports.errors import Refused
from answerback.ports.phone import Happened, ReceiptCame

PAGE = 250
MOST_PAGES = 40

OVER = frozenset({"completed", *ENDINGS})


def facts(
    at: api.Key, account: str, lines: frozenset[str], since: datetime, now: datetime
) -> list[Happened | ReceiptCame]:
    """Every fact about calls and messages on these lines since then, oldest first."""
    found = [*(_calls(at, account, lines, since, now) if account else ()), *_messages(at, lines, since, now)]
    return sorted(found, key=lambda fact: fact.event.at if isinstance(fact, Happened) else fact.at)


def _calls(at: api.Key, account: str, lines: frozenset[str], since: datetime, now: datetime) -> Iterator[Happened]:
    path: str = f"/v2/texml/Accounts/{quote(account)}/Calls"
    query: dict[str, str] = {"StartTime>": since.date().isoformat(), "PageSize": str(PAGE)}
    for _ in range(MOST_PAGES):
        page = api.get(at, path, query)
        for item in _objects(page.get("calls")):
            yield from _call(item, lines, since, now)
        path, query = str(page.get("next_page_uri") or ""), {}
        if not path.startswith("/v2/"):
            return


def _call(item: Mapping[str, Any], lines: frozenset[str], since: datetime, now: datetime) -> Iterator[Happened]:
    line, sid, word = e164(str(item.get("to"))), str(item.get("sid") or "")[:80], str(item.get("status"))
    began = moment(str(item.get("start_time"))) or moment(str(item.get("date_created")))
    inbound = item.get("direction") == "inbound" and word in OVER
    if not inbound or line is None or line not in lines or not sid or began is None or began < since:
        return
    who, began = caller(str(item.get("from") or "")), min(began, now)
    over = min(max(moment(str(item.get("end_time"))) or began, began), now)
    seconds = str(item.get("duration") or "")
    talked = int(seconds) if word == "completed" and seconds.isdigit() and len(seconds) < 8 else None
    rang = CallRang(at=began, call=sid, line=line)
    ended = CallEnded(at=over, call=sid, line=line, outcome=ENDINGS.get(word, "unknown"), talked_seconds=talked)
    yield Happened(key=f"{sid}:rang", caller=who, line=line, event=rang, raw=item)
    yield Happened(key=f"{sid}:{word}", caller=who, line=line, event=ended, raw=item)


def _messages(at: api.Key, lines: frozenset[str], since: datetime, now: datetime) -> Iterator[Happened | ReceiptCame]:
    query = {"filter[record_type]": "messaging", "filter[created_at][gte]": since.isoformat(), "sort": "created_at"}
    for page in range(1, MOST_PAGES + 1):
        said = api.get(at, "/v2/detail_records", {**query, "page[number]": str(page), "page[size]": "50"})
        records = _objects(said.get("data"))
        for record in records:
            ours = e164(str(record.get("cld" if record.get("direction") == "inbound" else "cli")))
            if ours in lines:
                yield from _message(at, record, now)
        if len(records) < 50:
            return


def _message(at: api.Key, record: Mapping[str, Any], now: datetime) -> Iterator[Happened | ReceiptCame]:
    message = str(record.get("uuid") or record.get("id") or "")[:80]
    if not message:
        return
    try:
        item = api.get(at, f"/v2/messages/{quote(message)}").get("data")
    except Refused:  # older than ten days
        return
    if not isinstance(item, dict):
        return
    when = texts.moment(record.get("completed_at") or record.get("created_at"), now)
    if record.get("direction") == "inbound":
        said = texts.text_of(item, when)
        if said is not None:
            sender, line, text = said
            yield Happened(key=message, caller=sender, line=line, event=text, raw=item)
        return
    to = item.get("to")
    first = to[0] if isinstance(to, list) and to and isinstance(to[0], dict) else {}
    came = texts.receipt_of(message, item, first, when)
    if came is not None:
        yield came


def _objects(items: Any) -> list[dict[str, Any]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
