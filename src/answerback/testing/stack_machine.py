"""Random lives of the whole product: customers, staff, faults, crashes and two workers in any order.

A Hypothesis state machine over a World: real webhooks, real PostgreSQL, pretend phones. After every step it checks what
the customers' handsets got and what the rows say, never how the product came to it.
Needs Django set up (`testing.databases.ready`).
"""

from functools import lru_cache
from typing import Any, Literal

import yaml
from django.db import connection
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from answerback.store import models
from answerback.store.playbook_file import pack_text
from answerback.store.queries.outbox import Claimed, Handed
from answerback.testing.crashes import STEPS, Step, When
from answerback.testing.shop import LINE, republish
from answerback.testing.world import World
from answerback.workflow import delivery, directory, reconcile, turn
from answerback.workflow.desk import NotAllowed

CUSTOMERS = ("+15125550131", "+15125550132", "withheld")
OUTCOMES = ("no-answer", "busy", "voicemail", "abandoned", "failed", "unknown", "answered", "machine")
WORDS = (
    "STOP", "please stop texting me", "START", "HELP", "ok thanks", "1",
    "my drain is clogged", "it can wait", "Austin", "a link please", "please call me",
    "pipe burst water everywhere", "I smell gas", "wrong number", "how much is it?", "can you stop by tomorrow?",
    "tengo una fuga", "puede esperar", "no gracias", "you ruined my floor", "asdf", "",
)  # fmt: skip
SPANS = (1, 5, 9, 16, 31, 65, 5 * 60, 16 * 60, 2 * 3600 + 60, 24 * 3600)

FAULTS = (
    "refuse", "unavailable", "lose_answer", "cannot_say", "deliver_twice", "landline", "opted_out", "slow",
    "volume_cap",
)  # fmt: skip

TRIGGERS: tuple[dict[str, Any], ...] = (
    {},
    {"no_answer": "todo", "after_hours": "ignore", "abandoned": "todo"},
    {"voicemail": {"action": "text_at_once"}, "after_hours": "todo", "repeat": {"call_now": 0, "page": 3}},
    {"hold_seconds": 0, "busy": "ignore", "voicemail": {"action": "call_back", "minutes": 5}},
)
"""The five rules, as owners set them: few, for a playbook is judged anew each time it is published."""

SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"overnight_first_text": "off"},
    {"overnight_first_text": "defer"},
    {"consent_mode": "press_1"},
    {"texts_per_day": 2, "unanswered_per_day": 1},
)

LINES = (LINE, "+15125550109")
"""Both of the business: one first text in a cooldown counts for the two together."""

HELPFUL = ("my drain is clogged, it can wait", "in Austin please", "a link please", "toilet keeps running")

customers = st.sampled_from(CUSTOMERS)
shown = st.sampled_from(CUSTOMERS[:2])

QUICK = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
"""For every run of the tests: some twenty seconds."""

THOROUGH = settings(QUICK, max_examples=1500, stateful_step_count=50)
"""For a night."""


class StackMachine(RuleBasedStateMachine):
    """One World for each example."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(now="2026-03-10 09:00", lines=LINES)
        self.world.stack.watch = _watch
        self.per_day = 2000
        self.hands: list[Claimed] = []
        self.outcomes: list[Handed] = []

    def teardown(self) -> None:
        """Let everything that is still planned happen, then look once more. People do their part, or they are woken
        every five minutes for all of these days.
        """
        try:
            self.world.provider.well()
            self.world.crashes.disarm()
            self.world.run(hours=2)
            self._people_do_their_part()
            self.world.run(days=8)
            self.promises_are_kept()
        finally:
            self.world.close()

    def _people_do_their_part(self) -> None:
        for who in CUSTOMERS:
            for act in ("take_page", "close_todo"):
                self.staff(who, act, "Dana")

    # Customers

    @initialize(
        words=st.sampled_from((None, "", *HELPFUL)),
        per_day=st.sampled_from((2000, 2000, 2)),
        triggers=st.sampled_from(TRIGGERS),
        wants=st.sampled_from(SETTINGS),
        starts=st.sampled_from((0, 0, 13, 4 * 24)),
    )
    def begin(
        self, words: str | None, per_day: int, triggers: dict[str, Any], wants: dict[str, Any], starts: int
    ) -> None:
        """Most lives begin as most conversations do: a missed call, a text, perhaps an answer; by day or by night."""
        if triggers:
            republish(self.world.shop, ruled(triggers))
        models.Business.objects.update(settings=wants)
        directory.forget()
        self.world.run(hours=starts)
        models.Line.objects.update(per_day=per_day)
        self.per_day = per_day
        if words is not None:
            self.world.call(CUSTOMERS[0])
            self.world.run(seconds=50)
        if words:
            self.world.text(CUSTOMERS[0], words)

    @rule(
        who=customers, outcome=st.sampled_from(OUTCOMES), ring=st.integers(0, 30), line=st.sampled_from((*LINES, LINE))
    )
    def call(self, who: str, outcome: str, ring: int, line: str) -> None:
        """Somebody calls, on one number of the business or the other."""
        self.world.call(who, ring, outcome, line=line)

    @rule(
        who=customers, words=st.sampled_from(("please call me back", "pipe burst, water everywhere", "stop texting me"))
    )
    def leave_voicemail(self, who: str, words: str) -> None:
        """Somebody leaves words on the tape."""
        self.world.call(who, voicemail=words)

    @rule(who=shown)
    def leave_voicemail_nobody_returns(self, who: str) -> None:
        """Somebody leaves words on the tape, and the time a person has to call back passes."""
        self.world.call(who, voicemail="please call me back when you can")
        self.world.run(minutes=20)

    @rule(who=shown, after=st.sampled_from((1, 4, 12)))
    def try_again_and_be_answered(self, who: str, after: int) -> None:
        """Somebody is missed, calls again within the hold and is answered: the text that waited does not leave."""
        before = len(self.world.texts_to(who))
        self.world.call(who, 5)
        self.world.run(seconds=5 + after)
        waited = len(self.world.texts_to(who)) == before
        self.world.call(who, 2, "answered")
        self.world.run(seconds=70)
        if waited:
            said = [text.body for text in self.world.texts_to(who)[before:]]
            assert not any("missed" in body for body in said), f"{who} talked to a person and was told: {said}"

    @rule(who=shown)
    def call_three_times(self, who: str) -> None:
        """Somebody calls and calls: somebody hears of it, or has the case already."""
        for _ in range(3):
            self.world.call(who)
            self.world.run(seconds=50)
        assert _somebody_knows(who), f"{who} called three times and nobody was told"

    @rule(who=shown, words=st.sampled_from(WORDS))
    def text(self, who: str, words: str) -> None:
        """Somebody texts."""
        self.world.text(who, words)

    @rule(who=shown, words=st.sampled_from(HELPFUL))
    def miss_and_answer(self, who: str, words: str) -> None:
        """Somebody calls, is texted and answers: the usual beginning, so that what lies behind it is reached often."""
        self.world.call(who)
        self.world.run(seconds=50)
        self.world.text(who, words)

    @rule(who=shown)
    def book(self, who: str) -> None:
        """Somebody follows the newest link, if there is one that still works."""
        try:
            self.world.book(who)
        except (LookupError, IndexError):
            return

    # Staff

    @rule(who=shown, talked=st.booleans())
    def call_back(self, who: str, talked: bool) -> None:
        """A person phones a customer."""
        self.world.call_back(who, talked=talked)

    @rule(
        who=customers,
        act=st.sampled_from(
            ("take_over", "hand_back", "reply", "told_to_stop", "close_todo", "take_page", "won", "lost")
        ),
        name=st.sampled_from(("Dana", "Luis")),
    )
    def staff(self, who: str, act: str, name: str) -> None:
        """A person at the desk acts, as far as there is something to act on."""
        person = self.world.staff(name)
        try:
            match act:
                case "reply":
                    person.reply(who, "This is a person writing.")
                case "close_todo":
                    person.close_todo(who, "reached")
                case "won" | "lost":
                    person.mark(who, act)
                case _:
                    getattr(person, act)(who)
        except (LookupError, NotAllowed):
            return

    # Time and trouble

    @rule(seconds=st.sampled_from(SPANS))
    def time_passes(self, seconds: int) -> None:
        """Time passes, from one due thing to the next."""
        self.world.run(seconds=seconds)

    @rule(times=st.integers(1, 4), last=st.integers(1, 5))
    def redeliver(self, times: int, last: int) -> None:
        """The provider reports again what it reported."""
        answers = self.world.redeliver(times, last=last)
        # 403: signed more than five minutes ago, so it is turned away as a replay. 0: we died under it.
        assert set(answers) <= {200, 204, 403, 0}, answers

    @rule(
        fault=st.sampled_from(FAULTS),
        count=st.integers(1, 3),
    )
    def provider_fails(self, fault: str, count: int) -> None:
        """The provider misbehaves the next times."""
        provider = self.world.provider
        match fault:
            case "landline" | "opted_out" | "volume_cap":
                provider.refuse(count, failure=fault)
            case "slow":
                provider.slow(count * 5)
            case _:
                getattr(provider, fault)(count)

    @rule(seconds=st.sampled_from((3, 40, 400)), count=st.integers(1, 2))
    def receipts_come_late(self, seconds: int, count: int) -> None:
        """The next texts arrive late, and are reported late."""
        self.world.provider.late_receipts(seconds, count)

    @rule(when=st.sampled_from(("before", "before commit", "after commit", "after")), step=st.sampled_from(STEPS))
    def process_dies(self, when: When, step: Step) -> None:
        """The process dies at the next such point."""
        self.world.crashes.disarm()
        self.world.crashes.arm(when, step)

    # Another worker, which does its work in pieces while the World goes on

    @precondition(lambda self: not self.hands)
    @rule()
    def other_worker_claims(self) -> None:
        """It takes due texts."""
        self.hands = delivery.claim(3)

    @precondition(lambda self: self.hands)
    @rule()
    def other_worker_hands_over(self) -> None:
        """It hands over what it took, however long ago."""
        for text in self.hands:
            _watch(text)
        self.outcomes += [delivery.hand_over(text) for text in self.hands]
        self.hands = []

    @precondition(lambda self: self.outcomes)
    @rule(twice=st.booleans())
    def other_worker_writes(self, twice: bool) -> None:
        """It writes down what came of it, perhaps again because it could not see the commit."""
        for _ in range(1 + twice):
            delivery.write(self.outcomes)
        self.outcomes = []

    @rule()
    def other_worker_dies(self) -> None:
        """What it had only in memory is gone."""
        self.hands, self.outcomes = [], []

    @rule(what=st.sampled_from(("turn", "reconcile")))
    def other_worker_helps(self, what: Literal["turn", "reconcile"]) -> None:
        """It lets a conversation take its turn, or asks after lost texts."""
        turn.run(1) if what == "turn" else reconcile.run()

    @invariant()
    def promises_are_kept(self) -> None:
        """No promise is broken, at any moment."""
        broken = self.world.broken_promises()
        assert broken == (), "\n".join(broken)

    @invariant()
    def no_day_is_over_its_cap(self) -> None:
        """A line hands over no more texts in a day than it may, but for those that wake people."""
        pages = models.Message.objects.filter(author="page").aggregate(Sum("attempt"))["attempt__sum"] or 0
        sent = models.Line.objects.filter(sent_today__gt=self.per_day + pages)
        assert not sent.exists(), "a line sent more than its day allows"


@lru_cache
def _pack() -> dict[str, Any]:
    """The plumber's playbook, read."""
    read: dict[str, Any] = yaml.safe_load(pack_text("plumbing"))
    return read


def ruled(triggers: dict[str, Any]) -> str:
    """The plumber's playbook with these trigger rules in the place of its own."""
    book = _pack()
    return yaml.safe_dump({**book, "triggers": {**book.get("triggers", {}), **triggers}}, allow_unicode=True)


def _somebody_knows(number: str) -> bool:
    """Is there a page or a to-do about this number, a person who has it, or is it none of ours to answer?"""
    talks = models.Conversation.objects.filter(contact__number=number)
    return (
        models.Page.objects.filter(conversation__in=talks).exists()
        or models.Todo.objects.filter(conversation__in=talks).exists()
        or talks.filter(held_by__isnull=False).exists()
        or models.Appointment.objects.filter(conversation__in=talks).exists()
    )


def _watch(text: Claimed) -> None:
    """At the moment of a hand-over: the lead is committed, the text is known to be sending, and its reason is there."""
    assert not connection.in_atomic_block
    row = models.Message.objects.get(id=text.id)
    assert row.attempt >= text.attempt, "a text was handed over that was never taken"
    if row.author == "machine":
        lead = models.Lead.objects.filter(conversation=row.conversation_id).exists()
        assert lead or row.purpose != "first_text", "a first text left before its lead was committed"
        reasons = models.Decision.objects.filter(conversation=row.conversation_id, text=row.key)
        assert reasons.exists(), "a text left without a reason"
