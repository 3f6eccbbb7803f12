"""Whose name and looks a page wears: ours, or an agency's, by the host it is opened at or the business it shows.

How its colour is made readable is said in `answerback.workflow.palette`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import DisallowedHost
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

RENEWED = "password_renewed_by"
"""The session's key for who has just chosen a new password, and is not signed in by that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """A name and looks; `agency` is None for our own. Without a `name` none is said."""

    name: str = agencies.OURS
    colour: str = ""
    has_logo: bool = False
    agency: int | None = None
    version: str = ""

    def __str__(self) -> str:
        return self.name

    @property
    def icon(self) -> str:
        """What follows the address of the app's icon: whose it is and, by its version, which logo it bears."""
        if self.agency is None:
            return ""
        return f"?of={self.agency}" + (f"&logo={self.version}" if self.has_logo else "")


def brand_of(request: HttpRequest) -> Brand:
    """The brand of this request: of the agency of the business that is shown, else of the host's agency."""
    row = agencies.by_id(shown) if (shown := _shown(request)) else agency_here(request)
    return _looking_like(row) if row is not None else Brand()


def brand_unasked(request: HttpRequest) -> Brand:
    """The same as far as it is known without the database: at a host name that is not ours it may have no name."""
    try:
        host = host_of(request).lower()
    except DisallowedHost:
        return Brand(name="")
    shown = getattr(request, AGENCY, None)
    for row in agencies.remembered():
        if row.id == shown or (shown is None and row.domain == host and not is_ours(host)):
            return _looking_like(row)
    return Brand() if is_ours(host) and shown is None else Brand(name="")


def agency_of(user: int) -> int | None:
    """The one agency that looks after every business this person works in; None where there is none, or another too."""
    found = {seat.agency for seat in access.seats(user)}
    found |= set(models.AgencyAdmin.objects.filter(user=user).values_list("agency_id", flat=True))
    return found.pop() if len(found) == 1 else None


def wear(request: HttpRequest, user: int) -> None:
    """From now on the page wears the looks of this person, who is known and not signed in."""
    setattr(request, AGENCY, agency_of(user))


@contextmanager
def wearing(request: HttpRequest, user: int) -> Iterator[None]:
    """Within it what is said is said to this person; a page afterwards does not tell that they are known."""
    if hasattr(request, AGENCY) or request.user.is_authenticated:
        yield
        return
    wear(request, user)
    try:
        yield
    finally:
        delattr(request, AGENCY)


def context(request: HttpRequest) -> dict[str, Any]:
    """The brand for every template."""
    return {"brand": brand_of(request)}


def host_of(request: HttpRequest) -> str:
    """The host name this was asked at, without its port."""
    return request.get_host().partition(":")[0]


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
    drawn = agencies.logo(agency)
    if not drawn:
        raise Http404
    return HttpResponse(drawn, content_type="image/png")


def _looking_like(row: agencies.Looks) -> Brand:
    return Brand(
        name=row.brand or row.name, colour=row.colour, has_logo=row.has_logo, agency=row.id, version=row.version
    )


def _shown(request: HttpRequest) -> int | None:
    """The agency of the business that the guard let them into; where no guard stands (a page that is not found, the
    manifest), of the one that whoever is signed in looked at last."""
    if hasattr(request, AGENCY):
        return cast("int | None", getattr(request, AGENCY))
    user = getattr(request, "user", None)
    if user is not None and user.pk is None and (known := _known(request)) is not None:
        return agency_of(known)
    seats = access.seats(user.pk) if user is not None and user.pk is not None else ()
    chosen = request.session.get(BUSINESS) if seats else None
    found = next((seat for seat in seats if seat.business == chosen), seats[0] if seats else None)
    return found.agency if found is not None else None


def _known(request: HttpRequest) -> int | None:
    """Who is at the page where a second step is given, or where a new password was kept."""
    if (stage := getattr(request, "_login_stage", None)) is not None:  # allauth's
        return cast("int", stage.login.user.pk)
    at = request.resolver_match
    is_done = at is not None and at.url_name == "account_reset_password_from_key_done"
    return cast("int | None", request.session.get(RENEWED)) if is_done else None


def agency_here(request: HttpRequest) -> agencies.Looks | None:
    """The agency whose host name this was asked at; None at our own."""
    host = host_of(request)
    return None if is_ours(host) else agencies.by_domain(host)


def _said(colours: dict[str, str]) -> str:
    return " ".join(f"{name}: {colour};" for name, colour in colours.items())
