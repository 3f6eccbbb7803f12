"""Conversations: what was said and why, and what people do about it."""

from typing import Annotated, Literal

from ninja import Path, Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Body, Bound, Id, Number, RowId
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.engine.events import NumberIs
from answerback.engine.state import Phase
from answerback.store.queries import timeline
from answerback.store.queries.told.talk import (
    CALLS,
    CONVERSATIONS,
    MESSAGES,
    RECEIPTS,
    Call,
    Conversation,
    Message,
    Receipt,
)
from answerback.workflow import desk, mistakes, verdicts

router = Router(tags=["Conversations"])

Link = Annotated[str, Field(max_length=500, pattern=r"^https://[^\s\u0000]+$")]
CallKey = Annotated[str, Path(min_length=1, max_length=200, pattern=r"^[^\u0000]+$")]


class WhichConversations(Paged):
    """Which conversations."""

    contact: RowId | None = None
    number: Number | None = None
    phase: Phase | None = None
    open: bool | None = None
    changed_since: Bound | None = None


class WhichMessages(Paged):
    """Which texts."""

    conversation: RowId | None = None
    author: Literal["customer", "machine", "staff", "page"] | None = None
    since: Bound | None = None


class Within(Paged):
    """Of which conversation, and since when."""

    conversation: RowId | None = None
    since: Bound | None = None


class Timeline(Asked):
    """Everything that happened in a conversation, oldest first."""

    items: list[timeline.Row]


class Text(Asked):
    """A text to the customer. `media` are https links to pictures; `sure` answers in the place of who has them."""

    body: Body
    media: Annotated[list[Link], Field(max_length=10)] = []
    sure: bool = False


class CalledBack(Asked):
    """Somebody phoned the customer by other means than ours; did they talk?"""

    talked: bool


class Correction(Asked):
    """What really became of a call: a person took it, nobody did, or the phone's own voicemail."""

    came: Literal["served", "missed", "voicemail"]


class Whose(Asked):
    """Whose number it is: only a customer's is ever texted."""

    number_is: NumberIs


@reads(router, "/conversations", "conversations:read", page_of(Conversation))
def list_conversations(request: ApiRequest, which: Query[WhichConversations]) -> dict[str, object]:
    """The conversations of the business, the newest first."""
    return page(
        CONVERSATIONS,
        request.auth.business,
        which,
        contact=which.contact,
        number=which.number,
        phase=which.phase,
        open=which.open,
        changed_since=which.changed_since,
    )


@reads(router, "/conversations/{int:id}", "conversations:read", Conversation)
def get_conversation(request: ApiRequest, id: Id) -> Conversation:
    """One conversation."""
    return CONVERSATIONS.one(request.auth.business, id)


@reads(router, "/conversations/{int:id}/timeline", "conversations:read", Timeline, said=True)
def get_timeline(request: ApiRequest, id: Id) -> dict[str, object]:
    """Everything that happened in a conversation in plain words: calls, texts, reasons, to-dos, appointments, money."""
    there = CONVERSATIONS.one(request.auth.business, id)
    return {"items": list(timeline.of_conversation(there.id))}


@reads(router, "/messages", "conversations:read", page_of(Message), said=True)
def list_messages(request: ApiRequest, which: Query[WhichMessages]) -> dict[str, object]:
    """Texts in and out, the newest first."""
    only = {"conversation": which.conversation, "author": which.author, "since": which.since}
    return page(MESSAGES, request.auth.business, which, **only)


@reads(router, "/messages/{int:id}", "conversations:read", Message, said=True)
def get_message(request: ApiRequest, id: Id) -> Message:
    """One text, with where it stands."""
    return MESSAGES.one(request.auth.business, id)


@reads(router, "/calls", "conversations:read", page_of(Call))
def list_calls(request: ApiRequest, which: Query[Within]) -> dict[str, object]:
    """Calls that are over, the newest first."""
    return page(CALLS, request.auth.business, which, conversation=which.conversation, since=which.since)


@reads(router, "/receipts", "leads:read", page_of(Receipt))
def list_receipts(request: ApiRequest, which: Query[Within]) -> dict[str, object]:
    """Why texts were sent or not: our decision receipts, the newest first."""
    return page(RECEIPTS, request.auth.business, which, conversation=which.conversation, since=which.since)


@acts(router, "/conversations/{int:id}/messages", "conversations:write", Message, status=201)
def send_message(request: ApiRequest, id: Id, text: Text) -> Message:
    """Text the customer. This takes the conversation over: the machine is silent until it is handed back.

    Refused for a number that said stop, and where another person has the conversation, unless `sure`. The text is
    queued; ask for it again to see where it stands.
    """
    there = CONVERSATIONS.one(request.auth.business, id)
    desk.text(there.id, request.auth.actor, text.body, text.media, sure=text.sure)
    return MESSAGES.page(request.auth.business, {"conversation": there.id, "author": "staff"}, rows=1)[0]


@acts(router, "/conversations/{int:id}/take-over", "conversations:write", Conversation)
def take_over(request: ApiRequest, id: Id) -> Conversation:
    """Take a conversation: the machine is silent from here on."""
    there = CONVERSATIONS.one(request.auth.business, id)
    desk.take_over(there.id, request.auth.actor)
    return CONVERSATIONS.one(request.auth.business, id)


@acts(router, "/conversations/{int:id}/hand-back", "conversations:write", Conversation)
def hand_back(request: ApiRequest, id: Id) -> Conversation:
    """Give a conversation back: the machine may speak again, and says nothing by itself."""
    there = CONVERSATIONS.one(request.auth.business, id)
    desk.hand_back(there.id, request.auth.actor)
    return CONVERSATIONS.one(request.auth.business, id)


@acts(router, "/conversations/{int:id}/called-back", "conversations:write", Conversation)
def note_call(request: ApiRequest, id: Id, called: CalledBack) -> Conversation:
    """Note that somebody phoned the customer by other means than ours. Who talked with them has the conversation."""
    there = CONVERSATIONS.one(request.auth.business, id)
    desk.called_back(there.id, request.auth.actor, there.line, talked=called.talked)
    return CONVERSATIONS.one(request.auth.business, id)


@acts(router, "/conversations/{int:id}/stop", "conversations:write", Conversation)
def note_stop(request: ApiRequest, id: Id) -> Conversation:
    """Note that the customer told a person to stop the texts."""
    there = CONVERSATIONS.one(request.auth.business, id)
    mistakes.told_to_stop(there.id, request.auth.actor)
    return CONVERSATIONS.one(request.auth.business, id)


@acts(router, "/conversations/{int:id}/calls/{call}/correction", "conversations:write", Conversation)
def correct_call(request: ApiRequest, id: Id, call: CallKey, correction: Correction) -> Conversation:
    """Say what really became of a call; it counts at once."""
    there = CONVERSATIONS.one(request.auth.business, id)
    by_voicemail = correction.came == "voicemail"
    came: Literal["served", "missed"] = "served" if correction.came == "served" else "missed"
    verdicts.correct_call(there.id, request.auth.actor, call, came, by_voicemail=by_voicemail)
    return CONVERSATIONS.one(request.auth.business, id)


@acts(router, "/conversations/{int:id}/number-is", "conversations:write", Conversation)
def mark_number(request: ApiRequest, id: Id, whose: Whose) -> Conversation:
    """Say whose number it is, once and for every call to come."""
    there = CONVERSATIONS.one(request.auth.business, id)
    verdicts.mark_number(there.id, request.auth.actor, whose.number_is)
    return CONVERSATIONS.one(request.auth.business, id)
