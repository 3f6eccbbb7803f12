"""Where an owner sets up lines: whom they ring, what callers hear, whether the provider sends calls and texts to us.

The form is drawn from what the line's adapter declares. Only owners and managers come in; others get a plain 404.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings as installation
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said, words
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.refused import Refused
from answerback.console.retold import retold
from answerback.console.shown import Form, Outdated
from answerback.ports.connection import Connection, Setting
from answerback.ports.errors import PortError
from answerback.ports.registry import phone, phone_if_installed
from answerback.ports.setup import Change, FailsOpen, HasLineSettings, PlacesTestCalls, SetsUpNumbers, ToldByHand
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.store.queries.access import NotYours
from answerback.store.queries.lines import lines_of
from answerback.workflow import directory, lessons, line_tests, saved, setup
from answerback.workflow.actors import NotAllowed
from answerback.workflow.line_health import can_text
from answerback.workflow.refusals import Refusal

OFTEN = (
    ("0", gettext_lazy("Never by itself")),
    ("1", gettext_lazy("every day")),
    ("7", gettext_lazy("every week")),
    ("30", gettext_lazy("every month")),
)
"""What `line_tests.EveryDays` is called on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One setting as the form asks for it."""

    setting: Setting
    value: str
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One line of a connection: its number as people write it, where callers find it, what it does."""

    id: int
    shown: str
    source: str
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What a line has learned: after how many seconds its own voicemail picks up, by whom and when; and when a call
    spoke against it, for a point `instead` (0 for a person).
    """

    seconds: int
    who: str
    at: Moment | None
    doubted: Moment | None
    instead: int


@dataclass(slots=True, kw_only=True)
class Shown:
    """One connection as the page shows it, with its lines."""

    id: int
    title: str
    name: str
    installed: bool
    lines: list[ShownLine] = field(default_factory=list)

    @property
    def is_named(self) -> bool:
        """Has it a name that says more than what it is?"""
        return bool(self.name) and not self.title.startswith(self.name)


@require_safe
@seated_for("lines")
def show_lines(visit: Visit) -> HttpResponse:
    """Every connection of the business with its lines."""
    shown: dict[int, Shown] = {}
    for line in lines_of(visit.seat.business):
        row = line.connection
        kind = phone_if_installed(row.provider)
        title = kind.title if kind else row.provider
        at = shown.setdefault(row.id, Shown(id=row.id, title=title, name=row.name, installed=kind is not None))
        picks_up = _("picks up itself") if line.settings else _("only listens")
        adapter: object = kind
        does = picks_up if isinstance(adapter, HasLineSettings) else ""
        if line.voicemail_after is not None:
            learned = _("own voicemail after about %(seconds)s s") % {"seconds": line.voicemail_after}
            does = f"{does} · {learned}" if does else learned
        at.lines.append(ShownLine(id=line.id, shown=words.number(line.number), source=line.source, does=does))
    return visit.page("console/lines.html", {"connections": list(shown.values()), "may_add": visit.may("settings")})


@require_POST
@seated_for("lines")
def test_connection(visit: Visit, id: int) -> HttpResponse:
    """Try the connection; it texts nobody and changes nothing."""
    row = access.connection_for(visit.user, id)
    adapter = phone(row.provider)
    for found in adapter.check(_connection(row.id)):
        say = messages.success if found.ok else messages.error
        words_of_it = found.says if found.ok else f"{found.says} {found.fix}".strip()
        say(visit.request, f"{row.name}, {found.name}: {words_of_it}")
    return redirect("console:lines")


@require_safe
@seated_for("lines")
def show_line(visit: Visit, id: int) -> HttpResponse:
    """What a line does with its calls."""
    return _line(visit, access.line_for(visit.user, id))


@require_POST
@seated_for("lines")
def name_source(visit: Visit, id: int) -> HttpResponse:
    """Say anew where callers find this number. What was refused stays typed."""
    line, given = access.line_for(visit.user, id), visit.request.POST
    try:
        told = _source(line, _senders(line)).told(given)
        sender = ids.read(str(told["texts_by"])) if "texts_by" in told else line.texts_by_id
        undo = saved.saving(
            line, lambda _: setup.change_source(line, str(told.get("source", line.source)), sender), "source"
        )
    except Refusal as problem:
        return _line(visit, line, Refused.of(problem, given, "source"))
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:line", id=id)


@require_POST
@seated_for("lines")
def set_line(visit: Visit, id: int) -> HttpResponse:
    """Keep what was filled in. What cannot be kept stays in the form, with why."""
    line = access.line_for(visit.user, id)
    adapter = phone(line.connection.provider)
    if not isinstance(adapter, HasLineSettings):
        messages.error(
            visit.request, _("Lines at %(provider)s have no settings of their own.") % {"provider": adapter.title}
        )
        return redirect("console:line", id=id)
    try:
        given = _form(adapter, line).told(visit.request.POST)
    except Outdated as problem:
        return _line(visit, line, Refused.of(problem, visit.request.POST, "settings"))
    told = {
        each.name: str(given.get(each.name, "")).replace("\r\n", "\n").strip()
        for each in adapter.line_settings
        if each.name in given
    }
    changed = {each.name: told[each.name] for each in adapter.line_settings if _is_change(each, told, line)}
    if told and not line.settings:  # saved for the first time: from now on the line picks up, even by the defaults
        changed = dict([next(iter(told.items()))]) | changed
    try:
        undo = saved.saving(line, lambda _: setup.set_line(line.id, changed), "source") if changed else None
    except setup.WrongSettings as problem:
        says = _("Nothing was changed yet: see what is marked below.")
        return _line(visit, line, Refused(problem=says, given=given, form="settings", wrong=problem.wrong))
    directory.forget()
    said.done(visit.request, _("Saved.") if changed else _("Nothing to save."), undo)
    return redirect("console:line", id=id)


@require_POST
@seated_for("lines")
def connect(visit: Visit, id: int) -> HttpResponse:
    """Show what would change at the provider, or change it."""
    line = access.line_for(visit.user, id)
    does = visit.request.POST.get("do") == "yes"
    try:
        changes = point(line, does=does)
    except (PortError, NotAllowed) as problem:
        messages.error(visit.request, problem.detail if isinstance(problem, PortError) else str(problem))
        return redirect("console:line", id=id)
    if does:
        messages.success(visit.request, pointed(line, changes))
        return redirect("console:line", id=id)
    return _line(visit, line, changes=changes)


def point(line: models.Line, *, does: bool) -> tuple[Change, ...]:
    """What would change at the provider so that this line's calls and texts come to us; changed where it `does`.

    Raises `PortError`, and `NotAllowed` where a person has to do it.
    """
    adapter, ours = phone(line.connection.provider), _connection(line.connection_id)
    if not isinstance(adapter, SetsUpNumbers) or not installation.PUBLIC_URL:
        raise NotAllowed(_("This line is connected by hand: see the page of its provider."))
    act = adapter.set_up if does else adapter.planned
    return act(ours, ours.lines[line.number], hooks_of(line))


def pointed(line: models.Line, changes: Sequence[Change]) -> str:
    """What is said once they were made."""
    title = phone(line.connection.provider).title
    return _("Connected: %(count)s changes made at %(provider)s.") % {"count": len(changes), "provider": title}


def hooks_of(line: models.Line) -> str:
    """The address above the hooks of this line's connection; without a host where no public address is set."""
    return f"{installation.PUBLIC_URL}/hooks/{line.connection.provider}/{line.connection_id}"


def by_hand(line: models.Line, adapter: ToldByHand) -> str:
    """The address that a person enters at the provider; one of this machine where no public address is set."""
    host = "" if installation.PUBLIC_URL else installation.LOCAL_URL
    return f"{host}{hooks_of(line)}/{adapter.hook}"


@require_POST
@seated_for("lines")
def test_forwarding(visit: Visit, id: int) -> HttpResponse:
    """Keep which number of the shop forwards here and how often that is tried out; or try it out now."""
    line, given = access.line_for(visit.user, id), visit.request.POST
    try:
        told = _forwarding(line, visit.seat.country).told(given)
        often = str(told.get("often", "0"))
        every = int(often) if often in dict(OFTEN) else 0
        undo = saved.saving(line, lambda _: line_tests.watch(line, str(told.get("shop", "")), every), "source")
    except Refusal as problem:
        return _line(visit, line, Refused.of(problem, given, "forwarding"))
    due = line_tests.of_line(line.id) if given.get("do") == "now" else None
    if due is None:
        said.done(visit.request, _("Saved."), undo)
    elif line_tests.place(due):
        messages.success(
            visit.request, _("The shop rings now: let it ring out. In three minutes Line health says more.")
        )
    else:
        messages.error(visit.request, _("No call could be placed. Line health says why, within a minute."))
    return redirect("console:line", id=id)


@require_POST
@seated_for("lines")
def forget_learned(visit: Visit, id: int) -> HttpResponse:
    """Have a line forget what corrections taught it, or drop the one word against that (`do` is `keep`)."""
    line = access.line_for(visit.user, id)
    keeps, actor = visit.request.POST.get("do") == "keep", visit.at(line.business_id).actor
    try:
        undo = lessons.keep(line.id, actor) if keeps else lessons.forget(line.id, actor)
        said.done(visit.request, _("What was learned stays.") if keeps else _("Forgotten."), undo)
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    directory.forget()
    return redirect("console:line", id=id)


def _line(
    visit: Visit,
    line: models.Line,
    refused: Refused | None = None,
    *,
    changes: tuple[Change, ...] | None = None,
) -> HttpResponse:
    adapter, ours = phone(line.connection.provider), _connection(line.connection_id)
    typed = refused if refused and refused.about("settings") else None
    declared = adapter.line_settings if isinstance(adapter, HasLineSettings) else ()
    context = {
        "line": line,
        "number": words.number(line.number),
        "provider": adapter.title,
        "asks": [
            Ask(
                setting=each,
                value=str((typed.given if typed else line.settings).get(each.name, each.default)),
                wrong=typed.wrong.get(each.name, "") if typed else "",
            )
            for each in declared
        ],
        "form": _form(adapter, line) if isinstance(adapter, HasLineSettings) else None,
        "listens_only": not line.settings,
        "connects": isinstance(adapter, SetsUpNumbers) and bool(installation.PUBLIC_URL),
        "changes": changes,
        "by_hand": by_hand(line, adapter) if isinstance(adapter, ToldByHand) else "",
        "reachable": bool(installation.PUBLIC_URL),
        "says_by_hand": adapter.hook_says if isinstance(adapter, ToldByHand) else "",
        "pretend": line.connection.provider == "simulator",
        "sources": _source(line, senders := _senders(line)),
        "senders": senders,
        "learned": _learned(visit, line),
        "forwarding": _forwarding(line, visit.seat.country),
        "often": OFTEN,
        "tests": isinstance(adapter, PlacesTestCalls),
        "fallback": adapter.fallback(ours, ours.lines[line.number]) if isinstance(adapter, FailsOpen) else "",
    }
    return visit.at(line.business_id).page("console/line.html", context, refused=refused)


def _learned(visit: Visit, line: models.Line) -> Learned | None:
    """What corrections have taught this line; None where there is nothing to take back."""
    if line.voicemail_after is None:
        return None
    zone, who = visit.at(line.business_id).seat.zone, line.taught_by
    return Learned(
        seconds=line.voicemail_after,
        who=who.name if who else "",
        at=moment(line.taught_at, visit.now, zone) if line.taught_at else None,
        doubted=moment(line.doubted_at, visit.now, zone) if line.doubted_at else None,
        instead=line.doubted_for or 0,
    )


def _form(adapter: HasLineSettings, line: models.Line) -> Form:
    asks = adapter.line_settings
    choices = {each.name: {value: retold(label) for value, label in each.choices} for each in asks}
    values = {each.name: line.settings.get(each.name, each.default) for each in asks}
    return Form(values, {each.name: retold(each.label) for each in asks}, choices)


def _source(line: models.Line, others: list[models.Line]) -> Form:
    values, names = {"source": line.source}, {"source": _("Where callers find it")}
    senders = {str(each.id): str(each) for each in others}
    if senders:
        values["texts_by"], names["texts_by"] = str(line.texts_by_id or ""), _("Texts leave by")
    return Form(values, names, {"texts_by": senders})


def _senders(line: models.Line) -> list[models.Line]:
    """The lines that may send this one's texts, where it sends none itself; the one that does in any case."""
    known: dict[int, bool] = {}
    if line.texts_by_id is None and can_text(line, known):
        return []
    others = models.Line.objects.filter(business=line.business_id, texts_by=None).exclude(id=line.id)
    return [
        each
        for each in others.select_related("connection").order_by("id")
        if each.id == line.texts_by_id or can_text(each, known)
    ]


def _forwarding(line: models.Line, country: str) -> Form:
    """Which number of the shop forwards to this line, and how often that is tried out."""
    shop = words.number(line.forwards_from) if line.forwards_from else ""
    names = {"shop": _("The shop's own number"), "often": _("Try it out")}
    alike = {"shop": words.same_number(country)}
    return Form({"shop": shop, "often": str(line.test_every_days)}, names, {"often": dict(OFTEN)}, alike=alike)


def _connection(id: int) -> Connection:
    ours = directory.account(id)
    if ours is None:
        raise NotYours
    return ours.connection


def _is_change(setting: Setting, told: dict[str, str], line: models.Line) -> bool:
    """Is what was filled in other than what holds now? A form that repeats the defaults turns nothing on."""
    return setting.name in told and told[setting.name] != line.settings.get(setting.name, setting.default)
