"""What strangers' texts showed: look-alikes of dangers and stops, a laugh behind a stop, and answers that are none."""

import pytest
from tests.understanding.conftest import NOW, ZONE, ReadingOf, vocabulary

from answerback.engine.reading import Asked, AskedAbout, Vocabulary
from answerback.understanding import read
from answerback.understanding.courtesy import without_laugh
from answerback.understanding.heard import hear
from answerback.understanding.slots import month

_CARE = vocabulary("daycare", toddler="Toddler program", prek="Preschool & pre-K", tour="Tours & waitlist")
_CLINIC = vocabulary("clinic", sick="Sick visit", mind="Counseling & mental health", labs="Lab work")
_TWO = vocabulary("clinic", mind="Counseling", crisis="Crisis line", labs="Lab work")


def _service(text: str, at: Vocabulary) -> str | None:
    return read(text, asked=Asked(about="open"), vocabulary=at, now=NOW, zone=ZONE).service


@pytest.mark.parametrize(
    ("urgency", "text"),
    [
        ("soon", "my kids are in their 30s, heater is out at the rental"),
        ("emergency", "heater is out and the kids are 2 and 4 weeks, its freezing in here"),
        ("soon", "back is on fire after leg day lol any openings this afternoon"),
        ("emergency", "my back is cut and the stove is on fire"),
        ("emergency", "my son is on fire"),
        ("unknown", "im dead in the water with this wiring project, need someone who knows boats"),
        ("emergency", "there is water in the outlets with bare wiring"),
        ("unknown", "un trailero me chocó on I-35 last week, tengo un claim?"),
        ("emergency", "un trailero me chocó on I-35 y estoy parado aquí"),
        ("unknown", "se perdió una caja con las joyas de mi abuela y nadie me da razón"),
        ("emergency", "se perdió mi abuela, tiene demencia"),
        ("emergency", "gas leak, can someone come next week"),
        ("emergency", "kitchen is flooding, can you come friday"),
    ],
)
def test_what_sounds_like_a_danger_and_what_is_one(reading_of: ReadingOf, urgency: str, text: str) -> None:
    assert reading_of(text).urgency == urgency


@pytest.mark.parametrize(
    ("stops", "text"),
    [
        (True, "QUIT lol"),
        (True, "stop texting me haha"),
        (True, "take this # out of ur sistem jaja"),
        (True, "deténganse con los mensajitos, yo nunca he pedido un plomero"),
        (True, "no me textees anymore, ya fui a otro lugar"),
        (False, "stop by anytime lol"),
        (False, "can i opt out of the monitoring plan"),
        (False, "please opt me out of the monthly filter plan"),
        (True, "please opt me out of these messages"),
    ],
)
def test_a_laugh_hides_no_stop_and_a_plan_is_none(reading_of: ReadingOf, text: str, *, stops: bool) -> None:
    assert reading_of(text, "followup").opt_out is stops


@pytest.mark.parametrize(
    ("text", "earnest"), [("QUIT lol", "QUIT"), ("ya no, jajaja 😂", "ya no"), ("lol", None), ("Lola", None)]
)
def test_a_laugh_at_the_end_is_left_out(text: str, earnest: str | None) -> None:
    assert without_laugh(text) == earnest


def test_a_laugh_calms_what_only_sounds_like_a_danger(reading_of: ReadingOf) -> None:
    assert reading_of("grass is not going anywhere lol").urgency != "emergency"


@pytest.mark.parametrize(
    ("about", "meant", "text"),
    [
        ("urgent", None, "water is pouring out the wall, cant find the shutoff"),
        ("urgent", None, "wont start but im tied up at the dock, no worries"),
        ("urgent", None, "más o menos, no puedo voltear el cuello para nada"),
        ("urgent", "no", "no"),
        ("urgent", "no", "no worries, it can wait"),
        ("confirm", None, "kids got a game, do you have that same time on the 25th"),
        ("confirm", None, "can we push it to monday at 2"),
        ("confirm", "no", "no puedo, el lunes sí"),
        ("confirm", "no", "ay no, se me olvidó, ¿me la puede pasar para el lunes?"),
        ("confirm", "yes", "runnin like 10 late but yes"),
        ("confirm", "yes", "yeah no problem"),
        ("confirm", "yes", "dont worry i didnt forget"),
        ("followup", "yes", "end of the week would be great yes"),
    ],
)
def test_a_yes_or_no_is_one_that_answers(
    reading_of: ReadingOf, about: AskedAbout, meant: str | None, text: str
) -> None:
    assert reading_of(text, about).slots.yes_no == meant


def test_who_says_see_you_thursday_wishes_for_no_other_time(reading_of: ReadingOf) -> None:
    assert reading_of("see you thursday", "confirm").slots.time is None
    assert reading_of("no thursday wont work, friday?", "confirm").slots.time == "friday"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("thinking last week of april", "last week of april"),
        ("want a spot for august", "for august"),
        ("para principios de mayo", None),
        ("a principios de mayo", "a principios de mayo"),
        ("our old dog passed in january", None),
        ("installed in june of 2019", None),
        ("we may need more", None),
    ],
)
def test_a_month_that_is_wished_for(text: str, meant: str | None) -> None:
    assert month(hear(text)) == meant


@pytest.mark.parametrize(
    ("text", "tags"), [("yes im 10 lbs down, dont stop", ()), ("im 15 and want to come alone", ("minor",))]
)
def test_pounds_are_no_years(reading_of: ReadingOf, text: str, tags: tuple[str, ...]) -> None:
    assert reading_of(text, "open").sensitive == tags


def test_who_may_hurt_themselves_is_for_the_one_service_of_the_mind() -> None:
    assert _service("ya no quiero vivir, perdón por molestarlos", _CLINIC) == "mind"
    assert _service("ya no quiero vivir, perdón por molestarlos", _TWO) is None


@pytest.mark.parametrize(
    ("text", "meant"), [("need a spot for my 2 yr old", "toddler"), ("need a spot for my 4 yr old", "prek")]
)
def test_an_age_has_its_room(text: str, meant: str) -> None:
    assert _service(text, _CARE) == meant
