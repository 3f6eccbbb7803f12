"""Google and Microsoft over a week: told of changes again and again, read anew, left alone when they ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from answerback.testing import pretend_google, pretend_microsoft
from answerback.testing.pretend_google import PretendGoogle
from answerback.testing.pretend_microsoft import PretendMicrosoft

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper
    from tests.booking.conftest import Moment, Shop

    from answerback.store import models

Pretend = PretendGoogle | PretendMicrosoft
BEGIN = datetime(2026, 3, 10, 15, tzinfo=UTC)
DENTIST = datetime(2026, 3, 20, 15, tzinfo=UTC)


@pytest.fixture(params=[PretendGoogle, PretendMicrosoft], ids=["google", "microsoft"])
def service(request: pytest.FixtureRequest) -> Iterator[Pretend]:
    with request.param() as running:
        yield running


@pytest.fixture
def row(
    shop: Shop, service: Pretend, moment: Moment, settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> models.OutsideCalendar:
    from answerback.store import models
    from answerback.store.secrets import seal
    from answerback.workflow import busy_times, calendars

    settings.PUBLIC_URL = "https://shop.example.com"
    moment.now = BEGIN
    # The services' clock is ours.
    for module in (pretend_google, pretend_microsoft):
        monkeypatch.setattr(module, "NOW", BEGIN)
    name = "google_calendar" if isinstance(service, PretendGoogle) else "microsoft"
    connected = calendars.connect(models.Member.objects.get(name="Dan").id, name, {})
    kept = seal(service.settings() | {"push_secret": "a secret of ours"})
    models.OutsideCalendar.objects.filter(id=connected).update(sealed=kept, sign_in_needed=False)
    assert busy_times.read(connected)
    return models.OutsideCalendar.objects.get(id=connected)


def test_subscription_never_runs_out(
    service: Pretend, row: models.OutsideCalendar, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    from answerback.workflow import busy_times

    first = row.subscribed_until
    assert first is not None
    moment.now = first - timedelta(hours=31)
    assert busy_times.read(row.id)
    row.refresh_from_db()
    assert row.subscribed_until == first, "it lasts for now"
    moment.now = first - timedelta(hours=29)
    for module in (pretend_google, pretend_microsoft):
        monkeypatch.setattr(module, "NOW", moment.now)
    assert busy_times.read(row.id)
    row.refresh_from_db()
    assert row.subscribed_until is not None
    assert row.subscribed_until > first + timedelta(hours=24)
    assert list(_subscriptions(service)) == [row.subscription], "the one before is ended"


def test_cursor_that_is_too_old_reads_everything_anew(service: Pretend, row: models.OutsideCalendar) -> None:
    from answerback.workflow import busy_times

    _put(service, "dentist", DENTIST)
    assert busy_times.read(row.id)
    assert _busy() == [DENTIST]
    service.drop("dentist")
    _put(service, "lunch", DENTIST + timedelta(hours=3))
    if isinstance(service, PretendGoogle):
        service.outdate_tokens()
    else:
        service.outdate_links()
    assert busy_times.read(row.id)
    assert _busy() == [DENTIST + timedelta(hours=3)], "what nobody told us was deleted is gone too"


def test_service_that_asks_for_patience_gets_it(service: Pretend, row: models.OutsideCalendar, moment: Moment) -> None:
    from answerback.workflow import busy_times

    service.retry_after = "600"
    waits = []
    for failures in (["rate_limit"], ["error"]):
        service.failures = [*failures]
        assert not busy_times.read(row.id)
        row.refresh_from_db()
        assert row.read_due_at is not None
        waits.append(int((row.read_due_at - moment.now).total_seconds()))
        assert row.problem
    assert waits == [600, 60]
    moment.now += timedelta(minutes=10)
    assert busy_times.read(row.id)
    row.refresh_from_db()
    assert (row.problem, row.tries) == ("", 0)


def _subscriptions(service: Pretend) -> dict[str, Any]:
    return service.channels if isinstance(service, PretendGoogle) else service.subscriptions


def _put(service: Pretend, name: str, start: datetime) -> None:
    end = start + timedelta(hours=1)
    if isinstance(service, PretendGoogle):
        service.keep(name, start={"dateTime": start.isoformat()}, end={"dateTime": end.isoformat()})
        return
    edges = [{"dateTime": f"{at:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"} for at in (start, end)]
    service.keep(name, showAs="busy", start=edges[0], end=edges[1])


def _busy() -> list[datetime]:
    from answerback.store import models

    return [row.during.lower for row in models.Busy.objects.order_by("during")]
