"""Pretend calls: started by a script, then left alone or bent by somebody who picks up, hangs up or leaves a message.

A call is one row of moments; what phase it is in follows from the time alone. Bending a call drops the facts planned
for later and plans others, in one transaction. Never here: whether a call was missed (the engine decides that).
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from answerback.adapters.simulator import webhooks
from answerback.adapters.simulator.scripts import (
    Scripted,
    ending,
    outcome_named,
    recording,
    script,
    usual_ring,
    voicemail_seconds,
)
from answerback.adapters.simulator.tables import Tables, moment_of, stamp
from answerback.engine.events import CallOutcome
from answerback.ports.phone import WITHHELD

Phase = Literal["to come", "ringing", "talking", "voicemail", "over"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One pretend call; `ended_at` is None while it is open how long it goes on. `ring` is in seconds.

    `called` is the customer whom the shop called back; then there is no `caller`.
    """

    key: str
    caller: str
    line: str
    at: datetime
    ring: int
    outcome: CallOutcome
    voicemail: str = ""
    called: str = ""
    answered_at: datetime | None = None
    voicemail_at: datetime | None = None
    ended_at: datetime | None = None

    def phase(self, now: datetime) -> Phase:
        """What is going on at this moment."""
        if now < self.at:
            return "to come"
        if self.ended_at is not None and now >= self.ended_at:
            return "over"
        if self.answered_at is not None and now >= self.answered_at:
            return "talking"
        if self.voicemail_at is not None and now >= self.voicemail_at:
            return "voicemail"
        return "ringing"

    def seconds(self, now: datetime) -> int:
        """How long the present phase has lasted, in whole seconds."""
        since = {"talking": self.answered_at, "voicemail": self.voicemail_at, "over": self.ended_at}
        return max(0, int((now - (since.get(self.phase(now)) or self.at)).total_seconds()))


class Calls:
    """The calls of one world."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def start(
        self, caller: str, line: str, at: datetime, *, ring: int | None, outcome: str, talk: int, words: str, menu: str
    ) -> Call:
        """Let a caller ring at `line` and plan what follows; see `PhoneWorld.call`."""
        ends_as = outcome_named(outcome)
        rings = usual_ring(ends_as) if ring is None else ring
        course = script(ends_as, ring=rings, talk=talk, words=words, menu_choice=menu or None)
        with self._tables.write() as db:
            made = db.execute(
                "INSERT INTO call (caller, line, at, ring, answered_at, voicemail_at, ended_at, outcome, voicemail) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    caller,
                    line,
                    stamp(at),
                    rings,
                    _moment_after(at, course.answered),
                    _moment_after(at, course.voicemail),
                    _moment_after(at, course.ended),
                    ends_as,
                    words,
                ),
            )
            call = _call(self._row(db, made.lastrowid or 0), self._tables.tag)
            self._plan(db, call, at, course.facts)
        return call

    def of(self, number: str) -> tuple[Call, ...]:
        """Every call this number made or was called back by, oldest first."""
        return self._all("SELECT * FROM call WHERE caller = ? OR called = ? ORDER BY at, id", number, number)

    def on(self, line: str, now: datetime) -> tuple[Call, ...]:
        """The calls going on at this line, oldest first."""
        found = "SELECT * FROM call WHERE line = ? AND at <= ? AND (ended_at IS NULL OR ended_at > ?) ORDER BY at, id"
        return self._all(found, line, stamp(now), stamp(now))

    def current(self, number: str, now: datetime) -> Call | None:
        """The call this number is in, if any."""
        going_on = [call for call in self.of(number) if call.phase(now) in {"ringing", "talking", "voicemail"}]
        return going_on[-1] if going_on else None

    def answer(self, number: str, at: datetime, phone: str) -> bool:
        """Somebody at the shop picks up, on this phone if it is known; False if nothing rings any more."""
        taken = {"by": "person"} | ({"target": phone} if phone else {})
        facts = (_at_once("leg", result="answered"), _at_once("answered", **taken))
        return self._bend(number, at, {"ringing"}, facts, answered_at=at, ended_at=None, outcome="answered_human")

    def ring_out(self, number: str, at: datetime) -> bool:
        """Skip to the moment at which nobody picked up; False if nothing rings any more."""
        call = self.current(number, at)
        rang = 0 if call is None else call.ring
        facts = (_at_once("leg", result="no_answer"), _at_once("ended", **ending("no_answer", rang=rang)))
        return self._bend(number, at, {"ringing"}, facts, ended_at=at, outcome="no_answer")

    def to_voicemail(self, number: str, at: datetime) -> bool:
        """Skip to the beep; False if nothing rings any more."""
        facts = (_at_once("leg", result="no_answer"),)
        return self._bend(number, at, {"ringing"}, facts, voicemail_at=at, ended_at=None, outcome="voicemail")

    def leave_voicemail(self, number: str, words: str, at: datetime) -> bool:
        """Say these words after the beep and hang up; False if no recording is running."""
        call = self.current(number, at)
        rang = 0 if call is None else call.ring
        facts = recording(words, seconds=voicemail_seconds(words), rang=rang, after=0)
        return self._bend(number, at, {"voicemail"}, facts, ended_at=at, outcome="voicemail", voicemail=words)

    def hang_up(self, number: str, at: datetime) -> bool:
        """The caller, or after picking up the shop, hangs up; False if there is no call."""
        call = self.current(number, at)
        if call is None:
            return False
        if call.answered_at is not None and call.phase(at) == "talking":
            outcome, rang, talked = "answered_human", (call.answered_at - call.at).seconds, call.seconds(at)
        else:
            outcome, rang, talked = "abandoned", (at - call.at).seconds, None
        fields = ending(outcome_named(outcome), rang=rang, talked=talked)
        phases: set[Phase] = {"ringing", "talking", "voicemail"}
        return self._bend(number, at, phases, (_at_once("ended", **fields),), ended_at=at, outcome=outcome)

    def call_back(self, line: str, number: str, at: datetime, *, talked: bool) -> None:
        """A person of the shop phones this number from `line`."""
        with self._tables.write() as db:
            made = db.execute(
                "INSERT INTO call (caller, called, line, at, ring, ended_at, outcome, voicemail) "
                "VALUES ('', ?, ?, ?, 0, ?, ?, '')",
                (number, line, stamp(at), stamp(at), "answered_human" if talked else "no_answer"),
            )
            call = _call(self._row(db, made.lastrowid or 0), self._tables.tag)
            self._plan(db, call, at, (_at_once("called_back", caller=number, talked=talked),))

    def report(self, caller: str, line: str, at: datetime, kind: str, fields: Mapping[str, object]) -> None:
        """Let the phone system report a fact of any kind, as it is; what has no `call` is about none."""
        with self._tables.write() as db:
            self._report(db, line, at, {"kind": kind, "caller": _shown(caller), "line": line, **fields})

    def _report(
        self, db: sqlite3.Connection, line: str, at: datetime, fields: Mapping[str, object], subject: str = ""
    ) -> None:
        row = db.execute("SELECT * FROM line WHERE number = ?", (line,)).fetchone()
        if row is None:
            raise LookupError(f"No line {line} in this phone world: tell it about the line first (connect).")
        webhooks.plan(
            db,
            connection=row["connection"],
            what="call",
            url=f"{row['hooks_url']}/call",
            subject=subject or str(fields.get("call", "")),
            at=at,
            fields=fields,
            tag=self._tables.tag,
        )

    def _bend(
        self,
        number: str,
        at: datetime,
        phases: set[Phase],
        facts: tuple[Scripted, ...],
        **changes: datetime | str | None,
    ) -> bool:
        """Change the course of the call this number is in, if it is still in one of these phases."""
        with self._tables.write() as db:
            call = self.current(number, at)
            if call is None or call.phase(at) not in phases:
                return False
            settings = ", ".join(f"{name} = ?" for name in changes)
            values = [stamp(value) if isinstance(value, datetime) else value for value in changes.values()]
            row = call.key.rpartition("-")[2]
            db.execute(f"UPDATE call SET {settings} WHERE id = ?", (*values, row))  # noqa: S608 - our own names
            webhooks.unplan(db, subject=call.key, after=at)
            self._plan(db, call, at, facts)
        return True

    def _plan(self, db: sqlite3.Connection, call: Call, at: datetime, facts: tuple[Scripted, ...]) -> None:
        for fact in facts:
            fields = {"kind": fact.kind, "call": call.key, "caller": _shown(call.caller), "line": call.line}
            if fact.kind == "leg":
                fields |= {"leg": f"{call.key}-shop", "target": None}
            self._report(db, call.line, at + timedelta(seconds=fact.after), fields | dict(fact.fields), call.key)

    def _all(self, question: str, *values: str | int) -> tuple[Call, ...]:
        with self._tables.read() as db:
            rows = db.execute(question, values).fetchall()
        return tuple(_call(row, self._tables.tag) for row in rows)

    @staticmethod
    def _row(db: sqlite3.Connection, call: int) -> sqlite3.Row:
        row: sqlite3.Row = db.execute("SELECT * FROM call WHERE id = ?", (call,)).fetchone()
        return row


def _at_once(kind: str, **fields: object) -> Scripted:
    return Scripted(after=0, kind=kind, fields=fields)


def _shown(caller: str) -> str | None:
    return None if caller == WITHHELD else caller


def _moment_after(start: datetime, seconds: float | None) -> int | None:
    return None if seconds is None else stamp(start + timedelta(seconds=seconds))


def _call(row: sqlite3.Row, tag: str) -> Call:
    return Call(
        key=f"{tag}-call-{row['id']}",
        caller=row["caller"],
        line=row["line"],
        at=moment_of(row["at"]),
        ring=row["ring"],
        outcome=row["outcome"],
        voicemail=row["voicemail"],
        called=row["called"],
        answered_at=_moment_or_none(row["answered_at"]),
        voicemail_at=_moment_or_none(row["voicemail_at"]),
        ended_at=_moment_or_none(row["ended_at"]),
    )


def _moment_or_none(stamped: int | None) -> datetime | None:
    return None if stamped is None else moment_of(stamped)
