"""The list of people with its search, and the page of one person."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import lists, said, words
from answerback.console.contacts import consents
from answerback.console.guard import Visit, seated, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.refused import Refused
from answerback.console.shown import Form, Outdated
from answerback.console.words import Chip
from answerback.engine.currency import amount
from answerback.store import ids, models
from answerback.store.queries import access, contacts
from answerback.store.queries.contacts import ROWS, Found
from answerback.workflow import address_book, erasure
from answerback.workflow.actors import NotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A person as the list shows them."""

    id: int
    who: str
    number: str
    more: str
    people: str
    chips: tuple[Chip, ...]
    last: Moment | None


@require_safe
@seated
def show_list(visit: Visit) -> HttpResponse:
    """People, the newest first, or those that were asked for."""
    return visit.page("console/contacts/list.html", _list(visit))


@require_safe
@seated
def rows(visit: Visit) -> HttpResponse:
    """The rows alone, while somebody types; the page's own address says what, for a reload and the way back."""
    shown = _list(visit)
    answer = render(visit.request, "console/contacts/rows.html", shown)
    asked = f"?{urlencode({'q': shown['asked']})}" if shown["asked"] else ""
    answer["HX-Replace-Url"] = reverse("console:contacts") + asked
    return answer


@require_safe
@seated
def show(visit: Visit, id: int) -> HttpResponse:
    """One person: their numbers, who else calls from them, and all they had with us."""
    row = access.contact_for(visit.user, id)
    if row.merged_into_id is not None:
        return redirect("console:contact", row.merged_into_id)
    return page(visit, row)


def page(visit: Visit, row: models.Contact, refused: Refused | None = None) -> HttpResponse:
    """The page of this contact; with `refused`, what was typed in one of its forms: `name`, `person`, `consent` or
    `erase`.
    """
    visit, id, form = visit.at(row.business_id), row.id, _form(row)
    zone = visit.seat.zone
    hidden = not row.number.startswith("+")
    context = {
        "contact": row,
        "form": form,
        "who": row.name or (words.number(row.number)),
        "hidden": hidden,
        "erased": words.is_erased(row.number),
        "numbers": [_number(visit, each) for each in contacts.numbers(id)],
        "people": list(row.people.order_by("id")),
        "talks": [
            (
                each,
                lists.service_name(each.service, visit),
                moment(each.last_at, visit.now, zone),
                words.STATUSES.get(each.status),
                amount(each.cents, visit.seat.currency),
            )
            for each in contacts.talks(id)
        ],
        "visits": [
            (
                each,
                lists.service_name(each.service, visit),
                moment(each.starts_at, visit.now, zone),
                words.VISITS.get(each.status),
            )
            for each in contacts.visits(id)
        ],
        "since": moment(row.created_at, visit.now, zone),
        "may_erase": visit.may("erase") and not hidden,
        "may_export": visit.may("export"),
        "alike": _alike(visit, row.name, id),
        **consents.shown(visit, row),
    }
    return visit.page("console/contacts/contact.html", context, refused=refused)


def _form(row: models.Contact) -> Form:
    return Form({"name": row.name, "email": row.email}, {"name": _("Name"), "email": _("E-mail")})


@require_POST
@seated
def set_name(visit: Visit, id: int) -> HttpResponse:
    """Put the name and the address right."""
    row = access.contact_for(visit.user, id)
    visit = visit.at(row.business_id)
    given: QueryDict = visit.request.POST
    try:
        given = _form(row).told(given)
        undo = address_book.set_name(id, str(given.get("name", "")), str(given.get("email", "")))
    except (Outdated, NotAllowed) as problem:
        return page(visit, row, Refused.of(problem, given, "name"))
    said.done_or_so_already(visit, _("Saved."), undo, _("It says so already."))
    return redirect("console:contact", id)


@require_POST
@seated
def add_person(visit: Visit, id: int) -> HttpResponse:
    """Somebody else calls from this number too."""
    row = access.contact_for(visit.user, id)
    visit = visit.at(row.business_id)
    given = visit.request.POST
    try:
        undo = address_book.add_person(id, given.get("name", ""), given.get("note", ""))
    except NotAllowed as problem:
        return page(visit, row, Refused.of(problem, given, "person"))
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:contact", id)


@require_POST
@seated
def remove_person(visit: Visit, id: int) -> HttpResponse:
    """They do not call from this number after all."""
    visit = visit.at(access.contact_for(visit.user, id).business_id)
    person = ids.read(visit.request.POST.get("person"))
    if person and (undo := address_book.remove_person(id, person)):
        said.done(visit.request, _("Removed."), undo)
    else:
        visit.trace.is_idle = True
    return redirect("console:contact", id)


@require_POST
@seated_for("erase")
def erase(visit: Visit, id: int) -> HttpResponse:
    """Forget this person for good, once the last four digits were typed."""
    row = access.contact_for(visit.user, id)
    visit = visit.at(row.business_id)
    if visit.request.POST.get("digits", "").strip() != row.number[-4:]:
        says = _("Nothing was erased: type the last four digits of the number to erase it.")
        return page(visit, row, Refused(problem=says, field="digits", given=visit.request.POST, form="erase"))
    for each in contacts.numbers(id):
        if each.number.startswith("+"):
            erasure.erase(row.business_id, each.number)
    messages.success(visit.request, _("Erased. That they said stop, and why we texted, is kept without their number."))
    return redirect("console:contacts")


def _list(visit: Visit) -> dict[str, Any]:
    asked = visit.request.GET.get("q", "").strip()[:80]
    before = ids.read(visit.request.GET.get("before"))
    business = visit.seat.business
    if asked:
        found = contacts.search(business, asked)
    else:
        found = contacts.newest(business, before)
    return {
        "rows": [_row(visit, each) for each in found[:ROWS]],
        "asked": asked,
        "more": len(found) > ROWS,
        "last": found[ROWS - 1].id if len(found) > ROWS and not asked else None,
        "may_import": visit.may("import"),
        "may_export": visit.may("export"),
    }


def _row(visit: Visit, found: Found) -> Row:
    chips = [words.STATUSES[found.status]] if found.status in words.STATUSES else []
    if found.stopped:
        chips.append(Chip(words=_("Said stop"), tone="bad", icon="ban"))
    shown = words.number(found.number)
    return Row(
        id=found.id,
        who=found.name or shown,
        number=shown if found.name else "",
        more=f"+{found.numbers - 1}" if found.numbers > 1 else "",
        people=found.people,
        chips=tuple(chips),
        last=moment(found.last_at, visit.now, visit.seat.zone) if found.last_at else None,
    )


def _number(visit: Visit, each: contacts.Number) -> dict[str, Any]:
    zone = visit.seat.zone
    return {
        "number": words.number(each.number),
        "tel": each.number,
        "kind": words.tidy(each.line_type) if each.line_type else "",
        "consent": consents.STATES.get(each.consent, ""),
        "stopped": moment(each.stopped_at, visit.now, zone) if each.stopped_at else None,
        "evidence": each.evidence,
        "merge": each.merge,
    }


def _alike(visit: Visit, name: str, id: int) -> list[tuple[int, str, str]]:
    """Others who may be the same person: those a search by this name finds."""
    if not name:
        return []
    found = [each for each in contacts.search(visit.seat.business, name) if each.id != id][:5]
    return [(each.id, each.name, words.number(each.number)) for each in found]
