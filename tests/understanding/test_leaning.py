"""A trade known only by the names of its services: how a customer's words are held against those."""

import pytest

from answerback.engine.reading import ServiceWords, Vocabulary
from answerback.engine.rules import vocabulary
from answerback.store.playbook_file import pack
from answerback.understanding.heard import hear
from answerback.understanding.kin import in_english, spanish_stem, speaking_for, stem
from answerback.understanding.leaning import leaning
from answerback.understanding.offers import by_subject, service


def _shop(industry: str, **names: str) -> Vocabulary:
    return Vocabulary(
        industry=industry, services=tuple(ServiceWords(id=id_, names=(name,)) for id_, name in names.items())
    )


_HARP = _shop("harp_maker", strings="String replacement", moving="Moving & hoisting", lessons="Beginner lessons")
_KILN = _shop(
    "pottery", snow="Snow plowing", dishes="Dishwashers", prune="Pruning & crown thinning", hems="Hems & alterations"
)
_PIPES = _shop("plumbing", leak="Leak repair", drain="Drain cleaning", toilet="Toilets", heater="Water heaters")
_YARD = _shop("boat_yard", motor="Motor overhaul", propeller="Propeller balancing", canvas="Canvas & seats")

_MILL = _shop("mill", milling="Custom log milling", transfer="Tape transfer", parties="Birthday parties")


@pytest.mark.parametrize(
    ("text", "shop", "wanted"),
    [
        ("a wire snapped with a bang", _HARP, "strings"),
        ("we need it carried upstairs to the loft", _HARP, "moving"),
        ("never touched one before, teach me", _HARP, "lessons"),
        ("branches are scraping the shingles", _KILN, "prune"),
        ("sleeves are too long on me", _KILN, "hems"),
        ("seats are ripped", _YARD, "canvas"),
        ("grandpas reel to reels onto a usb", _MILL, "transfer"),
        ("my log pile should be boards", _MILL, "milling"),
        ("my son is turning 8, 12 kids", _MILL, "parties"),
    ],
)
def test_words_that_go_with_a_name_find_the_service(text: str, shop: Vocabulary, wanted: str) -> None:
    found = leaning(hear(text), shop)
    assert found is not None
    assert (found.service, found.close) == (wanted, True)


@pytest.mark.parametrize(
    ("text", "shop", "wanted"),
    [
        ("se me reventó una cuerda", _HARP, "strings"),
        ("quiero aprender a tocar", _HARP, "lessons"),
        ("hay que podar el árbol", _KILN, "prune"),
        ("la hélice vibra", _YARD, "propeller"),
        ("se rompieron los asientos", _YARD, "canvas"),
        ("quiero tablas de unos troncos", _MILL, "milling"),
    ],
)
def test_spanish_words_find_services_with_english_names(text: str, shop: Vocabulary, wanted: str) -> None:
    found = leaning(hear(text), shop)
    assert found is not None
    assert found.service == wanted


@pytest.mark.parametrize(
    ("text", "shop", "wanted"),
    [
        ("my dish washer is leaking", _KILN, "dishes"),
        ("need a snowplow", _KILN, "snow"),
        ("the propellor hit a rock", _YARD, "propeller"),
    ],
)
def test_words_written_together_apart_or_wrong_are_the_names_own(text: str, shop: Vocabulary, wanted: str) -> None:
    found = leaning(hear(text), shop)
    assert found is not None
    assert found.service == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("not the motor, the propeller", "propeller"),
        ("propeller, not the motor", "propeller"),
        ("no es el motor, es la hélice", "propeller"),
        ("the canvas instead of the motor", "canvas"),
        ("the motor does not start", "motor"),
        ("no motor at all", "motor"),
    ],
)
def test_what_is_said_not_to_be_meant_is_not(text: str, wanted: str) -> None:
    heard = hear(text)
    found = leaning(heard, _YARD, named=service(heard, _YARD))
    assert found is not None
    assert found.service == wanted


_HOME = _shop("plumbing", leak="Leaks & flooding", sump="Sump pump", gas="Gas line & gas leaks", drain="Drains")
_WIRES = _shop("electrician", panel="Electrical panels", detectors="Smoke & CO detectors", fans="Ceiling fans")
_TEETH = _shop("dental", pain="Tooth pain, broken or lost tooth", implant="Implants", crown="Crowns", braces="Braces")


@pytest.mark.parametrize(
    ("text", "shop", "wanted"),
    [
        ("a pipe leaked and flooded the den, that is fixed. could you run a line for a gas stove", _HOME, "gas"),
        ("hubo una fuga y se inundó todo en enero, ahora quisiera una bomba para el sótano", _HOME, "sump"),
        ("i lost a tooth and broke another in a crash years ago, id like to hear about an implant", _TEETH, "implant"),
    ],
)
def test_what_is_wished_for_counts_for_more_than_what_is_told_before(text: str, shop: Vocabulary, wanted: str) -> None:
    heard = hear(text)
    found = leaning(heard, shop, named=service(heard, shop))
    assert found is not None
    assert found.service == wanted


def test_words_that_stand_in_two_subjects_of_a_service_speak_for_it_once() -> None:
    assert [id_ for id_, _, words in by_subject(hear("there is smoke"), _WIRES) if words == "smoke"] == ["detectors"]


_WILLS = _shop("law", estate="Wills & trusts", family="Divorce & custody", bins="Can cleaning")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("someone will be in touch about it", None),
        ("my sister will drop the divorce papers off", "family"),
        ("my mother died without a will and we are lost", "estate"),
        ("need a will and a trust drawn up", "estate"),
        ("how much for a will", "estate"),
        ("the trash can stinks, can you come clean it", "bins"),
    ],
)
def test_a_verbs_helper_is_no_service_of_that_name(text: str, wanted: str | None) -> None:
    found = service(hear(text), _WILLS)
    assert (found and found.service) == wanted


@pytest.mark.parametrize("text", ["hello", "how are you", "mañana por la tarde", "estoy en el 78704", "qqzzx", ""])
def test_text_about_nothing_in_particular_leans_nowhere(text: str) -> None:
    assert [leaning(hear(text), shop) for shop in (_HARP, _KILN, _YARD, _PIPES)] == [None] * 4


_AUSTIN = vocabulary(pack("plumbing"))


@pytest.mark.parametrize(
    "text",
    [
        "not an emergency, tomorrow is fine 78704",
        "not an emergency, tomorrow is fine 1204 May St",
        "1",
        "1 not an emergency, tomorrow is fine",
        "not an emergency, tomorrow is fine just send me the link please",
        "friday after 3 please and thank you, text me the link",
    ],
)
def test_an_answer_about_place_time_or_hurry_leans_to_no_service(text: str) -> None:
    assert leaning(hear(text), _AUSTIN) is None


def test_what_speaks_for_all_alike_names_none() -> None:
    shop = _shop("plumbing", line="Water line", heater="Water heater", treatment="Water treatment", drain="Drains")
    assert leaning(hear("hi, it's about our water"), shop) is None
    greetings = ("hey", "can you help me", "is anyone there", "i have a problem with my")
    assert [leaning(hear(text), shop) for text in greetings] == [None] * len(greetings)


def test_declined_work_is_never_guessed() -> None:
    shop = Vocabulary(
        industry="harp_maker",
        services=(
            ServiceWords(id="strings", names=("String replacement",), declined=True),
            ServiceWords(id="lessons", names=("Beginner lessons",)),
        ),
    )
    assert leaning(hear("a wire snapped with a bang"), shop) is None


@pytest.mark.parametrize(
    ("one", "other"), [("tijeras", "tijera"), ("podaron", "podar"), ("luces", "luz"), ("instalaciones", "instalacion")]
)
def test_spanish_endings_do_not_part_words(one: str, other: str) -> None:
    assert spanish_stem(one) == spanish_stem(other)


def test_a_tilde_tells_a_nail_from_an_article() -> None:
    assert (in_english("uñas", "unas"), in_english("unas", "unas")) == (("nail",), ())


def test_a_word_that_goes_with_two_services_tells_less() -> None:
    speaking = speaking_for(_shop("any", one="Trailers", other="Vehicle wraps"))
    assert [id_ for id_, _ in speaking[stem("truck")]] == ["other"]
    assert speaking_for(_shop("any", one="Oven repair", other="Stove repair"))[stem("broken")][0][1] < 1


def test_a_word_that_is_another_services_own_name_is_that_ones() -> None:
    """Lists of ours count hornets among wasps; who offers both by name means the one named."""
    shop = _shop("bees", wasp="Wasp & yellowjacket nests", hornet="Hornet nests", comb="Honeycomb removal")
    named = {text: service(hear(text), shop) for text in ("hornets", "wasps", "honeycomb in the wall")}
    assert {text: found and found.service for text, found in named.items()} == {
        "hornets": "hornet",
        "wasps": "wasp",
        "honeycomb in the wall": "comb",
    }
