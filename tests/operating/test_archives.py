"""A whole business leaves one installation and is taken in by a fresh one with nothing lost."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from answerback.store import models
from answerback.store.queries import archive
from answerback.testing import stack
from answerback.testing.world import World
from answerback.workflow import archives, erasure, measuring, quieting, setup, shelf, transaction
from answerback.workflow.archives import Unusable

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

ANN, BEN, CAM = "+15125550131", "+15125550132", "+15125550133"

QUIETED = {
    "conversation": ("epoch",),
    "line": ("paused_until", "sender_says"),
    "business": ("revision",),
}
"""What taking a business in changes on purpose: texts are held, and what was planned is stale."""


@pytest.fixture
def lived(world: World) -> World:
    """A business with a sold lead, a stop, somebody forgotten, a member who signs in, and nothing under way."""
    for number in (ANN, BEN, CAM):
        world.call(number)
        world.run(minutes=1)
        world.text(number, "water heater leaking slowly, 78704")
        world.run(minutes=2)
    world.text(BEN, "STOP")
    world.run(minutes=1)
    world.staff("Dana").mark(ANN, "won", cents=45_000)
    erasure.erase(world.shop.business, CAM)
    setup.add_member(world.shop.business, "Eve", "desk", email="eve@example.com", password="a long password")
    world.run(hours=100)
    measuring.recount(world.shop.business)
    return world


def test_fresh_installation_has_everything_that_was_exported(lived: World) -> None:
    before, report = _everything(), lived.report()
    file = io.BytesIO()
    written = archives.write_business(lived.shop.business, file)
    stack.empty()
    done = archives.take_in(file)
    after = _everything()
    assert (done.name, done.opens, done.quieted) == (models.Business.objects.get().name, True, 0)
    assert _differing(before, after) == {"account"}, "Only passwords stay behind."
    assert {row["email"]: row["password"][0] for row in after["account"]} == {"eve@example.com": "!"}
    assert written.tables["event"].rows == len(before["event"]) > 20
    assert lived.report() == report
    assert measuring.verify(done.business).differing == ()


@pytest.fixture
def video(lived: World, settings: SettingsWrapper, tmp_path: Path) -> models.VideoFile:
    """One that is sent, with its file on a shelf of the test's."""
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path / "a")}}
    settings.STORAGES = {**settings.STORAGES, "videos": folder}
    row = models.Video.objects.create(
        business_id=lived.shop.business, title="How we work", kind="what_next", language="en", made_by="drawn",
        state="ready", published_at=lived.now, created_at=lived.now,
    )  # fmt: skip
    film = tmp_path / "film.mp4"
    film.write_bytes(b"a film of ours")
    shelf.put(row.id, "vertical", film, "video/mp4")
    return models.VideoFile.objects.get()


def test_files_of_videos_travel(lived: World, video: models.VideoFile, settings: SettingsWrapper) -> None:
    file = io.BytesIO()
    written = archives.write_business(lived.shop.business, file)
    assert (written.files, written.lost) == (1, 0)
    stack.empty()
    shelf.forget([video.path])
    assert archives.take_in(file).lost == 0
    assert b"".join(shelf.part(video.path, 0, 100)) == b"a film of ours"
    with pytest.raises(Unusable, match="There is a business here already"):
        archives.take_in(file)
    assert b"".join(shelf.part(video.path, 0, 100)) == b"a film of ours"


def test_file_of_a_video_that_is_gone_is_told(lived: World, video: models.VideoFile) -> None:
    shelf.forget([video.path])
    file = io.BytesIO()
    assert (archives.write_business(lived.shop.business, file).lost, "files/" in str(file.getvalue())) == (1, False)
    stack.empty()
    assert archives.take_in(file).lost == 1


def test_file_of_a_video_cannot_be_put_elsewhere(lived: World, video: models.VideoFile, tmp_path: Path) -> None:
    file, changed = io.BytesIO(), io.BytesIO()
    archives.write_business(lived.shop.business, file)
    with zipfile.ZipFile(file) as packed, zipfile.ZipFile(changed, "w") as forged:
        for name in packed.namelist():
            content = packed.read(name).replace(video.path.encode(), b"../outside.mp4")
            forged.writestr(name.replace(video.path, "../outside.mp4"), content)
    stack.empty()
    with pytest.raises(Unusable, match="no whole archive"):
        archives.take_in(changed)
    assert (models.Business.objects.count(), (tmp_path / "outside.mp4").exists()) == (0, False)


def test_imported_business_goes_on_but_sends_nothing_until_told(lived: World) -> None:
    file = io.BytesIO()
    archives.write_business(lived.shop.business, file)
    stack.empty()
    archives.take_in(file)
    got = {number: lived.texts_to(number) for number in (ANN, BEN, CAM)}
    lived.call(ANN)
    lived.run(minutes=2)
    assert {number: lived.texts_to(number) for number in got} == got
    assert models.Lead.objects.filter(contact__number=ANN).count() == 2
    transaction.run(quieting.resume)
    lived.call("+15125550134")
    lived.call(BEN)
    lived.run(minutes=2)
    assert len(lived.texts_to("+15125550134")) == 1
    assert lived.texts_to(BEN) == got[BEN]


def test_nothing_of_another_business_is_in_it(lived: World) -> None:
    other = models.Business.objects.create(
        name="Charlie's", zone="America/Chicago", phone="+15125550999", created_at=lived.now
    ).id
    models.Contact.objects.create(business_id=other, number="+15125550777", created_at=lived.now)
    file = io.BytesIO()
    archives.write_business(lived.shop.business, file)
    with zipfile.ZipFile(file) as packed:
        content = b"".join(packed.read(name) for name in packed.namelist())
    assert b"5125550777" not in content
    assert b"Charlie" not in content
    assert b"password" not in content.lower()


def test_every_table_leaves_or_says_why_not() -> None:
    forgotten = {archive.name(table) for table in archive.tables() if archive.of_business(table) is None}
    assert forgotten <= set(archive.LEFT_OUT), "Give these a key to the business, or a reason in LEFT_OUT."
    stale = set(archive.LEFT_OUT) - forgotten - set(archive.APART)
    assert stale == set()


def test_what_is_known_of_one_person_is_theirs_alone(lived: World) -> None:
    ann = models.Contact.objects.get(number=ANN)
    file = io.BytesIO()
    written = archives.write_contact(ann.id, file)
    rows = {name: table.rows for name, table in written.tables.items() if table.rows}
    assert rows["contact"] == rows["conversation"] == rows["lead"] == rows["revenue_entry"] == 1
    assert rows["message"] == models.Message.objects.filter(contact=ann).count()
    assert rows["consent"] == models.Consent.objects.filter(number=ANN).count() > 0
    with zipfile.ZipFile(file) as packed:
        content = b"".join(packed.read(name) for name in packed.namelist())
    assert BEN[2:].encode() not in content
    with pytest.raises(Unusable, match="of one contact, not of a whole business"):
        archives.take_in(file)


def test_archive_of_an_older_version_gets_what_is_new_by_default(lived: World) -> None:
    file = io.BytesIO()
    archives.write_business(lived.shop.business, file)
    older = _rewritten(file, lambda manifest: manifest["tables"]["line"]["columns"].pop("per_second"))
    stack.empty()
    archives.take_in(older)
    assert models.Line.objects.get().per_second == 1.0


def test_what_does_not_fit_is_refused_and_leaves_nothing_behind(lived: World) -> None:
    file = io.BytesIO()
    archives.write_business(lived.shop.business, file)
    with pytest.raises(Unusable, match="There is a business here already"):
        archives.take_in(file)
    stack.empty()
    with pytest.raises(Unusable, match="no whole archive"):
        archives.take_in(io.BytesIO(file.getvalue()[:-100]))
    newer = _rewritten(file, lambda manifest: manifest["tables"]["line"]["columns"].update(later="text"))
    with pytest.raises(Unusable, match="does not know columns later of the table line"):
        archives.take_in(newer)
    wrong = _rewritten(file, lambda _: None, message=b'{"id": "seven"}\n')
    with pytest.raises(Unusable, match="rows of the table message do not fit"):
        archives.take_in(wrong)
    fewer = _rewritten(file, lambda _: None, decision_receipt=b"")
    with pytest.raises(Unusable, match="table decision_receipt has 0 rows"):
        archives.take_in(fewer)
    assert {name: rows for name, rows in _everything().items() if rows} == {}


def test_there_is_nothing_to_write_of_a_business_that_is_not_there(world: World) -> None:
    with pytest.raises(Unusable, match="There is no business 999"):
        archives.write_business(999, io.BytesIO())


def _everything() -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    with connection.cursor() as cursor:
        for table in archive.tables():
            name = archive.name(table)
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{name}" t ORDER BY 1')
            rows = [json.loads(row[0]) for row in cursor.fetchall()]
            for row in rows:
                for column in QUIETED.get(name, ()):
                    row.pop(column)
            found[name] = rows
    return found


def _differing(before: dict[str, list[dict[str, object]]], after: dict[str, list[dict[str, object]]]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _rewritten(file: io.BytesIO, change, **tables: bytes) -> io.BytesIO:  # type: ignore[no-untyped-def]
    """The same archive with another manifest, or other rows in some tables."""
    changed = io.BytesIO()
    with zipfile.ZipFile(file) as packed, zipfile.ZipFile(changed, "w") as again:
        for name in packed.namelist():
            content = tables.get(name.removeprefix("tables/").removesuffix(".jsonl"), packed.read(name))
            if name == archives.MANIFEST:
                manifest = json.loads(content)
                change(manifest)
                content = json.dumps(manifest).encode()
            again.writestr(name, content)
    return changed
