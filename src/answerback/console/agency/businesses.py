"""The businesses of an agency, those in the worst shape first; its admins; the rules all its businesses inherit."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from answerback.console import paging, said
from answerback.console.accounts import rescue, second_step
from answerback.console.accounts.letters import root
from answerback.console.accounts.mine import LANGUAGES
from answerback.console.accounts.people import mail_link, spoken
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.refused import Refused
from answerback.console.settings import rules
from answerback.store import models
from answerback.store.queries import agencies, names
from answerback.store.queries.access import NotYours
from answerback.store.queries.agencies import Shape
from answerback.workflow import people, transaction, ways_in
from answerback.workflow.people import NotPossible

ROWS = 50
LONGEST = 100

SEARCHED_FROM = 8
"""So many businesses are seen at one glance; of fewer nothing is searched."""

TABS: dict[str, tuple[Promise, Callable[[Shape], bool]]] = {
    "": (gettext_lazy("All"), lambda shape: True),  # noqa: ARG005
    "trouble": (gettext_lazy("Needs somebody"), lambda shape: shape.has_trouble),
    "new": (gettext_lazy("Not set up"), lambda shape: not shape.set_up),
    "well": (gettext_lazy("All well"), lambda shape: shape.is_well),
}
"""Which of them are shown, by the word in the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Who may become an admin by a link, and until when."""

    id: int
    email: str
    until: Moment


@require_safe
@seated_for("agency")
def show(visit: Visit) -> HttpResponse:
    """Every business of the agency by its health."""
    return _page(visit)


@require_POST
@seated_for("agency")
def invite(visit: Visit) -> HttpResponse:
    """A join link for one more admin; mailed as well where there is a mail server, and shown once either way."""
    email = visit.request.POST.get("email", "").strip()
    try:
        validate_email(email)
    except ValidationError:
        says = _("Write an e-mail address, such as kim@example.com.")
        return _page(visit, refused=Refused(problem=says, field="email", given=visit.request.POST, form="invite"))
    agency = agency_of(visit)
    address = root(visit.request) + reverse("console:join", args=[people.make_first_link(email, agency=agency.id)])
    if settings.MAIL:
        told = {"name": visit.seat.name, "business": agency.name}

        def words() -> tuple[str, str]:
            subject = _("%(name)s asks you to join %(business)s") % told
            says = _("%(name)s asks you to look after the businesses of %(business)s. Choose your password here:")
            return subject, says % told

        asked = visit.request.POST.get("language", "")
        mail_link(visit, email, spoken(asked, email, _tongue_of(agency)), words, address)
    return _page(visit, made=address)


@require_POST
@seated_for("agency")
def take_back(visit: Visit, id: int) -> HttpResponse:
    """Nobody comes in by this invitation any more."""
    link = models.JoinLink.objects.filter(id=id, agency=agency_of(visit)).first()
    if link is None:
        raise NotYours
    try:
        people.take_back_invitation(link)
    except NotPossible as problem:  # they came in, or somebody else took it back meanwhile
        said.refused(visit.request, problem)
    else:
        messages.success(visit.request, _("The invitation of %(email)s is taken back.") % {"email": link.email})
    return redirect("console:agency")


@require_POST
@seated_for("agency")
def remove_admin(visit: Visit, id: int) -> HttpResponse:
    """Take an admin out of every business at once; nobody takes themselves out."""
    admins = models.AgencyAdmin.objects.filter(agency=agency_of(visit)).exclude(user=visit.user)
    if (row := admins.select_related("user").filter(id=id).first()) is None:
        raise NotYours
    try:
        people.remove_agency_admin(row)
    except NotPossible as problem:  # another admin took this one out meanwhile
        said.refused(visit.request, problem)
    else:
        messages.success(visit.request, _("%(name)s is out.") % {"name": row.name})
    return redirect("console:agency")


@require_POST
@seated_for("agency")
def take_step(visit: Visit, id: int) -> HttpResponse:
    """The second step of another admin, whose phone is lost."""
    row = models.AgencyAdmin.objects.filter(agency=agency_of(visit), id=id).first()
    if row is None:
        raise NotYours
    try:
        rescue.help_out(visit, row.user_id, row.name)
    except NotPossible as problem:
        said.refused(visit.request, problem)
    return redirect("console:agency")


@require_safe
@seated_for("agency")
def rules_page(visit: Visit) -> HttpResponse:
    """The rules that hold in every business that says nothing else."""
    return rules.page(visit, agency_of(visit))


@require_POST
@seated_for("agency")
def save_rules(visit: Visit) -> HttpResponse:
    """Keep them."""
    return rules.keep(visit, agency_of(visit), "console:agency_rules")


def agency_of(visit: Visit) -> models.Agency:
    """The agency of the business that is shown, if this person is one of its admins; raises `NotYours`."""
    admin = models.AgencyAdmin.objects.select_related("agency").filter(agency=visit.seat.agency, user=visit.user)
    row = admin.first() if visit.seat.agency else None
    if row is None:
        raise NotYours
    return row.agency


def _tongue_of(agency: models.Agency) -> str:
    """An agency has no language of its own: that of the first of its businesses."""
    found = models.Business.objects.filter(agency=agency).order_by("id").values_list("language", flat=True).first()
    return found or "en"


def host_lost(visit: Visit, agency: models.Agency) -> dict[str, object]:
    """For both pages of the agency: since when its host name leads here no more, if so, and what is used meanwhile."""
    at = agency.domain_lost_at
    lost = moment(at, visit.now, visit.seat.zone) if at is not None else None
    return {"lost": lost, "public": urlsplit(ways_in.public()).netloc}


def _page(visit: Visit, *, made: str = "", refused: Refused | None = None) -> HttpResponse:
    agency = agency_of(visit)
    shapes = transaction.run(lambda cursor: agencies.shapes(cursor, agency.id, visit.now))
    admins = list(models.AgencyAdmin.objects.filter(agency=agency).select_related("user").order_by("name"))
    context = host_lost(visit, agency) | {
        "agency": agency,
        "you": visit.user,
        "admins": admins,
        "with_step": second_step.of_each(each.user_id for each in admins),
        "invitations": [
            Invitation(id=link.id, email=link.email, until=moment(link.expires_at, visit.now, visit.seat.zone))
            for link in people.open_invitations(agency.id)
        ],
        "made": made,
        "mails": bool(settings.MAIL),
        "languages": LANGUAGES.items(),
        "section": "agency",
    }
    return visit.page("console/agency/businesses.html", context | _listed(visit, shapes), refused=refused)


def _listed(visit: Visit, shapes: list[Shape]) -> dict[str, object]:
    """The businesses whose name and kind are asked for, a page of them; and how many of each kind there are."""
    asked, show = visit.request.GET.get("q", "").strip()[:LONGEST], visit.request.GET.get("show", "")
    show = show if show in TABS else ""
    named = [each for each in shapes if names.plain(asked) in names.plain(each.name)]
    kinds = {word: [each for each in named if holds(each)] for word, (_words, holds) in TABS.items()}
    shown, behind = paging.part(kinds[show], visit.request.GET, ROWS)

    def query(word: str) -> str:
        return urlencode({name: value for name, value in (("show", word), ("q", asked)) if value})

    def href(word: str) -> str:
        return f"{reverse('console:agency')}?{query(word)}"  # the page may be drawn by an act

    return {
        "shapes": shown,
        "found": len(kinds[show]),
        "more": "&".join(part for part in (behind, query(show)) if part) if behind else "",
        "tabs": [(words, len(kinds[word]), href(word), word == show) for word, (words, _holds) in TABS.items()],
        "asked": asked,
        "which": show,
        "is_searched": len(shapes) >= SEARCHED_FROM,
    }
