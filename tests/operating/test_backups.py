"""A backup is put back for real, and what it brought back is compared with what there was."""

from __future__ import annotations

import json
import tarfile
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from answerback.server import backups
from answerback.server.backups import BackupError
from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import erasure, quieting, transaction

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

ANN, BEN, CAM, DEE = (f"+1512555013{n}" for n in range(1, 5))


def test_restored_backup_is_what_was_there_and_sends_nothing_twice(world: World, tmp_path: Path) -> None:
    """Ann waits for a nudge, Ben's text waits in the queue, Cam will be forgotten and Dee will say stop."""
    for number in (ANN, CAM, DEE):
        world.call(number)
        world.run(minutes=1)
        world.text(number, "water heater leaking slowly")
        world.run(minutes=1)
    world.call(BEN)
    world.run(minutes=1, until=lambda: world.lead(BEN) is not None)
    assert world.texts_to(BEN) == ()
    file = tmp_path / "one.backup"
    before = _everything()
    taken = backups.back_up(file)
    assert taken.rows["contact"] == 4
    assert file.stat().st_mode & 0o777 == 0o600

    world.run(hours=3)
    world.text(DEE, "STOP")
    world.run(minutes=1)
    erasure.erase(world.shop.business, CAM)
    got = {number: [seen.body for seen in world.texts_to(number)] for number in (ANN, BEN, CAM, DEE)}
    assert len(got[BEN]) >= 1

    done = backups.restore(file, replace=True)
    assert (done.forgotten, done.stops, done.migrations) == (1, 1, 0)
    after = _everything()
    # A business changes by its revision alone: its lines hold their texts.
    assert _differing(before, after) <= {
        "business", "contact", "conversation", "consent", "decision_receipt", "erasure", "event",
        "lead", "lead_turn", "line", "message", "suppression", "todo", "advice",
    }  # fmt: skip
    assert before["playbook_version"] == after["playbook_version"]
    # Who was forgotten again has a lead that ends by it; nothing else of a restore is a turn.
    turns = [row.split(",")[2] for row in after["lead_turn"] if row not in before["lead_turn"]]
    assert (turns, set(before["lead_turn"]) <= set(after["lead_turn"])) == (["lost"], True)

    assert not models.Contact.objects.filter(number=CAM).exists()
    assert world.is_stopped(DEE)
    world.run(hours=72)
    assert {number: [seen.body for seen in world.texts_to(number)] for number in got} == got
    assert (
        sorted(todo.title[:42] for todo in models.Todo.objects.filter(key="restored"))
        == ["answerback was restored from a copy of 10 "] * done.quieted
    )
    assert done.quieted >= 1
    assert world.lead(BEN).status in {"new", "contacted"}


def test_caller_who_still_waited_becomes_a_lead_without_a_text(world: World, tmp_path: Path) -> None:
    world.call(ANN)
    file = tmp_path / "one.backup"
    backups.back_up(file)
    backups.restore(file, replace=True)
    world.run(hours=2)
    assert world.texts_to(ANN) == ()
    assert world.lead(ANN).status == "new"


def test_texts_are_held_and_let_go(world: World, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    backups.back_up(file)
    done = backups.restore(file, replace=True)
    assert done.held_until == world.now + timedelta(minutes=15)
    world.call(ANN)
    world.run(minutes=2)
    assert world.texts_to(ANN) == ()
    world.run(minutes=15)
    world.call(BEN)
    world.run(minutes=2)
    assert len(world.texts_to(BEN)) == 1

    backups.restore(file, replace=True, hold=True)
    world.run(hours=10)
    world.call(CAM)
    world.run(minutes=2)
    assert world.texts_to(CAM) == ()
    assert transaction.run(quieting.resume) == models.Line.objects.count()
    world.call(DEE)
    world.run(minutes=2)
    assert len(world.texts_to(DEE)) == 1


def test_who_was_forgotten_is_forgotten_again_when_the_database_was_lost(
    world: World, tmp_path: Path, settings: SettingsWrapper
) -> None:
    settings.VAR = tmp_path
    world.call(ANN)
    world.run(minutes=1)
    file = tmp_path / "one.backup"
    backups.back_up(file)
    erasure.erase(world.shop.business, ANN)
    models.Erasure.objects.all().delete()
    log = tmp_path / erasure.FILE
    assert ANN[2:] not in log.read_text()
    log.write_text(log.read_text() + '{"business": 1, "dig')
    assert backups.restore(file, replace=True).forgotten == 0
    assert backups.restore(file, replace=True, logs=[log]).forgotten == 1
    assert models.Contact.objects.get().number.startswith("erased")


def test_stop_of_somebody_forgotten_since_is_kept_once(world: World, tmp_path: Path, settings: SettingsWrapper) -> None:
    """The backup knows the stop by the number, the replaced database by its digest."""
    settings.VAR = tmp_path
    world.call(ANN)
    world.run(minutes=1)
    world.text(ANN, "STOP")
    world.run(minutes=1)
    file = tmp_path / "one.backup"
    backups.back_up(file)
    erasure.erase(world.shop.business, ANN)
    (kept,) = models.Suppression.objects.values_list("number", "at", "lifted_at")
    assert backups.restore(file, replace=True).forgotten == 1
    assert list(models.Suppression.objects.values_list("number", "at", "lifted_at")) == [kept]
    assert transaction.run(quieting.resume) > 0
    before = world.texts_to(ANN)
    world.call(ANN)
    world.run(minutes=2)
    assert (world.texts_to(ANN), world.is_stopped(ANN)) == (before, True)


def test_person_who_came_back_after_they_were_forgotten_stays_known(world: World, tmp_path: Path) -> None:
    world.call(ANN)
    world.run(minutes=1)
    erasure.erase(world.shop.business, ANN)
    world.run(hours=30)
    world.call(ANN)
    world.run(minutes=1)
    file = tmp_path / "one.backup"
    backups.back_up(file)
    assert backups.restore(file, replace=True).forgotten == 0
    assert models.Contact.objects.filter(number=ANN).exists()


def test_nothing_is_changed_by_what_is_no_whole_backup(world: World, tmp_path: Path, settings: SettingsWrapper) -> None:
    world.call(ANN)
    world.run(minutes=1)
    file = tmp_path / "one.backup"
    backups.back_up(file)
    before = _everything()

    cut = tmp_path / "cut.backup"
    cut.write_bytes(file.read_bytes()[:-12_000])  # a tar ends in up to 10 KiB of nothing
    with pytest.raises(BackupError, match="cut off"):
        backups.restore(cut, replace=True)
    with pytest.raises(BackupError, match="is no backup of answerback"):
        backups.restore(tmp_path, replace=True)
    with pytest.raises(BackupError, match="There are 1 businesses here already"):
        backups.restore(file)
    with pytest.raises(BackupError, match="of a newer answerback"):
        backups.restore(_changed(file, tmp_path, migration="9999_later"), replace=True)
    broken = tmp_path / "broken.backup"
    broken.write_bytes(_spoiled(file))
    with pytest.raises(BackupError, match="nothing was changed"):
        backups.restore(broken, replace=True)
    settings.SECRET_KEY = "another secret that is long enough to be one"
    with pytest.raises(BackupError, match="made under another secret"):
        backups.restore(file, replace=True)
    assert _differing(before, _everything()) == set()


def test_secret_is_in_it_only_when_it_was_asked_for(world: World, tmp_path: Path, settings: SettingsWrapper) -> None:
    file = tmp_path / "one.backup"
    backups.back_up(file)
    assert settings.SECRET_KEY.encode() not in file.read_bytes()
    backups.back_up(file, with_secret=True)
    with tarfile.open(file) as tar:
        assert tar.extractfile("secret").read().decode() == settings.SECRET_KEY  # type: ignore[union-attr]


def _everything() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        names = [row[0] for row in cursor.fetchall()]
        found: dict[str, list[str]] = {}
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" AS t ORDER BY 1')
            found[name] = [row[0] for row in cursor.fetchall()]
    return found


def _differing(before: dict[str, list[str]], after: dict[str, list[str]]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _changed(file: Path, folder: Path, **about: str) -> Path:
    """The same backup saying something else of itself."""
    unpacked = folder / "unpacked"
    with tarfile.open(file) as tar:
        tar.extractall(unpacked, filter="data")
    (unpacked / "backup.json").write_text(json.dumps(json.loads((unpacked / "backup.json").read_text()) | about))
    changed = folder / "changed.backup"
    with tarfile.open(changed, "w") as tar:
        for part in ("backup.json", "database.dump"):
            tar.add(unpacked / part, part)
    return changed


def _spoiled(file: Path) -> bytes:
    """The same backup with a part of the dump's data overwritten, its length as before."""
    content = bytearray(file.read_bytes())
    content[-60_000:-20_000] = b"\0" * 40_000
    return bytes(content)
