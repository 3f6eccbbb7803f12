"""Judges a playbook before it is published: what it would do wrong, shown as a conversation in which it goes wrong.

An error keeps a playbook from being published; a warning is the owner's choice. Words are `engine.proof_texts`'s part.
Never here: reading files, or mending what is wrong.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from answerback.engine.play import played, played_for
from answerback.engine.playbook import CallSituation, Learn, Playbook, Service
from answerback.engine.problem import Problem, error, warning
from answerback.engine.proof_routes import route_problems
from answerback.engine.proof_texts import text_problems
from answerback.engine.proof_videos import video_problems
from answerback.engine.quiet import OURS, Window, read
from answerback.engine.rehearsal import (
    EXAMPLE_NAME,
    Line,
    answer,
    customer,
    first_contact,
    language_name,
    main_language,
    wordings,
)

__all__ = ["Line", "Problem", "problems"]

SITUATIONS: tuple[CallSituation, ...] = tuple(each for each in get_args(CallSituation) if each != "form")
"""Those a playbook must have words for."""
CORE_SLOTS = ("service", "area", "urgency")

LONGEST_HOLD = 45
MOST_NUDGES = 3
LAST_NUDGE_HOURS = 72


def problems(playbook: Playbook, business: str = EXAMPLE_NAME) -> tuple[Problem, ...]:
    """Everything wrong with this playbook, errors first; `business` is the name that will stand in its texts."""
    found = [
        *route_problems(playbook, business),
        *_missing_wordings(playbook, business),
        *_services(playbook, business),
        *_questions(playbook, business),
        *_caps(playbook, business),
        *_people(playbook, business),
        *video_problems(playbook),
        *text_problems(playbook, business),
    ]
    return tuple(sorted(found, key=lambda problem: problem.level != "error"))


def _missing_wordings(playbook: Playbook, business: str) -> Iterator[Problem]:
    if not playbook.languages:
        yield error("languages", "No language is named.", "Write at least one, such as `languages: [en]`.")
    for situation in SITUATIONS:
        if situation not in playbook.greet:
            yield error(
                f"greet > {situation}",
                f"There is no first text for the situation `{situation}`.",
                f"Add `{situation}` under `greet`, in {_all_languages(playbook)}.",
                Line(who="note", text=_missed_in[situation]),
                Line(who="note", text="There is nothing to say."),
            )
    for where, kind, moment, wording, _ in wordings(playbook):
        for language in playbook.languages:
            texts = wording.get(language, ())
            if not texts or not all(text.strip() for text in texts):
                opening = () if kind == "greet" else first_contact(playbook, business, language)
                yield error(
                    f"{where} > {language}",
                    f"There is no {language_name(language)} wording here, but you answer in {language_name(language)}.",
                    f"Write it, or take `{language}` out of `languages`.",
                    *opening,
                    *(() if kind == "greet" else (customer(moment, language),)),
                    Line(who="note", text=f"There is nothing to say in {language_name(language)}."),
                )
        for language in wording:
            if language not in playbook.languages:
                yield warning(
                    f"{where} > {language}",
                    f"This {language_name(language)} wording is never used: `languages` does not name `{language}`.",
                    f"Add `{language}` to `languages`, or take the wording out.",
                )


_missed_in: dict[CallSituation, str] = {
    "open": "A customer calls while you are open. Nobody picks up.",
    "closed": "A customer calls after hours.",
    "lunch": "A customer calls during lunch.",
    "holiday": "A customer calls on a holiday.",
    "repeat": "A customer who called before calls again. Nobody picks up.",
    "voicemail": "A customer leaves a voicemail. Nobody calls back in time.",
}


def _services(playbook: Playbook, business: str) -> Iterator[Problem]:
    if not playbook.services:
        yield error("services", "No service is named, so no reply can be understood.", "Name what you offer.")
    for id, count in Counter(service.id for service in playbook.services).items():
        if count > 1:
            yield error(f"services > {id}", f"Two services are called `{id}`.", "Give each its own id.")
    slots = {learn.slot for learn in playbook.learn}
    for service in playbook.services:
        where = f"services > {service.id}"
        for slot in service.asks:
            if slot not in slots:
                yield error(
                    f"{where} > asks",
                    f"This service asks for `{slot}`, but `learn` has no question of that name.",
                    f"Add it to `learn` (there are: {', '.join(sorted(slots))}), or take it out here.",
                    *played_for(playbook, service, business),
                )
        yield from _service_languages(playbook, service, business)
        if service.minutes <= 0:
            yield error(
                f"{where} > minutes",
                f"An appointment of {service.minutes} minutes cannot be booked.",
                "Write 15 or more.",
            )
    yield from _shared_words(playbook, business)


def _service_languages(playbook: Playbook, service: Service, business: str) -> Iterator[Problem]:
    where = f"services > {service.id}"
    for language in playbook.languages:
        if not service.name.get(language, "").strip():
            yield error(
                f"{where} > name",
                f"This service has no name in {language_name(language)}, but you answer in {language_name(language)}.",
                f"Add `{language}` under `name`.",
            )
        if service.price and not service.price.get(language, "").strip():
            yield error(
                f"{where} > price",
                f"This service's price cannot be told in {language_name(language)}.",
                f"Add `{language}` under `price`.",
            )
        if not service.words.get(language):
            yield warning(
                f"{where} > words",
                f"No {language_name(language)} words say that somebody wants this: only its exact name is understood.",
                f"Add `{language}` under `words`: what do your customers call it?",
                *first_contact(playbook, business, language),
            )


def _shared_words(playbook: Playbook, business: str) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for service in playbook.services:
        for word in dict.fromkeys(word.lower() for words in service.words.values() for word in words):
            if owner.setdefault(word, service.id) != service.id:
                yield warning(
                    f"services > {service.id} > words",
                    f"`{word}` also stands under `{owner[word]}`: nobody can tell which of the two is meant.",
                    "Keep it in one of them.",
                    *first_contact(playbook, business, main_language(playbook)),
                    Line(who="customer", text=word, language=main_language(playbook)),
                    Line(who="note", text=f"`{owner[word]}` or `{service.id}`? The customer has to be asked again."),
                )


def _questions(playbook: Playbook, business: str) -> Iterator[Problem]:
    for slot, count in Counter(learn.slot for learn in playbook.learn).items():
        if count > 1:
            yield error(f"learn > {slot}", f"Two questions are called `{slot}`.", "Give each its own name.")
    required = {learn.slot for learn in playbook.learn if learn.required}
    dropped = [slot for slot in CORE_SLOTS if slot not in required]
    if len(dropped) == len(CORE_SLOTS):
        yield error(
            "learn",
            "None of service, area and urgency is asked for: people you know nothing about could book.",
            "Keep at least two of them as required questions.",
            *played(playbook, "book", business),
        )
    elif len(dropped) > 1:
        yield warning(
            "learn",
            f"Neither `{dropped[0]}` nor `{dropped[1]}` is asked for before a booking.",
            "Drop one of service, area and urgency at most.",
        )
    asked_for = {slot for service in playbook.services for slot in service.asks}
    for learn in playbook.learn:
        if not learn.required and learn.slot not in asked_for:
            yield warning(
                f"learn > {learn.slot}",
                "This question is never asked: it is not required and no service names it in `asks`.",
                f"Write `asks: [{learn.slot}]` at a service, or take the question out.",
            )
        yield from _choices(playbook, learn)


def _choices(playbook: Playbook, learn: Learn) -> Iterator[Problem]:
    where = f"learn > {learn.slot} > choices"
    if learn.kind != "choice":
        if learn.choices:
            yield error(
                where, f"Choices are offered only where `kind` is choice; here it is {learn.kind}.", "Take them out."
            )
        return
    counts = {language: len(learn.choices.get(language, ())) for language in playbook.languages}
    if len(set(counts.values())) > 1:
        told = ", ".join(f"`{language}` {count}" for language, count in counts.items())
        yield error(
            where,
            f"The languages do not offer the same number of choices ({told}): `2` would mean different things.",
            "Write the same choices in the same order in every language.",
        )
    elif any(count < 2 for count in counts.values()):
        yield error(where, "A choice needs at least two answers to choose from.", "Add answers, or use `kind: text`.")


def _caps(playbook: Playbook, business: str) -> Iterator[Problem]:
    hold = playbook.triggers.hold_seconds
    if not 0 <= hold <= LONGEST_HOLD:
        yield error(
            "triggers > hold_seconds",
            f"The first text would wait {hold} seconds; 0 to {LONGEST_HOLD} are allowed.",
            "Write 15.",
            Line(who="note", text=f"A customer calls. Nobody picks up. {hold} seconds pass."),
            Line(who="note", text="By now the customer is talking to another company."),
        )
    if len(playbook.nudges) > MOST_NUDGES:
        yield error(
            "nudges",
            f"There are {len(playbook.nudges)} reminders; at most {MOST_NUDGES} are allowed.",
            "Keep the first two. A person gets a to-do after the last.",
            *first_contact(playbook, business, main_language(playbook)),
            *(_reminder(playbook, f" {number}") for number in range(1, len(playbook.nudges) + 1)),
            Line(who="customer", text="STOP"),
        )
    yield from _nudge_hours(playbook)
    for number, nudge in enumerate(playbook.nudges, start=1):
        yield from _nudge_time(playbook, f"nudges > {number} > after", nudge.after)
    if playbook.triggers.voicemail.minutes <= 0:
        yield error("triggers > voicemail > minutes", "A person needs time to call back.", "Write 15.")


def _nudge_hours(playbook: Playbook) -> Iterator[Problem]:
    told, ours = playbook.nudge_hours, OURS["follow_up"]
    days = {"weekdays": told.weekdays, "saturday": told.saturday, "sunday": told.sunday}
    widest = {"weekdays": ours.weekdays, "saturday": ours.saturday, "sunday": ours.sunday}
    for day, said in days.items():
        yield from _hours_of_a_day(f"nudge_hours > {day}", said, widest[day])
    if playbook.nudges and {said.strip().lower() for said in days.values()} == {"never"}:
        yield error("nudge_hours", "No nudge could ever leave.", "Give a day hours, or take the nudges out.")


def _hours_of_a_day(where: str, said: str, widest: Window | None) -> Iterator[Problem]:
    try:
        window = read(said)
    except ValueError:
        yield error(where, f"`{said}` are no hours.", "Write hours such as 10-17:30, or never.")
        return
    if window is None or widest is None:
        return
    if not widest.start <= window.start < window.end <= widest.end:
        shown = f"{widest.start:%-H:%M}-{widest.end:%-H:%M}"
        yield error(where, f"{said} is not inside {shown}, the widest there is.", "Write hours inside them, or never.")


def _nudge_time(playbook: Playbook, where: str, after: str) -> Iterator[Problem]:
    if after == "next_business_morning":
        return
    written = re.fullmatch(r"(\d{1,4})([mhd])", after)
    hours = int(written[1]) * _HOURS[written[2]] if written else 0.0
    if written is None:
        yield error(
            where, f"`{after}` is not a time for a reminder.", "Write hours, such as 2h, or next_business_morning."
        )
    elif not 0 < hours <= LAST_NUDGE_HOURS:
        yield error(
            where,
            f"A reminder after {hours:g} hours is not allowed: {LAST_NUDGE_HOURS} at most.",
            "Write 2h or next_business_morning.",
            Line(who="note", text=f"A customer called {hours:g} hours ago and never answered."),
            _reminder(playbook),
            answer("who is this?", "¿quién es?", main_language(playbook)),
        )


def _reminder(playbook: Playbook, number: str = "") -> Line:
    said = answer(f"(reminder{number})", f"(recordatorio{number})", main_language(playbook))
    return replace(said, who="business")


_HOURS = {"m": 1 / 60, "h": 1, "d": 24}


def _people(playbook: Playbook, business: str) -> Iterator[Problem]:
    if playbook.people.urgent == "desk":
        yield warning(
            "people > urgent",
            "Urgent cases go to the desk, and at night nobody sits there.",
            "Write `urgent: on_call` or `urgent: owner`.",
            Line(who="note", text="2:00 AM"),
            *played(playbook, "urgent", business),
            Line(who="note", text="The desk is alerted. The desk is empty."),
        )
    if playbook.people.callback_minutes <= 0:
        yield error("people > callback_minutes", "A callback cannot be due before it is asked for.", "Write 30.")
    actions = [getattr(playbook.triggers, name) for name in ("no_answer", "busy", "after_hours", "abandoned")]
    if "text" not in actions:
        yield error(
            "triggers",
            "No kind of missed call gets a text: this playbook never answers anybody.",
            "Write `no_answer: text`.",
            Line(who="note", text="A customer calls. Nobody picks up. Nothing is sent."),
        )


def _all_languages(playbook: Playbook) -> str:
    return ", ".join(language_name(language) for language in playbook.languages) or "your languages"
