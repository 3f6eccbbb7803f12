"""Whose name and looks a page wears: ours, or an agency's, by the host it is opened at or the business it shows.

How its colour is made readable is said in `answerback.workflow.palette`.
"""

from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import validate_host
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from answerback.store import models
from answerback.store.queries import access, agencies
from answerback.workflow.palette import DARK, LIGHT, tokens

AGENCY = agencies.SHOWN

BUSINESS = "business"
"""The session's key for the business a person with several looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """A name and looks; `agency` is None for our own."""

    name: str = agencies.OURS
    colour: str = ""
    has_logo: bool = False
    agency: int | None = None
    version: str = ""

    def __str__(self) -> str:
        return self.name


def brand_of(request: HttpRequest) -> Brand:
    """The brand of this request: of the agency of the business that is shown, else of the host's agency."""
    row = agencies.by_id(shown) if (shown := _shown(request)) else _of_host(request)
    if row is None:
        return Brand()
    return Brand(
        name=row.brand or row.name, colour=row.colour, has_logo=row.has_logo, agency=row.id, version=row.version
    )


def context(request: HttpRequest) -> dict[str, Any]:
    """The brand for every template."""
    return {"brand": brand_of(request)}


def is_ours(host: str) -> bool:
    """Whether this installation itself is reached by that host name, which then no agency can wear."""
    return validate_host(host.lower(), [each for each in settings.OWN_HOSTS if each != "*"])


@require_safe
@cache_control(max_age=300, private=True)
def css(request: HttpRequest, agency: int) -> HttpResponse:  # noqa: ARG001
    """An agency's colour as tokens of the one stylesheet."""
    row = agencies.by_id(agency)
    if row is None or not row.colour:
        raise Http404
    by_day, by_night = (_said(tokens(row.colour, scheme)) for scheme in (LIGHT, DARK))
    rules = f":root {{ {by_day} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {by_night} }} }}\n"
    return HttpResponse(rules, content_type="text/css; charset=utf-8")


@require_safe
@cache_control(max_age=300, private=True)
def logo(request: HttpRequest, agency: int) -> HttpResponse:  # noqa: ARG001
    """An agency's logo, as we made it anew when it was given."""
    drawn = models.Agency.objects.filter(id=agency).values_list("logo", flat=True).first()
    if not drawn:
        raise Http404
    return HttpResponse(bytes(drawn), content_type="image/png")


def _shown(request: HttpRequest) -> int | None:
    """The agency of the business that the guard let them into; where no guard stands (a page that is not found, the
    manifest), of the one that whoever is signed in looked at last."""
    if hasattr(request, AGENCY):
        return cast("int | None", getattr(request, AGENCY))
    user = getattr(request, "user", None)
    seats = access.seats(user.pk) if user is not None and user.pk is not None else ()
    chosen = request.session.get(BUSINESS) if seats else None
    found = next((seat for seat in seats if seat.business == chosen), seats[0] if seats else None)
    return found.agency if found is not None else None


def _of_host(request: HttpRequest) -> agencies.Looks | None:
    host = request.get_host().partition(":")[0]
    return None if is_ours(host) else agencies.by_domain(host)


def _said(colours: dict[str, str]) -> str:
    return " ".join(f"{name}: {colour};" for name, colour in colours.items())
