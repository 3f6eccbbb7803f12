"""In a real browser: calls are dense enough to scan, one tap puts one right, and what that teaches is said."""

from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, Locator, Page, expect
from tests.console.test_desk_browser import (  # noqa: F401  the browser, and where there is none
    _page,
    browser,
    pytestmark,
)

from answerback.store import models
from answerback.workflow import setup

if TYPE_CHECKING:
    from answerback.testing.world import World

PHONE: Any = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "locale": "en-US"}
MARIA, ANN, BEA, CARL = "+15125550131", "+15125550132", "+15125550133", "+15125550134"
THUMB, DENSE = 44, 102
"""Pixels: what a thumb needs, and what a call takes at most whose name fits into a line (it was 133)."""


def _row(page: Page, number: str) -> Locator:
    return page.locator(".calls > li", has_text=f"(512) 555-{number[-4:]}")


def _correct(page: Page, number: str, button: str) -> str:
    """What the menu says before, once the button is tapped."""
    menu = _row(page, number).locator(".corrects")
    menu.locator("summary").tap()
    said = menu.locator("form").first.inner_text()
    menu.get_by_role("button", name=button).tap()
    expect(page.locator("#toasts .toast")).to_be_visible()
    page.wait_for_load_state()
    return said


def _rings(world: "World", page: Page, number: str, outcome: str) -> None:
    """A call of 24 s of ringing, and the page once it was judged."""
    world.call(number, 24, outcome)
    world.run(minutes=2)
    page.goto("/calls")


def _three_calls(world: "World") -> None:
    """Of which one was answered; Bob at the desk looks at them."""
    setup.add_member(world.shop.business, "Bob", "desk", email="bob@example.com", password="a long password")
    for number, outcome in ((MARIA, "answered"), (ANN, "no_answer"), (BEA, "busy")):
        world.call(number, 20, outcome)
    world.run(minutes=2)


def test_a_correction_teaches_and_the_page_says_what(
    world: "World",
    live_server: Any,
    browser: Browser,  # noqa: F811
    as_person: Any,
) -> None:
    setup.add_member(world.shop.business, "Bob", "desk", email="bob@example.com", password="a long password")
    page = _page(browser, live_server, as_person("bob@example.com"), **PHONE)
    toast, learned = page.locator("#toasts"), page.locator(".learned")
    _rings(world, page, MARIA, "answered")
    expect(_row(page, MARIA).locator(".chip")).to_have_text("Answered")
    expect(learned).to_have_count(0)
    said = _correct(page, MARIA, "My phone's voicemail did")
    assert "Calls of this line that are picked up after about 24 s then count as missed." in said
    expect(toast).to_contain_text(
        "From now on a call of this line that is picked up after about 24 s counts as missed."
    )
    expect(learned).to_contain_text("what is picked up after about 24 s is your phone's own voicemail")

    _rings(world, page, ANN, "answered")
    expect(_row(page, ANN).locator(".chip")).to_have_text("Phone's own voicemail")
    assert len(world.texts_to(ANN)) == 1
    said = _correct(page, ANN, "Somebody took it")
    assert (
        "Once you say so of another call on another day, calls of this line that are picked up after about 24 s" in said
    )
    expect(toast).to_contain_text("One word does not undo what was learned")
    expect(learned).to_have_count(1)

    world.run(days=1)
    _rings(world, page, CARL, "answered")
    expect(_row(page, CARL).locator(".chip")).to_have_text("Phone's own voicemail")
    said = _correct(page, CARL, "Somebody took it")
    assert "Calls of this line that are picked up after about 24 s then count as answered." in said
    expect(toast).to_contain_text("picked up after about 24 s counts as answered.")
    expect(learned).to_have_count(0)
    toast.get_by_role("button", name="Undo").last.tap()
    expect(learned).to_contain_text("after about 24 s")
    _correct(page, CARL, "Somebody took it")
    expect(learned).to_have_count(0)

    _rings(world, page, BEA, "answered")
    expect(_row(page, BEA).locator(".chip")).to_have_text("Answered")
    _correct(page, BEA, "A supplier")
    expect(toast).to_contain_text("Remembered for every call to come.")
    expect(page).to_have_url(
        f"{live_server.url}/calls?verdict=#call-{models.Event.objects.filter(kind='CallEnded').latest('id').id}"
    )
    _rings(world, page, BEA, "no_answer")
    assert world.texts_to(BEA) == ()


def test_an_owner_takes_back_what_a_line_was_taught(
    world: "World",
    live_server: Any,
    browser: Browser,  # noqa: F811
    as_person: Any,
) -> None:
    setup.add_member(world.shop.business, "Ada", "owner", email="ada@example.com", password="a long password")
    page = _page(browser, live_server, as_person("ada@example.com"), **PHONE)
    _rings(world, page, MARIA, "answered")
    _correct(page, MARIA, "My phone's voicemail did")
    _rings(world, page, ANN, "answered")
    _correct(page, ANN, "Somebody took it")
    page.locator(".learned").get_by_role("link", name="Take it back").tap()
    told = page.locator("#learned")
    expect(told).to_contain_text("What is picked up after about 24 s is your phone's own voicemail")
    expect(told).to_contain_text("Ada said so")
    expect(told).to_contain_text("Of one call somebody said that a person took it.")
    told.get_by_role("button", name="Keep it: that was a mistake").tap()
    expect(page.locator("#toasts")).to_contain_text("What was learned stays.")
    expect(told).not_to_contain_text("Of one call somebody said")
    told.get_by_role("button", name="Forget it").tap()
    expect(told).to_contain_text("Nothing yet.")
    page.locator("#toasts").get_by_role("button", name="Undo").last.tap()
    expect(told).to_contain_text("after about 24 s is your phone's own voicemail")


def test_beside_each_button_stands_what_it_teaches_or_why_it_teaches_nothing(
    world: "World",
    live_server: Any,
    browser: Browser,  # noqa: F811
    as_person: Any,
) -> None:
    _three_calls(world)
    page = _page(browser, live_server, as_person("bob@example.com"), **PHONE)
    page.goto("/calls")

    def beside(number: str, button: str) -> str:
        return (
            _row(page, number)
            .locator(".corrects")
            .get_by_text(button)
            .locator("xpath=following-sibling::p[1]")
            .text_content()
            or ""
        )

    alone = "For this call alone: "
    assert (
        beside(ANN, "Somebody took it")
        == f"{alone}nothing we were told shows a person, so later ones are judged as before."
    )
    assert beside(MARIA, "Nobody took it") == f"{alone}nothing tells the next one like it from an answered one."
    assert beside(MARIA, "My phone's voicemail did") == (
        "Calls of this line that are picked up after about 20 s then count as missed."
    )
    page.goto(f"/c/{models.Conversation.objects.get(contact__number=ANN).id}")
    expect(page.locator("#talk-wrong")).to_contain_text(f"{alone}nothing we were told shows a person")


def test_a_call_takes_less_room_than_it_did_and_each_button_a_thumb(
    world: "World",
    live_server: Any,
    browser: Browser,  # noqa: F811
    as_person: Any,
) -> None:
    _three_calls(world)
    page = _page(browser, live_server, as_person("bob@example.com"), **PHONE)
    page.goto("/calls")
    high = "all => all.map((it) => it.getBoundingClientRect().height)"
    rows = page.locator(".calls > li").evaluate_all(high)
    assert (len(rows), [each for each in rows if each > DENSE]) == (3, [])
    assert page.locator(".calls :is(summary.button, .call-back)").evaluate_all(high) == [THUMB] * 6
    page.locator(".calls .reason-of summary").first.tap()
    wide = page.locator(".calls .reason-of[open]").evaluate("(it) => it.getBoundingClientRect().width")
    assert wide > 280


OVERLAPS = """
() => [...document.querySelectorAll(".calls > li")].flatMap((each) => {
  const asks = each.querySelector(".reason-of summary")?.getBoundingClientRect(), range = document.createRange();
  range.selectNodeContents(each.querySelector("p.small"));
  const meets = (one) => one.right > asks.left && one.left < asks.right
    && one.bottom > asks.top + 2 && one.top < asks.bottom - 2;
  return asks ? [[...range.getClientRects()].some(meets)] : [];
})
"""


def test_why_stands_beside_what_is_said_of_a_call_in_spanish(
    world: "World",
    live_server: Any,
    browser: Browser,  # noqa: F811
    as_person: Any,
) -> None:
    """ "¿por qué?" is wider than "why?" and lay on the last words."""
    _three_calls(world)
    models.User.objects.update(language="es")
    page = _page(browser, live_server, as_person("bob@example.com"), **PHONE)
    page.goto("/calls")
    expect(page.locator(".calls .reason-of summary").first).to_have_text("¿por qué?")
    wrong = []
    for width in range(300, 440, 5):
        page.set_viewport_size({"width": width, "height": 740})
        wrong += [width] if any(page.evaluate(OVERLAPS)) else []
    assert wrong == []
