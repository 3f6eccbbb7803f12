"""The phone with the second step is lost: who takes it away, for whom, what is written down and what is mailed."""

import html
from typing import Any

from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from tests.console.test_second_step import _set_up, _sign_in

from answerback.store import models
from answerback.workflow import clock, people
from answerback.workflow.sign_ins import grace


def _kim(shop: Any) -> tuple[models.Member, Client]:
    """Another owner who signs in with a second step."""
    member, client = shop.member("Kim", "owner"), Client()
    _sign_in(client, "kim@example.com")
    assert len(_set_up(client)) == 10
    return member, client


def test_another_owner_takes_it_away_and_it_is_in_the_log(shop: Any, alice: Client) -> None:
    member, kim = _kim(shop)
    assert f"/people/{member.id}/second-step" in alice.get("/people").content.decode()
    assert alice.post(f"/people/{member.id}/second-step")["Location"] == "/people"
    assert not Authenticator.objects.filter(user=member.user).exists()
    assert kim.get("/").status_code == 302  # signed out everywhere: the phone may be somebody else's by now
    assert _sign_in(kim, "kim@example.com")["Location"] == "/"
    due = models.User.objects.get(email="kim@example.com").second_step_due
    assert due == clock.now() + grace()
    shown = alice.get("/history?act=sign_in").context["entries"]
    assert [(each.who, each.says, each.about) for each in shown[:2]] == [
        ("Kim", "Signed in", ""),
        ("Alice", "Took somebody's second step away", "Kim"),
    ]
    assert f"/people/{member.id}/second-step" not in alice.get("/people").content.decode()


def test_the_person_is_told_by_mail_in_their_language(shop: Any, alice: Client, settings: Any) -> None:
    settings.MAIL = {"url": "smtp+plain://127.0.0.1:1"}
    member, _kims = _kim(shop)
    models.User.objects.filter(email="kim@example.com").update(language="es")
    mail.outbox.clear()
    alice.post(f"/people/{member.id}/second-step")
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["kim@example.com"], "Alice quitó su segundo paso para entrar")
    ]
    assert "Rivera Plumbing" in mail.outbox[0].body


def test_who_has_none_loses_none(shop: Any, alice: Client) -> None:
    member = models.Member.objects.get(name="Bob")
    answer = alice.post(f"/people/{member.id}/second-step")
    assert (answer.status_code, "Bob has no second step." in html.unescape(answer.content.decode())) == (409, True)


def test_it_is_taken_away_by_no_owner_of_another_business_the_person_is_at_too(shop: Any, alice: Client) -> None:
    """An owner could invite whom they like, and then open the way into the other's business."""
    member, _kims = _kim(shop)
    other = models.Business.objects.get(name="Other Plumbing")
    models.Member.objects.create(business=other, user=member.user, name="Kim", role="desk")
    answer = alice.post(f"/people/{member.id}/second-step")
    says = "Kim works in a business too whose people you do not look after. Ask whoever runs this installation."
    assert (answer.status_code, html.unescape(answer.content.decode()).count(says)) == (409, 1)
    assert Authenticator.objects.filter(user=member.user).exists()


def test_nobody_takes_their_own_away_there_and_no_manager_anybodys(shop: Any, alice: Client) -> None:
    mary = shop.member("Mary", "manager")
    member, kim = _kim(shop)
    manager = Client()
    _sign_in(manager, "mary@example.com")
    assert (kim.post(f"/people/{member.id}/second-step").status_code, mary.role) == (409, "manager")
    assert manager.post(f"/people/{member.id}/second-step").status_code == 404
    assert Authenticator.objects.filter(user=member.user).exists()


def test_an_agencys_admin_is_helped_by_another_admin_on_the_agencys_page(shop: Any, alice: Client) -> None:
    agency = models.Agency.objects.create(name="North Star")
    models.Business.objects.filter(id=shop.business.id).update(agency=agency)
    pat, kim = (models.User.objects.create_user(f"{each}@north.example", "a long password") for each in ("pat", "kim"))
    for each in (pat, kim):
        people.add_agency_admin(agency.id, each.id, each.email[:3].title())
    kims, pats = Client(), Client()
    _sign_in(kims, kim.email)
    _set_up(kims)
    pats.force_login(pat)
    admin = models.AgencyAdmin.objects.get(user=kim)
    seat = models.Member.objects.get(user=kim)
    refused = alice.post(f"/people/{seat.id}/second-step")
    assert "An agency's admins are looked after on the agency's page." in html.unescape(refused.content.decode())
    assert Authenticator.objects.filter(user=kim).exists()
    assert f"/agency/admins/{admin.id}/second-step" in pats.get("/agency").content.decode()
    assert pats.post(f"/agency/admins/{admin.id}/second-step")["Location"] == "/agency"
    assert not Authenticator.objects.filter(user=kim).exists()
    assert kims.get("/").status_code == 302
    assert alice.get("/agency").status_code == 404
    entries = alice.get("/history?act=sign_in").context["entries"]
    says = [(each.who, each.says, each.about) for each in entries if each.who == "Pat"]
    assert says == [("Pat", "Took an agency admin's second step away", "Kim")]
