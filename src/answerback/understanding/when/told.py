"""What a text only tells: what is over, what takes place elsewhere, reasons, and what the customer takes back.

It removes the pieces of time that are no wish and keeps every mark; it must never weigh what is left.
"""

from collections.abc import Sequence

from answerback.understanding.when.pieces import Days, Element, FromNow, Hours, Mark, Whole


def is_piece(element: Element) -> bool:
    """Does it name a time, rather than say how times belong together?"""
    return not isinstance(element, Mark)


def kinds_of(elements: Sequence[Element]) -> set[str]:
    """The kinds of the marks."""
    return {element.kind for element in elements if isinstance(element, Mark)}


def split(elements: Sequence[Element], kinds: set[str]) -> list[list[Element]]:
    """The parts between marks of these kinds, which belong to none; no empty ones."""
    parts: list[list[Element]] = [[]]
    for element in elements:
        if isinstance(element, Mark) and element.kind in kinds:
            parts.append([])
        else:
            parts[-1].append(element)
    return [part for part in parts if part]


def corrected(elements: Sequence[Element]) -> list[Element]:
    """Takes out what "no wait" takes back: the days where a day follows, the hours where an hour does."""
    kept = list(elements)
    places = [place for place, each in enumerate(kept) if isinstance(each, Mark) and each.kind == "correction"]
    for place in reversed(places):
        before, behind = kept[:place], kept[place + 1 :]
        end = next((at for at, each in enumerate(behind) if _ends(each)), len(behind))
        if not any(map(is_piece, behind[:end])):
            # "monday? no wait, i have court. tuesday"
            begin, end = end, next((at for at, each in enumerate(behind) if at > end and _ends(each)), len(behind))
            if kinds_of(behind[begin:end]) & _REFUSALS:
                continue
        kinds = [kind for kind in (Days, Hours, FromNow) if any(isinstance(each, kind) for each in behind[:end])]
        if not kinds or not any(is_piece(each) for each in before):
            continue
        while before and isinstance(before[-1], Mark) and before[-1].kind in {"comma", "stop"}:
            before.pop()
        before = [each for each in before if not isinstance(each, tuple(kinds))]
        last = max((at for at, each in enumerate(before) if is_piece(each)), default=-1)
        # "not the 5th i meant the 6th", "friday not at 10, make that 11": the refusal goes with what it refused
        rest = [each for each in before[last + 1 :] if not (isinstance(each, Mark) and each.kind in _REFUSALS)]
        before = [*before[: last + 1], *rest]
        kept = before + behind
    return kept


_REFUSALS = frozenset({"not", "no", "bad", "except"})


def _ends(element: Element) -> bool:
    return isinstance(element, Mark) and element.kind in {"stop", "correction"}


def _without_reasons(elements: Sequence[Element]) -> list[Element]:
    """ "After 4 because i work till 3:30": the reason for a time already named is no second one."""
    kept: list[Element] = []
    for sentence in _split_keeping(elements, {"stop"}):
        reason = next(
            (at for at, each in enumerate(sentence) if isinstance(each, Mark) and each.kind == "because"), None
        )
        named = reason is not None and any(is_piece(each) for each in sentence[:reason])
        if reason is None or not named or "good" in kinds_of(sentence[reason:]):
            kept += sentence
            continue
        kept += sentence[:reason] + _behind_reason(sentence[reason:])
    return kept


def _behind_reason(reason: Sequence[Element]) -> list[Element]:
    """ "El 14 no porque es san valentín, el 13 o el 15": what a comma sets off from a reason is said for itself."""
    comma = next((at for at, each in enumerate(reason) if isinstance(each, Mark) and each.kind == "comma"), None)
    behind = [] if comma is None else list(reason[comma:])
    return behind if any(map(is_piece, behind)) and not kinds_of(behind) & {"subject", "word", "my"} else []


def without_told(elements: list[Element]) -> list[Element]:
    """Takes out what a clause tells of the past; a wish in the same clause begins anew."""
    kept: list[Element] = []
    # "We close on friday, can you come before": what takes place elsewhere is what they point back at.
    pointing = kinds_of(elements) & {"that", "that_day", "before_that"}
    stated = _without_reasons(elements)
    for sentence in _split_keeping(stated if pointing else _without_statements(stated), {"stop", "comma", "but"}):
        regions: list[list[Element]] = [[]]
        for each in sentence:
            if isinstance(each, Mark) and each.kind == "wish":
                regions.append([])
            regions[-1].append(each)
        for region in regions:
            kept += _present(region, pointing=bool(pointing))
    return kept


_TAKEN = frozenset({"wish", "good", "not", "bad", "no", "except", "move", "mine", "cancel", "or"})


def _without_statements(elements: Sequence[Element]) -> list[Element]:
    """ "The inspector comes thursday, can you be here tomorrow": where a day is wished for, the other tells."""
    clauses = _split_keeping(elements, {"stop", "comma", "but"})
    stating = [_states(clause) for clause in clauses]
    wishing = any(_names_a_day(clause) and not states for clause, states in zip(clauses, stating, strict=True))
    if not wishing:
        return list(elements)
    return [
        each
        for clause, states in zip(clauses, stating, strict=True)
        for each in clause
        if not states or isinstance(each, Mark)
    ]


def _states(clause: Sequence[Element]) -> bool:
    kinds = kinds_of(clause)
    return {"subject", "word"} <= kinds and not kinds & _TAKEN and any(is_piece(each) for each in clause)


def _names_a_day(clause: Sequence[Element]) -> bool:
    named = any(
        isinstance(each, Days | FromNow) or (isinstance(each, Whole) and each.kind == "asap") for each in clause
    )
    return named and not kinds_of(clause) & {"past", "event", "happening", "and", "or"}


def _split_keeping(elements: Sequence[Element], kinds: set[str]) -> list[list[Element]]:
    parts: list[list[Element]] = [[]]
    for element in elements:
        if isinstance(element, Mark) and element.kind in kinds:
            parts.append([element])
        else:
            parts[-1].append(element)
    return parts


def _present(region: list[Element], *, pointing: bool) -> list[Element]:
    region = _without_what_is_elsewhere(region, pointing=pointing)
    marks = _places(region, {"past"})
    if not marks or "good" in kinds_of(region):
        return region
    wished = bool(region) and isinstance(region[0], Mark) and region[0].kind == "wish"
    return [each for place, each in enumerate(region) if isinstance(each, Mark) or (wished and place < marks[0])]


def _without_what_is_elsewhere(region: list[Element], *, pointing: bool) -> list[Element]:
    """ "Court is tomorrow", "her lease expires on friday" tell when something of theirs is."""
    wished = pointing or "wish" in kinds_of(region)
    event = next(iter(_places(region, {"event"} if wished else {"event", "happening"})), None)
    if event is None or any(place > event for place in _places(region, {"good"})):
        return region
    limits = [place for place, each in enumerate(region) if "wish" in kinds_of(region) and _is_limit(each)]
    return [each for place, each in enumerate(region) if place < event or place in limits or isinstance(each, Mark)]


def _is_limit(element: Element) -> bool:
    """The "by friday" of "i need a suit for a wedding by friday" is when they need it."""
    return isinstance(element, Days) and element.side == "before"


def _places(region: Sequence[Element], kinds: set[str]) -> list[int]:
    return [place for place, each in enumerate(region) if isinstance(each, Mark) and each.kind in kinds]


_LEADING = frozenset({"good", "wish", "subject"})


def behind_lead(chunk: list[Element], *, listed: bool) -> list[Element]:
    """The "i can do" of "i can do 9, 11 or 2 tomorrow" leads the whole list: what stands behind it."""
    lead = next((place for place, each in enumerate(chunk) if is_piece(each)), 0)
    behind = [each for each in chunk[lead:] if each != Mark(kind="comma")]
    of_one_kind = all(isinstance(each, Hours) for each in behind) or all(isinstance(each, Days) for each in behind)
    return chunk[lead:] if listed and of_one_kind and kinds_of(chunk[:lead]) <= _LEADING else chunk
