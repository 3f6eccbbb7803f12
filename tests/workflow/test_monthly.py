"""Agency admins get the month of each business on paper, by e-mail, once, when it is over everywhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import measuring, monthly, people

if TYPE_CHECKING:
    from tests.services import Mailbox

ANN = "+15125550131"


@pytest.fixture
def agency(world: World, mailbox: Mailbox) -> World:
    """North Star looks after two businesses, one of them on Hawaii; Kim is its admin. Ann called the first one."""
    first = models.Business.objects.get()
    agency = models.Agency.objects.create(name="North Star")
    models.Business.objects.filter(id=first.id).update(agency=agency)
    models.Business.objects.create(
        agency=agency, name="Aloha Plomería", zone="Pacific/Honolulu", phone="+18085550100", created_at=world.now
    )
    kim = models.User.objects.create_user("kim@example.com", "a long password", name="Kim")
    people.add_agency_admin(agency.id, kim.id, "Kim")
    world.call(ANN)
    world.run(minutes=2)
    measuring.refresh(first.id)
    return world


def local(said: str, zone: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=ZoneInfo(zone))


def test_month_is_told_when_it_is_over_everywhere(agency: World) -> None:
    assert monthly.write_due(local("2026-04-01T08:00", "America/Chicago")) == 0
    assert monthly.write_due(local("2026-04-01T07:59", "Pacific/Honolulu")) == 0
    assert [monthly.write_due(local("2026-04-01T08:00", "Pacific/Honolulu")) for _twice in range(2)] == [1, 0]
    assert [row.month.isoformat() for row in models.MonthlyLetter.objects.all()] == ["2026-03-01"]


def test_letter_carries_each_business_on_paper_and_goes_once(agency: World, mailbox: Mailbox) -> None:
    agency.run(until="2026-04-02 09:00")
    assert [monthly.run() for _each in range(3)] == [1, 0, 0]
    (letter,) = mailbox.letters
    assert (letter["To"], letter["Subject"]) == ("Kim <kim@example.com>", "March 2026 on paper: North Star")
    files = {part.get_filename(): part.get_content() for part in letter.iter_attachments()}
    first, second = models.Business.objects.order_by("id").values_list("id", flat=True)
    assert sorted(files) == [f"aloha-plomer-a-{second}-2026-03.pdf", f"rivera-plumbing-{first}-2026-03.pdf"]
    assert {content[:5] for content in files.values()} == {b"%PDF-"}
    said = letter.get_body().get_content()
    assert "your 2 businesses came to in March 2026" in said
    assert "/reports/everywhere" in said


def test_a_month_is_written_in_spanish_as_people_write_it(agency: World, mailbox: Mailbox) -> None:
    """It was "marzo 2026 en papel"."""
    models.User.objects.filter(email="kim@example.com").update(language="es")
    agency.run(until="2026-04-02 09:00")
    assert monthly.run() == 1
    (letter,) = mailbox.letters
    assert letter["Subject"] == "Marzo de 2026 en papel: North Star"
    said = letter.get_body(("plain",)).get_content()
    assert said.startswith("En qué quedaron las llamadas perdidas de sus 2 negocios en marzo de 2026")


def test_server_that_is_away_is_tried_again_and_one_that_refuses_is_not(agency: World, mailbox: Mailbox) -> None:
    agency.run(until="2026-04-02 09:00")
    mailbox.says = "451 later"
    assert (monthly.run(), status()) == (0, "waiting")
    agency.run(minutes=11)
    mailbox.says = "550 no"
    assert (monthly.run(), status()) == (0, "failed")
    agency.run(hours=3)
    mailbox.says = "250 OK"
    assert (monthly.run(), mailbox.letters) == (0, [])


def status() -> str:
    return models.MonthlyLetter.objects.get().status


def test_letter_whose_sender_died_is_never_sent_again(agency: World, mailbox: Mailbox) -> None:
    agency.run(until="2026-04-02 09:00")
    monthly.write_due(agency.now)
    models.MonthlyLetter.objects.update(status="sending")
    agency.run(hours=2)
    assert (monthly.run(), status(), mailbox.letters) == (0, "unclear", [])


def test_admin_who_wants_none_gets_none(agency: World) -> None:
    admin = models.AgencyAdmin.objects.get()
    monthly.choose(admin.user_id, admin.agency_id, wants=False)
    assert monthly.write_due(local("2026-04-01T08:00", "Pacific/Honolulu")) == 0


def test_months_are_not_told_late_in_the_next_one(agency: World) -> None:
    assert monthly.write_due(local("2026-04-21T08:00", "Pacific/Honolulu")) == 0
