"""In a real browser: booking beside the conversation keeps what was typed, whatever becomes of the time meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Route, expect
from tests.console.test_beside_browser import _shot
from tests.console.test_desk_browser import _page, browser, pytestmark  # noqa: F401  and where there is none
from tests.console.test_keys_browser import TWO_FRAMES
from tests.console.test_three_taps_browser import PHONE

from answerback.store import models
from answerback.workflow import snippets

LOOKS = [(360, "light"), (1280, "dark")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_time_sold_meanwhile_is_said_and_the_name_and_address_go_with_the_next(  # noqa: PLR0917  fixtures and a case
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
    now: Any,
    width: int,
    scheme: Any,
) -> None:
    shop.member("Miguel", "technician")
    maria = shop.conversation(131, name="Maria", phase="human", service="drain")
    page = _page(
        browser, live_server, bob, viewport={"width": width, "height": 800}, color_scheme=scheme, locale="en-US"
    )
    page.goto(f"/c/{maria.id}")
    page.locator("#book-fold summary").click()
    page.locator("#book-times button[name=start]").first.click()
    page.fill("#book-name", "Maria Lopez")
    page.fill("#book-address", "1 Mill Road")
    models.Appointment.objects.update(hold_until=now - timedelta(minutes=1))
    other = shop.conversation(132, name="Sam", phase="human")
    held = models.Appointment.objects.get()
    sold = {"service": "drain", "start": held.during.lower.isoformat(), "name": "Sam", "address": "2 Hill Road"}
    bob.post(f"/c/{other.id}/book", sold)
    page.click("#book-confirm")
    expect(page.locator("#book")).to_contain_text("Somebody else has this time by now. Choose another one.")
    expect(page.locator("#book")).to_contain_text("Maria Lopez, 1 Mill Road")
    expect(page.locator("#toasts")).not_to_contain_text("The time is held.")  # it is not, any more
    page.locator("#book").scroll_into_view_if_needed()
    _shot(page, f"booking-{width}-{scheme}")
    page.get_by_role("button", name="Later days").click()
    expect(page.get_by_role("button", name="Soonest")).to_be_visible()
    page.locator("#book-times button[name=start]").first.click()
    expect(page.locator("#book-name")).to_have_value("Maria Lopez")
    expect(page.locator("#book-address")).to_have_value("1 Mill Road")
    page.locator("#book-confirm").dblclick()
    expect(page.locator("#toasts")).to_contain_text("Booked for")
    booked = models.Appointment.objects.filter(conversation=maria, status="booked")
    assert [(each.name, each.address) for each in booked] == [("Maria Lopez", "1 Mill Road")]


def test_later_days_are_shown_though_news_of_the_times_come_first(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
) -> None:
    """News put other times in the place where the answer belonged, and it was shown nowhere: the press was lost."""
    shop.member("Miguel", "technician")
    talk, other = (shop.conversation(last, phase="human", service="drain") for last in (131, 132))
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 800}, locale="en-US")
    page.goto(f"/c/{talk.id}")
    page.locator("#book-fold summary").click()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(lambda address: "from=" in address and "shown=" not in address, hold)
    with page.expect_request(lambda asked: "from=" in asked.url):
        page.get_by_role("button", name="Later days").click()
    start = page.locator("#book-times button[name=start]").first.get_attribute("value")
    with page.expect_event("requestfinished", lambda asked: "shown=" in asked.url and asked.response().status == 200):
        bob.post(f"/c/{other.id}/hold", {"service": "drain", "start": start})
    page.evaluate(TWO_FRAMES)  # those news are shown by then, if they are
    held[0].continue_()
    expect(page.get_by_role("button", name="Soonest")).to_be_visible()


def test_a_technician_comes_back_to_a_held_time_and_books_it(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    as_person: Any,
) -> None:
    """After a reload the held time stood in a folded part, and the times to tap were gone: nothing said it waits."""
    dan = shop.member("Dan", "technician")
    snippets.begin_with(shop.business.id, dan.id)
    talk = shop.conversation(131, name="Maria", service="faucet")
    page = _page(browser, live_server, as_person("dan@example.com"), **PHONE)
    page.goto(f"/c/{talk.id}")
    page.locator("#soonest button").first.tap()
    expect(page.locator("#book-confirm")).to_be_in_viewport()
    page.locator("#book-let-go").tap()
    expect(page.locator("#book-times")).to_be_visible()
    page.locator("#body").scroll_into_view_if_needed()
    expect(page.locator("#soonest button")).to_have_count(3)  # the times to tap are back
    page.locator("#book-times button[name=start]").first.tap()
    expect(page.locator("#soonest")).to_contain_text("Held: ")
    page.reload()
    expect(page.locator("#soonest")).to_contain_text("Held: ")
    expect(page.locator("#soonest")).to_be_in_viewport(ratio=0.9)
    _shot(page, "held-360")
    page.locator("#soonest").tap()
    expect(page.locator("#book-confirm")).to_be_in_viewport()
    _shot(page, "held-book-360")
    page.fill("#book-address", "1 Mill Road")
    page.locator("#book-confirm").tap()
    expect(page.locator("#toasts")).to_contain_text("Booked for")
    expect(page.locator("#soonest")).to_be_hidden()
    assert models.Appointment.objects.exclude(status="cancelled").get().address == "1 Mill Road"


def test_a_held_time_stands_beside_the_conversation_at_a_desk(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
) -> None:
    shop.member("Miguel", "technician")
    talk = shop.conversation(131, name="Maria", phase="human", service="drain")
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800}, locale="en-US")
    page.goto(f"/c/{talk.id}")
    page.locator("#book-fold summary").click()
    page.locator("#book-times button[name=start]").first.click()
    expect(page.locator("#book")).to_contain_text("Held:")
    page.reload()
    expect(page.locator("#book")).to_contain_text("Held:")
    expect(page.locator("#book-confirm")).to_be_visible()
    edges = page.locator("#book form > :is(p, label, input:not([type=hidden]), button)")
    assert len({edge["x"] for each in edges.all() if (edge := each.bounding_box())}) == 1  # one below the other
    assert page.evaluate("document.activeElement.id") != "book-address"  # nobody asked for it
    _shot(page, "held-1280")
