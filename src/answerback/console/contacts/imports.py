"""Tables in: choose a file, say which column is what, see what would happen, take it in. Nothing is done by halves."""

import gzip
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerback.console import words
from answerback.console.contacts import taken_rows
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import dated, time_of_day
from answerback.engine.currency import amount
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.store.queries.line_behind import ROWS
from answerback.workflow import csv_cells, csv_imports, large_files, uploads
from answerback.workflow.csv_cells import Sheet, Unreadable
from answerback.workflow.csv_imports import KINDS, Given, Kind
from answerback.workflow.csv_taken import NAMED, Problem, Taken

LARGEST = 25 * 1024 * 1024
"""Larger files are taken in at the terminal: `answerback import-csv`."""


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("import")
def choose(visit: Visit) -> HttpResponse:
    """Choose what it is and the file."""
    if visit.request.method != "POST":
        return _choose(visit)
    file, kind = visit.request.FILES.get("file"), visit.request.POST.get("kind", "")
    if file is None or kind not in KINDS:
        return _choose(visit, wrong=_("Choose what it is, and a file."), status=400)
    if (file.size or 0) > LARGEST:
        return _choose(
            visit,
            wrong=_("This file is over 25 MB. Split it into smaller ones."),
            status=400,
        )
    content = file.read()
    try:
        sheet = csv_cells.look_at(io.BytesIO(content))
    except Unreadable as problem:
        return _choose(visit, wrong=str(problem), status=400)
    row = uploads.keep(visit.seat.business, visit.actor, kind, file.name or "", gzip.compress(content, 6))
    visit.trace.changed.append(("upload", row))
    if len(content) <= large_files.LARGE:
        return redirect("console:check_import", row)
    large_files.start(row, csv_imports.guess(KINDS[kind], sheet.columns), visit.actor.name, looks=True)
    return redirect("console:import_progress", row)


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("import")
def check(visit: Visit, id: int) -> HttpResponse:
    """What would happen, with the columns as they are recognised, or as somebody says."""
    row = access.upload_for(visit.user, id)
    visit = visit.at(row.business_id)
    if row.state in {*large_files.MOVING, "done"}:
        return redirect("console:import_progress", id)
    kind, file = _kept(row)
    sheet = csv_cells.look_at(file)
    is_large = file.getbuffer().nbytes > large_files.LARGE
    mapping = _mapping(visit, kind, sheet)
    if is_large and visit.request.method == "POST":
        large_files.start(id, mapping, visit.actor.name, looks=True)
        return redirect("console:import_progress", id)
    if is_large and row.mapping is not None:
        mapping = row.mapping
    context: dict[str, Any] = {"upload": row, "kind": kind, "sheet": sheet, "fields": _fields(kind, mapping)}
    context["left_out"] = ", ".join(each for each in sheet.columns if each not in mapping.values())
    given = _given(row, kind, file, mapping, visit.actor.name)
    try:
        context["taken"] = taken = _looked(row, given) if is_large else csv_imports.preview(given)
    except Unreadable as problem:
        return visit.page("console/contacts/check.html", context | {"wrong": str(problem)})
    context["unchanged"] = taken.unchanged
    # A large file that was looked through by a version before this one has no rows of these beside its problems.
    fates = {"wrong": sorted({each.row for each in taken.problems})} if taken.problems else {}
    context["told"] = {fate: (len(rows), _numbers(rows)) for fate, rows in (fates | taken.fates).items()}
    context["repeats"] = list(_repeats(taken.fates).items())[:NAMED]
    context["in_file"] = taken.rows + len(taken.fates.get("without", ()))
    context["columns"] = urlencode({f"column-{name}": head for name, head in mapping.items()})
    context["shown"] = [_cells(visit, kind, values) for values in taken.shown]
    return visit.page("console/contacts/check.html", context)


def _repeats(fates: Mapping[str, list[int]]) -> dict[int, int]:
    """The rows that repeat one further up, with the number of that one."""
    return dict(zip(fates.get("repeat", ()), fates.get("repeated", ()), strict=True))


def _numbers(rows: list[int]) -> str:
    """The first of these rows, by their numbers in the file."""
    return ", ".join(map(str, rows[:NAMED])) + (" …" if len(rows) > NAMED else "")


PROBLEMS = 200
"""So many wrong places stand on one page."""

FATES = {
    "all": gettext_lazy("All rows"),
    "new": gettext_lazy("New rows"),
    "updated": gettext_lazy("Rows that update something"),
    "known": gettext_lazy("Rows that are known already"),
    "people": gettext_lazy("Other people at shared phones"),
    "repeat": gettext_lazy("Rows that repeat one further up in the file"),
    "without": gettext_lazy("Rows without a phone number"),
    "twice": gettext_lazy("Rows whose number stands further up in the file"),
}
"""Which rows of a file can be listed before it is taken in."""


@require_safe
@seated_for("import")
def read(visit: Visit, id: int, which: str) -> HttpResponse:
    """The rows behind a number of the preview, a portion of them, with the columns as they were recognised there."""
    row = access.upload_for(visit.user, id)
    visit = visit.at(row.business_id)
    if which not in FATES or row.state in {*large_files.MOVING, "done"}:
        raise Http404
    kind, file = _kept(row)
    given = _given(row, kind, file, row.mapping or _mapping(visit, kind, csv_cells.look_at(file)), visit.actor.name)
    try:
        fates = (row.contacts or {}).get("rows", {}) if row.mapping else csv_imports.preview(given).fates
        rows = csv_imports.without(given) if which == "without" else csv_imports.rows(given)
        found = _portion(rows, which, fates, after=ids.read(visit.request.GET.get("after")) or 0)
    except Unreadable:
        raise Http404 from None
    asked = visit.request.GET.copy()
    if more := len(found) > ROWS:
        asked["after"] = str(found[ROWS - 1]["row"])
    repeats = _repeats(fates) if which in {"all", "repeat"} else {}
    context = {
        "upload": row,
        "title": FATES[which],
        "fields": _fields(kind, {}),
        "rows": [(each["row"], _cells(visit, kind, each), repeats.get(each["row"])) for each in found[:ROWS]],
        "repeats": repeats,
        "further": asked.urlencode() if more else "",
        "columns": visit.request.GET.urlencode(),
    }
    return visit.page("console/contacts/read.html", context)


def _portion(
    rows: Iterable[dict[str, Any]], which: str, fates: Mapping[str, list[int]], *, after: int
) -> list[dict[str, Any]]:
    """Those of this fate, one more than a page holds."""
    counted = {*fates.get("new", ()), *fates.get("updated", ()), *fates.get("repeat", ())}
    wanted = set(fates.get(which, ()))

    def is_of(row: int) -> bool:
        return which == "all" or (row not in counted if which == "known" else row in wanted)

    return list(islice((each for each in rows if each["row"] > after and is_of(each["row"])), ROWS + 1))


def _cells(visit: Visit, kind: Kind, values: Mapping[str, Any]) -> list[str]:
    """What a row holds; a last name stands with the first one by then."""
    return [_cell(visit, each.name, values.get(each.name)) for each in kind.columns if each.name != "surname"]


def _looked(row: models.Upload, given: Given) -> Taken:
    """What a worker has found in a large file. Raises `Unreadable` where it could not."""
    if row.says or not row.state:
        raise Unreadable(row.says or _("This file was not looked through yet. Look again."))
    problems = [Problem(**each) for each in row.problems or ()]
    counts = {name: getattr(row, name) for name in ("rows", "added", "known", "updated", "people", "more_problems")}
    fates = (row.contacts or {}).get("rows", {})
    return Taken(**counts, problems=problems, shown=csv_imports.first_rows(given), fates=fates)


@require_POST
@seated_for("import")
def take(visit: Visit, id: int) -> HttpResponse:
    """Take the file in."""
    row = access.upload_for(visit.user, id)
    visit = visit.at(row.business_id)
    if row.state in {*large_files.MOVING, "done"}:  # pressed twice, or by somebody else meanwhile
        return redirect("console:import_progress", id)
    kind, file = _kept(row)
    mapping = _mapping(visit, kind, csv_cells.look_at(file))
    if file.getbuffer().nbytes > large_files.LARGE:
        large_files.start(id, mapping, visit.actor.name)
        return redirect("console:import_progress", id)
    try:
        taken = csv_imports.take(_given(row, kind, file, mapping, visit.actor.name))
    except Unreadable as problem:
        messages.error(visit.request, str(problem))
        return redirect("console:check_import", id)
    if taken.problems:
        messages.error(visit.request, _("Nothing was taken in: some rows are wrong."))
        return redirect("console:check_import", id)
    uploads.drop(id)
    new = ngettext("%(count)d row was new.", "%(count)d rows were new.", taken.added) % {"count": taken.added}
    what = _(kind.title)
    messages.success(visit.request, f"{what}: {new}")
    return redirect("console:contacts")


@require_safe
@seated_for("import")
def progress(visit: Visit, id: int) -> HttpResponse:
    """How far a large file is, and what came of it; whoever leaves may come back to it for a day."""
    row = access.upload_for(visit.user, id)
    if row.state in {"", "looked"}:
        return redirect("console:check_import", id)
    return visit.at(row.business_id).page("console/contacts/progress.html", _progress(row))


@require_safe
@seated_for("import")
def taken_in(visit: Visit, id: int, which: str) -> HttpResponse:
    """The rows of a large file that was taken in, each with whom it is about, a portion of them."""
    row = access.upload_for(visit.user, id)
    visit = visit.at(row.business_id)
    if which not in FATES or row.state != "done":
        raise Http404
    found, further = taken_rows.portion(row, which, after=ids.read(visit.request.GET.get("after")) or 0)
    context = {"upload": row, "title": FATES[which], "rows": found, "further": further}
    return visit.page("console/contacts/taken.html", context)


@require_safe
@seated_for("import")
def refused(visit: Visit, id: int) -> HttpResponse:
    """The rows of a file that keep it from being taken in, and why: a portion, past those that its page names too."""
    row = access.upload_for(visit.user, id)
    visit = visit.at(row.business_id)
    if row.state in {*large_files.MOVING, "done"}:
        raise Http404
    kind, file = _kept(row)
    given = _given(row, kind, file, row.mapping or _mapping(visit, kind, csv_cells.look_at(file)), visit.actor.name)
    after = ids.read(visit.request.GET.get("after")) or 0
    try:
        found = list(islice((each for each in csv_imports.problems(given) if each.row > after), PROBLEMS))
    except Unreadable:
        raise Http404 from None
    asked = visit.request.GET.copy()
    if more := len(found) == PROBLEMS:
        last = found[-1].row  # all that is wrong with one row stands on one page
        found = [each for each in found if each.row != last]
        asked["after"] = str(found[-1].row)
    context = {"upload": row, "problems": found, "further": asked.urlencode() if more else ""}
    return visit.page("console/contacts/refused.html", context | {"columns": visit.request.GET.urlencode()})


@require_safe
@seated_for("import")
def live(visit: Visit, id: int) -> HttpResponse:
    """The numbers again; the whole page once it is over."""
    row = access.upload_for(visit.user, id)
    answer = visit.at(row.business_id).page("console/contacts/progress_live.html", _progress(row))
    if row.state not in large_files.MOVING:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _progress(row: models.Upload) -> dict[str, Any]:
    kind = KINDS.get(row.kind)
    kept = (row.contacts or {}).get("rows", {}).get("repeat", ())
    repeat = models.UploadRow.objects.filter(upload=row, fate="repeat").count() or len(kept)
    return {
        "upload": row,
        "moves": row.state in large_files.MOVING,
        "what": _(kind.title) if kind else row.kind,
        "unchanged": row.known - row.updated - repeat,
        "repeat": repeat,
    }


def _kept(row: models.Upload) -> tuple[Kind, io.BytesIO]:
    """What was uploaded, and its content."""
    kind = KINDS.get(row.kind)
    if kind is None:  # of a version of ours that knew another kind
        raise Http404
    return kind, io.BytesIO(gzip.decompress(bytes(row.content)))


def _choose(visit: Visit, wrong: str = "", status: int = 200) -> HttpResponse:
    under_way = models.Upload.objects.filter(business=visit.seat.business).exclude(state="").defer("content")
    context = {
        "kinds": KINDS.values(),
        "wrong": wrong,
        "chosen": visit.request.POST.get("kind", "contacts"),
        "under_way": [_progress(each) for each in under_way.order_by("-id")[:10]],
    }
    return visit.page("console/contacts/import.html", context, status=status)


def _mapping(visit: Visit, kind: Kind, sheet: Sheet) -> dict[str, str]:
    """Which column is what, as posted; where nothing was, as the heads say."""
    told = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    if not any(f"column-{column.name}" in told for column in kind.columns):
        return csv_imports.guess(kind, sheet.columns) if visit.request.method != "POST" else {}
    said = {column.name: told.get(f"column-{column.name}", "") for column in kind.columns}
    return {name: head for name, head in said.items() if head in sheet.columns}


def _given(row: models.Upload, kind: Kind, file: io.BytesIO, mapping: dict[str, str], by: str) -> Given:
    return Given(business=row.business_id, kind=kind, file=file, mapping=mapping, source=row.name, by=by)


def _fields(kind: Kind, mapping: dict[str, str]) -> list[tuple[csv_imports.Column, str]]:
    return [(column, mapping.get(column.name, "")) for column in kind.columns]


def _cell(visit: Visit, column: str, value: object) -> str:
    if column == "cents" and isinstance(value, int):
        return amount(value, visit.seat.currency)
    if column == "status" and value in words.STATUSES:
        return str(words.STATUSES[str(value)].words)
    if column == "number" and str(value).startswith("+"):
        return words.number(str(value))
    if isinstance(value, datetime):
        return f"{dated(value)}, {time_of_day(value)}"
    return "" if value is None else str(value)
