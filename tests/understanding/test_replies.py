"""What people send back to each of our questions: a name, a place, a choice, a way to go on, how it was."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.understanding.conftest import ReadingOf
from tests.understanding.test_answers import rows

from answerback.engine.reading import AskedAbout
from answerback.understanding.when import understand_times

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 3, 11, 10, tzinfo=ZONE)
OFFERED = (datetime(2026, 3, 12, 9, tzinfo=ZONE), datetime(2026, 3, 12, 14, tzinfo=ZONE))


@pytest.mark.parametrize(
    ("option", "text"),
    rows("""
2 | 2 can't make it
2 | la 2
1 | not 2, i meant 1
2 | no el 1, el 2
2 | 1 no wait 2
3 | sorry 3, not 2
1 | 1 for 2 people
None | not 1
None | cant do 1
None | 1 is too early
None | 2 doesn't work
None | the other one
None | not that one
None | any other one?
None | one sec
None | give me one minute
None | i have 2 questions
None | 1 or 2
"""),
)
def test_a_number_of_a_menu_is_chosen_or_is_not(reading_of: ReadingOf, option: str, text: str) -> None:
    assert str(reading_of(text, "menu").slots.option) == option


@pytest.mark.parametrize(
    ("option", "text"),
    rows("""
2 | the later one
2 | the latest
1 | the earliest
2 | the afternoon one
1 | uno
2 | make it 2
1 | 1! see you then
1 | 1 please. 512-555-0199
None | the other one
None | not that one
"""),
)
def test_one_of_two_times_offered_is_chosen_by_what_sets_it_apart(option: str, text: str) -> None:
    assert str(understand_times(text, now=NOW, zone=ZONE, menu=OFFERED).option) == option


@pytest.mark.parametrize(
    ("way", "text"),
    rows("""
call | dont text call me
call | text is fine.. actually no, call me
call | link... no wait, call
call | I'm not good with computers, please call
call | 📞
call | me pueden marcar después de las 4
link | id rather not talk on the phone. link
link | link. does it ask for a card?
text | no calls please im in class
text | no phone calls, texts are fine
text | phone died, text
text | lets keep going here
None | does the link show prices?
"""),
)
def test_the_way_to_go_on_is_the_one_that_is_not_refused(reading_of: ReadingOf, way: str, text: str) -> None:
    assert str(reading_of(text, "contact_pref").slots.contact_pref) == way


@pytest.mark.parametrize(
    ("about", "name", "text"),
    rows("""
name | señora Lupe | soy la señora Lupe
open | Sra. Lupe | hola soy la Sra. Lupe, tengo una fuga
open | mrs. Patel | this is mrs. Patel, sink leaking
name | Jose de la Cruz | Jose de la Cruz
name | Fatima al-Rashid | Fatima al-Rashid
name | Marlene | um its uh Marlene
name | Mike | oops Mike
name | Tracy | Tracy and friday at 2 works for me
name | Joan | First name Joan last name Pruitt
name | Bud | call me Bud
contact_pref | None | call me after 5
contact_pref | None | call me whenever
link_sent | None | can someone call me instead
name | None | can a real person just call me
name | None | nvm i found somebody
name | None | prefiero no decir
"""),
)
def test_a_name_is_what_somebody_goes_by(reading_of: ReadingOf, about: AskedAbout, name: str, text: str) -> None:
    assert str(reading_of(text, about).slots.name) == name


def test_a_name_that_is_also_a_month_is_no_time(reading_of: ReadingOf) -> None:
    slots = reading_of("hi its June", "name").slots
    assert (slots.name, slots.time) == ("June", None)


@pytest.mark.parametrize(
    ("about", "city", "text"),
    rows("""
address | Naperville | 61 Pine St Naperville
address | Fresno | 7 Mulberry Way. Fresno
address | Heber Springs | 940 county road 12, Heber Springs AR
address | None | 2500 W Main, 60185
address | None | 5 Oak St. Call me
location | Hoboken | Hoboken nj
location | Show Low | Show Low AZ
location | St. Charles | 60174 (St. Charles)
location | Newark | 29 Court St Newark 07102
location | Winston-Salem | Winston-Salem
location | Bowling Green | Bowling Green, Kentucky, 42101
location | Batavia | i moved, im in Batavia now not Geneva
location | Dundee | soy de Elgin pero el trabajo es en Dundee
location | oak park | oak park
location | None | zip is 60148
location | None | near the Fox Valley mall
name | None | Vince, 46901
"""),
)
def test_a_town_is_no_street_no_zip_and_no_state(
    reading_of: ReadingOf, about: AskedAbout, city: str, text: str
) -> None:
    assert str(reading_of(text, about).slots.city) == city


@pytest.mark.parametrize(
    ("address", "text"),
    rows("""
4410 n pulaski rd 2nd floor | 4410 n pulaski rd 2nd floor
12345 SW 8th Terrace | 12345 SW 8th Terrace
2780 County Road 9 | PO box wont work so use 2780 County Road 9
mile 44 on hwy 101 north | mile 44 on hwy 101 north
unit 7, 300 Lakeview Ter | unit 7, 300 Lakeview Ter
120 Mill St | 120 Mill St. no rush
1520 15th St S | 1520 15th St S
1254 S 300 E | 1254 S 300 E, Provo
None | mejor llámeme
None | can you call me and ill tell you
None | do you charge to come out
None | one sec let me check the number
None | never mind, hold on
"""),
)
def test_an_address_is_where_somebody_is_and_no_talk(reading_of: ReadingOf, address: str, text: str) -> None:
    assert str(reading_of(text, "address").slots.address) == address


@pytest.mark.parametrize(
    ("zip_code", "text"),
    [("None", "12345 SW 8th Terrace"), ("None", "its at 17890 State Route 38"), ("60506", "not 60505, 60506")],
)
def test_five_digits_of_a_house_are_no_zip(reading_of: ReadingOf, zip_code: str, text: str) -> None:
    assert str(reading_of(text, "address").slots.zip) == zip_code


def test_a_crossing_names_no_day(reading_of: ReadingOf) -> None:
    assert reading_of("at the stop sign on Oak and 3rd", "address").slots.time is None


@pytest.mark.parametrize(
    "text",
    [
        "You did great",
        "Everything went well",
        "Wonderful experience",
        "they were on time and polite",
        "really nice people",
        "really impressed w the whole crew",
        "⭐⭐⭐⭐⭐",
        "❤️❤️",
    ],
)
def test_plain_praise_is_thanks_and_nothing_grave(reading_of: ReadingOf, text: str) -> None:
    reading = reading_of(text, "review")
    assert (reading.intent, reading.sensitive) == ("ack", ())


@pytest.mark.parametrize(
    "text", ["not good at all", "great, now it leaks worse than before", "nice people, awful work"]
)
def test_praise_with_anything_else_in_it_is_left_to_all_voices(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text, "review").intent == "complaint"


@pytest.mark.parametrize("text", ["none of these", "none of those work for me", "neither of them, sorry"])
def test_who_wants_none_of_the_times_wants_texts(reading_of: ReadingOf, text: str) -> None:
    assert not reading_of(text, "time").opt_out


@pytest.mark.parametrize(
    "text",
    [
        "i would rather die than keep going",
        "id rather die than live like this",
        "im going to end it once the kids are asleep",
        "everyone is asleep, im going to do it now",
        "take care of my dog, im going to pass tonight",
        "i feel like dying",
    ],
)
def test_despair_is_heard_beside_words_that_calm(reading_of: ReadingOf, text: str) -> None:
    reading = reading_of(text)
    assert (reading.urgency, "self_harm" in reading.sensitive) == ("emergency", True)


@pytest.mark.parametrize(
    ("about", "meant", "text"),
    rows("""
confirm | None | I already told you no
confirm | no | no me queda bien
confirm | None | thats not a yes
confirm | no | wait i can only do friday
confirm | no | 6 sounds good instead
confirm | no | um yes cancel it
confirm | None | well yes but no
urgent | None | this cannot wait for monday
followup | None | actually yes it's fixed
"""),
)
def test_what_only_begins_like_a_yes_is_none(reading_of: ReadingOf, about: AskedAbout, meant: str, text: str) -> None:
    assert str(reading_of(text, about).slots.yes_no) == meant


@pytest.mark.parametrize("text", ["1 and 2 dont work for me", "1 y 2 no puedo", "Not 1 or 2", "not 2 or 3"])
def test_two_numbers_that_are_refused_choose_neither(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text, "menu").slots.option is None


@pytest.mark.parametrize("text", ["great job my ass", "would never use you people again great job"])
def test_praise_that_is_none_is_a_complaint(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text, "review").intent == "complaint"


@pytest.mark.parametrize(
    ("name", "text"),
    rows("""
None | Cool, how much does it cost?
Ana | Soy Ana de Houston
Maria | Maria la vecina
Domingo Reyes | soy Domingo Reyes
"""),
)
def test_where_somebody_is_from_is_no_part_of_a_name(reading_of: ReadingOf, name: str, text: str) -> None:
    assert str(reading_of(text, "name").slots.name) == name


@pytest.mark.parametrize(
    ("meant", "text"),
    rows("""
True | please quit sending them
True | I'd rather not recieve anymore messeges from u
True | i went with somebody else, youve sent like 6 of these, please quit sending them
True | I went with somebody else. I'm sure you're nice people but please quit sending them.
True | this isnt Karen, never was. stop texting
True | you didn't stop texting me
False | I'd rather not get a text, call me instead
False | I got duplicate invoices, please stop sending them
True | you guys wont quit texting me, knock it off
False | the last company wouldn't quit texting me, you guys are so much better
False | stop sending them to the wrong gate
"""),
)
def test_whoever_wants_no_more_of_them_is_left_alone(reading_of: ReadingOf, meant: str, text: str) -> None:
    assert str(reading_of(text, "followup").opt_out) == meant


@pytest.mark.parametrize(
    ("urgency", "text"),
    rows("""
emergency | my 6 yr old never made it to after school, nobody has seen him since 2:30
emergency | cant find my 3 year old anywhere
unknown | cant find my kids retainer
unknown | my baby never came off the bottle, do you do lip ties
"""),
)
def test_a_missing_child_is_an_emergency(reading_of: ReadingOf, urgency: str, text: str) -> None:
    assert reading_of(text).urgency == urgency


@pytest.mark.parametrize(
    ("urgency", "text"),
    rows("""
can_wait | can you do a drain cleaning friday the 20th
can_wait | need a water heater put in before may
soon | can you do a drain cleaning thursday
emergency | gas smell in the kitchen, can you come next week
emergency | kitchen is flooding, can you come friday
emergency | gas leak, can someone come next week
emergency | upstairs pipe broke, water runs down our walls and out of the outlets. any appointments saturday?
unknown | need a drain cleaning, evenings
"""),
)
def test_a_wish_is_as_urgent_as_its_days_are_near(reading_of: ReadingOf, urgency: str, text: str) -> None:
    assert reading_of(text).urgency == urgency


@pytest.mark.parametrize("text", ["nice work, saved my ass", "you guys are amazing, saved my butt"])
def test_rough_praise_is_praise(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text, "review").intent == "ack"


@pytest.mark.parametrize(
    "text",
    [
        "I’m driving with Do Not Disturb While Driving turned on. I’ll see your message when I get where I’m going.",
        "I'm driving with Focus turned on. I'll see your message when I get where I'm going.",
        "(I’m not receiving notifications. If this is urgent, reply “urgent” to send a notification through.)",
    ],
)
def test_what_a_phone_answers_by_itself_is_no_danger_and_no_wish(reading_of: ReadingOf, text: str) -> None:
    reading = reading_of(text, "urgent")
    assert (reading.intent, reading.urgency, reading.sensitive) == ("other", "unknown", ())


@pytest.mark.parametrize(
    ("intent", "text"),
    rows("""
book | bank is taking the house on the 30th, can you stop it
question | can the opener be set to not send me a text every time it opens
cancel | we want to end our quarterly plan when the year is up
cancel | cancel Luna's groom, she rolled in mud so i already washed her
cancel | hay que dar de baja la cita de vacunas de mi perro
"""),
)
def test_what_is_to_stop_is_not_our_texts(reading_of: ReadingOf, intent: str, text: str) -> None:
    reading = reading_of(text, "open")
    assert (reading.intent, reading.opt_out) == (intent, False)


@pytest.mark.parametrize(
    "text",
    [
        "I had a tooth knocked out in high school and I'm finally ready to talk about an implant",
        "I had a heart attack 4 yrs ago and need a new primary dr, taking patients?",
        "how long does a co detector last? its not going off or nothing",
    ],
)
def test_what_is_long_over_is_no_emergency(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text, "open").urgency == "unknown"
