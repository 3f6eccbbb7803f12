"""Sets up the demo's business, once: Rivera Plumbing, its line on the pretend phones, its people."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from answerback.adapters.simulator import open_world
from answerback.store import models
from answerback.store.playbook_file import pack_text
from answerback.store.secrets import unseal
from answerback.workflow import clock, setup

NAME = "Rivera Plumbing"
LINE = "+15125550199"
OWNER_EMAIL = "dana@rivera.example"
HOURS = (*((day, "08:00", "12:00") for day in range(5)), *((day, "13:00", "17:30") for day in range(5)), (5, "09:00", "13:00"))

HOLD_SECONDS = 5
"""Shorter than the default 15 s, so that nobody who watches has to wait; it is the playbook's `hold_seconds`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The demo's business and where its pretend phones live. `password` is empty when it was made at an earlier run."""

    business: int
    connection: int
    world: str
    password: str
    is_new: bool


def open_shop(address: str) -> Shop:
    """The demo's business, made at the first run; `address` is where the web process listens."""
    business = models.Business.objects.filter(name=NAME).first()
    if business is None:
        return _make(address)
    connection = models.Connection.objects.get(business=business, provider="simulator")
    known = unseal(connection.sealed)
    _plug_in(known["world"], connection.id, known["secret"], address)
    return Shop(business=business.id, connection=connection.id, world=known["world"], password="", is_new=False)


def free_number(shop: Shop) -> str:
    """A pretend customer's number this business does not know yet, so that every run is a first call."""
    known = set(models.Contact.objects.filter(business_id=shop.business).values_list("number", flat=True))
    number = next(number for each in range(9000) if (number := f"+1512555{1000 + each}") not in known)
    open_world(shop.world).add_handset(number, "Maria Lopez")
    return number


def _make(address: str) -> Shop:
    playbook = pack_text("plumbing").replace("hold_seconds: 15", f"hold_seconds: {HOLD_SECONDS}")
    new = setup.NewBusiness(name=NAME, zone="America/Chicago", phone="+15125550100", playbook=playbook, hours=HOURS)
    business = setup.open_business(new)
    # The history lies in the past, and so do the holidays a business knows of.
    models.Business.objects.filter(id=business.id).update(created_at=clock.now() - timedelta(days=30))
    known = {"world": str(settings.VAR / "phones.sqlite3"), "secret": secrets.token_urlsafe(32)}
    connection = setup.connect(business.id, "simulator", "Pretend phones", known)
    setup.add_line(business.id, connection.id, LINE, "Website", per_second=5)
    password = secrets.token_urlsafe(9)
    _people(business.id, password)
    _plug_in(known["world"], connection.id, known["secret"], address)
    return Shop(business=business.id, connection=connection.id, world=known["world"], password=password, is_new=True)


def _people(business: int, password: str) -> None:
    setup.add_member(business, "Dana Rivera", "owner", phone="+15125550101", email=OWNER_EMAIL, password=password)
    setup.add_member(business, "Miguel Santos", "technician", phone="+15125550102", on_call=True)
    setup.add_member(business, "Priya Shah", "desk", phone="+15125550103")


def _plug_in(where: str, connection: int, secret: str, address: str) -> None:
    """Tell the pretend phone world where this line's webhooks go."""
    world = open_world(where)
    hooks = f"{address}/hooks/simulator/{connection}"
    world.connect(LINE, connection=connection, secret=secret, hooks_url=hooks, title=NAME)
    for number, name in (("+15125550131", "Maria Lopez"), ("+15125550132", "Tom Becker"), ("+15125550133", "Ana Ruiz")):
        world.add_handset(number, name)
