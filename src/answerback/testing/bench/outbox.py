"""The peer: a bare outbox on asyncio and asyncpg, run as a process of its own against the same PostgreSQL and provider.

It is what lean Python reaches when nothing is asked of it: no signature, no rules, no conversation, no tenants, no
receipts, no reasons, and nobody who looks after a text that a crash left behind. One statement and commit for a call,
one post to the provider, one commit that marks it. What the product reaches is worth comparing with this, in one run.
"""

import argparse
import asyncio
import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

import psycopg

from answerback.testing.bench.product import LINE, Product, Use, cpu, memory

SENDERS = 32
CONNECTIONS = 16

TABLES = """
CREATE SCHEMA IF NOT EXISTS bare;
CREATE TABLE IF NOT EXISTS bare.contact (id bigserial PRIMARY KEY, number text UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS bare.call (sid text PRIMARY KEY,
    contact bigint NOT NULL REFERENCES bare.contact, at timestamptz NOT NULL);
CREATE TABLE IF NOT EXISTS bare.lead (contact bigint PRIMARY KEY REFERENCES bare.contact, at timestamptz NOT NULL);
CREATE TABLE IF NOT EXISTS bare.message (id bigserial PRIMARY KEY,
    contact bigint UNIQUE NOT NULL REFERENCES bare.contact,
    body text NOT NULL, status text NOT NULL DEFAULT 'queued', provider_message text);
"""

KEEP = """
WITH k AS (INSERT INTO bare.contact (number) VALUES ($1) ON CONFLICT (number) DO UPDATE SET number = EXCLUDED.number
           RETURNING id),
c AS (INSERT INTO bare.call (sid, contact, at) SELECT $2, id, now() FROM k ON CONFLICT DO NOTHING RETURNING contact),
l AS (INSERT INTO bare.lead (contact, at) SELECT contact, now() FROM c ON CONFLICT DO NOTHING)
INSERT INTO bare.message (contact, body) SELECT contact, $3 FROM c ON CONFLICT DO NOTHING RETURNING id
"""
MARK = "UPDATE bare.message SET status = 'sent', provider_message = $2 WHERE id = $1"
BODY = "Sorry we missed your call. What can we help you with? Reply STOP to opt out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """The running peer, measured like the product."""

    port: int
    pid: int
    product: Product

    def use(self) -> Use:
        """What its process and PostgreSQL have used so far."""
        return Use(ours=cpu(self.pid), postgres=cpu(self.product.postmaster), ours_mb=memory(self.pid))

    def arrived(self) -> dict[str, list[int]]:
        """When each text arrived at the pretend Twilio."""
        return self.product.arrived()

    def taken(self) -> int:
        """How many texts the pretend Twilio has taken in all."""
        return self.product.taken()


@contextmanager
def running(product: Product) -> Iterator[Peer]:
    """The peer beside the product, on tables of its own in the product's database."""
    make_tables(product)
    given = {
        "database": product.database.url if product.database else "",
        "provider": product.twilio,
        "account": product.twilio_account,
        "token": product.twilio_token,
    }
    command = [sys.executable, "-m", "answerback.testing.bench.outbox", json.dumps(given)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield Peer(port=int(process.stdout.readline()), pid=process.pid, product=product)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def make_tables(product: Product) -> None:
    """The few tables of a peer, in a schema of their own; every peer uses the same."""
    with psycopg.connect(product.database.url if product.database else "", autocommit=True) as database:
        database.execute(TABLES)


def texts_address(provider: str, account: str) -> str:
    """Where a text is posted at the pretend Twilio."""
    return f"{provider}/2010-04-01/Accounts/{account}/Messages.json"


def sign_in(account: str, token: str) -> str:
    """What the header `Authorization` says."""
    return f"Basic {b64encode(f'{account}:{token}'.encode()).decode()}"


class Outbox:
    """Keeps calls, sends texts, marks them."""

    def __init__(self, given: dict[str, str]) -> None:
        self._database = given["database"]
        self._provider = urlsplit(texts_address(given["provider"], given["account"]))
        self._sign_in = sign_in(given["account"], given["token"])
        self._queue: asyncio.Queue[tuple[int, str]] = asyncio.Queue()

    async def run(self) -> None:
        """Serve until the process is ended; says its port on standard output."""
        import asyncpg  # noqa: PLC0415  only a benchmark needs it; it is in the development group

        self._pool = await asyncpg.create_pool(self._database, min_size=CONNECTIONS, max_size=CONNECTIONS)
        senders = [asyncio.create_task(self._send()) for _ in range(SENDERS)]
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
        await asyncio.gather(server.serve_forever(), *senders)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                _, body = await _message(reader)
                form = parse_qs(body.decode())
                caller = form["From"][0]
                kept = await self._pool.fetchval(KEEP, caller, form["CallSid"][0], BODY)
                if kept is not None:
                    self._queue.put_nowait((kept, caller))
                writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _send(self) -> None:
        reader, writer = await asyncio.open_connection(self._provider.hostname, self._provider.port)
        while True:
            id, number = await self._queue.get()
            body = urlencode({"To": number, "From": LINE, "Body": BODY})
            writer.write(
                f"POST {self._provider.path} HTTP/1.1\r\nHost: {self._provider.netloc}\r\n"
                f"Authorization: {self._sign_in}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
            )
            _, answer = await _message(reader)
            await self._pool.execute(MARK, id, json.loads(answer)["sid"])


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line[15:]) for line in head.split(b"\r\n") if line[:15].lower() == b"content-length:"),
        0,
    )
    return head, await reader.readexactly(length)


def main() -> None:
    """Run the peer: one argument, its database, provider and sign-in as JSON."""
    parser = argparse.ArgumentParser(description="A bare outbox, for comparison.")
    parser.add_argument("given", type=json.loads)
    asyncio.run(Outbox(parser.parse_args().given).run())


if __name__ == "__main__":
    main()
