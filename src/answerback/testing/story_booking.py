"""Sentences about booking pages and appointments: opened, an old page used, moved, given up, what became of it."""

from urllib.parse import urlsplit

from answerback.testing import browser
from answerback.testing.browser import Page
from answerback.testing.story_sentences import Failed, Teller, Unclear, count_of, says

_ORDER = ("first", "second", "third", "fourth")


# What customers do on a page


@says("{who} opens the link")
def opens(teller: Teller, who: str) -> None:
    _open(teller, who, "")


@says("{who} opens the link to move the appointment")
def opens_to_move(teller: Teller, who: str) -> None:
    _open(teller, who, "?move=1")


@says("{who} takes the {which:any} opening on that page")
def takes(teller: Teller, who: str, which: str) -> None:
    """On the page as it was when it was opened, whatever happened since."""
    if which not in _ORDER:
        raise Unclear(f"Which opening? Write one of: {', '.join(_ORDER)}.")
    teller.pages[who] = browser.send(teller.world.stack, _page(teller, who), _ORDER.index(which))
    teller.world.settle()


@says("{who} gives the appointment up on that page")
def gives_up(teller: Teller, who: str) -> None:
    teller.pages[who] = browser.press(teller.world.stack, _page(teller, who), "/cancel")
    teller.world.settle()


@says("that page tells {who} {words}")
def tells(teller: Teller, who: str, words: str) -> None:
    page = _page(teller, who)
    if words.casefold() not in page.words.casefold():
        raise Failed(f"The page says: {page.words[:600]}")


# What the business does


@says("a deposit of {amount:count} dollars is asked for")
def deposit(teller: Teller, amount: str) -> None:
    from answerback.workflow import appointment_types  # noqa: PLC0415  needs Django

    terms = appointment_types.Terms(
        minutes=None,
        before=0,
        after=0,
        step=None,
        lead_minutes=None,
        horizon_days=None,
        members=(),
        needs="",
        deposit=count_of(amount) * 100,
        active=True,
    )
    appointment_types.save(teller.world.shop.business, "", terms)


@says("{staff} notes that {who} did not come")
def no_show(teller: Teller, staff: str, who: str) -> None:  # noqa: ARG001  who notes it is for the reader
    _end(teller, who, kept=False)


@says("{staff} notes that {who} was served")
def served(teller: Teller, staff: str, who: str) -> None:  # noqa: ARG001
    _end(teller, who, kept=True)


@says("{staff} notes that {who} was served for {amount:count} dollars")
def served_for(teller: Teller, staff: str, who: str, amount: str) -> None:
    _end(teller, who, kept=True, cents=count_of(amount) * 100, by=staff)


# What is written down


@says("{who} is not booked")
def is_not_booked(teller: Teller, who: str) -> None:
    if any(each.status == "booked" for each in teller.world.appointments(teller.number(who))):
        raise Failed(f"{who} has an appointment.")


def _end(teller: Teller, who: str, *, kept: bool, cents: int | None = None, by: str = "") -> None:
    from answerback.workflow import calendar_desk  # noqa: PLC0415  needs Django
    from answerback.workflow.actors import Actor  # noqa: PLC0415

    booked = [each for each in teller.world.appointments(teller.number(who)) if each.status == "booked"]
    if not booked:
        raise Unclear(f"{who} has no appointment that stands.")
    try:
        actor = Actor(member=teller.world.shop.members[by], name=by) if by else None
        calendar_desk.end(booked[-1].id, kept=kept, cents=cents, by=actor)
    except calendar_desk.NotPossible as problem:
        raise Failed(str(problem)) from None
    teller.world.settle()


def _open(teller: Teller, who: str, query: str) -> None:
    path = urlsplit(teller.world.link(teller.number(who))).path
    teller.pages[who] = browser.open_page(teller.world.stack, path + query)


def _page(teller: Teller, who: str) -> Page:
    if who not in teller.pages:
        raise Unclear(f"{who} has no page open. Write first: {who} opens the link")
    return teller.pages[who]
