"""Everything out: the whole business as a zip, one person as a zip, and tables that a spreadsheet opens safely.

A cell that a spreadsheet would take for a formula gets an apostrophe in front; our own import takes it off again.
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerback.console import words
from answerback.console.guard import Visit, seated_for
from answerback.console.reports.exports import neutral
from answerback.store.queries import access, tables
from answerback.workflow import archives

PIECE = 256 * 1024


@require_safe
@seated_for("export")
def everything(visit: Visit) -> HttpResponse:
    """The whole business in an open format (docs/export.md)."""
    business = visit.seat.business
    named = slugify(visit.seat.business_name) or f"business-{business}"  # an agency takes out many
    return _zip(lambda file: archives.write_business(business, file), f"{named}-{visit.now:%Y-%m-%d}.zip")


@require_safe
@seated_for("export")
def one(visit: Visit, id: int) -> HttpResponse:
    """Everything that is known of one person: what they may ask for."""
    visit = visit.at(access.contact_for(visit.user, id).business_id)
    return _zip(lambda file: archives.write_contact(id, file), f"contact-{id}.zip")


@require_safe
@seated_for("export")
def table(visit: Visit, kind: str) -> HttpResponse:
    """One kind of thing as CSV, with the columns that an import takes, in the reader's language."""
    if kind not in tables.KINDS:
        raise Http404
    heads, rows = tables.read(visit.seat.business, kind, visit.seat.zone)
    statuses = {key: str(chip.words) for key, chip in words.STATUSES.items()}  # a stream has no language any more
    shown = (_in_words(heads, row, statuses) for row in rows)
    answer = StreamingHttpResponse(
        _lines([tuple(_(head) for head in heads)], shown), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return answer  # type: ignore[return-value]


def _in_words(heads: Sequence[str], row: tuple[object, ...], statuses: Mapping[str, str]) -> tuple[object, ...]:
    """The row with its status as pages say it."""
    if "Status" not in heads:
        return row
    at = heads.index("Status")
    return (*row[:at], statuses[str(row[at])], *row[at + 1 :])


def _zip(write: Callable[[IO[bytes]], object], name: str) -> HttpResponse:
    answer = StreamingHttpResponse(_zipped(write), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer  # type: ignore[return-value]


def _zipped(write: Callable[[IO[bytes]], object]) -> Iterator[bytes]:
    """The zip in pieces. It is written whole first, from one moment's state, and takes no memory."""
    with tempfile.TemporaryFile() as file:
        write(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _lines(heads: Iterable[tuple[object, ...]], rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """The rows as CSV, some hundred at a time."""
    yield b"\xef\xbb\xbf"  # so that a spreadsheet reads it as UTF-8
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in heads:
        writer.writerow([_safe(cell) for cell in row])
    for count, row in enumerate(rows, start=1):
        writer.writerow([_safe(cell) for cell in row])
        if count % 500 == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _safe(cell: object) -> str:
    return str(neutral("" if cell is None else str(cell)))
