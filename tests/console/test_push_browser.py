"""In a real browser: notifications are switched on, one is shown as it was sent, and a tap opens its conversation.

The push services of browsers' makers cannot be reached from a test. So the browser is handed the address of one on this
machine when it subscribes, and what that one received is delivered by the browser's own tool for developers.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright
from scripts.browser import CHROMIUM, HOW
from tests.served import let_go

from answerback.adapters import guard

PATIENCE = 90_000

HANDS_OUT = """(told) => {
    PushManager.prototype.subscribe = async (wanted) => {
        if (!wanted.userVisibleOnly || wanted.applicationServerKey.length !== 65) throw new Error("not as it must be");
        return { toJSON: () => told };
    };
    PushManager.prototype.getSubscription = async () => null;
}"""
SHOWN = """async () => {
    const worker = await navigator.serviceWorker.ready;
    let shown = [];
    while (!shown.length) {
        await new Promise((done) => setTimeout(done, 50));
        shown = await worker.getNotifications();
    }
    return shown.map((each) => [each.title, each.body, new URL(each.data.link).pathname]);
}"""
TAP = """async () => {
    const [shown] = await self.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification: shown }));
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=HOW),
]


@pytest.fixture
def page(live_server: Any, alice: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # Playwright runs a loop in this thread; the rows are made in it too.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(base_url=live_server.url, permissions=["notifications"])
        cookie = alice.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield context.new_page()
        browser.close()
        connection.close()  # Inside Playwright's loop this thread has a connection of its own.
    let_go()


def test_a_notification_is_switched_on_shown_and_opens_its_conversation(
    shop: Any, page: Page, push_service: Any, live_server: Any
) -> None:
    maria = shop.conversation(131, name="Maria Lopez")
    device = push_service.device()
    told = {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}}
    page.add_init_script(f"({HANDS_OUT})({json.dumps(told)})")
    with guard.allowing("127.0.0.1"):
        page.goto("/account/alerts")
        page.get_by_label("A notification in this browser").check()
        expect(page.get_by_placeholder("ntfys://my-topic")).to_be_hidden()
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_text(re.compile("This device: Chrome"), exact=False).first).to_be_visible()
        page.get_by_role("button", name="Send me a test").click()
        expect(page.get_by_text("127.0.0.1 took it (201).").first).to_be_visible()
    sent = json.loads(push_service.read(push_service.requests[-1][1]))
    assert (sent["title"], sent["body"]) == ("answerback", "This is a test. Alerts reach you here.")
    sent["link"] = f"https://elsewhere.example/c/{maria.id}"  # only the path counts: a tap never leaves the console
    other = page.context.new_page()
    other.goto("/")
    _deliver(page, live_server.url, json.dumps(sent))
    assert page.evaluate(SHOWN) == [[sent["title"], sent["body"], f"/c/{maria.id}"]]
    (worker,) = page.context.service_workers
    worker.evaluate(TAP)
    expect(other.get_by_role("heading", name="Maria Lopez").first).to_be_visible()
    assert other.url == f"{live_server.url}/c/{maria.id}"
    assert page.url == f"{live_server.url}/account/alerts"  # what may be half written there is not left


def _deliver(page: Page, origin: str, data: str) -> None:
    """As the browser does once a push service has handed it something and it was decrypted."""
    tools = page.context.new_cdp_session(page)
    found: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(each["registrationId"] for each in event["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(20)
    tools.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": found[-1], "data": data})
