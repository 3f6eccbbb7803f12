"""The demo's business as it stands in the demo's database: Rivera Plumbing, its line on the pretend phones, its
people.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings

from answerback.adapters.simulator import open_world
from answerback.server.kept import keep_once
from answerback.store import models
from answerback.store.secrets import seal, unseal

NAME = "Rivera Plumbing"
LINE = "+15125550199"
OWNER_EMAIL = "dana@rivera.example"
KEPT = "demo-password"
HOURS = (
    *((day, "08:00", "12:00") for day in range(5)),
    *((day, "13:00", "17:30") for day in range(5)),
    (5, "09:00", "13:00"),
)

CALLERS = (
    "Maria Lopez", "Maria Ortiz", "Maria Reyes", "Maria Silva", "Maria Campos", "Maria Duran", "Maria Vega",
)  # fmt: skip
"""Who calls live: another at each start on the same folder, who is new to the business."""

HOLD_SECONDS = 5
"""Shorter than the default 15 s, so that nobody who watches has to wait; it is the playbook's `hold_seconds`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The demo's business and where its pretend phones live. `password` is the owner's, kept in the demo's folder."""

    business: int
    world: str
    password: str


def move_to_file(business: int) -> None:
    """Take the business off the phones in memory its history was played on, onto the file that web and worker share."""
    connection = models.Connection.objects.get(business_id=business, provider="simulator")
    known = {"world": str(settings.VAR / "phones.sqlite3"), "secret": secrets.token_urlsafe(32)}
    models.Connection.objects.filter(id=connection.id).update(sealed=seal(known), revision=connection.revision + 1)


def open_shop(address: str) -> Shop:
    """The demo's business, its phones plugged in at `address` (where the web process listens), its owner able to
    sign in.
    """
    business = models.Business.objects.get(name=NAME)
    connection = models.Connection.objects.get(business=business, provider="simulator")
    known = unseal(connection.sealed)
    world = open_world(known["world"])
    models.Line.objects.filter(connection=connection).update(media=True)  # pretend phones take pictures
    hooks = f"{address}/hooks/simulator/{connection.id}"
    world.connect(LINE, connection=connection.id, secret=known["secret"], hooks_url=hooks, title=NAME)
    return Shop(business=business.id, world=known["world"], password=_let_owner_in(business.id))


def free_number(shop: Shop) -> str:
    """A pretend customer's number this business does not know yet, so that every run is a first call."""
    known = set(models.Contact.objects.filter(business_id=shop.business).values_list("number", flat=True))
    number = next(number for each in range(9000) if (number := f"+1512555{1000 + each}") not in known)
    world = open_world(shop.world)
    called = sum(each.name in CALLERS for each in world.handsets())
    world.add_handset(number, CALLERS[called % len(CALLERS)])
    return number


def caller(shop: Shop, number: str) -> str:
    """The name of whose phone this is."""
    return next(each.name for each in open_world(shop.world).handsets() if each.number == number)


def _let_owner_in(business: int) -> str:
    """The owner's password as the demo's folder keeps it, readable by us alone; who is signed in stays so."""
    password = keep_once(settings.VAR / KEPT, secrets.token_urlsafe(9))
    user = models.User.objects.filter(email=OWNER_EMAIL).first() or models.User.objects.create_user(
        OWNER_EMAIL, name="Dana Rivera"
    )
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    owner = models.Member.objects.filter(business_id=business, role="owner").order_by("id").first()
    assert owner is not None
    models.Member.objects.filter(id=owner.id).update(user=user, email=OWNER_EMAIL)
    return password
