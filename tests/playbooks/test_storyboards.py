"""The storyboards that come with the product: nothing is wrong with them in any pack, and they promise nothing."""

from zoneinfo import ZoneInfo

import pytest

from answerback.engine import lint
from answerback.engine.rehearsal import EXAMPLE_NAME
from answerback.engine.rules import Business, Hours, Rules
from answerback.engine.storyboard import Storyboard, faults, filled, lengths
from answerback.engine.video_facts import BLANKS, facts
from answerback.store.playbook_file import pack
from answerback.store.storyboard_file import BadStoryboard, decode, dump, encode, load, starters, starters_for

EVERY = [(each.id, language) for each in starters() for language in ("en", "es")]
BY_ID = {each.id: each for each in starters()}


def rules(name: str) -> Rules:
    hours = Hours(zone=ZoneInfo("America/Chicago"), spans=())
    business = Business(name=EXAMPLE_NAME, hours=hours, phone="+15125550199")
    return Rules(business=business, playbook=pack(name))


def test_there_is_what_happens_next_for_six_industries_and_one_for_all() -> None:
    assert {(each.industry, each.kind) for each in starters()} == {
        *((industry, "what_next") for industry in ("plumbing", "hvac", "roofing", "med_spa", "clinic", "law")),
        ("any", "overview"),
    }


@pytest.mark.parametrize(("id", "language"), EVERY)
def test_a_filled_template_can_be_made_and_reads_back_as_written(id: str, language: str) -> None:
    packs = {"clinic": "dental_clinic", "law": "law_firm", "roofing": "hvac", "any": "plumbing"}
    industry = BY_ID[id].industry
    ours = rules(packs.get(industry, industry))
    made = filled(BY_ID[id].storyboards[language], facts(ours, language, ours.playbook.services[0].id))
    assert faults(made) == ()
    assert 15 <= sum(lengths(made)) <= 45
    assert load(dump(made)) == made == decode(encode(made))


@pytest.mark.parametrize(("id", "language"), EVERY)
def test_a_template_uses_known_blanks_and_says_the_same_number_of_things_in_both_languages(
    id: str, language: str
) -> None:
    board = BY_ID[id].storyboards[language]
    said = [text for scene in board.scenes for text in (scene.heading, *scene.lines, scene.say)]
    assert {blank for text in said for blank in lint.blanks(text)} <= set(BLANKS)
    assert len(said) == sum(len(s.lines) + 2 for s in BY_ID[id].storyboards["en"].scenes)


def test_a_price_is_only_told_where_the_owner_set_one() -> None:
    board = BY_ID["plumbing_what_next"].storyboards["en"]
    assert "What it costs" not in [scene.heading for scene in filled(board, facts(rules("plumbing"), "en")).scenes]
    told = {**facts(rules("plumbing"), "en"), "price": "A service call is $89."}
    assert [s.lines for s in filled(board, told).scenes if s.heading == "What it costs"] == [
        ("A service call is $89.",)
    ]


def test_an_industry_gets_its_own_templates_first() -> None:
    assert [each.id for each in starters_for("dental_clinic")] == ["clinic_what_next", "how_we_work"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "A storyboard begins with `title:`"),
        ("title: [", "Line 1:"),
        ("title: Hi\nscenes:\n- heding: Hi", "`heding` is no part of a scene."),
        ("title: Hi\nsceens: []", "`sceens` is no part of a storyboard."),
        ("title: Hi\nscenes: []\nkind: film", "Invalid enum value 'film'"),
        ("a: &a [x]\nb: *a", "aliases (*) are not taken"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_what_to_write(text: str, says: str) -> None:
    with pytest.raises(BadStoryboard) as caught:
        load(text)
    assert says in str(caught.value)


def test_the_shortest_file_is_a_title_and_a_heading() -> None:
    assert isinstance(load("title: Hi\nscenes:\n- heading: Hello"), Storyboard)
