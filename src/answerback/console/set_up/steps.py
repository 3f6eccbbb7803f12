"""The steps of the set-up between the first and the test call. Each saves the real thing and goes on to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings as installation
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from answerback.console import said, words
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.console.retold import retold
from answerback.console.set_up import begin, compliance, keys, pointing, team, wording
from answerback.console.set_up.begin import Wrong
from answerback.console.set_up.outcome import outcome
from answerback.console.settings import closed, hours
from answerback.console.settings.closed import WrongHours
from answerback.console.shown import Form, Outdated
from answerback.engine import forwarding
from answerback.ports.connection import Setting
from answerback.ports.numbers import typed
from answerback.ports.registry import phone, phone_if_installed, phones
from answerback.store import ids, models
from answerback.store.playbook_file import packs
from answerback.workflow import directory, set_up
from answerback.workflow.people import NotPossible
from answerback.workflow.set_up import NotYet

TITLES = {
    "business": gettext_lazy("Business"),
    "hours": gettext_lazy("Hours"),
    "phone": gettext_lazy("Phone"),
    "forwarding": gettext_lazy("Forwarding"),
    "team": gettext_lazy("Team"),
    "wording": gettext_lazy("Wording"),
    "check": gettext_lazy("Check"),
    "test": gettext_lazy("Test call"),
}
RING = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step in the list beside the page."""

    name: str
    title: Any
    is_done: bool
    is_here: bool


@require_safe
@seated_for("settings")
def resume(visit: Visit) -> HttpResponse:
    """On to the first step that is not done."""
    row = models.Business.objects.get(id=visit.seat.business)
    step = set_up.next_step(row.set_up)
    return redirect("console:set_up_step", step=step) if step else redirect("console:today")


@require_safe
@seated_for("settings")
def show(visit: Visit, step: str) -> HttpResponse:
    """One step."""
    return page(visit, step)


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("settings")
def save(visit: Visit, step: str) -> HttpResponse:
    """Keep the step and go on; what was typed stays when it cannot be kept. Who comes back here is led to the step."""
    keep = _KEEP.get(step)
    if visit.request.method != "POST" and step in _SHOW:
        return redirect("console:set_up_step", step=step)
    if keep is None:
        raise Http404
    try:
        if (form := _form(visit, step)) is not None:
            visit.request.POST = form.told(visit.request.POST)  # type: ignore[assignment]
        stays = keep(visit)
        visit.trace.detail = step
    except Outdated as problem:
        # The whole page anew, with what was typed: what stands elsewhere in it is another by now, too.
        visit.request.POST = problem.given  # type: ignore[assignment]
        return page(visit, step, refused=Refused.of(problem, problem.given))
    except (Wrong, WrongHours, NotPossible, NotYet) as problem:
        says = "\n".join(str(retold(line)) for line in str(problem).splitlines())
        field = getattr(problem, "field", "")
        return _refused(page(visit, step, refused=Refused(problem=says, field=field, given=visit.request.POST)))
    if stays:
        return said.go(visit.request, "console:set_up_step", step=step)
    set_up.done(visit.seat.business, step)
    return said.go(visit.request, "console:set_up")


def _form(visit: Visit, step: str) -> Form | None:
    """What stands in the form of a step that shows what stands; None for one that only adds, or only goes on."""
    row = models.Business.objects.get(id=visit.seat.business)
    if step == "business":
        return _trade(row.set_up.get("pack", "")) if row.set_up is not None else None
    if step == "hours":
        return hours.week_form(row, hours.today_of(visit))
    if step == "wording":
        return wording.form(row)
    you = models.Member.objects.filter(id=visit.seat.member).exclude(role="agency").first()
    if step == "team" and you is not None:
        number = words.same_number(visit.seat.country)
        return Form({"your_phone": team.shown(you.phone)}, {"your_phone": _("Phone")}, alike={"your_phone": number})
    return None


def _trade(pack: str) -> Form:
    return Form({"pack": pack}, {"pack": _("Trade")}, {"pack": {name: title for name, title, _icon in begin.trades()}})


def _refused(answer: HttpResponse) -> HttpResponse:
    """The page's script shows only the problem: what was typed stays as it is, secrets and all."""
    answer["HX-Retarget"] = answer["HX-Reselect"] = "#set-up-problem"
    answer["HX-Reswap"] = "outerHTML show:window:top"
    return answer


def page(visit: Visit, step: str, *, refused: Refused | None = None) -> HttpResponse:
    """The page of a step, with how far the set-up went; what was refused is said at the top and beside its field."""
    if step not in _SHOW:
        raise Http404
    row = models.Business.objects.select_related("agency").get(id=visit.seat.business)
    done = row.set_up["done"] if row.set_up else list(set_up.STEPS)
    stages = [Stage(name=name, title=TITLES[name], is_done=name in done, is_here=name == step) for name in set_up.STEPS]
    context = {
        "step": step,
        "title": TITLES[step],
        "stages": stages,
        "number": set_up.STEPS.index(step) + 1,
        "business": row,
        "told": visit.request.POST,
        "form": _form(visit, step),
    }
    return visit.page(f"console/set_up/{step}.html", context | _SHOW[step](visit, row), refused=refused)


def _show_hours(visit: Visit, row: models.Business) -> dict[str, Any]:
    told = visit.request.POST.dict() if visit.request.method == "POST" else None
    return {
        "week": hours.rows(row.hours, told),
        "closed": closed.in_words(row.closed_days) if told is None else told.get("closed", ""),
        "region": row.holiday_region if told is None else told.get("region", ""),
        "states": hours.states(row.holiday_country),
        "holiday": hours.next_holiday(row, visit.now.astimezone(visit.seat.zone).date()),
        "unknown_state": "" if told else hours.unknown_state(row),
    }


def _keep_hours(visit: Visit) -> bool:
    given = visit.request.POST
    row = models.Business.objects.get(id=visit.seat.business)
    models.Business.objects.filter(id=row.id).update(
        hours=hours.read(given),
        closed_days=closed.closed_days(
            given, row.closed_days, visit.now.astimezone(visit.seat.zone).date(), row.holiday_country
        ),
        holiday_region=hours.state(row.holiday_country, given),
    )
    return False


def _title(provider: str) -> str:
    """What a provider is called; its bare name where its adapter was uninstalled since."""
    kind = phone_if_installed(provider)
    return kind.title if kind else provider


def _show_phone(visit: Visit, row: models.Business) -> dict[str, Any]:
    wanted = visit.request.POST.get("provider") or visit.request.GET.get("provider") or "simulator"
    provider = wanted if wanted in phones() else "simulator"
    asks = [] if provider == "simulator" else [_asked(each, visit) for each in phone(provider).settings]
    lines = set_up.lines(row.id)
    used = set_up.used(lines)
    return {
        "lines": [
            (words.number(line.number), line.source, _title(line.connection.provider), line.id, line.id not in used)
            for line in lines
        ],
        "providers": [(name, phone(name).title) for name in phones()],
        "seen": set_up.marks(lines),
        "provider": provider,
        "pretend": provider == "simulator",
        "asks": asks,
        "has_usual": any(each["usual"] for each in asks),
        "suggested": words.number(row.phone) if provider == "simulator" and not lines else "",
    }


def _asked(setting: Setting, visit: Visit) -> dict[str, Any]:
    """One field of a provider, with what was typed; a secret is never sent back."""
    shown = {
        each: getattr(setting, each) for each in ("name", "label", "required", "secret", "help", "default", "choices")
    }
    written = "" if setting.secret else visit.request.POST.get(f"s-{setting.name}", "")
    usual = bool(setting.default) and not setting.required
    return shown | {"usual": usual, "typed": written or (setting.default if setting.choices else "")}


def _keep_phone(visit: Visit) -> bool:
    given, business = visit.request.POST, visit.seat.business
    if "next" in given:
        if not models.Line.objects.filter(business=business).exists():
            raise Wrong(_("Add the number customers call first."), "number")
        return False
    if "remove" in given:
        set_up.remove_line(business, ids.read(given["remove"]) or 0)
        directory.forget()
        messages.success(visit.request, _("The line is removed."))
        return True
    provider, number = given.get("provider", ""), typed(given.get("number", ""), visit.seat.country)
    if provider not in phones():
        raise Wrong(_("Choose a phone provider, or the pretend one."))
    if number is None:
        raise Wrong(_("Write the number like (512) 555-0100."), "number")
    asked = () if provider == "simulator" else phone(provider).settings
    values = {each.name: given.get(f"s-{each.name}", "").strip() or each.default for each in asked}
    missing = [each for each in asked if each.required and not values[each.name]]
    if missing:
        what = ", ".join(str(retold(each.label)) for each in missing)
        raise Wrong(_("This provider needs: %(what)s.") % {"what": what}, f"s-{missing[0].name}")
    told = keys.tried(provider, values, number) if asked else ()
    set_up.add_phone(business, provider, values, number, given.get("source", "").strip()[:120], given.get("seen"))
    directory.forget()
    for level, words_of_it in told:
        messages.add_message(visit.request, level, words_of_it)
    return True


def _show_forwarding(visit: Visit, row: models.Business) -> dict[str, Any]:
    lines = set_up.lines(row.id)
    forwarded = [each for each in lines if not _rings_here(each, row)]
    line = next(reversed(forwarded or lines), None)
    chosen = forwarding.carrier(visit.request.GET.get("carrier", ""))
    return {
        "pretend": line is not None and line.connection.provider == "simulator",
        "direct": bool(lines) and not forwarded,
        "carriers": forwarding.CARRIERS,
        "chosen": chosen,
        "asked": "carrier" in visit.request.GET,
        "line": words.number(line.number) if line else "",
        "steps": forwarding.steps(chosen, line.number, RING) if line else (),
    } | pointing.show(row, lines)


def _rings_here(line: models.Line, row: models.Business) -> bool:
    """Do customers reach this line without the shop's phone forwarding anything?"""
    return line.connection.provider == "simulator" or line.number == row.phone


def _show_check(visit: Visit, row: models.Business) -> dict[str, Any]:  # noqa: ARG001  as every step
    found = compliance.findings(row)
    return {"findings": found, "fails": [each for each in found if not each.ok]}


def _show_test(visit: Visit, row: models.Business) -> dict[str, Any]:  # noqa: ARG001
    line, lines = set_up.line_to_test(row), set_up.lines(row.id)
    return {
        "line": words.number(line.number) if line else "",
        "lines": [(each.id, words.number(each.number), each.source, each == line) for each in reversed(lines)],
        "pretend": line is not None and line.connection.provider == "simulator",
        "reachable": bool(installation.PUBLIC_URL),
    } | outcome(row)


def _goes_on(visit: Visit) -> bool:  # noqa: ARG001  nothing to keep
    return False


def _show_business(visit: Visit, row: models.Business) -> dict[str, Any]:  # noqa: ARG001
    """Its trade can be another as long as the set-up is not over."""
    pack = (row.set_up or {}).get("pack", "")
    return {
        "pack": pack,
        "trades": begin.trades() if row.set_up is not None else [],
        "number_called": words.number(row.phone),
    }


def _keep_business(visit: Visit) -> bool:
    row, pack = models.Business.objects.get(id=visit.seat.business), visit.request.POST.get("pack", "")
    if not pack or pack == (row.set_up or {}).get("pack"):
        return False
    if pack not in packs():
        raise Wrong(_("Choose the trade nearest to yours."), "pack")
    set_up.change_trade(row.id, pack, visit.seat.member)
    directory.forget()
    messages.success(visit.request, _("The questions and wordings are those of this trade now."))
    return False


_SHOW: dict[str, Callable[[Visit, models.Business], dict[str, Any]]] = {
    "business": _show_business,
    "hours": _show_hours,
    "phone": _show_phone,
    "forwarding": _show_forwarding,
    "team": team.show,
    "wording": wording.show,
    "check": _show_check,
    "test": _show_test,
}
_KEEP: dict[str, Callable[[Visit], bool]] = {
    "business": _keep_business,
    "hours": _keep_hours,
    "phone": _keep_phone,
    "forwarding": pointing.keep,
    "team": team.keep,
    "wording": wording.keep,
    "check": _goes_on,
}
