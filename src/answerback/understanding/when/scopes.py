"""Which pieces of time are wanted, which are refused, and which only tell of something else.

A refusal reaches as far as its clause; what is over, an old appointment, and a case only thought of are no wishes.
Where the reach of a "not" is unclear it must ask, never choose.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from answerback.understanding.when.doubts import in_doubt
from answerback.understanding.when.left_out import left_out
from answerback.understanding.when.lists import chunks
from answerback.understanding.when.pieces import Days, Element, FromNow, Hours, Mark, Piece, Whole
from answerback.understanding.when.told import corrected, is_piece, kinds_of, split, without_told


@dataclass(slots=True)
class Clause:
    """Pieces of one kind with the joiners between them: `joins[i]` stands before `pieces[i]`."""

    wanted: bool
    pieces: list[Piece] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)

    def add(self, piece: Piece, join: str) -> None:
        """One more piece."""
        self.pieces.append(piece)
        self.joins.append(join)


@dataclass(slots=True)
class Scoped:
    """A text's pieces by what they are for. `old` are those of an appointment to be moved.

    `elsewhere` is the day of something of theirs that was told with its hour; `fresh` where a sentence begins. `loose`
    is a refusal with a word between it and its time ("cant eat today").
    """

    clauses: list[Clause] = field(default_factory=list)
    old: list[Piece] = field(default_factory=list)
    elsewhere: list[Days] = field(default_factory=list)
    ask: bool = False
    fresh: bool = False
    loose: bool = False


def scoped(elements: Sequence[Element]) -> Scoped:
    """The clauses of a text, each wanted or refused."""
    result = Scoped()
    present = _without_old(corrected(elements), result)
    kept = without_told(present)
    result.elsewhere = _elsewhere(present, kept)
    refusing = ""
    for clause in split(kept, {"stop"}):
        refusing, result.fresh = "", True
        parts = split(clause, {"but"})
        for number, part in enumerate(parts):
            refusing = _exception(result, parts[number - 1], part) if number else ""
            for chunk in chunks(part):
                refusing = _chunk(chunk, result, refusing)
    keep_the_hour(result)
    result.ask = result.ask or _points_back(kinds_of(elements), result) or in_doubt(kept) or _only_loose(result)
    return result


def joined(join: str, kind: str) -> str:
    """How the next piece is joined, `join` so far, once a mark of this kind is passed."""
    if kind in {"or", "and", "comma"}:
        return kind if join in {"", "comma", "then"} else join
    if kind in {"not", "no"} and not join:
        return "and"
    return join or "then" if kind in {"good", "bad", "word", "wish"} else join


def _only_loose(result: Scoped) -> bool:
    """ "I cant eat today": it may be something else that is refused, and no time is wished for."""
    return result.loose and not any(clause.wanted for clause in result.clauses)


def _elsewhere(present: Sequence[Element], kept: Sequence[Element]) -> list[Days]:
    """The friday of "my flight lands at 4 friday, so evening"."""
    told = [each for each in present if is_piece(each) and each not in kept]
    days = [each for each in told if isinstance(each, Days)]
    timed = len(days) == 1 and any(isinstance(each, Hours) for each in told)
    return days if timed and "past" not in kinds_of(present) else []


def keep_the_hour(result: Scoped) -> None:
    """ "Move my friday 2pm to monday same time", "the 23rd at 11 or the 24th same time": the one hour that was told."""
    wished = [piece for clause in result.clauses if clause.wanted for piece in clause.pieces]
    told = [piece for piece in result.old if isinstance(piece, Hours)] or wished
    hours = [piece for piece in told if isinstance(piece, Hours) and piece.exact]
    # "el sábado entre 9 y 12, si no el lunes a la misma hora"
    whole = [piece for piece in told if isinstance(piece, Hours)]
    dated = all(not isinstance(piece, Days) or piece.spans[0][0] for piece in wished)
    if dated and len(whole) == 1 and not whole[0].side:
        hours = hours or whole
    for clause in result.clauses:
        clause.pieces = [
            (hours[0] if len(hours) == 1 else Whole(kind="unnamed"))
            if isinstance(piece, Whole) and piece.kind == "same_hour"
            else piece
            for piece in clause.pieces
        ]


def _points_back(kinds: set[str], result: Scoped) -> bool:
    """ "After that" points back at a time; it is told only where that time was already an open end of the same side."""
    said = [piece for clause in result.clauses for piece in clause.pieces]
    if "that_day" in kinds and not any(isinstance(piece, Days) for piece in said):
        return True
    sides = {piece.side for piece in said if isinstance(piece, Days | Hours) and piece.side}
    return ("that" in kinds and "after" not in sides) or ("before_that" in kinds and sides != {"before"})


def _without_old(elements: list[Element], result: Scoped) -> list[Element]:
    """Takes out the pieces that say when an appointment stands that is to be moved or cancelled."""
    kept: list[Element] = []
    for sentence in split(elements, {"stop"}):
        kinds = kinds_of(sentence)
        if "move" in kinds:
            kept += _moved(sentence, result)
        elif kinds & {"cancel", "mine", "my"}:
            kept += _told_of(sentence, result)
        else:
            kept += sentence
        kept.append(Mark(kind="stop"))
    return kept


_MOVING = frozenset({"move", "moved"})


def _moved(sentence: list[Element], result: Scoped) -> list[Element]:
    """ "move my appointment on saturday to sunday": what stands before the last "to" is old."""
    begin = next(place for place, each in enumerate(sentence) if isinstance(each, Mark) and each.kind in _MOVING)
    chunk_end = next(
        (
            place
            for place in range(begin, len(sentence))
            if isinstance(sentence[place], Mark) and sentence[place].kind in {"comma", "but"}  # type: ignore[union-attr]
        ),
        len(sentence),
    )
    targets = [
        place
        for place in range(begin, chunk_end)
        if isinstance(sentence[place], Mark)
        and sentence[place].kind == "to"  # type: ignore[union-attr]
        and place + 1 < len(sentence)
        and any(is_piece(each) for each in sentence[place + 1 : place + 3])
    ]
    before = sentence[:begin]
    if kinds_of(before) & {"mine", "my"} and "wish" not in kinds_of(before):
        # "my appointment tomorrow at 3 needs to move to 5"
        result.old += [each for each in before if not isinstance(each, Mark)]
        before = [each for each in before if isinstance(each, Mark)]
    if targets:
        old = [each for each in sentence[begin : targets[-1]] if not isinstance(each, Mark)]
        result.old += old
        return [*before, Mark(kind="wish"), *sentence[targets[-1] + 1 :]]
    inside = sentence[begin:chunk_end]
    told = [each for each in inside if not isinstance(each, Mark)]
    if told and "good" not in kinds_of(inside):
        # "reschedule my appointment tomorrow": the old day or the new one?
        result.old += told if kinds_of(inside) & {"mine", "my"} else []
        result.ask = True
        if kinds_of(inside) & {"mine", "my"}:
            return [*before, *sentence[chunk_end:]]
    return sentence


def _told_of(sentence: list[Element], result: Scoped) -> list[Element]:
    """ "my appointment is friday at 3", "cancel my 3pm" tell of a time; they do not ask for one."""
    kept: list[Element] = []
    telling = wishing = cancelling = False
    for place, each in enumerate(sentence):
        if isinstance(each, Mark):
            if each.kind in {"wish", "good"}:
                wishing, telling, cancelling = True, False, False
            if each.kind in {"comma", "but", "not"}:
                wishing = telling = cancelling = False
            if each.kind in {"mine", "cancel"}:
                cancelling = cancelling or each.kind == "cancel"
                telling = not wishing or each.kind == "cancel"
            if each.kind == "my":
                telling = cancelling or (place + 1 < len(sentence) and is_piece(sentence[place + 1]))
            kept.append(each)
        elif telling:
            result.old.append(each)
        else:
            kept.append(each)
    return kept


def _exception(result: Scoped, ahead: Sequence[Element], part: Sequence[Element]) -> str:
    """Is "but friday" an exception ("any evening but friday"), or does "but" begin another wish?"""
    before = result.clauses[-1] if result.clauses else None
    first = next((each for each in part if is_piece(each)), None)
    # "any evening but tuesday, i've got choir": what a comma sets off is said for itself
    beside = kinds_of(next(iter(split(part, {"comma"})), []))
    if before is None or not before.wanted or beside & {"good", "wish"}:
        return ""
    wide = any(
        isinstance(piece, Whole) or (isinstance(piece, Days) and (piece.stretch or piece.weekdays or piece.side))
        for piece in before.pieces
    )
    wide = wide or (is_piece(ahead[-1]) and not any(isinstance(piece, Days) for piece in before.pieces))
    if wide and isinstance(first, Days) and not first.side:
        return "except"
    return ""


def _chunk(chunk: Sequence[Element], result: Scoped, refusing: str) -> str:
    """Adds one part between commas; returns what a refusal that is still open carries into the next."""
    kinds = kinds_of(chunk)
    pieces = [place for place, each in enumerate(chunk) if is_piece(each)]
    if not pieces:
        return "not" if "not" in kinds and not kinds & {"word"} and refusing else ""
    if "if" in kinds:
        result.ask = True
    if refusing and not kinds & {"good", "not", "bad", "no", "wish", "word"}:
        first = chunk[pieces[0]]
        whole = isinstance(first, Whole) or (isinstance(first, Days) and (first.stretch or len(first.weekdays) > 1))
        closer = _is_closer(chunk, first, result.clauses[-1]) if result.clauses else False
        listed = not whole and not closer and (refusing == "except" or _begins_with_join(chunk))
        opens = isinstance(first, Days) and first.side == "after" and _is_of_days(result)
        result.ask = result.ask or not (listed or whole or closer or opens or _is_new(chunk, result))
        if not (whole and "except" in kinds):
            # "this week no, next week any day but tuesday" says itself what it leaves out
            _add(result, chunk, dict.fromkeys(pieces, not listed))
            return refusing if listed else ""
    wants, carried = _polarity(chunk, pieces, result)
    _add(result, chunk, wants)
    return carried


def _is_closer(chunk: Sequence[Element], first: Element, refused: Clause) -> bool:
    """ "Any weekday but friday, before 3", "not monday, and before 3": hours behind refused days go on with the wish.

    So does a limit behind a refused part of the day ("not in the morning, not after 5").
    """
    if not isinstance(first, Hours) or "or" in kinds_of(chunk[:1]):
        return False
    parts = all(isinstance(each, Hours) and each.part for each in refused.pieces)
    limit = parts and (first.side == "before" or not (first.side or first.part or _begins_with_join(chunk)))
    days = all(isinstance(each, Days) for each in refused.pieces)
    return limit or (days and (bool(first.side) or not _begins_with_join(chunk)))


def _is_of_days(result: Scoped) -> bool:
    """ "No puedo ni lunes ni martes, de miércoles en adelante": what opens behind refused days is wished for."""
    refused = result.clauses[-1].pieces if result.clauses and not result.clauses[-1].wanted else []
    return bool(refused) and all(isinstance(each, Days) and not each.side for each in refused)


def _is_new(chunk: Sequence[Element], result: Scoped) -> bool:
    """ "Cant do mornings, friday at 2?": a day behind refused hours goes on with no list of theirs."""
    refused = result.clauses[-1].pieces if result.clauses and not result.clauses[-1].wanted else []
    hours = bool(refused) and all(isinstance(each, Hours) for each in refused)
    return hours and any(isinstance(each, Days) for each in chunk)


def _begins_with_join(chunk: Sequence[Element]) -> bool:
    return bool(kinds_of(chunk[:1]) & {"or", "and", "not"})


def _polarity(chunk: Sequence[Element], pieces: list[int], result: Scoped) -> tuple[dict[int, bool], str]:
    """For each piece of a chunk whether it is wanted; and the refusal that reaches on."""
    wants = dict.fromkeys(pieces, True)
    carried = ""
    settled = 0
    for place, each in enumerate(chunk):
        if not isinstance(each, Mark):
            continue
        before = [at for at in pieces if settled <= at < place]
        following = [at for at in pieces if at > place]
        if each.kind == "good":
            settled = place
        elif each.kind in {"except", "not"} and following:
            is_exception = each.kind == "except"
            carried = "" if is_exception and isinstance(chunk[following[0]], Hours) else each.kind
            result.loose = result.loose or "word" in kinds_of(chunk[place : following[0]])
            reached = _until_good(chunk, place, following)
            wants.update(dict.fromkeys(left_out(chunk, place, reached) if is_exception else reached, False))
        elif each.kind in {"bad", "not"} and before and _is_of_another(chunk, before, wants, place, result):
            settled = place
        elif each.kind in {"bad", "not"} and before:
            wants.update(dict.fromkeys(before, False))
            settled = place
            if each.kind == "bad" and following and "good" not in kinds_of(chunk[place:]):
                result.ask = True
        elif each.kind == "bad" and following:
            wants.update(dict.fromkeys(_until_good(chunk, place, following), False))
            carried = "not"
        elif each.kind == "no":
            _no(chunk, place, wants, result)
    return wants, carried


def _is_of_another(
    chunk: Sequence[Element], before: list[int], wants: dict[int, bool], place: int, result: Scoped
) -> bool:
    """Does the refusal at `place` leave alone the times named before it?

    "Afternoons but not fridays, those are nuts" only gives a reason.
    """
    if chunk[place] == Mark(kind="bad") and not wants[before[-1]]:
        return True
    goes_on = _goes_on(chunk[before[-1] : place])
    result.ask = result.ask or goes_on
    return goes_on or _threatens(chunk[:place])


def _goes_on(between: Sequence[Element]) -> bool:
    """ "Payroll runs today and it wont boot": another thing is told, and the day is not refused by it."""
    kinds = kinds_of(between)
    return "and" in kinds and bool(kinds & {"subject", "word"}) and "if" not in kinds


def _threatens(ahead: Sequence[Element]) -> bool:
    """ "Tomorrow at 8 or i'm gone": what comes of it otherwise refuses nothing."""
    last = next((each for each in reversed(ahead) if not (isinstance(each, Mark) and each.kind == "subject")), None)
    return isinstance(last, Mark) and last.kind == "or"


def _no(chunk: Sequence[Element], place: int, wants: dict[int, bool], result: Scoped) -> None:
    """ "no mornings", "friday no"; "no friday works" may be a no and a friday, so it asks."""
    following = [at for at in wants if at > place]
    if following and following[0] == place + 1:
        piece = chunk[following[0]]
        alone = not kinds_of(chunk) & {"word", "wish", "subject"}
        plain = (isinstance(piece, Days) and (piece.weekdays or alone)) or (isinstance(piece, Hours) and piece.part)
        if "good" in kinds_of(chunk[place:]):
            result.ask = True
            return
        wants.update(dict.fromkeys(following, False))
        result.ask = result.ask or not plain
    elif not following and kinds_of(chunk[place + 1 : place + 2]) != {"word"}:
        # "asap please, no hot water" refuses no haste
        wants.update(dict.fromkeys((at for at in wants if at < place and chunk[at] != Whole(kind="asap")), False))


def _until_good(chunk: Sequence[Element], place: int, following: list[int]) -> list[int]:
    """How far a refusal reaches: "cant do thursday friday is fine" leaves friday alone."""
    goods = [at for at, each in enumerate(chunk) if at > place and isinstance(each, Mark) and each.kind == "good"]
    if not goods:
        return following
    reached = [at for at in following if at < goods[0]]
    if len(reached) < 2:
        return reached
    last_day = next((at for at in reversed(reached) if isinstance(chunk[at], Days)), None)
    if last_day is None or last_day == reached[0]:
        return reached
    joined = any(
        isinstance(chunk[at], Mark) and chunk[at].kind in {"or", "and"}  # type: ignore[union-attr]
        for at in range(reached[reached.index(last_day) - 1], last_day)
    )
    return reached if joined else [at for at in reached if at < last_day]


def _add(result: Scoped, chunk: Sequence[Element], wants: dict[int, bool]) -> None:
    join, left_out_anew = "then", False
    for place, each in enumerate(chunk):
        if isinstance(each, Mark):
            join, left_out_anew = joined(join, each.kind), left_out_anew or each.kind == "except"
            continue
        wanted = wants[place]
        # "friday but not 1 to 2 instead of monday": each is left out for itself
        join = "and" if left_out_anew and not (wanted or join) else join
        left_out_anew = False
        its = _is_its_hour(chunk, place) and result.clauses and result.clauses[-1].wanted == wanted
        join = "" if its else join
        if join == "then" or result.fresh or not result.clauses or result.clauses[-1].wanted != wanted:
            result.clauses.append(Clause(wanted=wanted))
        result.clauses[-1].add(each, join)
        join, result.fresh = "", False


def _is_its_hour(chunk: Sequence[Element], place: int) -> bool:
    """ "Sat works. mon works after 3", "sat has to be before 11": the hours behind a day and what is said of it."""
    day = next((at for at in range(place - 1, -1, -1) if is_piece(chunk[at])), place)
    hours, kinds = chunk[place], kinds_of(chunk[day + 1 : place])
    if not isinstance(hours, Hours) or not isinstance(chunk[day], Days):
        return False
    return kinds == {"good"} or (bool(hours.side) and kinds == {"word", "to"})


__all__ = ["Clause", "FromNow", "Scoped", "joined", "keep_the_hour", "scoped"]
