"""Servers within the process: a real Granian, for tests of what it is given to serve, and how Django's is left."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from time import monotonic, sleep
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection
from granian.server.embed import Server


@contextlib.contextmanager
def serving(application: Any) -> Iterator[int]:
    """Serve this RSGI application on a port of its own."""
    loop = asyncio.new_event_loop()
    with held_port() as port:
        server = Server(application, port=port, websockets=False, log_enabled=False)

        async def serve() -> None:
            await server.serve()

        def run() -> None:
            asyncio.set_event_loop(loop)
            loop.run_until_complete(serve())

        running = threading.Thread(target=run, daemon=True)
        running.start()
        try:
            wait_for(port)
            yield port
        finally:
            loop.call_soon_threadsafe(server.stop)
            running.join(20)
    assert not running.is_alive()
    loop.close()


@contextlib.contextmanager
def held_port() -> Iterator[int]:
    """A port that nobody else is given meanwhile. Nothing listens there until Granian does, which shares it."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])


def wait_for(port: int, seconds: int = 60) -> None:
    """Until something listens on this port."""
    for _ in range(100 * seconds):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            sleep(0.01)
        else:
            return
    raise AssertionError("It does not listen.")


def let_go(seconds: float = 20) -> None:
    """Once its callers have hung up, wait for what the live server still does for them, and end its sessions.

    A row that it wrote later would stand in the next test, and with a session left no table could be emptied.
    """
    until = monotonic() + seconds
    for thread in threading.enumerate():
        if isinstance(getattr(getattr(thread, "_target", None), "__self__", None), ThreadedWSGIServer):
            thread.join(max(0.0, until - monotonic()))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
