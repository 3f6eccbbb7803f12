"""Reading playbook files: what is refused, where, and with which words."""

import sys
from pathlib import Path
from types import FrameType

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.in_spanish import english_in

from answerback.store.playbook_file import (
    LONGEST_FILE,
    SCHEMA_LINE,
    BadPlaybook,
    Fault,
    dump,
    lines,
    load,
    pack,
    pack_text,
    packs,
)


def faults(text: str) -> list[str]:
    with pytest.raises(BadPlaybook) as refused:
        load(text, "mine.yaml")
    assert str(refused.value) == "\n".join(map(str, refused.value.faults))
    said = [words for fault in refused.value.faults for words in (fault.what, fault.fix) if words]
    assert english_in(*(words for words in said if not words.startswith("This is not YAML"))) == []
    return [str(fault) for fault in refused.value.faults]


def changed(old: str, new: str) -> str:
    text = pack_text("plumbing").replace(old, new, 1)
    assert text != pack_text("plumbing"), f"{old!r} is not in the pack any more"
    return text


def line(of: str) -> int:
    """The line a part of the pack stands on."""
    return pack_text("plumbing").split(of, 1)[0].count("\n") + 1


def test_unknown_key_is_refused_with_the_key_that_was_meant() -> None:
    assert faults(changed("hold_seconds: 15", "hold_second: 15")) == [
        (
            f"mine.yaml, line {line('hold_seconds: 15')}: triggers: There is no key `hold_second` here. "
            "Did you mean `hold_seconds`?"
        )
    ]


def test_unknown_key_like_no_other_lists_the_known_ones() -> None:
    assert faults(changed("  callback_minutes: 30", "  xyz: 30")) == [
        (
            f"mine.yaml, line {line('callback_minutes: 30')}: people: There is no key `xyz` here. "
            "Known keys: urgent, callbacks, callback_minutes."
        )
    ]


def test_unknown_situation_is_refused() -> None:
    assert faults(changed("  holiday:", "  holidays:")) == [
        f"mine.yaml, line {line('  holiday:')}: greet: There is no key `holidays` here. Did you mean `holiday`?"
    ]


def test_missing_key_says_what_belongs_there() -> None:
    text = pack_text("plumbing").replace("industry: plumbing\n", "", 1)
    assert faults(text) == [
        (
            "mine.yaml, line 5: The key `industry` is missing. Add it. "
            "Your trade in one word, such as plumbing; it tells the reader which dangers to listen for."
        )
    ]


def test_word_where_a_number_belongs() -> None:
    assert faults(changed("hold_seconds: 15", "hold_seconds: 15s")) == [
        (
            f"mine.yaml, line {line('hold_seconds: 15')}: triggers > hold_seconds: `15s` is not a whole number. "
            "Write digits only, such as 15."
        )
    ]


def test_value_that_is_not_a_choice() -> None:
    assert faults(changed("then: callback", "then: calback")) == [
        (
            f"mine.yaml, line {line('then: callback')}: routes > wants_call > then: "
            "`calback` is not one of human, callback, link, decline. Did you mean `callback`?"
        )
    ]


def test_neither_true_nor_false() -> None:
    assert faults(changed("required: false", "required: maybe")) == [
        (
            f"mine.yaml, line {line('required: false')}: learn > owner > required: `maybe` is neither true nor false. "
            "Write true or false."
        )
    ]


def test_empty_value() -> None:
    assert faults(changed("name: Plumbing", "name:")) == [
        f"mine.yaml, line {line('name: Plumbing')}: name: Nothing is written here. Fill it in, or take the key out."
    ]


def test_two_services_of_one_id() -> None:
    first = line("  - id: leak")
    assert faults(changed("- id: drain", "- id: leak")) == [
        f"mine.yaml, line {line('- id: drain')}: services > leak: `leak` was already used on line {first}. Rename one."
    ]


def test_key_written_twice() -> None:
    text = changed("industry: plumbing", "industry: plumbing\nindustry: hvac")
    first = line("industry: plumbing")
    assert faults(text) == [
        f"mine.yaml, line {first + 1}: industry: This key was already used on line {first}. Keep one."
    ]


def test_keys_where_a_list_belongs() -> None:
    assert faults(changed("languages: [en, es]", "languages: { en: es }")) == [
        (
            f"mine.yaml, line {line('languages:')}: languages: This must be a list. "
            "Begin each item on its own line with `- `."
        )
    ]


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    text = changed("industry: plumbing", "trade: plumbing").replace("then: link", "then: web")
    found = [fault.partition(": ")[2] for fault in faults(text)]
    assert [what[:40] for what in found] == [
        "The key `industry` is missing. Add it. Y",
        "There is no key `trade` here. Known keys",
        "routes > book > then: `web` is not one o",
    ]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_empty_file(text: str) -> None:
    assert faults(text) == ["mine.yaml, line 1: The file is empty. Start from a pack: copy one and change it."]


def test_broken_yaml_names_the_line() -> None:
    assert faults("answerback: 1\nname: [Plumbing\nindustry: x\n") == [
        (
            "mine.yaml, line 3: This is not YAML: expected ',' or ']', but got ':'. Look at this line and the one "
            "above: a missing quote, colon or indent. A text that begins with { or holds a colon needs quotes."
        )
    ]


def test_a_file_far_too_long_is_not_read() -> None:
    assert faults("#" * (LONGEST_FILE + 1)) == [
        "mine.yaml, line 1: The file has 500,001 characters. At most 500,000 are read."
    ]


def test_python_objects_in_yaml_are_only_words(tmp_path: Path) -> None:
    canary = tmp_path / "made"
    with pytest.raises(BadPlaybook):
        load(changed("name: Plumbing", f"name: !!python/object/apply:os.mkdir ['{canary}']"), "mine.yaml")
    assert not canary.exists()


def test_anchors_and_merges_are_followed() -> None:
    text = changed("  - after: 2h\n", "  - &first\n    after: 2h\n")
    text = text.replace("  - after: next_business_morning\n", "  - <<: *first\n    after: 24h\n  - after: 48h\n", 1)
    first, second, third = load(text, "x").nudges
    assert (first.after, second.after, third.after) == ("2h", "24h", "48h")
    assert second.say == first.say


def test_an_alias_stands_for_what_it_names() -> None:
    text = changed("    minutes: 90\n  - id: drain", "    minutes: &long 90\n  - id: drain")
    text = text.replace("    minutes: 120\n  - id: fixture", "    minutes: *long\n  - id: fixture", 1)
    assert load(text, "x").services[4].minutes == 90


def test_words_that_yaml_would_take_for_something_else_stay_words() -> None:
    text = changed("      en: [I own it, I rent it, I manage it]\n", "      en: [No, Yes, 1.50]\n")
    assert load(text, "x").learn[3].choices["en"] == ("No", "Yes", "1.50")
    text = pack_text("plumbing") + "\narea:\n  zips: [02134, 78701]\n  cities: Austin\n"
    assert (load(text, "x").area.zips, load(text, "x").area.cities) == (("02134", "78701"), ("Austin",))


def test_one_variant_needs_no_list() -> None:
    assert pack("plumbing").say.thanks["en"] == ("Thank you. We are here if anything else comes up.",)


def test_each_key_knows_its_line() -> None:
    known = lines(pack_text("plumbing"))
    assert known["routes > urgent > then"] == line("    then: human\n    todo: Urgent plumbing")
    assert known["greet > open > es > 2"] == line('"{business}: sentimos no haber contestado su llamada.')


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.sampled_from("abc:-{}[]&*!?|>'\"#%@`, \n\t0<~"), max_size=80))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with pytest.raises(BadPlaybook) as refused:
        load(text, "mine.yaml")
    assert all(fault.what and fault.line >= 1 for fault in refused.value.faults)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 15_000), st.integers(0, 400), st.sampled_from(["", " ", ": ", "- ", "{", "[a]", "x: {<<: *a}"]))
def test_any_piece_cut_out_is_read_or_refused_in_words(start: int, length: int, instead: str) -> None:
    text = pack_text("plumbing")
    refused: tuple[Fault, ...] = ()
    try:
        playbook = load(text[:start] + instead + text[start + length :], "mine.yaml")
        assert load(dump(playbook), "dumped.yaml") == playbook
    except BadPlaybook as bad:
        refused = bad.faults
    assert [fault for fault in refused if not fault.what or fault.line < 1] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[" * 20_000, "Lists or keys are nested far too deep."),
        ("? [a, b]\n: c\n", "A key must be one word."),
        ("? {a: b}\n: c\n", "A key must be one word."),
        ("services:\n- ? [a, b]\n  : c\n", "A key must be one word."),
        ("a: 1\n\tb: 2\n", "This is not YAML: found character '\\t' that cannot start any token."),
        ("- " * 200_000, "Lists or keys are nested far too deep."),
    ],
)
def test_yaml_at_its_worst(text: str, what: str) -> None:
    with pytest.raises(BadPlaybook) as refused:
        load(text, "mine.yaml")
    assert what in [fault.what for fault in refused.value.faults]


@pytest.mark.parametrize("name", packs())
def test_a_sound_file_is_read_and_written_by_the_quick_parser_alone(name: str) -> None:
    # The slow one takes fifteen times as long: a comparison of two versions took a tenth of a second.
    slow = yaml.safe_dump(yaml.safe_load(dump(pack(name))), sort_keys=False, allow_unicode=True, width=110)
    asked: list[str] = []

    def note(frame: FrameType, event: str, what: object) -> None:
        asked.append(frame.f_globals.get("__name__", ""))

    sys.setprofile(note)
    try:
        written = dump(load(pack_text(name), "mine.yaml"))
    finally:
        sys.setprofile(None)
    assert {"yaml.scanner", "yaml.parser", "yaml.emitter"} & set(asked) == set()
    assert written == f"{SCHEMA_LINE}\n{slow}"


def test_no_such_pack() -> None:
    with pytest.raises(BadPlaybook) as refused:
        pack("bakery")
    assert refused.value.faults == (
        Fault(
            source="bakery",
            line=0,
            where="",
            what="There is no pack of this name.",
            fix="There are: dental_clinic, hvac, law_firm, med_spa, plumbing, salon.",
        ),
    )
