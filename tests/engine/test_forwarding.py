"""The forwarding codes: what to dial, by carrier."""

import pytest

from answerback.engine.forwarding import CARRIERS, carrier, round_ring, steps

TO = "+15125550100"


@pytest.mark.parametrize(
    ("id", "dialled"),
    [
        ("att", ["*61*+15125550100**20#", "*67*+15125550100#", "*62*+15125550100#"]),
        ("t-mobile", ["**004*15125550100#"]),
        ("verizon", ["*715125550100"]),
        ("us-cellular", ["*925125550100", "*905125550100"]),
        ("landline-us", ["*925125550100", "*905125550100"]),
        ("landline-eu", ["*61*+15125550100#", "*67*+15125550100#"]),
    ],
)
def test_codes(id: str, dialled: list[str]) -> None:
    assert [step.dial for step in steps(carrier(id), TO, 22)] == dialled


def test_a_landline_is_told_what_takes_off_each_code_it_is_told_to_dial() -> None:
    landline = carrier("landline-us")
    does = ["Calls that are not answered", "Calls while the line is busy"]
    assert [step.does for step in steps(landline, TO, 20)] == does
    assert (landline.cancel, landline.says.split(". ")[0]) == ("*93", "*93 takes off no answer, *91 busy")


def test_every_carrier_is_asked_about_once_and_can_be_cancelled() -> None:
    assert len({each.id for each in CARRIERS}) == len(CARRIERS)
    assert all(each.cancel and each.no_answer for each in CARRIERS)
    assert all("{" not in step.dial for each in CARRIERS for step in steps(each, TO, 20))
    assert carrier("nobody") == CARRIERS[0]


@pytest.mark.parametrize(("asked", "ring"), [(18, 15), (20, 20), (3, 5), (99, 30)])
def test_ring_times_networks_take(asked: int, ring: int) -> None:
    assert round_ring(asked) == ring
