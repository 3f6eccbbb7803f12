"""What keeps people busy besides our appointments: written down once, replaced whole, and never offered."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from answerback.store.queries.busy import BusyTime
from answerback.workflow import bookings, transaction

ZONE = ZoneInfo("America/Chicago")
THURSDAY_9 = datetime(2026, 3, 12, 9, tzinfo=ZONE)
HOUR = timedelta(hours=1)


def _member(name: str) -> int:
    from answerback.store import models

    return models.Member.objects.get(name=name).id


def _time(key: str, start: datetime, hours: int = 1, summary: str = "") -> BusyTime:
    return BusyTime(key=key, start=start, end=start + HOUR * hours, summary=summary)


def _write(shop: Any, moment: Any, name: str, *times: BusyTime, source: str = "google", whole: bool = True) -> None:
    from answerback.store.queries import busy

    write = busy.replace if whole else busy.put
    transaction.run(lambda cursor: write(cursor, _member(name), source, times, moment.now))


def _rows() -> list[tuple[str, str, str, str]]:
    from answerback.store import models

    rows = models.Busy.objects.order_by("member__name", "source", "key").select_related("member")
    return [
        (row.member.name, row.source, row.key, f"{row.during.lower.astimezone(ZONE):%a %H:%M}-{row.summary}")
        for row in rows
    ]


def test_busy_time_of_everybody_is_not_offered(shop: Any, moment: Any) -> None:
    maria = shop.customer()
    _write(shop, moment, "Dan", _time("a", THURSDAY_9, 3))
    thursday = [f"{start:%H:%M}" for start in bookings.offered(maria.token).days[1].starts]
    assert thursday[:3] == ["08:00", "09:00", "10:00"]
    _write(shop, moment, "Eva", _time("a", THURSDAY_9 + HOUR, 1))
    thursday = [f"{start:%H:%M}" for start in bookings.offered(maria.token).days[1].starts]
    assert thursday[:4] == ["08:00", "09:00", "11:00", "12:00"]


def test_writing_again_changes_what_has_the_same_key(shop: Any, moment: Any) -> None:
    _write(shop, moment, "Dan", _time("a", THURSDAY_9, summary="Dentist"), _time("b", THURSDAY_9 + HOUR))
    _write(shop, moment, "Eva", _time("a", THURSDAY_9))
    _write(shop, moment, "Dan", _time("x", THURSDAY_9), source="time_off")
    _write(shop, moment, "Dan", _time("a", THURSDAY_9 + 2 * HOUR, summary="School"), whole=False)
    assert _rows() == [
        ("Dan", "google", "a", "Thu 11:00-School"),
        ("Dan", "google", "b", "Thu 10:00-"),
        ("Dan", "time_off", "x", "Thu 09:00-"),
        ("Eva", "google", "a", "Thu 09:00-"),
    ]
    _write(shop, moment, "Dan", _time("c", THURSDAY_9), _time("nothing", THURSDAY_9, 0))
    assert [row[:3] for row in _rows()] == [
        ("Dan", "google", "c"),
        ("Dan", "time_off", "x"),
        ("Eva", "google", "a"),
    ]


def test_removed_and_forgotten(shop: Any, moment: Any) -> None:
    from answerback.store.queries import busy

    _write(shop, moment, "Dan", _time("a", THURSDAY_9), _time("b", THURSDAY_9))
    assert transaction.run(lambda cursor: busy.remove(cursor, _member("Dan"), "google", ["a", "z"])) == 1
    found = transaction.run(
        lambda cursor: busy.between(cursor, [_member("Dan")], THURSDAY_9, THURSDAY_9 + timedelta(minutes=1))
    )
    assert [(each.source, each.key, each.start) for each in found] == [("google", "b", THURSDAY_9)]
    assert transaction.run(lambda cursor: busy.forget_source(cursor, shop.business.id, "google")) == 1
    assert _rows() == []
