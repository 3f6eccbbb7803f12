"""Reads one text: asks each part of the understanding in turn and puts a `Reading` together.

Safety first: opt-out and dangers are read before and apart from what the text wants, and nothing read later may take
them back. It must never act, guess a missing value, or fail on any text.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from answerback.engine.reading import Asked, AskedAbout, Intent, Reading, Sensitive, Slots, Vocabulary
from answerback.engine.times import Times
from answerback.understanding import evidence, names
from answerback.understanding import slots as slot
from answerback.understanding.confidence import confidence
from answerback.understanding.corrections import corrects
from answerback.understanding.courtesy import core, without_courtesy, without_laugh
from answerback.understanding.heads import Judged, judge
from answerback.understanding.heard import Heard, hear
from answerback.understanding.language import language
from answerback.understanding.leaning import leaning, wished
from answerback.understanding.normalise import fold_plain
from answerback.understanding.offers import Found, for_the_mind, service
from answerback.understanding.opt_out import no_offers, opt_in
from answerback.understanding.rules import Draft, draft
from answerback.understanding.standing import about_it
from answerback.understanding.trades import kind
from answerback.understanding.urgency import of_days
from answerback.understanding.weighing import Weighed, weigh
from answerback.understanding.when import understand_times, wanted_time

_NO_SERVICE: frozenset[Intent] = frozenset(
    {"opt_out", "vendor", "job_seeker", "wrong_number", "ack", "help", "decline"}
)
_MEANS_ONE: frozenset[Intent] = frozenset({"book", "question"})
"""Who asks after a job that runs or complains of one is about no service their words do not name."""

_OF_THEIRS: frozenset[Intent] = frozenset({"existing", "cancel"})
"""What one of these is about need not be named by a word of its name, if there is no doubt: "cancel my lisinopril"."""

_TELLS_OF_IT = frozenset({"open", "service", "urgent", "followup"})
"""Questions whose answers may tell of the work; "text me, I'm at work" answers another, and is about no labor law."""

_MAY_CALL: frozenset[Intent] = frozenset({"callback", "existing", "answer", "book"})
_MAY_ASK_TOO: frozenset[Intent] = frozenset({"answer", "book", "ack"})
ABOUT_WHEN = frozenset({"time", "menu", "confirm"})
"""Questions answered by a time: elsewhere a time named is more often told than wished for."""

_TELLS_WHEN: frozenset[Intent] = frozenset({"book", "answer"})
_WHERE = frozenset({"location", "address"})
_ELSEWHERE: frozenset[Intent] = frozenset({"decline", "cancel", "reschedule"})
"""Who found somebody in Reno, or is stuck in Tulsa and moves a visit, wants nobody there."""

_NO_TIME: frozenset[Intent] = frozenset(
    {
        "opt_out",
        "vendor",
        "job_seeker",
        "wrong_number",
        "ack",
        "help",
        "existing",
        "cancel",
        "complaint",
        "decline",
        "question",
    }
)


def read(text: str, *, asked: Asked, vocabulary: Vocabulary, now: datetime, zone: ZoneInfo) -> Reading:
    """What this text means as an answer to what was asked, in the words of this business.

    `now` must carry a zone; `zone` is the business's own and settles what "tomorrow" means.
    """
    return _read(text, asked=asked, vocabulary=vocabulary, now=now, zone=zone)


def _read_alone(text: str, *, asked: Asked, vocabulary: Vocabulary, now: datetime, zone: ZoneInfo) -> Reading:
    """A part of a text by itself: nothing is asked of when, which would be half the work."""
    no_times = Times(now=now.astimezone(UTC), zone=zone.key)
    return _read(text, asked=asked, vocabulary=vocabulary, now=now, zone=zone, times=no_times)


def _read(
    text: str, *, asked: Asked, vocabulary: Vocabulary, now: datetime, zone: ZoneInfo, times: Times | None = None
) -> Reading:
    whole = hear(text, quoted=asked.question)
    said = text if asked.about == "name" else core(text)
    heard = whole if said == text else hear(said, quoted=asked.question)
    if whole.plain.reaction:
        return Reading(intent="ack", language="en", confidence=0.95, evidence=(evidence.REACTION,))
    if not heard.words:
        return Reading()
    spoken = language(heard, asked.language)
    answering = asked.about in ABOUT_WHEN
    times = times or understand_times(
        text, now=now, zone=zone, language=spoken, menu=asked.openings, answering=answering
    )
    drafted = draft(heard, asked, vocabulary, times)
    judged = judge(heard, asked, kind=kind(vocabulary), rules=list(drafted.facts(heard)))
    weighed = weigh(heard, asked, drafted, judged)
    if asked.appointment:
        weighed = _of_theirs(weighed, about_it(heard, times, weighed.intent))
    weighed = _told_calmly(text, judged, weighed, asked=asked, vocabulary=vocabulary, now=now, zone=zone)
    weighed = _laughed_at(text, whole, weighed, asked=asked, vocabulary=vocabulary, now=now, zone=zone)
    weighed = _of_an_animal(weighed, asked, vocabulary)
    offers_only = no_offers(heard)
    if offers_only:
        intent = "ack" if weighed.intent == "opt_out" else weighed.intent
        weighed = weighed._replace(stop=False, intent=intent, added=(*weighed.added, evidence.ONLY_OFFERS))
    again = opt_in(heard) if not weighed.stop else None
    chosen = _chosen(heard, asked, drafted, vocabulary, weighed)
    slots = _kept(whole, asked, drafted.answers, times, vocabulary, weighed=weighed)
    if weighed.intent == "book" and slots.time and _is_calm(heard, drafted, judged, weighed):
        weighed = _of_its_days(weighed, times)
    return Reading(
        intent=weighed.intent,
        also=weighed.also,
        urgency=weighed.urgency,
        sensitive=weighed.tags,
        hazards=weighed.hazards,
        opt_out=weighed.stop,
        opt_in=again is not None,
        no_offers=offers_only,
        service=chosen.service if chosen else None,
        slots=slots,
        language=spoken,
        times=times,
        confidence=confidence(heard, asked, drafted, judged, weighed),
        evidence=tuple(_evidence(drafted, weighed, again=again, chosen=chosen)),
        corrects=corrects(text),
        asks_too=weighed.intent in _MAY_ASK_TOO and bool(heard.live("intents.asks_too")),
    )


def _told_calmly(
    text: str, judged: Judged, weighed: Weighed, *, asked: Asked, vocabulary: Vocabulary, now: datetime, zone: ZoneInfo
) -> Weighed:
    """A danger beside a polite wish for a day is judged without the wish, too; only a sure one is added."""
    known = weighed.urgency == "emergency" or weighed.stop
    if known or judged.danger < _A_HINT or asked.about not in _MAY_TELL:
        return weighed
    told = without_courtesy(text)
    if told is None:
        return weighed
    alone = _read_alone(told, asked=asked, vocabulary=vocabulary, now=now, zone=zone)
    only_that = bool(alone.hazards) and len(told.split()) <= _A_DANGER_ALONE
    if alone.urgency != "emergency" or (alone.confidence < _SURE and not only_that):
        return weighed
    tags = (*weighed.tags, *(tag for tag in alone.sensitive if tag not in weighed.tags))
    added = (*weighed.added, evidence.TOLD_CALMLY, *alone.evidence)
    return weighed._replace(urgency="emergency", tags=tags, hazards=alone.hazards or weighed.hazards, added=added)


def _of_theirs(weighed: Weighed, meant: Intent) -> Weighed:
    """What is said where an appointment stands may be about that."""
    if meant == weighed.intent:
        return weighed
    also = tuple(intent for intent in weighed.also if intent != meant)
    return weighed._replace(intent=meant, also=also, added=(*weighed.added, evidence.OF_APPOINTMENT))


def _laughed_at(
    text: str, heard: Heard, weighed: Weighed, *, asked: Asked, vocabulary: Vocabulary, now: datetime, zone: ZoneInfo
) -> Weighed:
    """A stop that somebody laughs behind is one: "QUIT lol"; a joke ("dont you ever stop texting lol") is none."""
    earnest = None if weighed.stop else without_laugh(text)
    if not earnest or heard.has("opt_out.elsewhere"):
        return weighed
    alone = _read_alone(earnest, asked=asked, vocabulary=vocabulary, now=now, zone=zone)
    if not alone.opt_out:
        return weighed
    return weighed._replace(intent="opt_out", also=alone.also, stop=True, added=(*weighed.added, *alone.evidence))


def _of_an_animal(weighed: Weighed, asked: Asked, vocabulary: Vocabulary) -> Weighed:
    """An animal in danger is for a clinician to judge, as somebody would be; a yes to "is it urgent?" tells of none."""
    if weighed.urgency != "emergency" or kind(vocabulary) != "pets":
        return weighed
    if asked.about == "urgent" or weighed.intent == "complaint" or not _WORSE.isdisjoint(weighed.tags):
        return weighed
    return weighed._replace(tags=("medical", *(tag for tag in weighed.tags if tag != "medical")))


_WORSE: frozenset[Sensitive] = frozenset({"self_harm", "safety"})

_A_DANGER_ALONE = 4
"""So many words tell of nothing but the danger: "gas leak", "the kitchen is flooding"."""

_A_HINT = 0.02
"""Below it no danger hides behind a wish, and the text need not be read a second time."""

_MAY_TELL = frozenset({"open", "service"})
_SURE = 0.7
"""Of our 45,000 texts about eight that are none seem sure ones once their wish is left out; most that are, do."""


def _is_calm(heard: Heard, drafted: Draft, judged: Judged, weighed: Weighed) -> bool:
    """Is nothing said of how soon, and nothing that might be a danger? Of gas "next week" a person is asked for."""
    found = drafted.found
    named = found.hazards or found.plight or found.calmed or any(map(heard.has, _DANGERS))
    return weighed.urgency == "unknown" and not named and not heard.has("urgency.soon") and judged.danger < _NO_DANGER


_DANGERS = [f"hazards.{each}" for each in ("gas", "carbon_monoxide", "fire", "electric", "flood")]
_NO_DANGER = 0.1


def _of_its_days(weighed: Weighed, times: Times) -> Weighed:
    """A wish that no word of haste or patience goes with is as urgent as its days are near."""
    hurry = of_days(times)
    added = (*weighed.added, hurry.evidence) if hurry.evidence else weighed.added
    return weighed._replace(urgency=hurry.urgency, added=added)


def load(vocabulary: Vocabulary | None = None) -> None:
    """Load, before a customer waits for it, what reading takes: words, weights, places, and this business's words."""
    zone = ZoneInfo("UTC")
    known = vocabulary or Vocabulary(industry="")
    for about, text in _EVERY_STEP:
        read(text, asked=Asked(about=about), vocabulary=known, now=datetime(2026, 1, 1, tzinfo=zone), zone=zone)


_EVERY_STEP: tuple[tuple[AskedAbout, str], ...] = (
    ("open", "my basement in Austin 78704 is flooding, can you call me friday after 3"),
    ("open", "are you open sundays"),
    ("open", "¿cuándo es mi cita?"),
    ("location", "Round Rock"),
    ("time", "el viernes por la tarde, llámeme"),
    ("time", "friday after 3 my shift ends"),
    ("open", "stop texting me"),
)
"""Answers that between them ask each part of the understanding."""


def _chosen(heard: Heard, asked: Asked, drafted: Draft, vocabulary: Vocabulary, weighed: Weighed) -> Found | None:
    """The service most speaks for, where words name one, or none does and one may be meant.

    Whoever tells that somebody is hurt or threatened tells what happened, and seldom what they would book.
    """
    intent, named, chosen_from = weighed.intent, drafted.about, asked.about == "service"
    if intent in _NO_SERVICE:
        return None
    if "self_harm" in weighed.tags and (helps := for_the_mind(vocabulary)):
        return Found(helps, heard.plain.original, close=True)
    if intent == "answer" and asked.about not in _TELLS_OF_IT:
        chosen = asked.about == "menu" and named and not named.close  # "1, a brow wax"
        return leaning(heard, vocabulary, named=named) if chosen else None
    needed_still = intent == "answer" and asked.about == "followup"
    if not (named or intent in _MEANS_ONE or chosen_from or needed_still):
        return leaning(heard, vocabulary, beyond_doubt=True) if intent in _OF_THEIRS else None
    hurt = weighed.urgency == "emergency" and not _HURT.isdisjoint(weighed.tags) and kind(vocabulary) != "care"
    if hurt and not named:
        return None
    wish = wished(heard)
    if wish and (meant := leaning(wish, vocabulary, named=service(wish, vocabulary))):
        return meant
    return leaning(heard, vocabulary, named=named, surely=intent == "question" and not chosen_from)


_HURT: frozenset[Sensitive] = frozenset({"medical", "safety"})


def _evidence(drafted: Draft, weighed: Weighed, *, again: str | None, chosen: Found | None) -> Iterator[str]:
    if drafted.stop:
        yield evidence.stops(drafted.stop)
    if again:
        yield evidence.starts(again)
    if weighed.urgency == "emergency":
        yield from drafted.found.evidence
    if drafted.pace.evidence and drafted.pace.urgency == weighed.urgency:
        yield drafted.pace.evidence
    if drafted.wanted.evidence and drafted.wanted.intent == weighed.intent:
        yield drafted.wanted.evidence
    if chosen:
        yield evidence.names_service(chosen.words)
    yield from weighed.added


def _kept(
    heard: Heard, asked: Asked, answers: Slots, times: Times, vocabulary: Vocabulary, *, weighed: Weighed
) -> Slots:
    """The answers that stand once the intent is known: no time of an old appointment, no yes to an open question.

    Whoever speaks of killing themselves on Friday wishes for no appointment then.
    """
    when, intent = None, weighed.intent
    if intent not in _NO_TIME and "self_harm" not in weighed.tags:
        when = wanted_time(heard, times, asked=asked.about == "time", moved=intent == "reschedule")
    if when and (
        _is_of_another_answer(when.words, asked, answers) or (asked.about == "confirm" and intent == "answer")
    ):
        when = None  # "See you thursday" wishes for no other time than the one that stands.
    if (
        when
        and intent in _TELLS_WHEN
        and asked.about not in ABOUT_WHEN
        and slot.is_of_something_else(heard, when.words)
    ):
        when = None
    month = slot.month(heard) if intent == "book" and when is None and "self_harm" not in weighed.tags else None
    quiet = intent in {"opt_out", "vendor", "wrong_number", "job_seeker"}
    yes_or_no = (
        asked.about in {"urgent", "confirm", "followup"}
        and not quiet
        and intent in {"answer", "decline", "reschedule", "cancel"}
    )
    may_call = intent in _MAY_CALL and not (asked.about == "name" and answers.name)
    return Slots(
        name=None if quiet else answers.name or names.name(heard, asked) or names.signed(heard, asked),
        city=None if quiet or (intent in _ELSEWHERE and asked.about not in _WHERE) else answers.city,
        zip=None if quiet else answers.zip,
        address=None if quiet or _is_a_service(answers.address, vocabulary) else answers.address,
        time=when.words if when else month,
        date=when.date if when else None,
        phone=None if quiet else answers.phone or slot.phone(heard),
        contact_pref=answers.contact_pref or (slot.called_for(heard) if may_call else None),
        yes_no=_yes_or_no(heard, asked, answers, intent) if yes_or_no else None,
        option=answers.option,
    )


def _is_a_service(address: str | None, vocabulary: Vocabulary) -> bool:
    """ "SR22" is no state road to whoever files SR-22s."""
    spot, names = _letters(address or ""), (name for one in vocabulary.services for name in one.names)
    return bool(spot) and any(spot in _letters(name) for name in names)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold_plain(text)))


def _is_of_another_answer(words: str, asked: Asked, answers: Slots) -> bool:
    """ "April" where the name was asked, "Oak and 3rd" of a crossing, "2nd" of a choice: no time."""
    said = words.split()
    if asked.about == "name" and answers.name and set(said) <= set(answers.name.split()):
        return True
    if answers.address and f" {words} " in f" {answers.address.replace(',', ' ')} ":
        return not words.isdecimal() or asked.about == "address"
    return asked.about == "menu" and answers.option is not None and len(said) == 1 and words[0].isdecimal()


def _yes_or_no(heard: Heard, asked: Asked, answers: Slots, intent: Intent) -> Literal["yes", "no"] | None:
    """Who moves or cancels what we asked them to confirm never said yes, and no only in such words.

    Who declines need not: "not right now" to "do you still need us?" says neither.
    """
    if intent in {"cancel", "reschedule"}:
        return "no" if answers.yes_no == "no" else None
    declines = asked.about == "followup" and answers.yes_no == "no" and not slot.plainly_no(heard)
    return None if declines else answers.yes_no
