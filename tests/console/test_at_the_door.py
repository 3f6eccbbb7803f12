"""What somebody tries who has no seat, had one, or has a lesser one: links, sessions, roles, host names, frames."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from tests.console.test_second_step import PASSWORD, _sign_in

from answerback.store import models
from answerback.workflow import people

if TYPE_CHECKING:
    from collections.abc import Callable

NEW = "a much longer password"


def _invited(alice: Client) -> tuple[str, models.Member]:
    """The address of a link for Kim, and Kim."""
    answer = alice.post(
        "/people/invite", {"name": "Kim", "email": "kim@example.com", "role": "desk", "phone": ""}, follow=True
    )
    (address,) = set(re.findall(r"/join/[\w-]+", answer.content.decode()))
    return address, models.Member.objects.get(name="Kim")


def test_a_link_is_over_once_whoever_was_invited_is_let_go(alice: Client, shop: Any) -> None:
    address, kim = _invited(alice)
    assert Client().get(address).status_code == 200
    assert alice.post(f"/people/{kim.id}/let-go").status_code == 302
    for ask in (Client().get, Client().post):
        assert ask(address, {"name": "Kim", "password": NEW}).status_code == 404
    assert not models.User.objects.filter(email="kim@example.com").exists()


def test_nobody_else_who_is_signed_in_takes_a_link(alice: Client, shop: Any, charlie: Client) -> None:
    """A link of somebody who has an account is theirs; signed in as another, nobody gets their seat."""
    address, kim = _invited(alice)
    models.User.objects.create_user(email="kim@example.com", password=PASSWORD)
    seats = set(models.Member.objects.filter(user__email="charlie@example.com").values_list("business", flat=True))
    assert charlie.post(address, {"name": "Charlie", "password": PASSWORD}).status_code == 409
    assert Client().post(address, {"name": "Kim", "password": NEW}).status_code == 409
    kim.refresh_from_db()
    assert kim.user_id is None or kim.user.email == "kim@example.com"
    mine = models.Member.objects.filter(user__email="charlie@example.com").values_list("business", flat=True)
    assert set(mine) == seats


def test_a_link_takes_no_role_and_no_address_from_who_opens_it(alice: Client, shop: Any) -> None:
    address, kim = _invited(alice)
    more = {"role": "owner", "email": "evil@example.com", "business": "1", "is_superuser": "1"}
    assert Client().post(address, {"name": "Kim", "password": NEW, **more}).status_code == 302
    kim.refresh_from_db()
    assert (kim.role, kim.user.email, kim.user.is_superuser) == ("desk", "kim@example.com", False)
    assert Client().post(address, {"name": "Kim", "password": "another long one"}).status_code == 404
    assert kim.user.check_password(NEW)


@pytest.mark.parametrize(("page", "act"), [("/lines", None), ("/settings/rules", None), (None, "/settings/rules/save")])
def test_a_lower_role_counts_from_the_next_request_on(
    shop: Any, page: str | None, act: str | None, as_person: Callable[[str], Client]
) -> None:
    shop.member("Kim", "manager")
    kim = as_person("kim@example.com")
    ask = kim.get if page else kim.post
    before = ask(page or act).status_code
    models.Member.objects.filter(name="Kim").update(role="technician")
    assert (before != 404, ask(page or act).status_code) == (True, 404)


def test_whoever_is_let_go_is_out_at_once(shop: Any, alice: Client) -> None:
    kim_row = shop.member("Kim", "desk")
    kim = Client()
    _sign_in(kim, "kim@example.com")
    assert kim.get("/inbox").status_code == 200
    alice.post(f"/people/{kim_row.id}/let-go")
    assert kim.get("/inbox").status_code in {302, 403}


def test_a_session_from_before_the_sign_in_opens_nothing(shop: Any) -> None:
    """Whoever planted a session's key in a browser has not the key it is signed in by."""
    planted = Client()
    planted.get("/account/password/forgotten")
    planted.session.save()
    victim = Client()
    session = victim.session
    session["planted"] = True
    session.save()
    key = victim.cookies["sessionid"].value
    assert _sign_in(victim, "bob@example.com").status_code == 302
    assert victim.cookies["sessionid"].value != key
    thief = Client()
    thief.cookies["sessionid"] = key
    assert thief.get("/").status_code == 302


def test_an_own_key_in_the_cookie_is_never_taken(shop: Any) -> None:
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    _sign_in(client, "bob@example.com")
    assert client.cookies["sessionid"].value != "a" * 32


def test_another_password_signs_every_other_browser_out(shop: Any) -> None:
    desk, phone = Client(), Client()
    for each in (desk, phone):
        _sign_in(each, "bob@example.com")
    told = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert desk.post("/account/password", told).status_code == 302
    assert phone.get("/").status_code == 302
    assert desk.get("/").status_code == 200
    # They stood in the list still, and the one that is signed in did not.
    assert [each.is_this for each in desk.get("/account").context["browsers"]] == [True]


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "Your new password holds from now on."), ("es", "Su contraseña nueva vale desde ahora.")],
)
def test_who_changes_their_password_is_told_that_it_is_done(shop: Any, language: str, says: str) -> None:
    """The form stood there again, empty and without a word."""
    models.User.objects.update(language=language)
    client = Client()
    _sign_in(client, "bob@example.com")
    told = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/account/password", told)["Location"] == "/account"
    assert client.get("/account").content.decode().count(says) == 1


def test_a_new_password_by_mail_signs_every_browser_out(shop: Any, mailoutbox: list[Any]) -> None:
    thief = Client()
    _sign_in(thief, "bob@example.com")
    client = Client()
    client.post("/account/password/forgotten", {"email": "bob@example.com"})
    (link,) = re.findall(r"/account/password/new/\S+", mailoutbox[-1].body)
    there = client.get(link)["Location"]
    assert client.post(there, {"password1": NEW, "password2": NEW}).status_code == 302
    assert thief.get("/").status_code == 302
    again = Client().get(link, follow=True)  # and the link has been used up
    assert b"password1" not in again.content


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_SERVER", "HTTP_FORWARDED"])
def test_no_header_decides_where_a_mailed_link_leads(shop: Any, mailoutbox: list[Any], header: str) -> None:
    value = "host=evil.example" if header == "HTTP_FORWARDED" else "evil.example"
    client = Client(raise_request_exception=False)
    client.post("/account/password/forgotten", {"email": "bob@example.com"}, **{header: value})
    assert [mail for mail in mailoutbox if "evil" in mail.body or "evil" in str(mail.alternatives)] == []


@pytest.mark.parametrize("address", ["/", "/sign-in", "/inbox", "/account", "/api/docs", "/static/nothing", "/nothing"])
def test_no_page_is_shown_in_a_frame(bob: Client, address: str) -> None:
    for client in (bob, Client()):
        answer = client.get(address)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]


def test_whoever_signs_out_leaves_nothing_to_go_back_to(bob: Client) -> None:
    key = bob.cookies["sessionid"].value
    assert bob.get("/inbox").headers["Cache-Control"] == "no-store"
    bob.post("/sign-out")
    thief = Client()
    thief.cookies["sessionid"] = key
    assert thief.get("/inbox").status_code == 302


def test_nobody_takes_back_what_was_done_at_another_business(shop: Any, alice: Client, charlie: Client) -> None:
    """The token of an undo holds what was done; it counts at that business alone."""
    alice.post("/snippets/save", {"name": "Hello", "body": "Hello there"}, follow=True)
    row = models.Snippet.objects.get(name="Hello", removed_at=None)
    page = alice.post(f"/snippets/{row.id}/remove", follow=True).content.decode()
    (token,) = set(re.findall(r'name="undo" value="([^"]+)"', page))
    assert charlie.post("/undo", {"undo": token}).status_code == 404
    assert Client().post("/undo", {"undo": token})["Location"].startswith("/sign-in")
    assert models.Snippet.objects.filter(name="Hello", removed_at=None).count() == 0
    assert alice.post("/undo", {"undo": token}).status_code == 302
    assert models.Snippet.objects.filter(name="Hello", removed_at=None).count() == 1
    assert people.link_of("nobody's") is None
