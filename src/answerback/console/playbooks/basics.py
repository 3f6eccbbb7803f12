"""What a playbook is as a whole, as a form: its name, the trade, the languages, and how careful its texts must be.

Each choice says what it changes. Never here: whether the words for a language are there (`engine.proof` says that).
"""

import re
from dataclasses import dataclass
from typing import Any, get_args

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerback.console import words
from answerback.console.playbooks import forms
from answerback.console.playbooks.forms import DoesNotFit
from answerback.console.playbooks.places import LANGUAGES
from answerback.console.words import INDUSTRIES
from answerback.engine.playbook import Playbook

LONGEST_NAME = 80
LONGEST_TRADE = 40

TRADES = (
    "plumbing", "hvac", "electrical", "roofing", "locksmith", "towing", "auto_repair", "cleaning", "landscaping",
    "pest_control", "dental_clinic", "clinic", "med_spa", "vet", "salon", "law_firm",
)  # fmt: skip
"""Trades to choose from; every other is written in a word of one's own."""

PRIVACY: dict[str, tuple[Promise, tuple[Promise, ...]]] = {
    "standard": (
        gettext_lazy("The usual care"),
        (
            gettext_lazy("Texts may name the service a customer asked for."),
            gettext_lazy("Who is woken reads the name, what it is about, where, and the customer's words."),
            gettext_lazy("Calendars and a CRM get the service, the number and the answers."),
        ),
    ),
    "clinic": (
        gettext_lazy("Of a clinic"),
        (
            gettext_lazy("No text names a treatment: the check refuses one that does."),
            gettext_lazy("Who is woken reads a case number and no name, and no words of a patient go to a phone."),
            gettext_lazy("Calendars and a CRM get a first name and the time, nothing of what was said."),
            gettext_lazy("Fewer texts that nobody answered: the rules have limits of their own for clinics."),
            gettext_lazy("Patients come to you: nobody asks for an address to drive to."),
        ),
    ),
    "law": (
        gettext_lazy("Of a law firm"),
        (
            gettext_lazy("No text asks for facts of a case, and the first one says that nobody is a client yet."),
            gettext_lazy("A person looks for conflicts before a time is offered."),
            gettext_lazy("Who is woken reads a first name and a number, not what it is about."),
            gettext_lazy("Calendars and a CRM get a first name and the time, nothing of what was said."),
            gettext_lazy("Clients come to you: nobody asks for an address to drive to."),
        ),
    ),
}
"""Each value of `privacy`: what it is called, and what it changes."""

FIELDS = ("name", "industry", "languages", "privacy")
"""What this form holds of a `Playbook`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basics:
    """The form as it stands: what was filled in, fit or not. `own` is a trade no list has."""

    name: str
    industry: str
    own: str
    usual: str
    speaks: tuple[str, ...]
    privacy: str


def of(playbook: Playbook) -> Basics:
    """The form of this playbook."""
    listed = playbook.industry in TRADES
    return Basics(
        name=playbook.name,
        industry=playbook.industry if listed else "",
        own="" if listed else words.tidy(playbook.industry),
        usual=next(iter(playbook.languages), ""),
        speaks=playbook.languages,
        privacy=playbook.privacy,
    )


def told(given: QueryDict) -> Basics:
    """What a browser sent."""
    one = {name: given.get(name, "").strip() for name in ("name", "industry", "own", "usual", "privacy")}
    return Basics(**one, speaks=tuple(given.getlist("speaks")))


def taken(form: Basics, known: tuple[str, ...]) -> dict[str, Any]:
    """The fields of the playbook, by name; raises `DoesNotFit`. Languages it has already (`known`) stay possible."""
    possible = dict.fromkeys((*known, *LANGUAGES))
    spoken = tuple(code for code in possible if code in form.speaks)
    if not form.name:
        raise DoesNotFit(_("Write a name."), "name")
    if not spoken:
        raise DoesNotFit(_("Tick at least one language."), "speaks")
    if form.privacy not in PRIVACY:
        raise DoesNotFit(_("Choose one of the list."), "privacy")
    usual = (form.usual,) if form.usual in possible else ()
    languages = tuple(dict.fromkeys((*usual, *spoken)))
    held = {"name": form.name[:LONGEST_NAME], "industry": _trade(form), "languages": languages, "privacy": form.privacy}
    return {name: held[name] for name in FIELDS}


def shown(form: Basics, known: tuple[str, ...]) -> dict[str, Any]:
    """What the page needs besides the form: every choice with its words."""
    return {
        "basics": form,
        "trades": sorted(((each, INDUSTRIES[each]) for each in TRADES), key=lambda each: str(each[1])),
        "languages": [(code, LANGUAGES.get(code, code)) for code in dict.fromkeys((*LANGUAGES, *known))],
        "cares": [(value, title, says) for value, (title, says) in PRIVACY.items()],
    }


def _trade(form: Basics) -> str:
    if form.industry in TRADES:
        return form.industry
    if not form.own:
        raise DoesNotFit(_("Choose your trade, or write it in a word of your own."), "industry")
    if not re.fullmatch(r"[^\W\d_]+([ _-][^\W\d_]+)*", form.own):
        raise DoesNotFit(_("Write your trade in letters, such as pool care."), "own")
    return re.sub(r"[ -]", "_", form.own.lower())[:LONGEST_TRADE]


assert set(PRIVACY) == {*get_args(forms.hints(Playbook)["privacy"])}
assert set(TRADES) <= INDUSTRIES.keys()
