"""Commands of other programs, by phone number: what a website, an invoice program or a help desk knows of a customer.

Each takes what such a program has at hand, so that a Zap, a scenario or a workflow needs one step and no look-up.
"""

import re
from typing import Annotated

from ninja import Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Cents, Email, Moment, Name, Number, Sentence, Word
from answerback.api.operations import acts
from answerback.api.problems import Problem
from answerback.store.queries.told.leads import LEADS, Lead
from answerback.store.queries.told.talk import CONVERSATIONS, Conversation
from answerback.workflow import desk, web_leads
from answerback.workflow.desk import Money
from answerback.workflow.web_leads import Inquiry

router = Router(tags=["Commands"])

Words = Annotated[str, Field(min_length=2, max_length=240, pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]

_NO_WORD = re.compile(r"[^a-z0-9]+")


class Agreement(Asked):
    """That somebody agreed in writing to be texted: when, and the words beside the box they ticked."""

    at: Moment
    words: Words


class FormSent(Asked):
    """A form somebody filled in. `answers` holds what else it asked, by its name; `source` is where it stands.

    `agreement` is what they agreed to about texts: send it only where they ticked a box or signed.
    """

    number: Number
    name: Name = ""
    email: Email = ""
    message: Sentence = ""
    source: Word = ""
    answers: Annotated[dict[str, Sentence], Field(max_length=30)] = {}
    agreement: Agreement | None = None


class Sold(Asked):
    """A job that was sold to whoever has this number. `job` is your own number of it, its invoice or its receipt, and
    counts once; `evidence` is what else shows the amount.
    """

    number: Number
    cents: Cents
    job: Word = ""
    evidence: Sentence = ""


class Paused(Asked):
    """Whom the machine shall leave alone."""

    number: Number


@acts(router, "/commands/create-lead", "leads:write", Lead, status=201)
def create_lead(request: ApiRequest, form: FormSent) -> Lead:
    """Make a lead of a form, and ask a person to call within fifteen minutes of opening hours.

    Nobody is texted because of a form alone. With an `agreement`, and where the playbook has a greeting for forms
    (`greet: form`), the first text goes out at once, under the same rules as after a missed call. Somebody who is a
    lead already stays that one lead, and two forms in a row ask for one call.
    """
    inquiry = Inquiry(
        number=form.number,
        name=form.name.strip(),
        email=form.email,
        message=form.message.strip(),
        source=form.source.strip(),
        answers={_slot(asked): said for asked, said in form.answers.items()},
        agreed=" ".join(form.agreement.words.split()) if form.agreement else "",
        sent_at=form.agreement.at if form.agreement else None,
    )
    conversation = web_leads.take_in(request.auth.business, inquiry)
    return LEADS.page(request.auth.business, {"conversation": conversation})[0]


@acts(router, "/commands/mark-sold", "leads:write", Lead)
def mark_sold(request: ApiRequest, sold: Sold) -> Lead:
    """Mark the newest lead of a number as won, with what it brought."""
    leads = LEADS.page(request.auth.business, {"number": sold.number}, rows=1)
    if not leads:
        raise Problem(404, "not_found", f"There is no lead with the number {sold.number}.")
    money = Money(cents=sold.cents, job=sold.job.strip(), evidence=sold.evidence)
    desk.mark_outcome(leads[0].conversation_id, request.auth.actor, "won", sold.evidence, money)
    return LEADS.one(request.auth.business, leads[0].id)


@acts(router, "/commands/pause-contact", "contacts:write", Conversation)
def pause_contact(request: ApiRequest, paused: Paused) -> Conversation:
    """Silence the machine towards a number: no text leaves by itself until the conversation is handed back."""
    conversation = web_leads.pause(request.auth.business, paused.number, request.auth.actor)
    return CONVERSATIONS.one(request.auth.business, conversation)


def _slot(asked: str) -> str:
    """The name of a form's field as the name of an answer: `Your city` is `your_city`."""
    return _NO_WORD.sub("_", asked.casefold()).strip("_")[:40] or "other"
