"""Finds adapters by name through their entry points; the only place that knows how they are registered."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from answerback.ports.alerts import Alerts
from answerback.ports.booking_page import BookingPage
from answerback.ports.calendar import Calendar
from answerback.ports.crm import Crm
from answerback.ports.errors import Unavailable
from answerback.ports.mail import Mail
from answerback.ports.model import LanguageModel
from answerback.ports.phone import Phone
from answerback.ports.program import Programs
from answerback.ports.push import Push
from answerback.ports.video import Studio

PHONE_GROUP = "answerback.phone"
CALENDAR_GROUP = "answerback.calendar"
CRM_GROUP = "answerback.crm"
BOOKING_PAGE_GROUP = "answerback.booking_page"
MAIL_GROUP = "answerback.mail"
MODEL_GROUP = "answerback.model"
PROGRAM_GROUP = "answerback.program"
STUDIO_GROUP = "answerback.studio"
ALERT_GROUP = "answerback.alert"
PUSH_GROUP = "answerback.push"


class NotInstalled(Unavailable, LookupError):
    """No adapter of this `name` is installed: uninstalled since somebody connected by it, or written wrongly.

    Nothing happened, and it works again once the adapter is back: whatever waits for it waits as for a provider that is
    away, with `detail` for the person who reads why.
    """

    def __init__(self, what: str, name: str, installed: str) -> None:
        super().__init__(gone(name))
        self.name = name
        self._says = f"No {what} is called {name!r}. Installed: {installed}."

    def __str__(self) -> str:
        return self._says


def gone(name: str) -> str:
    """What people are told of an adapter that is not installed any more."""
    return f"{name} is not installed here any more."


def phone(provider: str) -> Phone:
    """The phone adapter of this provider; raises `LookupError` naming the installed ones."""
    found: Phone = _loaded(PHONE_GROUP, "phone adapter", provider)
    return found


def phone_if_installed(provider: str) -> Phone | None:
    """The phone adapter of this provider; None where it was uninstalled since."""
    return phone(provider) if provider in _installed(PHONE_GROUP) else None


def phones() -> tuple[str, ...]:
    """The names of all installed phone adapters, in order."""
    return tuple(_installed(PHONE_GROUP))


def calendar(provider: str) -> Calendar:
    """The calendar adapter of this provider; raises `LookupError` naming the installed ones."""
    found: Calendar = _loaded(CALENDAR_GROUP, "calendar", provider)
    return found


def calendar_if_installed(provider: str) -> Calendar | None:
    """The calendar adapter of this provider; None where it was uninstalled since."""
    return calendar(provider) if provider in _installed(CALENDAR_GROUP) else None


def calendars() -> tuple[str, ...]:
    """The names of all installed calendars, in order."""
    return tuple(_installed(CALENDAR_GROUP))


def crm(provider: str) -> Crm:
    """The adapter of this CRM; raises `LookupError` naming the installed ones."""
    found: Crm = _loaded(CRM_GROUP, "CRM", provider)
    return found


def crm_if_installed(provider: str) -> Crm | None:
    """The adapter of this CRM; None where it was uninstalled since."""
    return crm(provider) if provider in _installed(CRM_GROUP) else None


def crms() -> tuple[str, ...]:
    """The names of all installed CRMs, in order."""
    return tuple(_installed(CRM_GROUP))


def booking_page(provider: str) -> BookingPage:
    """The adapter of this provider's booking pages; raises `LookupError` naming the installed ones."""
    found: BookingPage = _loaded(BOOKING_PAGE_GROUP, "booking page", provider)
    return found


def booking_page_if_installed(provider: str) -> BookingPage | None:
    """The adapter of this provider's booking pages; None where it was uninstalled since."""
    return booking_page(provider) if provider in _installed(BOOKING_PAGE_GROUP) else None


def booking_pages() -> tuple[str, ...]:
    """The names of all installed booking pages, in order."""
    return tuple(_installed(BOOKING_PAGE_GROUP))


def mail(name: str) -> Mail:
    """The way of this name to send e-mail; raises `LookupError` naming the installed ones."""
    found: Mail = _loaded(MAIL_GROUP, "way to send e-mail", name)
    return found


def programs(name: str) -> Programs:
    """The way of this name to tell programs; raises `LookupError` naming the installed ones."""
    found: Programs = _loaded(PROGRAM_GROUP, "way to tell programs", name)
    return found


def language_model(name: str) -> LanguageModel:
    """What asks language models of this kind; raises `LookupError` naming the installed kinds."""
    found: LanguageModel = _loaded(MODEL_GROUP, "language model", name)
    return found


def language_models() -> tuple[str, ...]:
    """The kinds of language models that can be asked, in order."""
    return tuple(_installed(MODEL_GROUP))


def studio(name: str) -> Studio:
    """The studio of this name, where videos are taken and drawn; raises `LookupError` naming the installed ones."""
    found: Studio = _loaded(STUDIO_GROUP, "studio", name)
    return found


def alerts(name: str) -> Alerts:
    """The way of this name to alert people; raises `LookupError` naming the installed ones."""
    found: Alerts = _loaded(ALERT_GROUP, "way to alert people", name)
    return found


def push(name: str) -> Push:
    """The way of this name to reach browsers; raises `LookupError` naming the installed ones."""
    found: Push = _loaded(PUSH_GROUP, "way to reach browsers", name)
    return found


@cache
def _loaded(group: str, what: str, name: str) -> Any:
    found = _installed(group).get(name)
    if found is None:
        raise NotInstalled(what, name, ", ".join(_installed(group)) or "none")
    return found.load()


@cache
def _installed(group: str) -> dict[str, EntryPoint]:
    return {point.name: point for point in sorted(entry_points(group=group), key=lambda point: point.name)}
