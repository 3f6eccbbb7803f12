"""Reads what people write into the console's forms: amounts and times. What cannot be read says so to who wrote it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from answerback.engine.currency import MOST, bare, hundredths, named, too_large
from answerback.workflow import reach
from answerback.workflow.refusals import Refusal


class Unreadable(Refusal):
    """What was written cannot be read; the message says what to write instead, `field` where it was written."""


def cents(written: str, currency: str, field: str = "amount") -> int | None:
    """An amount such as `480`, `$1,250.50`, in cents; None where none was written. Raises `Unreadable`.

    Also for an amount that names another currency than the business's, and for one that is too large to be meant.
    """
    if named(written) not in {None, currency}:
        raise Unreadable(_("Write the amount in %(currency)s. Nothing was changed.") % {"currency": currency}, field)
    plain = bare(written)
    if not plain:
        return None
    found = hundredths(plain)
    if found is None or found < 0:
        raise Unreadable(_("The amount must be a number such as 480 or 1,250.50. Nothing was changed."), field)
    if found > MOST:
        raise Unreadable(too_large(currency), field)
    return found


def local_moment(written: str, zone: ZoneInfo, field: str = "") -> datetime | None:
    """A date with a time as a form sends it (`2026-03-12T14:30`), on the business's clock; None where none was written.

    A date alone is its morning at eight. Raises `Unreadable`, also for a year that no plan reaches: the database and
    every page after it could not say such a moment in another zone.
    """
    plain = written.strip()
    if not plain:
        return None
    try:
        found = reach.moment(plain if "T" in plain else f"{plain}T08:00")
    except reach.OutOfReach:
        years = {"first": reach.FIRST_YEAR, "last": reach.LAST_YEAR}
        raise Unreadable(
            _("The year must be between %(first)s and %(last)s. Nothing was changed.") % years, field
        ) from None
    except ValueError:
        raise Unreadable(
            _("Write the day and the time, such as 2026-03-12T14:30. Nothing was changed."), field
        ) from None
    return found.replace(tzinfo=zone)
