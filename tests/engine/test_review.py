"""The weekly review: where people stopped, what was not understood, at most one proposal; quotes say nobody's name."""

import pytest

from answerback.engine.review import Group, Proposal, Stop, groups, place_of, proposal, stops
from answerback.testing.factories import playbook
from answerback.understanding.masking import masked

BOOK = playbook()
HELLO = "Hi, it's Rivera Plumbing (open). Sorry we missed you. What can we help with? Reply STOP to opt out"


def stop(place: str, *, came: int, left: int) -> Stop:
    return Stop(place=place, came=tuple(range(came)), left=tuple(range(left)))


def test_places_are_found_with_their_blanks_filled() -> None:
    assert place_of(BOOK, HELLO) == "greet > open"
    assert place_of(BOOK, "Thank you. Which city?") == "learn > area > ask"
    assert place_of(BOOK, "Which city or ZIP code?") == "learn > area > again"
    assert place_of(BOOK, "Something staff wrote") == ""


def test_where_people_stopped() -> None:
    said = [(4, "Which city?", False), (3, "Which city?", False), (3, "Which city?", True), (2, HELLO, False)]
    assert stops(BOOK, [*said, (1, HELLO, True), (1, "by staff", False)]) == (
        Stop(place="learn > area > ask", came=(4, 3), left=(4, 3)),
        Stop(place="greet > open", came=(2, 1), left=(2,)),
    )


def test_texts_are_grouped_by_what_they_share() -> None:
    found = groups(["my backflow tester", "BACKFLOW certificate?", "do you clean windows"])
    assert found == (
        Group(word="backflow", texts=("my backflow tester", "BACKFLOW certificate?")),
        Group(word="", texts=("do you clean windows",)),
    )


def test_at_most_one_proposal_and_none_while_one_is_tried() -> None:
    lost = (stop("greet > open", came=10, left=6), stop("learn > area > ask", came=9, left=8))
    alike = (Group(word="backflow", texts=("a", "b", "c")),)
    assert proposal(lost, alike, running=False) == Proposal(change="wording", about="learn > area > ask", people=8)
    assert proposal(lost, alike, running=True) is None
    assert proposal((), alike, running=False) == Proposal(change="words", about="backflow", people=3)
    assert proposal((stop("x", came=4, left=4), stop("y", came=50, left=9)), (), running=False) is None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("This is Maria Lopez, my sink leaks", "This is [name], my sink leaks"),
        ("im Joe and i need help", "im [name] and i need help"),
        ("i'm locked out", "i'm locked out"),
        ("call (512) 555-0131 or +1 512 555 0132", "call [number] or [number]"),
        ("1200 W. Oak Hill Street apt 4, back door", "[address], back door"),
        ("write to joe.b@example.com, see https://x.test/a?b", "write to [email], see [link]"),
        ("hola soy Lucía, vivo en calle Luna #45", "hola soy [name], vivo en [address]"),
        ("rosa here, same as before", "[name] here, same as before"),
    ],
)
def test_quotes_name_nobody(text: str, quote: str) -> None:
    assert masked(text, ["Rosa Diaz", ""]) == quote
