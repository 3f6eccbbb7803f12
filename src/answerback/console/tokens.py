"""Where an owner or manager lets programs in: makes tokens, sees when each was last used, ends them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.refused import Refused
from answerback.store import models
from answerback.store.queries import access
from answerback.workflow import tokens
from answerback.workflow.actors import NotAllowed

YEAR = "365"
LASTS = {YEAR: timedelta(days=365), "90": timedelta(days=90), "30": timedelta(days=30), "": None}
LASTS_NAMES = {
    YEAR: gettext_lazy("A year"),
    "90": gettext_lazy("90 days"),
    "30": gettext_lazy("30 days"),
    "": gettext_lazy("Until it is revoked"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownToken:
    """One token as the page shows it."""

    id: int
    name: str
    hint: str
    scopes: list[str]
    maker: str
    made: Moment
    used: Moment | None
    expires: Moment | None
    expired: bool


@require_safe
@seated_for("settings")
def show(visit: Visit) -> HttpResponse:
    """The tokens of the business."""
    return _page(visit)


@require_POST
@seated_for("settings")
def make(visit: Visit) -> HttpResponse:
    """Make a token; its secret is shown this once."""
    given = visit.request.POST
    lasts = LASTS.get(given.get("lasts", YEAR), LASTS[YEAR])
    try:
        row, secret = tokens.make(
            visit.seat.business,
            visit.seat.member,
            given.get("name", ""),
            given.getlist("scope"),
            visit.now + lasts if lasts else None,
        )
    except NotAllowed as problem:
        return _page(visit, Refused.of(problem, given))
    visit.trace.changed.append(("token", row.id))
    return _page(visit, made={"name": row.name, "secret": secret})


@require_POST
@seated_for("settings")
def revoke(visit: Visit, id: int) -> HttpResponse:
    """End a token at once."""
    row = access.token_for(visit.user, id)
    if tokens.revoke(row.id):
        messages.success(visit.request, _("%(name)s can no longer come in.") % {"name": row.name})
    else:
        visit.trace.is_idle = True
    return redirect("console:tokens")


def _page(visit: Visit, refused: Refused | None = None, *, made: dict[str, str] | None = None) -> HttpResponse:
    rows = models.Token.objects.select_related("member").filter(business=visit.seat.business, revoked_at=None)
    context = {
        "tokens": [_shown(row, visit) for row in rows.order_by("-id")],
        "scopes": tokens.SCOPES,
        "made": made,
        "chosen": refused.given.getlist("scope") if refused else (),
        "lasts": LASTS_NAMES.items(),
        "a_year": YEAR,
    }
    return visit.page("console/tokens.html", context, refused=refused)


def _shown(row: models.Token, visit: Visit) -> ShownToken:
    def when(at: Any) -> Moment | None:
        return moment(at, visit.now, visit.seat.zone) if at else None

    return ShownToken(
        id=row.id,
        name=row.name,
        hint=row.hint,
        scopes=row.scopes,
        maker=row.member.name,
        made=moment(row.created_at, visit.now, visit.seat.zone),
        used=when(row.used_at),
        expires=when(row.expires_at),
        expired=row.expires_at is not None and row.expires_at <= visit.now,
    )
