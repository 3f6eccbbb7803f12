"""Lets people in and out: join links, roles, leaving. Nobody signs up without a link somebody in charge made.

A business always keeps one owner who can sign in; what would leave it without one is refused.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
from django.db import IntegrityError

from answerback.store import models
from answerback.store.queries.leaving import Held
from answerback.store.queries.rows import Cursor
from answerback.store.roles import ROLES, Role
from answerback.workflow import clock, leaving, sign_ins, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo
from answerback.workflow.refusals import Refusal

LINK_LIVES = timedelta(days=7)


class NotPossible(Refusal):
    """What is asked cannot be done; the message says why and what to do, to the person who asked.

    `field` is what of a member it is about: `email`, `phone`, or empty.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Whom a link let in, and the business they came into (None where it has yet to be set up)."""

    user: models.User
    business: int | None


def invite(business: int, name: str, email: str, role: Role, *, phone: str = "") -> tuple[models.Member, str]:
    """A member who can join with the token that is returned; it is shown once. Raises `NotPossible`."""
    if role not in ROLES or role == "agency":
        raise NotPossible("Choose one of the roles.")
    email = _not_yet_here(business, email)
    check_phone(business, phone)
    member = models.Member.objects.create(business_id=business, name=name, email=email, role=role, phone=phone)
    return member, make_link(member)


def set_email(member: models.Member, email: str) -> models.Member:
    """Whoever was entered without an address gets one to sign in with; returns them. Raises `NotPossible`."""
    email = _not_yet_here(member.business_id, email)
    if not models.Member.objects.filter(id=member.id, email="", user__isnull=True).update(email=email):
        raise NotPossible(f"{member.name} has an e-mail address to sign in with already.")
    return models.Member.objects.get(id=member.id)


def _not_yet_here(business: int, email: str) -> str:
    email = email.strip().lower()
    if models.Member.objects.filter(business=business, email__iexact=email, left_at__isnull=True).exists():
        raise NotPossible(f"{email} is a member here already. Make a new link beside the name instead.", "email")
    return email


def set_phone(member: models.Member, phone: str, *, on_call: bool) -> None:
    """Where this member is woken, and whether they are on call at all. Raises `NotPossible`."""
    check_phone(member.business_id, phone)
    models.Member.objects.filter(id=member.id).update(phone=phone, on_call=on_call)


def check_phone(business: int, phone: str) -> None:
    """Raises `NotPossible` for a line: it is answered by the machine, and whoever is woken there would never wake."""
    if phone and models.Line.objects.filter(business=business, number=phone).exists():
        raise NotPossible(
            f"{phone} is a line of this business, so nobody would be woken there. Write the phone somebody carries.",
            "phone",
        )


def make_link(member: models.Member) -> str:
    """A new join link for a member who cannot sign in yet; an older one stops working. Raises `NotPossible`."""
    if member.user_id is not None or not member.email:
        raise NotPossible(f"{member.name} can sign in already, or has no e-mail address to sign in with.")
    token = secrets.token_urlsafe(24)
    now = clock.now()
    models.JoinLink.objects.filter(member=member, used_at__isnull=True).delete()
    models.JoinLink.objects.create(
        digest=_digest(token), business_id=member.business_id, member=member, email=member.email, name=member.name,
        made_at=now, expires_at=now + LINK_LIVES,
    )  # fmt: skip
    return token


def make_first_link(email: str, agency: int | None = None) -> str:
    """A join link for somebody without a business: they set one up, or look after an agency's."""
    token = secrets.token_urlsafe(24)
    now = clock.now()
    models.JoinLink.objects.create(
        digest=_digest(token), agency_id=agency, email=email.strip().lower(), made_at=now, expires_at=now + LINK_LIVES
    )
    return token


def open_invitations(agency: int) -> list[models.JoinLink]:
    """The links by which somebody may still become an admin of this agency, the newest first."""
    links = models.JoinLink.objects.filter(agency=agency, used_at__isnull=True, expires_at__gt=clock.now())
    return list(links.order_by("-made_at", "-id"))


def take_back_invitation(link: models.JoinLink) -> None:
    """Nobody comes in by this link from now on. Raises `NotPossible` where it lets nobody in any more."""
    now = clock.now()
    links = models.JoinLink.objects.filter(id=link.id, used_at__isnull=True, expires_at__gt=now)
    if not links.update(expires_at=now):
        raise NotPossible(f"The invitation of {link.email} is not open any more: it was used, or taken back.")


def link_of(token: str) -> models.JoinLink | None:
    """The link behind a token, None for one that is wrong, used or too old."""
    links = models.JoinLink.objects.select_related("business", "member", "agency")
    return links.filter(digest=_digest(token), used_at__isnull=True, expires_at__gt=clock.now()).first()


def join(token: str, *, name: str = "", password: str | None = None, user: int | None = None) -> Joined:
    """Let somebody in: a new account with this password, or the account `user`. Raises `NotPossible`; works once."""
    return transaction.run(lambda cursor: _join(cursor, token, name, password, user))


def set_role(member: models.Member, role: str) -> None:
    """Give a member another role. Raises `NotPossible` for the last owner, and for agency admins."""
    transaction.run(lambda cursor: change_role(cursor, member, role))


def change(cursor: Cursor, member: models.Member, role: str | None, phone: str, *, on_call: bool) -> None:
    """Another role (None: whichever they have) and phone, on call or not; all of it, or nothing. For callers in a
    transaction of theirs.

    Raises `NotPossible`.
    """
    check_phone(member.business_id, phone)  # before the role is another
    if role not in {None, member.role}:
        change_role(cursor, member, role)
    set_phone(member, phone, on_call=on_call)


def change_role(cursor: Cursor, member: models.Member, role: str) -> None:
    """As `set_role`, for callers in a transaction of theirs."""
    if role not in ROLES or "agency" in {role, member.role}:
        raise NotPossible("Choose one of the roles. An agency's admins are looked after on the agency's page.")
    _change(cursor, member, {"role": role}, keeps_owner=role == "owner")
    if member.user_id is not None:
        sign_ins.start_grace(member.user_id)


def let_go(member: models.Member) -> Undo:
    """Take a member out: no sign-in, no calls, no appointments; what they did stays, what they had in hand is others'.

    Raises `NotPossible` for the last owner, and for agency admins.
    """
    if member.role == "agency":
        raise NotPossible("An agency's admins are looked after on the agency's page.")
    had = transaction.run(lambda cursor: _go(cursor, member))
    models.JoinLink.objects.filter(member=member, used_at__isnull=True).delete()
    words = msgspec.json.encode(had).decode()
    return Undo(act="let_go_of", business=member.business_id, id=member.id, words=words)


def take_in_again(asked: Undo, actor: Actor) -> None:
    """Somebody was taken out by mistake: they have their access, phone and turns again, and what nobody has since.

    Raises `NotAllowed` where they came back another way.
    """
    had = msgspec.json.decode(asked.words, type=Had)
    transaction.run(lambda cursor: _take_in_again(cursor, asked.id, had, actor))


def add_agency_admin(agency: int, user: int, name: str) -> None:
    """Let somebody look after all businesses of an agency."""
    models.AgencyAdmin.objects.get_or_create(agency_id=agency, user_id=user, defaults={"name": name})
    for business in models.Business.objects.filter(agency=agency):
        seat_admins(business)


def remove_agency_admin(admin: models.AgencyAdmin) -> None:
    """Take an admin out of every business of their agency at once; a role of their own in one of them stays.

    Raises `NotPossible` for the last one, without whom nobody would look after the agency.
    """

    def remove(cursor: Cursor) -> None:
        cursor.execute("SELECT id FROM agency WHERE id = %s FOR UPDATE", [admin.agency_id])
        if not models.AgencyAdmin.objects.filter(agency=admin.agency_id).exclude(id=admin.id).exists():
            raise NotPossible(f"{admin.name} is the only admin. Invite another one first.")
        seats = models.Member.objects.filter(business__agency=admin.agency_id, user=admin.user_id, role="agency")
        for member in seats.order_by("business_id"):
            _go(cursor, member)
        models.MonthlyLetter.objects.filter(admin=admin).delete()
        models.AgencyAdmin.objects.filter(id=admin.id).delete()

    transaction.run(remove)
    models.JoinLink.objects.filter(agency=admin.agency_id, email=admin.user.email, used_at__isnull=True).delete()


def seat_admins(business: models.Business) -> None:
    """Give every admin of the business's agency a seat in it; those who have one of their own keep it."""
    if business.agency_id is None:
        return
    for admin in models.AgencyAdmin.objects.filter(agency_id=business.agency_id):
        models.Member.objects.get_or_create(
            business=business, user_id=admin.user_id, defaults={"name": admin.name, "role": "agency", "bookable": False}
        )


def _join(cursor: Cursor, token: str, name: str, password: str | None, user: int | None) -> Joined:
    del cursor  # the transaction's own
    link = models.JoinLink.objects.select_for_update().filter(digest=_digest(token)).first()
    if link is None or link.used_at is not None or link.expires_at <= clock.now():
        raise NotPossible("This link was used already or is too old. Ask for a new one.")
    account = _account(link, name, password, user)
    models.JoinLink.objects.filter(id=link.id).update(used_at=clock.now())
    if link.member_id is not None:
        try:
            models.Member.objects.filter(id=link.member_id).update(user=account, name=name or link.name)
        except IntegrityError as problem:
            raise NotPossible("You are a member of this business already: just sign in.") from problem
    if link.agency_id is not None:
        add_agency_admin(link.agency_id, account.id, name or account.name)
        models.JoinLink.objects.filter(agency=link.agency_id, email=link.email, used_at__isnull=True).delete()
    return Joined(user=account, business=link.business_id)


def _account(link: models.JoinLink, name: str, password: str | None, user: int | None) -> models.User:
    known = models.User.objects.filter(email__iexact=link.email).first()
    if known is not None:
        if known.id != user:
            raise NotPossible(f"There is an account for {link.email} already. Sign in with it, then accept.")
        return known
    if not password:
        raise NotPossible("Choose a password.")
    return models.User.objects.create_user(link.email, password, name=name or link.name)


class Had(msgspec.Struct, frozen=True):
    """What somebody had who left, for whoever takes that back."""

    user: int | None
    phone: str
    on_call: bool
    bookable: bool | None
    held: Held


def _go(cursor: Cursor, member: models.Member) -> Had:
    gone = {"user": None, "phone": "", "on_call": False, "bookable": False, "left_at": clock.now()}
    _change(cursor, member, gone, keeps_owner=False)
    held = leaving.release(cursor, member.id, member.name, clock.now())
    return Had(user=member.user_id, phone=member.phone, on_call=member.on_call, bookable=member.bookable, held=held)


def _take_in_again(cursor: Cursor, id: int, had: Had, actor: Actor) -> None:
    try:
        back = models.Member.objects.filter(id=id, left_at__isnull=False).update(
            user=had.user, phone=had.phone, on_call=had.on_call, bookable=had.bookable, left_at=None
        )
    except IntegrityError as problem:
        raise NotAllowed("They are a member here again already, so this stays as it is.") from problem
    if not back:
        raise NotAllowed("They work here again already.")
    leaving.give_back(cursor, id, had.held, actor, clock.now())


def _change(cursor: Cursor, member: models.Member, changed: Mapping[str, Any], *, keeps_owner: bool) -> None:
    cursor.execute("SELECT id FROM business WHERE id = %s FOR UPDATE", [member.business_id])
    owners = models.Member.objects.filter(business_id=member.business_id, role="owner", user__isnull=False)
    if member.role == "owner" and not keeps_owner and not owners.exclude(id=member.id).exists():
        raise NotPossible(f"{member.name} is the only owner. Make somebody else owner first.")
    models.Member.objects.filter(id=member.id).update(**changed)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
