"""Takes contacts, leads, stops, appointments and revenue in from a CSV file: the whole file or none of it.

Every row is read first; what is wrong is told by row and column. A preview does everything and takes it back. Taking
the same file in twice changes nothing. Never here: a text to anybody, an opt-in (an import may only add a stop), or a
name or address that is there already replaced.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import IO, Any, TypeAlias
from zoneinfo import ZoneInfo

from answerback.store import models
from answerback.store.queries import imports
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, csv_cells, transaction
from answerback.workflow.csv_cells import Ground, Reader, Sheet, Unreadable, Value
from answerback.workflow.csv_heads import fit, whole
from answerback.workflow.csv_taken import Problem, Taken

BATCH = 1000
SHOWN = 5

Write: TypeAlias = Callable[[Cursor, imports.Ours, Sequence[dict[str, Any]]], imports.Written]


@dataclass(frozen=True, slots=True)
class Column:
    """What a column may be taken for. `heads` are words its head may be made of, besides its own name."""

    name: str
    title: str
    reads: Reader
    required: bool = False
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that is imported, its columns, and who writes a batch of its rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    write: Write
    look: Write | None = None
    """Counts what `write` would, without writing it; None where only the writing tells."""
    passes_over: bool = False
    """Rows without a number stay out, and are a fate of their own, `without`; else each is a problem."""
    is_by_number: bool = False
    """Is a row about its number alone, so that the second one of a number says nothing new, or little?"""


_NUMBER = Column(
    "number",
    "Phone number",
    csv_cells.number,
    True,
    ("phone", "mobile", "cell", "tel", "telephone", "telefono", "movil", "celular", "numero"),
)
_NAME = Column(
    "name",
    "Name",
    csv_cells.text(120),
    heads=(
        "full name", "customer", "contact", "client", "nombre", "cliente", "contacto", "first name", "given name",
    ),
)  # fmt: skip
_SURNAME = Column(
    "surname", "Last name", csv_cells.text(120), heads=("last name", "family name", "apellido", "apellidos")
)
_EMAIL = Column("email", "E-mail", csv_cells.email, heads=("mail", "email address", "e-mail", "correo"))
_PERSON = (_NUMBER, _NAME, _SURNAME, _EMAIL)
_SERVICE = Column("service", "Service", csv_cells.text(60), heads=("job type", "type", "work", "servicio", "trabajo"))

KINDS = {
    kind.name: kind
    for kind in (
        # An address book holds people with an e-mail address alone, who keep nobody else out.
        Kind(
            "contacts",
            "Contacts",
            _PERSON,
            imports.write_contacts,
            imports.look_contacts,
            passes_over=True,
            is_by_number=True,
        ),
        Kind(
            "leads",
            "Leads",
            (
                *_PERSON,
                _SERVICE,
                Column(
                    "status",
                    "Status",
                    csv_cells.one_of(
                        new="new open nuevo nueva abierto",
                        contacted="contacted working attempted_to_contact in_progress contactado",
                        qualified="qualified calificado cualificado",
                        booked="booked scheduled agendado reservado con_cita",
                        won="won sold closed_won ganado vendido",
                        lost="lost closed_lost unqualified dead perdido",
                        not_served="not_served no_atendido",
                    ),
                    heads=("stage", "lead status", "estado", "etapa"),
                ),
                Column(
                    "at",
                    "Since",
                    csv_cells.moment,
                    heads=("date", "created", "created at", "create date", "fecha", "desde"),
                ),
            ),
            imports.write_leads,
            imports.look_leads,
        ),
        Kind(
            "stops",
            "Opt-outs",
            (
                _NUMBER,
                Column(
                    "at",
                    "Since",
                    csv_cells.moment,
                    heads=("date", "opted out", "opt out date", "unsubscribed at", "fecha", "desde"),
                ),
                Column(
                    "evidence",
                    "How we know",
                    csv_cells.text(200),
                    heads=("reason", "source", "note", "motivo", "notas", "nota", "fuente", "como lo sabemos"),
                ),
            ),
            imports.write_stops,
            imports.look_stops,
            is_by_number=True,
        ),
        Kind(
            "appointments",
            "Appointments",
            (
                _NUMBER,
                _NAME,
                _SURNAME,
                Column(
                    "at",
                    "Begins",
                    csv_cells.moment,
                    True,
                    ("start", "starts", "date", "begin", "start time", "inicio", "comienza", "fecha"),
                ),
                Column("until", "Ends", csv_cells.moment, heads=("end", "end time", "finish", "fin", "termina")),
                Column(
                    "member",
                    "Who does it",
                    csv_cells.text(120),
                    heads=("staff", "technician", "employee", "with", "tecnico", "empleado", "quien"),
                ),
                _SERVICE,
                Column("address", "Address", csv_cells.text(200), heads=("street", "location", "direccion", "calle")),
            ),
            imports.write_appointments,
        ),
        Kind(
            "revenue",
            "Revenue",
            (
                _NUMBER,
                Column(
                    "cents",
                    "Amount",
                    csv_cells.money,
                    True,
                    ("amount", "total", "revenue", "price", "paid", "importe", "monto", "precio"),
                ),
                Column(
                    "at",
                    "Date",
                    csv_cells.moment,
                    heads=("date", "paid at", "invoice date", "sold at", "closed", "fecha", "pagado"),
                ),
                Column(
                    "job",
                    "Job number",
                    csv_cells.text(60),
                    heads=("job", "invoice", "invoice number", "order", "factura", "pedido", "trabajo"),
                ),
                Column(
                    "evidence",
                    "Evidence",
                    csv_cells.text(200),
                    heads=("proof", "receipt", "note", "payment method", "recibo", "nota", "comprobante"),
                ),
            ),
            imports.write_revenue,
        ),
    )
}


def guess(kind: Kind, columns: Sequence[str]) -> dict[str, str]:
    """Which column of the file holds what, by their heads: our name -> the file's."""
    found: dict[str, str] = {}
    for ours in kind.columns:
        wanted = (ours.name, ours.title.lower(), *ours.heads)
        fits = {head: each for head in columns if head not in found.values() and (each := fit(head, wanted))}
        if fits:
            found[ours.name] = min(fits, key=lambda head: fits[head])
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file that somebody (`by`) wants taken in: whose business, what kind, which column is what, and its name."""

    business: int
    kind: Kind
    file: IO[bytes]
    mapping: Mapping[str, str]
    source: str
    by: str = ""
    tell: Callable[[Taken, float], None] | None = None
    """Hears, now and then, what came of it so far and which share of the file was read."""
    last: Callable[[Taken], None] | None = None
    """Is done when all of it is in, in the same transaction; what it raises takes everything back."""
    keep: Callable[[Cursor, Sequence[dict[str, Any]], imports.Written, set[int]], None] | None = None
    """Hears what came of each batch of rows that are taken in, and which repeat others, in the same transaction."""


def preview(given: Given) -> Taken:
    """What taking the file in would come to; nothing is changed. Raises `Unreadable` for a file that is no table."""
    return _taken(given, keep=False)


def take(given: Given) -> Taken:
    """Take the file in; with any problem nothing is. Raises `Unreadable` for a file that is no table."""
    return _taken(given, keep=True)


def first_rows(given: Given) -> list[dict[str, Value]]:
    """The first rows as they are read, out of so many at most; nothing is said of wrong ones. Raises `Unreadable`."""
    sheet = csv_cells.look_at(given.file)
    taken = Taken()
    for _ in _read(given, sheet, _ground(given), taken):
        if len(taken.shown) == SHOWN or taken.rows >= BATCH:
            break
    return taken.shown


def rows(given: Given) -> Iterator[dict[str, Any]]:
    """Every row that can be read, with its number in `row`. Raises `Unreadable`."""
    return _read(given, csv_cells.look_at(given.file), _ground(given), Taken())


def without(given: Given) -> Iterator[dict[str, Any]]:
    """The rows that stay out because they have no number. Raises `Unreadable`."""
    every_row = replace(given, kind=replace(given.kind, passes_over=False))
    every = _read(every_row, csv_cells.look_at(given.file), _ground(given), Taken(), all_rows=True)
    return (each for each in every if "number" not in each)


def problems(given: Given) -> Iterator[Problem]:
    """Every problem that reading the file meets, row by row. Raises `Unreadable`."""
    found = Taken()
    for _ in _read(given, csv_cells.look_at(given.file), _ground(given), found, all_rows=True):
        yield from found.problems
        found.problems.clear()


def _ground(given: Given) -> Ground:
    row = models.Business.objects.get(id=given.business)
    return Ground(row.country, ZoneInfo(row.zone), row.currency)


class _TakenBack(Exception):
    """Roll back what was written: it was a preview, or the file has problems."""

    def __init__(self, taken: Taken) -> None:
        super().__init__()
        self.taken = taken


def _taken(given: Given, *, keep: bool) -> Taken:
    def work(cursor: Cursor) -> Taken:
        taken = _take(cursor, given, given.kind.write if keep else given.kind.look or given.kind.write)
        if taken.problems or not keep:
            raise _TakenBack(taken)
        if given.last is not None:
            given.last(taken)
        return taken

    try:
        return transaction.run(work)
    except _TakenBack as back:
        return back.taken


def _take(cursor: Cursor, given: Given, write: Write) -> Taken:
    sheet = csv_cells.look_at(given.file)
    _check(given.kind, sheet, given.mapping)
    row = models.Business.objects.get(id=given.business)
    ours = imports.Ours(business=row.id, now=clock.now(), source=given.source[:120], zone=row.zone, by=given.by)
    taken, size = Taken(), given.file.seek(0, io.SEEK_END) or 1
    good = _read(given, sheet, Ground(row.country, ZoneInfo(row.zone), row.currency), taken)
    numbers: set[str] = set()
    firsts: dict[bytes, int] = {}
    while batch := list(islice(good, BATCH)):
        written = write(cursor, ours, batch)
        taken.count(written)
        repeated = taken.repeat(batch, written, firsts)
        if given.kind.is_by_number:
            taken.look(batch, written, numbers, repeated)
        if given.keep is not None:
            given.keep(cursor, batch, written, repeated)
        if given.tell is not None:
            given.tell(taken, given.file.tell() / size)
    return taken


def _check(kind: Kind, sheet: Sheet, mapping: Mapping[str, str]) -> None:
    for column in kind.columns:
        head = mapping.get(column.name)
        if column.required and not head:
            raise Unreadable(f"Say which column holds this: {column.title}.")
        if head and head not in sheet.columns:
            raise Unreadable(f"There is no column {head!r} in this file. It has: {', '.join(sheet.columns)}.")


def _read(
    given: Given, sheet: Sheet, ground: Ground, taken: Taken, *, all_rows: bool = False
) -> Iterator[dict[str, Any]]:
    """The rows that can be read (or all), in the words of the product; what is wrong with the others is noted."""
    for number, cells in csv_cells.rows(given.file, sheet):
        if given.kind.passes_over and not cells.get(given.mapping.get("number", "")):
            taken.put("without", number)
            continue
        taken.rows += 1
        values: dict[str, Any] = {"row": number}
        wrong = False
        for column in given.kind.columns:
            head = given.mapping.get(column.name, "")
            try:
                values[column.name] = _value(column, cells.get(head, ""), ground)
            except Unreadable as problem:
                taken.say(Problem(number, head, str(problem)))
                wrong = True
        if wrong:
            taken.put("wrong", number)
        if surname := values.pop("surname", None):
            values["name"] = whole(values.get("name") or "", surname)
        if all_rows or not wrong:
            if len(taken.shown) < SHOWN:
                taken.shown.append(values)
            yield values


def _value(column: Column, cell: str, ground: Ground) -> Value:
    if csv_cells.LOST in cell:
        raise Unreadable(
            f"{cell!r}: where the question mark stands is a byte that is no letter. Type this cell anew in the file."
        )
    if cell:
        return column.reads(csv_cells.unguarded(cell), ground)
    if column.required:
        raise Unreadable(f"This is empty and must not be: {column.title}.")
    return None
