"""Takes the second step of somebody away who lost their phone: by whoever looks after the people of all they work in.

Never here: a password. Whoever has the lost phone and not the password still does not come in.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerback.console.accounts import people, second_step
from answerback.console.accounts.letters import letter
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.store.queries import access
from answerback.store.roles import may
from answerback.workflow.people import NotPossible


@require_POST
@seated_for("people")
def take_step(visit: Visit, id: int) -> HttpResponse:
    """A member's, who signs in by the password alone then and sets a new one up."""
    member = people.theirs(visit, id)
    try:
        if member.role == "agency":
            raise NotPossible(_("An agency's admins are looked after on the agency's page."))
        help_out(visit, member.user_id, member.name)
    except NotPossible as problem:
        return people.page(visit, refused=Refused.of(problem, visit.request.POST, "step", member.id))
    return redirect("console:people")


def help_out(visit: Visit, user: int | None, name: str) -> None:
    """Take this person's second step away, and tell them by mail. Raises `NotPossible`."""
    theirs = access.seats(user) if user is not None else ()
    if user is None or not second_step.of_each([user]):
        raise NotPossible(_("%(name)s has no second step.") % {"name": name})
    if user == visit.user:
        raise NotPossible(_("Your own second step is looked after on your account's page."))
    looked_after = {seat.business for seat in visit.seats if may(seat.role, "people")}
    if not {seat.business for seat in theirs} <= looked_after:
        says = _(
            "%(name)s works in a business too whose people you do not look after. Ask whoever runs this installation."
        )
        raise NotPossible(says % {"name": name})
    second_step.take_away(user)
    said = _("%(name)s signs in with the password alone now, and is asked to set a new second step up.")
    messages.success(visit.request, said % {"name": name})
    if settings.MAIL:
        _tell(visit, user, theirs[0].language)


def _tell(visit: Visit, user: int, language: str) -> None:
    """By mail, so that nobody's way in grows weaker unseen."""
    told = {"name": visit.seat.name, "business": visit.seat.business_name, "brand": visit.brand}
    with translation.override(language):
        subject = _("%(name)s took your second step away") % told
        body = _(
            "%(name)s of %(business)s took away your second step for signing in to %(brand)s, and every browser of "
            "yours was signed out. Sign in with your password and set a new one up. If you did not ask for it, "
            "choose a new password and talk to %(name)s."
        )
        mail = letter(visit.request, second_step.address_of(user), subject, body % told)
    try:
        mail.send()
    except OSError:
        messages.error(visit.request, _("The e-mail about it could not be sent. Tell them yourself."))
