"""Tables of people, leads, stops, appointments and money come in whole or not at all, each fault by row and column."""

from __future__ import annotations

import io
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from answerback.ports import numbers
from answerback.server.commands import app
from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import csv_cells, csv_imports, erasure, measuring
from answerback.workflow.csv_cells import Ground, Unreadable
from answerback.workflow.csv_imports import KINDS, Given
from answerback.workflow.csv_taken import Problem, Taken

ANN, BEN = "+15125550131", "+15125550132"
HERE = Ground("US", ZoneInfo("America/Chicago"))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("(512) 555-0131", ANN),
        ("512.555.0131", ANN),
        ("15125550131", ANN),
        ("5125550131.0", ANN),
        ("'+1 512 555 0131", ANN),
        ("\uff15\uff11\uff12 555 0131", ANN),
        ("+52 55 5123 4567", "+525551234567"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("0044 20 7946 0958", "+442079460958"),
        ("+39 (0)6 6982 1234", "+390669821234"),
        ("512-555-0131 ext 5", ANN),
        ("512-555-0131 x5", ANN),
        ("(512) 555–0131 #5", ANN),
        ("tel:+1-512-555-0131;ext=5", ANN),
        ("٥١٢٥٥٥٠١٣١", ANN),
        ("1-800-FLOWERS", "+18003569377"),
        ("1 800 MATTRESS", "+18006288737"),
        ("Cell: 512.555.0131", ANN),
    ],
)
def test_number_is_read_however_it_is_written(written: str, number: str) -> None:
    assert csv_cells.number(written, HERE) == number


@given(st.from_regex(r"(\+1[ .-]?|1[ .-])?\(?[2-9][0-9]{2}\)?[ .-]?[2-9][0-9]{2}[ .-]?[0-9]{4}", fullmatch=True))
def test_usual_american_number_is_read_at_once_as_it_is_read_with_care(written: str) -> None:
    with_care = numbers._typed(numbers.plainly(written), "US")
    assert numbers.typed(written, "US") == with_care
    assert numbers.exists(with_care or "") == phonenumbers.is_valid_number(phonenumbers.parse(with_care))


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("1.5125550131E+10", "cut short"),
        ("512 555 0131 (cell)", "more than a phone number"),
        ("555-0131", "no phone number that exists"),
        ("512 555 0131 / 512 555 0132", "no phone number"),
        ("RESTRICTED", "more than a phone number"),
        ("512 555 0131 or 2", "more than a phone number"),
        ("2 512-555-0131", "no phone number"),
    ],
)
def test_what_is_no_number_is_refused(written: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        csv_cells.number(written, HERE)


@pytest.mark.parametrize(
    ("country", "phone", "home"),
    [
        ("US", "+15125550100", "US"),
        ("US", "+442079460958", "GB"),
        ("DE", "+15125550100", "DE"),
        ("", "+15125550100", "US"),
    ],
)
def test_number_without_a_country_is_from_where_the_business_is(country: str, phone: str, home: str) -> None:
    assert models.Business(holiday_country=country, phone=phone).country == home
    assert csv_cells.number("020 7946 0958", Ground("GB", HERE.zone)) == "+442079460958"


@pytest.mark.parametrize(
    ("written", "cents"),
    [("$1,234.50", 123450), ("1234.5", 123450), ("(50)", -5000), ("1.234,50", 123450), ("-7", -700), ("0", 0)],
)
def test_money_is_read_as_people_write_it(written: str, cents: int) -> None:
    assert csv_cells.money(written, HERE) == cents


def test_money_is_in_the_currency_of_the_business() -> None:
    assert csv_cells.money("1.234,50 €", Ground("DE", HERE.zone, "EUR")) == 123450
    with pytest.raises(Unreadable, match=r"is in EUR\. The money of this business is in USD\."):
        csv_cells.money("€50", HERE)


@pytest.mark.parametrize("written", ["a lot", "1.234.567", "1.005", "nan", "1e20", "1,234,50", "1,2,3"])
def test_what_is_no_money_is_refused(written: str) -> None:
    with pytest.raises(Unreadable, match="is no amount"):
        csv_cells.money(written, HERE)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-10", "2026-03-10T05:00:00"),
        ("2026-03-10 14:30", "2026-03-10T19:30:00"),
        ("3/10/2026 2:30 PM", "2026-03-10T19:30:00"),
        ("3/10/26", "2026-03-10T05:00:00"),
        ("Mar 10, 2026", "2026-03-10T05:00:00"),
        ("2026-03-10T14:30:00Z", "2026-03-10T14:30:00"),
    ],
)
def test_moment_without_a_zone_is_the_businesss(written: str, moment: str) -> None:
    assert csv_cells.moment(written, HERE).astimezone(UTC) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("region", "written", "day"),
    [
        ("US", "03/04/2026", "2026-03-04"),
        ("CA", "03/04/2026", "2026-03-04"),
        ("AU", "03/04/2026", "2026-04-03"),
        ("GB", "3/4/26 14:30", "2026-04-03"),
        ("US", "03.04.2026", "2026-04-03"),
        ("DE", "03.04.2026 14:30", "2026-04-03"),
        ("US", "25/12/2026", "2026-12-25"),
    ],
)
def test_days_are_read_as_they_are_written_where_the_business_is(region: str, written: str, day: str) -> None:
    read = csv_cells.moment(written, csv_cells.Ground(region, HERE.zone))
    assert read.date().isoformat() == day


@pytest.mark.parametrize("written", ["0001-01-01", "9999-12-31", "31.02.2026", "13/13/2026", "soon"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(Unreadable, match="is no date"):
        csv_cells.moment(written, HERE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_file_is_read_in_any_encoding_and_with_any_separator(encoding: str, delimiter: str) -> None:
    file = io.BytesIO(f'Name{delimiter}Phone\r\n"José; Nuñez"{delimiter}x\r\n\r\n'.encode(encoding))
    sheet = csv_cells.look_at(file)
    assert sheet.columns == ("Name", "Phone")
    assert list(csv_cells.rows(file, sheet)) == [(2, {"Name": "José; Nuñez", "Phone": "x"})]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"PK\x03\x04...", "This is an Excel file"),
        (b"a,a\n1,2\n", "Two columns are called 'a'"),
        (b"a\0b\n", "no CSV file"),
        (b"a,b\n1,\0\n", "no CSV file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no CSV file"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\n", "no CSV file"),
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n", "no CSV file"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        csv_cells.look_at(io.BytesIO(content))


def test_a_nul_far_down_is_told_with_its_row(world: World) -> None:
    with pytest.raises(Unreadable, match="no CSV file"):
        _take("contacts", "Name,Phone\n" + f"Ann,{ANN}\n" * 9_000 + f"A\0nn,{ANN}\n")


@pytest.mark.parametrize("before", ["", "sep=;\r\n", "\n\n", ";;\r\n", "\ufeffsep=;\n"])
def test_what_stands_before_the_table_is_passed_over(before: str) -> None:
    file = io.BytesIO(f'{before}"Last, first, second";Phone\n"Lee, Ann, B";x\n'.encode())
    sheet = csv_cells.look_at(file)
    assert (sheet.delimiter, sheet.columns) == (";", ("Last, first, second", "Phone"))
    ((_, cells),) = csv_cells.rows(file, sheet)
    assert cells == {"Last, first, second": "Lee, Ann, B", "Phone": "x"}


def test_columns_are_guessed_by_what_they_are_called() -> None:
    assert csv_imports.guess(KINDS["contacts"], ["Full Name", "E-Mail Address", "Cell Phone"]) == {
        "number": "Cell Phone",
        "name": "Full Name",
    } | {"email": "E-Mail Address"}
    assert csv_imports.guess(KINDS["revenue"], ["Invoice Date", "Customer Phone", "Total", "Invoice Number"]) == {
        "number": "Customer Phone",
        "cents": "Total",
        "at": "Invoice Date",
        "job": "Invoice Number",
    }


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (
            "First Name,Middle Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value",
            "Phone 1 - Value|First Name|Last Name|E-mail 1 - Value",
        ),
        (
            "First Name,Last Name,Assistant's Phone,Business Fax,Home Phone,Mobile Phone,E-mail Address,E-mail Type",
            "Mobile Phone|First Name|Last Name|E-mail Address",
        ),
        (
            "Last name,First name,Company name,Email,Mobile Number,Home Number",
            "Mobile Number|First name|Last name|Email",
        ),
        ("Apellidos,Nombre,Correo,Teléfono", "Teléfono|Nombre|Apellidos|Correo"),
        ("Name,Company Name,Phone Type,Phone,Email", "Phone|Name||Email"),
    ],
)
def test_what_address_books_and_crms_write_is_recognised(heads: str, found: str) -> None:
    """Google's, Outlook's, a trade CRM's: the label stood for the number, and first names came in alone."""
    wanted = dict(zip(("number", "name", "surname", "email"), found.split("|"), strict=True))
    assert csv_imports.guess(KINDS["contacts"], heads.split(",")) == {
        name: head for name, head in wanted.items() if head
    }


def test_first_and_last_name_make_one(world: World) -> None:
    content = "First Name,Last Name,Phone\nAnn,O'Hara Smith,512-555-0131\n,Núñez,512-555-0132\nBo,,512-555-0133\n"
    assert csv_imports.take(_given("contacts", content)).problems == []
    names = list(models.Contact.objects.order_by("number").values_list("name", flat=True))
    assert names == ["Ann O'Hara Smith", "Núñez", "Bo"]
    assert models.Contact.objects.count() == 3


def test_contacts_come_in_once_and_keep_what_was_known(world: World) -> None:
    models.Contact.objects.create(business_id=1, number=ANN, name="Ann", created_at=world.now)
    content = "Name,Phone,Email\nAnnie,512-555-0131,ann@example.com\nBen,(512) 555-0132,\n,,\nBen B.,+15125550132,\n"
    assert _counts(_preview("contacts", content)) == (3, 1, 2)
    assert models.Contact.objects.count() == 1
    assert _counts(_take("contacts", content)) == (3, 1, 2)
    assert list(models.Contact.objects.order_by("number").values_list("number", "name", "email", "consent")) == [
        (ANN, "Ann", "ann@example.com", "none"),
        (BEN, "Ben B.", "", "none"),
    ]
    assert _counts(_take("contacts", content)) == (3, 0, 3)
    world.run(hours=48)
    assert world.texts_to(BEN) == ()


def test_one_bad_row_keeps_the_whole_file_out_and_says_where(world: World) -> None:
    content = "Name,Phone,Email\nAnn,512-555-0131,\nBen,555,ben@\nCam,,\n"
    taken = _take("leads", content)
    assert taken.problems == [
        Problem(3, "Phone", "'555' is no phone number that exists. Is a digit missing, or two numbers in one cell?"),
        Problem(3, "Email", "'ben@' is no e-mail address."),
        Problem(4, "Phone", "This is empty and must not be: Phone number."),
    ]
    assert not models.Contact.objects.exists()
    with pytest.raises(Unreadable, match="Row 3 has 4 cells"):
        _take("contacts", "Name,Phone\nAnn,5125550131\nBen,5125550132,,more\n")
    assert not models.Contact.objects.exists()


def test_stops_come_in_and_are_kept_by_the_next_call_too(world: World) -> None:
    content = "Phone,Opted out,Reason\n5125550131,2026-01-05,Texted STOP\n5125550132,,\n5125550131,,\n"
    assert _counts(_take("stops", content)) == (3, 2, 1)
    assert _counts(_take("stops", content)) == (3, 0, 3)
    first = models.Suppression.objects.get(number=ANN)
    assert (first.at.isoformat(), first.evidence) == ("2026-01-05T06:00:00+00:00", "Texted STOP (file.csv)")
    world.call(ANN)
    world.run(minutes=2)
    assert world.texts_to(ANN) == ()


def test_stop_of_somebody_forgotten_is_known_again_by_an_import(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    world.text(ANN, "STOP")
    world.run(minutes=1)
    erasure.erase(1, ANN)
    assert not world.is_stopped(ANN)
    _take("contacts", "Phone\n5125550131\n")
    assert world.is_stopped(ANN)


def test_leads_of_the_past_come_in_and_the_next_call_is_a_new_one(world: World) -> None:
    content = "Phone,Name,Stage,Job type,Created\n5125550131,Ann,Closed-Won,Water heater,1/5/2026\n5125550132,Ben,,,\n"
    assert _counts(_take("leads", content)) == (2, 2, 0)
    assert _counts(_take("leads", content)) == (2, 0, 2)
    lead = models.Lead.objects.get(contact__number=ANN)
    assert (lead.status, lead.service, lead.created_at.isoformat()) == (
        "won",
        "Water heater",
        "2026-01-05T06:00:00+00:00",
    )
    assert models.LeadTurn.objects.filter(lead=lead).count() == 1
    world.call(ANN)
    world.run(minutes=2)
    assert models.Lead.objects.filter(contact__number=ANN).count() == 2
    assert len(world.texts_to(ANN)) == 1
    measuring.recount(1)
    assert measuring.verify(1).differing == ()
    assert world.broken_promises() == ()


def test_unknown_status_is_told_with_what_there_is(world: World) -> None:
    taken = _take("leads", "Phone,Status\n5125550131,maybe\n")
    assert [problem.says for problem in taken.problems] == [
        "'maybe' is none of: new, contacted, qualified, booked, won, lost, not served."
    ]


def test_appointments_come_in_unless_the_time_is_somebodys(world: World) -> None:
    begin = "Phone,Name,Start,End,Technician,Address\n"
    ann = "5125550131,Ann,2026-03-12 09:00,2026-03-12 11:00,Dana,1 Main St\n"
    assert _counts(_take("appointments", begin + ann)) == (1, 1, 0)
    assert _counts(_take("appointments", begin + ann)) == (1, 0, 1)
    made = models.Appointment.objects.get()
    assert (made.status, made.name, made.address, made.member.name) == ("booked", "Ann", "1 Main St", "Dana")
    assert not models.Invitation.objects.exists()
    ben = "5125550132,Ben,2026-03-12 10:00,,Dana,\n5125550132,Ben,2026-03-12 12:00,,Nobody,\n"
    backwards = "5125550132,Ben,2026-03-13 12:00,2026-03-13 11:00,Dana,\n"
    assert _take("appointments", begin + ben + backwards).problems == [
        Problem(2, "", "Dana has an appointment then already."),
        Problem(3, "", "Nobody here is called 'Nobody'. Write the name or the e-mail address of a member."),
        Problem(4, "", "It ends before it begins."),
    ]
    assert models.Appointment.objects.count() == 1
    assert world.texts_to(ANN) == ()


def test_revenue_comes_in_once_with_where_it_came_from(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    content = "Customer Phone,Total,Invoice Number,Invoice Date\n512-555-0131,$450.00,J-7,3/11/2026\n5125550131,12,,\n"
    assert _counts(_take("revenue", content)) == (2, 2, 0)
    assert _counts(_take("revenue", content)) == (2, 0, 2)
    assert list(models.RevenueEntry.objects.order_by("id").values_list("cents", "job", "evidence")) == [
        (45000, "J-7", "file.csv, row 2"),
        (1200, "", "file.csv, row 3"),
    ]
    assert world.lead(ANN).status == "won"
    assert _take("revenue", "Phone,Amount\n5125550199,1\n").problems == [
        Problem(2, "", "There is no lead with this number. Import it under Leads first.")
    ]


def test_revenue_comes_in_with_what_shows_it_and_who_took_it_in(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    content = "Phone,Amount,Invoice,Evidence\n512-555-0131,$450.00,J-7,Card slip 991\n5125550131,12,,\n"
    given = _given("revenue", content)
    csv_imports.take(replace(given, by="Olga"))
    assert list(models.RevenueEntry.objects.order_by("id").values_list("job", "evidence", "author", "entered_at")) == [
        ("J-7", "Card slip 991 file.csv, row 2", "Olga", world.now),
        ("", "file.csv, row 3", "Olga", world.now),
    ]


def test_file_is_read_in_a_stream(world: World) -> None:
    """The transaction holds a thousand rows at a time; a file of any size needs no more memory than one of a few."""
    file = io.BytesIO(b"Phone,Name\n" + b"".join(b"512%07d,Somebody\n" % n for n in range(5_550_000, 5_558_000)))
    tracemalloc.start()
    csv_imports.preview(Given(business=1, kind=KINDS["contacts"], file=file, mapping={"number": "Phone"}, source="f"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 6_000_000


def test_required_column_is_asked_for(world: World) -> None:
    with pytest.raises(Unreadable, match="Say which column holds this: Phone number"):
        _take("contacts", "A,B\n1,2\n")


def test_command_leaves_people_without_a_phone_out_and_names_their_rows(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "the one that is open already")
    book = tmp_path / "book.csv"
    book.write_text(
        "Phone,Name,Email\n(512) 555-0131,Maria,\n,Ann,ann@example.com\n,Ben,\n5125550131,Maria,\n", encoding="utf-8"
    )
    asked = ["import-csv", "contacts", str(book), "--business", "1", "--yes"]
    done = CliRunner().invoke(app, asked, env={"COLUMNS": "400", "TERM": "dumb"})
    assert (done.exit_code, done.output.splitlines()[-3:]) == (
        0,
        [
            "2 rows without a phone number stay out: 3, 4.",
            "Row 5 repeats row 2.",
            "2 rows: 1 new, 0 updated, 0 known already. Repeated: 1.",
        ],
    )
    assert list(models.Contact.objects.values_list("number", "name")) == [(ANN, "Maria")]


def _take(kind: str, content: str) -> Taken:
    return csv_imports.take(_given(kind, content))


def _preview(kind: str, content: str) -> Taken:
    return csv_imports.preview(_given(kind, content))


def _given(kind: str, content: str) -> Given:
    file = io.BytesIO(content.encode())
    mapping = csv_imports.guess(KINDS[kind], csv_cells.look_at(file).columns)
    return Given(business=1, kind=KINDS[kind], file=file, mapping=mapping, source="file.csv")


def _counts(taken: Taken) -> tuple[int, int, int]:
    assert taken.problems == []
    return taken.rows, taken.added, taken.known


def test_one_stray_byte_is_told_with_its_row_and_spoils_no_other() -> None:
    content = "Name,Phone\nJosé Núñez,(512) 555-0131\nAnn B?n,(512) 555-0132\nZoë,(512) 555-0133\n".encode()
    content = content.replace(b"?", b"\xe9")
    sheet = csv_cells.look_at(io.BytesIO(content))
    cells = [row["Name"] for _, row in csv_cells.rows(io.BytesIO(content), sheet)]
    assert cells == ["José Núñez", "Ann B\ufffdn", "Zoë"]


def test_stray_byte_keeps_the_file_out_until_its_cell_is_typed_anew(world: World) -> None:
    content = "Name,Phone\nJosé Núñez,(512) 555-0131\nAnn B".encode() + b"\xe9" + b"n,(512) 555-0132\n"
    taken = csv_imports.take(Given(**{**_fields("contacts"), "file": io.BytesIO(content)}))
    assert [(each.row, each.column) for each in taken.problems] == [(3, "Name")]
    assert "is a byte that is no letter" in taken.problems[0].says
    assert models.Contact.objects.count() == 0


def test_old_windows_file_is_still_read() -> None:
    file = io.BytesIO("Name,Phone\nJosé Núñez,1\nZoë,2\n".encode("cp1252"))
    assert csv_cells.look_at(file).encoding == "cp1252"


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        ("Name;Phone (home, mobile)\nAnn;(512) 555-0131\n", ("Name", "Phone (home, mobile)")),
        ("Name;Phone (home, mobile)\n", ("Name", "Phone (home, mobile)")),
        ("Name;Phone, mobile\nAnn;1\nBen;2\n", ("Name", "Phone, mobile")),
        ("Name,Notes; other\nAnn,a; b\nBen,c\n", ("Name", "Notes; other")),
        ('"Last, first";Phone\n"Brien, Pat";1\n', ("Last, first", "Phone")),
        ("Phone\n1\n2\n", ("Phone",)),
    ],
)
def test_what_separates_cells_is_what_cuts_every_row_alike(content: str, columns: tuple[str, ...]) -> None:
    assert csv_cells.look_at(io.BytesIO(content.encode())).columns == columns


@pytest.mark.parametrize("more", [1, 20_000])
def test_quote_that_is_never_closed_is_told_with_its_line(world: World, more: int) -> None:
    content = 'Name,Phone\nAnn,(512) 555-0131\n"Ben,(512) 555-0132\n' + "Zoe,(512) 555-0133\n" * more
    with pytest.raises(Unreadable, match=r"Line 3: a cell begins with a quote that is closed nowhere"):
        _preview("contacts", content)


def test_cell_of_several_lines_in_quotes_is_one_cell(world: World) -> None:
    taken = _take("contacts", 'Name,Phone\n"Ann\nSmith ""A""",(512) 555-0131\nBen,(512) 555-0132\n')
    assert _counts(taken) == (2, 2, 0)
    assert models.Contact.objects.get(number=ANN).name == 'Ann\nSmith "A"'


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("contacts", "number=Teléfono,name=Nombre,email=Correo"),
        ("contacts", "number=Número de móvil,name=Cliente,email=Correo electrónico"),
        ("stops", "number=Celular,at=Fecha,evidence=Notas"),
        ("appointments", "number=Teléfono,at=Inicio,until=Fin,member=Técnico,address=Dirección"),
        ("revenue", "number=Teléfono,cents=Importe,at=Fecha,job=Factura"),
    ],
)
def test_spanish_heads_are_recognised(kind: str, found: str) -> None:
    wanted = dict(each.split("=") for each in found.split(","))
    assert csv_imports.guess(KINDS[kind], [*wanted.values(), "Otra cosa"]) == wanted


def test_second_name_under_a_number_is_another_person_on_that_phone(world: World) -> None:
    content = f"Name,Phone\nAnn Smith,{ANN}\nBen Smith,{ANN}\nsmith ann,{ANN}\nAnn,{ANN}\nZoe,{BEN}\n"
    for _ in range(2):
        _take("contacts", content)
        people = models.ContactPerson.objects.values_list("contact__number", "contact__name", "name")
        assert list(people) == [(ANN, "Ann Smith", "Ben Smith")]


def test_preview_of_every_kind_counts_what_taking_in_then_does(world: World) -> None:
    tables = {
        "contacts": f"Name,Phone\nAnn,{ANN}\nAnn,{ANN}\nBen,{BEN}\n",
        "leads": "Name,Phone,Since\n" + f"Ann,{ANN},2026-01-01\n" * 2 + f"Ann,{ANN},2026-01-02\nB,{BEN},\n",
        "stops": f"Phone,Since\n{ANN},2026-01-01\n{ANN},2026-01-02\n",
    }
    for kind, content in tables.items():
        counts = _counts(_preview(kind, content))
        assert _counts(_take(kind, content)) == counts
        again = _counts(_preview(kind, content))
        assert again == _counts(_take(kind, content)) == (counts[0], 0, counts[0])


@given(st.text(st.sampled_from("'=+-@＝\t \na1"), max_size=8))
def test_guard_against_formulas_is_taken_off_again(cell: str) -> None:
    assert csv_cells.unguarded(csv_cells.guarded(cell)) == cell
    assert csv_cells.guarded(cell)[:1] not in "=+-@＝" or not cell


def _fields(kind: str) -> dict[str, Any]:
    given = _given(kind, "Name,Phone\n")
    return {name: getattr(given, name) for name in ("business", "kind", "file", "mapping", "source")}


def test_a_look_says_what_taking_it_in_comes_to_also_of_who_shares_a_phone(world: World) -> None:
    """A look said that whoever shares the phone of somebody else was known already."""
    _take("contacts", "Phone,Name,Email\n5125550131,Ann Smith,\n5125550132,Cy,cy@example.com\n")
    content = (
        "Phone,Name,Email\n5125550131,Ben Ortega,\n5125550131,Ann,ann@example.com\n5125550132,Cy,\n"
        "5125550133,Dee,\n5125550133,Eve,\n5125550133,Eve,\n"
    )
    seen = _preview("contacts", content)
    told = [
        (each.rows, each.added, each.known, each.updated, each.people) for each in (seen, _take("contacts", content))
    ]
    assert told == [(6, 1, 5, 1, 2)] * 2
    again = [_preview("contacts", content), _take("contacts", content)]
    assert [(each.added, each.known, each.updated, each.people) for each in again] == [(0, 6, 0, 0)] * 2


def test_a_look_remembers_what_came_before_in_the_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_imports, "BATCH", 1)
    content = "Phone,Name,Email\n5125550133,,\n5125550133,Dee,\n5125550133,Eve,eve@example.com\n5125550133,Eve,\n"
    seen = _preview("contacts", content)
    told = [(each.added, each.known, each.updated, each.people) for each in (seen, _take("contacts", content))]
    assert told == [(1, 3, 2, 1)] * 2
