"""White label: the agency's name, colour, logo and host name. A logo is drawn anew by us, never served as it came."""

import io
import re

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from PIL import Image, UnidentifiedImageError

from answerback.console import said
from answerback.console.agency.businesses import agency_of, host_lost
from answerback.console.brand import is_ours
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.console.shown import Form
from answerback.store import models
from answerback.store.queries import agencies
from answerback.workflow import saved
from answerback.workflow.palette import parsed
from answerback.workflow.refusals import Refusal

LARGEST_FILE = 2_000_000
LARGEST_SIDE = 4000
LOGO = (320, 96)
THINNEST = 10
"""So many times as long as the other side a logo may be; of a longer one only a line is seen."""
PLAIN = "#0f766e"
"""What the field for a colour shows where there is none."""
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+")
ADDRESS = re.compile(r"(?:https?://)?([^/:?#\s]+)(?::\d+)?(?:[/?#]\S*)?")
"""What a browser shows in its bar, with the host name in it."""


class Unusable(Refusal):
    """What was given cannot be used; the message says why, `field` where it was given."""


WORDS = {"name", "brand", "colour"}
"""What of the looks an undo gives back."""


@require_safe
@seated_for("agency")
def show(visit: Visit) -> HttpResponse:
    """The looks as they are."""
    return _page(visit, agency_of(visit))


@require_POST
@seated_for("agency")
def save(visit: Visit) -> HttpResponse:
    """Keep the new ones."""
    agency = agency_of(visit)
    given: QueryDict = visit.request.POST
    try:
        given = _form(agency).told(given)
        changed = _wanted(agency, given, visit.request.FILES.get("logo"))
        undo = saved.saving(agency, lambda _: _keep(agency, changed), "mine", at=visit.seat.business)
    except Refusal as problem:
        return _page(visit, agency, Refused.of(problem, given))
    agencies.forget()
    # A logo, and a host name that was given up, are not had back with the words.
    said.done(visit.request, _("Saved."), None if changed.keys() - WORDS else undo)
    return redirect("console:looks")


def drawn_anew(file: "UploadedFile[bytes]") -> bytes:
    """The picture as a small PNG with nothing in it but its points; raises `Unusable`."""
    if (file.size or 0) > LARGEST_FILE:
        raise Unusable(_("The logo is larger than 2 MB."), "logo")
    try:
        with Image.open(file, formats=["PNG", "JPEG", "WEBP", "GIF"]) as picture:
            if max(picture.size) > LARGEST_SIDE:
                raise Unusable(_("The logo has more than 4000 points on a side."), "logo")
            if max(picture.size) > THINNEST * min(picture.size):
                says = _("The logo is too long and thin to be seen. Take one at most ten times as wide as high.")
                raise Unusable(says, "logo")
            plain = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise Unusable(_("This is no picture we can read. Take a PNG or JPEG."), "logo") from problem
    plain.thumbnail(LOGO)
    written = io.BytesIO()
    plain.save(written, "PNG", optimize=True)
    return written.getvalue()


def _wanted(agency: models.Agency, given: QueryDict, file: "UploadedFile[bytes] | None") -> dict[str, object]:
    """These looks, by column; raises `Unusable`."""
    changed: dict[str, object] = {
        "name": str(given.get("name", "")).strip()[:120] or agency.name,
        "brand": str(given.get("brand", "")).strip()[:40],
        "colour": str(given.get("colour", "")).strip().lower() if "own_colour" in given else "",
    }
    domain = _host(str(given.get("domain", "")))
    _check(agency, str(changed["colour"]), domain)
    if "no_logo" in given:
        changed["logo"] = None
    elif file is not None:
        changed["logo"] = drawn_anew(file)
    if domain != agency.domain:
        changed["domain"] = domain
    if domain.lower() != agency.domain.lower():
        changed |= agencies.given_up(agency)
    return changed


def _keep(agency: models.Agency, changed: dict[str, object]) -> None:
    try:
        models.Agency.objects.filter(id=agency.id).update(**changed)
    except IntegrityError:  # Another agency took the host name in this very moment.
        raise Unusable(_anothers(str(changed.get("domain", ""))), "domain") from None


def _check(agency: models.Agency, colour: str, domain: str) -> None:
    try:
        if colour:
            parsed(colour)
    except ValueError as problem:
        raise Unusable(str(problem), "colour") from None
    if domain and not HOST.fullmatch(domain):
        says = _("%(domain)s is no host name. Write one such as answers.example.com.")
        raise Unusable(says % {"domain": domain}, "domain")
    if is_ours(domain):
        says = _("%(domain)s is the address of this installation itself. Take a host name of your own.")
        raise Unusable(says % {"domain": domain}, "domain")
    if domain and models.Agency.objects.filter(domain__iexact=domain).exclude(id=agency.id).exists():
        raise Unusable(_anothers(domain), "domain")


def _host(written: str) -> str:
    plain = written.strip().lower()
    found = ADDRESS.fullmatch(plain)
    return found[1] if found else plain


def _anothers(domain: str) -> str:
    return _("%(domain)s is the host name of another agency here. Take another one.") % {"domain": domain}


def _form(agency: models.Agency) -> Form:
    """The looks as the form shows them; whether there is a colour is decided with which. A logo is not compared."""
    colour = ["yes"] if agency.colour else []
    values = {"name": agency.name, "brand": agency.brand, "own_colour": colour, "colour": agency.colour or PLAIN}
    names = {
        "name": _("Name of the agency"),
        "brand": _("Name of the product (empty: the agency's)"),
        "own_colour": _("Colour"),
        "colour": _("Colour"),
        "domain": _("Host name (optional)"),
    }
    return Form(values | {"domain": agency.domain}, names)


def _page(visit: Visit, agency: models.Agency, refused: Refused | None = None) -> HttpResponse:
    form = _form(agency)
    context = host_lost(visit, agency) | {
        "agency": agency,
        "form": form,
        "told": refused.given if refused else form.values,
        "has_logo": bool(agency.logo),
        "section": "looks",
    }
    return visit.page("console/agency/looks.html", context, refused=refused)
