"""Keeps the pretend phone world in one SQLite file that any number of threads and processes may open.

It is the far side of the phone network, not product data: the product never reads it except through the simulator's
adapter and the phone page. Every change is one short immediate transaction. Never here: what a call or a text does.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

MEMORY = "memory:"
BUSY_SECONDS = 15.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS world (tag TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS account (connection INTEGER PRIMARY KEY, secret TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS line (
    number TEXT PRIMARY KEY, connection INTEGER NOT NULL, hooks_url TEXT NOT NULL, title TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS handset (number TEXT PRIMARY KEY, name TEXT NOT NULL, failure TEXT);
CREATE TABLE IF NOT EXISTS text (
    id INTEGER PRIMARY KEY, sender TEXT NOT NULL, recipient TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL,
    sent_at INTEGER NOT NULL, arrives_at INTEGER NOT NULL, failure TEXT, key TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS text_recipient ON text (recipient, at);
CREATE INDEX IF NOT EXISTS text_sender ON text (sender, at);
CREATE TABLE IF NOT EXISTS call (
    id INTEGER PRIMARY KEY, caller TEXT NOT NULL, called TEXT NOT NULL DEFAULT '', line TEXT NOT NULL,
    at INTEGER NOT NULL, ring INTEGER NOT NULL,
    answered_at INTEGER, voicemail_at INTEGER, ended_at INTEGER, outcome TEXT NOT NULL, voicemail TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS call_caller ON call (caller, at);
CREATE INDEX IF NOT EXISTS call_called ON call (called, at);
CREATE TABLE IF NOT EXISTS webhook (
    id INTEGER PRIMARY KEY, connection INTEGER NOT NULL, what TEXT NOT NULL, url TEXT NOT NULL, subject TEXT NOT NULL,
    body BLOB NOT NULL, due_at INTEGER NOT NULL, free_at INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0, times INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', answer INTEGER);
CREATE INDEX IF NOT EXISTS webhook_due ON webhook (due_at) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS webhook_subject ON webhook (subject);
CREATE TABLE IF NOT EXISTS fault (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, remaining INTEGER NOT NULL, word TEXT NOT NULL, seconds REAL NOT NULL);
CREATE TABLE IF NOT EXISTS stopped (line TEXT, number TEXT, PRIMARY KEY (line, number));
CREATE TABLE IF NOT EXISTS carrier (keywords INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS picture (text INTEGER NOT NULL, link TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS taken_picture (link TEXT PRIMARY KEY, content BLOB NOT NULL);
"""


class Tables:
    """One open world; share it between threads, close it when done.

    `where` is a file path, or `memory:<name>` for a world that lives only in this process.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._lock = threading.RLock()
        self._pid = os.getpid()
        self._db = _opened(where)
        self.tag = self._made()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection to look with."""
        with self._lock:
            yield self._here()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A connection to change with: everything inside happens, or nothing."""
        with self._lock:
            db = self._here()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def _here(self) -> sqlite3.Connection:
        """SQLite forbids carrying an open connection over a fork; the child opens its own."""
        if self._pid != os.getpid() and not self._where.startswith(MEMORY):
            self._db = _opened(self._where)
            self._pid = os.getpid()
        return self._db

    def _made(self) -> str:
        """The tag in every id of this world: random, so that a world begun anew never repeats an old id."""
        with self.write() as db:
            for statement in filter(str.strip, _SCHEMA.split(";")):
                db.execute(statement)
            found = db.execute("SELECT tag FROM world").fetchone()
            if found is not None:
                return str(found["tag"])
            tag = self._where.removeprefix(MEMORY) if self._where.startswith(MEMORY) else token_hex(4)
            db.execute("INSERT INTO world (tag) VALUES (?)", (tag,))
            return tag


def stamp(moment: datetime) -> int:
    """Whole microseconds since 1970, as the tables keep time; refuses a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"The moment {moment} has no zone: hand over an aware datetime.")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(stamped: int) -> datetime:
    """The moment in UTC that `stamp` made this number from."""
    return _EPOCH + timedelta(microseconds=stamped)


def _opened(where: str) -> sqlite3.Connection:
    if where.startswith(MEMORY):
        path = ":memory:"
    else:
        path = where
        _make_private_file(Path(where))
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    db.row_factory = sqlite3.Row
    _use_write_ahead_log(db)
    db.execute("PRAGMA synchronous = NORMAL")
    return db


def _make_private_file(path: Path) -> None:
    """The file holds signing secrets, so only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _use_write_ahead_log(db: sqlite3.Connection) -> None:
    """Two processes switching a new file at once get "locked" without SQLite's own waiting, so wait here."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
