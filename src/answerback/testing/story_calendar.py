"""Sentences about a calendar elsewhere: connected, away and back again, what stands in it and who is busy there.

The pretend Google is a calendar of its own over real HTTP; it is written to and read by the product's own task, when
that is due.
"""

from datetime import datetime

from answerback.testing.pretend_google import PretendGoogle
from answerback.testing.story_sentences import Failed, Teller, Unclear, clock_of, count_of, says


@says("the calendar of {staff} is in Google")
def is_connected(teller: Teller, staff: str) -> None:
    from answerback.store import models  # noqa: PLC0415  Django is set up by the World
    from answerback.store.secrets import seal  # noqa: PLC0415
    from answerback.workflow import calendars, clock  # noqa: PLC0415

    member = teller.world.shop.members.get(staff)
    if member is None:
        raise Unclear(f"Nobody called {staff} works there. There are: {', '.join(teller.world.shop.members)}.")
    teller.google = PretendGoogle().__enter__()
    settings = teller.google.settings(zone=teller.zone)
    connected = calendars.connect(member, "google_calendar", settings)
    models.OutsideCalendar.objects.filter(id=connected).update(
        sealed=seal(settings), sign_in_needed=False, read_due_at=clock.now()
    )
    teller.world.settle()


@says("Google is away")
def is_away(teller: Teller) -> None:
    _google(teller).away = True


@says("Google is back")
def is_back(teller: Teller) -> None:
    _google(teller).away = False


@says("{staff} is busy in Google on {day:any} from {clock} to {end:clock}")
def is_busy(teller: Teller, staff: str, day: str, clock: str, end: str) -> None:  # noqa: ARG001  whose it is is for the reader
    try:
        date = datetime.strptime(day, "%d %B %Y").date()  # noqa: DTZ007  only its date is used
    except ValueError:
        raise Unclear(f"{day!r} is not a date. Write it like this: 11 March 2026") from None
    edges = [teller.world.moment(f"{date} {clock_of(said)}").isoformat() for said in (clock, end)]
    _google(teller).keep(
        f"private{len(_google(teller).events)}", start={"dateTime": edges[0]}, end={"dateTime": edges[1]}
    )


@says("{who} is in Google")
def is_there(teller: Teller, who: str) -> None:
    if not _entries(teller, who):
        raise Failed(f"Google shows: {[event.get('summary') for event in _google(teller).events.values()]}")


@says("{who} is not [yet ]in Google")
def is_not_there(teller: Teller, who: str) -> None:
    if _entries(teller, who):
        raise Failed(f"{who} stands in Google.")


@says("{number:count} appointment[s] wait[s] to be written into Google")
def waits(teller: Teller, number: str) -> None:  # noqa: ARG001
    from answerback.store import models  # noqa: PLC0415

    waiting = models.Entry.objects.filter(due_at__isnull=False).exclude(problem="").count()
    if waiting != count_of(number):
        raise Failed(f"{waiting} wait, after something went wrong.")


def _entries(teller: Teller, who: str) -> list[str]:
    """Our entries about this customer, by the name they gave."""
    name = next((each.name for each in teller.world.appointments(teller.number(who)) if each.name), who)
    standing = [each for each in _google(teller).events.values() if each["status"] == "confirmed"]
    return [each["id"] for each in standing if name in each.get("summary", "")]


def _google(teller: Teller) -> PretendGoogle:
    if teller.google is None:
        raise Unclear("No calendar is connected. Write first: the calendar of Dana is in Google")
    return teller.google
