"""What programs can be told: each kind of notice, in words for the owner, and the shape it carries.

The shapes are those of the API (`store.queries.told`): who knows one knows the other.
"""

from typing import Any

from answerback.store.queries.told.leads import LEADS, REVENUE
from answerback.store.queries.told.listing import Listing
from answerback.store.queries.told.people import CONTACTS, OPT_OUTS
from answerback.store.queries.told.setup import PLAYBOOKS
from answerback.store.queries.told.talk import CALLS, CONVERSATIONS, MESSAGES, VOICEMAILS
from answerback.store.queries.told.work import APPOINTMENTS, PAGES, TODOS

TEST = "test"
"""The kind of a notice that a person sends to try an address."""

KINDS = {
    "lead.created": "A missed call, a text or a form became a lead",
    "lead.status_changed": "A lead was contacted, qualified, booked, won or lost",
    "lead.updated": "Something else of a lead changed: service, urgency, answers",
    "call.ended": "A call is over",
    "voicemail.left": "A caller left a voicemail",
    "message.received": "A customer texted",
    "message.sent": "A text of ours left",
    "message.delivered": "A text of ours arrived",
    "message.failed": "A text of ours did not arrive",
    "conversation.taken_over": "A person took a conversation over",
    "conversation.handed_back": "A conversation was handed back to the machine",
    "appointment.booked": "An appointment was booked",
    "appointment.moved": "An appointment was moved",
    "appointment.cancelled": "An appointment was given up",
    "appointment.ended": "An appointment took place, or nobody was there",
    "revenue.entered": "Money was entered for a lead",
    "revenue.taken_back": "Money was taken back",
    "todo.opened": "A person is asked to do something",
    "todo.closed": "It was done",
    "page.opened": "The person on call is woken",
    "page.taken": "Somebody took the case",
    "contact.created": "Somebody got in touch for the first time",
    "contact.updated": "A contact's name or e-mail address changed",
    "opt_out.created": "Somebody said stop",
    "opt_out.lifted": "Somebody said start again",
    "playbook.published": "A playbook was published",
}

SHAPES: dict[str, Listing[Any]] = {
    "lead": LEADS,
    "call": CALLS,
    "voicemail": VOICEMAILS,
    "message": MESSAGES,
    "conversation": CONVERSATIONS,
    "appointment": APPOINTMENTS,
    "revenue": REVENUE,
    "todo": TODOS,
    "page": PAGES,
    "contact": CONTACTS,
    "opt_out": OPT_OUTS,
    "playbook": PLAYBOOKS,
}

SEEN_BY = {
    "lead": "leads:read",
    "call": "conversations:read",
    "voicemail": "conversations:read",
    "message": "conversations:read",
    "conversation": "conversations:read",
    "appointment": "calendar:read",
    "revenue": "leads:read",
    "todo": "conversations:read",
    "page": "conversations:read",
    "contact": "contacts:read",
    "opt_out": "contacts:read",
    "playbook": "playbooks:read",
}
"""The scope with which a program may read each shape: without it, it lets nobody be told of it either."""


def scope_of(kind: str) -> str:
    """What a program must be allowed to read before it may have this told; empty for a test."""
    return SEEN_BY.get(kind.partition(".")[0], "")


def shape_of(kind: str) -> Listing[Any]:
    """What a notice of this kind carries."""
    return SHAPES[kind.partition(".")[0]]
