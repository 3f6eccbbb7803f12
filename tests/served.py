"""A real Granian within the process, for tests of what it is given to serve."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from time import sleep
from typing import Any

from granian.server.embed import Server


@contextlib.contextmanager
def serving(application: Any) -> Iterator[int]:
    """Serve this RSGI application on a port of its own."""
    loop = asyncio.new_event_loop()
    # Held as long as Granian listens there besides: nobody else is given it meanwhile.
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind(("127.0.0.1", 0))
        port = int(held.getsockname()[1])
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


def wait_for(port: int, seconds: int = 5) -> None:
    """Until something listens on this port."""
    for _ in range(100 * seconds):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            sleep(0.01)
        else:
            return
    raise AssertionError("It does not listen.")
