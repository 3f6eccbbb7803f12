"""Asks a language model about texts that were not surely understood, before their turn and never inside it.

The turn that meets such a text writes the question down and lets it wait, at most `DEADLINE`; a task asks the model
outside every transaction, writes the answer down and wakes the conversation. When no answer came in time the offline
reading decides, as it does for every business that has not asked for this. Here nothing is decided (`engine.advice`).
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic

import msgspec
from django.conf import settings

from answerback.engine import advice as engine
from answerback.engine.events import TextReceived
from answerback.engine.reading import Asked, Reading
from answerback.ports.errors import PortError, Refused
from answerback.ports.model import LONGEST_THREAD, Excerpt, ModelHost, Said
from answerback.ports.registry import language_model
from answerback.store import models
from answerback.store.queries import advice
from answerback.store.queries.advice import Kept, Settled
from answerback.store.queries.rows import Cursor
from answerback.workflow import bell, clock, transaction
from answerback.workflow.directory import Known, known

log = logging.getLogger("answerback.advice")

_LINK = re.compile(r"https?://\S+")

DEADLINE = timedelta(seconds=4)
"""How long a text may wait for a model; later its reading is the offline one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to put to a model once the turn has committed: which event, what was asked of the customer."""

    business: int
    conversation: int
    event: int
    asked: Asked


def is_on(ours: Known) -> bool:
    """Has this business asked for a model, and does its privacy allow one?"""
    wish = ours.rules.settings.language_model
    return configured() is not None and (wish == "all" or (wish == "on" and ours.rules.playbook.privacy == "standard"))


def configured() -> tuple[str, ModelHost] | None:
    """The kind of model of this installation and where it answers."""
    found: tuple[str, ModelHost] | None = getattr(settings, "LANGUAGE_MODEL", None)
    return found


def doubtful(reading: Reading, ours: Known) -> bool:
    """Is this text worth asking about, by the business's own bound?"""
    return engine.doubtful(reading, below=ours.rules.settings.language_model_below)


def with_advice(event: TextReceived, kept: Kept, ours: Known) -> TextReceived:
    """The text with what may be taken from the model's proposal."""
    if event.reading is None or kept.proposal is None:
        return event
    services = frozenset(service.id for service in ours.rules.playbook.services)
    return replace(event, reading=engine.advised(event.reading, kept.proposal, text=event.text, services=services))


def ask(cursor: Cursor, questions: Sequence[Question], now: datetime) -> None:
    """Write these questions down and have a task put each, once this transaction has committed."""
    found = configured()
    if not questions or found is None:
        return
    from answerback.workflow.tasks import advise  # noqa: PLC0415  the tasks import this module

    rows = [
        advice.Asked(
            business=each.business,
            conversation=each.conversation,
            event=each.event,
            model=found[1].model[:80],
            question=msgspec.Raw(msgspec.json.encode(each.asked)),
            asked_at=now,
        )
        for each in questions
    ]
    advice.ask(cursor, rows)
    for each in questions:
        advise.defer(event=each.event)


def put(event: int) -> None:
    """Ask the model about this event and write down what it says; the conversation is woken either way."""
    found = configured()
    row = (
        models.Advice.objects.select_related("event", "conversation__business").filter(event=event, outcome="").first()
    )
    if found is None or row is None:
        return
    kind, endpoint = found
    began = monotonic()
    settled = _answer(kind, endpoint, _thread(row), began)
    log.info("advice.%s event=%s ms=%s", settled.outcome, event, settled.milliseconds)
    transaction.run(lambda cursor: _settle(cursor, event, settled))


def _settle(cursor: Cursor, event: int, settled: Settled) -> None:
    advice.settle(cursor, event, settled)
    advice.wake(cursor, event, clock.now())
    bell.ring(cursor, bell.TURN)


def _answer(kind: str, endpoint: ModelHost, thread: Excerpt, began: float) -> Settled:
    try:
        answered = language_model(kind)(thread, endpoint, DEADLINE.total_seconds())
    except PortError as problem:
        outcome = "refused" if isinstance(problem, Refused) else "unavailable"
        log.warning("advice.failed problem=%s", problem.detail)
        return Settled(outcome=outcome, milliseconds=_since(began))
    return Settled(
        outcome="answered",
        milliseconds=_since(began),
        proposal=answered.proposal,
        tokens_in=answered.tokens_in,
        tokens_out=answered.tokens_out,
        dollars=answered.dollars(endpoint),
    )


def _since(began: float) -> int:
    return round((monotonic() - began) * 1000)


def _thread(row: models.Advice) -> Excerpt:
    """This conversation's texts and nothing else: no number, no name of ours, no link."""
    conversation = row.conversation
    ours = known(conversation.business_id, conversation.business.revision, conversation.playbook_id)
    asked = msgspec.convert(row.question, Asked)
    before = models.Message.objects.filter(conversation=conversation).exclude(author="page").order_by("-id")
    said = [
        Said(who="customer" if each.author == "customer" else "business", text=_LINK.sub("(link)", each.body))
        for each in before[:LONGEST_THREAD]
    ]
    return Excerpt(
        text=row.event.body.get("text", ""),
        asked=asked.question,
        choices=asked.choices,
        services={each.id: each.name.get("en", each.id) for each in ours.rules.playbook.services},
        before=tuple(reversed(said)),
        languages=ours.rules.playbook.languages,
    )
