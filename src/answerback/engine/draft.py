"""A decision while it is being written: the state so far, the effects wished for, and why.

Every change of phase goes through `move`, every change of the lead's status through `lead`; both know their moves as
data. Never here: which event leads to what.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from answerback.engine.consent import ENDED, rises
from answerback.engine.decision import Case, Decision
from answerback.engine.effects import (
    OVER,
    ClosePages,
    CloseTodos,
    ConsentSource,
    ConsentState,
    Effect,
    KeepConsent,
    KeepLead,
    LeadStatus,
    OpenTodo,
    PageStaff,
    Suppress,
    TodoKind,
    Unsuppress,
    WithdrawTexts,
)
from answerback.engine.hours import opens_at
from answerback.engine.quiet import Whereabouts
from answerback.engine.receipt import DecisionReceipt, Guard, Verdict
from answerback.engine.rules import Hours, Rules
from answerback.engine.state import MOVES, Phase, State, changed
from answerback.engine.variants import Chosen

_BEGINNING = State()

LEAD_MOVES: dict[LeadStatus, frozenset[LeadStatus]] = {
    "new": frozenset({"contacted", "qualified", "booked", "won", "lost", "not_served"}),
    "contacted": frozenset({"qualified", "booked", "won", "lost", "not_served"}),
    "qualified": frozenset({"booked", "won", "lost", "not_served"}),
    "booked": frozenset({"qualified", "won", "lost", "not_served"}),
    "won": frozenset(),
    "lost": frozenset({"new", "booked", "won"}),
    "not_served": frozenset({"new", "booked", "won"}),
}
"""How the engine moves a lead by itself: forward, back from a cancelled booking, and again when they come back."""

NEXT_STEPS: dict[Phase, str] = {
    "quiet": "A person calls back",
    "greeting": "Waiting for a reply to the first text",
    "learning": "Waiting for an answer to our question",
    "offered": "Waiting for them to choose a time",
    "callback": "A person calls them",
    "booked": "The appointment",
    "human": "A person answers",
    "resting": "A person decides whether to call",
    "closed": "Nothing",
}
WAITS_FOR_THEM: tuple[Phase, ...] = ("greeting", "learning", "offered")
"""In these the next step is the customer's: nothing anybody waits for once they have said stop."""

TODO_STEPS: dict[TodoKind, str] = {
    "call_now": "A person calls them",
    "callback": "A person calls back",
    "review": "A person looks at it",
    "urgent": "A person calls them",
    "sensitive": "A person answers",
    "failed_text": "A person calls them",
    "opted_out_caller": "A person calls them",
    "conflict": "A person looks at it",
}
"""Where a person is asked to do something, that comes next, whatever the machine waits for meanwhile."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """One decision being written for one event."""

    rules: Rules
    case: Case
    now: datetime
    state: State
    suppressed: bool
    untextable: str | None
    consent: ConsentState = "none"
    consent_at: datetime | None = None
    effects: list[Effect] = field(default_factory=list)
    receipts: list[DecisionReceipt] = field(default_factory=list)
    withdrew: bool = False
    chosen: list[Chosen] = field(default_factory=list)
    last_key: str = ""
    about: str = ""
    """The key of the call that is being decided on, which every receipt then names."""

    @property
    def hours(self) -> Hours:
        """When somebody is there on the line this conversation came in on."""
        return self.rules.hours_on(self.state.line)

    @property
    def where(self) -> Whereabouts:
        """Every place the customer may be in."""
        return self.rules.whereabouts(self.case.contact)

    def do(self, effect: Effect) -> None:
        """Wish for this effect, after those already wished for."""
        self.effects.append(effect)

    def note(
        self,
        rule: str,
        why: str,
        *,
        verdict: Verdict = "recorded",
        guards: tuple[Guard, ...] = (),
        would_change: str = "",
        text: str | None = None,
    ) -> None:
        """Write down why."""
        self.receipts.append(
            DecisionReceipt(
                at=self.now,
                rule=rule,
                verdict=verdict,
                why=why,
                guards=guards,
                would_change=would_change,
                text=text,
                call=self.about,
            )
        )


def begin(rules: Rules, case: Case, now: datetime) -> Draft:
    """A draft in which nothing has been decided yet."""
    contact = case.contact
    return Draft(
        rules=rules,
        case=case,
        now=now,
        state=spoken_to(rules.playbook.languages, contact.language, case.state),
        suppressed=contact.suppressed,
        untextable=contact.untextable,
        consent=contact.consent,
        consent_at=contact.consent_at,
    )


def spoken_to(languages: tuple[str, ...], before: str | None, state: State) -> State:
    """This state; where nothing has happened in it, in the language they spoke `before`, else in the usual one."""
    usual = before if before in languages else next(iter(languages), _BEGINNING.language)
    if usual == state.language or changed(state, line=None, source_line=None) != _BEGINNING:
        return state
    return changed(state, language=usual)


def finish(draft: Draft) -> Decision:
    """The decision; the lead stands before every text."""
    if draft.state is not draft.case.state:
        lead = _lead_of(draft.state)
        if lead is not None and lead != _lead_of(draft.case.state):
            draft.effects.insert(1 if draft.withdrew else 0, lead)
    return Decision(state=draft.state, effects=tuple(draft.effects), receipts=tuple(draft.receipts))


def move(draft: Draft, phase: Phase) -> bool:
    """Move to this phase if `MOVES` allows it; a move it does not know is written down and not made."""
    here = draft.state.phase
    if phase == here:
        return True
    if phase not in MOVES[here]:
        draft.note("phase.refused", f"The conversation cannot go from {here} to {phase}; it stays where it is.")
        return False
    draft.state = changed(draft.state, phase=phase)
    return True


def lead(draft: Draft, status: LeadStatus) -> None:
    """Make the lead, or bring it to this status if that is a move it can make."""
    here = draft.state.lead
    if here is None or status in LEAD_MOVES[here]:
        draft.state = changed(draft.state, lead=status)


def lead_as_before(draft: Draft, status: LeadStatus | None) -> None:
    """The lead where it stood before something a person takes back: no move of its own, so none is asked for."""
    if status is not None:
        draft.state = changed(draft.state, lead=status)


def phase_as_before(draft: Draft, phase: Phase) -> None:
    """The phase in which it stood before something a person takes back: no move of its own, so none is asked for."""
    draft.state = changed(draft.state, phase=phase)


def consented(draft: Draft, state: ConsentState, source: ConsentSource, at: datetime, evidence: str) -> None:
    """They did something that lets us text them: a step up is written down, and so is that they asked again lately."""
    heard = draft.consent_at is None or at > draft.consent_at + ASKED_AGAIN_AFTER
    if draft.consent in ENDED or not (rises(draft.consent, state) or heard):
        return
    reached = state if rises(draft.consent, state) else draft.consent
    disclosure = draft.rules.line(draft.state.line).disclosure if reached == "inquiry_disclosed" else ""
    _keep_consent(draft, reached, source, at, evidence=evidence, disclosure=disclosure)


def agreed_in_writing(draft: Draft, at: datetime, evidence: str, words: str) -> bool:
    """They agreed in writing, to these words; False after a stop, which only their own START ends."""
    if draft.consent in ENDED:
        return False
    _keep_consent(draft, "marketing_written", "staff", at, evidence=evidence, disclosure=words)
    return True


def consent_ended(draft: Draft, state: ConsentState, source: ConsentSource, evidence: str) -> None:
    """They said stop, or it was never them: nothing they did before counts any more."""
    if draft.consent != state:
        _keep_consent(draft, state, source, draft.now, evidence=evidence)


def consent_as_before(draft: Draft, state: ConsentState, at: datetime | None, evidence: str) -> None:
    """What ended a consent was entered by mistake: it is written down anew, since when it stood."""
    if draft.consent in ENDED and state not in ENDED:
        _keep_consent(draft, state, "staff", at or draft.now, evidence=evidence)


_SAID_STOP: dict[ConsentSource, str] = {
    "provider": "The provider's keyword STOP.",
    "text": "A text of theirs said stop.",
    "call": "A voicemail of theirs said stop.",
    "staff": "The customer told a person to stop.",
}


def said_stop(draft: Draft, source: ConsentSource, evidence: str = "") -> None:
    """They said stop, by whatever means: remembered for the whole business, and the end of every consent."""
    evidence = evidence or _SAID_STOP[source]
    draft.do(Suppress(evidence=evidence))
    draft.suppressed = True
    consent_ended(draft, "revoked_all", source, evidence)


def said_start(draft: Draft, source: ConsentSource) -> None:
    """They asked for texts again after a stop: for information, never for advertising."""
    evidence = "The provider's keyword START." if source == "provider" else "A text of theirs said START."
    draft.do(Unsuppress(evidence=evidence))
    draft.suppressed = False
    _keep_consent(draft, "express_informational", source, draft.now, evidence=evidence)


ASKED_AGAIN_AFTER = timedelta(hours=1)
"""Calls and texts within this time are one inquiry, of which one record is enough."""


def _keep_consent(
    draft: Draft, state: ConsentState, source: ConsentSource, at: datetime, *, evidence: str, disclosure: str = ""
) -> None:
    draft.do(KeepConsent(state=state, source=source, evidence=evidence, at=at, disclosure=disclosure))
    draft.consent, draft.consent_at = state, at


def withdraw(draft: Draft, reason: str) -> None:
    """Take back what has not left yet, before anything else is done; once a decision."""
    state = draft.state
    if draft.withdrew or not state.texts:
        return
    draft.withdrew = True
    draft.effects.insert(0, WithdrawTexts(reason=reason))
    if state.first_text is None or state.first_text_until is None:
        return
    if state.first_text in draft.case.unsent:
        draft.note(
            "first_text.withdrawn",
            f"The first text had not left yet and was taken back: {reason}.",
            verdict="withdrawn",
            text=state.first_text,
        )
        # It was never sent, so it counts against no cap and a later call may be texted.
        draft.state = changed(
            state,
            first_text_until=None,
            sent_at=tuple(at for at in state.sent_at if at != state.first_text_at),
            unanswered=max(0, state.unanswered - 1),
        )
    else:
        draft.state = changed(state, first_text_until=None)


def todo(
    draft: Draft, kind: TodoKind, title: str, *, key: str = "", due_at: datetime | None = None, urgent: bool = False
) -> None:
    """Ask a person to do something by then; else now where it is urgent, else as soon as the business is open."""
    people = draft.rules.playbook.people
    team = people.callbacks if kind in {"callback", "call_now"} else people.urgent if urgent else "desk"
    due = due_at or (draft.now if urgent else opens_at(draft.hours, draft.now))
    draft.do(OpenTodo(key=key or kind, kind=kind, title=title, due_at=due, urgent=urgent, team=team))
    state, dues = draft.state, draft.state.todos_due
    if kind in state.todos:
        draft.state = changed(state, todos_due={**dues, kind: min(due, dues.get(kind, due))})
    else:
        draft.state = changed(state, todos=(*state.todos, kind), todos_due={**dues, kind: due})


def close_todos(draft: Draft, kinds: tuple[TodoKind, ...], outcome: str, *, but: str = "") -> None:
    """Close the open to-dos of these kinds, if there are any, `but` the one of that name."""
    gone = tuple(kind for kind in kinds if kind in draft.state.todos)
    if gone:
        draft.do(CloseTodos(kinds=gone, outcome=outcome, but=but))
        left = tuple(kind for kind in draft.state.todos if kind not in gone)
        draft.state = changed(draft.state, todos=left)


def page(draft: Draft, reason: str, summary: str) -> None:
    """Wake the person on call."""
    paged = draft.state.paged + 1
    draft.do(PageStaff(key=f"{reason}:{paged}", reason=reason, summary=summary))
    draft.state = changed(draft.state, paged=paged, paged_at=draft.now)
    why = "Nothing: an urgent case always wakes a person."
    draft.note(f"page.{reason}", summary, verdict="paged", would_change=why)


def close_page(draft: Draft, how: Literal["reached", "closed"]) -> None:
    """Wake nobody any more about this conversation, if anybody was woken."""
    if draft.state.paged:
        draft.do(ClosePages(how=how))


def _lead_of(state: State) -> KeepLead | None:
    if state.lead is None:
        return None
    next_step, next_step_at = _next_step(state)
    return KeepLead(
        status=state.lead,
        source_line=state.source_line or state.line or "",
        service=state.service,
        urgency=state.urgency,
        missed_reason=state.misses[-1].reason if state.misses else None,
        priority=state.priority,
        answers=state.answers,
        next_step=next_step,
        next_step_at=next_step_at,
    )


def _next_step(state: State) -> tuple[str, datetime | None]:
    """What comes next, and when: what a person is asked to do goes before what the machine waits for."""
    if state.lead in OVER:
        return NEXT_STEPS["closed"], None
    asked = [(state.todos_due[kind], kind) for kind in state.todos if kind in state.todos_due]
    if asked and state.phase != "booked":
        due, kind = min(asked)
        return TODO_STEPS[kind], due
    match state.phase:
        case "callback":
            at = state.callback_due
        case "booked":
            at = state.appointment_at
        case "greeting" | "learning" | "offered" | "resting":
            at = state.timer_at
        case _:
            at = None
    return NEXT_STEPS[state.phase], at or state.look_at
