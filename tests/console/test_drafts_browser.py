"""In a real browser: what somebody typed and has not sent, at the desk and on their phone."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none

from answerback.store import models

SINCE_THEN = "new Promise((done) => setTimeout(done, 1500))"
"""What the page had put off for less is over by then, on however slow a machine."""


def test_what_was_typed_on_another_device_since_stands_in_the_box(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """The desk, opened again within a minute, put its own older words over those of the phone."""
    desk, phone = (_page(browser, live_server, bob) for _ in range(2))
    _types(desk, day, "There at two")
    phone.goto(f"/c/{day.id}")
    expect(phone.locator("#body")).to_have_value("There at two")
    _types(phone, day, "There at three, the road is closed")
    desk.goto(f"/c/{day.id}")
    desk.wait_for_load_state()
    expect(desk.locator("#body")).to_have_value("There at three, the road is closed")


def _types(page: Page, talk: models.Conversation, words: str) -> None:
    page.goto(f"/c/{talk.id}")
    page.locator("#body").fill("")
    _types_on(page, words)
    expect(page.locator("#body.htmx-request")).to_have_count(0)  # what was answered is done with


def test_what_was_sent_on_a_slow_network_is_no_draft(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """Sent within a moment of the last letter, the words came back as a draft: they were told of after the text."""
    page = _page(browser, live_server, bob)
    page.goto(f"/c/{day.id}")
    held = _holds_the_reply(page)
    box = page.locator("#body")
    box.fill("")
    box.press_sequentially("We are on the way")
    with page.expect_request("**/reply"):
        page.locator("#send").click()
    answer = held[0].fetch(max_redirects=0)
    page.evaluate(SINCE_THEN)
    held[0].fulfill(response=answer)
    expect(page.get_by_text("On its way.").first).to_be_visible()
    page.goto(f"/c/{day.id}")
    expect(page.locator("#body")).to_have_value("")
    assert not models.Looking.objects.filter(conversation=day).exclude(draft="").exists()


@pytest.mark.parametrize("way", ["Control+Enter", "#send", "#as-note"])
def test_what_was_told_while_typing_and_arrives_after_it_was_sent_is_no_draft(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
    way: str,
) -> None:
    """Under load the first letter came back into the box: the server heard of it after the text."""
    page = _page(browser, live_server, bob)
    held = _holds_what_is_told(page)
    page.goto(f"/c/{day.id}")
    with page.expect_request(lambda each: "body=" in (each.post_data or "")):
        page.locator("#body").press_sequentially("O")
    page.locator("#body").press_sequentially("n our way")
    if way.startswith("#"):
        page.locator(way).click()
    else:
        page.locator("#body").press(way)
    expect(page.locator("#thread").get_by_text("On our way")).to_be_visible()
    assert set(_arrive(held)) == {200}
    page.goto(f"/c/{day.id}")
    expect(page.locator("#body")).to_have_value("")
    assert not models.Looking.objects.exclude(draft="").exists()


def test_what_was_told_before_a_text_was_refused_is_no_draft_once_it_is_sent(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
    alice: Client,
) -> None:
    """The box is drawn anew, with its words, and sent from there."""
    page = _page(browser, live_server, bob)
    held = _holds_what_is_told(page)
    page.goto(f"/c/{day.id}")
    with page.expect_request(lambda each: "body=" in (each.post_data or "")):
        page.locator("#body").press_sequentially("O")
    page.locator("#body").press_sequentially("n our way")
    alice.post(f"/c/{day.id}/take-over")
    page.locator("#send").click()
    page.get_by_role("button", name="Send all the same").click()
    expect(page.locator("#thread").get_by_text("On our way")).to_be_visible()
    assert set(_arrive(held)) == {200}
    page.goto(f"/c/{day.id}")
    expect(page.locator("#body")).to_have_value("")
    assert not models.Looking.objects.exclude(draft="").exists()


def test_what_is_typed_after_something_was_sent_is_a_draft(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """It may be the same words, in the box where they were before the answer came, or in another tab."""
    page, other = (_page(browser, live_server, bob) for _ in range(2))
    other.goto(f"/c/{day.id}")
    page.goto(f"/c/{day.id}")
    page.locator("#body").fill("On our way")
    page.locator("#send").click()
    expect(page.locator("#thread").get_by_text("On our way")).to_be_visible()
    _types_on(other, "On")
    other.goto(f"/c/{day.id}")
    expect(other.locator("#body")).to_have_value("On")
    _types_on(page, "On our")
    page.goto(f"/c/{day.id}")
    expect(page.locator("#body")).to_have_value("On our")
    other.goto(f"/c/{day.id}")
    expect(other.locator("#body")).to_have_value("On")


def test_two_tabs_of_one_person_neither_lose_nor_mix_what_is_typed(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """One draft was kept of both: the longer won, and what was sent from one tab ended the other's."""
    one, other = (_page(browser, live_server, bob) for _ in range(2))
    for page in (one, other):
        page.goto(f"/c/{day.id}")
    _types_on(one, "There at two with the part")
    _types_on(other, "Gate code")
    _comes_back(one, day, "There at two with the part")
    _comes_back(other, day, "Gate code")
    other.locator("#send").click()
    expect(other.locator("#thread").get_by_text("Gate code")).to_be_visible()
    _comes_back(one, day, "There at two with the part")
    one.context.close()
    _comes_back(other, day, "There at two with the part")  # whose tab is gone: it is found again


def test_a_tab_that_was_duplicated_writes_under_a_name_of_its_own(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """It shared the name of the other one, so what it wrote was taken for sent once that had sent something."""
    page = _page(browser, live_server, bob)
    page.goto(f"/c/{day.id}")
    page.locator("#body").press_sequentially("O")
    with page.expect_popup() as opened:
        page.evaluate("() => { window.open(location.href) }")  # with a copy of what the tab remembers, as duplicating
    copy = opened.value
    copy.wait_for_load_state()
    names = [each.evaluate("() => sessionStorage.getItem('writing')") for each in (page, copy)]
    copy.locator("#body").fill("")
    _types_on(copy, "Gate code")
    page.locator("#body").fill("On our way")
    page.locator("#send").click()
    expect(page.locator("#thread").get_by_text("On our way")).to_be_visible()
    _types_on(copy, " Please")
    _comes_back(copy, day, "Gate code Please")
    copy.locator("#send").click()
    expect(copy.locator("#thread").get_by_text("Gate code Please")).to_be_visible()
    _types_on(page, "See you")
    _comes_back(page, day, "See you")
    assert names[0] != names[1]
    assert list(models.Message.objects.filter(author="staff").order_by("id").values_list("body", flat=True))[-2:] == [
        "On our way",
        "Gate code Please",
    ]


def _comes_back(page: Page, talk: models.Conversation, words: str) -> None:
    """After a moment elsewhere in the same tab."""
    page.goto("/today")
    page.goto(f"/c/{talk.id}")
    expect(page.locator("#body")).to_have_value(words)


def test_what_is_typed_while_a_text_is_under_way_is_a_draft(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """The box it was sent from is there until the answer comes."""
    page = _page(browser, live_server, bob)
    page.goto(f"/c/{day.id}")
    held = _holds_the_reply(page)
    page.locator("#body").fill("On our way")
    with page.expect_request("**/reply"):
        page.locator("#send").click()
    answer = held[0].fetch(max_redirects=0)
    with page.expect_response(lambda each: "part" in (each.request.post_data or "")):
        page.locator("#body").press_sequentially(" with the part")
    assert [each.draft for each in models.Looking.objects.exclude(draft="")] == ["On our way with the part"]
    held[0].fulfill(response=answer)


def _types_on(page: Page, words: str) -> None:
    with page.expect_response(lambda each: words.rsplit(maxsplit=1)[-1] in (each.request.post_data or "")):
        page.locator("#body").press_sequentially(words)


def _holds_the_reply(page: Page) -> list[Route]:
    """What is sent from now on is under way, until the test answers it."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/reply", hold)
    return held


def _holds_what_is_told(page: Page) -> list[Route]:
    """What the page tells of its box from now on does not leave; that it is open does."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if "body=" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route("**/here", hold)
    return held


def _arrive(held: list[Route]) -> list[int]:
    """What was held back arrives now; how it was answered."""
    return [each.fetch().status for each in held]


def test_who_writes_without_a_pause_is_seen_to_write(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """What is typed was told only once somebody had rested for most of a second."""
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, locale="en-US")
    page.goto(f"/c/{day.id}")
    told: list[str] = []
    page.on("request", lambda each: told.append(each.url) if "body=" in (each.post_data or "") else None)
    page.locator("#body").press_sequentially("We are on our way and bring the part", delay=100)
    assert len(told) > 0
    expect(page.locator("#body")).to_have_attribute("data-told", "We are on our way and bring the part")


def test_the_list_marks_what_i_typed_and_have_not_sent(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    bob: Client,
) -> None:
    """Whoever went on to another thread found the one they had begun to answer by opening each again."""
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800})
    _types(page, day, "There at two")
    page.goto("/inbox?tab=all")
    row = page.locator(f"#line-{day.id} .line-words")
    expect(row).to_have_text("Draft: There at two")
    expect(page.locator(".line-draft")).to_have_count(1)
    page.goto(f"/c/{day.id}")
    page.locator("#send").click()
    expect(page.get_by_text("On its way.").first).to_be_visible()
    page.goto("/inbox?tab=all")
    expect(row).to_have_text("You: There at two")
    models.Looking.objects.filter(conversation=day, member__name="Bob").update(draft="mine")
    assert "line-draft" not in alice.get("/inbox?tab=all").content.decode()
