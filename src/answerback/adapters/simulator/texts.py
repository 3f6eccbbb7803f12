"""Pretend texts: those the shop hands to the provider, and those a pretend customer types.

What became of a text follows from its moments alone: sent, then arrived or not. The pretend provider never merges two
equal texts, so that a text sent twice is seen twice. Never here: when a text may be sent.
"""

import hmac
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.adapters.simulator import faults, webhooks
from answerback.adapters.simulator.keepsakes import PICTURES
from answerback.adapters.simulator.tables import Tables, moment_of, stamp
from answerback.engine.events import Failure, ProviderKeyword
from answerback.ports.errors import Refused, Unavailable, Unclear
from answerback.ports.phone import HandedOver, OutgoingText, ReceiptStatus

SENT_AFTER = timedelta(milliseconds=400)
ARRIVES_AFTER = timedelta(seconds=1)

_KEYWORDS: dict[str, ProviderKeyword] = {
    **dict.fromkeys(("stop", "stopall", "unsubscribe", "cancel", "end", "quit"), "stop"),
    **dict.fromkeys(("start", "unstop", "yes"), "start"),
    **dict.fromkeys(("help", "info"), "help"),
}
"""What US carriers act on by themselves, when the whole text is one of these words."""

_KEYWORD_ANSWERS: dict[ProviderKeyword, str] = {
    "stop": "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe.",
    "start": "You have successfully been re-subscribed to messages from this number.",
    "help": "Reply STOP to unsubscribe. Msg & Data Rates May Apply.",
}

_HEARD = "EXISTS (SELECT 1 FROM webhook WHERE state = 'delivered' AND subject = ? || text.id) AS heard"
_TO_OR_FROM = f"SELECT text.*, {_HEARD} FROM text WHERE sender = ? OR recipient = ? ORDER BY at, id"  # noqa: S608
_TO = f"SELECT text.*, {_HEARD} FROM text WHERE recipient = ? ORDER BY at, id"  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One pretend text. `failure` says why it never arrives; `heard` is True once our side took a customer's text."""

    message: str
    sender: str
    to: str
    body: str
    at: datetime
    sent_at: datetime
    arrives_at: datetime
    failure: Failure | None = None
    heard: bool = False

    def status(self, now: datetime) -> ReceiptStatus:
        """What the provider would say of it at this moment."""
        if now >= self.arrives_at:
            return "delivered" if self.failure is None else "undelivered"
        return "sent" if now >= self.sent_at else "queued"

    def arrived(self, now: datetime) -> bool:
        """Is it on the other handset?"""
        return self.status(now) == "delivered"


class Texts:
    """The texts of one world."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def hand_over(self, text: OutgoingText, *, connection: int, secret: str, now: datetime) -> HandedOver:
        """Take a text of the shop, or do what the ordered faults say; see `PhoneWorld.hand_over`."""
        with self._tables.write() as db:
            known = _is_known(db, connection, secret)
            trouble = faults.take(db, "refuse", "unavailable", "lose_text", "lose_answer")
            stopped = _is_stopped(db, text.sender, text.to)
            taken = None
            if known and not stopped and (trouble is None or trouble.kind == "lose_answer"):
                taken = self._store(db, text, connection, now)
        if not known:
            raise Refused(
                "The pretend provider knows this connection by another signing secret: set the same one at both ends.",
                failure="sender_unregistered",
                code="20003",
            )
        if stopped:
            raise Refused(
                "The recipient told the pretend carrier to stop texts from here.", failure="opted_out", code="21610"
            )
        if trouble is not None:
            _raise(trouble)
        return HandedOver(message=taken or "", status="queued", segments=None)

    def find(
        self, text: OutgoingText, *, since: datetime, now: datetime, known: frozenset[str] = frozenset()
    ) -> HandedOver | None:
        """The newest text with this sender, recipient and words that was handed over since then and is not known."""
        with self._tables.write() as db:
            trouble = faults.take(db, "find_unavailable", "find_unclear")
        if trouble is not None:
            _raise(trouble)
        with self._tables.read() as db:
            rows = db.execute(
                "SELECT *, 0 AS heard FROM text WHERE sender = ? AND recipient = ? AND body = ? AND at >= ? "
                "ORDER BY id DESC",
                (text.sender, text.to, text.body, stamp(since)),
            ).fetchall()
        matching = (_text(row, self._tables.tag) for row in rows)
        found = next((each for each in matching if each.message not in known), None)
        return None if found is None else HandedOver(message=found.message, status=found.status(now))

    def type(self, sender: str, to: str, body: str, at: datetime, media: tuple[str, ...]) -> Text:
        """A pretend customer sends a text to a line; see `PhoneWorld.text`."""
        with self._tables.write() as db:
            line = db.execute("SELECT * FROM line WHERE number = ?", (to,)).fetchone()
            if line is None:
                raise LookupError(f"No line {to} in this phone world: tell it about the line first (connect).")
            keyword = self._obey(db, sender, to, body, at)
            row = _insert(db, sender=sender, to=to, body=body, at=at, arrives_at=at, failure=None, key="")
            db.executemany("INSERT INTO picture (text, link) VALUES (?, ?)", [(row["id"], link) for link in media])
            text = _text(row, self._tables.tag)
            webhooks.plan(
                db,
                connection=line["connection"],
                what="text",
                url=f"{line['hooks_url']}/text",
                subject=text.message,
                at=at,
                fields={
                    "kind": "text",
                    "caller": sender,
                    "line": to,
                    "text": body,
                    "media": list(media),
                    "keyword": keyword,
                },
                tag=self._tables.tag,
            )
        return text

    def pictures(self, message: str) -> tuple[str, ...]:
        """The links to the pictures that came with this text."""
        with self._tables.read() as db:
            rows = db.execute("SELECT link FROM picture WHERE text = ?", (message.rpartition("-")[2],)).fetchall()
        return tuple(row["link"] for row in rows)

    def take_picture(self, content: bytes) -> str:
        """A customer's phone has this JPEG; the link at which it lies."""
        link = f"{PICTURES}taken/{secrets.token_hex(8)}.jpg"
        with self._tables.write() as db:
            db.execute("INSERT INTO taken_picture (link, content) VALUES (?, ?)", (link, content))
        return link

    def taken_picture(self, link: str) -> bytes | None:
        """The JPEG that lies there; None for one that no customer's phone took."""
        with self._tables.read() as db:
            row = db.execute("SELECT content FROM taken_picture WHERE link = ?", (link,)).fetchone()
        return None if row is None else bytes(row["content"])

    def pictures_of(self, number: str) -> dict[str, tuple[str, ...]]:
        """The links to the pictures that came with the texts from and to this number, by text."""
        asked = (
            "SELECT text.*, 0 AS heard, link FROM picture JOIN text ON text.id = picture.text "
            "WHERE recipient = :number OR sender = :number"
        )
        found: dict[str, tuple[str, ...]] = {}
        with self._tables.read() as db:
            for row in db.execute(asked, {"number": number}):
                message = _text(row, self._tables.tag).message
                found[message] = (*found.get(message, ()), row["link"])
        return found

    def of(self, number: str) -> tuple[Text, ...]:
        """Every text to or from this number, in the order they were sent."""
        return self._all(_TO_OR_FROM, number, number)

    def to(self, number: str) -> tuple[Text, ...]:
        """Every text to this number, arrived or not, in the order they were sent."""
        return self._all(_TO, number)

    def answer_keywords(self, on: bool) -> None:
        """Let the pretend carrier act on STOP, START and HELP by itself (off at first)."""
        with self._tables.write() as db:
            db.execute("DELETE FROM carrier")
            db.execute("INSERT INTO carrier (keywords) VALUES (?)", (int(on),))

    def _store(self, db: sqlite3.Connection, text: OutgoingText, connection: int, now: datetime) -> str:
        late = faults.take(db, "late_receipt")
        arrives_at = now + (ARRIVES_AFTER if late is None else timedelta(seconds=late.seconds))
        handset = db.execute("SELECT failure FROM handset WHERE number = ?", (text.to,)).fetchone()
        failure = None if handset is None else handset["failure"]
        row = _insert(
            db,
            sender=text.sender,
            to=text.to,
            body=text.body,
            at=now,
            arrives_at=arrives_at,
            failure=failure,
            key=text.key,
        )
        db.executemany("INSERT INTO picture (text, link) VALUES (?, ?)", [(row["id"], link) for link in text.media])
        taken = _text(row, self._tables.tag)
        self._plan_receipts(db, taken, connection, text.receipts_url or _receipts_url(db, text.sender))
        return taken.message

    def _plan_receipts(self, db: sqlite3.Connection, text: Text, connection: int, url: str) -> None:
        if not url:
            return
        for at in (text.sent_at, text.arrives_at):
            fields = {"kind": "receipt", "message": text.message, "status": text.status(at)}
            if fields["status"] == "undelivered":
                fields |= {"failure": text.failure or "unknown", "detail": f"pretend handset: {text.failure}"}
            webhooks.plan(
                db,
                connection=connection,
                what="receipt",
                url=url,
                subject=f"{text.message}-receipts",
                at=at,
                fields=fields,
                tag=self._tables.tag,
            )

    def _obey(self, db: sqlite3.Connection, sender: str, line: str, body: str, at: datetime) -> ProviderKeyword | None:
        """What a carrier that handles keywords does before anybody else hears of the text."""
        carrier = db.execute("SELECT keywords FROM carrier").fetchone()
        keyword = _KEYWORDS.get(body.strip().lower())
        if carrier is None or not carrier["keywords"] or keyword is None:
            return None
        if keyword == "stop":
            db.execute("INSERT OR IGNORE INTO stopped (line, number) VALUES (?, ?)", (line, sender))
        if keyword == "start":
            db.execute("DELETE FROM stopped WHERE line = ? AND number = ?", (line, sender))
        answer, arrives_at = _KEYWORD_ANSWERS[keyword], at + ARRIVES_AFTER
        _insert(db, sender=line, to=sender, body=answer, at=at, arrives_at=arrives_at, failure=None, key="carrier")
        return keyword

    def _all(self, question: str, *values: str) -> tuple[Text, ...]:
        with self._tables.read() as db:
            rows = db.execute(question, (f"{self._tables.tag}-text-", *values)).fetchall()
        return tuple(_text(row, self._tables.tag) for row in rows)


def _raise(trouble: faults.Fault) -> None:
    match trouble.kind:
        case "refuse":
            raise Refused("The pretend provider refused it, as ordered.", failure=trouble.word, code="refused")  # type: ignore[arg-type]
        case "unavailable" | "find_unavailable":
            raise Unavailable("The pretend provider is away, as ordered.", retry_after=trouble.seconds or None)
        case _:
            raise Unclear("The pretend provider's answer got lost, as ordered.")


def _is_known(db: sqlite3.Connection, connection: int, secret: str) -> bool:
    """Is this the connection's secret? A connection never seen before is remembered by the one it comes with."""
    db.execute("INSERT OR IGNORE INTO account (connection, secret) VALUES (?, ?)", (connection, secret))
    account = db.execute("SELECT secret FROM account WHERE connection = ?", (connection,)).fetchone()
    return hmac.compare_digest(account["secret"].encode(), secret.encode())


def _is_stopped(db: sqlite3.Connection, line: str, number: str) -> bool:
    found = db.execute("SELECT 1 FROM stopped WHERE line = ? AND number = ?", (line, number)).fetchone()
    return found is not None


def _receipts_url(db: sqlite3.Connection, sender: str) -> str:
    line = db.execute("SELECT hooks_url FROM line WHERE number = ?", (sender,)).fetchone()
    return "" if line is None else f"{line['hooks_url']}/receipt"


def _insert(
    db: sqlite3.Connection,
    *,
    sender: str,
    to: str,
    body: str,
    at: datetime,
    arrives_at: datetime,
    failure: str | None,
    key: str,
) -> sqlite3.Row:
    sent_at = min(at + SENT_AFTER, arrives_at)
    rows = db.execute(
        "INSERT INTO text (sender, recipient, body, at, sent_at, arrives_at, failure, key) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING *, 0 AS heard",
        (sender, to, body, stamp(at), stamp(sent_at), stamp(arrives_at), failure, key),
    ).fetchall()
    row: sqlite3.Row = rows[0]
    return row


def _text(row: sqlite3.Row, tag: str) -> Text:
    return Text(
        message=f"{tag}-text-{row['id']}",
        sender=row["sender"],
        to=row["recipient"],
        body=row["body"],
        at=moment_of(row["at"]),
        sent_at=moment_of(row["sent_at"]),
        arrives_at=moment_of(row["arrives_at"]),
        failure=row["failure"],
        heard=bool(row["heard"]),
    )
