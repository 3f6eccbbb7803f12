"""Line health: each thing that can be wrong with a line is found, said with what to do, and told to people once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from answerback.store import models
from answerback.testing.pretend_quo import PretendQuo
from answerback.testing.world import World
from answerback.workflow import line_health, setup

ANN, OFFICE = "+15125550131", "+15125550177"
POSTED = {"lines": OFFICE, "post_token": "post-token"}


def levels(number: str) -> dict[str, str]:
    return dict(models.LineFinding.objects.filter(line__number=number).values_list("name", "level"))


def finding(number: str, name: str) -> models.LineFinding:
    return models.LineFinding.objects.get(line__number=number, name=name)


def test_line_that_works_is_green(world: World) -> None:
    world.call(ANN)
    world.run(minutes=2)
    line_health.check_all()
    assert levels(world.shop.lines[0]) == {
        "calls": "green",
        "voicemail": "green",
        "connection": "green",
        "texting": "green",
        "filtering": "green",
        "receipts": "green",
    }


def test_line_without_calls_asks_to_be_tried(world: World) -> None:
    line_health.check_all()
    found = finding(world.shop.lines[0], "calls")
    assert (found.level, "let it ring out" in found.fix) == ("amber", True)
    assert found.says == "No call has reached us on this number yet."
    world.run(days=15)
    line_health.check_all()
    found.refresh_from_db()
    assert (found.level, found.says) == ("amber", "No call has reached us on this number for two weeks.")


def test_a_blocking_error_is_red_within_a_minute_and_told_over_another_line(
    world: World, beside: Callable[..., Any]
) -> None:
    beside("asterisk", texts=False, **POSTED)
    other = world.shop.lines[0]
    models.Line.objects.filter(number=OFFICE).delete()
    world.provider.refuse(failure="sender_unregistered")
    world.call(ANN)
    world.run(minutes=1)
    assert line_health.check_all() == 1
    assert finding(other, "texting").level == "red"
    (page,) = [page for page in world.pages() if page.reason == "line"]
    assert other in page.summary
    assert line_health.check_all() == 0, "people are told once"
    models.Line.objects.update(paused_until=None)
    models.Message.objects.filter(failure="sender_unregistered").update(failure="")
    line_health.check_all()
    assert finding(other, "texting").level == "green"


def test_people_are_told_over_a_line_of_another_connection(world: World, beside: Callable[..., Any]) -> None:
    office = beside("quo", OFFICE, texts=False, api_key="k", webhook_secret="whsec_c2VjcmV0")
    world.provider.refuse(failure="sender_unregistered")
    world.call(ANN)
    world.run(minutes=1)
    line_health.check_all()
    told = models.Message.objects.filter(author="page", body__contains="Texts from this number are blocked")
    assert {text.line_id for text in told} == {office.line.id}
    assert all("/health" in text.body for text in told)


def test_carriers_voicemail_is_found_by_its_regular_answer(world: World, beside: Callable[..., Any]) -> None:
    office = beside("asterisk", **POSTED)
    for number in range(6):
        caller = f"+1512555{2000 + number}"
        made = office.hooks().answered(
            caller=caller, line=OFFICE, now=world.now, talked_seconds=8, dialed=str(8 + 22 + number % 2)
        )
        assert office.posts(made) == 204
    line_health.check_all()
    found = finding(OFFICE, "voicemail")
    assert found.level == "red"
    assert "after 22 s" in found.says or "after 23 s" in found.says
    assert "18 s at most" in found.fix or "19 s at most" in found.fix


@pytest.mark.parametrize(
    ("rings", "point"),
    [
        ([], None),
        ([(5, 30, 2), (8, 20, 1)], None),
        ([(22, 3, 3)], None),
        ([(22, 4, 4)], 22),
        ([(22, 4, 0)], None),
        ([(14, 3, 0), (17, 3, 1), (19, 2, 0), (22, 2, 2), (23, 3, 3)], 22),
        ([(12, 9, 0), (15, 9, 0), (18, 9, 0), (25, 4, 4)], None),
    ],
)
def test_voicemail_point(rings: list[tuple[int, int, int]], point: int | None) -> None:
    assert line_health.voicemail_point(rings) == point


def test_unconditional_forwarding_is_red(world: World, beside: Callable[..., Any]) -> None:
    office = beside("asterisk", **POSTED)
    for number in range(3):
        made = office.hooks().missed(
            caller=f"+1512555{2000 + number}", line=OFFICE, now=world.now, rdnis="+15125550199", rdreason="cfu"
        )
        office.posts(made)
    line_health.check_all()
    found = finding(OFFICE, "calls")
    assert (found.level, "##21#" in found.fix) == ("red", True)


def test_receipts_that_never_come_are_amber(world: World) -> None:
    for number in range(3):
        world.call(f"+1512555{2000 + number}")
    world.run(minutes=2)
    models.Message.objects.update(status="sent", delivered_at=None)
    world.run(minutes=40)
    line_health.check_all()
    assert finding(world.shop.lines[0], "receipts").level == "amber"


def test_a_lost_listener_is_red(world: World, beside: Callable[..., Any]) -> None:
    office = beside("asterisk", **POSTED)
    models.Watch.objects.create(connection=office.connection, beat_at=world.now, trouble="Asterisk closed.")
    line_health.check_all()
    assert finding(OFFICE, "connection").level == "red"


def test_the_provider_is_asked_and_its_word_kept(world: World, beside: Callable[..., Any]) -> None:
    with PretendQuo(messaging="restricted") as quo:
        beside("quo", "+15125550100", texts=False, **quo.settings())
        beside("quo", "+15125550188", texts=False, **quo.settings())
        line_health.check_all(ask=True)
    ours = models.Line.objects.get(number="+15125550100", connection__provider="quo")
    assert (ours.sender_state, ours.findings.get(name="provider").level) == ("unregistered", "green")
    assert finding("+15125550188", "number").level == "red", "not in the account: perhaps on its way elsewhere"
    line_health.check_all()
    assert ours.findings.get(name="texting").level == "red"


def test_since_stays_while_the_level_does(world: World) -> None:
    line_health.check_all()
    first = finding(world.shop.lines[0], "calls")
    world.run(minutes=10)
    line_health.check_all()
    later = finding(world.shop.lines[0], "calls")
    assert (later.since, later.checked_at - first.checked_at) == (first.since, timedelta(minutes=10))


def test_a_line_that_cannot_text_is_told_to_text_by_another(world: World, beside: Callable[..., Any]) -> None:
    """It was told to finish a registration, which a switchboard has none of."""
    office = beside("asterisk", texts=False, **POSTED)
    line_health.check_all()
    untried = finding(OFFICE, "texting")
    assert (untried.level, untried.says) == ("amber", "This number's phone system sends no texts.")
    office.posts(office.hooks().missed(caller=ANN, line=OFFICE, now=world.now))
    world.run(minutes=2)
    line_health.check_all()
    tried = finding(OFFICE, "texting")
    assert (tried.level, tried.says) == ("red", untried.says)
    assert tried.fix == "Let its texts leave by another line, on this line's page; missed calls are to-dos meanwhile."
    setup.let_texts_leave_by(office.line.id, models.Line.objects.get(number=world.shop.lines[0]).id)
    line_health.check_all()
    assert not models.LineFinding.objects.filter(line=office.line, name="texting").exists()
