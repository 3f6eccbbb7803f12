"""Puts the real parts together: the clock into adapters that sign, the console's paper into the monthly letters, the
pretend phone world's switchboards into the web process.
"""

import os
import threading
import time
from contextlib import suppress

from django.conf import settings
from django.db import Error, connection

from answerback.adapters import guard, open_page
from answerback.adapters.simulator import Switchboard
from answerback.console.reports.paper import month_pdf
from answerback.ports.phone import TakesClock
from answerback.ports.registry import phone, phones
from answerback.server import sentry, traces
from answerback.store import models
from answerback.store.secrets import WrongSecret, unseal
from answerback.workflow import clock, host_watch, monthly

LOOK_FOR_WORLDS_EVERY = 3.0


def wire() -> None:
    """Connect what packages of one layer may not know of each other. Safe to call more than once."""
    for provider in phones():
        installed = phone(provider)
        if isinstance(installed, TakesClock):
            installed.use_clock(clock.now)
    monthly.use_paper(month_pdf)
    host_watch.use_reader(open_page.read)
    guard.allow(settings.PRIVATE_HOSTS)
    sentry.begin()
    traces.begin()


def run_switchboards() -> None:
    """Deliver the webhooks of every pretend phone world from a thread of this process, for as long as it lives."""
    threading.Thread(target=_run_switchboards, name="switchboards", daemon=True).start()


def _run_switchboards() -> None:
    running: dict[str, Switchboard] = {}
    origin = f"http://127.0.0.1:{os.environ.get('ANSWERBACK_PORT', '8707')}"
    while True:
        for world in _worlds() - running.keys():
            running[world] = Switchboard(world, clock.now, origin=origin)
            running[world].start()
        time.sleep(LOOK_FOR_WORLDS_EVERY)


def _worlds() -> set[str]:
    """The files of all pretend phone worlds; none while the database is away."""
    found: set[str] = set()
    with suppress(Error, WrongSecret):
        for row in models.Connection.objects.filter(provider="simulator"):
            found.add(unseal(row.sealed).get("world", ""))
    connection.close()
    return {world for world in found if world and not world.startswith("memory:")}
