"""Each number of an import's preview leads to the rows it counts, and there are so many."""

import html
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from answerback.store import models
from answerback.store.queries import line_behind
from answerback.workflow import large_files

NOW = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)
LINK = re.compile(r'<a href="([^"]*/read/[^"]*)">([\d,]+) ([^<]*)</a>')
ROW = re.compile(r'<tr><td class="num">(\d+)</td>')


def _preview(client: Client, kind: str, content: str) -> str:
    told = {"kind": kind, "file": SimpleUploadedFile("old.csv", content.encode())}
    return client.post("/contacts/import", told, follow=True).content.decode()


def _behind(client: Client, page: str) -> dict[str, tuple[int, list[int]]]:
    """What each number says, and the rows that are listed behind it."""
    found = {}
    for href, count, words in LINK.findall(page):
        listed = client.get(html.unescape(href)).content.decode()
        found[words] = (int(count), [int(each) for each in ROW.findall(listed)])
    return found


@pytest.fixture
def known(shop: Any) -> None:
    for last, name, email in ((131, "Maria", ""), (132, "Tom Gray", "tom@example.com"), (133, "Ann", "")):
        models.Contact.objects.create(
            business=shop.business, number=f"+1512555{last:04}", name=name, email=email, created_at=NOW
        )


@pytest.mark.usefixtures("known")
def test_rows_of_contacts(alice: Client) -> None:
    rows = [
        "(512) 555-0131,Maria,maria@example.com",  # gets an address
        "(512) 555-0132,Tom,other@example.com",  # known
        "(512) 555-0133,Ben,",  # another person there
        "(512) 555-0140,Zoe,",
        "(512) 555-0140,Zoe Ash,zoe@example.com",  # the same one again
        "(512) 555-0141,Kim,",
        "(512) 555-0141,Lou,",  # another person at a number that is new itself
    ]
    page = _preview(alice, "contacts", "\n".join(["Phone,Name,Email", *rows]))
    assert _behind(alice, page) == {
        "rows": (7, [2, 3, 4, 5, 6, 7, 8]),
        "new": (2, [5, 7]),
        "updated": (2, [2, 4]),
        "known already": (3, [3, 6, 8]),
        "whose numbers stand further up in the file": (2, [6, 8]),
        "other people at shared phones": (2, [4, 8]),
    }
    assert models.Contact.objects.count() == 3


@pytest.mark.usefixtures("known")
def test_rows_of_leads_stops_and_money(shop: Any, alice: Client) -> None:
    models.Suppression.objects.create(business=shop.business, number="+15125550131", at=NOW, evidence="She said so.")
    stops = _preview(alice, "stops", "Phone\n(512) 555-0131\n(512) 555-0140\n(512) 555-0140\n")
    assert _behind(alice, stops) == {
        "rows": (3, [2, 3, 4]), "new": (1, [3]), "updated": (0, []), "known already": (1, [2]),
        "repeats one further up": (1, [4]),
    }  # fmt: skip
    assert "row 4 repeats row 3" in stops
    lead = "Phone,Status,Since\n"
    leads = _preview(alice, "leads", f"{lead}(512) 555-0131,won,2026-01-02\n(512) 555-0131,won,2026-01-02\n")
    assert _behind(alice, leads) == {
        "rows": (2, [2, 3]), "new": (1, [2]), "updated": (0, []), "known already": (0, []),
        "repeats one further up": (1, [3]),
    }  # fmt: skip
    shop.conversation(150, name="Sam")
    money = _preview(alice, "revenue", "Phone,Amount,Job\n(512) 555-0150,480,R-1\n(512) 555-0150,480,R-1\n")
    assert _behind(alice, money) == {
        "rows": (2, [2, 3]), "new": (1, [2]), "updated": (0, []), "known already": (0, []),
        "repeats one further up": (1, [3]),
    }  # fmt: skip


def test_rows_go_on_and_keep_the_columns_somebody_chose(alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("answerback.console.contacts.imports.ROWS", 2)
    _preview(alice, "contacts", "Phone,Name,Said\n" + "".join(f"(512) 555-01{n},A{n},B{n}\n" for n in range(40, 45)))
    at = f"/contacts/import/{models.Upload.objects.get().id}"
    page = alice.post(at, {"column-number": "Phone", "column-name": "Said"}).content.decode()
    first = html.unescape(LINK.findall(page)[0][0])
    shown, seen = alice.get(first).content.decode(), []
    while further := re.search(r'<p class="more"><a class="button" href="([^"]*)"', shown):
        seen += ROW.findall(shown)
        assert "<td>B4" in shown
        shown = alice.get(first.partition("?")[0] + html.unescape(further[1])).content.decode()
    assert seen + ROW.findall(shown) == ["2", "3", "4", "5", "6"]
    assert line_behind.ROWS > 2


def test_what_was_read_of_a_file_that_was_refused_is_listed(
    shop: Any, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker finds at the end what keeps all of it from being taken in."""
    monkeypatch.setattr(large_files, "LARGE", 10)
    _preview(alice, "contacts", "Phone,Name\n(512) 555-0131,Maria\n(512) 555-0132,Tom\nnobody,Ann\n")
    upload = models.Upload.objects.get()
    large_files.work(upload.id)  # looks
    large_files.start(upload.id, {"number": "Phone", "name": "Name"}, "Alice")
    large_files.work(upload.id)
    page = alice.get(f"/contacts/import/{upload.id}/progress").content.decode()
    assert _behind(alice, page) == {
        "rows read": (3, [2, 3]), "new": (2, [2, 3]), "updated": (0, []), "known already": (0, []),
    }  # fmt: skip
    assert '<a href="#problems-head">1 refused</a>' in page


def test_what_is_wrong_is_led_to(alice: Client) -> None:
    page = _preview(alice, "contacts", "Phone,Name\n(512) 555-0131,Maria\nnobody,Tom\n")
    assert '<a href="#problems-head">1 of the 2 rows is wrong' in page


@pytest.mark.usefixtures("known")
def test_a_file_with_a_wrong_row_says_all_that_is_with_the_others(alice: Client) -> None:
    """Its row without a number vanished: "Some of the 2 rows are wrong" was said of three."""
    rows = ["nobody,Tom", ",Ann", "(512) 555-0131,Maria", "(512) 555-0140,Zoe", "(512) 555-0140,Zoe"]
    page = _preview(alice, "contacts", "\n".join(["Phone,Name", *rows]))
    plain = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert "1 of the 5 rows is wrong, so nothing can be taken in yet." in plain
    assert (
        "1 wrong row row 2 1 without a phone number, which stays out row 3 1 known already row 4 "
        "1 repeats one further up row 6 repeats row 5"
    ) in plain
    assert _behind(alice, page) == {
        "without a phone number, which stays out": (1, [3]),
        "known already": (1, [4]),
        "repeats one further up": (1, [6]),
    }


@pytest.mark.usefixtures("known")
def test_a_row_that_stands_there_twice_says_which_one_it_repeats(alice: Client) -> None:
    """It was said to be known already, of a customer nobody had ever heard of."""
    rows = ["(512) 555-0131,Maria", "(512) 555-0140,Zoe", "512-555-0140,Zoe", "(512) 555-0131,Maria", "5125550140,Zoe"]
    page = _preview(alice, "contacts", "\n".join(["Phone,Name", *rows]))
    plain = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert (
        "1 known already row 2 3 repeat others further up row 4 repeats row 3, row 5 repeats row 2, row 6 repeats row 3"
    ) in plain
    behind = {"new": (1, [3]), "known already": (1, [2]), "repeat others further up": (3, [4, 5, 6])}
    assert {words: _behind(alice, page)[words] for words in behind} == behind
    every = alice.get(f"/contacts/import/{models.Upload.objects.get().id}/read/all").content.decode()
    assert re.findall(r'<td class="soft">(.*?)</td></tr>', every) == [
        "", "", "repeats row 3", "repeats row 2", "repeats row 3",
    ]  # fmt: skip
    listed = f"/contacts/import/{models.Upload.objects.get().id}/read/known"
    assert "repeats row" not in alice.get(listed).content.decode()


def test_numbers_are_shown_as_people_write_them(alice: Client) -> None:
    page = _preview(alice, "contacts", "Phone,Name\n512-555-0131,Maria\n+44 20 7946 0958,Tom\n,Ann\n")
    (rows,) = re.findall(r"<tbody>((?:(?!</tbody>).)*Maria.*?)</tbody>", page, re.DOTALL)
    assert re.findall(r"<td>([^<]*\d[^<]*)</td>", rows) == ["(512) 555-0131", "+44 20 7946 0958"]
    all_rows = alice.get(f"/contacts/import/{models.Upload.objects.get().id}/read/all").content.decode()
    assert re.findall(r"<td>([^<]*\d[^<]*)</td>", all_rows) == ["(512) 555-0131", "+44 20 7946 0958"]


def test_nobody_else_sees_them(alice: Client, bob: Client, charlie: Client) -> None:
    _preview(alice, "contacts", "Phone,Name\n(512) 555-0131,Maria\n")
    at = f"/contacts/import/{models.Upload.objects.get().id}/read"
    asked = [(alice, "all"), (alice, "none"), (bob, "all"), (charlie, "all")]
    assert [who.get(f"{at}/{which}").status_code for who, which in asked] == [200, 404, 404, 404]


def test_contacts_without_a_phone_stay_out_and_are_listed(shop: Any, alice: Client) -> None:
    """One friend without a number kept the whole of an address book out."""
    book = "Name,Phone,Email\nZoe,(512) 555-0140,\nOnly Mail,,m@example.com\nKim,(512) 555-0141,\nNobody, ,\n"
    page = _preview(alice, "contacts", book)
    assert _behind(alice, page) == {
        "rows": (2, [2, 4]),
        "new": (2, [2, 4]),
        "updated": (0, []),
        "known already": (0, []),
        "without a phone number, which stay out": (2, [3, 5]),
    }
    assert "Take 2 rows in" in page
    took = re.search(r'formaction="([^"]+)"', page)
    assert took is not None
    alice.post(took[1], {"column-number": "Phone", "column-name": "Name"})
    assert sorted(models.Contact.objects.values_list("name", flat=True)) == ["Kim", "Zoe"]


def test_a_large_book_says_whose_numbers_are_missing(shop: Any, alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_files, "LARGE", 10)
    _preview(alice, "contacts", "Name,Phone\nZoe,(512) 555-0140\nOnly Mail,\n")
    upload = models.Upload.objects.get()
    large_files.work(upload.id)
    page = alice.get(f"/contacts/import/{upload.id}").content.decode()
    assert _behind(alice, page)["without a phone number, which stays out"] == (1, [3])
