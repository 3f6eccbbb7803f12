"""The installation's secret is replaced on purpose, and nothing is lost by it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured
from typer.testing import CliRunner

from answerback.console.accounts import second_step
from answerback.server import backups, doctor, setting_up
from answerback.server.commands import app
from answerback.server.environment import environment
from answerback.store import models
from answerback.store.secrets import WrongSecret, is_sealed_anew, seal, seal_step, unseal, unseal_step
from answerback.testing import each_table, stack
from answerback.workflow import archives, clock, erasure, links, push, resealing, setup, transaction, video_links
from answerback.workflow.resealing import Sealed

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from answerback.testing.world import World

ANN, BEN = "+15125550131", "+15125550132"
NEW, NEWER = "n" * 40, "m" * 40


def _replaced(settings: SettingsWrapper, new: str = NEW, *, known: bool = True) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS] if known else []
    settings.SECRET_KEY = new


def _is_there(announce: object) -> None:
    """The database is."""


def _said(monkeypatch: pytest.MonkeyPatch, *command: str) -> tuple[int, str]:
    monkeypatch.setattr(setting_up, "prepare", _is_there)
    monkeypatch.setattr(setting_up, "migrate", lambda: 0)
    done = CliRunner().invoke(app, [*command], env={"COLUMNS": "500"})
    return done.exit_code, " ".join(done.output.split())


@pytest.fixture
def sealed(world: World) -> dict[type[Any], int]:
    """A row in every table that has something sealed, by the number of the row."""
    world.hire("Dana", "+15125550177")
    whose = {models.Business: world.shop.business, models.Member: models.Member.objects.values_list("id").first()[0]}
    made = {}
    for table in resealing.tables():
        made[table] = id = 1 if table is models.PushKeys else 90_001
        values = {
            each.attname: whose[each.related_model] if each.is_relation else _any_value(each, id)
            for each in table._meta.concrete_fields
        }
        table._default_manager.create(**values | {"sealed": seal({"secret": f"of {table.__name__}"})})
    return made


def _any_value(field: Any, id: int) -> Any:
    fitting = each_table.must_be(field, clock.now())
    if field.primary_key or fitting:
        return id if field.primary_key else fitting[0]
    if field.has_default() or field.null:
        return field.get_default()
    return each_table._value(field, id, "Zanzibar", clock.now())


def _opened(sealed: dict[type[Any], int]) -> dict[str, dict[str, str]]:
    return {table.__name__: unseal(table._default_manager.get(id=id).sealed) for table, id in sealed.items()}


def test_every_table_with_something_sealed_has_words() -> None:
    assert {table._meta.db_table for table in resealing.tables()} == set(resealing.WORDS)


def test_everything_is_sealed_anew_and_opens_without_the_old_secret(
    sealed: dict[type[Any], int], settings: SettingsWrapper
) -> None:
    before = _opened(sealed)
    _replaced(settings)
    assert _opened(sealed) == before  # while the old one is named
    first = list(resealing.reseal())
    assert [(each.name, each.anew, each.lost) for each in first] == [
        (resealing.WORDS[table._meta.db_table], 0, ()) for table in resealing.tables()
    ]
    settings.SECRET_KEY_FALLBACKS = []
    assert _opened(sealed) == before
    assert [(each.old, each.lost) for each in resealing.reseal()] == [(0, ())] * len(first)


def test_it_may_be_ended_anywhere_and_run_again(sealed: dict[type[Any], int], settings: SettingsWrapper) -> None:
    before = _opened(sealed)
    _replaced(settings)
    going = resealing.reseal()
    next(going)
    going.close()
    kept = {table: bytes(table._default_manager.get(id=id).sealed) for table, id in sealed.items()}
    done = {table for table, each in kept.items() if is_sealed_anew(each)}
    assert 0 < len(done) < len(kept)
    list(resealing.reseal())
    assert {table: bytes(table._default_manager.get(id=sealed[table]).sealed) for table in done} == {
        table: kept[table] for table in done
    }
    settings.SECRET_KEY_FALLBACKS = []
    assert _opened(sealed) == before


def test_what_opens_by_no_secret_stays_and_is_told(
    sealed: dict[type[Any], int], settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {table: bytes(table._default_manager.get(id=id).sealed) for table, id in sealed.items()}
    _replaced(settings, known=False)
    code, said = _said(monkeypatch, "reseal")
    assert code == 1
    where = sealed[models.OutsideCrm]
    assert f"CRMs: 0 sealed anew, 1 open by no secret that is known (number {where})." in said
    assert "Name the secret it was sealed under in ANSWERBACK_OLD_SECRETS" in said
    assert {table: bytes(table._default_manager.get(id=id).sealed) for table, id in sealed.items()} == before
    found = {each.name: each for each in doctor.findings()}["secret"]
    assert (found.ok, "1 CRMs" in found.says, "ANSWERBACK_OLD_SECRETS" in found.fix) == (False, True, True)
    settings.SECRET_KEY_FALLBACKS = ["t" * 40]
    assert _said(monkeypatch, "reseal")[0] == 1


def test_what_nobody_could_enter_again_is_let_go(
    sealed: dict[type[Any], int], settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    models.AlertWay.objects.filter(id=sealed[models.AlertWay]).update(kind="push", removed_at=None)
    assert "let go" not in _said(monkeypatch, "reseal", "--let-go")[1]  # all of it opens
    _replaced(settings, known=False)
    code, said = _said(monkeypatch, "reseal", "--let-go")
    gone = "registrations at providers: 1 let go. keys of notifications: 1 let go. devices that are to be alerted: 1"
    assert (code, said.startswith(f"{gone} let go. ")) == (1, True)
    assert (models.SignInApp.objects.count(), models.PushKeys.objects.count()) == (0, 0)
    assert push.public_key() != "Zanzibar1"


def test_doctor_says_what_is_to_be_done_and_when_it_is_done(
    world: World, settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> tuple[bool, str, str]:
        return next((each.ok, each.says, each.fix) for each in doctor.findings() if each.name == "secret")

    assert found()[:2] == (True, "1 things are sealed, and can be opened.")
    _replaced(settings)
    assert found() == (False, "Under an old secret: 1 phone connections.", "Run: answerback reseal")
    code, said = _said(monkeypatch, "reseal")
    assert (code, "phone connections: 1 sealed anew." in said, "after 30 days" in said) == (0, True, True)
    assert found()[:2] == (True, "1 things are sealed, and can be opened.")
    settings.SECRET_KEY_FALLBACKS = []
    code, said = _said(monkeypatch, "reseal")
    assert (code, said) == (
        0,
        "phone connections: 0 sealed anew, 1 were so already. Everything is sealed under the secret as it is.",
    )


def test_second_steps_are_sealed_anew(world: World, settings: SettingsWrapper) -> None:
    eve = setup.add_member(world.shop.business, "Eve", "owner", email="eve@example.com", password="a long password")
    app_row = Authenticator.objects.create(user=eve.user, type="totp", data={"secret": seal_step("ABC")})
    codes = Authenticator.objects.create(
        user=eve.user, type="recovery_codes", data={"migrated_codes": [seal_step("1234"), "5678"], "used_mask": 3}
    )
    _replaced(settings)
    assert set(second_step.kept().values()) == {"bare"}
    assert second_step.reseal() == (2, ())
    assert second_step.reseal() == (0, ())
    settings.SECRET_KEY_FALLBACKS = []
    app_row.refresh_from_db()
    codes.refresh_from_db()
    assert unseal_step(app_row.data["secret"]) == "ABC"
    assert [unseal_step(each) for each in codes.data["migrated_codes"]] == ["1234", "5678"]
    assert (codes.data["used_mask"], second_step.kept()) == (3, {eve.user_id: "sealed"})
    settings.SECRET_KEY = NEWER
    assert (second_step.reseal(), second_step.kept()) == ((0, (app_row.id, codes.id)), {eve.user_id: "wrong"})


def test_links_sent_before_open_as_long_as_the_old_secret_is_named(world: World, settings: SettingsWrapper) -> None:
    now = clock.now()
    booking, page, video = links.token(7, now), links.reference(7), video_links.token(7, 3, now)
    _replaced(settings)
    assert (links.conversation_of(booking, now), links.referred(page)) == (7, 7)
    assert video_links.read(video, now).video == 3
    assert links.token(7, now) != booking
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(links.BadLink):
        links.conversation_of(booking, now)
    with pytest.raises(links.BadLink):
        links.referred(page)
    with pytest.raises(video_links.BadVideoLink):
        video_links.read(video, now)


@pytest.mark.parametrize("cut", [0, 1, 8, 15, 16])
def test_a_link_cut_short_is_none(cut: int, world: World) -> None:
    """Of a signature that is shorter than ours nothing is compared: an empty one would fit anything."""
    whole = links.reference(7)
    with pytest.raises(links.BadLink):
        links.referred(whole[:cut])


def _stopped_and_forgotten(world: World, number: str) -> None:
    world.call(number)
    world.run(minutes=1)
    world.text(number, "STOP")
    world.run(minutes=1)
    erasure.erase(world.shop.business, number)
    world.run(hours=30)


def _is_stopped(number: str) -> bool:
    return models.Suppression.objects.filter(number=number, lifted_at=None).exists()


def test_who_said_stop_and_was_forgotten_is_known_again_under_every_later_secret(
    world: World, settings: SettingsWrapper
) -> None:
    """Their number is nowhere, so nothing can be digested anew: what it was digested with is kept."""
    for number in (ANN, BEN):
        _stopped_and_forgotten(world, number)
    _replaced(settings)
    world.call(ANN)  # before anything is sealed anew
    world.run(minutes=1)
    assert (_is_stopped(ANN), models.NumberKey.objects.count()) == (True, 0)
    for new in (NEW, NEWER):
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS], new
        list(resealing.reseal())
        list(resealing.reseal())
        settings.SECRET_KEY_FALLBACKS = []
    before = world.texts_to(BEN)
    world.call(BEN)
    world.run(minutes=1)
    assert (_is_stopped(BEN), world.texts_to(BEN)) == (True, before)


def test_a_stop_that_was_kept_twice_stands_once(world: World, settings: SettingsWrapper) -> None:
    """Under a secret that was lost for a while, and under the one of that while: a call was refused by the tables."""
    ours = settings.SECRET_KEY
    _stopped_and_forgotten(world, ANN)
    _replaced(settings, known=False)
    list(resealing.reseal())
    models.Connection.objects.update(sealed=seal({}))
    _stopped_and_forgotten(world, ANN)
    assert models.Suppression.objects.filter(number__startswith="hmac:", lifted_at=None).count() == 2
    settings.SECRET_KEY_FALLBACKS = [ours]
    world.call(ANN)
    world.run(minutes=1)
    assert _is_stopped(ANN)


def test_a_number_key_nobody_can_open_stops_no_call(world: World, settings: SettingsWrapper) -> None:
    _stopped_and_forgotten(world, ANN)
    models.NumberKey.objects.create(sealed=b"another's")
    world.call(ANN)
    world.run(minutes=1)
    assert _is_stopped(ANN)
    found = {each.name: each for each in doctor.findings()}["secret"]
    assert (found.ok, found.says) == (
        False,
        "Under a secret that is not known: 1 keys of numbers that were forgotten.",
    )


def test_a_backup_of_before_is_put_back_with_the_old_secret_named(
    world: World, settings: SettingsWrapper, tmp_path: Path
) -> None:
    world.call(BEN)
    world.run(minutes=1)
    file = tmp_path / "one.backup"
    backups.back_up(file)
    _stopped_and_forgotten(world, ANN)
    _replaced(settings)
    list(resealing.reseal())
    erasure.erase(world.shop.business, BEN)  # under the new one, and the backup knows them
    done = backups.restore(file, replace=True)
    assert (done.is_to_be_resealed, done.forgotten, models.NumberKey.objects.count()) == (True, 1, 1)
    list(resealing.reseal())
    settings.SECRET_KEY_FALLBACKS = []
    assert [unseal(each.sealed) is not None for each in models.Connection.objects.all()] == [True]
    with pytest.raises(backups.BackupError, match="ANSWERBACK_OLD_SECRETS"):
        backups.restore(file, replace=True)


def test_a_business_of_another_installation_opens_once_its_secret_is_named(
    world: World, settings: SettingsWrapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = settings.SECRET_KEY
    _stopped_and_forgotten(world, ANN)
    _replaced(settings)
    list(resealing.reseal())  # there, the secret had been replaced already
    settings.SECRET_KEY_FALLBACKS = []
    before = unseal(models.Connection.objects.get().sealed)
    file = tmp_path / "rivera.zip"
    with file.open("wb+") as to:
        archives.write_business(world.shop.business, to)
    stack.empty()
    settings.SECRET_KEY = NEWER
    code, said = _said(monkeypatch, "import", str(file))
    assert (code, "Name that secret in ANSWERBACK_OLD_SECRETS and run: answerback reseal." in said) == (0, True)
    with pytest.raises(WrongSecret):
        unseal(models.Connection.objects.get().sealed)
    settings.SECRET_KEY_FALLBACKS = [NEW]
    assert _said(monkeypatch, "reseal")[0] == 0
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(models.Connection.objects.get().sealed) == before
    assert theirs != NEW
    world.call(ANN)
    world.run(minutes=1)
    assert _is_stopped(ANN)


def test_a_business_comes_in_under_an_old_secret_that_is_named(world: World, settings: SettingsWrapper) -> None:
    world.call(ANN)
    file = io.BytesIO()
    archives.write_business(world.shop.business, file)
    stack.empty()
    _replaced(settings)
    done = archives.take_in(file)
    assert (done.opens, done.is_to_be_resealed) == (True, True)


def test_old_secrets_are_read(tmp_path: Path) -> None:
    def read(**values: str) -> list[str]:
        return list(environment({"ANSWERBACK_VAR": str(tmp_path), **values}).old_secrets)

    file = tmp_path / "old"
    file.write_text("a,b " + "c" * 40 + "\n\n" + "d" * 40 + "\n")
    assert read() == []
    assert read(ANSWERBACK_OLD_SECRETS=f"{'a' * 40}, {'b' * 40}") == ["a" * 40, "b" * 40]
    assert read(ANSWERBACK_OLD_SECRETS_FILE=str(file)) == ["a,b " + "c" * 40, "d" * 40]
    with pytest.raises(ImproperlyConfigured, match="One of ANSWERBACK_OLD_SECRETS is shorter than 32 characters"):
        read(ANSWERBACK_OLD_SECRETS="short")


def test_the_keys_are_kept_only_where_a_number_was_digested(world: World, settings: SettingsWrapper) -> None:
    _replaced(settings)
    assert list(resealing.reseal()) == [Sealed(name="phone connections", old=1)]
    assert models.NumberKey.objects.count() == 0
    assert transaction.run(lambda cursor: cursor.execute("SELECT 1").rowcount) == 1
