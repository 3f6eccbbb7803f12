"""An adapter that was uninstalled: what waits for it is kept, and a person is told what to install."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from answerback.ports.registry import NotInstalled
from answerback.server import doctor
from answerback.store import models
from answerback.store.secrets import seal
from answerback.testing.world import World
from answerback.workflow import busy_times, clock, copying, delivery, directory, line_health, reconcile, turn

ANN = "+15125550131"
SAYS = "nimbus is not installed here any more."


@contextmanager
def uninstalled() -> Iterator[None]:
    """The phone adapter of every connection is gone meanwhile."""
    before = dict(models.Connection.objects.values_list("id", "provider"))
    models.Connection.objects.update(provider="nimbus")
    directory.forget()
    try:
        yield
    finally:
        for id, provider in before.items():
            models.Connection.objects.filter(id=id).update(provider=provider)
        directory.forget()


def planned(world: World) -> None:
    """Ann called; her first text is due and not handed over yet."""
    world.phones.call(ANN, world.shop.lines[0], world.now, ring=20, outcome="no-answer")
    world.run(seconds=20)
    world.clock.move_to(world.now + timedelta(seconds=9))
    while turn.run():
        pass
    world.clock.move_to(world.now + timedelta(seconds=15))


def text() -> models.Message:
    return models.Message.objects.filter(author="machine").latest("id")


def test_text_waits_and_leaves_once_it_is_installed_again(world: World) -> None:
    planned(world)
    with uninstalled():
        (claimed,) = delivery.claim()
        delivery.write([delivery.hand_over(claimed)])
        assert (text().status, text().detail.startswith(SAYS)) == ("queued", True)
    world.run(minutes=2)
    assert len(world.texts_to(ANN)) == 1
    assert world.broken_promises() == ()


def test_text_that_waited_too_long_is_given_to_a_person_who_reads_what_to_install(world: World) -> None:
    planned(world)
    with uninstalled():
        world.run(hours=1)
        assert (text().status, text().failure) == ("refused", "retries_spent")
        tries = text().attempt
        world.run(hours=2)
        assert text().attempt == tries < 20
    assert [todo.kind for todo in world.todos(ANN)] == ["failed_text"]
    assert world.texts_to(ANN) == ()


def test_text_lost_in_the_hand_over_is_asked_about_later_and_then_given_to_a_person(world: World) -> None:
    planned(world)
    with uninstalled():
        delivery.claim()
        world.clock.move_to(world.now + reconcile.LEASE + timedelta(seconds=1))
        reconcile.run()
        assert text().status == "sending"
        world.run(hours=1)
        assert text().status == "unclear"
    assert world.texts_to(ANN) == ()


def test_line_is_red_within_a_minute_and_says_what_to_do(world: World) -> None:
    with uninstalled():
        line_health.check_all()
        (found,) = models.LineFinding.objects.filter(name="connection")
        assert (found.level, found.says.startswith(SAYS)) == ("red", True)
        assert "Install its adapter again" in found.fix
        assert found.alarmed_at is not None
        said = [each.says for each in doctor.findings() if SAYS in each.says]
        assert said, "the doctor names it and does not fail"


def test_urgent_case_whose_phones_cannot_be_rung_still_reaches_somebody(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    world.text(ANN, "pipe burst, water everywhere, please hurry")
    with uninstalled():
        world.run(minutes=30)
        (page,) = world.pages(ANN)
        assert (page.taken_at, models.Wake.objects.filter(page=page).count() > 1) == (None, True)


def test_crm_and_calendar_rest_with_the_reason_and_keep_what_waits(world: World) -> None:
    business, now = models.Business.objects.get(), clock.now()
    member = models.Member.objects.filter(business=business).first()
    crm = models.OutsideCrm.objects.create(business=business, provider="nimbus", sealed=seal({}), created_at=now)
    calendar = models.OutsideCalendar.objects.create(
        business=business, member=member, provider="nimbus", sealed=seal({}), created_at=now, subscription=""
    )
    world.call(ANN)
    world.run(minutes=1)
    assert (copying.copy_due(crm.id), busy_times.read(calendar.id)) == (0, False)
    crm.refresh_from_db()
    calendar.refresh_from_db()
    assert (crm.problem.startswith(SAYS), calendar.problem.startswith(SAYS)) == (True, True)
    assert crm.rests_until is not None
    assert models.CrmCopy.objects.filter(crm=crm, due_at__isnull=False).exists()
    said = [each for each in doctor.findings() if each.name.endswith("nimbus")]
    assert [(each.ok, each.says, "Install its adapter" in each.fix) for each in said] == [(False, SAYS, True)]


def test_the_error_is_one_that_is_tried_again(db: None) -> None:
    problem = NotInstalled("phone adapter", "nimbus", "simulator")
    assert str(problem) == "No phone adapter is called 'nimbus'. Installed: simulator."
    assert problem.detail.startswith(SAYS)
