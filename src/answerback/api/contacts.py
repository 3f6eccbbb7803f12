"""Contacts, and numbers that said stop."""

from ninja import Query, Router

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Email, Id, Moment, Name, Number, Sentence
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.store.queries.told.people import CONTACTS, OPT_OUTS, Contact, OptOut
from answerback.workflow import contact_desk

router = Router(tags=["Contacts"])


class WhichContacts(Paged):
    """Which contacts. `stopped` are those who said stop."""

    number: Number | None = None
    email: Email | None = None
    stopped: bool | None = None
    since: Moment | None = None


class WhichOptOuts(Paged):
    """Which opt-outs. `standing` are those that were not lifted."""

    number: Number | None = None
    standing: bool | None = None
    since: Moment | None = None


class ContactChange(Asked):
    """What is to be changed; what is left out stays."""

    name: Name | None = None
    email: Email | None = None


class Stop(Asked):
    """A number that said stop somewhere else, and what shows it."""

    number: Number
    evidence: Sentence = ""


@reads(router, "/contacts", "contacts:read", page_of(Contact))
def list_contacts(request: ApiRequest, which: Query[WhichContacts]) -> dict[str, object]:
    """The contacts of the business, the newest first. Look one up by `number`."""
    only = {"number": which.number, "email": which.email, "stopped": which.stopped, "since": which.since}
    return page(CONTACTS, request.auth.business, which, **only)


@reads(router, "/contacts/{int:id}", "contacts:read", Contact)
def get_contact(request: ApiRequest, id: Id) -> Contact:
    """One contact."""
    return CONTACTS.one(request.auth.business, id)


@acts(router, "/contacts/{int:id}", "contacts:write", Contact, method="PATCH")
def change_contact(request: ApiRequest, id: Id, change: ContactChange) -> Contact:
    """Change what is known of a contact."""
    contact = CONTACTS.one(request.auth.business, id)
    contact_desk.change(contact.id, name=change.name, email=change.email)
    return CONTACTS.one(request.auth.business, id)


@reads(router, "/opt-outs", "contacts:read", page_of(OptOut))
def list_opt_outs(request: ApiRequest, which: Query[WhichOptOuts]) -> dict[str, object]:
    """Who said stop, the newest first. Only the person themselves can lift it, by texting START."""
    only = {"number": which.number, "standing": which.standing, "since": which.since}
    return page(OPT_OUTS, request.auth.business, which, **only)


@acts(router, "/opt-outs", "contacts:write", OptOut, status=201)
def add_opt_out(request: ApiRequest, stop: Stop) -> OptOut:
    """Note that a number said stop somewhere else; no text goes to it from now on. One that stands already is answered
    as it is.
    """
    contact_desk.stop(request.auth.business, stop.number, request.auth.actor, stop.evidence)
    (standing,) = OPT_OUTS.page(request.auth.business, {"number": stop.number, "standing": True})
    return standing
