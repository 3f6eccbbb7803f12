"""How the business is set up: its lines and its members. Who asks can see who they are taken for."""

from dataclasses import dataclass

from ninja import Query, Router

from answerback.api.door import ApiRequest
from answerback.api.fields import Id
from answerback.api.operations import page_of, reads
from answerback.api.paging import Paged, page
from answerback.store import models
from answerback.store.queries.told.setup import LINES, MEMBERS, Line, Member

router = Router(tags=["Setup"])


@dataclass(frozen=True, slots=True)
class Business:
    """The business this token belongs to, and what the token may do."""

    id: int
    name: str
    zone: str
    phone: str
    scopes: list[str]


@reads(router, "/business", "", Business)
def get_business(request: ApiRequest) -> Business:
    """Which business this token belongs to. Any token may ask: a good first request."""
    row = models.Business.objects.get(id=request.auth.business)
    return Business(row.id, row.name, row.zone, row.phone, sorted(request.auth.scopes))


@reads(router, "/lines", "settings:read", page_of(Line))
def list_lines(request: ApiRequest, paged: Query[Paged]) -> dict[str, object]:
    """The phone numbers of the business."""
    return page(LINES, request.auth.business, paged)


@reads(router, "/lines/{int:id}", "settings:read", Line)
def get_line(request: ApiRequest, id: Id) -> Line:
    """One line."""
    return LINES.one(request.auth.business, id)


@reads(router, "/members", "settings:read", page_of(Member))
def list_members(request: ApiRequest, paged: Query[Paged]) -> dict[str, object]:
    """The people who work there."""
    return page(MEMBERS, request.auth.business, paged)


@reads(router, "/members/{int:id}", "settings:read", Member)
def get_member(request: ApiRequest, id: Id) -> Member:
    """One member."""
    return MEMBERS.one(request.auth.business, id)
