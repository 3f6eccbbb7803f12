"""Who gets which variant: the same person always the same, evenly, and two wordings apart from each other."""

from dataclasses import replace
from datetime import timedelta

from answerback.engine import rewording, wording
from answerback.engine.decide import decide
from answerback.engine.effects import SendText
from answerback.engine.events import CallEnded, CallRang, TimerDue
from answerback.engine.variants import choose, chosen_in, digest, held_out
from answerback.testing.factories import LINE, MORNING, after, case, playbook, rules

PEOPLE = [f"+1512555{number:04}" for number in range(4000)]
A, B, C = "Sorry we missed you!", "How can we help?", "What do you need?"


def test_same_person_same_variant_and_evenly() -> None:
    found = [choose((A, B), person) for person in PEOPLE]
    assert found == [choose((A, B), person) for person in PEOPLE]
    assert 1880 < sum(found) < 2120


def test_new_variant_takes_people_and_moves_nobody_between_the_others() -> None:
    before = [choose((A, B), person) for person in PEOPLE]
    now = [choose((A, B, C), person) for person in PEOPLE]
    assert [was for was, is_ in zip(before, now, strict=True) if is_ not in {2, was}] == []
    assert 1200 < now.count(2) < 1470


def test_two_wordings_share_people_out_apart() -> None:
    """A quarter each: a plain checksum would give the halves of one wording all to one half of the other."""
    both = [(choose((A, B), person), choose((C, "Which city?"), person)) for person in PEOPLE]
    assert all(880 < both.count(pair) < 1120 for pair in ((0, 0), (0, 1), (1, 0), (1, 1)))


def test_paused_variant_is_not_said_while_there_is_another() -> None:
    assert {choose((A, B), person, frozenset({digest(A)})) for person in PEOPLE} == {1}
    assert {choose((A, B), person, frozenset({digest(A), digest(B)})) for person in PEOPLE} == {0, 1}


def test_hold_out_is_as_large_as_it_is_set() -> None:
    assert [sum(held_out(person, share) for person in PEOPLE) for share in (0, 100)] == [0, 4000]
    assert 160 < sum(held_out(person, 5) for person in PEOPLE) < 240


def call_missed(**settings: object) -> tuple[tuple[SendText, ...], list[tuple[str, tuple[str, ...]]]]:
    """The texts planned for a missed call in the morning, and each receipt's rule with its wording guards."""
    book = playbook(greet={"open": {"en": (A, B), "es": (A,)}})
    chief, now, state = rules(book=book, **settings), MORNING, case()
    texts: list[SendText] = []
    receipts: list[tuple[str, tuple[str, ...]]] = []
    for event in (
        CallRang(at=now, call="a", line=LINE),
        CallEnded(at=now + timedelta(seconds=20), call="a", line=LINE, outcome="no_answer", rang_seconds=20),
        TimerDue(at=now + timedelta(seconds=30), timer="verdict", ref="a"),
    ):
        decision = decide(chief, state, event, event.at)
        state = replace(state, state=decision.state, contact=after(state.contact, decision))
        texts += [effect for effect in decision.effects if isinstance(effect, SendText)]
        receipts += [
            (receipt.rule, tuple(guard.evidence for guard in receipt.guards if guard.name == "variant"))
            for receipt in decision.receipts
        ]
    return tuple(texts), receipts


def test_receipt_names_the_variant() -> None:
    (text,), receipts = call_missed()
    (evidence,) = next(said for rule, said in receipts if rule == "first_text")
    chosen = chosen_in(evidence)
    assert chosen is not None
    assert (chosen.place, chosen.language, chosen.of) == ("greet > open", "en", 2)
    assert {digest(A): A, digest(B): B}[chosen.digest] in text.body
    assert chosen_in("Nothing of the kind.") is None


def test_paused_variant_leaves_by_the_engine() -> None:
    for paused, said in ((A, B), (B, A)):
        (text,), _ = call_missed(paused_wordings=(digest(paused),))
        assert said in text.body


def test_held_out_caller_is_texted_late_and_both_sides_have_a_receipt() -> None:
    (at_once,), receipts = call_missed()
    assert [rule for rule, _ in receipts if rule.startswith("hold_out")] == []
    (late,), receipts = call_missed(hold_out_share=100)
    assert [rule for rule, _ in receipts if rule.startswith("hold_out")] == ["hold_out.late"]
    assert (late.not_before - at_once.not_before, late.text_class) == (timedelta(hours=2), "follow_up")


def test_playbook_is_reworded_in_one_place() -> None:
    book = playbook()
    changed = rewording.with_variant(book, "learn > area > ask", "en", "Where are you?")
    assert changed is not None
    assert rewording.at(changed, "learn > area > ask") == {"en": ("Which city?", "Where are you?")}
    assert rewording.with_only(changed, "learn > area > ask", "en", digest("Which city?")) == book
    assert rewording.with_variant(book, "learn > area > ask", "en", "Which city?") is None
    assert rewording.with_variant(book, "learn > nothing > ask", "en", "x") is None
    assert wording.variants_of({"en": ("x",)}, playbook=book, language="es") == ("en", ("x",))
