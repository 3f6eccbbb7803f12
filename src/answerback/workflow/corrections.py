"""Keeps what people say a customer's text really meant, as labelled data, and measures the reader by it.

Never here: what the conversation does next. Who sees an emergency acts on it; this only teaches.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast, get_args

from answerback.engine.reading import Asked, AskedAbout, Intent, Urgency
from answerback.store import codec, models
from answerback.store.queries import readings
from answerback.store.queries.readings import Labelled
from answerback.understanding import read
from answerback.workflow import clock, directory, replaying
from answerback.workflow.actors import Actor, NotAllowed

ABOUT = {"intent": frozenset(get_args(Intent)) | {"spam"}, "urgency": frozenset(get_args(Urgency))}
"""What may be corrected, and what may be said of it. Spam is what no customer wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Which of this business's corrected texts the reader, as it is now, reads as people do; texts by their id."""

    texts: tuple[int, ...]
    right: tuple[int, ...]


def correct(message: int, business: int, actor: Actor, about: str, said: str) -> models.Correction:
    """Keep what a person says of a customer's text; that word. Raises `NotAllowed` for what cannot be said of one."""
    if said not in ABOUT.get(about, frozenset()):
        raise NotAllowed("That cannot be said of a text. Choose one of the list.", about)
    if actor.member is None:
        raise NotAllowed("Only somebody of the business can say that.")
    row = models.Message.objects.filter(id=message, business_id=business, author="customer").first()
    if row is None:
        raise NotAllowed("There is no such text of a customer here.")
    read_as = str((row.reading or {}).get(about, ""))
    return models.Correction.objects.create(
        business_id=business,
        message=row,
        member_id=actor.member,
        at=clock.now(),
        about=about,
        said=said,
        read=read_as,
        asked=replaying.question_before(row),
    )


def labelled(business: int) -> Iterator[dict[str, object]]:
    """Every corrected text in the format of the scorer (docs/understanding.md), the words and nobody's name."""
    industry = _industry(business)
    for each in readings.labelled(business):
        yield {
            "id": f"b{business}-{each.message}", "text": each.text, "industry": industry, "asked": each.asked,
            "intent": each.intent, "urgency": each.urgency, "sensitive": each.sensitive,
            "opt_out": each.intent == "opt_out",
        }  # fmt: skip


def score(business: int) -> Score:
    """Read every corrected text again and count what is right now."""
    row = models.Business.objects.get(id=business)
    if row.playbook_id is None:
        return Score(texts=(), right=())
    ours = directory.known(business, row.revision, row.playbook_id)
    zone = ours.rules.business.hours.zone
    found = readings.labelled(business)
    right = []
    for each in found:
        reading = read(
            each.text,
            asked=Asked(about=cast("AskedAbout", each.asked)),
            vocabulary=ours.vocabulary,
            now=clock.now(),
            zone=zone,
        )
        if _agrees(each, reading.intent, reading.urgency):
            right.append(each.message)
    return Score(texts=tuple(each.message for each in found), right=tuple(right))


def _agrees(label: Labelled, intent: str, urgency: str) -> bool:
    meant = intent == label.intent or (label.intent == "spam" and intent in {"vendor", "job_seeker"})
    return meant and (urgency == "emergency") == (label.urgency == "emergency")


def _industry(business: int) -> str:
    playbook = models.Business.objects.select_related("playbook").get(id=business).playbook
    return str(codec.decode_playbook(codec.encode(playbook.body)).industry) if playbook else ""
