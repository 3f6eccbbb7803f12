"""The people of a business: invite, change what they may do, end their access. Only for those whose role may."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import paging, said, words
from answerback.console.accounts import second_step
from answerback.console.accounts.letters import letter, root
from answerback.console.accounts.mine import LANGUAGES
from answerback.console.accounts.names import ROLE_NAMES
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.refused import Refused
from answerback.console.shown import Form, Outdated, Value
from answerback.ports.numbers import typed
from answerback.store import models
from answerback.store.queries import access
from answerback.store.queries.access import NotYours
from answerback.store.roles import ACTS, MATRIX
from answerback.workflow import people, phones, saved, sign_ins
from answerback.workflow.actors import NotAllowed
from answerback.workflow.people import NotPossible

GIVEN = ("owner", "manager", "desk", "technician")
"""The roles a business gives by itself."""

ROWS = 24
"""People of one page; with what can be changed about each it stays under 150 kB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member as the page shows them. `waits` is until when their join link works, if they have one; `phone_is` is
    `confirmed`, `waits` for a yes, or `stopped`, empty without a phone.
    """

    id: int
    name: str
    role: str
    role_name: str
    email: str
    phone: str
    phone_is: str
    on_call: bool
    signs_in: bool
    has_step: bool
    waits: Moment | None
    is_you: bool
    form: Form
    open: bool = False


@require_safe
@seated_for("people")
def show(visit: Visit) -> HttpResponse:
    """Everybody who works here."""
    return page(visit)


@require_POST
@seated_for("people")
def invite(visit: Visit) -> HttpResponse:
    """Somebody new, with a link to join; what was filled in stays in the form when it cannot be."""
    given = visit.request.POST
    told = {name: given.get(name, "").strip() for name in ("name", "email", "role", "phone", "language")}
    try:
        phone = checked(told, visit.seat.country)
        member, token = people.invite(visit.seat.business, told["name"], told["email"], told["role"], phone=phone)  # type: ignore[arg-type]
    except NotPossible as problem:
        return page(visit, refused=Refused.of(problem, given, "invite", prefix="i-"))
    visit.trace.changed.append(("member", member.id))
    visit.trace.detail = member.role
    return page(visit, made=_hand_out(visit, member, token, told["language"]), made_for=member)


@require_POST
@seated_for("people")
def link(visit: Visit, id: int) -> HttpResponse:
    """A new join link; the old one stops working. Who was entered without an e-mail address gets one with it."""
    member, email = theirs(visit, id), visit.request.POST.get("email", "").strip()
    try:
        if email:
            member = people.set_email(member, _email(email))
        token = people.make_link(member)
    except NotPossible as problem:
        return page(visit, refused=Refused.of(problem, visit.request.POST, "link", member.id))
    return page(visit, made=_hand_out(visit, member, token), made_for=member)


@require_POST
@seated_for("people")
def change(visit: Visit, id: int) -> HttpResponse:
    """Another role, phone, or turn on call."""
    member = theirs(visit, id)
    had = member.role
    given: QueryDict = visit.request.POST
    try:
        given = _form(member, visit.seat.country).told(given)
        on_call = "on_call" in given
        phone, role = _phone(str(given.get("phone", "")), visit.seat.country), str(given.get("role", had))
        wanted = role if role != had else None  # or it would take back what a colleague gave in this moment
        undo = saved.saving(
            member, partial(people.change, member=member, role=wanted, phone=phone, on_call=on_call), "member"
        )
    except (Outdated, NotPossible) as problem:
        return page(visit, refused=Refused.of(problem, given, "change", member.id))
    if role != had:
        visit.trace.detail = f"{had}>{role}"
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:people")


@require_POST
@seated_for("people")
def confirm_phone(visit: Visit, id: int) -> HttpResponse:
    """The code a member read from their phone, or another text with one."""
    member, code = theirs(visit, id), visit.request.POST.get("code", "")
    try:
        if code.strip():
            phones.enter(member.id, code)
            messages.success(visit.request, _("%(name)s's phone is confirmed.") % {"name": member.name})
        else:
            phones.ask(member.id)
            messages.success(visit.request, _("A text with a code is on its way to %(name)s.") % {"name": member.name})
    except NotAllowed as problem:
        if phones.standing(member) == "waits":
            return page(visit, refused=Refused.of(problem, visit.request.POST, "code", member.id))
        messages.error(visit.request, str(problem))  # it has no form any more
    return redirect("console:people")


@require_POST
@seated_for("people")
def let_go(visit: Visit, id: int) -> HttpResponse:
    """Take somebody out. What they did stays."""
    member = theirs(visit, id)
    try:
        undo = people.let_go(member)
    except NotPossible as problem:
        return page(visit, refused=Refused.of(problem, visit.request.POST))
    said.done(visit.request, _("%(name)s has no access any more.") % {"name": member.name}, undo)
    return redirect("console:people")


@require_POST
@seated_for("people")
def sign_out(visit: Visit, id: int) -> HttpResponse:
    """Sign every browser of a member out: a phone was lost, or a password got around."""
    member = theirs(visit, id)
    if member.user_id is not None:
        sign_ins.end_all(member.user_id)
    messages.success(visit.request, _("%(name)s is signed out everywhere.") % {"name": member.name})
    return redirect("console:people")


def page(
    visit: Visit,
    *,
    made: str = "",
    made_for: models.Member | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    """Everybody who works here, with a link that was `made` for one of them, or the form that was refused."""
    rows = models.Member.objects.filter(business=visit.seat.business, left_at__isnull=True)
    links = {
        link.member_id: link.expires_at
        for link in models.JoinLink.objects.filter(business=visit.seat.business, used_at__isnull=True)
    }
    holding = refused.id if refused and refused.id else None
    members, more = paging.part(list(rows.order_by("name", "id")), visit.request.GET, ROWS, holding=holding)
    steps = second_step.of_each([row.user_id for row in members if row.user_id is not None])
    context = {
        "people": [_as_typed(_person(visit, row, links, steps), refused) for row in members],
        "more": more,
        "roles": [(role, ROLE_NAMES[role]) for role in GIVEN],
        "matrix": [(says, [role in MATRIX[act] for role in GIVEN]) for act, says in ACTS.items() if act != "agency"],
        "usual": "desk",
        "made": made,
        "made_for": made_for,
        "mails": bool(settings.MAIL),
        "languages": LANGUAGES.items(),
        "section": "people",
    }
    return visit.page("console/accounts/people.html", context, refused=refused)


def _person(visit: Visit, row: models.Member, links: Mapping[int | None, datetime], steps: Collection[int]) -> Person:
    until = links.get(row.id)
    return Person(
        id=row.id,
        name=row.name,
        role=row.role,
        role_name=str(ROLE_NAMES[row.role]),
        email=row.email,
        phone=words.number(row.phone) if row.phone else "",
        phone_is=phones.standing(row),
        on_call=row.on_call,
        signs_in=row.user_id is not None,
        has_step=row.user_id in steps,
        waits=moment(until, visit.now, visit.seat.zone) if until is not None else None,
        is_you=row.id == visit.seat.member,
        form=_form(row, visit.seat.country),
    )


def _form(row: models.Member, country: str) -> Form:
    values: dict[str, Value] = {"role": row.role, "phone": words.number(row.phone) if row.phone else ""}
    names = {"role": _("Role"), "phone": _("Phone"), "on_call": _("On call: woken in an emergency")}
    values |= {"on_call": ["yes"] if row.on_call else []}
    return Form(values, names, {"role": ROLE_NAMES}, alike={"phone": words.same_number(country)})


def _as_typed(person: Person, refused: Refused | None) -> Person:
    """With what was chosen in their form, where it was refused."""
    if refused is None or refused.id != person.id:
        return person
    if refused.form != "change":
        return replace(person, open=True)
    return replace(person, role=str(refused.given.get("role", "")), on_call="on_call" in refused.given, open=True)


def theirs(visit: Visit, id: int) -> models.Member:
    """The member, who still works there; raises `NotYours`."""
    row = access.member_for(visit.user, id)
    if row.left_at is not None or not visit.at(row.business_id).may("people"):
        raise NotYours
    return row


def checked(told: dict[str, str], country: str) -> str:
    """The phone in E.164; raises `NotPossible` for what cannot be."""
    if not told["name"]:
        raise NotPossible(_("Write a name."), "name")
    _email(told["email"])
    return _phone(told["phone"], country)


def _email(written: str) -> str:
    try:
        validate_email(written)
    except ValidationError:
        raise NotPossible(_("Write an e-mail address to sign in with, such as luis@example.com."), "email") from None
    return written


def _phone(written: str, country: str) -> str:
    if not written.strip():
        return ""
    number = typed(written, country)
    if number is None:
        says = _("%(written)s is no phone number. Write it like (512) 555-0100.") % {"written": written}
        raise NotPossible(says, "phone")
    return number


def _hand_out(visit: Visit, member: models.Member, token: str, asked: str = "") -> str:
    """The link's address; it is mailed as well where there is a mail server, and shown once either way."""
    address = root(visit.request) + reverse("console:join", args=[token])
    if not settings.MAIL:
        return address
    told = {"brand": visit.brand, "name": visit.seat.name, "business": visit.seat.business_name}

    def words() -> tuple[str, str]:
        subject = _("%(name)s asks you to join %(business)s") % told
        return subject, _("%(name)s asks you to join %(business)s on %(brand)s. Choose your password here:") % told

    theirs = models.Business.objects.values_list("language", flat=True).get(id=visit.seat.business)
    mail_link(visit, member.email, spoken(asked, member.email, theirs), words, address)
    return address


def spoken(asked: str, email: str, usual: str) -> str:
    """In which language somebody is invited: the one asked for, else that of the account they have, else `usual`."""
    account = models.User.objects.filter(email__iexact=email).values_list("language", flat=True).first()
    return asked if asked in LANGUAGES else account or usual


def mail_link(visit: Visit, to: str, language: str, words: Callable[[], tuple[str, str]], address: str) -> None:
    """Mail a join link and say whether it left; `words` are its subject and body, in the language that is spoken."""
    try:
        with translation.override(language):
            subject, body = words()
            holds = _("The link works once, for seven days.")
            letter(visit.request, to, subject, f"{body}\n\n{address}\n\n{holds}").send()
    except OSError:
        messages.error(visit.request, _("The e-mail could not be sent. Hand the link over yourself."))
    else:
        messages.success(visit.request, _("Sent to %(email)s.") % {"email": to})
