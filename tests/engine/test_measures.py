"""One lead measured: by what happened, with labels apart, money counted once."""

from datetime import UTC, datetime, timedelta

import pytest

from answerback.engine.history import History, Measured, Money, Owed, Sent, Turned, Visit, measured
from answerback.engine.measures import MEASURES

CALLED = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return CALLED + timedelta(minutes=minutes)


TEXT = Sent(delivered_at=after(0.5))


def test_the_whole_way_from_a_call_to_money() -> None:
    found = measured(
        History(
            began_at=CALLED,
            calls=(CALLED, after(1)),
            texts=(TEXT, Sent(delivered_at=after(3))),
            replies=(after(2), after(4)),
            turns=(
                Turned(at=CALLED, status="new", by_person=False),
                Turned(at=after(5), status="qualified", by_person=False),
                Turned(at=after(6), status="booked", by_person=False),
                Turned(at=after(3000), status="won", by_person=True),
            ),
            visits=(Visit(booked_at=after(6), over_at=after(3000), status="done"),),
            money=(Money(at=after(3000), cents=42_000, reversed=False),),
        )
    )
    assert found == Measured(
        calls=2,
        texted_at=after(0.5),
        responded_at=after(0.5),
        ours_from=after(0.5),
        replied_at=after(2),
        qualified_at=after(5),
        booked_at=after(6),
        stands=True,
        attended=True,
        sold_at=after(3000),
        recovered=42_000,
    )


def test_text_without_a_receipt_is_no_response_and_an_early_text_of_theirs_no_reply() -> None:
    found = measured(History(began_at=CALLED, calls=(CALLED,), texts=(Sent(delivered_at=None),), replies=(after(1),)))
    assert found == Measured(calls=1)
    early = measured(History(began_at=CALLED, texts=(TEXT,), replies=(after(0.1),)))
    assert (early.responded_at, early.replied_at) == (after(0.5), None)


def test_a_talk_with_a_person_is_a_response_but_not_one_from_before_the_call() -> None:
    found = measured(History(began_at=CALLED, texts=(TEXT,), talks=(after(-60), after(0.2))))
    assert found.responded_at == after(0.2)


def test_labels_count_apart() -> None:
    label = Turned(at=after(9), status="booked", by_person=True)
    found = measured(History(began_at=CALLED, turns=(label,)))
    assert (found.qualified_at, found.qualified_by_label) == (after(9), True)
    assert (found.booked_at, found.booked_by_label, found.stands) == (after(9), True, True)
    first = Turned(at=after(20), status="qualified", by_person=False)
    found = measured(History(began_at=CALLED, turns=(label, first)))
    assert (found.qualified_at, found.qualified_by_label) == (after(20), False)


@pytest.mark.parametrize(
    ("status", "stands", "attended"),
    [("booked", True, False), ("cancelled", False, False), ("done", True, True), ("no_show", False, False)],
)
def test_gross_net_and_attended(status, stands, attended) -> None:
    found = measured(History(began_at=CALLED, visits=(Visit(booked_at=after(6), over_at=after(3000), status=status),)))
    assert (found.booked_at, found.stands, found.attended) == (after(6), stands, attended)
    assert (found.qualified_at, found.qualified_by_label, found.booked_by_label) == (after(6), False, False)


def test_a_sale_taken_back_is_none() -> None:
    won, lost = (Turned(at=after(at), status=status, by_person=True) for at, status in ((5, "won"), (9, "lost")))
    assert measured(History(began_at=CALLED, turns=(won,))).sold_at == after(5)
    assert measured(History(began_at=CALLED, turns=(won, lost))).sold_at is None


def test_money_is_ours_not_ours_or_taken_back() -> None:
    entries = (
        Money(at=after(-1), cents=100, reversed=False),
        Money(at=after(5), cents=2_000, reversed=False),
        Money(at=after(6), cents=30_000, reversed=True),
        Money(at=after(6), cents=40_000, reversed=True, kept=25_000),
        Money(at=after(6), cents=25_000, reversed=False),
        Money(at=after(7), cents=10_000, reversed=True, kept=15_000),
        Money(at=after(7), cents=15_000, reversed=False),
    )
    found = measured(History(began_at=CALLED, texts=(TEXT,), money=entries))
    assert (found.recovered, found.not_ours, found.taken_back) == (42_000, 100, 45_000)
    nobody = measured(History(began_at=CALLED, money=entries))
    assert (nobody.recovered, nobody.not_ours, nobody.taken_back) == (0, 42_100, 45_000)


@pytest.mark.parametrize(
    ("intents", "number_is", "excluded"),
    [
        (frozenset({"book"}), None, None),
        (frozenset({"vendor", "question"}), None, "vendor"),
        (frozenset({"wrong_number"}), None, "wrong_number"),
        (frozenset({"vendor"}), "spam", "spam"),
        (frozenset(), "supplier", "vendor"),
        (frozenset({"book"}), "staff", "staff"),
        (frozenset({"vendor"}), "customer", None),
    ],
)
def test_who_is_no_chance_to_sell(intents, number_is, excluded) -> None:
    found = measured(History(began_at=CALLED, intents=intents, number_is=number_is))
    assert found.excluded == excluded


@pytest.mark.parametrize(("number_is", "excluded"), [(None, "wrong_number"), ("customer", None), ("staff", "staff")])
def test_a_wrong_number_found_by_a_call_is_no_chance_unless_a_person_knows_the_number(number_is, excluded) -> None:
    assert measured(History(began_at=CALLED, wrong_party=True, number_is=number_is)).excluded == excluded


def visit(booked: float, over: float, status: str = "booked", *, elsewhere: bool = False) -> Visit:
    return Visit(booked_at=after(booked), over_at=after(over), status=status, elsewhere=elsewhere)


@pytest.mark.parametrize(
    ("visits", "excluded", "calls"),
    [
        ((visit(-600, 600, elsewhere=True),), "customer", 0),
        ((visit(-600, -1, elsewhere=True),), None, 2),
        ((visit(-600, -1, "cancelled", elsewhere=True),), None, 2),
        ((visit(5, 600),), None, 1),
        ((visit(5, 600), visit(15, 30, elsewhere=True)), None, 1),
    ],
)
def test_callers_with_an_open_appointment_are_customers_already(visits, excluded, calls) -> None:
    found = measured(History(began_at=CALLED, calls=(CALLED, after(10)), visits=visits))
    assert (found.excluded, found.calls) == (excluded, calls)


def test_appointment_elsewhere_is_none_of_this_lead() -> None:
    found = measured(History(began_at=CALLED, visits=(visit(60, 90, "done", elsewhere=True),)))
    assert (found.booked_at, found.stands, found.attended, found.qualified_at) == (None, False, False, None)


def test_booked_before_we_reached_them_is_not_ours() -> None:
    money = (Money(at=after(3000), cents=9_000, reversed=False),)
    late = History(began_at=CALLED, texts=(Sent(delivered_at=after(9)),), visits=(visit(6, 99, "done"),), money=money)
    assert (measured(late).recovered, measured(late).not_ours) == (0, 9_000)
    soon = History(began_at=CALLED, texts=(TEXT,), visits=(visit(6, 99, "done"),), money=money)
    assert (measured(soon).recovered, measured(soon).not_ours) == (9_000, 0)


def test_marking_again_and_again_shows() -> None:
    marks = tuple(Turned(at=after(at), status=status, by_person=True) for at, status in ((5, "won"), (6, "lost")))
    back = Turned(at=after(7), status="won", by_person=True)
    found = measured(History(began_at=CALLED, turns=(*marks, back), marks=3))
    assert (found.sold_at, found.sold_by_label, found.qualified_by_label, found.relabelled) == (
        after(5), True, True, True,
    )  # fmt: skip
    paid = History(began_at=CALLED, turns=(back,), marks=1, money=(Money(at=after(8), cents=1, reversed=False),))
    assert (measured(paid).sold_by_label, measured(paid).relabelled) == (False, False)


@pytest.mark.parametrize(
    ("status", "reason", "by_person", "intents", "found"),
    [
        ("lost", "price", True, frozenset(), "price"),
        ("lost", "wanted gold taps", True, frozenset(), "other"),
        ("lost", "", True, frozenset({"decline"}), "unknown"),
        ("lost", "", False, frozenset({"decline"}), "no_need"),
        ("not_served", "", False, frozenset(), "not_offered"),
        ("not_served", "out_of_area", True, frozenset(), "out_of_area"),
        ("booked", "price", True, frozenset(), ""),
    ],
)
def test_why_a_lead_was_lost(status, reason, by_person, intents, found) -> None:
    turn = Turned(at=after(5), status=status, by_person=by_person, reason=reason)
    assert measured(History(began_at=CALLED, turns=(turn,), intents=intents)).lost_reason == found


def test_callbacks() -> None:
    owed = (Owed(due_at=after(15), reached=True), Owed(due_at=after(30), reached=False))
    found = measured(History(began_at=CALLED, owed=owed))
    assert (found.callbacks_owed, found.callbacks_made) == (2, 1)


def test_there_are_eight() -> None:
    assert [measure.name for measure in MEASURES] == [
        "captured", "replied", "qualified", "booked", "callbacks", "sold", "response", "revenue",
    ]  # fmt: skip
