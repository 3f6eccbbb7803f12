"""What answers a question of ours that is all but a yes or a no, and what only sounds like one or like worse."""

import pytest
from tests.understanding.conftest import ReadingOf

from answerback.engine.reading import AskedAbout


def rows(block: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("meant", "text"),
    rows("""
yes | dont cancel!! ill be there
yes | do not cancel it please, im coming
yes | no quiero cancelar, ahi voy
yes | no way id miss it
yes | cant wait!
yes | no problem, see you then
yes | no hay problema
yes | no need to reschedule, we're good
yes | not a problem
yes | no changes
yes | no yeah thats fine
yes | im in
yes | count me in
yes | los esperamos
yes | siempre si
yes | should be fine
yes | i wont be home but my wife will let you in, so yes
yes | no wait yes i can make it
yes | i already said yes
yes | 10 is good
yes | not an issue, we'll be there
yes | yse
yes | uh yeah that's fine
yes | be there or be square
no | yes wait no
no | yeah no i cant
no | of course not
no | i doubt it
no | count me out
no | siempre no
no | i wont be there
no | that time no longer works
None | yes unless it rains
None | not sure yet
None | if i can get off work
None | no sé si pueda
"""),
)
def test_a_yes_to_a_time_that_stands_is_read_by_what_it_means(reading_of: ReadingOf, meant: str, text: str) -> None:
    assert str(reading_of(text, "confirm").slots.yes_no) == meant


@pytest.mark.parametrize(
    ("about", "text"),
    rows("""
open | please dont cancel my appointment
open | dont cancel tomorrow, im just running late
confirm | dont cancel
confirm | no quiero cancelar
"""),
)
def test_who_keeps_an_appointment_cancels_none(reading_of: ReadingOf, about: AskedAbout, text: str) -> None:
    assert reading_of(text, about).intent != "cancel"


@pytest.mark.parametrize(
    ("about", "text"),
    rows("""
confirm | i wont be there
time | i wont be here friday
time | end of the month is better for me
time | the 31st would be a lifesaver
confirm | wont make it
"""),
)
def test_who_is_away_or_glad_of_a_day_does_not_sound_like_self_harm(
    reading_of: ReadingOf, about: AskedAbout, text: str
) -> None:
    assert reading_of(text, about).sensitive == ()


@pytest.mark.parametrize(
    "text",
    ["im not gonna make it, i have a gun", "i wont be here much longer", "goodbye everyone, i wont be here tomorrow"],
)
def test_who_may_hurt_themselves_is_heard_in_the_same_words(reading_of: ReadingOf, text: str) -> None:
    reading = reading_of(text)
    assert (reading.urgency, reading.sensitive) == ("emergency", ("self_harm",))


@pytest.mark.parametrize(
    ("urgency", "text"),
    rows("""
emergency | it cant wait
emergency | no it cant wait
emergency | no puede esperar
emergency | no no puede esperar
emergency | ya no puedo esperar
emergency | no yeah its bad
emergency | es de vida o muerte
can_wait | no, puede esperar
can_wait | sí puede esperar
can_wait | yes it can wait
can_wait | yes no rush
can_wait | yeah no its fine
can_wait | claro que no
can_wait | i mean its not life or death
can_wait | normal visit
can_wait | visita normal
can_wait | it is the kitchen faucet
emergency | it is coming from the ceiling
"""),
)
def test_what_answers_whether_it_is_urgent(reading_of: ReadingOf, urgency: str, text: str) -> None:
    assert reading_of(text, "urgent").urgency == urgency


@pytest.mark.parametrize(
    ("intent", "text"),
    rows("""
answer | no i still need it
answer | no its worse now
answer | nah we still want it
answer | not fixed yet
answer | no one came
answer | no yeah i do
answer | no ha venido nadie
decline | no
decline | of course not
decline | yeah no we're good
decline | we got it fixed
"""),
)
def test_who_still_needs_us_declines_nothing(reading_of: ReadingOf, intent: str, text: str) -> None:
    assert reading_of(text, "followup").intent == intent


@pytest.mark.parametrize("text", ["dont forget about me", "please dont forget about us", "no se olviden de mi"])
def test_who_asks_not_to_be_forgotten_wants_no_end_of_texts(reading_of: ReadingOf, text: str) -> None:
    assert not reading_of(text, "followup").opt_out
