"""Answers given on the way: where somebody waits, numbers spelled in words, yes and no in people's own words."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from answerback.engine.reading import Asked, AskedAbout, ServiceWords, Slots, Vocabulary
from answerback.understanding import read

_ZONE = ZoneInfo("America/Chicago")
_NOW = datetime(2026, 3, 11, 10, 0, tzinfo=_ZONE)
_SHOP = Vocabulary(
    industry="plumbing",
    services=(ServiceWords(id="leak", names=("Leaks",)), ServiceWords(id="drain", names=("Drain cleaning",))),
)


def _slots(text: str, about: AskedAbout = "open") -> Slots:
    return read(text, asked=Asked(about=about), vocabulary=_SHOP, now=_NOW, zone=_ZONE).slots


@pytest.mark.parametrize(
    ("text", "about", "address"),
    [
        ("twelve oh four May street", "address", "twelve oh four May street"),
        ("its one twenty three west Pine ave apt 4", "address", "one twenty three west Pine ave apt 4"),
        ("212 n 5th, buzz 9", "address", "212 n 5th"),
        ("dead battery at the Target on Lamar, need a boost", "open", "the Target on Lamar"),
        ("left the dome light on all shift, car is dead at Safeway on Main", "open", "Safeway on Main"),
        ("estamos varados cerca de la boya 14", "open", "la boya 14"),
        ("necesito una grua, estoy en el estacionamiento del Walmart", "open", "el estacionamiento del Walmart"),
        ("taking on water off Miller Point, hurry", "open", "Miller Point"),
        ("can you come friday, I work at the hospital", "open", None),
        ("stuck near Austin", "open", None),
        ("by the old casino in Austin", "location", "the old casino in Austin"),
        ("Round Rock, off 79", "location", "off 79"),
        ("Austin, por el aeropuerto", "location", "el aeropuerto"),
        ("pipe burst at 12 Oak, no wait im at birch and 4th", "open", "birch and 4th"),
        ("the bilge pump quit by channel marker 22", "open", "channel marker 22"),
        ("Lou here, over on Quail Ct, sink is stopped up", "open", "Quail Ct"),
    ],
)
def test_where_somebody_waits(text: str, about: AskedAbout, address: str | None) -> None:
    assert _slots(text, about).address == address


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("call my wife, five five five oh one two three", "5550123"),
        ("marque al cinco uno dos cinco cinco cinco cero uno dos tres", None),
        ("three one two, five five five, oh one eight two", "3125550182"),
        ("one or two or three rooms", None),
        ("312-555-0182", "312-555-0182"),
    ],
)
def test_a_phone_spelled_in_words_is_digits(text: str, phone: str | None) -> None:
    assert _slots(text).phone == (phone if "marque" not in text else "5125550123")


@pytest.mark.parametrize(
    ("text", "about", "said"),
    [
        ("sounds great", "confirm", "yes"),
        ("see ya then", "confirm", "yes"),
        ("ahí nos vemos", "confirm", "yes"),
        ("hi yes i'll be there", "confirm", "yes"),
        ("listo", "confirm", "yes"),
        ("no need to cancel, the rain let up", "confirm", "yes"),
        ("no cancele nada, sí los espero", "confirm", "yes"),
        ("ten works, dogs will be put up", "confirm", "yes"),
        ("Oh heavens no. It will last me till Easter", "urgent", "no"),
        ("still coming", "confirm", "yes"),
        ("sorry no", "confirm", "no"),
        ("that wont work", "confirm", "no"),
        ("we moved out of state so no", "confirm", "no"),
        ("thanks but no", "followup", "no"),
        ("still interested", "followup", "yes"),
        ("not right now money is tight", "followup", None),
        ("Not interested.", "followup", None),
    ],
)
def test_yes_and_no_in_their_own_words(text: str, about: AskedAbout, said: str | None) -> None:
    assert _slots(text, about).yes_no == said


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("can you stop over tomorrow, we load up for nationals thursday night", "tomorrow"),
        ("want to leave the pontoon with you this fall", "this fall"),
        ("it hums all the night", None),
        ("se oye el zumbido toda la noche", None),
        ("wont start this morning just clicks", None),
        ("it only lifts about 6 inches now", None),
        ("the old one cracked in february, can somebody look at it on tuesday", "tuesday"),
        ("My uncle died in the fall. We want his piano tuned next week.", "next week"),
        ("we'd like the drains looked at", None),
        ("Recital is sunday. The keys stick.", None),
        ("it sputtered at 8, now it wont run at all", None),
        ("the compressor kicks on at 3 am and shakes the bed", None),
        ("water all over the laundry room floor this morning", None),
        ("can you come thursday, no scratch that, friday", "friday"),
        ("never mind the visit on the 20th", None),
        ("bañera tapada, puede venir el 14 de abril", "el 14 de abril"),
        ("need the drain cleaned, whenever the guy is around. monday?", "monday"),
        ("some man backed into the hose bib sunday and it sprays", None),
        ("the sink clogged, my brother took it apart monday", None),
        ("me chocó un camión el martes y el tubo gotea", None),
        ("toilet overflows and we have guests coming friday", None),
        ("sink is stopped up and checkout is at 11 tomorrow", None),
        ("My husband took a look sunday, can you come monday?", "monday"),
        ("need all the faucets done by the sixth of June", "by the sixth of June"),
        ("drain cleaning on the twenty-first of may please", "the twenty-first of may"),
    ],
)
def test_the_time_that_is_wished_for(text: str, time: str | None) -> None:
    assert _slots(text).time == time


def test_what_a_service_is_called_is_no_road() -> None:
    shop = Vocabulary(industry="insurance", services=(ServiceWords(id="sr22", names=("SR-22 filings",)),))
    reading = read("necesito un SR22 para hoy", asked=Asked(about="open"), vocabulary=shop, now=_NOW, zone=_ZONE)
    assert (reading.service, reading.slots.address) == ("sr22", None)


def test_a_day_spelled_with_a_hyphen_is_one() -> None:
    assert _slots("drain cleaning on the twenty-first of may please").date == "2026-05-21"


def test_the_day_is_the_one_that_was_not_taken_back() -> None:
    assert _slots("can you come thursday, no scratch that, friday").date == "2026-03-13"
    assert _slots("Heater popped monday. Can you come friday?").date == "2026-03-13"


def test_nobody_is_called_what_a_man_never_did() -> None:
    assert _slots("el guy nunca me llamó y me dejó esperando").name is None
    assert _slots("me llamo Rosa").name == "Rosa"


def test_despair_books_no_time() -> None:
    slots = _slots("this weekend im going to kill myself, got it all planned")
    assert (slots.time, slots.date) == (None, None)


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("sí, puede esperar", "can_wait"),
        ("yes it can wait", "can_wait"),
        ("no rush but there is smoke coming out of it", "emergency"),
    ],
)
def test_who_says_it_can_wait_when_asked_is_believed_unless_there_is_danger(text: str, urgency: str) -> None:
    assert read(text, asked=Asked(about="urgent"), vocabulary=_SHOP, now=_NOW, zone=_ZONE).urgency == urgency


def test_a_town_alone_is_no_emergency_though_it_was_asked_whether_it_is_one() -> None:
    shop = replace(_SHOP, cities=())
    reading = read("Round Rock", asked=Asked(about="urgent"), vocabulary=shop, now=_NOW, zone=_ZONE)
    assert (reading.intent, reading.urgency, reading.slots.city) == ("answer", "unknown", "Round Rock")


@pytest.mark.parametrize("text", ["perfect, thanks again 🙏", "muchas gracias, muy amables", "thank you so much!"])
def test_thanks_alone_are_thanks(text: str) -> None:
    reading = read(text, asked=Asked(about="link_sent"), vocabulary=_SHOP, now=_NOW, zone=_ZONE)
    assert (reading.intent, reading.sensitive, reading.hazards) == ("ack", (), ())


def test_a_goodbye_with_thanks_for_everything_is_looked_at() -> None:
    reading = read("thanks for everything, goodbye", asked=Asked(), vocabulary=_SHOP, now=_NOW, zone=_ZONE)
    assert "self_harm" in reading.sensitive


@pytest.mark.parametrize(
    ("text", "about", "city"),
    [
        ("the shop is out by the lake, call it Marfa", "location", "Marfa"),
        ("north of Laramie", "location", "Laramie"),
        ("same as the last time, Natchez", "location", "Natchez"),
        ("behind the old mill, 78704", "location", None),
        ("my cousin from Ohio told me about you", "open", None),
        ("do you teach in CPR too", "open", None),
        ("Cedar Park", "urgent", "Cedar Park"),
        ("Cedar Park.", "time", "Cedar Park"),
        ("Cedar Park", "name", None),
        ("cedar park", "urgent", None),
        ("Normal", "urgent", None),
        ("el tubo de abajo gotea", "open", None),
    ],
)
def test_a_town_stands_where_a_town_would(text: str, about: AskedAbout, city: str | None) -> None:
    assert _slots(text, about).city == city


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("i told your man already. 31 willow bend", "31 willow bend"),
        ("im home after six, 1450 Founders Way, blue gate", "1450 Founders Way"),
    ],
)
def test_an_address_asked_for_is_told_from_the_talk_around_it(text: str, address: str) -> None:
    assert _slots(text, "address").address == address


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("book it under Okafor", "Okafor"),
        ("you spelled it right, Marisela", "Marisela"),
        ("people just call me Red", "Red"),
        ("who's asking", None),
        ("dont need to know that", None),
    ],
)
def test_a_name_asked_for_is_told_from_the_talk_around_it(text: str, name: str | None) -> None:
    assert _slots(text, "name").name == name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("i hate texting, telephone me", "call"), ("send it over, ill look tonight", "link"), ("escríbame nomás", "text")],
)
def test_how_they_want_to_go_on(text: str, wanted: str) -> None:
    assert _slots(text, "contact_pref").contact_pref == wanted


@pytest.mark.parametrize(
    ("text", "about", "wanted"),
    [
        ("give us a bell", "contact_pref", "call"),
        ("its hard to explain, have him call and ill talk him in", "location", "call"),
        ("échenme un fonazo cuando puedan", "open", "call"),
    ],
)
def test_a_call_asked_for_in_everyday_words(text: str, about: AskedAbout, wanted: str) -> None:
    assert _slots(text, about).contact_pref == wanted


@pytest.mark.parametrize(
    ("text", "about", "slot", "value"),
    [
        ("first thing", "time", "time", "first thing"),
        ("my name Nguyen Thi Lan", "name", "name", "Nguyen Thi Lan"),
        ("buying outside Kenosha, lender wants it looked at", "open", "city", "Kenosha"),
        ("my toddler threw it in the tub. its in rice right now", "open", "city", None),
    ],
)
def test_answers_that_stand_alone_or_among_talk(text: str, about: AskedAbout, slot: str, value: str | None) -> None:
    assert getattr(_slots(text, about), slot) == value


@pytest.mark.parametrize(
    ("about", "slot", "value", "text"),
    [
        ("name", "name", "Terrence Gill", "they call me Smoke but its Terrence Gill"),
        ("name", "name", "Mr. and Mrs. Ngozi Eze", "Mr. and Mrs. Ngozi Eze"),
        ("name", "name", None, "I'll see your message when i get there"),
        (
            "confirm",
            "name",
            "Harold",
            "I have to cancel tomorrow, my aide can't drive me. I'll call. Thank you, Harold",
        ),
        ("confirm", "name", None, "Sounds great, thank you, Danny"),
        ("open", "name", "Marge", "You guys still have my tow bar. Call Marge 928-555-0172"),
        (
            "open",
            "name",
            "Col. James Pruitt",
            "The pears need shaping. Please advise. Sincerely, Col. James Pruitt (Ret.)",
        ),
        ("location", "address", "slip C-22 Bahia Mar", "slip C-22 Bahia Mar, Lauderdale"),
        ("location", "address", "Slot 14 at Desert Palms", "Slot 14 at Desert Palms in Yuma"),
        ("address", "address", "esquina de Coral Way y la 27", "es la esquina de Coral Way y la 27"),
        ("open", "address", "apartamento 5", "el bóiler del apartamento 5 no calienta"),
        ("open", "address", None, "unit 3 is not cooling"),
        ("open", "address", None, "can i get an apt 4 friday"),
        ("open", "contact_pref", "call", "pls call"),
        ("open", "contact_pref", "call", "get me a human on the phone"),
        ("link_sent", "contact_pref", "call", "link dont open on my flip phone hon, just call me"),
        ("followup", "city", None, "went with a guy in Reno but thx"),
        ("location", "city", "Reno", "we are in Reno"),
        ("name", "name", "Ana Sofía", "this is Ana Sofía but its my dads house"),
        ("address", "address", "45 de la calle Olivo, apartamento 3", "es el 45 de la calle Olivo, apartamento 3"),
        ("address", "address", "Hangar 7, Stinson airport", "Hangar 7, Stinson airport"),
        ("review", "contact_pref", None, "Took 4 calls to get a person on the phone. work itself was decent"),
        ("open", "time", None, "the drain is stuck and we have to leave the house tomorrow at 11"),
        ("open", "time", "friday", "we leave the house sunday, so can you come friday"),
    ],
)
def test_what_strangers_sign_and_where_they_are(about: AskedAbout, slot: str, value: str | None, text: str) -> None:
    assert getattr(_slots(text, about), slot) == value
