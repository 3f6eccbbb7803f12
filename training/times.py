"""Fits the weights of `answerback.understanding.when.roles`: a part of `make train`, some minutes.

Every way to give a text's times their roles is scored; the ways that read a phrase of `training/times` for what it
allows are together to be likelier than the others. Our labelled texts mark the times that are wished for, so each
time of theirs is told, or it is not. AdaGrad; the same texts give the same weights.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import pairwise, product, repeat
from pathlib import Path
from struct import pack
from typing import NamedTuple
from zlib import compress

import numpy as np

from answerback.engine.times import Times
from answerback.understanding.reader import ABOUT_WHEN
from answerback.understanding.when import roles
from answerback.understanding.when.company import in_company
from answerback.understanding.when.elements import elements
from answerback.understanding.when.pieces import Element, Moment, Piece, Whole
from answerback.understanding.when.roles import ROLES, Features, buckets, pieces_of
from answerback.understanding.when.scopes import scoped
from answerback.understanding.when.tokens import Token, tokens
from answerback.understanding.when.understand import constrained
from answerback.understanding.when.weighed import in_roles, ruled_roles
from training.phrases import FOLDER, TESTED, ZONE, Phrase, instant, phrases
from training.texts import Labelled, labelled

SEEDS = (20261127, 1, 2, 3, 4)
"""Orders in which the texts are gone through; each leans on its last ones, their average on none."""

EPOCHS, RATE, DECAY = 8, 0.1, 1e-4
TESTED_COUNTS = 6.0
"""A phrase of the tests counts for so many others: it is to stay right."""

LABELLED_COUNTS = 0.2
"""A labelled text counts for so much of a phrase: most of them are talk that wishes for no time."""

UNMARKED = frozenset({"answers", "everyday", "plain_wishes", "voice_plain", "opt_like", "calm"})
"""Files in which some wishes for a time are marked and most are not; where none is, the whole file is left out."""

MOST = 6
"""Times in a phrase, beyond which there are too many ways to try them all."""

READ_AT = datetime(2026, 3, 11, 10, 0, tzinfo=ZONE)
Place = tuple[int, int]


class Case(NamedTuple):
    """A text to fit on: where the weights of each time are for each role, of each two times for each two roles, and
    which ways are right. `right` is by way, in the order of `ways`; of a labelled text it is by time and role."""

    alone: list[list[np.ndarray]]
    beside: list[list[np.ndarray]]
    right: np.ndarray
    source: str

    @property
    def is_phrase(self) -> bool:
        """Is it known which ways are right, rather than which roles each time may have?"""
        return self.right.ndim == 1


def main() -> None:
    """Fit and write."""
    found = list(cases())
    write(fitted(found))
    phrased = sum(one.is_phrase for one in found)
    print(f"times: {phrased} phrases and {len(found) - phrased} texts that name some, {roles.BUCKETS} weights")


def cases() -> Iterator[Case]:
    """All that is trained on."""
    texts = labelled()
    marked = {one.source for one in texts if _marks_time(one)} - UNMARKED
    used = [one for one in texts if not one.held_out and one.source in marked]
    with ProcessPoolExecutor() as cores:
        yield from filter(None, cores.map(of_labelled, used, chunksize=200))
        for path in (TESTED, *sorted(FOLDER.glob("*.txt"))):
            yield from filter(None, cores.map(of_phrase, phrases(path), repeat(path.stem), chunksize=40))


def _marks_time(one: Labelled) -> bool:
    return any(name == "time" for name, _ in one.slots)


def of_labelled(one: Labelled) -> Case | None:
    """A labelled text: its marks say which times are wished for or refused."""
    words, found = read(one.text, READ_AT, one.lang)
    pieces = pieces_of(found)
    marked = [in_company(tokens(value)) for name, value in one.slots if name == "time"]
    inside = [span for each in marked if (span := _where(words, each))]
    wishing = not marked and "wished" in ruled_roles(found, scoped(found)).roles
    if wishing and any(token.kind == "wish" for token in words):
        # "need it fixed today": a wish whose mark was left out, more likely than none.
        return None
    if not any(piece.at[1] for piece in pieces) or (marked and not inside) or (not marked and one.asked in ABOUT_WHEN):
        return None
    right = np.array([_may_be(piece, inside) for piece in pieces])
    return _case(words, found, right, one.source, answering=False)


def _may_be(piece: Piece, wished: Sequence[Place]) -> tuple[bool, bool, bool]:
    """Which of the roles a time may have; any, where it only points at another, or hurries: that was not marked."""
    begin, end = piece.at
    if not end or (isinstance(piece, Whole) and piece.kind == "asap"):
        return True, True, True
    is_wish = any(begin < last and end > first for first, last in wished)
    return is_wish, is_wish, not is_wish


def of_phrase(phrase: Phrase, source: str) -> Case | None:
    """A phrase, where some ways to read it are right and some are not."""
    words, found = read(phrase.text, phrase.now, phrase.language)
    if not 0 < len(pieces_of(found)) <= MOST:
        return None
    right = np.array([is_right(phrase, said) for said in readings(phrase, words, found)])
    if right.all() or not right.any():
        return None
    return _case(words, found, right, source, answering=True)


def readings(phrase: Phrase, words: list[Token], found: list[Element]) -> Iterator[Times]:
    """What the phrase says in every way to give its times their roles."""
    nothing = Times(now=phrase.now.astimezone(UTC), zone=phrase.zone.key)
    at, ruled = moment(phrase.now, phrase.language), scoped(found)
    by_rule = ruled_roles(found, ruled).roles
    for way in ways(len(by_rule)):
        clauses = ruled if way == by_rule else in_roles(found, way, ruled)
        yield constrained(clauses, words, at, nothing)


def ways(times: int) -> list[roles.Roles]:
    """All ways to give so many times their roles."""
    return list(product(ROLES, repeat=times))


def is_right(phrase: Phrase, said: Times) -> bool:
    """Does it allow what the phrase does, asked about or not?"""
    if phrase.says_nothing:
        return said.kind == "none"
    if phrase.kind == "?":
        return True
    allowed = [word for word in (*phrase.yes, *phrase.no) if said.allows(instant(word, phrase.now))]
    return (said.kind != "none" or not phrase.kind) and allowed == phrase.yes


def judged(phrase: Phrase, said: Times) -> str:
    """`right`, `ask` where it is asked though it need not be, `wrong`."""
    if is_right(phrase, said) and said.ask == phrase.must_be_asked:
        return "right"
    return "ask" if said.ask else "wrong"


def read(text: str, now: datetime, language: str) -> tuple[list[Token], list[Element]]:
    """The tokens and elements of a text."""
    words = in_company(tokens(text))
    return words, elements(words, moment(now, language))


def moment(now: datetime, language: str) -> Moment:
    """When and in which language a text is read."""
    return Moment(now=now, day_first=language == "es")


def _case(words: list[Token], found: list[Element], right: np.ndarray, source: str, *, answering: bool) -> Case:
    features = Features.of(found, words, ruled_roles(found, scoped(found)), answering=answering)
    return Case(
        alone=[[np.array(buckets(each, role)) for role in ROLES] for each in features.alone],
        beside=[
            [np.array(buckets(each, f"{one} {other}")) for one in ROLES for other in ROLES] for each in features.beside
        ],
        right=right,
        source=source,
    )


def _where(words: Sequence[Token], part: Sequence[Token]) -> Place | None:
    """Where the tokens of a part stand in those of the whole."""
    texts, wanted = [each.text for each in words], [each.text for each in part]
    starts = range(len(texts) - len(wanted) + 1)
    return next(((at, at + len(wanted)) for at in starts if texts[at : at + len(wanted)] == wanted), None)


Slope = list[tuple[np.ndarray, float]]


def fitted(found: Sequence[Case]) -> np.ndarray:
    """The weights under which the right ways are likeliest, averaged over several orders of the texts."""
    with ProcessPoolExecutor() as cores:
        weights: np.ndarray = np.mean(list(cores.map(in_order, repeat(found), SEEDS)), axis=0)
    return weights


def in_order(found: Sequence[Case], seed: int) -> np.ndarray:
    """The weights as one order of the texts leaves them."""
    weights, past = np.zeros(roles.BUCKETS), np.full(roles.BUCKETS, 1e-2)
    chance = np.random.default_rng(seed)
    for epoch in range(EPOCHS):
        rate = RATE * (1 - 0.9 * epoch / EPOCHS)
        for place in chance.permutation(len(found)):
            for where, error in slope(found[place], weights):
                change = error + DECAY * weights[where]
                past[where] += change * change
                weights[where] -= rate * change / np.sqrt(past[where])
    return weights


def slope(case: Case, weights: np.ndarray) -> Slope:
    """What each weight of a case adds to how unlikely the right ways are."""
    alone = np.array([[weights[where].sum() for where in each] for each in case.alone])
    if not case.is_phrase:
        chances = _likely(alone)
        right = _likely(alone, case.right)
        return _slope(case.alone, LABELLED_COUNTS * (chances - right))
    beside = np.array([[weights[where].sum() for where in each] for each in case.beside]).reshape(-1, 9)
    given = np.array(list(product(range(3), repeat=len(alone))))
    two = [3 * given[:, at] + given[:, other] for at, other in pairwise(range(len(alone)))]
    total = sum(alone[at, given[:, at]] for at in range(len(alone)))
    total = total + sum((beside[at, pair] for at, pair in enumerate(two)), np.zeros(len(given)))
    error = _likely(total[None])[0] - _likely(total[None], case.right[None])[0]
    of_alone = np.array([np.bincount(given[:, at], error, 3) for at in range(len(alone))])
    of_beside = np.array([np.bincount(pair, error, 9) for pair in two]).reshape(-1, 9)
    counts = TESTED_COUNTS if case.source == TESTED.stem else 1.0
    return _slope(case.alone, counts * of_alone) + _slope(case.beside, counts * of_beside)


def _likely(worth: np.ndarray, right: np.ndarray | None = None) -> np.ndarray:
    """How likely each is by row, among those that are right if told."""
    risen = np.exp(worth - worth.max(axis=1, keepdims=True))
    if right is not None:
        risen = risen * right + 1e-30 * right
    return risen / risen.sum(axis=1, keepdims=True)


def _slope(places: list[list[np.ndarray]], errors: np.ndarray) -> Slope:
    return [
        (where, float(error))
        for each, of_each in zip(places, errors, strict=True)
        for where, error in zip(each, of_each, strict=True)
        if abs(error) > 1e-4
    ]


def write(weights: np.ndarray, path: Path = roles.WEIGHTS) -> None:
    """One byte a weight, compressed."""
    step = float(np.abs(weights).max()) / 127
    path.write_bytes(compress(pack("<f", step) + np.rint(weights / step).astype(np.int8).tobytes(), level=9))


if __name__ == "__main__":
    main()
