"""One real PostgreSQL for the whole run, shared by all pytest-xdist workers.

It is our own embedded database in a temporary folder, without fsync. Set DATABASE_URL to test against another server
(PostgreSQL 15 to 18). It starts before Django reads its settings, which find it in DATABASE_URL.
"""

import base64
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import http_ece
import psutil
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from answerback.ports.push import Device
from answerback.server.embedded import Running, start

SETTINGS = "answerback.server.settings"
FOLDER_PREFIX = "answerback-tests-"
FOLDER = pytest.StashKey[Path]()
RUNNING = pytest.StashKey[Running]()

# Speed is measured by the benchmark: no test fails because the machine is busy with something else.
hypothesis_settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For CI, which must say the same twice about one commit; new examples are found where people work.
hypothesis_settings.register_profile("same", hypothesis_settings.get_profile("explore"), derandomize=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "explore"))

if find_spec(SETTINGS) is not None:
    # Here and not in pyproject.toml: pytest-django would read the settings before there is a DATABASE_URL.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)


def pytest_configure(config: pytest.Config) -> None:
    """Start the database once, in the process that the person started; the workers inherit where it is."""
    if hasattr(config, "workerinput"):
        return
    _remove_leftovers()
    # Right under /tmp: a socket's path must be short, and as root the database's own user has to get there.
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-", dir="/tmp"))
    folder.chmod(0o711)
    config.stash[FOLDER] = folder
    os.environ["ANSWERBACK_VAR"] = str(folder)
    if not os.environ.get("DATABASE_URL") and not config.option.collectonly:
        running = start(folder / "postgres", durable=False)
        config.stash[RUNNING] = running
        os.environ["DATABASE_URL"] = running.url
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        _ = settings.DATABASES  # Reads the settings; pytest-django sets up Django only where that has happened.


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what this run started and leave nothing behind."""
    running = config.stash.get(RUNNING, None)
    if running is not None:
        running.stop()
    folder = config.stash.get(FOLDER, None)
    if folder is not None:
        shutil.rmtree(folder)


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In the place of pytest-django's: real transactions, and the tables emptied by our own quick means.

    Django's flush makes every file of every table anew and writes its permissions again: 100 ms and more a test.
    """
    from answerback.testing import stack  # it has tables, and Django is set up by now

    with django_db_blocker.unblock():
        yield
        stack.empty()


@pytest.fixture
def database(transactional_db: None) -> None:
    """The run's test database for a World or a story: open for real transactions, empty afterwards."""


def _remove_leftovers() -> None:
    """Stop and remove the databases of earlier runs that were killed before they could."""
    for folder in Path("/tmp").glob(f"{FOLDER_PREFIX}*"):
        owner = folder.name.removeprefix(FOLDER_PREFIX).split("-")[0]
        if not owner.isdigit() or psutil.pid_exists(int(owner)) or not os.access(folder, os.W_OK):
            continue
        if (folder / "postgres" / "data" / "postmaster.pid").exists():
            start(folder / "postgres", durable=False).stop()
        shutil.rmtree(folder, ignore_errors=True)


class Receiver:
    """A service on this machine that takes JSON: keeps what came in `bodies`, and answers with `status`."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, object]] = []
        self.status = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port


@pytest.fixture
def http_receiver() -> Iterator[Receiver]:
    """Runs for one test."""
    receiver = Receiver()
    thread = Thread(target=receiver.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()
    thread.join()


class PushService:
    """A push service on this machine with one subscribed browser: keeps what it is handed in `requests`, and answers
    with `status`. It decrypts with the browser's own keys, as the RFC says and by other code than ours.
    """

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.status = 201
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.requests.append((dict(self.headers.items()), body))
                self.send_response(service.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port

    def device(self) -> Device:
        """What the browser hands out."""
        public = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        text = [base64.urlsafe_b64encode(octets).rstrip(b"=").decode() for octets in (public, self._auth)]
        return Device(endpoint=f"http://127.0.0.1:{self.port}/send/1", p256dh=text[0], auth=text[1])

    def read(self, body: bytes) -> bytes:
        """What the browser reads."""
        return http_ece.decrypt(body, private_key=self._private, auth_secret=self._auth, version="aes128gcm")


@pytest.fixture
def push_service() -> Iterator[PushService]:
    """Runs for one test."""
    service = PushService()
    thread = Thread(target=service.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield service
    service.server.shutdown()
    service.server.server_close()
    thread.join()
