"""What happened, as one list, oldest first: calls, texts, reasons, to-dos, pages, appointments, money, acts of staff.

Read by the console, the phone page and the demo. Nothing here guards who may see it: `access` does that first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from answerback.engine import evidence
from answerback.engine.currency import amount
from answerback.engine.events import (
    CallEnded,
    CallRang,
    TextReceived,
    VoicemailLeft,
)
from answerback.engine.reading import told
from answerback.store import codec, ids, models
from answerback.store.queries import attachments, money, timeline_wakes
from answerback.store.queries.attachments import Attached
from answerback.store.queries.money import Entry
from answerback.store.queries.timeline_events import Kind, of_event, same_rule
from answerback.store.queries.timeline_words import AT_THE_DESK, MARKS, WHY_NOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One guard of a decision: whether it let the text through, and what it saw."""

    name: str
    passed: bool
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a text of theirs was taken to mean (`engine.reading`), and what of it said so; never empty."""

    intent: str
    urgency: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that happened. `title` and `detail` are plain words; the rest is for pages that show more.

    `id` is unique in a timeline and stays the same. `text` is the key of the text a row is, or is about.
    `status`, `due_at` and `why` belong to texts of ours: where it stands, when it may leave, why it did not arrive.
    `draft` and `understood` belong to theirs: an answer that a language model suggests, and how they were read.
    `rule`, `checks` and `would_change` belong to reasons, `rule` also to an act whose reason says the same. `open` and
    `urgent` belong to to-dos and pages; money is `open` while it counts, its status is `superseded`
    after, and `back` is what took back the amount before a correction. `attached` are the pictures of a text and the
    recording of a voicemail.
    """

    id: str
    at: datetime
    kind: Kind
    title: str
    detail: str = ""
    text: str = ""
    status: str = ""
    due_at: datetime | None = None
    why: str = ""
    draft: str = ""
    understood: Understood | None = None
    rule: str = ""
    verdict: str = ""
    checks: tuple[Check, ...] = ()
    would_change: str = ""
    open: bool = False
    urgent: bool = False
    attached: tuple[Attached, ...] = ()
    entry: Entry | None = None
    back: Entry | None = None


def of_conversation(id: int) -> tuple[Row, ...]:
    """Everything that happened in this conversation, oldest first."""
    return _rows([id])


def of_number(business_id: int, number: str) -> tuple[Row, ...]:
    """Everything that happened between this business and this number, over all conversations, oldest first."""
    conversations = models.Conversation.objects.filter(business_id=business_id, contact__number=number)
    return _rows(list(conversations.values_list("id", flat=True)))


def reasons(conversation: int, ids: Sequence[int]) -> list[Row]:
    """These decision receipts of a conversation as rows, the oldest first."""
    return [
        _reason(row) for row in models.Decision.objects.filter(conversation=conversation, id__in=ids).order_by("id")
    ]


def _rows(conversations: Sequence[int]) -> tuple[Row, ...]:
    if not conversations:
        return ()
    came, sent = attachments.of_conversations(conversations)
    found = [
        *_events(conversations, came),
        *_leads(conversations),
        *_reasons(conversations),
        *_texts(conversations, came, sent),
        *_todos(conversations),
        *_pages(conversations),
        *_appointments(conversations),
        *_money(conversations),
        *_watched(conversations),
        *_notes(conversations),
    ]
    # Within one moment: what happened, then why, then what was done; sorting keeps the order above.
    return tuple(sorted(found, key=lambda row: row.at))


def _events(conversations: Sequence[int], came: dict[int, list[Attached]]) -> Iterator[Row]:
    rows = models.Event.objects.filter(conversation_id__in=conversations, kind__in=_SHOWN).order_by("id")
    events = [
        (row.id, row.handled_at is None, codec.decode_event(row.kind, codec.encode(row.body)))
        for row in rows.only("id", "kind", "body", "handled_at")
    ]
    ended = {event.call for _, _, event in events if isinstance(event, CallEnded)}
    left = {event.call for _, _, event in events if isinstance(event, VoicemailLeft)}
    noise = _noise(conversations) if ended else set()
    for id, waits, event in events:
        if isinstance(event, CallRang) and event.call in ended:
            continue
        if isinstance(event, TextReceived) and not waits:
            continue  # It is among the texts already.
        shown = of_event(event, left, noise)
        if shown is not None:
            kind, title, detail = shown
            attached = tuple(came.get(id, ()))
            yield Row(
                id=f"event-{id}",
                at=event.at,
                kind=kind,
                title=title,
                detail=detail,
                rule=same_rule(event),
                attached=attached,
            )


def _noise(conversations: Sequence[int]) -> set[str]:
    """The calls of these conversations that count as nothing."""
    kept = models.Conversation.objects.filter(id__in=conversations).values_list("state__noise", "state__judged")
    return {call for noise, judged in kept for call in noise or () if call not in (judged or ())}


_SHOWN = (
    "CallRang", "CallEnded", "VoicemailLeft", "VoicemailTranscribed", "CalledBack", "TextReceived", "TookOver",
    "HandedBack", "StaffTexted", "AppointmentCancelled", "OutcomeMarked", "ToldToStop", "AgreedInWriting",
    "VerdictCorrected", "NumberMarked", "TimerHeldBack", "FormSent",
)  # fmt: skip


def _leads(conversations: Sequence[int]) -> Iterator[Row]:
    for row in models.Lead.objects.filter(conversation_id__in=conversations).only("id", "created_at", "missed_reason"):
        reason = row.missed_reason.replace("_", " ")
        yield Row(id=f"lead-{row.id}", at=row.created_at, kind="lead", title="Lead created", detail=reason)


def _reasons(conversations: Sequence[int]) -> Iterator[Row]:
    for row in models.Decision.objects.filter(conversation_id__in=conversations).order_by("id"):
        yield _reason(row)


def _reason(row: models.Decision) -> Row:
    return Row(
        id=f"reason-{row.id}",
        at=row.at,
        kind="reason",
        title=row.why,
        detail=row.would_change and f"What would have changed it: {row.would_change}",
        text=row.text,
        rule=row.rule.replace("_", " "),
        verdict=row.verdict,
        checks=tuple(
            Check(name=guard["name"].replace("_", " "), passed=guard["passed"], evidence=guard["evidence"])
            for guard in row.guards
        ),
        would_change=row.would_change,
    )


def _texts(
    conversations: Sequence[int], came: dict[int, list[Attached]], sent: dict[int, list[Attached]]
) -> Iterator[Row]:
    rows = models.Message.objects.filter(conversation_id__in=conversations).exclude(author="page")
    for row in rows.select_related("member").only(*_OF_TEXTS).order_by("id"):
        kind, title = _AUTHORS[row.author]
        yield Row(
            id=f"text-{row.id}",
            at=row.sent_at or row.created_at,
            kind=kind,
            title=row.member.name if row.member else title,
            detail=row.body,
            text=row.key,
            status="" if row.author == "customer" else row.status,
            due_at=row.due_at,
            why=_why_not(row),
            draft=(row.reading or {}).get("draft", ""),
            understood=_understood(row.reading or {}),
            attached=tuple(came.get(_event_of(row.key), ()) if row.author == "customer" else sent.get(row.id, ())),
        )


def _why_not(row: models.Message) -> str:
    """What hindered the text; before what the provider says of it in its own words stands what that means in ours."""
    told = WHY_NOT.get(row.detail or row.failure, row.detail or row.failure.replace("_", " "))
    means = WHY_NOT.get(row.failure, "") if row.failure != "unknown" and row.status != "withdrawn" else ""
    return told if not means or told == means else f"{means} {told}"


def _understood(reading: dict[str, Any]) -> Understood | None:
    if not reading:
        return None
    return Understood(
        intent=reading.get("intent", "other"),
        urgency=reading.get("urgency", "unknown"),
        evidence=tuple(reading.get("evidence", ())) or (told(reading.get("slots") or {}),),
    )


_OF_TEXTS = (
    "author", "body", "created_at", "detail", "due_at", "failure", "key", "member__name", "reading", "sent_at",
    "status",
)  # fmt: skip
"""Half of a text's columns are for whoever sends it."""


def _event_of(key: str) -> int:
    """The event a text of theirs is; its key is written by `workflow.effects`."""
    return ids.read(key.removeprefix("in:")) or 0


_AUTHORS: dict[str, tuple[Kind, str]] = {
    "customer": ("text_in", "Text in"),
    "machine": ("text_out", "Automatic text"),
    "staff": ("text_staff", "Text sent by staff"),
}


def _todos(conversations: Sequence[int]) -> Iterator[Row]:
    rows = models.Todo.objects.filter(conversation_id__in=conversations).select_related("closed_by").order_by("id")
    for row in rows.only("closed_at", "closed_by__name", "due_at", "opened_at", "outcome", "title", "urgent"):
        yield Row(
            id=f"todo-{row.id}",
            at=row.opened_at,
            kind="todo",
            title=f"To-do: {row.title}",
            detail=_closed(row),
            due_at=row.due_at,
            open=row.closed_at is None,
            urgent=row.urgent,
        )


def _closed(row: models.Todo) -> str:
    if row.closed_at is None:
        return ""
    return f"Closed by {row.closed_by or 'itself'}: {row.outcome.replace('_', ' ')}"


def _pages(conversations: Sequence[int]) -> Iterator[Row]:
    rows = models.Page.objects.filter(conversation_id__in=conversations).select_related("taken_by").order_by("id")
    pages = list(rows.only("ended", "opened_at", "summary", "taken_at", "taken_by__name"))
    for row in pages:
        yield Row(
            id=f"page-{row.id}",
            at=row.opened_at,
            kind="page",
            title="Woke the person on call",
            detail=row.summary,
            open=row.taken_at is None,
            urgent=True,
        )
    for woken in timeline_wakes.of_pages([row.id for row in pages]):
        yield Row(id=woken.id, at=woken.at, kind="wake", title=woken.title, detail=woken.detail, status=woken.status)
    for row in pages:
        if row.taken_at is not None:
            yield Row(id=f"taken-{row.id}", at=row.taken_at, kind="wake", title=_settled(row))


def _settled(page: models.Page) -> str:
    if page.taken_by is not None:
        return f"{page.taken_by} took it"
    return "The customer was reached" if page.ended == "reached" else "Nobody had to come any more"


def _appointments(conversations: Sequence[int]) -> Iterator[Row]:
    rows = models.Appointment.objects.filter(conversation_id__in=conversations).exclude(status="held")
    rows = rows.filter(hold_until__isnull=True).select_related("member").order_by("id")
    for row in rows.only("created_at", "during", "member__name", "status"):
        yield Row(
            id=f"appointment-{row.id}",
            at=row.created_at,
            kind="appointment",
            title="Appointment booked",
            detail=f"With {row.member.name}",
            due_at=row.during.lower,
            status=row.status,
        )


def _money(conversations: Sequence[int]) -> Iterator[Row]:
    """What was sold, when it was; what was said of it later stands at its own time."""
    entries = {entry.id: entry for entry in reversed(money.of_conversations(conversations))}
    backs = {entry.of: entry for entry in entries.values() if entry.of is not None}
    changes = {
        entry.id: backs[entry.instead_of]
        for entry in entries.values()
        if entry.instead_of and entry.instead_of in backs
    }
    # In the row of the change itself.
    told = {back.id for id, back in changes.items() if back.is_change(entries[id], entries[back.of or 0])}
    for entry in entries.values():
        said = amount(abs(entry.cents), entry.currency)
        counts = entry.of is None
        row = Row(
            id=f"money-{entry.id}",
            at=entry.at,
            kind="money",
            title=f"Sold: {said}" if counts else f"Taken back: {said}",
            detail=entry.rests_on if counts else entry.why_taken_back,
            status="superseded" if counts and entry.taken_back else "",
            open=counts and not entry.taken_back,
            entry=entry,
        )
        if entry.id in changes:
            yield _changed(row, entry, changes[entry.id], entries[entry.instead_of or 0])
        elif entry.id not in told:
            yield row


def _changed(row: Row, entry: Entry, back: Entry, before: Entry) -> Row:
    """What somebody said later of an amount that had been entered, and when."""
    who = entry.by or "Somebody"
    was, stands = amount(before.cents, before.currency), amount(entry.cents, entry.currency)
    detail = entry.rests_on
    is_change = back.is_change(entry, before)
    if is_change and back.evidence.startswith(evidence.CORRECTED):
        why = back.evidence.removeprefix(evidence.corrected(was, stands, "")).strip()
        detail = f"{why.rstrip('.')}. {detail}" if why else detail
        title = f"{who} corrected {was} to {stands}" if was != stands else f"{who} corrected the entry of {was}"
    elif is_change and back.evidence.startswith(evidence.REFUNDED):
        title = f"{who} gave back a part of {was}: {stands} stay"
    else:
        title = f"{who} took that back: {stands} counts again"
    return replace(row, at=entry.entered_at, title=title, detail=detail, status="", back=back if is_change else None)


def _watched(conversations: Sequence[int]) -> Iterator[Row]:
    """What they did with the videos they were sent; of marks of one moment only the last is told."""
    rows = models.Watched.objects.filter(showing__conversation_id__in=conversations).order_by("id")
    rows = rows.select_related("showing__video").only("at", "showing__video__title", "what")
    last = {(row.showing_id, row.at): row for row in rows}
    for row in last.values():
        title = row.showing.video.title
        yield Row(id=f"video-{row.id}", at=row.at, kind="video", title=MARKS[row.what], detail=title)


def _notes(conversations: Sequence[int]) -> Iterator[Row]:
    rows = models.Note.objects.filter(conversation_id__in=conversations, removed_at__isnull=True)
    for row in rows.select_related("member").only("at", "body", "kind", "member__name").order_by("id"):
        who = row.member.name if row.member else "Somebody"
        if row.kind == "note":
            yield Row(id=f"note-{row.id}", at=row.at, kind="note", title=who, detail=row.body)
        elif row.kind in AT_THE_DESK:
            said = "replanned" if row.kind == "planned" and not row.body else row.kind
            to_whom = {"nobody": f"{said}_nobody", who: f"{said}_self"}.get(row.body, said)
            title = AT_THE_DESK.get(to_whom, AT_THE_DESK[said]).format(who=who, what=row.body)
            yield Row(id=f"note-{row.id}", at=row.at, kind="desk", title=title)
