"""The page of the audit log: who looked at, took out or changed what. It can be read, never written."""

from dataclasses import dataclass
from typing import Any, get_args

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from answerback.console import words
from answerback.console.accounts.came_in import THERE
from answerback.console.accounts.deeds import AT_THE_DOOR, DONE, REFUSED, SEEN, WAYS
from answerback.console.accounts.names import ROLE_NAMES
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.set_up.steps import TITLES
from answerback.store import ids, models
from answerback.store.queries import audited
from answerback.store.queries.audited import Thing
from answerback.workflow.audit import Audited

ROWS = 100
ACT_NAMES = {
    "view": gettext_lazy("Saw what customers said"),
    "export": gettext_lazy("Took data out"),
    "edit": gettext_lazy("Changed something"),
    "see_as": gettext_lazy("Saw as somebody else"),
    "sign_in": gettext_lazy("Signing in and out"),
}
TABLES = {
    "contacts": gettext_lazy("Contacts"),
    "leads": gettext_lazy("Leads"),
    "stops": gettext_lazy("Opt-outs"),
    "appointments": gettext_lazy("Appointments"),
    "revenue": gettext_lazy("Revenue"),
}
"""Which table was taken out, by the word in its address."""

ICONS = {"view": "eye", "export": "download", "edit": "pencil", "see_as": "venetian-mask", "sign_in": "key-round"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as the page shows it: what it is about by its name, and `href`, its page, empty where it has none."""

    who: str
    icon: str
    says: str
    about: str
    href: str
    at: Moment
    seen_as: str
    place: str
    detail: str


@require_safe
@seated_for("audit")
def show(visit: Visit) -> HttpResponse:
    """The newest entries, of one person or one kind where that is asked for."""
    asked = visit.request.GET
    rows = models.AuditEntry.objects.filter(business_id=visit.seat.business).order_by("-id")
    if asked.get("act") in get_args(Audited):
        rows = rows.filter(act=asked["act"])
    if (member := ids.read(asked.get("member"))) is not None:
        rows = rows.filter(member_id=member)
    if (before := ids.read(asked.get("before"))) is not None:
        rows = rows.filter(id__lt=before)
    shown = list(rows[: ROWS + 1])
    older = asked.copy()
    if len(shown) > ROWS:
        older["before"] = str(shown[ROWS - 1].id)
    context: dict[str, Any] = {
        "entries": _entries(shown[:ROWS], visit),
        "acts": ACT_NAMES.items(),
        "act": asked.get("act", ""),
        "member": asked.get("member", ""),
        "members": models.Member.objects.filter(business=visit.seat.business).order_by("name"),
        "older": older.urlencode() if len(shown) > ROWS else "",
        "section": "history",
    }
    return visit.page("console/accounts/history.html", context)


def _entries(rows: list[models.AuditEntry], visit: Visit) -> list[Entry]:
    which = {row.id: (_kind(row), row.subject or 0) for row in rows}
    things = audited.things(visit.seat.business, (each for each in which.values() if each[1]))
    return [_entry(row, visit, *which[row.id], things.get(which[row.id])) for row in rows]


def _entry(row: models.AuditEntry, visit: Visit, kind: str, id: int, thing: Thing | None) -> Entry:
    is_of_seeing = row.act == "see_as"
    return Entry(
        who=row.name,
        icon=ICONS.get(row.act, "pencil"),
        says=_says(row),
        about="" if is_of_seeing or row.what.startswith("door:") else _about(kind, id, thing, row.named),
        href=_href(kind, id, thing) if thing else "",
        at=moment(row.at, visit.now, visit.seat.zone),
        seen_as="" if is_of_seeing else row.seen_as,
        place=row.place,
        detail=_detail(row),
    )


def _kind(row: models.AuditEntry) -> str:
    """Of which kind its thing is; entries from before kinds were kept say it by their address, if of a conversation."""
    return row.about or ("conversation" if row.what in _ABOUT_CONVERSATIONS else "")


def _about(kind: str, id: int, thing: Thing | None, named: str) -> str:
    """Whose or which it is, as the other pages name it; what is gone, as it was called."""
    if kind == "playbook number":
        return _("version %(number)s") % {"number": id}
    if thing is None and named:
        return str(TABLES.get(named, named)) if not kind else words.number(named) if kind == "line" else named
    if thing is None:
        return _("no longer there") if id and kind in audited.KINDS else ""
    if kind == "playbook":
        return _("version %(number)s") % {"number": thing.name}
    if kind == "line":
        return words.number(thing.name)
    return words.who(thing.name, thing.number)


def _says(row: models.AuditEntry) -> str:
    """What was done: `console:take_over` is Took a conversation over; what a program did, by its operation's name."""
    if row.what == "console:see_as" and row.seen_as:
        return _("Began to see the console as %(name)s") % {"name": row.seen_as}
    if row.what == "console:see_as_myself" and row.seen_as:
        return _("Stopped seeing the console as %(name)s") % {"name": row.seen_as}
    if row.what.startswith("door:") and (said_so := AT_THE_DOOR.get(row.what.removeprefix("door:"))) is not None:
        return str(said_so)
    kind, name = str(ACT_NAMES.get(row.act, row.act)), row.what.rpartition(":")[2]
    done = DONE | SEEN if row.act == "view" else DONE
    said = done.get(name) if row.what.startswith("console:") else name.replace("_", " ")
    if said is None or row.act == "export" or not row.what.startswith("console:"):
        return _("%(kind)s: %(what)s") % {"kind": kind, "what": said or words.tidy(name)}
    return str(said)


def _detail(row: models.AuditEntry) -> str:
    """By which way, from which role to which, which step of the set-up; what else was noted stands as it is."""
    before, changed, after = row.detail.partition(">")
    if changed:
        return f"{ROLE_NAMES.get(before, before)} → {ROLE_NAMES.get(after, after)}"
    if row.what == "door:single_refused":
        told = {"way": _way(THERE, row.named), "why": REFUSED.get(row.detail, row.detail)}
        return _("%(way)s: %(why)s") % told
    if row.what.startswith("door:"):
        return " + ".join(_way(each, row.named) for each in row.detail.split("+") if each)
    words_of = TITLES if row.what == "console:set_up_save" else ROLE_NAMES
    return str(words_of.get(row.detail, row.detail))


def _way(way: str, there: str) -> str:
    """One of the ways in; of single sign-on, at which provider, where that was kept."""
    if way == THERE and there:
        return _("single sign-on of %(name)s") % {"name": there}
    return str(WAYS.get(way, way))


def _href(kind: str, id: int, thing: Thing) -> str:
    if thing.conversation is not None:
        return reverse("console:conversation", args=[thing.conversation])
    if thing.contact is not None:
        return reverse("console:contact", args=[thing.contact])
    if kind == "member":
        return reverse("console:people")
    return reverse(f"console:{kind}", args=[id]) if kind in _WITH_A_PAGE and not thing.removed else ""


_WITH_A_PAGE = frozenset({"line", "video", "webhook", "location"})

_ABOUT_CONVERSATIONS = frozenset(
    f"console:{name}"
    for name in ("conversation", "take_over", "hand_back", "reply", "mark", "called", "correct", "whose", "stop")
)
