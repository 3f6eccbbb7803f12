"""Which request goes where: the last part of our address says what it is about."""

from collections.abc import Callable, Mapping
from datetime import datetime

from answerback.adapters.keywords import owned
from answerback.adapters.twiml_family import calls, flow, our_calls, texts
from answerback.adapters.twiml_family.dialect import Dialect
from answerback.adapters.twiml_family.document import DONE, NOTHING
from answerback.adapters.twiml_family.fields import read
from answerback.ports.connection import Connection, Request
from answerback.ports.phone import Heard, Ignored

STEPS: Mapping[str, Callable[[flow.Step], Heard]] = {
    "voice": flow.voice,
    "status": flow.status,
    "whisper": flow.whisper,
    "accept": flow.accept,
    "machine": flow.machine,
    "menu": flow.menu,
    "recording": flow.recording,
    "test": flow.test,
}
"""The addresses at which a call is told about, step by step."""

OTHERS = ("transcription", "text", "receipt")


def hear(dialect: Dialect, connection: Connection, request: Request, now: datetime) -> Heard:
    """The facts in a verified request and the answer the provider expects; raises `Malformed`."""
    if request.what in our_calls.STEPS:
        return Heard(facts=(), answer=NOTHING, our_call=our_calls.heard(request.what, read(request, dialect.title)))
    if request.what not in STEPS and request.what not in OTHERS:
        return Heard(facts=(_unknown(request, dialect.title),), answer=NOTHING)
    fields = read(request, dialect.title)
    if act := STEPS.get(request.what):
        return act(flow.step(dialect, connection, request, fields, now))
    match request.what:
        case "transcription":
            return Heard(facts=calls.transcription(fields, now), answer=NOTHING)
        case "text":
            return Heard(facts=texts.text(dialect, fields, now, owned(connection, dialect.keywords)), answer=DONE)
    return Heard(facts=texts.receipt(dialect, fields, now), answer=NOTHING)


def _unknown(request: Request, title: str) -> Ignored:
    why = f"Nothing is known to do at this address; known are {', '.join((*STEPS, *OTHERS))}."
    if not request.form:
        return Ignored(key=f"ignored:{request.what[:40]}", kind=request.what[:80], why=why)
    return read(request, title).ignored("unknown", why)
