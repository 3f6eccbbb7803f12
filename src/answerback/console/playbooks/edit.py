"""The parts of a playbook as forms. What is saved becomes the draft, which no customer hears of."""

from dataclasses import fields, replace
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said as telling
from answerback.console.guard import Visit, seated_for
from answerback.console.playbooks import basics, forms, plain, tongues
from answerback.console.playbooks.forms import DoesNotFit, Node
from answerback.console.playbooks.found import told
from answerback.console.playbooks.places import BASICS, SECTIONS
from answerback.console.refused import Refused
from answerback.engine.playbook import Playbook
from answerback.engine.rehearsal import examples
from answerback.store import ids
from answerback.store.playbook_file import BadPlaybook
from answerback.store.playbook_keys import KEYS
from answerback.workflow import drafts
from answerback.workflow.drafts import Outdated


@require_safe
@seated_for("playbook")
def show(visit: Visit, section: str) -> HttpResponse:
    """One part as a form."""
    draft = drafts.of(visit.seat.business)
    return _page(visit, section, draft.playbook, draft.revision)


@require_POST
@seated_for("playbook")
def save(visit: Visit, section: str) -> HttpResponse:
    """Keep this part in the draft. What does not fit is shown, and what was typed stays."""
    given = visit.request.POST
    seen = ids.read(given.get("seen")) or 0
    business, now = visit.seat.business, drafts.of(visit.seat.business).playbook
    if section not in SECTIONS:
        raise Http404
    try:
        changed = _changed(now, section, given)
    except DoesNotFit as problem:
        return _page(visit, section, now, seen, Refused.of(problem, given, "part"))
    try:
        draft = drafts.change(business, changed, seen=seen, member=visit.seat.member)
    except Outdated as problem:
        # Whose draft it is now is told, so that what is kept again takes its place.
        says = _(
            "%(name)s has changed this playbook meanwhile, so nothing was kept. What you wrote still stands here: keep "
            "it again to put it in place of theirs."
        )
        refused = Refused(problem=says % {"name": problem.by}, given=given)
        return _page(visit, section, changed, drafts.of(business).revision, refused)
    except BadPlaybook as problem:
        says = " ".join(told(replace(fault, line=0)) for fault in problem.faults[:5])  # a form has no lines
        return _page(visit, section, now, seen, Refused(problem=says, given=given, form="part"))
    kept = _("Saved in the draft. Customers see it once you publish.")
    telling.done(visit.request, kept, drafts.undo_of(business, draft))
    return redirect("console:edit_playbook", section=section)


def _changed(now: Playbook, section: str, given: QueryDict) -> Playbook:
    """The playbook with this part as it was filled in; raises `DoesNotFit`."""
    if section == BASICS:
        changed = replace(now, **basics.taken(basics.told(given), now.languages))
        for code in changed.languages:
            changed = changed if code in now.languages else tongues.taken_over(changed, code)
        return changed
    return replace(now, **{section: forms.take(_hint(section), _plain(given), section, now.languages)})


def _plain(given: QueryDict) -> dict[str, str]:
    return {name: str(value) for name, value in given.items()}


def _page(
    visit: Visit,
    section: str,
    playbook: Playbook,
    revision: int,
    refused: Refused | None = None,
) -> HttpResponse:
    if section not in SECTIONS:
        raise Http404
    context = {
        "title": SECTIONS[section][0],
        "part": section,
        "parts": [(name, words, icon) for name, (words, icon) in SECTIONS.items()],
        "revision": revision,
    }
    if section == BASICS:
        form = basics.told(refused.given) if refused else basics.of(playbook)
        context |= basics.shown(form, playbook.languages)
        titles = {name: title for name, (title, _icon) in SECTIONS.items() if name != BASICS}
        context["tongues"] = tongues.tongues(playbook, titles)
    else:
        context |= _part(visit, section, playbook, refused)
    return visit.page("console/playbooks/edit.html", context, refused=refused)


def _part(visit: Visit, section: str, playbook: Playbook, refused: Refused | None) -> dict[str, Any]:
    """What the page needs of a part that is drawn from its class."""
    usual = next(iter(playbook.languages), "en")
    blanks = {each: {**examples(each), "business": visit.seat.business_name} for each in {*playbook.languages, usual}}
    title = str(SECTIONS[section][0])
    form = forms.draw(_hint(section), getattr(playbook, section), section, title, playbook.languages)
    if refused and refused.form == "part":
        form = forms.as_typed(form, _plain(refused.given))
    return {
        "form": form,
        "help": plain.helps(section, KEYS["Playbook"].get(section, "")),
        "blanks": blanks,
        "first_language": usual,
        "first": plain.shown(_first_text(form), blanks[usual]),
    }


def _hint(section: str) -> Any:
    return forms.hints(Playbook)[section]


def _first_text(node: Node) -> str:
    """The first wording of the form, which the preview shows to begin with."""
    if node.kind == "wording":
        return next((text for _path, _language, text in node.texts if text), "")
    return next((text for part in node.parts if (text := _first_text(part))), "")


assert SECTIONS.keys() - {BASICS} == {each.name for each in fields(Playbook)} - {"answerback", *basics.FIELDS}
