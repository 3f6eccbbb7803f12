"""Replays the last days' conversations against an edited playbook, or against the reader as it is now.

Reads only: nothing is sent, written or asked of anybody. Never here: the replay itself (`engine.replay`).
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from answerback.engine.events import Event, TextReceived, VoicemailTranscribed
from answerback.engine.playbook import Playbook
from answerback.engine.reading import Asked, AskedAbout, Reading
from answerback.engine.replay import Ending, Read, differences, replay
from answerback.engine.rules import vocabulary
from answerback.engine.state import Contact, State
from answerback.store import codec, models
from answerback.store.queries import replays
from answerback.store.queries.replays import Happened, Past
from answerback.understanding import read as read_text
from answerback.workflow import clock, directory, places
from answerback.workflow.directory import Known
from answerback.workflow.turn import asked_now

MOST = 300
"""Conversations in one replay, so that a page answers in seconds."""

Against = Literal["playbook", "reader"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One conversation as it goes by the old and by the new, and in what they differ.

    `faithful` says that by the old its lead ends as it really did.
    """

    conversation: int
    who: str
    number: str
    was: Ending
    now: Ending
    differs: tuple[str, ...]
    faithful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What a replay showed, the newest conversation first."""

    pairs: tuple[Pair, ...]

    @property
    def different(self) -> tuple[Pair, ...]:
        """Those that would have gone differently."""
        return tuple(pair for pair in self.pairs if pair.differs)

    @property
    def faithful(self) -> tuple[Pair, ...]:
        """Those that end by the old rules as they really did."""
        return tuple(pair for pair in self.pairs if pair.faithful)

    @property
    def by_kind(self) -> list[tuple[str, tuple[Pair, ...]]]:
        """Those that differ in each way, the most first."""
        kinds = Counter(kind for pair in self.pairs for kind in pair.differs)
        return [(kind, tuple(pair for pair in self.pairs if kind in pair.differs)) for kind, _ in kinds.most_common()]


def against_playbook(business: int, playbook: Playbook, days: int) -> Replayed:
    """The last days' conversations by this playbook instead of the one each was pinned to; one reader for both."""
    return _replayed(business, days, lambda past: _Sides.playbook(business, past, playbook))


def against_reader(business: int, days: int) -> Replayed:
    """The last days' texts read by the reader as it is now instead of as they were read then; the same playbook."""
    return _replayed(business, days, lambda past: _Sides.reader(business, past))


def question_before(message: models.Message) -> AskedAbout:
    """What a customer's text answered: the question that was open when it came, by a replay of what was before."""
    past = replays.past_of(message.conversation_id)
    if past is None:
        return "open"
    happened = replays.happened([past.id])[past.id]
    ours = _known(message.business_id, past)
    events = [_event(each) for each in happened]
    of_text = {id(event): each.id for event, each in zip(events, happened, strict=True)}
    read = _reads(ours, {id(event): each.reading for event, each in zip(events, happened, strict=True)})
    found: list[AskedAbout] = []

    def listen(event: Event, state: State) -> Event:
        if f"in:{of_text.get(id(event))}" == message.key:
            found.append(asked_now(state, ours).about)
        return read(event, state)

    replay(ours.rules, str(past.id), _contact(past, ours), events, listen)
    return found[0] if found else "open"


@dataclass(frozen=True, slots=True)
class _Sides:
    """The rules of both sides, and how each reads: anew, or as was read then."""

    old: Known
    new: Known
    old_reads: bool

    @classmethod
    def playbook(cls, business: int, past: Past, playbook: Playbook) -> "_Sides":
        old = _known(business, past)
        rules = replace(old.rules, playbook=playbook)
        return cls(old, replace(old, rules=rules, vocabulary=vocabulary(playbook)), old_reads=True)

    @classmethod
    def reader(cls, business: int, past: Past) -> "_Sides":
        old = _known(business, past)
        return cls(old, old, old_reads=False)


def _replayed(business: int, days: int, sides_of: "Callable[[Past], _Sides]") -> Replayed:
    since = clock.now() - timedelta(days=days)
    conversations = replays.past(business, since, MOST)
    happened = replays.happened([past.id for past in conversations])
    return Replayed(pairs=tuple(_pair(past, happened[past.id], sides_of(past)) for past in conversations))


def _pair(past: Past, happened: list[Happened], sides: _Sides) -> Pair:
    events = [_event(each) for each in happened]
    then = {id(event): each.reading for event, each in zip(events, happened, strict=True)}
    contact = _contact(past, sides.old)
    was = replay(sides.old.rules, str(past.id), contact, events, _reads(sides.old, None if sides.old_reads else then))
    now = replay(sides.new.rules, str(past.id), contact, events, _reads(sides.new, None))
    return Pair(
        conversation=past.id,
        who=past.name,
        number=past.number,
        was=was,
        now=now,
        differs=differences(was, now),
        faithful=was.status == past.status,
    )


def _reads(ours: Known, then: dict[int, object] | None) -> Read:
    """Reads each text anew, or takes what it was read as then where that is known."""

    def read(event: Event, state: State) -> Event:
        if not isinstance(event, TextReceived | VoicemailTranscribed):
            return event
        stored = then.get(id(event)) if then is not None else None
        reading: Reading
        if isinstance(stored, dict):
            reading = codec.decode_reading(stored)
        else:
            asked = asked_now(state, ours) if isinstance(event, TextReceived) else Asked()
            zone = ours.rules.business.hours.zone
            reading = read_text(event.text, asked=asked, vocabulary=ours.vocabulary, now=event.at, zone=zone)
        return replace(event, reading=reading)

    return read


def _event(happened: Happened) -> Event:
    return codec.decode_event(happened.kind, happened.body)


def _known(business: int, past: Past) -> Known:
    revision = models.Business.objects.values_list("revision", flat=True).get(id=business)
    return directory.known(business, revision, past.playbook)


def _contact(past: Past, ours: Known) -> Contact:
    place = places.of_number(past.number)
    where = places.whereabouts(past.number, ours.rules.business.hours.zone)
    return Contact(
        number=past.number,
        name=past.name or None,
        region=place.region,
        zones=where.zones,
        states=where.states,
        language=past.language,
    )
