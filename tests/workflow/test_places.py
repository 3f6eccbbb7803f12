"""Where a number may be: the library's word, our own where the library is wrong or silent."""

import random
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from phonenumbers import timezone

from answerback.workflow import clock, places

CHICAGO = ZoneInfo("America/Chicago")


def zones(number, **more):
    return {zone.key for zone in places.whereabouts(number, CHICAGO, **more).zones}


@pytest.mark.parametrize(
    ("number", "region", "line_type"),
    [
        ("+15125550131", "US", "unknown"),
        ("+16135550123", "CA", "unknown"),
        ("+12425551234", "BS", "unknown"),
        ("+18765551234", "JM", "mobile"),
        ("+17875551234", "PR", "unknown"),
        ("+18005551234", "US", "toll_free"),
        ("+19005551234", "US", "premium"),
        ("+442079460000", "GB", "landline"),
        ("+61412345678", "AU", "mobile"),
        ("nonsense", "ZZ", "unknown"),
        ("withheld", "ZZ", "unknown"),
    ],
)
def test_country_and_kind_of_a_number(number, region, line_type):
    found = places.of_number(number)
    assert (found.region, found.line_type) == (region, line_type)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+15125550131", {"America/Chicago"}),
        ("+18505551234", {"America/Chicago", "America/New_York"}),
        ("+12195551234", {"America/Chicago", "America/New_York"}),
        ("+19155551234", {"America/Chicago", "America/Denver"}),
        ("+12505551234", {"America/Chicago", "America/Vancouver", "America/Edmonton"}),
        ("+18005551234", {"America/Chicago", "America/New_York", "America/Los_Angeles"}),
        ("+15555550100", {"America/Chicago", "America/New_York", "America/Los_Angeles"}),
        ("nonsense", {"America/Chicago"}),
    ],
)
def test_zones_of_a_number_and_of_the_business(number, expected):
    assert zones(number) == expected


def test_place_that_they_name_counts_beside_their_number():
    where = places.whereabouts("+19545551234", CHICAGO, ["I am at 12 Oak St, 90210"])
    assert where.states == ("FL", "CA")
    assert {zone.key for zone in where.zones} == {"America/Chicago", "America/New_York", "America/Los_Angeles"}


def test_code_counts_with_its_own_zone_in_a_state_of_two():
    named = {zone.key for zone in places.whereabouts("+12125551234", CHICAGO, ["79901"]).zones}
    assert named == {"America/Chicago", "America/New_York", "America/Denver"}
    assert "America/Denver" not in {zone.key for zone in places.whereabouts("+12125551234", CHICAGO, ["78704"]).zones}


def test_area_codes_lie_where_the_library_says_they_do():
    """Our own table against libphonenumber's, for every area code of the fifty states."""
    for code, (state,) in places._by_area_code().items():
        said = set(timezone.time_zones_for_geographical_number(phonenumbers.parse(f"+1{code}5551234")))
        if len(said) > places.MOST_ZONES:
            continue  # younger than the library
        ours = {zone.key for zone in places._by_state()[state]}
        same = {"America/North_Dakota/Center": "America/Chicago", "America/Boise": "America/Denver"}
        eastern = {"America/Detroit": "America/New_York"}
        assert {same.get(z, z) for z in said} & {same.get(eastern.get(z, z), eastern.get(z, z)) for z in ours}, code


def test_every_state_has_hours_and_florida_is_stricter_than_the_federal_rule():
    table = places.sending_hours()
    assert len(table.states) == 51
    assert table.states["FL"].weekdays != table.states["CA"].weekdays
    assert table.states["AL"].sunday is None
    assert date(2026, 11, 26) in table.holidays


def test_tables_were_reviewed_lately():
    assert clock.now().date() - places.reviewed() < timedelta(days=180), "Have the tables of hours and places reviewed."


@pytest.mark.parametrize(
    ("said", "states"),
    [
        ("Pensacola", ("FL",)),
        ("I am in Pensacola right now", ("FL",)),
        ("estoy en El Paso", ("TX",)),
        ("Portland", ("ME", "OR")),
        ("Portland, OR", ("OR",)),
        ("near Kansas City", ("KS", "MO")),
        ("Weeki Wachee, FL", ("FL",)),
        ("we live in florida", ("FL",)),
        ("St Paul", ("MN",)),
        ("12 Oak St, 90210", ("CA",)),
        ("call my mobile", ()),
        ("reading glasses", ()),
        ("water heater", ()),
        ("", ()),
    ],
)
def test_place_named_in_words(said, states):
    assert tuple(state for state, _ in places.named_places(said)) == states


@pytest.mark.parametrize(
    ("said", "clocks"),
    [
        ("Pensacola", ["America/Chicago"]),
        ("Miami", ["America/New_York"]),
        ("somewhere in Florida", ["America/New_York", "America/Chicago"]),
        ("El Paso, TX", ["America/Denver"]),
        ("Knoxville", ["America/New_York"]),
    ],
)
def test_town_has_one_clock_where_its_state_has_two(said, clocks):
    assert [zone.key for _, zones in places.named_places(said) for zone in zones] == clocks


def test_place_in_words_is_one_more_clock_to_keep_to():
    where = places.whereabouts("+15125550131", CHICAGO, ["leaky sink", "I am in Los Angeles"])
    assert (where.states, {zone.key for zone in where.zones}) == (
        ("TX", "CA"),
        {"America/Chicago", "America/Los_Angeles"},
    )


def test_block_of_a_thousand_numbers_says_what_each_of_them_does() -> None:
    """Places of North American numbers are remembered by block; the library is asked about each number here."""
    chance = random.Random(11)
    for area in range(200, 1000, 3):
        number = f"+1{area}{chance.randrange(100, 1000)}{chance.randrange(10_000):04d}"
        assert places.of_number(number) == places._of_number(number), number  # what it is without the shortcut
