"""A danger told calmly beside a wish for a day is heard; a wish alone, or what says that all is well, adds none."""

from typing import Any

import pytest

from answerback.understanding.courtesy import core, without_courtesy

ReadingOf = Any


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("gas leak, can someone come next week", "gas leak,"),
        (
            "Hi there! Pipe broke, water runs out of the outlets. Any appointments on Saturday?",
            "Pipe broke, water runs out of the outlets.",
        ),
        ("huele a gas en la cocina. ¿pueden venir el viernes?", "huele a gas en la cocina."),
        ("sale agua por la pared, cita el sábado?", "sale agua por la pared,"),
        ("sale agua por la pared, el miércoles", "sale agua por la pared,"),
        ("can you come friday", None),
        ("the disposal hums", None),
        ("not urgent, the disposal hums", None),
    ],
)
def test_what_only_wishes_is_left_out(text: str, told: str | None) -> None:
    assert without_courtesy(text) == told


@pytest.mark.parametrize(
    ("urgency", "text"),
    [
        ("emergency", "gas leak, can someone come next week"),
        ("emergency", "Our dog ate a pack of xylitol gum and is wobbling. Do you have a wellness slot on Friday?"),
        ("emergency", "stuck in a snowbank since last night and can't feel my toes. Whenever you get a chance"),
        ("can_wait", "gas line for the new stove, can someone come next week"),
        ("can_wait", "our yard floods when it rains, could you come by next thursday"),
    ],
)
def test_a_polite_wish_hides_no_danger(reading_of: ReadingOf, urgency: str, text: str) -> None:
    assert reading_of(text).urgency == urgency


def test_what_was_added_is_said(reading_of: ReadingOf) -> None:
    told = reading_of("the basement has four inches and climbing, thursday afternoon would suit us")
    assert "a danger told calmly, beside a wish for a time" in told.evidence


@pytest.mark.parametrize(
    ("stops", "text"),
    [
        (False, "how do i opt out of the maintenance contract"),
        (False, "can i opt out of auto renewal"),
        (False, "please opt me out of the extended warranty you added, the rest of the order stands"),
        (True, "i want to opt out of these texts"),
        (True, "opt out of this program"),
    ],
)
def test_who_opts_out_of_a_plan_still_wants_texts(reading_of: ReadingOf, text: str, *, stops: bool) -> None:
    assert reading_of(text).opt_out == stops


AROUND = (
    "{}\nSent from my iPhone",
    "{} Thanks!",
    "{}. Thank you so much for your help",
    "Hi, {}",
    "Good morning. {}",
    "Sorry just saw this. {}",
    "This is Dave Miller. {}",
    "{} Have a blessed day",
    "{} 🙏",
    "{} my number is 555-201-7788",
    "{} - Deb",
    "Hola buenas tardes, {}",
    "{} Que tenga buen día",
)
SAID = (
    "stop texting me",
    "take me off your list",
    "no quiero más mensajes",
    "we smell gas in the kitchen",
    "my mom fell and she is not waking up",
    "i dont want to be here anymore",
    "you broke my gate and nobody called back",
    "garbage disposal just hums now",
)


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("said", SAID)
def test_no_courtesy_around_a_text_changes_what_it_means(reading_of: ReadingOf, said: str, around: str) -> None:
    """A stop with a blessing behind it was none, and a danger with a number to call was no emergency."""
    alone, polite = reading_of(said), reading_of(around.format(said))
    assert (polite.intent, polite.opt_out, polite.urgency, polite.sensitive, polite.service) == (
        alone.intent,
        alone.opt_out,
        alone.urgency,
        alone.sensitive,
        alone.service,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sorry to bother you but I smell gas, can you come", "Sorry to bother you but I smell gas, can you come"),
        ("hope you can fix the gas leak this week. thanks", "hope you can fix the gas leak this week."),
        ("This is Urgent. My son is not breathing", "This is Urgent. My son is not breathing"),
        ("PLEASE HELP - FIRE", "PLEASE HELP - FIRE"),
        ("you ruined my lawn, thanks a lot", "you ruined my lawn, thanks a lot"),
        ("Sorry to bother you so late, the basement floods", "the basement floods"),
        ("Hope you had a great thanksgiving! my sink is leaking - Deb", "my sink is leaking"),
    ],
)
def test_no_danger_is_taken_for_a_courtesy(text: str, said: str) -> None:
    assert core(text) == said


@pytest.mark.parametrize(
    "text", ["hi", "ok thanks!", "no thanks", "my number is 512-555-0199", "I stopped going, sorry. no thanks", ""]
)
def test_what_is_nothing_but_courtesy_stays(text: str) -> None:
    assert core(text) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Harold Pruitt", "the panel is buzzing, a bit of smoke. Thank you kindly, Harold Pruitt"),
        ("Deb", "my sink is leaking. Thanks! - Deb"),
        ("Mr. and Mrs. Ellis", "Roof leaks. Please come today. Thank you. Mr. and Mrs. Ellis"),
        ("Sra. Fuentes", "necesito una cita. Saludos cordiales, Sra. Fuentes"),
        ("Tom & Linda", "my furnace is out. Thanks so much, Tom & Linda"),
        ("Walt", "hi um this is Walt I can't get the truck out of the garage"),
        ("Okafor", "are my glasses in yet? last name Okafor"),
        (None, "the tech was great. Thank you Danny!"),
        (None, "could you come friday? Thanks, Monday is fine too"),
        (None, "no last name needed on that invoice"),
    ],
)
def test_who_signs_a_text_is_its_sender(reading_of: ReadingOf, name: str | None, text: str) -> None:
    assert reading_of(text).slots.name == name
