"""Intents, slots, services and languages, by what was asked; and that no text whatever breaks or slows the reader."""

import signal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerback.engine.reading import Asked, AskedAbout, Vocabulary
from answerback.understanding import read

ReadingOf = Any

BACKTRACKS = 60
"""Seconds of processor time of which none of these texts needs two."""

INTENTS = """
book | open | I need a plumber for my kitchen sink
book | open | my toilet is clogged
book | open | can someone come look at my water heater
book | open | necesito una cita
book | open | se tapó el lavabo
book | service | drain cleaning
reschedule | open | can we move my appointment to friday
reschedule | open | need to reschedule please
reschedule | open | quiero cambiar mi cita para el lunes
cancel | open | please cancel my appointment for tomorrow
cancel | open | I wont be able to make it, cancel it
cancel | open | quiero cancelar mi cita
question | open | how much do you charge for a drain cleaning?
question | open | do you guys work on weekends
question | open | what are your hours
question | open | cuánto cobran por destapar un drenaje
question | open | are you licensed and insured?
existing | open | when is the technician coming
existing | open | where is your guy, what's the eta
existing | open | is my order ready yet
existing | open | a qué hora viene el técnico
complaint | open | your guy never showed up and nobody called me
complaint | open | terrible service, I want a refund
complaint | open | you overcharged me
complaint | open | pésimo servicio, nadie llegó
callback | open | please call me
callback | open | can I talk to a real person
callback | open | llámeme por favor
decline | open | never mind, I found someone else
decline | open | not interested thanks
decline | followup | no
decline | followup | already got it fixed
decline | followup | ya no lo necesito gracias
answer | followup | yes
answer | followup | yes I still need help
answer | followup | sí todavía
answer | confirm | yes I'll be there
answer | confirm | sí, ahí estaré
reschedule | confirm | no, can we do friday instead?
cancel | confirm | I need to cancel
ack | open | thanks!
ack | link_sent | ok thank you
ack | open | 👍
ack | review | great service, very happy
complaint | review | terrible, never again
wrong_number | open | you have the wrong number
wrong_number | open | número equivocado
vendor | open | we can get your website on the first page of google
vendor | open | do you need a business loan? you are pre approved
job_seeker | open | are you hiring
job_seeker | open | busco trabajo
help | open | HELP
help | open | who is this
help | open | quién es
help | open | AYUDA
help | service | Ayuda
help | urgent | ¡ayuda!
help | confirm | INFORMACIÓN
help | name | ayuda
other | open | hi
other | name | prefer not to say
answer | name | Maria Lopez
answer | location | 78704
answer | time | friday after 3
answer | contact_pref | call me
answer | menu | 2
answer | urgent | yes
"""

SLOTS = [
    ("my name is Ana Torres", "name", "name", "Ana Torres"),
    ("Joe", "name", "name", "Joe"),
    ("me llamo Luis", "name", "name", "Luis"),
    ("this is Karen, my sink is clogged", "open", "name", "Karen"),
    ("78704", "location", "zip", "78704"),
    ("zip is 78704", "location", "zip", "78704"),
    ("it costs $12500", "open", "zip", None),
    ("Round Rock", "location", "city", "Round Rock"),
    ("I'm in round rock", "open", "city", "round rock"),
    ("1204 May St", "address", "address", "1204 May St"),
    ("1204 May St", "address", "time", None),
    ("it's 500 W Oak Avenue apt 4", "address", "address", "500 W Oak Avenue apt 4"),
    ("call my wife at 512-555-0144", "open", "phone", "512-555-0144"),
    ("friday at 3pm", "time", "time", "friday at 3pm"),
    ("friday at 3pm", "time", "date", "2026-03-13"),
    ("tomorrow morning", "time", "date", "2026-03-12"),
    ("mañana por la tarde", "time", "date", "2026-03-12"),
    ("el viernes", "time", "date", "2026-03-13"),
    ("the 24th", "time", "date", "2026-03-24"),
    ("monday or tuesday", "time", "date", None),
    ("next week", "time", "date", None),
    ("leaking since yesterday at 5", "open", "time", None),
    ("call me", "contact_pref", "contact_pref", "call"),
    ("send the link", "contact_pref", "contact_pref", "link"),
    ("mándeme el enlace", "contact_pref", "contact_pref", "link"),
    ("text is better", "contact_pref", "contact_pref", "text"),
    ("don't call, just send the link", "contact_pref", "contact_pref", "link"),
    ("either is fine", "contact_pref", "contact_pref", None),
    ("2", "menu", "option", "2"),
    ("the second one", "menu", "option", "2"),
    ("uno", "menu", "option", "1"),
    ("yep", "followup", "yes_no", "yes"),
    ("nope", "followup", "yes_no", "no"),
    ("No rush", "urgent", "yes_no", None),
    ("yes", "open", "yes_no", None),
]

SERVICES = """
plumbing | drain | my drains are slow
plumbing | water_heater | water heter is making noise
plumbing | toilet | el inodoro está tapado
plumbing | leak | there's a leak under the sink
salon | cut | need a hair cut
salon | nails | mani pedi for two
salon | color | quiero un tinte
law | family | I want a divorce
law | criminal | got a dui last night
hvac | ac | the a/c isn't cooling
hvac | heat | furnace won't turn on
towing | jump | dead battery
towing | tire | se me ponchó la llanta
piano_tuning | tuning | my piano needs tunning
piano_tuning | voicing | can you do voicing
piano_tuning | moving | need my piano moved
"""

LANGUAGES = [
    ("my sink is clogged", "en"),
    ("necesito un plomero", "es"),
    ("se rompio el tubo", "es"),
    ("Cuanto cuesta?", "es"),
    ("sí", "es"),
    ("1", "und"),
    ("👍", "und"),
    ("ok", "und"),
    ("Denise", "en"),
    ("Мне нужен сантехник", "other"),
    ("我的水管漏水", "other"),
    ("bonjour je voudrais un rendez-vous", "other"),
    ("enlevez-moi de votre liste", "other"),
    ("désinscrire", "en"),
    ("retirez mon numéro", "other"),
    ("STOP por favor", "es"),
    ("stop please", "en"),
    ("él es el técnico", "es"),
    ("no me llamé", "es"),
]


def rows(block: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize(("intent", "about", "text"), rows(INTENTS))
def test_intent(reading_of: ReadingOf, intent: str, about: str, text: str) -> None:
    assert reading_of(text, about).intent == intent


@pytest.mark.parametrize(("text", "about", "slot", "value"), SLOTS)
def test_slot(reading_of: ReadingOf, text: str, about: str, slot: str, value: str | None) -> None:
    assert getattr(reading_of(text, about).slots, slot) == value


@pytest.mark.parametrize(("industry", "service", "text"), rows(SERVICES))
def test_service(reading_of: ReadingOf, industry: str, service: str, text: str) -> None:
    assert reading_of(text, industry=industry).service == service


@pytest.mark.parametrize(
    ("industry", "text"),
    rows("""
plumbing | your guy kept us waiting three hours and tracked mud over the carpet
plumbing | your man was rude to my mother and left mud on her carpet, never again
plumbing | he fell off the ladder and is not moving
towing | how much longer til your driver gets here
"""),
)
def test_who_complains_asks_after_a_job_or_tells_of_somebody_hurt_means_no_service(
    reading_of: ReadingOf, industry: str, text: str
) -> None:
    assert reading_of(text, industry=industry).service is None


@pytest.mark.parametrize(
    ("industry", "about", "text"),
    rows("""
plumbing | contact_pref | text me please, im at work under a sink and the drain is loud
plumbing | name | Gus Leakey
plumbing | confirm | yes! come around the toilets trailer
law | contact_pref | link, the divorce judge has me in court all day
"""),
)
def test_an_answer_to_another_question_chooses_no_service(
    reading_of: ReadingOf, industry: str, about: str, text: str
) -> None:
    reading = reading_of(text, about, industry=industry)
    assert (reading.intent, reading.service) == ("answer", None)


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language(reading_of: ReadingOf, text: str, language: str) -> None:
    assert reading_of(text).language == language


@pytest.mark.parametrize("text", ["", "   ", "\n", "???", "\u200b", "🤷"])
def test_nothing_said_is_nothing_understood(reading_of: ReadingOf, text: str) -> None:
    reading = reading_of(text)
    assert (reading.intent, reading.opt_out, reading.hazards, reading.service) == ("other", False, (), None)


def test_a_clear_answer_is_surer_than_a_muddle(reading_of: ReadingOf) -> None:
    clear = reading_of("78704", "location").confidence
    muddle = reading_of(
        "well the thing is qwrt blorp and my cousin said stop by maybe, not sure", "location"
    ).confidence
    assert clear >= 0.8
    assert muddle <= 0.5


@pytest.mark.parametrize("text", ["kaputt blorp", "zorgle my frip", "blorp!!", "the snerf glonks florbing"])
def test_made_up_words_are_not_believed(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text).confidence <= 0.5


@pytest.mark.parametrize(("about", "text"), [("name", "Wojciechowska"), ("address", "12 Quillhurst Lane")])
def test_names_may_be_new_to_us(reading_of: ReadingOf, about: AskedAbout, text: str) -> None:
    assert reading_of(text, about).confidence > 0.5


def test_two_wishes_lower_the_confidence(reading_of: ReadingOf) -> None:
    one = reading_of("please cancel my appointment")
    two = reading_of("please cancel my appointment, terrible service, are you hiring")
    assert two.confidence < one.confidence


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("I'm pregnant, is the treatment safe?", "medical"),
        ("I will call my lawyer about this bill", "legal"),
        ("im 15 can i come without my parents", "minor"),
        ("my husband hits me", "safety"),
        ("i want to kill myself", "self_harm"),
        ("worst service ever", "complaint"),
    ],
)
def test_sensitive_tag(reading_of: ReadingOf, text: str, tag: str) -> None:
    assert tag in reading_of(text, industry="clinic").sensitive


def test_same_text_same_reading(reading_of: ReadingOf) -> None:
    assert reading_of("burst pipe, come now") == reading_of("burst pipe, come now")


@settings(max_examples=150)
@given(
    text=st.text(max_size=5000),
    about=st.sampled_from(["open", "name", "address", "location", "time", "menu", "urgent"]),
)
def test_no_text_breaks_the_reader(text: str, about: Any) -> None:
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    vocabulary = Vocabulary(industry="plumbing", cities=("Austin",))
    now = datetime(2026, 3, 11, 16, tzinfo=UTC)
    reading = read(text, asked=Asked(about=about), vocabulary=vocabulary, now=now, zone=ZoneInfo("UTC"))
    assert 0.0 <= reading.confidence <= 1.0


@pytest.mark.parametrize(
    "text",
    [
        "a" * 5000,
        "no " * 1700,
        "stop " * 1000,
        "water everywhere i need to stop the " * 140,
        "1" * 5000,
        "1 n a b c " * 500,
        "corner of a b c " * 300,
        "i-35 at by near the " * 250,
        "in in in in " * 400,
        "ñ¿" * 2500,
        "((((" * 1250,
        "smell smell smell gas no no " * 180,
    ],
)
def test_no_text_hangs_the_reader(reading_of: ReadingOf, text: str) -> None:
    """A pattern that backtracks never ends for one of these: the kernel ends what has had its processor time, which no
    other work on the machine uses up. How fast a reading is says the benchmark.
    """

    def hangs(_signal: int, _frame: object) -> None:
        raise AssertionError("A pattern of the reader backtracks: it did not end.")

    before = signal.signal(signal.SIGVTALRM, hangs)
    signal.setitimer(signal.ITIMER_VIRTUAL, BACKTRACKS)
    try:
        reading_of(text)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize(
    ("text", "about", "intent", "language"),
    [
        ("pues depende", "open", "other", "es"),
        ("la hora del té", "time", "answer", "es"),
        ("this week would be nice", "open", "book", "en"),
        ("como la otra vez", "open", "book", "es"),
        ("Round Rock", "urgent", "answer", "en"),
        ("fridge is making ice but its leaking onto the floor a bit", "open", "book", "en"),
    ],
)
def test_words_once_read_amiss(reading_of: ReadingOf, text: str, about: AskedAbout, intent: str, language: str) -> None:
    found = reading_of(text, about)
    assert (found.intent, found.language, found.sensitive) == (intent, language, ())
    assert found.urgency != "emergency"


@pytest.mark.parametrize(
    ("text", "emergency"),
    [
        ("ok thanks", False),
        ("ok", False),
        ("great, thank you", False),
        ("yes", True),
        ("👍", True),
        ("ok yes please", True),
    ],
)
def test_thanks_are_no_yes_to_whether_it_is_urgent(reading_of: ReadingOf, text: str, emergency: bool) -> None:
    assert (reading_of(text, "urgent").urgency == "emergency") == emergency
