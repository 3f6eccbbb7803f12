"""The words of one text: variants, blanks, names, moments."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from answerback.engine import wording
from answerback.testing.factories import CHICAGO, MORNING, playbook

TWO = {"en": ("one", "two"), "es": ("uno", "dos")}


def test_variant_is_the_same_for_the_same_conversation_and_both_are_used():
    chosen = [wording.words(TWO, playbook=playbook(), language="en", person=f"c{n}") for n in range(20)]
    again = [wording.words(TWO, playbook=playbook(), language="en", person=f"c{n}") for n in range(20)]
    assert chosen == again
    assert set(chosen) == {"one", "two"}


@pytest.mark.parametrize(
    ("said", "language", "expected"),
    [(TWO, "es", {"uno", "dos"}), (TWO, "fr", {"one", "two"}), ({"es": ("hola",)}, "fr", {"hola"}), (None, "en", {""})],
)
def test_words_fall_back_to_the_first_language(said, language, expected):
    assert wording.words(said, playbook=playbook(), language=language, person="c") in expected


def test_blanks_are_filled_and_the_link_stays():
    assert wording.fill("{business}: {link} {odd}.", {"business": "Rivera {link}"}) == "Rivera {link}: {link} ."


def test_plain_turns_typography_into_plain_characters():
    assert wording.plain("It’s  “now” – or…\u00a0never") == 'It\'s "now" - or... never'


def test_introduction_names_the_business_once_and_says_how_to_stop():
    assert wording.introduced("Hello", "Rivera", "en") == "Rivera: Hello. Reply STOP to opt out"
    assert wording.introduced("¿Qué?", "Rivera", "es") == "Rivera: ¿Qué? Responda STOP para no recibir mensajes"
    already = "It's Rivera. Reply STOP to opt out"
    assert wording.introduced(already, "Rivera", "en") == already


def test_moment_has_its_date_written_out():
    assert wording.moment(MORNING, CHICAGO, "en") == "Tue Mar 10, 10:00 AM"
    assert wording.moment(datetime(2026, 3, 11, 5, 5, tzinfo=UTC), CHICAGO, "es") == "mié 11 mar, 12:05 AM"


def test_window_is_minutes_when_near_and_a_moment_when_far():
    assert wording.window(MORNING + timedelta(minutes=30), MORNING, CHICAGO, "en") == "within 30 minutes"
    soon = MORNING + timedelta(minutes=1)
    assert wording.window(soon, MORNING, CHICAGO, "en") == "within a minute"
    assert wording.window(soon, MORNING, CHICAGO, "es") == "en menos de un minuto"
    assert wording.window(MORNING, MORNING, CHICAGO, "es") == "en menos de un minuto"
    assert wording.window(MORNING + timedelta(hours=5), MORNING, CHICAGO, "es") == "antes del mar 10 mar, 3:00 PM"


def test_a_customer_in_another_zone_reads_both_clocks() -> None:
    at = datetime(2026, 3, 13, 14, tzinfo=UTC)
    austin, coast, tokyo = (ZoneInfo(name) for name in ("America/Chicago", "America/Los_Angeles", "Asia/Tokyo"))
    assert wording.moment(at, austin, "en", coast) == "Fri Mar 13, 9:00 AM CDT (7:00 AM PDT)"
    assert wording.moment(at, austin, "es", coast) == "vie 13 mar, 9:00 AM CDT (7:00 AM PDT)"
    assert wording.moment(at + timedelta(hours=5), austin, "es", tokyo) == "vie 13 mar, 2:00 PM CDT (sab 4:00 AM JST)"
    assert wording.moment(at, austin, "en", ZoneInfo("America/Sao_Paulo")) == (
        "Fri Mar 13, 9:00 AM CDT (11:00 AM GMT-03)"
    )
    # Winnipeg's clock is Austin's.
    assert wording.moment(at, austin, "en", ZoneInfo("America/Winnipeg")) == "Fri Mar 13, 9:00 AM"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("Choose a time: {link}.", "Choose a time: https://x.test/b/1"),
        ("Choose a time: {link}, or call.", "Choose a time: https://x.test/b/1 or call."),
        ("{link}! {link}", "https://x.test/b/1 https://x.test/b/1"),
        ("Nothing. {video}.", "Nothing. {video}."),
    ],
)
def test_no_mark_is_glued_to_an_address(body, says):
    """Phones take it into the link, which leads nowhere then."""
    assert wording.addressed(body, "link", "https://x.test/b/1") == says


def test_a_sentence_that_ends_with_an_address_has_no_dot():
    said = (
        "Call now",
        "Is it?",
        "See https://x.test/a",
        "Book: {link}",
        "Watch: {video}",
        "https://x.test/a b",
        "",
    )
    assert [wording.stopped(each) for each in said] == [
        "Call now.", "Is it?", "See https://x.test/a", "Book: {link}", "Watch: {video}", "https://x.test/a b.", "",
    ]  # fmt: skip
    assert wording.introduced("Rivera, book: {link}", "Rivera", "en") == "Rivera, book: {link} Reply STOP to opt out"
