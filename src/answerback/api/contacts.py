"""Contacts, which of them are one person, what they may ask for, and numbers that said stop."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Annotated, Literal

from django.http import StreamingHttpResponse
from ninja import Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Bound, Day, Email, Id, Name, Number, RowId, Sentence
from answerback.api.operations import acts, hands_out, page_of, reads
from answerback.api.paging import Paged, page
from answerback.store.queries import contacts
from answerback.store.queries.told.people import (
    CONTACTS,
    MERGES,
    OPT_OUTS,
    OTHER_PEOPLE,
    Contact,
    Merge,
    OptOut,
    OtherPerson,
)
from answerback.workflow import address_book, archives, contact_desk, erasure, written_consent
from answerback.workflow.actors import NotAllowed
from answerback.workflow.written_consent import Written

router = Router(tags=["Contacts"])


class WhichContacts(Paged):
    """Which contacts. `stopped` are those who said stop."""

    number: Number | None = None
    email: Email | None = None
    stopped: bool | None = None
    since: Bound | None = None


class WhichOptOuts(Paged):
    """Which opt-outs. `standing` are those that were not lifted."""

    number: Number | None = None
    standing: bool | None = None
    since: Bound | None = None


class ContactChange(Asked):
    """What is to be changed; what is left out stays."""

    name: Name | None = None
    email: Email | None = None


class Stop(Asked):
    """A number that said stop somewhere else, and what shows it."""

    number: Number
    evidence: Sentence = ""


class WhichPeople(Paged):
    """Of which contact."""

    contact: RowId | None = None


class NewPerson(Asked):
    """Somebody else who calls from this number."""

    name: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
    note: Annotated[str, Field(max_length=200, pattern=r"^[^\u0000]*$")] = ""


class AgreedInWriting(Asked):
    """Who agreed, on which day, how, to which words, and where the original lies."""

    name: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
    on: Day
    way: Literal["paper", "web", "email", "text"]
    words: Annotated[str, Field(min_length=20, max_length=4000, pattern=r"^[^\u0000]*$")]
    kept: Annotated[str, Field(max_length=120, pattern=r"^[^\u0000]*$")] = ""


class TheOther(Asked):
    """The other contact."""

    contact_id: RowId


class Sure(Asked):
    """The last four digits of the number, so that nobody is erased by mistake."""

    digits: Annotated[str, Field(pattern=r"^[0-9]{4}$", max_length=4)]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two contacts that may be one person, and what they share: `address` or `name`."""

    first_id: int
    second_id: int
    shares: str
    value: str


class Pairs(Asked):
    """Contacts that may be one person, at most a hundred pairs."""

    items: list[Pair]


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


@acts(router, "/contacts/{int:id}/agreed-in-writing", "contacts:write", Contact)
def keep_written_consent(request: ApiRequest, id: Id, agreed: AgreedInWriting) -> Contact:
    """Keep that somebody agreed in writing to be texted. The record is never edited; a stop ends it."""
    there = CONTACTS.one(request.auth.business, id)
    said = Written(name=agreed.name, on=agreed.on, way=agreed.way, words=agreed.words, kept=agreed.kept)
    written_consent.record(there.id, request.auth.actor, said)
    return CONTACTS.one(request.auth.business, id)


@reads(router, "/people", "contacts:read", page_of(OtherPerson))
def list_people(request: ApiRequest, which: Query[WhichPeople]) -> dict[str, object]:
    """Who else calls from contacts' numbers."""
    return page(OTHER_PEOPLE, request.auth.business, which, contact=which.contact)


@acts(router, "/contacts/{int:id}/people", "contacts:write", OtherPerson, status=201)
def add_person(request: ApiRequest, id: Id, new: NewPerson) -> OtherPerson:
    """Note that somebody else calls from this number too."""
    there = CONTACTS.one(request.auth.business, id)
    address_book.add_person(there.id, new.name, new.note)
    return OTHER_PEOPLE.page(request.auth.business, {"contact": there.id}, rows=1)[0]


@acts(router, "/people/{int:id}", "contacts:write", None, method="DELETE", status=204)
def remove_person(request: ApiRequest, id: Id) -> None:
    """Note that they do not call from this number after all."""
    person = OTHER_PEOPLE.one(request.auth.business, id)
    address_book.remove_person(person.contact_id, person.id)


@reads(router, "/contacts/duplicates", "contacts:read", Pairs)
def list_duplicates(request: ApiRequest) -> dict[str, object]:
    """Contacts that may be one person, because they share a name or an address."""
    pairs = contacts.duplicates(request.auth.business)
    return {"items": [Pair(each.first, each.second, each.shares, each.value) for each in pairs]}


@reads(router, "/merges", "contacts:read", page_of(Merge))
def list_merges(request: ApiRequest, paged: Query[Paged]) -> dict[str, object]:
    """Which contacts were said to be one person, the newest first."""
    return page(MERGES, request.auth.business, paged)


@acts(router, "/contacts/{int:id}/merge", "contacts:write", Merge, status=201)
def merge_contacts(request: ApiRequest, id: Id, other: TheOther) -> Merge:
    """Say that the other contact is the same person. Each number keeps what it had, so it can be taken back."""
    kept, gone = (CONTACTS.one(request.auth.business, each) for each in (id, other.contact_id))
    return MERGES.one(request.auth.business, address_book.merge(kept.id, gone.id, request.auth.actor))


@acts(router, "/merges/{int:id}/undo", "contacts:write", Merge)
def undo_merge(request: ApiRequest, id: Id) -> Merge:
    """Say that they are two people after all."""
    address_book.undo(MERGES.one(request.auth.business, id).id)
    return MERGES.one(request.auth.business, id)


@acts(router, "/contacts/{int:id}/apart", "contacts:write", None, status=204)
def keep_contacts_apart(request: ApiRequest, id: Id, other: TheOther) -> None:
    """Say that they are two people, so that nobody is asked again."""
    one, two = (CONTACTS.one(request.auth.business, each) for each in (id, other.contact_id))
    address_book.keep_apart(one.id, two.id)


@acts(router, "/contacts/{int:id}/erase", "contacts:write", None, status=204, act="erase")
def erase_contact(request: ApiRequest, id: Id, sure: Sure) -> None:
    """Forget a person for good, under every number of theirs. That they said stop is kept without the number.

    Only in the name of an owner.
    """
    there = CONTACTS.one(request.auth.business, id)
    if not there.number.endswith(sure.digits):
        raise NotAllowed("Nothing was erased: these are not the last four digits of the number.")
    for each in contacts.numbers(there.id):
        if each.number.startswith("+"):
            erasure.erase(request.auth.business, each.number)


@hands_out(router, "/contacts/{int:id}/everything", "export:read", "application/zip")
def export_contact(request: ApiRequest, id: Id) -> StreamingHttpResponse:
    """Everything that is known of one person, as a zip: what they may ask for (docs/export.md)."""
    there = CONTACTS.one(request.auth.business, id)
    return _zip(lambda file: archives.write_contact(there.id, file), f"contact-{id}.zip")


@hands_out(router, "/everything", "export:read", "application/zip")
def export_everything(request: ApiRequest) -> StreamingHttpResponse:
    """The whole business as a zip that a fresh installation takes in (docs/export.md)."""
    business = request.auth.business
    return _zip(lambda file: archives.write_business(business, file), "answerback.zip")


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


def _zip(write: Callable[[IO[bytes]], object], name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(_pieces(write), content_type="application/zip", headers=headers)


def _pieces(write: Callable[[IO[bytes]], object]) -> Iterator[bytes]:
    """The zip is written whole first, from one moment's state, and sent in pieces."""
    with tempfile.TemporaryFile() as file:
        write(file)
        file.seek(0)
        while piece := file.read(256 * 1024):
            yield piece
