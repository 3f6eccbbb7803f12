"""The audit log says who came in by which way, who was refused, and what changed how somebody comes in."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, yield_hotp_counters_from_time
from allauth.mfa.totp.internal.auth import hotp_value as code_for
from django.core import mail
from django.test import Client
from tests.console.test_second_step import PASSWORD, _set_up, _sign_in

from answerback.store import models
from answerback.store.secrets import unseal_step
from answerback.workflow import people

FROM = {"REMOTE_ADDR": "203.0.113.9"}


def _log(business: int | None = None) -> list[tuple[str, str, str, str]]:
    rows = models.AuditEntry.objects.filter(act="sign_in").order_by("id")
    rows = rows.filter(business=business) if business else rows
    return [(row.name, row.what.removeprefix("door:"), row.detail, row.place) for row in rows]


def _words(client: Client) -> list[tuple[str, str, str, str]]:
    shown = client.get("/history?act=sign_in").context["entries"]
    return [(each.who, each.says, each.detail, each.place) for each in reversed(shown)]


def test_signing_in_and_out_says_by_which_way(shop: Any) -> None:
    client = Client(**FROM)
    _sign_in(client)
    codes = _set_up(client)
    client.post("/sign-out")
    secret = unseal_step(Authenticator.objects.get(type="totp").data["secret"])
    _sign_in(client)
    client.post("/account/second-step/authenticate/", {"code": codes[0]})
    at = "203.0.113.9"
    assert _log() == [
        ("Alice", "signed_in", "password", at),
        ("Alice", "step_added", "totp", at),
        ("Alice", "codes_made", "", at),
        ("Alice", "signed_out", "", at),
        ("Alice", "code_used", "", at),
        ("Alice", "signed_in", "password+recovery_codes", at),
    ]
    assert _words(client) == [
        ("Alice", "Signed in", "password", at),
        ("Alice", "Set a second step up", "app code", at),
        ("Alice", "Got recovery codes", "", at),
        ("Alice", "Signed out", "", at),
        ("Alice", "Used a recovery code", "", at),
        ("Alice", "Signed in", "password + recovery code", at),
    ]
    kept = "".join(str(each) for each in models.AuditEntry.objects.values_list())
    assert not any(each in kept for each in (secret, PASSWORD, *codes))


def test_both_ways_are_told_of_an_app(shop: Any) -> None:
    mine, again = Client(**FROM), Client(**FROM)
    _sign_in(mine)
    _set_up(mine)
    _sign_in(again)
    secret = unseal_step(Authenticator.objects.get(type="totp").data["secret"])
    *_, late = yield_hotp_counters_from_time()
    code = format_hotp_value(code_for(secret, late))  # the first one was used a moment ago
    assert again.post("/account/second-step/authenticate/", {"code": code}).status_code == 302
    assert _log()[-1] == ("Alice", "signed_in", "password+totp", "203.0.113.9")


def test_too_many_tries_are_one_entry_of_whose_account_it_is(shop: Any) -> None:
    client = Client(**FROM)
    for _time in range(12):
        client.post("/sign-in", {"email": "ALICE@example.com", "password": "wrong"})
        client.post("/sign-in", {"email": "nobody@example.com", "password": "wrong"})
    assert _log() == [("Alice", "refused", "", "203.0.113.9")]


def test_too_many_codes_are_one_too(shop: Any) -> None:
    mine, thief = Client(), Client(**FROM)
    _sign_in(mine)
    _set_up(mine)
    before = len(_log())
    _sign_in(thief)
    for _time in range(15):
        thief.post("/account/second-step/authenticate/", {"code": "00000000"})
    assert _log()[before:] == [("Alice", "refused", "", "203.0.113.9")]


def test_a_password_that_is_changed_and_one_that_is_chosen_anew(shop: Any, settings: Any) -> None:
    settings.MAIL = {"host": "localhost"}
    bob = Client(**FROM)
    _sign_in(bob, "bob@example.com")
    new = "another long word of Bob"
    told = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert bob.post("/account/password", told).status_code == 302
    other = Client(**FROM)
    other.post("/account/password/forgotten", {"email": "bob@example.com"})
    link = next(word for word in mail.outbox[-1].body.split() if "/account/password/new/" in word)
    page = other.get(link, follow=True)
    other.post(page.redirect_chain[-1][0], {"password1": new + " again", "password2": new + " again"})
    assert [each[1] for each in _log()] == ["signed_in", "password_changed", "password_reset"]


def test_browsers_that_are_signed_out_stand_there(shop: Any) -> None:
    bob, phone = Client(**FROM), Client()
    for each in (bob, phone):
        _sign_in(each, "bob@example.com")
    row = models.SignIn.objects.order_by("id").last()
    assert row is not None
    bob.post(f"/account/sign-ins/{row.id}/end")
    bob.post("/account/sign-ins/end-others")
    assert [each[1] for each in _log()[2:]] == ["console:end_sign_in", "console:end_others"]
    assert not models.AuditEntry.objects.filter(act="edit").exists()


def test_each_business_of_a_person_has_it_and_no_other(shop: Any, opened: Any) -> None:
    """Bob works in two: both owners see that he came in, and neither anything of the other."""
    second = opened("Second Plumbing", "+13125550100")
    user = models.User.objects.get(email="bob@example.com")
    models.Member.objects.create(business=second.business, user=user, name="Robert", role="desk")
    bob = Client(**FROM)
    _sign_in(bob, "bob@example.com")
    both = [("Bob", "signed_in", "password", "203.0.113.9")], [("Robert", "signed_in", "password", "203.0.113.9")]
    assert (_log(shop.business.id), _log(second.business.id)) == both
    assert len(_log()) == 2


def test_who_joins_comes_in_by_a_link(shop: Any) -> None:
    member, token = people.invite(shop.business.id, "Kim", "kim@example.com", "desk")
    client = Client(**FROM)
    client.post(f"/join/{token}", {"name": "Kim", "password": "a plumber's long word"})
    assert _log() == [("Kim", "signed_in", "link", "203.0.113.9")]
    assert models.Member.objects.get(id=member.id).user is not None


def test_who_has_an_account_and_joins_another_business_is_told_there_alone(shop: Any, charlie: Client) -> None:
    _member, token = people.invite(shop.business.id, "Charlie", "charlie@example.com", "desk")
    charlie.post(f"/join/{token}")
    assert (
        [(row[0], row[1]) for row in _log()]
        == [("Charlie", "joined")]
        == [(row[0], row[1]) for row in _log(shop.business.id)]
    )


@pytest.mark.parametrize(("language", "words"), [("en", "Desk → Manager"), ("es", "Recepción → Gerente")])
def test_a_role_that_changes_says_from_and_to(shop: Any, alice: Client, language: str, words: str) -> None:
    models.User.objects.filter(email="alice@example.com").update(language=language)
    bob = models.Member.objects.get(name="Bob")
    alice.post(f"/people/{bob.id}/change", {"role": "manager", "phone": ""})
    entry = models.AuditEntry.objects.get(what="console:change_person")
    assert (entry.name, entry.detail, entry.subject) == ("Alice", "desk>manager", bob.id)
    shown = alice.get("/history?act=edit").context["entries"][0]
    assert (shown.detail, shown.about) == (words, "Bob")
    alice.post(f"/people/{bob.id}/change", {"role": "manager", "phone": "(512) 555-0177"})
    told = models.AuditEntry.objects.filter(what="console:change_person").order_by("id")
    assert [each.detail for each in told] == ["desk>manager", ""]


def test_a_change_that_is_refused_changes_no_role(shop: Any, alice: Client) -> None:
    """The phone was refused, the role was another all the same, and nothing stood in the log."""
    bob = models.Member.objects.get(name="Bob")
    told = {"role": "manager", "phone": shop.line.number}
    assert alice.post(f"/people/{bob.id}/change", told).status_code == 409
    bob.refresh_from_db()
    assert bob.role == "desk"
