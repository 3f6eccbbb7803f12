"""A large table is taken in behind the page: its progress is seen, a restart loses nothing, and no half of it stays."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from answerback.store import models
from answerback.store.queries.line_behind import ROWS as ROWS_SHOWN
from answerback.workflow import clock, large_files

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
    said = "20000 rows: 19998 new, 2 updated, 0 known already. 1 other person at a shared phone."
    assert said in re.sub("<[^>]*>", "", page)
    behind = {
        each.rpartition("/")[2]: alice.get(f"{html.unescape(each)}") for each in re.findall(r'"(/[^"]*/read/\w+)', page)
    }
    listed = {which: _listed(answer.content.decode()) for which, answer in behind.items()}
    assert [(which, len(rows)) for which, rows in listed.items()] == [
        ("all", ROWS_SHOWN), ("new", ROWS_SHOWN), ("updated", 2), ("known", 0), ("people", 1),
    ]  # fmt: skip
    assert (listed["updated"], listed["people"]) == (["3", "4"], ["3"])
    assert "<td>Person0 Smith</td>" in page
    assert models.Contact.objects.count() == 2
    again = alice.post(f"/contacts/import/{upload}", {"column-name": "Name"})
    assert again.headers["Location"] == f"/contacts/import/{upload}/progress"
    large_files.work(upload)
    assert "Say which column holds this: Phone number." in alice.get(f"/contacts/import/{upload}").content.decode()
    assert models.Contact.objects.count() == 2


def test_what_was_taken_in_is_listed(shop: Any, alice: Client) -> None:
    """The page of progress said that who was updated was known."""
    models.Contact.objects.create(business=shop.business, number="+15122000002", created_at=clock.now())
    models.Contact.objects.create(
        business=shop.business, number="+15122000003", name="Person3 Smith", email="p@example.com",
        created_at=clock.now(),
    )  # fmt: skip
    upload = _asked(alice, _file())
    large_files.work(upload)
    page = alice.get(f"/contacts/import/{upload}/progress").content.decode()
    said = re.findall(r'<a href="([^"]*)">(\d+ \w+)</a>', page)
    rows = f"/contacts/import/{upload}/rows"
    assert said == [(f"{rows}/made", "19998 new"), (f"{rows}/changed", "1 updated")]
    assert "1 known already" in page
    assert [each.who for each in alice.get(f"{rows}/changed").context["found"]] == ["Person2 Smith"]
    made = alice.get(f"{rows}/made").context
    assert (len(made["found"]), made["older"] != "") == (50, True)
    assert alice.get(f"{rows}/simulator").status_code == 404


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
    Thread(target=_taken_up, args=[upload]).start()
    large_files.work(upload)
    assert models.Contact.objects.count() == 0
    assert models.Upload.objects.get(id=upload).state == "working"


def _taken_up(upload: int) -> None:
    rows = models.Upload.objects.filter(id=upload, state="working")
    while not rows.update(tries=7):
        sleep(0.01)
    connection.close()


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
