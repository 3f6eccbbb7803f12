"""A large table is taken in behind the page: its progress is seen, a restart loses nothing, and no half of it stays."""

from __future__ import annotations

import html
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.console.test_saved_together import _await, _colleague

from answerback.store import models
from answerback.store.queries.line_behind import ROWS as ROWS_SHOWN
from answerback.workflow import clock, erasure, large_files, tasks

if TYPE_CHECKING:
    from django.test import Client

ROWS = 20_000


def _file(rows: int = ROWS, last: str = "") -> bytes:
    lines = (f"(512) {200 + n // 10_000}-{n % 10_000:04},Person{n} Smith,person{n}@example.com" for n in range(rows))
    return "\n".join(["Phone,Name,Email", *lines, *([last] if last else [])]).encode()


def _chosen(client: Client, content: bytes) -> int:
    told = {"kind": "contacts", "file": SimpleUploadedFile("old.csv", content)}
    assert client.post("/contacts/import", told).status_code == 302
    return int(models.Upload.objects.get().id)


def _asked(client: Client, content: bytes) -> int:
    """A file that a worker has looked through and that is to be taken in."""
    upload = _chosen(client, content)
    large_files.work(upload)
    assert models.Upload.objects.get(id=upload).state == "looked"
    columns = {"column-number": "Phone", "column-name": "Name", "column-email": "Email"}
    answer = client.post(f"/contacts/import/{upload}/take", columns)
    assert answer.headers["Location"] == f"/contacts/import/{upload}/progress"
    return upload


def test_page_answers_at_once_and_shows_how_far_it_is(
    shop: Any, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_files, "TELL_EVERY", 0.02)
    upload = _asked(alice, _file())
    assert models.Contact.objects.count() == 0
    waits = alice.get(f"/contacts/import/{upload}/progress").content.decode()
    assert "Waits for its turn" in waits
    assert f'hx-get="/contacts/import/{upload}/live"' in waits
    assert alice.get(f"/contacts/import/{upload}").headers["Location"] == f"/contacts/import/{upload}/progress"
    worker = Thread(target=_work, args=[upload])
    worker.start()
    seen, until = set(), monotonic() + 60
    while worker.is_alive() and monotonic() < until:
        row = models.Upload.objects.get(id=upload)
        seen.add((row.state, 0 < row.share < 100, 0 < row.rows < ROWS, models.Contact.objects.exists()))
        sleep(0.02)
    worker.join()
    assert ("working", True, True, False) in seen
    row = models.Upload.objects.get(id=upload)
    told = (row.state, row.share, row.rows, row.added, row.known, row.refused, bytes(row.content))
    assert told == ("done", 100, ROWS, ROWS, 0, 0, b"")
    assert models.Contact.objects.filter(business=shop.business).count() == ROWS
    over = alice.get(f"/contacts/import/{upload}/live")
    assert (over.headers["HX-Refresh"], "20000 rows read" in over.content.decode()) == ("true", True)
    assert "old.csv" in alice.get("/contacts/import").content.decode()


def _listed(page: str) -> list[str]:
    return re.findall(r'<tr><td class="num">(\d+)</td>', page)


def _work(upload: int) -> None:
    try:
        large_files.work(upload)
    finally:
        connection.close()


def test_page_answers_before_anything_is_looked_through(shop: Any, alice: Client) -> None:
    """A look at a large file took its time within the request."""
    models.Contact.objects.create(
        business=shop.business, number="+15122000001", name="Old Name", created_at=clock.now()
    )
    models.Contact.objects.create(business=shop.business, number="+15122000002", created_at=clock.now())
    upload = _chosen(alice, _file())
    row = models.Upload.objects.get(id=upload)
    assert (row.state, row.looks, row.rows) == ("waiting", True, 0)
    waits = alice.get(f"/contacts/import/{upload}/progress").content.decode()
    assert "Nothing is taken in yet." in waits
    assert alice.get(f"/contacts/import/{upload}").headers["Location"] == f"/contacts/import/{upload}/progress"
    large_files.work(upload)
    assert alice.get(f"/contacts/import/{upload}/live").headers["HX-Refresh"] == "true"
    assert alice.get(f"/contacts/import/{upload}/progress").headers["Location"] == f"/contacts/import/{upload}"
    page = alice.get(f"/contacts/import/{upload}").content.decode()
    said = "20000 rows: 19998 new, 2 updated. 1 other person at a shared phone. 0 known already"
    assert said in re.sub(" ([:,.])", r"\1", " ".join(re.sub("<[^>]*>", " ", page).split()))
    behind = {
        each.rpartition("/")[2]: alice.get(f"{html.unescape(each)}") for each in re.findall(r'"(/[^"]*/read/\w+)', page)
    }
    listed = {which: _listed(answer.content.decode()) for which, answer in behind.items()}
    assert [(which, len(rows)) for which, rows in listed.items()] == [
        ("all", ROWS_SHOWN), ("new", ROWS_SHOWN), ("updated", 2), ("people", 1), ("known", 0),
    ]  # fmt: skip
    assert (listed["updated"], listed["people"]) == (["3", "4"], ["3"])
    assert "<td>Person0 Smith</td>" in page
    assert models.Contact.objects.count() == 2
    again = alice.post(f"/contacts/import/{upload}", {"column-name": "Name"})
    assert again.headers["Location"] == f"/contacts/import/{upload}/progress"
    large_files.work(upload)
    assert "Say which column holds this: Phone number." in alice.get(f"/contacts/import/{upload}").content.decode()
    assert models.Contact.objects.count() == 2


def _counts(page: str) -> dict[str, str]:
    """Where each number of a file that was taken in leads."""
    return {says: address for address, says in re.findall(r'<a href="([^"]*)">(\d+ [^<]*)</a>', page)}


def test_what_was_taken_in_is_listed(shop: Any, alice: Client, charlie: Client) -> None:
    """Only the new and the updated were; what was known and the rows that were read had no list behind them."""
    known = {"+15122000002": "", "+15122000003": "Person3 Smith", "+15122000004": "Old Name"}
    for number, name in known.items():
        models.Contact.objects.create(
            business=shop.business, number=number, name=name, email="p@example.com" if name else "",
            created_at=clock.now(),
        )  # fmt: skip
    upload = _asked(alice, _file(last="(512) 200-0007,Person7 Smith,person7@example.com"))
    large_files.work(upload)
    rows = f"/contacts/import/{upload}/rows"
    behind = _counts(alice.get(f"/contacts/import/{upload}/progress").content.decode())
    assert behind == {
        f"{ROWS + 1} rows read": f"{rows}/all", f"{ROWS - 3} new": f"{rows}/new", "2 updated": f"{rows}/updated",
        "1 known already": f"{rows}/known", "1 repeats one further up": f"{rows}/repeat",
        "1 other person at a shared phone": f"{rows}/people",
    }  # fmt: skip
    kept = models.UploadRow.objects.filter(upload=upload).exclude(fate="people")
    assert kept.count() == kept.values("row").distinct().count() == ROWS + 1
    listed = {
        each: alice.get(f"{rows}/{each}").context["rows"]
        for each in ("all", "new", "updated", "known", "repeat", "people")
    }
    assert [len(each) for each in listed.values()] == [50, 50, 2, 1, 1, 1]
    assert [(row, who.who) for row, who in listed["updated"]] == [(4, "Person2 Smith"), (6, "Old Name")]
    assert [(row, who.who) for row, who in listed["known"]] == [(5, "Person3 Smith")]
    assert [(row, who.who) for row, who in listed["repeat"]] == [(ROWS + 2, "Person7 Smith")]
    assert [(row, who.number) for row, who in listed["people"]] == [(6, "(512) 200-0004")]
    assert [row for row, _ in listed["all"]] == list(range(2, 52))
    following = alice.get(f"{rows}/all?after={alice.get(f'{rows}/all').context['further']}").context["rows"]
    assert [row for row, _ in following] == list(range(52, 102))
    assert [alice.get(f"{rows}/simulator").status_code, charlie.get(f"{rows}/all").status_code] == [404, 404]


def test_who_was_erased_is_not_named_by_the_rows_of_a_file(
    shop: Any, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_files, "LARGE", 10)
    upload = _asked(alice, _file(3))
    large_files.work(upload)
    erasure.erase(shop.business.id, "+15122000000")
    page = alice.get(f"/contacts/import/{upload}/rows/new")
    assert [who.who for _, who in page.context["rows"][:2]] == ["", "Person1 Smith"]
    assert page.content.decode().count("Erased since") == 1
    assert "200-0000" not in page.content.decode()


def test_what_came_of_a_file_is_forgotten_after_a_day(
    shop: Any, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file was forgotten only when somebody chose another one."""
    monkeypatch.setattr(large_files, "LARGE", 10)
    upload = _asked(alice, _file(3))
    large_files.work(upload)
    assert models.UploadRow.objects.count() == 3
    tasks.forget_removed(0)
    assert models.Upload.objects.count() == 1
    models.Upload.objects.update(at=clock.now() - timedelta(days=1, minutes=1))
    tasks.forget_removed(0)
    assert (models.Upload.objects.count(), models.UploadRow.objects.count()) == (0, 0)
    assert models.Contact.objects.count() == 3


@pytest.mark.parametrize("kind", ["leads", "stops"])
def test_rows_of_other_tables_are_listed(shop: Any, alice: Client, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(large_files, "LARGE", 10)
    models.Contact.objects.create(business=shop.business, number="+15125550131", name="Ann", created_at=clock.now())
    content = "Phone,Since\n(512) 555-0131,2026-01-02\n(512) 555-0132,2026-01-02\n(512) 555-0132,2026-01-02\n"
    told = {"kind": kind, "file": SimpleUploadedFile("old.csv", content.encode())}
    upload = int(alice.post("/contacts/import", told).headers["Location"].split("/")[3])
    large_files.work(upload)
    alice.post(f"/contacts/import/{upload}/take", {"column-number": "Phone", "column-at": "Since"})
    large_files.work(upload)
    row = models.Upload.objects.get(id=upload)
    assert (row.state, row.rows, row.added, row.known) == ("done", 3, 2, 1)
    listed = {
        each: [(row, who.who, bool(who.href)) for row, who in alice.get(address).context["rows"]]
        for each, address in _counts(alice.get(f"/contacts/import/{upload}/progress").content.decode()).items()
    }
    has = kind == "leads"  # who said stop need be no contact
    ann, other = (2, "Ann", True), "(512) 555-0132"
    assert listed == {
        "3 rows read": [ann, (3, other, has), (4, other, has)], "2 new": [ann, (3, other, has)], "0 updated": [],
        "0 known already": [], "1 repeats one further up": [(4, other, has)],
    }  # fmt: skip


def test_every_refused_row_is_listed_with_its_reason(shop: Any, alice: Client, charlie: Client) -> None:
    """Two hundred were named, and of the others how many there are."""
    content = "Phone,Name\n(512) 555-0131,Ann\n" + "".join(f"12,Person{each}\n" for each in range(450))
    told = {"kind": "contacts", "file": SimpleUploadedFile("old.csv", content.encode())}
    upload = int(alice.post("/contacts/import", told).headers["Location"].split("/")[3])
    page = html.unescape(alice.get(f"/contacts/import/{upload}").content.decode())
    (address,) = re.findall(r'<a href="([^"]*)">And 250 more.</a>', page)
    seen: list[str] = []
    while address:
        answer = alice.get(address)
        seen += _listed(answer.content.decode())
        address = f"{address.partition('?')[0]}?{further}" if (further := answer.context["further"]) else ""
    assert seen == [str(row) for row in range(3, 453)]
    assert charlie.get(f"/contacts/import/{upload}/refused").status_code == 404


def test_wrong_row_at_the_end_leaves_nothing_and_is_named(shop: Any, alice: Client) -> None:
    upload = _asked(alice, _file(last="12,Ann,ann@example.com"))
    large_files.work(upload)
    row = models.Upload.objects.get(id=upload)
    assert (row.state, row.rows, row.refused) == ("failed", ROWS + 1, 1)
    assert [(each["row"], each["column"]) for each in row.problems] == [(ROWS + 2, "Phone")]
    assert models.Contact.objects.count() == 0
    page = alice.get(f"/contacts/import/{upload}/progress").content.decode()
    assert "Nothing was taken in" in page
    assert f'<td class="num">{ROWS + 2}</td>' in page
    alice.post(f"/contacts/import/{upload}/take", {"column-number": "Phone"})
    assert models.Upload.objects.get(id=upload).state == "waiting"


def test_a_file_that_a_version_before_looked_through_still_opens(
    shop: Any, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its problems were kept without which rows are wrong, and its page answered 500."""
    monkeypatch.setattr(large_files, "LARGE", 10)
    upload = _chosen(alice, _file(3, last="12,Ann,ann@example.com\n13,Bea,bea@example.com"))
    large_files.work(upload)
    row = models.Upload.objects.get(id=upload)
    fates = {each: rows for each, rows in row.contacts["rows"].items() if each != "wrong"}
    models.Upload.objects.filter(id=upload).update(contacts={"rows": fates})
    page = alice.get(f"/contacts/import/{upload}")
    assert (page.status_code, page.context["told"]["wrong"]) == (200, (2, "5, 6"))
    models.Upload.objects.filter(id=upload).update(contacts=None)
    assert alice.get(f"/contacts/import/{upload}").context["told"] == {"wrong": (2, "5, 6")}


def test_of_rows_that_change_nothing_the_first_are_kept(
    shop: Any, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of each was: of an address book that is known already, hundreds of thousands."""
    monkeypatch.setattr(large_files, "LARGE", 10)
    large_files.work(_asked(alice, _file(300)))
    models.Upload.objects.all().delete()
    upload = _chosen(alice, _file(300))
    large_files.work(upload)
    row = models.Upload.objects.get(id=upload)
    kept = {fate: rows for fate, rows in row.contacts["rows"].items() if rows}
    assert (row.known, kept) == (300, {"unchanged": list(range(2, 13))})
    page = alice.get(f"/contacts/import/{upload}")
    assert page.context["told"]["unchanged"][1] == "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …"
    assert page.context["unchanged"] == 300


def test_what_a_dead_process_left_is_taken_up_again(shop: Any, alice: Client) -> None:
    upload = _asked(alice, _file())
    alive = models.Upload.objects.filter(id=upload)
    alive.update(state="working", tries=1, beat_at=clock.now())
    assert large_files.lost() == ()
    large_files.work(upload)
    assert alive.get().tries == 1  # somebody else is at it
    alive.update(beat_at=clock.now() - timedelta(minutes=2))
    assert large_files.lost() == (upload,)
    large_files.work(upload)
    row = alive.get()
    assert (row.state, row.tries, row.added) == ("done", 2, ROWS)
    large_files.work(upload)
    assert models.Contact.objects.count() == ROWS


def test_whose_work_was_taken_up_by_another_writes_nothing(
    shop: Any, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that slept through its minute and wakes up."""
    monkeypatch.setattr(large_files, "TELL_EVERY", 60)
    upload = _asked(alice, _file())
    with ThreadPoolExecutor(1) as sleeper, _colleague() as other:
        other.execute("LOCK TABLE contact")  # it claims the file, and sleeps here
        woken = sleeper.submit(_work, upload)
        _await(other)
        assert other.execute("UPDATE upload SET tries = 7 WHERE state = 'working'").rowcount == 1
        other.commit()
        woken.result()
    assert models.Contact.objects.count() == 0
    assert models.Upload.objects.get(id=upload).state == "working"


def test_one_file_at_a_time_and_then_the_next(shop: Any, alice: Client) -> None:
    first = _asked(alice, _file())
    models.Upload.objects.filter(id=first).update(state="working", tries=1, beat_at=clock.now())
    told = {"kind": "contacts", "file": SimpleUploadedFile("b.csv", _file())}
    second = int(alice.post("/contacts/import", told).headers["Location"].split("/")[3])
    large_files.work(second)
    assert models.Upload.objects.get(id=second).state == "waiting"
    models.Upload.objects.filter(id=first).update(state="failed")
    large_files.work(second)
    alice.post(f"/contacts/import/{second}/take", {"column-number": "Phone"})
    large_files.work(second)
    assert models.Upload.objects.get(id=second).state == "done"


def test_nobody_elses_file_is_seen(shop: Any, alice: Client, charlie: Client) -> None:
    upload = _asked(alice, _file())
    assert [charlie.get(f"/contacts/import/{upload}/{page}").status_code for page in ("progress", "live")] == [404, 404]
