"""Whose phone world a signed-in person may play in: their own business's, if its phone provider is the simulator."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from answerback.console.brand import BUSINESS
from answerback.console.guard import owes_the_step
from answerback.store import models
from answerback.store.queries.access import seats
from answerback.store.secrets import unseal


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Which pretend phone world this is, and whose line is called there.

    `world` and `secret` are the connection's settings, `hooks_url` is our public `/hooks/simulator/<connection>`,
    `shop_phone` the number on which the people of the shop are paged (empty if none), `zone` an IANA name.
    """

    business_id: int
    business: str
    connection: int
    world: str
    secret: str
    hooks_url: str
    line: str
    zone: str
    shop_phone: str = ""


def exchange_for(request: HttpRequest) -> Exchange | None:
    """The phone world of the business this person looks at, else of their first that has one; None without any."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not settings.PHONE_PAGE or owes_the_step(request):
        return None
    chosen = request.session.get(BUSINESS)
    for seat in sorted(seats(user.pk), key=lambda seat: seat.business != chosen):
        line = _simulated_line(seat.business)
        if line is not None:
            return _exchange_of(line)
    return None


def _simulated_line(business: int) -> models.Line | None:
    lines = models.Line.objects.filter(business_id=business, connection__provider="simulator")
    return lines.select_related("business", "connection").order_by("id").first()


def _exchange_of(line: models.Line) -> Exchange:
    opened = unseal(line.connection.sealed)
    root = settings.PUBLIC_URL or settings.LOCAL_URL
    on_call = models.Member.objects.filter(business_id=line.business_id, on_call=True).exclude(phone="").order_by("id")
    paged = on_call.values_list("phone", flat=True).first()
    return Exchange(
        business_id=line.business_id,
        business=line.business.name,
        connection=line.connection_id,
        world=opened.get("world", ""),
        secret=opened.get("secret", ""),
        hooks_url=f"{root}/hooks/simulator/{line.connection_id}",
        line=line.number,
        zone=line.business.zone,
        shop_phone=paged or "",
    )
