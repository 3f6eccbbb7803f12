"""A real BottleCRM for one test run: `django-crm` on Python 3.12, on our PostgreSQL and a Redis of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

ROOT = Path(__file__).parents[3]

MAKE = """
import django; django.setup()
from common.models import Org, PersonalAccessToken, Profile, User
user = User.objects.create(email="olga@example.com")
org = Org.objects.create(name="Rivera Plumbing", default_country="US")
profile = Profile.objects.create(user=user, org=org, role="ADMIN", is_organization_admin=True, phone="+15125550100")
print(PersonalAccessToken.generate(profile, "answerback")[0])
"""


def python() -> str:
    """A Python that has `django-crm`; skips the test, saying what it needs, where there is none."""
    found = os.environ.get("BOTTLECRM_PYTHON") or str(ROOT / "var/bottlecrm/bin/python")
    if not Path(found).exists():
        pytest.skip(
            "Needs BottleCRM: python3.12 -m venv var/bottlecrm && var/bottlecrm/bin/pip install django-crm packaging "
            "(or BOTTLECRM_PYTHON, a Python 3.12 that has it)."
        )
    if shutil.which("redis-server") is None:
        pytest.skip("Needs redis-server (apt-get install redis-server).")
    return found


@contextmanager
def running(database: dict[str, str]) -> Iterator[dict[str, str]]:
    """The settings of a connection to a server that is empty, for the length of the block."""
    if "BOTTLECRM_URL" in os.environ:  # one that runs already; everything in it is deleted
        yield {"url": os.environ["BOTTLECRM_URL"], "token": os.environ["BOTTLECRM_TOKEN"]}
        return
    interpreter, name = python(), f"bottlecrm_{secrets.token_hex(4)}"
    where = {key.lower(): str(value) for key, value in database.items() if key in {"HOST", "PORT", "USER", "PASSWORD"}}
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as connection:  # type: ignore[arg-type]
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    port, redis = _free_port(), _free_port()
    broker = f"redis://127.0.0.1:{redis}/0"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "crm.settings",
        "SECRET_KEY": secrets.token_hex(32),
        "ENV_TYPE": "dev",
        "DEBUG": "True",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DBNAME": name,
        "DBUSER": where["user"],
        "DBPASSWORD": where["password"],
        "DBHOST": where["host"],
        "DBPORT": where["port"],
        "CELERY_BROKER_URL": broker,
        "CELERY_RESULT_BACKEND": broker,
    }
    environment.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as folder:
        store = subprocess.Popen(
            ["redis-server", "--port", str(redis), "--save", "", "--bind", "127.0.0.1", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        server = None
        try:
            subprocess.run([interpreter, "-m", "django", "migrate", "-v0"], env=environment, check=True, cwd=folder)
            made = subprocess.run(
                [interpreter, "-c", MAKE], env=environment, check=True, capture_output=True, cwd=folder
            )
            serve = [interpreter, "-m", "uvicorn", "crm.asgi:application", "--port", str(port), "--log-level", "error"]
            server = subprocess.Popen(serve, env=environment, cwd=folder)
            url = f"http://127.0.0.1:{port}"
            _wait(url)
            yield {"url": url, "token": made.stdout.decode().split()[-1]}
        finally:
            for process in filter(None, (server, store)):
                process.terminate()
                process.wait(20)
            with psycopg.connect(dbname="postgres", autocommit=True, **where) as connection:  # type: ignore[arg-type]
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def _wait(url: str) -> None:
    for _ in range(240):
        try:
            httpx.get(f"{url}/healthz/", timeout=5, trust_env=False)
        except httpx.HTTPError:
            time.sleep(0.25)  # a server of another program: there is nothing else to wait on
        else:
            return
    raise RuntimeError("BottleCRM did not start within a minute.")


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
