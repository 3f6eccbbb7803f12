"""Recovery codes over real HTTP: who may see them, that each opens once, and that new ones end the old ones."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.console.test_second_step import PASSWORD, _code

if TYPE_CHECKING:
    from collections.abc import Iterator

STEP = "/account/second-step"
CODES = f"{STEP}/recovery-codes/"
AN_HOUR = 3600
CODE = re.compile(r"<code>(\d{8})</code>")


class Browser(httpx.Client):
    """One that sends forms as a browser does."""

    def send_form(self, at: str, page: str = "", **told: str) -> httpx.Response:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page or self.get(at).text)
        assert found, at
        return self.post(at, data={"csrfmiddlewaretoken": found[1], **told})

    def sign_in(self) -> str:
        return self.send_form("/sign-in", email="alice@example.com", password=PASSWORD).headers["Location"]


@pytest.fixture
def browser(shop: Any, live_server: Any) -> Iterator[Any]:
    """Makes browsers; Alice's app is set up by the first of them."""
    made: list[Browser] = []

    def one() -> Browser:
        made.append(Browser(base_url=live_server.url, headers={"Referer": f"{live_server.url}/"}, timeout=60))
        return made[-1]

    yield one
    for each in made:
        each.close()


def _set_up(browser: Browser) -> list[str]:
    browser.sign_in()
    page = browser.get(f"{STEP}/totp/activate/").text
    secret = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)
    assert secret
    assert browser.send_form(f"{STEP}/totp/activate/", page, code=_code(secret[1])).status_code == 302
    return CODE.findall(browser.get(CODES).text)


def _opens(browser: Browser, code: str) -> bool:
    """Whether this code opens for somebody who has the password."""
    there = browser.sign_in()
    assert there.startswith(f"{STEP}/authenticate/")
    browser.send_form(f"{STEP}/authenticate/", code=code)
    return browser.get("/").status_code == 200


def test_each_opens_once_and_is_shown_no_more(browser: Any) -> None:
    mine = browser()
    codes = _set_up(mine)
    assert (len(codes), len(set(codes))) == (10, 10)
    assert [_opens(browser(), each) for each in (codes[3], codes[3], codes[4])] == [True, False, True]
    left = [each for each in codes if each not in codes[3:5]]
    assert CODE.findall(mine.get(CODES).text) == left
    assert "8 of 10 are left." in mine.get(CODES).text
    assert re.findall(r"\b\d{8}\b", mine.get(f"{CODES}download/").text) == left


def test_one_that_was_used_is_said_to_open_once(browser: Any) -> None:
    """Whoever has a passkey and no app was told to write the code the app shows now."""
    spent = _set_up(browser())[0]
    assert _opens(browser(), spent)
    again = browser()
    again.sign_in()
    of_a_code = "This recovery code does not open. Each opens once; write one you have not used."
    of_an_app = "This code does not open. An app shows a new one every 30 seconds; write the one it shows now."
    told = {code: again.send_form(f"{STEP}/authenticate/", code=code).text for code in (spent, "000000")}
    assert [(of_a_code in page, of_an_app in page) for page in told.values()] == [(True, False), (False, True)]


def test_new_ones_end_the_old_ones(browser: Any) -> None:
    mine = browser()
    old = _set_up(mine)
    assert mine.send_form(f"{CODES}generate/").status_code == 302
    new = CODE.findall(mine.get(CODES).text)
    assert (len(new), set(new) & set(old)) == (10, set())
    assert [_opens(browser(), each) for each in (old[0], new[0])] == [False, True]


@pytest.mark.parametrize("page", [CODES, f"{CODES}download/", f"{CODES}generate/"])
def test_they_are_shown_again_to_whoever_has_just_shown_who_they_are_and_to_nobody_else(
    browser: Any, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """As GitHub does: whoever finds a browser that is signed in finds no codes in it."""
    mine, stranger = browser(), browser()
    codes = _set_up(mine)
    assert [each for each in codes if each in mine.get(CODES).text] == codes
    real = time.time  # noqa: TID251
    monkeypatch.setattr("time.time", lambda: real() + AN_HOUR)
    asked = mine.get(page)
    assert (asked.status_code, [each for each in codes if each in asked.text]) == (302, [])
    assert asked.headers["Location"].startswith(("/account/confirm", f"{STEP}/reauthenticate"))
    gone = stranger.get(page)
    assert (gone.status_code, gone.headers["Location"].partition("?")[0]) == (302, "/sign-in")
