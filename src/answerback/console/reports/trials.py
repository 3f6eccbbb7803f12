"""Wording experiments and the hold-out as a page: how each variant does, a plain verdict, and what to do about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said
from answerback.console.guard import Visit, seated_for
from answerback.console.playbooks.found import Wrong, told
from answerback.console.refused import Refused
from answerback.console.reports import listing
from answerback.console.reports.listing import Head
from answerback.console.reports.places import wording_name
from answerback.console.retold import retold
from answerback.console.shown import Form, Outdated
from answerback.engine.rehearsal import spoken
from answerback.engine.sequential import Verdict
from answerback.store import models
from answerback.store.playbook_file import BadPlaybook
from answerback.store.queries.reports import Leads
from answerback.workflow import directory, experiments, saved
from answerback.workflow.actors import NotAllowed
from answerback.workflow.experiments import Comparison, Variant
from answerback.workflow.handling import Undo
from answerback.workflow.publishing import NotPublishable

LETTERS = "ABCDEFGH"

DID = {
    "told": gettext_lazy("Were told this"),
    "replied": gettext_lazy("Replied within a day"),
    "stopped": gettext_lazy("Said stop"),
    "complained": gettext_lazy("Complained"),
    "booked": gettext_lazy("Booked"),
}
"""What stands over the leads behind a number of an experiment."""

ARMS = {"late": gettext_lazy("Texted late"), "at_once": gettext_lazy("Texted at once")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One variant as it is shown: its letter, how it does, and what can be said of it."""

    letter: str
    variant: Variant
    rate: str
    said: str
    warning: str
    lists: dict[str, str]
    low: int = 0
    wide: int = 0


@require_safe
@seated_for("reports")
def show(visit: Visit) -> HttpResponse:
    """What is being compared, and what can be said so far."""
    return _page(visit)


def _page(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    """The page; `refused` is the form of another wording (`add`), of the hold-out (`share`) or a button."""
    held = experiments.hold_out(visit.seat.business)
    found = experiments.comparisons(visit.seat.business)
    context = {
        "comparisons": [
            (
                each,
                wording_name(each.place, each.language),
                [_shown(each, number, variant) for number, variant in enumerate(each.variants)],
            )
            for each in found
            if _is_told(each)
        ],
        "quiet": [wording_name(each.place, each.language) for each in found if not _is_told(each)],
        "places": _places(visit),
        "held": held,
        "arms": {f"{arm}_{did}": _list(arm=arm, did=did) for arm in ARMS for did in ("told", "booked")},
        "held_span": _span(held.verdict) if held.verdict else None,
        "held_said": lift_in_words(held.verdict) if held.verdict else "",
        "shares": [(str(each), str(each) if each else _("none")) for each in experiments.SHARES],
        "share": str(held.share),
        "form": _share(held.share),
        "may_change": visit.may("playbook"),
    }
    return visit.page("console/reports/trials.html", context, refused=refused)


def _share(held: int) -> Form:
    return Form({"share": str(held)}, {"share": _("Callers in a hundred")}, {"share": {"0": _("none")}})


@require_safe
@seated_for("reports")
def leads(visit: Visit) -> HttpResponse:
    """The leads behind one number of a variant, or of a side of the hold-out."""
    given = visit.request.GET
    business, did, arm = visit.seat.business, given.get("did", ""), given.get("arm", "")
    if arm in ARMS:
        ids = experiments.behind_arm(business, arm, booked=did == "booked")
        note = str(ARMS[arm])
    else:
        of = (given.get("place", "")[:200], given.get("language", "")[:8], given.get("variant", "")[:16])
        did = did if did in DID else "told"
        ids = experiments.behind_variant(business, of, did)  # type: ignore[arg-type]
        note = wording_name(of[0], of[1])
    head = Head(
        title=str(DID.get(did, DID["told"])),
        note=note,
        back=reverse("console:reports:trials"),
        query={name: given[name] for name in ("did", "arm", "place", "language", "variant") if name in given},
    )
    return listing.page(visit, Leads(ids), "leads", head)


@require_POST
@seated_for("playbook")
def add(visit: Visit) -> HttpResponse:
    """Publish one more variant."""
    given = visit.request.POST
    place, _sep, language = given.get("place", "").rpartition(" > ")
    return _changed(
        visit,
        lambda: experiments.add(visit.seat.business, visit.actor, place, language, given.get("text", "")),
        _("Published. From now on callers are shared out between the wordings, each always the same."),
        form="add",
        field="text",
    )


@require_POST
@seated_for("playbook")
def keep(visit: Visit) -> HttpResponse:
    """Keep one variant and drop the others."""
    given = visit.request.POST
    return _changed(
        visit,
        lambda: experiments.keep(
            visit.seat.business,
            visit.actor,
            given.get("place", ""),
            given.get("language", ""),
            given.get("variant", ""),
        ),
        _("Published. Everybody gets this wording now; conversations that run keep theirs."),
    )


@require_POST
@seated_for("settings")
def hold_out(visit: Visit) -> HttpResponse:
    """Switch the hold-out on or off."""
    held, before = experiments.hold_out(visit.seat.business).share, models.Business.objects.get(id=visit.seat.business)
    try:
        share = str(_share(held).told(visit.request.POST).get("share", ""))
    except Outdated as problem:
        return _page(visit, Refused.of(problem, visit.request.POST, "share"))
    number = int(share) if share in {str(each) for each in experiments.SHARES} else -1

    def set_it() -> Undo | None:
        return saved.saving(before, lambda cursor: experiments.hold_out_set(cursor, before.id, number))

    return _changed(visit, set_it, _("Noted."), form="share")


def in_words(verdict: Verdict, letter: str) -> str:
    """What can be said of a variant against A, in a sentence."""
    hundred = round(abs(verdict.difference) * 100)
    match verdict.call:
        case "better":
            return _("%(letter)s gets %(n)s more replies in 100, sure enough to keep.") % {
                "letter": letter,
                "n": hundred,
            }
        case "worse":
            return _("%(letter)s gets %(n)s fewer replies in 100, sure enough to drop.") % {
                "letter": letter,
                "n": hundred,
            }
        case "same":
            return _("No difference worth having: keep whichever you like.")
        case "few":
            return _("Too few people yet to say anything.")
        case _:
            return _still_open(verdict)


def lift_in_words(verdict: Verdict) -> str:
    """What the hold-out shows, with where the true lift is."""
    low, high = round(verdict.low * 100), round(verdict.high * 100)
    span = _("The true difference is between %(low)s and %(high)s bookings in 100 callers.") % {
        "low": low,
        "high": high,
    }
    match verdict.call:
        case "better":
            return _("Texting at once books more people, sure enough to say.") + " " + span
        case "worse":
            return _("Texting at once books fewer people. Look at your first text.") + " " + span
        case "few":
            return _("Too few people yet to say anything.")
        case _:
            return _still_open(verdict) + " " + span


def _is_told(comparison: Comparison) -> bool:
    return any(variant.told.people for variant in comparison.variants)


def _still_open(verdict: Verdict) -> str:
    if verdict.weeks is None:
        return _("Can't tell yet, and it would take more than half a year: the difference is small, if there is one.")
    weeks = round(verdict.weeks)
    return ngettext("Can't tell yet, about %s more week.", "Can't tell yet, about %s more weeks.", weeks) % weeks


def _not_compared(number: int, people: int) -> str:
    if number == 0:
        return _("The others are compared with this one.")
    if people == 0:
        return _("Nobody was told this yet.")
    return _("Nobody was told A meanwhile, so there is nothing to compare yet.")


def _shown(of: Comparison, number: int, variant: Variant) -> Shown:
    letter = LETTERS[number % len(LETTERS)]
    verdict = variant.verdict
    if verdict is None:
        words = _not_compared(number, variant.told.people)
    else:
        words = in_words(verdict, letter)
    warning = ""
    if variant.paused:
        warning = _("Paused: it made more people say stop or complain.")
    elif variant.harm is not None and variant.harm.call == "worse":
        warning = _("It makes more people say stop or complain.")
    low, wide = _span(verdict) if verdict else (0, 0)
    rate = f"{100 * variant.told.rate:.0f}%" if variant.told.people else "–"
    return Shown(
        letter=letter,
        variant=variant,
        rate=rate,
        said=words,
        warning=warning,
        lists={did: _list(place=of.place, language=of.language, variant=variant.digest, did=did) for did in DID},
        low=low,
        wide=wide,
    )


def _span(verdict: Verdict) -> tuple[int, int]:
    """Where the true difference is, drawn from 0 to 100 with none in the middle: its beginning and its width."""
    low, high = (round(50 + 50 * edge) for edge in (verdict.low, verdict.high))
    return low, max(1, high - low)


def _list(**which: str) -> str:
    return f"{reverse('console:reports:trial_leads')}?{urlencode(which)}"


def _places(visit: Visit) -> list[tuple[str, str, str]]:
    """Every wording that can get a second variant: its place with the language, its words, and the language."""
    if visit.seat.playbook is None:
        return []
    playbook = directory.known(visit.seat.business, visit.seat.revision, visit.seat.playbook).rules.playbook
    found: dict[str, tuple[str, str, str]] = {}
    for each in spoken(playbook):
        parts = each.where.split(" > ")
        if each.kind != "choice" and parts[0] in experiments.PLACES:
            at = parts.index(each.language)
            named = wording_name(" > ".join(parts[:at]), each.language)
            found.setdefault(" > ".join(parts[: at + 1]), (named, each.text, each.language))
    return [(place, f"{named}: {text[:70]}", language) for place, (named, text, language) in found.items()]


def _changed(visit: Visit, act: Callable[[], Undo | None], done: str, form: str = "", field: str = "") -> HttpResponse:
    """Do it and say so, or say why not, beside this field of this form where it names none itself."""
    try:
        undo = act()
    except NotPublishable as problem:
        return _page(visit, _unpublished(visit, problem.problems, form, field))
    except BadPlaybook as problem:
        return _page(visit, _unpublished(visit, problem.faults, form, field))
    except NotAllowed as problem:
        return _page(visit, Refused.of(problem, visit.request.POST, form))
    said.done(visit.request, done, undo)
    return redirect("console:reports:trials")


def _unpublished(visit: Visit, faults: Iterable[Wrong], form: str, field: str) -> Refused:
    """Each thing that is wrong on a line; where it stands needs no words beside its field."""
    says = [f"{retold(each.what)} {retold(each.fix)}".rstrip() if field else told(each) for each in faults]
    return Refused(problem="\n".join(says), field=field, given=visit.request.POST, form=form)
