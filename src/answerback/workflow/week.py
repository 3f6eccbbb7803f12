"""The days and hours of a week as people say them, in the language that is spoken now. Monday midnight is hour 0."""

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR


def day_name(day: int) -> str:
    """`Tuesday`; Monday is 0."""
    return str(WEEKDAYS[day])


def short_day(day: int) -> str:
    """`Tue`; Monday is 0."""
    return str(WEEKDAYS_ABBR[day])


def hour_name(hour: int) -> str:
    """An hour of the week: `Tuesday 10 AM`."""
    return f"{day_name(hour // 24)} {clock_hour(hour % 24)}"


def clock_hour(hour: int) -> str:
    """An hour of the day: `10 AM`."""
    return f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}"
