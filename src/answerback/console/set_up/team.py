"""The step of the set-up about people: who is woken in an emergency, and who else works here."""

from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from answerback.console import words
from answerback.console.accounts.names import ROLE_NAMES
from answerback.console.accounts.people import GIVEN, checked
from answerback.console.guard import Visit
from answerback.console.set_up.begin import Wrong
from answerback.ports.numbers import typed
from answerback.store import models
from answerback.workflow import people
from answerback.workflow import phones as confirming
from answerback.workflow.people import NotPossible


def show(visit: Visit, row: models.Business) -> dict[str, Any]:
    """Who works here, and the phone of whoever looks."""
    members = models.Member.objects.filter(business=row, left_at__isnull=True).exclude(role="agency").order_by("id")
    you = next((each for each in members if each.id == visit.seat.member), None)
    return {
        "members": [(each.name, ROLE_NAMES[each.role], shown(each.phone), each.on_call) for each in members],
        "works_here": you is not None,
        "your_phone": shown(you.phone) if you else "",
        "unconfirmed": [each.name for each in members if confirming.standing(each) == "waits"],
        "asked": models.Line.objects.filter(business=row).exists(),
        "roles": [(role, ROLE_NAMES[role]) for role in GIVEN],
        "role": visit.request.POST.get("role", "desk"),
    }


def keep(visit: Visit) -> bool:
    """Somebody more, and the step stays; or one's own phone, and on. Raises `Wrong` and `NotPossible`."""
    if "invite" in visit.request.POST:
        _invite(visit)
        return True
    if written := visit.request.POST.get("your_phone", "").strip():
        mine = typed(written, visit.seat.country)
        if mine is None:
            raise Wrong(_("Write your phone like (512) 555-0100."), "your_phone")
        for me in models.Member.objects.filter(id=visit.seat.member).exclude(role="agency"):
            try:
                people.set_phone(me, mine, on_call=True)
            except NotPossible as problem:
                raise Wrong(str(problem), "your_phone") from None
    if not models.Member.objects.filter(business=visit.seat.business, on_call=True).exclude(phone="").exists():
        raise Wrong(_("Somebody must be on call with a phone: whoever is woken in an emergency."), "your_phone")
    return False


def shown(phone_number: str) -> str:
    """A phone as people write it; empty where there is none."""
    return words.number(phone_number) if phone_number else ""


def _invite(visit: Visit) -> None:
    given = visit.request.POST
    told = {name: given.get(name, "").strip() for name in ("name", "email", "phone")}
    phone, role = checked(told, visit.seat.country), given.get("role", "desk")
    member, _token = people.invite(visit.seat.business, told["name"][:120], told["email"], role, phone=phone)  # type: ignore[arg-type]
    people.set_phone(member, phone, on_call="on_call" in given)
    visit.trace.changed.append(("member", member.id))
    messages.success(visit.request, _("%(name)s is in. Hand out links to join under People.") % {"name": member.name})
