"""A provider's adapter was uninstalled while somebody is connected by it: pages say so, and what to do."""

from typing import Any

import pytest
from django.test import Client
from scripts.pages import reachable

from answerback.ports import registry
from answerback.store import models
from answerback.store.secrets import seal
from answerback.workflow import clock, directory, outside_bookings

GONE = "nimbus"
SAYS = "nimbus is not installed here any more"


@pytest.fixture
def gone(shop: Any) -> dict[str, int]:
    """A calendar, a CRM and a phone line at a provider nobody has installed."""
    alice = models.Member.objects.get(name="Alice")
    sealed, now = seal({"token": "secret"}), clock.now()
    calendar = models.OutsideCalendar.objects.create(
        business=shop.business, member=alice, provider=GONE, sealed=sealed, created_at=now, subscription="s"
    )
    models.OutsideCrm.objects.create(business=shop.business, provider=GONE, sealed=sealed, created_at=now)
    models.Connection.objects.filter(id=shop.line.connection_id).update(provider=GONE)
    directory.forget()
    return {"calendar": calendar.id, "line": shop.line.id, "connection": shop.line.connection_id}


def test_the_lists_name_it_and_say_what_to_do(gone: dict[str, int], alice: Client) -> None:
    for address in ("/", "/calendars/", "/crm/", "/lines"):
        page = alice.get(address)
        assert (page.status_code, SAYS in page.content.decode()) == (200, True), address


def test_every_page_that_asks_it_something_says_so(gone: dict[str, int], alice: Client) -> None:
    for address in (f"/lines/{gone['line']}", f"/calendars/{gone['calendar']}", "/crm/fields", "/crm/settings"):
        page = alice.get(address)
        assert (page.status_code, SAYS in page.content.decode()) == (409, True), address
    posts = (f"/calendars/{gone['calendar']}/test", "/crm/test", f"/connections/{gone['connection']}/test")
    for address in posts:
        page = alice.post(address)
        assert (page.status_code, SAYS in page.content.decode()) == (409, True), address


def test_no_other_page_fails(gone: dict[str, int], shop: Any, alice: Client) -> None:
    shop.missed_call(shop.conversation(131))

    def read(address: str) -> str:
        answer = alice.get(address)
        assert answer.status_code < 500, address
        return answer.content.decode() if "html" in answer.get("Content-Type", "") and not answer.streaming else ""

    assert len(reachable(read, ["/", "/leads?as=list"])) > 50


def test_it_can_be_disconnected_all_the_same(gone: dict[str, int], alice: Client) -> None:
    for address in (f"/calendars/{gone['calendar']}/disconnect", "/crm/disconnect"):
        assert alice.post(address).status_code == 302, address
    assert (models.OutsideCalendar.objects.filter(provider=GONE).exists(), models.OutsideCrm.objects.exists()) == (
        False,
        False,
    )


def test_booking_page_that_is_gone_leads_customers_to_ours_and_the_owner_reads_so(shop: Any, alice: Client) -> None:
    models.BookingPage.objects.create(business=shop.business, provider=GONE, sealed=seal({}), created_at=clock.now())
    page = alice.get("/calendars/")
    assert (page.status_code, SAYS in page.content.decode()) == (200, True)
    assert outside_bookings.of_business(shop.business.id) is None
    there = models.BookingPage.objects.get()
    assert Client().post(f"/hooks/bookings/{there.id}", "{}", content_type="application/json").status_code == 503
    alice.post("/calendars/booking-page/stop")
    assert not models.BookingPage.objects.exists()


def test_the_error_names_what_is_there(db: None) -> None:
    with pytest.raises(registry.NotInstalled, match=r"^No calendar is called 'nimbus'\. Installed: .*google"):
        registry.calendar(GONE)


def test_settings_sealed_under_another_secret_say_so(shop: Any, alice: Client) -> None:
    """As after a copy of the database was put back without its secret: pages said 500."""
    member, now = models.Member.objects.get(name="Alice"), clock.now()
    calendar = models.OutsideCalendar.objects.create(
        business=shop.business, member=member, provider="caldav", sealed=b"another's", created_at=now
    )
    models.OutsideCrm.objects.create(business=shop.business, provider="hubspot", sealed=b"another's", created_at=now)
    for address in (f"/calendars/{calendar.id}", "/crm/fields", "/crm/settings"):
        page = alice.get(address)
        said = "puts the old ANSWERBACK_SECRET back" in page.content.decode()
        assert (page.status_code, said) == (409, True), address
