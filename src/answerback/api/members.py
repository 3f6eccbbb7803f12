"""The people who work there: invite them, change what they may do, let them go. Only in the name of an owner."""

from dataclasses import dataclass
from typing import Annotated, Literal

from django.urls import reverse
from ninja import Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Bound, Id, Number
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.store import models
from answerback.store.queries.told.desk import AUDIT_ENTRIES, AuditEntry
from answerback.store.queries.told.setup import MEMBERS, Member
from answerback.workflow import audit, people, phones, sign_ins, ways_in

router = Router(tags=["Members"])

GivenRole = Literal["owner", "manager", "desk", "technician"]
Address = Annotated[str, Field(max_length=254, pattern=r"^[^@\s\u0000]+@[^@\s\u0000]+\.[^@\s\u0000]+$")]
FullName = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]


class NewMember(Asked):
    """Somebody new."""

    name: FullName
    email: Address
    role: GivenRole
    phone: Number | None = None


class MemberChange(Asked):
    """What is to be changed; what is left out stays."""

    role: GivenRole | None = None
    phone: Number | None = None
    on_call: bool | None = None


class PhoneCode(Asked):
    """The code a member read from their phone; without one a new code is texted there."""

    code: Annotated[str, Field(max_length=12, pattern=r"^[0-9 ]*$")] = ""


class Invited(Asked):
    """The member, and the link by which they join, shown this once. It works for seven days."""

    member: Member
    link: str


class WhichEntries(Paged):
    """Which entries."""

    since: Bound | None = None


@dataclass(frozen=True, slots=True)
class SignedOut:
    """Whether they could sign in at all."""

    signed_out: bool


@reads(router, "/members", "settings:read", page_of(Member))
def list_members(request: ApiRequest, paged: Query[Paged]) -> dict[str, object]:
    """The people who work there."""
    return page(MEMBERS, request.auth.business, paged)


@reads(router, "/members/{int:id}", "settings:read", Member)
def get_member(request: ApiRequest, id: Id) -> Member:
    """One member."""
    return MEMBERS.one(request.auth.business, id)


@acts(router, "/members", "members:write", Invited, status=201, act="people")
def invite_member(request: ApiRequest, new: NewMember) -> dict[str, object]:
    """Invite somebody. Nothing is mailed: hand the link on."""
    row, token = people.invite(request.auth.business, new.name.strip(), new.email, new.role, phone=new.phone or "")
    return _invited(request, row, token)


@acts(router, "/members/{int:id}/join-link", "members:write", Invited, act="people")
def make_join_link(request: ApiRequest, id: Id) -> dict[str, object]:
    """Make a new link for somebody who has not joined yet; the old one stops working."""
    row = _member(request, id)
    return _invited(request, row, people.make_link(row))


@acts(router, "/members/{int:id}", "members:write", Member, method="PATCH", act="people")
def change_member(request: ApiRequest, id: Id, change: MemberChange) -> Member:
    """Give somebody another role, phone, or turn on call."""
    row = _member(request, id)
    people.check_phone(row.business_id, change.phone or "")  # before the role is another
    if change.role is not None and change.role != row.role:
        was = row.role
        people.set_role(row, change.role)
        setattr(request, audit.DETAIL, f"{was}>{change.role}")
    if change.phone is not None or change.on_call is not None:
        phone = row.phone if change.phone is None else change.phone
        people.set_phone(row, phone, on_call=row.on_call if change.on_call is None else change.on_call)
    return MEMBERS.one(request.auth.business, id)


@acts(router, "/members/{int:id}/phone-code", "members:write", Member, act="people")
def confirm_member_phone(request: ApiRequest, id: Id, given: PhoneCode) -> Member:
    """Confirm a member's phone by the code that was texted to it, or have a new code texted."""
    row = _member(request, id)
    if given.code.strip():
        phones.enter(row.id, given.code)
    else:
        phones.ask(row.id)
    return MEMBERS.one(request.auth.business, id)


@acts(router, "/members/{int:id}", "members:write", None, method="DELETE", status=204, act="people")
def let_member_go(request: ApiRequest, id: Id) -> None:
    """Take somebody out. What they did stays; the last owner cannot go."""
    people.let_go(_member(request, id))


@acts(router, "/members/{int:id}/sign-out", "members:write", SignedOut, act="people")
def sign_member_out(request: ApiRequest, id: Id) -> SignedOut:
    """Sign every browser of somebody out."""
    row = _member(request, id)
    if row.user_id is not None:
        sign_ins.end_all(row.user_id)
    return SignedOut(row.user_id is not None)


@reads(router, "/audit-entries", "audit:read", page_of(AuditEntry), act="audit")
def list_audit_entries(request: ApiRequest, which: Query[WhichEntries]) -> dict[str, object]:
    """Who looked at, took out or changed what, the newest first."""
    return page(AUDIT_ENTRIES, request.auth.business, which, since=which.since)


def _member(request: ApiRequest, id: int) -> models.Member:
    return models.Member.objects.get(id=MEMBERS.one(request.auth.business, id).id)


def _invited(request: ApiRequest, row: models.Member, token: str) -> dict[str, object]:
    link = f"{ways_in.root(business=row.business_id)}{reverse('console:join', args=[token])}"
    return {"member": MEMBERS.one(request.auth.business, row.id), "link": link}
