"""What happened lately, by the provider's own lists: for the sweep at night and after an outage.

A fact from a list has the key its webhook had, so that what came already is kept once. The lists know less than the
webhooks: a call that was taken reads as `completed`, and nobody can say from them whether a person took it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from answerback.adapters.keywords import Words, answered
from answerback.adapters.numbers import caller, e164
from answerback.adapters.twiml_family import rest
from answerback.adapters.twiml_family.calls import ENDINGS
from answerback.adapters.twiml_family.fields import moment
from answerback.adapters.twiml_family.legs import LEG_RESULTS
from answerback.adapters.twiml_family.texts import MOST_MEDIA, STATUSES
from answerback.engine.events import (
    CallEnded,
    CallFact,
    CallRang,
    LegEnded,
    TextReceived,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.ports.errors import Refused
from answerback.ports.phone import Happened, ReceiptCame

PAGE = 200
MOST_PAGES = 50

OVER = frozenset({"completed", *ENDINGS})


@dataclass(frozen=True, slots=True)
class Call:
    """One inbound call of a line, as the list has it."""

    sid: str
    caller: str
    line: str
    began: datetime
    over: datetime
    item: Mapping[str, Any]

    def happened(self, key: str, event: CallFact, raw: Mapping[str, Any]) -> Happened:
        """A fact about this call."""
        return Happened(key=key, caller=self.caller, line=self.line, event=event, raw=dict(raw))


def facts(
    at: rest.Account, lines: frozenset[str], since: datetime, now: datetime, keywords: Words
) -> list[Happened | ReceiptCame]:
    """Every fact about calls and messages on these lines since then, oldest first; `keywords` were answered already."""
    found = [*_calls(at, lines, since, now), *_messages(at, lines, since, now, keywords)]
    return sorted(found, key=lambda fact: fact.event.at if isinstance(fact, Happened) else fact.at)


def _calls(at: rest.Account, lines: frozenset[str], since: datetime, now: datetime) -> Iterator[Happened]:
    query = {"StartTime>": since.date().isoformat(), "PageSize": str(PAGE)}
    every = list(rest.pages(at, f"{at.path}/Calls.json", query, "calls", MOST_PAGES))
    known = {call.sid: call for item in every if (call := _call(item, lines, since, now))}
    for call in known.values():
        yield call.happened(f"{call.sid}:rang", CallRang(at=call.began, call=call.sid, line=call.line), call.item)
        yield _end(call)
    for item in every:
        parent = known.get(str(item.get("parent_call_sid")))
        if parent is not None and item.get("status") in OVER:
            yield _leg(parent, item, now)
    if known:
        yield from _voicemails(at, known, since, now)


def _call(item: Mapping[str, Any], lines: frozenset[str], since: datetime, now: datetime) -> Call | None:
    line, sid = e164(str(item.get("to"))), str(item.get("sid") or "")
    began = moment(str(item.get("start_time"))) or moment(str(item.get("date_created")))
    inbound = str(item.get("direction")) == "inbound" and not item.get("parent_call_sid")
    if not inbound or line not in lines or not sid or began is None or began < since or item.get("status") not in OVER:
        return None
    over = moment(str(item.get("end_time"))) or began
    return Call(sid, caller(str(item.get("from") or "")), str(line), min(began, now), min(max(over, began), now), item)


def _end(call: Call) -> Happened:
    word = str(call.item.get("status"))
    outcome = ENDINGS.get(word, "unknown")
    talked = _seconds(call.item.get("duration")) if word == "completed" else None
    event = CallEnded(at=call.over, call=call.sid, line=call.line, outcome=outcome, talked_seconds=talked)
    return call.happened(f"{call.sid}:{word}", event, call.item)


def _leg(parent: Call, item: Mapping[str, Any], now: datetime) -> Happened:
    word, leg = str(item.get("status")), str(item.get("sid"))
    machine = str(item.get("answered_by") or "").startswith(("machine", "fax"))
    event = LegEnded(
        at=min(moment(str(item.get("end_time"))) or parent.over, now),
        call=parent.sid,
        line=parent.line,
        leg=leg,
        target=e164(str(item.get("to"))),
        result=LEG_RESULTS.get(word, "machine" if machine else "unknown"),
        talked_seconds=_seconds(item.get("duration")) if word == "completed" else 0,
    )
    return parent.happened(f"{leg}:leg:{word}", event, item)


def _voicemails(at: rest.Account, known: Mapping[str, Call], since: datetime, now: datetime) -> Iterator[Happened]:
    query = {"DateCreated>": since.date().isoformat(), "PageSize": str(PAGE)}
    whose: dict[str, Call] = {}
    for item in rest.pages(at, f"{at.path}/Recordings.json", query, "recordings", MOST_PAGES):
        call, seconds = known.get(str(item.get("call_sid"))), _seconds(item.get("duration"))
        if call is None or seconds is None or item.get("source", "RecordVerb") != "RecordVerb":
            continue
        sid = str(item.get("sid"))
        whose[sid] = call
        when = min(moment(str(item.get("date_created"))) or call.over, now)
        link = str(at.base.join(f"{at.path}/Recordings/{sid}"))
        left = VoicemailLeft(at=when, call=call.sid, line=call.line, seconds=seconds, media=link)
        yield call.happened(sid, left, item)
    if whose:
        yield from _words(at, whose, query, now)


def _words(at: rest.Account, whose: Mapping[str, Call], query: dict[str, str], now: datetime) -> Iterator[Happened]:
    try:
        every = list(rest.pages(at, f"{at.path}/Transcriptions.json", query, "transcriptions", MOST_PAGES))
    except Refused:  # an account that was never offered transcriptions has no such list
        return
    for item in every:
        call, words = whose.get(str(item.get("recording_sid"))), str(item.get("transcription_text") or "")
        if call is None or item.get("status") != "completed" or not words:
            continue
        when = min(moment(str(item.get("date_created"))) or call.over, now)
        said = VoicemailTranscribed(at=when, call=call.sid, line=call.line, text=words)
        yield call.happened(f"{item.get('sid')}:words", said, item)


def _messages(
    at: rest.Account, lines: frozenset[str], since: datetime, now: datetime, keywords: Words
) -> Iterator[Happened | ReceiptCame]:
    query = {"DateSent>": since.date().isoformat(), "PageSize": str(PAGE)}
    for item in rest.pages(at, f"{at.path}/Messages.json", query, "messages", MOST_PAGES):
        when = moment(str(item.get("date_sent"))) or moment(str(item.get("date_created")))
        sid = str(item.get("sid") or "")
        if when is None or when < since or not sid:
            continue
        if str(item.get("direction")) == "inbound":
            yield from _answered(_text(at, item, sid, min(when, now), lines), keywords)
        elif e164(str(item.get("from"))) in lines or item.get("messaging_service_sid"):
            yield from _receipt(at, item, sid, min(when, now))


def _answered(texts: Iterator[Happened], keywords: Words) -> Iterator[Happened]:
    """The same texts, with what the provider has answered by itself."""
    for each in texts:
        event = each.event
        assert isinstance(event, TextReceived)
        yield replace(each, event=replace(event, keyword=answered(event.text, each.line, keywords)))


def _text(
    at: rest.Account, item: Mapping[str, Any], sid: str, when: datetime, lines: frozenset[str]
) -> Iterator[Happened]:
    line, sender = e164(str(item.get("to"))), e164(str(item.get("from")))
    if line is None or line not in lines or sender is None:
        return
    pictures = _pictures(at, sid) if (_seconds(item.get("num_media")) or 0) > 0 else ()
    event = TextReceived(at=when, line=line, text=str(item.get("body") or ""), media=pictures)
    yield Happened(key=sid, caller=sender, line=line, event=event, raw=dict(item))


def _pictures(at: rest.Account, message: str) -> tuple[str, ...]:
    path = f"{at.path}/Messages/{message}/Media"
    listed = rest.pages(at, f"{path}.json", {"PageSize": str(MOST_MEDIA)}, "media_list", 1)
    return tuple(str(at.base.join(f"{path}/{item.get('sid')}")) for item in listed)


def _receipt(at: rest.Account, item: Mapping[str, Any], sid: str, when: datetime) -> Iterator[ReceiptCame]:
    word, code = str(item.get("status")), str(item.get("error_code") or "")
    status = STATUSES.get(word)
    if status is None:
        return
    failed = status == "undelivered"
    yield ReceiptCame(
        key=f"{sid}:{word}",
        message=sid,
        status=status,
        at=when,
        failure=at.dialect.failure(code) if failed else None,
        detail=at.dialect.says(code) if failed else "",
        raw=dict(item),
    )


def _seconds(value: Any) -> int | None:
    written = str(value if value is not None else "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 8 else None
