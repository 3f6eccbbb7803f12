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

MARIA = "Maria Lopez"
"""Who calls live."""

MOST_CUSTOMERS = 9000
"""Numbers from which Maria may call."""

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


def maria(shop: Shop) -> int | None:
    """Maria's conversation where an earlier run has played her call: she is not somebody new at each start."""
    numbers = [each.number for each in open_world(shop.world).handsets() if each.name == MARIA]
    hers = models.Conversation.objects.filter(business_id=shop.business, contact__number__in=numbers)
    return hers.order_by("id").values_list("id", flat=True).first()


def free_number(shop: Shop) -> str:
    """A pretend customer's number this business does not know yet, so that it is a first call."""
    known = set(models.Contact.objects.filter(business_id=shop.business).values_list("number", flat=True))
    number = next(number for each in range(MOST_CUSTOMERS) if (number := _customer(each)) not in known)
    open_world(shop.world).add_handset(number, MARIA)
    return number


def _customer(number: int) -> str:
    return f"+1512555{1000 + number}"


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
