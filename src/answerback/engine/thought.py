"""Two texts in a row read as one thought: what the second says alone, filled up from both read together.

Only what the second text lacks is taken (no service beside an answer: "78704" names none), and of dangers only those
that neither text named alone, so that nobody is woken twice for one text. It must never take back an opt-out, a danger
or a sensitive tag that the second text has.
"""

from dataclasses import fields, replace
from datetime import timedelta

from answerback.engine.reading import Intent, Reading, Slots, Urgency

ONE_THOUGHT = timedelta(seconds=60)
"""People send a sentence in pieces; what follows within a minute belongs to it."""

TOGETHER = "read together with the text just before it"
_RANK: dict[Urgency, int] = {"unknown": 0, "can_wait": 1, "soon": 2, "emergency": 3}
_SAYS_LITTLE: frozenset[Intent] = frozenset({"other", "ack"})


def together(alone: Reading, both: Reading, before: Reading) -> Reading:
    """The reading of a text that followed another at once: `alone` by itself, `both` joined, `before` the first one."""
    hazards = tuple(each for each in both.hazards if each not in before.hazards and each not in alone.hazards)
    tags = tuple(each for each in both.sensitive if each not in before.sensitive and each not in alone.sensitive)
    stops = both.opt_out and not before.opt_out
    urgent = both.urgency if _RANK[both.urgency] > max(_RANK[before.urgency], _RANK[alone.urgency]) else alone.urgency
    vague = alone.intent in _SAYS_LITTLE and both.intent not in {*_SAYS_LITTLE, "opt_out"}
    joined = replace(
        alone,
        intent="opt_out" if stops else both.intent if vague else alone.intent,
        hazards=(*alone.hazards, *hazards),
        sensitive=(*alone.sensitive, *tags),
        opt_out=alone.opt_out or stops,
        urgency=urgent,
        service=alone.service or (both.service if alone.intent != "answer" else None),
        slots=filled(alone.slots, both.slots),
        times=alone.times if alone.times.kind != "none" else both.times,
        confidence=max(alone.confidence, both.confidence) if vague else alone.confidence,
    )
    if joined == alone:
        return alone
    return replace(joined, evidence=(*joined.evidence, TOGETHER))


def filled(slots: Slots, more: Slots) -> Slots:
    """These slots, the empty ones filled from others; what is there stays."""
    values = {each.name: getattr(slots, each.name) or getattr(more, each.name) for each in fields(Slots)}
    return Slots(**values)
