"""What the rules alone make of a text: the draft that the trained heads judge, and that stands where they are not sure.

Safety first: opt-out and dangers are read before and apart from what the text wants. It must never act, guess a
missing value, or fail on any text.
"""

from collections.abc import Iterator
from typing import NamedTuple

from answerback.engine.reading import Asked, Intent, Sensitive, Slots, Vocabulary
from answerback.engine.times import Times
from answerback.understanding import cities, names, places
from answerback.understanding import slots as slot
from answerback.understanding.hazards import Dangers, dangers
from answerback.understanding.heard import Heard
from answerback.understanding.intents import Wish, wish
from answerback.understanding.offers import Found, service
from answerback.understanding.opt_out import looks_like_stop, opt_out
from answerback.understanding.sensitive import plainly, sensitive
from answerback.understanding.urgency import Hurry, hurry
from answerback.understanding.when import wanted_time


class Draft(NamedTuple):
    """What the rules found; `stop` quotes the words that ask for no more texts, `plain` are tags beyond doubt."""

    stop: str | None
    found: Dangers
    about: Found | None
    answers: Slots
    wanted: Wish
    pace: Hurry
    tags: tuple[Sensitive, ...]
    plain: tuple[Sensitive, ...] = ()

    def facts(self, heard: Heard) -> Iterator[str]:
        """What the rules say, in words the heads are trained on."""
        yield f"intent {self.wanted.intent}"
        yield f"urgency {self.pace.urgency}"
        yield from (f"near {intent}" for intent in self.wanted.also)
        yield from (f"hazard {hazard}" for hazard in self.found.hazards)
        yield from (f"tag {tag}" for tag in self.tags)
        yield from (f"has {name}" for name in _FILLED if getattr(self.answers, name) is not None)
        if self.answers.yes_no:
            yield f"says {self.answers.yes_no}"
        if self.wanted.evidence is None:
            yield "no evidence"
        if self.found.plight:
            yield "plight"
        if self.found.calmed:
            yield "calmed"
        if self.stop:
            yield "stop"
        elif looks_like_stop(heard):
            yield "stop word"
        if self.about:
            yield "service"


_FILLED = ("name", "city", "zip", "address", "time", "date", "phone", "contact_pref", "option")


def draft(heard: Heard, asked: Asked, vocabulary: Vocabulary, times: Times) -> Draft:
    """Everything the rules find in a text; `times` is what it says about when."""
    stop = opt_out(heard, asked)
    found = dangers(heard, vocabulary.industry)
    about = service(heard, vocabulary)
    answers = _answers(heard, asked, vocabulary, times)
    wanted = _wanted(heard, asked, answers, about=about, found=found, stop=stop)
    plain = plainly(heard, found, vocabulary)
    return Draft(
        stop=stop,
        found=found,
        about=about,
        answers=answers,
        wanted=wanted,
        pace=hurry(heard, found, asked=asked, intent=wanted.intent, yes_no=answers.yes_no),
        tags=sensitive(heard, found, intent=wanted.intent, vocabulary=vocabulary, plain=plain),
        plain=plain,
    )


def _wanted(
    heard: Heard, asked: Asked, answers: Slots, *, about: Found | None, found: Dangers, stop: str | None
) -> Wish:
    if stop is not None:
        also: tuple[Intent, ...] = ("cancel",) if asked.about == "confirm" and "cancel" in heard.texts else ()
        return Wish("opt_out", also, None, 0.9)
    urgent = found.plight is not None or any(hazard != "self_harm" for hazard in found.hazards)
    named = about.service if about else None
    wanted = wish(heard, asked=asked, slots=answers, service=named, urgent=urgent)
    if "self_harm" in found.hazards and wanted.evidence is None and wanted.intent == "book":
        return wanted._replace(intent="other")
    return wanted


def _answers(heard: Heard, asked: Asked, vocabulary: Vocabulary, times: Times) -> Slots:
    """Everything the text could be answering with, before its intent is known."""
    when = wanted_time(heard, times, asked=asked.about == "time", moved=asked.about == "confirm")
    return Slots(
        name=names.name(heard, asked),
        city=cities.city(heard, asked, vocabulary),
        zip=places.zip_code(heard, asked),
        address=places.address(heard, asked),
        time=when.words if when else None,
        date=when.date if when else None,
        phone=slot.phone(heard),
        contact_pref=slot.contact_pref(heard) if asked.about == "contact_pref" else None,
        yes_no=slot.yes_no(heard, asked),
        option=slot.option(heard, asked) if asked.about == "menu" else None,
    )
