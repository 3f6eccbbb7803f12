"""Arithmetic of days: the coming friday, the monday of a week, a month and its last day, the months with a 31st."""

from datetime import date, datetime, time, timedelta

from answerback.understanding.when.pieces import Days


def on(day: date, *, ask: bool = False) -> Days:
    """One day."""
    return Days(spans=((day, day),), ask=ask)


def upcoming(weekday: int, after: date) -> date:
    """The first such weekday later than `after`."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def stretch_from(first: date, length: int, *, ask: bool = False) -> Days:
    """A stretch of so many days."""
    return Days(spans=((first, first + timedelta(days=length - 1)),), stretch=True, ask=ask)


def months_on(day: date, months: int) -> tuple[int, int]:
    """The year and month so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def month_of(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = date(year, month, 1)
    return first, date(*months_on(first, 1), 1) - timedelta(days=1)


def later(day: date, count: int, unit: str) -> date:
    """So many days, weeks or months after a day: a month after january 31st is the last of february."""
    if unit != "month":
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    first, last = month_of(*months_on(day, count))
    return first.replace(day=min(day.day, last.day))


def days_numbered(number: int, today: date) -> list[date]:
    """The coming days of this number, today's included, in months that have one."""
    found: list[date] = []
    for step in range(5):
        first, last = month_of(*months_on(today, step))
        if 1 <= number <= last.day and first.replace(day=number) >= today:
            found.append(first.replace(day=number))
    return found


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian rule, in the form of Butcher's algorithm."""
    century, of_century = divmod(year, 100)
    leaps, odd = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leaps - moon + 15) % 30
    quarter, rest = divmod(of_century, 4)
    weekday = (32 + 2 * odd + 2 * quarter - epact - rest) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def wall(day: date, minute: int, now: datetime) -> datetime:
    """The instant a wall clock in the zone of `now` shows this minute of the day."""
    return (datetime.combine(day, time(0)) + timedelta(minutes=minute)).replace(tzinfo=now.tzinfo)
