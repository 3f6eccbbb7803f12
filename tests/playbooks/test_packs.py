"""The six industry packs: nothing is wrong with them, they say what they must, and they read back as written."""

import re

import jsonschema
import pytest
import yaml
from tests.in_spanish import ENGLISH

from answerback.engine.playbook import Playbook, Wording
from answerback.engine.proof import problems
from answerback.engine.rehearsal import EXAMPLE_NAME, filled, wordings
from answerback.engine.segments import make_plain, segments
from answerback.store.playbook_file import SCHEMA_LINE, dump, load, pack, pack_text, packs, schema

NAMES = ("dental_clinic", "hvac", "law_firm", "med_spa", "plumbing", "salon")


TRANSLATED = re.compile(
    r"zip code|feriado|perdimos su llamada|le hemos|ha vuelto|pueden aplicar |llegan a una persona"
    r"|en otra oportunidad|si surge|cita (?:de )?\{when\}|cita (?:ahora )?es \{when\}|no puede venir",
    re.IGNORECASE,
)
TU = re.compile(
    r"\b(?:tú|tu|tus|te|ti|contigo|responde|escribe(?= (?:aquí|por|si))|llama(?= al)|puedes|tienes|quieres"
    r"|necesitas|elige)\b",
    re.IGNORECASE,
)


def spanish(name: str) -> list[str]:
    """Everything this pack says in Spanish, its defaults included, with the blanks open."""
    return [text for _, _, _, wording, _ in wordings(pack(name)) for text in wording.get("es", ())]


def test_there_are_six_packs() -> None:
    assert packs() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with_a_pack(name: str) -> None:
    assert problems(pack(name)) == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_first_text_is_one_segment(name: str) -> None:
    first = [
        filled(text, EXAMPLE_NAME, language)
        for wording in pack(name).greet.values()
        for language, v in wording.items()
        for text in v
    ]
    assert [text for text in first if segments(text) != 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_accent_makes_a_text_dearer(name: str) -> None:
    said = [filled(text, EXAMPLE_NAME, "es") for text in spanish(name)]
    assert [text for text in said if segments(text) != segments(make_plain(text))] == []


@pytest.mark.parametrize("name", NAMES)
def test_spanish_is_said_as_it_is_spoken_here(name: str) -> None:
    """What a Mexican-American reader takes for a translation, or for Spain's or South America's."""
    assert [text for text in spanish(name) if TRANSLATED.search(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_example_of_a_spanish_text_holds_no_english(name: str) -> None:
    said = [re.sub(r"https?://\S+|\bSTOP\b", "", filled(text, EXAMPLE_NAME, "es")) for text in spanish(name)]
    assert [text for text in said if ENGLISH.search(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_called_tu(name: str) -> None:
    assert [text for text in spanish(name) if TU.search(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_situation_has_two_variants_in_both_languages(name: str) -> None:
    counts = {(s, language): len(texts) for s, w in pack(name).greet.items() for language, texts in w.items()}
    assert set(counts.values()) == {2}
    assert len(counts) == 12


@pytest.mark.parametrize("name", NAMES)
def test_variants_differ(name: str) -> None:
    doubled = [
        where for where, _, _, wording, _ in wordings(pack(name)) for v in wording.values() if len(set(v)) < len(v)
    ]
    assert doubled == []


@pytest.mark.parametrize("name", NAMES)
def test_a_pack_offers_six_to_twelve_services_with_words_in_both_languages(name: str) -> None:
    services = pack(name).services
    assert 6 <= len(services) <= 12
    assert [s.id for s in services if min(len(s.words["en"]), len(s.words["es"])) < 4] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_pack_reads_back_as_it_was_dumped(name: str) -> None:
    assert load(dump(pack(name)), name) == pack(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_accepts_a_pack_as_written_and_as_dumped(name: str) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    for text in (pack_text(name), dump(pack(name))):
        assert [error.message for error in validator.iter_errors(yaml.safe_load(text))] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_editor_finds_the_schema(name: str) -> None:
    assert pack_text(name).splitlines()[0] == SCHEMA_LINE


@pytest.mark.parametrize("name", ["dental_clinic", "med_spa"])
def test_clinics_are_discreet_and_remind_once(name: str) -> None:
    playbook = pack(name)
    assert (playbook.privacy, [nudge.after for nudge in playbook.nudges]) == ("clinic", ["next_business_morning"])


def test_a_law_firm_never_reminds() -> None:
    playbook = pack("law_firm")
    assert (playbook.privacy, playbook.nudges) == ("law", ())


@pytest.mark.parametrize("name", NAMES)
def test_danger_always_wakes_a_person_and_names_both_numbers(name: str) -> None:
    playbook = pack(name)
    ends = {route.when: route.then for route in playbook.routes if route.when in {"life_safety", "urgent"}}
    assert ends == {"life_safety": "human", "urgent": "human"}
    assert [text for text in _texts(playbook, "life_safety") if "911" not in text or "988" not in text] == []


def _texts(playbook: Playbook, when: str) -> list[str]:
    say: Wording = next(route.say for route in playbook.routes if route.when == when)
    return [text for texts in say.values() for text in texts]
