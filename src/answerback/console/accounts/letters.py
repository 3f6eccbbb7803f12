"""Mails to people who sign in: in the name of the brand they know, as plain text and as a page of HTML beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from answerback.console import moments
from answerback.console.brand import agency_here, agency_of, brand_of
from answerback.store.queries import access, agencies
from answerback.workflow import mail_page, ways_in
from answerback.workflow.mail_page import Sheet

BY_ITSELF = {"Auto-Submitted": "auto-generated"}
"""So that an absence notice does not answer."""


def root(request: HttpRequest) -> str:
    """Where a link leads in a mail that whoever asks sends: to their agency's own host, else the public address."""
    agency = brand_of(request).agency
    if agency is not None and agencies.reached_at(agency=agency):
        return ways_in.root(agency=agency)
    here = request.build_absolute_uri("/").rstrip("/")
    return here if agency_here(request) is not None else settings.PUBLIC_URL or here


def root_of(request: HttpRequest, user: int) -> str:
    """Where a link leads in a mail to this person, who may not be the one who asks: never to another agency's host."""
    agency, host = agency_of(user), agency_here(request)
    is_theirs = host is None or host.id == agency
    if settings.PUBLIC_URL or not is_theirs or agencies.reached_at(agency=agency):
        return ways_in.root(agency=agency)
    return request.build_absolute_uri("/").rstrip("/")


@contextmanager
def read_by(user: int) -> Iterator[None]:
    """Within it their language is spoken, whoever asks, and at whatever browser."""
    seats = access.seats(user)
    with translation.override(seats[0].language if seats else get_language()):
        yield


def happened(at: datetime, user: int) -> str:
    """When that was, by the clock of the business this person works in; the world's where they work in none."""
    seats = access.seats(user)
    if not seats:
        return _("%(time)s UTC") % {"time": moments.in_full(at.astimezone(UTC))}
    told = {"time": moments.in_full(at.astimezone(seats[0].zone)), "business": seats[0].business_name}
    return _("%(time)s, by the clock of %(business)s") % told


def sender(request: HttpRequest) -> str:
    """Who it comes from: the brand's name before the installation's address."""
    name = _one_line(brand_of(request).name).replace('"', "").replace("\\", "")
    return f'"{name}" <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>'


def letter(request: HttpRequest, to: str, subject: str, body: str) -> EmailMultiAlternatives:
    """A mail ready to be sent."""
    mail = EmailMultiAlternatives(_one_line(subject), f"{body}\n", sender(request), [to], headers=BY_ITSELF)
    mail.attach_alternative(drawn(request, subject, body), "text/html")
    return mail


def drawn(request: HttpRequest, subject: str, body: str) -> str:
    """The same as a page."""
    brand = brand_of(request)
    language = get_language() or "en"
    return mail_page.drawn(Sheet(language=language, brand=brand.name, colour=brand.colour, subject=subject, body=body))


def _one_line(words: str) -> str:
    """A head of a mail has one line; Django sends none that has two."""
    return " ".join(words.split())
