"""Each guard refuses what it is there for, and every text is made in one place."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

import answerback.engine
from answerback.engine.effects import TextClass
from answerback.engine.guards import GUARDS, WOULD_CHANGE, Ask, check, doubts, not_a_customer, refused_by
from answerback.engine.missed import Verdict
from answerback.engine.rules import Line
from answerback.engine.state import Contact, Miss, State
from answerback.testing.factories import CALLER, LINE, MORNING, NIGHT, STAFF, playbook, rules

DAY, HOUR = timedelta(days=1), timedelta(hours=1)

FINE = Ask(
    rules=rules(),
    state=State(),
    contact=Contact(number=CALLER),
    suppressed=False,
    untextable=None,
    unsent=frozenset(),
    now=MORNING,
    text_class="reply",
    body="Hello",
    not_before=MORNING,
    stale_at=MORNING + DAY,
    consent="marketing_written",
    consent_at=MORNING,
)


def line(**known):
    """The plumber with this known of the line the conversation is on."""
    return {"rules": rules(business={"lines": {LINE: Line(number=LINE, **known)}}), "state": State(line=LINE)}


def doubted(reason):
    return State(misses=(Miss(call="c", at=MORNING, line=LINE, reason="no_answer", doubt=reason),))


def asked(**changes) -> str | None:
    refused = refused_by(check(replace(FINE, **changes)))
    return refused.name if refused else None


@pytest.mark.parametrize("text_class", get_args(TextClass))
def test_text_that_is_fine_passes_every_guard_of_its_class(text_class):
    assert asked(text_class=text_class) is None


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"contact": Contact(number="withheld")}, "withheld"),
        ({"contact": Contact(number=LINE)}, "own_number"),
        ({"contact": Contact(number=STAFF)}, "staff_number"),
        ({"rules": rules(business={"blocked": frozenset({CALLER})})}, "blocked"),
        ({"contact": Contact(number="+4930123456")}, "country"),
        ({"contact": Contact(number="nonsense")}, "country"),
        ({"contact": Contact(number=CALLER, region="BS")}, "country"),
        ({"contact": Contact(number=CALLER, region="ZZ")}, "country"),
        ({"rules": rules(business={"suppliers": frozenset({CALLER})})}, "supplier"),
        ({"untextable": "landline"}, "textable"),
        *(
            ({"contact": Contact(number=CALLER, line_type=kind)}, "textable")
            for kind in ("landline", "toll_free", "premium", "shared_cost", "pager", "voicemail")
        ),
        ({"state": doubted("It is spam.")}, "spam"),
        (line(sender="pending"), "sender"),
        (line(sender="unregistered"), "sender"),
        (line(sender="blocked"), "sender"),
        (line(paused_until=MORNING + DAY), "sender"),
        ({"consent": "none"}, "consent"),
        ({"consent": "revoked_all"}, "consent"),
        ({"consent": "wrong_party"}, "consent"),
        ({"text_class": "reminder", "consent": "inquiry_disclosed"}, "consent"),
        ({"text_class": "marketing", "consent": "express_informational"}, "consent"),
        ({"text_class": "marketing", "consent": "revoked_marketing"}, "consent"),
        ({"text_class": "follow_up", "consent_at": MORNING - timedelta(hours=73)}, "consent"),
        ({"text_class": "follow_up", "consent_at": None}, "consent"),
        ({"text_class": "first_reply", "consent": "inquiry", "rules": rules(consent_mode="press_1")}, "consent"),
        ({"body": "Call {name}"}, "content"),
        ({"body": "See bit.ly/x"}, "content"),
        ({"body": "See http://example.com"}, "content"),
        ({"body": "Reply CANCEL to cancel your visit"}, "content"),
        ({"text_class": "first_reply", "body": "20% off today"}, "content"),
        ({"suppressed": True}, "suppressed"),
        ({"state": State(phase="human")}, "human"),
        ({"state": State(phase="closed")}, "closed"),
        ({"stale_at": MORNING}, "fresh"),
        ({"not_before": MORNING + DAY}, "fresh"),
        ({"state": State(sent_at=(MORNING,) * 8)}, "texts_per_day"),
        ({"state": State(sent_at=(MORNING,) * 3, unanswered=3)}, "unanswered"),
        (
            {
                "rules": rules(unanswered_per_week=5),
                "state": State(sent_at=tuple(MORNING - n * DAY for n in range(5, 0, -1)), unanswered=5),
            },
            "unanswered",
        ),
        ({"state": State(replied_at=(MORNING,) * 10)}, "replies_per_hour"),
        ({"body": ""}, "wording"),
        ({"body": "{link}"}, "required_answers"),
        ({"text_class": "follow_up", "now": NIGHT, "not_before": NIGHT}, "hours"),
        (
            {
                "text_class": "first_reply",
                "now": NIGHT,
                "not_before": NIGHT,
                "rules": rules(overnight_first_text="off"),
            },
            "overnight",
        ),
        ({"text_class": "first_reply", "contact": Contact(number=CALLER, first_text_at=MORNING)}, "cooldown"),
        ({"text_class": "first_reply", "state": State(first_text="f", first_text_at=MORNING)}, "cooldown"),
        (
            {"text_class": "follow_up", "greets": True, "state": State(first_text="f", first_text_at=MORNING)},
            "cooldown",
        ),
    ],
)
def test_guard_refuses(changes, guard):
    assert asked(**changes) == guard
    assert guard in WOULD_CHANGE


def test_first_text_taken_back_leaves_room_for_another():
    taken = State(first_text="f", first_text_at=MORNING)
    assert asked(text_class="first_reply", state=taken, unsent=frozenset({"f"})) is None
    waiting = replace(taken, first_text_until=MORNING + DAY)
    assert asked(text_class="first_reply", state=waiting, unsent=frozenset({"f"})) == "cooldown"


def test_first_text_that_waits_for_the_morning_counts_until_it_leaves():
    """The cooldown of an hour is over by then, and a second one must not leave beside it."""
    planned = MORNING - timedelta(hours=30)
    waiting = State(first_text="f", first_text_at=planned, first_text_until=MORNING + DAY)
    assert asked(text_class="first_reply", state=waiting, unsent=frozenset({"f"})) == "cooldown"
    assert asked(text_class="first_reply", state=waiting, unsent=frozenset()) is None


def test_text_that_may_save_a_life_is_never_counted():
    full = State(sent_at=(MORNING,) * 20, unanswered=20, replied_at=(MORNING,) * 20)
    assert asked(state=full, safety=True) is None
    assert asked(state=full, safety=True, suppressed=True) == "suppressed"


CLINIC = rules(book=playbook(privacy="clinic"))


@pytest.mark.parametrize(
    ("ago", "changes", "guard"),
    [
        ((0,), {}, "unanswered"),
        ((0,), {"text_class": "reminder", "consent": "express_informational"}, "unanswered"),
        ((0,), {"text_class": "reply"}, None),
        ((0,), {"safety": True}, None),
        ((0,), {"rules": rules(book=playbook(privacy="clinic"), clinic_per_day=2)}, None),
        ((0,), {"rules": rules()}, None),
        ((1,), {}, None),
        ((1, 2), {}, None),
        ((1, 2, 3), {}, "unanswered"),
        ((1, 2, 3), {"rules": rules(book=playbook(privacy="clinic"), clinic_per_week=4)}, None),
        ((1, 2, 8), {}, None),
        ((8, 9, 10), {}, None),
    ],
)
def test_clinic_sends_one_text_a_day_and_three_a_week_that_is_not_answered(ago, changes, guard):
    """47 CFR 64.1200(a)(9)(iv): what is told to a patient unasked. An answer to their text is not counted."""
    sent = tuple(sorted(MORNING - days * DAY for days in ago))
    state = State(sent_at=sent, unanswered=len(sent))
    told = {"text_class": "follow_up", "rules": CLINIC, "state": state, **changes}
    assert asked(**told) == guard


def test_clinics_day_is_the_business_day_on_which_the_text_leaves():
    """A text planned late in the evening counts for the morning on which it leaves."""
    yesterday = State(sent_at=(MORNING - 12 * HOUR,), unanswered=1)
    today = State(sent_at=(MORNING - HOUR,), unanswered=1)
    tomorrow = {"not_before": MORNING + DAY, "stale_at": MORNING + 2 * DAY}
    asks = [
        asked(text_class="follow_up", rules=CLINIC, state=yesterday),
        asked(text_class="follow_up", rules=CLINIC, state=today),
        asked(text_class="follow_up", rules=CLINIC, state=today, **tomorrow),
    ]
    assert asks == [None, "unanswered", None]


def test_every_class_of_text_asks_who_it_goes_to():
    assert [name for name, guards in GUARDS.items() if len(guards) < 8] == []


def test_texts_phases_and_leads_are_made_in_one_place_each():
    made = {
        path.name: sorted(
            set(re.findall(r"SendText\(\s*key=|changed\([^)]*phase=|changed\([^)]*lead=", path.read_text()))
        )
        for path in Path(answerback.engine.__file__).parent.glob("*.py")
    }
    found = {name: each for name, each in made.items() if each}
    assert found == {
        "draft.py": ["changed(draft.state, lead=", "changed(draft.state, phase="],
        "handoff.py": ["changed(draft.state, lead="],
        "sending.py": ["SendText(\n            key="],
        "unsaid.py": ["changed(draft.state, lead="],
    }


@pytest.mark.parametrize("text_class", get_args(TextClass))
def test_line_that_may_not_text_sends_nothing_of_any_class(text_class):
    assert asked(text_class=text_class, **line(sender="pending")) == "sender"


@pytest.mark.parametrize(
    ("limit", "sent", "guard"), [(3, 2, None), (3, 3, "follow_ups"), (1, 1, "follow_ups"), (0, 0, "follow_ups")]
)
def test_follow_ups_of_one_inquiry_are_counted(limit, sent, guard):
    strict = rules(follow_ups=limit)
    assert asked(text_class="follow_up", state=State(followed_up=sent), rules=strict) == guard
    assert asked(text_class="reply", state=State(followed_up=sent), rules=strict) is None


def test_countries_that_may_be_texted_are_a_setting():
    abroad = Contact(number="+442079460958", region="GB")
    assert asked(contact=abroad) == "country"
    assert asked(contact=abroad, rules=rules(countries=("GB",))) is None
    assert asked(rules=rules(countries=("GB",))) == "country"


@pytest.mark.parametrize("known", [{"sender": "registered"}, {"sender": "unknown"}, {"paused_until": MORNING}])
def test_line_that_may_text_texts(known):
    assert asked(**line(**known)) is None


@pytest.mark.parametrize(
    ("text_class", "consent"),
    [
        ("first_reply", "inquiry"),
        ("reply", "inquiry"),
        ("follow_up", "inquiry_disclosed"),
        ("reminder", "express_informational"),
        ("marketing", "marketing_written"),
        ("reply", "revoked_marketing"),
        ("help_reply", "revoked_all"),
        ("opt_out_confirmation", "revoked_all"),
    ],
)
def test_consent_that_is_just_enough_is_enough(text_class, consent):
    assert asked(text_class=text_class, consent=consent) is None


def test_caller_who_pressed_the_key_may_be_texted_where_that_is_asked_for():
    assert asked(text_class="first_reply", consent="inquiry_disclosed", rules=rules(consent_mode="press_1")) is None


def test_customer_who_answered_is_no_spam_any_more():
    state = replace(doubted("It is spam."), last_text_at=MORNING + timedelta(minutes=1))
    assert asked(state=state) is None


@pytest.mark.parametrize(
    ("contact", "came", "doubt"),
    [
        ({}, {"attestation": "failed"}, True),
        ({}, {"attestation": "C"}, False),
        ({}, {"screening": "spam"}, True),
        ({}, {"screening": "suspected"}, False),
        ({"elsewhere": 3}, {}, True),
        ({"elsewhere": 2}, {}, False),
    ],
)
def test_caller_is_doubted_for_what_the_network_says(contact, came, doubt):
    call = Verdict(call="c", came="missed", line=LINE, at=MORNING, last_at=MORNING, **came)
    someone = Contact(number=CALLER, **contact)
    trusted = rules(business={"customers": frozenset({CALLER})})
    lax = rules(text_unproven_callers="yes", text_screened_callers="yes", burst_businesses=0)
    assert bool(doubts(rules(), someone, call)) is doubt
    assert doubts(trusted, someone, call) == ""
    assert doubts(lax, someone, call) == ""


def test_caller_who_is_the_number_that_sent_the_call_on_is_a_loop():
    guard = not_a_customer(rules(), Contact(number=CALLER), (CALLER,))
    assert guard is not None
    assert "loop" in guard.evidence


def test_answer_of_two_machines_to_each_other_ends():
    """X9: the count of replies within the hour stands between us and another program that answers everything."""
    state = State(replied_at=tuple(MORNING - timedelta(seconds=3 * n) for n in range(10)))
    assert asked(state=state) == "replies_per_hour"
