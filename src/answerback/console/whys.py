"""Why a text was sent or not, as a page shows it: the decision receipt with the setting that governs each part of it.

A link is shown to whoever may open the page it leads to; others read the same words without it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from answerback.console.guard import Visit
from answerback.console.reports.places import wording_name
from answerback.console.rule_names import guard_words, rule_words
from answerback.console.settings.words import SETTINGS
from answerback.engine.variants import GUARD, chosen_in
from answerback.store.queries.timeline import Check as Checked
from answerback.store.queries.timeline import Row
from answerback.store.roles import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something is decided: its words, its address, and what somebody must be allowed to open it.

    Without a `url` it is on the page of the conversation itself.
    """

    words: Promise
    url: str = ""
    args: tuple[str, ...] = ()
    anchor: str = ""
    act: Act = "settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place as it is shown."""

    words: Promise
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One guard of a decision, with the setting behind it where there is one this person may open."""

    name: str
    passed: bool
    evidence: str
    link: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One decision receipt. `link` leads to what would have changed it.

    Where no text was in question its checks hold nothing back: they are `facts`.
    """

    id: str
    title: str
    rule: str
    checks: tuple[Check, ...]
    would_change: str
    link: Link | None
    facts: bool


def why(row: Row, visit: Visit, talk: str = "") -> Why:
    """The decision receipt of this row; where guards refused, it is the first one's setting that would change it.

    Where none of them has a setting (the customer said stop), no setting would. `talk` is the address of the
    conversation, for a page that is not its own.
    """
    facts = row.verdict not in {"sent", "not_sent", "withdrawn"}
    places = FACTS if facts else GUARDS
    return Why(
        id=row.id,
        title=row.title,
        rule=rule_words(row.rule),
        checks=tuple(
            Check(
                name=guard_words(each.name),
                passed=each.passed,
                evidence=_said(each),
                link=_link(places.get(each.name) if facts or each.passed else behind(each, row.rule), visit, talk),
            )
            for each in row.checks
        ),
        would_change=row.would_change or (_UNMOVED if row.verdict == "withdrawn" else ""),
        link=_link(changed_by(row), visit, talk),
        facts=facts,
    )


def changed_by(row: Row) -> Place | None:
    """Where what would have changed this decision is done; None where no setting and no act of ours would."""
    refused = [check for check in row.checks if not check.passed]
    if refused and row.verdict == "not_sent":
        return next(filter(None, (behind(check, row.rule) for check in refused)), None)
    if row.verdict == "withdrawn" or not row.would_change or row.would_change in CHANGES:
        return CHANGES.get(row.would_change)
    return place_of(row.rule)


def behind(check: Checked, rule: str) -> Place | None:
    """The setting behind a guard that held a text of this rule back; where it asks several things, by what it saw."""
    if check.name in {"content", "wording"}:
        return _SAID.get(rule, _WORDINGS)
    if rule == "video" and check.name in VIDEO:
        return VIDEO[check.name]
    if check.name == "fresh" and rule != "first text":
        return _setting("reply_fresh")
    if check.name == "unanswered" and check.evidence.startswith("A clinic"):
        return _setting("clinic_per_day")
    return CONSENTS.get(check.evidence) if check.name == "consent" else GUARDS.get(check.name)


def withdrawn(row: Row) -> Why:
    """Why a text of ours was taken back, where what took it back left no receipt of its own: it says so itself."""
    is_theirs = row.kind == "text_staff"  # nothing overtakes what a person wrote; who took it back changed their mind
    return Why(
        id=f"withdrawn-{row.id}",
        title=row.why,
        rule=gettext("a person took it back") if is_theirs else gettext("what has been overtaken does not leave"),
        checks=(),
        would_change="" if is_theirs else _UNMOVED,
        link=None,
        facts=False,
    )


def _said(check: Checked) -> str:
    """What was seen; which of several texts somebody gets is said without the file's own names."""
    chosen = chosen_in(check.evidence) if check.name == GUARD else None
    if chosen is None:
        return check.evidence
    wording = wording_name(chosen.place, chosen.language)
    if chosen.of == 1:
        return gettext("%(wording)s. There is one text of it.") % {"wording": wording}
    told = {"wording": wording, "number": chosen.number, "of": chosen.of}
    return gettext("%(wording)s, text %(number)s of %(of)s. Who gets which follows from their number.") % told


NOBODY = "Text sent by staff"
"""Whose text it is where a program sent it in a person's place (`queries.timeline`)."""


def by_hand(row: Row) -> Why:
    """Why a text went that a person wrote: there is no receipt of it, as nothing was decided but by them."""
    return Why(
        id=row.id,
        title=row.title if row.title == NOBODY else gettext("%(who)s wrote it.") % {"who": row.title},
        rule=gettext("a person writes what they want"),
        checks=(),
        would_change=gettext(
            "taking it back before it left. To a number that said stop, or that no text reaches, it would not have "
            "left; hours and counts bind the machine alone."
        ),
        link=None,
        facts=False,
    )


def place_of(rule: str) -> Place | None:
    """Where a rule is decided: by its whole name, else by what stands before the dot."""
    return RULES.get(rule) or RULES.get(rule.partition(".")[0])


def _link(place: Place | None, visit: Visit, talk: str) -> Link | None:
    if place is None or not visit.may(place.act):
        return None
    href = _href(place.url, place.args, place.anchor)
    return Link(words=place.words, href=href if place.url else talk + href)


@cache
def _href(url: str, args: tuple[str, ...], anchor: str) -> str:
    """Found once: a list of calls shows a hundred links to a dozen places."""
    address = reverse(f"console:{url}", args=args) if url else ""
    return address + (f"#{anchor}" if anchor else "")


def _setting(name: str) -> Place:
    return Place(words=SETTINGS[name][0], url="rules", anchor=f"p-{name}")


def _playbook(part: str, words: Any) -> Place:
    return Place(words=words, url="edit_playbook", args=(part,), act="playbook")


_HOURS = Place(words=_("Opening hours"), url="hours")
_LINES = Place(words=_("Lines"), url="lines", act="lines")
_PEOPLE = Place(words=_("People"), url="people", act="people")
_TYPES = Place(words=_("Appointments"), url="appointment_types", act="settings")
_FIRST_TEXTS = _playbook("greet", _("First texts"))
_QUESTIONS = _playbook("learn", _("Questions"))
_ROUTES = _playbook("routes", _("Where it goes"))
_WORDINGS = _playbook("say", _("Other wordings"))
_NUDGES = _playbook("nudges", _("Nudges"))
_TRIGGERS = _playbook("triggers", _("Triggers"))
_WHO = _playbook("people", _("Who does what"))
_VIDEOS = Place(words=_("Videos"), url="videos", act="videos")
_WHEN_VIDEOS = _playbook("send", _("When videos are sent"))
_ANSWERS = _playbook("facts", _("Answers"))
_HOLD_OUT = Place(words=_("Hold-out"), url="reports:trials", act="reports")
_WRONG = Place(words=_("Did we get it wrong?"), anchor="wrong", act="work")
_HAND_BACK = Place(words=_("Hand back"), anchor="talk-head", act="work")

GUARDS: dict[str, Place] = {
    "own number": _LINES,
    "staff number": _PEOPLE,
    "spam": _WRONG,
    "supplier": _WRONG,
    "consent": _setting("consent_mode"),
    "content": _WORDINGS,
    "sender": _LINES,
    "human": _HAND_BACK,
    "hours": _playbook("nudge_hours", _("Hours for nudges")),
    "overnight": _setting("overnight_first_text"),
    "cooldown": _setting("first_text_cooldown"),
    "fresh": _setting("first_text_fresh"),
    "texts per day": _setting("texts_per_day"),
    "follow ups": _setting("follow_ups"),
    "country": _setting("countries"),
    "unanswered": _setting("unanswered_per_day"),
    "replies per hour": _setting("replies_per_hour"),
    "required answers": _QUESTIONS,
    "wording": _WORDINGS,
    "voicemail": _setting("voicemail_min_seconds"),
    "variant": Place(words=_("Wordings that are compared"), url="reports:trials", act="reports"),
    "hold out": _HOLD_OUT,
    "moment": _WHEN_VIDEOS,
}
"""The setting behind each guard, by its name as a timeline says it. Guards about facts alone have none."""

FACTS = GUARDS | {"hours": _HOURS}
"""The same where a call was judged and no text was in question: what decided was whether the business was open."""

VIDEO: dict[str, Place | None] = {"hold out": _WHEN_VIDEOS, "moment": _WHEN_VIDEOS}
"""The same of a video: how many conversations get none stands with the rule that sends it."""

CONSENTS: dict[str, Place] = {
    "They did not press the key for a text, and the business asks for that.": _setting("consent_mode"),
    "What they asked for is too long ago for a text they did not ask for.": _setting("follow_up_fresh"),
}
"""The setting behind a consent that does not suffice, by what was seen of it; whoever ended theirs has none."""

_SAID: dict[str, Place] = {
    "first text": _FIRST_TEXTS,
    "ask": _QUESTIONS,
    "again": _QUESTIONS,
    "nudge": _NUDGES,
    "fact": _ANSWERS,
    "video": _WHEN_VIDEOS,
    **dict.fromkeys(("link", "callback", "to person", "urgent", "sensitive", "not served"), _ROUTES),
}
"""Where the words of a text stand, by its rule; all others are among the other wordings."""

_UNMOVED = "Nothing having happened since."

CHANGES: dict[str, Place | None] = {
    "Handing it back.": _HAND_BACK,
    "Handing the conversation back before the time came.": _HAND_BACK,
    "The playbook's trigger for this kind of call.": _TRIGGERS,
    "Nobody calling back in time.": _TRIGGERS,
    "A greeting for forms in the playbook.": _FIRST_TEXTS,
    "A published video of this kind, in their language.": _VIDEOS,
    "A moment inside the hours before it is too late.": _playbook("nudge_hours", _("Hours for nudges")),
    "A provider that leaves the word HELP to us.": _LINES,
    "A faster line or provider.": _LINES,
    "Another reading.": Place(words=_("What they meant"), url="reports:texts", act="reports"),
    "A higher limit of the line.": _LINES,
    "A higher cap of the number's registration.": _LINES,
    "The setting for the hold-out.": _HOLD_OUT,
    "Them answering the text with the code, or texting START.": _PEOPLE,
    "The to-do for the conflict check being done.": Place(words=_("To-dos"), anchor="talk-facts", act="work"),
    **dict.fromkeys(
        (
            _UNMOVED,
            "A number of our offer, or words.",
            "A text that wants something.",
            "A text written after our question came.",
            "An answer given before the next step was taken.",
            "An open question.",
            "A caller who shows their number.",
            "Having no open appointment.",
            "No restore.",
            "Nobody having reached them yet.",
            "Not having been texted.",
            "Nothing: a person decided it.",
            "The customer texting START.",
            "What they agreed to in writing, handed in with the form.",
            "Words beside the picture.",
        )
    ),
}
"""Where what would have changed a decision is done, by the words that say what it is: one rule decides for several
reasons. None: the customer alone, or nobody, could have.
"""

RULES: dict[str, Place] = {
    "missed": _TRIGGERS,
    "missed.after hours": _HOURS,
    "missed.short abandon": _setting("short_abandon_seconds"),
    "missed.carrier voicemail": _LINES,
    "missed.voicemail": _setting("voicemail_min_seconds"),
    "call": _setting("noise_abandon_seconds"),
    "call.corrected": _WRONG,
    "first text": _FIRST_TEXTS,
    "ask": _QUESTIONS,
    "again": _QUESTIONS,
    "asked": _ROUTES,
    "reply": _setting("confidence_for_machine"),
    "unsure": _setting("confidence_for_machine"),
    "link": _ROUTES,
    "times": _TYPES,
    "openings": _TYPES,
    "time": _TYPES,
    "price": _playbook("services", _("Services")),
    "fact": _ANSWERS,
    "nudge": _NUDGES,
    "given up": _setting("nudge_days"),
    "rest": _NUDGES,
    "conversation": _setting("nudge_days"),
    "reminder": _NUDGES,
    "page": _WHO,
    "video": _VIDEOS,
    "voicemail": _TRIGGERS,
    "to person": _ROUTES,
    "urgent": _ROUTES,
    "sensitive": _ROUTES,
    "not served": _ROUTES,
    "callback": _WHO,
    **dict.fromkeys(
        ("booked", "moved", "cancelled", "help", "opted out", "started", "wrong number", "declined"), _WORDINGS
    ),
    "delivery.too late": _LINES,
}
"""The setting behind each rule, by its name as a timeline says it, or by what stands before its dot."""
