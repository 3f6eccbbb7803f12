"""A World whose door is knocked at over HTTP: Django's own within the process, and what Granian serves."""

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from functools import cache
from http.client import HTTPConnection
from typing import Any, NamedTuple

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from tests.served import serving

from answerback.testing.world import World


class Answer(NamedTuple):
    """What was said to a request."""

    status_code: int
    content: bytes


class Knocker:
    """Sends requests over real HTTP to a server on this port, which takes itself for `localhost`."""

    def __init__(self, port: int) -> None:
        self._port = port

    def generic(
        self, method: str, path: str, data: bytes, content_type: str, headers: dict[str, str], **how: Any
    ) -> Answer:
        """One request; `CONTENT_LENGTH` says another length than `data` has, `wsgi.input` is sent in chunks."""
        chunks = how.get("wsgi.input")
        # A line break within a value is on no wire one header.
        said = {name: value for name, value in headers.items() if value.isprintable()}
        said |= {"Host": "localhost", "Content-Type": content_type}
        if chunks is None:
            said["Content-Length"] = str(how.get("CONTENT_LENGTH", len(data)))
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=20)) as wire:
            # Who is told that it is too large before all of it is sent finds the door shut, and reads why.
            with suppress(BrokenPipeError):
                wire.request(method, path, iter([chunks.read()]) if chunks else data, said, encode_chunked=bool(chunks))
            answer = wire.getresponse()
            return Answer(answer.status, answer.read())

    def post(self, path: str, data: bytes, content_type: str, headers: dict[str, str]) -> Answer:
        """A POST."""
        return self.generic("POST", path, data, content_type, headers)


_pages = cache(get_wsgi_application)


def _closing(environ: Any, start: Any) -> Any:
    """Django's pages; this thread keeps no connection, so that none is left when the tables are emptied."""
    try:
        return _pages()(environ, start)
    finally:
        connections.close_all()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test knocks at both doors, but what is about the thread that asks (`within`)."""
    if "world" in metafunc.fixturenames:
        doors = ["within"] if any(metafunc.definition.iter_markers("within")) else ["within", "served"]
        metafunc.parametrize("world", doors, indirect=True)


@pytest.fixture
def world(
    request: pytest.FixtureRequest, world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    """The run's World, whose door has counted no forgery yet: within the process, or as Granian serves it."""
    from answerback.server.rsgi import Gateway
    from answerback.workflow import intake, transaction
    from answerback.workflow.together import Together

    monkeypatch.setattr(intake, "_flood", intake.Flood(limit=60))
    if request.param == "within":
        yield world
        return

    def write(deliveries: Sequence[intake.Delivery]) -> None:
        try:
            intake._write(deliveries)
        finally:
            connections.close_all()

    group: Together[intake.Delivery] = Together(write, is_shared=transaction.is_passing)
    group.write_apart(lambda: None)
    monkeypatch.setattr(intake, "_kept", group)
    settings.PUBLIC_URL = "http://localhost"
    with serving(Gateway(_closing, threads=8)) as port:
        monkeypatch.setattr(world.stack, "client", Knocker(port))
        yield world


@pytest.fixture
def visitor(world: World) -> Any:
    """Makes another one that knocks, for a thread of its own."""
    knocks = world.stack.client
    return (lambda: Client(SERVER_NAME="localhost")) if isinstance(knocks, Client) else (lambda: knocks)
