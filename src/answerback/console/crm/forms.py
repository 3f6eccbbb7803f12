"""The forms of a CRM: its settings, our registration there, and the table of fields with a preview."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answerback.console import said
from answerback.console.connecting import PREFIX, form_of, gaps, given, tell
from answerback.console.connecting import fields as fields_of
from answerback.console.crm import screen
from answerback.console.crm.screen import mine
from answerback.console.crm.sign_in import SIGN_IN
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.console.retold import retold
from answerback.console.shown import Form, Outdated, Value
from answerback.ports import registry
from answerback.ports.connection import Setting
from answerback.ports.crm import Choice, Crm
from answerback.ports.errors import PortError
from answerback.store import models
from answerback.workflow import connecting, crm_mapping, crms, saved


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("settings")
def new(visit: Visit) -> HttpResponse:
    """Connect a CRM."""
    if crms.of_business(visit.seat.business) is not None:
        return redirect("console:crm")
    asked = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    kind = _kind(asked.get("provider", ""))
    title = _("Connect %(crm)s") % {"crm": kind.title}
    if visit.request.method != "POST":
        return _form(visit, kind, kind.settings, {}, title=title, action="console:new_crm")
    if missing := connecting.missing(kind.settings, asked.dict()):
        draw = partial(_form, visit, kind, kind.settings, asked, title=title, action="console:new_crm")
        return draw(refused=gaps(missing, asked))
    crm = crms.connect(visit.seat.business, kind.name, given(kind.settings, asked))
    return _then(visit, crm, kind)


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("settings")
def settings(visit: Visit) -> HttpResponse:
    """Change its settings."""
    row = mine(visit)
    kind = registry.crm(row.provider)
    title = _("Settings of %(crm)s") % {"crm": kind.title}
    shown = crms.shown(row)
    form = form_of(kind.settings, shown, crms.marks(row))
    draw = partial(_form, visit, kind, kind.settings, title=title, action="console:crm_settings", keeps=True, form=form)
    if visit.request.method != "POST":
        return draw(shown)
    try:
        asked = form.told(visit.request.POST)
    except Outdated as problem:
        return draw(problem.given, refused=Refused.of(problem, visit.request.POST, prefix=PREFIX))
    needed = tuple(each for each in kind.settings if not each.secret)
    if missing := connecting.missing(needed, given(needed, asked)):
        return draw(asked, refused=gaps(missing, asked))
    wanted = given(kind.settings, asked)
    said.done(visit.request, _("Saved."), saved.saving(row, lambda cursor: crms.changed(cursor, row.id, wanted)))
    return _then(visit, row.id, kind)


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("settings")
def app(visit: Visit) -> HttpResponse:
    """The business's registration at a CRM that is signed in to."""
    row = mine(visit)
    kind = registry.crm(row.provider)
    wanted = crms.app_settings(kind)
    if not wanted:
        raise Http404
    title = _("%(brand)s at %(crm)s") % {"brand": visit.brand, "crm": kind.title}
    kept = connecting.app(visit.seat.business, kind.name)
    form = form_of(wanted, kept, connecting.app_marks(wanted, kept, row.business_id, kind.name))
    draw = partial(_form, visit, kind, wanted, title=title, action="console:crm_app", keeps=bool(kept), form=form)
    if visit.request.method != "POST":
        return draw(kept)
    try:
        asked = form.told(visit.request.POST)
    except Outdated as problem:
        return draw(problem.given, refused=Refused.of(problem, visit.request.POST, prefix=PREFIX))
    needed = tuple(each for each in wanted if not (each.secret and kept))
    if missing := connecting.missing(needed, given(needed, asked)):
        return draw(asked, refused=gaps(missing, asked))
    connecting.set_app(visit.seat.business, kind.name, wanted, given(wanted, asked))
    return redirect("console:crm_sign_in")


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("settings")
def fields(visit: Visit) -> HttpResponse:
    """The table of fields: GET shows it, POST previews what was chosen or keeps it."""
    row = mine(visit)
    kind = registry.crm(row.provider)
    choices, away = _choices(row)
    if visit.request.method != "POST":
        return _table(visit, row, row.mapping, choices, away=away)
    try:
        asked = _table_form(row, choices).told(visit.request.POST)
    except Outdated as problem:
        wanted = _wanted(kind, problem.given)
        return _table(visit, row, {"fields": wanted}, choices, refused=Refused.of(problem, visit.request.POST))
    wanted = _wanted(kind, asked)
    problems = crm_mapping.problems(kind, wanted, choices)
    if problems:
        first = Refused(problem="\n".join(map(retold, problems)), field=problems[0].field, given=asked)
        return _table(visit, row, {"fields": wanted}, choices, refused=first)
    if visit.request.POST.get("act") != "keep":
        visit.trace.is_idle = True
        return _table(visit, row, {"fields": wanted}, choices, away=away, previewed=True)
    undo = saved.saving(row, lambda _: crms.set_mapping(row.id, wanted))
    said.done(visit.request, _("Saved. It holds for what is copied from now on."), undo)
    return redirect("console:crm_fields")


def _table(
    visit: Visit,
    row: models.OutsideCrm,
    wanted: Mapping[str, Any],
    choices: Mapping[str, tuple[Choice, ...]],
    *,
    away: str = "",
    previewed: bool = False,
    refused: Refused | None = None,
) -> HttpResponse:
    who, sample = screen.sample(row, wanted)
    shown = {
        "title": registry.crm(row.provider).title,
        "rows": screen.table(row, wanted, choices),
        "form": _table_form(row, choices),
        "who": who,
        "sample": sample,
        "away": away,
        "previewed": previewed,
    }
    return visit.page("console/crm/fields.html", shown, refused=refused)


def _table_form(row: models.OutsideCrm, choices: Mapping[str, tuple[Choice, ...]]) -> Form:
    """The table as it stands: of each field whose word counts, where it is there, and what our words are called."""
    values: dict[str, Value] = {}
    names: dict[str, object] = {}
    words: dict[str, Mapping[str, object]] = {}
    whose = _("Whose word counts")
    for each in screen.table(row, row.mapping, choices):
        name, label = each.field.name, retold(each.field.label)
        values |= {f"way-{name}": each.field.way, f"remote-{name}": each.field.remote}
        names |= {f"way-{name}": f"{label}, {whose}", f"remote-{name}": label}
        words[f"way-{name}"] = dict(each.ways)
        for our, shown, their in each.values:
            values[f"value-{name}-{our}"], names[f"value-{name}-{our}"] = their, f"{label}, {shown}"
            words[f"value-{name}-{our}"] = {choice.value: choice.label for choice in each.choices}
    return Form(values, names, words)


def _choices(row: models.OutsideCrm) -> tuple[Mapping[str, tuple[Choice, ...]], str]:
    """What the CRM's fields can be, or why it cannot say so now; then values are typed."""
    try:
        return crms.choices(row.id), ""
    except PortError as problem:
        return {}, problem.detail


def _wanted(kind: Crm, asked: QueryDict) -> dict[str, dict[str, Any]]:
    """What the owner chose, by our field names."""
    found: dict[str, dict[str, Any]] = {}
    for field in kind.fields:
        found[field.name] = {
            "way": asked.get(f"way-{field.name}", field.way),
            "remote": asked.get(f"remote-{field.name}", field.remote),
        }
        if field.valued:
            found[field.name]["values"] = {
                our: asked.get(f"value-{field.name}-{our}", their)[:100] for our, their in field.values.items()
            }
    return found


def _then(visit: Visit, crm: int, kind: Crm) -> HttpResponse:
    """One that is signed in to asks for that next; another one is tried at once."""
    row = models.OutsideCrm.objects.get(id=crm)
    if row.sign_in_needed and crms.app_settings(kind):
        has_app = bool(connecting.app(row.business_id, kind.name))
        return redirect("console:crm_sign_in" if has_app else "console:crm_app")
    tell(visit.request, crms.check(crm))
    return redirect("console:crm")


def _form(
    visit: Visit,
    kind: Crm,
    settings: tuple[Setting, ...],
    values: Mapping[str, Any],
    *,
    title: str,
    action: str,
    keeps: bool = False,
    form: Form | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    shown = {
        "title": title,
        "fields": fields_of(settings, values, keeps=keeps),
        "provider": kind.name,
        "action": reverse(action),
        "keeps": keeps,
        "form": form,
        "returns_to": SIGN_IN.return_address(visit.request) if action == "console:crm_app" else "",
        "is_new": action == "console:new_crm",
    }
    return visit.page("console/crm/form.html", shown, refused=refused)


def _kind(provider: str) -> Crm:
    try:
        return registry.crm(provider)
    except LookupError:
        raise Http404("There is no such kind of CRM.") from None
