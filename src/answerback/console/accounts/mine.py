"""One's own account: the language, the way to the password and the second step, and every browser that is signed in."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said
from answerback.console.accounts import second_step
from answerback.console.accounts.names import browser_name
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, moment
from answerback.store import models
from answerback.store.queries.access import NotYours
from answerback.store.queries.rows import Cursor
from answerback.workflow import audit, saved, sign_ins
from answerback.workflow.where_from import place_of

LANGUAGES = {"en": "English", "es": "Español"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """A browser that is signed in, in words."""

    id: int
    name: str
    place: str
    at: Moment
    is_this: bool


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """The page of one's own account."""
    user = models.User.objects.get(id=visit.user)
    this = visit.request.session.session_key or ""
    context = {
        "email": user.email,
        "languages": LANGUAGES.items(),
        "language": user.language,
        "step_is_set": second_step.is_set(user),
        "browsers": [
            Browser(
                id=row.id,
                name=browser_name(row.browser),
                place=row.place,
                at=moment(row.at, visit.now, visit.seat.zone),
                is_this=sign_ins.is_of(row, this),
            )
            for row in sign_ins.standing(visit.user)
        ],
        "section": "account",
    }
    return visit.page("console/accounts/mine.html", context)


@require_POST
@seated
def set_language(visit: Visit) -> HttpResponse:
    """The language the console speaks to this person; empty for the business's."""
    wanted = visit.request.POST.get("language", "")
    if wanted in {"", *LANGUAGES}:
        user = models.User.objects.get(id=visit.user)

        def speak(_cursor: Cursor) -> None:
            models.User.objects.filter(id=user.id).update(language=wanted)

        said.done(visit.request, _("Saved."), saved.saving(user, speak, "mine", at=visit.seat.business))
    else:
        visit.trace.is_idle = True
    return redirect("console:account")


@require_POST
@seated
def end_sign_in(visit: Visit, id: int) -> HttpResponse:
    """Sign one browser out."""
    if not sign_ins.end(visit.user, id):
        raise NotYours
    _write(visit, "console:end_sign_in")
    messages.success(visit.request, _("That browser is signed out."))
    return redirect("console:account")


@require_POST
@seated
def end_others(visit: Visit) -> HttpResponse:
    """Sign every other browser out."""
    sign_ins.end_all(visit.user, but=visit.request.session.session_key or "")
    _write(visit, "console:end_others")
    messages.success(visit.request, _("All other browsers are signed out."))
    return redirect("console:account")


def _write(visit: Visit, what: str) -> None:
    """Every business of this person has it in its log, not only the one they look at."""
    audit.note_person(visit.user, what, place_of(visit.request))
    visit.trace.is_idle = True
