"""Finds adapters by name through their entry points; the only place that knows how they are registered."""

from functools import cache
from importlib.metadata import entry_points
from typing import cast

from answerback.ports.booking_page import BookingPage
from answerback.ports.calendar import Calendar
from answerback.ports.crm import Crm
from answerback.ports.mail import Mail
from answerback.ports.model import LanguageModel
from answerback.ports.phone import Phone
from answerback.ports.program import Programs
from answerback.ports.video import Studio

PHONE_GROUP = "answerback.phone"
CALENDAR_GROUP = "answerback.calendar"
CRM_GROUP = "answerback.crm"
BOOKING_PAGE_GROUP = "answerback.booking_page"
MAIL_GROUP = "answerback.mail"
MODEL_GROUP = "answerback.model"
PROGRAM_GROUP = "answerback.program"
STUDIO_GROUP = "answerback.studio"


@cache
def phone(provider: str) -> Phone:
    """The phone adapter of this provider; raises `LookupError` naming the installed ones."""
    found = entry_points(group=PHONE_GROUP, name=provider)
    if not found:
        raise LookupError(f"No phone adapter is called {provider!r}. Installed: {', '.join(phones())}.")
    return cast("Phone", next(iter(found)).load())


def phones() -> tuple[str, ...]:
    """The names of all installed phone adapters, in order."""
    return tuple(sorted(point.name for point in entry_points(group=PHONE_GROUP)))


@cache
def calendar(provider: str) -> Calendar:
    """The calendar adapter of this provider; raises `LookupError` naming the installed ones."""
    found = entry_points(group=CALENDAR_GROUP, name=provider)
    if not found:
        raise LookupError(f"No calendar is called {provider!r}. Installed: {', '.join(calendars())}.")
    return cast("Calendar", next(iter(found)).load())


def calendars() -> tuple[str, ...]:
    """The names of all installed calendars, in order."""
    return tuple(sorted(point.name for point in entry_points(group=CALENDAR_GROUP)))


@cache
def crm(provider: str) -> Crm:
    """The adapter of this CRM; raises `LookupError` naming the installed ones."""
    found = entry_points(group=CRM_GROUP, name=provider)
    if not found:
        raise LookupError(f"No CRM is called {provider!r}. Installed: {', '.join(crms())}.")
    return cast("Crm", next(iter(found)).load())


def crms() -> tuple[str, ...]:
    """The names of all installed CRMs, in order."""
    return tuple(sorted(point.name for point in entry_points(group=CRM_GROUP)))


@cache
def booking_page(provider: str) -> BookingPage:
    """The adapter of this provider's booking pages; raises `LookupError` naming the installed ones."""
    found = entry_points(group=BOOKING_PAGE_GROUP, name=provider)
    if not found:
        raise LookupError(f"No booking page is called {provider!r}. Installed: {', '.join(booking_pages())}.")
    return cast("BookingPage", next(iter(found)).load())


def booking_pages() -> tuple[str, ...]:
    """The names of all installed booking pages, in order."""
    return tuple(sorted(point.name for point in entry_points(group=BOOKING_PAGE_GROUP)))


@cache
def mail(name: str) -> Mail:
    """The way of this name to send e-mail; raises `LookupError`."""
    found = entry_points(group=MAIL_GROUP, name=name)
    if not found:
        raise LookupError(f"No way to send e-mail is called {name!r}.")
    return cast("Mail", next(iter(found)).load())


@cache
def programs(name: str) -> Programs:
    """The way of this name to tell programs; raises `LookupError`."""
    found = entry_points(group=PROGRAM_GROUP, name=name)
    if not found:
        raise LookupError(f"No way to tell programs is called {name!r}.")
    return cast("Programs", next(iter(found)).load())


@cache
def language_model(name: str) -> LanguageModel:
    """What asks language models of this kind; raises `LookupError` naming the installed kinds."""
    found = entry_points(group=MODEL_GROUP, name=name)
    if not found:
        raise LookupError(f"No language model is called {name!r}. Installed: {', '.join(language_models())}.")
    return cast("LanguageModel", next(iter(found)).load())


def language_models() -> tuple[str, ...]:
    """The kinds of language models that can be asked, in order."""
    return tuple(sorted(point.name for point in entry_points(group=MODEL_GROUP)))


@cache
def studio(name: str) -> Studio:
    """The studio of this name; raises `LookupError`."""
    found = entry_points(group=STUDIO_GROUP, name=name)
    if not found:
        raise LookupError(f"No studio is called {name!r}: videos can be neither taken nor drawn here.")
    return cast("Studio", next(iter(found)).load())
