"""What a page says on a lock screen, and what people may answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerback.engine.page_words import Facts, Privacy, alert, listed, page, spoken
from answerback.engine.staff_texts import PASS, Automatic, Chose, Ordered, Wrote, first_free, meaning, read

NOW = datetime(2026, 3, 10, 8, 4, tzinfo=UTC)
MARIA = Facts(
    case=48,
    summary="Urgent: call now",
    opened_at=NOW - timedelta(minutes=3),
    name="Maria Soto",
    number="+15125550131",
    service="Leak repair",
    answers={"city": "Austin", "urgency": "emergency"},
    said="pipe burst, water everywhere in the kitchen and it is running down the stairs into the hall",
)


def text(privacy: Privacy, facts: Facts = MARIA) -> str:
    return page(facts, privacy, number=1, later=20, link="https://x.test/c/48", now=NOW)


def test_it_says_who_what_where_and_how_long() -> None:
    assert text("standard") == (
        "Urgent: call now. Maria Soto (512) 555-0131. "
        '"pipe burst, water everywhere in the kitchen and it is running down..." Leak repair, Austin. '
        "Waiting 3 min. Reply 1 = mine, 2 = pass, 3 = I call in 20 min. https://x.test/c/48"
    )


def test_a_clinics_page_reveals_no_patient_and_a_law_firms_no_facts() -> None:
    rest = "Waiting 3 min. Reply 1 = mine, 2 = pass, 3 = I call in 20 min. https://x.test/c/48"
    assert text("clinic") == f"Urgent: call now. Case 48. {rest}"
    assert text("law") == f"Urgent: call now. Maria (512) 555-0131. {rest}"


HEALTH = "https://x.test/health"


def test_an_address_ends_where_it_ends() -> None:
    """A dot behind it was taken into the link by phones, and led nowhere."""
    down = replace(MARIA, summary=f"Line (512) 555-0199 needs you: It sends nothing. {HEALTH}", said="")
    assert f" {HEALTH} Maria Soto" in text("standard", down)
    told = alert("line_red", replace(down, number="+15125550199"), "standard")
    assert told.endswith(HEALTH)
    called = spoken(down, "standard", "Rivera Plumbing", NOW)
    assert called.startswith(
        "Rivera Plumbing. Line (512) 555-0199 needs you: It sends nothing. Maria Soto (512) 555-0131. Waiting"
    )


@pytest.mark.parametrize(
    ("minutes", "says"),
    [(59, "59 min"), (60, "1 h"), (1003, "16 h 43 min"), (2879, "47 h 59 min"), (2880, "2 days"), (9000, "6 days")],
)
def test_how_long_it_waits_is_said_as_everywhere(minutes: int, says: str) -> None:
    """It stood in minutes: "1003 min"."""
    late = replace(MARIA, opened_at=NOW - timedelta(minutes=minutes))
    assert f"Waiting {says}. " in text("clinic", late)
    assert f"10 = Case 48, {says}." in listed([(10, late)], "clinic", link="x", now=NOW)


def test_beyond_the_third_case_one_number_takes_it() -> None:
    said = page(MARIA, "clinic", number=12, later=20, link="x", now=NOW)
    assert said == "Urgent: call now. Case 48. Waiting 3 min. Reply 12 = mine. x"


def test_a_list_names_some_and_counts_the_rest() -> None:
    said = listed([(10 + n, MARIA) for n in range(7)], "clinic", link="https://x.test/on-call", now=NOW)
    assert said == (
        "7 urgent cases wait: 10 = Case 48, 3 min; 11 = Case 48, 3 min; 12 = Case 48, 3 min; 13 = Case 48, 3 min; "
        "14 = Case 48, 3 min; and 2 more. Reply a number to take that case, such as 10. https://x.test/on-call"
    )


def test_a_call_says_the_same_in_short() -> None:
    assert spoken(MARIA, "standard", "Rivera Plumbing", NOW) == (
        "Rivera Plumbing. Urgent: call now. Maria Soto (512) 555-0131. Waiting 3 min. "
        "Press 1 to take it. Press 2 to pass."
    )


def test_it_speaks_the_language_it_is_handed() -> None:
    spanish = {
        "Urgent: call now": "Urgente: llame ya",
        "Case %(case)d": "Caso %(case)d",
        "Waiting %(time)s.": "Espera desde hace %(time)s.",
        "Reply %(mine)d = mine, %(pass)d = pass, %(later)d = I call in %(minutes)d min.": (
            "Responda %(mine)d = mío, %(pass)d = paso, %(later)d = llamo en %(minutes)d min."
        ),
        "Press 1 to take it. Press 2 to pass.": "Pulse 1 para tomarlo. Pulse 2 para pasar.",
    }
    said = page(MARIA, "clinic", number=1, later=20, link="x", now=NOW, gettext=lambda words: spanish[words])
    assert said == (
        "Urgente: llame ya. Caso 48. Espera desde hace 3 min. Responda 1 = mío, 2 = paso, 3 = llamo en 20 min. x"
    )
    assert spoken(MARIA, "clinic", "Clínica Sol", NOW, gettext=lambda words: spanish[words]) == (
        "Clínica Sol. Urgente: llame ya. Caso 48. Espera desde hace 3 min. Pulse 1 para tomarlo. Pulse 2 para pasar."
    )


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("1", Chose(number=1)),
        (" 2. ", Chose(number=2)),
        ("#3", Chose(number=3)),
        ("1 mine", Chose(number=1)),
        ("1 = mine", Chose(number=1, alone=False)),
        ("2=pass", Chose(number=2, alone=False)),
        ("3 = I call in 20 min", Chose(number=3, alone=False)),
        ("“4”", Chose(number=4, alone=False)),
        ("Ok, 4 thanks!", Chose(number=4, alone=False)),
        ("4 = es mío", Chose(number=4, alone=False)),
        ("Mine", Chose(number=None, alone=False)),
        ("I'll take it", Chose(number=None, alone=False)),
        ("Paso.", Chose(number=None, choice=PASS, alone=False)),
        ("I’m driving with Driving Focus turned on.", Automatic()),
        ("I'm driving right now, back in ten", Wrote(words="I'm driving right now, back in ten")),
        ("$4", Wrote(words="$4")),
        ("4:30 ok?", Wrote(words="4:30 ok?")),
        ("4 pm is fine", Wrote(words="4 pm is fine")),
        ("That is a pass for me", Wrote(words="That is a pass for me")),
        ("Call", Ordered(command="call")),
        ("CALL 48", Ordered(command="call", tag=48)),
        ("done #48", Ordered(command="done", tag=48)),
        ("back", Ordered(command="back")),
        ("#48 on my way", Wrote(words="on my way", tag=48)),
        ("I can be there at 5", Wrote(words="I can be there at 5")),
        ("1 hour and I am there", Wrote(words="1 hour and I am there")),
        ("call me when you are home", Wrote(words="call me when you are home")),
    ],
)
def test_what_people_text_is_read(said: str, meant: Any) -> None:
    assert read(said) == meant


def test_no_number_stands_for_two_pages() -> None:
    assert first_free(frozenset()) == 1
    assert first_free(frozenset({1})) == 4
    assert first_free(frozenset({1, 4, 7})) == 10
    assert first_free(frozenset({1, 4, 7, 10, 11})) == 12
    assert [meaning(number) for number in (1, 2, 6, 9, 10, 13)] == [(1, 0), (1, 1), (4, 2), (7, 2), (10, 0), (13, 0)]
