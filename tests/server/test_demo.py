"""The demo plays its call only where somebody can answer it."""

import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.console import Console

from answerback.server import commands  # noqa: F401  the commands are loaded from there
from answerback.server.embedded_account import EmbeddedDatabaseError
from answerback.store import models
from answerback.testing.commands import demo
from answerback.testing.demo import shop
from answerback.testing.world import World
from answerback.workflow import clock


@contextmanager
def web(worker_after: int) -> Iterator[tuple[int, list[str]]]:
    """A web process that is ready at once and whose worker comes after so many looks; its port, what it was asked."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            wants_worker = self.path.endswith("?worker")
            self.send_response(503 if wants_worker and len(asked) <= worker_after else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        server.server_close()


def test_demo_waits_for_the_worker_too() -> None:
    with web(worker_after=3) as (port, asked):
        demo._wait_until_up(Console(file=StringIO()), f"http://127.0.0.1:{port}", port)
    assert asked == ["/readyz?worker"] * 4


def test_demo_says_which_of_the_two_did_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "UP_PATIENCE", 0.3)
    said = StringIO()
    with web(worker_after=1_000) as (port, _), pytest.raises(typer.Exit):
        demo._wait_until_up(Console(file=said, width=200), f"http://127.0.0.1:{port}", port)
    assert said.getvalue() == "The web process is up, but no worker came. What is wrong with it: answerback doctor\n"
    said = StringIO()
    with pytest.raises(typer.Exit):
        demo._wait_until_up(Console(file=said, width=200), "http://127.0.0.1:9", 9)
    assert said.getvalue() == ("The web process is not up on port 9. Does another program use it? Try --port.\n")


@pytest.mark.django_db
def test_the_owner_signs_in_with_the_same_password_at_every_start(tmp_path: Path, settings: Any) -> None:
    """It was new at every start: who had written it down, or was signed in, was out."""
    settings.VAR = tmp_path
    business = models.Business.objects.create(name=shop.NAME, zone="America/Chicago", created_at=clock.now())
    models.Member.objects.create(business=business, name="Dana Rivera", role="owner")
    first = shop._let_owner_in(business.id)
    sealed = models.User.objects.get(email=shop.OWNER_EMAIL).password
    assert stat.S_IMODE((tmp_path / "demo-password").stat().st_mode) == 0o600
    again = shop._let_owner_in(business.id)
    user = models.User.objects.get(email=shop.OWNER_EMAIL)
    assert (again, user.password) == (first, sealed)  # a new seal would sign every browser out
    user.set_password("forgotten since then")
    user.save()
    assert (shop._let_owner_in(business.id), models.User.objects.get(id=user.id).check_password(first)) == (first, True)


def test_somebody_else_calls_at_each_start(world: World, tmp_path: Path) -> None:
    """Each start on the same folder played the same Maria under another number: she stood there twice."""
    ours = shop.Shop(business=world.shop.business, world=str(tmp_path / "phones"), password="")
    numbers = [shop.free_number(ours)]
    world.call(numbers[0], ring=20, outcome="no-answer")
    world.run(minutes=1)
    numbers.append(shop.free_number(ours))
    assert [shop.caller(ours, number) for number in numbers] == ["Maria Lopez", "Maria Ortiz"]


def test_a_folder_that_takes_nothing_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that was mounted read-only the demo ended in a traceback, where `up` said what to do."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("ANSWERBACK_VAR", str(tmp_path / "file" / "var"))
    with pytest.raises(EmbeddedDatabaseError, match="is in the way"):
        demo._alone(8707)
