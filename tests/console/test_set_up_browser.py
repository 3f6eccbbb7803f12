"""In a real browser: a newcomer's way through the set-up to a real call and a real text, left and taken up again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.console.test_browser_people import page, pytestmark  # noqa: F401  the browser, and where there is none

from answerback.adapters.simulator import adapter, open_world
from answerback.store import models
from answerback.store.secrets import unseal
from answerback.testing.crashes import Crashes
from answerback.testing.stack import HOST, Stack, VirtualClock
from answerback.workflow import clock, line_health, people

NOW = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)  # Wednesday, 10 AM in Chicago
A_PAGE, A_FIELD = timedelta(seconds=40), timedelta(seconds=12)
"""What a newcomer takes to read a page they never saw, and to fill in a field: both generous."""
SETTLES = 400
"""Milliseconds a slow page takes to be done with a swap."""


class Newcomer:
    """Goes through the pages and counts what is asked of them."""

    def __init__(self, page: Page, address: str) -> None:  # noqa: F811
        self.page, self.address = page, address
        self.pages = self.fields = 0

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(words)
        self.fields += 1

    def press(self, button: str, then: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).first.click()
        self.arrive(then)

    def arrive(self, heading: str) -> None:
        expect(self.page.locator("h1")).to_have_text(heading)
        self.pages += 1

    @property
    def takes(self) -> timedelta:
        return self.pages * A_PAGE + self.fields * A_FIELD


@pytest.fixture
def ticking() -> Iterator[VirtualClock]:
    moving = VirtualClock(NOW)
    with clock.using(moving):
        adapter.use_clock(clock.now)
        yield moving


@pytest.fixture
def newcomer(  # noqa: PLR0917  what a browser, a server, phones and a clock take
    transactional_db: None,
    ticking: VirtualClock,
    live_server: Any,
    page: Page,  # noqa: F811
    settings: Any,
    tmp_path: Path,
) -> Newcomer:
    settings.VAR, settings.PUBLIC_URL, settings.LOCAL_URL = (
        tmp_path,
        "",
        f"http://{HOST}",
    )  # where `Stack` hands hooks in
    found = Newcomer(page, live_server.url)
    page.goto(f"{found.address}/join/{people.make_first_link('nora@example.com')}")
    found.pages += 1
    return found


def test_a_newcomer_is_through_in_ten_minutes_and_only_by_a_real_call(
    newcomer: Newcomer, ticking: VirtualClock
) -> None:
    begin(newcomer)
    business = models.Business.objects.get()
    leave_and_resume(newcomer)
    newcomer.press("Connect", "Which phone do customers call?")
    newcomer.press("Go on", "Send us the calls you miss")
    newcomer.press("Go on", "Who is woken, who answers?")
    newcomer.fill("Your own phone", "(512) 555-0143")
    newcomer.press("Save and go on", "What do we say first?")
    newcomer.press("Save and go on", "May we text?")
    newcomer.press("Go on", "Now a real call")
    assert set_up_of(business) is not None
    assert newcomer.page.get_by_role("button", name="Finish").count() == 0
    newcomer.press("Make the test call", "Now a real call")
    expect(newcomer.page.locator("#test")).to_contain_text("Ringing")
    line_health.check_all()  # as each minute, and so also before the call has come
    assert newcomer.page.get_by_role("button", name="Finish").count() == 0
    work_until_texted(ticking)
    newcomer.press("Finish", "Today")
    expect(newcomer.page.locator(".needs", has_text="No call has reached us")).to_have_count(0)
    lead, text = models.Lead.objects.get(), models.Message.objects.get()
    assert (set_up_of(business), lead.missed_reason, text.status) == (None, "no_answer", "sent")
    assert ("Nora Heating" in text.body, newcomer.takes < timedelta(minutes=10)) == (True, True)
    assert (newcomer.pages, newcomer.fields) == (12, 5)


def begin(newcomer: Newcomer) -> None:
    """Up to the hours; a phone that is none is refused by a page that Back and Reload never send again."""
    newcomer.fill("Your name", "Nora")
    newcomer.fill("Choose a password", "plenty of water heaters")
    newcomer.press("Join", "Set up a business")
    newcomer.fill("Name, as customers know it", "Nora Heating")
    newcomer.page.get_by_text("Heating and cooling").click()
    newcomer.page.get_by_label("Phone customers call").fill("12")
    newcomer.page.get_by_role("button", name="Go on").click()
    expect(newcomer.page.get_by_role("alert")).to_contain_text("Write the phone")
    newcomer.page.reload()
    expect(newcomer.page.get_by_label("Name, as customers know it")).to_have_value("Nora Heating")
    expect(newcomer.page.get_by_label("Heating and cooling")).to_be_checked()
    newcomer.fill("Phone customers call", "(512) 555-0142")
    newcomer.press("Go on", "When is somebody there to take calls?")
    newcomer.press("Save and go on", "Which phone do customers call?")


def leave_and_resume(newcomer: Newcomer) -> None:
    newcomer.page.goto(f"{newcomer.address}/")
    newcomer.page.get_by_role("link", name="Go on with it").click()
    expect(newcomer.page.locator("h1")).to_have_text("Which phone do customers call?")


def work_until_texted(ticking: VirtualClock) -> None:
    """What the workers do, for as long as it takes: the phone rings out, the hold passes, the text leaves."""
    stack = Stack(open_world(pretend_phones()), Crashes())
    until = clock.now() + timedelta(minutes=2)
    while not models.Message.objects.filter(status__in=("sent", "delivered")).exists():
        due = stack.settle()
        assert due is not None
        assert due < until
        ticking.move_to(due)


def pretend_phones() -> str:
    """Where the pretend phones of the only connection are kept."""
    return str(unseal(models.Connection.objects.get().sealed)["world"])


def set_up_of(business: models.Business) -> Any:
    return models.Business.objects.values_list("set_up", flat=True).get(id=business.id)


def test_wrong_input_and_leaving_lose_nothing_that_was_typed(newcomer: Newcomer) -> None:
    begin(newcomer)
    hours_that_lie_on_each_other(newcomer)
    a_secret_beside_a_wrong_number(newcomer)
    a_colleague_without_a_real_phone(newcomer)
    a_text_that_says_too_little(newcomer)


def hours_that_lie_on_each_other(newcomer: Newcomer) -> None:
    page = newcomer.page  # noqa: F811
    page.goto(f"{newcomer.address}/set-up/hours")
    page.get_by_text("Second shift").first.click()
    page.locator("[name=from-0-1]").fill("18:00")
    page.locator("[name=to-0-1]").fill("20:00")
    page.get_by_role("button", name="The same until Friday").click()
    assert [page.locator(f"[name=to-{day}-1]").input_value() for day in range(6)] == ["20:00"] * 5 + [""]
    for day in range(5):
        page.locator(f"[name=from-{day}-1]").fill("")
        page.locator(f"[name=to-{day}-1]").fill("")
    newcomer.fill("Monday: from", "18:00")  # until 17:00 of Tuesday
    newcomer.fill("Closed days, one a line", "2026-12-24")
    page.goto(f"{newcomer.address}/inbox")
    page.go_back()
    expect(page.get_by_label("Monday: from").first).to_have_value("18:00")
    refused(newcomer, "Save and go on")
    expect(page.get_by_label("Closed days, one a line")).to_have_value("2026-12-24")
    newcomer.fill("Monday: from", "08:00")
    newcomer.fill("Monday: to", "16:00")
    newcomer.fill("State, for its holidays", "Texass")
    newcomer.page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("#region-problem")).to_contain_text("Texass is no state")
    expect(page.get_by_label("State, for its holidays")).to_have_value("Texass")
    newcomer.fill("State, for its holidays", "Texas")
    newcomer.press("Save and go on", "Which phone do customers call?")
    page.goto(f"{newcomer.address}/set-up/hours")
    expect(page.get_by_label("Monday: to").first).to_have_value("16:00")
    expect(page.get_by_label("State, for its holidays")).to_have_value("TX")
    page.goto(f"{newcomer.address}/set-up/phone")


def a_secret_beside_a_wrong_number(newcomer: Newcomer) -> None:
    page = newcomer.page  # noqa: F811
    newcomer.fill("Where callers find it", "Google listing")
    page.get_by_label("Provider", exact=True).select_option("twilio")
    expect(page.locator("#s-auth_token")).to_be_visible()
    expect(page.get_by_label("Where callers find it")).to_have_value("Google listing")
    page.locator("#s-account_sid").fill("AC1")
    page.locator("#s-auth_token").fill("a long secret")
    newcomer.fill("The number at the provider", "12")
    refused(newcomer, "Connect")
    kept = [page.locator(each).input_value() for each in ("#s-auth_token", "#s-account_sid", "#number")]
    assert kept == ["a long secret", "AC1", "12"]
    page.reload()
    page.get_by_label("Provider", exact=True).select_option("twilio")
    expect(page.locator("#s-account_sid")).to_have_value("AC1")
    expect(page.locator("#s-auth_token")).to_have_value("")
    assert page.evaluate("htmx.config.defaultSettleDelay") == 0  # a change in between would find no listener
    page.evaluate(f"htmx.config.defaultSettleDelay = {SETTLES}")
    page.get_by_label("Provider", exact=True).select_option("simulator")
    expect(page.locator("#s-account_sid")).to_have_count(0)
    type_while_it_settles(page)
    page.evaluate("htmx.config.defaultSettleDelay = 0")
    page.get_by_role("button", name="Connect", exact=True).click()
    newcomer.press("Go on", "Send us the calls you miss")
    newcomer.press("Go on", "Who is woken, who answers?")


def type_while_it_settles(page: Page) -> None:  # noqa: F811
    """What is marked to be written over stays marked, though the page is not done with its swap."""
    page.get_by_label("The number at the provider", exact=False).first.select_text()
    page.wait_for_timeout(2 * SETTLES)
    page.keyboard.insert_text("(512) 555-0142")
    expect(page.get_by_label("The number at the provider", exact=False).first).to_have_value("(512) 555-0142")


def a_colleague_without_a_real_phone(newcomer: Newcomer) -> None:
    page = newcomer.page  # noqa: F811
    page.get_by_text("Add somebody").click()
    newcomer.fill("Name", "Ray")
    newcomer.fill("E-mail, to sign in with", "ray@example.com")
    newcomer.fill("Phone, to be woken by", "12")
    refused(newcomer, "Add")
    page.goto(f"{newcomer.address}/")
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Ray")
    newcomer.fill("Phone, to be woken by", "")
    newcomer.fill("Your own phone", "(512) 555-0143")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".rows").get_by_text("Ray")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    expect(page.get_by_label("Your own phone")).to_have_value("(512) 555-0143")  # typed into another form of the step
    newcomer.press("Save and go on", "What do we say first?")


def a_text_that_says_too_little(newcomer: Newcomer) -> None:
    page = newcomer.page  # noqa: F811
    newcomer.fill("First text (English)", "Hello {nobody}")
    refused(newcomer, "Save and go on")
    expect(page.get_by_label("First text (English)")).to_have_value("Hello {nobody}")
    expect(page.locator("[data-bubble]")).to_have_text("Hello {nobody}")
    newcomer.fill("First text (English)", "Good day {nobody}")
    expect(page.locator("[data-bubble]")).to_have_text("Good day {nobody}")
    newcomer.fill("First text (English)", "ó" * 80)
    expect(page.locator("[data-parts]")).to_have_text(
        "2 texts in one, each is charged. A text with ó holds only 70 characters, otherwise 160."
    )
    newcomer.fill("First text (English)", "Hello {nobody}")
    page.goto(f"{newcomer.address}/set-up")
    expect(page.get_by_label("First text (English)")).to_have_value("Hello {nobody}")
    expect(page.locator("[data-bubble]")).to_have_text("Hello {nobody}")


def refused(newcomer: Newcomer, button: str) -> None:
    newcomer.page.get_by_role("button", name=button, exact=True).first.click()
    expect(newcomer.page.get_by_role("alert")).to_be_visible()


def test_what_is_wrong_is_said_beside_its_field_and_the_cursor_stands_there(newcomer: Newcomer) -> None:
    page = newcomer.page  # noqa: F811
    newcomer.fill("Your name", "Nora")
    newcomer.fill("Choose a password", "plenty of water heaters")
    newcomer.press("Join", "Set up a business")
    newcomer.fill("Name, as customers know it", "Nora Heating")
    newcomer.page.get_by_text("Heating and cooling").click()
    newcomer.fill("Phone customers call", "12")
    newcomer.fill("Time zone", "Texas")
    page.keyboard.press("Enter")
    assert beside(page, "phone").startswith("Write the phone")
    newcomer.fill("Phone customers call", "(512) 555-0142")
    page.keyboard.press("Enter")
    assert beside(page, "zone").startswith("Texas is no time zone")
    newcomer.fill("Time zone", "America/Chicago")
    newcomer.press("Go on", "When is somebody there to take calls?")
    hours_say_which_is_wrong(newcomer)
    lines_and_people_say_which_is_wrong(newcomer)


def hours_say_which_is_wrong(newcomer: Newcomer) -> None:
    page = newcomer.page  # noqa: F811
    page.get_by_text("Second shift").nth(3).click()
    for name, at in (("from-3-1", "16:00"), ("to-3-1", "18:00")):
        page.locator(f"[name={name}]").fill(at)
    page.keyboard.press("Enter")
    assert beside(page, "from-3-1") == "Thursday: two shifts overlap."
    page.locator("[name=from-3-1]").fill("17:00")
    page.locator("[name=closed]").fill("2027-12-24\nXmas")
    page.get_by_role("button", name="Save and go on").click()
    assert beside(page, "closed").startswith("“Xmas” is no day.")
    page.locator("[name=closed]").fill("2027-12-24\n2020-12-25")
    page.get_by_role("button", name="Save and go on").click()
    assert beside(page, "closed").startswith("2020-12-25 is over.")
    page.locator("[name=closed]").fill("2027-12-24")
    newcomer.press("Save and go on", "Which phone do customers call?")


def lines_and_people_say_which_is_wrong(newcomer: Newcomer) -> None:
    page = newcomer.page  # noqa: F811
    page.get_by_label("Provider", exact=True).select_option("twilio")
    expect(page.locator("#s-auth_token")).to_be_visible()
    page.locator("#number").fill("12")
    page.keyboard.press("Enter")
    assert beside(page, "number").startswith("Write the number")
    page.locator("#number").fill("(512) 555-0149")
    page.locator("#s-account_sid").fill("AC1")
    page.keyboard.press("Enter")
    assert beside(page, "s-auth_token") == "This provider needs: Auth token."
    page.get_by_label("Provider", exact=True).select_option("simulator")
    expect(page.locator("#s-auth_token")).to_have_count(0)
    page.locator("#number").fill("(512) 555-0142")
    page.get_by_role("button", name="Connect", exact=True).click()
    newcomer.press("Go on", "Send us the calls you miss")
    newcomer.press("Go on", "Who is woken, who answers?")
    page.get_by_text("Add somebody").click()
    expect(page.locator("#role")).to_have_value("desk")
    newcomer.fill("Name", "Ray")
    newcomer.fill("E-mail, to sign in with", "ray@example")
    page.get_by_role("button", name="Add", exact=True).click()
    assert beside(page, "email").startswith("Write an e-mail address")
    newcomer.fill("E-mail, to sign in with", "nora@example.com")
    page.get_by_role("button", name="Add", exact=True).click()
    assert beside(page, "email").startswith("nora@example.com is a member here already")
    newcomer.fill("E-mail, to sign in with", "ray@example.com")
    newcomer.fill("Phone, to be woken by", "(512) 555-0142")
    page.get_by_role("button", name="Add", exact=True).click()
    assert beside(page, "phone").startswith("(512) 555-0142 is a line of this business")
    newcomer.press("Save and go on", "Who is woken, who answers?")
    assert beside(page, "your_phone").startswith("Somebody must be on call")
    newcomer.fill("Your own phone", "(512) 555-0143")
    newcomer.press("Save and go on", "What do we say first?")
    page.locator("[name=es]").fill("Responda CANCEL. Llegamos a las 5")
    page.get_by_role("button", name="Save and go on").click()
    assert "CANCEL" in beside(page, "es")


def beside(page: Page, field: str) -> str:  # noqa: F811
    """What is said beside this field, which has the cursor and is marked as wrong."""
    found = page.locator(f"[name='{field}']:not([type=hidden])")
    expect(found).to_be_focused()
    expect(found).to_have_attribute("aria-invalid", "true")
    told = page.locator("#" + (found.get_attribute("aria-describedby") or "nothing").split()[-1])
    expect(told).to_be_visible()
    return told.inner_text()
